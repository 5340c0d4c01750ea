"""Which fields the headings of a table suggest, in whatever of the three languages they are written."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from interparl.exchange.rules.mapped import plain_of
from interparl.exchange.rules.mappings import MOST_COLUMNS, Column, Within, value_at
from interparl.exchange.rules.mappings import Mapping as TableMapping
from interparl.exchange.rules.tables import TableFile, cell_text
from interparl.language.folding import fold

HEADINGS = Path(__file__).parent.parent / "data" / "headings.toml"
SUGGESTED = "suggested"
DATES = frozenset({"born", "died", "since", "until"})
MAILS = frozenset({"email"})
# Fields that a table may fill in several languages, a column for each.
IN_LANGUAGES = frozenset(
    {"name", "title", "official_name", "purpose", "capital", "about", "person", "place", "description"}
)
# The title of a body names its partners.
PARTNERS = "partners"
IDENTIFIER, IDS = "identifier", ("id", "person_id")
# In a kind of table that has the last of these fields and not the second, the first takes the words of the second.
STANDING_IN = (
    ("role", "office", "role"),
    ("id", "person_id", "born"),
    ("id", "body_id", "purpose"),
    ("name", "body", "purpose"),
    ("name", "country", "alpha3"),
)
# Fields with whose cells lists of values are parted by one of these signs.
LISTING, SIGNS = frozenset({"office", "email", "phone", "cell", "website", "link", "other_name"}), ("|", ";")
# What the keys of a legislature, and of its terms, are called in a list of countries.
LEGISLATURES = ("legislature", "legislatures", "parliament", "parliaments", "chamber", "chambers")
OF_LEGISLATURE = {"name": "legislature", "id": "legislature_id", "slug": "legislature_id"}
OF_TERM = {
    "name": "term",
    "id": "term_id",
    "start_date": "since",
    "end_date": "until",
    "since": "since",
    "until": "until",
}
# Where rows pasted from a document have no heading: who is meant by a table of one column.
NAMING = ("person", "name", "title")
# Fields of a kind of table whose days may have hours.
WITH_HOURS = frozenset({"begins", "ends"})
LOOKED_AT, LISTS_LOOKED_AT = 200, 50
_HUMP = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTS = re.compile(r"[_./\s]+")
_WIKIDATA = re.compile(r"Q[1-9]\d*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
_NO_HEADING = re.compile(r"#\d+'*")


@cache
def words_of_headings() -> dict[str, tuple[str, ...]]:
    """For each field the folded words that people write over it, the most usual first."""
    data = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))
    return {field: tuple(dict.fromkeys(_plain(word) for word in words)) for field, words in data.items()}


def suggested(kind: str, table: TableFile, fields: Sequence[str]) -> TableMapping:
    """A mapping made of the headings: each column fills at most one field, and most fields are filled by one column.

    Ids that have the form of Wikidata's are also kept as such. Lists within rows whose objects name people are members,
    in a list of countries legislatures.
    """
    rows = [row.cells for row in table.rows[:LOOKED_AT]]
    headings = _with_inner(table.headings, rows)
    of_wikidata = [heading for heading in headings if _is_of_wikidata(rows, heading)]
    columns = _columns(headings, fields, of_wikidata)
    columns = [replace(column, split=_sign(rows, column)) for column in columns]
    if of_wikidata and IDENTIFIER in fields:
        used = [heading for heading in of_wikidata if any(column.source == heading for column in columns)]
        columns.append(Column((used or of_wikidata)[0], IDENTIFIER, scheme="wikidata"))
    titled = next((column for column in columns if column.field == "name"), None)
    if titled and PARTNERS in fields and all(column.field != "country" for column in columns):
        columns.append(Column(titled.source, PARTNERS))
    lists: Iterator[Within] = iter(())
    if "legislature" in fields:
        lists = _legislatures(table, rows)
    elif "person" in fields and {"name", "title"} & set(fields):
        lists = _lists(table, fields)
    return TableMapping(code=SUGGESTED, kind=kind, names={}, columns=tuple(columns), lists=tuple(lists))


def field_of(heading: str, fields: Collection[str]) -> str:
    """The field that a heading names, "" when none is certain: its own name, or one of the words for it."""
    text = _plain(heading)
    for field in fields:
        if text in (field, _plain(field)):
            return field
    words = words_of_headings()
    found = next((field for field in fields if text in words.get(field, ())), "")
    if found:
        return found
    for own, other, sign in STANDING_IN:
        is_standing = {own, sign} <= set(fields) and other not in fields
        if is_standing and text in (other, _plain(other), *words.get(other, ())):
            return own
    return ""


def _plain(heading: str) -> str:
    return fold(" ".join(_parts(heading)))


def _parts(heading: str) -> list[str]:
    return [part for part in _PARTS.split(_HUMP.sub(" ", heading)) if part]


def _with_inner(headings: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The headings of plain values; of one that holds objects, the plain values in these instead."""
    found: list[str] = []
    for heading in headings:
        if any(_items(row.get(heading)) for row in rows):
            continue
        objects = [cell for row in rows if isinstance(cell := row.get(heading), dict)]
        inner = {key: None for one in objects for key, value in one.items() if not isinstance(value, (dict, list))}
        found += [f"{heading}.{key}" for key in inner] if objects else [heading]
    return found[:MOST_COLUMNS]


