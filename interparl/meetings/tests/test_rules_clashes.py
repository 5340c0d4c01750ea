"""Clashes: against looking at every pair, over random diaries in zones whose clocks change."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.meetings.rules.clashes import (
    TRAVEL_ABROAD,
    TRAVEL_IN_COUNTRY,
    USUAL_SEVERITY,
    Clash,
    ClashKind,
    Overlap,
    Severity,
    Taken,
    default_travel,
    overlaps,
    place_key,
)
from interparl.meetings.rules.zones import LocalTime, NotATime, day_bounds, local_day, moment

MINSK, LISBON, SAMOA = (
    ("minsk/belarus", "Europe/Minsk"),
    ("lisbon/portugal", "Europe/Lisbon"),
    ("apia/samoa", "Pacific/Apia"),
)
PLACES = (MINSK, LISBON, SAMOA, ("porto/portugal", "Europe/Lisbon"), ("moscow/russia", "Europe/Moscow"),
          ("new york/united states", "America/New_York"), ("", "Europe/Minsk"))  # fmt: skip
# Days on which clocks change somewhere among the places, or a day is lost.
TURNS = (date(2011, 3, 27), date(2011, 10, 30), date(2011, 12, 30), date(2014, 10, 26), date(2016, 3, 13))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOON = datetime(2016, 5, 9, 12, tzinfo=UTC)


@st.composite
def taken(draw: st.DrawFn) -> Taken:
    """An hour or a stay of whole days near a day on which clocks change; events and people are few: they meet."""
    place, zone = draw(st.sampled_from(PLACES))
    day = draw(st.sampled_from(TURNS)) + draw(st.integers(-2, 2)) * DAY
    is_all_day = draw(st.booleans())
    if is_all_day:
        begins, ends = day_bounds(day, zone)[0], day_bounds(day + draw(st.integers(0, 2)) * DAY, zone)[1]
    else:
        local = LocalTime(draw(st.integers(0, 23)), draw(st.sampled_from([0, 30])))
        try:
            begins = moment(day, local, zone)
        except NotATime as wrong:
            begins = (
                moment(day, LocalTime.parse(wrong.choices[-1]), zone) if wrong.choices else day_bounds(day, zone)[1]
            )
        ends = begins + draw(st.sampled_from([0, 30, 60, 180, 600])) * timedelta(minutes=1)
    event = draw(st.integers(0, 4))
    source = ("meetings.item", draw(st.integers(1, 3)))
    what = draw(st.sampled_from([("person", 1), ("person", 2), ("resource", 1)]))
    return Taken(what, begins, ends, event, source, place, zone, is_all_day)


def quarters_of(one: Taken) -> set[datetime]:
    """Every quarter of an hour that somebody is taken: half the smallest step of the diaries."""
    step = timedelta(minutes=15)
    return {one.begins + number * step for number in range((one.ends - one.begins) // step)}


def days_of(one: Taken) -> set[date]:
    """Every day that a stay touches at its place."""
    return {local_day(quarter, one.zone) for quarter in quarters_of(one) | {one.begins}}


def expected(mine: Taken, other: Taken) -> tuple[str, timedelta] | None:
    """What stands between two, from the words alone: shared quarters of an hour, shared days."""
    if mine.what != other.what or (mine.event == other.event and (mine.event or mine.source == other.source)):
        return None
    shares = bool(quarters_of(mine) & quarters_of(other))
    for point, span in ((mine, other), (other, mine)):
        shares |= point.begins == point.ends and span.begins < point.begins < span.ends
    is_same_place = mine.place == other.place != ""
    if shares and mine.what[0] == "person" and is_same_place and mine.is_all_day != other.is_all_day:
        return None
    if shares and not (mine.is_all_day and other.is_all_day and not days_of(mine) & days_of(other)):
        return "double", timedelta()
    between = timedelta() if shares else max(mine.begins - other.ends, other.begins - mine.ends, timedelta())
    is_too_far = "" not in {mine.place, other.place} and between < default_travel(mine.place, other.place)
    return ("travel", between) if is_too_far and not is_same_place else None


def naive(mine: Sequence[Taken], others: Sequence[Taken]) -> list[Overlap]:
    """Every pair looked at."""
    found = []
    for ours in mine:
        for theirs in others:
            judged = expected(ours, theirs)
            if judged:
                found.append(Overlap(ours, theirs, *judged))  # type: ignore[arg-type]
    return found


def one(begins: float, ends: float, event: int = 1, **values: object) -> Taken:
    """A person taken so many hours after noon."""
    given: dict[str, object] = {"what": ("person", 1), "source": ("meetings.item", event), "zone": "Europe/Minsk"}
    return Taken(begins=NOON + begins * HOUR, ends=NOON + ends * HOUR, event=event, **(given | values))  # type: ignore[arg-type]


def kinds(mine: Taken, other: Taken) -> list[tuple[str, timedelta]]:
    """How two clash; the same whichever is ours."""
    found = [(overlap.kind, overlap.gap) for overlap in overlaps([mine], [other], default_travel)]
    assert found == [(overlap.kind, overlap.gap) for overlap in overlaps([other], [mine], default_travel)]
    return [(str(kind), gap) for kind, gap in found]


@given(st.lists(taken(), max_size=12), st.lists(taken(), max_size=12))
def test_clashes_are_those_that_looking_at_every_pair_finds(mine: list[Taken], others: list[Taken]) -> None:
    found = overlaps(mine, others, default_travel)
    assert sorted(map(repr, found)) == sorted(map(repr, naive(mine, others)))
    assert [overlap.mine.begins for overlap in found] == sorted(overlap.mine.begins for overlap in found)


@given(st.lists(taken(), max_size=10), st.lists(taken(), max_size=10), st.randoms())
def test_the_order_of_what_is_asked_does_not_matter(
    mine: list[Taken], others: list[Taken], chance: random.Random
) -> None:
    found = overlaps(mine, others, default_travel)
    assert overlaps(chance.sample(mine, len(mine)), chance.sample(others, len(others)), default_travel) == found
    assert {(overlap.other, overlap.mine) for overlap in overlaps(others, mine, default_travel)} == {
        (overlap.mine, overlap.other) for overlap in found
    }


def test_a_diary_is_not_compared_pair_by_pair() -> None:
    asked = 0

    def travel(a: str, b: str) -> timedelta:
        nonlocal asked
        asked += 1
        return default_travel(a, b)

    days = [one(24 * day, 24 * day + 8, day + 1, place=MINSK[0]) for day in range(20_000)]
    others = [one(24 * day + 9, 24 * day + 10, 50_000 + day, place=LISBON[0]) for day in range(20_000)]
    found = overlaps(days, others, travel)
    assert (len(found), {overlap.kind for overlap in found}) == (20_000, {"travel"})
    assert asked == 2


def test_what_follows_at_once_does_not_clash_and_what_shares_a_minute_does() -> None:
    assert kinds(one(0, 1), one(1, 2, 2)) == []
    assert kinds(one(0, 1.02), one(1, 2, 2)) == [("double", timedelta())]
    assert kinds(one(0, 1), one(0, 1, 1)) == []
    assert kinds(one(0, 1), one(0, 1, 2, what=("resource", 1))) == []


def test_what_has_no_length_clashes_only_within_another() -> None:
    assert kinds(one(1, 1), one(0, 2, 2)) == [("double", timedelta())]
    assert [kinds(one(at, at), one(0, 2, 2)) for at in (0, 2)] == [[], []]
    assert kinds(one(1, 1), one(1, 1, 2)) == []


def test_without_an_event_sources_tell_things_apart() -> None:
    assert kinds(one(0, 1, 0), one(0, 1, 0)) == []
    assert kinds(one(0, 1, 0), one(0, 1, 0, source=("meetings.leave", 1))) == [("double", timedelta())]


def test_the_way_is_asked_where_both_places_are_known() -> None:
    here, there, near = "minsk/belarus", "lisbon/portugal", "brest/belarus"
    assert kinds(one(0, 1, place=here), one(6, 7, 2, place=there)) == [("travel", 5 * HOUR)]
    assert kinds(one(0, 1, place=here), one(7, 8, 2, place=there)) == []
    assert kinds(one(0, 1, place=here), one(3, 4, 2, place=near)) == [("travel", 2 * HOUR)]
    assert kinds(one(0, 1, place=here), one(1, 2, 2)) == []
    assert kinds(one(0, 1, place=here), one(1, 2, 2, place=here)) == []


def test_a_stay_and_an_hour_elsewhere_are_two_places_and_an_hour_there_is_not() -> None:
    stay = one(-12, 12, place="minsk/belarus", is_all_day=True)
    assert kinds(stay, one(0, 1, 2, place="minsk/belarus")) == []
    assert kinds(stay, one(0, 1, 2, place="lisbon/portugal")) == [("double", timedelta())]
    assert kinds(stay, one(0, 1, 2)) == [("double", timedelta())]
    assert kinds(stay, one(-12, 12, 2, place="minsk/belarus", is_all_day=True)) == [("double", timedelta())]
    car, booked = (
        one(begins, ends, event, what=("resource", 1), place="minsk/belarus", is_all_day=event == 1)
        for begins, ends, event in ((-12, 12, 1), (0, 1, 2))
    )
    assert kinds(car, booked) == [("double", timedelta())]


def test_stays_on_successive_days_are_not_two_places_though_midnight_comes_earlier_in_the_east() -> None:
    west, east = (
        Taken(("person", 1), *day_bounds(day, zone), event, ("meetings.event", event), place, zone, is_all_day=True)
        for event, day, (place, zone) in ((1, date(2016, 5, 9), LISBON), (2, date(2016, 5, 10), MINSK))
    )
    assert east.begins < west.ends
    assert kinds(west, east) == [("travel", timedelta())]


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        one(1, 0)


def test_the_way_is_guessed_by_what_is_known_of_the_places() -> None:
    minsk, brest = place_key("Minsk", "Belarus"), place_key("Brest", "Belarus")
    assert minsk == "minsk/belarus"
    assert place_key("Мінск,", " Беларусь") == "мінск/беларус"
    assert place_key("", "") == ""
    assert place_key("A/B", "") == "a b/"
    assert default_travel(minsk, minsk) == timedelta()
    assert default_travel(minsk, brest) == TRAVEL_IN_COUNTRY
    assert default_travel(brest, place_key("Brest", "France")) == TRAVEL_ABROAD
    assert default_travel(minsk, place_key("", "Belarus")) == timedelta()
    assert default_travel(minsk, place_key("", "Portugal")) == TRAVEL_ABROAD
    assert default_travel(minsk, place_key("Lisbon", "")) == TRAVEL_IN_COUNTRY
    assert default_travel(minsk, "") == timedelta()


def test_a_clash_keeps_its_key_whatever_the_order_and_the_severity() -> None:
    refs = (("meetings.event", 7), ("directory.person", 3))
    clash = Clash(ClashKind.PERSON, Severity.FORBIDS, date(2016, 5, 9), refs)
    assert clash.key == "person/2016-05-09/directory.person-3,meetings.event-7"
    assert Clash(ClashKind.PERSON, Severity.NOTES, date(2016, 5, 9), refs[::-1]).key == clash.key
    others = {
        Clash(ClashKind.TRAVEL, Severity.FORBIDS, date(2016, 5, 9), refs).key,
        Clash(ClashKind.PERSON, Severity.FORBIDS, date(2016, 5, 10), refs).key,
        Clash(ClashKind.PERSON, Severity.FORBIDS, date(2016, 5, 9), refs[:1]).key,
    }
    assert len(others | {clash.key}) == 4


def test_every_kind_has_its_usual_severity() -> None:
    assert set(USUAL_SEVERITY) == set(ClashKind)
