"""Where a Popolo file belongs: the chamber of its legislature, the parliament and the country above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.core.models import Identifier
from interparl.directory.imports.countries import country_key, new_country
from interparl.directory.imports.popolo_keys import Keys, digest
from interparl.directory.imports.popolo_people import contacts
from interparl.directory.models import Chamber, Country, Parliament
from interparl.exchange.actions import Key, Wanted
from interparl.exchange.rules import Finding, PopoloFile, PopoloOrganization

CHAMBER, PARLIAMENT, COUNTRY = "directory.chamber", "directory.parliament", "directory.country"
WIKIDATA = "wikidata"
LONGEST_PARLIAMENT_CODE = 14
NOWHERE: Mapping[str, Any] = {}


class Places:
    """Finds the chamber of each legislature of a file, or plans it with what it needs above it.

    A chamber is the one known by the file's key, the one named by the option or by the mapping (`place`: country,
    parliament and chamber with their codes), or the one with the same Wikidata id. Else it is new: in the parliament of
    the country that was named, else in a place made for the file. Nothing is guessed from names.
    """

    def __init__(
        self,
        file: PopoloFile,
        keys: Keys,
        options: Mapping[str, str],
        findings: list[Finding],
        place: Mapping[str, Any] = NOWHERE,
    ) -> None:
        self._place = place
        self.keys = keys
        self.findings = findings
        self.language = options.get("language") or settings.LANGUAGE_CODE
        self.legislatures = file.legislatures
        self._named = _chamber(options.get("chamber", "")) or self._mapped_chamber()
        self._country = _country(options.get("country", "")) or self._mapped_country()
        if self._named and len(self.legislatures) != 1:
            raise ValidationError(
                _("The file has %(number)s legislatures; a chamber can be named only for one.")
                % {"number": len(self.legislatures)}
            )
        self._known = self._stored()
        self._found = {one.id: self._chamber_of(one) for one in self.legislatures}
        self._first_new = next((one.id for one in self.legislatures if self._found[one.id] is None), "")

    @property
    def brought(self) -> str:
        """The code of the country that is made for the file, "" for none."""
        is_made = self._country is None and not isinstance(self._parliament(), int) and None in self._found.values()
        return self._told("country", "code") if is_made else ""

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

    def _told(self, name: str, key: str) -> str:
        """What the mapping says of a country, parliament or chamber; "" for nothing."""
        return str(self._place.get(name, {}).get(key, ""))

    def _is_told(self, one: PopoloOrganization) -> bool:
        """Whether what the mapping says of a chamber is about this one."""
        return len(self.legislatures) == 1 or one.id == self._told("chamber", "id")

    def _mapped_chamber(self) -> Chamber | None:
        code = self._told("chamber", "code")
        return Chamber.objects.filter(code=code).first() if code and len(self.legislatures) == 1 else None

    def _mapped_country(self) -> Country | None:
        return Country.objects.filter(code=self._told("country", "code")).first()

    def _once(self, one: PopoloOrganization) -> dict[str, Any]:
        parliament = self._parliament()
        code = self._told("chamber", "code")
        if code and self._is_told(one):
            kind = self._told("chamber", "kind") or Chamber.Kind.SINGLE
            return {"code": code, "parliament": parliament, "kind": kind}
        above = self.keys.code()
        if isinstance(parliament, int):
            above = Parliament.objects.values_list("code", flat=True).get(pk=parliament)
        code = f"{above[:LONGEST_PARLIAMENT_CODE].strip('-')}-{digest(self.keys.scheme(one.id), 4).upper()}"
        return {"code": code, "parliament": parliament, "kind": Chamber.Kind.SINGLE}

    def _above(self, one: PopoloOrganization) -> list[Wanted]:
        """The parliament and the country that are made for a chamber that belongs nowhere yet."""
        parliament = self._parliament()
        if isinstance(parliament, int) or one.id != self._first_new:
            # An earlier legislature of the file brings the parliament along.
            return []
        told = self._told("country", "code")
        new = country_key(told) or self._own(COUNTRY)
        country: Key | int = self._country.pk if self._country else new
        code = self._told("parliament", "code") or self.keys.code()
        if self._country and not self._told("parliament", "code"):
            code = f"{self._country.code}-{digest(self.keys.source_key, 4).upper()}"
        name = {self.language: self._told("parliament", "name") or one.name}
        found = [
            Wanted(PARLIAMENT, {}, key=self._own(PARLIAMENT), once={"code": code, "name": name, "country": country})
        ]
        if self._country is None and told:
            found.append(
                Wanted(COUNTRY, {}, key=new, once=new_country(told, self.language, self._told("country", "name")))
            )
        elif self._country is None:
            once = {"code": code, "name": {self.language: self.keys.source_key}}
            found.append(Wanted(COUNTRY, {}, key=self._own(COUNTRY), once=once))
            self.findings.append(Finding(one.place, "note", "no_country", {"code": code}))
        return found

    def _own(self, kind: str) -> Key:
        return kind, self.keys.scheme("file"), kind.rpartition(".")[2]

    def _parliament(self) -> Key | int:
        """The one that the mapping names, the country's only one of today, else the one that is made for the file."""
        if code := self._told("parliament", "code"):
            known = Parliament.objects.filter(code=code).values_list("pk", flat=True).first()
            return known or self._own(PARLIAMENT)
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
