"""What imports still hold of somebody who is erased: the rows that came from a file, and sentences that name him."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from interparl.core.kinds import Ref
from interparl.core.models import Entry
from interparl.core.models.entries import ERASED
from interparl.exchange.actions.stored import pieces
from interparl.exchange.models import Batch, Row

GONE = "…"


@dataclass(frozen=True)
class Traces:
    """The rows about somebody, which are emptied, and what else names him, in which the words are replaced."""

    rows: tuple[Row, ...] = ()
    named_in: tuple[Row, ...] = ()
    batches: tuple[Batch, ...] = ()

    @property
    def files(self) -> list[Batch]:
        """The imports whose files named him; the files themselves are not kept here."""
        keys = {row.batch_id for row in (*self.rows, *self.named_in)} | {batch.pk for batch in self.batches}
        return list(Batch.objects.filter(pk__in=keys).order_by("pk"))


def traces_of(refs: Collection[Ref], names: Collection[str], words: Collection[str]) -> Traces:
    """All that imports hold of the records `refs`, and what has one of the words in it.

    A row that became no record is about somebody of these names when it is called so.
    """
    about = _rows_about(refs) | _waiting_rows(names)
    named_in = [row for row in _every_row() if row.pk not in about and _names(_texts_of(row), words)] if words else []
    batches = [
        batch for batch in Batch.objects.order_by("pk").iterator(chunk_size=100) if _is_marked(batch, about, words)
    ]
    return Traces(tuple(about.values()), tuple(named_in), tuple(batches))


def _every_row() -> Iterator[Row]:
    return Row.objects.order_by("pk").iterator(chunk_size=1000)


def _texts_of(row: Row) -> list[Any]:
    return [row.name, row.prepared, row.reasons, row.decided]


def _names(value: Any, words: Collection[str]) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    return any(_as_json(word) in text for word in words)


def _as_json(word: str) -> str:
    """The word as it stands within JSON."""
    return json.dumps(word, ensure_ascii=False)[1:-1]


def _rows_about(refs: Collection[Ref]) -> dict[int, Row]:
    """The rows that were recognised as these records, and those that wrote one of them."""
    found: dict[int, Row] = {}
    places: dict[int, set[str]] = {}
    for part in pieces(refs):
        for row in Row.objects.filter(_of_refs(part, "target_kind", "target_id")):
            found[row.pk] = row
        entries = Entry.objects.filter(_of_refs(part, "kind", "object_id"), batch__isnull=False).exclude(row="")
        for batch, place in entries.values_list("batch", "row"):
            places.setdefault(batch or 0, set()).add(place)
    for batch, several in places.items():
        for part in pieces(several):
            for row in Row.objects.filter(batch=batch, place__in=part):
                found[row.pk] = row
    return dict(sorted(found.items()))


def _of_refs(refs: Iterable[Ref], kind: str, key: str) -> Q:
    """The condition that these two columns name one of the records."""
    by_kind: dict[str, list[int]] = {}
    for of, one in refs:
        by_kind.setdefault(of, []).append(one)
    condition = Q()
    for of, several in by_kind.items():
        condition |= Q(**{kind: of, f"{key}__in": several})
    return condition


def _waiting_rows(names: Collection[str]) -> dict[int, Row]:
    """Rows of one of these names that became no record: doubtful, wrong, or never applied."""
    rows = Row.objects.filter(target_id=None, name__in=list(names)).order_by("pk")
    return {row.pk: row for row in rows if not Entry.objects.filter(batch=row.batch_id, row=row.place).exists()}


def _is_marked(batch: Batch, about: dict[int, Row], words: Collection[str]) -> bool:
    places = {row.place for row in about.values() if row.batch_id == batch.pk}
    has_place = any(one["place"] in places for one in batch.messages) if places else False
    return has_place or _names([batch.messages, batch.facts], words)


def erase_traces(traces: Traces, number: int, words: Collection[str], *, keeps_name: bool) -> None:
    """Empties the rows and replaces the words elsewhere; the places in the files and the counts stay.

    `number` is the erasure's. With `keeps_name` the name of a row about him stays.
    """
    places: dict[int, set[str]] = {}
    for row in traces.rows:
        places.setdefault(row.batch_id, set()).add(row.place)
        row.prepared, row.reasons = {ERASED: number}, [_without_values(one) for one in row.reasons]
        row.decided = {}
        if row.state != Row.State.WRITTEN:
            row.state = Row.State.IDLE
        row.name = row.name if keeps_name else ""
    for row in traces.named_in:
        row.name, row.prepared, row.reasons, row.decided = (_without(value, words) for value in _texts_of(row))
    fields = ["name", "prepared", "reasons", "decided", "state"]
    Row.objects.bulk_update([*traces.rows, *traces.named_in], fields, batch_size=500)
    for batch in traces.batches:
        mine = places.get(batch.pk, set())
        told = [_without_values(one) if one["place"] in mine else one for one in batch.messages]
        batch.messages, batch.facts = _without(told, words), _without(batch.facts, words)
    Batch.objects.bulk_update(list(traces.batches), ["messages", "facts"])


def _without_values(one: dict[str, Any]) -> dict[str, Any]:
    """A sentence about a row with nothing of the row in it."""
    return one | {"params": {name: value if name == "column" else GONE for name, value in one["params"].items()}}


def _without(value: Any, words: Collection[str]) -> Any:
    """The same value with the words replaced in every text of it."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, GONE)
        return value
    if isinstance(value, dict):
        return {_without(name, words): _without(one, words) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_without(one, words) for one in value]
    return value
