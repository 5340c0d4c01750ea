"""What a table is once it is read, whatever file it came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from interparl.exchange.rules.findings import Finding, Json, UnreadableFile

Form: TypeAlias = Literal["csv", "xlsx", "json", "jsonl", "text", "turtle"]

MOST_COLUMNS = 400
MOST_ROWS = 200_000
MOST_CELLS = 4_000_000
LONGEST_CELL = 64 * 1024
# Each row is kept with its headings: so many characters of them in all rows together.
MOST_OF_HEADINGS = 100_000_000


@dataclass(frozen=True)
class Asked:
    """What a mapping or a person says of the file; empty or None: it is recognised.

    `header_row` counts as `Recognised.header_row` does; 0 says that there is no heading. `records` is the path of the
    list in JSON ("Deputados", "result.items"); "." takes the outermost object as the only row. Of linked data it is the
    sort of things that are rows (see `graphs`).
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int | None = None
    records: str = ""


@dataclass(frozen=True)
class TableRow:
    """One row of the table under its headings.

    `place` is the line of the file where the row begins ("12"), in a workbook with several sheets the sheet and the row
    ("Members!12"), in JSON the position from 0 ("[3]", "Deputados[3]"). Cells are text; nested values stay as they are.
    """

    place: str
    cells: Mapping[str, Json]


@dataclass(frozen=True)
class Recognised:
    """How the file was read: shown to people, who can say otherwise.

    `delimiter` is "" where there is one column only; `header_row` is 0 where there is no heading.
    """

    form: Form
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_row: int = 0


@dataclass(frozen=True)
class TableFile:
    """A table as a whole, with all that is odd in it."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    recognised: Recognised
    findings: tuple[Finding, ...]


def cell_text(value: Json) -> str:
    """A plain value as a cell shows it: nothing for null, whole numbers without a fraction, "true" and "false"."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def refuse_wide_headings(headings: Sequence[str], rows: int) -> None:
    """Raises UnreadableFile when the headings are too long to be kept with each row."""
    if sum(map(len, headings)) * rows > MOST_OF_HEADINGS:
        raise too_many("headings_too_long", MOST_OF_HEADINGS // rows)


def too_many(key: str, most: int, place: str = "") -> UnreadableFile:
    """The refusal of a table that is larger than permitted."""
    return UnreadableFile(key, place, {"most": most, "place": place})
