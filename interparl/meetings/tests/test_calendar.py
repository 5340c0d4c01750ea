"""The pages of the calendar: which events stand on which days, filters, sides, days that are open."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.translated import written
from interparl.directory.models import Portfolio
from interparl.meetings.models import EventPartner, Participation, ProgrammeItem, SittingDay
from interparl.meetings.pages.calendar.common import Line
from interparl.meetings.tests.calendar_cases import an_event, page, stands_on, text_of
from tests import makers

pytestmark = pytest.mark.django_db
VIEWS = ("", "week/", "day/", "year/", "list/", "board/", "monday/")


@pytest.fixture(autouse=True)
def _today() -> None:
    stands_on()


def lines(answer: Any) -> list[Line]:
    """The rows of days of a page."""
    return [line for line, _days, _bars in answer.context["lines"]]


def bars(answer: Any) -> dict[str, tuple[str, str]]:
    """The bars of a page by their name: kind, and first day."""
    return {bar.label: (bar.kind, bar.first) for line in lines(answer) for bar in line.bars if bar.kind != "more"}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_and_says_so_when_nothing_is_planned(view: str, desk: Client) -> None:
    answer = desk.get(f"/desk/calendar/{view}")
    assert answer.status_code == 200
    if view != "board/":
        assert "Nothing is planned" in answer.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_tells_what_is_wrong_with_a_day_and_shows_today(view: str, desk: Client) -> None:
    answer = desk.get(f"/desk/calendar/{view}?day=2015-02-30")
    assert answer.status_code == 400
    assert "names a day that no calendar has" in answer.content.decode()


def test_the_day_as_other_pages_write_it_leads_to_the_same_page(desk: Client) -> None:
    answer = desk.get("/desk/calendar/week/?kind=talks&on=2014-01-05")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/calendar/week/?kind=talks&day=2014-01-05")


def test_the_month_of_today_has_its_events_each_on_its_side(client: Client, officer: User) -> None:
    home = makers.the_home_parliament().country
    country = makers.a_country()
    an_event("In", "2015-05-04", "2015-05-06", kind="incoming-visit", country=country, where=home)
    an_event("Out", "2015-05-07", kind="outgoing-visit", country=country, where=country)
    an_event("All", "2015-05-08", kind="session", organisation=makers.an_organisation())
    an_event("Call", "2015-05-09", country=country, where=home)
    an_event("Gone", "2015-05-09", country=country, stage="cancelled")
    an_event("Later", "2015-06-20", country=country)
    found = bars(page(client, officer))
    assert {name: side for name, (side, _first) in found.items()} == {
        "In": "theirs",
        "Out": "ours",
        "All": "neutral",
        "Call": "theirs",
    }


def test_an_event_stands_on_the_days_of_its_place_when_these_are_others_at_home(client: Client, officer: User) -> None:
    an_event("Tokyo", "2015-05-14", begins="01:00", ends="02:00", zone="Asia/Tokyo")
    kept = bars(page(client, officer))
    assert kept == {"01:00 Tokyo": ("neutral", "2015-05-14")}
    assert "Tokyo" in text_of(page(client, officer, "day/", day="2015-05-14"))
    assert "Tokyo" not in text_of(page(client, officer, "day/", day="2015-05-13"))


def test_a_day_that_is_open_stands_below_the_months_in_which_it_may_be(client: Client, officer: User) -> None:
    an_event("Sometime in May", "2015-05")
    an_event("Sometime this year", "2015")
    may, june = page(client, officer), page(client, officer, day="2015-06-01")
    assert [row.title for row in may.context["open"]] == ["Sometime this year", "Sometime in May"]
    assert [row.title for row in june.context["open"]] == ["Sometime this year"]
    assert bars(may) == {}


def test_a_week_shows_four_lanes_and_says_on_which_day_how_many_more_there_are(client: Client, officer: User) -> None:
    for number in range(6):
        an_event(f"Talks {number}", "2015-05-14")
    answer = page(client, officer)
    [more] = [bar for line in lines(answer) for bar in line.bars if bar.kind == "more"]
    assert (more.label, more.column, more.address) == ("2 more", 4, "/desk/calendar/day/?day=2015-05-14")
    assert len(bars(answer)) == 4


def test_filters_stand_in_the_address_and_lead_on_to_other_days(client: Client, officer: User) -> None:
    country, body, person = makers.a_country(name="Alba"), makers.a_body(name="Group"), makers.a_person("Example")
    with_it, of_body, with_him, other = (an_event(name, "2015-05-14") for name in ("Beside", "Body", "Person", "Other"))
    makers.kept(EventPartner(event=with_it, country=country))
    makers.kept(Participation(event=with_him, person=person))
    makers.kept(Participation(event=other, person=person, attendance="declined"))
    an_event("Of the body", "2015-05-14", body=body)
    asked = {
        "Beside": {"country": str(country.pk)},
        "Of the body": {"body": str(body.pk)},
        "Person": {"person": str(person.pk)},
    }
    for name, query in asked.items():
        answer = page(client, officer, **query)
        assert set(bars(answer)) == {name}
        [(key, value)] = query.items()
        assert f"{key}={value}" in answer.context["tabs"][1].url
        assert len(answer.context["pills"]) == 1
    assert of_body.pk


def test_mine_are_those_of_my_portfolio(client: Client, officer: User) -> None:
    country = makers.a_country()
    makers.kept(Portfolio(user=officer, country=country))
    an_event("Mine", "2015-05-14", country=country)
    an_event("Not mine", "2015-05-14", country=makers.a_country())
    del officer.standing
    assert set(bars(page(client, officer, mine="on"))) == {"Mine"}


def test_a_filter_that_makes_no_sense_counts_as_not_asked_and_says_so(client: Client, officer: User) -> None:
    an_event("Talks", "2015-05-14")
    answer = page(client, officer, country="99999", kind="nothing")
    assert set(bars(answer)) == {"Talks"}
    assert "Nothing is called “#99999”" in answer.content.decode()


def test_the_day_is_told_by_the_hour_with_what_programmes_have_on_it(client: Client, officer: User) -> None:
    chamber = makers.a_chamber(name="House")
    makers.kept(SittingDay(chamber=chamber, day=date(2015, 5, 14), begins="10:00", ends="18:00"))
    visit = an_event("Visit", "2015-05-13", "2015-05-15", kind="incoming-visit")
    an_event("Early talks", "2015-05-14", begins="09:00")
    makers.kept(ProgrammeItem(event=visit, day=date(2015, 5, 14), begins="11:00", text=written({"en": "Wreaths"})))
    answer = page(client, officer, "day/")
    [part] = answer.context["parts"]
    assert [(line.hours, line.label) for line in part.lines] == [
        ("", "Visit"),
        ("09:00", "Early talks"),
        ("10:00–18:00", "Sitting: House"),
        ("11:00", "Wreaths"),
    ]
    assert "day 2 of 3" in part.lines[0].second


def test_a_sitting_day_is_marked_in_month_and_year(client: Client, officer: User) -> None:
    makers.kept(SittingDay(chamber=makers.a_chamber(name="House"), day=date(2015, 5, 20)))
    for view in ("", "year/"):
        answer = page(client, officer, view)
        sits = [day for line in lines(answer) for day in line.days if day.is_sitting]
        assert [(day.day, day.words) for day in sits] == [(date(2015, 5, 20), "Wednesday 20 May 2015, House sits")]


def test_the_year_has_twelve_rows_with_their_bars(client: Client, officer: User) -> None:
    an_event("Over the end", "2015-01-30", "2015-02-02")
    answer = page(client, officer, "year/")
    rows = [[(bar.label, bar.column, bar.span) for bar in line.bars] for line in lines(answer)]
    assert rows[:3] == [[("Over the end", 30, 2)], [("Over the end", 1, 2)], []]
    assert len(rows) == 12


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_asks_as_many_queries_when_there_are_more_events(view: str, client: Client, officer: User) -> None:
    makers.the_home_parliament()
    numbers = []
    for _round in range(2):
        for number in range(4):
            country = makers.a_country()
            event = an_event(f"Visit {number}", "2015-05-15", kind="incoming-visit", country=country)
            makers.kept(Participation(event=event, printed_name="Somebody", function="head", country=country))
            makers.kept(
                ProgrammeItem(event=event, day=date(2015, 5, 15), begins="11:00", text=written({"en": "Talks"}))
            )
        page(client, officer, view, day="2015-05-15")
        with CaptureQueriesContext(connection) as asked:
            page(client, officer, view, day="2015-05-15")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 17


def test_the_board_has_a_column_for_each_stage_with_the_next_step(client: Client, officer: User) -> None:
    event = an_event("Visit", "2015-05-20", kind="incoming-visit", stage="accepted")
    an_event("Closed", "2015-05-20", kind="incoming-visit", stage="closed")
    an_event("Last year", "2014-05-20", kind="incoming-visit", stage="accepted")
    an_event("Talks", "2015-05-20", stage="confirmed")
    answer = page(client, officer, "board/")
    columns = {column.stage: [card.label for card in column.cards] for column in answer.context["columns"]}
    assert list(columns)[:3] == ["idea", "proposed", "planned"]
    assert {stage: cards for stage, cards in columns.items() if cards} == {"accepted": ["Visit"]}
    assert f'href="/desk/events/{event.pk}/move/draft-programme/"' in text_of(answer)


def test_a_member_sees_the_board_without_steps(client: Client, member: User) -> None:
    an_event("Visit", "2015-05-20", kind="incoming-visit", stage="accepted")
    answer = page(client, member, "board/")
    assert [card.moves for column in answer.context["columns"] for card in column.cards] == [[]]
    assert "/move/" not in text_of(answer)


def test_who_has_not_signed_in_is_asked_to(client: Client) -> None:
    assert {client.get(f"/desk/calendar/{view}").status_code for view in VIEWS} == {302}


def test_an_event_is_moved_by_dragging_and_by_a_link_by_who_may_change_it(
    client: Client, officer: User, member: User
) -> None:
    event = an_event("Talks", "2015-05-14")
    there = f"/desk/events/{event.pk}/shift/"
    assert f'data-shift="{there}" data-first="2015-05-14"' in text_of(page(client, officer))
    assert f'href="{there}?since=2015-05-14"' in text_of(page(client, officer, "day/"))
    assert client.get(f"{there}?since=2015-05-16").status_code == 200
    for view in ("", "day/", "week/"):
        assert "/shift/" not in text_of(page(client, member, view))
