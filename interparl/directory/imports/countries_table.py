"""Lists of countries, with or without their legislatures and the terms of these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from interparl.directory.imports.countries import COUNTRY, Countries, new_country
from interparl.directory.imports.legislatures import Legislatures
from interparl.directory.imports.popolo_keys import Keys
from interparl.directory.models import Country
from interparl.exchange.actions import FileObject, Key, Plan, Wanted, read_mapped
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.folding import fold

KIND = "countries"
NEEDS = {"no_country_named": ("code", "alpha3", "name")}
KINDS = ("country", "legislature", "term")
PLAIN = ("alpha3", "numeric", "region")
TEXTS = ("name", "official_name", "capital")
NUMERIC = 3


def plan_countries(data: bytes, *, name: str, source_key: str, options: Mapping[str, str]) -> Plan:
    """What a list of countries stands for. Options: `mapping`, `language`.

    A country that is here already is found by its code, else by its name, and only completed. Raises UnreadableFile.
    """
    read = read_mapped(KIND, data, name=name, options=options, needs=NEEDS)
    keys = Keys(source_key)
    plan = CountriesPlan(keys, read.language or settings.LANGUAGE_CODE)
    objects = [one for row in read.mapped.rows for one in plan.objects(row)]
    found = {one.record for one in objects}
    return Plan(
        objects=objects,
        findings=[*read.mapped.findings, *read.unread(), *plan.findings, *plan.legislatures.findings],
        records=[kind for kind in KINDS if kind == "country" or kind in found],
        title=read.mapping.title or keys.title_of(name),
        url=keys.address_of(read.mapping.url),
        rows=len(read.mapped.table.rows),
        recognised=read.recognised,
        known={**plan.known, **plan.legislatures.known},
    )


class CountriesPlan:
    """Turns rows about countries into wanted records."""

    def __init__(self, keys: Keys, language: str) -> None:
        self.keys = keys
        self.language = language
        self.findings: list[Finding] = []
        self.known: dict[Key, int] = {}
        self.legislatures = Legislatures(keys, language)
        self._countries = Countries(language)
        self._stored = {one.code: one for one in Country.objects.all()}
        self._by_key = {one.pk: one for one in self._stored.values()}
        self._seen: dict[str, str] = {}

    def objects(self, row: MappedRow) -> Iterator[FileObject]:
        """The country of a row, then its legislatures and their terms."""
        named = row.text("name") or row.text("code") or row.text("alpha3")
        code = self._code(row)
        if not code:
            self.findings.append(Finding(row.place, "doubtful", "unknown_country", {"code": named[:60]}))
            yield FileObject(row.place, "country", named, row.raw)
            return
        if earlier := self._seen.get(code):
            self.findings.append(Finding(row.place, "note", "same_again", {"earlier": earlier}))
            yield FileObject(row.place, "country", named, row.raw, repeats=earlier)
        else:
            self._seen[code] = row.place
            yield FileObject(row.place, "country", named, row.raw, (self._country(row, code),))
        yield from self.legislatures.objects(row, code, self._key(code), named)

    def _code(self, row: MappedRow) -> str:
        """The code of the country: as it stands, by three letters, else by its name."""
        code = row.text("code").upper().replace("_", "-")
        if code in self._stored:
            return code
        alpha3 = row.text("alpha3") or (code if len(code) == NUMERIC else "")
        for text in (code if len(code) == 2 else "", alpha3, "" if code else row.text("name")):
            found = self._countries.of(text) if text else None
            if isinstance(found, int):
                return self._by_key[found].code
            if found:
                return found[2]
        return "" if code == alpha3.upper() and code.isalpha() else code

    def _key(self, code: str) -> Key:
        return self.keys.key(COUNTRY, "country", code)

    def _country(self, row: MappedRow, code: str) -> Wanted:
        values = self._values(row)
        key, also = (
            self._key(code),
            tuple((one.column.scheme or one.column.source, one.text) for one in row.every("identifier")),
        )
        stored = self._stored.get(code)
        if stored is None:
            # In the other languages it is called as everywhere.
            values["name"] = {**new_country(code, self.language)["name"], **values["name"]}
            return Wanted(COUNTRY, values, key=key, once={"code": code}, also=also)
        self.known[key] = stored.pk
        return Wanted(
            COUNTRY,
            {name: more for name, value in values.items() if (more := _lacking(stored, name, value))},
            key=key,
            also=also,
        )

    def _values(self, row: MappedRow) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in TEXTS:
            for value in row.every(name):
                values.setdefault(name, {}).setdefault(value.column.language or self.language, value.text)
        for name in PLAIN:
            if text := row.text(name):
                values[name] = text
        if region := values.pop("region", ""):
            if (known := fold(region)) in Country.Region.values:
                values["region"] = known
            else:
                self.findings.append(Finding(row.place, "note", "unknown_region", {"value": region[:60]}))
        if "alpha3" in values:
            values["alpha3"] = values["alpha3"].upper()
        # Workbooks lose noughts at the beginning.
        if values.get("numeric", "").isdigit():
            values["numeric"] = values["numeric"].zfill(NUMERIC)
        if not values.get("name"):
            values["name"] = {self.language: row.text("code")}
        return values


def _lacking(stored: Country, name: str, value: Any) -> Any:
    """What of a value a stored country does not have yet."""
    held = stored.serializable_value(name)
    if isinstance(value, dict):
        return {language: text for language, text in value.items() if not (held or {}).get(language, {}).get("text")}
    return "" if held else value
