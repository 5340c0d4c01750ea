"""How the columns of somebody's table become fields: a mapping, read from plain data and checked.

A mapping is data (a TOML file that is shipped, or what an officer saved):

    kind = "people-csv"                     the kind of file that it is for
    name = { en = "...", ru = "...", be = "..." }
    source = "senate"                       key of the source: tables with one key speak of the same records
    language = "en"                         of its names and texts
    columns = [ { from = "Surname", to = "family" }, ... ]

    file = { sheet, header_row, encoding, delimiter, records }     only where they cannot be recognised
    place = { country, parliament, chamber, ... }                  where the table belongs, see the importer
    constants = { kind = "delegation" }                            what holds for every row
    key = ["family", "given"]                                      columns that make an id where the table has none
    skip = [ { from = "removed", values = ["True"] } ]             rows that do not count
    lists = [ { from = "officers", columns = [...] } ]             objects within a row (JSON), each a membership, which
                                                                   may have constants, skip and lists too
    partial = true                         the file is only a part of its source: what it lacks is not gone
    own = true                             the table was taken out of an Interparl

A column: `from` its heading, or a path into nested values ("contact.website"); `to` the field; and as needed `read`
(how to read the cell), `split` (several values in one cell), `lang`, `scheme`, `note`, `values` (what words stand for;
`*` in them stands for anything, the first that fits counts), `otherwise` (for words that are not among them), `needed`
(the file is not this table without the column). With `lang = "*"` the heading has a `*` where the language stands.
Of linked data (Turtle) `records` says which things are rows: "type=Sitting"; headings are as in `tables.graphs`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from interparl.exchange.rules.findings import Json
from interparl.exchange.rules.mapping_places import PLACES, read_place
from interparl.exchange.rules.tables import cell_text
from interparl.exchange.rules.wrong_mapping import WrongMapping, refuse_unstorable

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_WORDS",
    "MOST_COLUMNS",
    "PLACES",
    "READINGS",
    "Column",
    "Mapping",
    "Skip",
    "Within",
    "WrongMapping",
    "is_among",
    "read_mapping",
    "value_at",
]

# How a cell can be read: as it stands, as a date (in the order that the column tells, or in this one), as a date with a
# time of day, as addresses, as a piece of a web page, as a name in that order.
READINGS = frozenset(
    {
        *("", "date", "day-first", "month-first", "moment", "mail", "web", "html"),
        *("given-first", "family-first", "family-comma", "family-capitals"),
    }
)
LONGEST_TEXT, MOST_COLUMNS = 500, 400
# Of one column: all words that stand for others, as they are typed, and those of them with a `*`, which are tried one
# after another on every cell that is no longer than a text may be.
LONGEST_WORDS, MOST_PATTERNS = 100_000, 100
# How deep lists may stand within lists: a country, its legislatures, their terms.
DEEPEST = 3
_PATTERN = frozenset("*?[")
# Stands for the language in the name of a column that there is for each.
EACH = "*"


@dataclass(frozen=True)
class Column:
    """One column of the table and the field that it fills."""

    source: str
    field: str
    read: str = ""
    split: str = ""
    language: str = ""
    scheme: str = ""
    note: str = ""
    values: MappingOf[str, str] = dataclasses.field(default_factory=dict)
    otherwise: str | None = None
    is_needed: bool = False

    def in_words(self, text: str) -> str:
        """What the words of a cell stand for; themselves where nothing was said of them."""
        if not self.values:
            return text
        folded = text.casefold().strip()
        at, found = self._plain.get(folded, (len(self.values), text if self.otherwise is None else self.otherwise))
        tried = self._patterns if len(folded) <= LONGEST_TEXT else ()
        return next((value for own, pattern, value in tried if own < at and fnmatchcase(folded, pattern)), found)

    @cached_property
    def _plain(self) -> MappingOf[str, tuple[int, str]]:
        """The words that stand for nothing but themselves, with their positions; of equal ones the first."""
        words = ((at, word.casefold(), value) for at, (word, value) in enumerate(self.values.items()))
        return {word: (at, value) for at, word, value in reversed(list(words)) if not _is_pattern(word)}

    @cached_property
    def _patterns(self) -> Sequence[tuple[int, str, str]]:
        """The other words with their positions."""
        words = ((at, word.casefold(), value) for at, (word, value) in enumerate(self.values.items()))
        return [one for one in words if _is_pattern(one[1])]


def _is_pattern(word: str) -> bool:
    return not _PATTERN.isdisjoint(word)


@dataclass(frozen=True)
class Skip:
    """Rows that are left out: those whose cell is one of these words."""

    source: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Within:
    """A list of objects within a row, and what their values are."""

    source: str
    columns: tuple[Column, ...]
    constants: MappingOf[str, str] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()
    lists: tuple[Within, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A whole mapping; see the head of this file."""

    code: str
    kind: str
    names: MappingOf[str, str]
    columns: tuple[Column, ...]
    source: str = ""
    title: str = ""
    url: str = ""
    language: str = ""
    file: MappingOf[str, Any] = field(default_factory=dict)
    place: MappingOf[str, Any] = field(default_factory=dict)
    constants: MappingOf[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    skips: tuple[Skip, ...] = ()
    lists: tuple[Within, ...] = ()
    is_partial: bool = False
    is_own: bool = False

    def needed(self) -> list[str]:
        """Headings without which a file is not the table that this mapping reads."""
        found = [column.source for column in self.columns if column.is_needed]
        return [*dict.fromkeys([*found, *self.key])]

    def for_headings(self, headings: Iterable[str]) -> Mapping:
        """The same with each column of several languages (`from = "name_*"`, `lang = "*"`) as the columns there are."""
        if all(column.language != EACH for column in self.columns):
            return self
        listed = tuple(headings)
        # Of what is nested, each row tells which languages there are.
        columns = (
            one
            for column in self.columns
            for one in ((column,) if "." in column.source else of_each_language(column, listed))
        )
        return replace(self, columns=tuple(columns))

    def filled(self, headings: Collection[str]) -> frozenset[str]:
        """The fields for which a table with these headings has a column, or the mapping a value."""
        found = {column.field for column in self.columns if is_among(column.source, headings)} | set(self.constants)
        found |= {"id"} if self.key else set()
        return frozenset(found.union(*(_filled_within(one) for one in self.lists if is_among(one.source, headings))))


def of_each_language(column: Column, headings: Iterable[str]) -> Iterable[Column]:
    """The column itself, or, where it stands for several languages, one for each that these headings have."""
    if column.language != EACH:
        return (column,)
    before, _star, after = column.source.partition(EACH)
    pattern = re.compile(f"{re.escape(before)}([a-z]{{2,3}}(?:-[A-Za-z]{{2,4}})?){re.escape(after)}")
    found = ((heading, pattern.fullmatch(heading)) for heading in headings)
    return [replace(column, source=heading, language=match.group(1)) for heading, match in found if match]


def is_among(path: str, headings: Collection[str]) -> bool:
    """Whether a table with these headings has the column; of a path into nested values, its first part."""
    return path in headings or path.partition(".")[0] in headings


def _filled_within(within: Within) -> set[str]:
    found = {column.field for column in within.columns} | set(within.constants)
    return found.union(*(_filled_within(one) for one in within.lists))


_KEYS = frozenset(
    {
        *("kind", "name", "source", "title", "url", "language", "columns", "file", "place", "constants", "key"),
        *("skip", "lists", "code", "partial", "own"),
    }
)
_COLUMN_KEYS = frozenset(
    {"from", "to", "read", "split", "lang", "scheme", "note", "values", "otherwise", "needed"},
)
_FILE_KEYS = frozenset({"encoding", "delimiter", "sheet", "header_row", "records"})


def read_mapping(code: str, data: MappingOf[str, Any], fields: MappingOf[str, Sequence[str]]) -> Mapping:
    """The mapping that the data describes; `fields` are the fields of each kind. Raises WrongMapping."""
    _only(data, _KEYS, "")
    refuse_unstorable(data)
    kind = _text(data, "kind", "")
    if kind not in fields:
        raise WrongMapping("kind", "mapping_kind", value=kind)
    known = frozenset(fields[kind])
    columns = _columns(data.get("columns", ()), "columns", known)
    return Mapping(
        code=code,
        kind=kind,
        names={str(key): str(value) for key, value in _table(data, "name").items()},
        columns=columns,
        source=_text(data, "source", ""),
        title=_text(data, "title", ""),
        url=_text(data, "url", ""),
        language=_text(data, "language", ""),
        file=_file(_table(data, "file")),
        place=read_place(_table(data, "place")),
        constants=_constants(_table(data, "constants"), "constants", known),
        key=tuple(_text({"key": one}, "key", "") for one in _list(data, "key")),
        skips=_skips(data, ""),
        lists=_lists(data, "", known, depth=0),
        is_partial=_truth(data, "partial", ""),
        is_own=_truth(data, "own", ""),
    )


def _only(data: Any, known: frozenset[str], place: str) -> None:
    if not isinstance(data, dict):
        raise WrongMapping(place, "mapping_form")
    for key in data:
        if key not in known:
            raise WrongMapping(f"{place}.{key}".strip("."), "mapping_unknown", value=str(key)[:60])


def _text(data: MappingOf[str, Any], key: str, place: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise WrongMapping(f"{place}.{key}".strip("."), "mapping_form")
    return value


def _table(data: MappingOf[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise WrongMapping(key, "mapping_form")
    return dict(value)


def _list(data: MappingOf[str, Any], key: str, place: str = "") -> list[Any]:
    value = data.get(key, [])
    if not isinstance(value, (list, tuple)) or len(value) > MOST_COLUMNS:
        raise WrongMapping(f"{place}.{key}".strip("."), "mapping_form")
    return list(value)


def _truth(data: MappingOf[str, Any], key: str, place: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise WrongMapping(f"{place}.{key}".strip("."), "mapping_form")
    return value


def _columns(data: Any, place: str, known: frozenset[str]) -> tuple[Column, ...]:
    if not isinstance(data, (list, tuple)) or len(data) > MOST_COLUMNS:
        raise WrongMapping(place, "mapping_form")
    return tuple(_column(one, f"{place}[{at}]", known) for at, one in enumerate(data))


def _column(data: Any, place: str, known: frozenset[str]) -> Column:
    _only(data, _COLUMN_KEYS, place)
    target, read = _text(data, "to", place), _text(data, "read", place)
    if target not in known:
        raise WrongMapping(f"{place}.to", "mapping_field", value=target)
    if read not in READINGS:
        raise WrongMapping(f"{place}.read", "mapping_reading", value=read)
    values = data.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(one, str) for one in values.values()):
        raise WrongMapping(f"{place}.values", "mapping_form")
    length = sum(len(word) + len(value) + len(" = \n") for word, value in values.items())
    if length > LONGEST_WORDS or sum(map(_is_pattern, values)) > MOST_PATTERNS:
        raise WrongMapping(f"{place}.values", "mapping_words")
    return Column(
        source=_source(data, place),
        field=target,
        read=read,
        split=_text(data, "split", place),
        language=_text(data, "lang", place),
        scheme=_text(data, "scheme", place),
        note=_text(data, "note", place),
        values=values,
        otherwise=_text(data, "otherwise", place) if "otherwise" in data else None,
        is_needed=_truth(data, "needed", place),
    )


def _lists(data: MappingOf[str, Any], place: str, known: frozenset[str], *, depth: int) -> tuple[Within, ...]:
    several = _list(data, "lists", place)
    if several and depth == DEEPEST:
        raise WrongMapping(f"{place}.lists".strip("."), "mapping_form")
    return tuple(
        _within(one, f"{place}.lists[{at}]".strip("."), known, depth=depth + 1) for at, one in enumerate(several)
    )


def _within(data: Any, place: str, known: frozenset[str], *, depth: int) -> Within:
    _only(data, frozenset({"from", "columns", "constants", "skip", "lists"}), place)
    return Within(
        _source(data, place),
        _columns(data.get("columns", ()), f"{place}.columns", known),
        _constants(data.get("constants", {}), f"{place}.constants", known),
        _skips(data, place),
        _lists(data, place, known, depth=depth),
    )


def _skips(data: MappingOf[str, Any], place: str) -> tuple[Skip, ...]:
    found = []
    for at, one in enumerate(_list(data, "skip", place)):
        spot = f"{place}.skip[{at}]".strip(".")
        _only(one, frozenset({"from", "values"}), spot)
        values = _list(one, "values", spot)
        if not all(isinstance(each, (str, int, float)) for each in values):
            raise WrongMapping(f"{spot}.values", "mapping_form")
        found.append(Skip(_source(one, spot), tuple(cell_text(each) for each in values)))
    return tuple(found)


def _source(data: MappingOf[str, Any], place: str) -> str:
    source = _text(data, "from", place)
    if not source:
        raise WrongMapping(f"{place}.from", "mapping_form")
    return source


def _constants(data: Any, place: str, known: frozenset[str]) -> dict[str, str]:
    if not isinstance(data, dict):
        raise WrongMapping(place, "mapping_form")
    for key, value in data.items():
        if key not in known:
            raise WrongMapping(f"{place}.{key}", "mapping_field", value=str(key)[:60])
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise WrongMapping(f"{place}.{key}", "mapping_form")
    return dict(data)


def _file(data: dict[str, Any]) -> dict[str, Any]:
    _only(data, _FILE_KEYS, "file")
    for key in _FILE_KEYS - {"header_row"}:
        _text(data, key, "file")
    header = data.get("header_row")
    if header is not None and (not isinstance(header, int) or isinstance(header, bool) or header < 0):
        raise WrongMapping("file.header_row", "mapping_form")
    return data


def value_at(cells: MappingOf[str, Json], path: str) -> Json:
    """The value under a heading, or at a path of keys parted by dots within nested values; None for none."""
    if path in cells or "." not in path:
        return cells.get(path)
    found: Any = cells
    for part in path.split("."):
        if not isinstance(found, dict) or part not in found:
            return None
        found = found[part]
    value: Json = found
    return value
