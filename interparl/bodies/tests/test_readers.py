"""Who sees this: the page tells of each user what the user finds himself, and why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import Acting, User, access
from interparl.accounts.roles import RISING, ROLES
from interparl.bodies.models import Body
from interparl.core.addresses import address
from interparl.core.days import today
from interparl.core.readers import knowers_of, reach_of
from interparl.core.readers_page import people_table
from interparl.core.records import Record
from interparl.directory.models import Portfolio
from tests import makers

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    """A browser of the user."""
    client = Client()
    client.force_login(user)
    return client


def a_house() -> tuple[list[Record], dict[str, User]]:
    """A country and a body of each mark, and users of all roles with and without something of their own."""
    users = {key: makers.a_user(key) for key in ROLES}
    users["closed"] = makers.a_user("administrator")
    User.objects.filter(pk=users["closed"].pk).update(is_active=False)
    users["deputy"] = makers.a_user("protocol_officer")
    Acting.objects.create(
        user=users["head_of_department"], deputy=users["deputy"], since=today(), until=today() + timedelta(days=1)
    )
    seated = makers.sits(users["member"])
    users["guest"] = makers.a_user("member")
    makers.sits(users["guest"])
    records: list[Record] = []
    for mark in RISING[:3]:
        country = makers.a_country(mark=mark)
        body = makers.a_body(mark=mark)
        makers.kept(Portfolio(user=users["desk_officer"], country=country, since="2010"))
        makers.a_membership(body, seated, since="2010")
        records += [country, body]
    return records, users


def test_the_page_names_those_who_find_the_record_when_they_look() -> None:
    records, _users = a_house()
    for record in records:
        kind, pages = record.record_kind(), address((record.record_kind(), record.pk))
        found = {
            user.pk
            for user in User.objects.all()
            if signed_in(user).get(pages).status_code == 200  # a closed account is led to sign in
        }
        assert (kind, {one.user.pk for one in knowers_of(record, access().everyone())}) == (kind, found)


def test_each_is_named_with_his_reason_when_it_is_role_own_or_deputising() -> None:
    records, users = a_house()
    reading = makers.a_reading(users["administrator"], day=today())
    body = next(one for one in records if isinstance(one, Body) and one.mark == "official")
    table = people_table(knowers_of(body, access().everyone()), reading)
    why = {name: reason for name, _role, reason in table.values()}
    by_name = {key: why.get(str(user)) for key, user in users.items()}
    assert by_name == {
        "administrator": "By role",
        "head_of_department": "By role",
        "desk_officer": None,
        "delegation_secretary": None,
        "member": f"Own: {body}",
        "leadership": "By role",
        "protocol_officer": None,
        "ministry_liaison": None,
        "auditor": "By role",
        "closed": None,
        "deputy": "Acts for: Head of department",
        "guest": None,
    }


def test_a_role_reaches_what_its_users_reach_when_nothing_is_their_own() -> None:
    records, users = a_house()
    for record in records:
        for key in ("leadership", "protocol_officer", "auditor", "ministry_liaison"):
            reaches = reach_of(ROLES[key], record) == "every"
            assert (key, record.mark, reaches) == (key, record.mark, record.is_open_to(users[key]))


def test_the_page_is_not_there_when_the_record_is_hidden() -> None:
    records, users = a_house()
    hidden = next(one for one in records if one.mark == "official")
    answers: list[Any] = []
    client = signed_in(users["protocol_officer"])
    for key in (hidden.pk, 999_999):
        client.get("/desk/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = client.get(asked_for := address((hidden.record_kind(), key), "readers"))
        answers.append((answer.status_code, len(asked), TOKEN.sub("", answer.text).replace(asked_for, "")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


def test_names_are_only_for_those_who_keep_registers_when_the_page_is_read() -> None:
    records, users = a_house()
    for key, named in (("desk_officer", True), ("auditor", True), ("member", False), ("protocol_officer", False)):
        answer = signed_in(users[key]).get(address((records[0].record_kind(), records[0].pk), "readers"))
        assert (key, answer.status_code, str(users["leadership"]) in answer.text) == (key, 200, named)


def test_no_further_question_is_asked_when_there_are_more_users() -> None:
    records, users = a_house()
    client = signed_in(users["administrator"])
    pages = address((records[-1].record_kind(), records[-1].pk), "readers")
    numbers = []
    for _time in range(2):
        client.get(pages)
        with CaptureQueriesContext(connection) as asked:
            client.get(pages)
        numbers.append(len(asked))
        for role in ROLES:
            makers.a_user(role)
    assert numbers[0] == numbers[1]


def test_who_has_no_mandate_any_more_is_not_named_when_the_record_is_open_to_members() -> None:
    records, users = a_house()
    person = makers.a_person(user=makers.a_user("member"))
    makers.a_mandate(person, since="2000", until=(date(2010, 1, 1)).isoformat())
    names = {one.user.pk for one in knowers_of(records[0], access().everyone())}
    assert (person.user_id in names, users["guest"].pk in names) == (False, True)
