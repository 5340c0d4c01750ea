"""Contacts: whose turn it is, last and next events, who met whom; what one may not know of leaves no trace."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.blocks import BLOCK_ROWS, Facts, Rows
from interparl.core.hooks import blocks_of
from interparl.core.kinds import model_of
from interparl.core.translated import written
from interparl.directory.models import Country
from interparl.meetings.blocks.contacts import whose_turn
from interparl.meetings.models import Event, EventPartner, Participation
from interparl.meetings.models.meeting import Side, events_of_both
from tests import makers

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)


def an_event(title: str, **values: Any) -> Event:
    """Talks of a day unless told."""
    stage = values.pop("stage", "held")
    values = {"kind": "talks", "since": "2014-05-27"} | values
    return makers.kept(Event(title=written({"en": title}), stage=stage, **values))


def takes_part(event: Event, person: Any, **values: Any) -> Participation:
    """Somebody in the event."""
    return makers.kept(Participation(event=event, person=person, **values))


def block(record: Any, key: str, user: User, day: date = DAY) -> list[str]:
    """The titles of the events of a block; none where it says nothing."""
    [made] = [one for one in blocks_of(record.record_kind()) if one.key == key]
    content = made.make(record, makers.a_reading(user, day))
    if content is None:
        return []
    assert isinstance(content, Rows)
    names = [str(row[0]) for row in content.table.values()]
    assert names == [str(event) for event in content.table.rows]
    return names


@pytest.fixture
def home(db: None) -> Country:
    """The country whose side is ours."""
    return makers.the_home_parliament(country=makers.a_country(name="Homeland")).country


@pytest.fixture
def abroad(db: None) -> Country:
    """The other country."""
    return makers.a_country(name="Abroad")


def facts(country: Country, user: User, day: date = DAY) -> list[tuple[str, str, str]]:
    """Whose turn it is, as the page says it."""
    content = whose_turn(country, makers.a_reading(user, day))
    if content is None:
        return []
    assert isinstance(content, Facts)
    return [(str(fact.label), str(fact.value), str(fact.second)) for fact in content.facts]


def test_it_is_our_turn_when_they_came_last_as_of_the_day_that_is_read(officer: User, abroad: Country) -> None:
    an_event("Out", kind="outgoing-visit", since="2013-03-01", country=abroad, level="committee-chair")
    an_event("In", kind="incoming-visit", since="2014-05-27", until="2014-05-30", country=abroad, level="speaker")
    an_event("To come", kind="outgoing-visit", since="2015-07-01", country=abroad, stage="planned")
    assert facts(abroad, officer) == [
        ("Turn to visit", "Ours: they came last", ""),
        ("They came last", "27–30 May 2014", "Speaker"),
        ("We went last", "1 March 2013", "Chair of a committee"),
    ]
    assert facts(abroad, officer, date(2014, 1, 1))[0][1] == "Theirs: we went last"
    assert facts(abroad, officer, date(2014, 5, 30))[0][1] == "Theirs: we went last"
    assert facts(abroad, officer, date(2014, 5, 31))[0][1] == "Ours: they came last"
    assert facts(abroad, officer, date(2012, 1, 1)) == []


@pytest.mark.parametrize(
    "values",
    [
        {"stage": "cancelled"},
        {"stage": "declined"},
        {"stage": "postponed"},
        {"visit_type": "transit"},
        {"visit_type": "private"},
        {"mark": "official"},
    ],
)
def test_what_was_no_visit_or_may_not_be_known_moves_no_turn(
    member: User, abroad: Country, values: dict[str, str]
) -> None:
    an_event("Out", kind="outgoing-visit", since="2013-03-01", country=abroad)
    an_event("In", kind="incoming-visit", country=abroad, **values)
    assert facts(abroad, member)[:2] == [
        ("Turn to visit", "Theirs: we went last", ""),
        ("They came last", "never", ""),
    ]


def test_whose_turn_it_is_is_asked_at_once_however_many_visits_there_are(officer: User, abroad: Country) -> None:
    for number in range(1, 9):
        an_event(f"Visit {number}", kind="incoming-visit", since=f"2014-0{number}", country=abroad)
    with CaptureQueriesContext(connection) as asked:
        facts(abroad, officer)
    assert len(asked) == 1


def test_last_and_next_events_stand_on_the_pages_that_they_belong_to(officer: User, abroad: Country) -> None:
    person, organisation, body = makers.a_person(), makers.an_organisation(), makers.a_body()
    whole: dict[str, Any] = {"country": abroad, "organisation": organisation, "body": body}
    events = [
        an_event("Before", since="2013-01-10", **whole),
        an_event("Last", since="2015-05-31", **whole),
        an_event("Under way", since="2015-05-30", until="2015-06-02", stage="under-way", **whole),
        an_event("Ahead", since="2015-09", stage="planned", **whole),
        an_event("Off", since="2014-01-10", stage="cancelled", **whole),
        an_event("Off ahead", since="2015-10-10", stage="cancelled", **whole),
    ]
    for event in events:
        takes_part(event, person)
    for record, last in ((abroad, "last_contacts"), (person, "events"), (body, "events"), (organisation, "events")):
        assert block(record, last, officer) == ["Last", "Before"]
        assert block(record, "next_events", officer) == ["Under way", "Ahead"]
        assert block(record, last, officer, date(2014, 1, 1)) == ["Before"]


def test_a_further_partner_has_the_contact_too_and_who_stayed_away_has_none(officer: User, abroad: Country) -> None:
    event = an_event("Three sides", country=makers.a_country())
    makers.kept(EventPartner(event=event, country=abroad))
    person = makers.a_person()
    takes_part(event, person, attendance="excused")
    assert block(abroad, "last_contacts", officer) == ["Three sides"]
    assert block(person, "events", officer) == []


def test_restricted_events_and_people_leave_no_trace_in_blocks(member: User, abroad: Country) -> None:
    person = makers.a_person()
    event = an_event("Secret", country=abroad, mark="official")
    takes_part(event, person)
    takes_part(an_event("Quiet"), person, mark="official")
    assert block(abroad, "last_contacts", member) == []
    assert block(person, "events", member) == []


def test_a_block_of_events_is_cut_and_asks_as_many_queries_when_there_are_more(officer: User, abroad: Country) -> None:
    for number in range(1, BLOCK_ROWS + 4):
        an_event(f"Event {number}", since=f"2014-05-0{number}", country=abroad)
    with CaptureQueriesContext(connection) as asked:
        rows = block(abroad, "last_contacts", officer)
    # The rows, how many there are in all, and what they are called.
    assert len(asked) == 3
    assert rows == ["Event 8", "Event 7", "Event 6", "Event 5", "Event 4"]


@pytest.mark.parametrize("kind", ["directory.country", "directory.person", "bodies.body", "directory.organisation"])
def test_last_contacts_and_next_events_are_printed_with_their_gaps_said(kind: str) -> None:
    printed = {one.key for one in blocks_of(kind) if one.is_printed and one.gap}
    last = "last_contacts" if model_of(kind) is Country else "events"
    assert {last, "next_events"} <= printed


def met(one: Side, other: Side, user: User, day: date = DAY) -> set[str]:
    """The titles of the events of both."""
    return {str(event) for event in events_of_both(one, other, day, user)}


def test_people_met_where_both_took_part(officer: User, home: Country, abroad: Country) -> None:
    ours, theirs, third = (makers.a_person(country=country) for country in (home, abroad, makers.a_country()))
    for title, people, values in (
        ("Both", (ours, theirs), {}),
        ("Ours alone", (ours,), {}),
        ("With a third", (ours, third), {}),
        ("Not yet", (ours, theirs), {"since": "2015-06-01"}),
        ("Off", (ours, theirs), {"stage": "cancelled"}),
    ):
        event = an_event(title, **values)
        for person in people:
            takes_part(event, person)
    away = an_event("Away")
    takes_part(away, ours)
    takes_part(away, theirs, attendance="declined")
    for one, other in (
        (Side(person=ours), Side(person=theirs)),
        (Side(person=theirs), Side(country=home)),
        (Side(country=home), Side(country=abroad)),
        (Side(country=abroad), Side(country=home)),
        (Side(person=ours), Side(country=abroad)),
    ):
        assert met(one, other, officer) == {"Both"}
    assert met(Side(person=ours), Side(country=home), officer) == set()


def test_a_parliament_is_met_where_it_is_written_or_its_countrys_parliamentarians_come(
    officer: User, home: Country, abroad: Country
) -> None:
    parliament = makers.a_parliament(abroad)
    for title, values in (
        ("Written", {"parliament": parliament, "capacity": "diplomat"}),
        ("Parliamentarian", {"capacity": "parliamentarian"}),
        ("Diplomat", {"capacity": "diplomat"}),
        ("Of another", {"parliament": makers.a_parliament(abroad)}),
    ):
        event = an_event(title)
        takes_part(event, makers.a_person(country=home))
        takes_part(event, makers.a_person(country=abroad), **values)
    assert met(Side(country=home), Side(parliament=parliament), officer) == {"Written", "Parliamentarian"}


@pytest.mark.parametrize("hidden", ["event", "ours", "theirs", "person"])
def test_a_meeting_is_known_only_to_who_may_know_of_both_and_of_the_event(
    hidden: str, member: User, head: User, home: Country, abroad: Country
) -> None:
    def mark(what: str) -> dict[str, str]:
        return {"mark": "official"} if what == hidden else {}

    event = an_event("Talks", **mark("event"))
    takes_part(event, makers.a_person(country=home), **mark("ours"))
    takes_part(event, makers.a_person(country=abroad, **mark("person")), **mark("theirs"))
    sides = (Side(country=home), Side(country=abroad))
    assert met(*sides, head) == {"Talks"}
    assert met(*sides, member) == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="small tables are read whole elsewhere")
def test_who_met_whom_is_looked_up_by_indexes(officer: User, home: Country, abroad: Country) -> None:
    plan = events_of_both(Side(country=home), Side(country=abroad), DAY, officer).explain()
    # An event by its key, theirs by their country, ours beside them by event and country: nothing is read whole.
    assert "SCAN" not in plan
    assert plan.count("USING INDEX meetings_pa") == 2
    assert "(event_id=? AND country_id=?)" in plan


def page_of(client: Client, **asked: Any) -> Any:
    """The page as it answers."""
    return client.get(reverse("meetings:contacts"), {name: str(value) for name, value in asked.items()})


def test_the_page_says_who_met_whom_with_files_of_the_same_rows(desk: Client, home: Country, abroad: Country) -> None:
    event = an_event("Talks in Vilnius", country=abroad, level="speaker", place=written({"en": "Vilnius"}))
    takes_part(event, makers.a_person("Ours", "", country=home))
    takes_part(event, makers.a_person("Theirs", "", country=abroad))
    takes_part(event, None, printed_name="=Guest()", country=abroad)
    asked = {"with_country": f"#{abroad.pk}", "on": "2015-06-01"}
    page = page_of(desk, **asked)
    assert page.status_code == 200
    assert [head.label for head in page.context["table"].head()][2:4] == ["Homeland", "Abroad"]
    [row] = page.context["table"].values()
    assert row[2:5] == ["Ours", "Theirs, =Guest()", "speaker"]
    answer = page_of(desk, **asked, format="json").json()
    assert [one["one"] for one in answer["rows"]] == ["Ours"]
    lines = list(csv.reader(io.StringIO(page_of(desk, **asked, format="csv").content.decode("utf-8-sig"))))
    assert lines[-1][3:5] == ["Ours", "Theirs, =Guest()"]
    assert page_of(desk, **asked, format="xlsx").status_code == 200


def test_a_period_leaves_the_events_of_its_days(desk: Client, home: Country, abroad: Country) -> None:
    for title, since in (("Early", "2012-12-31"), ("Within", "2013"), ("Late", "2014-01-01")):
        event = an_event(title, since=since)
        for country in (home, abroad):
            takes_part(event, makers.a_person(country=country))
    page = page_of(desk, with_country=f"#{abroad.pk}", since="2013-01-01", until="2013-12-31", on="2015-06-01")
    assert [str(row) for row in page.context["table"].rows] == ["Within"]


def test_the_page_asks_as_many_queries_however_many_met(desk: Client, home: Country, abroad: Country) -> None:
    counts = []
    for _round in range(2):
        for number in range(4):
            event = an_event(f"Talks {number}")
            for country in (home, home, abroad):
                takes_part(event, makers.a_person(country=country))
        with CaptureQueriesContext(connection) as asked:
            assert page_of(desk, with_country=f"#{abroad.pk}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"with_country": "Nowhere at all"}, "with_country"),
        ({"since": "2013-01-01"}, "with_person"),
        ({"since": "2014-01-01", "until": "2013-01-01"}, "until"),
        ({"since": "yesterday"}, "since"),
    ],
)
def test_what_makes_no_sense_is_said_in_place(desk: Client, home: Country, asked: dict[str, str], field: str) -> None:
    page = page_of(desk, **asked)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert page_of(desk, **asked, format="csv").status_code == 400


def test_the_page_is_for_who_may_view_events(client: Client, desk: Client) -> None:
    assert page_of(desk).status_code == 200
    client.logout()
    assert page_of(client).status_code == 302
