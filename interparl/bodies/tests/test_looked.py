"""What is new around a country and a body since its reader last looked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.blocks.looked import SCOPES, news_of_body, news_of_country
from interparl.bodies.models import Body, Decision, Membership, Partner
from interparl.core import looks, news
from interparl.core.actors import Actor
from interparl.core.addresses import address
from interparl.core.looks import counts_of, look
from interparl.core.models import Entry, Look, ReadEntry
from interparl.core.records import Record
from interparl.core.removing import remove
from interparl.core.translated import written
from interparl.core.writing import Planned, change, change_many
from interparl.directory.models import Country, Status
from tests import makers

pytestmark = pytest.mark.django_db

EARLIER, NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC), datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
BLOCKS: dict[type[Record], Any] = {Country: news_of_country, Body: news_of_body}


def content_of(record: Record, user: User) -> Any:
    """The block on the record's page; None where it has nothing to say."""
    return BLOCKS[type(record)](record, makers.a_reading(user))


def lines_of(record: Record, user: User) -> list[str]:
    """The words of the block, newest first."""
    content = content_of(record, user)
    return [str(moment.text) for moment in content.moments] if content else []


def seen(record: Record, user: User) -> None:
    """The reader has seen all that is there."""
    look(user, (record.record_kind(), record.pk), Entry.objects.latest("pk").pk)


def counted(user: User, *records: Record) -> dict[tuple[str, int], int]:
    """How much is new around each of these records."""
    own: dict[str, set[int]] = {}
    for record in records:
        own.setdefault(record.record_kind(), set()).add(record.pk)
    return {one.ref: one.number for one in counts_of(SCOPES, own, user).of}


def ref_of(record: Record) -> tuple[str, int]:
    return record.record_kind(), record.pk


def test_a_country_tells_of_its_chambers_people_and_statuses_when_they_change(officer: User) -> None:
    country = makers.a_country("AM", "Armenia")
    parliament = makers.a_parliament(country)
    chamber = makers.a_chamber(parliament, name="House")
    person = makers.a_person("Example", country=country)
    status = makers.kept(
        Status(organisation=makers.an_organisation(name="Union"), parliament=parliament, status="member")
    )
    seen(country, officer)
    assert lines_of(country, officer) == []
    with change(chamber, by=officer) as held:
        held.name = written({"en": "Lower House"})
    with change(person, by=officer) as held:
        held.born = "1970"
    makers.a_mandate(person, chamber)
    with change(status, by=officer, verb="ended") as held:
        held.until = "2026"
    with change(country, by=officer) as held:
        held.capital = written({"en": "Yerevan"})
    assert lines_of(country, officer) == [
        "Country: Armenia – changed, desk_officer",
        "Status in an organisation: Union – ended, desk_officer",
        "Lower House: Anna Example has a mandate (interparl tests)",
        "Person: Anna Example – changed, desk_officer",
        "Chamber: Lower House – changed, desk_officer",
    ]


def test_a_country_tells_of_bodies_about_it_and_of_those_with_its_part(officer: User) -> None:
    country = makers.a_country()
    group = makers.a_body(name="Group", countries=[country])
    commission = makers.a_body(name="Commission", parliaments=[makers.a_parliament(country)])
    elsewhere = makers.a_body(name="Elsewhere", countries=[makers.a_country()])
    people = [makers.a_person(name) for name in ("First", "Second", "Third")]
    seen(country, officer)
    for person in people:
        makers.a_membership(commission, person)
    part = makers.a_part(group)
    seen(country, officer)
    makers.a_membership(part=part, person=people[0])
    for person in people:
        makers.a_membership(commission, person)
        makers.a_membership(elsewhere, person)
    assert lines_of(country, officer) == [
        "Commission: 3 people joined (interparl tests)",
        "Group: Anna First joined (interparl tests)",
    ]


