"""Mappings: what is refused with its place, how cells are read, and what headings suggest."""

from __future__ import annotations

import json
from typing import Any

import pytest

from interparl.exchange.actions.mappings import fields_of_kinds
from interparl.exchange.rules import UnreadableFile
from interparl.exchange.rules.citizenships import FEWEST, check_citizenships
from interparl.exchange.rules.findings import Findings
from interparl.exchange.rules.mapped import Mapped, mapped
from interparl.exchange.rules.mapping_data import data_of
from interparl.exchange.rules.mappings import Column, WrongMapping, read_mapping
from interparl.exchange.rules.messages import text_of
from interparl.exchange.rules.names import is_patronymic, name_key, part_names
from interparl.exchange.rules.people_table import PeopleTable
from interparl.exchange.rules.popolo_reading import popolo_of
from interparl.exchange.rules.suggesting import suggested
from interparl.exchange.rules.tables import read_pasted, read_table

LIMIT = 1_000_000
BODY = ("id", "name", "kind", "partners", "country", "purpose", "person", "person_id", "role", "since", "until")
PEOPLE = tuple(fields_of_kinds()["people-csv"])
FIELDS = {"people-csv": PEOPLE, "bodies-csv": BODY, "memberships-csv": ("body", "body_id", *BODY[6:])}
NAME = {"from": "Name", "to": "name"}


def through(text: str, columns: list[dict[str, Any]], *, name: str = "a.csv", **more: Any) -> Mapped:
    """A table read through a mapping of people."""
    data = {"kind": "people-csv", "columns": columns, **more}
    return mapped(read_table(text.encode(), name=name, limit=LIMIT), read_mapping("own", data, FIELDS))


def told(found: Mapped) -> list[tuple[str, str]]:
    return [(one.place, one.key) for one in found.findings]


@pytest.mark.parametrize(
    ("data", "place", "key"),
    [
        ({"kind": "letters"}, "kind", "mapping_kind"),
        ({"colour": "red"}, "colour", "mapping_unknown"),
        ({"columns": [{"from": "A", "to": "shoe size"}]}, "columns[0].to", "mapping_field"),
        ({"columns": [NAME, {"from": "A", "to": "born", "read": "aloud"}]}, "columns[1].read", "mapping_reading"),
        ({"columns": [{"to": "name"}]}, "columns[0].from", "mapping_form"),
        ({"columns": [NAME | {"size": "5"}]}, "columns[0].size", "mapping_unknown"),
        ({"columns": [NAME | {"needed": "yes"}]}, "columns[0].needed", "mapping_form"),
        ({"columns": [NAME | {"values": {"a": 5}}]}, "columns[0].values", "mapping_form"),
        ({"columns": "Name"}, "columns", "mapping_form"),
        ({"constants": {"name": 5}}, "constants.name", "mapping_form"),
        ({"constants": {"size": "5"}}, "constants.size", "mapping_field"),
        ({"file": {"header_row": -1}}, "file.header_row", "mapping_form"),
        ({"file": {"encoding": 8}}, "file.encoding", "mapping_form"),
        ({"place": {"country": "BY"}}, "place.country", "mapping_form"),
        ({"place": {"parliament": {"name": "Diet"}}}, "place.parliament.code", "mapping_form"),
        ({"place": {"chamber": {"kind": "middle"}}}, "place.chamber.kind", "mapping_form"),
        ({"place": {"people": "guess"}}, "place.people", "mapping_form"),
        ({"place": {"street": {}}}, "place.street", "mapping_unknown"),
        ({"skip": [{"values": ["x"]}]}, "skip[0].from", "mapping_form"),
        ({"skip": [{"from": "A", "values": [{}]}]}, "skip[0].values", "mapping_form"),
        ({"lists": [{"from": "a", "columns": [{"from": "b", "to": "c"}]}]}, "lists[0].columns[0].to", "mapping_field"),
        ({"lists": [{"from": "a", "lists": [{"columns": []}]}]}, "lists[0].lists[0].from", "mapping_form"),
        ({"name": "People"}, "name", "mapping_form"),
        ({"partial": 1}, "partial", "mapping_form"),
        ({"title": "x" * 501}, "title", "mapping_form"),
        ({"title": "a\x00b"}, "title", "mapping_form"),
        ({"constants": {"name": "x" * 501}}, "constants.name", "mapping_form"),
        ({"file": {"header_row": 10**400}}, "file.header_row", "mapping_form"),
        ({"skip": [{"from": "A", "values": [float("nan")]}]}, "skip[0].values[0]", "mapping_form"),
        ({"columns": [NAME | {"values": {"y" * 100_000: ""}}]}, "columns[0].values", "mapping_words"),
        ({"columns": [NAME | {"values": {f"{at}*": "" for at in range(101)}}]}, "columns[0].values", "mapping_words"),
    ],
)
def test_wrong_data_is_refused_with_its_place(data: dict[str, Any], place: str, key: str) -> None:
    with pytest.raises(WrongMapping) as refused:
        read_mapping("own", {"kind": "people-csv"} | data, FIELDS)
    assert (refused.value.place, refused.value.key) == (place, key)


