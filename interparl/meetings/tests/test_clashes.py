"""Clashes of an event: what collides, what a reader is told of it, and what he is not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES, WITHIN, Role
from interparl.core.addresses import address
from interparl.core.blocks import Clashes
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.directory.models import ChamberTerm, Country, Election, Person, Sensitivity
from interparl.meetings.blocks.clashes import (
    Clash,
    clashes_block,
    clashes_if,
    clashes_of,
    clashing,
    free_resources,
)
from interparl.meetings.models import Booking, Event, EventPartner, KeptClash, SittingDay
from interparl.meetings.rules.clashes import ClashKind
from interparl.meetings.tests.test_occupying import a_resource, an_event, an_item, in_item, takes_part
from tests.makers import (
    BY,
    a_body,
    a_chamber,
    a_convocation,
    a_country,
    a_mandate,
    a_parliament,
    a_person,
    a_reading,
    a_user,
    kept,
    sits,
    the_home_parliament,
)

pytestmark = pytest.mark.django_db
# A Thursday.
DAY = "2015-05-14"
HOURS: dict[str, Any] = {"begins": "10:00", "ends": "11:00"}


@pytest.fixture
def officer() -> User:
    """Who may change everything that is not restricted."""
    return a_user("desk_officer")


def found(event: Event, user: User) -> list[Clash]:
    """The clashes as this reader is told of them, read anew."""
    return clashes_of(Event.objects.get(pk=event.pk), a_reading(user))


def kinds(event: Event, user: User) -> list[str]:
    """What they are."""
    return [str(one.kind) for one in found(event, user)]


def two_talks(person: Person, **values: Any) -> tuple[Event, Event]:
    """Two talks that overlap, the same person in both."""
    mine = an_event(title=written({"en": "Mine"}), **HOURS)
    other = an_event(**{"title": written({"en": "Theirs"}), "begins": "10:30", "ends": "12:00"} | values)
    takes_part(mine, person)
    takes_part(other, person)
    return mine, other


def test_a_person_in_two_places_is_told_with_both_times(officer: User) -> None:
    mine, other = two_talks(a_person("Barysenka", "Maria"))
    [clash] = found(mine, officer)
    assert (clash.kind, clash.day, clash.is_kept) == (ClashKind.PERSON, date(2015, 5, 14), False)
    assert clash.title == "Maria Barysenka is in two places"
    assert "10:00–11:00 here" in clash.text
    assert "10:30–12:00 in “Theirs”" in clash.text
    assert clash.meets == address(("meetings.event", other.pk))
    assert [way.label for way in clash.ways] == ["Other days", "Keep, with a reason"]


def test_one_that_ends_when_the_other_begins_is_no_clash(officer: User) -> None:
    mine, _other = two_talks(a_person(), begins="11:00", ends="12:00")
    assert found(mine, officer) == []


def test_the_way_counts_when_the_places_are_far_apart(officer: User) -> None:
    person, here, there = a_person(), a_country(), a_country()
    mine = an_event(place=written({"en": "Minsk"}), where=here, **HOURS)
    other = an_event(place=written({"en": "Riga"}), where=there, begins="13:00", ends="14:00")
    takes_part(mine, person)
    takes_part(other, person)
    assert kinds(mine, officer) == ["travel"]


def test_an_hour_in_the_town_where_somebody_stays_is_no_clash(officer: User) -> None:
    person, here = a_person(), a_country()
    place: dict[str, Any] = {"place": written({"en": "Minsk"}), "where": here}
    stay = an_event("2015-05-13", until="2015-05-16", **place)
    hour = an_event(**place, **HOURS)
    takes_part(stay, person)
    takes_part(hour, person)
    assert found(stay, officer) == []
    in_item(an_item(stay, day=date(2015, 5, 14)), stay.participations.get())
    [clash] = found(stay, officer)
    item, who = stay.items.get(), stay.participations.get()
    assert {("meetings.programmeitem", item.pk), ("meetings.participation", who.pk)} <= clash.refs
    assert clash.ways[0].url == address(("meetings.programmeitem", item.pk), "edit")


@pytest.mark.parametrize("related", ["within", "slot"])
def test_talks_that_belong_to_a_visit_do_not_collide_with_it(related: str, officer: User) -> None:
    person = a_person()
    visit = an_event("2015-05-13", until="2015-05-16")
    talks = an_event(**HOURS, within=visit if related == "within" else None)
    takes_part(visit, person)
    takes_part(talks, person)
    if related == "slot":
        an_item(visit, day=date(2015, 5, 14), talks=talks)
    assert (found(visit, officer), found(talks, officer)) == ([], [])


@pytest.mark.parametrize(("kind", "words"), [("room", "is booked twice"), ("interpreter", "interprets twice")])
def test_what_is_booked_twice_is_told_with_those_that_are_free(kind: str, words: str, officer: User) -> None:
    pairs = "ru-en" if kind == "interpreter" else ""
    booked = a_resource(kind, interprets=pairs)
    free = a_resource(kind, interprets=f"{pairs} ru-vi".strip() if pairs else "")
    a_resource("car" if kind == "room" else "interpreter", interprets="" if kind == "room" else "ru-vi")
    mine, other = an_event(**HOURS), an_event(**HOURS)
    for event in (mine, other):
        kept(Booking(event=event, resource=booked))
    [clash] = found(mine, officer)
    assert (str(clash.kind), words in clash.title) == (kind, True)
    assert clash.ways[0].label == "Find another, 1 free"
    hours = datetime(2015, 5, 14, 7, tzinfo=UTC), datetime(2015, 5, 14, 8, tzinfo=UTC)
    assert free_resources(booked, *hours, a_reading(officer)) == [free]


def test_an_interpreter_is_told_once_when_he_is_booked_and_takes_part(officer: User) -> None:
    person = a_person()
    first, second = (a_resource("interpreter", person=person) for _number in range(2))
    mine, other = an_event(**HOURS), an_event(**HOURS)
    kept(Booking(event=mine, resource=second))
    takes_part(other, person)
    assert kinds(mine, officer) == ["interpreter"]
    assert kinds(other, officer) == ["person"]
    assert first.pk < second.pk


def test_a_member_is_expected_at_the_sitting_of_his_chamber(officer: User) -> None:
    chamber, person = a_chamber(), a_person()
    a_mandate(person, chamber, since="2012", until="2016")
    mine = an_event(until="2015-05-15")
    takes_part(mine, person)
    kept(SittingDay(chamber=chamber, day=date(2015, 5, 15)))
    kept(SittingDay(chamber=chamber, day=date(2015, 5, 16)))
    kept(SittingDay(chamber=a_chamber(), day=date(2015, 5, 15)))
    [clash] = found(mine, officer)
    assert (clash.kind, clash.day) == (ClashKind.SITTING, date(2015, 5, 15))


def test_a_sitting_is_no_clash_when_the_mandate_has_ended_or_the_hours_differ(officer: User) -> None:
    chamber = a_chamber(a_parliament(a_country(zone="Europe/Minsk")))
    former, member = a_person(), a_person()
    a_mandate(former, chamber, since="2008", until="2012")
    a_mandate(member, chamber, since="2012")
    mine = an_event(begins="08:00", ends="09:00")
    takes_part(mine, former)
    takes_part(mine, member)
    kept(SittingDay(chamber=chamber, day=date(2015, 5, 14), begins="10:00", ends="14:00"))
    assert found(mine, officer) == []


def test_days_off_of_both_countries_are_noted(officer: User) -> None:
    home = the_home_parliament(country=a_country("BY"))
    mine = an_event("2015-05-15", until="2015-05-18", country=a_country("VN"))
    off = [one for one in found(mine, officer) if one.kind == ClashKind.FREE_DAY]
    assert sorted(one.title for one in off) == ["Nobody works in Country BY", "Nobody works in Country VN"]
    assert all("16" in one.text and "17" in one.text for one in off)
    assert home.is_ours


@pytest.mark.parametrize(("held_on", "is_near"), [("2015-06-10", True), ("2015-04", True), ("2015-07", False)])
def test_an_election_of_the_partner_is_told_when_it_is_near(held_on: str, is_near: bool, officer: User) -> None:
    country = a_country()
    kept(Election(chamber=a_chamber(a_parliament(country)), held_on=held_on))
    kept(Election(chamber=a_chamber(), held_on=held_on))
    assert kinds(an_event(country=country), officer) == (["election"] if is_near else [])


def test_the_end_of_a_term_is_told_once_for_each_chamber(officer: User) -> None:
    country = a_country()
    parliament = a_parliament(country)
    convocation = a_convocation(parliament, since="2010", until="2015-06-01")
    kept(ChamberTerm(chamber=a_chamber(parliament), convocation=convocation, since="2010", until="2015-06-01"))
    a_convocation(a_parliament(country), since="2010", until="2015-05-20")
    assert kinds(an_event(country=country), officer) == ["dissolution", "dissolution"]


def test_an_unofficial_group_on_the_same_road_is_told(officer: User) -> None:
    country, group = a_country(), a_body(kind="unofficial")
    theirs = an_event(where=country, body=group)
    an_event("2015-05-20", where=country, body=group)
    mine = an_event(where=country)
    [clash] = found(mine, officer)
    assert (clash.kind, clash.meets) == (ClashKind.UNOFFICIAL, address(("meetings.event", theirs.pk)))


def apart(first: Country, other: Country) -> Sensitivity:
    """Two countries that must not meet."""
    return kept(Sensitivity(country=first, other_country=other, grounds="An old dispute"))


@pytest.mark.parametrize("role", ["head_of_department", "administrator", "auditor"])
def test_parties_that_must_not_meet_are_told_when_they_are_in_one_event(role: str) -> None:
    first, other = a_country(), a_country()
    apart(first, other)
    mine = an_event(country=first)
    kept(EventPartner(event=mine, country=other))
    [clash] = found(mine, a_user(role))
    assert (clash.kind, "An old dispute" in clash.text) == (ClashKind.APART, True)


@pytest.mark.parametrize("role", ["leadership", "member", "desk_officer", "protocol_officer"])
def test_nobody_else_is_told_who_must_not_meet(role: str) -> None:
    first, other = a_country(), a_country()
    apart(first, other)
    mine = an_event(country=first)
    kept(EventPartner(event=mine, country=other))
    assert found(mine, a_user(role)) == []


@pytest.mark.parametrize(("town", "number"), [("Geneva, Palais", 1), ("", 1), ("Bern", 0)])
def test_parties_are_told_when_they_are_in_one_place_at_one_time(town: str, number: int) -> None:
    first, other, where = a_country(), a_country(), a_country()
    apart(first, other)
    mine = an_event(country=first, where=where, place=written({"en": "Geneva"}))
    theirs = an_event(where=where, place=written({"en": town}) if town else {})
    takes_part(theirs, a_person(), country=other)
    assert len(found(mine, a_user("head_of_department"))) == number


def test_a_clash_with_what_the_reader_may_not_know_of_says_busy_and_nothing_else(officer: User) -> None:
    secret = {"title": written({"en": "Secret talks"}), "place": written({"en": "Hideaway"}), "mark": "official"}
    mine, other = two_talks(a_person("Barysenka", "Maria"), **secret)
    [clash] = found(mine, officer)
    assert (clash.title, clash.meets) == ("Maria Barysenka is busy", "")
    said = f"{clash} {clashes_block(mine, a_reading(officer))}"
    told = ("Secret", "Hideaway", "10:30", "12:00", other.get_kind_display())
    assert [word for word in told if word in clash.text] == []
    assert "Secret" not in said
    assert "Hideaway" not in said
    assert f"-{other.pk}," not in f"{clash.key},"
    assert found(mine, a_user("head_of_department"))[0].key == clash.key


def test_where_a_hidden_event_is_cannot_be_found_out_by_moving_ones_own(officer: User) -> None:
    person, where = a_person(), a_country()
    stay = an_event("2015-05-13", until="2015-05-16", where=where, place=written({"en": "Minsk"}), mark="official")
    takes_part(stay, person)
    for town in ("Minsk", "Riga", ""):
        mine = an_event(where=where, place=written({"en": town}) if town else {}, **HOURS)
        takes_part(mine, person)
        assert [one.title for one in found(mine, officer)] == [f"{person} is busy"]
        mine.participations.get()
        with change(mine, by=BY) as held:
            held.stage = "cancelled"
    near = an_event("2015-05-17", where=a_country(), begins="00:30", ends="01:00")
    takes_part(near, person)
    assert found(near, officer) == []


def test_a_hidden_participation_of_ones_own_event_is_in_no_clash(officer: User) -> None:
    person = a_person()
    mine, other = an_event(**HOURS), an_event(**HOURS)
    takes_part(mine, person, mark="official")
    takes_part(other, person)
    assert (found(mine, officer), clashing(mine, a_reading(officer))) == ([], {})
    assert [one.title for one in found(other, officer)] == [f"{person} is busy"]


def test_nothing_is_told_when_the_reader_has_no_register_of_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROLES, "outsider", Role("outsider", "Outsider", WITHIN, ("directory.view_*",)))
    mine, _other = two_talks(a_person(), mark="official")
    assert found(mine, a_user("outsider")) == []


def test_a_clash_is_kept_with_its_reason_and_opened_again(client: Client, officer: User) -> None:
    mine, _other = two_talks(a_person())
    [clash] = found(mine, officer)
    client.force_login(officer)
    url = clash.ways[-1].url
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "He leaves earlier"})["Location"] == address(("meetings.event", mine.pk))
    [again] = found(mine, officer)
    assert (again.is_kept, again.reason, again.line.state) == (True, "He leaves earlier", "kept")
    assert clashing(mine, a_reading(officer)) == {}
    assert client.post(again.ways[-1].url).status_code == 302
    assert not KeptClash.objects.exists()
    assert not found(mine, officer)[0].is_kept


def test_a_kept_clash_is_told_no_more_when_it_has_gone(officer: User) -> None:
    mine, other = two_talks(a_person())
    kept(KeptClash(event=mine, key=found(mine, officer)[0].key, reason="So be it"))
    with change(other, by=BY) as held:
        held.stage = "postponed"
    assert found(mine, officer) == []


def test_keeping_is_refused_when_the_clash_is_none_or_the_reader_may_not(client: Client, officer: User) -> None:
    mine, _other = two_talks(a_person())
    url = reverse("meetings:event-keep", args=(mine.pk,))
    client.force_login(officer)
    assert client.get(url, {"clash": "person/2015-05-14/nothing"}).status_code == 404
    member = a_user("member")
    sits(member)
    member = User.objects.get(pk=member.pk)
    client.force_login(member)
    assert client.get(url, {"clash": found(mine, officer)[0].key}).status_code == 403
    assert found(mine, member)[0].ways == ()


def test_the_page_of_what_is_free_names_it(client: Client, officer: User) -> None:
    booked, free = a_resource(name=written({"en": "Oval Hall"})), a_resource(name=written({"en": "Blue Hall"}))
    mine = an_event(**HOURS)
    booking = kept(Booking(event=mine, resource=booked))
    client.force_login(officer)
    answer = client.get(reverse("meetings:booking-free", args=(booking.pk,))).content.decode()
    assert ("Oval Hall" in answer, "Blue Hall" in answer) == (True, True)
    kept(Booking(event=an_event(**HOURS, mark="official"), resource=free))
    answer = client.get(reverse("meetings:booking-free", args=(booking.pk,))).content.decode()
    assert "Blue Hall" not in answer


def test_an_event_on_other_days_has_the_clashes_of_these_days(officer: User) -> None:
    person = a_person()
    mine, _other = two_talks(person)
    later = an_event("2015-05-20", begins="10:00", ends="10:15")
    takes_part(later, person)
    clashes = clashes_if(mine, date(2015, 5, 20), date(2015, 5, 20), officer)
    assert [(one.kind, one.day) for one in clashes] == [(ClashKind.PERSON, date(2015, 5, 20))]
    assert clashes_if(mine, date(2015, 5, 21), date(2015, 5, 21), officer) == []
    assert len(found(mine, officer)) == 1


def test_the_programme_goes_along_when_an_event_is_thought_of_on_other_days(officer: User) -> None:
    person, where = a_person(), a_country()
    place: dict[str, Any] = {"where": where, "place": written({"en": "Minsk"})}
    visit = an_event("2015-05-14", until="2015-05-15", **place)
    in_item(an_item(visit, day=date(2015, 5, 15)), takes_part(visit, person))
    talks = an_event("2015-05-20", **place, **HOURS)
    takes_part(talks, person)
    assert clashes_if(visit, date(2015, 5, 18), date(2015, 5, 19), officer) == []
    [clash] = clashes_if(visit, date(2015, 5, 19), date(2015, 5, 20), officer)
    assert (clash.day, clash.title) == (date(2015, 5, 20), f"{person} is in two places")


def _queries(number: int, user: User) -> int:
    mine, other = an_event(**HOURS), an_event(**HOURS)
    for _one in range(number):
        person = a_person()
        takes_part(mine, person)
        takes_part(other, person)
        booked = a_resource()
        for event in (mine, other):
            kept(Booking(event=event, resource=booked))
    event = Event.objects.get(pk=mine.pk)
    with CaptureQueriesContext(connection) as caught:
        assert len(clashes_of(event, a_reading(user))) == 2 * number
    return len(caught)


def test_as_many_queries_are_asked_for_many_people_as_for_few(officer: User) -> None:
    assert _queries(6, officer) == _queries(2, officer) <= 5


def test_the_block_prints_the_clashes(client: Client, officer: User) -> None:
    mine, _other = two_talks(a_person())
    content = clashes_block(mine, a_reading(officer))
    assert isinstance(content, Clashes)
    assert content.is_grave
    client.force_login(officer)
    answer = client.get(address(("meetings.event", mine.pk))).content.decode()
    assert ('id="clashes"' in answer, "is in two places" in answer, "panel-bad" in answer) == (True, True, True)
    assert clashes_block(an_event("2016-01-12"), a_reading(officer)) is None
