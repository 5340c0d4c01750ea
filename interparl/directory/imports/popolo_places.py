"""Where a Popolo file belongs: the chamber of its legislature, the parliament and the country above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.core.models import Identifier
from interparl.directory.imports.popolo_keys import Keys, digest
from interparl.directory.imports.popolo_people import contacts
from interparl.directory.models import Chamber, Country, Parliament
from interparl.exchange.actions import Key, Wanted
from interparl.exchange.rules import Finding, PopoloFile, PopoloOrganization

CHAMBER, PARLIAMENT, COUNTRY = "directory.chamber", "directory.parliament", "directory.country"
WIKIDATA = "wikidata"
LONGEST_PARLIAMENT_CODE = 14


class Places:
    """Finds the chamber of each legislature of a file, or plans it with what it needs above it.

    A chamber is the one known by the file's key, the one named by the option, or the one with the same Wikidata id.
    Else it is new: in the parliament of the country named by the option, else in a place made for the file. Nothing
    is guessed from names.
    """

    def __init__(self, file: PopoloFile, keys: Keys, options: Mapping[str, str], findings: list[Finding]) -> None:
        self.keys = keys
        self.findings = findings
        self.language = options.get("language") or settings.LANGUAGE_CODE
        self.legislatures = file.legislatures
        self._named = _chamber(options.get("chamber", ""))
        self._country = _country(options.get("country", ""))
        if self._named and len(self.legislatures) != 1:
            raise ValidationError(
                _("The file has %(number)s legislatures; a chamber can be named only for one.")
                % {"number": len(self.legislatures)}
            )
        self._known = self._stored()
        self._found = {one.id: self._chamber_of(one) for one in self.legislatures}

    def chamber_key(self, legislature: str) -> Key:
        """The key of the chamber of a legislature of the file."""
        return self.keys.key(CHAMBER, "organization", legislature)

    def parliament_of(self, legislature: str) -> Key | int:
        """The parliament of that chamber: its id, or the key of a new one."""
        found = self._found.get(legislature)
        return found.parliament_id if found else self._parliament()

    def chamber(self, one: PopoloOrganization) -> list[Wanted]:
        """The chamber, and what is new above it."""
        found, key = self._found.get(one.id), self.chamber_key(one.id)
        values: dict[str, Any] = {"name": {self.language: one.name}, "seats": one.seats}
        values |= {"since": one.since or "", "until": one.until or ""}
        chamber = Wanted(
            CHAMBER,
            values,
            key=key,
            once={} if found else self._once(one),
            also=self.keys.elsewhere(one, self.findings),
            found=found.pk if found and one.id not in self._known else None,
            own_only=True,
        )
        reached = contacts("chamber", key, one.contacts)
        return [chamber, *reached] if found else [chamber, *reached, *self._above(one)]

    def organisation(self, one: PopoloOrganization) -> Wanted:
        """An executive, a committee or any other organisation that is neither a legislature nor a party."""
        key = self.keys.key("directory.organisation", "organization", one.id)
        values = {"name": {self.language: one.name}, "since": one.since or "", "until": one.until or ""}
        once = {"code": f"{self.keys.source_key[:40]}-{digest(one.id, 8)}", "kind": "other"}
        return Wanted("directory.organisation", values, key=key, once=once)

    def _once(self, one: PopoloOrganization) -> dict[str, Any]:
        parliament = self._parliament()
        above = self.keys.code()
        if isinstance(parliament, int):
            above = Parliament.objects.values_list("code", flat=True).get(pk=parliament)
        code = f"{above[:LONGEST_PARLIAMENT_CODE].strip('-')}-{digest(self.keys.scheme(one.id), 4).upper()}"
        return {"code": code, "parliament": parliament, "kind": Chamber.Kind.SINGLE}

    def _above(self, one: PopoloOrganization) -> list[Wanted]:
        """The parliament and the country that are made for a chamber that belongs nowhere yet."""
        parliament = self._parliament()
        if isinstance(parliament, int) or self._found_above(one):
            return []
        country: Key | int = self._country.pk if self._country else self._own(COUNTRY)
        code = self.keys.code()
        if self._country:
            code = f"{self._country.code}-{digest(self.keys.source_key, 4).upper()}"
        name = {self.language: one.name}
        found = [
            Wanted(PARLIAMENT, {}, key=self._own(PARLIAMENT), once={"code": code, "name": name, "country": country})
        ]
        if self._country is None:
            once = {"code": code, "name": {self.language: self.keys.source_key}}
            found.append(Wanted(COUNTRY, {}, key=self._own(COUNTRY), once=once))
            self.findings.append(Finding(one.place, "note", "no_country", {"code": code}))
        return found

    def _found_above(self, one: PopoloOrganization) -> bool:
        """Whether an earlier legislature of the file brings the parliament along."""
        new = [each.id for each in self.legislatures if self._found[each.id] is None]
        return bool(new) and new[0] != one.id

    def _own(self, kind: str) -> Key:
        return kind, self.keys.scheme("file"), kind.rpartition(".")[2]

    def _parliament(self) -> Key | int:
        """The country's only parliament of today, else the one that is made for the file."""
        if self._country:
            several = list(Parliament.objects.filter(country=self._country, until="").values_list("pk", flat=True)[:2])
            if len(several) == 1:
                return several[0]
        return self._own(PARLIAMENT)

    def _stored(self) -> dict[str, Chamber]:
        """Chambers that earlier editions were about, by the id of the legislature."""
        ids = dict(Identifier.objects.of(CHAMBER, self.keys.scheme("organization")).values_list("value", "object_id"))
        chambers = Chamber.objects.in_bulk(list(ids.values()))
        return {value: chambers[pk] for value, pk in ids.items() if pk in chambers}

    def _chamber_of(self, one: PopoloOrganization) -> Chamber | None:
        wikidata = {each.identifier for each in one.identifiers if each.scheme == WIKIDATA}
        if known := self._known.get(one.id):
            self._refuse_another(known, one, wikidata)
            return known
        if self._named:
            return self._named
        held = Identifier.objects.of(CHAMBER, WIKIDATA).filter(value__in=wikidata).values_list("object_id", flat=True)
        return Chamber.objects.filter(pk__in=held).first() if len(set(held)) == 1 else None

    def _refuse_another(self, known: Chamber, one: PopoloOrganization, wikidata: set[str]) -> None:
        """An edition of a source is about the chamber that earlier editions were about."""
        held = set(Identifier.objects.of(CHAMBER, WIKIDATA).filter(object_id=known.pk).values_list("value", flat=True))
        is_other = bool(held) and bool(wikidata) and held.isdisjoint(wikidata)
        if is_other or (self._named and self._named.pk != known.pk):
            words = {"name": one.name, "chamber": str(known), "key": self.keys.source_key}
            raise ValidationError(
                _(
                    "Earlier editions of “%(key)s” were about %(chamber)s, this file is about %(name)s. "
                    "Give another key of the source."
                )
                % words
            )


def _chamber(code: str) -> Chamber | None:
    if not code:
        return None
    found = Chamber.objects.filter(code__iexact=code).first()
    if found is None:
        raise ValidationError(_("There is no chamber with the code “%(code)s”.") % {"code": code})
    return found


def _country(code: str) -> Country | None:
    if not code:
        return None
    found = Country.objects.filter(code__iexact=code).first()
    if found is None:
        raise ValidationError(_("There is no country with the code “%(code)s”.") % {"code": code})
    return found