def test_a_body_tells_of_its_members_parts_and_decisions(officer: User) -> None:
    decision = makers.a_decision("7", organ="Council")
    body = makers.a_body()
    part = makers.a_part(body)
    leaver = makers.a_membership(part=part, person=makers.a_person("Leaver"), decision=decision)
    seen(body, officer)
    with change(leaver, by=officer, verb="replaced") as held:
        held.until = "2026-02"
    makers.a_membership(part=part, person=makers.a_person("Successor"))
    with change(decision, by=officer) as held:
        held.title = written({"en": "On the group"})
    with change(part, by=officer) as held:
        held.since = "2020"
    makers.a_decision("8")
    shown = lines_of(body, officer)
    assert shown[0].startswith("Part of a body: ")
    assert shown[1].startswith("Decision: № 7")
    assert shown[2:] == ["Anna Successor joined (interparl tests)", "Anna Leaver left (desk_officer)"]


def test_what_was_added_with_its_whole_is_one_line(officer: User) -> None:
    country = makers.a_country()
    seen(country, officer)
    person = makers.a_person("Example", country=country)
    makers.a_name(person, family="Пример", given="Анна", language="ru")
    assert lines_of(country, officer) == ["Person: Anna Example – added, interparl tests"]
    assert content_of(country, officer).every[0].label == "All 3"


def test_a_row_that_is_gone_is_told_by_its_last_values(officer: User) -> None:
    body = makers.a_body()
    gone = makers.a_membership(body, makers.a_person("Gone"))
    seen(body, officer)
    remove(gone, by=officer)
    assert lines_of(body, officer) == ["Membership: Anna Gone – removed, desk_officer"]


def test_the_last_thirty_days_are_told_when_the_reader_has_never_said_that_he_has_seen_them(officer: User) -> None:
    with time_machine.travel(EARLIER, tick=False):
        country = makers.a_country()
        makers.a_parliament(country)
    with time_machine.travel(NOW, tick=False):
        assert content_of(country, officer) is None
        with change(country, by=officer) as held:
            held.alpha3 = "ZZZ"
        content = content_of(country, officer)
        assert (len(content.moments), content.since) == (
            1,
            "You have not pressed “Seen” here yet. These are the last 30 days.",
        )


def test_what_is_older_than_thirty_days_is_told_when_it_is_newer_than_the_last_look(officer: User) -> None:
    with time_machine.travel(EARLIER, tick=False):
        country = makers.a_country()
        seen(country, officer)
        with change(country, by=officer) as held:
            held.alpha3 = "ZZZ"
    with time_machine.travel(NOW, tick=False):
        assert len(lines_of(country, officer)) == 1
        assert content_of(country, officer).since == "Since you pressed “Seen”: 10 Jan 2026, 09:00."


def test_pressing_seen_keeps_what_was_shown_and_nothing_newer_for_this_reader_alone(
    client: Client, officer: User
) -> None:
    country, other = makers.a_country(), makers.a_user()
    client.force_login(officer)
    page = client.get(address(ref_of(country)))
    up_to = Entry.objects.latest("pk").pk
    looked = f"{address(ref_of(country))}looked/"
    assert f'action="{looked}"><input' in page.content.decode().replace(_token(page.content.decode()), "")
    with change(country, by=officer) as held:
        held.alpha3 = "ZZZ"
    answer = client.post(looked, {"up_to": up_to})
    assert (answer.status_code, answer["Location"]) == (302, address(ref_of(country)))
    assert lines_of(country, officer) == [f"Country: {country} – changed, desk_officer"]
    assert len(lines_of(country, other)) == 2
    assert [(one.user, one.seen_up_to) for one in Look.objects.all()] == [(officer, up_to)]


def _token(page: str) -> str:
    start = page.index('<input type="hidden" name="csrfmiddlewaretoken"')
    return page[start : page.index(">", start) + 1]


