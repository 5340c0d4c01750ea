"""What happened in bodies in a period, counted day by day in the most plodding way. Standard library only.

An event is a dict with "body" and "at", a partial date as in `composition_model`; it counts when it may lie on some
day of the period. "D.." is no event: it says that something had not ended by D.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.independent.composition_model import ONE_DAY, bounds


def days_of(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The days of a period."""
    return [first + number * ONE_DAY for number in range((last - first).days + 1)]


def may_lie_in(text: str | None, days: Sequence[datetime.date]) -> bool:
    """Whether a partial date may be one of these days."""
    low, high = bounds(text) if text else (None, None)
    return high is not None and any((low is None or low <= day) and day <= high for day in days)


def happened(events: Iterable[Mapping[str, Any]], first: datetime.date, last: datetime.date) -> dict[Any, int]:
    """How many events of each body may lie in the period."""
    days = days_of(first, last)
    found: dict[Any, int] = {}
    for event in events:
        if may_lie_in(event["at"], days):
            found[event["body"]] = found.get(event["body"], 0) + 1
    return found


def index_of(bodies: Sequence[Any], measures: Sequence[Mapping[Any, int]]) -> dict[Any, Decimal]:
    """The index by comparing each body with each other one, rounded half up with whole numbers alone."""
    speaking = [one for one in measures if sum(one.get(body, 0) for body in bodies)]
    found = {}
    for body in bodies:
        wins = sum(one.get(body, 0) > one.get(other, 0) for one in speaking for other in bodies if other != body)
        duels = len(speaking) * (len(bodies) - 1)
        found[body] = Decimal((2000 * wins + duels) // (2 * duels)).scaleb(-1) if duels else Decimal("0.0")
    return found
