"""Finding the heading of a table among titles, notes and rows, and naming its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from interparl.exchange.rules.findings import Findings, UnreadableFile
from interparl.exchange.rules.tables.heading_words import is_heading_word
from interparl.exchange.rules.tables.table import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, TableRow, too_many
from interparl.language.cleaning import clean_line

# As far as titles and notes above a heading reach, and as many rows below it as show what its columns hold.
_FIRST_ROWS, _ROWS_BELOW = 40, 30
_LONGEST_LABEL = 60
_NUMBER = re.compile(r"[-+]?[\d\s.,\u00a0\u202f]*\d\s?%?")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d(?:[-/–](?:\d\d){1,2})?")
_DATE = re.compile(r"(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4})(?:[T ]\d{1,2}:\d\d.*)?")
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)\S+|[^\s@]+@[^\s@]+\.\w+")


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row before its cells have names: the line or sheet row where it begins, and its cells as text."""

    line: int
    cells: Sequence[str]

    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [at for at, cell in enumerate(self.cells) if cell and not cell.isspace()]


@dataclass(frozen=True)
class Laid:
    """The rows under their headings; `header_row` is 0 when there is no heading."""

    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    header_row: int


@dataclass(frozen=True)
class Layout:
    """How a kind of file wants its grid to be laid under a heading.

    `strict`: a row longer than the heading is refused, for its cells may have moved. `heading_expected`: the first
    row is a heading unless it plainly holds data; otherwise it is one only if it plainly names columns.
    """

    place_of: Callable[[int], str] = str
    strict: bool = True
    heading_expected: bool = True


def lay_out(grid: Sequence[GridRow], *, asked: int | None, layout: Layout, findings: Findings) -> Laid:
    """The table of a grid without empty rows, under the heading asked for or recognised.

    Raises UnreadableFile: no_such_row, row_too_long, too_many_columns, too_many_rows, too_many_cells.
    """
    at = _asked_heading(grid, asked) if asked is not None else find_heading(grid, expected=layout.heading_expected)
    body = grid[at + 1 :]
    width = max((_width(row) for row in grid[max(at, 0) :]), default=0)
    if width > MOST_COLUMNS:
        raise too_many("too_many_columns", MOST_COLUMNS)
    if len(body) > MOST_ROWS:
        raise too_many("too_many_rows", MOST_ROWS)
    if len(body) * width > MOST_CELLS:
        raise too_many("too_many_cells", MOST_CELLS)
    if at < 0:
        findings.add("", "note", "no_heading")
        headings = name_columns([""] * width, place="", findings=Findings())
        return Laid(headings, _rows(body, headings, layout, findings), 0)
    place = layout.place_of(grid[at].line)
    if at:
        findings.add(place, "note", "rows_above", count=at, heading=grid[at].line)
    if body and _counts_columns(body[0]):
        findings.add(layout.place_of(body[0].line), "note", "column_numbers")
        body = body[1:]
    own = _width(grid[at])
    labels = [*grid[at].cells[:own], *[""] * ((0 if layout.strict else width) - own)]
    headings = name_columns(labels, place=place, findings=findings)
    return Laid(headings, _rows(body, headings, layout, findings), grid[at].line)


def name_columns(labels: Sequence[str], *, place: str, findings: Findings) -> tuple[str, ...]:
    """A name for each column, no two alike: an empty one is "#3" by its position, a repeated one gets its number."""
    names: list[str] = []
    taken = {clean_line(label) for label in labels}
    times: Counter[str] = Counter()
    for position, label in enumerate(labels, 1):
        name = clean_line(label)
        if not name:
            name = _free(f"#{position}", taken)
            findings.add(place, "note", "heading_empty", position=position, name=name)
        elif times[name]:
            times[name] += 1
            repeated, name = name, _free(f"{name} ({times[name]})", taken)
            findings.add(place, "note", "heading_repeated", field=repeated, name=name)
        else:
            times[name] = 1
        taken.add(name)
        names.append(name)
    return tuple(names)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "'"
    return name


def _asked_heading(grid: Sequence[GridRow], asked: int) -> int:
    if asked == 0:
        return -1
    for at, row in enumerate(grid):
        if row.line == asked:
            return at
    raise UnreadableFile("no_such_row", params={"row": asked})


def _width(row: GridRow) -> int:
    """How many cells the row has up to the last that holds something."""
    width = len(row.cells)
    while width and (not row.cells[width - 1] or row.cells[width - 1].isspace()):
        width -= 1
    return width


