"""The first page of the desk: two weeks, the day by the hour, contacts next to it; nothing of what is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.tables import Table
from interparl.core.translated import written
from interparl.directory.models import Country, Portfolio
from interparl.meetings.models import EventPartner, ProgrammeItem, SittingDay, StageDay
from interparl.meetings.tests.calendar_cases import an_event, stands_on
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> None:
    stands_on()


def home(client: Client, user: User, query: str = "") -> Any:
    client.force_login(user)
    answer = client.get(f"/desk/{query}")
    assert answer.status_code == 200
    return answer


def mine(user: User, name: str = "Alba") -> Country:
    country = makers.a_country(name=name)
    makers.kept(Portfolio(user=user, country=country))
    return country


def test_the_heading_says_the_day_and_what_is_on(client: Client, officer: User) -> None:
    ours = makers.the_home_parliament()
    abroad = makers.a_country()
    makers.kept(SittingDay(chamber=makers.a_chamber(ours, name="House"), day=date(2015, 5, 14), begins="10:00"))
    an_event("Away", "2015-05-13", "2015-05-15", kind="outgoing-visit", where=abroad)
    an_event("Assembly", "2015-05-14", kind="session", where=abroad)
    an_event("Guests", "2015-05-27", kind="incoming-visit", where=ours.country)
    an_event("Guests later", "2015-05-29", kind="incoming-visit", where=ours.country)
    page = home(client, officer)
    assert page.context["day_words"] == "Thursday 14 May 2015"
    assert page.context["fortnight"].said == [
        "House sits 10:00",
        "2 delegations abroad",
        "1 visit to us in the next two weeks",
    ]


def test_the_strip_has_fifteen_days_with_bars_and_deadlines(client: Client, officer: User) -> None:
    event = an_event("Guests", "2015-05-27", "2015-05-30", kind="incoming-visit")
    makers.kept(StageDay(event=event, stage="cleared", planned_on="2015-05-22"))
    makers.kept(StageDay(event=event, stage="invited", planned_on="2015-05-16", reached_on="2015-05-10"))
    fortnight = home(client, officer).context["fortnight"]
    assert [(day.number, day.name) for day in fortnight.days][:3] == [(14, "Today"), (15, "Fri"), (16, "Sat")]
    assert len(fortnight.days) == 15
    assert [(one.label, one.kind, one.column, one.span) for one in fortnight.items] == [
        ("Programme approved: Guests", "deadline", 9, 3),
        ("Guests", "theirs", 14, 2),
    ]


def test_a_fifth_bar_of_a_day_is_counted(client: Client, officer: User) -> None:
    for number in range(5):
        an_event(f"Talks {number}", "2015-05-15")
    items = home(client, officer).context["fortnight"].items
    assert [(one.label, one.lane) for one in items if one.kind == "more"] == [("2 more", 4)]


def test_the_day_by_the_hour_has_the_programme_of_my_events_alone(client: Client, officer: User) -> None:
    for name, country in (("Mine", mine(officer)), ("Other", makers.a_country())):
        event = an_event(name, "2015-05-14", country=country)
        makers.kept(
            ProgrammeItem(event=event, day=date(2015, 5, 14), begins="11:00", text=written({"en": f"Item of {name}"}))
        )
    hours = home(client, officer).context["hours"]
    assert [line.label for line in hours] == ["Mine", "Other", "Item of Mine"]


def test_my_countries_have_their_last_contact_and_what_comes_next(client: Client, officer: User) -> None:
    country, beside = mine(officer), mine(officer, "Borea")
    an_event("Older", "2014-03-05", country=country, stage="closed")
    an_event("Held", "2015-03-05", country=country, stage="held")
    an_event("Never held", "2015-04-05", country=country, stage="confirmed")
    an_event("Called off", "2015-05-20", country=country, stage="cancelled")
    an_event("Next", "2015-06-01", country=country)
    an_event("Later", "2015-07-01", country=country)
    several = an_event("With several", "2015-05-30", kind="session")
    makers.kept(EventPartner(event=several, country=beside))
    table: Table[Portfolio] = home(client, officer).context["portfolio"]
    cells = [(values[-2], values[-1]) for values in table.values()]
    assert cells == [("5 March 2015", "Next"), ("", "With several")]


def test_a_day_of_the_past_is_read_as_of_that_day(client: Client, officer: User) -> None:
    an_event("Then", "2015-02-03")
    page = home(client, officer, "?on=2015-02-03")
    assert [line.label for line in page.context["hours"]] == ["Then"]
    assert page.context["fortnight"].days[0].name == "Tue"


def test_a_closed_event_changes_nothing_for_who_may_not_know_of_it(client: Client) -> None:
    user = makers.a_user("protocol_officer")
    makers.the_home_parliament()
    country = mine(user)
    page = home(client, user)
    before = (page.context["fortnight"], list(page.context["portfolio"].values()))
    event = an_event("Hidden", "2015-05-14", country=country, kind="incoming-visit", mark="official", stage="held")
    an_event("Hidden before", "2015-05-01", country=country, mark="official", stage="held")
    makers.kept(StageDay(event=event, stage="cleared", planned_on="2015-05-15"))
    page = home(client, user)
    assert (page.context["fortnight"], list(page.context["portfolio"].values())) == before
    assert "Hidden" not in page.content.decode()


def test_the_first_page_asks_as_many_queries_when_more_takes_place(client: Client, officer: User) -> None:
    makers.the_home_parliament()
    numbers = []
    for _round in range(2):
        for _row in range(3):
            country = mine(officer)
            event = an_event("Guests", "2015-05-14", country=country, kind="incoming-visit")
            makers.kept(StageDay(event=event, stage="cleared", planned_on="2015-05-15"))
            an_event("Before", "2015-05-01", country=country, stage="held")
            makers.kept(
                ProgrammeItem(event=event, day=date(2015, 5, 14), begins="11:00", text=written({"en": "Talks"}))
            )
        home(client, officer)
        with CaptureQueriesContext(connection) as asked:
            home(client, officer)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


def test_the_printed_day_is_reached_from_the_first_page(client: Client, officer: User) -> None:
    an_event("Talks", "2015-05-14", begins="10:00")
    [link] = [one for one in home(client, officer).context["hours_links"] if "pdf" in one.url]
    answer = client.get(link.url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
