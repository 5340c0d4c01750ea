"""Tables in JSON and JSON lines."""

from __future__ import annotations

import json

import pytest

from interparl.exchange.rules.tables import Asked, cell_text
from interparl.exchange.tests.test_tables import cells, keys, read, refusal


def test_list_of_objects_becomes_rows_under_all_keys_in_order() -> None:
    table = read(b'\xef\xbb\xbf[{"id": 1, "name": "A"}, {"name": "B", "note": null, "on": true}]', "a.json")
    assert (table.headings, table.recognised.form, keys(table)) == (("id", "name", "note", "on"), "json", [])
    assert cells(table) == [["1", "A", "", ""], ["", "B", "", "true"]]
    assert [row.place for row in table.rows] == ["[0]", "[1]"]


def test_plain_values_become_text_and_nested_ones_stay() -> None:
    value = [{"a": 15760.0, "b": 0.1, "c": -3, "d": {"x": 1.0}, "e": [1, {"y": None}], "f": 10**30}]
    row = read(json.dumps(value), "a.json").rows[0]
    assert row.cells == {"a": "15760", "b": "0.1", "c": "-3", "d": {"x": 1.0}, "e": [1, {"y": None}], "f": str(10**30)}
    assert cell_text(row.cells["a"]) == "15760"
    assert [cell_text(one) for one in (15760.0, None, False, 1.5)] == ["15760", "", "false", "1.5"]


def test_list_within_an_object_is_found_or_named() -> None:
    one = {"meta": {"page": 1}, "tags": ["x"], "items": [{"id": 1}]}
    assert [row.place for row in read(json.dumps(one), "a.json").rows] == ["items[0]"]
    two = {"people": [{"id": 1}, {"id": 2}], "groups": [{"id": 3}]}
    assert refusal(json.dumps(two), "a.json") == ("several_lists", "")
    table = read(json.dumps(two), "a.json", Asked(records="people"))
    assert (cells(table), table.rows[1].place) == ([["1"], ["2"]], "people[1]")
    deep = {"result": {"count": 1, "rows": [{"id": 5}]}}
    assert read(json.dumps(deep), "a.json").rows[0].place == "result.rows[0]"
    assert cells(read(json.dumps(deep), "a.json", Asked(records="result.rows"))) == [["5"]]
    assert refusal(json.dumps(deep), "a.json", Asked(records="result.none")) == ("no_such_list", "")
    assert cells(read(json.dumps({"a.b": [{"id": 6}]}), "a.json", Asked(records="a.b"))) == [["6"]]


def test_outermost_object_is_the_row_when_asked() -> None:
    table = read('{"slug": "armenia", "officers": [{"name": "A"}]}', "a.json", Asked(records="."))
    assert table.rows[0].cells == {"slug": "armenia", "officers": [{"name": "A"}]}


def test_what_is_no_object_in_the_list_is_an_error_at_its_place() -> None:
    table = read('[{"id": 1}, "x", {"id": 2}]', "a.json")
    assert [(one.place, one.key, one.level) for one in table.findings] == [("[1]", "not_an_object", "error")]
    assert [row.place for row in table.rows] == ["[0]", "[2]"]


def test_lists_of_values_are_rows_under_the_first() -> None:
    table = read('{"values": [["id", "name"], [1, "A"], [2, "B"]]}', "a.json", Asked(records="values"))
    assert (table.headings, cells(table), table.rows[1].place) == (
        ("id", "name"),
        [["1", "A"], ["2", "B"]],
        "values[2]",
    )


def test_key_named_twice_is_told() -> None:
    assert keys(read('[{"id": 1, "id": 2}]', "a.json")) == ["repeated_key"]
    assert keys(read('{"id": 1, "id": 2}\n{"id": 3}\n', "a.jsonl")) == ["repeated_key"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_json_lines_are_told_from_json_and_count_lines(end: str) -> None:
    table = read(end.join(['{"id": 1, "at": "x\\ny"}', "", '{"id": 2}', ""]), "a.jsonl")
    assert (table.recognised.form, [row.place for row in table.rows]) == ("jsonl", ["1", "3"])
    assert cells(table) == [["1", "x\ny"], ["2", ""]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"id": 1}, {"id": 2', ("not_json", "1:21")),
        ('[{"id": 1},\n {"id": }]', ("not_json", "2:9")),
        ('{"id": 1}\n{"id": 2,}\n', ("not_json", "2:10")),
        ('{"id": 1}\n{"id": 2}\n{"id"', ("not_json", "3:6")),
        ('{"id": 1}\nplain\n', ("not_json", "2:1")),
        ('[{"a":' * 300, ("too_deep", "1:301")),
        ("[]", ("no_rows", "")),
        ('{"a": {"b": 1}}', ("no_list", "")),
        ("[1, 2]", ("no_list", "")),
        ('{"a": []}', ("no_list", "")),
        (json.dumps([{"a": "x" * 70_000}]), ("cell_too_long", "[0]")),
        (json.dumps([{f"k{n}": 1 for n in range(401)}]), ("too_many_columns", "[0]")),
    ],
)
def test_json_that_holds_no_table_is_refused_with_the_place(text: str, expected: tuple[str, str]) -> None:
    assert refusal(text, "a.json") == expected


def test_json_under_another_ending_is_read_and_told() -> None:
    assert keys(read('[{"id": 1}]', "list.csv")) == ["ending_differs"]
    assert keys(read('{"id": 1}\n{"id": 2}', "list.json")) == ["ending_differs"]


def test_heading_in_brackets_does_not_make_csv_json() -> None:
    assert read("[id];{name}\n1;A\n").headings == ("[id]", "{name}")
