"""The page of the load: what it shows to whom, where its numbers lead, its files, its cost."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from interparl.accounts.models import User
from interparl.directory.models import Parliament
from tests import makers
from tests.load_house import House

pytestmark = pytest.mark.django_db
DAY = "2015-06-01"
LOAD = f"/desk/load/?on={DAY}"


@pytest.fixture
def house(db: None) -> House:
    """The house."""
    return House()


def rows_of(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of a page's export."""
    answer = client.get(f"{address}{'&' if '?' in address else '?'}format=json")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def test_a_hidden_body_does_not_count_when_the_reader_may_not_know_of_it(house: House, client: Client) -> None:
    secret = house.body("Secret", mark="official", kind="delegation")
    makers.a_membership(secret, house.idle, role="head", since="2014")
    shown = {}
    for role in ("desk_officer", "head_of_department"):
        client.force_login(makers.a_user(role))
        page = client.get(LOAD)
        assert page.status_code == 200
        shown[role] = {row["person"]: (row["bodies"], row["heads"]) for row in rows_of(client, LOAD)}
        words = ("Permanent delegation" in page.content.decode(), "Secret" in page.content.decode())
        assert words == ((False, False) if role == "desk_officer" else (True, True))
    assert [found["Anna Idle"] for found in shown.values()] == [(0, 0), (1, 1)]


def links(page: str) -> Iterator[tuple[str, int, str]]:
    """Each number of a table that leads somewhere: the name of its column, the number, where it leads."""
    for cell in page.split('class="number" data-label="')[1:]:
        inner = cell.split("</td>")[0]
        if '<a href="' in inner:
            target, text = inner.split('<a href="')[1].split("</a>")[0].split('">')
            yield inner.split('"')[0], int(text), unescape(target)


def counted(label: str, rows: list[dict[str, Any]], path: str) -> Any:
    """What the rows behind a number of that column come to; people stand for seats that the register cannot ask for."""
    if path == "/desk/memberships/" or label in ("People", "Without any seat"):
        return len(rows)
    if label == "Most loaded":
        return {row["bodies"] for row in rows}
    return sum(row["heads" if label == "Heads" else "bodies"] for row in rows)


@pytest.mark.parametrize(
    "narrower", ["", "&kind=working-group", "&gender=female", "&body={second}", "&faction={greens}"]
)
@pytest.mark.parametrize("by", ["", "chamber", "faction", "gender", "constituency"])
def test_each_number_leads_to_as_many_rows_when_it_is_pressed(
    by: str, narrower: str, house: House, client: Client, officer: User
) -> None:
    client.force_login(officer)
    asked = narrower.format(second=house.second.pk, greens=house.faction.pk)
    found = list(links(client.get(f"{LOAD}&by={by}{asked}").content.decode()))
    assert len(found) >= 3
    for label, number, address in found:
        behind = counted(label, rows_of(client, address), urlsplit(address).path)
        assert behind in (number, {number}), (label, number, address)


def test_the_seats_of_a_group_are_those_of_the_register_when_its_number_is_pressed(
    house: House, client: Client, officer: User
) -> None:
    client.force_login(officer)
    base = f"/desk/memberships/?parliament={house.home.pk}&on={DAY}"
    asked = {
        "": 4,
        f"&chamber={house.lower.pk}": 4,
        f"&chamber={house.upper.pk}": 0,
        f"&faction={house.faction.pk}": 3,
        f"&constituency={house.north.pk}": 3,
        "&gender=male": 1,
        "&leads=true": 2,
        "&leads=false": 2,
        "&kind=commission": 1,
        f"&also_in={house.second.pk}": 3,
        f"&chamber={house.lower.pk}&kind=working-group&leads=true": 1,
        "&chamber=987654": 0,
    }
    assert {query: len(rows_of(client, f"{base}{query}")) for query in asked} == asked


