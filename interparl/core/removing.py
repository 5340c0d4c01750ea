"""Removing through the write gate: what was made by mistake goes, its last values stay in history (design 2.22)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.labels import forget_labels
from interparl.core.models.entries import Entry
from interparl.core.querysets import open_gate
from interparl.core.records import Record
from interparl.core.sealing import digest_of
from interparl.core.writing import (
    CHUNK,
    EMPTY,
    Refused,
    entry_for,
    fill_labels_of_wholes,
    follow,
    record_changed,
    values_of,
)

POINTED_TO = _("It cannot be removed: %(number)s rows point to it (%(kinds)s).")


def remove(record: Record, *, by: User | Actor, note: str = "", batch: int | None = None) -> None:
    """Deletes what was made by mistake; its last values stay in history. Raises Refused when others point to it."""
    with transaction.atomic():
        before, kind, key = values_of(record), record.record_kind(), record.pk
        entry = entry_for(
            record,
            verb="removed",
            changes={name: [value, None] for name, value in before.items() if value not in EMPTY},
            actor=actor_of(by),
        )
        entry.note, entry.batch = note, batch
        entry.digest = digest_of(entry)
        try:
            with transaction.atomic(), open_gate():
                record.delete()
        except models.ProtectedError as error:
            raise Refused([pointed_to([type(row) for row in error.protected_objects])]) from error
        entry.save()
        forget_labels(kind, [key])
        record.pk = key
        follow(type(record), [record], verb="removed", batch=batch)


def remove_many(
    records: Sequence[Record],
    *,
    by: User | Actor,
    verb: str = "removed",
    note: str = "",
    batch: int | None = None,
    leaves_pointing: bool = False,
) -> int:
    """Deletes many records of one or more kinds with all that hangs on them among these; their last values stay.

    Raises Refused, and nothing of the call stays, when rows outside point to one of them. Returns how many. With
    `leaves_pointing` the caller turns those rows elsewhere in the same transaction, and looks himself.
    """
    by_model: dict[type[Record], dict[int, Record]] = {}
    for record in records:
        by_model.setdefault(type(record), {})[record.pk] = record
    with transaction.atomic():
        keys = {model: set(rows) for model, rows in by_model.items()}
        if not leaves_pointing and (pointing := pointing_from_outside(keys)):
            raise Refused([pointed_to([model for model, several in pointing.items() for _key in several])])
        for model, rows in by_model.items():
            _remove_of_one_kind(model, rows, by=actor_of(by), verb=verb, note=note, batch=batch)
        for model, rows in by_model.items():
            # A whole that went away as well has no label to fill.
            fill_labels_of_wholes(list(rows.values()))
            record_changed.send(sender=model, records=list(rows.values()), verb=verb, batch=batch)
    return sum(len(rows) for rows in by_model.values())


def pointing_from_outside(removed: dict[type[Record], set[int]]) -> dict[type[models.Model], set[int]]:
    """Rows, by kind, that point to one of these records and are not among them; what may become empty is not told."""
    found: dict[type[models.Model], set[int]] = {}
    for model, keys in removed.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.PROTECT:
                continue
            pointing = relation.related_model
            name = f"{relation.field.name}__in"
            inside = removed.get(pointing, set())  # type: ignore[arg-type]
            for part in _parts(sorted(keys)):
                rows = set(pointing._base_manager.filter(**{name: part}).values_list("pk", flat=True)) - inside
                if rows:
                    found.setdefault(pointing, set()).update(rows)
    return found


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _remove_of_one_kind(
    model: type[Record], rows: dict[int, Record], *, by: Actor, verb: str, note: str, batch: int | None
) -> None:
    entries = []
    for record in rows.values():
        changes = {name: [value, None] for name, value in values_of(record).items() if value not in EMPTY}
        entry = entry_for(record, verb=verb, changes=changes, actor=by)
        entry.note, entry.batch = note, batch
        entry.digest = digest_of(entry)
        entries.append(entry)
    for part in _parts(sorted(rows)):
        # Constraints are looked at when the transaction ends, so the order of kinds does not matter.
        found = model._base_manager.filter(pk__in=part)
        found._raw_delete(found.db)
        forget_labels(model.record_kind(), part)
    Entry.objects.bulk_create(entries, batch_size=CHUNK)


def pointed_to(rows: Sequence[type[models.Model]]) -> ValidationError:
    """Says how many rows still point to what was to be removed, given the kind of each."""
    kinds = ", ".join(sorted({str(model._meta.verbose_name_plural) for model in rows}))
    return ValidationError(POINTED_TO, code="pointed-to", params={"number": len(rows), "kinds": kinds})
