"""Stages of events: kind × stage × role × move, what each leaves behind, what is said when it may not be made."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.core.days import today
from interparl.core.history import VERBS
from interparl.core.models import Entry
from interparl.core.workflow import Asked
from interparl.core.writing import CONDITIONS, Refused
from interparl.meetings.models import (
    Event,
    Kind,
    StageDay,
)
from interparl.meetings.tests.ways import (
    CASES,
    EVERY_STAGE,
    WAYS,
    WITH_REASON,
    an_event,
    everything,
    expected,
    may_make,
)
from interparl.meetings.workflow import event_workflow
from tests.makers import a_user

pytestmark = pytest.mark.django_db
HEAD = "head_of_department"


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
        wanted = {name: name in WITH_REASON for name in expected(kind, stage) if may_make(role, name)}
        if offered != wanted:
            wrong.append((kind, stage, offered, wanted))
    assert wrong == []


def test_the_first_offered_is_the_usual_step_of_the_kind() -> None:
    user = a_user(HEAD)
    for kind, row in WAYS.items():
        for stage, moves in row.items():
            event = Event(pk=1, kind=kind, stage=stage, since="2014-05-01")
            first = event_workflow.offered(event, user)[0]
            assert first.name == moves.split(">", 1)[0], (kind, stage)


@pytest.mark.parametrize(("kind", "stage"), [(kind, stage) for kind, stage in CASES if stage in WAYS[kind]])
def test_a_move_leads_to_its_stage_with_day_and_history(kind: str, stage: str) -> None:
    officer = a_user(HEAD)
    for name, target in expected(kind, stage).items():
        event = everything(an_event(kind, stage))
        event_workflow.make(name, event, Asked(officer, today(), "It was agreed so"))
        event.refresh_from_db()
        entry = Entry.objects.filter(kind="meetings.event", object_id=event.pk).latest("pk")
        assert (event.stage, entry.user, entry.note) == (target, officer, "It was agreed so"), name
        assert entry.without == ""
        assert "stage" in entry.changes
        assert entry.verb in VERBS
        day = StageDay.objects.get(event=event, stage=target)
        assert day.reached_on == today().isoformat()
        assert event.stage_before == (stage if target in {"postponed", "cancelled", "declined", "refused"} else "")


@pytest.mark.parametrize(("kind", "stage"), CASES)
def test_every_other_move_is_refused_from_that_stage(kind: str, stage: str) -> None:
    officer = User(username="head", role=HEAD)
    event = Event(pk=1, kind=kind, stage=stage, since="2014-05-01")
    for move in event_workflow.moves:
        if move.name not in expected(kind, stage):
            with pytest.raises(Refused, match="is not possible now"):
                event_workflow.make(move.name, event, Asked(officer, today(), "Why not"))


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_may_not_take_a_step_is_refused_it_everywhere(role: str) -> None:
    user, event = a_user(role), an_event("talks", "requested")
    for move in event_workflow.moves:
        if not may_make(role, move.name):
            with pytest.raises(PermissionDenied):
                event_workflow.make(move.name, event, Asked(user, today(), "Why not"))
    event.refresh_from_db()
    assert event.stage == "requested"


@pytest.mark.parametrize("name", sorted(WITH_REASON))
def test_a_move_that_asks_for_a_reason_is_refused_without_one(name: str) -> None:
    officer = User(username="head", role=HEAD)
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
        ("outgoing-visit", "position", "approve-visit", "Name the decision"),
        ("outgoing-visit", "confirmed", "assign", "who takes part"),
        ("session", "convened", "compose", "who takes part"),
        ("sitting", "dated", "exchange-agenda", "no items"),
        ("sitting", "signed", "distribute", "nothing to distribute"),
        ("conference", "accepted", "choose-level", "who leads"),
        ("conference", "level-chosen", "compose", "who takes part"),
        ("conference", "composed", "settle-themes", "themes first"),
        ("conference", "under-way", "adopt", "declaration first"),
        ("observation", "accepted", "nominate", "who takes part"),
    ],
)
def test_what_is_missing_is_said_and_refused_whatever_the_reason(kind: str, stage: str, name: str, words: str) -> None:
    officer, event = a_user(HEAD), an_event(kind, stage)
    offered = {move.name: (move.open_condition, move.awaited) for move in event_workflow.offered(event, officer)}
    assert words in offered[name][0]
    assert offered[name][1] == ()
    every = frozenset(f"{one}:1" for one in CONDITIONS)
    with pytest.raises(Refused, match=words):
        event_workflow.make(name, event, Asked(officer, today(), "All the same", every))
    assert not StageDay.objects.filter(event=event).exists()


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
    with pytest.raises(Refused, match="is still to come"):
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