def test_the_people_behind_a_number_are_there_when_the_address_asks_for_them(
    house: House, client: Client, officer: User
) -> None:
    client.force_login(officer)

    def people(query: str) -> list[str]:
        return [row["person"].removeprefix("Anna ") for row in rows_of(client, f"{LOAD}{query}")]

    assert people("") == ["Busy", "Once", "Idle"]
    assert people("&sort=person") == ["Busy", "Idle", "Once"]
    assert people("&sort=bodies") == ["Idle", "Once", "Busy"]
    assert people("&bodies=0") == ["Idle"]
    assert people(f"&chamber={house.upper.pk}") == ["Idle"]
    assert people("&faction=none") == ["Once", "Idle"]
    assert people("&gender=female&bodies=3") == ["Busy"]
    assert people("&constituency=none&gender=female") == ["Idle"]
    assert people("&chamber=none") == []
    assert people("&kind=commission") == ["Busy", "Idle", "Once"]


def test_the_parliament_is_ours_when_none_is_chosen(house: House, client: Client, officer: User) -> None:
    client.force_login(officer)
    theirs = makers.a_part(house.commission, makers.a_parliament(name="Theirs"))
    makers.a_membership(part=theirs, person=makers.a_person("Guest", "Anna"), since="2014")
    page: Any = client.get(LOAD)
    assert [pill.name for pill in page.context["pills"]] == []
    assert len(rows_of(client, LOAD)) == 3
    assert [row["person"] for row in rows_of(client, f"{LOAD}&parliament={theirs.parliament_id}")] == ["Anna Guest"]
    assert len(rows_of(client, f"{LOAD}&parliament=every")) == 4
    same = client.get(f"{LOAD}&parliament={house.home.pk}&convocation=&kind=&body=")
    assert [pill.name for pill in same.context["pills"]] == []


def test_our_own_is_read_when_a_parliament_is_asked_for_that_is_none(house: House, desk: Client) -> None:
    term = makers.a_convocation(house.home, 5)
    page: Any = desk.get(f"{LOAD}&parliament=987654&convocation={term.pk}")
    assert page.context["asked"].scope().parliament == house.home.pk
    assert page.context["asked"].scope().convocation == term.pk
    assert page.context["glance"][0].second == "Home"


def test_the_way_to_its_days_is_offered_when_nobody_of_a_convocation_sits_on_the_day(
    house: House, client: Client, officer: User
) -> None:
    client.force_login(officer)
    old = makers.a_convocation(house.home, 3, since="2004-11-16", until="2008-10-26")
    page = client.get(f"{LOAD}&convocation={old.pk}")
    assert page.context["other_day"][1] == f"/desk/load/?convocation={old.pk}&on=2008-10-26"
    assert "Read as of 26 October 2008" in page.content.decode()


@pytest.mark.parametrize(
    "nonsense",
    [
        "parliament=abc",
        "parliament=987654",
        "convocation=%00",
        "kind=tea",
        "body=-1",
        "chamber=abc",
        "faction=" + "9" * 40,
        "gender=%3Cb%3E",
        "bodies=-3",
        "bodies=" + "9" * 30,
        "by=tea",
        "sort=tea",
        "page=x",
        "rows=7",
        "format=exe",
        "constituency=1.5",
    ],
)
def test_the_page_is_shown_when_the_address_makes_no_sense(nonsense: str, desk: Client, house: House) -> None:
    assert desk.get(f"{LOAD}&{nonsense}").status_code == 200


def test_a_day_that_is_none_is_named_when_it_is_asked_for(desk: Client, house: House) -> None:
    page = desk.get("/desk/load/?on=tea")
    assert (page.status_code, "“tea” is not a date" in page.content.decode()) == (400, True)
    assert desk.get("/desk/load/?on=tea&format=csv").status_code == 400


def test_a_hidden_choice_is_as_a_missing_one_when_it_is_asked_for(house: House, client: Client) -> None:
    secret = house.body("Secret", mark="official")
    client.force_login(makers.a_user("protocol_officer"))
    hidden, missing = (
        without_key(client.get(f"{LOAD}&body={key}").content.decode(), key) for key in (secret.pk, 987654)
    )
    assert "Select a valid choice" in hidden
    assert hidden == missing


