"""Days by which something has to be done, counted in working days from a day; which days are worked, one is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

_DAY = timedelta(days=1)
_FRIDAY = 4


def is_weekday(day: date) -> bool:
    """Whether it is none of Saturday and Sunday."""
    return day.weekday() <= _FRIDAY


def working_day(day: date, number: int, is_working: Callable[[date], bool] = is_weekday) -> date:
    """The day so many working days after this one, or before it for a negative number; for none the day itself."""
    step = _DAY if number > 0 else -_DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working(day)
    return day
