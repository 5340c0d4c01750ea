"""A table of people as a Popolo document: each row a person, and what it says of seats, factions and offices.

One person may stand in many rows (one for each seat): what the first row says stands, further names, addresses and keys
are added, and what contradicts is told. So a table and a Popolo file become records by the same ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from interparl.exchange.rules.dates import with_precision
from interparl.exchange.rules.findings import Findings, Json
from interparl.exchange.rules.mapped import MappedRow, Value
from interparl.exchange.rules.names import name_key, part_names
from interparl.exchange.rules.popolo_gathering import Gathered, Source
from interparl.language.cleaning import clean_line

# Fields of a person, with the key of Popolo that each fills.
PLAIN = {
    "family": "family_name",
    "given": "given_name",
    "patronymic": "patronymic_name",
    "additional": "additional_name",
    "prefix": "honorific_prefix",
    "suffix": "honorific_suffix",
    "sort_name": "sort_name",
    "gender": "gender",
    "citizenship": "national_identity",
    "about": "biography",
    "photo": "image",
}
FIELD_OF = {key: name for name, key in PLAIN.items()} | {"birth_date": "born", "death_date": "died"}
CONTACTS = ("email", "phone", "cell", "fax", "address", "twitter", "facebook", "instagram", "contact")
SEAT = ("chamber", "term", "constituency", "constituency_id", "organisation", "role", "since", "until", "seat_id")
PARTY = ("faction", "faction_id")
# What makes a seat of a row that also names an office; its days are then those of the seat.
SEATED = ("chamber", "term", "constituency", "constituency_id", "seat_id", *PARTY)
NAMING = ("name", "family_name", "given_name")
# The name in a further language is as official as the first; Popolo has no word for the language of the first.
OFFICIAL, NAME_LANGUAGE = "official", "name_language"
YES = frozenset({"yes", "true", "1", "да", "так"})


class PeopleTable:
    """Gathers the objects of a table.

    `place` is what the mapping says of where it belongs, `called` what a chamber is called of which nobody says more.
    """

    def __init__(
        self,
        place: Mapping[str, Any],
        findings: Findings,
        *,
        called: str,
        is_of_members: bool,
        has_lists: bool = False,
    ) -> None:
        self.findings = findings
        self._called = called
        self._has_lists = has_lists
        self.gathered = Gathered()
        self.raws: dict[str, Mapping[str, Json]] = {}
        # Rows of which nothing is made, because they name nobody.
        self.nameless: list[MappedRow] = []
        self._place = place
        self._is_of_members = is_of_members
        self._persons: dict[str, dict[str, Any]] = {}
        # What each person’s lists hold already, by the id and the key of the list.
        self._there: dict[tuple[str, str], set[frozenset[tuple[str, str]]]] = {}
        self._places: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}

    def read(self, rows: Iterable[MappedRow]) -> Gathered:
        """All objects, in the order of the rows."""
        for row in rows:
            person = self._person(row)
            if not person:
                continue
            self._seats(row, person, row.place)
            for within in row.within:
                self._seats(within, person, within.place, above=row)
        return self.gathered

    def _add(self, kind: str, place: str, raw: dict[str, Any], row: MappedRow) -> None:
        self.gathered.by_kind[kind].append(Source(place, raw))
        self.raws[place] = row.raw

    def _person(self, row: MappedRow) -> str:
        raw = self._person_of(row)
        held = self._persons.get(raw["id"]) if raw["id"] else None
        if held is None and not any(raw.get(key) for key in NAMING):
            # A post without a holder, say: no error that would hold up all the others.
            self.findings.add(row.place, "doubtful", "names_nobody")
            self.nameless.append(row)
            return ""
        if held is None:
            self._persons[raw["id"]] = raw
            self._places[raw["id"]] = row.place
            self._add("persons", row.place, raw, row)
        else:
            if not row.text("id"):
                self.findings.add(row.place, "note", "joined_by_name", earlier=self._places[raw["id"]])
            self._join(held, raw, row)
        return str(raw["id"])

    def _person_of(self, row: MappedRow) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for name, key in PLAIN.items():
            if text := row.text(name):
                raw[key] = text
        names = row.every("name")
        if names:
            raw |= {key: value for key, value in _named(names[0]).items() if key not in raw}
            if names[0].column.language:
                raw[NAME_LANGUAGE] = names[0].column.language
        for name, key in (("born", "birth_date"), ("died", "death_date")):
            if text := row.text(name):
                raw[key] = with_precision(text, row.text(f"{name}_precision"))
                if raw[key] != text:
                    self.findings.add(
                        row.place, "note", "less_precise", field=_heading(row, name), value=text, read=raw[key]
                    )
        name = raw.get("name") or " ".join(raw[key] for key in ("given_name", "family_name") if key in raw)
        raw["id"] = row.text("id") or _own_id(name, raw.get("birth_date", ""))
        others = [(value, OFFICIAL if value.column.language else "") for value in names[1:]]
        others += [(value, "") for value in row.every("other_name")]
        raw["other_names"] = [_other(value, note) for value, note in others if value.text != raw.get("name")]
        raw["identifiers"] = [
            {"scheme": value.column.scheme or value.column.source, "identifier": value.text}
            for value in row.every("identifier")
        ]
        raw["contact_details"] = [
            {"type": value.column.scheme or name if name == "contact" else name, "value": value.text}
            for name in CONTACTS
            for value in row.every(name)
        ]
        raw["links"] = [
            {"url": value.text, "note": value.column.note} for name in ("website", "link") for value in row.every(name)
        ]
        raw["sources"] = [{"url": value.text, "note": value.column.note} for value in row.every("source")]
        return raw

    def _join(self, held: dict[str, Any], raw: dict[str, Any], row: MappedRow) -> None:
        """Adds what a further row of the same person says."""
        for key, value in raw.items():
            if isinstance(value, list):
                self._add_to(held, key, value)
            elif key not in held:
                held[key] = value
            elif held[key] != value and key == "name":
                self._add_to(held, "other_names", [{"name": value}])
            elif held[key] != value:
                field = _heading(row, FIELD_OF.get(key, key))
                words = {"field": field, "value": str(value)[:60], "here": str(held[key])[:60]}
                self.findings.add(row.place, "note", "says_otherwise", **words)

    def _add_to(self, held: dict[str, Any], key: str, more: Iterable[dict[str, str]]) -> None:
        """Adds what the list of a person does not hold yet; one may stand in very many rows."""
        kept: list[dict[str, str]] = held.setdefault(key, [])
        if (spot := (held["id"], key)) not in self._there:
            self._there[spot] = {frozenset(one.items()) for one in kept}
        for one in more:
            if (what := frozenset(one.items())) not in self._there[spot]:
                self._there[spot].add(what)
                kept.append(one)

    def _seats(self, row: MappedRow, person: str, place: str, above: MappedRow | None = None) -> None:
        """The memberships that a row tells of: a seat in a chamber, in a faction, and offices."""
        if (holds := row.text("holds")) and holds.casefold() not in YES:
            self.findings.add(place, "note", "does_not_sit", value=holds[:60])
            return
        days = {key: row.text(name) for key, name in (("start_date", "since"), ("end_date", "until"))}
        offices = row.every("office")
        has_seat = any(row.text(name) for name in (SEATED if offices else (*SEAT, *PARTY)))
        if above is None and self._has_lists:
            has_seat = False
        elif above is None and self._is_of_members:
            has_seat = True
        if has_seat:
            self._membership(row, person, place, days, above)
        for at, value in enumerate(offices):
            self._office(row, person, f"{place}.office[{at}]", value, {} if has_seat else days)

    def _membership(
        self, row: MappedRow, person: str, place: str, days: dict[str, str], above: MappedRow | None
    ) -> None:
        spot = f"{place}.membership"
        faction = self._faction(row, spot)
        only_party = faction and not any(row.text(name) for name in SEAT if name not in ("since", "until", "role"))
        raw: dict[str, Any] = {"person_id": person, **{key: value for key, value in days.items() if value}}
        if only_party and above is not None:
            raw["organization_id"] = faction
        else:
            raw["organization_id"] = self._organization(row, spot)
            raw["on_behalf_of_id"] = faction
            raw["area_id"] = self._area(row, spot) or (self._area(above, spot) if above else "")
            raw["legislative_period_id"] = self._term(row, spot) or (self._term(above, spot) if above else "")
        if row.text("seat_id"):
            raw["id"] = row.text("seat_id")
        if row.text("role"):
            raw["role"] = row.text("role")
        self._add("memberships", spot, {key: value for key, value in raw.items() if value}, row)

    def _office(self, row: MappedRow, person: str, place: str, title: Value, days: dict[str, str]) -> None:
        organization = self._organization(row, place, is_of_office=True)
        post = self._once("posts", f"{organization}|{title.text}", f"{place}.post", row, label=title.text)
        raw = {"person_id": person, "organization_id": organization, "post_id": post, "label": title.text}
        self._last("posts", post, organization_id=organization)
        self._add("memberships", place, raw | {key: value for key, value in days.items() if value}, row)

    def _organization(self, row: MappedRow, place: str, *, is_of_office: bool = False) -> str:
        """The chamber or organisation of the row, else the one that the mapping names, else the table's only one.

        An office of which nobody says where it is held belongs to an organisation that is not known.
        """
        if chamber := row.text("chamber"):
            return self._once(
                "organizations", chamber, f"{place}.chamber", row, name=chamber, classification="legislature"
            )
        if organisation := row.text("organisation"):
            return self._once(
                "organizations", organisation, f"{place}.organisation", row, name=organisation, classification="other"
            )
        if "organisation" in self._place:
            told = self._place["organisation"]
            return self._once(
                "organizations", told["id"], f"{place}.organisation", row, name=told["name"], classification="executive"
            )
        told = self._place.get("chamber", {})
        if is_of_office and not told and not self._is_of_members:
            return self._once(
                "organizations", "unknown", f"{place}.organisation", row, name="unknown", classification="other"
            )
        key, name = told.get("id", "chamber"), told.get("called", "") or self._called
        return self._once("organizations", key, f"{place}.chamber", row, name=name, classification="legislature")

    def _faction(self, row: MappedRow, place: str) -> str:
        name, key = row.text("faction"), row.text("faction_id")
        if not name and not key:
            return ""
        return self._once(
            "organizations", key or name, f"{place}.faction", row, name=name or key, classification="party"
        )

    def _area(self, row: MappedRow, place: str) -> str:
        name, key = row.text("constituency"), row.text("constituency_id")
        return self._once("areas", key or name, f"{place}.constituency", row, name=name or key) if name or key else ""

    def _term(self, row: MappedRow, place: str) -> str:
        told = self._place.get("term", {})
        key = row.text("term") or told.get("id", "")
        if not key:
            return ""
        values = {"name": told.get("name", key), "classification": "legislative period"}
        if key == told.get("id"):
            values |= {name: told[own] for name, own in (("start_date", "since"), ("end_date", "until")) if own in told}
        made = self._once("events", key, f"{place}.term", row, **values)
        self._last("events", made, organization_id=self._organization(row, place))
        return made

    def _once(self, kind: str, key: str, place: str, row: MappedRow, **values: str) -> str:
        """The id of an object that rows name again and again; the first row that names it brings it."""
        key = clean_line(key)
        if (kind, key) not in self._known:
            self._known[kind, key] = key
            self._add(kind, place, {"id": key, **values}, row)
        return key

    def _last(self, kind: str, key: str, **values: str) -> None:
        """Completes an object that was just made."""
        source = self.gathered.by_kind[kind][-1] if self.gathered.by_kind[kind] else None
        if source is not None and source.raw["id"] == key:
            source.raw.update({name: value for name, value in values.items() if name not in source.raw})


def _own_id(name: str, born: str) -> str:
    """The id of a person who has none in the table: the name, and the birth where it is known."""
    return "|".join(part for part in (name_key(name), born) if part)


def _heading(row: MappedRow, name: str) -> str:
    """The column that a field came from, which for the parts of a name may be that of the whole."""
    value = row.first(name) or row.first("name")
    return value.column.source if value else name


def _named(value: Value) -> dict[str, str]:
    """The name with its parts, as far as the way of writing tells them."""
    text = clean_line(value.text)
    parts = part_names(text, value.column.read)
    if parts is None:
        return {"name": text}
    family, given, patronymic = parts
    found = {"name": f"{given} {family}".strip(), "family_name": family, "given_name": given}
    return found | ({"patronymic_name": patronymic} if patronymic else {})


def _other(value: Value, note: str) -> dict[str, str]:
    found = _named(value)
    if value.column.language:
        found["lang"] = value.column.language
    if note := value.column.note or note:
        found["note"] = note
    return found
