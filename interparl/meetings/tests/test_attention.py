"""What needs attention in meetings, and that nothing of what a reader may not know of is told or counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.hooks import every_attention
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.meetings.attention import with_clashes
from interparl.meetings.blocks.clashes import clashes_of
from interparl.meetings.models import Booking, Event, KeptClash, TalkText
from interparl.meetings.tests.test_occupying import a_resource, an_event, an_item, takes_part
from tests.makers import BY, a_person, a_reading, a_user, kept

pytestmark = pytest.mark.django_db
DAY = date(2015, 5, 1)
HOURS: dict[str, Any] = {"begins": "10:00", "ends": "11:00"}


def told(user: User, day: date = DAY) -> list[tuple[str, int]]:
    """The rules and the events that the reader is told of."""
    rules = [rule for rule in every_attention() if rule.model is Event and user.has_perm(rule.permission)]
    known = Event.objects.visible_to(user)
    return sorted((rule.key, one.pk) for rule in rules for one in rule.narrow(known, day, user))


@pytest.fixture
def officer() -> User:
    """Who may change what is not restricted."""
    return a_user("desk_officer")


def two_talks(**values: Any) -> tuple[Event, Event]:
    """The same person in two talks at one time."""
    person = a_person()
    mine, other = an_event(**HOURS), an_event(**HOURS, **values)
    takes_part(mine, person)
    takes_part(other, person)
    return mine, other


def test_both_events_are_told_when_a_person_is_in_both(officer: User) -> None:
    mine, other = two_talks()
    assert told(officer) == [("event-clashes", mine.pk), ("event-clashes", other.pk)]


def test_both_events_are_told_when_a_room_is_in_both(officer: User) -> None:
    room = a_resource()
    mine, other = an_event(**HOURS), an_event(**HOURS)
    for event in (mine, other):
        kept(Booking(event=event, resource=room))
    assert told(officer) == [("event-clashes", mine.pk), ("event-clashes", other.pk)]


@pytest.mark.parametrize("day", [date(2015, 3, 1), date(2015, 5, 15)])
def test_a_clash_is_not_told_when_it_is_far_off_or_over(day: date, officer: User) -> None:
    two_talks()
    assert told(officer, day) == []


def test_nothing_is_told_of_a_clash_of_which_the_reader_may_not_know_one_side(officer: User) -> None:
    mine, other = two_talks(mark="official")
    assert told(officer) == []
    assert told(a_user("head_of_department")) == [("event-clashes", mine.pk), ("event-clashes", other.pk)]


def test_nothing_is_told_when_one_participation_is_hidden(officer: User) -> None:
    person = a_person()
    mine, other = an_event(**HOURS), an_event(**HOURS)
    takes_part(mine, person)
    takes_part(other, person, mark="official")
    assert told(officer) == []


@pytest.mark.parametrize("role", ["member", "leadership", "auditor", "ministry_liaison"])
def test_who_cannot_do_anything_about_it_is_not_told(role: str) -> None:
    two_talks()
    assert told(a_user(role)) == []


def test_a_kept_clash_is_told_of_the_other_event_alone(officer: User) -> None:
    mine, other = two_talks()
    [clash] = clashes_of(mine, a_reading(officer))
    kept(KeptClash(event=mine, key=clash.key, reason="He leaves earlier"))
    assert told(officer) == [("event-clashes", other.pk)]
    person = a_person()
    takes_part(mine, person)
    takes_part(other, person)
    assert told(officer) == [("event-clashes", mine.pk), ("event-clashes", other.pk)]


def test_events_that_belong_together_are_not_told(officer: User) -> None:
    person, visit = a_person(), an_event("2015-05-13", until="2015-05-16", title=written({"en": "Visit"}))
    talks, slot = an_event(within=visit, **HOURS), an_event("2015-05-15", **HOURS)
    for event in (visit, talks, slot):
        takes_part(event, person)
    an_item(visit, day=date(2015, 5, 15), talks=slot)
    assert told(officer) == []


def _asked(number: int, officer: User) -> int:
    for _pair in range(number):
        two_talks()
    with CaptureQueriesContext(connection) as caught:
        assert with_clashes(Event.objects.visible_to(officer), DAY, officer).count() >= 2 * number
    return len(caught)


def test_as_many_queries_are_asked_for_many_clashes_as_for_few(officer: User) -> None:
    assert _asked(2, officer) == _asked(8, officer) < 12


def staged(stage: str, since: str, **values: Any) -> Event:
    """An event at that stage."""
    event = an_event(since, **values)
    with change(event, by=BY) as held:
        held.stage = stage
    return event


def test_a_visit_without_a_programme_is_told_before_it_begins(officer: User) -> None:
    soon = staged("drafting", "2015-05-14", kind="incoming-visit")
    staged("drafting", "2015-05-20", kind="incoming-visit")
    staged("idea", "2015-05-14", kind="incoming-visit")
    planned = staged("drafting", "2015-05-14", kind="outgoing-visit")
    an_item(planned)
    assert told(officer) == [("event-without-programme", soon.pk)]


def test_an_invitation_without_an_answer_is_told_a_month_before(officer: User) -> None:
    soon = staged("invited", "2015-05-30", kind="session")
    staged("invited", "2015-06-10", kind="session")
    staged("accepted", "2015-05-30", kind="session")
    assert told(officer) == [("event-without-answer", soon.pk)]


def test_a_visit_without_a_report_is_told_after_ten_working_days(officer: User) -> None:
    visit = staged("held", "2015-05-13", until="2015-05-15", kind="outgoing-visit")
    assert told(officer, date(2015, 5, 29)) == []
    assert told(officer, date(2015, 6, 1)) == [("event-without-report", visit.pk)]


def test_talks_without_a_record_are_told_after_three_days(officer: User) -> None:
    talks = staged("held", "2015-05-14")
    assert told(officer, date(2015, 5, 16)) == []
    assert told(officer, date(2015, 5, 17)) == [("talks-without-record", talks.pk)]
    kept(TalkText(event=talks, text=written({"en": "They spoke"})))
    assert told(officer, date(2015, 5, 17)) == []


@pytest.mark.parametrize("stage", ["invited", "held", "drafting"])
def test_a_restricted_event_is_told_to_nobody_who_may_not_know_of_it(stage: str, officer: User) -> None:
    staged(stage, "2015-05-05", kind="incoming-visit", mark="official")
    staged("held", "2015-05-05", mark="official")
    for day in (DAY, date(2015, 6, 20)):
        assert told(officer, day) == []
    assert told(a_user("head_of_department"), DAY) or told(a_user("head_of_department"), date(2015, 6, 20))
