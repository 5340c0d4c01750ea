"""Bringing a table in by pages: handed in, recognised, mapped, saved as a mapping, its names settled, and checked."""

from __future__ import annotations

import html
import json
import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from openpyxl import Workbook

from interparl.accounts.models import User
from interparl.bodies.models import Membership
from interparl.core.models import Entry
from interparl.directory.models import Person, PersonName
from interparl.exchange.actions import apply
from interparl.exchange.actions.uploads import LASTS, MOST_OF_ONE, give_up_old, handed, hold
from interparl.exchange.models import Batch
from interparl.exchange.pages.bring_forms import name_of
from tests import makers
from tests.handing import CHOSEN, NEW, a_table, brought, errors_of, fields, sent_on
from tests.makers import BY

MARKUP = "<script>hostile()</script>"
PREFIXES = [one + other for one in "ABCDE" for other in "aeiouy"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def folder_of(user: User) -> list[Path]:
    place = Path(settings.FOLDER) / "uploads" / str(user.pk)
    return sorted(place.iterdir()) if place.is_dir() else []


# Handing in


def test_a_table_leads_to_its_columns_and_nothing_is_written(desk: Client, officer: User) -> None:
    address = brought(desk, a_table())
    page = desk.get(address)
    text = page.content.decode()
    assert (page.status_code, Batch.objects.count(), Entry.objects.count()) == (200, 0, 0)
    assert [words in text for words in ("by semicolons", "utf-8", "row 1", "Nachname", "Kowal")] == [True] * 5
    assert len(folder_of(officer)) == 2
    assert {oct(file.stat().st_mode & 0o777) for file in folder_of(officer)} == {"0o600"}


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({}, "file", "Choose a file, or paste rows."),
        ({"pasted": "  \n "}, "file", "Choose a file, or paste rows."),
        ({"pasted": "Anna", "file": a_table()}, "pasted", "Hand in one of them"),
        ({"kind": "popolo", "pasted": "{}"}, "pasted", "Only rows of a table can be pasted"),
        ({"kind": "none", "pasted": "Anna"}, "kind", "Select a valid choice"),
        ({"file": SimpleUploadedFile("a.csv", b'id;name\n1;"Anna\n')}, "file", "line 2"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 broken")}, "file", "damaged"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}, "file", "This is a PDF"),
        ({"pasted": "x" * 1_000_001}, "pasted", "at most"),
        ({"pasted": "Anna", "chamber": "nowhere"}, "chamber", "Nothing is called"),
    ],
)
def test_one_message_comes_back_and_nothing_is_kept_when_it_cannot_be_used(
    desk: Client, officer: User, said: dict[str, Any], field: str, words: str
) -> None:
    answer = desk.post(NEW, {"kind": "people-csv", **said})
    assert answer.status_code == 422
    assert list(errors_of(answer)) == [field]
    assert words in " ".join(errors_of(answer)[field])
    assert (folder_of(officer), Batch.objects.count()) == ([], 0)


def test_a_body_is_refused_when_the_kind_has_none(desk: Client) -> None:
    body = makers.a_body()
    answer = desk.post(NEW, {"kind": "people-csv", "pasted": "Anna", "body": f"#{body.pk}"})
    assert "Only members of bodies" in str(errors_of(answer)["body"])


def test_pages_are_refused_when_a_member_asks(client: Client, member: User, officer: User) -> None:
    client.force_login(officer)
    address = brought(client, a_table())
    client.force_login(member)
    for url in (NEW, address):
        assert (client.get(url).status_code, client.post(url, {"deed": "check"}).status_code) == (403, 403)


def test_what_another_handed_in_is_not_there(client: Client, officer: User) -> None:
    client.force_login(officer)
    address = brought(client, a_table())
    client.force_login(makers.a_user("head_of_department"))
    for deed in ("look", "check", "drop", "save"):
        assert (client.get(address).status_code, client.post(address, {"deed": deed}).status_code) == (404, 404)
    client.force_login(officer)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("key", ["x", "a" * 32, "..%2f..%2fsecret_key", "A" * 31 + "-", "%00" * 32])
def test_nobody_reaches_a_file_by_another_key(desk: Client, key: str) -> None:
    assert desk.get(f"{NEW}{key}/").status_code == 404


