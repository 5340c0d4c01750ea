"""Bars side by side: which lane each takes so that none lies over another, and what finds no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Placed:
    """A bar of a row of days: it begins in a column (the first is 1), spans days, stands in a lane (the first is 1)."""

    column: int
    span: int
    lane: int


@dataclass(frozen=True)
class Placing:
    """The bars that have room, by their position in what was given, and how many days have how many without room."""

    bars: dict[int, Placed]
    hidden: dict[int, int]


def placed(spans: Sequence[tuple[date, date]], first: date, last: date, most: int) -> Placing:
    """Puts spans of days into at most so many lanes of the days from `first` to `last`; a span outside is left out.

    Those that begin earlier come first, of these the longer ones, then as they were given.
    """
    within = [
        (max(begin, first), min(end, last), position)
        for position, (begin, end) in enumerate(spans)
        if begin <= last and end >= first
    ]
    within.sort(key=lambda one: (one[0], -(one[1] - one[0]).days, one[2]))
    free: list[date] = []
    bars: dict[int, Placed] = {}
    hidden: dict[int, int] = {}
    for begin, end, position in within:
        lane = next((at for at, until in enumerate(free) if until < begin), len(free))
        column = (begin - first).days + 1
        if lane >= most:
            for step in range(column, (end - first).days + 2):
                hidden[step] = hidden.get(step, 0) + 1
            continue
        free[lane : lane + 1] = [end]
        bars[position] = Placed(column, (end - begin).days + 1, lane + 1)
    return Placing(bars, hidden)


def weeks_of(first: date, last: date) -> list[tuple[date, date]]:
    """The weeks from Monday to Sunday that have a day from `first` to `last`."""
    begin = first - first.weekday() * ONE_DAY
    found = []
    while begin <= last:
        found.append((begin, begin + 6 * ONE_DAY))
        begin += 7 * ONE_DAY
    return found


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of its month."""
    first = day.replace(day=1)
    return first, first + timedelta(days=days_in_month(first) - 1)


def days_in_month(day: date) -> int:
    """How many days its month has."""
    after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (after - day.replace(day=1)).days


def months_on(day: date, number: int) -> date:
    """The same day so many months later, or before when the number is negative; the last of a shorter month."""
    at = day.year * 12 + day.month - 1 + number
    first = date(at // 12, at % 12 + 1, 1)
    return first.replace(day=min(day.day, days_in_month(first)))
