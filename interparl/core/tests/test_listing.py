"""Lists: pages, order, the day, the words looked for, and what stays in the address."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from interparl.core.addresses import list_address
from interparl.core.listing import PAGE_SIZES, in_order
from interparl.core.writing import Planned, change_many
from tests import makers

pytestmark = pytest.mark.django_db
COUNTRIES = "directory.country"


def many_countries(number: int) -> None:
    """So many countries, C000 and on."""
    model = type(makers.a_country("C000", "Country 000"))
    name = model.objects.get().name["en"]
    rows = [model(code=f"C{one:03}", name={"en": {**name, "text": f"Country {one:03}"}}) for one in range(1, number)]
    change_many([Planned(row) for row in rows], by=makers.BY)


def codes(desk: Client, **query: str) -> list[str]:
    """The codes on one page of the list."""
    table = desk.get(list_address(COUNTRIES, **query)).context["table"]
    return [row.code for row in table.rows]


def test_a_page_holds_as_many_rows_as_asked_for_when_there_are_more(desk: Client) -> None:
    many_countries(120)
    every = [f"C{number:03}" for number in range(120)]
    assert codes(desk) == every[:50]
    assert codes(desk, page="3") == every[100:]
    assert codes(desk, page="99") == every[100:]
    assert codes(desk, rows="100") == every[:100]
    assert codes(desk, rows="1") == every[:50]
    assert codes(desk, sort="-label", page="3") == every[19::-1]
    assert codes(desk, sort="-code", page="3") == every[19::-1]


def test_the_way_to_other_pages_keeps_the_rest_of_the_address_when_pressed(desk: Client) -> None:
    many_countries(120)
    listing = desk.get(list_address(COUNTRIES, page="2", sort="code", q="country")).context["listing"]
    assert listing.position() == "Rows 51–100 of 120"
    assert listing.previous_url() == "/desk/countries/?sort=code&q=country&page=1"
    assert listing.next_url() == "/desk/countries/?sort=code&q=country&page=3"
    last = desk.get(list_address(COUNTRIES, page="3")).context["listing"]
    assert (last.position(), last.next_url()) == ("Rows 101–120 of 120", "")
    assert PAGE_SIZES == (50, 100, 200)


def test_an_export_has_all_rows_when_the_page_has_some(desk: Client) -> None:
    many_countries(120)
    data = desk.get(list_address(COUNTRIES, format="json", page="2", sort="-code")).json()
    assert [row["code"] for row in data["rows"]] == [f"C{number:03}" for number in range(119, -1, -1)]


def test_the_export_says_what_was_asked_when_it_was_filtered(desk: Client) -> None:
    makers.a_country("AM", "Armenia", region="asia")
    makers.a_country("AU", "Austria", region="europe", grade="illustrative")
    url = list_address(COUNTRIES, format="json", region="europe", q="aust", on="2014-06-01")
    data = desk.get(url).json()
    assert data["about"] == {
        "Register": "Countries",
        "As of": "every day",
        "Name": "aust",
        "Region": "Europe",
        "Note": "Some rows are illustrative; the column “grade” says which.",
    }
    assert [(row["code"], row["grade"], row["mark"]) for row in data["rows"]] == [("AU", "illustrative", "internal")]


def test_a_filter_is_named_with_the_way_out_when_it_is_in_force(desk: Client) -> None:
    many_countries(1)
    answer = desk.get(list_address(COUNTRIES, region="asia", q="x", sort="code"))
    assert [(str(pill.name), str(pill.value), pill.url) for pill in answer.context["listing"].pills()] == [
        ("Name", "x", "/desk/countries/?region=asia&sort=code"),
        ("Region", "Asia", "/desk/countries/?q=x&sort=code"),
    ]
    assert "No row matches." in answer.content.decode()


def test_an_empty_register_offers_the_first_row_when_the_reader_may_add(desk: Client) -> None:
    assert "/desk/countries/new/" in desk.get(list_address(COUNTRIES)).content.decode()
    desk.force_login(makers.a_user("leadership"))
    answer = desk.get(list_address(COUNTRIES)).content.decode()
    assert ("Nothing here on this day." in answer, "/desk/countries/new/" in answer) == (True, False)


def test_the_list_is_of_one_day_or_of_all_when_that_is_asked(desk: Client) -> None:
    early = makers.an_organisation("early", "Early", since="2000", until="2012-10-17")
    late = makers.an_organisation("late", "Late", since="2012-10-18")

    def found(**query: str) -> list[int]:
        return [
            row["id"] for row in desk.get(list_address("directory.organisation", format="json", **query)).json()["rows"]
        ]

    assert found(on="2012-10-17") == [early.pk]
    assert found(on="2012-10-18") == [late.pk]
    assert found(days="all") == found(days="all", on="2012-10-17") == [early.pk, late.pk]


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_the_words_looked_for_are_found_in_any_language_when_typed(desk: Client, language: str) -> None:
    person = makers.a_person("Example", "Anna")
    makers.a_name(person, family="Прыклад", given="Ганна", language="be")
    makers.a_person("Other", "Anna")
    desk.cookies["language"] = language
    for words in ("exam", "ПРЫКЛАД", "ганна пры"):
        rows = desk.get(list_address("directory.person", format="json", q=words)).json()["rows"]
        assert [row["id"] for row in rows] == [person.pk]


def test_an_order_puts_nothing_before_something_when_it_goes_up() -> None:
    model: Any = type(makers.an_organisation())
    up, down = in_order(model, "since_earliest"), in_order(model, "since_earliest", down=True)
    assert (up.nulls_first, up.descending, down.nulls_last, down.descending) == (True, False, True, True)
    assert up.expression == F("since_earliest")


def test_an_order_tells_nothing_of_a_hidden_record_when_rows_point_to_it(client: Client) -> None:
    hidden, known = makers.a_country("AA", mark="official"), makers.a_country("MM")
    people = [makers.a_person(country=country) for country in (known, hidden, None)]
    for role, expected in (
        ("protocol_officer", [people[1].pk, people[2].pk, people[0].pk]),
        ("head_of_department", [people[2].pk, people[1].pk, people[0].pk]),
    ):
        client.force_login(makers.a_user(role))
        rows = client.get(list_address("directory.person", format="json", sort="country")).json()["rows"]
        assert (role, [row["id"] for row in rows]) == (role, expected)
