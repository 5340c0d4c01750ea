"""A new event from an old one: what comes along, what begins anew, what stays behind."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.meetings.actions.copying import Part, copy_event
from interparl.meetings.models import (
    AgendaItem,
    Booking,
    Event,
    EventPartner,
    ItemPerson,
    Participation,
    ProgrammeItem,
    Topic,
    Track,
)
from tests.makers import a_user, kept, the_home_parliament
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = date(2016, 3, 1)


@pytest.fixture
def visit() -> Event:
    """A visit with something of every kind."""
    home = the_home_parliament()
    event: Event = kept(
        Event(
            kind="incoming-visit",
            title=written({"en": "Visit"}),
            since="2015-05-27",
            until="2015-05-30",
            begins="10:00",
            zone="Europe/Minsk",
            stage="closed",
        )
    )
    ours = a_record(Participation, event=event, parliament=home, attendance="present", role=written({"en": "Chair"}))
    theirs = a_record(Participation, event=event, person=None, printed_name="Mr Example", instead_of=ours)
    a_record(Participation, event=event, mark="official")
    track = a_record(Track, event=event)
    item = a_record(ProgrammeItem, event=event, day=date(2015, 5, 28), begins="11:00", track=track, talks=event)
    kept(ItemPerson(event=event, item=item, participation=theirs))
    a_record(Booking, event=event, item=item, day=date(2015, 5, 28), is_confirmed=True)
    upper = a_record(AgendaItem, event=event, ours=ours, state="closed", record=written({"en": "Agreed"}))
    a_record(AgendaItem, event=event, parent=upper)
    a_record(AgendaItem, event=event, approves=a_record(Event))
    a_record(Topic, event=event)
    a_record(EventPartner, event=event)
    return event


def test_everything_comes_along_and_begins_anew_when_all_is_ticked(visit: Event, officer: User) -> None:
    new = copy_event(visit, first_day=DAY, take=Part.values, by=officer)
    new.refresh_from_db()
    assert (new.since, new.until, new.begins, new.stage, new.follows) == (
        "2016-03-01",
        "2016-03-04",
        "10:00",
        "idea",
        visit,
    )
    ours, theirs = Participation.objects.filter(event=new).order_by("pk")
    assert (ours.attendance, ours.role, theirs.printed_name, theirs.instead_of) == ("expected", {}, "Mr Example", ours)
    item = ProgrammeItem.objects.get(event=new)
    assert (item.day, item.begins, item.talks, item.track.event if item.track else None) == (
        date(2016, 3, 2),
        "11:00",
        None,
        new,
    )
    assert ItemPerson.objects.get(event=new).participation == theirs
    booking = Booking.objects.get(event=new)
    assert (booking.item, booking.day, booking.is_confirmed) == (item, date(2016, 3, 2), False)
    upper, part = AgendaItem.objects.filter(event=new).order_by("pk")
    assert (upper.state, upper.record, upper.ours, part.parent) == ("open", {}, ours, upper)
    assert (Topic.objects.filter(event=new).count(), EventPartner.objects.filter(event=new).count()) == (1, 1)


def test_only_what_is_ticked_comes_along_when_a_part_is_left_out(visit: Event, officer: User) -> None:
    new = copy_event(visit, first_day=DAY, take=[Part.THEIRS, Part.BOOKINGS, Part.AGENDA], by=officer)
    theirs = Participation.objects.get(event=new)
    assert (theirs.printed_name, theirs.instead_of) == ("Mr Example", None)
    assert Booking.objects.get(event=new).item is None
    assert {item.ours for item in AgendaItem.objects.filter(event=new)} == {None}
    for model in (ProgrammeItem, Track, ItemPerson, Topic, EventPartner):
        assert not model.objects.filter(event=new).exists()


def test_history_names_the_old_event_by_its_key_alone_when_one_was_made_from_it(visit: Event, officer: User) -> None:
    new = copy_event(visit, first_day=DAY, take=(), by=officer)
    entry = Entry.objects.get(kind="meetings.event", object_id=new.pk)
    assert (entry.verb, entry.changes["follows"], entry.note, entry.user) == ("copied", [None, visit.pk], "", officer)


def test_one_whose_days_are_not_known_is_copied_for_a_day_when_that_is_asked(officer: User) -> None:
    old = kept(Event(kind="session", title=written({"en": "Session"}), since="2015", zone="Europe/Minsk"))
    new = copy_event(old, first_day=DAY, take=Part.values, by=officer)
    assert (new.since, new.until) == ("2016-03-01", "2016-03-01")


def test_nothing_is_copied_when_the_user_may_not_add(visit: Event) -> None:
    with pytest.raises(PermissionDenied):
        copy_event(visit, first_day=DAY, take=(), by=a_user("auditor"))


def test_a_new_event_is_made_from_the_page_when_a_day_is_given(visit: Event, client: Client, officer: User) -> None:
    client.force_login(officer)
    url = reverse("meetings:event-copy", args=(visit.pk,))
    assert client.get(url).status_code == 200
    for day in ("", "never", "0001-01-01"):
        page = client.post(url, {"day": day, "take": ["ours", "programme"]})
        assert (page.status_code, Event.objects.filter(follows=visit).count()) == (422, 0)
        assert page.context["form"]["take"].value() == ["ours", "programme"]
    assert client.post(url, {"day": "2016-03-01", "take": ["people"]}).status_code == 422
    answer = client.post(url, {"day": "2016-03-01", "take": ["ours", "programme"]})
    new = Event.objects.get(follows=visit)
    assert answer["Location"] == reverse("meetings:event-show", args=(new.pk,))


def test_the_page_is_refused_or_not_there_when_the_reader_may_not(visit: Event, client: Client) -> None:
    secret = a_record(Event, mark="official")
    client.force_login(a_user("auditor"))
    assert client.get(reverse("meetings:event-copy", args=(visit.pk,))).status_code == 403
    client.force_login(a_user())
    assert client.get(reverse("meetings:event-copy", args=(secret.pk,))).status_code == 404
