"""Working days: holidays, weekends and moved days, against a model that counts day by day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.tasks.rules import MovedTo, WorkingDays

SPAN = st.dates(date(2005, 1, 1), date(2035, 12, 31))
CODES = st.sampled_from(["BY", "PT", "SA", "IR", "IL", "AE", "ZZ", ""])
MOVED = st.dictionaries(SPAN, st.booleans().map(MovedTo), max_size=20)
FREE = MovedTo(is_working=False)


def naive(code: str, moved: dict[date, MovedTo], day: date) -> bool:
    """Whether people work on the day, asked of the package by itself for one day."""
    if day in moved:
        return moved[day].is_working
    if code in ("", "ZZ"):
        return day.isoweekday() < 6
    return bool(of_country(code).is_working_day(day))


@cache
def of_country(code: str) -> holidays.HolidayBase:
    """What the package knows of a country, year by year as it is asked."""
    return holidays.country_holidays(code)


@given(CODES, MOVED, SPAN, st.integers(0, 60))
def test_working_days_between_are_those_that_a_naive_count_finds(
    code: str, moved: dict[date, MovedTo], first: date, length: int
) -> None:
    calendar, last = WorkingDays(code, moved), first + timedelta(days=length)
    days = [first + timedelta(days=step) for step in range(1, length + 1)]
    expected = sum(naive(code, moved, day) for day in days)
    assert (calendar.between(first, last), calendar.between(last, first)) == (expected, -expected)


@given(CODES, MOVED, SPAN, st.integers(-15, 15))
def test_the_nth_working_day_is_a_working_one_with_n_between(
    code: str, moved: dict[date, MovedTo], day: date, number: int
) -> None:
    calendar = WorkingDays(code, moved)
    found = calendar.add(day, number)
    low, high = min(day, found), max(day, found)
    passed = [low + timedelta(days=step) for step in range((high - low).days + 1)]
    assert sum(naive(code, moved, one) for one in passed if one != day) == abs(number)
    assert number == 0 or (calendar.is_working(found), found > day) == (True, number > 0)


@given(CODES, MOVED, SPAN, st.sampled_from(["en", "ru", "be", "xx"]))
def test_a_day_has_a_reason_exactly_when_it_is_free(
    code: str, moved: dict[date, MovedTo], day: date, language: str
) -> None:
    calendar = WorkingDays(code, moved)
    assert bool(calendar.why_free(day, language)) is not calendar.is_working(day)


@pytest.mark.parametrize(
    ("code", "day", "language", "words"),
    [
        ("BY", date(2014, 11, 7), "en", "October Revolution Day"),
        ("BY", date(2014, 11, 7), "ru", "День Октябрьской революции"),
        ("BY", date(2014, 11, 7), "be", "Дзень Кастрычніцкай рэвалюцыі"),
        # Portugal has no Belarusian names, so its own language answers.
        ("PT", date(2014, 6, 10), "be", "Dia de Portugal, de Camões e das Comunidades Portuguesas"),
        ("BY", date(2014, 7, 5), "be", "субота"),
        ("SA", date(2014, 5, 2), "en", "Friday"),
        ("SA", date(2014, 5, 4), "en", ""),
        ("ZZ", date(2014, 5, 4), "ru", "воскресенье"),
    ],
)
def test_a_free_day_is_told_by_its_name_when_it_is_asked_for(code: str, day: date, language: str, words: str) -> None:
    assert WorkingDays(code).why_free(day, language) == words


def test_a_moved_day_counts_before_weekend_and_holiday() -> None:
    saturday, holiday, monday = date(2014, 5, 24), date(2014, 7, 3), date(2014, 5, 26)
    moved = {
        saturday: MovedTo(is_working=True),
        holiday: MovedTo(is_working=True),
        monday: MovedTo(is_working=False, names={"en": "Bridge", "be": "Перанос"}),
    }
    calendar = WorkingDays("BY", moved)
    assert [calendar.is_working(day) for day in (saturday, holiday, monday)] == [True, True, False]
    assert [calendar.why_free(monday, language) for language in ("be", "en", "ru")] == ["Перанос", "Bridge", "Bridge"]
    assert calendar.add(date(2014, 5, 23), 2) == date(2014, 5, 27)


@pytest.mark.parametrize(("code", "known"), [("BY", True), ("PT", True), ("ZZ", False), ("", False), ("by", False)])
def test_a_calendar_says_whether_it_knows_the_country(code: str, known: bool) -> None:
    assert WorkingDays(code).is_known is known


def test_no_day_is_found_when_everything_is_free() -> None:
    day = date(2014, 1, 1)
    closed = {day + timedelta(days=number): FREE for number in range(500)}
    with pytest.raises(ValueError, match="no working day"):
        WorkingDays("BY", closed).add(day, 1)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1900, 5, 7), date(9999, 12, 31)])
def test_a_day_far_away_is_answered_for_when_the_package_has_no_year(day: date) -> None:
    assert WorkingDays("BY").is_working(day) in (True, False)
