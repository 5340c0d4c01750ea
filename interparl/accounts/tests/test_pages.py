"""The pages of the way in: every language, sign-in and sign-out, settings, and addresses that are not there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from interparl.accounts.models import User

PASSWORD = "quiet rivers of spring"  # noqa: S105
LANGUAGES = ("en", "ru", "be")
OUTSIDE = (
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)
INSIDE = ("account_logout", "account_reauthenticate", "account_change_password", "account_settings", "mfa_index")


@pytest.fixture
def anna(db: None) -> User:
    """A desk officer."""
    return User.objects.create_user("anna", "anna@example.org", PASSWORD, name="Anna Example", role="desk_officer")


def shown(client: Client, url: str, language: str) -> list[str]:
    """The language that the page declares, the number of its headings of the first order, what is inline in it."""
    client.cookies["language"] = language
    response = client.get(url)
    assert response.status_code == 200
    page = response.content.decode()
    inline = re.findall(r"<style|<script(?! type=\"module\" src=)| style=| on\w+=", page)
    return [*re.findall(r"<html lang=\"(\w+)\"", page), str(len(re.findall(r"<h1[^>]*>[^<]+</h1>", page))), *inline]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OUTSIDE)
def test_page_is_shown_in_each_language_when_signed_out(client: Client, name: str, language: str) -> None:
    assert shown(client, reverse(name), language) == [language, "1"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", INSIDE)
def test_page_is_shown_in_each_language_when_signed_in(client: Client, anna: User, name: str, language: str) -> None:
    client.force_login(anna)
    assert shown(client, reverse(name), language) == [language, "1"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", INSIDE[1:])
def test_page_of_an_account_asks_to_sign_in(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={reverse(name)}")


@pytest.mark.django_db
@pytest.mark.parametrize("rest", ["signup/", "email/", "confirm-email/", "password/set/", "login/code/confirm/"])
def test_address_of_allauth_that_is_not_shown_is_not_there(client: Client, rest: str) -> None:
    assert client.get(f"/accounts/{rest}").status_code == 404
    assert client.post(f"/accounts/{rest}", {"email": "new@example.org"}).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "account_confirm_email"])
def test_name_of_allauth_that_is_not_shown_leads_nowhere(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.django_db
def test_sign_in_page_says_nothing_of_signing_up(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert re.findall(r"(?i)sign.?up|register", page) == []


@pytest.mark.parametrize("name", ["anna", "ANNA", " anna ", "ａｎｎａ", "anna@example.org", "Anna@Example.org"])
def test_sign_in_takes_user_name_and_address(client: Client, anna: User, name: str) -> None:
    response = client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_session_ends_with_the_browser_when_signed_in(client: Client, anna: User) -> None:
    response = client.post("/accounts/login/", {"login": "anna", "password": PASSWORD})
    assert (response.cookies["sessionid"]["max-age"], client.session.get_expire_at_browser_close()) == ("", True)


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/desk/find/?q=a", "/desk/find/?q=a"),
        ("http://testserver/desk/new/", "http://testserver/desk/new/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("/\\evil.example/", "/desk/"),
        ("http:///evil.example/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("http://localhost/desk/", "/desk/"),
    ],
)
def test_sign_in_goes_on_only_within_its_own_host(client: Client, anna: User, wanted: str, reached: str) -> None:
    response = client.post("/accounts/login/", {"login": "anna", "password": PASSWORD, "next": wanted})
    assert response["Location"] == reached


def test_sign_out_needs_a_post(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.session["_auth_user_id"] == str(anna.pk)
    response = client.post("/accounts/logout/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "_auth_user_id" not in client.session


def test_sign_out_needs_the_token_of_the_form(anna: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    assert client.post("/accounts/logout/").status_code == 403
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_settings_are_kept_in_cookies_and_shown_again(client: Client, anna: User) -> None:
    client.force_login(anna)
    chosen = {"language": "be", "theme": "dark", "text": "on", "keys": "on"}
    response = client.post("/accounts/settings/", chosen)
    assert (response.status_code, response["Location"]) == (302, "/accounts/settings/")
    kept = {name: (cookie.value, cookie["httponly"]) for name, cookie in response.cookies.items()}
    assert {name: kept[name] for name in ("appearance", "language")} == {
        "appearance": ("theme:dark.text:large", True),
        "language": ("be", True),
    }
    page = client.get("/accounts/settings/").content.decode()
    assert re.findall(r"<html ([^>]*)>", page) == ['lang="be" dir="ltr" data-theme="dark" data-text="large"']
    assert re.findall(r'type="(?:radio|checkbox)" name="(\w+)"[^>]* checked', page) == ["theme", "text", "keys"]


def test_settings_hold_before_signing_in(client: Client, db: None) -> None:
    client.cookies["appearance"] = "theme:dark.text:giant"
    page = client.get("/accounts/login/").content.decode()
    assert re.findall(r"<html ([^>]*)>", page) == ['lang="en" dir="ltr" data-theme="dark"']


def test_settings_refuse_what_they_do_not_offer(client: Client, anna: User) -> None:
    client.force_login(anna)
    response = client.post("/accounts/settings/", {"language": "xx", "theme": "purple"})
    assert response.status_code == 200
    assert "appearance" not in response.cookies
    assert "language" not in response.cookies


def test_desk_leads_to_settings_when_signed_in(client: Client, anna: User) -> None:
    client.force_login(anna)
    page = client.get("/accounts/settings/").content.decode()
    assert set(re.findall(r'class="menu-item" href="(/[^"]*)"', page)) == {"/accounts/settings/"}
