"""Clashes of random diaries on the database, beside a model that looks at every pair of rows by itself."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interparl.accounts.models import User
from interparl.core.translated import written
from interparl.core.writing import Refused
from interparl.directory.models import Country, Person
from interparl.meetings.attention import with_clashes
from interparl.meetings.blocks.clashes import clashes_if, clashes_of
from interparl.meetings.models import Booking, Event, Resource
from interparl.meetings.rules.clashes import ClashKind
from interparl.meetings.tests.test_occupying import a_resource, an_event, takes_part
from tests.makers import a_country, a_person, a_reading, a_user, kept

pytestmark = pytest.mark.django_db
ZONES = ("Europe/Minsk", "Europe/Moscow", "Pacific/Apia", "Europe/Riga", "America/New_York")
# Days on which clocks were put forward, put back, left alone for good, or a day was left out.
DAYS = (date(2011, 3, 26), date(2011, 10, 29), date(2014, 10, 25), date(2011, 12, 29), date(2012, 6, 1))
KINDS = {ClashKind.PERSON: "double", ClashKind.ROOM: "double", ClashKind.TRAVEL: "travel"}
HOURS = ("00:15", "02:30", "08:00", "10:00", "12:30", "18:00", "23:30")
TOWNS = ("", "Minsk", "Riga")


@dataclass(frozen=True)
class Spell:
    """What the model knows of an event: its days and hours as they were typed, where it is, who and what is in it."""

    event: int
    first: date
    last: date
    begins: str
    ends: str
    zone: str
    town: str
    country: int | None
    taken: frozenset[tuple[str, int]]

    def moment(self, day: date, hours: str) -> datetime:
        """The moment of a time of day there, in UTC."""
        hour, minute = map(int, hours.split(":"))
        wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(self.zone))
        return wall.astimezone(UTC)

    @property
    def is_stay(self) -> bool:
        """Whether it takes whole days."""
        return not self.begins or self.first != self.last

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when, worked out from the text."""
        begins = self.moment(self.first, self.begins or "00:00")
        if self.ends:
            return begins, self.moment(self.last, self.ends)
        if not self.is_stay:
            return begins, begins + timedelta(hours=1)
        return begins, self.moment(self.last + timedelta(days=1), "00:00")

    @property
    def place(self) -> tuple[str, int | None] | None:
        """Where it is; None where nothing is known."""
        return (self.town, self.country) if self.town or self.country else None

    def days(self) -> set[date]:
        """The days that it takes at its place; a day that never was there is none."""
        found = {self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)}
        return {day for day in found if not (self.zone == "Pacific/Apia" and day == date(2011, 12, 30))}


def way(one: Spell, other: Spell) -> timedelta:
    """How long it takes from one to the other."""
    if one.country and other.country and one.country != other.country:
        return timedelta(hours=6)
    return timedelta(hours=3) if one.town and other.town and one.town != other.town else timedelta()


def naive(one: Spell, other: Spell, kind: str) -> str:
    """How two cannot both be, for somebody or something that is in both; "" when they can."""
    (first, last), (other_first, other_last) = one.span, other.span
    is_known = one.place is not None and other.place is not None
    is_same_place = is_known and one.place == other.place
    if first < other_last and other_first < last:
        if kind == "person" and one.is_stay != other.is_stay and is_same_place:
            return ""
        are_successive = (
            one.is_stay
            and other.is_stay
            and (max(one.days()) < min(other.days()) or max(other.days()) < min(one.days()))
        )
        if not are_successive:
            return "double"
    gap = max(max(first, other_first) - min(last, other_last), timedelta())
    return "travel" if is_known and not is_same_place and gap < way(one, other) else ""


def expected(mine: Spell, others: Iterable[Spell]) -> set[tuple[str, tuple[str, int], int]]:
    """How, who or what, and the other event, for all that cannot be together with this one."""
    return {
        (how, what, other.event)
        for other in others
        for what in mine.taken & other.taken
        if other.event != mine.event and (how := naive(mine, other, what[0]))
    }


def answered(event: Event, user: User) -> set[tuple[str, str]]:
    """What the product says: how, and the address of the other event."""
    clashes = clashes_of(Event.objects.get(pk=event.pk), a_reading(user))
    return {(KINDS[one.kind], one.meets) for one in clashes if one.kind in KINDS}


