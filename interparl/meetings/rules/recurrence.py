"""True recurrence of a series: every second Tuesday, the last Friday of the month, each year on 8 May.

A rule is data and is written as RFC 5545 writes it (RRULE), in the part of it that diaries of people use. A series has
an end; it is a list of days, not of hours: the hour belongs to the event and its place.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import islice
from typing import Literal, cast, get_args

from dateutil import rrule

Frequency = Literal["daily", "weekly", "monthly", "yearly"]
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST, MOST_INTERVAL, MOST_YEARS = 1000, 1000, 100
_WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "COUNT", "UNTIL", "WKST")
_FREQUENCIES = {"daily": rrule.DAILY, "weekly": rrule.WEEKLY, "monthly": rrule.MONTHLY, "yearly": rrule.YEARLY}


class NotARule(ValueError):
    """A text is no rule of recurrence, and why.

    Reasons: "form" (not written as one), "part" (a part of RFC 5545 that is not taken), "value" (a part has no sense),
    "together" (parts that exclude one another), "endless" (neither a number nor a last day), "many" (more than a
    thousand days), "far" (reaches beyond a hundred years), "never" (no day fits).
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason


@dataclass(frozen=True)
class Recurrence:
    """A rule with its first day; one that is made has at least one day, and at most a thousand.

    `weekdays` are "MO" to "SU", or, for months, all with a position from either end: "1TU", "-1FR". The first day
    itself is in the series only if it fits the rule.
    """

    frequency: Frequency
    interval: int
    weekdays: tuple[str, ...]
    month_day: int | None
    months: tuple[int, ...]
    first: date
    count: int | None
    until: date | None

    def __post_init__(self) -> None:
        # One rule, one way to say it: else two that are alike would not be equal.
        plain = {day.removeprefix("+") for day in self.weekdays}
        object.__setattr__(self, "weekdays", tuple(sorted(plain, key=_order)))
        object.__setattr__(self, "months", tuple(sorted(set(self.months))))
        reason = _wrong_value(self) or _wrong_together(self) or _wrong_end(self) or _wrong_number(self)
        if reason:
            raise NotARule(self.text, reason)

    @classmethod
    def parse(cls, rrule_text: str, first: date) -> Recurrence:
        """The rule that an RRULE says: "FREQ=MONTHLY;BYDAY=1TU;COUNT=10"; raises NotARule with the text as it was."""
        parts = _parts_of(rrule_text)
        try:
            return cls(
                frequency=cast("Frequency", parts["FREQ"].lower()),
                interval=int(parts.get("INTERVAL", 1)),
                weekdays=tuple(filter(None, parts.get("BYDAY", "").split(","))),
                month_day=int(parts["BYMONTHDAY"]) if "BYMONTHDAY" in parts else None,
                months=tuple(int(month) for month in parts["BYMONTH"].split(",")) if "BYMONTH" in parts else (),
                first=first,
                count=int(parts["COUNT"]) if "COUNT" in parts else None,
                until=_day_of(parts["UNTIL"]) if "UNTIL" in parts else None,
            )
        except NotARule as wrong:
            raise NotARule(rrule_text, wrong.reason) from None
        except ValueError:
            raise NotARule(rrule_text, "form") from None

    @property
    def text(self) -> str:
        """The value of an RRULE that says the same, with the day until which it goes as a date."""
        said = {
            "FREQ": self.frequency.upper(),
            "INTERVAL": str(self.interval) if self.interval != 1 else "",
            "BYMONTH": ",".join(str(month) for month in self.months),
            "BYMONTHDAY": "" if self.month_day is None else str(self.month_day),
            "BYDAY": ",".join(self.weekdays),
            "COUNT": "" if self.count is None else str(self.count),
            "UNTIL": "" if self.until is None else self.until.isoformat().replace("-", ""),
        }
        return ";".join(f"{name}={value}" for name, value in said.items() if value)

    def days(self) -> list[date]:
        """All days of the series, in order."""
        return list(_days(self))


@dataclass(frozen=True)
class Occurrence:
    """One of a series: its day, the day that the rule says, and its number among those of the rule."""

    day: date
    planned: date
    number_in_series: int


def occurrences(recurrence: Recurrence, exceptions: Mapping[date, date | None]) -> list[Occurrence]:
    """The days of the series in order, some dropped (None) or moved to another day.

    Whatever is dropped or moved, the others keep their numbers. Two that meet on one day both stay, the one planned
    first before the other. An exception for a day that is not of the series changes nothing; see `strays`.
    """
    found = []
    for number, planned in enumerate(_days(recurrence), 1):
        day = exceptions.get(planned, planned)
        if day is not None:
            found.append(Occurrence(day, planned, number))
    return sorted(found, key=lambda one: (one.day, one.planned))


def strays(recurrence: Recurrence, exceptions: Mapping[date, date | None]) -> list[date]:
    """The days of exceptions that are not of the series, in order: left over when the rule was changed."""
    return sorted(exceptions.keys() - set(_days(recurrence)))


