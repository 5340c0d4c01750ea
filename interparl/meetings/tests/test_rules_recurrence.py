"""Series: against dateutil, against a walk over all days, there and back as text; dropped and moved ones."""

from __future__ import annotations

import calendar
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import assume, given
from hypothesis import strategies as st

from interparl.meetings.rules.recurrence import (
    WEEKDAYS,
    NotARule,
    Occurrence,
    Recurrence,
    occurrences,
    strays,
)

FIRST = date(2016, 1, 5)  # a Tuesday
DAY = timedelta(days=1)
plain_days = st.sampled_from(WEEKDAYS)
placed_days = st.builds("{}{}".format, st.sampled_from([1, 2, 3, 4, 5, -1, -2]), plain_days)


@st.composite
def recurrences(draw: st.DrawFn) -> Recurrence:
    """Rules of every kind, a few years long."""
    frequency = draw(st.sampled_from(["daily", "weekly", "monthly", "yearly"]))
    months = tuple(draw(st.lists(st.integers(1, 12), max_size=4)))
    kind_of_day = plain_days
    if (frequency == "monthly" or (frequency == "yearly" and months)) and draw(st.booleans()):
        kind_of_day = placed_days
    first = draw(st.dates(date(2009, 1, 1), date(2016, 12, 31)))
    has_count = draw(st.booleans())
    values: dict[str, Any] = {
        "frequency": frequency,
        "interval": draw(st.integers(1, 4)),
        "weekdays": tuple(draw(st.lists(kind_of_day, max_size=3))),
        "month_day": draw(st.none() | st.integers(-31, 31).filter(bool)) if frequency != "weekly" else None,
        "months": months,
        "first": first,
        "count": draw(st.integers(1, 12)) if has_count else None,
        "until": None if has_count else first + draw(st.integers(0, 900)) * DAY,
    }
    try:
        return Recurrence(**values)
    except NotARule as wrong:
        assume(wrong.reason not in {"never", "far"})
        raise


def fits(rule: Recurrence, day: date) -> bool:
    """Whether a day is one of the rule, its end aside: looked at alone, from the words of RFC 5545."""
    first, length = rule.first, monthrange(day.year, day.month)[1]
    months = (day.year - first.year) * 12 + day.month - first.month
    steps = {
        "daily": (day - first).days,
        "weekly": ((day - first).days + first.weekday()) // 7,
        "monthly": months,
        "yearly": day.year - first.year,
    }
    if day < first or steps[rule.frequency] % rule.interval or (rule.months and day.month not in rule.months):
        return False
    if rule.month_day is not None and rule.month_day not in {day.day, day.day - length - 1}:
        return False
    if rule.weekdays:
        name = WEEKDAYS[day.weekday()]
        front, back = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
        return bool({name, f"{front}{name}", f"{back}{name}"} & set(rule.weekdays))
    if rule.frequency == "weekly":
        return day.weekday() == first.weekday()
    if rule.month_day is None and rule.frequency in {"monthly", "yearly"}:
        is_month = rule.frequency == "monthly" or bool(rule.months) or day.month == first.month
        return is_month and day.day == first.day
    return True


def walked(rule: Recurrence) -> Iterator[date]:
    """All days of the rule, by asking each day."""
    day, left = rule.first, rule.count
    while left != 0 and (rule.until is None or day <= rule.until):
        if fits(rule, day):
            yield day
            left = None if left is None else left - 1
        day += DAY


@given(recurrences())
def test_days_are_those_that_a_walk_over_all_days_finds(rule: Recurrence) -> None:
    assume((rule.days()[-1] - rule.first).days < 15_000)
    assert rule.days() == list(walked(rule))


@given(recurrences())
def test_days_are_those_of_dateutil(rule: Recurrence) -> None:
    # Where the week begins in this process must not matter.
    calendar.setfirstweekday(calendar.SUNDAY)
    try:
        ours = rule.days()
    finally:
        calendar.setfirstweekday(calendar.MONDAY)
    theirs = rrule.rrulestr(rule.text, dtstart=datetime.combine(rule.first, time.min))
    assert ours == [one.date() for one in theirs]


@given(recurrences())
def test_a_rule_is_read_from_what_it_writes(rule: Recurrence) -> None:
    again = Recurrence.parse(rule.text, rule.first)
    assert (again, again.text) == (rule, rule.text)


@given(recurrences(), st.data())
def test_exceptions_lose_nothing_but_what_is_dropped(rule: Recurrence, data: st.DataObject) -> None:
    days = rule.days()
    targets = st.none() | st.sampled_from(days) | st.dates(date(2009, 1, 1), date(2020, 1, 1))
    exceptions = data.draw(st.dictionaries(st.sampled_from(days) | st.dates(), targets, max_size=5))
    found = occurrences(rule, exceptions)
    kept = [(number, day) for number, day in enumerate(days, 1) if exceptions.get(day, day) is not None]
    assert sorted((one.number_in_series, one.planned) for one in found) == kept
    assert [one.day for one in found] == sorted(exceptions.get(day) or day for _number, day in kept)
    assert strays(rule, exceptions) == sorted(day for day in exceptions if day not in days)


