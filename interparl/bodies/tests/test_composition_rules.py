"""Rules of composition: what is typed, what a body's page tells, and what needs attention."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.attention import BODY_RULES
from interparl.bodies.models import Body, CompositionRule, Membership, Part
from interparl.bodies.models.composing import checked
from interparl.bodies.rules.composition import State
from interparl.core.addresses import address
from interparl.core.translated import written
from interparl.core.writing import Refused
from tests import makers

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)


def a_rule(**values: Any) -> CompositionRule:
    """A rule that holds for all bodies of the kind delegation unless told."""
    values = {"family": "size", "body_kind": "delegation"} | values
    return makers.kept(CompositionRule(**values))


def a_delegation(**values: Any) -> Part:
    """A delegation with one part."""
    parliament = values.pop("parliament", None) or makers.a_parliament()
    values = {"kind": Body.Kind.DELEGATION, "since": "2013"} | values
    body = makers.a_body(parliaments=[parliament], **values)
    return Part.objects.select_related("body").get(body=body)


def seat(part: Part, number: int = 1, gender: str = "male", **values: Any) -> list[Membership]:
    """So many new people sit in the part."""
    people = [makers.a_person(gender=gender, **values) for _one in range(number)]
    rows = [Membership(body=part.body, part=part, person=person, since="2013") for person in people]
    return [makers.kept(row) for row in rows]


def answers(part: Part, reader: User, day: date = DAY) -> list[tuple[str, State, int, bool]]:
    """Family, state, number found, and whether it counts, of each rule of the part."""
    found = checked([part], day, reader)[part.pk]
    return [(one.rule.family, one.verdict.state, one.verdict.found, one.counts) for one in found]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"body_kind": ""}, "organisation"),
        ({"least": 9, "most": 8}, "most"),
        ({}, "least"),
        ({"least": 1, "age": 40}, "age"),
        ({"family": "chamber", "least": 1}, "chamber"),
        ({"family": "youth", "least": 1}, "age"),
        ({"family": "sitting", "most": 3}, "most"),
        ({"family": "sex", "share": "a third"}, "share"),
        ({"family": "sex", "share": "4/3"}, "share"),
    ],
)
def test_a_rule_that_says_nothing_or_contradicts_itself_is_refused(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        a_rule(**values)
    assert field in refused.value.message_dict


def test_a_rule_is_told_in_words_of_each_language() -> None:
    chamber = makers.a_chamber(name="Senate")
    rule = a_rule(family="chamber", chamber=chamber, least=24, most=24, counts="full")
    assert rule.label_in("en") == "Full members, Senate: exactly 24"
    assert a_rule(family="sex", share="1/3", from_size=4).label_in("en") == (
        "Women and men, of each: at least 1/3 (from 4 people on)"
    )
    words = {rule.label_in(language) for language in ("en", "ru", "be")}
    assert len(words) == 3


def test_a_delegation_answers_the_rules_of_its_organisation_and_kind_alone(officer: User) -> None:
    assembly, other = makers.an_organisation(), makers.an_organisation()
    a_rule(organisation=assembly, most=1)
    a_rule(organisation=other, most=0)
    a_rule(organisation=assembly, body_kind="organ", most=0)
    part = a_delegation(organisation=assembly)
    seat(part, 2)
    assert answers(part, officer) == [("size", State.BROKEN, 2, True)]


def test_versions_of_a_rule_stand_side_by_side_and_one_that_is_kept_is_enough(officer: User) -> None:
    a_rule(least=3, most=3, version="2012")
    a_rule(least=2, most=2, version="2008")
    part = a_delegation()
    seat(part, 2)
    assert answers(part, officer) == [("size", State.KEPT, 2, True), ("size", State.BROKEN, 2, False)]
    seat(part, 2)
    assert [one[3] for one in answers(part, officer)] == [True, True]


def test_a_rule_holds_on_its_days_alone(officer: User) -> None:
    a_rule(most=0, since="2014-01-01", until="2014-12-31")
    part = a_delegation()
    seat(part)
    assert answers(part, officer, date(2014, 6, 1)) == [("size", State.BROKEN, 1, True)]
    assert answers(part, officer, date(2015, 1, 1)) == []


def test_a_third_delegation_of_one_sex_breaks_the_rule_and_the_second_is_told_of(officer: User) -> None:
    assembly, home = makers.an_organisation(), makers.a_parliament()
    a_rule(organisation=assembly, family="single-sex", body_kind="occasional-delegation", most=2)
    parts = []
    for year in (2013, 2014, 2015):
        days = {"since": f"{year}-03-01", "until": f"{year}-03-05"}
        part = a_delegation(kind="occasional-delegation", organisation=assembly, parliament=home, **days)
        for person in (makers.a_person(gender="male") for _one in range(2)):
            makers.kept(Membership(body=part.body, part=part, person=person, **days))
        parts.append(part)
    on = [date(year, 3, 2) for year in (2013, 2014, 2015)]
    found = [answers(part, officer, day)[0] for part, day in zip(parts, on, strict=True)]
    assert [(state, number) for _family, state, number, _counts in found] == [
        (State.KEPT, 1),
        (State.KEPT, 2),
        (State.BROKEN, 3),
    ]
    narrow = next(narrow for key, _severity, _text, narrow in BODY_RULES if key == "one-sex")
    told = [list(narrow(Body.objects.all(), day, officer).values_list("pk", flat=True)) for day in on]
    assert told == [[], [parts[1].body_id], [parts[2].body_id]]


def test_who_sits_without_a_mandate_heads_too_much_or_lacks_a_decision_is_named(officer: User) -> None:
    parliament = makers.a_parliament()
    a_rule(family="sitting")
    a_rule(family="heads", most=1)
    a_rule(family="decided")
    first, second = a_delegation(parliament=parliament), a_delegation(parliament=parliament)
    person = makers.a_person()
    makers.a_mandate(person, makers.a_chamber(parliament), since="2012")
    decision = makers.a_decision()
    for part in (first, second):
        row = Membership(body=part.body, part=part, person=person, role="head", since="2013", decision=decision)
        makers.kept(row)
    [stranger] = seat(first)
    verdicts = {one.rule.family: one.verdict for one in checked([first], DAY, officer)[first.pk]}
    assert verdicts["sitting"].people == (stranger.person_id,)
    assert verdicts["heads"].people == (person.pk,)
    assert verdicts["decided"].people == (stranger.person_id,)


def test_what_the_reader_may_not_know_of_does_not_count(officer: User, member: User) -> None:
    a_rule(most=1)
    part = a_delegation()
    seat(part, 1)
    hidden = Membership(body=part.body, part=part, person=makers.a_person(mark="official"), since="2013")
    makers.kept(hidden)
    administrator = makers.a_user("administrator")
    assert answers(part, member) == [("size", State.KEPT, 1, True)]
    assert answers(part, administrator) == [("size", State.BROKEN, 2, True)]


def test_a_fixed_number_of_questions_is_asked_for_however_many_bodies(officer: User) -> None:
    for family, numbers in (
        ("size", {"most": 9}),
        ("sitting", {}),
        ("faction", {"share": "1/2"}),
        ("sits", {"most": 3}),
        ("single-sex", {"most": 2}),
    ):
        a_rule(family=family, **numbers)
    assembly = makers.an_organisation()
    parts = [a_delegation(organisation=assembly) for _one in range(6)]
    for part in parts:
        seat(part, 2)
    counted = []
    for several in (parts[:1], parts):
        with CaptureQueriesContext(connection) as asked:
            found = checked(several, DAY, officer)
        counted.append(len(asked))
        assert all(len(one) == 5 for one in found.values())
    assert counted[0] == counted[1] <= 8


def test_the_page_of_a_body_tells_what_is_lacking_and_who_could_fill_it(client: Client, officer: User) -> None:
    chamber = makers.a_chamber()
    a_rule(family="sex", least=1, consequence=written({"en": "One vote less."}))
    part = a_delegation(parliament=chamber.parliament)
    seat(part, 2)
    free = makers.a_person("Helpful", gender="female")
    makers.a_mandate(free, chamber, since="2012")
    makers.a_mandate(makers.a_person("Useless", gender="male"), chamber, since="2012")
    client.force_login(officer)
    page = client.get(address((Body.record_kind(), part.body_id))).content.decode()
    assert "Women: 0 of 2; lacking: 1" in page
    assert "One vote less." in page
    assert "could be filled by: Anna Helpful" in page
    assert "Useless" not in page


def test_a_rule_is_marked_as_outdated_with_a_reason(client: Client, head: User) -> None:
    rule = a_rule(most=3, since="2013-01-01")
    client.force_login(head)
    where = address((CompositionRule.record_kind(), rule.pk))
    assert client.post(f"{where}move/outdate/", {"reason": ""}).status_code == 422
    client.post(f"{where}move/outdate/", {"reason": "Changed by the assembly"})
    rule.refresh_from_db()
    assert rule.until != ""
