"""A Popolo file that was taken out of an Interparl: read by what it says beside Popolo, so that nothing is lost.

Taken out of this very database, each object is known by the record that it stands for: no key of a source is needed, no
record ends for want of a line, and what differs waits as doubtful. Taken out of another, the ids of the file are keys,
as those of any file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from interparl.core.translated import languages
from interparl.directory.exports.origin import SECTION
from interparl.directory.imports.popolo_keys import digest
from interparl.directory.imports.popolo_own_keys import OWN, OwnKeys
from interparl.directory.imports.popolo_own_values import (
    contacts_of,
    days_of,
    elsewhere,
    line,
    names_of,
    said,
    texts_of,
)
from interparl.directory.imports.popolo_places import Places
from interparl.directory.models import Chamber, Country, Organisation
from interparl.exchange.actions import FileObject, Key, Wanted
from interparl.exchange.rules import (
    LEGISLATURE,
    PARTY,
    Finding,
    PopoloArea,
    PopoloEvent,
    PopoloFile,
    PopoloMembership,
    PopoloOrganization,
    PopoloPerson,
    by_id,
)

MEMBER = "member"


def is_own(file: PopoloFile) -> bool:
    """Whether the file was taken out of an Interparl."""
    return isinstance(file.extra.get(SECTION), dict)


class OwnPlan:
    """Turns the objects of such a file into wanted records."""

    def __init__(self, file: PopoloFile, source_key: str, options: Mapping[str, str]) -> None:
        section = file.extra[SECTION]
        self.file = file
        self.keys = OwnKeys(source_key, section if isinstance(section, dict) else {})
        self.findings: list[Finding] = []
        self.organizations = by_id(file.organizations)
        self.events = by_id(file.events)
        self.persons = by_id(file.persons)
        self._countries = dict(Country.objects.values_list("code", "pk"))
        self._convocations: set[Key] = set()
        self._legislatures = frozenset(one.id for one in file.legislatures)
        held = {one.id: self.keys.of("directory.chamber", "organization", one.id) for one in file.legislatures}
        stored = Chamber.objects.in_bulk([key for key in held.values() if key])
        self._chambers = {value: stored[key] for value, key in held.items() if key in stored}
        self._language = options.get("language") or languages()[0]
        is_known = len(self._chambers) == len(held)
        self._places = None if is_known else Places(file, self.keys, options, self.findings)

    def objects(self) -> Iterator[FileObject]:
        """All objects of the file, in the order of the reader."""
        for person in self.file.persons:
            yield self._object("person", person, person.name, self._person(person))
        for one in self.file.organizations:
            yield self._object("organization", one, one.name, self._organization(one))
        for area in self.file.areas:
            yield self._object("area", area, area.name, self._area(area))
        for event in self.file.events:
            yield self._object("event", event, event.name, self._event(event))
        for post in self.file.posts:
            yield self._object("post", post, post.label, ())
        for membership in self.file.memberships:
            holder = self.persons.get(membership.person_id)
            name = holder.name if holder else membership.person_id
            yield self._object("membership", membership, name, self._membership(membership))

    def _object(self, record: str, one: Any, name: str, wanted: Iterable[Wanted]) -> FileObject:
        is_first = not one.repeats and self.keys.is_first(record, one)
        made = tuple(wanted) if is_first else ()
        return FileObject(place=one.place, record=record, name=name, raw=one.raw, wanted=made, repeats=one.repeats)

    def _person(self, one: PopoloPerson) -> Iterator[Wanted]:
        if not one.id:
            return
        key = self.keys.key("directory.person", "person", one.id)
        days = said(one.raw, "dates")
        values: dict[str, Any] = {
            "gender": one.gender,
            "born": days.get("born") or one.birth or "",
            "died": days.get("died") or one.death or "",
        }
        if country := self._countries.get(line(one.raw, "national_identity")):
            values["country"] = country
        yield Wanted("directory.person", values, key=key, also=elsewhere(one.raw))
        yield from names_of(one, key)
        yield from contacts_of("person", key, one)

    def _organization(self, one: PopoloOrganization) -> list[Wanted]:
        if not one.id:
            return []
        days = days_of(one.raw, one.since, one.until)
        values = {**self._texts(one, "name", "short_name"), **days}
        if one.classification == LEGISLATURE:
            return self._chamber(one, values)
        if one.classification == PARTY:
            chamber = one.parent_id if one.parent_id in self._legislatures else self._only()
            if not chamber:
                self.findings.append(Finding(one.place, "doubtful", "not_placed"))
                return []
            key = self.keys.key("directory.faction", "organization", one.id)
            once = {"chamber": self.keys.key("directory.chamber", "organization", chamber)}
            return [Wanted("directory.faction", values, key=key, once=once, also=elsewhere(one.raw))]
        return self._organisation(one, values)

    def _chamber(self, one: PopoloOrganization, values: dict[str, Any]) -> list[Wanted]:
        values["seats"] = one.seats
        key = self.keys.key("directory.chamber", "organization", one.id)
        reached = list(contacts_of("chamber", key, one))
        if self._places is None or one.id in self._chambers:
            return [Wanted("directory.chamber", values, key=key, also=elsewhere(one.raw), own_only=True), *reached]
        chamber, *above = self._places.chamber(one)
        above = [wanted for wanted in above if wanted.kind != "directory.contactpoint"]
        made = Wanted(
            chamber.kind,
            values,
            key=chamber.key,
            once=chamber.once,
            also=elsewhere(one.raw),
            found=chamber.found,
            own_only=True,
        )
        return [made, *reached, *above]

    def _organisation(self, one: PopoloOrganization, values: dict[str, Any]) -> list[Wanted]:
        key = self.keys.key("directory.organisation", "organization", one.id)
        values |= self._texts(one, "acronym")
        if one.parent_id and one.parent_id != one.id:
            values["parent"] = self.keys.key("directory.organisation", "organization", one.parent_id)
        kind = one.classification if one.classification in Organisation.Kind.values else Organisation.Kind.OTHER
        code = f"{self.keys.source_key[:40]}-{digest(one.id, 8)}"
        made = Wanted(
            "directory.organisation", values, key=key, once={"code": code, "kind": kind}, also=elsewhere(one.raw)
        )
        return [made, *contacts_of("organisation", key, one)]

    def _area(self, one: PopoloArea) -> list[Wanted]:
        above = line(one.raw, "organization_id")
        chamber = above if above in self._legislatures else self._only()
        if not one.id or not chamber:
            return []
        values: dict[str, Any] = self._texts(one, "name")
        number = line(one.raw, "identifier")
        if number.isascii() and number.isdigit() and len(number) < 10:
            values["number"] = int(number)
        key = self.keys.key("directory.constituency", "area", one.id)
        once = {"chamber": self.keys.key("directory.chamber", "organization", chamber)}
        return [Wanted("directory.constituency", values, key=key, once=once, also=elsewhere(one.raw))]

    def _event(self, one: PopoloEvent) -> list[Wanted]:
        if not one.id or one.organization_id not in self._legislatures:
            return []
        chamber = self.keys.key("directory.chamber", "organization", one.organization_id)
        if not one.is_term:
            held_on = said(one.raw, "dates").get("held_on") or one.since
            key = self.keys.key("directory.election", "event", one.id)
            return [Wanted("directory.election", {"held_on": held_on}, key=key, once={"chamber": chamber})]
        convocation = self._convocation_of(one)
        days = days_of(one.raw, one.since, one.until)
        found = []
        if convocation not in self._convocations:
            self._convocations.add(convocation)
            found.append(self._convocation(one, convocation, days))
        term = self.keys.key("directory.chamberterm", "event", one.id)
        # A period of this database without a term of its chamber: nobody noted when it began there.
        if term[1] == OWN or convocation[1] != OWN:
            once = {"chamber": chamber, "convocation": convocation}
            found.append(Wanted("directory.chamberterm", days, key=term, once=once))
        return found

    def _convocation(self, one: PopoloEvent, key: Key, days: dict[str, str]) -> Wanted:
        values: dict[str, Any] = self._texts(one, "name")
        number = one.raw.get("number")
        if isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 10**9:
            values["number"] = number
        # Its own days are not in the file, only those of its term in the chamber.
        once = {**days, "parliament": self._parliament(one.organization_id)}
        return Wanted("directory.convocation", values, key=key, once=once, also=elsewhere(one.raw))

    def _convocation_of(self, one: PopoloEvent) -> Key:
        value = line(one.raw, "convocation_id") or one.id
        return self.keys.key("directory.convocation", "event", value)

    def _parliament(self, legislature: str) -> Key | int:
        held = self._chambers.get(legislature)
        if held is not None or self._places is None:
            return held.parliament_id if held else 0
        return self._places.parliament_of(legislature)

    def _membership(self, one: PopoloMembership) -> list[Wanted]:
        organization = self.organizations.get(one.organization_id)
        if organization is None or one.person_id not in self.persons:
            return []
        person = self.keys.key("directory.person", "person", one.person_id)
        values: dict[str, Any] = {"person": person, **days_of(one.raw, one.since, one.until)}
        if "office" in one.raw:
            return [self._office(one, organization, values)]
        if organization.classification == LEGISLATURE:
            return [self._mandate(one, values), *self._affiliation(one, one.on_behalf_of_id, values)]
        return self._affiliation(one, organization.id, values)

    def _mandate(self, one: PopoloMembership, values: dict[str, Any]) -> Wanted:
        values = values | {"chamber": self.keys.key("directory.chamber", "organization", one.organization_id)}
        event = self.events.get(one.period_id)
        if event is not None:
            values["convocation"] = self._convocation_of(event)
        if one.area_id:
            values["constituency"] = self.keys.key("directory.constituency", "area", one.area_id)
        values |= {name: text for name in ("start_reason", "end_reason") if (text := line(one.raw, name))}
        return Wanted("directory.mandate", values, key=self.keys.key("directory.mandate", "membership", one.key))

    def _affiliation(self, one: PopoloMembership, party: str, values: dict[str, Any]) -> list[Wanted]:
        organization = self.organizations.get(party)
        if organization is None or organization.classification != PARTY:
            return []
        role = "" if one.role == MEMBER else one.role
        values = values | {"faction": self.keys.key("directory.faction", "organization", party), "role": role}
        return [
            Wanted("directory.affiliation", values, key=self.keys.key("directory.affiliation", "membership", one.key))
        ]

    def _office(self, one: PopoloMembership, organization: PopoloOrganization, values: dict[str, Any]) -> Wanted:
        kind = "chamber" if organization.classification == LEGISLATURE else "organisation"
        values = values | {
            "kind": line(one.raw, "office"),
            "title": texts_of(one.raw, "title") or {self._language: one.label},
            kind: self.keys.key(f"directory.{kind}", "organization", organization.id),
        }
        if country := self._countries.get(line(one.raw, "country")):
            values["country"] = country
        return Wanted("directory.office", values, key=self.keys.key("directory.office", "membership", one.key))

    def _texts(self, one: Any, *names: str) -> dict[str, dict[str, str]]:
        """Texts by field; the name in the language of the import where somebody took ours away."""
        found = {name: texts_of(one.raw, name) for name in names}
        if "name" in found and not found["name"]:
            found["name"] = {self._language: one.name}
        return {name: texts for name, texts in found.items() if texts}

    def _only(self) -> str:
        return next(iter(self._legislatures)) if len(self._legislatures) == 1 else ""
