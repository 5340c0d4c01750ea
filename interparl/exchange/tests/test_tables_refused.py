"""What is no table, is too large or is broken: refused with one message, fast and in little memory."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from interparl.exchange.rules import UnreadableFile, refusal_text, text_of
from interparl.exchange.rules.tables import Asked, cell_text, read_pasted, read_table
from interparl.exchange.tests.test_tables import refusal

LIMIT = 64 * 1024 * 1024


def zipped(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), text)
    return kept.getvalue()


def workbook() -> bytes:
    book = Workbook()
    for row in (["имя", "since", "n"], ["Anna", "2012-10-11", 1], ["Bella", "", 2.5]):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is_picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "is_picture"),
        (b"%PDF-1.7\n1 0 obj", "is_pdf"),
        (b"{\\rtf1\\ansi table}", "is_document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is_old_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "is_protected"),
        (zipped(xl__workbook_bin="x"), "is_old_workbook"),
        (zipped(word__document_xml="<w/>"), "is_document"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"), "is_open_document"),
        (zipped(list_csv="a,b"), "is_archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), "is_archive"),
        (b"<!DOCTYPE html><html><table><tr><td>a</td></tr></table>", "is_web_page"),
        (b"<html xmlns:x='urn:x'><table>", "is_web_page"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "is_markup"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "is_cards"),
        (b"PK\x03\x04" + bytes(40), "damaged_workbook"),
        (gzip.compress(gzip.compress(b"a,b\n1,2\n")), "is_archive"),
        (gzip.compress(b"a,b\n1,2\n" * 90)[:-12], "damaged_archive"),
        (workbook()[:-100], "damaged_workbook"),
    ],
)
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_what_is_no_table_is_refused_by_name(data: bytes, key: str, name: str) -> None:
    assert refusal(data, name)[0] == key


def test_limit_counts_what_is_unpacked() -> None:
    data = b"a,b\n" + b"1,2\n" * 100
    assert len(read_table(data, name="a.csv", limit=len(data)).rows) == 100
    for one in (data, gzip.compress(data)):
        with pytest.raises(UnreadableFile) as caught:
            read_table(one, name="a.csv", limit=len(data) - 1)
        assert caught.value.message_key == "too_large"


def wide(columns: int) -> bytes:
    return (",".join(f"c{n}" for n in range(columns)) + "\n").encode() * 20


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (wide(10_000), ("too_many_columns", "1")),
        (wide(401), ("too_many_columns", "1")),
        (b"a,b\n1," + b"x" * 65_537 + b"\n", ("cell_too_long", "2")),
        (b"a,b\n1," + b"x" * 3_000_000 + b"\n", ("line_too_long", "2:1")),
        (b"a,b\n1,2\n" + b"x" * 50_000_000 + b"\n", ("line_too_long", "3:1")),
        (b'a,b\n1,"' + b"x\n" * 25_000_000, ("open_quote", "2:3")),
        (b"a\n" + b"1\n" * 200_500, ("too_many_rows", "")),
        (b",".join([b"a"] * 400) + b"\n" + (b"1" + b"," * 399 + b"\n") * 12_000, ("too_many_cells", "")),
        (b"," * 50_000_000, ("line_too_long", "1:1")),
        (b"\n" * 20_000_000, ("empty", "")),
    ],
    ids=["wide", "wider", "cell", "line", "huge line", "huge quote", "rows", "cells", "commas", "line ends"],
)
def test_what_is_too_large_is_refused_fast_and_in_little_memory(data: bytes, expected: tuple[str, str]) -> None:
    if len(data) > 1_000_000:  # what is small cannot take much; tracing makes many rows slow
        tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(UnreadableFile) as caught:
        read_table(data, name="a.csv", limit=LIMIT)
    taken, (_, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (caught.value.message_key, caught.value.place) == expected
    assert "%(" not in refusal_text(caught.value)
    # Beside the bytes themselves: their text, and what may be read before a limit is reached.
    assert most < 2 * len(data) + 150_000_000
    assert taken < 15


def test_four_hundred_columns_and_a_cell_of_64_kb_are_permitted() -> None:
    data = wide(400) + b"1,2," + b"x" * 65_536 + b"\n"
    table = read_table(data, name="a.csv", limit=LIMIT)
    assert (len(table.headings), len(cell_text(table.rows[-1].cells["c2"]))) == (400, 65_536)


GOOD = {
    "csv": 'name;since;party\nАнна;2012-10-11;"A;B"\nBella;;C\n'.encode(),
    "windows-1251.csv": "имя;партия\nАнна;Красная\nБелла;Синяя\n".encode("windows-1251"),
    "utf-16.csv": "name\tsince\nАнна\t2012\n".encode("utf-16"),
    "json": json.dumps({"items": [{"id": 1.0, "name": "Анна", "in": {"a": [1]}}, {"id": 2}]}).encode(),
    "jsonl": b'{"id": 1, "a": null}\n{"id": 2, "b": [1, "x"]}\n',
    "xlsx": workbook(),
    "csv.gz": gzip.compress(b"name,since\nAnna,2012\n"),
}


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    form=st.sampled_from(sorted(GOOD)),
    changes=st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=4), st.integers(0, 6)), max_size=6),
    end=st.integers(0, 40),
)
def test_no_bytes_raise_anything_else(form: str, changes: list[tuple[int, bytes, int]], end: int) -> None:
    data = bytearray(GOOD[form])
    for at, put, taken in changes:
        place = at % (len(data) + 1)
        data[place : place + taken] = put
    _try(bytes(data[: len(data) - end] if end < 20 else data), f"list.{form}", Asked())


@settings(max_examples=200, deadline=None)
@given(
    data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))),
    asked=st.builds(
        Asked,
        encoding=st.sampled_from(["", "utf-8", "windows-1251", "utf-16", "utf-7", "punycode", "unicode_escape"]),
        delimiter=st.sampled_from(["", ",", ";", "\t", "x", '"', "\n"]),
        sheet=st.text(max_size=3),
        header_row=st.one_of(st.none(), st.integers(-1, 9)),
        records=st.sampled_from(["", ".", "a", "a.b", ".."]),
    ),
)
def test_nothing_that_is_asked_raises_anything_else(data: bytes, asked: Asked) -> None:
    _try(data, "list.csv", asked)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab1.,;\t|"\n\r -•\x00\ud800ў'), max_size=60))
def test_nothing_pasted_raises_anything_else(text: str) -> None:
    try:
        table = read_pasted(text)
    except UnreadableFile as problem:
        refusal_text(problem)  # every refusal has its sentence
        return
    assert all(tuple(row.cells) == table.headings for row in table.rows)


def _try(data: bytes, name: str, asked: Asked) -> None:
    try:
        table = read_table(data, name=name, limit=1_000_000, asked=asked)
    except UnreadableFile as problem:
        refusal_text(problem)  # every refusal has its sentence
        return
    assert all(tuple(row.cells) == table.headings for row in table.rows)
    assert len(set(table.headings)) == len(table.headings)
    assert all("%(" not in text_of(finding) for finding in table.findings)
    text = json.dumps([table.headings, [dict(row.cells) for row in table.rows]], ensure_ascii=False)
    assert "\x00" not in text
    text.encode()
