"""Rows pasted from a document, a workbook or a page of the web."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interparl.exchange.rules.findings import Findings, UnreadableFile
from interparl.exchange.rules.tables.delimited import delimiter_of, read_grid
from interparl.exchange.rules.tables.headings import GridRow, Layout, lay_out
from interparl.exchange.rules.tables.losses import capped, note_losses
from interparl.exchange.rules.tables.table import Recognised, TableFile, refuse_wide_headings
from interparl.exchange.rules.unpacking import REPLACEMENT

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LIST_MARK = re.compile(r"\s*(?:\d{1,4}[.)]|[•·▪◦‣*–—-])\s+(?=\S)")


def read_pasted(text: str, *, header_row: int | None = None) -> TableFile:
    """The table of what was pasted: cells parted by tabs (or as in CSV), or lines of names; with a heading or without.

    Without a heading the columns are called "#1", "#2"; `header_row` says where it is, 0 that there is none. Raises
    UnreadableFile: empty, no_rows, row_too_long, those of limits.
    """
    findings = Findings()
    text = _UNSTORABLE.sub(REPLACEMENT, text).removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableFile("empty")
    delimiter = "\t" if "\t" in text.strip() else _delimiter_of(text)
    grid = _grid(text, delimiter, findings)
    if not delimiter:
        grid = _without_list_marks(grid, findings)
    laid = lay_out(grid, asked=header_row, layout=Layout(heading_expected=False), findings=findings)
    if not laid.rows:
        raise UnreadableFile("no_rows")
    refuse_wide_headings(laid.headings, len(laid.rows))
    note_losses(laid.rows, findings)
    recognised = Recognised("text", delimiter=delimiter, header_row=laid.header_row)
    return TableFile("", laid.headings, laid.rows, recognised, capped(findings))


def _grid(text: str, delimiter: str, findings: Findings) -> list[GridRow]:
    """The rows; where quotation marks do not hold cells together, they are taken as signs."""
    said = Findings()
    try:
        grid = read_grid(text, delimiter, said)
    except UnreadableFile as problem:
        if problem.message_key != "open_quote":
            raise
        findings.add(problem.place.partition(":")[0], "note", "quotes_as_signs")
        return read_grid(text, delimiter, findings, quoted=False)
    findings.found += said.found
    return grid


def _delimiter_of(text: str) -> str:
    """As in CSV; but lines with one comma and a blank behind it are names, "Family, Given"."""
    found = delimiter_of(text)
    lines = [line for line in text.splitlines() if line.strip()]
    if found == "," and all(line.count(",") == 1 and ", " in line for line in lines):
        return ""
    return found


def _without_list_marks(grid: Sequence[GridRow], findings: Findings) -> list[GridRow]:
    """The lines without the bullets or numbers of a list, when each but the first has one."""
    marked = [bool(_LIST_MARK.match(row.cells[0])) for row in grid]
    if len(grid) < 2 or not all(marked[1:]):
        return list(grid)
    findings.add(str(grid[0].line), "note", "list_marks_removed")
    return [GridRow(row.line, [_LIST_MARK.sub("", row.cells[0], count=1)]) for row in grid]
