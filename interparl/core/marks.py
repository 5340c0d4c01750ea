"""Which mark counts for a record: the higher of its own and those of what it hangs on, kept beside it (design 8.8).

So a list asks one column and joins nothing. The write gate settles what it writes and spreads a change to what hangs on
it, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.accounts.roles import POINTER, RISING
from interparl.core.actors import Actor
from interparl.core.kinds import Ref, every_record, model_of
from interparl.core.querysets import open_gate
from interparl.core.records import Record

CHUNK = 500
Reach = tuple[str, date | None]

NO_CONTENT = _("Nothing above official use is kept here. Register where it lies, with its number, as a pointer.")
BY_MOVE = _("A mark is lowered by a step of its own, with a reason.")
BY_RIGHT = _("Your role does not lower marks.")
BEYOND = _("With this mark you could no longer read it yourself.")
# What takes an earlier state back says why by itself.
TAKING_BACK = frozenset({"undone"})
LOWERING = frozenset({"lowered", "reverted"})


def rank(mark: str) -> int:
    """The place of a mark, from the lowest to the highest."""
    return RISING.index(mark) if mark in RISING else len(RISING)


def refuse_mark(model: type[Record], mark: str) -> None:
    """Raises ValidationError for the mark of what may have no content here."""
    if mark == POINTER and not model.is_pointer:
        raise ValidationError({"mark": [NO_CONTENT]})


def refuse_lowering(before: str, after: str, *, by: Actor, verb: str, note: str) -> None:
    """Raises ValidationError where a mark falls without a step for it, a reason and the right to it."""
    if rank(after) >= rank(before) or verb in TAKING_BACK:
        return
    if verb not in LOWERING or not note.strip():
        raise ValidationError({"mark": [BY_MOVE]})
    if by.user is not None and not by.user.has_perm("core.lower_mark"):
        raise ValidationError({"mark": [BY_RIGHT]})


def refuse_beyond(record: Record, by: User | None) -> None:
    """Raises ValidationError when a user writes what he may not read himself."""
    if by is not None and not record.is_open_to(by):
        raise ValidationError({"mark": [BEYOND]})


@cache
def hanging_on(model: type[Record]) -> list[tuple[type[Record], str]]:
    """The kinds of record whose mark follows from this one's, each with the foreign key."""
    return [
        (other, name)
        for other in every_record()
        for name in other.reads_through
        if other._meta.get_field(name).related_model is model
    ]


@cache
def hanging_on_any() -> list[type[Record]]:
    """The kinds of record that may hang on every other."""
    return [model for model in every_record() if model.hangs_on_any]


@cache
def _kinds() -> frozenset[str]:
    return frozenset(model.record_kind() for model in every_record())


class Reaches:
    """The marks in force that one transaction has read or set, so that each is asked for once."""

    def __init__(self) -> None:
        self._known: dict[Ref, Reach] = {}

    def settle(self, model: type[Record], records: Sequence[Record]) -> None:
        """Sets the mark and the publication in force on records that are about to be stored."""
        self._learn({ref for record in records for ref in _wholes(model, record)})
        for record in records:
            above = [self._known[ref] for ref in _wholes(model, record) if ref in self._known]
            reaches = [(record.mark, record.published_on), *above]
            record.effective_mark = max((mark for mark, _day in reaches), key=rank)
            days = [day for _mark, day in reaches]
            record.effective_published_on = None if None in days else max(day for day in days if day is not None)

    def note(self, records: Iterable[Record]) -> None:
        """Remembers what was stored."""
        for record in records:
            self._known[record.record_kind(), record.pk] = record.effective_mark, record.effective_published_on

    def spread(self, model: type[Record], records: Sequence[Record]) -> None:
        """Settles anew all that hangs on these stored records, and what hangs on that."""
        self.note(records)
        keys = [record.pk for record in records]
        found: list[tuple[type[Record], models.QuerySet[Any]]] = [
            (other, other._base_manager.filter(**{f"{name}__in": keys})) for other, name in hanging_on(model)
        ]
        named: dict[str, Any] = {"kind": model.record_kind(), "object_id__in": keys}
        found += [(other, other._base_manager.filter(**named)) for other in hanging_on_any()]
        for other, rows in found:
            for piece in _pieces(rows.order_by("pk")):
                self._settle_stored(other, piece)

    def _settle_stored(self, model: type[Record], rows: list[Record]) -> None:
        before = [(row.effective_mark, row.effective_published_on) for row in rows]
        self.settle(model, rows)
        changed = [
            row
            for row, reach in zip(rows, before, strict=True)
            if reach != (row.effective_mark, row.effective_published_on)
        ]
        if changed:
            with open_gate():
                model._base_manager.bulk_update(changed, ["effective_mark", "effective_published_on"])
            self.spread(model, changed)

    def _learn(self, refs: set[Ref]) -> None:
        by_kind: dict[str, set[int]] = {}
        for kind, key in refs - self._known.keys():
            by_kind.setdefault(kind, set()).add(key)
        for kind, keys in by_kind.items():
            if kind not in _kinds():
                continue  # a name typed wrong: nothing there can count
            rows = model_of(kind)._base_manager.filter(pk__in=keys)
            for key, mark, day in rows.values_list("pk", "effective_mark", "effective_published_on"):
                self._known[kind, key] = mark, day


def _wholes(model: type[Record], record: Record) -> list[Ref]:
    """What also counts for a record."""
    if model.hangs_on_any:
        return [record.whole] if record.whole else []
    found = []
    for name in model.reads_through:
        column: Any = model._meta.get_field(name)
        key = column.value_from_object(record)
        if key is not None:
            found.append((column.related_model.record_kind(), key))
    return found


def _pieces(rows: models.QuerySet[Any]) -> Iterator[list[Any]]:
    piece: list[Any] = []
    for row in rows.iterator(chunk_size=CHUNK):
        piece.append(row)
        if len(piece) == CHUNK:
            yield piece
            piece = []
    if piece:
        yield piece
