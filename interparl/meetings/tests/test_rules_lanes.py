"""Bars in lanes: none lies over another, none is lost, what has no room is counted by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.meetings.rules.lanes import Placed, days_in_month, month_of, months_on, placed, weeks_of

FIRST = date(2015, 5, 11)
DAY = timedelta(days=1)
LAST = FIRST + 6 * DAY
spans = st.lists(
    st.tuples(st.integers(-5, 12), st.integers(0, 9)).map(
        lambda pair: (FIRST + pair[0] * DAY, FIRST + (pair[0] + pair[1]) * DAY)
    ),
    max_size=14,
)


@given(spans, st.integers(1, 5))
def test_every_bar_has_days_of_its_own_or_is_counted_on_each_of_its_days(
    given_spans: list[tuple[date, date]], most: int
) -> None:
    placing = placed(given_spans, FIRST, LAST, most)
    taken: set[tuple[int, int]] = set()
    for bar in placing.bars.values():
        cells = {(bar.lane, column) for column in range(bar.column, bar.column + bar.span)}
        assert not cells & taken
        assert 1 <= bar.lane <= most
        taken |= cells
    for column in range(1, 8):
        day = FIRST + (column - 1) * DAY
        meeting = {at for at, (begin, end) in enumerate(given_spans) if begin <= day <= end}
        assert placing.hidden.get(column, 0) == len(meeting - placing.bars.keys())


def test_the_longer_of_two_that_begin_together_stands_above() -> None:
    placing = placed([(FIRST, FIRST), (FIRST, LAST)], FIRST, LAST, 4)
    assert placing.bars == {0: Placed(1, 1, 2), 1: Placed(1, 7, 1)}


def test_a_bar_is_cut_where_the_row_begins_and_ends() -> None:
    assert placed([(FIRST - 3 * DAY, LAST + DAY)], FIRST, LAST, 1).bars == {0: Placed(1, 7, 1)}


def test_weeks_begin_on_monday_and_reach_over_the_ends_of_a_month() -> None:
    weeks = weeks_of(*month_of(date(2015, 5, 14)))
    assert (weeks[0][0], weeks[-1][1], len(weeks)) == (date(2015, 4, 27), date(2015, 5, 31), 5)


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        (date(2015, 1, 31), 1, date(2015, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2015, 1, 15), -1, date(2014, 12, 15)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
    ],
)
def test_a_month_on_is_the_last_day_where_a_month_is_shorter(day: date, number: int, found: date) -> None:
    assert months_on(day, number) == found


def test_december_has_its_days() -> None:
    assert days_in_month(date(2015, 12, 5)) == 31
