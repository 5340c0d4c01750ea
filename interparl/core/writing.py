"""The write gate: the only way to write a record (design 8.1).

`change` for one record, `change_many` for thousands; `core.removing` takes away what was made by mistake. Each checks,
writes and leaves one Entry for each record that really changed, with labels and everything that follows, in one
transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext

from interparl.accounts.models import User
from interparl.core.actors import Actor, actor_of
from interparl.core.days import forget_kept
from interparl.core.kinds import model_of
from interparl.core.labels import fill_labels
from interparl.core.marks import Reaches, refuse_beyond, refuse_lowering, refuse_mark
from interparl.core.models.entries import Entry
from interparl.core.planner import many_were_written
from interparl.core.querysets import open_gate
from interparl.core.records import Problem, Record
from interparl.core.sealing import digest_of
from interparl.core.storing import Broken, store

R = TypeVar("R", bound=Record)
CHUNK = 500
EMPTY: tuple[Any, ...] = (None, "", [], {})

# Sent once within the transaction of a change, with sender=model, records=[...], verb and batch.
record_changed = Signal()

# What may be open when a step is made, by the name that its entry keeps; each area adds its own.
CONDITIONS: dict[str, str | Promise] = {}

_encode = DjangoJSONEncoder().default


def without_words(names: str) -> str:
    """What a step was made without, in a sentence, by the names that its entry keeps; "" when nothing was open."""
    words = [str(CONDITIONS.get(name, name)) for name in names.split()]
    return gettext("Made without: %(what)s.") % {"what": ", ".join(words)} if words else ""


class Refused(ValidationError):
    """The record may not stand as asked; carries the messages by field."""


@dataclass
class Planned:
    """One row for `change_many`: a new record, or a stored one with the values to set; `row` is its place in a file."""

    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    row: str = ""


def kept_fields(model: type[Record]) -> list[models.Field[Any, Any]]:
    """The fields whose history is kept: all but the key and the derived columns."""
    return [
        column for column in model._meta.concrete_fields if not column.primary_key and column.name not in model.derived
    ]


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value if value is None or isinstance(value, str | int | float | bool | dict | list) else _encode(value)


def values_of(record: Record) -> dict[str, Any]:
    """The kept values of a record as JSON keeps them, relations as ids."""
    return {column.name: plain(column.value_from_object(record)) for column in kept_fields(type(record))}


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} of what differs; an empty `before` is a new record whose empty values are left out."""
    if not before:
        return {name: [None, value] for name, value in after.items() if value not in EMPTY}
    return {name: [before[name], value] for name, value in after.items() if before[name] != value}


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """A transaction; what was asked within it is asked anew afterwards, for it may have been taken back."""
    try:
        with transaction.atomic():
            yield
    finally:
        forget_kept()


@contextmanager
def change(
    record: R,
    *,
    by: User | Actor,
    verb: str = "",
    note: str = "",
    batch: int | None = None,
    row: str = "",
    without: Sequence[str] = (),
) -> Iterator[R]:
    """Lets the block alter one record, then checks, saves and records it; nothing happens when nothing differs.

    A stored record is read again under a lock first, so that only what the block sets is changed. `without` names the
    open conditions that `note` overrides. Raises Refused.
    """
    with _all_or_nothing():
        before: dict[str, Any] = {}
        if not record._state.adding:
            record.refresh_from_db(from_queryset=type(record)._base_manager.select_for_update())
            before = values_of(record)
        yield record
        record.prepare()
        check(record)
        found = differences(before, values_of(record))
        if before and not found:
            return
        actor, reaches = actor_of(by), Reaches()
        reach = record.effective_mark, record.effective_published_on
        reaches.settle(type(record), [record])
        check_marks(record, before, actor=actor, verb=verb, note=note)
        with open_gate():
            record.save()
        if before and reach != (record.effective_mark, record.effective_published_on):
            reaches.spread(type(record), [record])
        entry = entry_for(record, verb=verb or ("changed" if before else "added"), changes=found, actor=actor)
        entry.note, entry.batch, entry.row, entry.without = note, batch, row, " ".join(without)
        entry.digest = digest_of(entry)
        entry.save()
        follow(type(record), [record], verb=entry.verb, batch=batch)


def check(record: Record) -> None:
    """Model validators and the model's own problems, for one record; raises Refused."""
    try:
        record.full_clean(exclude=[*record.derived])
    except ValidationError as error:
        raise Refused(error.error_dict) from error
    found = type(record).problems([record]).of(0)
    if found:
        raise Refused(as_errors(found))
    record.questioned = []