def test_two_on_one_day_both_stay_and_numbers_are_kept() -> None:
    rule = Recurrence.parse("FREQ=WEEKLY;COUNT=4", FIRST)
    first, second, third, fourth = rule.days()
    found = occurrences(rule, {first: third, second: None})
    assert found == [Occurrence(third, first, 1), Occurrence(third, third, 3), Occurrence(fourth, fourth, 4)]


@pytest.mark.parametrize(
    ("text", "normal", "days"),
    [
        ("RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=2", "FREQ=WEEKLY;COUNT=2", [FIRST, date(2016, 1, 12)]),
        ("freq=monthly;byday=+1tu;count=2;wkst=mo", "FREQ=MONTHLY;BYDAY=1TU;COUNT=2", [FIRST, date(2016, 2, 2)]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=1;", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=1", [date(2016, 1, 29)]),
        ("UNTIL=20160107;FREQ=DAILY;INTERVAL=2", "FREQ=DAILY;INTERVAL=2;UNTIL=20160107", [FIRST, date(2016, 1, 7)]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20160430", "FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20160430",
         [date(2016, 1, 31), date(2016, 3, 31)]),
        ("FREQ=YEARLY;BYDAY=3WE,1MO;BYMONTH=9,3;COUNT=2", "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO,3WE;COUNT=2",
         [date(2016, 3, 7), date(2016, 3, 16)]),
    ],
)  # fmt: skip
def test_a_rule_is_taken_as_diaries_write_it(text: str, normal: str, days: list[date]) -> None:
    rule = Recurrence.parse(text, FIRST)
    assert (rule.text, rule.days()) == (normal, days)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "form"), ("every week", "form"), ("FREQ=;COUNT=1", "form"), ("COUNT=1", "form"),
        ("FREQ=DAILY;COUNT=1;COUNT=2", "form"), ("FREQ=DAILY;COUNT=ten", "form"), ("FREQ=DAILY;COUNT=1_0", "form"),
        ("FREQ=DAILY;UNTIL=20160231", "form"), ("FREQ=DAILY;UNTIL=20160201T000000Z", "form"),
        ("FREQ=DAILY;COUNT=99999999999999", "form"), ("FREQ=DAILY;COUNT=1,2", "form"), ("FREQ=DAILY;COUNT=٣", "form"),
        ("FREQ=HOURLY;COUNT=1", "part"), ("FREQ=DAILY;BYSETPOS=1;COUNT=1", "part"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=2", "part"), ("FREQ=WEEKLY;WKST=SU;COUNT=1", "part"),
        ("FREQ=DAILY;INTERVAL=0;COUNT=1", "value"), ("FREQ=DAILY;COUNT=0", "value"), ("FREQ=DAILY;COUNT=-1", "value"),
        ("FREQ=WEEKLY;BYDAY=XX;COUNT=1", "value"), ("FREQ=MONTHLY;BYDAY=6MO;COUNT=1", "value"),
        ("FREQ=MONTHLY;BYMONTHDAY=32;COUNT=1", "value"), ("FREQ=YEARLY;BYMONTH=13;COUNT=1", "value"),
        ("FREQ=DAILY;INTERVAL=99999999;COUNT=2", "value"), ("FREQ=MONTHLY;BYDAY=0MO;COUNT=1", "value"),
        ("FREQ=MONTHLY;BYDAY=MO,1FR;COUNT=1", "together"),
        ("FREQ=WEEKLY;BYDAY=1MO;COUNT=1", "together"), ("FREQ=YEARLY;BYDAY=1MO;COUNT=1", "together"),
        ("FREQ=WEEKLY;BYMONTHDAY=1;COUNT=1", "together"), ("FREQ=DAILY;COUNT=1;UNTIL=20160201", "together"),
        ("FREQ=WEEKLY", "endless"), ("FREQ=MONTHLY;BYDAY=1TU", "endless"),
        ("FREQ=DAILY;COUNT=1001", "many"), ("FREQ=DAILY;UNTIL=20200101", "many"),
        ("FREQ=YEARLY;COUNT=102", "far"), ("FREQ=DAILY;UNTIL=99991231", "far"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "never"), ("FREQ=DAILY;UNTIL=20160104", "never"),
        ("FREQ=MONTHLY;BYDAY=1FR;BYMONTHDAY=13;COUNT=1", "never"), ("FREQ=WEEKLY;BYDAY=MO;UNTIL=20160110", "never"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_with_the_reason_and_the_text_as_it_was(text: str, reason: str) -> None:
    with pytest.raises(NotARule) as caught:
        Recurrence.parse(text, FIRST)
    assert (caught.value.reason, caught.value.text) == (reason, text)


def test_a_thousand_days_and_the_last_of_all_days_are_allowed() -> None:
    assert len(Recurrence.parse("FREQ=DAILY;COUNT=1000", FIRST).days()) == 1000
    assert Recurrence.parse("FREQ=DAILY;COUNT=2", date.max - DAY).days() == [date.max - DAY, date.max]
    with pytest.raises(NotARule, match="far"):
        Recurrence.parse("FREQ=WEEKLY;COUNT=2", date.max)


def test_days_that_were_handed_out_can_be_changed_without_harm() -> None:
    rule = Recurrence.parse("FREQ=DAILY;COUNT=2", FIRST)
    rule.days().clear()
    assert len(rule.days()) == 2
