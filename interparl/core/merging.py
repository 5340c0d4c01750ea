"""What a merge and its undo need of the write gate beyond changing and removing (design 8.10).

A mark in the history of the record that is left, and rows that come back with the keys and values that they had.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.labels import fill_labels
from interparl.core.marks import Reaches
from interparl.core.models.entries import MERGED, MERGED_FROM, Entry
from interparl.core.querysets import open_gate
from interparl.core.records import Record
from interparl.core.sealing import digest_of
from interparl.core.writing import CHUNK, EMPTY, entry_for, fill_labels_of_wholes, follow, record_changed, values_of


def note_merged(
    kept: Record, gone: int, *, by: User | Actor, verb: str, note: str = "", batch: int | None = None
) -> Entry:
    """Writes into the history of a record that another, of this id, was merged into it, or was taken out of it again.

    The id stands in `changes` as MERGED_FROM, after it or before it.
    """
    pair = [None, gone] if verb == MERGED else [gone, None]
    entry = entry_for(kept, verb=verb, changes={MERGED_FROM: pair}, actor=actor_of(by))
    entry.note, entry.batch = note, batch
    entry.digest = digest_of(entry)
    entry.save()
    follow(type(kept), [kept], verb=verb, batch=batch)
    return entry


def has_its_place(record: Record) -> bool:
    """Whether a row that was removed could come back: nothing unique of it has become another's."""
    try:
        record.validate_unique(exclude=[*record.derived])
        record.validate_constraints(exclude=[*record.derived])
    except ValidationError:
        return False
    return True


def bring_back_many(
    records: Sequence[Record], *, by: User | Actor, verb: str, note: str = "", batch: int | None = None
) -> None:
    """Puts removed rows back as they were, keys included, each with an entry; those that others point to stand first.

    No rule is asked again, for it is an earlier state that comes back.
    """
    reaches, actor = Reaches(), actor_of(by)
    for record in records:
        model = type(record)
        record.prepare()
        reaches.settle(model, [record])
        with open_gate():
            model._base_manager.bulk_create([record])
        reaches.note([record])
    entries = []
    for record in records:
        changes = {name: [None, value] for name, value in values_of(record).items() if value not in EMPTY}
        entry = entry_for(record, verb=verb, changes=changes, actor=actor)
        entry.note, entry.batch = note, batch
        entry.digest = digest_of(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=CHUNK)
    by_model: dict[type[Record], list[Record]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record)
    for model, rows in by_model.items():
        fill_labels(model, rows)
        fill_labels_of_wholes(rows)
        record_changed.send(sender=model, records=rows, verb=verb, batch=batch)
