"""Open conditions: who goes on without what, with a reason; what history, page and another language say of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.bodies.models import Membership
from interparl.core.days import today
from interparl.core.history import entries_of, lines
from interparl.core.models import Entry
from interparl.core.sealing import digest_of
from interparl.core.workflow import Asked
from interparl.core.writing import CONDITIONS, Refused, change
from interparl.directory.models import Portfolio
from interparl.meetings.blocks.stages import StageBar, card_of, passed_over
from interparl.meetings.models import (
    AgendaItem,
    Booking,
    Event,
    Participation,
    ProgrammeItem,
    StageDay,
    Statement,
    TalkText,
)
from interparl.meetings.tests.ways import an_event, may_make
from interparl.meetings.workflow import event_workflow
from interparl.tasks.models import Clearance
from tests.makers import BY, a_body, a_country, a_membership, a_person, a_reading, a_user, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
# What may be overridden: kind, stage, step, the name in the history and what is said.
CASES = [
    ("incoming-visit", "drafting", "send-for-clearance", "event-bookings", "2 bookings are not confirmed"),
    ("incoming-visit", "cleared", "confirm-logistics", "event-bookings", "2 bookings are not confirmed"),
    ("talks", "held", "note", "event-text", "Nothing is written down"),
    ("talks", "agreed", "distribute-record", "event-record", "no record of the talks"),
    ("sitting", "control", "close", "event-items", "2 items of the agenda are still open"),
    ("session", "received", "clear-positions", "event-positions", "2 statements are not cleared yet"),
    ("conference", "invited", "accept", "event-decision", "Name the decision"),
    ("observation", "invited", "accept", "event-decision", "Name the decision"),
    ("observation", "accredited", "brief", "event-head", "Name the head"),
]
every_case = pytest.mark.parametrize(("kind", "stage", "step", "name", "words"), CASES)
# Who goes on with a reason; protocol asks the desk.
MAY_OVERRIDE = {"administrator", "head_of_department", "desk_officer"}


def open_event(kind: str, stage: str, **values: Any) -> Event:
    """An event of which the condition is open, and nothing else."""
    event = an_event(kind, stage, **values)
    if stage == "drafting":
        a_record(ProgrammeItem, event=event, day=event.since_earliest)
    for _time in range(2):
        if kind == "incoming-visit":
            a_record(Booking, event=event)
        if kind == "sitting":
            a_record(AgendaItem, event=event, series=None)
        if kind == "session":
            speech = a_record(Statement, event=event)
            a_record(Clearance, kind="meetings.statement", object_id=speech.pk)
    return event


def offer(event: Event, step: str, user: User) -> Any:
    """The step as the user is offered it."""
    return next(one for one in event_workflow.offered(event, user) if one.name == step)


def seen(event: Event, step: str, user: User) -> frozenset[str]:
    """What a form with that step carries."""
    return frozenset(one.seen for one in offer(event, step, user).awaited)


def overridden(reason: str = "The hotel promised it by telephone") -> tuple[Event, User]:
    """A visit whose logistics were confirmed without the confirmation of two bookings."""
    officer, event = a_user(), open_event("incoming-visit", "cleared")
    shown = seen(event, "confirm-logistics", officer)
    event_workflow.make("confirm-logistics", event, Asked(officer, today(), reason, shown))
    return event, officer


@pytest.mark.parametrize("role", sorted(ROLES))
@every_case
def test_who_may_goes_on_with_a_reason_and_nobody_else(
    kind: str, stage: str, step: str, name: str, words: str, role: str
) -> None:
    user, event = a_user(role), open_event(kind, stage)
    found = [one for one in event_workflow.offered(event, user) if one.name == step]
    if not may_make(role, step):
        assert found == []
        return
    [one] = found
    is_his = role in MAY_OVERRIDE
    assert ([each.name for each in one.awaited], one.asks_for_reason) == (([name], True) if is_his else ([], False))
    assert words in (one.awaited[0].words if is_his else one.open_condition)
    asked = Asked(user, today(), "It cannot wait", frozenset(each.seen for each in one.awaited))
    if not is_his:
        with pytest.raises(Refused, match=words):
            event_workflow.make(step, event, asked)
        return
    event_workflow.make(step, event, asked)
    entry = Entry.objects.filter(kind="meetings.event", object_id=event.pk).latest("pk")
    assert (entry.without, entry.note, entry.user) == (name, "It cannot wait", user)
    assert entry.digest == digest_of(entry)


@pytest.mark.parametrize("is_his", [True, False])
def test_a_secretary_goes_on_with_a_reason_for_his_own_body_alone(is_his: bool) -> None:
    secretary, body = a_user("delegation_secretary"), a_body()
    if is_his:
        a_membership(body, a_person(user=secretary), role=Membership.Role.SECRETARY, since="2000")
        del secretary.standing
    event = open_event("sitting", "control", body=body)
    found = {one.name: [each.name for each in one.awaited] for one in event_workflow.offered(event, secretary)}
    assert found == ({"close": ["event-items"]} if is_his else {})


@every_case
def test_nothing_is_overridden_without_a_reason_or_unseen(
    kind: str, stage: str, step: str, name: str, words: str
) -> None:
    officer, event = a_user(), open_event(kind, stage)
    shown = seen(event, step, officer)
    with pytest.raises(Refused, match="Write the reason"):
        event_workflow.make(step, event, Asked(officer, today(), "  ", shown))
    # A step of many at once, or one of the worklist, shows no condition and so overrides none.
    with pytest.raises(Refused, match=words):
        event_workflow.make(step, event, Asked(officer, today(), "A reason for many"))
    event.refresh_from_db()
    assert (event.stage, StageDay.objects.filter(event=event).exists()) == (stage, False)
    assert name in CONDITIONS


def test_what_came_open_since_is_not_overridden() -> None:
    officer, event = a_user(), open_event("incoming-visit", "cleared")
    shown = seen(event, "confirm-logistics", officer)
    a_record(Booking, event=event)
    with pytest.raises(Refused, match="3 bookings"):
        event_workflow.make("confirm-logistics", event, Asked(officer, today(), "The hotel promised it", shown))
    assert event.stage == "cleared"


def test_what_was_done_meanwhile_is_not_said_to_have_been_open() -> None:
    officer, event = a_user(), open_event("sitting", "control")
    shown = seen(event, "close", officer)
    for item in event.agenda.all():
        with change(item, by=BY) as held:
            held.state = AgendaItem.State.DEFERRED
    event_workflow.make("close", event, Asked(officer, today(), "They wait for the next one", shown))
    assert Entry.objects.filter(kind="meetings.event", object_id=event.pk).latest("pk").without == ""


def test_the_digest_of_an_entry_covers_what_was_open() -> None:
    event, _officer = overridden()
    entry = Entry.objects.filter(kind="meetings.event", object_id=event.pk).latest("pk")
    entry.without = ""
    assert entry.digest != digest_of(entry)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Made without: confirmation of all bookings."),
        ("ru", "Сделано без: подтверждения всех бронирований."),
        ("be", "Зроблена без: пацвярджэння ўсіх браніраванняў."),
    ],
)
def test_history_and_page_say_it_in_the_language_of_the_reader(language: str, words: str) -> None:
    event, officer = overridden()
    with override(language):
        reading = a_reading(officer, language=language)
        said = [line.without for line in lines(list(entries_of(("meetings.event", event.pk))), reading)]
        assert words in said
        shown = passed_over(event, reading)
    assert shown[0] == words
    assert "The hotel promised it by telephone" in shown[1]


def test_the_page_says_what_was_open_to_who_only_reads_it(client: Client) -> None:
    event, _officer = overridden()
    client.force_login(a_user("auditor"))
    for page in (f"/desk/events/{event.pk}/", f"/desk/events/{event.pk}/history/"):
        text = client.get(page).text
        assert "Made without: confirmation of all bookings." in text
        assert "The hotel promised it by telephone" in text


def test_nothing_is_said_of_a_stage_that_was_reached_with_all_there(officer: User) -> None:
    event = an_event("incoming-visit", "cleared")
    event_workflow.make("confirm-logistics", event, Asked(officer, today(), "All is there"))
    assert passed_over(event, a_reading(officer)) == []


def card_for(event: Event, user: User) -> dict[str, Any]:
    """The card of steps as the user has it."""
    return card_of(event, StageBar(event, a_reading(user)), event_workflow.offered(event, user))


def test_the_card_says_what_is_open_and_that_it_may_be_overridden() -> None:
    officer, event = a_user(), open_event("incoming-visit", "cleared")
    card = card_for(event, officer)
    assert (card["primary"].refused, str(card["primary"].label)) == ("", "Confirm the logistics")
    assert card["said"][:2] == [
        "1 thing is still open: 2 bookings are not confirmed yet.",
        "You may take the step now with a written reason.",
    ]
    protocol = card_for(event, a_user("protocol_officer"))
    assert protocol["primary"].refused == "2 bookings are not confirmed yet."


def test_the_card_says_whose_step_an_approval_is(officer: User) -> None:
    event = an_event("incoming-visit", "clearance")
    a_record(ProgrammeItem, event=event, day=event.since_earliest)
    words = "Approve the programme: this step is for those who approve (Head of department, Leadership)."
    card = card_for(event, officer)
    assert (card["primary"], words in card["said"]) == (None, True)
    for role in ("head_of_department", "leadership"):
        card = card_for(event, a_user(role))
        assert (str(card["primary"].label), words in card["said"]) == ("Approve the programme", False)


FORM = r'name="seen" value="([^"]*)"'


def test_the_form_lists_what_is_open_asks_for_the_reason_and_makes_the_step(client: Client, officer: User) -> None:
    client.force_login(officer)
    event = open_event("incoming-visit", "cleared")
    page = f"/desk/events/{event.pk}/move/confirm-logistics/"
    shown = client.get(page).text
    assert "2 bookings are not confirmed yet." in shown
    assert "with a written reason" in shown
    carried = re.findall(FORM, shown)
    assert carried == ["event-bookings:2"]
    assert client.post(page, {"seen": carried, "reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Nothing was shown"}).status_code == 422
    # Another editor books a car meanwhile: the form comes back with what is open now and with what was typed.
    a_record(Booking, event=event)
    again = client.post(page, {"seen": carried, "reason": "The hotel promised it"})
    assert again.status_code == 422
    assert ("3 bookings are not confirmed yet." in again.text, "The hotel promised it" in again.text) == (True, True)
    assert re.findall(FORM, again.text) == ["event-bookings:3"]
    answer = client.post(page, {"seen": re.findall(FORM, again.text), "reason": "The hotel promised it"})
    assert (answer.status_code, Event.objects.get(pk=event.pk).stage) == (302, "ready")


def test_a_condition_tells_nothing_of_what_is_marked_higher(officer: User) -> None:
    event = an_event("sitting", "control")
    a_record(AgendaItem, event=event, series=None, mark="official")
    one = offer(event, "close", officer)
    assert (one.open_condition, one.awaited) == ("", ())
    talks = an_event("talks", "held")
    a_record(TalkText, event=talks, kind=TalkText.Kind.RECORD, mark="official")
    without = offer(talks, "note", officer)
    assert [each.name for each in without.awaited] == ["event-text"]
    mission = an_event("observation", "accredited")
    a_record(Participation, event=mission, function=Participation.Function.HEAD, mark="official")
    assert [each.name for each in offer(mission, "brief", officer).awaited] == ["event-head"]


@pytest.mark.parametrize("is_written", [True, False])
def test_protocol_is_told_nothing_of_what_was_said_in_talks(is_written: bool) -> None:
    protocol = a_user("protocol_officer")
    for stage in ("held", "noted", "agreed"):
        talks = an_event("talks", stage)
        if is_written:
            a_record(TalkText, event=talks, kind=TalkText.Kind.RECORD)
        assert event_workflow.offered(talks, protocol) == []
        assert card_for(talks, protocol) == {}


def test_who_may_not_know_of_the_event_learns_nothing_of_an_override(client: Client) -> None:
    officer, country = a_user(), a_country()
    kept(Portfolio(country=country, user=officer))
    del officer.standing
    event = open_event("incoming-visit", "cleared", country=country, mark="official")
    shown = seen(event, "confirm-logistics", officer)
    event_workflow.make("confirm-logistics", event, Asked(officer, today(), "Hushhush", shown))
    other = a_user()
    client.force_login(other)
    for page in ("", "history/", "move/begin/"):
        assert client.get(f"/desk/events/{event.pk}/{page}").status_code == 404
    assert lines(list(entries_of(("meetings.event", event.pk))), a_reading(other)) == []
