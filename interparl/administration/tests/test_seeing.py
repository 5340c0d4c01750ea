"""What somebody sees: the numbers are those of the rule itself, and nothing leaks that the reader may not know of."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import Acting, User
from interparl.accounts.roles import RISING, ROLES
from interparl.administration.actions import accounts
from interparl.administration.users.seeing import Reasons, seen_rows, sights_of
from interparl.administration.users.seeing_pages import record_named
from interparl.bodies.models import Membership
from interparl.core.addresses import address
from interparl.core.days import today
from interparl.core.kinds import model_of
from interparl.core.labels import labels_of
from interparl.core.pages import every_record_pages
from interparl.core.records import Record
from interparl.core.rights import own_paths
from interparl.directory.models import Portfolio
from tests import makers
from tests.samples import a_record
from tests.spread import spread

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db: None) -> User:
    """An administrator."""
    return makers.a_user("administrator", "keeper")


@pytest.fixture
def desk(client: Client, keeper: User) -> Client:
    """His window."""
    client.force_login(keeper)
    return client


def again(user: User) -> User:
    """The user with his standing of now."""
    return User.objects.get(pk=user.pk)


def of_every_mark() -> None:
    """Two records of each kind with each mark that it takes."""
    for pages in every_record_pages.values():
        marks = ("pointer",) if pages.model.is_pointer else RISING[:3]
        for mark in (*marks, *marks):
            a_record(pages.model, mark=mark)


def his_own(user: User) -> None:
    """Something of his own of every sort: a country, an organisation, a seat in a body, a person with a mandate."""
    makers.kept(Portfolio(user=user, country=makers.a_country(mark="official"), since="2012"))
    makers.kept(Portfolio(user=user, organisation=makers.an_organisation(mark="official"), since="2012"))
    person = makers.sits(user)
    body = makers.a_body(mark="official")
    makers.a_membership(body, person, mark="official", role=Membership.Role.SECRETARY)


def brute(model: type[Record], user: User, reader: User) -> dict[str, int]:
    """Row by row, without the database."""
    rows = [row for row in model._base_manager.all() if row.is_open_to(reader) and row.is_open_to(user)]
    return {mark: Counter(row.effective_mark for row in rows)[mark] for mark in RISING}


@pytest.mark.parametrize("role", spread(list(ROLES)))
def test_the_numbers_are_those_of_every_row_when_they_are_counted(role: str, desk: Client, keeper: User) -> None:
    of_every_mark()
    user = makers.a_user(role)
    his_own(user)
    user = again(user)
    for sight in sights_of(user, keeper):
        pages = every_record_pages[sight.kind]
        assert (sight.kind, sight.seen) == (sight.kind, brute(pages.model, user, keeper))
        assert sight.total == pages.model._base_manager.count()
        for mark in ("", *RISING):
            rows = list(seen_rows(pages, user, keeper, mark))
            assert len(rows) == (sight.seen[mark] if mark else sight.all_seen)
    shown = desk.get(f"/desk/users/{user.pk}/sees/").context["table"].rows
    assert {sight.kind for sight in shown} == set(every_record_pages)


@pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
def test_every_row_has_a_reason_when_its_number_is_opened(kind: str, desk: Client) -> None:
    user = makers.a_user("desk_officer")
    his_own(user)
    for mark in ("pointer",) if model_of(kind).is_pointer else RISING[:3]:
        a_record(model_of(kind), mark=mark)
    page = desk.get(f"/desk/users/{user.pk}/sees/{kind}/")
    table = page.context["table"]
    reasons = [table.columns["why"].value(row, table.reading) for row in table.rows]
    expected = model_of(kind).objects.visible_to(again(user))  # type: ignore[attr-defined]
    assert {row.pk for row in table.rows} == set(expected.values_list("pk", flat=True))
    assert [reason for reason in reasons if not reason or "–" in reason or "%" in reason] == []
    assert page.context["tabs"][0].count == len(table.rows)


def why(user: User, record: Record, reader: User) -> str:
    """The reason as the reader sees it."""
    reading = makers.a_reading(reader, today())
    found = Reasons(again(user), today())
    reading.labels.update(labels_of(found.refs(record), "en", reader))
    return found.of(record, reading)


def test_the_reason_names_role_own_or_deputising_when_somebody_sees_a_record(keeper: User) -> None:
    officer, deputy = makers.a_user("desk_officer", "anna"), makers.a_user("protocol_officer", "boris")
    plain = makers.a_country("AA", mark="internal")
    secret = makers.a_country("AM", "Armenia", mark="official")
    other = makers.a_country("AZ", mark="official")
    makers.kept(Portfolio(user=officer, country=secret, since="2012"))
    body = makers.a_body(name="Commission", mark="official")
    makers.a_membership(body, makers.sits(deputy), mark="official")
    found = [(why(user, record, keeper)) for user in (officer, deputy) for record in (plain, secret, other, body)]
    assert found == [
        "by role: Desk officer", "his own: looks after Armenia", "", "",
        "by role: Protocol officer", "", "", "",
    ]  # fmt: skip
    Acting.objects.create(user=officer, deputy=deputy, since=today(), until=today())
    assert [why(deputy, record, keeper) for record in (plain, secret, other, body)] == [
        "by role: Protocol officer",
        "through anna, for whom he acts: Armenia",
        "",
        "his own: sits in Commission",
    ]
    head = makers.a_user("head_of_department", "head")
    Acting.objects.create(user=head, deputy=deputy, since=today(), until=today())
    assert why(deputy, other, keeper) == "acts for head (Head of department)"


def test_nothing_is_seen_and_the_reason_stands_first_when_somebody_has_no_access(desk: Client, keeper: User) -> None:
    country = makers.a_country()
    closed, ended = makers.a_user("desk_officer"), makers.a_user("member")
    makers.sits(ended, until="2012")
    accounts.close_account(closed, by=keeper, note="x")
    words = {closed: "The account is closed", ended: "No access today: the role “Member of parliament” needs"}
    for user, begin in words.items():
        page = desk.get(f"/desk/users/{user.pk}/sees/")
        assert page.context["no_access"].startswith(begin)
        assert sum(sight.all_seen for sight in page.context["table"].rows) == 0
        rows = desk.get(f"/desk/users/{user.pk}/sees/directory.country/").context["table"].rows
        asked = desk.get(f"/desk/users/{user.pk}/sees/?what={country.pk}&kind=directory.country")
        answer = asked.context["answer"]
        assert (rows, answer.is_seen, answer.why.startswith(begin)) == ([], False, True)


@pytest.mark.parametrize("way", ["/desk/countries/{}/", "https://example.org/desk/countries/{}/edit/?on=2015-01-01"])
def test_one_record_is_asked_for_when_its_address_is_pasted(way: str, desk: Client) -> None:
    user = makers.a_user("protocol_officer")
    open_, secret = makers.a_country("AA", "Aland", mark="internal"), makers.a_country("AM", "Armenia", mark="official")
    found = {}
    for country in (open_, secret):
        page = desk.get(f"/desk/users/{user.pk}/sees/", {"what": way.format(country.pk), "kind": ""})
        answer = page.context["answer"]
        found[answer.name] = (answer.is_seen, answer.why, answer.may_change)
    assert found == {
        "Aland": (True, "by role: Protocol officer", False),
        "Armenia": (False, "The mark in force is “official use”, which his role does not read.", False),
    }


def test_it_is_said_that_it_is_not_his_own_when_the_role_reads_the_mark_there(desk: Client) -> None:
    user, secret = makers.a_user("desk_officer"), makers.a_country("AM", mark="official")
    answer = desk.get(f"/desk/users/{user.pk}/sees/?what={secret.pk}&kind=directory.country").context["answer"]
    assert (answer.is_seen, answer.why) == (
        False, "The mark in force is “official use”, which he reads only on his own, and this is not.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "what",
    ["", "x", "0", "-1", "9" * 30, "/desk/", "/desk/users/1/", "/en/", "http://[", "/desk/countries/999999/", "\x00"],
)
def test_no_record_is_found_when_what_is_asked_for_makes_no_sense(what: str, desk: Client, keeper: User) -> None:
    makers.a_country()
    page = desk.get(f"/desk/users/{keeper.pk}/sees/", {"what": what, "kind": "directory.country"})
    assert (page.status_code, page.context["answer"]) == (200, None)
    assert desk.get(f"/desk/users/{keeper.pk}/sees/", {"what": "1", "kind": "nonsense"}).context["answer"] is None


def test_nothing_is_told_of_a_record_when_the_reader_may_not_know_of_it_himself(client: Client) -> None:
    """Who keeps accounts without the right to every mark; no role is such, but a table of roles may become so."""
    reader, user = makers.a_user("desk_officer"), makers.a_user("head_of_department")
    makers.a_country("AA", mark="internal")
    secret = makers.a_country("AM", "Armenia", mark="official")
    assert secret.is_open_to(user)
    [sight] = [one for one in sights_of(user, reader) if one.kind == "directory.country"]
    assert (sight.total, sight.seen["official"], sight.all_seen) == (1, 0, 1)
    assert secret not in seen_rows(every_record_pages["directory.country"], user, reader)
    assert record_named(str(secret.pk), "directory.country", reader) is None
    assert record_named(address(("directory.country", secret.pk)), "", reader) is None
    assert record_named(str(secret.pk), "directory.country", user) == secret


def _own_paths(model: type[Record]) -> list[str]:
    return [path for _kind, path in own_paths(model.own_through)]


@pytest.mark.slow
# Time stands still: a session notes each minute that it is in use, with queries of its own.
@time_machine.travel(datetime(2026, 3, 10, 8, 30, tzinfo=UTC), tick=False)
def test_few_queries_are_asked_when_there_are_many_rows(desk: Client) -> None:
    user = makers.a_user("desk_officer")
    his_own(user)

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(f"/desk/users/{user.pk}/sees/{path}").status_code == 200
        return len(found)

    far = {kind for kind, pages in every_record_pages.items() if any("__" in path for path in _own_paths(pages.model))}
    near = {"directory.country", "directory.person", "bodies.body", "bodies.membership"}
    paths = ["", *(f"{kind}/" for kind in sorted(far | near & every_record_pages.keys()))]
    of_every_mark()
    asked("")
    few = [asked(path) for path in paths]
    for _time in range(3):
        of_every_mark()
    assert [asked(path) for path in paths] == few
    assert few[0] <= 12 + len(every_record_pages)


def test_no_page_is_there_when_the_kind_or_the_user_is_none(desk: Client, keeper: User) -> None:
    for path in (f"{keeper.pk}/sees/nonsense/", "999999/sees/", f"{'9' * 30}/", "999999/sees/directory.country/"):
        assert (path, desk.get(f"/desk/users/{path}").status_code) == (path, 404)
