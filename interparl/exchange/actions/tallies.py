"""How many rows of a batch there are of each kind, outcome, state and reasons: counted when written, not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db.models import Count

from interparl.exchange.models import Batch


class Tallied(NamedTuple):
    """So many rows of one kind in the file, outcome, state and with these reasons."""

    record: str
    outcome: str
    state: str
    told: str
    number: int


def tally_of(batch: Batch) -> list[Sequence[str | int]]:
    """The numbers as they are kept."""
    found = batch.rows.order_by().values_list("record", "outcome", "state", "told").annotate(number=Count("pk"))
    return [list(row) for row in found]


def tallied(batch: Batch) -> list[Tallied]:
    """The numbers as they were kept; of a batch that has none they are counted."""
    return [Tallied(*row) for row in batch.tally or tally_of(batch)]


def summed(rows: Sequence[Tallied], by: Callable[[Tallied], str]) -> Counter[str]:
    """How many rows there are by something of theirs."""
    found: Counter[str] = Counter()
    for row in rows:
        found[by(row)] += row.number
    return found


def keys_told(told: str) -> list[tuple[str, str]]:
    """Level and key of the reasons that a row has: "d:edited n:alike"."""
    return [(word[0], word[2:]) for word in told.split()]
