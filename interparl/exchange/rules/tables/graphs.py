"""Linked data as a table: a row for each thing of one sort, a column for each of its properties.

A property is called by the last word of its address, a text in a language with it (“label@en”). What a row points to
is an object with its address (“@id”), and with its own properties where the file tells them: “place.label@en”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from interparl.exchange.rules.findings import Findings, Json, UnreadableFile
from interparl.exchange.rules.tables.documents import lay_objects
from interparl.exchange.rules.tables.headings import Laid
from interparl.exchange.rules.tables.table import LONGEST_CELL, MOST_ROWS, too_many
from interparl.exchange.rules.tables.turtle import TYPE, Described, Text, Thing, Value, read_turtle

ID = "@id"
# What a row points to, and what that points to in its turn, stand within the row.
DEEPEST = 2
# One thing may be pointed to from many rows, and is kept with each.
MOST_VALUES, MOST_SIGNS = 2_000_000, 64 * 1024 * 1024
_LAST = re.compile(r"[^/#]+(?=[/#]?\Z)")
_MOST_NAMED, _LONGEST_NAMED = 12, 60


def read_graph(text: str, *, records: str, findings: Findings) -> Laid:
    """The things of one sort as rows. `records` is the sort: its name or address, or property=value (“type=Sitting”).

    Raises UnreadableFile: what `read_turtle` raises, no_list, several_lists, no_such_list, and those of limits.
    """
    things = read_turtle(text)
    chosen = _chosen(things, records)
    if len(chosen) > MOST_ROWS:
        raise too_many("too_many_rows", MOST_ROWS)
    rows = _Rows(things)
    return lay_objects([(str(one.line), rows.cells(one)) for one in chosen], findings)


def _chosen(things: Mapping[str, Described], records: str) -> list[Described]:
    if records:
        name, sign, value = records.rpartition("=") if "://" not in records else ("", "", records)
        found = [one for one in things.values() if _is_of(one, name if sign else TYPE, value)]
        if not found:
            raise UnreadableFile("no_such_list", params={"path": records})
        return found
    sorts: Counter[str] = Counter()
    for one in things.values():
        sorts.update({value.address for value in one.values.get(TYPE, ()) if isinstance(value, Thing)})
    if len(sorts) > 1:
        names = ", ".join(last_word(sort)[:_LONGEST_NAMED] for sort, _number in sorts.most_common(_MOST_NAMED))
        raise UnreadableFile("several_lists", params={"lists": names})
    found = [one for one in things.values() if TYPE in one.values or not sorts]
    if not found:
        raise UnreadableFile("no_list")
    return found


def _is_of(one: Described, name: str, value: str) -> bool:
    values = (each for key, several in one.values.items() if name in (key, last_word(key)) for each in several)
    words = ((each.address, last_word(each.address)) if isinstance(each, Thing) else (each.text,) for each in values)
    return any(value in several for several in words)


def last_word(address: str) -> str:
    """The last part of an address, which says what is meant; the whole where there is none."""
    found = _LAST.search(address)
    return found.group() if found else address


class _Rows:
    """Makes cells of what is said of things; counts how large they are with all that is kept again."""

    def __init__(self, things: Mapping[str, Described]) -> None:
        self._things = things
        self._made: dict[tuple[str, int], tuple[dict[str, Json], int, int]] = {}
        self._values = self._signs = 0
        self._names = dict(_names(things.values()))

    def cells(self, one: Described) -> dict[str, Json]:
        """The row of a thing."""
        cells, values, signs = self._object(one.address, 0)
        self._values += values
        self._signs += signs
        if self._values > MOST_VALUES or self._signs > MOST_SIGNS:
            raise UnreadableFile("too_many_values", params={"most": MOST_VALUES})
        return cells

    def _object(self, address: str, depth: int) -> tuple[dict[str, Json], int, int]:
        """What stands in a row for a thing, and how many values and signs that is."""
        if (address, depth) in self._made:
            return self._made[address, depth]
        cells: dict[str, Json] = {ID: address}
        values, signs = 1, len(address)
        one = self._things.get(address) if depth <= DEEPEST else None
        for name, several in _by_heading(one, self._names) if one else ():
            listed: list[Json] = []
            for each in several:
                found, more, length = self._cell(each, depth, one.line if one else 0)
                values, signs = values + more, signs + length
                listed.append(found)
            cells[name] = listed[0] if len(listed) == 1 else listed
            signs += len(name)
        self._made[address, depth] = cells, values, signs
        return self._made[address, depth]

    def _cell(self, value: Value, depth: int, line: int) -> tuple[Json, int, int]:
        if isinstance(value, Thing):
            return self._object(value.address, depth + 1)
        if len(value.text) > LONGEST_CELL:
            raise too_many("cell_too_long", LONGEST_CELL, str(line))
        return value.text, 1, len(value.text)


def _by_heading(one: Described, names: Mapping[str, str]) -> Iterator[tuple[str, Sequence[Value]]]:
    for address, several in one.values.items():
        by_language: dict[str, list[Value]] = {}
        for value in several:
            by_language.setdefault(value.language if isinstance(value, Text) else "", []).append(value)
        for language, values in by_language.items():
            yield f"{names[address]}@{language}" if language else names[address], values


def _names(things: Iterable[Described]) -> Iterator[tuple[str, str]]:
    """What each property is called: of two with the same last word, the later one by its whole address."""
    taken: dict[str, str] = {}
    for one in things:
        for address in one.values:
            word = last_word(address)
            yield address, word if taken.setdefault(word, address) == address else address
