"""Lists of an event as they go out: frozen in every language for the readers of one mark, compared with what stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.accounts.roles import PUBLIC
from interparl.bodies.blocks.freezing import STRANGER, Reach
from interparl.core.labels import labels_of
from interparl.core.marks import rank
from interparl.core.models import Grade
from interparl.core.tables import Column, Reading
from interparl.core.translated import languages, shown
from interparl.documents.actions import Frozen
from interparl.documents.models import Edition, left_of_rows
from interparl.documents.rules.editions import Comparison, compared
from interparl.meetings.blocks.columns import days_of, place_of
from interparl.meetings.blocks.listed import LISTINGS, Line, Listing, reach_of
from interparl.meetings.models import Event

GRADES = [Grade.STATED, Grade.LIKELY, Grade.ILLUSTRATIVE]


@dataclass(frozen=True)
class Made:
    """A list that could go out; how many rows stand above its mark, and the highest mark of what is in it."""

    frozen: Frozen
    left_out: int
    highest: str


def frozen_list(
    event: Event, what: str, reading: Reading, mark: str, *, codes: Sequence[str] = (), reach: Reach | None = None
) -> Made:
    """The list of that kind as the readers of the mark may know it, in every language or in these."""
    listing, reach = LISTINGS[what], reach or reach_of(event, mark)
    lines, left_out = listing.lines(event, reading, reach, mark)
    columns = listing.columns_for(mark)
    hidden = listing.hidden_facts if mark == PUBLIC else frozenset()
    rows = [_facts_of(line, listing, hidden) for line in lines]
    told: dict[str, Any] = {"title": {}, "about": {}, "when": {}, "where": {}}
    labels: list[dict[str, str]] = [{} for _column in columns]
    for code in codes or languages():
        with override(code):
            read = _reading_in(code, lines, columns, reading)
            told["title"][code], told["about"][code] = _title(event, code), _about(event, read)
            told["when"][code], told["where"][code] = days_of(event, code), str(place_of(event, read))
            for place, column in enumerate(columns):
                labels[place][code] = str(column.label)
            for row, line in zip(rows, lines, strict=True):
                _tell(row, line, listing, columns, read)
    beside = [one for line in lines for one in line.beside]
    content = told | {
        "columns": [
            {"key": column.key, "kind": column.kind, "label": label}
            for column, label in zip(columns, labels, strict=True)
        ],
        "rows": rows,
        "mark": mark,
        "open": event.is_open_to(STRANGER) and all(one.is_open_to(STRANGER) for one in beside),
        "zone": event.zone_there,
        "days": [event.since, event.until],
        "grade": max([event.grade, *(one.grade for one in beside)], key=lambda grade: GRADES.index(Grade(grade))),
    }
    highest = max([event.effective_mark, *(one.effective_mark for one in beside)], key=rank)
    return Made(Frozen(content, mark), left_out, highest)


def _facts_of(line: Line, listing: Listing[Any], hidden: frozenset[str]) -> dict[str, Any]:
    """What a row says in no language."""
    facts = {name: value for name, value in listing.facts(line).items() if name not in hidden}
    row: dict[str, Any] = {"of": list(listing.of(line)), "facts": facts, "names": {}, "cells": {}}
    if line.side:
        row["side"] = line.side
    return row


def _reading_in(code: str, lines: Sequence[Line], columns: Sequence[Column[Any]], reading: Reading) -> Reading:
    """The same reader in that language, with the names that the cells say."""
    read = Reading(reading.user, code, reading.day)
    refs = {ref for line in lines for column in columns if column.refs for ref in column.refs(line)}
    read.labels.update(labels_of(refs, code, reading.user))
    return read


def _tell(
    row: dict[str, Any], line: Line, listing: Listing[Any], columns: Sequence[Column[Any]], read: Reading
) -> None:
    """Adds to a row what it says in the language."""
    code = read.language
    row["cells"][code] = [_cell(column, line, read) for column in columns]
    if name := listing.name(line, read):
        row["names"][code] = name
    if listing.role and (role := listing.role(line, read)):
        row.setdefault("roles", {})[code] = role
    for place, column in enumerate(columns):
        pairs = listing.among[column.key](line, read) if column.key in listing.among else []
        if pairs:
            several = row.setdefault("among", [])
            if not any(one["column"] == place for one in several):
                several.append({"column": place, "of": [list(ref) for ref, _name in pairs], "names": {}})
            next(one for one in several if one["column"] == place)["names"][code] = [name for _ref, name in pairs]


def _cell(column: Column[Any], line: Line, read: Reading) -> list[str]:
    spoken = column.spoken(line, read) if column.spoken else ""
    second = column.second(line, read) if column.second else ""
    return [str(column.value(line, read) or ""), second, "" if spoken == read.language else spoken]


def _title(event: Event, code: str) -> dict[str, str]:
    title = shown(event.title, code)
    return {"text": title.text, "language": title.language}


def _about(event: Event, read: Reading) -> list[list[str]]:
    words = [
        (_("Event"), shown(event.title, read.language).text),
        (_("When"), days_of(event, read.language)),
        (_("Place"), place_of(event, read)),
        (_("Grade"), capfirst(event.get_grade_display())),
    ]
    return [[label, str(text)] for label, text in words if text]


def change_since(edition: Edition, event: Event, reading: Reading) -> Comparison:
    """What changed in the list since the edition, as its readers may know it."""
    mark = edition.content.get("mark", edition.mark)
    made = frozen_list(event, edition.what, reading, mark, codes=[reading.language])
    before, after = edition.content["rows"], made.frozen.content["rows"]
    return compared(before, after, left_of_rows([*before, *after]))
