"""Accounts: who opens which page, what each deed leaves in the history, and what nobody may do."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import Acting, User
from interparl.accounts.roles import ROLES
from interparl.accounts.tests.hands import with_app
from interparl.administration.actions import accounts
from interparl.core.actors import Actor
from interparl.core.days import now, today
from interparl.core.models import Entry
from interparl.core.sealing import findings, seal
from interparl.core.writing import Refused
from interparl.directory.models import Person
from tests import makers

pytestmark = pytest.mark.django_db

PASSWORD = "quiet rivers of spring"  # noqa: S105  of the users of tests


@pytest.fixture
def keeper(db: None) -> User:
    """An administrator who signs in through another system, so that no password is asked for once more."""
    return makers.a_user("administrator", "keeper")


@pytest.fixture
def desk(client: Client, keeper: User) -> Client:
    """His window."""
    client.force_login(keeper)
    return client


def told(kind: str = accounts.USER) -> list[tuple[Any, ...]]:
    """What the history says of accounts, in order."""
    entries = Entry.objects.filter(kind=kind).order_by("pk")
    return [(one.object_id, one.verb, one.changes, one.actor, one.note) for one in entries]


def assert_whole() -> None:
    """The history is whole before and after it is sealed."""
    assert findings() == []
    seal(now())
    assert findings() == []


VIEWS = ("users/", "users/{0}/", "roles/")
CHANGES = (
    "users/new/",
    *(f"users/{{0}}/{page}/" for page in ("edit", "role", "close", "open", "factors", "invite", "sees")),
    "users/{0}/sees/directory.country/",
)


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_its_roles_when_others_are_refused(role: str, client: Client, keeper: User) -> None:
    reader, other = makers.a_user(role), makers.a_user("desk_officer")
    makers.sits(reader)
    acting = Acting.objects.create(user=other, deputy=keeper, since=today(), until=today())
    client.force_login(reader)
    found = {
        path: client.get(f"/desk/{path.format(other.pk)}").status_code
        for path in (*VIEWS, *CHANGES, "deputising/", "deputising/new/")
    }
    found |= {page: client.get(f"/desk/deputising/{acting.pk}/{page}/").status_code for page in ("edit", "end")}
    views = 200 if role in ("administrator", "auditor") else 403
    changes = 200 if role == "administrator" else 403
    gives = 200 if role in ("administrator", "head_of_department") else 403
    assert found == {
        **dict.fromkeys(VIEWS, views),
        **dict.fromkeys(CHANGES, changes),
        "deputising/": 200 if role == "auditor" else gives,
        **dict.fromkeys(("deputising/new/", "edit", "end"), gives),
    }


@pytest.mark.parametrize("role", [key for key in ROLES if key != "administrator"])
def test_nothing_is_written_when_somebody_else_sends_the_form(role: str, client: Client) -> None:
    reader, other = makers.a_user(role), makers.a_user("desk_officer")
    makers.sits(reader)
    client.force_login(reader)
    given = {"role": "administrator", "reason": "x", "name": "x", "email": "x@example.org", "username": "x"}
    paths = [path.format(other.pk) for path in CHANGES if "sees" not in path]
    assert [client.post(f"/desk/{path}", given).status_code for path in paths] == [403] * len(paths)
    assert (told(), User.objects.filter(role="administrator").exists()) == ([], False)


def test_the_password_is_asked_for_once_more_when_an_account_is_changed(client: Client, administrator: User) -> None:
    other = makers.a_user("desk_officer")
    acting = Acting.objects.create(user=other, deputy=administrator, since=today(), until=today())
    client.force_login(administrator)
    pages = [f"users/{other.pk}/{page}/" for page in ("edit", "role", "close", "open", "factors", "invite")]
    for page in (*pages, "users/new/", "deputising/new/", f"deputising/{acting.pk}/edit/"):
        target = f"/desk/{page}"
        for answer in (client.get(target), client.post(target, {"role": "administrator", "reason": "x"})):
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")
    assert (told(), told(accounts.ACTING)) == ([], [])
    client.post("/accounts/reauthenticate/", {"password": "a long pass phrase"})
    assert client.post(f"/desk/users/{other.pk}/role/", {"role": "auditor", "reason": "x"}).status_code == 302
    other.refresh_from_db()
    assert other.role == "auditor"


def test_the_form_is_not_lost_when_the_password_is_asked_for_between(client: Client, administrator: User) -> None:
    other = makers.a_user("desk_officer")
    client.force_login(administrator)
    target = f"/desk/users/{other.pk}/role/"
    asked = client.post(target, {"role": "auditor", "reason": "moves on"})
    client.post(asked["Location"], {"password": "a long pass phrase", "next": target})
    other.refresh_from_db()
    assert (other.role, told()[0][4]) == ("auditor", "moves on")


def test_a_new_user_gets_a_link_and_no_password_when_he_is_added(desk: Client, keeper: User) -> None:
    person = makers.a_person("Kupala", "Anna")
    given = {
        "username": "anna",
        "name": "Anna Kupala",
        "email": "Anna@Example.org",
        "role": "member",
        "person": f"#{person.pk}",
        "invite": "on",
    }
    answer = desk.post("/desk/users/new/", given)
    user = User.objects.get(username="anna")
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/users/{user.pk}/")
    assert (user.email, user.role, user.is_active, user.has_usable_password()) == (
        "anna@example.org", "member", True, False,
    )  # fmt: skip
    assert Person.objects.get(user=user) == person
    changes = {
        "username": [None, "anna"],
        "name": [None, "Anna Kupala"],
        "email": [None, "anna@example.org"],
        "role": [None, "member"],
        "is_active": [None, True],
        "person": [None, person.pk],
    }
    assert told() == [
        (user.pk, "added", changes, "keeper", ""),
        (user.pk, "invited", {"email": [None, "anna@example.org"]}, "keeper", ""),
    ]
    assert_whole()
    [letter] = mail.outbox
    assert letter.to == ["anna@example.org"]
    [link] = [word for word in letter.body.split() if "/accounts/password/reset/key/" in word]
    visitor = Client()
    form = visitor.get(link, follow=True)
    visitor.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_no_account_is_made_when_its_name_or_address_means_another(desk: Client) -> None:
    other = User.objects.create_user("boris", "boris@example.org")
    given = {"name": "B", "role": "auditor"}
    for username, email in (
        ("boris", "new@example.org"),
        ("BORIS", "new@example.org"),
        ("new", "Boris@example.org"),
        ("boris@example.org", "new@example.org"),
        ("new", "nonsense"),
        ("a b", "new@example.org"),
    ):
        answer = desk.post("/desk/users/new/", given | {"username": username, "email": email})
        assert (username, email, answer.status_code) == (username, email, 422)
    assert (told(), User.objects.exclude(username="keeper").get()) == ([], other)


def test_name_address_and_person_are_changed_when_they_are_typed_anew(desk: Client) -> None:
    user, was, becomes = makers.a_user(name="boris"), makers.a_person(), makers.a_person()
    accounts.change_user(user, name="", email="boris@example.org", person=was, by=Actor.command("tests"))
    given = {"name": "Boris", "email": "b@example.org", "person": f"#{becomes.pk}"}
    assert desk.post(f"/desk/users/{user.pk}/edit/", given).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.email, Person.objects.get(user=user)) == ("Boris", "b@example.org", becomes)
    changes = {
        "name": ["", "Boris"],
        "email": ["boris@example.org", "b@example.org"],
        "person": [was.pk, becomes.pk],
    }
    assert told()[1:] == [(user.pk, "changed", changes, "keeper", "")]
    assert [(letter.to, "e-mail address" in letter.body) for letter in mail.outbox] == [(["boris@example.org"], True)]
    assert_whole()
    assert desk.post(f"/desk/users/{user.pk}/edit/", given).status_code == 302
    assert len(told()) == 2


def test_a_person_keeps_his_account_when_another_is_linked_to_him(desk: Client) -> None:
    first, second, person = makers.a_user(), makers.a_user(), makers.a_person()
    accounts.change_user(first, name="", email=first.email, person=person, by=Actor.command("tests"))
    given = {"name": "S", "email": second.email, "person": f"#{person.pk}"}
    answer = desk.post(f"/desk/users/{second.pk}/edit/", given)
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"person"})
    second.refresh_from_db()
    assert (second.name, Person.objects.get(pk=person.pk).user) == ("", first)


def test_rights_change_with_the_next_page_when_the_role_is_changed(desk: Client) -> None:
    user = makers.a_user("protocol_officer")
    secret = makers.a_country("AM", mark="official")
    window = Client()
    window.force_login(user)
    found = []
    for role in ("leadership", "protocol_officer"):
        found.append(window.get(f"/desk/countries/{secret.pk}/").status_code)
        desk.post(f"/desk/users/{user.pk}/role/", {"role": role, "reason": "a new post"})
    found.append(window.get(f"/desk/countries/{secret.pk}/").status_code)
    assert found == [404, 200, 404]
    assert [line[1:] for line in told()] == [
        ("changed", {"role": ["protocol_officer", "leadership"]}, "keeper", "a new post"),
        ("changed", {"role": ["leadership", "protocol_officer"]}, "keeper", "a new post"),
    ]
    assert_whole()


def _signed_in(name: str) -> Client:
    window = Client()
    window.post("/accounts/login/", {"login": name, "password": PASSWORD})
    return window


def test_every_device_is_signed_out_when_the_account_is_closed(desk: Client) -> None:
    user = User.objects.create_user("boris", "boris@example.org", PASSWORD, role="desk_officer")
    windows = [_signed_in("boris"), _signed_in("boris")]
    assert [window.get("/desk/").status_code for window in windows] == [200, 200]
    kept = Session.objects.count()
    assert desk.post(f"/desk/users/{user.pk}/close/", {"reason": ""}).status_code == 422
    assert desk.post(f"/desk/users/{user.pk}/close/", {"reason": "has left"}).status_code == 302
    assert [window.get("/desk/").status_code for window in windows] == [302, 302]
    assert (UserSession.objects.filter(user=user).count(), kept - Session.objects.count()) == (0, 2)
    assert _signed_in("boris").get("/desk/").status_code == 302
    assert desk.post(f"/desk/users/{user.pk}/open/", {"reason": "is back"}).status_code == 302
    # What was ended stays ended.
    assert [window.get("/desk/").status_code for window in windows] == [302, 302]
    assert _signed_in("boris").get("/desk/").status_code == 200
    assert [line[1:] for line in told()] == [
        ("closed", {"is_active": [True, False]}, "keeper", "has left"),
        ("opened", {"is_active": [False, True]}, "keeper", "is back"),
    ]
    assert_whole()


def test_second_factors_go_with_the_sessions_when_they_are_taken_away(desk: Client) -> None:
    user = User.objects.create_user("boris", "boris@example.org", PASSWORD, role="desk_officer")
    window = _signed_in("boris")
    with_app(user)
    desk.post(f"/desk/users/{user.pk}/factors/", {"reason": "telephone lost"})
    assert (Authenticator.objects.filter(user=user).count(), window.get("/desk/").status_code) == (0, 302)
    changes = {"factors": [["recovery_codes", "totp"], []]}
    assert told() == [(user.pk, "factors_dropped", changes, "keeper", "telephone lost")]
    assert [(letter.to, "keeper" in letter.body) for letter in mail.outbox] == [(["boris@example.org"], True)]
    assert desk.post(f"/desk/users/{user.pk}/factors/", {"reason": "again"}).status_code == 422
    assert_whole()


@pytest.mark.parametrize(
    ("page", "given"),
    [("role", {"role": "auditor", "reason": "x"}), ("close", {"reason": "x"}), ("factors", {"reason": "x"})],
)
def test_nobody_does_it_to_himself_when_he_is_administrator(
    page: str, given: dict[str, str], desk: Client, keeper: User
) -> None:
    makers.a_user("administrator")
    answer = desk.post(f"/desk/users/{keeper.pk}/{page}/", given)
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, [str(accounts.NOT_ONESELF)])
    keeper.refresh_from_db()
    assert (keeper.role, keeper.is_active, told()) == ("administrator", True, [])


def test_the_last_administrator_stays_when_his_deputy_would_close_or_demote_him(keeper: User) -> None:
    deputy, closed = makers.a_user("desk_officer"), makers.a_user("administrator")
    accounts.close_account(closed, by=keeper, note="x")
    Acting.objects.create(user=keeper, deputy=deputy, since=today(), until=today())
    del deputy.standing
    assert deputy.has_perm(accounts.CHANGE_USERS)
    with pytest.raises(Refused, match="last administrator"):
        accounts.close_account(keeper, by=deputy, note="x")
    with pytest.raises(Refused, match="last administrator"):
        accounts.give_role(keeper, "auditor", by=deputy)
    with pytest.raises(Refused, match="own account"):
        accounts.give_role(deputy, "administrator", by=deputy)
    assert User.objects.get(pk=keeper.pk).is_active
    accounts.open_account(closed, by=deputy, note="x")
    accounts.give_role(keeper, "auditor", by=deputy)
    assert User.objects.get(pk=keeper.pk).role == "auditor"
    assert_whole()


def test_no_link_is_sent_when_the_account_is_closed(desk: Client, keeper: User) -> None:
    user = makers.a_user()
    accounts.close_account(user, by=keeper, note="x")
    answers = [desk.get(f"/desk/users/{user.pk}/invite/"), desk.post(f"/desk/users/{user.pk}/invite/")]
    assert ([answer.status_code for answer in answers], mail.outbox) == ([302, 302], [])
    assert [line[1] for line in told()] == ["closed"]


def test_the_list_is_filtered_and_searched_when_the_address_says_so(desk: Client, keeper: User) -> None:
    anna = User.objects.create_user("anna", "a@example.org", role="auditor", name="Анна Купала")
    boris = User.objects.create_user("boris", "b@example.org", role="member", name="Boris Example")
    with_app(boris)
    accounts.close_account(boris, by=keeper, note="x")
    asked = {
        "": {keeper, anna, boris},
        "?role=auditor": {anna},
        "?account=closed": {boris},
        "?account=open": {anna, keeper},
        "?factor=yes": {boris},
        "?factor=no": {anna, keeper},
        "?q=купала": {anna},
        "?q=exam bor": {boris},
        "?q=boris&role=auditor": set(),
        "?role=nonsense": {keeper, anna, boris},
    }
    assert {query: set(desk.get(f"/desk/users/{query}").context["table"].rows) for query in asked} == asked
    rows = desk.get("/desk/users/?sort=-username&format=json").json()["rows"]
    assert [row["username"] for row in rows] == ["keeper", "boris", "anna"]
    assert rows[1] == {
        "name": "Boris Example", "username": "boris", "email": "b@example.org", "role": "Member of parliament",
        "open": False, "factor": True, "last": "", "acts": "", "person": "",
    }  # fmt: skip


def test_the_list_and_a_page_ask_as_many_queries_when_there_are_many_users(desk: Client, keeper: User) -> None:
    user = makers.a_user()

    def asked() -> list[int]:
        counts = []
        for path in ("users/", f"users/{user.pk}/", "roles/", "deputising/"):
            with CaptureQueriesContext(connection) as found:
                assert desk.get(f"/desk/{path}").status_code == 200
            counts.append(len(found))
        return counts

    def more(number: int) -> None:
        for _number in range(number):
            other = makers.a_user()
            makers.sits(other)
            Acting.objects.create(user=other, deputy=user, since=today(), until=today())
            Acting.objects.create(user=user, deputy=other, since=today(), until=today())
            accounts.give_role(user, "auditor" if user.role == "desk_officer" else "desk_officer", by=keeper)
            user.refresh_from_db()

    more(1)
    desk.get("/desk/users/")
    few = asked()
    more(9)
    assert asked() == few


def test_the_page_says_who_somebody_is_and_what_was_done_to_him_when_it_is_read(desk: Client, keeper: User) -> None:
    user = makers.a_user("member", "anna")
    person = makers.a_person("Kupala", "Anna")
    accounts.change_user(user, name="Anna Kupala", email="anna@example.org", person=person, by=keeper)
    page = desk.get(f"/desk/users/{user.pk}/")
    facts = {str(fact.label): str(fact.value) for fact in page.context["facts"]}
    assert (facts["Role"], facts["Person"], facts["Second factor"], facts["Password"]) == (
        "Member of parliament", "Anna Kupala", "not set up", "none",
    )  # fmt: skip
    assert page.context["no_access"] == (
        "No access today: the role “Member of parliament” needs a mandate that lasts, and there is none."
    )
    [line] = page.context["lines"]
    assert (line.verb, line.what, [(one.label, one.before, one.after) for one in line.changes]) == (
        "changed",
        "user: Anna Kupala",
        [("name", "", "Anna Kupala"), ("person", "", "Anna Kupala")],
    )
    assert [link.url for link in page.context["actions"]][1] == f"/desk/users/{user.pk}/sees/"


def test_roles_are_shown_as_the_table_says_when_the_page_is_read(desk: Client) -> None:
    makers.a_user("auditor")
    page = desk.get("/desk/roles/")
    rows = {row["key"]: row for row in page.context["roles"]}
    assert list(rows) == list(ROLES)
    assert {key: row["number"] for key, row in rows.items() if row["number"]} == {"administrator": 1, "auditor": 1}
    assert (rows["desk_officer"]["marks"], rows["desk_officer"]["own_marks"]) == (
        "public, internal", "official use, pointer only",
    )  # fmt: skip
    registers = dict(page.context["registers"])
    titles = list(ROLES)
    portfolios = dict(zip(titles, [words for _title, words in registers["Portfolios"]], strict=True))
    assert portfolios == dict.fromkeys(titles, "reads") | dict.fromkeys(titles[:2], "writes")
    bodies = dict(zip(titles, [words for _title, words in registers["Bodies"]], strict=True))
    assert (bodies["delegation_secretary"], bodies["auditor"]) == ("writes his own", "reads")