def _diary(dice: random.Random, people: list[Person], rooms: list[Resource], countries: list[Country]) -> list[Spell]:
    around = dice.choice(DAYS)
    found: list[Spell] = []
    while len(found) < 9:
        first = around + timedelta(days=dice.randrange(3))
        last = first + timedelta(days=dice.choice((0, 0, 0, 1, 2)))
        begins = dice.choice(("", *HOURS))
        ends = dice.choice(("", *(hours for hours in HOURS if hours > begins))) if begins else ""
        zone, town = dice.choice(ZONES), dice.choice(TOWNS)
        country = dice.choice((None, *countries))
        values = {"until": last.isoformat(), "begins": begins, "ends": ends, "zone": zone, "where": country}
        place = written({"en": town}) if town else {}
        try:
            event = an_event(first.isoformat(), place=place, **values)
        except Refused:
            continue  # an hour that was skipped or came twice there
        spell = Spell(
            event.pk, first, last, begins, ends, zone, town, country.pk if country else None,
            frozenset(("person", one.pk) for one in people) | frozenset(("resource", one.pk) for one in rooms),
        )  # fmt: skip
        if not spell.days() or spell.span[0] > spell.span[1] or first == date(2011, 12, 30):
            continue
        found.append(_filled(dice, event, spell, people, rooms))
    return found


def _filled(dice: random.Random, event: Event, spell: Spell, people: list[Person], rooms: list[Resource]) -> Spell:
    who, what = dice.sample(people, 2), dice.sample(rooms, 1)
    for person in who:
        takes_part(event, person)
    for room in what:
        kept(Booking(event=event, resource=room))
    taken = {*(("person", one.pk) for one in who), *(("resource", one.pk) for one in what)}
    return replace(spell, taken=frozenset(taken))


@pytest.mark.parametrize("seed", range(6))
def test_the_clashes_of_a_random_diary_are_those_of_the_model(seed: int) -> None:
    dice, user = random.Random(seed), a_user("head_of_department")
    people, rooms = [a_person() for _one in range(4)], [a_resource() for _one in range(3)]
    spells = _diary(dice, people, rooms, [a_country() for _one in range(2)])
    double = set()
    for spell in spells:
        event = Event.objects.get(pk=spell.event)
        wanted = expected(spell, spells)
        double |= {spell.event for how, _what, _other in wanted if how == "double"}
        said = answered(event, user)
        assert {(how, f"/desk/events/{other}/") for how, _what, other in wanted} == said, (seed, spell)
        first, last = event.first_day, event.last_day
        assert (first, last) == (spell.first, spell.last)
        same = {
            (KINDS[one.kind], one.meets)
            for one in clashes_if(event, spell.first, spell.last, user)
            if one.kind in KINDS
        }
        assert same == said
    assert double, "a diary without a clash shows nothing"
    day = min(spell.first for spell in spells) - timedelta(days=3)
    assert {one.pk for one in with_clashes(Event.objects.all(), day, user)} == double


@pytest.mark.parametrize(
    ("zone", "other_zone", "other_hours", "collide"),
    [
        # In the summer of 2011 Minsk stopped putting its clocks back, Moscow went to +04:00; since 26 October 2014
        # Moscow is at +03:00 again, as Minsk.
        ("Europe/Minsk", "Europe/Moscow", ("10:00", "11:00"), {"2014-10-25": False, "2014-10-26": True}),
        ("Europe/Minsk", "Europe/Moscow", ("11:00", "12:00"), {"2014-10-25": True, "2014-10-26": False}),
        ("Europe/Minsk", "Europe/Warsaw", ("09:00", "10:00"), {"2014-10-25": True, "2014-10-26": False}),
        ("Europe/Minsk", "Pacific/Apia", ("21:00", "22:00"), {"2011-12-29": False, "2011-12-31": True}),
    ],
)
def test_hours_collide_as_the_clocks_stood_then(
    zone: str, other_zone: str, other_hours: tuple[str, str], collide: dict[str, bool]
) -> None:
    user = a_user("head_of_department")
    for day, is_double in collide.items():
        person = a_person()
        mine = an_event(day, zone=zone, begins="10:00", ends="11:00")
        takes_part(mine, person)
        takes_part(an_event(day, zone=other_zone, begins=other_hours[0], ends=other_hours[1]), person)
        assert bool(answered(mine, user)) is is_double, day
