"""An event moves by days: what moves with it, what is refused with its place, and that nothing is half done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.core.writing import Refused
from interparl.exchange.actions import undo
from interparl.meetings.actions import move_event
from interparl.meetings.models import Booking, Event, Participation, ProgrammeItem, Statement
from tests.makers import a_user
from tests.samples import a_record

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2015, 5, 27), date(2015, 5, 30)
REASON = "The chamber sits on the first day"


def a_visit(**values: Any) -> Event:
    """A visit of four days in Minsk."""
    days = {"since": FIRST.isoformat(), "until": LAST.isoformat()}
    made: Event = a_record(Event, **{"zone": "Europe/Minsk", "stage": "drafting", **days, **values})
    return made


def days_of(event: Event) -> tuple[str, str]:
    """First and last day as they are stored."""
    event.refresh_from_db()
    return event.since, event.until


def test_everything_with_a_day_moves_by_as_many_days(officer: User) -> None:
    visit = a_visit(begins="10:00")
    item = a_record(ProgrammeItem, event=visit, day=date(2015, 5, 28), begins="09:00")
    booking = a_record(Booking, event=visit, day=LAST)
    whole = a_record(Booking, event=visit)
    statement = a_record(Statement, event=visit, day=FIRST)
    guest = a_record(Participation, event=visit, arrives_on=date(2015, 5, 26), leaves_on=LAST)
    move_event(visit, since=date(2015, 5, 29), by=officer, reason=REASON)
    assert days_of(visit) == ("2015-05-29", "2015-06-01")
    assert visit.begins_at is not None
    assert visit.begins_at.isoformat() == "2015-05-29T07:00:00+00:00"
    for row in (item, booking, whole, statement, guest):
        row.refresh_from_db()
    assert (item.day, item.begins_at.isoformat()) == (date(2015, 5, 30), "2015-05-30T06:00:00+00:00")
    assert (booking.day, whole.day, statement.day) == (date(2015, 6, 1), None, date(2015, 5, 29))
    assert (guest.arrives_on, guest.leaves_on) == (date(2015, 5, 28), date(2015, 6, 1))
    assert item.questioned == []


def test_each_row_has_a_line_of_history_with_the_reason(officer: User) -> None:
    visit = a_visit()
    item = a_record(ProgrammeItem, event=visit, day=FIRST)
    batch = move_event(visit, since=date(2015, 5, 25), by=officer, reason=REASON)
    lines = Entry.objects.filter(batch=batch.pk)
    assert {(line.kind, line.object_id, line.verb, line.note) for line in lines} == {
        ("meetings.event", visit.pk, "event-moved", REASON),
        ("meetings.programmeitem", item.pk, "event-moved", REASON),
    }


def test_it_is_taken_back_whole(officer: User) -> None:
    visit = a_visit()
    item = a_record(ProgrammeItem, event=visit, day=FIRST)
    batch = move_event(visit, since=date(2015, 6, 3), by=officer, reason=REASON)
    undo(batch, by=officer)
    item.refresh_from_db()
    assert (days_of(visit), item.day) == (("2015-05-27", "2015-05-30"), FIRST)


def test_nothing_moves_when_an_hour_does_not_exist_there(officer: User) -> None:
    visit = a_visit(zone="Europe/Riga", since="2015-03-26", until="2015-03-28")
    item = a_record(ProgrammeItem, event=visit, day=date(2015, 3, 27), begins="03:30")
    other = a_record(ProgrammeItem, event=visit, day=date(2015, 3, 27), begins="09:00")
    with pytest.raises(Refused, match="03:30 does not exist there on 29 Mar 2015") as refusal:
        move_event(visit, since=date(2015, 3, 28), by=officer, reason=REASON)
    assert "Item of a programme" in refusal.value.messages[0]
    for row in (item, other):
        row.refresh_from_db()
        assert row.day == date(2015, 3, 27)
    assert days_of(visit) == ("2015-03-26", "2015-03-28")


def test_a_booked_hour_that_does_not_exist_is_refused_too(officer: User) -> None:
    visit = a_visit(zone="Europe/Riga", since="2015-03-26", until="2015-03-26")
    a_record(Booking, event=visit, day=date(2015, 3, 26), begins="03:30", ends="05:00")
    with pytest.raises(Refused, match="Booking, 03:30: 03:30 does not exist there"):
        move_event(visit, since=date(2015, 3, 29), by=officer, reason=REASON)


def test_the_events_own_hour_that_does_not_exist_is_refused(officer: User) -> None:
    visit = a_visit(zone="Europe/Riga", since="2015-03-26", until="2015-03-26", begins="03:30")
    with pytest.raises(Refused, match="03:30 does not exist there"):
        move_event(visit, since=date(2015, 3, 29), by=officer, reason=REASON)


def test_a_day_that_never_was_is_refused_at_its_place(officer: User) -> None:
    visit = a_visit(zone="Pacific/Apia", since="2011-12-27", until="2011-12-27")
    a_record(ProgrammeItem, event=visit, day=date(2011, 12, 27), begins="10:00")
    with pytest.raises(Refused, match="10:00 does not exist there on 30 Dec 2011"):
        move_event(visit, since=date(2011, 12, 30), by=officer, reason=REASON)


def test_what_would_lie_outside_is_refused_when_the_event_becomes_shorter(officer: User) -> None:
    visit = a_visit()
    a_record(ProgrammeItem, event=visit, day=LAST)
    with pytest.raises(Refused, match="4 June 2015 would lie outside the new days of the event"):
        move_event(visit, since=date(2015, 6, 1), until=date(2015, 6, 3), by=officer, reason=REASON)
    assert days_of(visit) == ("2015-05-27", "2015-05-30")


def test_what_the_officer_may_not_know_of_moves_along_unseen(officer: User) -> None:
    visit = a_visit()
    hidden = a_record(ProgrammeItem, event=visit, day=FIRST, mark="official")
    batch = move_event(visit, since=date(2015, 5, 28), by=officer, reason=REASON)
    hidden.refresh_from_db()
    assert hidden.day == date(2015, 5, 28)
    assert batch.counts["written"] == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"since": "2015-05", "until": "2015-05"}, "not known exactly"),
        ({"stage": "held"}, "took place"),
        ({"stage": "cancelled"}, "will not take place"),
    ],
)
def test_an_event_without_days_to_move_is_refused(officer: User, values: dict[str, str], words: str) -> None:
    visit = a_visit(kind="incoming-visit", **values)
    with pytest.raises(Refused, match=words):
        move_event(visit, since=date(2015, 6, 1), by=officer, reason=REASON)


@pytest.mark.parametrize(
    ("since", "until", "reason", "words"),
    [
        (FIRST, None, REASON, "on these days already"),
        (date(2015, 6, 1), date(2015, 5, 31), REASON, "before the first"),
        (date(2015, 6, 1), None, "  ", "Write the reason"),
        (date(9999, 12, 31), None, REASON, "no calendar"),
    ],
)
def test_bad_days_are_refused(officer: User, since: date, until: date | None, reason: str, words: str) -> None:
    visit = a_visit()
    with pytest.raises(Refused, match=words):
        move_event(visit, since=since, until=until, by=officer, reason=reason)
    assert days_of(visit) == ("2015-05-27", "2015-05-30")


def test_who_may_not_change_the_event_may_not_move_it() -> None:
    visit = a_visit()
    with pytest.raises(PermissionDenied):
        move_event(visit, since=date(2015, 6, 1), by=a_user("member"), reason=REASON)
    assert days_of(visit) == ("2015-05-27", "2015-05-30")
