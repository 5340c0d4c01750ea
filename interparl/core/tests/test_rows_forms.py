"""The form of a row that another record's page shows offers what the heading of a page of its own would."""

from __future__ import annotations

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.days import today
from interparl.directory.models import PersonName
from tests import makers

pytestmark = pytest.mark.django_db
NAME = PersonName.record_kind()


def offered(client: Client, user: User, ref: tuple[str, int]) -> list[str]:
    """Where the menu of the form leads, by the last part of the address."""
    client.force_login(user)
    found = client.get(address(ref, "edit")).context.get("more") or []
    return [one.url.rstrip("/").rpartition("/")[2] for one in found]


def test_a_row_is_published_and_withdrawn_from_its_form(client: Client, officer: User) -> None:
    name = makers.a_name(makers.a_person(mark="public"), family="Known", kind="known-as", mark="public")
    ref = (NAME, name.pk)
    assert offered(client, officer, ref) == ["history", "readers", "publish", "end"]
    page = client.get(address(ref, "edit")).content.decode()
    assert f'href="{address(ref, "publish")}"' in page
    assert client.post(address(ref, "publish"), {"on": today().isoformat(), "reason": ""}).status_code == 302
    name.refresh_from_db()
    assert name.published_on == today()
    assert client.post(address(ref, "publish"), {"reason": "A mistake"}).status_code == 302
    name.refresh_from_db()
    assert name.published_on is None


def test_a_mark_is_lowered_from_the_form_by_who_may(client: Client, officer: User, head: User) -> None:
    name = makers.a_name(makers.a_person(), family="Known", kind="known-as", mark="internal")
    assert "lower" not in offered(client, officer, (NAME, name.pk))
    assert "lower" in offered(client, head, (NAME, name.pk))


def test_a_record_with_a_page_of_its_own_offers_them_there_alone(client: Client, head: User) -> None:
    person = makers.a_person()
    assert offered(client, head, ("directory.person", person.pk)) == []