def test_it_is_gone_after_a_day_and_only_the_last_ones_are_kept(officer: User) -> None:
    keys = [hold(officer, b"a", {"kind": "people-csv", "name": "a"}) for _number in range(MOST_OF_ONE + 2)]
    there = [key for key in keys if handed(officer, key)]
    assert (len(there), keys[-1] in there) == (MOST_OF_ONE, True)
    long_ago = time.time() - LASTS.total_seconds() - 60
    for file in folder_of(officer):
        if file.stem == there[0]:
            os.utime(file, (long_ago, long_ago))
    assert (handed(officer, there[0]), handed(officer, there[1]) is None) == (None, False)
    for file in folder_of(officer):
        os.utime(file, (long_ago, long_ago))
    give_up_old()
    assert folder_of(officer) == []


def test_giving_up_removes_the_file(desk: Client, officer: User) -> None:
    address = brought(desk, a_table())
    answer = desk.post(address, {"deed": "drop"})
    assert (answer.status_code, folder_of(officer), desk.get(address).status_code) == (302, [], 404)


# Columns


def test_what_the_headings_say_is_proposed(desk: Client) -> None:
    address = brought(desk, a_table("id;Surname;Given name;Born;Shoe size\n1;Nowak;Anna;13.02.1970;38\n"))
    chosen = fields(desk.get(address))
    assert [chosen[f"c{at}-to"] for at in range(5)] == ["id", "family", "given", "born", ""]
    page = desk.get(address).content.decode()
    assert ("Not read: Shoe size." in page, "4 of 5 are read" in page) == (True, True)
    assert "The day is written first: “13.02.1970”" in page


def test_a_table_of_unknown_headings_is_mapped_checked_and_applied(desk: Client, officer: User) -> None:
    address = brought(desk, a_table())
    again = sent_on(desk, address, "look", **CHOSEN)
    assert fields(again)["c3-read"] == "date"
    answer = desk.post(address, fields(again) | {"deed": "check"})
    batch = Batch.objects.get()
    assert (answer["Location"], batch.counts["errors"]) == (f"/desk/imports/{batch.pk}/", 0)
    assert folder_of(officer) == []
    apply(batch, by=BY)
    rows = PersonName.objects.order_by("family").values_list("family", "given", "person__born")
    assert list(rows) == [("Kowal", "Jan", "1965-06-05"), ("Nowak", "Anna", "1970-02-13")]


def test_the_check_shows_the_form_again_when_a_value_is_wrong(desk: Client) -> None:
    address = brought(desk, a_table())
    answer = sent_on(desk, address, "check", **CHOSEN, **{"k-number": "1", "k0-name": "x", "k0-value": "y"})
    assert (answer.status_code, "There is no field “x”" in answer.content.decode()) == (422, True)
    assert Batch.objects.count() == 0


def test_words_stand_for_others_and_constants_fill_every_row(desk: Client) -> None:
    address = brought(desk, a_table("id;Name;Sex\n1;Anna Nowak;w\n2;Jan Kowal;m\n"))
    chosen = {"c0-to": "id", "c1-to": "name", "c2-to": "gender", "k0-name": "citizenship", "k0-value": "Poland"}
    again = sent_on(desk, address, "look", **chosen)
    answer = desk.post(address, fields(again) | {"c2-values": "w = female\nm = male", "deed": "check"})
    batch = Batch.objects.get()
    assert answer.status_code == 302
    values = [row.records[0]["values"] for row in batch.rows.filter(record="person").order_by("pk")]
    assert [one["gender"] for one in values] == ["female", "male"]


def test_the_order_of_dates_is_doubted_until_it_is_told(desk: Client) -> None:
    address = brought(desk, a_table("id;Name;Born\n1;Anna Nowak;05/06/1970\n2;Jan Kowal;07/08/1965\n"))
    page = desk.get(address).content.decode()
    assert "Nothing tells whether the day or the month is written first" in page
    sent_on(desk, address, "check", **{"c2-read": "month-first"})
    born = [row.records[0]["values"]["born"] for row in Batch.objects.get().rows.filter(record="person").order_by("pk")]
    assert born == ["1970-05-06", "1965-07-08"]


