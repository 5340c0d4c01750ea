"""Marks: the higher of the whole counts, lowering is a step, nobody writes what he may not read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from interparl.accounts.models import User
from interparl.accounts.roles import RISING, ROLES
from interparl.bodies.models import Membership
from interparl.core.addresses import address
from interparl.core.kinds import every_record
from interparl.core.models import Entry, Pointer, Seal
from interparl.core.sealing import digest_of
from interparl.core.writing import Planned, Refused, change, change_many
from interparl.directory.models import Chamber, Parliament, PersonName, Portfolio
from tests import makers
from tests.samples import a_record
from tests.spread import spread

pytestmark = pytest.mark.django_db

PUBLISHED: dict[str, Any] = {"mark": "public", "published_on": date(2014, 5, 1)}
HEAD = "head_of_department"


def raised(record: Any, mark: str) -> None:
    """Gives a record a higher mark."""
    with change(record, by=makers.BY) as held:
        held.mark = mark


def reach_of(record: Any) -> tuple[str, date | None]:
    """What counts for a stored record."""
    record.refresh_from_db()
    return record.effective_mark, record.effective_published_on


def test_what_hangs_on_a_record_has_its_higher_mark_when_that_changes() -> None:
    country = makers.a_country("AM", **PUBLISHED)
    parliament = makers.a_parliament(country, **PUBLISHED)
    chamber = makers.a_chamber(parliament, **PUBLISHED)
    assert reach_of(chamber) == ("public", date(2014, 5, 1))
    raised(country, "official")
    assert [reach_of(one)[0] for one in (parliament, chamber)] == ["official", "official"]
    assert (parliament.mark, chamber.mark) == ("public", "public")
    with change(country, by=makers.BY, verb="lowered", note="No longer secret") as held:
        held.mark = "public"
        held.published_on = None
    assert [reach_of(one) for one in (parliament, chamber)] == [("public", None)] * 2


def test_a_row_has_the_mark_of_its_new_whole_when_it_moves() -> None:
    person, hidden = makers.a_person(), makers.a_person(mark="official")
    name = PersonName.objects.get(person=person)
    assert reach_of(name)[0] == "internal"
    with change(name, by=makers.BY) as held:
        held.person = hidden
    assert reach_of(name)[0] == "official"


def test_many_rows_have_the_marks_of_their_wholes_when_written_at_once() -> None:
    country = makers.a_country("AM", mark="official")
    parliament = Parliament(code="AM", country=country, name={"en": {"text": "A", "state": "reviewed", "of": ""}})
    chamber = Chamber(code="AM-C", parliament=parliament, kind="single", name=parliament.name, mark="public")
    change_many([Planned(parliament), Planned(chamber)], by=makers.BY)
    assert (reach_of(parliament)[0], reach_of(chamber)[0]) == ("official", "official")
    change_many([Planned(country, {"mark": "internal"})], by=makers.BY, verb="lowered", note="Known by now")
    assert (reach_of(parliament)[0], reach_of(chamber)[0]) == ("internal", "internal")


@pytest.mark.parametrize(("verb", "note"), [("", "Because"), ("changed", "Because"), ("lowered", " ")])
def test_a_mark_stays_when_it_is_lowered_without_the_step_or_the_reason(verb: str, note: str) -> None:
    country = makers.a_country("AM")
    with pytest.raises(Refused) as refused, change(country, by=makers.BY, verb=verb, note=note) as held:
        held.mark = "public"
    assert list(refused.value.error_dict) == ["mark"]
    with pytest.raises(Refused):
        change_many([Planned(country, {"mark": "public"})], by=makers.BY, verb=verb, note=note)
    country.refresh_from_db()
    assert country.mark == "internal"


def test_a_mark_is_lowered_with_a_reason_when_the_role_may(client: Client, officer: User) -> None:
    country = makers.a_country("AM")
    url = address(("directory.country", country.pk), "lower")
    client.force_login(officer)
    assert client.get(url).status_code == 403
    assert client.post(url, {"mark": "public", "reason": "Why"}).status_code == 403
    client.force_login(makers.a_user(HEAD))
    assert client.get(url).status_code == 200
    assert client.post(url, {"mark": "public", "reason": ""}).status_code == 422
    assert client.post(url, {"mark": "official", "reason": "Up"}).status_code == 422
    assert client.post(url, {"mark": "public", "reason": "Printed by them"}).status_code == 302
    country.refresh_from_db()
    entry = Entry.objects.latest("pk")
    assert (country.mark, entry.verb, entry.note) == ("public", "lowered", "Printed by them")
    assert client.get(url).status_code == 404


def test_nobody_gives_a_mark_that_he_could_not_read_when_it_is_not_his_own(officer: User) -> None:
    country, own = makers.a_country("AM"), makers.a_country("GE")
    makers.kept(Portfolio(user=officer, country=own, since="2000"))
    del officer.standing
    with pytest.raises(Refused), change(country, by=officer) as held:
        held.mark = "official"
    with change(own, by=officer) as held:
        held.mark = "official"
    assert (reach_of(country)[0], reach_of(own)[0]) == ("internal", "official")


def test_only_a_pointer_is_above_official_use_when_it_is_kept() -> None:
    country = makers.a_country("AM")
    with pytest.raises(Refused):
        raised(country, "pointer")
    pointer = makers.kept(Pointer(kind="directory.country", object_id=country.pk, number="17-c", place="Room 4"))
    assert (pointer.mark, reach_of(pointer)) == ("pointer", ("pointer", None))


def test_a_pointer_is_not_there_when_the_reader_may_not_know_of_it(client: Client, officer: User) -> None:
    country = makers.a_country("AM")
    pointer = makers.kept(Pointer(kind="directory.country", object_id=country.pk, number="17-c", place="Room 4"))
    url = address(("core.pointer", pointer.pk), "edit")
    client.force_login(officer)
    assert client.get(url).status_code == 404
    makers.kept(Portfolio(user=officer, country=country, since="2000"))
    assert client.get(url).status_code == 200
    for page in ("publish", "lower"):
        client.force_login(makers.a_user(HEAD))
        assert client.get(address(("core.pointer", pointer.pk), page)).status_code == 404


def readers() -> list[Any]:
    """A user of each role with something of his own, and the public."""
    body, country = makers.a_body(), makers.a_country()
    users = []
    for role in ROLES:
        user = makers.a_user(role)
        person = makers.sits(user)
        makers.a_membership(body, person)
        makers.kept(Portfolio(user=user, country=country, since="2000"))
        del user.standing
        users.append(user)
    return [*users, AnonymousUser()]


@pytest.mark.parametrize("model", spread(every_record()), ids=lambda model: model.record_kind())
def test_one_row_and_many_rows_have_the_same_readers_when_marks_differ(model: Any) -> None:
    users = readers()
    rows = [a_record(model, common=PUBLISHED)]
    if not model.is_pointer:
        rows += [a_record(model, common=PUBLISHED | {"mark": mark}) for mark in RISING[1:3]]
        rows += [a_record(model, common=PUBLISHED | {"published_on": None})]
    everything = list(model.objects.all())
    assert len(everything) >= len(rows)
    for user in users:
        many = set(model.objects.visible_to(user).values_list("pk", flat=True))
        assert {one.pk for one in everything if one.is_open_to(user)} == many


def test_every_entry_has_the_digest_of_what_it_says_when_it_is_stored() -> None:
    person = makers.a_person("Example")
    makers.a_membership(person=person)
    raised(person, "official")
    assert Membership.objects.get().effective_mark == "official"
    entries = list(Entry.objects.all())
    assert len(entries) > 4
    assert [one.pk for one in entries if one.digest != digest_of(one)] == []
    assert Seal.objects.count() == 0
