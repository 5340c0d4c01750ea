"""What records are called that have no label of their own: their kind, what tells them apart, what they are part of.

They are asked for while a page is made, for many at once, and never kept: what they are called follows from others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst

from interparl.core.history import told
from interparl.core.kinds import Ref, model_of
from interparl.core.known_entries import may_view
from interparl.core.labels import Named
from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Reading


def load_titles(refs: Iterable[Ref], reading: Reading) -> None:
    """Lets the reading name these records: by their label, else as above; those that the reader may know of.

    One query for all labels, and one more for each kind of record without.
    """
    missing = reading.unnamed(refs)
    rows = [row for kind, keys in _unlabelled(missing, reading.user).items() for row in _seen(kind, keys, reading)]
    beside = {ref for row in rows for ref in (told_ref(row), row.whole) if ref}
    reading.want(missing | beside)
    for row in rows:
        reading.labels[row.record_kind(), row.pk] = Named(_title(row, reading), reading.language)


def _unlabelled(refs: Iterable[Ref], user: Reader) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for kind, key in refs:
        if not model_of(kind).labelled and may_view(kind, user):
            found.setdefault(kind, set()).add(key)
    return found


def _seen(kind: str, keys: set[int], reading: Reading) -> list[Record]:
    model = model_of(kind)
    rows = list(model._base_manager.filter(model.may_read(reading.user), pk__in=keys).order_by("pk"))
    note_rows(rows)
    return rows


def told_ref(row: Record) -> Ref | None:
    """The record by which a row is told apart, where it is one."""
    column: Any = row._meta.get_field(row.told_by) if row.told_by else None
    related = column.related_model if column is not None else None
    key = column.value_from_object(row) if column is not None else None
    return (related.record_kind(), key) if related and issubclass(related, Record) and key else None


def _title(row: Record, reading: Reading) -> str:
    kind, words = capfirst(str(row._meta.verbose_name)), told(row, reading)
    name = f"{kind}: {words}" if words else f"{kind} {row.pk}"
    whole = reading.name(*row.whole) if row.whole and row.whole != told_ref(row) else ""
    return ", ".join(filter(None, (name, whole)))