def test_how_it_is_read_can_be_said_otherwise(desk: Client) -> None:
    text = "Members;of the;Assembly\nid;Name;Born\n1;Аня Новак;1970\n"
    address = brought(desk, SimpleUploadedFile("a.csv", text.encode("cp1251")))
    page = desk.get(address).content.decode()
    assert ("windows-1251" in page, "row 1" in page, "Not read: Members" in page) == (True, True, True)
    other = sent_on(desk, address, "look", header_row="2", encoding="koi8-r").content.decode()
    assert ("row 2" in other, "Assembly" in other, "koi8-r" in other, "Аня" in other) == (True, False, True, False)
    wrong = sent_on(desk, address, "look", header_row="99")
    assert (wrong.status_code, "There is no row 99" in wrong.content.decode()) == (422, True)
    bare = sent_on(desk, address, "look", header_row="0", delimiter=";").content.decode()
    assert ("#1" in bare, "no heading" in bare) == (True, True)


def a_workbook() -> SimpleUploadedFile:
    book = Workbook()
    first: Any = book.active
    first.title = "Notes"
    first.append([MARKUP, "remark"])
    first.append(["1", "2"])
    other = book.create_sheet("R&D 'x'")
    for row in (["id", f'"><img src=x onerror=hostile()>{MARKUP}', "Name"], ["1", MARKUP, "Anna Nowak"]):
        other.append(row)
    held = BytesIO()
    book.save(held)
    return SimpleUploadedFile(f"{MARKUP}.xlsx", held.getvalue())


def test_hostile_names_of_files_sheets_columns_and_cells_are_shown_as_text(desk: Client) -> None:
    address = brought(desk, a_workbook())
    for sheet in ("Notes", "R&D 'x'"):
        page = sent_on(desk, address, "look", sheet=sheet).content.decode()
        assert (MARKUP in page, "onerror=hostile()>" in page.replace("&gt;", "")) == (False, False)
        assert escape(MARKUP) in page
    chosen = fields(desk.post(address, fields(desk.get(address)) | {"sheet": "R&D 'x'", "deed": "look"}))
    assert [chosen[f"c{at}-to"] for at in range(3)] == ["id", "", "name"]
    answer = desk.post(address, chosen | {"c1-to": "about", "deed": "check"})
    assert answer.status_code == 302
    assert MARKUP not in desk.get(answer["Location"]).content.decode()


def test_a_list_is_named_when_a_file_has_several(desk: Client) -> None:
    document = {"first": [{"id": 1, "name": "Erika First"}] * 2, "second": [{"id": 2, "name": "Erika Second"}] * 2}
    address = brought(desk, SimpleUploadedFile("a.json", json.dumps(document).encode()))
    page = desk.get(address).content.decode()
    assert ("first" in page, "second" in page, "Erika" in page) == (True, True, False)
    found = desk.post(address, {"records": "second", "deed": "look"}).content.decode()
    assert ("Erika Second" in found, "Erika First" in found) == (True, False)


# Names


def test_thirty_names_are_brought_into_a_body(desk: Client) -> None:
    makers.the_home_parliament()
    body = makers.a_body()
    people = [makers.a_person(f"{prefix}kowal", "Jan") for prefix in PREFIXES]
    page = desk.get(f"/desk/bodies/{body.pk}/").content.decode()
    link = f"/desk/imports/new/?kind=memberships-csv&amp;body={body.pk}"
    assert link in page
    opened = desk.get(html.unescape(link)).content.decode()
    assert str(body) in opened
    text = "\n".join(f"{at}. {person}" for at, person in enumerate(people, 1))
    address = brought(desk, kind="memberships-csv", pasted=text, body=f"#{body.pk}")
    shown = desk.get(address).content.decode()
    assert ("30 names are certain." in shown, str(body) in shown) == (True, True)
    assert sent_on(desk, address, "check").status_code == 302
    apply(Batch.objects.get(), by=BY)
    assert set(Membership.objects.filter(body=body).values_list("person", flat=True)) == {one.pk for one in people}


