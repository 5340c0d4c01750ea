"""Linked data in Turtle: the language as it is written, things as rows, and what is refused fast with its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.exchange.rules import UnreadableFile
from interparl.exchange.rules.mapped import mapped
from interparl.exchange.rules.mappings import read_mapping
from interparl.exchange.rules.tables import Asked, TableFile, read_table
from interparl.exchange.rules.tables.turtle import TYPE, Text, Thing, is_turtle, read_turtle

LIMIT = 64 * 1024 * 1024
PREFIX = "@prefix e: <http://e.example/> .\n"
SITTING = (
    PREFIX
    + """# a sitting
e:s1 a e:Sitting ; e:label "Monday"@en , "Понедельник"@ru ;
   e:part e:p1 , e:p2 ; e:place e:town .
e:s2 a e:Sitting ; e:label "Tuesday"@en ; e:part e:p1 .
e:p1 e:label "Vote"@en .
e:p2 e:label "Debate"@en ; e:room [ e:name "A" ] .
e:town e:label "Minsk"@en ; e:within e:land . e:land e:label "Belarus"@en ; e:of e:union .
e:union e:label "far"@en .
"""
)


def table(text: str | bytes, records: str = "") -> TableFile:
    data = text if isinstance(text, bytes) else text.encode()
    return read_table(data, name="sittings.ttl", limit=LIMIT, asked=Asked(records=records))


def refusal(text: str | bytes, records: str = "") -> tuple[str, str]:
    with pytest.raises(UnreadableFile) as refused:
        table(text, records)
    return refused.value.message_key, refused.value.place


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<http://a> <http://p> "x"@en-GB .', [Text("x", "en-gb")]),
        ("@prefix : <http://p/> . :a :b :c.d .", [Thing("http://p/c.d")]),
        ("PREFIX e: <http://e/>\nbase <http://base/>\ne:a e:b <c> .", [Thing("http://base/c")]),
        (PREFIX + 'e:a e:b """two\n"lines" \\u0416""" .', [Text('two\n"lines" Ж')]),
        (PREFIX + "e:a e:b '''it's''', 'x\\ty' .", [Text("it's"), Text("x\ty")]),
        (PREFIX + "e:a e:b 5, -1.5, 2e3, true .", [Text("5"), Text("-1.5"), Text("2e3"), Text("true")]),
        (PREFIX + 'e:a e:b "2022"^^e:year, "x"^^<http://t> .', [Text("2022"), Text("x")]),
        (PREFIX + "e:a e:b ( 1 e:c ( 2 ) ) .", [Text("1"), Thing("http://e.example/c"), Text("2")]),
        (PREFIX + "e:a e:b _:x.y ; .", [Thing("_:x.y")]),
        (PREFIX + "e:a e:b e:a\\,b, e:100%25 .", [Thing("http://e.example/a,b"), Thing("http://e.example/100%25")]),
        (PREFIX + 'e:a e:b "\\u0000x" .', [Text("\ufffdx")]),
    ],
)
def test_values_are_read_as_they_are_written(text: str, expected: list[object]) -> None:
    first = next(iter(read_turtle(text).values()))
    assert [value for several in first.values.values() for value in several] == expected


def test_things_without_an_address_and_types_are_read() -> None:
    found = read_turtle(PREFIX + "[] a e:T .\n[ e:b 1 ] .\ne:a e:in [ e:b 2 ; e:c [] ] .")
    assert [one.line for one in found.values()] == [2, 3, 4, 4]
    assert next(iter(found.values())).values == {TYPE: [Thing("http://e.example/T")]}


def test_things_of_one_sort_are_rows_with_what_they_point_to() -> None:
    found = table(SITTING, "Sitting")
    assert found.headings == ("@id", "type", "label@en", "label@ru", "part", "place")
    assert [row.place for row in found.rows] == ["3", "5"]
    first, second = (row.cells for row in found.rows)
    assert isinstance(first["place"], dict)
    assert first["place"]["within"] == {"@id": "http://e.example/land", "label@en": "Belarus"} | {
        "of": {"@id": "http://e.example/union"}
    }
    assert second["part"] == {"@id": "http://e.example/p1", "label@en": "Vote"}
    assert (found.recognised.form, found.findings) == ("turtle", ())


def test_a_sort_is_told_by_any_property_and_by_its_address() -> None:
    assert len(table(SITTING, "http://e.example/Sitting").rows) == 2
    assert [row.cells["label@en"] for row in table(SITTING, "label=Vote").rows] == ["Vote"]
    assert len(table(SITTING).rows) == 2
    assert refusal(SITTING, "Nothing") == ("no_such_list", "")
    assert refusal(SITTING + "e:p1 a e:Part .") == ("several_lists", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_of_byte_order_changes_nothing(encoding: str) -> None:
    assert table(SITTING.encode(encoding), "Sitting").rows == table(SITTING, "Sitting").rows


def test_columns_of_each_language_are_read_in_rows_and_in_what_is_nested() -> None:
    data = {
        "kind": "t",
        "columns": [
            {"from": "label@*", "to": "title", "lang": "*"},
            {"from": "place.within.label@*", "to": "place", "lang": "*"},
        ],
        "lists": [{"from": "part", "columns": [{"from": "label@*", "to": "title", "lang": "*"}]}],
    }
    found = table(SITTING, "Sitting")
    rows = mapped(found, read_mapping("t", data, {"t": ["title", "place"]}).for_headings(found.headings)).rows
    told = [(value.column.language, value.text) for value in rows[0].every("title")]
    assert told == [("en", "Monday"), ("ru", "Понедельник")]
    assert [(value.column.language, value.text) for value in rows[0].every("place")] == [("en", "Belarus")]
    assert [[inner.text("title") for inner in row.within] for row in rows] == [["Vote", "Debate"], ["Vote"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PREFIX + 'e:a e:b "x .\n', ("not_turtle", "2:9")),
        (PREFIX + 'e:a e:b """x .\n', ("not_turtle", "2:11")),
        (PREFIX + 'e:a e:b "\\q" .', ("not_turtle", "2:9")),
        (PREFIX + 'e:a e:b "\\U00110000" .', ("not_turtle", "2:9")),
        (PREFIX + "e:a e:b <a b> .", ("not_turtle", "2:9")),
        (PREFIX + "e:a e:b e:c", ("not_turtle", "2:12")),
        (PREFIX + "e:a e:b .", ("not_turtle", "2:9")),
        (PREFIX + "e:a _:b e:c .", ("not_turtle", "2:5")),
        (PREFIX + '"x" e:b e:c .', ("not_turtle", "2:1")),
        (PREFIX + "e:a f:b e:c .", ("prefix_unknown", "2:5")),
        (PREFIX + "{ e:a e:b e:c }", ("not_turtle", "2:1")),
        (PREFIX + "e:a e:b " + "[ e:c " * 100_000, ("too_deep", "2:309")),
        (PREFIX + "e:a e:b " + "( " * 100_000, ("too_deep", "2:109")),
        (PREFIX + 'e:a e:b """' + "x" * 70_000 + '""" .', ("cell_too_long", "2")),
        (PREFIX, ("no_list", "")),
        (SITTING.encode() + b'e:x e:y "\xe9\xff" .', ("not_text", "10:10")),
    ],
)
def test_what_is_no_turtle_is_refused_with_its_place(text: str | bytes, expected: tuple[str, str]) -> None:
    assert refusal(text) == expected