def test_the_first_word_that_fits_counts_whether_it_has_a_star_or_not() -> None:
    words = {"Deputy chair": "deputy", "chair*": "chair", "chair of all": "head", "chair": "no", "?": "sign"}
    column = Column("Role", "role", values=words, otherwise="other")
    asked = ("deputy CHAIR ", "chair of all", "chair", "x", "xy", "chair" * 200)
    assert [column.in_words(one) for one in asked] == ["deputy", "chair", "chair", "sign", "other", "other"]
    assert Column("Role", "role", values={"a": "b"}).in_words("c ") == "c "


def test_lists_within_lists_have_an_end() -> None:
    data: dict[str, Any] = {"from": "a"}
    for _ in range(3):
        data = {"from": "a", "lists": [data]}
    with pytest.raises(WrongMapping):
        read_mapping("own", {"kind": "people-csv", "lists": [data]}, FIELDS)


def test_a_mapping_is_the_same_when_it_was_data_in_between() -> None:
    inner = {"from": "x", "columns": [NAME], "skip": [{"from": "gone", "values": ["true"]}], "lists": [{"from": "y"}]}
    data = {"kind": "people-csv", "columns": [NAME], "lists": [inner], "partial": True, "own": True, "key": ["Name"]}
    first = read_mapping("own", data, FIELDS)
    assert read_mapping("own", {"kind": "people-csv", **data_of(first)}, FIELDS) == first


def test_cells_are_read_as_the_mapping_says() -> None:
    columns: list[dict[str, Any]] = [
        {"from": "Name", "to": "name"},
        {"from": "Mail", "to": "email", "read": "mail", "split": ";"},
        {"from": "Sex", "to": "gender", "values": {"ж*": "female", "м*": "male"}, "otherwise": ""},
    ]
    found = through("Name,Mail,Sex,Age\nAnna,mailto:a@x.by; b@x.by,жен.,5\nJan,-,?,6\n", columns)
    anna, jan = found.rows
    assert [value.text for value in anna.every("email")] == ["a@x.by", "b@x.by"]
    assert (anna.text("gender"), jan.text("gender"), jan.text("email")) == ("female", "", "")
    assert found.unread == ("Age",)


def test_days_are_read_in_the_order_that_the_whole_column_tells() -> None:
    columns = [NAME, {"from": "Born", "to": "born", "read": "date"}, {"from": "Until", "to": "until", "read": "date"}]
    rows = "Anna,01/02/1950,present\nJan,25/02/1960,31.12.9999\nEwa,31/02/1960,\nIda,soon,2012\n"
    found = through(f"Name,Born,Until\n{rows}", columns)
    assert [row.text("born") for row in found.rows] == ["1950-02-01", "1960-02-25", "", ""]
    assert [row.text("until") for row in found.rows] == ["", "", "", "2012"]
    assert told(found) == [
        ("2", "date_order_assumed"),
        ("2", "no_end"),
        ("3", "date_rewritten"),
        ("3", "far_end"),
        ("4", "date_no_such_day"),
        ("5", "not_a_date"),
    ]
    either = through("Name,Born\nAnna,01/02/1950\n", columns[:2])
    assert (either.rows[0].text("born"), told(either)) == ("", [("2", "date_order_unknown")])


@pytest.mark.parametrize(
    ("cell", "read", "keys"),
    [
        ("1950-02-01", "1950-02-01", []),
        ("1 February 1950", "1950-02-01", ["date_rewritten"]),
        ("born 1 February 1950", "1950-02-01", ["date_words_left_out"]),
        ("1950-02-01T00:00:00", "1950-02-01", ["date_time_left_out"]),
        ("01/02/1950 10:30", "1950-02-01", ["date_time_left_out", "date_order_assumed"]),
        ("01/02/50", "", ["date_two_digit_year"]),
    ],
)
def test_a_row_says_what_was_assumed_when_its_date_was_read(cell: str, read: str, keys: list[str]) -> None:
    columns = [NAME, {"from": "Born", "to": "born", "read": "day-first"}]
    found = through(f"Name,Born\nAnna,{cell}\n", columns)
    assert (found.rows[0].text("born"), told(found)) == (read, [("2", key) for key in keys])
    assert all(read in text_of(one) and cell in text_of(one) for one in found.findings)