def check_marks(record: Record, before: dict[str, Any], *, actor: Actor, verb: str, note: str) -> None:
    """The rules of marks for a record whose mark in force is settled; raises Refused (design 8.8)."""
    try:
        refuse_mark(type(record), record.mark)
        if before:
            refuse_lowering(before["mark"], record.mark, by=actor, verb=verb, note=note)
        refuse_beyond(record, actor.user)
    except ValidationError as error:
        raise Refused(error.error_dict) from error


def as_errors(found: Sequence[Problem]) -> dict[str, list[ValidationError]]:
    """Problems as the messages of a form, by field."""
    errors: dict[str, list[ValidationError]] = {}
    for problem in found:
        errors.setdefault(problem.on_field or NON_FIELD_ERRORS, []).append(
            ValidationError(str(problem.message), code=problem.code)
        )
    return errors


def entry_for(record: Record, *, verb: str, changes: dict[str, list[Any]], actor: Actor) -> Entry:
    """An unsaved history entry of a saved record."""
    whole = record.whole or ("", None)
    return Entry(
        kind=record.record_kind(),
        object_id=record.pk,
        whole_kind=whole[0],
        whole_id=whole[1],
        verb=verb,
        changes=changes,
        user=actor.user,
        actor=actor.name,
    )


def change_many(
    planned: Sequence[Planned],
    *,
    by: User | Actor,
    verb: str = "",
    note: str = "",
    batch: int | None = None,
    tell: Callable[[int], None] | None = None,
) -> int:
    """Writes many records of one or more models in chunks: the same checks, the same entries. Returns how many changed.

    `tell` is told of each chunk how many rows it had.

    What may be questioned is written and marked (design 2.19); any other problem raises Refused with the row's place,
    and nothing of the call stays.
    """
    touched: list[tuple[type[Record], list[Record]]] = []
    said = _Said(actor_of(by), verb, note, batch)
    with _all_or_nothing():
        for model, group in groupby(planned, key=lambda plan: type(plan.record)):
            found: list[Record] = []
            for chunk in chunks(list(group)):
                found += _write_chunk(model, chunk, said)
                if tell is not None:
                    tell(len(chunk))
            if found:
                touched.append((model, found))
        _label_once(touched)
        for model, records in touched:
            record_changed.send(sender=model, records=records, verb=verb or "changed", batch=batch)
        written = sum(len(records) for _, records in touched)
        many_were_written(written)
    return written


def _label_once(touched: Sequence[tuple[type[Record], list[Record]]]) -> None:
    """Labels of all that was written and of their wholes, each once however many rows speak of it."""
    by_model: dict[type[Record], dict[int, Record]] = {}
    for model, records in touched:
        if model.labelled:
            by_model.setdefault(model, {}).update({record.pk: record for record in records})
    for model, records in touched:
        for whole, keys in _wholes_named_by(model, records).items():
            missing = keys - set(by_model.get(whole, {}))
            by_model.setdefault(whole, {}).update(_locked(whole).in_bulk(missing))
    for model, labelled in by_model.items():
        fill_labels(model, list(labelled.values()))


def chunks(rows: Sequence[Planned]) -> Iterator[list[Planned]]:
    """The rows in pieces of at most CHUNK; a row that points to a new one of its own kind comes in a later piece.

    So does another row of the same record: each has its own entry.
    """
    piece: list[Planned] = []
    taken: set[int] = set()
    for plan in rows:
        own = id(plan.record) if plan.record.pk is None else plan.record.pk
        if len(piece) == CHUNK or own in taken or any(id(one) in taken for one in _points_to(plan)):
            yield piece
            piece, taken = [], set()
        piece.append(plan)
        taken.add(own)
    if piece:
        yield piece


def _points_to(plan: Planned) -> list[Record]:
    """The records of its own kind that a planned row points to, as objects."""
    record, model = plan.record, type(plan.record)
    own = [column for column in relations_of(model) if column.related_model is model]
    values = [plan.values.get(column.name) or column.get_cached_value(record, default=None) for column in own]
    return [value for value in values if isinstance(value, Record)]


def relations_of(model: type[Record]) -> list[models.ForeignKey[Any, Any]]:
    """The foreign keys of a model."""
    return [column for column in model._meta.concrete_fields if isinstance(column, models.ForeignKey)]


@dataclass(frozen=True)
class _Said:
    """What is said of all rows of one call: who, as what, why, in which batch; and the marks met on the way."""

    actor: Actor
    verb: str
    note: str
    batch: int | None
    reaches: Reaches = field(default_factory=Reaches)


