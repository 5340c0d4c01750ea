"""Who chairs an organ in turn, and until when: its term and the order of the countries."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

MONTHS = 12


def last_day_of_term(since: date, months: int) -> date:
    """The last day of a term of so many months that begins on that day.

    A term that would end on a day which the month lacks ends with the month.
    """
    count = since.year * MONTHS + since.month - 1 + months
    year, month = count // MONTHS, count % MONTHS + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(since.day, monthrange(year, month)[1])) - timedelta(days=1)


def next_in_turn(order: Sequence[str], now: str) -> str:
    """Whose turn follows that of `now`, after the last one the first again; "" when `now` is not in the order."""
    if now not in order:
        return ""
    return order[(order.index(now) + 1) % len(order)]
