"""What points to two records that become one: found from the models, never from a list (design 8.10).

Each row that points to the one that goes is turned to the one that is left. A row that then says the same as another is
kept once, and what points to it is turned in the same way, and so on. Nothing is written here.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import models

from interparl.accounts.models import User
from interparl.core.kinds import Ref
from interparl.core.known_entries import may_view
from interparl.core.marks import hanging_on_any
from interparl.core.records import Record
from interparl.core.writing import EMPTY, kept_fields, relations_of, values_of

# Where a row was read, and what is doubted of it, does not make it another row.
NOT_COMPARED = frozenset({"source", "questioned"})
# How it is kept does not make it another fact where there is place for one of the two only.
KEEPING = NOT_COMPARED | {"mark", "grade", "published_on"}


@cache
def pointing_to(model: type[Record]) -> tuple[tuple[type[Record], str], ...]:
    """The kinds of record that may point to one of this kind, each with the column that does."""
    found: list[tuple[type[Record], str]] = []
    for relation in model._meta.get_fields(include_hidden=True):
        other = relation.related_model
        if isinstance(relation, models.ManyToOneRel) and isinstance(other, type) and issubclass(other, Record):
            found.append((other, relation.field.attname))
    found += [(other, "object_id") for other in hanging_on_any()]
    return tuple(sorted(found, key=lambda pair: (pair[0].record_kind(), pair[1])))


def in_order(wanted: Iterable[type[Record]]) -> list[type[Record]]:
    """These models with those that others point to first."""
    several, ordered = set(wanted), dict[type[Record], None]()

    def visit(model: type[Record]) -> None:
        if model in ordered:
            return
        for column in relations_of(model):
            target: Any = column.related_model
            if target in several and target is not model:
                visit(target)
        ordered[model] = None

    for model in sorted(several, key=lambda one: one.record_kind()):
        visit(model)
    return list(ordered)


def ref_of(record: Record) -> Ref:
    """Kind and id of a stored record."""
    return record.record_kind(), record.pk


class Rows:
    """The rows around two records that become one, as they would stand then.

    `values` says what is set on which row, `doubled` which row goes and which stands for it, `taken` which two rows
    that the reader knows have one place between them, `links` by which fields the two point to each other.
    """

    def __init__(self, kept: Record, gone: Record, reader: User) -> None:
        self.kept, self.gone, self.reader = kept, gone, reader
        self.all: dict[Ref, Record] = {}
        self.open: dict[Ref, bool] = {}
        self.values: dict[Ref, dict[str, Any]] = {}
        self.doubled: dict[Ref, Ref] = {}
        self.taken: list[tuple[Record, Record]] = []
        self.links: list[str] = []
        self._waiting = deque([(type(kept), kept.pk, gone.pk)])
        while self._waiting:
            self._turn_all(*self._waiting.popleft())

    def moving(self) -> list[Record]:
        """The rows that turn to another record, those that others point to first."""
        return self._sorted(ref for ref in self.values if ref not in self.doubled)

    def beside(self) -> list[Record]:
        """The rows that pointed to the one that is left before, and stay."""
        return self._sorted(ref for ref in self.all if ref not in self.values and ref not in self.doubled)

    def going(self) -> list[Record]:
        """The rows that go, because others stand for them; as they would stand if they stayed."""
        return self._sorted(self.doubled)

    def is_open(self, row: Record) -> bool:
        """Whether the reader may know of the row as it is stored, and open its register."""
        return self.open[ref_of(row)]

    def _sorted(self, refs: Iterable[Ref]) -> list[Record]:
        rows = [self.all[ref] for ref in refs]
        position = {model: number for number, model in enumerate(in_order(type(row) for row in rows))}
        return sorted(rows, key=lambda row: (position[type(row)], row.pk))

    def _turn_all(self, model: type[Record], kept: int, gone: int) -> None:
        for other, column in pointing_to(model):
            turning, there = (
                [row for row in self._rows(other, column, model, key) if not self._is_one_of_two(row, column)]
                for key in (gone, kept)
            )
            for row in turning:
                setattr(row, column, kept)
                self.values.setdefault(ref_of(row), {})[column] = kept
            for row in turning:
                self._hold_against(row, there)

    def _rows(self, model: type[Record], column: str, of: type[Record], key: int) -> Iterator[Record]:
        """The rows that point there, as they would stand; each is loaded once."""
        query: dict[str, Any] = {column: key} | ({"kind": of.record_kind()} if model.hangs_on_any else {})
        for row in model._base_manager.filter(**query).order_by("pk"):
            if ref_of(row) not in self.all:
                self.all[ref_of(row)] = row
                self.open[ref_of(row)] = row.is_open_to(self.reader) and may_view(model.record_kind(), self.reader)
        for row in list(self.all.values()):
            is_there = isinstance(row, model) and row.serializable_value(column) == key
            if is_there and (not model.hangs_on_any or row.serializable_value("kind") == of.record_kind()):
                yield row

    def _is_one_of_two(self, row: Record, column: str) -> bool:
        """Whether the row is one of the two themselves; then it is told by which field it points."""
        if ref_of(row) not in (ref_of(self.kept), ref_of(self.gone)):
            return False
        self.all.pop(ref_of(row))
        field = next(one for one in type(row)._meta.concrete_fields if one.attname == column)
        if str(field.verbose_name) not in self.links:
            self.links.append(str(field.verbose_name))
        return True

    def _hold_against(self, row: Record, others: Iterable[Record]) -> None:
        """Looks for another row that says the same, or that has the only place for both."""
        if ref_of(row) in self.doubled:
            return
        for other in others:
            if other.pk == row.pk or ref_of(other) in self.doubled:
                continue
            if _said(row) == _said(other):
                self._double(stands=other, goes=row)
                return
            if _have_one_place(row, other):
                self._settle_place(row, other)
                return

    def _settle_place(self, row: Record, other: Record) -> None:
        """Where the reader knows both and each says something else, he decides before; else one that he knows stands.

        The other is not lost: its history keeps it, and taking the merge back brings it back.
        """
        if self.is_open(row) and self.is_open(other):
            if _adds_nothing(row, to=other):
                self._double(stands=other, goes=row)
            elif _adds_nothing(other, to=row):
                self._double(stands=row, goes=other)
            else:
                self.taken.append((row, other))
        elif self.is_open(row):
            self._double(stands=row, goes=other)
        else:
            self._double(stands=other, goes=row)

    def _double(self, *, stands: Record, goes: Record) -> None:
        self.doubled[ref_of(goes)] = ref_of(stands)
        self._waiting.append((type(stands), stands.pk, goes.pk))


def _said(row: Record) -> str:
    """All that a row says, in a form that can be compared."""
    values = {name: value for name, value in values_of(row).items() if name not in NOT_COMPARED}
    return json.dumps(values, sort_keys=True)


def _adds_nothing(row: Record, *, to: Record) -> bool:
    """Whether another row says all that this one says."""
    there = values_of(to)
    return all(value in EMPTY or value == there[name] for name, value in values_of(row).items() if name not in KEEPING)


def _have_one_place(row: Record, other: Record) -> bool:
    """Whether something that may stand only once would be the same of both."""
    return any(_are_equal(row, other, names) for names in _only_once(type(row)))


@cache
def _only_once(model: type[Record]) -> tuple[tuple[str, ...], ...]:
    """The groups of fields of which each value may stand only once."""
    constraints = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return (
        *((column.name,) for column in kept_fields(model) if column.unique),
        *(tuple(one.fields) for one in constraints if one.fields and one.condition is None),
    )


def _are_equal(row: Record, other: Record, names: Iterable[str]) -> bool:
    values = [(row.serializable_value(name), other.serializable_value(name)) for name in names]
    return all(one is not None and one == another for one, another in values)
