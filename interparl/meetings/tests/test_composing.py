"""Our delegation to an organisation's event, held against the organisation's rules of composition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.models import CompositionRule
from interparl.core.blocks import Rows
from interparl.core.translated import written
from interparl.directory.models import Country, Organisation
from interparl.meetings.blocks.composing import rules_of_event
from interparl.meetings.models import Event, Participation
from tests import makers

pytestmark = pytest.mark.django_db
DAY = date(2015, 5, 27)


@pytest.fixture
def home(db: None) -> Country:
    """The country whose side is ours."""
    return makers.the_home_parliament(country=makers.a_country(name="Homeland")).country


@pytest.fixture
def organisation(db: None) -> Organisation:
    """An organisation with rules."""
    return makers.an_organisation(name="Assembly")


def an_event(organisation: Organisation, since: str = "2015-05-27", **values: Any) -> Event:
    """A session of it."""
    values = {"kind": "session", "title": written({"en": "Session"})} | values
    return makers.kept(Event(organisation=organisation, since=since, **values))


def a_rule(organisation: Organisation, family: str, **values: Any) -> CompositionRule:
    """A rule of the organisation."""
    return makers.kept(CompositionRule(organisation=organisation, family=family, **values))


def delegated(event: Event, country: Country, genders: str, **values: Any) -> None:
    """People from a country, one for each letter: f and m."""
    for letter in genders:
        person = makers.a_person(country=country, gender={"f": "female", "m": "male"}.get(letter, ""))
        makers.kept(Participation(event=event, person=person, **values))


def said(event: Event, user: User) -> list[tuple[str, str]]:
    """What is found and whether each rule is kept, broken ones first."""
    content = rules_of_event(event, makers.a_reading(user, DAY))
    if content is None:
        return []
    assert isinstance(content, Rows)
    state = content.table.columns["state"]
    assert state.second is not None
    reading = content.table.reading
    return [(state.second(rule, reading), state.value(rule, reading)) for rule in content.table.rows]


def test_our_participants_are_counted_and_nobody_else(officer: User, home: Country, organisation: Organisation) -> None:
    a_rule(organisation, "size", most=2)
    event = an_event(organisation)
    delegated(event, home, "fm")
    delegated(event, home, "f", function="interpreter")
    delegated(event, home, "f", attendance="excused")
    delegated(event, makers.a_country(), "fff")
    assert said(event, officer) == [("2", "Kept")]
    makers.kept(Participation(event=event, printed_name="Somebody", country=home))
    assert said(event, officer) == [("3; too many: 1", "Broken")]


def test_rules_of_the_day_of_the_event_alone_are_asked(
    officer: User, home: Country, organisation: Organisation
) -> None:
    a_rule(organisation, "size", most=8, until="2014")
    a_rule(makers.an_organisation(), "size", most=1)
    a_rule(organisation, "sex", share="30 %")
    event = an_event(organisation)
    delegated(event, home, "mmf")
    assert said(event, officer) == [("Women: 1 of 3", "Kept")]


def test_a_body_of_the_organisation_stands_for_it(officer: User, home: Country, organisation: Organisation) -> None:
    a_rule(organisation, "size", most=1)
    body = makers.a_body(kind="delegation", organisation=organisation)
    event = makers.kept(Event(kind="sitting", title=written({"en": "Sitting"}), since="2015-05-27", body=body))
    delegated(event, home, "fm")
    assert said(event, officer) == [("2; too many: 1", "Broken")]


def test_delegations_of_one_sex_in_a_row_are_counted_over_earlier_events(
    officer: User, home: Country, organisation: Organisation
) -> None:
    a_rule(organisation, "single-sex", most=2)
    for since in ("2013-05-01", "2014-05-01"):
        delegated(an_event(organisation, since), home, "mm")
    event = an_event(organisation)
    delegated(event, home, "mmm")
    [(_words, state)] = said(event, officer)
    assert state == "Broken"
    delegated(event, home, "f")
    [(_words, state)] = said(event, officer)
    assert state == "Kept"


@pytest.mark.parametrize("lacks", ["organisation", "rules", "people"])
def test_nothing_is_said_where_there_is_nothing_to_check(
    lacks: str, officer: User, home: Country, organisation: Organisation
) -> None:
    if lacks != "rules":
        a_rule(organisation, "size", most=8)
    event = an_event(organisation)
    if lacks == "organisation":
        event = makers.kept(Event(kind="talks", title=written({"en": "Talks"}), since="2015-05-27"))
    if lacks != "people":
        delegated(event, home, "f")
    assert said(event, officer) == []


def test_whom_one_may_not_know_of_does_not_count(member: User, home: Country, organisation: Organisation) -> None:
    a_rule(organisation, "size", most=1)
    event = an_event(organisation)
    delegated(event, home, "f")
    makers.kept(Participation(event=event, person=makers.a_person("Hidden", country=home, mark="official")))
    assert said(event, member) == [("1", "Kept")]


def test_as_many_queries_are_asked_when_there_are_more_people_and_rules(
    officer: User, home: Country, organisation: Organisation
) -> None:
    event = an_event(organisation)
    counts = []
    for most in (1, 2):
        for family, values in (("size", {"most": most}), ("sex", {"least": most}), ("sitting", {})):
            a_rule(organisation, family, **values)
        delegated(event, home, "fmfm")
        with CaptureQueriesContext(connection) as asked:
            assert said(event, officer)
        counts.append(len(asked))
    assert counts[0] == counts[1]
