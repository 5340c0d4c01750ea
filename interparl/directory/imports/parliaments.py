"""Whose bodies a table lists: the parliament that the mapping or an option names, else the home parliament."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.directory.imports.countries import country_key, new_country
from interparl.directory.imports.popolo_keys import Keys
from interparl.directory.models import Chamber, Country, Parliament
from interparl.exchange.actions import Key, Wanted

COUNTRY, PARLIAMENT = "directory.country", "directory.parliament"


@dataclass(frozen=True)
class Owner:
    """The parliament (its id, or the key of a new one), the chamber, the country's code, and what is made for them."""

    parliament: int | Key
    chamber: int | None
    country: str
    wanted: tuple[Wanted, ...] = ()

    @property
    def made(self) -> str:
        """The code of the country that is made with the parliament, "" for none."""
        return self.country if any(one.kind == COUNTRY for one in self.wanted) else ""


def owner_of(
    place: Mapping[str, Any],
    options: Mapping[str, str],
    keys: Keys,
    language: str,
    *,
    otherwise: int | None = None,
) -> Owner:
    """Whose bodies they are. Options: `chamber`, `country` (codes); `place` is what the mapping says (see `Places`).

    `otherwise` is the parliament when nothing else tells. Raises ValidationError when nothing tells at all, or an
    option names nothing.
    """
    if code := options.get("chamber", ""):
        chamber = Chamber.objects.filter(code__iexact=code).select_related("parliament__country").first()
        if chamber is None:
            raise ValidationError(_("There is no chamber with the code “%(code)s”.") % {"code": code})
        return Owner(chamber.parliament_id, chamber.pk, chamber.parliament.country.code)
    told = place.get("parliament", {})
    country = options.get("country", "") or str(place.get("country", {}).get("code", ""))
    if told:
        return _named(told, country, str(place.get("country", {}).get("name", "")), keys, language)
    home = _of_country(country) if country else Parliament.objects.home()
    if home is None and otherwise is not None:
        home = Parliament.objects.select_related("country").get(pk=otherwise)
    if home is None:
        raise ValidationError(_("Say whose bodies they are: name a chamber, or a mapping that names the parliament."))
    return Owner(home.pk, None, country or home.country.code)


def _of_country(code: str) -> Parliament | None:
    """The country's only parliament of today. Raises ValidationError when there is no such country."""
    if not Country.objects.filter(code=code).exists():
        raise ValidationError(_("There is no country with the code “%(code)s”.") % {"code": code})
    several = Parliament.objects.filter(country__code=code, until="").select_related("country")[:2]
    return several[0] if len(several) == 1 else None


def _named(told: Mapping[str, Any], country: str, called: str, keys: Keys, language: str) -> Owner:
    known = Parliament.objects.filter(code=told.get("code", "")).values_list("pk", flat=True).first()
    if known:
        return Owner(known, None, country)
    above: int | Key | None = Country.objects.filter(code=country).values_list("pk", flat=True).first()
    wanted = []
    if above is None:
        above = country_key(country) or (COUNTRY, keys.scheme("file"), "country")
        wanted.append(Wanted(COUNTRY, {}, key=above, once=new_country(country, language, called)))
    key = (PARLIAMENT, keys.scheme("file"), "parliament")
    name = {language or settings.LANGUAGE_CODE: told.get("name", told["code"])}
    once = {"code": told["code"], "name": name, "country": above}
    return Owner(key, None, country, (*wanted, Wanted(PARLIAMENT, {}, key=key, once=once)))
