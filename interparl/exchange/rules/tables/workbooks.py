"""Workbooks (XLSX) as tables: values, never formulas; the sheet asked for or the first that holds a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from interparl.exchange.rules.findings import Findings, UnreadableFile
from interparl.exchange.rules.tables.cells import CellReader, Styles, read_strings, read_styles
from interparl.exchange.rules.tables.headings import GridRow, Laid, Layout, find_heading, lay_out
from interparl.exchange.rules.tables.package import Package
from interparl.exchange.rules.tables.table import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Asked, too_many

_REFERENCE = re.compile(r"([A-Za-z]{1,3})\d*")
_MOST_NAMED = 30
# What workbooks have at most, by far; the name of a sheet is said of every row, and its program permits 31 characters.
_MOST_SHEETS, _LONGEST_NAME, _MOST_MERGED = 1_000, 60, 100_000


@dataclass(frozen=True)
class Sheet:
    """A sheet by its name and part."""

    name: str
    part: str
    is_hidden: bool


@dataclass
class SheetGrid:
    """The rows of a sheet that hold something, and what its pages do not show or show as one."""

    rows: list[GridRow] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    has_hidden_columns: bool = False
    merged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class WorkbookTable:
    """The table of one sheet, with the names of all."""

    laid: Laid
    sheet: str
    sheets: tuple[str, ...]


def read_workbook(data: bytes, *, limit: int, asked: Asked, findings: Findings) -> WorkbookTable:
    """The table of the sheet asked for, else of the first that has a heading with rows.

    Raises UnreadableFile: damaged_workbook, unsafe_workbook, too_large, no_such_sheet, no_rows, and those of limits.
    """
    workbook = Workbook(Package(data, limit=limit), limit=limit)
    sheets = workbook.sheets
    names = tuple(sheet.name for sheet in sheets)
    chosen, grid, said = workbook.chosen(asked)
    findings.found += said.found
    several = len(sheets) > 1
    if not grid.rows:
        raise UnreadableFile("no_rows")
    layout = Layout(
        place_of=lambda line: f"{chosen.name}!{line}" if several else str(line),
        strict=False,
        heading_expected=max(row.filled()[-1] for row in grid.rows) > 0,
    )
    laid = lay_out(grid.rows, asked=asked.header_row, layout=layout, findings=findings)
    _note_hidden(chosen, sheets, grid, layout, findings)
    if below := [one for one in grid.merged if _row_of(one) > laid.header_row]:
        findings.add("", "note", "cells_merged", count=len(below), cells=", ".join(below[:_MOST_NAMED]))
    if several and not asked.sheet:
        findings.add("", "note", "sheet_chosen", sheet=chosen.name, sheets=", ".join(names[:_MOST_NAMED]))
    return WorkbookTable(laid, chosen.name, names)


class Workbook:
    """The parts of a workbook that say what its sheets hold."""

    def __init__(self, package: Package, *, limit: int) -> None:
        self._package = package
        self._characters = limit
        self._limit = limit
        main = next((part for kind, part in package.related("").values() if kind == "officeDocument"), "")
        main = main if main and package.has(main) else "xl/workbook.xml"
        if not package.has(main):
            raise UnreadableFile("damaged_workbook", params={"part": main})
        related = package.related(main)
        self.sheets, since_1904 = self._read_main(main, related)
        parts = {kind: part for kind, part in related.values() if package.has(part)}
        self._strings = read_strings(package, parts["sharedStrings"]) if "sharedStrings" in parts else []
        known = "styles" in parts
        self._styles = read_styles(package, parts["styles"], since_1904=since_1904) if known else Styles()

    def _read_main(self, main: str, related: dict[str, tuple[str, str]]) -> tuple[list[Sheet], bool]:
        sheets, since_1904 = [], False
        for event, element in self._package.elements(main):
            if event == "end" and element.tag == "workbookPr":
                since_1904 = element.get("date1904") in {"1", "true"}
            elif event == "end" and element.tag == "sheet":
                relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
                kind, part = related.get(relation, ("", ""))
                if kind == "worksheet" and self._package.has(part):
                    is_hidden = (element.get("state") or "visible") != "visible"
                    sheets.append(Sheet((element.get("name") or "")[:_LONGEST_NAME], part, is_hidden))
                if len(sheets) > _MOST_SHEETS:
                    raise UnreadableFile("too_large", params={"limit": self._limit})
        if not sheets:
            raise UnreadableFile("no_rows")
        return sheets, since_1904

    def chosen(self, asked: Asked) -> tuple[Sheet, SheetGrid, Findings]:
        """The sheet asked for, or the first shown one that has a heading with rows; with what reading it said."""
        if asked.sheet:
            wanted = asked.sheet.strip().casefold()
            for sheet in self.sheets:
                if sheet.name == asked.sheet or sheet.name.strip().casefold() == wanted:
                    return sheet, *self._read(sheet)
            names = ", ".join(sheet.name for sheet in self.sheets[:_MOST_NAMED])
            raise UnreadableFile("no_such_sheet", params={"sheet": asked.sheet[:60], "sheets": names})
        first: tuple[Sheet, SheetGrid, Findings] | None = None
        for sheet in sorted(self.sheets, key=lambda one: one.is_hidden):
            grid, said = self._read(sheet)
            if asked.header_row is not None and grid.rows:
                return sheet, grid, said
            at = find_heading(grid.rows, expected=True)
            if 0 <= at < len(grid.rows) - 1 and len(grid.rows[at].filled()) > 1:
                return sheet, grid, said
            first = (sheet, grid, said) if first is None or not first[1].rows else first
        return first or (self.sheets[0], SheetGrid(), Findings())

    def _read(self, sheet: Sheet) -> tuple[SheetGrid, Findings]:
        findings, grid = Findings(), SheetGrid()
        prefix = f"{sheet.name}!" if len(self.sheets) > 1 else ""
        reader = CellReader(self._strings, self._styles, findings)
        line = count = 0
        for element in self._rows(sheet, grid):
            given = element.get("r") or ""
            line = int(given) if given.isdecimal() and len(given) < 9 else line + 1
            place = f"{prefix}{line}"
            row = GridRow(line, self._cells(element, place, reader))
            if not row.filled():
                continue
            grid.rows.append(row)
            count += len(row.cells)
            if len(grid.rows) > MOST_ROWS + MOST_COLUMNS:
                raise too_many("too_many_rows", MOST_ROWS)
            if count > MOST_CELLS:
                raise too_many("too_many_cells", MOST_CELLS)
            if element.get("hidden") in {"1", "true"}:
                grid.hidden_rows.append(line)
        return grid, findings

    def _rows(self, sheet: Sheet, grid: SheetGrid) -> Iterator[Element]:
        """The rows one after another, none kept; what stands around them goes into the grid."""
        for event, element in self._package.elements(sheet.part, whole="row"):
            if event == "start":
                continue
            if element.tag == "row":
                yield element
            elif element.tag == "col" and element.get("hidden") in {"1", "true"}:
                grid.has_hidden_columns = True
            elif element.tag == "mergeCell" and len(grid.merged) < _MOST_MERGED:
                grid.merged.append((element.get("ref") or "")[:20])

    def _cells(self, row: Element, place: str, reader: CellReader) -> Sequence[str]:
        cells: list[str] = []
        at = -1
        for cell in row:
            if cell.tag != "c":
                continue
            at = _column(cell.get("r"), at + 1)
            text = reader.text(cell, place) if len(cell) else ""
            if not text:
                continue
            if at >= MOST_COLUMNS:
                raise too_many("too_many_columns", MOST_COLUMNS, place)
            if len(text) > LONGEST_CELL:
                raise too_many("cell_too_long", LONGEST_CELL, place)
            self._characters -= len(text)
            if self._characters < 0:
                raise UnreadableFile("too_large", params={"limit": self._limit})
            cells += [""] * (at + 1 - len(cells))
            cells[at] = text
        return cells


def _column(reference: str | None, following: int) -> int:
    """The column of a reference as "AB12", from 0; without one the cell follows the one before."""
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return following
    number = 0
    for letter in found.group(1).upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _row_of(cells: str) -> int:
    """The last row of merged cells as "A8:B10"."""
    digits = "".join(char for char in cells.rpartition(":")[2] if char.isdecimal())
    return int(digits or 0)


def _note_hidden(chosen: Sheet, sheets: Sequence[Sheet], grid: SheetGrid, layout: Layout, findings: Findings) -> None:
    if chosen.is_hidden:
        findings.add("", "note", "sheet_hidden", sheet=chosen.name)
    if hidden := [sheet.name for sheet in sheets if sheet.is_hidden and sheet is not chosen]:
        findings.add("", "note", "sheets_hidden", sheets=", ".join(hidden[:_MOST_NAMED]))
    if grid.hidden_rows:
        place = layout.place_of(grid.hidden_rows[0])
        findings.add(place, "note", "rows_hidden", count=len(grid.hidden_rows), row=grid.hidden_rows[0])
    if grid.has_hidden_columns:
        findings.add("", "note", "columns_hidden")
