"""When an event is over: around midnight at its place, wherever the reader is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from interparl.meetings.rules.telling import is_over, over_at

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("last", "zone", "midnight"),
    [
        (date(2014, 6, 14), "Europe/Minsk", datetime(2014, 6, 14, 21, tzinfo=UTC)),
        (date(2015, 9, 2), "America/New_York", datetime(2015, 9, 3, 4, tzinfo=UTC)),
        (date(2015, 1, 2), "America/New_York", datetime(2015, 1, 3, 5, tzinfo=UTC)),
        (date(2014, 6, 14), "Pacific/Kiritimati", datetime(2014, 6, 14, 10, tzinfo=UTC)),
        (date(2014, 6, 14), "Asia/Kathmandu", datetime(2014, 6, 14, 18, 15, tzinfo=UTC)),
        # The night on which clocks are put back, and the day that Samoa never had.
        (date(2014, 10, 25), "Europe/Moscow", datetime(2014, 10, 25, 20, tzinfo=UTC)),
        (date(2014, 10, 26), "Europe/Moscow", datetime(2014, 10, 26, 21, tzinfo=UTC)),
        (date(2011, 12, 29), "Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
        (date(2014, 6, 14), "UTC", datetime(2014, 6, 15, tzinfo=UTC)),
    ],
)
def test_an_event_is_over_from_midnight_on_when_its_last_day_ends_there(
    last: date, zone: str, midnight: datetime
) -> None:
    assert (is_over(last, zone, midnight - SECOND), is_over(last, zone, midnight)) == (False, True)
    assert over_at(last, zone) == midnight


def test_an_event_is_never_over_when_nobody_knows_its_last_day() -> None:
    assert is_over(None, "Europe/Minsk", datetime(2100, 1, 1, tzinfo=UTC)) is False
