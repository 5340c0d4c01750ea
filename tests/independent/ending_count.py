"""Who sits in bodies and how many bodies there are on a day, counted from plain rows. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

# Key, first and last day that a row holds; None is open.
Span = tuple[int, date | None, date | None]


def held_on(rows: Iterable[Span], day: date) -> set[int]:
    """The keys of the rows that hold on the day, their last day included."""
    return {key for key, first, last in rows if (first is None or first <= day) and (last is None or last >= day)}


def cut_at(rows: Iterable[Span], last_day: date, going: set[int]) -> list[Span]:
    """The rows as they are when those of these keys end on that day, unless they had ended before it."""
    return [
        (key, first, min(last or last_day, last_day)) if key in going else (key, first, last)
        for key, first, last in rows
    ]
