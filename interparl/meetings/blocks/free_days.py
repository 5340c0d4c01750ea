"""The days on which nobody works at home: weekends, holidays with their names, days that were moved."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import Any

from django.apps import apps

from interparl.core.tables import Reading

SATURDAY = 5
ONE_DAY = timedelta(days=1)
# The area that knows working days; without it the weekend alone is free.
AREA = "interparl.tasks"


def free_days(first: date, last: date, reading: Reading) -> dict[date, str]:
    """The free days from `first` to `last`, each with the name of its holiday; "" at a weekend. One query."""
    every = [first + step * ONE_DAY for step in range((last - first).days + 1)]
    if not apps.is_installed(AREA):
        return {day: "" for day in every if day.weekday() >= SATURDAY}
    calendars: Any = import_module(f"{AREA}.models.calendars")
    found = calendars.calendar_of(calendars.our_country(), first, last, reader=reading.user)
    free = [day for day in every if not found.is_working(day)]
    return {day: "" if day.weekday() >= SATURDAY else found.why_free(day, reading.language) for day in free}
