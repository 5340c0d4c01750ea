"""Where the values of a record came from: the file, the row, the day on which it was true, the licence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import address, remember
from interparl.core.blocks import BLOCK_ROWS, Facts
from interparl.core.formats import write_day
from interparl.core.hooks import block_on
from interparl.core.kinds import every_record, model_of
from interparl.core.models import Entry
from interparl.core.page_parts import last_changes
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Fact
from interparl.exchange.models import Batch

PERMISSION = "exchange.import_files"
Place = tuple[int, str]


def came_from(record: Record, reading: Reading) -> Facts | None:
    """Of each file and row that set values which still stand: which values, and what is known of the file."""
    if not isinstance(reading.user, User) or not reading.user.rights.may("core.view_source"):
        return None
    last = last_changes(record, reading)
    if not any(entry.batch and entry.verb == "imported" for entry in last.entries):
        return None
    set_by = standing(last.known, record.record_kind())
    batches = Batch.objects.select_related("source").defer("messages", "tally").in_bulk({place[0] for place in set_by})
    facts = [_fact(batches[batch], row, fields, reading) for (batch, row), fields in set_by.items() if batch in batches]
    return Facts(facts[:BLOCK_ROWS]) if facts else None


def standing(entries: Sequence[Entry], whole: str) -> dict[Place, list[str]]:
    """What an import set last, by import and row: fields of the record itself, and its parts by what they are.

    `entries` are the newest first; `whole` is the kind of the record.
    """
    found: dict[Place, list[str]] = {}
    seen: set[tuple[str, int, str]] = set()
    for entry in entries:
        for name in entry.changes:
            field = (entry.kind, entry.object_id, name)
            if field in seen:
                continue
            seen.add(field)
            if entry.batch and entry.verb == "imported" and entry.kind != "core.identifier":
                label = capfirst(str(_label(entry.kind, name, whole)))
                fields = found.setdefault((entry.batch, _row_of(entry.row)), [])
                if label and label not in fields:
                    fields.append(label)
    return {place: fields for place, fields in found.items() if fields}


# What each imported row carries in the same way.
_COMMON = frozenset({"mark", "grade", "source", "published_on"})


def _label(kind: str, name: str, whole: str) -> Any:
    model = model_of(kind)
    columns = {column.name: column for column in model._meta.concrete_fields}
    if name not in columns or name in _COMMON:
        return ""
    return columns[name].verbose_name if kind == whole else model._meta.verbose_name


def _row_of(place: str) -> str:
    """The row of a table, without what of it was made a record of its own."""
    row = place.partition(".")[0]
    return row if row.isdigit() else place


def _fact(batch: Batch, row: str, fields: list[str], reading: Reading) -> Fact:
    source = batch.source if batch.source and batch.source.is_open_to(reading.user) else None
    words = [_("row %(row)s") % {"row": row} if row.isdigit() else row]
    if batch.on:
        words.append(_("true on %(day)s") % {"day": write_day(batch.on, reading.language)})
    if source:
        words.append(source.licence or _("licence not stated"))
    may_open = isinstance(reading.user, User) and reading.user.rights.may(PERMISSION)
    target = address(("exchange.batch", batch.pk)) if may_open else ""
    return Fact(", ".join(fields), batch.name, " · ".join(filter(None, words)), address=target)


# So that history can link an import without knowing this area.
remember("exchange.batch", "exchange:batch")
for _model in every_record():
    block_on(_model, "came_from", gettext_lazy("Brought in from files"), place="side", order=90)(came_from)