def test_things_that_point_to_each_other_end_and_do_not_grow_without_end() -> None:
    many = ", ".join(f"e:s{at}" for at in range(300))
    assert refusal(PREFIX + "".join(f"e:s{at} a e:T ; e:p {many} .\n" for at in range(300))) == ("too_many_values", "")
    ring = table(PREFIX + "e:a a e:T ; e:p e:b . e:b a e:T ; e:p e:a .", "T").rows[0].cells
    assert ring["p"] == {
        "@id": "http://e.example/b",
        "type": {"@id": "http://e.example/T"},
        "p": {
            "@id": "http://e.example/a",
            "type": {"@id": "http://e.example/T"},
            "p": {"@id": "http://e.example/b"},
        },
    }


def test_long_signs_are_read_in_one_go() -> None:
    begun = time.process_time()
    for tail in ('"' + "\\a" * 500_000, "<" * 500_000, "e:" + "%4" * 300_000, "#" * 500_000, "_:" + "." * 500_000):
        with pytest.raises(UnreadableFile):
            table(PREFIX + "e:a e:b " + tail)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "text", ["<html><body>", "<?xml version='1.0'?>", "prefix,name\na,b\n", "a;b\n1;2\n", "<a>b</a>"]
)
def test_other_files_are_not_taken_for_it(text: str) -> None:
    assert not is_turtle(text)


@given(st.text(alphabet="<>\"'@^_:.;,[]() \n#ab1e-+\\%", max_size=60))
def test_nothing_but_a_refusal_comes_of_any_text(text: str) -> None:
    key = ""
    try:
        read_turtle(PREFIX + text)
    except UnreadableFile as refused:
        key = refused.message_key
    assert key in {"", "not_turtle", "prefix_unknown", "too_deep"}
