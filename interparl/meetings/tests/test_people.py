"""People of an event: both sides as of its day, whom one may not know of, the order of a side."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.blocks import People
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.core.writing import Refused, change
from interparl.directory.models import Country, Office
from interparl.meetings.actions.people import put_in_order
from interparl.meetings.blocks.clashes import clashes_of
from interparl.meetings.blocks.people import OF_A_SIDE, people_of_event
from interparl.meetings.models import Event, Participation
from tests import makers

pytestmark = pytest.mark.django_db
DAY = date(2015, 5, 27)


def an_event(title: str = "Visit", **values: Any) -> Event:
    """An incoming visit of three days unless told."""
    values = {"kind": "incoming-visit", "since": "2015-05-27", "until": "2015-05-30"} | values
    return makers.kept(Event(title=written({"en": title}), **values))


def takes_part(event: Event, person: Any = None, **values: Any) -> Participation:
    """Somebody in the event; a name is a guest known by it alone."""
    if isinstance(person, str):
        values["printed_name"] = person
        person = None
    return makers.kept(Participation(event=event, person=person, **values))


@pytest.fixture
def home(db: None) -> Country:
    """The country whose side is ours."""
    return makers.the_home_parliament(country=makers.a_country(name="Homeland")).country


@pytest.fixture
def abroad(db: None) -> Country:
    """The country that comes."""
    return makers.a_country(name="Abroad")


def shown(event: Event, user: User, day: date = DAY, language: str = "en") -> People:
    """What the block says."""
    content = people_of_event(event, makers.a_reading(user, day, language))
    assert isinstance(content, People)
    return content


def labels(facts: Any) -> list[str]:
    """The names of a side."""
    return [fact.label for fact in facts]


def test_ours_come_first_and_heads_before_the_given_order(officer: User, home: Country, abroad: Country) -> None:
    event = an_event(country=abroad)
    for family, values in (
        ("Later", {"order": 2}),
        ("Head", {"order": 9, "function": "head"}),
        ("Sooner", {"order": 1}),
    ):
        takes_part(event, makers.a_person(family, "", country=abroad), **values)
    takes_part(event, makers.a_person("Our", "", country=home))
    takes_part(event, makers.a_person("Host", "", country=home), function="host")
    content = shown(event, officer)
    assert (content.ours_title, labels(content.ours)) == ("Homeland", ["Host", "Our"])
    assert (content.theirs_title, labels(content.theirs)) == ("Abroad", ["Head", "Sooner", "Later"])
    assert content.count == "2 of ours, 3 guests"


def test_a_person_has_the_name_and_the_office_of_the_events_first_day(officer: User, abroad: Country) -> None:
    person = makers.a_person("Newname", country=abroad)
    makers.a_name(person, family="Oldname", given="Anna", kind="former", since="2010", until="2015-12-31")
    with change(person.names.get(family="Newname"), by=makers.BY) as held:
        held.since = "2016"
    for title, since, until in (("Minister", "2010", "2015-05-28"), ("Speaker", "2015-05-29", "")):
        makers.kept(Office(person=person, kind="other", title=written({"en": title}), since=since, until=until))
    event = an_event(country=abroad)
    takes_part(event, person)
    [fact] = shown(event, officer, date(2016, 6, 1)).theirs
    assert (fact.label, fact.value) == ("Anna Oldname", "Minister")


def test_the_printed_role_comes_before_the_offices_and_the_mandate_after_them(officer: User, abroad: Country) -> None:
    parliament = makers.a_parliament(abroad)
    chamber = makers.a_chamber(parliament, name="Assembly")
    people = [makers.a_person(family, "", country=abroad) for family in ("Printed", "Seated")]
    for person in people:
        makers.a_mandate(person, chamber, since="2012")
    event = an_event(country=abroad)
    takes_part(event, people[0], role=written({"en": "Vice-chair"}), order=1)
    takes_part(event, people[1], order=2)
    assert [fact.value for fact in shown(event, officer).theirs] == ["Vice-chair", "Member of parliament · Assembly"]


def test_the_seat_in_the_body_of_the_event_is_said(officer: User, abroad: Country) -> None:
    body = makers.a_body(parliaments=[makers.a_parliament(abroad)])
    person = makers.a_person("Seated", "", country=abroad)
    makers.a_membership(body, person, role="head", since="2012")
    event = an_event(country=abroad, body=body)
    takes_part(event, person)
    assert [fact.value for fact in shown(event, officer).theirs] == ["Head"]


def test_who_leads_as_the_head_of_the_group_is_its_head_once(officer: User, abroad: Country) -> None:
    event = an_event(country=abroad)
    printed = {"function": "head", "role": written({"en": "head"})}
    takes_part(event, makers.a_person("Leading", "", country=abroad), **printed)
    [fact] = shown(event, officer).theirs
    assert fact.value == "Head"


def test_guests_by_name_and_interpreters_and_those_who_stay_away_are_marked(officer: User, abroad: Country) -> None:
    event = an_event(country=abroad)
    takes_part(event, "Pham Quoc Bao", country=abroad, order=1)
    takes_part(
        event, makers.a_person("Speaks", "", country=abroad), function="interpreter", interprets="ru-vi", order=2
    )
    away = makers.a_person("Away", "", country=abroad)
    takes_part(event, away, attendance="excused", excuse=written({"en": "ill"}), order=3)
    by_name, interprets, excused = shown(event, officer).theirs
    assert by_name.value == "by name only"
    assert interprets.value == "Interpreter · ru-vi"
    assert (excused.label, excused.second) == ("Away", "excused: ill")
    assert shown(event, officer).count == "2 guests"


def test_whom_one_may_not_know_of_is_neither_shown_nor_counted(member: User, head: User, abroad: Country) -> None:
    event = an_event(country=abroad)
    takes_part(event, makers.a_person("Open", "", country=abroad))
    takes_part(event, makers.a_person("Hidden", "", country=abroad, mark="official"))
    takes_part(event, "Secret Guest", country=abroad, mark="official")
    content = shown(event, member)
    assert (labels(content.theirs), content.count, content.theirs_more) == (["Open"], "1 guest", None)
    assert shown(event, head).count == "3 guests"


def test_a_side_is_cut_with_the_way_to_all_and_asks_as_many_queries(
    officer: User, home: Country, abroad: Country
) -> None:
    event = an_event(country=abroad)
    counts = []
    for _round in range(2):
        for number in range(OF_A_SIDE + 2):
            takes_part(event, makers.a_person(f"Ours{number}", "", country=home))
            takes_part(event, makers.a_person(f"Theirs{number}", "", country=abroad))
        # As on its page, where the clashes stand above and were asked about before.
        reading = makers.a_reading(officer, DAY)
        clashes_of(event, reading)
        with CaptureQueriesContext(connection) as asked:
            content = people_of_event(event, reading)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
    assert isinstance(content, People)
    assert (len(content.ours), len(content.theirs)) == (OF_A_SIDE, OF_A_SIDE)
    assert content.theirs_more is not None
    assert (content.theirs_more.label, content.ways[0].label) == ("7 more", "All 20")
    reading = makers.a_reading(officer, DAY)
    reading.is_whole = True
    whole = people_of_event(event, reading)
    assert isinstance(whole, People)
    assert len(whole.theirs) == 10


def test_the_event_shows_its_people_with_their_count(desk: Client, home: Country, abroad: Country) -> None:
    event = an_event(country=abroad)
    takes_part(event, makers.a_person("Shown", country=abroad), role=written({"en": "Research & development"}))
    page = desk.get(address(("meetings.event", event.pk))).content.decode()
    assert "1 guest" in page
    assert "Anna Shown" in page
    assert "Research &amp; development" in page


def test_everybody_named_can_be_reached_and_changed_from_the_event(
    desk: Client, member: User, home: Country, abroad: Country
) -> None:
    event = an_event(country=abroad)
    one = takes_part(event, makers.a_person("Shown", country=abroad))
    page = desk.get(address(("meetings.event", event.pk))).content.decode()
    assert f'href="/desk/participations/new/?event={event.pk}"' in page
    listed = f"/desk/participations/?event={event.pk}"
    assert f'href="{listed}"' in page
    edit = address(("meetings.participation", one.pk), "edit")
    assert f'href="{edit}"' in desk.get(listed).content.decode()
    desk.force_login(member)
    page = desk.get(address(("meetings.event", event.pk))).content.decode()
    assert "/desk/participations/" not in page.partition('id="people"')[2].partition("</section>")[0]
    assert edit not in desk.get(listed).content.decode()


def order_of(event: Event) -> list[str]:
    """The names in the order that is written."""
    return [one.label_in("en") for one in event.participations.order_by("order", "pk")]


def test_a_side_is_shown_by_a_rule_and_written_by_its_numbers(desk: Client, abroad: Country) -> None:
    event = an_event(country=abroad)
    one, two, three = (
        takes_part(event, makers.a_person(family, "", country=abroad)) for family in ("Cesar", "Anna", "Boris")
    )
    url = reverse("meetings:event-order", args=(event.pk,))
    page = desk.get(url, {"rule": "alphabet"})
    assert [line.name for line in page.context["lines"]] == ["Anna", "Boris", "Cesar"]
    assert Participation.objects.filter(order__isnull=False).count() == 0
    numbers = {f"number-{line.key}": line.number for line in page.context["lines"]}
    answer = desk.post(url, {"side": str(abroad.pk), **numbers})
    assert answer.status_code == 302
    assert order_of(event) == ["Anna", "Boris", "Cesar"]
    assert {entry.verb for entry in Entry.objects.filter(kind="meetings.participation", verb="ordered")} == {"ordered"}
    desk.post(url, {"side": str(abroad.pk), f"number-{three.pk}": "1", f"number-{one.pk}": "2"})
    assert order_of(event) == ["Boris", "Cesar", "Anna"]
    assert two.pk


@pytest.mark.parametrize(
    ("rule", "expected"), [("office", ["Boris", "Anna", "Cesar"]), ("seniority", ["Cesar", "Anna", "Boris"])]
)
def test_a_side_stands_by_office_or_by_first_mandate(
    desk: Client, abroad: Country, rule: str, expected: list[str]
) -> None:
    event = an_event(country=abroad)
    chamber = makers.a_chamber(makers.a_parliament(abroad))
    people = {family: makers.a_person(family, "", country=abroad) for family in ("Cesar", "Anna", "Boris")}
    for person in people.values():
        takes_part(event, person, function="head" if person is people["Boris"] else "member")
    makers.kept(Office(person=people["Anna"], kind="speaker", title=written({"en": "Speaker"}), since="2012"))
    makers.a_mandate(people["Cesar"], chamber, since="2004", until="2008")
    makers.a_mandate(people["Anna"], chamber, since="2012")
    page = desk.get(reverse("meetings:event-order", args=(event.pk,)), {"rule": rule})
    assert [line.name for line in page.context["lines"]] == expected


def test_bad_numbers_are_said_in_place_and_nothing_typed_is_lost(desk: Client, abroad: Country) -> None:
    event = an_event(country=abroad)
    one, two, three = (takes_part(event, name, country=abroad) for name in ("Anna", "Boris", "Cesar"))
    url = reverse("meetings:event-order", args=(event.pk,))
    typed = {f"number-{one.pk}": "1", f"number-{two.pk}": "1", f"number-{three.pk}": "first"}
    answer = desk.post(url, {"side": str(abroad.pk), **typed})
    assert answer.status_code == 422
    lines = {line.key: (line.number, bool(line.error)) for line in answer.context["lines"]}
    assert lines == {one.pk: ("1", True), two.pk: ("1", True), three.pk: ("first", True)}
    assert Participation.objects.filter(order__isnull=False).count() == 0


def test_an_order_is_refused_whole_when_somebody_is_no_longer_there(officer: User, abroad: Country) -> None:
    event = an_event(country=abroad)
    one = takes_part(event, "Anna", country=abroad)
    elsewhere = takes_part(an_event(country=abroad), "Boris", country=abroad)
    with pytest.raises(Refused, match="changed meanwhile"):
        put_in_order(event, [one.pk, elsewhere.pk], by=officer)
    one.refresh_from_db()
    assert one.order is None


def test_who_may_not_write_is_not_let_in(client: Client, member: User, abroad: Country) -> None:
    event = an_event(country=abroad)
    client.force_login(member)
    for name in ("event-order", "event-paste"):
        assert client.get(reverse(f"meetings:{name}", args=(event.pk,))).status_code == 403
    hidden = an_event(country=abroad, mark="official")
    assert client.get(reverse("meetings:event-paste", args=(hidden.pk,))).status_code == 404
