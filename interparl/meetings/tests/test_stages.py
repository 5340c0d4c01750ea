"""Stages of events: kind × stage × role × move, what each leaves behind, what is said when it may not be made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.core.days import today
from interparl.core.history import VERBS
from interparl.core.models import Entry
from interparl.core.workflow import Asked
from interparl.core.writing import Refused, change
from interparl.meetings.models import (
    AgendaItem,
    Booking,
    Event,
    Kind,
    Outcome,
    Participation,
    ProgrammeItem,
    Resource,
    Stage,
    StageDay,
    TalkText,
    Topic,
)
from interparl.meetings.workflow import event_workflow, is_over, planned_days
from tests.makers import BY, a_decision, a_user
from tests.samples import a_record

pytestmark = pytest.mark.django_db
MAY_MOVE = {"administrator", "head_of_department", "desk_officer"}

# Copied from domain 2 by hand: what may be done from each stage and where it leads; nothing here is read from the code.
STOP = "postpone>postponed cancel>cancelled"
BACK_TO_WORK = "reopen>"
WAYS: dict[str, dict[str, str]] = {
    "incoming-visit": {
        "idea": f"propose>proposed {STOP}",
        "proposed": f"plan>planned approve-invitation>invitation-approved {STOP}",
        "planned": f"approve-invitation>invitation-approved {STOP}",
        "invitation-approved": f"invite>invited {STOP}",
        "invited": f"accept>accepted decline>declined {STOP}",
        "accepted": f"draft-programme>drafting {STOP}",
        "drafting": f"send-for-clearance>clearance {STOP}",
        "clearance": f"approve-programme>cleared return>drafting {STOP}",
        "cleared": f"confirm-logistics>ready return>drafting {STOP}",
        "ready": f"begin>under-way {STOP}",
        "under-way": f"hold>held {STOP}",
        "held": "report>reported",
        "reported": "follow-up>follow-up close>closed return>held",
        "follow-up": "close>closed",
        "closed": "reopen>follow-up",
    },
    "outgoing-visit": {
        "idea": f"request>requested {STOP}",
        "requested": f"check>checked refuse>refused {STOP}",
        "checked": f"consent>consented refuse>refused return>requested {STOP}",
        "consented": f"ask-for-position>position refuse>refused return>requested {STOP}",
        "position": f"confirm>confirmed refuse>refused return>requested {STOP}",
        "confirmed": f"assign>assigned {STOP}",
        "assigned": f"brief>briefed {STOP}",
        "briefed": f"book>booked {STOP}",
        "booked": f"begin>under-way {STOP}",
        "under-way": f"hold>held {STOP}",
        "held": "report>reported",
        "reported": "distribute>distributed close>closed return>held",
        "distributed": "close>closed",
        "closed": "reopen>distributed",
    },
    "talks": {
        "idea": f"request>requested {STOP}",
        "requested": f"confirm>confirmed decline>declined {STOP}",
        "confirmed": f"brief>briefed hold>held {STOP}",
        "briefed": f"hold>held {STOP}",
        "held": "note>noted",
        "noted": "agree>agreed",
        "agreed": "distribute>distributed",
        "distributed": "close>closed",
        "closed": "reopen>distributed",
    },
    "session": {
        "idea": f"announce>announced {STOP}",
        "announced": f"convene>convened {STOP}",
        "convened": f"compose>composed {STOP}",
        "composed": f"register>registered {STOP}",
        "registered": f"receive-documents>received {STOP}",
        "received": f"clear-positions>positions {STOP}",
        "positions": f"open-session>in-session {STOP}",
        "in-session": f"record-results>recorded {STOP}",
        "recorded": "report>reported",
        "reported": "follow-up>follow-up close>closed",
        "follow-up": "close>closed",
        "closed": "reopen>follow-up",
    },
    "sitting": {
        "idea": f"agree-date>dated {STOP}",
        "dated": f"exchange-agenda>agenda {STOP}",
        "agenda": f"ready-papers>papers {STOP}",
        "papers": f"prepare>prepared {STOP}",
        "prepared": f"exchange-draft>draft-protocol {STOP}",
        "draft-protocol": f"hold>held {STOP}",
        "held": "sign>signed",
        "signed": "distribute>distributed",
        "distributed": "control>control",
        "control": "close>closed",
        "closed": "reopen>control",
    },
    "conference": {
        "idea": f"invite>invited {STOP}",
        "invited": f"accept>accepted decline>declined {STOP}",
        "accepted": f"choose-level>level-chosen {STOP}",
        "level-chosen": f"compose>composed {STOP}",
        "composed": f"settle-themes>themes {STOP}",
        "themes": f"comment>commented begin>under-way {STOP}",
        "commented": f"begin>under-way {STOP}",
        "under-way": f"adopt>adopted follow-up>follow-up {STOP}",
        "adopted": "follow-up>follow-up",
        "follow-up": "close>closed",
        "closed": "reopen>follow-up",
    },
    "observation": {
        "idea": f"invite>invited {STOP}",
        "invited": f"accept>accepted decline>declined {STOP}",
        "accepted": f"nominate>nominated {STOP}",
        "nominated": f"accredit>accredited {STOP}",
        "accredited": f"brief>briefed {STOP}",
        "briefed": f"deploy>deployed {STOP}",
        "deployed": f"state>stated {STOP}",
        "stated": "report>reported",
        "reported": "close>closed",
        "closed": "reopen>reported",
    },
    "other": {
        "idea": f"plan>planned {STOP}",
        "planned": f"confirm>confirmed {STOP}",
        "confirmed": f"hold>held {STOP}",
        "held": "report>reported close>closed",
        "reported": "close>closed",
        "closed": "reopen>reported",
    },
}
OFF_THE_WAY = {
    "postponed": "resume>idea cancel>cancelled",
    "cancelled": "revive>idea",
    "declined": "revive>idea",
    "refused": "revive>idea",
}
ASTRAY = "restart>idea cancel>cancelled"
WITH_REASON = {"postpone", "cancel", "decline", "refuse", "return", "revive", "reopen", "restart"}
EVERY_STAGE = [stage.value for stage in Stage]
CASES = [(kind, stage) for kind in WAYS for stage in EVERY_STAGE]


def expected(kind: str, stage: str) -> dict[str, str]:
    """The moves from the stage, each with the stage that it leads to."""
    row = WAYS[kind].get(stage) or OFF_THE_WAY.get(stage) or ASTRAY
    return dict(one.split(">") for one in row.split())


def an_event(kind: str, stage: str = "idea", days: int = 0, **values: Any) -> Event:
    """An event of so many days ago that is ready for every step."""
    first = today() - timedelta(days=days)
    made: Event = a_record(
        Event,
        **{"kind": kind, "stage": stage, "since": first.isoformat(), "until": first.isoformat(), **values},
    )
    return made


def everything(event: Event) -> Event:
    """The event with all that a step may ask for."""
    with change(event, by=BY) as held:
        held.decided_by = a_decision()
    day = event.since_earliest
    a_record(ProgrammeItem, event=event, day=day)
    a_record(Participation, event=event, function=Participation.Function.HEAD)
    a_record(AgendaItem, event=event, series=None, state=AgendaItem.State.DISCUSSED)
    a_record(Topic, event=event)
    a_record(Outcome, event=event, kind=Outcome.Kind.DECLARATION)
    a_record(TalkText, event=event, kind=TalkText.Kind.RECORD)
    return event


def test_the_table_of_the_test_knows_every_kind() -> None:
    assert set(WAYS) == set(Kind.values)


def test_names_of_moves_are_unique_and_every_verb_has_words() -> None:
    names = [move.name for move in event_workflow.moves]
    assert len(names) == len(set(names))
    assert {f"event-{stage}" for stage in EVERY_STAGE} <= set(VERBS)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_moves_are_offered_when_kind_stage_and_role_fit(role: str) -> None:
    user = a_user(role)
    wrong = []
    for kind, stage in CASES:
        event = Event(pk=1, kind=kind, stage=stage, since="2014-05-01")
        event.prepare()
        offered = {move.name: move.needs_reason for move in event_workflow.offered(event, user)}
        wanted = {name: name in WITH_REASON for name in expected(kind, stage)} if role in MAY_MOVE else {}
        if offered != wanted:
            wrong.append((kind, stage, offered, wanted))
    assert wrong == []


def test_the_first_offered_is_the_usual_step_of_the_kind() -> None:
    user = a_user()
    for kind, row in WAYS.items():
        for stage, moves in row.items():
            event = Event(pk=1, kind=kind, stage=stage, since="2014-05-01")
            first = event_workflow.offered(event, user)[0]
            assert first.name == moves.split(">", 1)[0], (kind, stage)


@pytest.mark.parametrize(("kind", "stage"), [(kind, stage) for kind, stage in CASES if stage in WAYS[kind]])
def test_a_move_leads_to_its_stage_with_day_and_history(kind: str, stage: str) -> None:
    officer = a_user()
    for name, target in expected(kind, stage).items():
        event = everything(an_event(kind, stage))
        event_workflow.make(name, event, Asked(officer, today(), "It was agreed so"))
        event.refresh_from_db()
        entry = Entry.objects.filter(kind="meetings.event", object_id=event.pk).latest("pk")
        assert (event.stage, entry.user, entry.note) == (target, officer, "It was agreed so"), name
        assert "stage" in entry.changes
        assert entry.verb in VERBS
        day = StageDay.objects.get(event=event, stage=target)
        assert day.reached_on == today().isoformat()
        assert event.stage_before == (stage if target in {"postponed", "cancelled", "declined", "refused"} else "")


@pytest.mark.parametrize(("kind", "stage"), CASES)
def test_every_other_move_is_refused_from_that_stage(kind: str, stage: str) -> None:
    officer = User(username="officer", role="desk_officer")
    event = Event(pk=1, kind=kind, stage=stage, since="2014-05-01")
    for move in event_workflow.moves:
        if move.name not in expected(kind, stage):
            with pytest.raises(Refused, match="is not possible now"):
                event_workflow.make(move.name, event, Asked(officer, today(), "Why not"))


@pytest.mark.parametrize("role", sorted(set(ROLES) - MAY_MOVE))
def test_who_may_not_move_is_refused_every_move(role: str) -> None:
    user, event = a_user(role), an_event("talks", "requested")
    for move in event_workflow.moves:
        with pytest.raises(PermissionDenied):
            event_workflow.make(move.name, event, Asked(user, today(), "Why not"))
    event.refresh_from_db()
    assert event.stage == "requested"


@pytest.mark.parametrize("name", sorted(WITH_REASON))
def test_a_move_that_asks_for_a_reason_is_refused_without_one(name: str) -> None:
    officer = User(username="officer", role="desk_officer")
    kind, stage = next((kind, stage) for kind, stage in CASES if name in expected(kind, stage))
    with pytest.raises(Refused, match="Write the reason"):
        event_workflow.make(name, Event(pk=1, kind=kind, stage=stage), Asked(officer, today(), " "))


@pytest.mark.parametrize(
    ("kind", "stage", "name", "words"),
    [
        ("incoming-visit", "proposed", "approve-invitation", "Name the decision"),
        ("incoming-visit", "planned", "approve-invitation", "Name the decision"),
        ("incoming-visit", "invitation-approved", "invite", "Name the decision"),
        ("incoming-visit", "drafting", "send-for-clearance", "no items"),
        ("incoming-visit", "clearance", "approve-programme", "no items"),
        ("outgoing-visit", "position", "confirm", "Name the decision"),
        ("outgoing-visit", "confirmed", "assign", "who takes part"),
        ("talks", "held", "note", "Nothing is written down"),
        ("talks", "agreed", "distribute", "no record"),
        ("session", "convened", "compose", "who takes part"),
        ("sitting", "dated", "exchange-agenda", "no items"),
        ("sitting", "signed", "distribute", "nothing to distribute"),
        ("conference", "invited", "accept", "Name the decision"),
        ("conference", "level-chosen", "compose", "who takes part"),
        ("conference", "composed", "settle-themes", "themes first"),
        ("conference", "under-way", "adopt", "declaration first"),
        ("observation", "invited", "accept", "Name the decision"),
        ("observation", "accepted", "nominate", "who takes part"),
        ("observation", "accredited", "brief", "head of the mission"),
    ],
)
def test_what_is_open_is_said_and_refused(kind: str, stage: str, name: str, words: str) -> None:
    officer, event = a_user(), an_event(kind, stage)
    offered = {move.name: move.open_condition for move in event_workflow.offered(event, officer)}
    assert words in offered[name]
    with pytest.raises(Refused, match=words):
        event_workflow.make(name, event, Asked(officer, today(), "All the same"))
    assert not StageDay.objects.filter(event=event).exists()


def test_a_sitting_is_not_closed_when_an_item_of_its_agenda_is_open() -> None:
    officer, event = a_user(), an_event("sitting", "control")
    item = a_record(AgendaItem, event=event, series=None)
    with pytest.raises(Refused, match="1 item of the agenda is still open"):
        event_workflow.make("close", event, Asked(officer, today()))
    with change(item, by=BY) as held:
        held.state = AgendaItem.State.DEFERRED
    event_workflow.make("close", event, Asked(officer, today()))
    assert event.stage == "closed"


def test_logistics_are_not_confirmed_when_a_booking_is_not() -> None:
    officer, event = a_user(), an_event("incoming-visit", "cleared")
    a_record(Booking, event=event)
    with pytest.raises(Refused, match="1 booking is not confirmed"):
        event_workflow.make("confirm-logistics", event, Asked(officer, today()))


def test_an_item_that_is_marked_higher_is_not_told_of() -> None:
    officer, event = a_user(), an_event("sitting", "control")
    a_record(AgendaItem, event=event, series=None, mark="official")
    assert [move.open_condition for move in event_workflow.offered(event, officer)] == [""]


@pytest.mark.parametrize(
    ("kind", "stage", "name"),
    [
        ("incoming-visit", "ready", "begin"),
        ("incoming-visit", "under-way", "hold"),
        ("outgoing-visit", "booked", "begin"),
        ("talks", "confirmed", "hold"),
        ("talks", "briefed", "hold"),
        ("session", "positions", "open-session"),
        ("sitting", "draft-protocol", "hold"),
        ("conference", "commented", "begin"),
        ("observation", "briefed", "deploy"),
        ("other", "confirmed", "hold"),
    ],
)
def test_nothing_takes_place_before_its_first_day(kind: str, stage: str, name: str) -> None:
    officer, event = a_user(), an_event(kind, stage, days=-1)
    with pytest.raises(Refused, match="does not begin before"):
        event_workflow.make(name, event, Asked(officer, today()))
    event = an_event(kind, stage)
    with pytest.raises(Refused, match="before the first day"):
        event_workflow.make(name, event, Asked(officer, today() - timedelta(days=1)))
    event_workflow.make(name, event, Asked(officer, today()))
    assert event.stage != stage


def test_an_event_is_not_under_way_when_its_days_are_not_exact() -> None:
    event = an_event("incoming-visit", "ready", since="2014-05", until="2014-05")
    with pytest.raises(Refused, match="not known exactly"):
        event_workflow.make("begin", event, Asked(a_user(), today()))


def test_no_step_is_noted_for_a_day_to_come() -> None:
    event = an_event("other")
    with pytest.raises(Refused, match="still to come"):
        event_workflow.make("plan", event, Asked(a_user(), today() + timedelta(days=1)))


def test_a_postponed_event_goes_on_where_it_stood_even_when_cancelled_between() -> None:
    officer, event = a_user(), an_event("incoming-visit", "drafting")
    for name in ("postpone", "cancel"):
        event_workflow.make(name, event, Asked(officer, today(), "The partner asked for it"))
    assert (event.stage, event.stage_before) == ("cancelled", "drafting")
    event_workflow.make("revive", event, Asked(officer, today(), "They come after all"))
    assert (event.stage, event.stage_before) == ("drafting", "")
    reached = dict(StageDay.objects.filter(event=event).values_list("stage", "reached_on"))
    assert reached == {"postponed": "", "cancelled": "", "drafting": today().isoformat()}


def test_a_stage_is_reached_no_more_when_the_event_goes_back() -> None:
    officer, event = a_user(), everything(an_event("incoming-visit", "drafting"))
    event_workflow.make("send-for-clearance", event, Asked(officer, today()))
    StageDay.objects.get(event=event, stage="clearance")
    event_workflow.make("return", event, Asked(officer, today(), "The ministry wants another hotel"))
    reached = dict(StageDay.objects.filter(event=event).values_list("stage", "reached_on"))
    assert reached == {"clearance": "", "drafting": today().isoformat()}
    assert Entry.objects.filter(kind="meetings.event").latest("pk").verb == "event-returned"


def test_a_planned_day_stays_when_the_stage_is_reached() -> None:
    officer, event = a_user(), an_event("other")
    row = a_record(StageDay, event=event, stage="planned", planned_on="2014-04", reached_on="")
    event_workflow.make("plan", event, Asked(officer, today()))
    row.refresh_from_db()
    assert (row.planned_on, row.reached_on) == ("2014-04", today().isoformat())


def test_the_second_of_two_is_refused_when_both_saw_the_same_stage() -> None:
    officer, event = a_user(), an_event("other")
    other = Event.objects.get(pk=event.pk)
    event_workflow.make("plan", event, Asked(officer, today()))
    with pytest.raises(Refused, match="is not possible now"):
        event_workflow.make("cancel", other, Asked(officer, today(), "Nobody comes"))
    event.refresh_from_db()
    assert event.stage == "planned"


def test_cancelling_names_what_is_freed_and_whom_the_reader_knows_to_be_told() -> None:
    officer, event = a_user(), an_event("incoming-visit", "drafting")
    keeper = a_user("protocol_officer")
    for _number in range(2):
        a_record(Booking, event=event, resource=a_record(Resource, keeper=keeper))
    a_record(Participation, event=event)
    a_record(Participation, event=event, mark="official")
    words = next(str(one.consequence) for one in event_workflow.offered(event, officer) if one.name == "cancel")
    assert "2 bookings of rooms, cars and interpreters are freed." in words
    assert "1 person who takes part has to be told." in words
    assert "1 person who keeps what was booked has to be told." in words


def test_an_event_begins_anew_when_its_kind_was_corrected() -> None:
    event = an_event("talks", "clearance")
    event_workflow.make("restart", event, Asked(a_user(), today(), "It was a visit by mistake"))
    assert event.stage == "idea"


@pytest.mark.parametrize(
    ("kind", "stage", "over"),
    [("talks", "briefed", False), ("talks", "held", True), ("talks", "closed", True), ("talks", "cancelled", False)],
)
def test_it_is_over_from_the_stage_in_which_it_took_place(kind: str, stage: str, over: bool) -> None:
    assert is_over(Event(kind=kind, stage=stage)) is over


def test_stages_are_due_so_many_working_days_before_and_after() -> None:
    event = an_event("incoming-visit", since="2015-05-27", until="2015-05-30")
    found = planned_days(event)
    assert found[Stage.CLEARANCE] == date(2015, 5, 20)
    assert found[Stage.CLEARED] == date(2015, 5, 22)
    assert found[Stage.UNDER_WAY] == date(2015, 5, 27)
    assert found[Stage.HELD] == date(2015, 5, 30)
    assert found[Stage.REPORTED] == date(2015, 6, 5)
    assert Stage.IDEA not in found


def test_nothing_is_due_when_the_days_are_not_exact() -> None:
    assert planned_days(an_event("talks", since="2015-05", until="2015-05")) == {}
