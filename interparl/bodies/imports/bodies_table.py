"""Tables of bodies: groups, commissions, delegations, with the countries in their titles and perhaps their members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from interparl.bodies.imports.places import Place
from interparl.bodies.imports.sitting import Sitting
from interparl.bodies.models import Body
from interparl.directory.imports.countries import Countries
from interparl.directory.imports.own_rows import OwnRows
from interparl.directory.imports.parliaments import Owner, owner_of
from interparl.directory.imports.popolo_keys import Keys, digest
from interparl.directory.models import Organisation
from interparl.directory.rules.country_names import country_adjectives, country_codes, country_names
from interparl.exchange.actions import FileObject, Key, Plan, ReadTable, Wanted, began, read_mapped
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.folding import fold
from interparl.language.recognising import Doubt, Recognition, recognise

KIND, BODY, PART, PARTNER = "bodies-csv", "bodies.body", "bodies.part", "bodies.partner"
MEMBERSHIP = "bodies.membership"
NEEDS = {"no_body_named": ("name",)}
# Languages in which titles name countries, beside that of the file.
EVERYWHERE = ("en", "ru", "be", "uk", "pt", "fr", "de", "es")


def plan_bodies(data: bytes, *, name: str, source_key: str, options: Mapping[str, str]) -> Plan:
    """What a table of bodies stands for. Options: `mapping`, `chamber`, `country`, `language`, `on`, `before`.

    Raises UnreadableFile; ValidationError when an option names nothing, or nothing tells whose bodies they are.
    """
    read = read_mapped(KIND, data, name=name, options=options, needs=NEEDS)
    keys = Keys(source_key)
    plan = BodiesPlan(read, keys, options)
    objects = [one for row in read.mapped.rows for one in plan.objects(row)]
    found = {one.record for one in objects}
    return Plan(
        objects=objects,
        findings=[*read.mapped.findings, *read.unread(), *plan.findings, *plan.sitting.findings],
        records=[kind for kind in ("body", "partner", "person", "membership") if kind == "body" or kind in found],
        title=read.mapping.title or keys.title_of(name),
        url=keys.address_of(read.mapping.url),
        rows=len(read.mapped.table.rows),
        recognised=read.recognised,
        ending=_lasting(read, keys) if read.is_whole else (),
        known=plan.own.known,
    )


def _lasting(read: ReadTable, keys: Keys) -> tuple[tuple[str, str, str], ...]:
    """What ends when a later edition lacks it; members only where the table tells of them."""
    bodies = ((BODY, keys.scheme("body"), "body"), (PART, keys.scheme("body"), "body"))
    members = read.mapping.filled(read.mapped.table.headings) & {"person", "person_id"}
    return (*bodies, *([(MEMBERSHIP, keys.scheme("membership"), "membership")] if members else []))


class BodiesPlan:
    """Turns rows about bodies into wanted records."""

    def __init__(self, read: ReadTable, keys: Keys, options: Mapping[str, str]) -> None:
        self.keys = keys
        self.language = read.language or settings.LANGUAGE_CODE
        self.findings: list[Finding] = []
        self.own = OwnRows(keys)
        if read.mapping.is_own:
            self.own.learn(BODY, (row.text("id") for row in read.mapped.rows))
        self.owner: Owner = owner_of(read.mapping.place, options, keys, read.language)
        people = str(read.mapping.place.get("people", ""))
        self.sitting = Sitting(keys, options, read.language, people=people)
        self.countries = Countries(read.language, made=self.owner.made)
        self.sitting.learn(read.mapped.rows)
        self._began = began(options)
        self._above = list(self.owner.wanted)
        self._seen: dict[str, FileObject] = {}
        languages = dict.fromkeys([self.language.split("-")[0], *EVERYWHERE])
        self._names = country_names(country_codes(), languages)
        self._adjectives = country_adjectives(country_codes(), languages)
        self._organisations: dict[str, int] | None = None

    def objects(self, row: MappedRow) -> Iterable[FileObject]:
        """The body of a row, the partners that are in doubt, and its members."""
        title = row.text("name")
        if not title:
            self.findings.append(Finding(row.place, "error", "no_name"))
            yield FileObject(row.place, "body", row.text("id"), row.raw)
            return
        value = row.text("id") or fold(title)
        key = self.own.key(BODY, "body", value)
        if earlier := self._seen.get(value):
            yield self._again(row, title, value, earlier)
        else:
            yield from self._body(row, title, value, key)
        place = Place(key, self.keys.key(PART, "body", value))
        for within in row.within or ([row] if row.text("person_id") or row.text("person") else []):
            yield from self.sitting.objects(within, value, place, title)

    def _again(self, row: MappedRow, title: str, value: str, earlier: FileObject) -> FileObject:
        """A body that stands in the table once more: the same again, or told as another under one id."""
        if earlier.name == title:
            self.findings.append(Finding(row.place, "note", "same_again", {"id": value, "earlier": earlier.place}))
        else:
            words = {"id": value, "earlier": earlier.place}
            self.findings.append(Finding(row.place, "doubtful", "same_id", words))
        return FileObject(row.place, "body", title, row.raw, repeats=earlier.place)

    def _body(self, row: MappedRow, title: str, value: str, key: Key) -> Iterable[FileObject]:
        values = self._said(row)
        if key in self.own.known:
            one = FileObject(row.place, "body", title, row.raw, (Wanted(BODY, values, key=key),))
            doubts: list[FileObject] = []
        else:
            sure, doubts = self._partners(row, key)
            code = f"{self.keys.source_key[:40]}-{digest(value, 8)}"
            once: dict[str, Any] = {"code": code, "chamber": self.owner.chamber}
            if self._began and not row.text("since"):
                once["since"] = self._began
            side = {"body": key, "parliament": self.owner.parliament}
            part = Wanted(PART, side, key=self.keys.key(PART, "body", value))
            wanted = (Wanted(BODY, values, key=key, once=once), part, *self._new_above(), *sure)
            one = FileObject(row.place, "body", title, row.raw, wanted)
        self._seen[value] = one
        yield one
        yield from doubts

    def _said(self, row: MappedRow) -> dict[str, Any]:
        """What a row says of the body itself; texts by their languages."""
        values: dict[str, Any] = {"name": self._texts(row, "name"), "until": row.text("until")}
        values |= {"since": row.text("since")} if row.text("since") else {}
        if official := self._texts(row, "official_name"):
            values["official_name"] = official
        # A body has no contact points; its page stands below what it is for.
        remarks = self._texts(row, "purpose")
        for value in row.every("website"):
            remarks[self.language] = "\n".join(filter(None, (remarks.get(self.language), value.text)))
        if remarks:
            values["note"] = remarks
        values["kind"] = self._kind(row)
        if (organisation := self._organisation(row)) is not None:
            values["organisation"] = organisation
        return values

    def _texts(self, row: MappedRow, field: str) -> dict[str, str]:
        """The first text of the field in each language."""
        found: dict[str, str] = {}
        for value in row.every(field):
            found.setdefault(value.column.language or self.language, value.text)
        return found

    def _new_above(self) -> list[Wanted]:
        """The parliament and its country, with the first body, where they are new."""
        above, self._above = self._above, []
        return above

    def _kind(self, row: MappedRow) -> str:
        kind = fold(row.text("kind")).replace(" ", "-")
        if kind in Body.Kind.values:
            return kind
        by_label = {fold(str(label)): value for value, label in Body.Kind.choices}
        found = by_label.get(fold(row.text("kind")), "")
        if not found and row.text("kind"):
            self.findings.append(Finding(row.place, "note", "kind_unknown", {"value": row.text("kind")[:60]}))
        return found or Body.Kind.WORKING_GROUP

    def _organisation(self, row: MappedRow) -> int | None:
        """The organisation by its code, name or acronym; told when none is called so."""
        name = row.text("organisation")
        if not name:
            return None
        if self._organisations is None:
            self._organisations = {}
            for one in Organisation.objects.order_by("pk"):
                texts = [
                    one.code,
                    *(text["text"] for each in (one.name, one.short_name, one.acronym) for text in each.values()),
                ]
                for text in texts:
                    self._organisations.setdefault(fold(text), one.pk)
        found = self._organisations.get(fold(name))
        if found is None:
            self.findings.append(Finding(row.place, "note", "unknown_organisation", {"name": name[:80]}))
        return found

    def _partners(self, row: MappedRow, body: Key) -> tuple[list[Wanted], list[FileObject]]:
        """Partners that are sure, with the countries that are new, and objects that wait for somebody who knows."""
        sure: dict[int | Key, None] = {}
        doubted: list[tuple[int | Key, Doubt]] = []
        for one in row.every("country"):
            if found := self.countries.of(one.text):
                sure[found] = None
            else:
                self.findings.append(Finding(row.place, "note", "unknown_country", {"code": one.text[:60]}))
        for one in row.every("partners"):
            recognition = self._recognise(one.text)
            sure |= {found: None for code in recognition.sure if (found := self.countries.of(code))}
            doubted += [(found, doubt) for doubt in recognition.doubtful if (found := self.countries.of(doubt.code))]
        # A country is made with the body: other bodies must not wait for a decision about this one.
        made = [
            one for country in [*sure, *(each for each, _doubt in doubted)] for one in self.countries.wanted(country)
        ]
        doubts = [
            self._doubt(row, f"{row.place}.partner[{at}]", doubt, _partner(body, country))
            for at, (country, doubt) in enumerate(doubted)
            if country not in sure
        ]
        return [*(_partner(body, country) for country in sure), *made], doubts

    def _doubt(self, row: MappedRow, place: str, doubt: Doubt, wanted: Wanted) -> FileObject:
        words = {"words": doubt.words, "reason": str(doubt.reason), "code": doubt.code}
        self.findings.append(Finding(place, "doubtful", "country_doubted", words))
        return FileObject(place, "partner", f"{doubt.words} – {doubt.code}", row.raw, (wanted,))

    def _recognise(self, text: str) -> Recognition:
        return recognise(text, self._names, self.language, home=self.owner.country, adjectives=self._adjectives)


def _partner(body: Key, country: int | Key) -> Wanted:
    values = {"body": body, "country": country}
    return Wanted(PARTNER, values, whole="body", same_by=("country",), pair_by=("country",))
