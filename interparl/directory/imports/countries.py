"""Countries as files name them: found by code or name, made from the common list of names where they are missing."""

from __future__ import annotations

from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings

from interparl.core.translated import languages
from interparl.directory.models import Country
from interparl.exchange.actions import Key, Wanted
from interparl.language.folding import fold

COUNTRY, SCHEME = "directory.country", "iso-3166-1"
# Unions and the like that CLDR lists among territories.
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def new_country(code: str, language: str, called: str = "") -> dict[str, Any]:
    """What a new country gets: its code and its name in every language here, by CLDR; else `called`, else the code."""
    names = {each: name for each in languages() if (name := cldr_name(code, each))}
    return {"code": code, "name": names or {language or settings.LANGUAGE_CODE: called or code}}


def cldr_name(code: str, language: str) -> str:
    """The name of a territory in a language by CLDR; "" for none."""
    try:
        return str(Locale.parse(language).territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def country_key(code: str) -> Key | None:
    """The key of a country that is not here yet, by its code of ISO 3166-1; None for a code of another kind."""
    return (COUNTRY, SCHEME, code) if len(code) == 2 and code.isascii() else None


class Countries:
    """Finds the countries that a file names; one that is missing here is made once, when its name or code is known."""

    def __init__(self, language: str, *, made: str = "") -> None:
        """`made` is the code of a country that the plan brings already."""
        self.language = language
        self._made = {made}
        self._known: dict[str, int] | None = None
        self._names: dict[str, str] | None = None

    def of(self, text: str) -> int | Key | None:
        """The country of that name or code: its id here, else the key of a new one; None when nobody is called so."""
        if self._known is None:
            self._known = countries_by_name()
        if (found := self._known.get(fold(text))) is not None:
            return found
        code = self.code_of(text)
        return (COUNTRY, SCHEME, code) if code else None

    def code_of(self, text: str) -> str:
        """The ISO 3166-1 code of a territory by its code or its name in the language of the file or one here."""
        if self._names is None:
            self._names = {}
            for language in dict.fromkeys([self.language or "en", *languages(), "en"]):
                for code, name in _territories(language).items():
                    self._names.setdefault(fold(name), code)
                    self._names.setdefault(code.lower(), code)
        return self._names.get(fold(text), "")

    def wanted(self, country: int | Key | None) -> list[Wanted]:
        """The country itself where it is new and was not asked for before."""
        if not isinstance(country, tuple) or country[2] in self._made:
            return []
        self._made.add(country[2])
        return [Wanted(COUNTRY, {}, key=country, once=new_country(country[2], self.language))]


def _territories(language: str) -> dict[str, str]:
    """Codes of two letters and names of countries in a language; none for a language that CLDR does not know."""
    try:
        several = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: str(name) for code, name in several.items() if len(code) == 2 and code not in NO_COUNTRIES}


def countries_by_name() -> dict[str, int]:
    """The ids of the countries here by each of their folded names and codes; a name that two share leads to none."""
    found: dict[str, int] = {}
    doubtful: set[str] = set()
    for country in Country.objects.order_by("pk"):
        texts = [country.code, country.alpha3]
        texts += [one["text"] for several in (country.name, country.official_name) for one in several.values()]
        texts += [cldr_name(country.code, each) for each in languages()]
        for name in {fold(text) for text in texts if text}:
            if found.setdefault(name, country.pk) != country.pk:
                doubtful.add(name)
    return {name: key for name, key in found.items() if name not in doubtful}
