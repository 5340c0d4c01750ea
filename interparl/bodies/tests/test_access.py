"""What a user may today: portfolio and deputy, acting, a seat, the mandate; each ends on its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import Acting, User
from interparl.accounts.roles import ROLES
from interparl.bodies.models import Membership
from interparl.bodies.models.access import Access
from interparl.core.addresses import address, list_address, new_address
from interparl.directory.models import Country, Portfolio
from tests import makers

pytestmark = pytest.mark.django_db


def today_is(day: str) -> Any:
    """The clock stands at noon of the day."""
    return time_machine.travel(f"{day}T12:00:00+00:00", tick=False)


def again(user: User) -> User:
    """The user as the next request reads him."""
    found = Access().get_user(user.pk)
    assert found is not None
    return found


def reads(user: User, country: Country) -> bool:
    """Whether the user finds the country, on its page and in the list alike."""
    client = Client()
    client.force_login(user)
    status = client.get(address(("directory.country", country.pk))).status_code
    ids = [row["id"] for row in client.get(list_address("directory.country", format="json")).json()["rows"]]
    assert (status == 200) == (country.pk in ids)
    return country.pk in ids


def test_a_deputy_reads_for_two_weeks_when_named_for_them() -> None:
    officer, deputy = makers.a_user(), makers.a_user()
    secret = makers.a_country("AM", mark="official")
    days = {"deputy_since": date(2015, 7, 6), "deputy_until": date(2015, 7, 19)}
    makers.kept(Portfolio(user=officer, deputy=deputy, country=secret, since="2012", **days))
    found = {}
    for day in ("2015-07-05", "2015-07-06", "2015-07-19", "2015-07-20"):
        with today_is(day):
            found[day] = (reads(officer, secret), reads(deputy, secret))
    assert found == {
        "2015-07-05": (True, False),
        "2015-07-06": (True, True),
        "2015-07-19": (True, True),
        "2015-07-20": (True, False),
    }


def test_who_acts_has_the_rights_of_the_other_when_the_days_are_there() -> None:
    head, deputy = makers.a_user("head_of_department"), makers.a_user("protocol_officer")
    Acting.objects.create(user=head, deputy=deputy, since=date(2015, 7, 6), until=date(2015, 7, 19))
    secret = makers.a_country("AM", mark="official")
    found = {}
    for day in ("2015-07-05", "2015-07-06", "2015-07-20"):
        with today_is(day):
            found[day] = (reads(deputy, secret), again(deputy).has_perm("core.lower_mark"))
    assert found == {"2015-07-05": (False, False), "2015-07-06": (True, True), "2015-07-20": (False, False)}
    head.is_active = False
    head.save()
    with today_is("2015-07-06"):
        assert (reads(deputy, secret), again(deputy).has_perm("core.lower_mark")) == (False, False)


def test_who_acts_looks_after_what_the_other_does_when_it_is_restricted() -> None:
    officer, deputy = makers.a_user(), makers.a_user()
    secret = makers.a_country("AM", mark="official")
    makers.kept(Portfolio(user=officer, country=secret, since="2012"))
    Acting.objects.create(user=officer, deputy=deputy, since=date(2015, 7, 6), until=date(2015, 7, 19))
    with today_is("2015-07-10"):
        assert reads(deputy, secret)
    with today_is("2015-07-21"):
        assert not reads(deputy, secret)


def test_access_ends_with_the_mandate_when_a_member_is_signed_in(client: Client) -> None:
    member = makers.a_user("member")
    makers.sits(member, since="2012-10-18", until="2016-10-10")
    client.force_login(member)
    with today_is("2016-10-10"):
        client.force_login(member)
        assert client.get("/desk/").status_code == 200
    with today_is("2016-10-11"):
        client.force_login(member)
        answer = client.get("/desk/")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
        assert Access().get_user(member.pk) is None
        assert not Access().user_can_authenticate(User.objects.get(pk=member.pk))
        assert User.objects.get(pk=member.pk).rights.marks == frozenset({"public"})


def test_a_member_without_a_person_has_no_access_when_he_signs_in() -> None:
    assert Access().get_user(makers.a_user("member").pk) is None


def test_a_member_reads_of_his_bodies_what_others_do_not_when_it_is_for_official_use() -> None:
    member, other = makers.a_user("member"), makers.a_user("member")
    person = makers.sits(member)
    makers.sits(other)
    body = makers.a_body(mark="official")
    makers.a_membership(body, person, since="2015-01-01", until="2015-12-31")
    with today_is("2015-12-31"):
        assert [Membership.objects.visible_to(again(one)).count() for one in (member, other)] == [1, 0]
    with today_is("2016-01-01"):
        assert [Membership.objects.visible_to(again(one)).count() for one in (member, other)] == [0, 0]


def test_a_secretary_keeps_his_own_body_and_no_other_when_he_serves_it(client: Client) -> None:
    secretary = makers.a_user("delegation_secretary")
    person = makers.a_person(user=secretary)
    mine, other = makers.a_body("mine"), makers.a_body("other")
    makers.a_membership(mine, person, role=Membership.Role.SECRETARY, since="2010")
    client.force_login(secretary)
    pages = [client.get(address(("bodies.body", one.pk), "edit")).status_code for one in (mine, other)]
    assert pages == [200, 403]
    for body, status in ((mine, 302), (other, 422)):
        part = body.parts.first() or makers.a_part(body)
        sent = {"body": f"#{body.pk}", "part": f"#{part.pk}", "person": f"#{makers.a_person().pk}", "since": "2012"}
        answer = client.post(
            new_address("bodies.membership"), sent | {"role": "member", "mark": "internal", "grade": "stated"}
        )
        assert (body.code, answer.status_code) == (body.code, status)
    assert [one.memberships.count() for one in (mine, other)] == [2, 0]


def test_a_seat_as_secretary_gives_the_rights_of_one_when_the_role_is_another() -> None:
    officer = makers.a_user("leadership")
    body = makers.a_body()
    makers.a_membership(body, makers.a_person(user=officer), role=Membership.Role.SECRETARY, since="2010")
    found = again(officer)
    assert found.standing.roles == ("delegation_secretary",)
    assert (body.may_change(found), makers.a_body().may_change(found)) == (True, False)


def test_an_officer_gives_himself_no_portfolio_when_he_is_curious(client: Client, officer: User) -> None:
    country = makers.a_country("AM")
    client.force_login(officer)
    assert client.get(new_address("directory.portfolio")).status_code == 403
    assert client.post(new_address("directory.portfolio"), {"country": f"#{country.pk}"}).status_code == 403


def test_a_user_comes_with_his_standing_in_one_query_when_a_request_reads_him() -> None:
    user = makers.a_user()
    makers.kept(Portfolio(user=user, country=makers.a_country(), since="2000"))
    again(user)
    with CaptureQueriesContext(connection) as asked:
        found = again(user)
        assert (len(found.standing.own["directory.country"]), found.rights.marks) == (1, ROLES["desk_officer"].marks)
    assert len(asked) == 2  # the settings of the installation say which day it is


def test_everyone_has_the_same_standing_when_read_together_or_alone() -> None:
    country = makers.a_country()
    users = [makers.a_user(role) for role in ROLES]
    for user in users[:4]:
        makers.kept(Portfolio(user=user, country=country, since="2000"))
        makers.a_membership(makers.a_body(countries=[country]), makers.sits(user))
    together = {user.pk: user.standing for user in Access().everyone()}
    assert together == {user.pk: Access().standing_of(user) for user in users}
