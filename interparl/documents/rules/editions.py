"""What an edition froze, and what changed between two of them: plain data, without database and without Django.

The content of an edition is {"title", "about", "columns", "rows", "open"}. Whatever is read stands in it by language of
the installation. A row is about a record: "of" names it, "names" is what it was called, "facts" is what the row says of
it in no language, and "cells" is what was printed: of each column the value, a second line, the language of the name.

A row may name others beside: "among" has, for each "column" that lists them, "of", the records, and "names" by
language. It may have "roles", what somebody was called beside the name, by language: these words go with the name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Ref = tuple[str, int]
Content = dict[str, Any]
Row = Mapping[str, Any]


class Difference(StrEnum):
    """In what a row differs from the row of the same record in the other list."""

    CAME = "came"
    ROLE = "role"
    SEAT = "seat"
    NAME = "name"
    HOURS = "hours"
    PLACE = "place"
    TEXT = "text"
    PEOPLE = "people"
    RESOURCES = "resources"
    DETAILS = "details"


# Which of the facts of a row make which difference; all others are details.
_TOLD_BY = {
    **dict.fromkeys(("role",), Difference.ROLE),
    **dict.fromkeys(("seat", "part", "chamber"), Difference.SEAT),
    **dict.fromkeys(("day", "begins", "ends", "zone"), Difference.HOURS),
    **dict.fromkeys(("place",), Difference.PLACE),
    **dict.fromkeys(("text", "public_text", "title"), Difference.TEXT),
    **dict.fromkeys(("people",), Difference.PEOPLE),
    **dict.fromkeys(("resources",), Difference.RESOURCES),
}


@dataclass(frozen=True)
class Comparison:
    """What changed: by place in the later list how a row differs and what it was, the rows that are gone, the order.

    `number` counts rows; an order that changed while everybody stayed is one change.
    """

    differs: Mapping[int, frozenset[Difference]]
    gone: Sequence[Row]
    was: Mapping[int, Row] = field(default_factory=dict)
    is_reordered: bool = False

    @property
    def number(self) -> int:
        """How many changes there are."""
        return len(self.differs) + len(self.gone) + self.is_reordered


def empty_content() -> Content:
    """A list of nothing."""
    return {"title": {}, "about": {}, "columns": [], "rows": [], "open": False}


def digest_of(content: Content) -> str:
    """The SHA-256 of the content, however its keys are ordered, in hex digits."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def ref_of(row: Row) -> Ref:
    """The record that a row is about."""
    kind, key = row["of"]
    return str(kind), int(key)


def refs_of(content: Content) -> list[Ref]:
    """The records that the rows are about or name beside, each once, in order."""
    return list(dict.fromkeys(ref for row in content.get("rows", ()) for ref in (ref_of(row), *_beside(row))))


def _beside(row: Row) -> list[Ref]:
    """The records that a row names beside the one that it is about."""
    return [(str(kind), int(key)) for one in row.get("among", ()) for kind, key in one["of"]]


def compared(before: Sequence[Row], after: Sequence[Row], left: Mapping[Ref, Ref] | None = None) -> Comparison:
    """What changed from one list to the other; `left` says which record is left of one that was merged since."""
    left = left or {}
    earlier: dict[Ref, list[Row]] = {}
    for row in before:
        earlier.setdefault(left.get(ref_of(row), ref_of(row)), []).append(row)
    differs: dict[int, frozenset[Difference]] = {}
    same_as: dict[int, Row] = {}
    for place, row in _likest_first(after, earlier, left):
        waiting = earlier.get(left.get(ref_of(row), ref_of(row)), [])
        if not waiting:
            differs[place] = frozenset({Difference.CAME})
            continue
        other = min(waiting, key=lambda one: len(_differences(one, row)))
        waiting.remove(other)
        same_as[place] = other
        if found := _differences(other, row):
            differs[place] = found
    places = {id(row): place for place, row in enumerate(before)}
    order = [places[id(same_as[place])] for place in sorted(same_as)]
    gone = [row for row in before if any(row is one for several in earlier.values() for one in several)]
    is_reordered = not differs and not gone and order != sorted(order)
    was = {place: same_as[place] for place in differs if place in same_as}
    return Comparison(dict(sorted(differs.items())), gone, was, is_reordered)


