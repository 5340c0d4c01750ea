"""Rows pasted into a form."""

from __future__ import annotations

import pytest

from interparl.exchange.rules import UnreadableFile, text_of
from interparl.exchange.rules.tables import TableFile, read_pasted
from interparl.exchange.tests.test_tables import cells, keys


def pasted(text: str) -> TableFile:
    table = read_pasted(text)
    assert all("%(" not in text_of(finding) for finding in table.findings)
    return table


@pytest.mark.parametrize("heading", ["Name\tParty", "ФИО\tПартия", "Прозвішча\tПартыя", "full_name\tx"])
def test_pasted_rows_with_a_heading(heading: str) -> None:
    table = pasted(f"{heading}\r\nAnna\tRed\r\nBella\t\r\n")
    assert (table.headings, table.recognised.form, table.recognised.header_row) == (
        tuple(heading.split("\t")),
        "text",
        1,
    )
    assert (cells(table), [row.place for row in table.rows]) == ([["Anna", "Red"], ["Bella", ""]], ["2", "3"])


def test_pasted_rows_without_a_heading() -> None:
    table = pasted("Anna Aven\tRed\nBella Boon\tBlue\n")
    assert (table.headings, table.recognised.header_row, keys(table)) == (("#1", "#2"), 0, ["no_heading"])
    assert cells(table) == [["Anna Aven", "Red"], ["Bella Boon", "Blue"]]


def test_pasted_heading_is_told_by_what_stands_under_it() -> None:
    assert pasted("Volk\tAnfang\nAnna\t2012-01-01\nBella\t2013-01-01").headings == ("Volk", "Anfang")


def test_pasted_lines_of_names() -> None:
    assert cells(pasted("Anna Aven\n\nBella Boon\n")) == [["Anna Aven"], ["Bella Boon"]]
    assert cells(pasted("Aven, Anna\nBoon, Bella\n")) == [["Aven, Anna"], ["Boon, Bella"]]
    assert cells(pasted("Anna Aven")) == [["Anna Aven"]]


@pytest.mark.parametrize("text", ["1. Anna\n2. Bella", "• Anna\n• Bella", "- Anna\n- Bella", "1) Anna\n2) Bella"])
def test_pasted_list_loses_its_marks_and_tells(text: str) -> None:
    table = pasted(text)
    assert cells(table) == [["Anna"], ["Bella"]]
    assert "list_marks_removed" in keys(table)


def test_pasted_names_that_begin_with_a_dash_or_number_alone_stay() -> None:
    assert cells(pasted("1. Anna\nBella\nCora")) == [["1. Anna"], ["Bella"], ["Cora"]]


def test_pasted_cell_of_two_lines_is_held_together_by_quotes() -> None:
    assert cells(pasted('name\trole\nAnna\t"chair\nmember"\n')) == [["Anna", "chair\nmember"]]


def test_pasted_quotes_that_hold_nothing_together_are_signs() -> None:
    table = pasted('Name\tGroup\nAnna\t"Friends" of Peru\nBella\t"open\n')
    assert cells(table) == [["Anna", '"Friends" of Peru'], ["Bella", '"open']]
    assert keys(table) == ["quotes_as_signs"]


def test_pasted_csv_is_read_too() -> None:
    assert pasted("name,party,since\nAnna,Red,2012\n").headings == ("name", "party", "since")


@pytest.mark.parametrize(
    ("text", "key"), [("", "empty"), (" \n\t", "empty"), ("\t".join("x" * 401), "too_many_columns")]
)
def test_pasted_text_that_is_no_table_is_refused(text: str, key: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_pasted(text)
    assert caught.value.message_key == key


def test_pasted_signs_that_cannot_be_stored_are_replaced() -> None:
    assert cells(pasted("A\x00nna\nB\ud800ella")) == [["A\ufffdnna"], ["B\ufffdella"]]
