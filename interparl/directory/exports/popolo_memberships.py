"""The memberships and posts of a Popolo file: mandates, affiliations and offices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from interparl.core.translated import shown, texts_of
from interparl.directory.exports.asking import Asked, Row, pieces
from interparl.directory.exports.popolo_people import PERSON
from interparl.directory.exports.popolo_places import AREA, CHAMBER, FACTION, ORGANISATION, Places
from interparl.directory.exports.popolo_values import Ids, Json, put_days, put_identifiers, put_texts
from interparl.directory.models import Affiliation, Country, Mandate, Office

MANDATE, AFFILIATION, OFFICE = "directory.mandate", "directory.affiliation", "directory.office"
MEMBER = "member"


class Memberships:
    """Writes the memberships of the people of the file, and the posts that are their offices.

    A mandate and an affiliation of the same chamber and days are one membership "on behalf of" the faction where it is
    sure that they belong together; other affiliations are memberships of the faction. Popolo knows no membership
    without an organisation, so an office that belongs to none is left out and counted (`left_out`).
    """

    def __init__(self, asked: Asked, people: Ids, places: Places) -> None:
        self.asked = asked
        self.people = people
        self.places = places
        self.ids = Ids()
        self.refs: dict[str, dict[str, int]] = {}
        self.posts: dict[str, Json] = {}
        self.left_out = 0
        self._countries = {row["pk"]: row["code"] for row in asked.values(asked.rows(Country), "code")}

    def objects(self) -> Iterator[Json]:
        """All memberships, person by person."""
        everybody = [key for kind, key in self.people.of if kind == PERSON]
        for keys in pieces(everybody):
            mandates = self._rows(Mandate, keys, "chamber", "convocation", "constituency", "start_reason", "end_reason")
            affiliations = self._rows(Affiliation, keys, "faction", "role")
            offices = self._rows(Office, keys, "kind", "title", "chamber", "organisation", "country")
            known = {
                kind: self.asked.identifiers(kind, [row["pk"] for rows in found.values() for row in rows])
                for kind, found in ((MANDATE, mandates), (AFFILIATION, affiliations), (OFFICE, offices))
            }
            for key in keys:
                factions = [row for row in affiliations.get(key, ()) if row["faction"] in self.places.chamber_of]
                seats = [
                    row for row in mandates.get(key, ()) if (CHAMBER, row["chamber"]) in self.places.organizations.of
                ]
                yield from self._of_person(key, seats, factions, offices.get(key, []), known)

    def post_objects(self) -> Iterator[Json]:
        """The posts; they are known when the memberships are written."""
        yield from self.posts.values()

    def _rows(self, model: Any, keys: list[int], *names: str) -> dict[int, list[Row]]:
        found = self.asked.rows(model).filter(person__in=keys)
        return self.asked.grouped(found, "person", "since", "until", *names)

    def _of_person(
        self, key: int, seats: list[Row], factions: list[Row], offices: list[Row], known: dict[str, Any]
    ) -> Iterator[Json]:
        person = self.people.of[PERSON, key]
        joined = self._joined(seats, factions, known)
        for row in seats:
            yield self._seat(person, row, joined.get(row["pk"]), known)
        taken = {row["pk"] for row in joined.values()}
        for row in factions:
            if row["pk"] not in taken:
                yield self._affiliation(person, row, known)
        for row in offices:
            made = self._office(person, row, known)
            if made is not None:
                yield made

    def _joined(self, seats: list[Row], factions: list[Row], known: dict[str, Any]) -> dict[int, Row]:
        """The affiliation of each mandate: of the same chamber and days, and one line of a source or the only ones."""
        found: dict[int, Row] = {}
        for told in (True, False):
            sat = self._by_place(MANDATE, seats, known if told else {})
            joined = self._by_place(AFFILIATION, factions, known if told else {})
            for place, rows in sat.items():
                if len(rows) == 1 == len(joined.get(place, ())):
                    found[rows[0]["pk"]] = joined[place][0]
            seats = [row for row in seats if row["pk"] not in found]
            taken = {row["pk"] for row in found.values()}
            factions = [row for row in factions if row["pk"] not in taken]
        return found

    def _by_place(self, kind: str, rows: list[Row], known: dict[str, Any]) -> dict[tuple[Any, ...], list[Row]]:
        """The rows by chamber and days, and by their key in the source."""
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            chamber = row["chamber"] if kind == MANDATE else self.places.chamber_of[row["faction"]]
            keys = known.get(kind, {}).get(row["pk"], [(row["pk"], "")]) if known else [("", "")]
            found.setdefault((chamber, row["since"], row["until"], keys[0]), []).append(row)
        return found

    def _begun(self, person: str, kind: str, row: Row, known: dict[str, Any]) -> Json:
        mine = known[kind].get(row["pk"], [])
        value, scheme = self.ids.give(kind, row["pk"], mine, "membership")
        self.refs[value] = {kind: row["pk"]}
        made: Json = {"id": value, "person_id": person}
        put_identifiers(made, mine, scheme)
        return made

    def _seat(self, person: str, row: Row, affiliation: Row | None, known: dict[str, Any]) -> Json:
        made = self._begun(person, MANDATE, row, known)
        made["organization_id"] = self.places.organizations.of[CHAMBER, row["chamber"]]
        made["role"] = MEMBER
        if affiliation is not None:
            self.refs[made["id"]][AFFILIATION] = affiliation["pk"]
            made["on_behalf_of_id"] = self.places.organizations.of[FACTION, affiliation["faction"]]
            made["role"] = affiliation["role"] or MEMBER
        if area := self.places.areas.of.get((AREA, row["constituency"])):
            made["area_id"] = area
        if event := self.places.events.get((row["chamber"], row["convocation"])):
            made["legislative_period_id"] = event
        put_days(made, row)
        made |= {name: row[name] for name in ("start_reason", "end_reason") if row[name]}
        return made

    def _affiliation(self, person: str, row: Row, known: dict[str, Any]) -> Json:
        made = self._begun(person, AFFILIATION, row, known)
        made["organization_id"] = self.places.organizations.of[FACTION, row["faction"]]
        made["role"] = row["role"] or MEMBER
        put_days(made, row)
        return made

    def _office(self, person: str, row: Row, known: dict[str, Any]) -> Json | None:
        of = self.places.organizations.of
        above = of.get((CHAMBER, row["chamber"])) or of.get((ORGANISATION, row["organisation"]))
        if above is None:
            self.left_out += 1
            return None
        made = self._begun(person, OFFICE, row, known)
        made["organization_id"] = above
        made["role"] = made["label"] = shown(row["title"], self.asked.language).text or row["kind"]
        put_texts(made, row, self.asked.language, label="title")
        country = self._countries.get(row["country"], "")
        made["post_id"] = self._post(above, row, made["label"], country)
        made["office"] = row["kind"]
        if country:
            made["country"] = country
        put_days(made, row)
        return made

    def _post(self, above: str, row: Row, label: str, country: str) -> str:
        """The id of the post: what makes it is where it is, what it is and what it is called."""
        texts = texts_of(row["title"])
        data = msgspec.json.encode([above, row["kind"], sorted(texts.items()), country])
        value = f"post-{hashlib.sha256(data).hexdigest()[:16]}"
        if value not in self.posts:
            self.posts[value] = {"id": value, "label": label, "role": row["kind"], "organization_id": above}
            if texts:
                self.posts[value]["texts"] = {"title": texts}
        return value


def refs_of(ids: Ids) -> Iterable[tuple[str, dict[str, int]]]:
    """Each id with the record that it stands for."""
    return ((value, {kind: key}) for (kind, key), value in ids.of.items())
