"""What is for official use leaves no trace in the calendar, but for "busy" in that of one colleague."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.models import ReadEntry
from interparl.core.translated import written
from interparl.directory.models import Person
from interparl.meetings.models import Event, Occupation, Participation, ProgrammeItem, StageDay
from interparl.meetings.tests.calendar_cases import an_event, page, stands_on
from tests import makers

pytestmark = pytest.mark.django_db
VIEWS = ("", "week/", "day/", "year/", "list/", "board/?kind=incoming-visit", "monday/")


@pytest.fixture(autouse=True)
def _today() -> None:
    stands_on()


def closed_visit(**values: Any) -> Event:
    event = an_event("Hidden visit", "2015-05-14", "2015-05-15", kind="incoming-visit", mark="official", **values)
    makers.kept(Participation(event=event, printed_name="Hidden guest", function="head", mark="official"))
    makers.kept(StageDay(event=event, stage="cleared", planned_on="2015-05-15", mark="official"))
    makers.kept(
        ProgrammeItem(
            event=event, day=date(2015, 5, 14), begins="10:00", text=written({"en": "Hidden item"}), mark="official"
        )
    )
    return event


def words(client: Client, user: User, view: str) -> str:
    client.force_login(user)
    answer = client.get(f"/desk/calendar/{view}")
    assert answer.status_code == 200
    return same_each_time(answer)


def same_each_time(answer: Any) -> str:
    """The page without the signs that are made anew for each."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


@pytest.mark.parametrize("view", VIEWS)
def test_a_closed_visit_changes_no_page_of_who_may_not_know_of_it(view: str, client: Client) -> None:
    user = makers.a_user("protocol_officer")
    for number in range(4):
        an_event(f"Open {number}", "2015-05-14", kind="incoming-visit")
    before = words(client, user, view)
    closed_visit()
    assert words(client, user, view) == before
    assert "Hidden" not in before


@pytest.mark.parametrize("view", VIEWS)
def test_a_closed_visit_is_shown_to_who_may_know_of_it_and_that_is_logged(
    view: str, client: Client, head: User
) -> None:
    event = closed_visit()
    assert "Hidden visit" in words(client, head, view)
    assert ReadEntry.objects.filter(user=head, kind="meetings.event", object_id=event.pk).exists()


def test_the_sheet_names_the_highest_mark_of_what_is_on_it(client: Client, head: User) -> None:
    closed_visit()
    reader = makers.a_user("protocol_officer")
    assert page(client, reader, "monday/").context["mark"] == "internal"
    assert page(client, head, "monday/").context["mark"] == "official"


def test_a_person_whom_the_reader_may_not_know_of_is_as_one_who_is_not_there(client: Client) -> None:
    user, person = makers.a_user("protocol_officer"), makers.a_person("Hidden", mark="official")
    missing = str(person.pk + 1_000_000)
    hidden = same_each_time(page(client, user, person=str(person.pk)))
    absent = same_each_time(page(client, user, person=missing))
    assert hidden.replace(f"#{person.pk}", "") == absent.replace(f"#{missing}", "").replace(
        f"person={missing}", f"person={person.pk}"
    )


def taken(person: Person, event: Event, begins: int, ends: int, mark: str = "official") -> None:
    Occupation.objects.create(
        event=event,
        person=person,
        begins_at=datetime(2015, 5, 14, begins, tzinfo=UTC),
        ends_at=datetime(2015, 5, 14, ends, tzinfo=UTC),
        zone="Asia/Tokyo",
        source_kind="meetings.event",
        source_id=event.pk,
        mark=mark,
    )


@pytest.fixture
def colleague(settings: Any) -> Person:
    """A colleague who is taken twice by what is closed, and once by what is not."""
    person = makers.a_person("Example")
    hidden, known = an_event("Hidden talks", "2015-05-14", mark="official"), an_event("Open talks", "2015-05-14")
    makers.kept(Participation(event=hidden, person=person, mark="official"))
    makers.kept(Participation(event=known, person=person))
    taken(person, hidden, 7, 9)
    taken(person, hidden, 8, 10)
    taken(person, known, 12, 13, mark="internal")
    return person


def shown(client: Client, user: User, person: Person) -> list[tuple[str, str]]:
    answer = page(client, user, "day/", person=str(person.pk))
    [part] = answer.context["parts"]
    return [(line.hours, line.label) for line in part.lines]


def test_the_calendar_of_a_colleague_says_busy_and_no_more(client: Client, colleague: Person) -> None:
    user = makers.a_user("protocol_officer")
    assert shown(client, user, colleague) == [("", "Busy"), ("", "Open talks")]
    answer = page(client, user, "day/", person=str(colleague.pk)).content.decode()
    assert "Hidden" not in answer
    assert "Tokyo" not in answer


@pytest.mark.parametrize("role", ["ministry_liaison"])
def test_a_stranger_is_told_nothing(role: str, client: Client, colleague: Person, member: User) -> None:
    assert ("", "Busy") not in shown(client, member, colleague)
    answer = page(client, makers.a_user(role), "day/", person=str(colleague.pk)).content.decode()
    assert "Busy" not in answer


def test_who_may_know_of_the_talks_sees_them_instead(client: Client, head: User, colleague: Person) -> None:
    assert shown(client, head, colleague) == [("", "Hidden talks"), ("", "Open talks")]


def test_other_calendars_say_nothing_of_a_closed_meeting(client: Client, colleague: Person) -> None:
    answer = page(client, makers.a_user("protocol_officer"), "day/").content.decode()
    assert "Busy" not in answer
    assert colleague.pk


def test_a_foreign_person_is_never_said_to_be_busy(client: Client, colleague: Person) -> None:
    makers.the_home_parliament()
    foreign = makers.a_person("Guest", country=makers.a_country())
    taken(foreign, Event.objects.get(title__en__text="Hidden talks"), 7, 9)
    assert shown(client, makers.a_user("protocol_officer"), foreign) == []
