"""The programme of a day: lengths add up, no item is lost, what runs over is named to the minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from interparl.meetings.rules.timetable import Slot, TimedSlot, timed

NINE = datetime(2016, 5, 9, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: int) -> datetime:
    """So many minutes after nine."""
    return NINE + minutes * MINUTE


moments = st.none() | st.integers(0, 600).map(at)
any_slots = st.lists(
    st.builds(
        Slot,
        key=st.integers(),
        track=st.integers(1, 3),
        begins=moments,
        ends=moments,
        minutes=st.none() | st.integers(0, 240),
        travel=st.integers(0, 90),
    ),
    max_size=12,
)
loose_slots = st.lists(
    st.builds(
        Slot, key=st.integers(), track=st.just(1), minutes=st.none() | st.integers(0, 240), travel=st.integers(0, 90)
    ),
    min_size=1,
    max_size=12,
)


def said(item: TimedSlot) -> tuple[datetime, datetime, int, int, int]:
    """What there is to say of an item."""
    return item.begins, item.ends, item.gap, item.over_run, item.way_short


@given(any_slots)
def test_no_item_is_lost_and_sums_add_up(slots: list[Slot]) -> None:
    table = timed(slots, NINE)
    assert [item.slot for item in table.items] == slots
    assert sum(len(items) for items in table.by_track.values()) == len(slots)
    assert table.minutes == sum(item.minutes for items in table.by_track.values() for item in items)
    assert all(item.begins <= item.ends for item in table.items)
    assert table.ends == max((item.ends for item in table.items), default=None)


@given(any_slots)
def test_what_an_item_says_of_itself_holds(slots: list[Slot]) -> None:
    for item in timed(slots, NINE).items:
        slot = item.slot
        assert slot.begins in {None, item.begins}
        if not item.is_backwards:
            assert slot.ends in {None, item.ends}
            if slot.minutes is not None and None in {slot.begins, slot.ends}:
                assert item.minutes == slot.minutes
        else:
            assert slot.ends is not None
            assert slot.ends < item.begins == item.ends


@given(any_slots)
def test_each_minute_before_an_item_is_way_or_gap_and_over_runs_are_those_of_all_earlier_ones(
    slots: list[Slot],
) -> None:
    for items in timed(slots, NINE).by_track.values():
        assert said(items[0])[2:] == (0, 0, 0)
        for number, item in enumerate(items[1:], 1):
            since = (item.begins - max(earlier.ends for earlier in items[:number])) // MINUTE
            assert item.gap - item.over_run + item.slot.travel - item.way_short == since
            assert not (item.gap and item.over_run)
            assert not (item.gap and item.way_short)
            assert item.way_short <= item.slot.travel


@given(loose_slots)
def test_items_without_hours_follow_one_another_without_a_hole(slots: list[Slot]) -> None:
    table = timed(slots, NINE)
    assert table.items[0].begins == at(slots[0].travel)
    assert all(after.begins == before.ends + after.slot.travel * MINUTE for before, after in pairwise(table.items))
    assert (table.gaps, table.over_runs) == ((), ())
    assert table.ends == at(sum(slot.travel + (slot.minutes or 0) for slot in slots))


@given(any_slots)
def test_tracks_do_not_touch_one_another(slots: list[Slot]) -> None:
    for track, items in timed(slots, NINE).by_track.items():
        assert timed([slot for slot in slots if slot.track == track], NINE).items == items


def test_a_day_is_timed() -> None:
    table = timed(
        [
            Slot(1, 1, minutes=60),
            Slot(2, 1, minutes=30, travel=15),
            Slot(3, 2, begins=at(0), ends=at(180)),
            Slot(4, 1, begins=at(95), minutes=25, travel=10),
            Slot(5, 1, begins=at(150), ends=at(160), travel=20),
            Slot(6, 1, ends=at(240), minutes=60),
            Slot(7, 1),
        ],
        NINE,
    )
    assert [said(item) for item in table.items] == [
        (at(0), at(60), 0, 0, 0),
        (at(75), at(105), 0, 0, 0),
        (at(0), at(180), 0, 0, 0),
        (at(95), at(120), 0, 10, 10),
        (at(150), at(160), 10, 0, 0),
        (at(180), at(240), 20, 0, 0),
        (at(240), at(240), 0, 0, 0),
    ]
    assert ([item.key for item in table.over_runs], [item.key for item in table.gaps]) == ([4], [5, 6])
    assert table.minutes == 60 + 30 + 180 + 25 + 10 + 60


def test_a_long_item_runs_over_all_that_begin_before_its_end() -> None:
    table = timed([Slot(1, 1, minutes=180), Slot(2, 1, at(60), at(90)), Slot(3, 1, at(100), at(110))], NINE)
    assert [item.over_run for item in table.items] == [0, 120, 80]


def test_half_a_minute_too_early_is_a_minute_too_early() -> None:
    table = timed([Slot(1, 1, minutes=10), Slot(2, 1, begins=at(10) - MINUTE / 2)], NINE)
    assert table.items[1].over_run == 1


def test_an_end_before_the_beginning_leaves_no_length_and_is_named() -> None:
    (item,) = timed([Slot(1, 1, at(60), at(30))], NINE).items
    assert (item.begins, item.ends, item.is_backwards) == (at(60), at(60), True)


def test_an_hour_is_an_hour_when_clocks_change() -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    table = timed([Slot(1, 1, minutes=120)], datetime(2016, 3, 27, 0, 30, tzinfo=lisbon))
    assert table.items[0].ends.astimezone(lisbon) == datetime(2016, 3, 27, 3, 30, tzinfo=lisbon)
    assert table.items[0].ends == datetime(2016, 3, 27, 2, 30, tzinfo=UTC)
