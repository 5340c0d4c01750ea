"""Signing in through another system: who is let in, who is refused, and that nobody is made by it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPErrorProcessor, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from interparl.accounts.models import User
from interparl.accounts.tests.hands import PASSWORD, SECURITY, with_app
from interparl.accounts.tests.provider import CLIENT, SECRET, Provider, Served

ANNA = {"sub": "anna-7", "email": "Anna@example.org", "email_verified": True}
REFUSED = "/accounts/login/refused/"


class NotFollowed(HTTPErrorProcessor):
    """Leaves redirects as they are."""

    def http_response(self, request: Any, response: Any) -> Any:
        """The answer itself."""
        return response


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    """The other system, known to the settings."""
    served = Served(Provider(claims=dict(ANNA)))
    app = {
        "provider_id": "sso",
        "name": "Parliament",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": served.provider.base, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield served.provider
    served.stop()


@pytest.fixture
def anna(db: None) -> User:
    """Somebody without a password, beside one whose account is closed."""
    User.objects.create_user("boris", "boris@example.org", PASSWORD, is_active=False)
    return User.objects.create_user("anna", "anna@example.org", role="desk_officer")


def through(client: Client, wanted: str = "") -> str:
    """Goes to the other system and comes back; where it led."""
    page = client.post("/accounts/login/sso/to/", {"next": wanted} if wanted else {})
    assert page.status_code == 200
    (address,) = re.findall(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    with build_opener(NotFollowed).open(html.unescape(address)) as answer:
        back = urlsplit(answer.headers["Location"])
    assert (back.netloc, back.path) == ("testserver", "/accounts/login/sso/from/")
    response = client.get(f"{back.path}?{back.query}")
    assert response.status_code == 302
    return str(response["Location"])


def test_button_stands_at_the_door_only_with_the_settings(client: Client, db: None) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert re.findall(r"Sign in with (?!a passkey)[^<]*", page) == []
    assert client.post("/accounts/login/sso/to/").status_code == 404
    assert client.get("/accounts/login/sso/from/").status_code == 404


def test_button_names_the_other_system(client: Client, db: None, provider: Provider) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert re.findall(r"Sign in with (?!a passkey)[^<]*", page) == ["Sign in with Parliament"]


def test_link_alone_starts_nothing(client: Client, db: None, provider: Provider) -> None:
    assert client.get("/accounts/login/sso/to/")["Location"] == "/accounts/login/"


def test_verified_address_signs_in_and_is_linked(
    client: Client, anna: User, provider: Provider, mailoutbox: list[EmailMessage]
) -> None:
    assert through(client) == "/desk/"
    assert client.session["_auth_user_id"] == str(anna.pk)
    linked = SocialAccount.objects.values_list("user_id", "provider", "uid", "extra_data")
    assert list(linked) == [(anna.pk, "sso", "anna-7", {})]
    assert [mail.to for mail in mailoutbox] == [["anna@example.org"]]
    assert set(provider.asked["scope"].split()) == {"openid", "profile", "email"}


def test_linked_identity_signs_in_whatever_its_address(client: Client, anna: User, provider: Provider) -> None:
    through(client)
    client.post("/accounts/logout/")
    provider.claims = {"sub": "anna-7", "email": "anna.new@example.net", "email_verified": False, "name": "Anna"}
    assert through(client, "/desk/find/?q=a") == "/desk/find/?q=a"
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert list(SocialAccount.objects.values_list("extra_data", flat=True)) == [{}]


def test_password_stays_when_an_identity_is_linked(client: Client, anna: User, provider: Provider) -> None:
    anna.set_password(PASSWORD)
    anna.save()
    through(client)
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "x", "email": "nobody@example.org", "email_verified": True},
        {"sub": "x", "email": "boris@example.org", "email_verified": True},
        {"sub": "x", "email": "anna@example.org", "email_verified": False},
        {"sub": "x", "email": "anna@example.org", "email_verified": "false"},
        {"sub": "x", "email": "anna@example.org"},
        {"sub": "x"},
        {"email": "anna@example.org", "email_verified": True},
    ],
    ids=["unknown", "closed", "unverified", "a word", "unsaid", "no address", "no subject"],
)
def test_who_is_not_known_is_refused_alike(
    client: Client, anna: User, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims
    assert through(client) == REFUSED
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (2, 0)


def test_closed_account_is_refused_when_its_identity_is_linked(client: Client, anna: User, provider: Provider) -> None:
    through(client)
    client.post("/accounts/logout/")
    anna.is_active = False
    anna.save()
    assert through(client) == REFUSED


def test_member_is_refused_when_the_mandate_has_ended(client: Client, anna: User, provider: Provider) -> None:
    anna.role = "member"
    anna.save()
    assert through(client) == REFUSED
    assert SocialAccount.objects.count() == 0


def test_address_given_to_somebody_else_opens_nothing(client: Client, anna: User, provider: Provider) -> None:
    through(client)
    client.post("/accounts/logout/")
    provider.claims = ANNA | {"sub": "another-8"}
    assert through(client) == REFUSED
    assert SocialAccount.objects.count() == 1


def test_answer_about_another_person_is_refused(client: Client, anna: User, provider: Provider) -> None:
    provider.answer = ANNA | {"sub": "another-8"}
    assert through(client) == REFUSED


@pytest.mark.parametrize(
    "token",
    [{"aud": "another"}, {"iss": "http://another.example"}, {"exp": 1}],
    ids=["audience", "issuer", "old"],
)
def test_token_for_another_is_refused(client: Client, anna: User, provider: Provider, token: dict[str, Any]) -> None:
    provider.token = token
    assert through(client) == REFUSED


def test_token_signed_by_another_is_refused(client: Client, anna: User, provider: Provider) -> None:
    provider.signing_key = generate_private_key(public_exponent=65537, key_size=2048)
    assert through(client) == REFUSED


@pytest.mark.parametrize("answer", [{"sub": 7}, [], "anna", None], ids=["a number", "a list", "a word", "nothing"])
def test_answer_of_another_form_is_refused(client: Client, anna: User, provider: Provider, answer: Any) -> None:
    provider.claims = {"sub": "anna-7"}
    provider.answer = answer if answer is not None else {}
    assert through(client) == REFUSED


def test_failure_over_there_is_answered_alike(client: Client, anna: User, provider: Provider) -> None:
    provider.fails = True
    assert through(client) == REFUSED
    page = client.get(REFUSED)
    assert (page.status_code, re.findall(r"<h1>([^<]*)</h1>", page.content.decode())) == (403, ["Not signed in"])


def test_system_that_does_not_answer_is_answered_alike(client: Client, db: None, provider: Provider) -> None:
    provider.base = ""
    app = {"provider_id": "sso", "name": "x", "client_id": "x", "secret": "x"}
    nowhere = {"openid_connect": {"APPS": [app | {"settings": {"server_url": "http://127.0.0.1:9"}}]}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SOCIALACCOUNT_PROVIDERS", nowhere)
        assert client.post("/accounts/login/sso/to/")["Location"] == REFUSED


def test_answer_that_nobody_asked_for_is_refused(client: Client, anna: User, provider: Provider) -> None:
    assert client.get("/accounts/login/sso/from/?code=x&state=y")["Location"] == REFUSED
    assert client.get("/accounts/login/sso/from/")["Location"] == REFUSED


def test_required_factor_is_left_to_the_other_system(
    client: Client, anna: User, provider: Provider, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "required"
    through(client)
    assert client.get("/desk/").status_code == 200
    client.post("/accounts/logout/")
    client.force_login(anna)
    assert client.get("/desk/")["Location"] == SECURITY


def test_factor_that_is_set_up_here_is_asked_for(client: Client, anna: User, provider: Provider) -> None:
    with_app(anna)
    assert through(client) == "/accounts/login/code/"
    assert "_auth_user_id" not in client.session
