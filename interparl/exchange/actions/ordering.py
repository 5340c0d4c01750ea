"""In which order the rows of a batch are written, and which of them cannot be written yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interparl.core.models import Identifier
from interparl.exchange.actions.deciding import chosen
from interparl.exchange.actions.plans import Key
from interparl.exchange.actions.stored import pieces
from interparl.exchange.models import Batch, Row

MOST_IN_A_GROUP = 1000
CANDIDATES = (Row.State.READY, Row.State.WAITING)


@dataclass(frozen=True)
class Standing:
    """A row without its values: which records it brings along, and which of other rows it points to."""

    pk: int
    state: str
    brings: frozenset[Key]
    needs: frozenset[Key]
    size: int


@dataclass
class Order:
    """The rows to write in groups, each after what it points to; those that wait; those that are left out with others.

    `stored` are the ids of records that rows point to and that earlier steps or other imports made.
    """

    groups: list[list[int]]
    waiting: list[int]
    out: list[int]
    stored: dict[Key, int]
    size: int


def order_of(batch: Batch) -> Order:
    """What can be written of the batch now."""
    every = _standing(batch)
    candidates = [one for one in every if one.state in CANDIDATES]
    brought = {key for one in candidates for key in one.brings}
    stored = stored_ids({key for one in candidates for key in one.needs - brought})
    written, left = _writable(candidates, set(stored))
    lost = {key for one in every if one.state == Row.State.OUT for key in one.brings} - set(stored)
    out = _lost_with(left, lost)
    waiting = [one.pk for one in left if one.pk not in out]
    return Order(_groups(written), waiting, sorted(out), stored, sum(one.size for one in written))


def needs_of(records: Iterable[Mapping[str, Any]]) -> set[Key]:
    """The keys of records of other rows that these values point to."""
    values = [value for record in records for value in record["values"].values()]
    return {(value[0], value[1], value[2]) for value in values if isinstance(value, list) and len(value) == 3}


def _standing(batch: Batch) -> list[Standing]:
    found = []
    rows = batch.rows.filter(state__in=(*CANDIDATES, Row.State.OUT)).only(
        "batch", "state", "prepared", "decided", "decision"
    )
    for row in rows.order_by("pk").iterator(chunk_size=500):
        records = chosen(row)
        brings = frozenset((one["ref"][0], one["ref"][1], one["ref"][2]) for one in records if "ref" in one)
        if records:
            found.append(Standing(row.pk, row.state, brings, frozenset(needs_of(records) - brings), len(records)))
    return found


def stored_ids(keys: Iterable[Key]) -> dict[Key, int]:
    """The records that have these identifiers, as far as there are any."""
    by_scheme: dict[tuple[str, str], set[str]] = {}
    for kind, scheme, value in keys:
        by_scheme.setdefault((kind, scheme), set()).add(value)
    return {
        (kind, scheme, value): pk
        for (kind, scheme), values in by_scheme.items()
        for part in pieces(values)
        for value, pk in Identifier.objects.of(kind, scheme).filter(value__in=part).values_list("value", "object_id")
    }


def _writable(candidates: Sequence[Standing], known: set[Key]) -> tuple[list[Standing], list[Standing]]:
    """Those whose relations are all stored or written with them, and the others."""
    written = list(candidates)
    while True:
        made = known.union(*(one.brings for one in written)) if written else known
        kept = [one for one in written if one.needs <= made]
        if len(kept) == len(written):
            keys = {one.pk for one in written}
            return written, [one for one in candidates if one.pk not in keys]
        written = kept


def _lost_with(left: Sequence[Standing], lost: set[Key]) -> set[int]:
    """Rows that point to what was left out, and those that point to them."""
    found: set[int] = set()
    while True:
        more = [one for one in left if one.pk not in found and one.needs & lost]
        if not more:
            return found
        found |= {one.pk for one in more}
        lost = lost.union(*(one.brings for one in more))


def _groups(written: Sequence[Standing]) -> list[list[int]]:
    """Rows in pieces, none before what it points to; rows that point to one another stay together."""
    holders = {key: one.pk for one in written for key in one.brings}
    groups: list[list[int]] = []
    done: set[int] = set()
    left = list(written)
    while left:
        ready = [one for one in left if all(holders.get(key, one.pk) in done for key in one.needs)]
        level, size = (ready, MOST_IN_A_GROUP) if ready else (left, len(left))
        keys = [one.pk for one in level]
        groups += [keys[start : start + size] for start in range(0, len(keys), size)]
        done |= {one.pk for one in level}
        left = [one for one in left if one.pk not in done]
    return _gathered(groups)


def _gathered(groups: Sequence[list[int]]) -> list[list[int]]:
    """Small groups joined with the ones before them, as far as they fit: within a group kinds are put in order."""
    found: list[list[int]] = []
    for group in groups:
        if found and len(found[-1]) + len(group) <= MOST_IN_A_GROUP:
            found[-1] += group
        else:
            found.append(list(group))
    return found