def _counts_columns(row: GridRow) -> bool:
    """Whether the row under the heading only numbers the columns, as official forms do."""
    numbers = [row.cells[column].strip() for column in row.filled()]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _rows(
    body: Iterable[GridRow], headings: tuple[str, ...], layout: Layout, findings: Findings
) -> tuple[TableRow, ...]:
    width, rows = len(headings), []
    for row in body:
        cells, given = row.cells, len(row.cells)
        place = layout.place_of(row.line)
        if given < width:
            if layout.strict:
                findings.add(place, "note", "row_short", given=given, expected=width)
            cells = [*cells, *[""] * (width - given)]
        elif given > width and (own := _width(row)) > width:
            raise UnreadableFile("row_too_long", place, {"line": row.line, "given": own, "expected": width})
        rows.append(TableRow(place, dict(zip(headings, cells, strict=False))))
    return tuple(rows)


def find_heading(grid: Sequence[GridRow], *, expected: bool) -> int:
    """The index of the row that names the columns, -1 when none does."""
    first = grid[: _FIRST_ROWS + _ROWS_BELOW]
    if not first:
        return -1
    kinds = [[_kind(cell) for cell in row.cells[:MOST_COLUMNS]] for row in first]
    scores = [_score(first, kinds, at) for at in range(min(len(first), _FIRST_ROWS))]
    best = max(range(len(scores)), key=lambda at: scores[at])
    if _holds_data(first, kinds, best):
        return -1
    named = any(is_heading_word(cell) for cell in first[best].cells)
    return best if expected or named or _contrast(first, kinds, best) else -1


def _score(first: Sequence[GridRow], kinds: Sequence[Sequence[str]], at: int) -> float:
    """How much the row looks like a heading of those below it: it covers their columns, briefly and in words."""
    own = first[at].filled()
    below = [row.filled() for row in first[at + 1 : at + 1 + _ROWS_BELOW]]
    if not below:
        return -3.0 - at
    columns, count = set(own), max(len(own), 1)
    cells = sum(len(one) for one in below)
    covered = sum(1 for one in below for column in one if column in columns) / max(cells, 1)
    usual = sorted(len(one) for one in below)[int(len(below) * 0.8)]
    labels = [first[at].cells[column].strip() for column in own]
    score = 4 * covered + 2 * min(count / max(usual, 1), 1)
    score += min(_contrast(first, kinds, at), 3)
    score += sum(is_heading_word(label) for label in labels) / count
    score -= 2 * sum(kinds[at][column] not in {"", "year"} for column in own if column < len(kinds[at])) / count
    score -= 3 * sum(len(label) > _LONGEST_LABEL for label in labels) / count
    score -= 0.5 * (count - len(set(labels))) / count
    if at and first[at].line - first[at - 1].line == 1 and len(first[at - 1].filled()) > count / 2:
        score -= 2
    if first[at + 1].line - first[at].line > 1:
        score -= 1
    return score - 0.05 * at


def _contrast(first: Sequence[GridRow], kinds: Sequence[Sequence[str]], at: int) -> int:
    """In how many columns the row has a word above numbers, dates or addresses."""
    return sum(
        1
        for column in first[at].filled()
        if column < MOST_COLUMNS
        and kinds[at][column] in {"", "year"}
        and _kind_below(kinds, at, column) not in {"", "year"}
    )


def _holds_data(first: Sequence[GridRow], kinds: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the row has a number, date or address where the rows below have the same."""
    return any(
        kinds[at][column] and kinds[at][column] == _kind_below(kinds, at, column)
        for column in first[at].filled()
        if column < MOST_COLUMNS
    )


def _kind_below(kinds: Sequence[Sequence[str]], at: int, column: int) -> str:
    found = [
        (row[column], True) for row in kinds[at + 1 : at + 1 + _ROWS_BELOW] if column < len(row) and row[column] != "-"
    ]
    if not found:
        return ""
    kind, times = Counter(one for one, _ in found).most_common(1)[0]
    return kind if times > len(found) * 0.6 else ""


def _kind(cell: str) -> str:
    """What the cell holds: nothing ("-"), words (""), or a number, year, date or address."""
    text = cell.strip()
    if not text:
        return "-"
    for kind, pattern in (("year", _YEAR), ("date", _DATE), ("number", _NUMBER), ("address", _ADDRESS)):
        if len(text) <= 200 and pattern.fullmatch(text):
            return kind
    return ""
