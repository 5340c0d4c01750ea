"""Partial dates: what is known of a day, kept as it was given.

Notation (ISO 8601 reduced precision, and intervals where only bounds are known):

    2012            some day of that year
    2012-10         some day of that month
    2012-10-11      that day
    ..2012-10-11    on that day or before it (a start "by D": known to hold on D, begun before)
    2012-10-11..    on that day or after it (an end "after D": unknown whether it ended)
    2012-03-01..2012-09-30   between the two days, both included

Each has an earliest and a latest day; an open side is None. Nothing here touches a database.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1000, 2199
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DOTTED = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})")


class NotADate(ValueError):
    """The text is no partial date. `reason` is "form", "year", "day" or "order"."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason


@dataclass(frozen=True)
class PartialDate:
    """One partial date with its bounds; both None never happens for a parsed text."""

    text: str
    earliest: date | None
    latest: date | None

    @property
    def is_exact(self) -> bool:
        """Whether it names a single day."""
        return self.earliest == self.latest

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Reads the notation above, also as typed in dotted order (11.10.2012, 10.2012); raises NotADate."""
        given = text.strip()
        if ".." not in given:
            return cls(*_span(given, text))
        left, right = (part.strip() for part in given.split("..", 1))
        if not left and not right:
            raise NotADate(text, "form")
        first = _span(left, text) if left else None
        last = _span(right, text) if right else None
        earliest, latest = first and first[1], last and last[2]
        if earliest and latest and latest < earliest:
            raise NotADate(text, "order")
        return cls(f"{first[0] if first else ''}..{last[0] if last else ''}", earliest, latest)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The exact day."""
        return cls(day.isoformat(), day, day)


@lru_cache(maxsize=16384)
def bounds_of(text: str) -> tuple[date | None, date | None]:
    """The earliest and the latest day that a text may mean; both None when it is empty or no date."""
    try:
        known = PartialDate.parse(text) if text else None
    except NotADate:
        return None, None
    return (known.earliest, known.latest) if known else (None, None)


def _span(given: str, whole: str) -> tuple[str, date, date]:
    """The text in ISO form with its first and last day."""
    year, month, day = _numbers(given, whole)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(whole, "year")
    if month is None:
        return f"{year:04}", date(year, 1, 1), date(year, 12, 31)
    if not 1 <= month <= 12:
        raise NotADate(whole, "day")
    last = monthrange(year, month)[1]
    if day is None:
        return f"{year:04}-{month:02}", date(year, month, 1), date(year, month, last)
    if not 1 <= day <= last:
        raise NotADate(whole, "day")
    exact = date(year, month, day)
    return exact.isoformat(), exact, exact


def _numbers(given: str, whole: str) -> tuple[int, int | None, int | None]:
    if not given.isascii():
        raise NotADate(whole, "form")
    if found := _ISO.fullmatch(given):
        year, month, day = found.groups()
    elif found := _DOTTED.fullmatch(given):
        day, month, year = found.groups()
    else:
        raise NotADate(whole, "form")
    return int(year), int(month) if month else None, int(day) if day else None


@dataclass(frozen=True)
class Span:
    """From a partial day to a partial day; None is open (since: always; until: still)."""

    since: PartialDate | None
    until: PartialDate | None

    def holds(self, day: date) -> str:
        """Whether it holds on that day: "certain", "approximate" or "no" (design 8.6)."""
        first, last = self.since, self.until
        begun_surely = first is None or (first.latest is not None and first.latest <= day)
        ended_surely_not = last is None or (last.earliest is not None and day <= last.earliest)
        if begun_surely and ended_surely_not:
            return "certain"
        may_have_begun = first is None or first.earliest is None or first.earliest <= day
        may_still_hold = last is None or last.latest is None or day <= last.latest
        return "approximate" if may_have_begun and may_still_hold else "no"

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it can have begun."""
        if self.since is None or self.until is None:
            return False
        first, last = self.since.earliest, self.until.latest
        return first is not None and last is not None and last < first

    def surely_meets(self, other: Span) -> bool:
        """Whether the two hold together on some day beyond doubt: their certain parts have a day in common."""
        mine, theirs = _certain_days(self), _certain_days(other)
        if mine is None or theirs is None:
            return False
        return max(mine[0], theirs[0]) <= min(mine[1], theirs[1])

    def surely_leaves(self, other: Span) -> bool:
        """Whether some day that this one certainly covers lies certainly outside the other."""
        mine = _certain_days(self)
        if mine is None:
            return False
        other_first = other.since.earliest if other.since else None
        other_last = other.until.latest if other.until else None
        return (other_first is not None and mine[0] < other_first) or (other_last is not None and mine[1] > other_last)


def _certain_days(span: Span) -> tuple[date, date] | None:
    """The first and the last day on which a span holds beyond doubt; None when there is no such day."""
    first = span.since.latest if span.since else date.min
    last = span.until.earliest if span.until else date.max
    return (first, last) if first is not None and last is not None and first <= last else None


def day_before(day: date) -> date:
    """The day before; a mandate that ends at the opening of the next convocation ends then."""
    return day - timedelta(days=1)
