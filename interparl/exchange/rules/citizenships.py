"""Citizenships that the rest of a file speaks against: two countries that were swapped, told at each person.

A country of citizenship is doubted when the web and mail addresses of its people mostly end in the domain of one other
country, while that other country's people mostly do not use it either. Nothing is changed: the file is only told of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from babel import Locale

from interparl.exchange.rules.findings import Finding
from interparl.exchange.rules.popolo import PopoloPerson
from interparl.language.folding import fold

# Top-level domains that are no country's code of ISO 3166, and those that people everywhere use.
_OTHERWISE = {"uk": "gb"}
_EVERYWHERE = frozenset({"eu", "tv", "me", "io", "co", "fm", "ly", "cc", "ai", "ws", "to", "gl", "be", "am", "im"})
_HOST = re.compile(r"(?:https?://|@)(?:[^/@\s:]+\.)([a-z]{2})(?=[/:?#\s]|$)", re.IGNORECASE)
FEWEST, MOSTLY = 4, 0.7


def check_citizenships(persons: Sequence[PopoloPerson]) -> list[Finding]:
    """A note at each person whose country of citizenship the addresses of its people speak against."""
    codes = _codes_by_name()
    domains: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, str] = {}
    for person in persons:
        code = codes.get(fold(person.nationality), "") if person.nationality else ""
        if not code:
            continue
        named[code] = person.nationality
        domains[code].update(domain for domain in _domains(person))
    doubted = {code: other for code, counted in domains.items() if (other := _other(code, counted, domains))}
    found = []
    for person in persons:
        code = codes.get(fold(person.nationality), "") if person.nationality else ""
        if code in doubted:
            other = doubted[code]
            words = {"given": person.nationality, "other": named.get(other, other.upper()), "domain": other}
            found.append(Finding(person.place, "note", "citizenship_doubted", words))
    return found


def _other(code: str, counted: Counter[str], domains: Mapping[str, Counter[str]]) -> str:
    """The country whose domain the people of this one mostly use; "" while nothing speaks against it."""
    whole = sum(counted.values())
    if whole < FEWEST:
        return _partner(code, domains)
    domain, number = counted.most_common(1)[0]
    return domain if domain != code and number / whole >= MOSTLY else _partner(code, domains)


def _partner(code: str, domains: Mapping[str, Counter[str]]) -> str:
    """The country whose people mostly use the domain of this one: of a swap the other half, however small."""
    for other, counted in domains.items():
        whole = sum(counted.values())
        if other != code and whole >= FEWEST and counted[code] / whole >= MOSTLY and not domains[code][code]:
            return other
    return ""


def _domains(person: PopoloPerson) -> Iterable[str]:
    """The domains of countries in the person's addresses, each once."""
    texts = [one.value for one in person.contacts] + [link.url for link in person.links]
    found = {match.group(1).lower() for text in texts for match in _HOST.finditer(text)}
    return {_OTHERWISE.get(domain, domain) for domain in found - _EVERYWHERE}


def _codes_by_name() -> dict[str, str]:
    """Codes in small letters by the folded English, Russian and Belarusian names of territories, and by themselves."""
    found: dict[str, str] = {}
    for language in ("en", "ru", "be"):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2:
                found.setdefault(fold(str(name)), code.lower())
                found.setdefault(code.lower(), code.lower())
    return found
