"""A body's composition day by day, in the most plodding way, to hold against the product's. Standard library only.

A membership is a dict with "person", "since" and "until". The two dates are texts or None (open):
2012, 2012-10, 2012-10-11; "..D" some day up to D; "D.." some day from D on; "A..B" some day of these.
Each date stands for all the days it may mean. A membership holds for certain when it holds whichever of them was the
true one, approximately when it holds for some choice.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping
from typing import Any

ONE_DAY = datetime.timedelta(days=1)
CERTAIN, APPROXIMATE, NO = "certain", "approximate", "no"


def composition_by_day(
    memberships: Iterable[Mapping[str, Any]], first: datetime.date, last: datetime.date
) -> dict[datetime.date, dict[str, str]]:
    """For each day from first to last: who is in, "certain" or "approximate"; who is not in does not appear.

    Someone with several memberships is in for certain when one of them is certain.
    """
    known = list(memberships)
    result = {}
    day = first
    while day <= last:
        inside: dict[str, str] = {}
        for membership in known:
            answer = standing(membership["since"], membership["until"], day)
            if answer == CERTAIN or (answer == APPROXIMATE and membership["person"] not in inside):
                inside[membership["person"]] = answer
        result[day] = inside
        day += ONE_DAY
    return result


def standing(since: str | None, until: str | None, day: datetime.date) -> str:
    """Whether a membership with these dates holds on the day: "certain", "approximate" or "no"."""
    starts = [True] if since is None else [start <= day for start in possible_days(since, day)]
    ends = [True] if until is None else [day <= end for end in possible_days(until, day)]
    worlds = [start and end for start in starts for end in ends]
    if all(worlds):
        return CERTAIN
    return APPROXIMATE if any(worlds) else NO


def possible_days(text: str, around: datetime.date) -> list[datetime.date]:
    """The days a date may mean, of which only those before, on and after `around` need to be told apart."""
    low, high = bounds(text)
    days = []
    for candidate in (around - ONE_DAY, around, around + ONE_DAY):
        before = candidate < around and (low is None or low < around)
        same = candidate == around and (low is None or low <= around) and (high is None or around <= high)
        after = candidate > around and (high is None or high > around)
        if before or same or after:
            days.append(candidate)
    return days


def bounds(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day that a date may mean; None where there is no bound."""
    if ".." in text:
        left, right = text.split("..")
        return (bounds(left)[0] if left else None, bounds(right)[1] if right else None)
    numbers = [int(number) for number in text.split("-")]
    if len(numbers) == 1:
        return datetime.date(numbers[0], 1, 1), datetime.date(numbers[0], 12, 31)
    if len(numbers) == 2:
        length = calendar.monthrange(numbers[0], numbers[1])[1]
        return datetime.date(numbers[0], numbers[1], 1), datetime.date(numbers[0], numbers[1], length)
    day = datetime.date(numbers[0], numbers[1], numbers[2])
    return day, day
