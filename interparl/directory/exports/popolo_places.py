"""The organisations, areas and events of a Popolo file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from interparl.directory.exports.asking import Asked, Row
from interparl.directory.exports.popolo_people import contacts_of, people_of, put_contacts
from interparl.directory.exports.popolo_values import (
    Ids,
    Json,
    put_day,
    put_days,
    put_identifiers,
    put_other_names,
    put_texts,
)
from interparl.directory.models import (
    Chamber,
    ChamberTerm,
    Constituency,
    Convocation,
    Election,
    Faction,
    Mandate,
    Office,
    Organisation,
)

CHAMBER, FACTION, ORGANISATION = "directory.chamber", "directory.faction", "directory.organisation"
AREA, TERM, CONVOCATION = "directory.constituency", "directory.chamberterm", "directory.convocation"
ELECTION = "directory.election"
LIFE = ("founding_date", "dissolution_date")


@dataclass
class Places:
    """Writes where people sit; keeps the ids that memberships point to.

    `events` are the ids by chamber and convocation; `chamber_of` is the chamber of each faction.
    """

    asked: Asked
    organizations: Ids = field(default_factory=Ids)
    areas: Ids = field(default_factory=Ids)
    events: dict[tuple[int, int], str] = field(default_factory=dict)
    chamber_of: dict[int, int] = field(default_factory=dict)
    event_refs: dict[str, dict[str, int]] = field(default_factory=dict)
    _event_ids: Ids = field(default_factory=Ids)
    _convocation_ids: Ids = field(default_factory=Ids)

    def objects(self) -> Iterator[Json]:
        """Chambers, factions and other organisations."""
        yield from self._chambers()
        yield from self._factions()
        yield from self._organisations()

    def _within(self, model: Any, path: str = "chamber") -> Any:
        """The rows of the chamber that is taken out, else those of every chamber."""
        found = self.asked.rows(model)
        return found.filter(**{path: self.asked.chamber}) if self.asked.chamber else found

    def _chambers(self) -> Iterator[Json]:
        asked = self.asked
        found = asked.rows(Chamber).filter(pk=asked.chamber.pk) if asked.chamber else asked.rows(Chamber)
        rows = list(asked.values(found, "name", "short_name", "seats", "since", "until"))
        keys = [row["pk"] for row in rows]
        known, contacts = asked.identifiers(CHAMBER, keys), contacts_of(asked, "chamber", keys)
        for row in rows:
            made = self._organization(row, CHAMBER, known.get(row["pk"], []), "legislature")
            if row["seats"] is not None:
                made["seats"] = row["seats"]
            put_contacts(made, contacts.get(row["pk"], []), asked.language)
            yield made

    def _organization(self, row: Row, kind: str, known: list[tuple[str, str]], classification: str) -> Json:
        value, scheme = self.organizations.give(kind, row["pk"], known, "organization")
        made: Json = {"id": value, "name": value, "classification": classification}
        put_texts(made, row, self.asked.language, name="name")
        more = [name for name in ("short_name", "acronym") if row.get(name)]
        for name in more:
            put_texts(made, row, self.asked.language, **{name: name})
        put_other_names(made, row, "name", *more)
        put_days(made, row, *LIFE)
        put_identifiers(made, known, scheme)
        return made

    def _factions(self) -> Iterator[Json]:
        asked = self.asked
        rows = list(asked.values(self._within(Faction), "name", "short_name", "chamber", "since", "until"))
        known = asked.identifiers(FACTION, [row["pk"] for row in rows])
        for row in rows:
            above = self.organizations.of.get((CHAMBER, row["chamber"]))
            if above is None:
                continue
            self.chamber_of[row["pk"]] = row["chamber"]
            made = self._organization(row, FACTION, known.get(row["pk"], []), "party")
            made["parent_id"] = above
            yield made

    def _organisations(self) -> Iterator[Json]:
        """Those in which people of the file hold an office; without a chamber, all."""
        asked = self.asked
        found = asked.rows(Organisation)
        if asked.chamber is not None:
            offices = asked.rows(Office).filter(person__in=people_of(asked).values("pk"))
            found = found.filter(pk__in=offices.values("organisation"))
        names = ("name", "short_name", "acronym", "kind", "parent", "since", "until")
        rows = list(asked.values(found, *names))
        keys = [row["pk"] for row in rows]
        known, contacts = asked.identifiers(ORGANISATION, keys), contacts_of(asked, "organisation", keys)
        made = {}
        for row in rows:
            made[row["pk"]] = one = self._organization(row, ORGANISATION, known.get(row["pk"], []), row["kind"])
            put_contacts(one, contacts.get(row["pk"], []), asked.language)
        for row in rows:
            if row["parent"] in made:
                made[row["pk"]]["parent_id"] = made[row["parent"]]["id"]
        yield from made.values()

    def area_objects(self) -> Iterator[Json]:
        """Constituencies."""
        asked = self.asked
        rows = list(asked.values(self._within(Constituency), "name", "number", "chamber"))
        known = asked.identifiers(AREA, [row["pk"] for row in rows])
        for row in rows:
            above = self.organizations.of.get((CHAMBER, row["chamber"]))
            if above is None:
                continue
            mine = known.get(row["pk"], [])
            value, scheme = self.areas.give(AREA, row["pk"], mine, "area")
            made: Json = {"id": value, "name": value, "classification": "constituency", "organization_id": above}
            put_texts(made, row, asked.language, name="name")
            put_other_names(made, row, "name")
            if row["number"] is not None:
                made["identifier"] = str(row["number"])
            put_identifiers(made, mine, scheme)
            yield made

    def event_objects(self) -> Iterator[Json]:
        """A legislative period for each chamber and convocation, then elections (not where one day is taken out)."""
        convocations = self._convocations()
        yield from self._terms(convocations)
        yield from self._periods_without_term(convocations)
        if self.asked.day is None:
            yield from self._elections()

    def _convocations(self) -> dict[int, Row]:
        asked = self.asked
        found: Any = Convocation.objects.visible_to(asked.reader)
        if asked.chamber is not None:
            found = found.filter(parliament=asked.chamber.parliament_id)
        rows = {row["pk"]: row for row in asked.values(found, "name", "number", "since", "until")}
        known = asked.identifiers(CONVOCATION, rows)
        for key, row in rows.items():
            row["known"] = known.get(key, [])
            row["id"], row["scheme"] = self._convocation_ids.give(CONVOCATION, key, row["known"], "event")
        return rows

    def _terms(self, convocations: dict[int, Row]) -> Iterator[Json]:
        asked = self.asked
        rows = list(asked.values(self._within(ChamberTerm), "chamber", "convocation", "since", "until"))
        known = asked.identifiers(TERM, [row["pk"] for row in rows])
        for row in rows:
            convocation = convocations.get(row["convocation"])
            above = self.organizations.of.get((CHAMBER, row["chamber"]))
            if convocation is None or above is None:
                continue
            value, _scheme = self._event_ids.give(TERM, row["pk"], known.get(row["pk"], []), "event")
            self.event_refs[value] = {TERM: row["pk"]}
            yield self._period(value, convocation, above, row)

    def _periods_without_term(self, convocations: dict[int, Row]) -> Iterator[Json]:
        """What mandates belong to though nobody noted when that convocation began in their chamber."""
        found = self._within(Mandate).filter(convocation__in=list(convocations))
        for chamber, key in sorted(set(found.order_by().values_list("chamber", "convocation"))):
            above = self.organizations.of.get((CHAMBER, chamber))
            if above is None or (chamber, key) in self.events:
                continue
            convocation = convocations[key]
            value, _scheme = self._event_ids.give(CONVOCATION, key, convocation["known"], "event")
            self.event_refs[value] = {}
            yield self._period(value, convocation, above, {**convocation, "chamber": chamber})

    def _period(self, value: str, convocation: Row, above: str, row: Row) -> Json:
        key = convocation["pk"]
        self.events[row["chamber"], key] = value
        made: Json = {"id": value, "name": value, "classification": "legislative period", "organization_id": above}
        put_texts(made, convocation, self.asked.language, name="name")
        put_other_names(made, convocation, "name")
        put_days(made, row)
        if convocation["number"] is not None:
            made["number"] = convocation["number"]
        if convocation["id"] != value:
            made["convocation_id"] = convocation["id"]
        self.event_refs.setdefault(convocation["id"], {})[CONVOCATION] = key
        put_identifiers(
            made, [pair for pair in convocation["known"] if pair != (convocation["scheme"], convocation["id"])]
        )
        return made

    def _elections(self) -> Iterator[Json]:
        asked = self.asked
        rows = list(asked.values(self._within(Election), "chamber", "held_on"))
        known = asked.identifiers(ELECTION, [row["pk"] for row in rows])
        for row in rows:
            above = self.organizations.of.get((CHAMBER, row["chamber"]))
            if above is None:
                continue
            value, _scheme = self._event_ids.give(ELECTION, row["pk"], known.get(row["pk"], []), "event")
            self.event_refs.setdefault(value, {})[ELECTION] = row["pk"]
            made: Json = {"id": value, "name": value, "classification": "general election", "organization_id": above}
            put_day(made, "start_date", row["held_on"], "held_on")
            made["name"] = f"Election {made.get('start_date', value)}"
            yield made
