"""A composition as it goes out: frozen in every language for the readers of one mark, and compared with what stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from interparl.accounts.roles import PUBLIC
from interparl.bodies.blocks.composition import COMPOSITION, PERSON, accepted_on, composition, last_step
from interparl.bodies.models import Body, Membership
from interparl.core.marks import rank
from interparl.core.records import Record
from interparl.core.tables import Column, Reading, Table
from interparl.core.translated import languages, shown
from interparl.documents.actions import Frozen
from interparl.documents.models import Edition, left_of_rows
from interparl.documents.rules.editions import Comparison, compared

STRANGER = AnonymousUser()


@dataclass(frozen=True)
class Reach:
    """The readers that a list is for: those of a mark; of a published body's public list the public itself."""

    mark: str
    is_public: bool

    @classmethod
    def of(cls, body: Body, mark: str) -> Reach:
        """The readers of the body with that mark."""
        return cls(mark, is_public=mark == PUBLIC and body.is_open_to(STRANGER))

    def includes(self, record: Record | None) -> bool:
        """Whether they may know of the record."""
        if record is None:
            return False
        return record.is_open_to(STRANGER) if self.is_public else rank(record.effective_mark) <= rank(self.mark)

    def cut(self, row: Membership) -> Membership:
        """The membership without what it points to and they may not know of."""
        if not self.includes(row.seat):
            row.seat = None
        elif row.seat and not self.includes(row.seat.chamber):
            row.seat.chamber = None
        if not self.includes(row.decision):
            row.decision = None
        return row


def frozen_composition(body: Body, reading: Reading, mark: str) -> tuple[Frozen, int]:
    """The composition on the day as the readers of that mark may know it, and how many rows that leaves out."""
    reach, tables, left_out = Reach.of(body, mark), {}, 0
    for code in languages():
        with override(code):
            read = Reading(reading.user, code, reading.day)
            table = composition(body, read)
            left_out = sum(not reach.includes(row) for row in table.rows)
            rows = [reach.cut(row) for row in table.rows if reach.includes(row)]
            tables[code] = _printed(body, replace(table, rows=rows), reach)
    said = tables[languages()[0]]
    frozen = [
        {
            **facts,
            "names": {code: one.names[place] for code, one in tables.items()},
            "cells": {code: one.cells[place] for code, one in tables.items()},
        }
        for place, facts in enumerate(said.facts)
    ]
    content = {
        "title": {code: one.title for code, one in tables.items()},
        "about": {code: one.about for code, one in tables.items()},
        "columns": [
            {"key": column.key, "kind": column.kind, "label": {code: one.labels[place] for code, one in tables.items()}}
            for place, column in enumerate(COMPOSITION.of)
        ],
        "rows": frozen,
        "mark": mark,
        "open": said.is_open,
    }
    return Frozen(content, mark), left_out


@dataclass(frozen=True)
class _Printed:
    """The list in one language, and what of it is in none."""

    title: dict[str, str]
    about: list[list[str]]
    labels: list[str]
    names: list[str]
    cells: list[list[list[str]]]
    facts: list[dict[str, Any]]
    is_open: bool


def _printed(body: Body, table: Table[Membership], reach: Reach) -> _Printed:
    read, title = table.reading, shown(body.name)
    official = shown(body.official_name).text
    about = [(_("Body"), title.text), (_("Official name"), official), (_("Grade"), capfirst(body.get_grade_display()))]
    rows = table.rows
    beside = [one for row in rows for one in (row, row.seat, row.decision, row.seat and row.seat.chamber) if one]
    return _Printed(
        {"text": title.text, "language": title.language},
        [[label, str(words)] for label, words in about if words],
        [str(column.label) for column in COMPOSITION.of],
        [read.name(PERSON, row.person_id) for row in rows],
        [[_cell(column, row, read) for column in COMPOSITION.of] for row in rows],
        [facts_of(row, read, reach) for row in rows],
        body.is_open_to(STRANGER) and all(one.is_open_to(STRANGER) for one in beside),
    )


def _cell(column: Column[Membership], row: Membership, read: Reading) -> list[str]:
    second = column.second(row, read) if column.second else ""
    spoken = column.spoken(row, read) if column.spoken else ""
    return [str(column.value(row, read) or ""), second, "" if spoken == read.language else spoken]


def facts_of(row: Membership, read: Reading, reach: Reach) -> dict[str, Any]:
    """What a row says in no language: who it is about, and by what two rows of one person differ."""
    seat = row.seat if reach.includes(row.seat) else None
    return {
        "of": [PERSON, row.person_id],
        "side": "ours" if row.part.parliament.is_ours else "theirs",
        "facts": {
            "role": row.role,
            "part": row.part_id,
            "seat": seat.pk if seat else None,
            "chamber": seat.chamber_id if seat and reach.includes(seat.chamber) else None,
            "substitute": row.is_substitute,
            "since": row.since,
            "until": row.until,
            "decision": row.decision_id if reach.includes(row.decision) else None,
            "accepted": accepted_on(row, read.day) or last_step(row, read.day),
        },
    }


def changes_since(editions: Iterable[Edition], bodies: dict[int, Body], reading: Reading) -> dict[int, Comparison]:
    """By body what changed in the composition since the edition, as its readers may know it; few queries for all.

    A list for a day that is still to come is compared with that day.
    """
    of = {edition.object_id: edition for edition in editions if edition.object_id in bodies}
    found: dict[int, list[dict[str, Any]]] = {}
    for day in sorted({max(reading.day, edition.as_of) for edition in of.values()}):
        keys = [key for key, edition in of.items() if max(reading.day, edition.as_of) == day]
        found |= _live_rows(of, {key: bodies[key] for key in keys}, replace(reading, day=day))
    left = left_of_rows([row for edition in of.values() for row in edition.content["rows"]]) if of else {}
    return {key: compared(edition.content["rows"], found.get(key, []), left) for key, edition in of.items()}


def _live_rows(of: dict[int, Edition], bodies: dict[int, Body], reading: Reading) -> dict[int, list[dict[str, Any]]]:
    rows = _sitting(bodies, reading)
    reading.want((PERSON, row.person_id) for row in rows)
    found: dict[int, list[dict[str, Any]]] = {}
    reaches = {key: Reach.of(body, of[key].content.get("mark", of[key].mark)) for key, body in bodies.items()}
    for row in rows:
        reach = reaches[row.body_id]
        if reach.includes(row):
            names = {reading.language: reading.name(PERSON, row.person_id)}
            found.setdefault(row.body_id, []).append({**facts_of(row, reading, reach), "names": names})
    return found


def _sitting(bodies: dict[int, Body], reading: Reading) -> Sequence[Membership]:
    """Who sits in these bodies on the day; the composition of one body is asked once a page."""
    if len(bodies) == 1:
        (body,) = bodies.values()
        return composition(body, reading).rows
    found = Membership.objects.visible_to(reading.user).filter(body__in=bodies).on(reading.day).in_order()
    table = Table.of(COMPOSITION, found, reading)
    for row in table.rows:
        row.seat, row.decision = reading.seen(row.seat), reading.seen(row.decision)
    return table.rows
