"""Calendars with the days that governments moved."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from interparl.core.translated import written
from interparl.core.writing import Refused
from interparl.tasks.models import MovedDay, calendar_of, calendars_of, our_country
from tests.makers import kept, the_home_parliament

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2014, 1, 1), date(2014, 12, 31)
SATURDAY = date(2014, 5, 24)


def moved(code: str = "BY", day: date = SATURDAY, becomes: str = "working", **values: Any) -> MovedDay:
    """A moved day."""
    return kept(MovedDay(country_code=code, day=day, becomes=becomes, name=written({"en": "By decree"}), **values))


def test_moved_days_of_several_countries_are_read_by_one_query(django_assert_num_queries: Any) -> None:
    moved()
    moved("AM", becomes="free")
    moved(day=date(2015, 5, 23))
    with django_assert_num_queries(1):
        found = calendars_of(["BY", "AM", "BY", ""], FIRST, LAST)
    assert (sorted(found), found["BY"].is_working(SATURDAY)) == (["AM", "BY"], True)
    assert found["AM"].why_free(SATURDAY, "ru") == "By decree"
    assert not found["BY"].is_working(date(2015, 5, 23))


def test_no_query_is_made_when_no_country_is_asked_for(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert (calendars_of([], FIRST, LAST), calendar_of("", FIRST, LAST).is_known) == ({}, False)


def test_a_moved_day_counts_for_a_reader_only_when_he_may_know_of_it() -> None:
    moved(mark="internal")
    assert calendar_of("BY", FIRST, LAST).is_working(SATURDAY)
    assert not calendar_of("BY", FIRST, LAST, reader=AnonymousUser()).is_working(SATURDAY)


@pytest.mark.parametrize("code", ["by", "BLR", "B1", ""])
def test_a_code_that_is_none_of_iso_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refusal:
        moved(code)
    assert list(refusal.value.error_dict) == ["country_code"]


def test_a_day_is_moved_once_in_a_country() -> None:
    moved()
    with pytest.raises(Refused, match="entered already"):
        moved()


def test_our_country_is_that_of_the_home_parliament() -> None:
    assert our_country() == ""
    the_home_parliament(code="BY")
    assert our_country() == "BY"