def test_rows_that_do_not_count_are_left_out_and_told() -> None:
    found = through("Name,Gone\nAnna,\nJan,yes\n", [NAME], skip=[{"from": "Gone", "values": ["yes"]}])
    assert ([row.text("name") for row in found.rows], told(found)) == (["Anna"], [("3", "row_skipped")])


def test_columns_make_an_id_where_the_table_has_none() -> None:
    found = through("Name,Born\nAnna,1950\n,\n", [NAME], key=["Name", "Born"])
    assert [row.text("id") for row in found.rows] == ["Anna|1950"]


def test_objects_within_rows_are_rows_of_their_own() -> None:
    seats = {"from": "seats", "columns": [{"from": "day", "to": "since", "read": "date"}], "constants": {"role": "x"}}
    rows = [{"Name": "Anna", "seats": [{"day": "01.02.2012"}, 5]}, {"Name": "Jan", "seats": "none"}]
    found = through(json.dumps(rows), [NAME], name="a.json", lists=[seats])
    assert [(one.text("since"), one.text("role")) for one in found.rows[0].within] == [("2012-02-01", "x")]
    assert told(found) == [
        ("[0].seats[0]", "date_rewritten"),
        ("[0].seats[1]", "not_an_object"),
        ("[1].seats", "not_a_list"),
    ]


def test_a_table_without_a_needed_column_is_another_table() -> None:
    with pytest.raises(UnreadableFile) as refused:
        through("A,B\n1,2\n", [NAME | {"needed": True}])
    assert (refused.value.message_key, refused.value.params["missing"]) == ("other_table", "Name")


def test_what_was_kept_from_a_spreadsheet_is_as_it_was_in_our_own_tables() -> None:
    text = "Name,Phone\n'Mathabo,'+375 17\n"
    columns = [NAME, {"from": "Phone", "to": "phone"}]
    own, other = through(text, columns, own=True), through(text, columns)
    assert (own.rows[0].text("name"), own.rows[0].text("phone")) == ("'Mathabo", "+375 17")
    assert other.rows[0].text("phone") == "'+375 17"


def suggestion(kind: str, text: str) -> dict[str, str]:
    table = read_table(text.encode(), name="a", limit=LIMIT)
    found = suggested(kind, table, FIELDS[kind])
    return {f"{column.field}{'@' * bool(column.language)}{column.language}": column.source for column in found.columns}


@pytest.mark.parametrize(
    ("kind", "headings", "expected"),
    [
        ("people-csv", "Фамилия,Имя,Отчество,Дата рождения", {"family", "given", "patronymic", "born"}),
        ("people-csv", "Прозвішча,Імя,Імя па бацьку,Фракцыя", {"family", "given", "patronymic", "faction"}),
        (
            "people-csv",
            "Surname,First name,E-mail,Party,From,To",
            {"family", "given", "email", "faction", "since", "until"},
        ),
        ("people-csv", "mep_identifier,mep_given_name,mep_family_name", {"id", "given", "family"}),
        ("people-csv", "name_ru,name_en,birthDate", {"name@ru", "name@en", "born"}),
        ("people-csv", "position,person,start,end", {"office", "name", "since", "until"}),
        ("memberships-csv", "ФИО,Группа,Роль", {"person", "body", "role"}),
        ("memberships-csv", "slug,group_id", {"person_id", "body_id"}),
        ("bodies-csv", "group_id,Название,Вид", {"id", "name", "kind", "partners"}),
        ("people-csv", "Colour,Size", set()),
    ],
)
def test_headings_suggest_fields(kind: str, headings: str, expected: set[str]) -> None:
    cells = ",".join("abcdefgh"[: headings.count(",") + 1])
    assert set(suggestion(kind, f"{headings}\n{cells}\n{cells}\n")) == expected


def test_ids_of_wikidata_are_kept_as_such_and_are_nobodys_name() -> None:
    found = suggestion("people-csv", "person,label,position\nQ1,Anna,Q7\nQ2,Jan,Q8\n")
    assert found == {"id": "person", "name": "label", "identifier": "person"}


def test_several_values_in_a_cell_are_told_apart_when_a_sign_parts_them() -> None:
    table = read_table(b"name,roles\nAnna,chair | member\nJan,member\n", name="a.csv", limit=LIMIT)
    columns = suggested("people-csv", table, PEOPLE).columns
    assert [(column.field, column.split) for column in columns] == [("name", ""), ("office", "|")]