def test_a_look_never_goes_back_nor_past_the_last_entry(officer: User) -> None:
    country = makers.a_country()
    last, ref = Entry.objects.latest("pk").pk, ref_of(country)
    look(officer, ref, last + 1000)
    assert Look.objects.get().seen_up_to == last
    look(officer, ref, last - 1)
    assert Look.objects.get().seen_up_to == last


@pytest.mark.parametrize("up_to", ["", "-3", "x", "٣", "9" * 40])
def test_nothing_is_kept_when_what_was_seen_is_no_number(client: Client, officer: User, up_to: str) -> None:
    country = makers.a_country()
    client.force_login(officer)
    assert client.post(f"{address(ref_of(country))}looked/", {"up_to": up_to}).status_code == 302
    assert not Look.objects.exists()


def test_reading_pages_keeps_no_look(client: Client, officer: User) -> None:
    country, body = makers.a_country(), makers.a_body()
    client.force_login(officer)
    for record in (country, body):
        for page in ("", "looked/"):
            assert client.get(f"{address(ref_of(record))}{page}").status_code == 200
    assert not Look.objects.exists()


def test_what_a_reader_may_not_know_of_is_neither_told_nor_counted(client: Client, officer: User, member: User) -> None:
    country, body = makers.a_country(), makers.a_body()
    readers = {"member": member, "administrator": makers.a_user("administrator")}
    for user in readers.values():
        for record in (country, body):
            seen(record, user)
    makers.kept(Partner(body=body, country=country, mark="official"))
    makers.a_person("Secret", country=country, mark="official")
    with change(body, by=officer) as held:
        held.since = "2020"
    client.force_login(member)
    page = client.get(f"{address(ref_of(country))}looked/").content.decode()
    assert "Secret" not in page
    assert "Nothing has changed since then." in page
    assert lines_of(country, member) == []
    assert counted(member, country, body) == {ref_of(body): 1}
    assert len(lines_of(country, readers["administrator"])) == 3
    assert counted(readers["administrator"], country, body) == {ref_of(country): 4, ref_of(body): 2}


def test_a_hidden_country_has_no_page_of_what_is_new(client: Client, member: User) -> None:
    hidden = makers.a_country(mark="official")
    client.force_login(member)
    for key in (hidden.pk, hidden.pk + 1000):
        assert client.get(f"/desk/countries/{key}/looked/").status_code == 404
        assert client.post(f"/desk/countries/{key}/looked/", {"up_to": 1}).status_code == 404
    assert not Look.objects.exists()


def test_nobody_who_has_not_signed_in_sees_what_is_new(client: Client) -> None:
    country = makers.a_country(mark="public", published_on="2015-01-01")
    assert client.get(f"/desk/countries/{country.pk}/looked/").status_code == 302


def test_official_records_on_the_page_of_what_is_new_are_logged(client: Client, administrator: User) -> None:
    country = makers.a_country()
    person = makers.a_person(country=country, mark="official")
    client.force_login(administrator)
    for page in ("", "looked/"):
        ReadEntry.objects.all().delete()
        client.get(f"{address(ref_of(country))}{page}")
        assert ("directory.person", person.pk) in ReadEntry.objects.values_list("kind", "object_id")


def test_the_block_is_not_there_on_a_past_day(officer: User) -> None:
    country = makers.a_country()
    reading = makers.a_reading(officer)
    assert news_of_country(country, reading) is not None
    reading.is_past = True
    assert news_of_country(country, reading) is None


