"""Free days of the calendar: weekends, holidays by name, days that were moved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from interparl.accounts.models import User
from interparl.core.days import HOME_PARLIAMENT
from interparl.core.models import Setting
from interparl.meetings.blocks.free_days import free_days
from interparl.tasks.models import MovedDay
from tests.makers import a_reading, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
MONDAY = date(2015, 5, 4)
SUNDAY = MONDAY + timedelta(days=6)


def test_the_weekend_alone_is_free_when_the_country_is_not_known(officer: User) -> None:
    assert free_days(MONDAY, SUNDAY, a_reading(officer)) == {date(2015, 5, 9): "", date(2015, 5, 10): ""}


def test_a_holiday_is_named_and_a_moved_day_is_worked(officer: User) -> None:
    kept(Setting(key=HOME_PARLIAMENT, value="BY"))
    a_record(MovedDay, country_code="BY", day=date(2015, 7, 4), becomes=MovedDay.Becomes.WORKING)
    found = free_days(date(2015, 7, 1), date(2015, 7, 5), a_reading(officer))
    # The third of July is a holiday there; the Saturday after it is worked.
    assert list(found) == [date(2015, 7, 3), date(2015, 7, 5)]
    assert found[date(2015, 7, 3)] != ""
    assert found[date(2015, 7, 5)] == ""
