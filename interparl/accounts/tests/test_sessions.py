"""Sessions: their key, their end, the list of devices, and what all this costs."""

from __future__ import annotations

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from interparl.accounts.devices import browser_name
from interparl.accounts.models import User
from interparl.accounts.tests.hands import PASSWORD, SECURITY, sign_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/130.0 Safari/537.36 Edg/130.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


@pytest.fixture
def anna(db: None) -> User:
    """A desk officer."""
    return User.objects.create_user("anna", "anna@example.org", PASSWORD, name="Anna Example", role="desk_officer")


def back(client: Client, **seconds: int) -> None:
    """Puts the stamps of the session so many seconds back."""
    session = client.session
    for stamp, ago in seconds.items():
        session[stamp] -= ago
    session.save()


def is_inside(client: Client) -> bool:
    """Whether the window is signed in."""
    return client.get("/accounts/settings/").status_code == 200


@pytest.mark.parametrize(
    ("ago", "inside"),
    [
        ({"seen_at": 59 * 60}, True),
        ({"seen_at": 60 * 60}, False),
        ({"signed_in_at": 12 * 3600 - 60}, True),
        ({"signed_in_at": 12 * 3600}, False),
    ],
)
def test_session_ends_when_idle_or_old(client: Client, anna: User, ago: dict[str, int], inside: bool) -> None:
    sign_in(client)
    back(client, **ago)
    key = client.session.session_key
    assert is_inside(client) == inside
    assert Session.objects.filter(session_key=key).exists() == inside


def test_idle_limit_is_a_setting(client: Client, anna: User, settings: Settings) -> None:
    settings.IDLE_MINUTES = 5
    sign_in(client)
    back(client, seen_at=5 * 60)
    assert not is_inside(client)


def test_session_without_stamps_ends(client: Client, anna: User) -> None:
    sign_in(client)
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert not is_inside(client)


def test_use_keeps_the_session_but_not_beyond_the_longest(client: Client, anna: User) -> None:
    sign_in(client)
    for _time in range(3):
        back(client, seen_at=40 * 60, signed_in_at=40 * 60)
        assert is_inside(client)
    back(client, signed_in_at=10 * 3600)
    assert not is_inside(client)


def test_end_of_a_session_is_said_at_the_door(client: Client, anna: User) -> None:
    sign_in(client)
    back(client, seen_at=3600)
    page = client.get("/desk/", follow=True)
    assert page.redirect_chain == [("/accounts/login/?next=/desk/", 302)]
    assert "You were signed out because the time of your session was over." in page.content.decode()


