"""Who sits in how many bodies: the measure against the most plodding count, over random parliaments and readers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from interparl.bodies.measures import Scope, loads, sums
from interparl.bodies.models import Body, Membership, Part
from interparl.core.actors import Actor
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Affiliation, Faction, Mandate, Person
from tests import makers
from tests.independent.composition_model import bounds
from tests.independent.load_model import loads_on, sums_of

pytestmark = pytest.mark.django_db

FIRST = date(2014, 5, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(60)]
KINDS = ("working-group", "commission", "delegation")
ROLES = ("head", "co-chair", "member", "secretary")
PEOPLE, BODIES, GROUPS = 6, 5, 2

days = st.sampled_from(DAYS).map(lambda day: day.isoformat())
rough = st.none() | days | days.map(lambda day: day[:7]) | days.map(lambda day: f"..{day}") | days.map("{}..".format)


def _forward(span: tuple[str | None, str | None]) -> bool:
    first, last = bounds(span[0])[0] if span[0] else None, bounds(span[1])[1] if span[1] else None
    return first is None or last is None or first <= last


spans = st.tuples(rough, rough).filter(_forward)
seats = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, BODIES - 1), st.booleans(), st.sampled_from(ROLES), spans),
    max_size=12,
)
places = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, GROUPS - 1), spans), max_size=8)
bodies = st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), min_size=BODIES, max_size=BODIES)


class House:
    """A home parliament with two chambers, each with a faction, a foreign parliament, and bodies of both."""

    def __init__(self, drawn: Any) -> None:
        kinds, seats_drawn, mandates_drawn, affiliations_drawn = drawn
        self.home, self.other = makers.the_home_parliament(), makers.a_parliament()
        self.chambers = [makers.a_chamber(self.home), makers.a_chamber(self.home)]
        named = written({"en": "Faction"})
        self.factions = [makers.kept(Faction(chamber=chamber, name=named)) for chamber in self.chambers]
        self.people = [Person(gender=("female", "male", "")[number % 3]) for number in range(PEOPLE)]
        self.bodies = [
            Body(code=f"body-{number}", kind=kind, name=written({"en": "Body"}), mark=_mark(is_hidden))
            for number, (kind, is_hidden) in enumerate(kinds)
        ]
        # Each body has a part of ours and one of theirs.
        self.parts = [
            [Part(body=body, parliament=parliament) for parliament in (self.home, self.other)] for body in self.bodies
        ]
        self.memberships = [self._membership(*one) for one in seats_drawn]
        self.mandates = [
            Mandate(person=self.people[who], chamber=self.chambers[group], since=since or "", until=until or "")
            for who, group, (since, until) in mandates_drawn
        ]
        self.affiliations = [
            Affiliation(person=self.people[who], faction=self.factions[group], since=since or "", until=until or "")
            for who, group, (since, until) in affiliations_drawn
        ]
        parts = [part for pair in self.parts for part in pair]
        rows = (*self.people, *self.bodies, *parts, *self.mandates, *self.affiliations, *self.memberships)
        change_many([Planned(row) for row in rows], by=Actor.command("tests"))

    def _membership(self, who: int, body: int, is_ours: bool, role: str, span: Any) -> Membership:
        part = self.parts[body][0 if is_ours else 1]
        return Membership(
            person=self.people[who], body=part.body, part=part, role=role, since=span[0] or "", until=span[1] or ""
        )

    def plain_memberships(self, *, sees_all: bool) -> list[dict[str, Any]]:
        """The memberships as the plodding count reads them: those that the reader may know of."""
        return [
            {
                "person": one.person_id,
                "body": one.body_id,
                "kind": one.body.kind,
                "role": one.role,
                "parliament": one.part.parliament_id,
                "since": one.since or None,
                "until": one.until or None,
            }
            for one in self.memberships
            if sees_all or one.body.mark != "official"
        ]

    def plain_places(self, rows: list[Any], group: str) -> list[dict[str, Any]]:
        """Mandates or affiliations as the plodding count reads them."""
        return [
            {
                "person": one.person_id,
                "group": getattr(one, f"{group}_id"),
                "parliament": self.home.pk,
                "since": one.since or None,
                "until": one.until or None,
            }
            for one in rows
        ]


def _mark(is_hidden: bool) -> str:
    return "official" if is_hidden else "internal"


houses = st.tuples(bodies, seats, places, places)


@pytest.mark.parametrize(("role", "sees_all"), [("desk_officer", False), ("head_of_department", True)])
@settings(max_examples=25)
@given(houses, st.sampled_from(DAYS), st.booleans())
def test_the_load_is_that_of_the_plodding_count_when_read_by_anybody_on_any_day(
    role: str, sees_all: bool, drawn: Any, day: date, is_of_home: bool
) -> None:
    with transaction.atomic():
        house, reader = House(drawn), makers.a_user(role)
        parliament = house.home.pk if is_of_home else None
        mandates = house.plain_places(house.mandates, "chamber")
        expected = loads_on(day, house.plain_memberships(sees_all=sees_all), mandates, parliament=parliament)
        found = loads(day, reader, Scope(parliament=parliament))
        counted = {
            one.person: {
                "bodies": one.bodies,
                "heads": one.heads,
                "kinds": dict(one.kinds),
                "doubt": one.is_approximate,
            }
            for one in found
        }
        assert counted == expected
        affiliations = house.plain_places(house.affiliations, "faction")
        genders = [
            {"person": one.pk, "group": one.gender, "parliament": house.home.pk, "since": None, "until": None}
            for one in house.people
            if one.gender
        ]
        for by, rows in (("chamber", mandates), ("faction", affiliations), ("gender", genders)):
            summed = {
                one.key: {
                    "people": one.people,
                    "seats": one.seats,
                    "heads": one.heads,
                    "without": one.without,
                    "a_head": one.a_head,
                    "most": one.most,
                }
                for one in sums(found, by)
            }
            assert summed == sums_of(expected, rows, day, parliament=parliament)
        transaction.set_rollback(True)


@settings(max_examples=25)
@given(houses, st.sampled_from(DAYS), st.sampled_from(KINDS))
def test_only_bodies_of_the_kind_count_when_one_is_chosen(drawn: Any, day: date, kind: str) -> None:
    with transaction.atomic():
        house, reader = House(drawn), makers.a_user("head_of_department")
        memberships = [row for row in house.plain_memberships(sees_all=True) if row["kind"] == kind]
        mandates = house.plain_places(house.mandates, "chamber")
        expected = loads_on(day, memberships, mandates, parliament=house.home.pk)
        found = loads(day, reader, Scope(parliament=house.home.pk, kinds=(kind,)))
        assert {one.person: (one.bodies, one.heads) for one in found} == {
            person: (load["bodies"], load["heads"]) for person, load in expected.items()
        }
        transaction.set_rollback(True)