def _likest_first(
    after: Sequence[Row], earlier: Mapping[Ref, Sequence[Row]], left: Mapping[Ref, Ref]
) -> list[tuple[int, Row]]:
    """The rows, those that are as they were before the others: of two rows of one record each finds its own."""

    def is_new(pair: tuple[int, Row]) -> bool:
        row = pair[1]
        known = earlier.get(left.get(ref_of(row), ref_of(row)), ())
        return all(_differences(one, row) for one in known)

    return sorted(enumerate(after), key=is_new)


def _differences(before: Row, after: Row) -> frozenset[Difference]:
    facts, others = before["facts"], after["facts"]
    found = {
        _TOLD_BY.get(name, Difference.DETAILS) for name in {*facts, *others} if facts.get(name) != others.get(name)
    }
    if not (before.get("erased") or after.get("erased")):
        for key, difference in (("names", Difference.NAME), ("roles", Difference.ROLE)):
            names, called = before.get(key, {}), after.get(key, {})
            # A language that one of the lists does not have says nothing.
            if any(names[code] != called[code] for code in names.keys() & called.keys()):
                found.add(difference)
    return frozenset(found)


def names_left(content: Content, refs: Iterable[Ref]) -> int:
    """In how many rows one of these records is called by its name still."""
    asked = set(refs)
    return sum(bool(_about(row, asked) or _named_beside(row, asked)) for row in content.get("rows", ()))


def _about(row: Row, refs: set[Ref]) -> bool:
    """Whether the row is about one of these records and says its name still."""
    return ref_of(row) in refs and not row.get("erased")


def _named_beside(row: Row, refs: set[Ref]) -> bool:
    """Whether the row names one of these records beside still."""
    return any(_still_named(one, refs) for one in row.get("among", ()))


def _still_named(several: Mapping[str, Any], refs: set[Ref]) -> list[int]:
    """The places of those of these records which are called by their names still."""
    erased = several.get("erased", ())
    return [at for at, (kind, key) in enumerate(several["of"]) if (kind, key) in refs and at not in erased]


def without_names(content: Content, refs: Iterable[Ref], number: int, words: Mapping[str, str]) -> Content:
    """The content with these words, by language, in the place of the names of these records.

    The rows stay, and say which erasure took the name.
    """
    gone = set(refs)
    rows = []
    for row in content.get("rows", ()):
        left = _unnamed(row, number, words) if _about(row, gone) else row
        rows.append(_unnamed_beside(left, gone, words) if _named_beside(left, gone) else left)
    return {**content, "rows": rows}


def _unnamed(row: Row, number: int, words: Mapping[str, str]) -> Row:
    """The row without the name of whom it is about."""
    names = {code: words.get(code, "") for code in row["names"]}
    roles = row.get("roles", {})
    cells = {
        code: [
            ["", *cell[1:]] if roles.get(code) and cell[0] == roles[code] else _renamed(cell, row["names"][code], name)
            for cell in row["cells"][code]
        ]
        for code, name in names.items()
    }
    left = {**row, "names": names, "cells": row["cells"] | cells, "erased": number}
    return left | ({"roles": dict.fromkeys(roles, "")} if roles else {})


def _unnamed_beside(row: Row, gone: set[Ref], words: Mapping[str, str]) -> Row:
    """The row with these words in the place of those of these records that it names beside."""
    cells = {code: list(several) for code, several in row["cells"].items()}
    among = []
    for one in row["among"]:
        places = _still_named(one, gone)
        names = {
            code: [words.get(code, "") if at in places else name for at, name in enumerate(several)]
            for code, several in one["names"].items()
        }
        for code, several in names.items():
            cells[code][one["column"]] = [", ".join(several), *cells[code][one["column"]][1:]]
        among.append({**one, "names": names, "erased": sorted({*one.get("erased", ()), *places})} if places else one)
    return {**row, "among": among, "cells": cells}


def _renamed(cell: Sequence[str], name: str, words: str) -> list[str]:
    """The words are in the language of the list, whatever the name was in."""
    return [words, *cell[1:2], ""] if cell[0] == name else list(cell)
