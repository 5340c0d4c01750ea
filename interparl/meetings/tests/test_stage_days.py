"""Stages over time: put off and taken up again, gone back from, by when they are due, what cancelling does."""

from __future__ import annotations

from datetime import date

import pytest

from interparl.core.days import today
from interparl.core.models import Entry
from interparl.core.workflow import Asked
from interparl.core.writing import Refused
from interparl.meetings.models import Booking, Event, Participation, Resource, Stage, StageDay
from interparl.meetings.tests.ways import an_event, everything
from interparl.meetings.workflow import event_workflow, is_over, planned_days
from tests.makers import a_user
from tests.samples import a_record

pytestmark = pytest.mark.django_db


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


def test_a_day_that_the_officer_may_not_know_of_follows_unseen() -> None:
    officer, event = a_user(), an_event("other")
    row = a_record(StageDay, event=event, stage="planned", mark="official", reached_on="")
    event_workflow.make("plan", event, Asked(officer, today()))
    row.refresh_from_db()
    assert row.reached_on == today().isoformat()
    assert Entry.objects.filter(kind="meetings.stageday", object_id=row.pk).latest("pk").user is None


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
