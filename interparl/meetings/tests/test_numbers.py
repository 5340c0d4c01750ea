"""What is counted of a session and of a delegation's year: each number leads to its rows, and to as many of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.models import Body
from interparl.core.blocks import Rows
from interparl.core.hooks import measures_of
from interparl.core.translated import written
from interparl.directory.models import Office, Organisation, Parliament
from interparl.meetings.blocks.numbers import session_numbers
from interparl.meetings.measures import counted_address
from interparl.meetings.models import Event, Statement
from tests.makers import (
    a_body,
    a_membership,
    a_part,
    a_person,
    a_reading,
    a_user,
    an_organisation,
    kept,
    the_home_parliament,
)
from tests.samples import a_record

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2015, 1, 1), date(2015, 12, 31)
WHATS = ("events", "speeches", "talks", "offices")


def an_office(person: Any, organisation: Organisation, **values: Any) -> Office:
    """An office of the person in the organisation."""
    values = {"kind": "chair", "title": written({"en": "Chair of the committee"}), "since": "2014-01-01"} | values
    return kept(Office(person=person, organisation=organisation, **values))


def a_delegation(assembly: Organisation, home: Parliament, **values: Any) -> Body:
    """Our delegation to the assembly, with our part."""
    return a_body(parliaments=[home], kind="delegation", organisation=assembly, since="2012-10-01", **values)


def counted(kind: str, key: int, reader: User) -> dict[str, int]:
    """The measures of a body or an organisation for the year."""
    measures = [one for one in measures_of(kind) if one.key in WHATS]
    return {one.key: one.count([key], FIRST, LAST, reader).get(key, 0) for one in measures}


def listed(client: Client, of: str, key: int, what: str, *days: date) -> int:
    """How many rows the page behind a number shows."""
    answer = client.get(counted_address(of, key, what, *days))
    assert answer.status_code == 200
    table = answer.context["table"]
    assert len(table.rows) == answer.context["listing"].total
    return len(table.rows)


@pytest.fixture
def year(officer: User) -> tuple[Body, Organisation, Event]:
    """A delegation with a year of work, and one session of it."""
    home, assembly = the_home_parliament(code="BY"), an_organisation(name="Assembly")
    body = a_delegation(assembly, home)
    mine, left, guest = a_person("Bely"), a_person("Chorny"), a_person("Gost")
    a_membership(body, mine, since="2012-10-01")
    a_membership(body, left, since="2012-10-01", until="2014-12-31")
    a_membership(part=a_part(body), person=guest, since="2012-10-01")
    an_office(mine, assembly)
    an_office(mine, an_organisation(name="Committee", parent=assembly), kind="other")
    an_office(mine, an_organisation(name="Another assembly"))
    an_office(mine, assembly, since="2010-01-01", until="2011-01-01")
    an_office(left, assembly)
    an_office(guest, assembly)
    an_office(a_person("Nobody"), assembly)
    session = a_record(Event, kind="session", body=body, organisation=assembly, since="2015-05-07", until="2015-05-08")
    a_record(Statement, event=session, state="delivered")
    a_record(Statement, event=session)
    a_record(Event, kind="talks", within=session, since="2015-05-08")
    a_record(Event, kind="talks", within=session, since="2015-05-08", stage="cancelled")
    winter = a_record(Event, kind="session", body=body, organisation=assembly, since="2015-02-07")
    a_record(Statement, event=winter, state="delivered")
    return body, assembly, session


def test_offices_are_counted_of_our_members_in_the_assembly_and_its_parts(
    year: tuple[Body, Organisation, Event], officer: User
) -> None:
    body, assembly, _session = year
    expected = {"events": 2, "speeches": 2, "talks": 1, "offices": 2}
    assert counted("bodies.body", body.pk, officer) == expected
    assert counted("directory.organisation", assembly.pk, officer) == expected


def test_each_number_of_a_year_leads_to_as_many_rows(
    year: tuple[Body, Organisation, Event], client: Client, officer: User
) -> None:
    client.force_login(officer)
    for kind, of, key in (("bodies.body", "body", year[0].pk), ("directory.organisation", "organisation", year[1].pk)):
        for measure in measures_of(kind):
            if measure.key in WHATS:
                assert measure.leads_to is not None
                assert measure.leads_to(key, FIRST, LAST) == counted_address(of, key, measure.key, FIRST, LAST)
                number = measure.count([key], FIRST, LAST, officer)[key]
                assert listed(client, of, key, measure.key, FIRST, LAST) == number


def test_the_page_of_a_session_counts_it_beside_the_year_of_its_delegation(
    year: tuple[Body, Organisation, Event], client: Client, officer: User
) -> None:
    session = year[2]
    reading = a_reading(officer)
    with CaptureQueriesContext(connection) as asked:
        content = session_numbers(session, reading)
    # A request reads the settings once.
    assert len([one for one in asked.captured_queries if "core_setting" not in one["sql"]]) == 1
    assert isinstance(content, Rows)
    assert [[*row] for row in content.table.values()] == [
        ["Events held", None, 2],
        ["Statements delivered", 1, 2],
        ["Talks held in the margins", 1, 1],
        ["Offices held in the assembly", 2, 2],
    ]
    body = str(content.table.body())
    client.force_login(officer)
    for what, number in (("speeches", 1), ("talks", 1), ("offices", 2)):
        assert counted_address("event", session.pk, what) in body
        assert listed(client, "event", session.pk, what) == number


def test_restricted_rows_are_in_no_number_for_who_may_not_know_of_them(
    year: tuple[Body, Organisation, Event], client: Client, officer: User, head: User
) -> None:
    body, assembly, session = year
    secret = a_person("Secret", mark="official")
    a_membership(body, secret, since="2012-10-01")
    an_office(secret, assembly)
    hidden = a_person("Hidden")
    a_membership(body, hidden, since="2012-10-01", mark="official")
    an_office(hidden, assembly)
    a_record(Statement, event=session, state="delivered", mark="official")
    assert counted("bodies.body", body.pk, officer) == {"events": 2, "speeches": 2, "talks": 1, "offices": 2}
    assert counted("bodies.body", body.pk, head) == {"events": 2, "speeches": 3, "talks": 1, "offices": 4}
    for user, offices, speeches in ((officer, 2, 1), (head, 4, 2)):
        client.force_login(user)
        assert listed(client, "event", session.pk, "offices") == offices
        assert listed(client, "event", session.pk, "speeches") == speeches
        assert listed(client, "body", body.pk, "offices", FIRST, LAST) == offices


def test_protocol_is_told_no_number_of_statements(year: tuple[Body, Organisation, Event], client: Client) -> None:
    protocol = a_user("protocol_officer")
    body, _assembly, session = year
    content = session_numbers(session, a_reading(protocol))
    assert isinstance(content, Rows)
    assert "Statements delivered" not in [row[0] for row in map(list, content.table.values())]
    assert counted("bodies.body", body.pk, protocol)["speeches"] == 0
    client.force_login(protocol)
    assert client.get(counted_address("event", session.pk, "speeches")).status_code == 404


def test_what_is_no_number_of_a_record_is_not_there(
    year: tuple[Body, Organisation, Event], client: Client, officer: User
) -> None:
    secret = a_record(Event, kind="session", mark="official")
    client.force_login(officer)
    for address in (
        counted_address("event", secret.pk, "talks"),
        counted_address("event", 987_654, "talks"),
        counted_address("event", year[2].pk, "nothing"),
        counted_address("country", year[2].pk, "talks"),
    ):
        assert client.get(address).status_code == 404
    wrong = client.get(f"{counted_address('body', year[0].pk, 'talks')}?since=yesterday")
    assert (wrong.status_code, b"is not a date" in wrong.content) == (400, True)