def queries(client: Client, address: str) -> list[str]:
    """What the page asks the database."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"].split()[0] for query in captured]


def test_stamp_is_written_once_a_minute(client: Client, anna: User) -> None:
    client.force_login(anna)
    quiet = queries(client, "/accounts/settings/")
    assert [verb for verb in quiet if verb in ("INSERT", "UPDATE", "DELETE")] == []
    back(client, seen_at=60)
    written = [verb for verb in queries(client, "/accounts/settings/") if verb in ("INSERT", "UPDATE", "DELETE")]
    assert written == ["UPDATE", "UPDATE"]
    assert queries(client, "/accounts/settings/") == quiet


def test_second_factor_costs_one_question_a_session(client: Client, anna: User, settings: Settings) -> None:
    client.force_login(anna)
    quiet = queries(client, "/accounts/settings/")
    settings.SECOND_FACTOR = "required"
    assert queries(client, "/accounts/settings/") == quiet


def test_key_changes_at_sign_in_and_is_destroyed_at_sign_out(client: Client, anna: User) -> None:
    client.post("/accounts/login/passkey/options/")
    before = client.session.session_key
    sign_in(client)
    after = client.session.session_key
    assert before != after
    assert [key for key in (before, after) if Session.objects.filter(session_key=key).exists()] == [after]
    stolen = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=after).exists()
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert not is_inside(thief)


def signed_in(user_agent: str, address: str) -> Client:
    """A window of another device."""
    client = Client(HTTP_USER_AGENT=user_agent, REMOTE_ADDR=address)
    sign_in(client)
    return client


def rows(client: Client) -> list[tuple[str, str]]:
    """Browser and address of each device on the page."""
    page = client.get(SECURITY).content.decode()
    part = page[page.index('id="devices"') :]
    found = re.findall(r'rowheader">([^<]+)(<span class="second">)?.*?<td[^>]*>([\d.]+)</td>', part)
    return [(name + ("*" if this else ""), address) for name, this, address in found]


def test_devices_are_listed_and_ended(anna: User) -> None:
    mine = signed_in(FIREFOX, "192.0.2.1")
    other = signed_in(EDGE, "192.0.2.2")
    assert rows(mine) == [("Firefox, Linux*", "192.0.2.1"), ("Edge, Windows", "192.0.2.2")]
    key = UserSession.objects.get(ip="192.0.2.2").pk
    assert mine.get(f"/accounts/security/devices/{key}/end/").status_code == 405
    assert mine.post(f"/accounts/security/devices/{key}/end/")["Location"] == SECURITY
    assert (is_inside(mine), is_inside(other)) == (True, False)
    assert rows(mine) == [("Firefox, Linux*", "192.0.2.1")]


def test_all_other_devices_end_at_once(anna: User) -> None:
    mine = signed_in(FIREFOX, "192.0.2.1")
    others = [signed_in(EDGE, "192.0.2.2"), signed_in(IPHONE, "192.0.2.3")]
    mine.post("/accounts/security/devices/end-others/")
    assert [is_inside(window) for window in (mine, *others)] == [True, False, False]


def test_device_of_another_person_is_not_there(anna: User) -> None:
    User.objects.create_user("boris", "boris@example.org", PASSWORD, role="desk_officer")
    hers = signed_in(FIREFOX, "192.0.2.1")
    his = Client()
    sign_in(his, "boris")
    key = UserSession.objects.get(ip="192.0.2.1").pk
    assert his.post(f"/accounts/security/devices/{key}/end/").status_code == 404
    assert is_inside(hers)


def test_ending_this_device_signs_out(anna: User) -> None:
    mine = signed_in(FIREFOX, "192.0.2.1")
    key = UserSession.objects.get().pk
    assert mine.post(f"/accounts/security/devices/{key}/end/")["Location"] == "/accounts/login/"
    assert not is_inside(mine)


def test_new_password_ends_the_others(anna: User) -> None:
    mine, other = signed_in(FIREFOX, "192.0.2.1"), signed_in(EDGE, "192.0.2.2")
    new = "winds over the plain"
    mine.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_inside(mine), is_inside(other)) == (True, False)
    assert rows(mine) == [("Firefox, Linux*", "192.0.2.1")]


def test_address_is_that_of_the_client_behind_a_proxy(anna: User, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.55", REMOTE_ADDR="127.0.0.1")
    sign_in(client)
    assert list(UserSession.objects.values_list("ip", flat=True)) == ["192.0.2.55"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (FIREFOX, "Firefox, Linux"),
        (EDGE, "Edge, Windows"),
        (IPHONE, "Safari, iPhone"),
        ("curl/8.5", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_browser_has_a_name(said: str, name: str) -> None:
    assert browser_name(said) == name


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("eleven char", ["password_too_short"]),
        ("twelve chars", []),
        ("all small letters and no number", []),
        ("q" * 40 + "р" * 40 + " 漢字 ", []),
        ("password1234", ["password_too_common"]),
        ("anna.example", ["password_too_similar"]),
        ("anna@example.org", ["password_too_similar"]),
    ],
)
def test_password_is_judged_by_length_and_use_only(password: str, codes: list[str]) -> None:
    user = User(username="anna", email="anna@example.org", name="Anna Example")
    try:
        validate_password(password, user)
        found = []
    except ValidationError as error:
        found = [one.code for one in error.error_list]
    assert found == codes
