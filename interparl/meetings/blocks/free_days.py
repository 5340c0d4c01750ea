"""The days on which nobody works at home: weekends, holidays with their names, days that were moved."""

from __future__ import annotations

from datetime import date, timedelta

from interparl.core.tables import Reading
from interparl.tasks.models import calendar_of, our_country

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def free_days(first: date, last: date, reading: Reading) -> dict[date, str]:
    """The free days from `first` to `last`, each with the name of its holiday; "" at a weekend. One query."""
    every = [first + step * ONE_DAY for step in range((last - first).days + 1)]
    found = calendar_of(our_country(), first, last, reader=reading.user)
    free = [day for day in every if not found.is_working(day)]
    return {day: "" if day.weekday() >= SATURDAY else found.why_free(day, reading.language) for day in free}
