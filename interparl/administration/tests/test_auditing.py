"""The auditor's pages: who may open them, what they show, and that looking at them is logged as well."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils.html import escape

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.administration.actions.accounts import USER
from interparl.administration.auditing import seals
from interparl.administration.auditing.asking import ChangesAsked
from interparl.core.models import Entry, Mark, ReadEntry, Seal
from interparl.core.records import Record
from interparl.core.sealing import digest_of, last_seal, seal
from interparl.core.writing import change
from tests import makers

pytestmark = pytest.mark.django_db

NOON = datetime(2015, 6, 1, 12, tzinfo=UTC)
READS, CHANGES, SEALS = "/desk/audit/reads/", "/desk/audit/changes/", "/desk/audit/seals/"
OFFICIAL: dict[str, Any] = {"mark": Mark.OFFICIAL}


@pytest.fixture
def auditor(client: Client, db: None) -> Client:
    """An auditor who has signed in."""
    client.force_login(makers.a_user("auditor", "auditor"))
    return client


def a_reading_of(record: Record, user: User, at: datetime = NOON, address: str = "/desk/somewhere/") -> ReadEntry:
    """A line of the log."""
    with time_machine.travel(at, tick=False):
        return ReadEntry.objects.create(user=user, kind=record.record_kind(), object_id=record.pk, address=address)


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def addresses_in(page: str) -> list[str]:
    """The pages that the rows of the log name, in their order."""
    return re.findall(r"/desk/read/\w+/", page)


@pytest.mark.parametrize("address", [READS, CHANGES, SEALS])
def test_the_page_opens_for_the_administrator_and_the_auditor_only(client: Client, address: str) -> None:
    found = {}
    for role in ROLES:
        user = makers.a_user(role)
        if ROLES[role].needs_mandate:
            makers.sits(user)
        client.force_login(user)
        found[role] = client.get(address).status_code
    assert found == {role: 200 if role in ("administrator", "auditor") else 403 for role in ROLES}


def test_the_rail_names_the_pages_when_the_reader_may_open_them(client: Client) -> None:
    for role, number in (("auditor", 3), ("head_of_department", 0)):
        client.force_login(makers.a_user(role))
        page = shown(client, "/desk/")
        assert sum(f'href="{address}"' in page for address in (READS, CHANGES, SEALS)) == number


def test_a_reading_is_shown_with_who_what_when_and_where(auditor: Client, officer: User) -> None:
    country = makers.a_country(name="Alba & sons", **OFFICIAL)
    a_reading_of(country, officer)
    page = shown(auditor, READS)
    assert str(officer) in page
    assert f'<a href="/desk/countries/{country.pk}/">{escape("Alba & sons")}</a>' in page
    assert "1 Jun 2015, 12:00" in page
    assert "/desk/somewhere/" in page


def test_a_record_that_is_gone_has_its_number_when_its_readings_are_shown(auditor: Client, officer: User) -> None:
    ReadEntry.objects.create(user=officer, kind="directory.country", object_id=987654, address="/desk/")
    ReadEntry.objects.create(user=officer, kind="directory.nothing", object_id=987655, address="/desk/")
    page = shown(auditor, READS)
    assert "Country 987654" in page
    assert "directory.nothing 987655" in page


def test_the_auditors_own_reading_is_logged_when_he_looks_at_the_log(auditor: Client, officer: User) -> None:
    country, plain = makers.a_country(**OFFICIAL), makers.a_country()
    a_reading_of(country, officer)
    a_reading_of(plain, officer)
    shown(auditor, READS)
    own = ReadEntry.objects.filter(user__role="auditor")
    assert list(own.values_list("object_id", "address")) == [(country.pk, READS)]


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        ("", ["/desk/read/third/", "/desk/read/second/", "/desk/read/first/"]),
        ("?user={user}", ["/desk/read/third/", "/desk/read/first/"]),
        ("?kind=directory.person", ["/desk/read/third/"]),
        ("?kind=directory.country&record={country}", ["/desk/read/second/", "/desk/read/first/"]),
        ("?record=999999", []),
        ("?since=2015-06-02", ["/desk/read/third/", "/desk/read/second/"]),
        ("?until=2015-06-02", ["/desk/read/second/", "/desk/read/first/"]),
        ("?since=2015-06-02&until=2015-06-02", ["/desk/read/second/"]),
        (
            "?user=x&kind=none&record=-1&since=never&until=0",
            ["/desk/read/third/", "/desk/read/second/", "/desk/read/first/"],
        ),
        ("?until=9999-12-31&page=99", ["/desk/read/third/", "/desk/read/second/", "/desk/read/first/"]),
    ],
)
def test_only_the_readings_that_were_asked_for_are_shown(
    auditor: Client, officer: User, administrator: User, asked: str, pages: list[str]
) -> None:
    country, person = makers.a_country(), makers.a_person()
    a_reading_of(country, officer, NOON, "/desk/read/first/")
    a_reading_of(country, administrator, NOON + timedelta(days=1), "/desk/read/second/")
    a_reading_of(person, officer, NOON + timedelta(days=2), "/desk/read/third/")
    page = shown(auditor, READS + asked.format(user=officer.pk, country=country.pk))
    assert addresses_in(page) == pages


def test_the_log_is_cut_into_pages_when_it_is_long(auditor: Client, officer: User, settings: Any) -> None:
    settings.ROWS_A_PAGE = 2
    country = makers.a_country()
    for name in ("a", "b", "c"):
        a_reading_of(country, officer, NOON, f"/desk/read/{name}/")
    first = shown(auditor, f"{READS}?user={officer.pk}")
    assert addresses_in(first) == ["/desk/read/c/", "/desk/read/b/"]
    assert "Rows 1–2 of 3" in first
    assert addresses_in(shown(auditor, f"{READS}?user={officer.pk}&amp;page=2".replace("&amp;", "&"))) == [
        "/desk/read/a/"
    ]


def test_the_log_is_taken_away_with_its_filters_when_a_format_is_asked(auditor: Client, officer: User) -> None:
    country = makers.a_country(name="Alba", **OFFICIAL)
    a_reading_of(country, officer)
    a_reading_of(makers.a_person(), officer)
    answer = auditor.get(f"{READS}?format=csv&kind=directory.country")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1] == ["# Kind of record", "Country"]
    assert [row[1:] for row in rows[3:]] == [
        ["2015-06-01T12:00:00+00:00", str(officer), "Alba", "directory.country", str(country.pk), "/desk/somewhere/"]
    ]
    assert auditor.get(f"{READS}?format=xlsx").content[:2] == b"PK"


def entries_in(page: str) -> list[int]:
    """The entries on a page of changes, in their order."""
    return [int(key) for key in re.findall(r'id="entry-(\d+)"', page)]


def test_every_change_is_told_with_its_seal_when_there_is_one(auditor: Client) -> None:
    country = makers.a_country(name="Alba")
    seal(NOON)
    with change(country, by=makers.BY, note="A better spelling") as held:
        held.code = "ZZ"
    page = shown(auditor, CHANGES)
    assert entries_in(page) == list(Entry.objects.order_by("-pk").values_list("pk", flat=True))
    assert "Country: Alba" in page
    assert "A better spelling" in page
    assert (page.count("Not yet sealed"), page.count("Seal 1")) == (1, 1)


def test_only_the_changes_that_were_asked_for_are_told(auditor: Client, officer: User) -> None:
    country, person = makers.a_country(), makers.a_person()
    with change(country, by=officer) as held:
        held.code = "ZZ"
    made = {name: Entry.objects.filter(kind=f"directory.{name}").order_by("-pk") for name in ("country", "person")}
    Entry.objects.filter(pk__in=made["person"].values("pk")).update(batch=7)
    name = Entry.objects.get(kind="directory.personname")
    last, first = made["country"]
    asked = {
        f"user={officer.pk}": [last.pk],
        "kind=directory.country": [last.pk, first.pk],
        f"kind=directory.person&record={person.pk}": [name.pk, *made["person"].values_list("pk", flat=True)],
        "verb=changed": [last.pk],
        "verb=other": [],
        "batch=7": list(made["person"].values_list("pk", flat=True)),
        "since=9999-12-31": [],
    }
    assert {words: entries_in(shown(auditor, f"{CHANGES}?{words}")) for words in asked} == asked


def test_a_restricted_record_is_logged_when_its_change_is_told(auditor: Client) -> None:
    country = makers.a_country(**OFFICIAL)
    makers.a_country()
    shown(auditor, CHANGES)
    assert list(ReadEntry.objects.values_list("kind", "object_id", "address")) == [
        ("directory.country", country.pk, CHANGES)
    ]


def an_entry(kind: str, key: int, verb: str, changes: dict[str, Any]) -> Entry:
    """An entry about what is no record."""
    entry = Entry(kind=kind, object_id=key, verb=verb, changes=changes, actor="command")
    entry.digest = digest_of(entry)
    entry.save()
    return entry


def test_a_change_of_an_account_is_told_in_words(auditor: Client, officer: User) -> None:
    entry = an_entry(USER, officer.pk, "changed", {"role": ["member", "desk_officer"]})
    page = shown(auditor, f"{CHANGES}?kind={USER}")
    assert entries_in(page) == [entry.pk]
    assert f"User: {officer}" in page


def test_a_change_is_told_when_its_kind_is_not_known_any_more(auditor: Client) -> None:
    entry = an_entry("directory.nothing", 4, "moved", {"place": [None, "Riverton"]})
    page = shown(auditor, CHANGES)
    assert entries_in(page) == [entry.pk]
    assert "Directory.nothing 4" in page
    assert "Riverton" in page


def test_the_kinds_that_can_be_asked_include_accounts_when_changes_are_looked_for() -> None:
    kinds = [value for value, _words in ChangesAsked().fields["kind"].choices]  # type: ignore[attr-defined]
    assert [kind for kind in kinds if kind.startswith("accounts.")] == ["accounts.user", "accounts.acting"]


def test_the_seals_are_listed_with_the_last_hash_in_full(auditor: Client) -> None:
    makers.a_country()
    makers.a_country()
    seal(NOON)
    makers.a_country()
    seal(NOON + timedelta(minutes=1))
    page = shown(auditor, SEALS)
    last = last_seal()
    assert last is not None
    assert f"<code>{last.hash}</code>" in page
    numbers = re.findall(r'<td role="cell" class="number" data-label="Entries">(\d+)</td>', page)
    assert numbers == ["1", "2"]


def test_the_history_is_said_to_be_whole_when_it_agrees_with_its_seals(auditor: Client) -> None:
    makers.a_country()
    seal(NOON)
    answer = auditor.post(SEALS)
    assert answer.status_code == 200
    assert answer.context["whole_words"] == "The history is whole: 1 entries, 1 of them under 1 seals."
    assert answer.context["findings"] == []


def test_each_finding_is_told_in_words_when_the_history_was_altered(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [Entry.objects.get(object_id=makers.a_country().pk).pk for _row in range(2)]
    seal(NOON)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_entry SET note = %s", ["forged"])
    answer = auditor.post(SEALS)
    assert answer.context["findings"] == [f"Entry {key} was altered (seal 1)." for key in keys]
    assert f"Entry {keys[0]} was altered (seal 1)." in answer.content.decode()
    monkeypatch.setattr(seals, "NAMED", 1)
    cut = auditor.post(SEALS)
    assert (len(cut.context["findings"]), cut.context["is_cut"]) == (1, True)


def test_the_pages_say_so_when_there_is_nothing_yet(auditor: Client) -> None:
    assert "Nobody has read anything for official use yet." in shown(auditor, READS)
    assert "No changes yet." in shown(auditor, CHANGES)
    assert "Nothing is sealed yet." in shown(auditor, SEALS)
    assert Seal.objects.count() == 0


def test_the_last_readings_stand_on_the_page_of_a_restricted_record_for_the_auditor(
    auditor: Client, officer: User
) -> None:
    country = makers.a_country(**OFFICIAL)
    for _row in range(6):
        a_reading_of(country, officer)
    page = shown(auditor, f"/desk/countries/{country.pk}/")
    assert page.count("1 Jun 2015, 12:00") == 5
    assert f'href="{READS}?kind=directory.country&amp;record={country.pk}"' in page


def test_no_readings_stand_on_the_page_when_the_reader_or_the_record_is_another(
    auditor: Client, client: Client, officer: User
) -> None:
    plain, country = makers.a_country(), makers.a_country(**OFFICIAL)
    for record in (plain, country):
        a_reading_of(record, officer)
    assert "Read by" not in shown(auditor, f"/desk/countries/{plain.pk}/")
    client.force_login(makers.a_user("head_of_department"))
    assert "Read by" not in shown(client, f"/desk/countries/{country.pk}/")
