"""Who takes part in the events of a table: people of the register, people whom the source brings, names as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from interparl.bodies.imports.people import PERSON, People, scheme_of
from interparl.core.models import Identifier
from interparl.directory.imports.countries import Countries
from interparl.directory.imports.known_names import KnownNames
from interparl.directory.imports.parliaments import Owner
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import FileObject, Key, Wanted
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow, Value
from interparl.exchange.rules.mapping_places import MAKE
from interparl.exchange.rules.names import name_key, part_names
from interparl.language.cleaning import clean_line
from interparl.meetings.imports.times import LONGEST_SHOWN
from interparl.meetings.imports.words import Words
from interparl.meetings.models import Participation

EVENT, PARTICIPATION, RECORD = "meetings.event", "meetings.participation", "participation"
_SIGNS = re.compile(r"[;|\n]")
Ref = int | Key


@dataclass(frozen=True)
class Met:
    """The event that people take part in: its key and title, and the country of its guests, where one is sure."""

    key: Key
    title: str
    guests_from: Ref | None


class Attending:
    """Turns the people of rows into wanted participations.

    `people` is "make" when somebody with an id who is not known is made. Without an id a name is whoever alone is
    called so here, but never a guest; else it stays a name as it was printed.
    """

    def __init__(  # what a table tells of people comes from all over it
        self,
        keys: Keys,
        options: Mapping[str, str],
        language: str,
        *,
        people: str,
        owner: Owner | None,
        countries: Countries,
        words: Words,
    ) -> None:
        self.findings: list[Finding] = []
        self._keys, self._language = keys, language or settings.LANGUAGE_CODE
        self._makes, self._owner, self._countries, self._words = people == MAKE, owner, countries, words
        self._people = People(keys, options, by_name=not self._makes)
        self._names = KnownNames(keys)
        self._above = list(owner.wanted) if owner else []
        self._made: set[str] = set()
        self._told: dict[tuple[str, str], str] = {}
        self._taking_part: dict[tuple[str, Ref], str] = {}
        self._ours = dict(Identifier.objects.of(EVENT, keys.scheme("event")).values_list("value", "object_id"))
        self._held: dict[tuple[int, int], int] | None = None

    def objects(self, row: MappedRow, met: Met) -> Iterator[FileObject]:
        """The participations of a row of people, or of the names in one cell of a row of an event."""
        if row.text("person") or row.text("person_id"):
            yield from self._one(row, row.place, clean_line(row.text("person")), met)
        for at, name in enumerate(self._listed(row)):
            yield from self._one(row, f"{row.place}.participants[{at}]", name, met, is_listed=True)

    @staticmethod
    def _listed(row: MappedRow) -> list[str]:
        parts = (clean_line(part) for value in row.every("participants") for part in _SIGNS.split(value.text))
        return [part for part in parts if part]

    def _one(self, row: MappedRow, place: str, name: str, met: Met, *, is_listed: bool = False) -> Iterator[FileObject]:
        given = "" if is_listed else row.text("person_id")
        values = {} if is_listed else self._said(row)
        person, made = self._person(row, given, name, is_guest=values.get("function") == Participation.Function.GUEST)
        label = f"{name or given} – {met.title}"
        spot = f"{place}.participation" if made or is_listed else place
        if made:
            yield made
        if person is None and not name:
            self.findings.append(Finding(spot, "note", "names_nobody"))
            return
        value = f"{met.key[2]}|{given or f'~{name_key(name)}'}"
        if earlier := self._earlier(value, met, person):
            self.findings.append(Finding(spot, "note", "same_again", {"earlier": earlier}))
            yield FileObject(spot, RECORD, label, row.raw, repeats=earlier)
            return
        self._told[met.key[2], value] = spot
        if person is not None:
            self._taking_part[met.key[2], person] = spot
        values |= {"event": met.key, **self._who(row, name, person, met, values, is_listed=is_listed)}
        key = self._keys.key(PARTICIPATION, RECORD, value)
        above, self._above = (self._above, []) if "parliament" in values else ([], self._above)
        wanted = Wanted(PARTICIPATION, values, key=key, found=self._entered(met, person, key))
        new = self._countries.wanted(values.get("country"))
        yield FileObject(spot, RECORD, label, row.raw, (wanted, *above, *new))

    def _earlier(self, value: str, met: Met, person: Ref | None) -> str:
        """Where the same person is told to take part already."""
        found = self._told.get((met.key[2], value), "")
        return found or (self._taking_part.get((met.key[2], person), "") if person is not None else "")

    def _who(
        self, row: MappedRow, name: str, person: Ref | None, met: Met, values: Mapping[str, Any], *, is_listed: bool
    ) -> dict[str, Any]:
        """The person or the name as printed, and whose side it is."""
        found: dict[str, Any] = {"person": person} if person is not None else {"printed_name": name}
        text = "" if is_listed else row.text("country")
        if text and (country := self._countries.of(text)) is not None:
            return {**found, "country": country}
        if values.get("function") == Participation.Function.GUEST:
            return {**found, "country": met.guests_from} if met.guests_from is not None else found
        if self._owner is not None and not is_listed and row.text("person_id"):
            return {**found, "parliament": self._owner.parliament}
        return found

    def _said(self, row: MappedRow) -> dict[str, Any]:
        """Function, capacity, attendance by their words; a role that is no function is printed as it stands."""
        found: dict[str, Any] = {}
        for name, choices in (
            ("function", Participation.Function),
            ("capacity", Participation.Capacity),
            ("attendance", Participation.Attendance),
        ):
            if text := row.text(name):
                found[name] = self._words.value(choices, text)
                if not found[name]:
                    params = {"field": name, "value": text[:LONGEST_SHOWN]}
                    self.findings.append(Finding(row.place, "note", "word_unknown", params))
        if role := row.first("role"):
            function = self._words.value(Participation.Function, role.text)
            if function and not found.get("function"):
                found["function"] = function
            else:
                found["role"] = {role.column.language or self._language: clean_line(role.text)}
        return {name: value for name, value in found.items() if value}

    def _person(self, row: MappedRow, given: str, name: str, *, is_guest: bool) -> tuple[Ref | None, FileObject | None]:
        """Who it is, and the person where this source brings one."""
        identifiers = row.every("identifier") if given else ()
        found = None if is_guest and not given else self._people.find(given, identifiers, name)
        if self._makes and given and (found is None or isinstance(found, tuple) or found in self._people.ours):
            return self._made_person(row, given, name, found)
        if found is None and not is_guest:
            self.findings.append(Finding(row.place, "note", "unknown_person", {"person": (name or given)[:80]}))
        return found, None

    def _made_person(
        self, row: MappedRow, given: str, name: str, found: Ref | None
    ) -> tuple[Ref | None, FileObject | None]:
        """Somebody of this source; his names are told only where he is new, for here they are only mentioned."""
        key = self._keys.key(PERSON, "person", given)
        if given in self._made:
            return found if found is not None else key, None
        if not name and found is None:
            return None, None
        self._made.add(given)
        also = tuple((scheme_of(one), one.text) for one in row.every("identifier"))
        wanted = [Wanted(PERSON, {}, key=key, also=also)]
        if found is None:
            wanted.append(self._name(key, row.first("person"), name))
            self._people.add(given, row.every("identifier"), key)
        above, self._above = self._above, []
        return found if found is not None else key, FileObject(
            f"{row.place}.person", "person", name or given, row.raw, (*wanted, *above)
        )

    def _name(self, key: Key, value: Value | None, name: str) -> Wanted:
        parts = part_names(name, value.column.read if value else "")
        family, given, patronymic = parts or ("", "", "")
        text = f"{given} {family}".strip() if parts else name
        language = (value.column.language if value else "") or self._language
        more = {"family": family, "given": given, "patronymic": patronymic}
        return self._names.wanted(key, text, language, "official", more, any_kind=True)

    def _entered(self, met: Met, person: Ref | None, key: Key) -> int | None:
        """The participation of that person that somebody else entered: it is only linked."""
        event = self._ours.get(met.key[2])
        if event is None or not isinstance(person, int):
            return None
        if self._held is None:
            ours = Identifier.objects.of(PARTICIPATION, key[1]).values("object_id")
            rows = Participation.objects.filter(event__in=self._ours.values(), person__isnull=False)
            found: Iterable[tuple[int, int, int]] = rows.exclude(pk__in=ours).values_list("event", "person", "pk")
            self._held = {(one, who): pk for one, who, pk in found}
        return self._held.get((event, person))
