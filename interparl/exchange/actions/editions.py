"""Which editions of one source there were: the key of a source from a file's name, and the day of the last edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.text import slugify

from interparl.exchange.models import Batch

LONGEST_KEY = 60
_EXTENSIONS = frozenset({"popolo", "json", "jsonl", "gz", "csv", "xlsx", "ics", "vcf", "docx", "xml", "txt", "ttl"})
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


def last_edition(source_key: str, kind: str) -> date | None:
    """The day of the latest applied edition of that kind of file whose day is known; None when there is none."""
    applied = Batch.objects.filter(
        source_key=source_key, kind=kind, state=Batch.State.APPLIED, undoes=None, on__isnull=False
    )
    return applied.order_by("-on").values_list("on", flat=True).first()


def began(options: Mapping[str, str]) -> str:
    """When something that an edition is the first to show began, if it does not say: as a partial date, "" for unknown.

    Options: `on`, the day on which the edition was true, and `before`, that of the edition before it. The first one
    proves "by that day"; a later one proves "after the earlier one, by that day" (design 8.6).
    """
    on, before = options.get("on", ""), options.get("before", "")
    if not on or not before:
        return f"..{on}" if on else ""
    return f"{(date.fromisoformat(before) + timedelta(days=1)).isoformat()}..{on}" if before < on else ""
