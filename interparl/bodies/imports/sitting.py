"""Rows that say who sits in which body: the person, the body's part, the role and the days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from interparl.bodies.imports.people import PERSON, People, Ref, scheme_of
from interparl.bodies.imports.periods import MEMBERSHIP, Periods
from interparl.bodies.imports.places import Place
from interparl.bodies.rules import role_of
from interparl.directory.imports.known_names import KnownNames
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import FileObject, Key, Wanted, began
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow, Value
from interparl.exchange.rules.mapping_places import MAKE
from interparl.exchange.rules.names import name_key, part_names


@dataclass
class _Told:
    """What all rows tell of one person: names by their text, ids elsewhere by scheme and value."""

    names: dict[str, Value] = field(default_factory=dict)
    ids: dict[tuple[str, str], Value] = field(default_factory=dict)


class Sitting:
    """Turns rows about members into wanted records; `people` is "make" when people who are not known are made.

    `record` is what their keys are called: a source may tell of the members of several bodies in tables of their own.
    """

    def __init__(
        self, keys: Keys, options: Mapping[str, str], language: str, *, people: str, record: str = "membership"
    ) -> None:
        self.keys = keys
        self.language = language
        self.findings: list[Finding] = []
        self._makes = people == MAKE
        self._record = record
        self._began = began(options)
        self._people = People(keys, options, by_name=not self._makes)
        self._names = KnownNames(keys)
        self._periods = Periods(keys, record)
        self._seen: dict[str, str] = {}
        self._made: set[str] = set()
        self._told: dict[str, _Told] = {}

    def learn(self, rows: Iterable[MappedRow]) -> None:
        """Gathers the names and the ids elsewhere that any row tells of a person, for the first row to bring."""
        for row in rows:
            if row.within:
                self.learn(row.within)
            if value := row.text("person_id") or name_key(row.text("person")):
                told = self._told.setdefault(value, _Told())
                for one in (*row.every("person"), *row.every("other_name")):
                    told.names.setdefault(one.text, one)
                for one in row.every("identifier"):
                    told.ids.setdefault((scheme_of(one), one.text), one)

    def objects(self, row: MappedRow, body_id: str, place: Place, body_name: str) -> Iterable[FileObject]:
        """The membership that a row tells of, after the person where one is made."""
        person, name, made = self._person(row)
        label = f"{name or row.text('person_id')} – {body_name}"
        spot = f"{row.place}.membership" if made else row.place
        if made:
            yield made
        if person is None:
            yield FileObject(spot, "membership", label, row.raw)
            return
        who = row.text("person_id") or (person[2] if isinstance(person, tuple) else f"~{person}")
        value, earlier = self._key(row, f"{who}|{body_id}", spot)
        if earlier:
            self.findings.append(Finding(spot, "note", "same_again", {"earlier": earlier}))
            yield FileObject(spot, "membership", label, row.raw, repeats=earlier)
            return
        wanted = self._membership(row, person, place, value)
        yield FileObject(spot, "membership", label, row.raw, (wanted, *place.wanted))
        place.wanted.clear()

    def _key(self, row: MappedRow, pair: str, spot: str) -> tuple[str, str]:
        """The value of the key of the membership; or the place of the row that said it before."""
        if own := row.text("membership_id"):
            earlier = self._seen.get(own, "")
            self._seen.setdefault(own, spot)
            return own, earlier
        role, _is_known = role_of(row.text("role"))
        days = {"since": row.text("since"), "until": row.text("until"), "role": role}
        if earlier := self._periods.repeats(pair, **days):
            return "", earlier
        return self._periods.key(pair, spot, **days), ""

    def _membership(self, row: MappedRow, person: Ref, place: Place, value: str) -> Wanted:
        values: dict[str, Any] = {
            "person": person,
            "body": place.body,
            "part": place.part,
            **said_in(row, self.language),
        }
        once = {"since": self._began} if self._began and "since" not in values else {}
        return Wanted(MEMBERSHIP, values, key=self.keys.key(MEMBERSHIP, self._record, value), once=once)

    def _person(self, row: MappedRow) -> tuple[Ref | None, str, FileObject | None]:
        """Who it is, by the id in the source, an id elsewhere or the exact name; made where the mapping says so."""
        given, named = row.text("person_id"), row.first("person")
        name = named.text if named else ""
        found = self._people.find(given, row.every("identifier"), name)
        is_ours = found is None or isinstance(found, tuple) or found in self._people.ours
        if self._makes and is_ours and (given or name):
            return self._made_person(row, given, named, found)
        if found is not None:
            return found, name or self._people.name_of(found), None
        self.findings.append(Finding(row.place, "doubtful", "unknown_person", {"person": name or given}))
        return None, name, None

    def _made_person(
        self, row: MappedRow, given: str, named: Value | None, found: Ref | None
    ) -> tuple[Ref, str, FileObject | None]:
        """Somebody whom this source brings, now or in an earlier edition."""
        name = named.text if named else given
        value = given or name_key(name)
        told = self._told.get(value, _Told())
        if found is not None:
            value = found[2] if isinstance(found, tuple) else self._people.ours[found]
        key = self.keys.key(PERSON, "person", value)
        if value in self._made:
            return key, name, None
        self._made.add(value)
        wanted = [Wanted(PERSON, {}, key=key, also=tuple(told.ids))]
        for at, one in enumerate(told.names.values()):
            wanted.append(self._name(key, one, "known-as" if at else "official"))
        self._people.add(value, told.ids.values(), key)
        return key, name, FileObject(f"{row.place}.person", "person", name, row.raw, tuple(wanted))

    def _name(self, key: Key, value: Value, kind: str) -> Wanted:
        parts = part_names(value.text, value.column.read)
        family, given, patronymic = parts or ("", "", "")
        text = f"{given} {family}".strip() if parts else value.text
        told = value.column.language or self.language
        more = {"family": family, "given": given, "patronymic": patronymic}
        return self._names.wanted(key, text, told, kind, more, any_kind=True)


def said_in(row: MappedRow, language: str) -> dict[str, Any]:
    """What a row says of a membership itself: the role, the days, remarks in their languages."""
    role, is_known = role_of(row.text("role"))
    values: dict[str, Any] = {"role": role, "until": row.text("until")}
    if since := row.text("since"):
        values["since"] = since
    notes: dict[str, list[str]] = {}
    for value in row.every("about"):
        notes.setdefault(value.column.language or language or settings.LANGUAGE_CODE, []).append(value.text)
    if not is_known:
        notes.setdefault(language or settings.LANGUAGE_CODE, []).append(row.text("role"))
    if notes:
        values["note"] = {code: "; ".join(texts) for code, texts in notes.items()}
    return values
