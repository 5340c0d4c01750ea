"""Given names and patronymics that are one name in several languages, and the Latin spellings of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from interparl.language.characters import APOSTROPHES
from interparl.language.folding import fold
from interparl.language.orthography import respell
from interparl.language.patronymics import Patronymic, fathers_of, in_pairs, made_of
from interparl.language.transliteration import transliterate, with_cyrillic_i

# The key of the Latin spellings in `forms_of`: English press, passports and other languages together.
LATIN = "en"

_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))


@dataclass(frozen=True)
class _Name:
    """One name: its forms by language, and its patronymics where it is a man's."""

    forms: dict[str, tuple[str, ...]]
    patronymics: dict[str, tuple[Patronymic, ...]]


@dataclass(frozen=True)
class _Names:
    """All names and where each spelling of a name or of a patronymic leads."""

    names: tuple[_Name, ...]
    spelled: dict[str, list[int]]
    folded: dict[str, list[int]]
    patronymics: dict[str, list[tuple[int, bool]]]
    rules: dict[str, list[list[str]]]


@lru_cache(maxsize=20_000)
def forms_of(word: str) -> dict[str, tuple[str, ...]]:
    """The forms of a given name by language, the usual one first; Latin spellings under “en”. Empty if unknown.

    A spelling that stands for two names (Алена for Елена and, without its dots, for Алёна) gives the forms of both,
    those of the name that is spelled just so first.
    """
    forms: dict[str, dict[str, None]] = {}
    for place in _ordered(word):
        for language, spellings in _names().names[place].forms.items():
            forms.setdefault(language, {}).update(dict.fromkeys(spellings))
    return {language: tuple(_shown(spelling) for spelling in spellings) for language, spellings in forms.items()}


def given_in(language: str, word: str, spoken: str | None = None) -> str:
    """The form of a given name in the language; "" if the name is unknown.

    `spoken` is the language of the word, if that is known: of two names that are spelled alike it tells the right one.
    """
    names = _names().names
    places = _ordered(word)
    if spoken:
        places.sort(key=lambda place: _folded(word) not in map(fold, names[place].forms.get(spoken, ())))
    for place in places:
        spellings = names[place].forms.get(language)
        if spellings:
            return _shown(_beside(word, names[place].forms.get(spoken or "", ()), spellings))
    return ""


def patronymic_in(language: str, father_or_patronymic: str, *, female: bool = False) -> str:
    """The patronymic in the language, of a father's name or of the patronymic in another language; "" if none is made.

    The sex of a patronymic is its own; `female` matters for a father's name only.
    """
    word = _plain(father_or_patronymic)
    names = _names()
    if language not in names.rules or not word:
        return ""
    for place, daughters in names.patronymics.get(word, names.patronymics.get(_folded(word), ())):
        if known := names.names[place].patronymics.get(language):
            return _shown(known[0].of(female=daughters))
    for place in _ordered(word):
        if known := names.names[place].patronymics.get(language):
            return _shown(known[0].of(female=female))
    return _by_rule(language, word)


def is_patronymic(word: str) -> bool:
    """Whether the word is a patronymic of a name that is known here."""
    return _plain(word) in _names().patronymics or _folded(word) in _names().patronymics


def _by_rule(language: str, patronymic: str) -> str:
    """A patronymic of a father whose name is not listed, by the rules of the language that it is written in."""
    names = _names()
    for spoken, rules in names.rules.items():
        for father, daughters in fathers_of(patronymic, rules):
            respelled = [father] if spoken == language else respell(father, spoken, language)
            made = made_of(respelled[0], names.rules[language]) if respelled else ()
            if made:
                form = made[0].of(female=daughters)
                return _shown(form[:1].upper() + form[1:])
    return ""


def _ordered(word: str) -> list[int]:
    """Where the names spelled so stand: those spelled exactly so before those alike when folded."""
    names = _names()
    return list(dict.fromkeys([*names.spelled.get(_plain(word), ()), *names.folded.get(_folded(word), ())]))


def _beside(word: str, ones: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Of the other language's spellings the one that is the word itself, else the one in its place, else the first."""
    same = [spelling for spelling in others if _plain(spelling) == _plain(word)]
    if same:
        return same[0]
    place = next((place for place, spelling in enumerate(ones) if _plain(spelling) == _plain(word)), 0)
    return others[place] if place < len(others) else others[0]


def _plain(word: str) -> str:
    return with_cyrillic_i(word.strip().lower()).translate(_PLAIN_APOSTROPHE)


def _folded(word: str) -> str:
    return fold(with_cyrillic_i(word))


def _shown(word: str) -> str:
    return word.replace("'", "’")


@cache
def _names() -> _Names:
    file = resources.files("interparl.language") / "data" / "given_names.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    rules: dict[str, list[list[str]]] = table["patronymics"]
    of_women = [_Name(_forms(row, table["latin"]), {}) for row in table["female"]]
    of_men = [_Name(_forms(row, table["latin"]), _patronymics(row, rules)) for row in table["male"]]
    names = _Names((*of_men, *of_women), {}, {}, {}, rules)
    for place, name in enumerate(names.names):
        for word in {spelling for spellings in name.forms.values() for spelling in spellings}:
            names.spelled.setdefault(_plain(word), []).append(place)
            names.folded.setdefault(fold(word), []).append(place)
        for made in (pair for pairs in name.patronymics.values() for pair in pairs):
            for form, daughters in ((made.son, False), (made.daughter, True)):
                for key in {_plain(form), fold(form)}:
                    names.patronymics.setdefault(key, []).append((place, daughters))
    return names


def _forms(row: dict[str, str], systems: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """The forms that are listed, and the Latin ones that the systems make of them."""
    forms = {language: tuple(row[language].split()) for language in systems if language in row}
    made = [
        transliterate(spelling, system)
        for language, spellings in forms.items()
        for spelling in spellings
        for system in systems[language]
    ]
    return forms | {LATIN: tuple(dict.fromkeys([*row.get("latin", "").split(), *made]))}


def _patronymics(row: dict[str, Any], rules: dict[str, list[list[str]]]) -> dict[str, tuple[Patronymic, ...]]:
    """The irregular ones of a name before those that the rules make of each of its forms."""
    found = {}
    for language, of_language in rules.items():
        irregular = in_pairs(row.get(f"{language}_patronymics", "").split())
        regular = [made for form in row.get(language, "").split() for made in made_of(form, of_language)]
        if irregular or regular:
            found[language] = (*irregular, *regular)
    return found
