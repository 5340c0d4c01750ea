"""A person who is published, withdrawn or lowered takes the names along that stood alike, and history tells no more."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now

from interparl.accounts.models import User
from interparl.bodies.attention import without_head
from interparl.bodies.models import Body
from interparl.core.addresses import address
from interparl.core.apps import label_anew
from interparl.core.days import today
from interparl.core.models import Label, Pointer
from interparl.core.records import Record
from interparl.directory.models import Person, PersonName, RetentionHold
from tests import makers

pytestmark = pytest.mark.django_db
PERSON = "directory.person"


def at_desk(user: User) -> Client:
    """A browser of the user."""
    client = Client()
    client.force_login(user)
    return client


def label_of(record: Record) -> str:
    """What the record is called in English."""
    return Label.objects.get(kind=record.record_kind(), object_id=record.pk, language="en").text


def stands(person: Person) -> list[tuple[str, str, bool]]:
    """Kind, mark and publication of each name."""
    names = PersonName.objects.filter(person=person).order_by("pk")
    return [(name.kind, name.mark, name.published_on is not None) for name in names]


def test_names_follow_when_a_person_is_lowered_and_published_and_withdrawn() -> None:
    person = makers.a_person("Example", "Anna", mark="internal")
    makers.a_name(person, family="Passport", kind="passport", mark="internal")
    makers.a_name(person, family="Secret", kind="known-as", mark="official")
    desk, page = at_desk(makers.a_user("head_of_department")), (PERSON, person.pk)
    assert desk.post(address(page, "lower"), {"mark": "public", "reason": "Elected"}).status_code == 302
    assert desk.post(address(page, "publish"), {"on": today().isoformat(), "reason": ""}).status_code == 302
    passport, secret = ("passport", "internal", False), ("known-as", "official", False)
    assert stands(person) == [("official", "public", True), passport, secret]
    assert label_of(person) == "Anna Example"
    assert desk.post(address(page, "publish"), {"reason": "A mistake"}).status_code == 302
    assert stands(person) == [("official", "public", False), passport, secret]


def test_history_tells_nothing_of_a_register_when_the_reader_may_not_open_it() -> None:
    person = makers.a_person("Example", "Anna")
    makers.kept(RetentionHold(person=person, since=now().date().isoformat(), grounds="A court case"))
    makers.kept(Pointer(kind=PERSON, object_id=person.pk, number="17", place="Safe", mark="pointer"))
    for role, seen in (("head_of_department", True), ("leadership", False), ("protocol_officer", False)):
        history = at_desk(makers.a_user(role)).get(address((PERSON, person.pk), "history")).text
        assert (role, "A court case" in history) == (role, seen)


def test_a_body_has_no_head_when_the_reader_knows_of_none() -> None:
    body = makers.a_body()
    makers.a_membership(body)
    makers.a_membership(body, makers.a_person(mark="official"), role="head")
    found = {
        role: list(without_head(Body.objects.all(), today(), makers.a_user(role)))
        for role in ("head_of_department", "protocol_officer")
    }
    assert found == {"head_of_department": [], "protocol_officer": [body]}


def test_labels_are_made_anew_when_an_upgrade_is_over() -> None:
    person = makers.a_person("Example", "Anna")
    Label.objects.filter(kind=PERSON, object_id=person.pk).update(text="As another version wrote it")
    call_command("migrate", verbosity=0)
    assert label_of(person) == "As another version wrote it"
    label_anew(plan=["a step"], using="default")
    assert label_of(person) == "Anna Example"