def without_key(page: str, key: int) -> str:
    """The page without what only repeats the key that was asked for."""
    echoed = re.sub(rf'(?<=body=){key}\b|\b{key}(?= is not)|(?<="body" value="){key}(?=")', "KEY", page)
    return "".join(line for line in echoed.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("by", ["", "chamber", "faction"])
def test_the_page_asks_as_many_queries_when_there_are_more_people(
    by: str, house: House, client: Client, officer: User
) -> None:
    client.force_login(officer)
    client.get(LOAD)
    counts = []
    for more in (2, 12):
        for number in range(more):
            person = house.member(f"More{number}", house.upper, gender="male")
            makers.a_membership(house.body(f"Body {number}"), person, since="2014")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"{LOAD}&by={by}")
        assert answer.status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("language", ["en", "ru", "be"])
@pytest.mark.parametrize("by", ["", "chamber", "gender"])
def test_the_page_is_there_when_it_is_read_in_each_language(language: str, by: str, house: House, desk: Client) -> None:
    page = desk.get(f"{LOAD}&by={by}", headers={"Accept-Language": language})
    text = page.content.decode()
    assert (page.status_code, f'<html lang="{language}"' in text, 'role="img"' in text) == (200, True, True)
    assert text.count("<h1") == 1


def test_a_long_table_is_cut_into_pages_when_it_has_more_rows(house: House, desk: Client, settings: Any) -> None:
    settings.ROWS_A_PAGE = 2
    first, second = desk.get(LOAD), desk.get(f"{LOAD}&page=2")
    assert [len(page.context["made"].table.rows) for page in (first, second)] == [2, 1]
    assert first.context["made"].position == "Rows 1–2 of 3"
    assert len(rows_of(desk, f"{LOAD}&page=2")) == 3


def test_a_file_says_the_day_and_the_filters_and_keeps_numbers_when_it_is_taken(house: House, desk: Client) -> None:
    target = f"{LOAD}&gender=female&format="
    lines = list(csv.reader(io.StringIO(desk.get(f"{target}csv").content.decode("utf-8-sig"))))
    assert lines[:4] == [
        ["# Register", "Load"],
        ["# As of", "1 June 2015"],
        ["# Parliament", "Home"],
        ["# Gender", "Female"],
    ]
    heads = ["id", "Member", "Chamber", "Faction", "Gender", "Constituency", "Bodies", "Heads"]
    assert lines[4] == [*heads, "Working group", "Interparliamentary commission", "approximate", "illustrative", "mark"]
    busy = [str(house.busy.pk), "Anna Busy", "Lower", "Greens", "Female", "North", "3", "2", "2", "1"]
    assert lines[5] == [*busy, "false", "false", "internal"]
    sheet = load_workbook(io.BytesIO(desk.get(f"{target}xlsx").content)).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[5][:8] == [house.busy.pk, "Anna Busy", "Lower", "Greens", "Female", "North", 3, 2]
    [lower, upper] = rows_of(desk, f"{LOAD}&by=chamber")
    assert (lower["group"], lower["people"], lower["seats"], lower["a_head"]) == ("Lower", 2, 4, "2.00")
    assert (upper["without"], upper["share_without"], upper["most"]) == (1, "100.00", 0)


def test_a_file_says_what_is_illustrative_when_something_is(house: House, desk: Client) -> None:
    invented = makers.a_person("Invented", "Anna", grade="illustrative")
    makers.a_mandate(invented, house.lower, since="2014", grade="illustrative")
    answer = desk.get(f"{LOAD}&format=json").json()
    assert answer["about"]["Note"] == "Some rows are illustrative; the column “illustrative” says which."
    assert {row["person"]: row["illustrative"] for row in answer["rows"]}["Anna Invented"] is True


def test_nobody_reads_the_page_when_he_has_not_signed_in(client: Client, house: House) -> None:
    assert client.get(LOAD).status_code == 302


def test_there_is_a_word_and_no_table_when_nobody_is_there(desk: Client) -> None:
    assert Parliament.objects.count() == 0
    page = desk.get(LOAD)
    assert (page.status_code, "<table" in page.content.decode()) == (200, False)
    assert "Nobody sits in a body or holds a mandate on this day." in page.content.decode()
