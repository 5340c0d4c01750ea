"""A table read through a mapping: each row as values by field, with the place and the raw cells they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from interparl.exchange.rules.dates import date_order_of, read_date, why_not_read
from interparl.exchange.rules.findings import Finding, Findings, Json, UnreadableFile
from interparl.exchange.rules.mappings import EACH, Column, Skip, Within, is_among, of_each_language, value_at
from interparl.exchange.rules.mappings import Mapping as TableMapping
from interparl.exchange.rules.moments import read_moment
from interparl.exchange.rules.tables import Asked, TableFile, TableRow, cell_text
from interparl.exchange.rules.web_text import text_of_page

# What lists write where they mean nothing.
NOTHING = frozenset({"", "-", "–", "—", "n/a", "null", "none", "nan", "нет", "няма"})
# Many lists say with these that something has no end.
NO_END = frozenset({"present", "now", "current", "today", "ongoing", "по настоящее время", "н.в.", "н. в.", "цяпер"})
# So do dates that no register reaches: 9999-12-31, 31.12.2999, 2099-12-31.
FAR = re.compile(r"(?:9999|2999|2[1-9]99|2099)-12-31|31[./-]12[./-](?:9999|2999|2[1-9]99|2099)", re.ASCII)
LONGEST_SHOWN = 60
# Ways of reading a date, with the order of its numbers where it is known beforehand.
ORDERS = {"date": "", "moment": "", "day-first": "dmy", "month-first": "mdy"}
LANGUAGES = ("en", "ru", "be")
# An apostrophe that only keeps a spreadsheet from taking the text for a formula (see `core.exports.neutral`).
_ESCAPE = re.compile("(^|[;\t\r\n])'(?=[=+\\-@\0\t\r\n\uff0b\uff0d\uff1d\uff20])")


@dataclass(frozen=True, slots=True)
class Value:
    """What one cell says in one field."""

    text: str
    column: Column


@dataclass(frozen=True, slots=True)
class MappedRow:
    """One row: what it says by field, and the rows written within it."""

    place: str
    raw: Mapping[str, Json]
    values: Mapping[str, Sequence[Value]]
    within: tuple[MappedRow, ...] = ()

    def text(self, name: str) -> str:
        """The first value of the field, "" for none."""
        found = self.values.get(name)
        return found[0].text if found else ""

    def every(self, name: str) -> Sequence[Value]:
        """All values of the field."""
        return self.values.get(name, ())

    def first(self, name: str) -> Value | None:
        """The first value with its column."""
        found = self.values.get(name)
        return found[0] if found else None


@dataclass(frozen=True)
class Mapped:
    """A whole table by field; `unread` are headings that the mapping does not name."""

    table: TableFile
    rows: tuple[MappedRow, ...]
    findings: tuple[Finding, ...]
    unread: tuple[str, ...] = field(default=())


def asked_of(mapping: TableMapping) -> Asked:
    """What the mapping says of the file itself."""
    return Asked(**mapping.file)


def mapped(table: TableFile, mapping: TableMapping) -> Mapped:
    """The table by field. Raises UnreadableFile: other_table (columns that the mapping needs are missing)."""
    missing = [name for name in mapping.needed() if not is_among(name, table.headings)]
    if missing:
        raise UnreadableFile("other_table", params={"missing": ", ".join(missing), "mapping": mapping.code})
    findings = Findings(list(table.findings))
    reader = _Reader(table, mapping, findings)
    rows = tuple(reader.row(one) for one in table.rows if not reader.is_skipped(one.cells, one.place, mapping.skips))
    return Mapped(table, rows, tuple(findings.found), _unread(table, mapping))


def _unread(table: TableFile, mapping: TableMapping) -> tuple[str, ...]:
    named = {column.source for column in mapping.columns} | {one.source for one in mapping.lists}
    named |= set(mapping.key) | {one.source for one in mapping.skips}
    tops = {name.partition(".")[0] for name in named}
    return tuple(heading for heading in table.headings if heading not in named and heading not in tops)


class _Reader:
    """Reads rows through the columns of one mapping; how dates are written is looked at over a whole column."""

    def __init__(self, table: TableFile, mapping: TableMapping, findings: Findings) -> None:
        self.mapping = mapping
        self.findings = findings
        self._languages = tuple(dict.fromkeys([*LANGUAGES, *([mapping.language] if mapping.language else [])]))
        # By the column itself: two lists of a row may have columns of one name.
        self._orders: dict[int, str] = {}
        self._look([row.cells for row in table.rows], mapping.columns, mapping.lists)

    def _look(self, rows: Sequence[Mapping[str, Json]], columns: Sequence[Column], lists: Sequence[Within]) -> None:
        """Learns the order of day and month in each column of dates."""
        for column in columns:
            if ORDERS.get(column.read) == "":
                cells = (value_at(row, column.source) for row in rows)
                texts = (cell_text(plain_of(one)) for cell in cells for one in _several(cell))
                self._orders[id(column)] = date_order_of(text for text in texts if text.strip()).order
        for within in lists:
            found = (value_at(row, within.source) for row in rows)
            items = [item for one in found if isinstance(one, list) for item in one if isinstance(item, dict)]
            self._look(items, within.columns, within.lists)

    def is_skipped(self, cells: Mapping[str, Json], place: str, skips: Sequence[Skip]) -> bool:
        """Whether the mapping leaves this row out; told."""
        for skip in skips:
            text = cell_text(plain_of(value_at(cells, skip.source))).strip()
            if text in skip.values:
                self.findings.add(place, "note", "row_skipped", field=skip.source, value=text[:LONGEST_SHOWN])
                return True
        return False

    def row(self, row: TableRow) -> MappedRow:
        """The row with all that is written within it."""
        values = self._values(row.cells, row.place, self.mapping.columns, self.mapping.constants)
        if "id" not in values and self.mapping.key:
            parts = [cell_text(plain_of(value_at(row.cells, name))).strip() for name in self.mapping.key]
            if any(parts):
                values["id"] = [Value("|".join(parts), Column("+".join(self.mapping.key), "id"))]
        return MappedRow(row.place, row.cells, values, tuple(self._lists(row.cells, row.place, self.mapping.lists)))

    def _lists(self, cells: Mapping[str, Json], place: str, lists: Sequence[Within]) -> Iterator[MappedRow]:
        for within in lists:
            items = value_at(cells, within.source)
            if items in (None, "", []):
                continue
            # A list of one object is often written as that object.
            if isinstance(items, (list, dict)):
                several = items if isinstance(items, list) else [items]
                yield from self._items(several, f"{place}.{within.source}", within)
            else:
                self.findings.add(f"{place}.{within.source}", "note", "not_a_list", field=within.source)

    def _items(self, items: Sequence[Json], path: str, within: Within) -> Iterator[MappedRow]:
        for at, item in enumerate(items):
            place = f"{path}[{at}]"
            if not isinstance(item, dict):
                self.findings.add(place, "note", "not_an_object")
            elif not self.is_skipped(item, place, within.skips):
                values = self._values(item, place, within.columns, within.constants)
                yield MappedRow(place, item, values, tuple(self._lists(item, place, within.lists)))

    def _values(
        self, cells: Mapping[str, Json], place: str, columns: Sequence[Column], constants: Mapping[str, str]
    ) -> dict[str, list[Value]]:
        found: dict[str, list[Value]] = {}
        for column in (one for each in columns for one in _in_languages(each, cells)):
            for text in self._texts(cells, place, column):
                found.setdefault(column.field, []).append(Value(text, column))
        for name, text in constants.items():
            found.setdefault(name, [Value(text, Column("", name))])
        return found

    def _texts(self, cells: Mapping[str, Json], place: str, column: Column) -> Iterator[str]:
        for one in _several(value_at(cells, column.source)):
            if isinstance(one, (dict, list)):
                self.findings.add(place, "note", "wrong_type", field=column.source, type=type(one).__name__)
                continue
            whole = cell_text(one)
            for part in whole.split(column.split) if column.split else (whole,):
                text = part.strip()
                if self.mapping.is_own:
                    text = _ESCAPE.sub(r"\1", text)
                if text.casefold() not in NOTHING and (text := self._read(text, place, column)):
                    yield text

    def _read(self, text: str, place: str, column: Column) -> str:
        text = column.in_words(text)
        if column.read == "mail":
            return text[len("mailto:") :].strip() if text.lower().startswith("mailto:") else text
        if column.read in ORDERS:
            return self._date(text, place, column)
        return text_of_page(text) if column.read == "html" else text

    def _date(self, text: str, place: str, column: Column) -> str:
        """The date as partial ISO text; what is none is told and left out."""
        if text.casefold() in NO_END:
            self.findings.add(place, "note", "no_end", field=column.source, value=text)
            return ""
        order = ORDERS[column.read] or self._orders.get(id(column), "")
        found, reasons = _dated(text, order, self._languages, has_time=column.read == "moment")
        read = {"read": found} if found else {}
        for reason in reasons:
            self.findings.add(place, "note", reason, field=column.source, value=text[:LONGEST_SHOWN], **read)
        return found


@lru_cache(maxsize=10_000)
def _dated(text: str, order: str, languages: tuple[str, ...], *, has_time: bool) -> tuple[str, tuple[str, ...]]:
    """The date, and what was assumed in reading it or why there is none."""
    if FAR.fullmatch(text):
        return "", ("far_end",)
    found = (read_moment if has_time else read_date)(text, order=order, languages=languages)
    if found is None:
        return "", (why_not_read(text, order=order, languages=languages),)
    return found.text, found.assumed or (("date_rewritten",) if found.text != text else ())


def _in_languages(column: Column, cells: Mapping[str, Json]) -> Iterable[Column]:
    """The column, or one for each language that the nested values of this row have."""
    if column.language != EACH:
        return (column,)
    path = column.source.rpartition(".")[0]
    inner = value_at(cells, path) if path else cells
    keys = [f"{path}.{key}" if path else key for key in inner] if isinstance(inner, Mapping) else []
    return of_each_language(column, keys)


def _several(value: Json) -> Iterable[Json]:
    """The values of a list, or the one value."""
    return value if isinstance(value, list) else (value,)


def plain_of(value: Json) -> Json:
    """A value of a cell without what is nested: None for a list or an object."""
    return None if isinstance(value, (dict, list)) else value
