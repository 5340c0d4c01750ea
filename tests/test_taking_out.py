"""Every register taken out at once, and Popolo: the page, the command, the rows, the rights."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.config.command_line import run
from interparl.core.kinds import model_of
from interparl.core.models import Mark
from interparl.core.models.entries import ReadEntry
from interparl.core.pages import every_record_pages
from interparl.core.rights import Reader
from interparl.core.writing import Planned, change_many
from interparl.directory.exports import Asked, write_file
from interparl.directory.models import Affiliation, ContactPoint, Mandate, Person, PersonName
from tests.makers import BY, a_chamber, a_country, a_mandate, a_membership, a_name, a_person, a_user, kept
from tests.samples import a_record
from tests.spread import spread

pytestmark = pytest.mark.django_db
HIDDEN: dict[str, Any] = {"mark": Mark.OFFICIAL}
PUBLISHED: dict[str, Any] = {"mark": Mark.PUBLIC, "published_on": date(2015, 1, 1)}
Tables = dict[str, list[dict[str, str]]]
FORMULAS = ("=1+1", "+7", "-2", "@home", "\tquiet", "a;=1")


def anybody(role: str) -> User:
    """Somebody with the role who is in no database."""
    return User(username=role, role=role, is_active=True)


def archive(reader: Reader, language: str = "en", day: date | None = None) -> tuple[Tables, dict[str, Any]]:
    """The tables by kind, and what describes them."""
    target = io.BytesIO()
    write_file("csv", Asked(reader, language, day), target)
    with zipfile.ZipFile(target) as packed:
        assert packed.testzip() is None
        tables = {
            name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))
            for name in packed.namelist()
            if name.endswith(".csv")
        }
        return tables, json.loads(packed.read("README.json"))


def workbook(reader: Reader) -> dict[str, list[list[Any]]]:
    """The sheets, the headings first."""
    target = io.BytesIO()
    write_file("xlsx", Asked(reader, "en"), target)
    book = load_workbook(io.BytesIO(target.getvalue()))
    for page in book.worksheets:
        assert [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"] == []
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book.worksheets}


def test_every_register_goes_out_with_the_rows_of_its_list() -> None:
    made = {kind: a_record(model_of(kind)).pk for kind in every_record_pages}
    tables, told = archive(anybody("administrator"))
    assert set(tables) == set(made)
    for kind, rows in tables.items():
        assert [int(row["id"]) for row in rows] == sorted(model_of(kind)._base_manager.values_list("pk", flat=True))
    described = {one["file"].removesuffix(".csv"): one for one in told["registers"]}
    assert {kind: one["rows"] for kind, one in described.items()} == {kind: len(rows) for kind, rows in tables.items()}
    for kind, rows in tables.items():
        names = [column["name"] for column in described[kind]["columns"]]
        assert names == list(rows[0])
        assert len(set(names)) == len(names)
        assert all(column["words"] for column in described[kind]["columns"])


def test_a_sheet_says_the_same_as_a_table() -> None:
    for kind in every_record_pages:
        a_record(model_of(kind), text="=1+1")
    tables, _told = archive(anybody("administrator"))
    sheets = workbook(anybody("administrator"))
    assert set(sheets) == {"README", *tables}
    for kind, rows in tables.items():
        heads, *cells = sheets[kind]
        assert heads == list(rows[0])
        assert [[_in_words(value) for value in row] for row in cells] == [
            [value.removeprefix("'") for value in row.values()] for row in rows
        ]


def _in_words(value: Any) -> str:
    if hasattr(value, "date"):
        return str(value.date().isoformat())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_no_cell_begins_a_formula_when_a_text_does() -> None:
    for text in FORMULAS:
        kept(ContactPoint(person=a_person(), kind="other", value=text.strip()))
    tables, _told = archive(anybody("administrator"))
    cells = [value for rows in tables.values() for row in rows for value in row.values()]
    assert [value for value in cells if value.startswith(("=", "+", "-", "@", "\t"))] == []
    assert {"'=1+1", "'+7", "'-2", "'@home"} <= set(cells)


def test_a_person_has_names_in_each_language_and_ways_to_be_reached() -> None:
    person = a_person("Nowak", "Anna", country=a_country("PL", "Poland"), born="1970-05")
    a_name(person, family="Новак", given="Ганна", language="be", patronymic="Янаўна")
    a_name(person, family="Lis", language="en", kind="former")
    kept(ContactPoint(person=person, kind="email", value="anna@example.org"))
    kept(ContactPoint(person=person, kind="email", value="a@example.org"))
    [row] = archive(anybody("administrator"), "be")[0]["directory.person"]
    told = {
        name: row[name] for name in ("label", "name_en", "family_be", "patronymic_be", "other_names", "email", "born")
    }
    assert told == {
        "label": "Ганна Новак",
        "name_en": "Anna Nowak",
        "family_be": "Новак",
        "patronymic_be": "Янаўна",
        "other_names": "Lis",
        "email": "anna@example.org | a@example.org",
        "born": "1970-05",
    }
    assert (row["country_code"], row["country"], row["mark"], row["grade"]) == ("PL", "Poland", "internal", "stated")
    assert row["row_key"].endswith(f"/directory.person/{person.pk}")
    assert "user" not in row


@pytest.mark.parametrize("role", spread([*ROLES, "public"]))
def test_only_registers_that_the_reader_may_open_go_out(role: str) -> None:
    for kind in every_record_pages:
        a_record(model_of(kind), common=PUBLISHED, **PUBLISHED) if not model_of(kind).is_pointer else None
        a_record(model_of(kind))
        a_record(model_of(kind), **HIDDEN)
    reader: Any = AnonymousUser() if role == "public" else anybody(role)
    tables, told = archive(reader)
    for kind, pages in every_record_pages.items():
        may = role == "public" or reader.rights.may(pages.permission("view"))
        model: Any = pages.model
        seen = set(model.objects.visible_to(reader).values_list("pk", flat=True)) if may else set()
        assert {int(row["id"]) for row in tables.get(kind, ())} == seen
        assert (kind in tables) == bool(seen)
    assert {one["file"] for one in told["registers"]} == {f"{kind}.csv" for kind in tables}


def test_what_a_row_points_to_is_not_named_when_it_is_hidden() -> None:
    hidden = a_country("ZZ", "Secret", **HIDDEN)
    person = a_person(country=hidden)
    kept(PersonName(person=person, text="Secret name", language="ru", **HIDDEN))
    kept(ContactPoint(person=person, kind="email", value="secret@example.org", **HIDDEN))
    target = io.BytesIO()
    write_file("csv", Asked(anybody("desk_officer"), "en"), target)
    tables, _told = archive(anybody("desk_officer"))
    [row] = tables["directory.person"]
    assert (row["country_id"], row["country_code"], row["country"], row["name_ru"], row["email"]) == ("",) * 5
    assert "secret" not in json.dumps(tables).lower()
    [row] = archive(anybody("leadership"))[0]["directory.person"]
    assert (row["country_code"], row["country"]) == ("ZZ", "Secret")


def test_rows_of_the_day_go_out_when_a_day_is_asked() -> None:
    person, chamber = a_person(), a_chamber()
    early = a_mandate(person, chamber, until="2012-10-17")
    late = a_mandate(person, chamber, since="2012-10-18")
    for day, mandate in ((date(2012, 10, 17), early), (date(2012, 10, 18), late)):
        tables, told = archive(anybody("administrator"), day=day)
        assert [int(row["id"]) for row in tables["directory.mandate"]] == [mandate.pk]
        assert told["on"] == day.isoformat()


def test_a_membership_names_body_and_person() -> None:
    membership = a_membership()
    [row] = archive(anybody("administrator"))[0]["bodies.membership"]
    assert (row["body_code"], row["person_id"], row["role"]) == (
        membership.body.code,
        str(membership.person_id),
        "member",
    )


def test_the_page_gives_the_files_and_the_form(client: Client) -> None:
    chamber = a_chamber(code="VA-LC01", name="House")
    a_mandate(a_person("Nowak"), chamber)
    client.force_login(a_user("desk_officer"))
    address = reverse("directory:take-out")
    page = client.get(f"{address}?format=popolo&chamber=VA-LC01")
    assert page.status_code == 200
    assert '<option value="VA-LC01" selected>House</option>' in page.content.decode()
    asked = {"take": "1", "chamber": "VA-LC01"}
    names = {form: got(client, **asked, format=form)[1]["Content-Disposition"] for form in ("popolo", "csv", "xlsx")}
    assert names == {
        "popolo": 'attachment; filename="interparl-va-lc01.popolo.json"',
        "csv": 'attachment; filename="interparl.zip"',
        "xlsx": 'attachment; filename="interparl.xlsx"',
    }
    document = json.loads(got(client, **asked, format="popolo", on="2015-01-01")[0])
    assert (document["meta"]["on"], len(document["persons"])) == ("2015-01-01", 1)
    assert client.get(address, {**asked, "format": "popolo", "on": "soon"}).status_code == 400
    for text in ("NO-1", "x" * 500, "\x00"):
        assert client.get(address, {"take": "1", "format": "popolo", "chamber": text}).status_code == 404
    assert client.get(address, {"take": "1", "format": "exe"}).status_code == 200


def test_a_hidden_chamber_is_none_when_it_is_asked_for(client: Client) -> None:
    a_chamber(code="VA-LC01", **HIDDEN)
    client.force_login(a_user("desk_officer"))
    address = reverse("directory:take-out")
    assert "VA-LC01" not in client.get(address).content.decode()
    assert client.get(address, {"take": "1", "format": "popolo", "chamber": "VA-LC01"}).status_code == 404


def test_nobody_takes_out_on_the_desk_without_signing_in(client: Client) -> None:
    assert client.get(reverse("directory:take-out"), {"take": "1", "format": "csv"}).status_code == 302


def test_the_pages_of_imports_and_chambers_lead_there(client: Client, officer: User) -> None:
    chamber = a_chamber(code="VA-LC01")
    client.force_login(officer)
    address = reverse("directory:take-out")
    assert f'href="{address}"' in client.get(reverse("exchange:batch-list")).content.decode()
    shown = client.get(reverse("directory:chamber-show", args=(chamber.pk,))).content.decode()
    assert f"{address}?format=popolo&amp;chamber=VA-LC01" in shown


def test_reading_for_official_use_is_noted_when_a_register_is_taken_out(client: Client) -> None:
    person = a_person(**HIDDEN)
    kept(PersonName(person=a_person(country=a_country("ZZ", **HIDDEN)), text="One", language="ru"))
    client.force_login(a_user("leadership"))
    for form in ("csv", "xlsx"):
        ReadEntry.objects.all().delete()
        got(client, format=form)
        noted = set(ReadEntry.objects.values_list("kind", flat=True))
        assert {"directory.person", "directory.country"} <= noted
        assert ReadEntry.objects.filter(kind="directory.person", object_id=person.pk).count() == 1


def got(client: Client, **asked: str) -> tuple[bytes, Any]:
    """The file that the page gives, and its headers."""
    answer: Any = client.get(reverse("directory:take-out"), {"take": "1", **asked})
    assert answer.status_code == 200
    content = answer.getvalue()
    return content, answer.headers


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_command_writes_what_its_reader_may_see(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_mandate(a_person("Nowak"), a_chamber(code="VA-LC01"))
    a_person("Public", **PUBLISHED)
    for form in ("popolo", "csv", "xlsx"):
        out = tmp_path / form
        public = answer(capsys, "export", form, "--out", str(out))
        mine = answer(capsys, "export", form, "--as", "desk_officer", "--out", str(out))
        key = "persons" if form == "popolo" else "directory.person"
        assert (public["counts"][key], mine["counts"][key]) == (1, 2)
        assert mine["size"] == out.stat().st_size
    found = answer(
        capsys, "export", "popolo", "--as", "desk_officer", "--chamber", "va-lc01", "--out", str(tmp_path / "one")
    )
    assert found["counts"] == {
        "persons": 1,
        "organizations": 1,
        "areas": 0,
        "events": 0,
        "memberships": 1,
        "posts": 0,
    }


@pytest.mark.parametrize(
    "words",
    [
        ("--chamber", "NO-1"),
        ("--on", "soon"),
        ("--as", "nobody-here"),
        ("--lang", "xx"),
    ],
)
def test_nothing_is_written_when_the_command_makes_no_sense(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.write_bytes(b"before")
    assert run(["export", "popolo", "--out", str(out), *words]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert run(["export", "csv", "--out", str(out), "--chamber", "VA-LC01"]) == 2
    assert (out.read_bytes(), list(tmp_path.iterdir())) == (b"before", [out])


def test_a_file_that_was_there_stays_when_writing_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: Any) -> dict[str, int]:
        raise OSError("no room")

    monkeypatch.setattr("interparl.directory.commands.write_file", fail)
    out = tmp_path / "out"
    out.write_bytes(b"before")
    assert run(["export", "csv", "--out", str(out)]) == 2
    assert (out.read_bytes(), list(tmp_path.iterdir())) == (b"before", [out])


def people(number: int) -> None:
    """So many people with a name, a mandate, an affiliation and a way to reach them."""
    chamber = a_chamber()
    faction = a_record(model_of("directory.faction"), chamber=chamber)
    persons = [Person(gender="female") for _number in range(number)]
    change_many([Planned(person) for person in persons], by=BY)
    rows: list[Any] = []
    for position, person in enumerate(persons):
        rows.append([PersonName(person=person, text=f"Anna Nowak{position}", language="en", kind="official")])
        rows[-1].append(Mandate(person=person, chamber=chamber, since="2012"))
        rows[-1].append(Affiliation(person=person, faction=faction, since="2012"))
        rows[-1].append(ContactPoint(person=person, kind="email", value=f"{position}@example.org"))
    for several in zip(*rows, strict=True):
        change_many([Planned(row) for row in several], by=BY)


@pytest.mark.parametrize("form", ["popolo", "csv", "xlsx"])
def test_as_many_queries_are_asked_whatever_the_number_of_rows(form: str) -> None:
    counts = []
    for more in (3, 300):
        people(more)
        with CaptureQueriesContext(connection) as asked:
            write_file(form, Asked(anybody("administrator"), "en"), io.BytesIO())
        # The settings of the installation are read once for a request, which this is none.
        counts.append(len([one for one in asked if "core_setting" not in one["sql"]]))
    assert counts[0] == counts[1]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["popolo", "csv", "xlsx"])
def test_memory_stays_small_when_there_are_many_rows(form: str, tmp_path: Path) -> None:
    people(4000)
    tracemalloc.start()
    with (tmp_path / "out").open("wb") as file:
        write_file(form, Asked(anybody("administrator"), "en"), file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 25_000_000
