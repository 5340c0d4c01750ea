"""What the public is told of an event, and when: its hours and places only when its days are over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from interparl.meetings.rules.zones import day_bounds, local_day

# No place on earth is further from another than this many days of the calendar.
FURTHEST = timedelta(days=1)


def is_over(last: date | None, zone: str, moment: datetime) -> bool:
    """Whether the last day has passed at the place: the calendar on its wall shows a later one; never without a day."""
    return last is not None and local_day(moment, zone) > last


def over_at(last: date, zone: str) -> datetime:
    """The moment from which it is over."""
    return day_bounds(last, zone)[1]
