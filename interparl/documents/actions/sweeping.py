"""Files that no version has, left by a program that was killed between the file and its row: they go after a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from interparl.core.days import now
from interparl.documents.actions.folder import drop_old_parts
from interparl.documents.actions.storing import name_of, release, storage
from interparl.documents.models import Version

LASTS = timedelta(days=1)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_STAMP = "files_swept"


def sweep_when_due() -> int:
    """Sweeps once a day; how many files went."""
    stamp = Path(settings.FOLDER) / _STAMP
    moment = now()
    try:
        last = datetime.fromisoformat(stamp.read_text())
    except (OSError, ValueError):
        last = None
    if last is not None and timedelta(0) <= moment - last < LASTS:
        return 0
    number = sweep(moment)
    stamp.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp.write_text(moment.isoformat())
    return number


def sweep(moment: datetime) -> int:
    """Removes files older than a day that no version has, and what was being written then; how many."""
    before = moment - LASTS
    number = drop_old_parts(before)
    for digest in _kept_digests():
        is_old = storage().get_modified_time(name_of(digest)) < before
        if is_old and not Version.objects.holding(digest).exists():
            number += release(digest)
    return number


def _kept_digests() -> Iterator[str]:
    place = storage()
    for first in place.listdir("")[0]:
        for second in place.listdir(first)[0]:
            for name in place.listdir(f"{first}/{second}")[1]:
                if _DIGEST.fullmatch(name):
                    yield name