def _columns(headings: Sequence[str], fields: Sequence[str], of_wikidata: Collection[str] = ()) -> list[Column]:
    """The columns that fill fields; a word with which most headings begin says nothing."""
    if len(headings) == 1 and _NO_HEADING.fullmatch(headings[0]):
        return [Column(headings[0], field) for field in [one for one in NAMING if one in fields][:1]]
    common = _common_word(headings)
    taken: set[tuple[str, str]] = set()
    columns = []
    for heading in headings:
        # An id is nobody's name.
        open_fields = [one for one in fields if one in IDS] if heading in of_wikidata else fields
        field, language = _field_and_language(heading, open_fields, common, taken)
        if not field and heading in of_wikidata and field_of(heading, fields) in NAMING:
            field = next((one for one in open_fields if (one, "") not in taken), "")
        if field:
            taken.add((field, language))
            has_hours = set(fields) >= WITH_HOURS
            columns.append(Column(heading, field, read=_reading(field, has_hours=has_hours), language=language))
    return columns


def _field_and_language(
    heading: str, fields: Sequence[str], common: str, taken: set[tuple[str, str]]
) -> tuple[str, str]:
    """What a heading names that no earlier one did: "name", or "name_ru" with its language."""
    parts = _parts(heading)
    several = [parts]
    if common and len(parts) > 1 and parts[0].lower() == common:
        several.append(parts[1:])
    for words in several:
        free = [field for field in fields if all(field != one for one, _language in taken)]
        if field := _free_field(" ".join(words), fields, free):
            return field, ""
        if len(words) > 1 and _LANGUAGE.fullmatch(words[-1]):
            language = words[-1]
            open_ones = [field for field in fields if _is_open(field, language, taken)]
            if field := _free_field(" ".join(words[:-1]), fields, open_ones):
                return field, language if field in IN_LANGUAGES else ""
    return "", ""


def _free_field(words: str, fields: Sequence[str], free: Sequence[str]) -> str:
    """The field that the words name; a taken one leaves them to no other but one that has the same words."""
    field = field_of(words, fields)
    return field if field in free else field_of(words, free) if words not in fields else ""


def _is_open(field: str, language: str, taken: set[tuple[str, str]]) -> bool:
    if field in IN_LANGUAGES:
        return (field, language) not in taken
    return all(field != one for one, _language in taken)


def _common_word(headings: Sequence[str]) -> str:
    """The word with which most headings begin ("mep_name", "mep_email"), "" for none."""
    firsts = Counter(parts[0].lower() for heading in headings if len(parts := _parts(heading)) > 1)
    word, number = firsts.most_common(1)[0] if firsts else ("", 0)
    return word if number > 2 and number > len(headings) / 2 else ""


def _is_of_wikidata(rows: Sequence[Mapping[str, Any]], heading: str) -> bool:
    values = [text for row in rows if (text := cell_text(plain_of(value_at(row, heading))))]
    return bool(values) and sum(bool(_WIKIDATA.fullmatch(text)) for text in values) >= 0.9 * len(values)


def _sign(rows: Sequence[Mapping[str, Any]], column: Column) -> str:
    """The sign that parts several values in the cells of a column, "" for none."""
    if column.field not in LISTING:
        return ""
    texts = [cell_text(plain_of(value_at(row, column.source))) for row in rows]
    return next((sign for sign in SIGNS if any(f"{sign} " in text for text in texts)), "")


def _lists(table: TableFile, fields: Sequence[str]) -> Iterator[Within]:
    """Lists of objects within rows that name people."""
    members = [field for field in fields if field not in ("id", "name", "title")]
    rows = [row.cells for row in table.rows[:LISTS_LOOKED_AT]]
    for heading in table.headings:
        for path in dict.fromkeys(path for cells in rows for path in _paths(cells.get(heading), heading)):
            if not is_of_people(path):
                continue
            items = [item for cells in rows for item in _items(value_at(cells, path))]
            columns = _columns([*dict.fromkeys(key for item in items for key in item)][:MOST_COLUMNS], members)
            if {"person", "person_id"} & {column.field for column in columns}:
                yield Within(path, tuple(columns))


def is_of_people(path: str) -> bool:
    """Whether the last word of a path says that people are listed there."""
    return _plain(path.rpartition(".")[2]) in words_of_headings()["people"]


def _legislatures(table: TableFile, rows: Sequence[Mapping[str, Any]]) -> Iterator[Within]:
    """Lists of legislatures within rows, with the terms in them."""
    for heading in table.headings:
        if _plain(heading) not in LEGISLATURES:
            continue
        items = [item for cells in rows for item in _items(cells.get(heading))]
        inner = dict.fromkeys(key for item in items for key, value in item.items() if _items(value))
        terms = [
            Within(key, _called(OF_TERM, (one for item in items for one in _items(item.get(key))))) for key in inner
        ]
        if columns := _called(OF_LEGISLATURE, items):
            yield Within(heading, columns, lists=tuple(one for one in terms if one.columns))


def _called(names: Mapping[str, str], items: Iterable[Mapping[str, Any]]) -> tuple[Column, ...]:
    """The columns of objects whose keys have these names; of two names for one field, the first."""
    keys = {key for item in items for key in item}
    found: dict[str, Column] = {}
    for name, field in names.items():
        if name in keys:
            found.setdefault(field, Column(name, field, read=_reading(field)))
    return tuple(found.values())


def _paths(value: Any, path: str) -> Iterator[str]:
    """Where lists of objects stand within a value."""
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        yield path
    elif isinstance(value, dict) and path.count(".") < 2:
        for key, inner in value.items():
            yield from _paths(inner, f"{path}.{key}")


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _reading(field: str, *, has_hours: bool = False) -> str:
    if field in DATES:
        return "moment" if has_hours else "date"
    return "mail" if field in MAILS else ""
