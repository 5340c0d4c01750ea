"""Organs of organisations: the chair, its term, whose turn follows, who holds an office without the mandate."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from interparl.accounts.models import User
from interparl.bodies.models import Body, Membership
from interparl.bodies.rules.rotation import last_day_of_term, next_in_turn
from interparl.core.addresses import address
from interparl.core.hooks import every_attention
from interparl.core.translated import written
from interparl.directory.models import Office, Organisation, Parliament, Person
from tests.makers import (
    a_body,
    a_chamber,
    a_country,
    a_mandate,
    a_membership,
    a_parliament,
    a_part,
    a_person,
    an_organisation,
    kept,
)

DAY = date(2015, 6, 1)


@pytest.mark.parametrize(
    ("since", "months", "last"),
    [
        ("2015-01-01", 12, "2015-12-31"),
        ("2015-11-15", 6, "2016-05-14"),
        ("2015-08-31", 6, "2016-02-28"),
        ("2015-03-01", 1, "2015-03-31"),
        ("2016-02-29", 12, "2017-02-27"),
        ("9999-06-01", 12, "9999-12-31"),
    ],
)
def test_a_term_ends_so_many_months_later_the_day_before(since: str, months: int, last: str) -> None:
    assert last_day_of_term(date.fromisoformat(since), months).isoformat() == last


@pytest.mark.parametrize(("now", "following"), [("AM", "BY"), ("BY", "KZ"), ("KZ", "AM"), ("RU", ""), ("", "")])
def test_the_turn_goes_round(now: str, following: str) -> None:
    assert next_in_turn(["AM", "BY", "KZ"], now) == following


@pytest.fixture
def council(db: None) -> Body:
    """The council of an assembly with a chair of a year that goes from country to country."""
    return a_body("council", "The Council", kind="organ", organisation=an_organisation(), term=12, rotation="AM BY KZ")


def chair(council: Body, code: str, family: str, since: str, until: str = "") -> Membership:
    """Somebody of that country in the chair."""
    parliament = Parliament.objects.filter(country__code=code).first() or a_parliament(a_country(code, f"Land {code}"))
    part = council.parts.filter(parliament=parliament).first() or a_part(council, parliament)
    return a_membership(part=part, person=a_person(family), role="head", since=since, until=until)


def told(key: str, model: type[Body | Membership | Office], day: date, user: User) -> set[int]:
    """What an attention rule finds on the day."""
    [rule] = [one for one in every_attention() if one.key == key]
    return set(rule.narrow(model.objects.visible_to(user), day, user).values_list("pk", flat=True))


def test_the_page_says_who_chairs_until_when_and_whose_turn_follows(desk: Client, council: Body) -> None:
    a_country("KZ", "Land KZ")
    chair(council, "BY", "Chairing", "2015-01-01")
    page = desk.get(f"{address(('bodies.body', council.pk))}?on=2015-06-01").content.decode()
    for words in ("Anna Chairing", "the term ends on 31 Dec 2015", "Whose turn follows", "Land KZ"):
        assert words in page
    later = desk.get(f"{address(('bodies.body', council.pk))}?on=2016-06-01").content.decode()
    assert "the term ended on 31 Dec 2015" in later
    before = desk.get(f"{address(('bodies.body', council.pk))}?on=2014-06-01").content.decode()
    assert "nobody" in before
    assert "Whose turn follows" not in before
    group = a_body()
    assert "The chair" not in desk.get(address(("bodies.body", group.pk))).content.decode()


def test_a_term_that_ends_soon_or_ran_out_is_told_of_while_nobody_follows(council: Body, head: User) -> None:
    def found(day: date) -> bool:
        return told("organ-term", Body, day, head) == {council.pk}

    assert not found(DAY)
    chair(council, "BY", "First", "2015-01-01")
    assert [found(day) for day in (date(2015, 10, 31), date(2015, 11, 1), date(2016, 3, 1))] == [False, True, True]
    chair(council, "KZ", "Second", "2016-01-01")
    assert [found(day) for day in (date(2015, 12, 1), date(2016, 3, 1), date(2016, 12, 1))] == [False, False, True]


def test_a_seat_in_an_organ_without_a_mandate_is_told_of(council: Body, head: User) -> None:
    chamber = a_chamber()
    lost, sitting, never, keeper = (a_person() for _number in range(4))
    for person, until in ((lost, "2015-05-31"), (sitting, ""), (keeper, "2015-05-31")):
        a_mandate(person, chamber, since="2012", until=until)
    part = a_part(council)
    seats = {person.pk: a_membership(part=part, person=person) for person in (lost, sitting, never)}
    a_membership(part=part, person=keeper, role="secretary")
    a_membership(a_body(kind="working-group"), lost)
    assert told("organ-without-mandate", Membership, DAY, head) == {seats[lost.pk].pk}
    assert told("organ-without-mandate", Membership, date(2015, 5, 31), head) == set()


def test_an_office_in_an_assembly_without_a_mandate_is_told_of(head: User) -> None:
    lost, sitting = a_person(), a_person()
    a_mandate(lost, since="2012", until="2015-05-31")
    a_mandate(sitting, since="2012")
    assembly, ministry = an_organisation(), an_organisation(kind=Organisation.Kind.MINISTRY)

    def office(person: Person, organisation: Organisation) -> Office:
        title = written({"en": "Vice-president"})
        return kept(Office(person=person, kind="other", title=title, organisation=organisation, since="2013"))

    held = office(lost, assembly)
    office(sitting, assembly)
    office(lost, ministry)
    assert told("office-without-mandate", Office, DAY, head) == {held.pk}
    assert told("office-without-mandate", Office, date(2015, 5, 31), head) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["am by", "AM,BY", "Armenia"])
def test_an_order_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_body(kind="organ", rotation=wrong)
    assert "codes of countries" in str(refusal.value)


@pytest.mark.django_db
def test_a_term_of_no_months_is_refused() -> None:
    with pytest.raises(ValidationError):
        a_body(kind="organ", term=0)
