"""No answer tells a stranger whether an account exists: not by its words, not by its work, not by its limits."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User

PASSWORD = "quiet rivers of spring"  # noqa: S105
OTHER = "loud rivers of autumn"
WRONG = (
    ("anna", OTHER),
    ("anna@example.org", OTHER),
    ("ada@example.org", OTHER),
    ("boris", PASSWORD),
    ("boris", OTHER),
    ("boris@example.org", PASSWORD),
    ("nobody", PASSWORD),
    ("nobody@example.org", PASSWORD),
)


@pytest.fixture
def anna(db: None) -> User:
    """Somebody who may sign in, beside one whose name is her address and one whose account is closed."""
    User.objects.create_user("ada@example.org", "ada@example.org", PASSWORD)
    User.objects.create_user("boris", "boris@example.org", PASSWORD, is_active=False)
    return User.objects.create_user("anna", "anna@example.org", PASSWORD, role="desk_officer")


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that is hashed, as it happens."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return hashed


def answer(client: Client, url: str, **typed: str) -> tuple[int, str]:
    """Status and page, without what differs by itself: the token of the form and what was typed."""
    response = client.post(url, typed)
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    for value in typed.values():
        page = page.replace(f'value="{value}"', "")
    return response.status_code, page


def test_wrong_sign_ins_are_answered_alike(client: Client, anna: User) -> None:
    answers = {answer(client, "/accounts/login/", login=name, password=password) for name, password in WRONG}
    assert len(answers) == 1
    (status, page) = answers.pop()
    assert (status, re.findall(r"The name or the password is wrong\.", page)) == (
        200,
        ["The name or the password is wrong."],
    )
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("name", "password"), WRONG)
def test_wrong_sign_in_costs_one_hash(client: Client, anna: User, hashes: list[str], name: str, password: str) -> None:
    hashes.clear()
    client.post("/accounts/login/", {"login": name, "password": password})
    assert hashes == [password]


def test_wrong_sign_ins_cost_the_same_queries(client: Client, anna: User) -> None:
    counted = set()
    for name in ("anna", "boris", "nobody"):
        cache.clear()
        counted.add(_queries(client, name))
    assert len(counted) == 1


def _queries(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.post("/accounts/login/", {"login": name, "password": OTHER})
    return len(queries)


@pytest.mark.parametrize("name", ["anna", "boris", "nobody", "anna@example.org", "nobody@example.org"])
def test_too_many_attempts_are_refused_whoever_is_asked_for(client: Client, anna: User, name: str) -> None:
    # The right password of a closed account is no better than a wrong one of an open account.
    password = PASSWORD if name == "boris" else OTHER
    said = [_error(client, name, password) for _attempt in range(6)]
    assert said == [["The name or the password is wrong."]] * 5 + [
        ["Too many wrong attempts. Wait a few minutes, then try again."]
    ]


def _error(client: Client, name: str, password: str) -> list[str]:
    response = client.post("/accounts/login/", {"login": name, "password": password})
    return list(response.context["form"].non_field_errors())


def test_right_sign_in_is_not_counted_as_an_attempt(client: Client, anna: User) -> None:
    for _time in range(7):
        response = client.post("/accounts/login/", {"login": "anna", "password": PASSWORD})
        assert response.status_code == 302
        client.logout()


def test_too_many_requests_get_a_page_of_ours(client: Client, anna: User) -> None:
    for number in range(30):
        client.post("/accounts/login/", {"login": f"nobody{number}"})
    response = client.post("/accounts/login/", {"login": "anna", "password": PASSWORD})
    assert response.status_code == 429
    assert re.findall(r"<h1>([^<]*)</h1>", response.content.decode()) == ["Too many attempts"]


def test_session_ends_when_the_account_is_closed(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get("/accounts/settings/").status_code == 200
    anna.is_active = False
    anna.save()
    assert client.get("/accounts/settings/").status_code == 302


@pytest.mark.parametrize("email", ["anna@example.org", "boris@example.org", "nobody@example.org"])
def test_asking_for_a_link_is_answered_alike(
    client: Client, anna: User, mailoutbox: list[EmailMessage], email: str
) -> None:
    response = client.post("/accounts/password/reset/", {"email": email}, follow=True)
    assert response.redirect_chain == [("/accounts/password/reset/done/", 302)]
    assert re.findall(r"<h1>([^<]*)</h1>", response.content.decode()) == ["Look into your mail"]
    assert email not in response.content.decode()
    # One letter goes out in either case, so that the answer takes as long.
    links = [re.findall(r"http://testserver/accounts/password/reset/key/\S+", str(mail.body)) for mail in mailoutbox]
    assert [len(found) for found in links] == [1 if email == "anna@example.org" else 0]
    assert [mail.to for mail in mailoutbox] == [[email]]
    assert [mail.subject for mail in mailoutbox] == [
        "Interparl: a link for a new password"
        if email == "anna@example.org"
        else "Interparl: no account has this address"
    ]


@pytest.mark.parametrize("language", ["en", "ru", "be"])
@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_letter_is_plain_text_in_each_language(
    client: Client, anna: User, mailoutbox: list[EmailMessage], email: str, language: str
) -> None:
    client.cookies["language"] = language
    client.post("/accounts/password/reset/", {"email": email})
    (letter,) = mailoutbox
    assert letter.subject.startswith("Interparl: ")
    assert re.findall(r"<\w|&\w+;|\{", str(letter.body)) == []
    assert re.findall(r"(?i)sign.?up|example\.com", str(letter.body)) == []


def test_link_sets_a_new_password_once(client: Client, anna: User, mailoutbox: list[EmailMessage]) -> None:
    client.post("/accounts/password/reset/", {"email": "anna@example.org"})
    (link,) = re.findall(r"http://testserver(\S+)", str(mailoutbox[0].body))
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0]
    new = {"password1": OTHER, "password2": OTHER}
    assert client.post(address, new | {"password2": PASSWORD}).context["form"].errors == {
        "password2": ["The two passwords differ."]
    }
    done = client.post(address, new)
    assert (done.status_code, done["Location"]) == (302, "/accounts/password/reset/key/done/")
    anna.refresh_from_db()
    assert anna.check_password(OTHER)
    assert re.findall(r"<h1>([^<]*)</h1>", Client().get(link).content.decode()) == ["This link no longer works"]


def test_former_address_gets_no_link(client: Client, anna: User, mailoutbox: list[EmailMessage]) -> None:
    client.post("/accounts/password/reset/", {"email": "anna@example.org"})
    anna.email = "anna.new@example.org"
    anna.save()
    client.post("/accounts/password/reset/", {"email": "anna@example.org"})
    assert [mail.subject for mail in mailoutbox] == [
        "Interparl: a link for a new password",
        "Interparl: no account has this address",
    ]


@pytest.mark.parametrize("key", ["1-abc-0123456789abcdef", "zzz-set-password", "1-set-password"])
def test_wrong_link_is_refused_alike(client: Client, anna: User, key: str) -> None:
    response = client.get(f"/accounts/password/reset/key/{key}/")
    assert re.findall(r"<h1>([^<]*)</h1>", response.content.decode()) == ["This link no longer works"]


@pytest.mark.parametrize(
    ("old", "new", "again", "wrong"),
    [
        (OTHER, "winds over the plain", "winds over the plain", ["oldpassword"]),
        (PASSWORD, "winds over the plain", "winds over the hill", ["password2"]),
        (PASSWORD, "short", "short", ["password1"]),
        (PASSWORD, "anna@example.org", "anna@example.org", ["password1"]),
        (PASSWORD, "winds over the plain", "winds over the plain", []),
    ],
)
def test_password_is_changed_by_who_knows_it(
    client: Client, anna: User, old: str, new: str, again: str, wrong: list[str]
) -> None:
    client.force_login(anna)
    response = client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": again})
    assert list(response.context["form"].errors if response.status_code == 200 else []) == wrong
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD if wrong else new)
    assert client.get("/accounts/settings/").status_code == 200


def test_password_of_an_account_without_one_is_set_by_link(client: Client, anna: User) -> None:
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/reset/"


@pytest.mark.parametrize(("password", "status"), [(PASSWORD, 302), (OTHER, 200)])
def test_password_is_asked_once_more(client: Client, anna: User, password: str, status: int) -> None:
    client.force_login(anna)
    assert client.post("/accounts/reauthenticate/", {"password": password}).status_code == status


def test_attempts_are_counted_for_all_processes_together(client: Client, anna: User) -> None:
    assert _counts() == 0
    client.post("/accounts/login/", {"login": "anna", "password": OTHER})
    # By the address that asks for pages, by the address that fails, and by the name.
    assert _counts() == 3


def _counts() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM interparl_cache WHERE cache_key LIKE '%%:rl:%%'")
        return int(cursor.fetchone()[0])
