"""Clashes: who or what is taken twice, or cannot come from one place to the other in time.

Plain values only. What the database finds by a join of a table with itself is checked against this, and this against
looking at every pair.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache, cached_property
from itertools import product
from typing import Literal

from interparl.language.folding import fold
from interparl.meetings.rules.zones import local_day

Ref = tuple[str, int]
Travel = Callable[[str, str], timedelta]
PERSON, RESOURCE = "person", "resource"
# Guesses until somebody says better: a drive, or a flight with the ways to and from it.
TRAVEL_IN_COUNTRY, TRAVEL_ABROAD = timedelta(hours=3), timedelta(hours=6)
_NOTHING, _INSTANT = timedelta(), timedelta(microseconds=1)


@dataclass(frozen=True)
class Taken:
    """Somebody or something is taken from a moment to another, which itself is free again.

    `what` is ("person" or "resource", key), `source` the record that takes it. Event 0 is none: then what another
    source takes counts as something else. `place` is a `place_key`, "" where it is not known.
    """

    what: Ref
    begins: datetime
    ends: datetime
    event: int
    source: Ref
    place: str = ""
    zone: str = ""
    is_all_day: bool = False

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise ValueError(f"taken until {self.ends}, before {self.begins}")


@dataclass(frozen=True)
class Overlap:
    """Two that cannot both be: at the same time, or with less time between them (`gap`) than the way takes."""

    mine: Taken
    other: Taken
    kind: Literal["double", "travel"]
    gap: timedelta


class Severity(StrEnum):
    """How much a clash weighs."""

    FORBIDS = "forbids"  # nothing is done before somebody overrides it with a reason
    WARNS = "warns"
    NOTES = "notes"


class ClashKind(StrEnum):
    """What there is to collide with."""

    PERSON = "person"  # in two places
    TRAVEL = "travel"  # no time for the way
    ROOM = "room"
    CAR = "car"
    INTERPRETER = "interpreter"
    SITTING = "sitting"  # a sitting day of a chamber
    HOLIDAY = "holiday"
    FREE_DAY = "free_day"  # no working day
    ELECTION = "election"
    DISSOLUTION = "dissolution"
    APART = "apart"  # parties that must not meet
    UNOFFICIAL = "unofficial"  # an unofficial group on the same road


USUAL_SEVERITY = {
    ClashKind.PERSON: Severity.FORBIDS,
    ClashKind.TRAVEL: Severity.WARNS,
    ClashKind.ROOM: Severity.FORBIDS,
    ClashKind.CAR: Severity.FORBIDS,
    ClashKind.INTERPRETER: Severity.FORBIDS,
    ClashKind.SITTING: Severity.WARNS,
    ClashKind.HOLIDAY: Severity.WARNS,
    ClashKind.FREE_DAY: Severity.NOTES,
    ClashKind.ELECTION: Severity.WARNS,
    ClashKind.DISSOLUTION: Severity.WARNS,
    ClashKind.APART: Severity.FORBIDS,
    ClashKind.UNOFFICIAL: Severity.WARNS,
}


@dataclass(frozen=True)
class Clash:
    """One thing that collides with another on a day; the words are found by whoever knows what the reader may see."""

    kind: ClashKind
    severity: Severity
    day: date
    refs: tuple[Ref, ...]

    @cached_property
    def key(self) -> str:
        """What names this clash for as long as it is the same one, so that an override with its reason stays with it.

        Made of kind, day and refs in whatever order; a change of severity does not make it another clash.
        """
        refs = ",".join(f"{label}-{number}" for label, number in sorted(set(self.refs)))
        return f"{self.kind}/{self.day.isoformat()}/{refs}"


def place_key(city: str, country: str) -> str:
    """A place as it is compared: city and country in folded words, "" when neither is known."""
    key = f"{fold(city)}/{fold(country)}"
    return "" if key == "/" else key


def default_travel(a: str, b: str) -> timedelta:
    """The time from place to place when nobody said better: a default, to be called one.

    None within a town, three hours within a country, six abroad. What is not known counts as the same.
    """
    (city, _sign, country), (other_city, _sign, other_country) = a.partition("/"), b.partition("/")
    if country and other_country and country != other_country:
        return TRAVEL_ABROAD
    return TRAVEL_IN_COUNTRY if city and other_city and city != other_city else _NOTHING


def overlaps(mine: Sequence[Taken], others: Sequence[Taken], travel: Travel) -> list[Overlap]:
    """Everything of `mine` that cannot be together with something of `others`, in order of time.

    Two of one event never clash. What has no length clashes only strictly within another. Somebody who stays in a town
    for whole days and has an hour in the same town is in one place; with the hour elsewhere, or where nobody knows, he
    is in two. Two stays of whole days that share no day at their places are not in two places, wherever midnight is,
    but need time for the way.
    """
    known_travel = cache(travel)
    found = [
        overlap
        for ours, theirs in _near(mine, others, known_travel)
        if (overlap := overlap_of(ours, theirs, known_travel)) is not None
    ]
    return sorted(found, key=lambda one: (_order(one.mine), _order(one.other)))


def overlap_of(mine: Taken, other: Taken, travel: Travel) -> Overlap | None:
    """How these two cannot be together; None when they can."""
    if mine.what != other.what or _is_one_event(mine, other):
        return None
    gap = max(mine.begins, other.begins) - min(mine.ends, other.ends)
    if mine.begins < other.ends and other.begins < mine.ends:
        if _is_within_stay(mine, other):
            return None
        if not _are_successive_stays(mine, other):
            return Overlap(mine, other, "double", _NOTHING)
    gap = max(gap, _NOTHING)
    if not mine.place or not other.place or mine.place == other.place:
        return None
    before, after = sorted((mine, other), key=lambda one: (one.begins, one.ends))
    return Overlap(mine, other, "travel", gap) if gap < travel(before.place, after.place) else None


def _is_one_event(mine: Taken, other: Taken) -> bool:
    return mine.event == other.event and (mine.event != 0 or mine.source == other.source)


def _is_within_stay(mine: Taken, other: Taken) -> bool:
    is_stay_and_hour = mine.what[0] == PERSON and mine.is_all_day != other.is_all_day
    return is_stay_and_hour and bool(mine.place) and mine.place == other.place


def _are_successive_stays(mine: Taken, other: Taken) -> bool:
    if not (mine.is_all_day and other.is_all_day and mine.zone and other.zone):
        return False
    (first, last), (other_first, other_last) = _days(mine), _days(other)
    return last < other_first or other_last < first


def _days(stay: Taken) -> tuple[date, date]:
    """The first and the last day of a stay, at its place."""
    last = max(stay.begins, stay.ends - _INSTANT)
    return local_day(stay.begins, stay.zone), local_day(last, stay.zone)


def _near(mine: Iterable[Taken], others: Iterable[Taken], travel: Travel) -> Iterable[tuple[Taken, Taken]]:
    """All pairs that overlap or lie less than the longest way apart, by what is taken; nearly none besides."""
    sides: dict[Ref, tuple[list[Taken], list[Taken]]] = defaultdict(lambda: ([], []))
    for side, several in enumerate((mine, others)):
        for one in several:
            sides[one.what][side].append(one)
    for ours, theirs in sides.values():
        if ours and theirs:
            yield from _swept(ours, theirs, _reach(ours, theirs, travel))


def _reach(ours: Iterable[Taken], theirs: Iterable[Taken], travel: Travel) -> timedelta:
    """The longest way between a place of ours and one of theirs."""
    places = {one.place for one in ours if one.place}, {one.place for one in theirs if one.place}
    ways = (max(travel(a, b), travel(b, a)) for a, b in product(*places) if a != b)
    return max(ways, default=_NOTHING)


def _swept(ours: Iterable[Taken], theirs: Iterable[Taken], reach: timedelta) -> Iterable[tuple[Taken, Taken]]:
    """Goes through time once; each new one meets those of the other side that have not ended long enough before."""
    arriving = sorted(
        ((one.begins, one.ends, side, number, one)
         for side, several in enumerate((ours, theirs)) for number, one in enumerate(several)),
        key=lambda entry: entry[:4],
    )  # fmt: skip
    # Each side's open ones, those that end first on top; the number keeps records from being compared.
    still: tuple[list[tuple[datetime, int, Taken]], ...] = ([], [])
    for begins, ends, side, number, one in arriving:
        opposite = still[1 - side]
        while opposite and begins - opposite[0][0] > reach:
            heapq.heappop(opposite)
        for _ends, _number, met in opposite:
            yield (met, one) if side else (one, met)
        heapq.heappush(still[side], (ends, number, one))


def _order(one: Taken) -> tuple[object, ...]:
    return one.begins, one.ends, one.what, one.event, one.source, one.place, one.zone, one.is_all_day
