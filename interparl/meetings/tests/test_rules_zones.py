"""Times of day at a place: there and back, hours that are skipped or happen twice, days that follow without a hole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interparl.meetings.rules.zones import (
    LocalTime,
    NoSuchZone,
    NotATime,
    day_bounds,
    local_day,
    local_text,
    moment,
    offset_words,
    zone_names,
    zone_of,
)

MINSK, MOSCOW, LISBON, SAMOA = "Europe/Minsk", "Europe/Moscow", "Europe/Lisbon", "Pacific/Apia"
ZONES = (MINSK, MOSCOW, LISBON, SAMOA, "America/New_York", "Asia/Kathmandu", "America/Sao_Paulo", "America/Havana")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
zones = st.sampled_from(ZONES)
days = st.dates(date(1990, 1, 1), date(2040, 1, 1))
local_times = st.builds(LocalTime, st.integers(0, 23), st.integers(0, 59))
# Where offsets changed: the property tests look there more often than chance would.
turning_days = st.sampled_from(
    [date(2011, 3, 27), date(2011, 10, 30), date(2014, 10, 26), date(2011, 12, 30), date(2018, 11, 4),
     date(2019, 2, 17), date(2016, 3, 27), date(2016, 10, 30), date(2016, 3, 13), date(2016, 11, 6),
     date(1996, 3, 31), date(1992, 9, 27)]
).flatmap(lambda day: st.integers(-1, 1).map(lambda near: day + near * DAY))  # fmt: skip


def at(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def reason(day: date, text: str, zone: str) -> tuple[str, tuple[str, ...]]:
    """Why a text is no time there that day, and what could be written instead."""
    with pytest.raises(NotATime) as caught:
        moment(day, LocalTime.parse(text), zone)
    return caught.value.reason, caught.value.choices


@pytest.mark.parametrize(
    ("text", "normal"),
    [("10:00", "10:00"), ("9.05", "09:05"), (" 00:00 ", "00:00"), ("02:30+03:00", "02:30+03:00"),
     ("02:30 −05:30", "02:30-05:30"), ("2.30-00:00", "02:30+00:00"), ("12:00+02:30:17", "12:00+02:30:17")],
)  # fmt: skip
def test_a_time_has_one_way_to_be_written(text: str, normal: str) -> None:
    assert LocalTime.parse(text).text == normal
    assert LocalTime.parse(normal) == LocalTime.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "10", "1000", "10:0", "24:01", "25:00", "10:60", "-1:00", "10:00:00", "١٠:٠٠", "10:00+24:00", "10:00+02:60",
     "10:00Z", "10:00\n11:00", "24:00+03:00", "10:00 Europe/Minsk"],
)  # fmt: skip
def test_what_is_not_written_as_a_time_is_refused_as_it_was_written(text: str) -> None:
    with pytest.raises(NotATime) as caught:
        LocalTime.parse(text, is_end=True)
    assert (caught.value.text, caught.value.reason) == (text, "form")


def test_midnight_is_24_only_where_something_ends() -> None:
    with pytest.raises(NotATime) as caught:
        LocalTime.parse("24:00")
    assert caught.value.reason == "end"
    assert moment(date(2016, 5, 9), LocalTime.parse("24.00", is_end=True), MINSK) == at(2016, 5, 9, 21)


@pytest.mark.parametrize("name", ["", "europe/minsk", "Europe/minsk", "../etc/passwd", "/etc/localtime", "localtime",
                                  "Factory", "Europe/Minsk\x00", "Europe", "UTC+3", "posix/Europe/Minsk"])  # fmt: skip
def test_a_zone_is_found_by_its_exact_name_only(name: str) -> None:
    with pytest.raises(NoSuchZone) as caught:
        zone_of(name)
    assert caught.value.name == name


def test_every_zone_that_may_be_chosen_can_be_read() -> None:
    names = zone_names()
    assert [zone_of(name).key for name in names] == names
    assert set(ZONES) <= set(names)


@given(zones, days | turning_days, local_times)
@example(MOSCOW, date(2014, 10, 26), LocalTime(1, 30))
@example(SAMOA, date(2011, 12, 30), LocalTime(12, 0))
def test_a_time_leads_to_its_moment_and_back(zone: str, day: date, local: LocalTime) -> None:
    why = ""
    try:
        found = [moment(day, local, zone)]
    except NotATime as caught:
        why = caught.reason
        found = [moment(day, LocalTime.parse(text), zone) for text in caught.choices]
    assert (why, len(found)) in {("", 1), ("gap", 0), ("twice", 2)}
    assert found == sorted(found)
    for one in found:
        assert (local_day(one, zone), local_text(one, zone)) == (day, local.text)
        assert moment(day, LocalTime.of(one, zone), zone) == one
    # No other moment of these three days shows the same.
    start = datetime.combine(day, datetime.min.time(), UTC) - DAY
    shown = [start + number * MINUTE for number in range(local.minute % 5, 3 * 24 * 60, 5)]
    assert [one for one in shown if (local_day(one, zone), local_text(one, zone)) == (day, local.text)] == found


@given(zones, st.integers(0, 50 * 365 * 24 * 60))
def test_every_moment_can_be_written_down(zone: str, minutes: int) -> None:
    one = at(1990, 1, 1) + minutes * MINUTE
    written = LocalTime.of(one, zone)
    assert LocalTime.parse(written.text) == written
    assert moment(local_day(one, zone), written, zone) == one
    begin, end = day_bounds(local_day(one, zone), zone)
    assert begin <= one < end


@given(zones, days | turning_days)
@example(SAMOA, date(2011, 12, 29))
@example(SAMOA, date(2011, 12, 30))
@example("America/Sao_Paulo", date(2018, 11, 3))
def test_days_follow_one_another_without_hole_or_overlap(zone: str, day: date) -> None:
    begin, end = day_bounds(day, zone)
    assert end == day_bounds(day + DAY, zone)[0]
    assert begin <= end
    assert local_day(begin - MINUTE, zone) < day <= local_day(begin, zone)
    if begin < end:
        assert (local_day(begin, zone), local_day(end - MINUTE, zone)) == (day, day)


def test_days_of_every_zone_tile_the_year_in_which_samoa_lost_one() -> None:
    lost = set()
    for zone in zone_names():
        spans = [day_bounds(date(2011, 1, 1) + number * DAY, zone) for number in range(365)]
        assert [end for _begin, end in spans[:-1]] == [begin for begin, _end in spans[1:]], zone
        lengths = {end - begin for begin, end in spans}
        lost |= {zone} if timedelta() in lengths else set()
        # Stations in Antarctica move by three hours.
        assert all(timedelta(hours=21) <= length <= timedelta(hours=27) for length in lengths - {timedelta()}), zone
    assert lost == {SAMOA, "Pacific/Fakaofo"}


def test_minsk_keeps_one_hour_since_2011() -> None:
    noons = [moment(date(2011, 10, 30) + number * DAY, LocalTime(12, 0), MINSK) for number in range(3650)]
    assert {noon.hour for noon in noons} == {9}
    assert reason(date(2011, 3, 27), "02:30", MINSK) == ("gap", ())


def test_moscow_moved_in_2011_and_back_in_2014() -> None:
    assert reason(date(2011, 3, 27), "02:30", MOSCOW) == ("gap", ())
    assert moment(date(2014, 10, 25), LocalTime(12, 0), MOSCOW) == at(2014, 10, 25, 8)
    assert reason(date(2014, 10, 26), "01:30", MOSCOW) == ("twice", ("01:30+04:00", "01:30+03:00"))
    assert moment(date(2014, 10, 26), LocalTime.parse("01:30+04:00"), MOSCOW) == at(2014, 10, 25, 21, 30)
    assert moment(date(2014, 10, 26), LocalTime.parse("01:30+03:00"), MOSCOW) == at(2014, 10, 25, 22, 30)
    assert moment(date(2014, 10, 27), LocalTime(12, 0), MOSCOW) == at(2014, 10, 27, 9)


def test_an_offset_has_to_be_that_of_the_place_on_that_day() -> None:
    assert reason(date(2016, 7, 1), "10:00+00:00", LISBON) == ("offset", ("10:00+01:00",))
    assert moment(date(2016, 7, 1), LocalTime.parse("10:00+01:00"), LISBON) == at(2016, 7, 1, 9)
    assert reason(date(2016, 10, 30), "01:30+02:00", LISBON) == ("offset", ("01:30+01:00", "01:30+00:00"))
    assert reason(date(2016, 3, 27), "01:30+01:00", LISBON) == ("gap", ())


def test_samoa_lost_a_day() -> None:
    begin, end = day_bounds(date(2011, 12, 30), SAMOA)
    assert begin == end == at(2011, 12, 30, 10)
    assert reason(date(2011, 12, 30), "12:00", SAMOA) == ("gap", ())
    with pytest.raises(NotATime, match="gap"):
        moment(date(2011, 12, 30), LocalTime.parse("24:00", is_end=True), SAMOA)
    assert moment(date(2011, 12, 29), LocalTime.parse("24:00", is_end=True), SAMOA) == end


def test_a_day_begins_late_when_midnight_is_skipped() -> None:
    begin, end = day_bounds(date(2018, 11, 4), "America/Sao_Paulo")
    assert (begin, local_text(begin, "America/Sao_Paulo")) == (at(2018, 11, 4, 3), "01:00")
    assert end - begin == timedelta(hours=23)
    # In Toronto the clock jumped from half past eleven over midnight.
    begin, _end = day_bounds(date(1919, 3, 31), "America/Toronto")
    assert local_text(begin, "America/Toronto") == "00:30"


@pytest.mark.parametrize(
    ("zone", "words"),
    [(MINSK, "UTC+3"), ("Asia/Kathmandu", "UTC+5:45"), ("America/New_York", "UTC−4"), (LISBON, "UTC+1"),
     ("America/St_Johns", "UTC−2:30"), ("UTC", "UTC"), ("Asia/Kolkata", "UTC+5:30")],
)  # fmt: skip
def test_an_offset_is_said_in_words_of_the_day(zone: str, words: str) -> None:
    assert offset_words(at(2016, 7, 1, 9), zone) == words


def test_calendars_end_with_a_word() -> None:
    for deed in (lambda: day_bounds(date.max, MINSK), lambda: moment(date.min, LocalTime(0, 0), MINSK)):
        with pytest.raises(NotATime) as caught:
            deed()
        assert caught.value.reason == "range"


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        local_day(datetime(2016, 1, 1), MINSK)  # noqa: DTZ001
