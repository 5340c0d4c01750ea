"""Parts of an event within its row: the items of its programme, with their day and hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import FileObject, Key, Wanted
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.meetings.imports.texts import Texts
from interparl.meetings.imports.times import END_OF_DAY, EXACT, NoWhen, When, when_of
from interparl.meetings.models import Kind, ProgrammeItem

ITEM, RECORD = "meetings.programmeitem", "item"
KINDS = {Kind.TALKS: ProgrammeItem.Kind.TALKS, Kind.SITTING: ProgrammeItem.Kind.SESSION}


def is_item(row: MappedRow) -> bool:
    """Whether a row within an event is an item of its programme, and not a person."""
    return bool(row.values.keys() & {"item", "item_id"})


class Items:
    """Turns rows within events into wanted items of programmes."""

    def __init__(self, keys: Keys, texts: Texts) -> None:
        self.findings: list[Finding] = []
        self._keys, self._texts = keys, texts
        self._seen: dict[str, str] = {}

    def objects(self, row: MappedRow, event: Key, values: dict[str, Any], zone: str) -> Iterator[FileObject]:
        """The item of a row; `values` are those of its event, whose day it has where it tells none."""
        text = self._texts.every(row, "item", is_long=True) or {self._texts.language: row.text("item_id")}
        label = next(iter(text.values())) or row.place
        value = row.text("item_id") or f"{event[2]}|{row.text('since')}{row.text('begins')}|{label}"
        if earlier := self._seen.get(value):
            self.findings.append(Finding(row.place, "note", "same_again", {"earlier": earlier}))
            yield FileObject(row.place, RECORD, label, row.raw, repeats=earlier)
            return
        self._seen[value] = row.place
        try:
            when = self._within_a_day(when_of(row, zone, self.findings), row)
            day = _exact(when.since or values.get("since", ""))
        except NoWhen as problem:
            self.findings.append(Finding(row.place, "error", problem.key, problem.params))
            yield FileObject(row.place, RECORD, label, row.raw)
            return
        said: dict[str, Any] = {
            "event": event,
            "text": text,
            "day": day,
            "begins": when.begins,
            "ends": when.ends,
        }
        if place := self._texts.every(row, "place"):
            said["place"] = place
        once = {"kind": KINDS.get(values["kind"], ProgrammeItem.Kind.OTHER)}
        wanted = Wanted(ITEM, said, key=self._keys.key(ITEM, RECORD, value), once=once)
        yield FileObject(row.place, RECORD, label, row.raw, (wanted,))

    def _within_a_day(self, when: When, row: MappedRow) -> When:
        """An item has one day: what goes on after midnight is told, and ends with its day."""
        if not when.until or when.until == when.since:
            return when
        params = {"until": f"{when.until} {when.ends}".strip()}
        self.findings.append(Finding(row.place, "note", "ends_next_day", params))
        return replace(when, until=when.since, ends=END_OF_DAY if when.begins else "")


def _exact(day: str) -> str:
    """A day that is known in full. Raises NoWhen."""
    if not EXACT.fullmatch(day):
        raise NoWhen("no_day")
    return day
