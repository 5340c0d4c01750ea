"""Free days of the calendar: weekends, and holidays by name where working days are known."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from interparl.accounts.models import User
from interparl.meetings.blocks.free_days import AREA, free_days
from tests.makers import a_reading

pytestmark = pytest.mark.django_db
MONDAY = date(2015, 5, 4)
VICTORY, MOVED = date(2015, 5, 7), date(2015, 5, 9)


class Days:
    """A week in which Thursday is a holiday and Saturday a working day."""

    def is_working(self, day: date) -> bool:
        """Whether people work on the day."""
        return day != VICTORY and (day.weekday() < 5 or day == MOVED)

    def why_free(self, day: date, language: str) -> str:
        """The name of the holiday."""
        return f"holiday in {language}" if day == VICTORY else "Sunday"


def test_the_weekend_is_free_when_no_working_days_are_known(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apps, "is_installed", lambda name: False)
    found = free_days(MONDAY, MONDAY + timedelta(days=6), a_reading(officer))
    assert found == {date(2015, 5, 9): "", date(2015, 5, 10): ""}


def test_a_holiday_is_named_and_a_moved_day_is_worked(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def calendar_of(code: str, first: date, last: date, *, reader: User) -> Days:
        asked.append((code, first, last, reader))
        return Days()

    fake = SimpleNamespace(calendar_of=calendar_of, our_country=lambda: "BY")
    monkeypatch.setattr(apps, "is_installed", lambda name: name == AREA)
    monkeypatch.setitem(sys.modules, f"{AREA}", SimpleNamespace(__path__=[]))
    monkeypatch.setitem(sys.modules, f"{AREA}.models", SimpleNamespace(__path__=[]))
    monkeypatch.setitem(sys.modules, f"{AREA}.models.calendars", fake)
    last = MONDAY + timedelta(days=6)
    assert free_days(MONDAY, last, a_reading(officer)) == {VICTORY: "holiday in en", date(2015, 5, 10): ""}
    assert asked == [("BY", MONDAY, last, officer)]
