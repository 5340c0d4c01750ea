"""Workbooks: sheets, values, dates, what is hidden, and packages that are damaged or dangerous."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from interparl.exchange.rules import UnreadableFile
from interparl.exchange.rules.tables import Asked, TableFile, read_table
from interparl.exchange.tests.test_tables import cells, keys, read, refusal

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = "<row r='1'><c r='A1' t='inlineStr'><is><t>name</t></is></c><c r='B1' t='inlineStr'><is><t>n</t></is></c></row>"


def made(fill: Callable[[Worksheet], object], *more: str) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Members"
    for title in more:
        book.create_sheet(title)
    fill(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def raw(rows: str = "", parts: Mapping[str, str] | None = None, before: str = "", after: str = "") -> bytes:
    """A workbook written part by part; `parts` come on top."""
    every = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f"<Relationships><Relationship Id='r1' Type='{TYPES}/officeDocument' Target='xl/workbook.xml'/>"
        "</Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{TYPES}'><sheets>"
        "<sheet name='Members' sheetId='1' r:id='s1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships><Relationship Id='s1' Type='{TYPES}/worksheet' "
        "Target='/xl/worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"{before}<worksheet xmlns='{MAIN}'><dimension ref='A1:XFD1048576'/>"
        f"<sheetData>{ROWS}{rows}</sheetData>{after}</worksheet>",
        **(parts or {}),
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in every.items():
            package.writestr(name, text)
    return kept.getvalue()


def book(data: bytes, **asked: str) -> TableFile:
    return read(data, "list.xlsx", Asked(**asked))  # type: ignore[arg-type]  # only texts are asked for here


def test_values_become_text_as_people_see_them() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["id", "share", "yes", "born", "at", "hour", "none", "text"])
        moment = datetime(2024, 5, 1, 9, 30)  # noqa: DTZ001 - a workbook has no zones
        sheet.append([15760.0, 0.1, True, date(1960, 8, 26), moment, time_of_day(9, 5), None, " 007 "])
        sheet.append([10**14, -2.5, False, date(1900, 1, 31), moment, timedelta(hours=30), "", "@x"])
        for cell in sheet[3]:
            cell.data_type = "s" if cell.value == "@x" else cell.data_type

    table = book(made(fill))
    assert cells(table)[0] == ["15760", "0.1", "true", "1960-08-26", "2024-05-01T09:30:00", "09:05:00", "", " 007 "]
    assert cells(table)[1][:5] == ["100000000000000", "-2.5", "false", "1900-01-31", "2024-05-01T09:30:00"]
    assert (table.recognised.form, table.recognised.sheet, table.recognised.sheets) == (
        "xlsx",
        "Members",
        ("Members",),
    )
    assert [row.place for row in table.rows] == ["2", "3"]


@pytest.mark.parametrize(
    ("shown", "text"),
    [("yyyy", "2012"), ("mmmm yyyy", "2012-10"), ("dd.mm.yyyy", "2012-10-11"), ('"г." d mmm', "2012-10-11")],
)
def test_dates_keep_only_the_parts_that_are_shown(shown: str, text: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["name", "since"])
        sheet.append(["Anna", date(2012, 10, 11)])
        sheet["B2"].number_format = shown

    assert cells(book(made(fill))) == [["Anna", text]]


def test_leading_zeros_of_a_format_of_zeros_are_kept() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["code", "name"])
        sheet.append([42, "Anna"])
        sheet["A2"].number_format = "00000"

    assert cells(book(made(fill))) == [["00042", "Anna"]]


def test_formulas_are_never_reckoned_and_those_without_result_are_told() -> None:
    rows = (
        "<row r='2'><c r='A2'><f>1+1</f><v>2</v></c><c r='B2'><f>1+1</f></c></row>"
        "<row r='3'><c r='A3' t='str'><f>A1</f><v></v></c><c r='B3' t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"
        "<row r='4'><c r='A4' t='inlineStr'><is><t>=cmd|' /C calc'!A0</t></is></c><c r='B4'><v>x</v></c></row>"
    )
    table = book(raw(rows))
    assert cells(table) == [["2", ""], ["=cmd|' /C calc'!A0", ""]]
    assert [(one.place, one.key, one.params["cell"]) for one in table.findings] == [
        ("2", "formula_without_value", "B2"),
        ("3", "cell_error", "B3"),
        ("4", "cell_error", "B4"),
    ]


def test_shared_rich_and_escaped_strings_are_read() -> None:
    rows = "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' t='s'><v>1</v></c><c r='C2' t='s'><v>9</v></c></row>"
    strings = "<sst><si><r><t>An</t></r><r><t>na</t></r><rPh><t>x</t></rPh></si><si><t>a_x000A_b_x005F_c</t></si></sst>"
    parts = {
        "xl/_rels/workbook.xml.rels": f"<Relationships><Relationship Id='s1' Type='{TYPES}/worksheet' "
        f"Target='worksheets/sheet1.xml'/><Relationship Id='s2' Type='{TYPES}/sharedStrings' "
        "Target='SharedStrings.xml'/></Relationships>",
        "xl/sharedStrings.xml": strings,
    }
    table = book(raw(rows, parts))
    assert cells(table) == [["Anna", "a\nb_c"]]
    assert keys(table) == ["cell_error"]


def test_dates_of_workbooks_that_count_from_1904() -> None:
    parts = {
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{TYPES}'><workbookPr date1904='1'/><sheets>"
        "<sheet name='Members' sheetId='1' r:id='s1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships><Relationship Id='s1' Type='{TYPES}/worksheet' "
        f"Target='worksheets/sheet1.xml'/><Relationship Id='s2' Type='{TYPES}/styles' Target='styles.xml'/>"
        "</Relationships>",
        "xl/styles.xml": "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>",
    }
    table = book(raw("<row r='2'><c r='A2' s='1'><v>1</v></c><c r='B2' s='1'><v>1e300</v></c></row>", parts))
    assert cells(table)[0][0] == "1904-01-02"


def test_heading_is_found_under_titles_merged_cells_and_empty_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Members of the group"])
        sheet.merge_cells("A1:C1")
        sheet["A4"], sheet["A6"] = (
            "as of 1 May 2024",
            "Please fill in every column of this table, one row for each member",
        )
        for column, label in enumerate(["Name", "Party", "House"], 1):
            sheet.cell(7, column, label)
        sheet["A8"], sheet["B8"], sheet["C8"] = "Anna", "Red", "Lords"
        sheet["B9"], sheet["D9"] = "Red", "beside"
        sheet.merge_cells("A8:A9")

    table = book(made(fill))
    assert (table.headings, table.recognised.header_row) == (("Name", "Party", "House", "#4"), 7)
    assert cells(table) == [["Anna", "Red", "Lords", ""], ["", "Red", "", "beside"]]
    assert [row.place for row in table.rows] == ["8", "9"]
    assert sorted(keys(table)) == ["cells_merged", "heading_empty", "rows_above"]


def test_first_sheet_with_a_heading_and_rows_is_taken_and_others_by_name() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Read this first"])
        sheet.append(["It has one column of text"])
        empty, members = sheet.parent["Only heading"], sheet.parent[" Members 2 "]
        empty.append(["name", "party"])
        for row in (["name", "party"], ["Anna", "Red"]):
            members.append(row)

    data = made(fill, "Only heading", " Members 2 ")
    table = book(data)
    assert (table.recognised.sheet, table.rows[0].place) == (" Members 2 ", " Members 2 !2")
    assert table.recognised.sheets == ("Members", "Only heading", " Members 2 ")
    assert keys(table) == ["sheet_chosen"]
    assert book(data, sheet="members 2").rows == table.rows
    assert book(data, sheet="Members").rows[0].place == "Members!1"
    assert refusal(data, "a.xlsx", Asked(sheet="Others")) == ("no_such_sheet", "")


def test_hidden_sheets_rows_and_columns_are_read_and_told() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["name", "party"], ["Anna", "Red"], ["Bella", "Blue"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.parent["Old"].append(["name", "x"])
        sheet.parent["Old"].append(["Cora", "y"])
        sheet.parent["Old"].sheet_state = "veryHidden"

    data = made(fill, "Old")
    table = book(data)
    assert cells(table) == [["Anna", "Red"], ["Bella", "Blue"]]
    assert sorted(keys(table)) == ["columns_hidden", "rows_hidden", "sheet_chosen", "sheets_hidden"]
    assert (cells(book(data, sheet="Old")), keys(book(data, sheet="Old"))) == ([["Cora", "y"]], ["sheet_hidden"])


def test_rows_without_references_and_far_below_cost_nothing() -> None:
    rows = "<row><c t='inlineStr'><is><t>Anna</t></is></c><c><v>1</v></c></row>"
    rows += "<row r='1048576'><c r='A1048576'><v>2</v></c><c r='XFD1048576' s='1'/></row>"
    begun = time.process_time()
    table = book(raw(rows))
    assert [(row.place, list(row.cells.values())) for row in table.rows] == [
        ("2", ["Anna", "1"]),
        ("1048576", ["2", ""]),
    ]
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (raw(before="<!DOCTYPE x [<!ENTITY a 'aaaa'>]>"), "unsafe_workbook"),
        (raw(before="<!DOCTYPE x SYSTEM 'file:///etc/hostname'>"), "unsafe_workbook"),
        (raw(parts={"xl/workbook.xml": "<!DOCTYPE x><workbook/>"}), "unsafe_workbook"),
        (raw("<row><c><v>1</v>"), "damaged_workbook"),
        (raw(parts={"xl/workbook.xml": ""}), "damaged_workbook"),
        (raw(parts={"xl/workbook.xml": "<workbook/>"}), "no_rows"),
        (raw()[:-30], "damaged_workbook"),
        (raw()[: len(raw()) // 2], "damaged_workbook"),
        (made(lambda sheet: None), "no_rows"),
        (raw("<row r='2'><c r='OK2'><v>1</v></c></row>"), "too_many_columns"),
        (raw(f"<row r='2'><c r='A2' t='str'><v>{'x' * 70_000}</v></c></row>"), "cell_too_long"),
    ],
)
def test_workbooks_that_are_damaged_dangerous_or_empty_are_refused(data: bytes, expected: str) -> None:
    assert refusal(data, "list.xlsx")[0] == expected


def test_workbook_that_unpacks_to_more_than_permitted_is_refused_before_and_while_unpacking() -> None:
    big = raw(f"<row r='2'><c r='A2' t='str'><v>{'x' * 3_000_000}</v></c></row>")
    assert len(big) < 50_000
    with pytest.raises(UnreadableFile) as caught:
        read_table(big, name="a.xlsx", limit=1_000_000)
    assert caught.value.message_key == "too_large"
    lying = big.replace((3_000_000 + len(ROWS)).to_bytes(4, "little"), b"\x01\x00\x00\x00")
    for declared in _declared_sizes(big):
        lying = lying.replace(declared.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    with pytest.raises(UnreadableFile) as caught:
        read_table(lying, name="a.xlsx", limit=1_000_000)
    assert caught.value.message_key in {"damaged_workbook", "too_large"}


def test_string_shared_by_many_cells_counts_each_time() -> None:
    rows = "".join(f"<row r='{at}'><c r='A{at}' t='s'><v>0</v></c></row>" for at in range(2, 400))
    parts = {
        "xl/_rels/workbook.xml.rels": f"<Relationships><Relationship Id='s1' Type='{TYPES}/worksheet' "
        f"Target='worksheets/sheet1.xml'/><Relationship Id='s2' Type='{TYPES}/sharedStrings' "
        "Target='sharedStrings.xml'/></Relationships>",
        "xl/sharedStrings.xml": f"<sst><si><t>{'x' * 60_000}</t></si></sst>",
    }
    assert refusal(raw(rows, parts), "a.xlsx") == ("too_large", "")


def test_package_with_too_many_parts_is_refused() -> None:
    kept = io.BytesIO(raw())
    with zipfile.ZipFile(kept, "a") as package:
        for number in range(5_001):
            package.writestr(f"x/{number}", "")
    assert refusal(kept.getvalue(), "a.xlsx")[0] == "too_large"


def test_large_workbook_is_read_in_moments() -> None:
    row = "<row><c><v>1</v></c><c><v>2</v></c>" + "<c t='inlineStr'><is><t>Anna</t></is></c>" * 10 + "</row>"
    begun = time.process_time()
    table = read_table(raw(row * 5_000), name="a.xlsx", limit=50_000_000, asked=Asked(header_row=1))
    assert (len(table.rows), len(table.headings)) == (5_000, 12)
    assert time.process_time() - begun < 5


def _declared_sizes(data: bytes) -> list[int]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [part.file_size for part in package.infolist() if part.file_size > 100_000]


@pytest.mark.parametrize("flood", ["<x/>" * 40_000, "<row/>" * 40_000], ids=["elements", "empty rows"])
def test_floods_of_elements_fill_no_memory(flood: str) -> None:
    data = raw(f"<row><c><v>1</v></c></row>{flood}")
    tracemalloc.start()
    read_table(data, name="a.xlsx", limit=50_000_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2_500_000  # kept, they would take twice as much


@pytest.mark.parametrize("flood", ["<row>" + "<c/>" * 210_000 + "</row>", "<a>" * 100], ids=["cells", "depth"])
def test_floods_within_one_row_or_one_another_are_refused(flood: str) -> None:
    assert refusal(raw(flood), "a.xlsx") == ("damaged_workbook", "")
