"""Ticking who takes part in an item and what is booked for it: all of it, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.meetings.models import Booking, ItemPerson, ProgrammeItem
from tests import makers
from tests.makers import kept
from tests.visits import Visit, a_resource, a_visit, an_event, an_item, set_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(db: None) -> Visit:
    """A visit whose second item has two people, a room and an interpreter."""
    return a_visit()


def page_of(item: ProgrammeItem) -> str:
    """Where it is ticked."""
    return f"/desk/programme-items/{item.pk}/people/"


def in_item(item: ProgrammeItem) -> tuple[set[int], set[int]]:
    """Who is in it and what is booked for it."""
    people = set(ItemPerson.objects.filter(item=item).values_list("participation", flat=True))
    return people, set(Booking.objects.filter(item=item).values_list("resource", flat=True))


def test_ticks_are_kept_together_and_come_back_ticked(visit: Visit, desk: Client) -> None:
    item, car = visit.items[1], a_resource("Car 5", "car")
    sent: dict[str, Any] = {
        "people": [visit.people[0].pk, visit.people[2].pk],
        "resources": [visit.room.pk, car.pk],
        "seen": desk.get(page_of(item)).context["form"]["seen"].value(),
    }
    answer = desk.post(page_of(item), sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/events/{visit.event.pk}/?day=2014-06-02")
    assert in_item(item) == (set(sent["people"]), set(sent["resources"]))
    booking = Booking.objects.get(item=item, resource=car)
    assert (booking.event, booking.day) == (visit.event, item.day)
    again = desk.get(page_of(item)).context["form"]
    assert set(again["people"].value()) == set(sent["people"])


def test_nothing_is_written_when_the_same_is_ticked(visit: Visit, desk: Client) -> None:
    item = visit.items[1]
    page, number = desk.get(page_of(item)), Entry.objects.count()
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("people", "resources", "seen")}
    assert desk.post(page_of(item), sent).status_code == 302
    assert Entry.objects.count() == number


def test_the_ticks_come_back_when_somebody_else_was_quicker(visit: Visit, desk: Client) -> None:
    item = visit.items[0]
    seen = desk.get(page_of(item)).context["form"]["seen"].value()
    kept(ItemPerson(event=visit.event, item=item, participation=visit.people[1]))
    sent = {"people": [visit.people[0].pk], "seen": seen}
    answer = desk.post(page_of(item), sent)
    assert (answer.status_code, in_item(item)) == (422, ({visit.people[1].pk}, set()))
    assert "Somebody has changed people or bookings" in answer.content.decode()
    again = answer.context["form"]
    assert again["people"].value() == [str(visit.people[0].pk)]
    assert desk.post(page_of(item), sent | {"seen": again["seen"].value()}).status_code == 302
    assert in_item(item) == ({visit.people[0].pk}, set())


def test_somebody_of_another_event_is_refused_at_the_field(visit: Visit, desk: Client) -> None:
    other, item = a_visit(), visit.items[0]
    seen = desk.get(page_of(item)).context["form"]["seen"].value()
    sent = {"people": [other.people[0].pk], "seen": seen}
    answer = desk.post(page_of(item), sent)
    assert (answer.status_code, list(answer.context["form"].errors), in_item(item)) == (422, ["people"], (set(), set()))


def test_rows_that_the_reader_may_not_know_of_are_not_shown_and_stay(visit: Visit, desk: Client) -> None:
    item = visit.items[1]
    secret = set_to(visit.people[1], mark="official")
    page = desk.get(page_of(item))
    assert "Follower" not in page.content.decode()
    sent = {"people": [], "seen": page.context["form"]["seen"].value()}
    assert desk.post(page_of(item), sent).status_code == 302
    assert in_item(item) == ({secret.pk}, set())


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("auditor", 403), ("desk_officer", 200)])
def test_only_who_changes_the_programme_ticks(role: str, status: int, visit: Visit, client: Client) -> None:
    user: User = makers.a_user(role)
    if role == "member":
        makers.sits(user)
        del user.standing
    client.force_login(user)
    assert client.get(page_of(visit.items[0])).status_code == status
    if status == 403:
        assert client.post(page_of(visit.items[0]), {"people": []}).status_code == 403


def test_an_event_without_people_says_so_and_leads_to_the_form(visit: Visit, desk: Client) -> None:
    page = desk.get(page_of(an_item(an_event()))).content.decode()
    assert ("Nobody is on the list of participants yet." in page, visit.room.name["en"]["text"] in page) == (True, True)
