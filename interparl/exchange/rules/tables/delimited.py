"""Text parted by commas, semicolons, tabs or bars into a grid: nothing is shifted, no quote swallows rows unseen."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from interparl.exchange.rules.findings import Findings, UnreadableFile
from interparl.exchange.rules.tables.headings import GridRow
from interparl.exchange.rules.tables.table import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, too_many

DELIMITERS = (",", ";", "\t", "|")
_ONE_COLUMN = "\x1f"  # the unit separator of ASCII, which no text handed in holds
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)?")
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_HINT = re.compile(r'"?sep=([,;|\t])"?\s*?(?:\r\n?|\n|$)', re.IGNORECASE)
_SAMPLE, _SAMPLE_LINES = 200_000, 400
_LONGEST_LINE = 2_000_000


def delimiter_of(text: str) -> str:
    """The delimiter that parts most lines into the same number of cells; "" when none does."""
    if hint := _HINT.match(text):
        return hint.group(1)
    lines = _bare_lines(text[:_SAMPLE])
    best, found = 0.0, ""
    for delimiter in DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines)
        (most, times) = max(counts.items(), key=lambda one: (one[1] if one[0] else 0, one[0]))
        score = times / len(lines) * (1 + min(most, 20) / 10) if most else 0.0
        if score > best and not _is_list_of_names(lines, delimiter):
            best, found = score, delimiter
    return found


def read_grid(text: str, delimiter: str, findings: Findings, *, quoted: bool = True) -> list[GridRow]:
    """The rows of the text that hold something, each with the line where it begins.

    `quoted`: quotation marks around a cell hold it together; otherwise they are signs like others. Raises
    UnreadableFile: open_quote, cell_too_long, line_too_long, too_many_columns, too_many_rows, too_many_cells.
    """
    spaced = delimiter != "" and _has_spaces_before_quotes(text, delimiter)
    reader = csv.reader(
        _lines(text),
        delimiter=delimiter or _ONE_COLUMN,
        strict=True,
        skipinitialspace=spaced,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    grid: list[GridRow] = []
    cells, begins = 0, 1
    try:
        for row in reader:
            if begins > 1 or not _HINT.match(text):
                cells += _take(grid, GridRow(begins, row), reader.line_num, delimiter, findings)
            if cells > MOST_CELLS:
                raise too_many("too_many_cells", MOST_CELLS)
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise _refusal(text, delimiter or _ONE_COLUMN, begins, str(problem)) from problem
    return grid


def _take(grid: list[GridRow], row: GridRow, ends: int, delimiter: str, findings: Findings) -> int:
    """Keeps the row if it holds something; the number of its cells."""
    if not any(cell and not cell.isspace() for cell in row.cells):
        return 0
    place = str(row.line)
    if len(row.cells) > MOST_COLUMNS and len(row.filled()) and row.filled()[-1] >= MOST_COLUMNS:
        raise too_many("too_many_columns", MOST_COLUMNS, place)
    if max(map(len, row.cells)) > LONGEST_CELL:
        raise too_many("cell_too_long", LONGEST_CELL, place)
    if len(grid) > MOST_ROWS + MOST_COLUMNS:
        raise too_many("too_many_rows", MOST_ROWS)
    if ends > row.line:
        _note_swallowed(row, delimiter, findings)
    grid.append(row)
    return len(row.cells)


def _note_swallowed(row: GridRow, delimiter: str, findings: Findings) -> None:
    # A quote closed only by the next one takes whole rows into a cell: its lines then look like rows.
    usual = len(row.cells) - 1
    for cell in row.cells:
        if "\n" not in cell and "\r" not in cell:
            continue
        inner = cell.splitlines()[1:-1]
        if usual and delimiter and any(line.count(delimiter) == usual for line in inner):
            findings.add(str(row.line), "doubtful", "rows_in_cell", count=len(inner) + 1)
            return


def _lines(text: str) -> Iterator[str]:
    for line, found in enumerate(_LINE.finditer(text), 1):
        if found.end() - found.start() > _LONGEST_LINE:
            raise UnreadableFile("line_too_long", f"{line}:1", {"line": line, "most": _LONGEST_LINE})
        if found.end() > found.start():
            yield found.group()


def _bare_lines(sample: str) -> list[str]:
    """The lines that hold something, without what stands in quotes."""
    lines = _QUOTED.sub("q", sample).splitlines()
    if len(lines) > 1:
        lines = lines[:-1] if len(sample) == _SAMPLE else lines
    return [line for line in lines if line.strip()][:_SAMPLE_LINES] or [""]


def _is_list_of_names(lines: list[str], delimiter: str) -> bool:
    """Whether the lines say "Family, Given" in one column whose heading has no comma."""
    rest = lines[1:]
    return (
        delimiter == ","
        and "," not in lines[0]
        and len(rest) > 0
        and all(line.count(",") == 1 and ", " in line for line in rest)
    )


def _has_spaces_before_quotes(text: str, delimiter: str) -> bool:
    """Whether cells begin with a blank before their quote, as some programs write them."""
    first = next((line for line in text[:_SAMPLE].splitlines() if line.strip()), "")
    return re.search(rf'{re.escape(delimiter)} +"', first) is not None


def _refusal(text: str, delimiter: str, begins: int, problem: str) -> UnreadableFile:
    line, column = _open_quote(text, delimiter, begins)
    if "field larger" in problem and "\n" not in text[_place(text, line) :][: LONGEST_CELL * 2]:
        return too_many("cell_too_long", LONGEST_CELL, str(begins))
    return UnreadableFile("open_quote", f"{line}:{column}", {"line": line, "column": column})


def _open_quote(text: str, delimiter: str, begins: int) -> tuple[int, int]:
    """Where the quote begins that is not closed at the end of its cell, in the row that begins with this line."""
    start = at = opened = _place(text, begins)
    plain = re.compile(rf"[^\r\n{re.escape(delimiter)}]*+")
    while at < len(text):
        while text[at : at + 1] == " ":
            at += 1
        if text[at : at + 1] == '"':
            opened = at
            quoted = _QUOTED.match(text, at)
            if quoted is None or text[quoted.end() : quoted.end() + 1] not in {"", delimiter, "\r", "\n"}:
                break
            at = quoted.end()
        elif found := plain.match(text, at):
            at = found.end()
        if text[at : at + 1] in {"\r", "\n"}:
            break
        at += 1
    before = [found.start() for found in _LINE.finditer(text, start, opened + 1) if found.end() > found.start()]
    return begins + len(before) - 1, opened - before[-1] + 1


def _place(text: str, line: int) -> int:
    """Where the line begins."""
    for number, found in enumerate(_LINE.finditer(text), 1):
        if number == line:
            return found.start()
    return len(text)
