"""The register of people that was taken out of an Interparl as a table, read again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interparl.directory.imports.countries import Countries
from interparl.directory.imports.own_rows import OwnRows
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import FileObject, Key, Plan, ReadTable, Wanted
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.scripts import NO_SCRIPT, UNLISTED_SCRIPT, script_of

PERSON, NAME, CONTACT = "directory.person", "directory.personname", "directory.contactpoint"
CONTACTS = {
    "email": "email",
    "phone": "voice",
    "fax": "fax",
    "address": "address",
    "website": "url",
    "contact": "other",
}
PARTS = ("family", "given", "patronymic")
SAME_NAME, SAME_CONTACT = ("text", "language"), ("kind", "value")


def plan_own_people(read: ReadTable, keys: Keys, *, name: str) -> Plan:
    """What the table stands for: people with a name in each language, other names, and how they are reached."""
    own = OwnRows(keys)
    own.learn(PERSON, (row.text("id") for row in read.mapped.rows))
    rows = _Rows(own, Countries(read.language))
    objects = [rows.object(row) for row in read.mapped.rows]
    return Plan(
        objects=objects,
        findings=[*read.mapped.findings, *rows.findings, *read.unread()],
        records=("person",),
        title=read.mapping.title or keys.title_of(name),
        rows=len(read.mapped.table.rows),
        recognised=read.recognised,
        known=own.known,
    )


class _Rows:
    """Turns rows into wanted people."""

    def __init__(self, own: OwnRows, countries: Countries) -> None:
        self.findings: list[Finding] = []
        self._own = own
        self._countries = countries
        self._seen: dict[Key, str] = {}

    def object(self, row: MappedRow) -> FileObject:
        """The person of a row."""
        name = row.text("name") or next((value.text for value in row.every("other_name")), "")
        if not row.text("id"):
            self.findings.append(Finding(row.place, "error", "no_id"))
            return FileObject(row.place, "person", name, row.raw)
        key = self._own.key(PERSON, "person", row.text("id"))
        if earlier := self._seen.get(key):
            self.findings.append(Finding(row.place, "doubtful", "same_id", {"id": row.text("id"), "earlier": earlier}))
            return FileObject(row.place, "person", name, row.raw, repeats=earlier)
        self._seen[key] = row.place
        return FileObject(row.place, "person", name, row.raw, tuple(self._wanted(row, key)))

    def _wanted(self, row: MappedRow, key: Key) -> Iterator[Wanted]:
        values: dict[str, Any] = {name: row.text(name) for name in ("gender", "born", "died", "speaks")}
        country = None
        if citizenship := row.text("citizenship"):
            country = self._countries.of(citizenship)
            if country is None:
                self.findings.append(Finding(row.place, "note", "unknown_country", {"code": citizenship[:60]}))
            else:
                values["country"] = country
        yield Wanted(PERSON, values, key=key)
        yield from self._names(row, key)
        for name, kind in CONTACTS.items():
            for text in dict.fromkeys(value.text for value in row.every(name)):
                contact = {"person": key, "kind": kind, "value": text}
                yield Wanted(CONTACT, contact, whole="person", same_by=SAME_CONTACT, pair_by=SAME_CONTACT)
        yield from self._countries.wanted(country)

    def _names(self, row: MappedRow, key: Key) -> Iterator[Wanted]:
        for value in row.every("name"):
            language = value.column.language
            parts = {name: each.text for name in PARTS for each in row.every(name) if each.column.language == language}
            values = {"person": key, "text": value.text, "language": language, **parts}
            once = {"kind": "official", "script": _script(value.text)}
            yield Wanted(NAME, values, once=once, whole="person", same_by=SAME_NAME, pair_by=SAME_NAME)
        # Of the others the table tells neither the language nor what they are.
        for text in dict.fromkeys(value.text for value in row.every("other_name")):
            values = {"person": key, "text": text}
            once = {"kind": "known-as", "script": _script(text)}
            yield Wanted(NAME, values, once=once, whole="person", same_by=("text",), pair_by=("text",))


def _script(text: str) -> str:
    script = script_of(text)
    return "" if script in (NO_SCRIPT, UNLISTED_SCRIPT) else script
