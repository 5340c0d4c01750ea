"""Popolo files: legislatures, terms, areas, parties, people and memberships become records of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from interparl.directory.imports.popolo_keys import Keys
from interparl.directory.imports.popolo_own import OwnPlan, is_own
from interparl.directory.imports.popolo_people import People
from interparl.directory.imports.popolo_places import NOWHERE, Places
from interparl.exchange.actions import FileObject, Plan, Wanted, began
from interparl.exchange.rules import (
    LEGISLATURE,
    PARTY,
    Finding,
    PopoloArea,
    PopoloEvent,
    PopoloFile,
    PopoloMembership,
    PopoloOrganization,
    by_id,
    membership_span,
    read_popolo,
)

KINDS = ("person", "organization", "membership", "area", "event", "post")
ELECTION = "election"
# What is only said again in the mandate's own words.
PLAIN_ROLES = frozenset({"", "member", "mp"})
ENDING = ("mandate", "affiliation", "office")
STAYING = (("person", "person"), ("faction", "organization"), ("constituency", "area"), ("convocation", "event"))


def plan_popolo(data: bytes, *, name: str, source_key: str, options: Mapping[str, str]) -> Plan:
    """What a Popolo file stands for. Options: `chamber`, `country` (codes), `language` of names and texts.

    Raises UnreadableFile; ValidationError when an option names nothing or the file is about another legislature.
    """
    file = read_popolo(data, name=name, limit=settings.IMPORT_LIMIT)
    own = OwnPlan(file, source_key, options) if is_own(file) else None
    plan = own or PopoloPlan(file, Keys(source_key), options)
    keys, known = plan.keys, own.keys.known if own else {}
    # What was taken out here shows what its reader may see, so what it lacks is not gone.
    lasting = () if known else ENDING
    staying = () if known else STAYING
    return Plan(
        objects=list(plan.objects()),
        findings=[*file.findings, *plan.findings],
        records=KINDS,
        title=keys.title_of(name),
        url=keys.address_of(file.source),
        ending=tuple((f"directory.{kind}", keys.scheme("membership"), "membership") for kind in lasting),
        staying=tuple((f"directory.{kind}", keys.scheme(record), record) for kind, record in staying),
        known=known,
    )


class PopoloPlan:
    """Turns the objects of one file into wanted records; of a table, `place` says where it belongs (see `Places`).

    `raws` are the rows of a table by the places of the objects that were made of them.
    """

    def __init__(
        self,
        file: PopoloFile,
        keys: Keys,
        options: Mapping[str, str],
        *,
        place: Mapping[str, Any] = NOWHERE,
        raws: Mapping[str, Mapping[str, Any]] = NOWHERE,
    ) -> None:
        self._raws = raws
        self._began = began(options)
        self.file = file
        self.keys = keys
        self.findings: list[Finding] = []
        self.language = options.get("language") or settings.LANGUAGE_CODE
        self.organizations = by_id(file.organizations)
        self.events = by_id(file.events)
        self.areas = by_id(file.areas)
        self.posts = by_id(file.posts)
        self.legislatures = file.legislatures
        self.places = Places(file, keys, options, self.findings, place)
        self.people = People(file, keys, options.get("language", ""), self.findings, brought=self.places.brought)
        self._chambers_of = self._used_in()

    def objects(self) -> Iterable[FileObject]:
        """All objects of the file, in the order of the reader."""
        for person in self.file.persons:
            yield self._object("person", person, person.name, self.people.wanted)
        for one in self.file.organizations:
            yield self._object("organization", one, one.name, self._organization)
        for area in self.file.areas:
            yield self._object("area", area, area.name, self._area)
        for event in self.file.events:
            yield self._object("event", event, event.name, self._event)
        for post in self.file.posts:
            yield self._object("post", post, post.label, lambda _post: ())
        names = {person.id: person.name for person in self.file.persons}
        for membership in self.file.memberships:
            yield self._object(
                "membership", membership, names.get(membership.person_id, membership.person_id), self._membership
            )

    def _object(self, record: str, one: Any, name: str, wanted: Any) -> FileObject:
        is_first = not one.repeats and self.keys.is_first(record, one)
        return FileObject(
            place=one.place,
            record=record,
            name=name,
            raw=self._raws.get(one.place, one.raw),
            wanted=tuple(wanted(one)) if is_first else (),
            repeats=one.repeats,
        )

    def _text(self, text: str) -> dict[str, str]:
        return {self.language: text}

    def _used_in(self) -> dict[str, dict[str, None]]:
        """The legislatures in which each party and area is used; the only one of the file for those that are not."""
        ids = dict.fromkeys(one.id for one in self.legislatures)
        if len(self.legislatures) == 1:
            return dict.fromkeys((*self.organizations, *self.areas), ids)
        found: dict[str, dict[str, None]] = {}
        for membership in self.file.memberships:
            for key in (membership.on_behalf_of_id, membership.area_id):
                if key and membership.organization_id in ids:
                    found.setdefault(key, {})[membership.organization_id] = None
        return found

    def _shared(self, kind: str, record: str, key: str, legislature: str) -> tuple[str, str, str]:
        """The key of a faction or constituency; it names the legislature where one thing of the file is in several."""
        several = self._chambers_of.get(key, ())
        value = key if len(several) <= 1 else f"{key}|{legislature}"
        return self.keys.key(kind, record, value)

    def _organization(self, one: PopoloOrganization) -> Iterable[Wanted]:
        if one.is_unknown or not one.id:
            return ()
        if one.classification == LEGISLATURE:
            return self.places.chamber(one)
        if one.classification == PARTY:
            return self._factions(one)
        return [self.places.organisation(one)]

    def _factions(self, one: PopoloOrganization) -> list[Wanted]:
        return [
            Wanted(
                "directory.faction",
                {"name": self._text(one.name), "since": one.since or "", "until": one.until or ""},
                key=self._shared("directory.faction", "organization", one.id, legislature),
                once={"chamber": self.places.chamber_key(legislature)},
                also=self.keys.elsewhere(one, self.findings),
            )
            for legislature in self._chambers_of.get(one.id, ())
        ]

    def _area(self, one: PopoloArea) -> list[Wanted]:
        return [
            Wanted(
                "directory.constituency",
                {"name": self._text(one.name)},
                key=self._shared("directory.constituency", "area", one.id, legislature),
                once={"chamber": self.places.chamber_key(legislature)},
                also=self.keys.elsewhere(one, self.findings),
            )
            for legislature in (self._chambers_of.get(one.id, ()) if one.id else ())
        ]

    def _event(self, one: PopoloEvent) -> Iterable[Wanted]:
        if not one.id or not (one.is_term or one.classification.endswith(ELECTION)):
            return ()
        legislature = self.organizations.get(one.organization_id)
        if legislature is None or legislature.classification != LEGISLATURE:
            self.findings.append(Finding(one.place, "doubtful", "not_placed"))
            return ()
        if not one.is_term:
            return self._election(one)
        days = {"since": one.since or "", "until": one.until or ""}
        convocation = self.keys.key("directory.convocation", "event", one.id)
        chamber = self.places.chamber_key(legislature.id)
        return [
            Wanted(
                "directory.convocation",
                {"name": self._text(one.name), **days},
                key=convocation,
                once={"parliament": self.places.parliament_of(legislature.id)},
                also=self.keys.elsewhere(one, self.findings),
            ),
            Wanted(
                "directory.chamberterm",
                days,
                key=self.keys.key("directory.chamberterm", "event", one.id),
                once={"chamber": chamber, "convocation": convocation},
            ),
        ]

    def _election(self, one: PopoloEvent) -> list[Wanted]:
        if not one.since:
            return []
        key = self.keys.key("directory.election", "event", one.id)
        once = {"chamber": self.places.chamber_key(one.organization_id)}
        return [Wanted("directory.election", {"held_on": one.since}, key=key, once=once)]

    def _membership(self, one: PopoloMembership) -> list[Wanted]:
        person = self.people.key_of(one.person_id)
        organization = self.organizations.get(one.organization_id)
        if person is None or organization is None or (organization.is_unknown and not one.post_id):
            return []
        since, until = membership_span(one, self.events)
        # A day that the file does not give is not taken from what an edition proved.
        days = {"until": until or ""} | ({"since": since} if since else {})
        if self._is_office(one, organization):
            return [self._office(one, person, organization, days)]
        if organization.classification == LEGISLATURE:
            return [self._mandate(one, person, days), *self._affiliation(one, person, one.on_behalf_of_id, days)]
        if organization.classification == PARTY:
            return self._affiliation(one, person, organization.id, days)
        return [self._office(one, person, organization, days)]

    def _is_office(self, one: PopoloMembership, organization: PopoloOrganization) -> bool:
        """Whether it is an office in a legislature: its post has a name and is the seat of no area."""
        post = self.posts.get(one.post_id)
        is_seat = post is None or bool(post.area_id or one.area_id) or post.label.lower() in PLAIN_ROLES
        return (organization.classification == LEGISLATURE or organization.is_unknown) and not is_seat

    def _mandate(self, one: PopoloMembership, person: tuple[str, str, str], days: dict[str, str]) -> Wanted:
        values: dict[str, Any] = {"person": person, "chamber": self.places.chamber_key(one.organization_id), **days}
        event = self.events.get(one.period_id)
        if event is not None and event.is_term:
            values["convocation"] = self.keys.key("directory.convocation", "event", one.period_id)
        if one.area_id:
            values["constituency"] = self._shared("directory.constituency", "area", one.area_id, one.organization_id)
        key = self.keys.key("directory.mandate", "membership", one.key)
        return Wanted("directory.mandate", values, key=key, once=self._start(days))

    def _start(self, days: dict[str, str]) -> dict[str, str]:
        """When something began of which the file tells no day: by the day of the edition, or between two of them."""
        return {} if "since" in days or not self._began else {"since": self._began}

    def _affiliation(
        self, one: PopoloMembership, person: tuple[str, str, str], party_id: str, days: dict[str, str]
    ) -> list[Wanted]:
        party = self.organizations.get(party_id)
        legislatures = self._chambers_of.get(party_id, {})
        if party is None or party.is_unknown or party.classification != PARTY or not legislatures:
            return []
        legislature = one.organization_id if one.organization_id in legislatures else next(iter(legislatures))
        faction = self._shared("directory.faction", "organization", party_id, legislature)
        role = "" if one.role.lower() in PLAIN_ROLES else one.role
        values = {"person": person, "faction": faction, "role": role, **days}
        key = self.keys.key("directory.affiliation", "membership", one.key)
        return [Wanted("directory.affiliation", values, key=key, once=self._start(days))]

    def _office(
        self,
        one: PopoloMembership,
        person: tuple[str, str, str],
        organization: PopoloOrganization,
        days: dict[str, str],
    ) -> Wanted:
        values: dict[str, Any] = {
            "person": person,
            "title": self._text(one.label or one.role or organization.name),
            **days,
        }
        if organization.classification == LEGISLATURE:
            values["chamber"] = self.places.chamber_key(organization.id)
        elif not organization.is_unknown:
            values["organisation"] = self.keys.key("directory.organisation", "organization", organization.id)
        key = self.keys.key("directory.office", "membership", one.key)
        return Wanted("directory.office", values, key=key, once={"kind": "other", **self._start(days)})
