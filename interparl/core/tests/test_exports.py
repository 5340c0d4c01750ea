"""Files that are taken away: read back equal, with the right types and without formulas."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from interparl.core.exports import CONTENT_TYPES, FORMATS, Sheet, as_bytes, download, neutral

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(rows: list[list[Any]], about: tuple[tuple[str, str], ...] = (("As of", "1 June 2014"),)) -> Sheet:
    """A sheet of two columns."""
    return Sheet("list", about, ["name", "value"], ["Name", "Value"], rows)


def csv_of(one: Sheet) -> list[list[str]]:
    """All lines of the CSV."""
    return list(csv.reader(io.StringIO(as_bytes(one, "csv").decode("utf-8-sig"), newline="")))


def xlsx_of(one: Sheet) -> Any:
    """The page of the workbook."""
    return load_workbook(io.BytesIO(as_bytes(one, "xlsx"))).worksheets[0]


ROWS: list[list[Any]] = [
    ['Ўладзімір “Ў”, "quoted"\nsecond line', 5],
    ["=1+1", -5],
    ["", None],
    ["text", True],
    ["day", date(2014, 6, 1)],
    ["money", Decimal("10.50")],
    ["share", 0.5],
]


def test_a_csv_reads_back_when_values_are_of_every_type() -> None:
    assert csv_of(sheet(ROWS)) == [
        ["# As of", "1 June 2014"],
        ["Name", "Value"],
        ['Ўладзімір “Ў”, "quoted"\nsecond line', "5"],
        ["'=1+1", "-5"],
        ["", ""],
        ["text", "true"],
        ["day", "2014-06-01"],
        ["money", "10.50"],
        ["share", "0.5"],
    ]
    assert as_bytes(sheet([]), "csv").startswith(b"\xef\xbb\xbf")


def test_a_workbook_keeps_types_when_values_are_of_every_type() -> None:
    page = xlsx_of(sheet(ROWS))
    values = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    assert values == [
        ['Ўладзімір “Ў”, "quoted"\nsecond line', 5],
        ["=1+1", -5],
        [None, None],
        ["text", True],
        ["day", datetime(2014, 6, 1)],  # noqa: DTZ001  workbooks know no zones
        ["money", 10.5],
        ["share", 0.5],
    ]
    assert page["A4"].data_type == "s"
    assert (page.freeze_panes, page["A2"].font.bold) == ("A3", True)


def test_json_keeps_types_when_values_are_of_every_type() -> None:
    assert json.loads(as_bytes(sheet(ROWS), "json")) == {
        "about": {"As of": "1 June 2014"},
        "rows": [
            {"name": 'Ўладзімір “Ў”, "quoted"\nsecond line', "value": 5},
            {"name": "=1+1", "value": -5},
            {"name": "", "value": None},
            {"name": "text", "value": True},
            {"name": "day", "value": "2014-06-01"},
            {"name": "money", "value": "10.50"},
            {"name": "share", "value": 0.5},
        ],
    }


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=4))
def test_no_cell_is_a_formula_when_texts_are_arbitrary(rows: list[list[str]]) -> None:
    one = sheet([[text.replace("\x00", "").replace("\r", "") for text in row] for row in rows])
    assert [cell for row in csv_of(one)[1:] for cell in row if cell.startswith(FORMULA_SIGNS)] == []
    assert [cell.coordinate for row in xlsx_of(one).iter_rows() for cell in row if cell.data_type == "f"] == []


def test_headings_and_words_about_the_list_are_no_formulas_when_they_begin_like_one() -> None:
    one = Sheet("list", (("=a", "=b"),), ["k"], ["=c"], [["x"]])
    assert csv_of(one) == [["# =a", "'=b"], ["'=c"], ["x"]]
    assert [cell.data_type for row in xlsx_of(one).iter_rows() for cell in row if cell.value] == ["s", "s", "s", "s"]


def test_signs_that_no_workbook_holds_are_left_out_when_a_text_has_them() -> None:
    page = xlsx_of(sheet([["a\x0b\u200bb", "\x1b"]]))
    assert [page["A3"].value, page["B3"].value or ""] == ["ab", ""]


@pytest.mark.parametrize("value", [-5, 0, 1.5, True, None, date(2014, 1, 1), Decimal(-1)])
def test_a_number_or_a_day_stays_as_it_is_when_neutralised(value: Any) -> None:
    assert neutral(value) is value


def test_an_answer_is_saved_under_its_name_when_it_is_downloaded() -> None:
    for form in FORMATS:
        answer = download(sheet(ROWS), form)
        assert answer["Content-Disposition"] == f'attachment; filename="list.{form}"'
        assert answer["Content-Type"] == CONTENT_TYPES[form]