def test_at_most_five_lines_are_shown_and_all_are_counted(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    country = makers.a_country()
    seen(country, officer)
    for kind in ("a", "b", "c", "d", "e", "f", "g"):
        with change(makers.a_person(kind, country=country), by=Actor.command(kind)) as held:
            held.born = "1970"
    content = content_of(country, officer)
    assert (len(content.moments), content.every[0].label) == (5, "All 21")
    monkeypatch.setattr(news, "LOOKED_AT", 20)
    assert content_of(country, officer).every[0].label == "More than 20 changes"


def test_the_page_has_all_changes_in_pieces_and_the_button_on_the_first(client: Client, officer: User) -> None:
    country = makers.a_country()
    change_many(
        [Planned(country, {"capital": written({"en": f"Capital {at}"})}) for at in range(60)], by=Actor.command("tests")
    )
    client.force_login(officer)
    first = client.get(f"{address(ref_of(country))}looked/")
    assert (len(first.context["lines"]), first.context["up_to"]) == (50, Entry.objects.latest("pk").pk)
    second = client.get(first.context["older"])
    assert (len(second.context["lines"]), second.context["up_to"], second.context["older"]) == (11, 0, "")


def test_the_page_says_who_and_where_and_tells_values_when_something_changed(client: Client, officer: User) -> None:
    body = makers.a_body("friends", "Friends")
    leaver = makers.a_membership(part=makers.a_part(body), person=makers.a_person("Leaver"))
    country = makers.a_country()
    makers.kept(Partner(body=body, country=country))
    with change(leaver, by=officer) as held:
        held.until = "2026-02"
    client.force_login(officer)
    lines = client.get(f"{address(ref_of(country))}looked/").context["lines"]
    shown = [(line.what, bool(line.changes)) for line in lines if line.entry.kind == "bodies.membership"]
    assert shown == [("membership: Anna Leaver – Friends", True), ("membership: Anna Leaver – Friends", False)]


@pytest.mark.parametrize("place", ["country", "body"])
def test_the_block_asks_at_most_three_queries_however_much_is_new(officer: User, place: str) -> None:
    country = makers.a_country()
    body = makers.a_body(countries=[country])
    part = makers.a_part(body)
    record: Record = country if place == "country" else body
    numbers = []
    for _round in range(2):
        for at in range(8):
            makers.a_membership(part=part, person=makers.a_person(f"P{at}", country=country))
        with CaptureQueriesContext(connection) as asked:
            content_of(record, officer)
        numbers.append(len(asked))
    assert numbers == [3, 3]


def test_each_record_is_counted_since_its_own_last_look(officer: User) -> None:
    one, other = makers.a_country(), makers.a_country()
    body = makers.a_body(countries=[one, other])
    seen(one, officer)
    before = counted(officer, other)[ref_of(other)]
    part = makers.a_part(body)
    makers.a_membership(part=part)
    makers.a_person(country=one)
    assert counted(officer, one, other, body) == {
        ref_of(one): 4,
        ref_of(other): before + 2,
        ref_of(body): 5,
    }


def test_counting_asks_as_many_queries_however_many_records_there_are(officer: User) -> None:
    numbers, records = [], []
    for _round in range(2):
        for _row in range(4):
            country = makers.a_country()
            records += [country, makers.a_body(countries=[country])]
            makers.a_person(country=country)
        with CaptureQueriesContext(connection) as asked:
            counted(officer, *records)
        numbers.append(len(asked))
    assert numbers == [6, 6]


def test_a_count_says_that_there_may_be_more_when_not_all_were_counted(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = makers.a_country()
    own = {"directory.country": [country.pk]}
    assert not counts_of(SCOPES, own, officer).is_least
    makers.a_parliament(country)
    monkeypatch.setattr(looks, "COUNTED", 1)
    found = counts_of(SCOPES, own, officer)
    assert ([one.number for one in found.of], found.is_least) == ([1], True)


def test_a_look_goes_with_its_account() -> None:
    user, country = makers.a_user(), makers.a_country()
    seen(country, user)
    user.delete()
    assert not Look.objects.exists()


def test_the_models_of_tellings_know_who_they_are_about() -> None:
    found = {one.model: (one.kind_of(one.who), one.kind_of(one.where)) for scope in SCOPES for one in scope.tellings}
    assert found[Membership] == ("directory.person", "bodies.body")
    assert Decision not in found