def test_a_name_that_is_not_certain_is_asked_for(desk: Client) -> None:
    makers.the_home_parliament()
    body, anna, twin = makers.a_body(), makers.a_person("Nowak"), makers.a_person("Nowak")
    address = brought(desk, kind="memberships-csv", pasted="Anna Nowak\nNobody Atall\n", body=f"#{body.pk}")
    page = desk.get(address)
    sent = fields(page)
    assert {name_of("Anna Nowak"), name_of("Nobody Atall")} <= sent.keys()
    answer = desk.post(address, sent | {name_of("Anna Nowak"): f"#{twin.pk}", "deed": "check"})
    batch = Batch.objects.get()
    assert (answer.status_code, batch.counts["new"], batch.counts["doubtful"]) == (302, 1, 1)
    apply(batch, by=BY)
    assert list(Membership.objects.values_list("person", flat=True)) == [twin.pk]
    assert anna.pk != twin.pk


def test_people_who_are_not_known_are_made_when_it_is_said(desk: Client) -> None:
    makers.the_home_parliament()
    body = makers.a_body()
    address = brought(desk, kind="memberships-csv", pasted="Nobody Atall\nSomebody Else\n", body=f"#{body.pk}")
    sent_on(desk, address, "check", make="1")
    apply(Batch.objects.get(), by=BY)
    assert (Person.objects.count(), Membership.objects.filter(body=body).count()) == (2, 2)


def test_nobody_hidden_is_meant_by_a_name(desk: Client) -> None:
    makers.the_home_parliament()
    body = makers.a_body()
    makers.a_person("Nowak", mark="official")
    address = brought(desk, kind="memberships-csv", pasted="Anna Nowak\nJan Kowal\n", body=f"#{body.pk}")
    page = desk.get(address).content.decode()
    assert (name_of("Anna Nowak") in page, "names are certain" in page) == (True, False)
    sent_on(desk, address, "check")
    batch = Batch.objects.get()
    assert (batch.counts["new"], batch.counts["doubtful"]) == (0, 2)


def test_the_way_is_not_offered_when_a_reader_may_not_bring_files_in(client: Client, member: User) -> None:
    body = makers.a_body()
    client.force_login(member)
    assert "Add members from a list" not in client.get(f"/desk/bodies/{body.pk}/").content.decode()


# Tables of others


def test_a_mapping_that_says_where_the_rows_are_is_chosen_by_itself(desk: Client, data_folder: Path) -> None:
    file = data_folder / "legislators" / "portugal-deputies-17.json"
    address = brought(desk, SimpleUploadedFile(file.name, file.read_bytes()))
    page = desk.get(address)
    assert (fields(page)["base"], fields(page)["records"], page.context["problems"]) == (
        "portugal-deputies",
        "Deputados",
        [],
    )


TABLES = (
    *(("people-csv", "legislators", name) for name in ("*.csv", "*.json")),
    *(("memberships-csv", "groups", name) for name in ("*memberships*", "*.csv")),
    ("bodies-csv", "groups", "*"),
)


@pytest.mark.parametrize(("kind", "folder", "names"), TABLES, ids=["csv", "json", "members", "rows", "bodies"])
def test_every_table_of_others_opens_or_is_refused_with_a_sentence(
    desk: Client, data_folder: Path, kind: str, folder: str, names: str
) -> None:
    files = [file for file in sorted((data_folder / folder).glob(names)) if ".popolo." not in file.name]
    assert files
    for file in files:
        answer = desk.post(NEW, {"kind": kind, "file": SimpleUploadedFile(file.name, file.read_bytes())})
        assert (file.name, answer.status_code in (302, 422)) == (file.name, True)
        if answer.status_code == 422:
            assert list(errors_of(answer)) == ["file"]
            continue
        page = desk.get(answer["Location"])
        again = desk.post(answer["Location"], fields(page) | {"deed": "look"})
        told = again.context["problems"]
        assert (file.name, page.status_code, [one for one in told if "several lists" not in one]) == (
            file.name,
            200,
            [],
        )
        assert (file.name, fields(again)) == (file.name, fields(page) | _token(again))


def _token(answer: Any) -> dict[str, str]:
    return {name: value for name, value in fields(answer).items() if name == "csrfmiddlewaretoken"}
