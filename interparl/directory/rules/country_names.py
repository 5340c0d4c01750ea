"""The names of countries in many languages, short and official, and their adjectives: what titles may call them.

Short names are those of CLDR, as Babel carries them. Official and former names and adjectives are data of their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError, localedata

_DATA = Path(__file__).parent.parent / "data" / "country_names.toml"
# CLDR has these two-letter codes for other things than countries and territories: unions, oceans, tests, parts.
_NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
_SCRIPTS_OF_ENTHUSIASTS = ("Dsrt", "Shaw")


@lru_cache(maxsize=1)
def country_codes() -> tuple[str, ...]:
    """The codes of all countries and territories of ISO 3166-1, and XK, in their order."""
    codes = [str(code) for code in Locale("en").territories]
    return tuple(sorted(code for code in codes if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES))


def country_names(codes: Iterable[str], languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each code all names in these languages, each once: short, regional, official, former.

    A language may carry a region or script (pt-PT, be-tarask): names of all regions of the language are taken, because
    a title tells only its language. A code or language that CLDR does not know adds nothing. A name that several
    countries claim or are called by (“Republic of China”, “Congo”) stands with each of them.
    """
    wanted = list(dict.fromkeys(language.replace("_", "-").split("-")[0].lower() for language in languages))
    return {code: _names(code, tuple(wanted)) for code in codes}


def country_adjectives(codes: Iterable[str], languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each code the adjectives in these languages; what stands first in compounds ends with a hyphen (“Sino-”)."""
    wanted = list(dict.fromkeys(language.replace("_", "-").split("-")[0].lower() for language in languages))
    given = _data().get("adjectives", {})
    return {code: tuple(a for language in wanted for a in given.get(language, {}).get(code, ())) for code in codes}


@lru_cache(maxsize=4096)
def _names(code: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    given = _data()["names"]
    found: list[str] = []
    for language in languages:
        found.extend(territories[code] for territories in _territories(language) if code in territories)
        found.extend(given.get(language, {}).get(code, ()))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=64)
def _territories(language: str) -> tuple[Mapping[str, str], ...]:
    """The lists of a language and of its regions and scripts."""
    found = []
    for name in sorted(localedata.locale_identifiers(), key=len):
        if name.split("_")[0] == language and not any(script in name for script in _SCRIPTS_OF_ENTHUSIASTS):
            try:
                found.append(Locale.parse(name).territories)
            except (UnknownLocaleError, ValueError):
                continue
    return tuple(found)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))