def _write_chunk(model: type[Record], rows: list[Planned], said: _Said) -> list[Record]:
    stored = _stored(model, rows)
    before = {key: values_of(record) for key, record in stored.items()}
    reach = {key: (record.effective_mark, record.effective_published_on) for key, record in stored.items()}
    records = [_applied(plan, stored) for plan in rows]
    _check_chunk(model, rows, records)
    said.reaches.settle(model, records)
    for record, plan in zip(records, rows, strict=True):
        try:
            check_marks(record, before.get(record.pk, {}), actor=said.actor, verb=said.verb, note=said.note)
        except Refused as refusal:
            raise Refused([f"{plan.row}: {message}" for message in refusal.messages]) from refusal
    changed: list[tuple[Record, dict[str, list[Any]], Planned]] = []
    for record, plan in zip(records, rows, strict=True):
        found = differences(before.get(record.pk, {}), values_of(record))
        if found or record.pk is None:
            changed.append((record, found, plan))
    added = [record for record, _, _ in changed if record.pk is None]
    edited = [record for record, _, _ in changed if record.pk is not None]
    try:
        store(model, added, edited, {name for record, found, _ in changed if record.pk is not None for name in found})
    except Broken as broken:
        row = next(plan.row for record, _, plan in changed if record is broken.record)
        raise Refused([f"{row}: {message}" for message in broken.messages]) from broken
    said.reaches.note(added)
    if moved := [one for one in edited if reach[one.pk] != (one.effective_mark, one.effective_published_on)]:
        said.reaches.spread(model, moved)
    new = {id(record) for record in added}
    entries = []
    for record, found, plan in changed:
        word = said.verb or ("added" if id(record) in new else "changed")
        entry = entry_for(record, verb=word, changes=found, actor=said.actor)
        entry.note, entry.batch, entry.row = said.note, said.batch, plan.row
        entry.digest = digest_of(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    return [record for record, _, _ in changed]


def _stored(model: type[Record], rows: list[Planned]) -> dict[int, Record]:
    keys = [plan.record.pk for plan in rows if plan.record.pk is not None]
    return model._base_manager.select_for_update().in_bulk(keys) if keys else {}


def _applied(plan: Planned, stored: dict[int, Record]) -> Record:
    record = plan.record if plan.record.pk is None else stored[plan.record.pk]
    for name, value in plan.values.items():
        setattr(record, name, value)
    adopt_keys(record)
    record.prepare()
    return record


def adopt_keys(record: Record) -> None:
    """Takes over the keys of related records that were saved after they had been set."""
    for column in relations_of(type(record)):
        related = column.get_cached_value(record, default=None)
        if related is not None and related.pk is not None and column.value_from_object(record) is None:
            # Not the key alone: that would drop the related record, and each row would ask for it again.
            setattr(record, column.name, related)


def _check_chunk(model: type[Record], rows: list[Planned], records: list[Record]) -> None:
    relations = [column.name for column in relations_of(model)]
    problems = model.problems(records)
    for position, (record, plan) in enumerate(zip(records, rows, strict=True)):
        try:
            record.clean_fields(exclude=[*relations, *record.derived])
            record.clean()
        except ValidationError as error:
            raise Refused([f"{plan.row}: {message}" for message in error.messages]) from error
        found = problems.of(position)
        grave = [problem for problem in found if not problem.may_be_questioned]
        if grave:
            raise Refused([f"{plan.row}: {problem.message}" for problem in grave])
        record.questioned = sorted({problem.code for problem in found})


def follow(model: type[Record], records: Sequence[Record], *, verb: str, batch: int | None) -> None:
    """What follows from a change: labels of the records and of their wholes, then all who listen."""
    if verb != "removed":
        fill_labels(model, records)
    fill_labels_of_wholes(records)
    record_changed.send(sender=model, records=list(records), verb=verb, batch=batch)


def fill_labels_of_wholes(records: Sequence[Record]) -> None:
    """A name, say, is shown in the label of its person."""
    if not records:
        return
    for model, keys in _wholes_named_by(type(records[0]), records).items():
        fill_labels(model, list(_locked(model).filter(pk__in=keys)))


def _locked(model: type[Record]) -> models.QuerySet[Record]:
    """Wholes that no other change labels meanwhile: of two parts added at once each would leave out the other."""
    return model._base_manager.select_for_update(no_key=True).order_by("pk")


def _wholes_named_by(model: type[Record], records: Sequence[Record]) -> dict[type[Record], set[int]]:
    """The wholes of rows of this model by kind, where the whole's label is made of such rows (`label_needs`)."""
    keys: dict[str, set[int]] = {}
    for record in records:
        if whole := record.whole:
            keys.setdefault(whole[0], set()).add(whole[1])
    return {
        whole_model: found
        for kind, found in keys.items()
        if (whole_model := model_of(kind)).labelled and _is_named_by(whole_model, model)
    }


def _is_named_by(whole: type[Record], part: type[Record]) -> bool:
    return any(whole._meta.get_field(need.partition("__")[0]).related_model is part for need in whole.label_needs)
