"""The load of people: whose bodies count on a day, for whom, and what groups of people carry together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from interparl.accounts.models import User
from interparl.bodies.measures import Load, Scope, distribution, loads, summed, sums
from interparl.core.hooks import measures_of
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.directory.models import Affiliation, Constituency, Convocation, Faction, Mandate, Person
from tests import makers
from tests.load_house import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    """The house."""
    return House()


def numbers(found: list[Load]) -> dict[str, tuple[int, int]]:
    """Bodies and heads by the name of the person."""
    return {str(Person.objects.get(pk=one.person)): (one.bodies, one.heads) for one in found}


def test_everybody_with_a_mandate_is_there_with_what_he_sits_in_and_heads_when_read(
    house: House, officer: User
) -> None:
    found = loads(date(2015, 6, 1), officer, Scope(parliament=house.home.pk))
    assert numbers(found) == {"Anna Busy": (3, 2), "Anna Once": (1, 0), "Anna Idle": (0, 0)}
    [busy] = [one for one in found if one.person == house.busy.pk]
    assert dict(busy.kinds) == {"working-group": 2, "commission": 1}
    assert (busy.chambers, busy.factions) == (frozenset({house.lower.pk}), frozenset({house.faction.pk}))
    assert (busy.constituencies, busy.gender) == (frozenset({house.north.pk}), "female")


def test_a_body_counts_once_when_somebody_has_two_memberships_in_it_on_the_day(house: House, officer: User) -> None:
    makers.a_membership(house.first, house.busy, role="member", since="2015-06")
    found = numbers(loads(date(2015, 6, 1), officer, Scope(parliament=house.home.pk)))
    assert found["Anna Busy"] == (3, 2)


def test_seats_of_another_side_do_not_count_when_a_parliament_is_chosen(house: House, officer: User) -> None:
    theirs = makers.a_part(house.commission, makers.a_parliament(name="Theirs"))
    guest = makers.a_person("Guest", "Anna")
    makers.a_membership(part=theirs, person=guest, since="2014")
    ours = loads(date(2015, 6, 1), officer, Scope(parliament=house.home.pk))
    assert "Anna Guest" not in numbers(ours)
    assert numbers(loads(date(2015, 6, 1), officer))["Anna Guest"] == (1, 0)
    their_side = loads(date(2015, 6, 1), officer, Scope(parliament=theirs.parliament_id))
    assert numbers(their_side) == {"Anna Guest": (1, 0)}


def test_what_begins_later_or_is_over_does_not_count_when_another_day_is_read(house: House, officer: User) -> None:
    makers.a_membership(house.second, house.once, since="2015-06-02")
    makers.a_membership(house.second, house.idle, since="2014", until="2015-05-31")
    scope = Scope(parliament=house.home.pk)
    days = (date(2013, 1, 1), date(2015, 5, 31), date(2015, 6, 1), date(2015, 6, 2))
    found = [numbers(loads(day, officer, scope)) for day in days]
    assert found[0] == {}
    assert [(one["Anna Once"][0], one["Anna Idle"][0]) for one in found[1:]] == [(1, 1), (1, 0), (2, 0)]


def test_a_load_says_that_it_is_approximate_when_a_day_lies_in_doubt(house: House, officer: User) -> None:
    makers.a_membership(house.second, house.once, since="2015")
    found = {one.person: one for one in loads(date(2015, 6, 1), officer, Scope(parliament=house.home.pk))}
    doubts = [found[one.pk].is_approximate for one in (house.once, house.busy, house.idle)]
    assert (found[house.once.pk].bodies, doubts) == (2, [True, False, False])


@pytest.mark.parametrize(
    ("since", "until", "is_approximate"),
    [
        ("", "", False),
        ("2015-06-01", "", False),
        ("2014", "2015-06-01", False),
        ("2015-06", "", True),
        ("..2015-06-01", "", False),
        ("..2015-06-02", "", True),
        ("2014", "2015", True),
        ("2014", "2015-06", False),
        ("2014", "2015-06-01..", False),
        ("2014", "2015-05-31..", True),
    ],
)
def test_the_doubt_of_a_load_is_that_of_its_memberships(
    since: str, until: str, is_approximate: bool, officer: User
) -> None:
    seat = makers.a_membership(since=since, until=until)
    day = date(2015, 6, 1)
    assert [(one.bodies, one.is_approximate) for one in loads(day, officer)] == [(1, is_approximate)]
    assert (seat.holds_on(day) == "approximate") == is_approximate


def set_term(record: Any, term: Convocation) -> None:
    """Writes the convocation of a record."""
    with change(record, by=makers.BY) as held:
        held.convocation = term


def test_only_what_is_of_the_convocation_counts_when_one_is_chosen(house: House, officer: User) -> None:
    fifth, fourth = makers.a_convocation(house.home, 5), makers.a_convocation(house.home, 4)
    for person, term in ((house.busy, fifth), (house.once, fifth), (house.idle, fourth)):
        set_term(Mandate.objects.get(person=person), term)
    set_term(house.second, fifth)
    set_term(house.commission.parts.get(), fifth)
    found = numbers(loads(date(2015, 6, 1), officer, Scope(parliament=house.home.pk, convocation=fifth.pk)))
    assert found == {"Anna Busy": (2, 1), "Anna Once": (0, 0)}


def test_only_members_of_the_body_are_there_with_all_their_bodies_when_one_is_chosen(
    house: House, officer: User
) -> None:
    found = loads(date(2015, 6, 1), officer, Scope(parliament=house.home.pk, body=house.second.pk))
    assert numbers(found) == {"Anna Busy": (3, 2)}


def test_sums_are_exact_when_they_do_not_divide(house: House, officer: User) -> None:
    found = loads(date(2015, 6, 1), officer, Scope(parliament=house.home.pk))
    total = summed(found)
    assert (total.people, total.seats, total.heads, total.without, total.most) == (3, 4, 2, 1, 3)
    assert (total.a_head, total.share_without) == (Decimal("1.33"), Decimal("33.33"))
    assert total.most_loaded == (house.busy.pk,)
    by_chamber = {one.key: (one.people, one.seats, one.a_head) for one in sums(found, "chamber")}
    assert by_chamber == {house.lower.pk: (2, 4, Decimal("2.00")), house.upper.pk: (1, 0, Decimal("0.00"))}
    assert [one.key for one in sums(found, "faction")] == [house.faction.pk, None]
    assert distribution(found) == [(0, 1), (1, 1), (2, 0), (3, 1)]


def test_a_half_is_rounded_up_when_a_quotient_lies_between_two() -> None:
    people = [Load(person=number, bodies=1 if number < 1 else 0) for number in range(200)]
    assert summed(people).a_head == Decimal("0.01")
    nobody = summed([])
    assert (nobody.a_head, nobody.share_without, nobody.most_loaded) == (Decimal("0.00"), Decimal("0.00"), ())


def test_the_measure_of_heads_counts_each_body_once_when_asked_for_a_period(officer: User) -> None:
    person, body, other = makers.a_person(), makers.a_body(), makers.a_body()
    makers.a_membership(body, person, role="head", until="2013")
    makers.a_membership(body, person, role="co-chair", since="2014")
    makers.a_membership(other, person, role="member", since="2014")
    [measure] = [one for one in measures_of("directory.person") if one.key == "heads"]
    assert measure.count([person.pk], date(2013, 1, 1), date(2014, 6, 1), officer) == {person.pk: 1}
    assert measure.count([person.pk], date(2012, 1, 1), date(2012, 2, 1), makers.a_user("auditor")) == {person.pk: 1}


def test_a_hidden_part_mandate_faction_or_constituency_is_as_none_when_the_reader_may_not_know_of_it(
    house: House, officer: User
) -> None:
    third = makers.a_person("Third", "Anna")
    secret = makers.kept(Constituency(chamber=house.lower, name=written({"en": "Base"}), mark="official"))
    makers.a_mandate(third, house.lower, since="2014", constituency=secret)
    hidden = makers.kept(Faction(chamber=house.lower, name=written({"en": "Cell"}), mark="official"))
    makers.kept(Affiliation(person=third, faction=hidden, since="2014"))
    makers.a_mandate(makers.a_person("Fourth"), house.lower, since="2014", mark="official")
    part = makers.a_part(house.first, house.home, mark="official")
    makers.a_membership(part=part, person=third, since="2014")
    scope = Scope(parliament=house.home.pk)
    found = {one.person: one for one in loads(date(2015, 6, 1), officer, scope)}
    assert len(found) == 4
    own = found[third.pk]
    assert (own.bodies, own.constituencies, own.factions) == (0, frozenset(), frozenset())
    seen = {one.person: one for one in loads(date(2015, 6, 1), makers.a_user("head_of_department"), scope)}
    assert (len(seen), seen[third.pk].bodies) == (5, 1)
    assert [*seen[third.pk].constituencies, *seen[third.pk].factions] == [secret.pk, hidden.pk]
