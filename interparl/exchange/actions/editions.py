"""Which editions of one source there were: the key of a source from a file's name, and the day of the last edition."""

from __future__ import annotations

import re
from datetime import date

from django.utils.text import slugify

from interparl.exchange.models import Batch

LONGEST_KEY = 60
_EXTENSIONS = frozenset({"popolo", "json", "jsonl", "gz", "csv", "xlsx", "ics", "vcf", "docx", "xml", "txt"})
_DATE_LIKE = re.compile(
    r"(?<![0-9])(?:19|20)\d\d(?:[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?)?(?![0-9])"
)


def source_key_of(name: str) -> str:
    """The key of a source from the name of a file: without its folder, extensions and what looks like a date.

    "uk-commons-2015-09.popolo.json.gz" and "uk-commons.popolo.json.gz" are editions of one source.
    """
    stem = re.split(r"[/\\]", name)[-1]
    while "." in stem and stem.rpartition(".")[2].lower() in _EXTENSIONS:
        stem = stem.rpartition(".")[0]
    plain = slugify(re.sub(r"[.\s]+", "-", _DATE_LIKE.sub("", stem))).replace("_", "-")
    return re.sub(r"-{2,}", "-", plain)[:LONGEST_KEY].strip("-") or "file"


def last_edition(source_key: str) -> date | None:
    """The day of the latest applied edition whose day is known; None when there is none."""
    applied = Batch.objects.filter(source_key=source_key, state=Batch.State.APPLIED, undoes=None, on__isnull=False)
    return applied.order_by("-on").values_list("on", flat=True).first()
