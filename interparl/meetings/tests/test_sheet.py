"""The sheet of fourteen days: what stands on it, what is missing, and the same on paper in three languages."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader

from interparl.accounts.models import User
from interparl.core.translated import written
from interparl.meetings.blocks.sheet import sheet_of
from interparl.meetings.models import Booking, Event, Participation, Resource, SittingDay, StageDay
from interparl.meetings.tests.calendar_cases import an_event, page, stands_on
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> None:
    stands_on()


def rows(user: User) -> list[tuple[str, str, str, str, str, str]]:
    sheet = sheet_of(Event.objects.all(), date(2015, 5, 14), date(2015, 5, 27), makers.a_reading(user))
    return [(line.day.isoformat(), line.hours, line.what, line.ours, line.theirs, line.missing) for line in sheet.lines]


def test_the_sheet_has_sittings_events_and_deadlines_by_day(officer: User) -> None:
    home = makers.the_home_parliament()
    makers.kept(SittingDay(chamber=makers.a_chamber(home, name="House"), day=date(2015, 5, 20), begins="10:00"))
    visit = an_event("Visit", "2015-05-13", "2015-05-15", kind="incoming-visit")
    an_event("Before", "2015-05-13")
    an_event("After", "2015-05-28")
    makers.kept(StageDay(event=visit, stage="reported", planned_on="2015-05-20"))
    assert rows(officer) == [
        ("2015-05-14", "", "Visit", "", "", ""),
        ("2015-05-20", "10:00", "House sits", "", "", ""),
        ("2015-05-20", "due", "Reported: Visit", "", "", ""),
    ]


def test_the_heads_of_both_sides_are_named(officer: User) -> None:
    home = makers.the_home_parliament()
    event = an_event("Talks", "2015-05-14")
    for name, function, country in (
        ("Our host", "host", home.country),
        ("Our member", "member", home.country),
        ("Their head", "head", makers.a_country()),
        ("Their other head", "head", makers.a_country()),
    ):
        makers.kept(Participation(event=event, printed_name=name, function=function, country=country))
    assert rows(officer) == [("2015-05-14", "", "Talks", "Our host", "Their head", "")]


def test_an_interpreter_and_a_room_are_missing_until_they_are_taken(officer: User) -> None:
    home = makers.the_home_parliament()
    event = an_event("Talks", "2015-05-14", begins="10:00", languages="ru vi", where=home.country)
    assert rows(officer)[0][-1] == "no interpreter, no room"
    room = makers.kept(Resource(kind="room", name=written({"en": "Room 310"})))
    makers.kept(Booking(event=event, resource=room))
    assert rows(officer)[0][-1] == "no interpreter"
    makers.kept(Participation(event=event, printed_name="Somebody", function="interpreter", interprets="ru-vi"))
    assert rows(officer)[0][-1] == ""


@pytest.mark.parametrize(("language", "words"), [("en", "Talks"), ("ru", "Переговоры"), ("be", "Перамовы")])
def test_the_sheet_is_one_printed_page_in_each_language(
    language: str, words: str, client: Client, officer: User
) -> None:
    for number in range(20):
        an_event("Meeting", f"2015-05-{14 + number % 14}", begins="10:00")
    named = written({"en": "Talks", "ru": "Переговоры", "be": "Перамовы"})
    makers.kept(Event(kind="talks", title=named, since="2015-05-14", stage="confirmed"))
    answer = page(client, officer, "monday/", format="pdf", lang=language)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    book = PdfReader(io.BytesIO(answer.content))
    assert len(book.pages) == 1
    assert words in book.pages[0].extract_text()


def test_what_is_closed_is_not_printed_and_the_mark_is_that_of_what_is(client: Client, head: User) -> None:
    an_event("Hidden talks", "2015-05-14", mark="official")
    texts = []
    for user in (makers.a_user("protocol_officer"), head):
        answer = page(client, user, "monday/", format="pdf")
        texts.append(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text())
    assert ["Hidden talks" in text for text in texts] == [False, True]
    assert ["For official use" in text for text in texts] == [False, True]


def test_a_language_that_is_not_there_is_refused(client: Client, officer: User) -> None:
    assert page(client, officer, "monday/", lang="xx").status_code == 400
    answer = page(client, officer, "monday/", lang="xx", format="pdf")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