def _parts_of(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").removesuffix(";").split(";"):
        name, sign, value = part.partition("=")
        if not sign or not value or name in parts:
            raise NotARule(text, "form")
        if name not in _PARTS or (name == "WKST" and value != "MO") or (name == "BYMONTHDAY" and "," in value):
            raise NotARule(text, "part")
        parts[name] = value
    if not re.fullmatch("[A-Z]+", parts.get("FREQ", "")):
        raise NotARule(text, "form")
    if parts["FREQ"].lower() not in get_args(Frequency):
        raise NotARule(text, "part")
    numbers = [parts[name] for name in ("INTERVAL", "BYMONTH", "BYMONTHDAY", "COUNT", "UNTIL") if name in parts]
    if not all(re.fullmatch(r"[+-]?[0-9]{1,8}(,[0-9]{1,2})*", number) for number in numbers):
        raise NotARule(text, "form")
    return parts


def _day_of(text: str) -> date:
    if not re.fullmatch("[0-9]{8}", text):
        raise ValueError(text)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _order(weekday: str) -> tuple[int, int, str]:
    """Those without a position first, then from the front, then from the back; in each the days of the week."""
    position, name = weekday[:-2], weekday[-2:]
    number = int(position) if re.fullmatch("-?[0-9]", position) else 0
    return number % 10, WEEKDAYS.index(name) if name in WEEKDAYS else 7, weekday


def _wrong_value(rule: Recurrence) -> str:
    is_right = (
        rule.frequency in get_args(Frequency)
        and 1 <= rule.interval <= MOST_INTERVAL
        and all(_WEEKDAY.fullmatch(day) for day in rule.weekdays)
        and (rule.month_day is None or 1 <= abs(rule.month_day) <= 31)
        and all(1 <= month <= 12 for month in rule.months)
        and (rule.count is None or rule.count >= 1)
    )
    return "" if is_right else "value"


def _wrong_together(rule: Recurrence) -> str:
    """RFC 5545: positions count within a month; a week has no days of the month; a number or a day ends, not both."""
    has_position = any(len(day) > 2 for day in rule.weekdays)
    # "Each Monday and the first Friday": dateutil would take the days that are both.
    if has_position and any(len(day) == 2 for day in rule.weekdays):
        return "together"
    counts_in_months = rule.frequency == "monthly" or (rule.frequency == "yearly" and rule.months)
    if has_position and not counts_in_months:
        return "together"
    if rule.frequency == "weekly" and rule.month_day is not None:
        return "together"
    return "together" if rule.count is not None and rule.until is not None else ""


def _wrong_end(rule: Recurrence) -> str:
    if rule.count is None and rule.until is None:
        return "endless"
    if rule.until is not None and rule.until > _horizon(rule):
        return "far"
    return "many" if (rule.count or 0) > MOST else ""


def _wrong_number(rule: Recurrence) -> str:
    found = _days(rule)
    if not found:
        return "never"
    if len(found) > MOST:
        return "many"
    # What is missing lies beyond the horizon.
    return "far" if rule.count is not None and len(found) < rule.count else ""


def _horizon(rule: Recurrence) -> date:
    """The last day that is looked at: without it a rule that fits no day would be followed to the end of calendars."""
    year = rule.first.year + MOST_YEARS
    return date.max if year > date.max.year else date(year, 12, 31)


@lru_cache(maxsize=256)
def _days(rule: Recurrence) -> tuple[date, ...]:
    """The days of the rule, one more than are allowed at most."""
    return tuple(islice(_walk(rule), MOST + 1 if rule.count is None else rule.count))


def _walk(rule: Recurrence) -> Iterator[date]:
    """The days of the rule to its last day or the horizon, however many."""
    is_daily = rule.frequency == "daily"
    last = min(rule.until or date.max, _horizon(rule))
    found = rrule.rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(rule.first, time.min),
        interval=rule.interval,
        # Said, because it is otherwise that of the process.
        wkst=rrule.MO,
        until=datetime.combine(last, time.min),
        byweekday=None if is_daily or not rule.weekdays else [_weekday(day) for day in rule.weekdays],
        bymonthday=None if is_daily else rule.month_day,
        bymonth=rule.months if rule.frequency == "yearly" and rule.months else None,
    )
    # What only leaves days out is asked here: it would look for a day that fits beyond the last one, for seconds.
    for day in (moment.date() for moment in found):
        if rule.months and day.month not in rule.months:
            continue
        if is_daily and not _is_left_in(rule, day):
            continue
        yield day


def _is_left_in(rule: Recurrence, day: date) -> bool:
    in_month = monthrange(day.year, day.month)[1]
    fits_month = rule.month_day is None or rule.month_day in {day.day, day.day - in_month - 1}
    return fits_month and (not rule.weekdays or WEEKDAYS[day.weekday()] in rule.weekdays)


def _weekday(text: str) -> rrule.weekday:
    position = text[:-2]
    return rrule.weekday(WEEKDAYS.index(text[-2:]), int(position) if position else None)