def test_lines_of_names_without_a_heading_are_people() -> None:
    table = read_pasted("Anna Nowak\nJan Lis\n")
    assert [column.field for column in suggested("memberships-csv", table, FIELDS["memberships-csv"]).columns] == [
        "person"
    ]
    assert [column.field for column in suggested("people-csv", table, PEOPLE).columns] == ["name"]


def test_people_listed_within_an_object_are_members() -> None:
    group = {"name": "Friends", "officers": [{"name": "Anna", "role": "Chair"}], "visits": [{"name": "To the sea"}]}
    table = read_table(json.dumps([group]).encode(), name="a.json", limit=LIMIT)
    found = suggested("bodies-csv", table, BODY)
    assert [(one.source, [column.field for column in one.columns]) for one in found.lists] == [
        ("officers", ["person", "role"])
    ]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *(
            (word, True)
            for word in ("Петрович", "Ильинична", "Пятровіч", "Міхайлаўна", "Petrovich", "Ivanovna", "Ильич")
        ),
        *((word, False) for word in ("Иванов", "Анна", "Smith", "Nowak", "Lis", "")),
    ],
)
def test_patronymics_are_known_by_their_form(word: str, expected: bool) -> None:
    assert is_patronymic(word) is expected


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("Иванова Анна Петровна", "family-first", ("Иванова", "Анна", "Петровна")),
        ("Иванова Анна Петровна", "", ("Иванова", "Анна", "Петровна")),
        ("Анна Петровна Иванова", "", ("Иванова", "Анна", "Петровна")),
        ("Алиев Ильхам Гейдар оглы", "", ("Алиев", "Ильхам", "Гейдар оглы")),
        ("Nowak, Anna", "", ("Nowak", "Anna", "")),
        ("Anna Nowak", "given-first", ("Nowak", "Anna", "")),
        ("NOWAK Anna Maria", "family-capitals", ("NOWAK", "Anna Maria", "")),
        ("Anna Nowak", "", None),
        ("Anna Maria Nowak", "given-first", None),
        ("Pelé", "family-first", None),
    ],
)
def test_a_name_has_parts_when_its_way_of_writing_tells(
    text: str, order: str, expected: tuple[str, str, str] | None
) -> None:
    assert part_names(text, order) == expected


def test_a_name_stands_for_an_id_whatever_its_case_and_blanks() -> None:
    assert name_key(" The  Lord Nowak ") == name_key("the Lord Nowak") != name_key("Lord Nowak")


def citizens(*rows: tuple[str, str]) -> list[str]:
    """The places at which a citizenship is doubted; rows are a country and an address."""
    text = "name,citizenship,email\n" + "".join(f"P{at},{c},{at}@{host}\n" for at, (c, host) in enumerate(rows))
    columns = [{"from": name, "to": name} for name in ("name", "citizenship", "email")]
    findings = Findings()
    gathered = PeopleTable({}, findings, called="x", is_of_members=False).read(through(text, columns).rows)
    return [one.place for one in check_citizenships(popolo_of(gathered, findings, name="a").persons)]


def test_citizenships_are_doubted_when_addresses_speak_of_another_country() -> None:
    swapped = [("Estonia", "cortes.es")] * FEWEST + [("Spain", "riigikogu.ee")] * FEWEST
    assert len(citizens(*swapped)) == 2 * FEWEST
    assert citizens(*[("Estonia", "riigikogu.ee")] * FEWEST, ("Estonia", "cortes.es")) == []
    assert citizens(*[("Estonia", "example.com")] * 9) == []
    assert citizens(("Estonia", "cortes.es")) == []


def test_a_row_that_names_nobody_is_asked_and_holds_up_no_other() -> None:
    columns = [{"from": name, "to": name} for name in ("id", "name", "office")]
    findings = Findings()
    people = PeopleTable({}, findings, called="x", is_of_members=False)
    gathered = people.read(through("id,name,office\n,,Envoy\n1,Anna,Envoy\n1,,Consul\n", columns).rows)
    assert [(one.place, one.level, one.key) for one in findings.found] == [("2", "doubtful", "names_nobody")]
    assert ([row.place for row in people.nameless], len(gathered.by_kind["persons"])) == (["2"], 1)
    assert len(gathered.by_kind["memberships"]) == 2


def test_rows_without_an_id_are_one_person_by_name_and_told() -> None:
    columns = [{"from": name, "to": name} for name in ("name", "born", "faction")]
    findings = Findings()
    people = PeopleTable({}, findings, called="x", is_of_members=False)
    text = "name,born,faction\nAnna,1950,A\nAnna,1950,B\nAnna,1960,C\n"
    gathered = people.read(through(text, columns).rows)
    assert len(gathered.by_kind["persons"]) == 2
    assert [(one.place, one.key) for one in findings.found] == [("3", "joined_by_name")]
