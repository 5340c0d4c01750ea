"""The makers leave what they promise, through the gate."""

from __future__ import annotations

from datetime import date

import pytest

from interparl.accounts.models import User
from interparl.bodies.models import Membership
from interparl.core.models import Entry
from interparl.directory.models import Parliament
from tests import makers

pytestmark = pytest.mark.django_db


def test_a_membership_brings_all_it_needs_when_given_nothing() -> None:
    membership = makers.a_membership(since="2015-01-15", until="2015-12-31")
    assert list(Membership.objects.on(date(2015, 12, 31))) == [membership]
    assert list(Membership.objects.on(date(2016, 1, 1))) == []
    assert membership.part.body == membership.body


def test_a_body_has_the_parts_and_partners_when_they_are_named() -> None:
    home, country = makers.the_home_parliament(), makers.a_country(name="Utopia")
    body = makers.a_body(parliaments=[home], countries=[country])
    assert [part.parliament for part in body.parts.all()] == [home]
    assert [partner.country for partner in body.partners.all()] == [country]
    assert Parliament.objects.home() == home


def test_a_maker_leaves_one_entry_of_its_own_when_it_makes_a_record() -> None:
    country = makers.a_country()
    entry = Entry.objects.get(kind="directory.country", object_id=country.pk)
    assert (entry.verb, entry.actor, entry.user) == ("added", "interparl tests", None)


def test_names_differ_when_nobody_gives_them() -> None:
    assert str(makers.a_person()) != str(makers.a_person())


def test_fixtures_are_users_of_their_roles_when_asked_for(administrator: User, officer: User, member: User) -> None:
    assert [user.role for user in (administrator, officer, member)] == ["administrator", "desk_officer", "member"]
    assert [user.has_perm("directory.add_person") for user in (administrator, officer, member)] == [True, True, False]
    assert member.check_password("a long pass phrase")


def test_a_reading_is_of_the_day_asked_for_when_given(officer: User) -> None:
    reading = makers.a_reading(officer, date(2014, 2, 3), "be")
    assert (reading.user, reading.day, reading.language) == (officer, date(2014, 2, 3), "be")
