"""Where an event of a table is and whom it is with: the countries that its place and its title name.

Cities are not looked up: what names no country stays the place as it is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from interparl.bodies.imports.bodies_table import EVERYWHERE
from interparl.core.translated import languages
from interparl.directory.imports.countries import Countries
from interparl.directory.models import Country
from interparl.directory.rules.country_names import country_adjectives, country_codes, country_names
from interparl.exchange.actions import Key
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.recognising import Doubt, Recognition, recognise
from interparl.meetings.imports.times import LONGEST_SHOWN
from interparl.meetings.models import VISITS, Kind

Ref = int | Key


@dataclass
class Whereabouts:
    """Where an event takes place, the countries it is with (the main one first), and those that may be meant."""

    where: Ref | None = None
    partners: list[Ref] = field(default_factory=list)
    doubts: list[tuple[Ref, Doubt]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[Ref]:
        """Every country of the event, each once."""
        sure = [*([self.where] if self.where else []), *self.partners]
        return list(dict.fromkeys([*sure, *(country for country, _doubt in self.doubts)]))


class Gazetteer:
    """Reads the countries of rows; `home` is the code of the country whose meetings they are."""

    def __init__(self, language: str, countries: Countries, home: str) -> None:
        self.countries = countries
        self._home, self._language = home, language
        known = dict.fromkeys([language.split("-", maxsplit=1)[0], *languages(), *EVERYWHERE])
        self._names = country_names(country_codes(), known)
        self._adjectives = country_adjectives(country_codes(), known)
        self._read: dict[tuple[str, str], Recognition] = {}
        self._zones: dict[int, str] | None = None

    def of(self, row: MappedRow, kind: str, findings: list[Finding]) -> Whereabouts:
        """The whereabouts of an event of that kind; what names no country is told."""
        found = Whereabouts()
        own = self._named(row, "country", found, findings)
        found.partners = self._named(row, "partner", found, findings)
        there = self._countries(self._in_places(row, findings))
        found.where = next(iter([*own, *there]), None)
        if kind == Kind.OUTGOING:
            found.partners += [*own, *there]
        self._of_titles(row, kind, found)
        found.partners = list(dict.fromkeys(found.partners))
        return found

    def zone_of(self, where: Ref | None) -> str:
        """The zone of a country that is here, "" where it is not known."""
        if self._zones is None:
            self._zones = dict(Country.objects.exclude(zone="").values_list("pk", "zone"))
        return self._zones.get(where, "") if isinstance(where, int) else ""

    def _named(self, row: MappedRow, name: str, found: Whereabouts, findings: list[Finding]) -> list[Ref]:
        """The countries that a column names outright."""
        several = []
        for value in row.every(name):
            country = self.countries.of(value.text)
            if country is None and len(sure := self._recognised(value.text, home="").sure) == 1:
                country = self.countries.of(sure[0])
            if country is None:
                findings.append(Finding(row.place, "note", "unknown_country", {"code": value.text[:LONGEST_SHOWN]}))
                found.unknown.append(value.text)
            elif country not in several:
                several.append(country)
        return several

    def _in_places(self, row: MappedRow, findings: list[Finding]) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for value in row.every("places"):
            code = self.countries.code_of(value.text)
            sure = (code,) if code else self._recognised(value.text, home="").sure
            codes |= dict.fromkeys(sure)
            if not sure:
                params = {"place": value.text[:LONGEST_SHOWN]}
                findings.append(Finding(row.place, "note", "place_without_country", params))
        return tuple(codes)

    def _of_titles(self, row: MappedRow, kind: str, found: Whereabouts) -> None:
        """Who is named in a title is met, where nothing else tells whom it is with; what only may be is asked about."""
        if found.partners or (kind not in VISITS and kind != Kind.TALKS):
            return
        doubts: dict[Ref, Doubt] = {}
        for value in row.every("partners"):
            read = self._recognised(value.text, home=self._home)
            found.partners += self._countries(read.sure)
            doubts |= {one: doubt for doubt in read.doubtful for one in self._countries((doubt.code,))}
        if not found.partners:
            found.doubts = list(doubts.items())

    def _countries(self, codes: tuple[str, ...]) -> list[Ref]:
        return [one for code in codes if (one := self.countries.of(code)) is not None]

    def _recognised(self, text: str, *, home: str) -> Recognition:
        if (text, home) not in self._read:
            self._read[text, home] = recognise(
                text, self._names, self._language, home=home, adjectives=self._adjectives
            )
        return self._read[text, home]
