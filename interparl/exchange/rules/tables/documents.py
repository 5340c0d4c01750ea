"""JSON and JSON lines as tables: one row for each object of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from interparl.exchange.rules.findings import Findings, Json, UnreadableFile
from interparl.exchange.rules.tables.headings import GridRow, Laid, Layout, lay_out
from interparl.exchange.rules.tables.table import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    TableRow,
    cell_text,
    too_many,
)
from interparl.exchange.rules.unpacking import read_json, refuse_crowd

WHOLE = "."  # asked for as `records`: the outermost object is the row
_MOST_NAMED, _LONGEST_NAMED = 12, 60
_LINE, _SIGN = re.compile(r"[^\n]+"), re.compile(r"\S")


def read_document(text: str, *, records: str, header_row: int | None, findings: Findings) -> Laid:
    """The objects of the list asked for, or of the only list of objects there is.

    Raises UnreadableFile: not_json, too_deep, no_list, several_lists, no_such_list, and those of limits.
    """
    document = read_json(text)
    for key in sorted(document.repeated_keys):
        findings.add("", "note", "repeated_key", field=key)
    path, items = _list_of(document.value, records)
    # It is said of every row.
    path = path if len(path) <= _LONGEST_NAMED else f"{path[:_LONGEST_NAMED]}…"
    if items and all(isinstance(item, list) for item in items):
        return _laid_lists(items, path, header_row, findings)
    return lay_objects([(f"{path}[{at}]", item) for at, item in enumerate(items)], findings)


def read_lines(text: str, *, findings: Findings) -> Laid:
    """One object in each line that holds something. Raises UnreadableFile with the place of a line that is broken."""
    items: list[tuple[str, Json]] = []
    repeated: set[str] = set()
    refuse_crowd(text)
    line, end = 1, 0
    for found in _LINE.finditer(text):
        line, end = line + text.count("\n", end, found.start()), found.start()
        given = found.group()
        if given.isspace():
            continue
        try:
            document = read_json(given)
        except UnreadableFile as problem:
            column = problem.params.get("column", 1)
            raise UnreadableFile(problem.message_key, f"{line}:{column}", {"line": line, "column": column}) from problem
        repeated |= document.repeated_keys
        items.append((str(line), document.value))
        if len(items) > MOST_ROWS:
            raise too_many("too_many_rows", MOST_ROWS)
    for key in sorted(repeated):
        findings.add("", "note", "repeated_key", field=key)
    return lay_objects(items, findings)


def are_lines(text: str) -> bool:
    """Whether the text is one JSON object for each line rather than one document."""
    sign = _SIGN.search(text)
    begin = sign.start() if sign else 0
    end = text.find("\n", begin)
    if end < 0 or not text.startswith("{", begin) or not _SIGN.search(text, end):
        return False
    try:
        return isinstance(read_json(text[begin:end]).value, dict)
    except UnreadableFile:
        return False


def lay_objects(items: Sequence[tuple[str, Json]], findings: Findings) -> Laid:
    """The objects as rows; their headings are all keys in the order in which they first appear."""
    if len(items) > MOST_ROWS:
        raise too_many("too_many_rows", MOST_ROWS)
    headings: dict[str, None] = {}
    objects: list[tuple[str, Mapping[str, Json]]] = []
    for place, item in items:
        if not isinstance(item, dict):
            findings.add(place, "error", "not_an_object")
            continue
        headings.update(dict.fromkeys(item))
        objects.append((place, item))
        if len(headings) > MOST_COLUMNS:
            raise too_many("too_many_columns", MOST_COLUMNS, place)
    if not objects:
        raise UnreadableFile("no_list" if items else "no_rows")
    if len(objects) * len(headings) > MOST_CELLS:
        raise too_many("too_many_cells", MOST_CELLS)
    rows = tuple(TableRow(place, {key: _cell(item.get(key), place) for key in headings}) for place, item in objects)
    return Laid(tuple(headings), rows, 0)


def _cell(value: Json, place: str) -> Json:
    if isinstance(value, (dict, list)):
        return value
    text = cell_text(value)
    if len(text) > LONGEST_CELL:
        raise too_many("cell_too_long", LONGEST_CELL, place)
    return text


def _list_of(value: Json, records: str) -> tuple[str, list[Json]]:
    """The path of the list, "" for an outermost one, and the list."""
    if records == WHOLE and isinstance(value, dict):
        return "", [value]
    if records and records != WHOLE:
        return records, _named(value, records)
    if isinstance(value, list):
        return "", value
    if not isinstance(value, dict):
        raise UnreadableFile("no_list")
    found = [path for path, items in _lists(value) if any(isinstance(item, dict) for item in items)]
    if len(found) > 1:
        names = ", ".join(path[:_LONGEST_NAMED] for path in found[:_MOST_NAMED])
        raise UnreadableFile("several_lists", params={"lists": names})
    if not found:
        raise UnreadableFile("no_list")
    return found[0], _named(value, found[0])


def _lists(value: Mapping[str, Json]) -> list[tuple[str, list[Json]]]:
    """The lists that are values of the object; where it has none, those of the objects in it."""
    own: list[tuple[str, list[Json]]] = [(key, item) for key, item in value.items() if isinstance(item, list)]
    if own:
        return own
    return [
        (f"{outer}.{key}", item)
        for outer, inner in value.items()
        if isinstance(inner, dict)
        for key, item in inner.items()
        if isinstance(item, list)
    ]


def _named(value: Json, path: str) -> list[Json]:
    found: Json = value
    for key in [path, *path.split(".")] if not (isinstance(value, dict) and path in value) else [path]:
        if key == path and not (isinstance(found, dict) and path in found):
            continue
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise UnreadableFile("no_such_list", params={"path": path})
    return found


def _laid_lists(items: Sequence[Json], path: str, header_row: int | None, findings: Findings) -> Laid:
    """Rows written as lists of plain values, the first of which may be the heading; they count from 1."""
    grid = []
    for at, item in enumerate(items, 1):
        cells = (
            [cell_text(cell) if not isinstance(cell, (dict, list)) else "" for cell in item]
            if isinstance(item, list)
            else []
        )
        if any(cell.strip() for cell in cells):
            grid.append(GridRow(at, cells))
    layout = Layout(place_of=lambda line: f"{path}[{line - 1}]")
    return replace(lay_out(grid, asked=header_row, layout=layout, findings=findings))
