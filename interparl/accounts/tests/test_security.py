"""Second factors: the app, recovery codes, passkeys that are not right, what is asked for and what is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from interparl.accounts.factors import Factors, drop_factors, has_factor
from interparl.accounts.models import User
from interparl.accounts.tests.hands import (
    PASSWORD,
    SECURITY,
    code_of,
    confirmed,
    recovery_codes,
    sign_in,
    with_app,
)

NOT_RIGHT = "The code or the passkey is not right."
TOO_MANY = "Too many wrong attempts. Wait a few minutes, then try again."


@pytest.fixture
def anna(db: None) -> User:
    """A desk officer."""
    return User.objects.create_user("anna", "anna@example.org", PASSWORD, name="Anna Example", role="desk_officer")


@pytest.fixture
def emptied() -> Iterator[None]:
    """For tests that commit: the attempts that they count do not count in others."""
    yield
    cache.clear()


@pytest.fixture
def inside(client: Client, anna: User) -> Client:
    """Her window."""
    sign_in(client)
    return client


def set_up_app(window: Client) -> str:
    """Sets up an app as a person does; its secret."""
    page = confirmed(window).get("/accounts/security/app/add/").content.decode()
    secret = str(re.findall(r'<code class="secret">([A-Z2-7 ]+)</code>', page)[0]).replace(" ", "")
    window.post("/accounts/security/app/add/", {"code": code_of(secret)})
    return secret


def second_step(client: Client, code: str) -> list[str]:
    """What is wrong with the code; nothing when it was right."""
    response = client.post("/accounts/login/code/", {"code": code})
    return [] if response.status_code == 302 else list(response.context["form"].errors["code"])


@pytest.mark.parametrize(
    "name",
    ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"],
)
def test_password_is_asked_before_a_factor_changes(inside: Client, anna: User, name: str) -> None:
    with_app(anna) if "recovery" in name else None
    response = inside.get(reverse(name))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied")
def test_app_is_set_up_and_codes_are_shown_once(
    inside: Client,
    anna: User,
    mailoutbox: list[EmailMessage],
) -> None:
    set_up_app(inside)
    assert has_factor(anna)
    page = inside.get("/accounts/security/codes/").content.decode()
    shown = re.findall(r"<li><code>(\d+)</code>", page)
    assert shown == recovery_codes(anna)
    assert len(shown) == 10
    file = inside.get("/accounts/security/codes/file/")
    assert file.content.decode().split()[-10:] == shown
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    session = inside.session
    session["recovery_codes_shown_at"] -= 601
    session.save()
    for address in ("/accounts/security/codes/", "/accounts/security/codes/file/"):
        assert inside.get(address)["Location"] == SECURITY
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [
        ("Interparl: a key to your account was changed", ["anna@example.org"])
    ]
    assert str(mailoutbox[0].body).splitlines()[0] == "An authenticator app was set up for your account."


def test_codes_of_another_session_are_not_shown_again(inside: Client, anna: User) -> None:
    set_up_app(inside)
    inside.get("/accounts/security/codes/")
    other = Client()
    other.force_login(anna)
    assert confirmed(other).get("/accounts/security/codes/")["Location"] == SECURITY


def test_secrets_are_not_kept_in_clear(anna: User) -> None:
    secret = with_app(anna)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert Factors().decrypt(Factors().encrypt(secret)) == secret


def test_secret_of_a_former_key_fits_no_code(anna: User, settings: Settings) -> None:
    kept = Factors().encrypt("JBSWY3DPEHPK3PXP")
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another key for tests only"  # noqa: S105
    assert Factors().decrypt(kept) != "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = [former]
    assert Factors().decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_sign_in_needs_the_code_when_an_app_is_set_up(client: Client, anna: User) -> None:
    secret = with_app(anna)
    assert sign_in(client)["Location"] == "/accounts/login/code/"
    assert "_auth_user_id" not in client.session
    assert client.get("/desk/").status_code == 302
    assert second_step(client, "000000" if code_of(secret) != "000000" else "000001") == [NOT_RIGHT]
    assert second_step(client, code_of(secret)) == []
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_code_counts_once_also_in_the_half_minute_after(client: Client, anna: User) -> None:
    secret = with_app(anna)
    code = code_of(secret)
    sign_in(client)
    assert second_step(client, code) == []
    other = Client()
    sign_in(other)
    assert second_step(other, code) == [NOT_RIGHT]
    assert "_auth_user_id" not in other.session


def test_recovery_code_counts_once(client: Client, anna: User) -> None:
    with_app(anna)
    code = recovery_codes(anna)[3]
    sign_in(client)
    assert second_step(client, code) == []
    assert code not in recovery_codes(anna)
    other = Client()
    sign_in(other)
    assert second_step(other, code) == [NOT_RIGHT]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied")
def test_new_codes_replace_the_former(
    inside: Client,
    anna: User,
    mailoutbox: list[EmailMessage],
) -> None:
    with_app(anna)
    former = recovery_codes(anna)
    response = confirmed(inside).post("/accounts/security/codes/make/")
    assert response["Location"] == "/accounts/security/codes/"
    assert set(former) & set(recovery_codes(anna)) == set()
    assert len(mailoutbox) == 1


def test_too_many_codes_are_refused_even_when_right(client: Client, anna: User) -> None:
    secret = with_app(anna)
    wrong = next(code for code in ("000000", "000001", "000002", "000003") if code not in near(secret))
    sign_in(client)
    assert [second_step(client, wrong) for _attempt in range(5)] == [[NOT_RIGHT]] * 5
    assert second_step(client, code_of(secret)) == [TOO_MANY]
    other = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(other)
    assert second_step(other, code_of(secret)) == [TOO_MANY]


def near(secret: str) -> set[str]:
    """The codes that may be taken around now."""
    return {code_of(secret, step) for step in range(-2, 3)}


def test_wrong_password_is_answered_alike_with_and_without_a_factor(client: Client, anna: User) -> None:
    pages = []
    for _time in range(2):
        response = sign_in(client, password="loud rivers of autumn")  # noqa: S106
        pages.append((response.status_code, list(response.context["form"].non_field_errors())))
        with_app(anna) if not has_factor(anna) else None
    assert pages == [(200, ["The name or the password is wrong."])] * 2


def test_start_again_forgets_the_first_step(client: Client, anna: User) -> None:
    with_app(anna)
    sign_in(client)
    assert client.post("/accounts/logout/", {"next": "/accounts/login/"})["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/accounts/login/code/")["Location"] == "/accounts/login/"


def test_app_is_removed_with_its_codes(inside: Client, anna: User, mailoutbox: list[EmailMessage]) -> None:
    with_app(anna)
    page = confirmed(inside).get("/accounts/security/app/remove/")
    assert page.status_code == 200
    assert inside.post("/accounts/security/app/remove/")["Location"] == SECURITY
    assert Authenticator.objects.filter(user=anna).count() == 0
    assert [mail.to for mail in mailoutbox] == [["anna@example.org"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied")
def test_factor_stays_when_the_mail_cannot_be_sent(
    inside: Client,
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_mail: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", broken)
    set_up_app(inside)
    assert has_factor(anna)
    assert [record.getMessage() for record in caplog.records] == [f"no mail about a change of the account {anna.pk}"]


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "[]",
        '"x"',
        "{}",
        '{"response": {}}',
        (
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
            ' "authenticatorData": "AA", "signature": "AA"}}'
        ),
        (
            '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30",'
            ' "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}'
        ),
    ],
)
def test_what_is_no_passkey_signs_nobody_in(client: Client, anna: User, credential: str) -> None:
    client.post("/accounts/login/passkey/options/")
    response = client.post("/accounts/login/passkey/", {"credential": credential})
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    with_app(anna)
    sign_in(client)
    assert client.post("/accounts/login/code/", {"credential": credential}).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", ["", "null", "[]", '"x"', "{}", '{"response": {}, "type": "public-key"}'])
def test_what_is_no_passkey_is_not_added(inside: Client, anna: User, credential: str) -> None:
    response = confirmed(inside).post("/accounts/security/passkeys/add/", {"name": "x", "credential": credential})
    assert response.status_code == 200
    assert not has_factor(anna)


def test_options_of_a_passkey_name_no_account(client: Client, anna: User) -> None:
    asked = client.post("/accounts/login/passkey/options/").json()["publicKey"]
    assert (asked["rpId"], asked["userVerification"], asked.get("allowCredentials", [])) == (
        "testserver",
        "required",
        [],
    )
    assert client.get("/accounts/login/passkey/options/").status_code == 405


@pytest.mark.parametrize("wanted", ["offered", "required"])
def test_factor_is_asked_for_where_it_is_required(inside: Client, settings: Settings, wanted: str) -> None:
    settings.SECOND_FACTOR = wanted
    response = inside.get("/desk/")
    expected = (200, "") if wanted == "offered" else (302, SECURITY)
    assert (response.status_code, response.get("Location", "")) == expected
    for address in (SECURITY, "/accounts/settings/", "/accounts/password/change/", "/en/"):
        assert inside.get(address).status_code == 200
    set_up_app(inside)
    assert inside.get("/desk/").status_code == 200


def test_factor_is_asked_for_again_when_the_last_was_removed(inside: Client, anna: User, settings: Settings) -> None:
    settings.SECOND_FACTOR = "required"
    set_up_app(inside)
    assert inside.get("/desk/").status_code == 200
    inside.post("/accounts/security/app/remove/", follow=True)
    assert inside.get("/desk/")["Location"] == SECURITY


def test_dropping_factors_ends_all_sessions(inside: Client, anna: User) -> None:
    set_up_app(inside)
    drop_factors(anna)
    assert not has_factor(anna)
    assert inside.get(SECURITY)["Location"] == f"/accounts/login/?next={SECURITY}"
    assert sign_in(inside)["Location"] == settings.LOGIN_REDIRECT_URL


def test_code_confirms_where_there_is_no_password(client: Client, anna: User) -> None:
    secret = with_app(anna)
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)
    way = client.get("/accounts/security/codes/make/")["Location"]
    assert way.split("?")[0] == "/accounts/reauthenticate/code/"
    assert client.get(way).status_code == 200
    done = client.post(way, {"code": code_of(secret), "next": "/accounts/security/codes/make/"})
    assert done["Location"] == "/accounts/security/codes/make/"
    assert client.get("/accounts/security/codes/make/").status_code == 200
