"""The forms that a word of a name may take in a sentence: Russian and Belarusian cases, possessives, Welsh mutations.

A set here is wider than grammar: a form that nobody uses does no harm unless it is a form of another name, and
whoever compares names sees that by the two names sharing it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from interparl.language.characters import APOSTROPHES
from interparl.language.folding import fold

_CYRILLIC = re.compile("[а-яёіўґ]")
_ADJECTIVE = (
    "ий ый ой ого ему ому им ым ом ем его ая яя ой ей ую юю ою ею ое ее ие ые их ых ими ыми "
    "і ы ага яга аму яму ім ай яй аю яю ае яе ія ыя іх імі ымі о а"
).split()
_ADJECTIVE_END = re.compile("(?:ая|яя|ое|ее|ий|ый|ые|ие|ской|цкой|вятой|ае|яе|скі|цкі|скія|цкія|ныя|ённы|ны|вы|ні)$")

# Nominative ending: the endings of the other cases, of Russian and of Belarusian together.
_ENDINGS: dict[str, str] = {
    "ия": "ия ии ию ией иею",
    "ія": "ія іі ію іяй іяю іх ім імі",
    "ыя": "ыя ыі ыю ыяй ыяю ых ым ымі",
    "ья": "ья ьи ье ью ьей",
    "ий": "ий ия ию ием ии",
    "ый": "ый ыя ыю ыем ыі",
    "ство": "ство ства ству ством стве",
    "ства": "ства ству ствам стве",
    "ово": "ово ова ову овом ове",
    "ево": "ево ева еву евом еве",
    "а": "а ы и і е э у ой ою ей ею ай аю ов ам ами ах аў амі",
    "я": "я и і е ю ей ею яй яю",
    "ь": "ь я ю ем е и і ью",
    "й": "й я ю ем е и і",
    "ы": "ы ов ам ами ах аў оў амі ",
    "и": "и ов ев ей ам ями ами ях ах ",
    "і": "і аў яў ам ям амі ямі ах ях ",
}
_AFTER_CONSONANT = " а у ом ам ем е ы и і"
# Belarusian hardens or softens the last consonant before the ending of the locative: Канада, у Канадзе.
_SOFTENED = {"к": "ц", "г": "з", "х": "с", "т": "ц", "д": "дз", "ц": "ц"}

_WELSH: dict[str, tuple[str, ...]] = {
    "p": ("b", "ph", "mh"),
    "t": ("d", "th", "nh"),
    "c": ("g", "ch", "ngh"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "g": ("", "ng"),
    "m": ("f",),
}


def forms_of(word: str) -> frozenset[str]:
    """All folded forms in which a word of a name may stand in a title, itself included.

    Cyrillic words are declined as nouns and, when they end like one, as adjectives. Latin words take a possessive s.
    """
    return _forms_of(_plain(word))


def forms_of_adjective(word: str) -> frozenset[str]:
    """All folded forms of an adjective, its first part of compounds included: китайский, китайско-.

    An adjective that is handed in with a hyphen at its end (“Sino-”, «франко-») has this form only.
    """
    plain = _plain(word)
    if plain.endswith("-"):
        return frozenset({fold(plain)})
    if plain.endswith("sch"):  # deutsch, deutsche
        return frozenset(fold(plain + ending) for ending in ("", "e", "em", "en", "er", "es"))
    stem = _adjective_stem(plain)
    if stem is None:
        return _forms_of(plain)
    return frozenset(fold(stem + ending) for ending in _ADJECTIVE)


def is_adjective(word: str) -> bool:
    """Whether a word of a Cyrillic name ends like an adjective: Саудовская, Соединённое, Паўднёвы."""
    return _adjective_stem(_plain(word)) is not None


def mutated(word: str) -> frozenset[str]:
    """The forms of a Welsh word after soft, aspirate and nasal mutation, itself not included."""
    plain = fold(word)
    head = plain[:1]
    if plain.startswith(("ch", "dd", "ff", "ng", "ll", "ph", "rh", "th")):
        return frozenset()
    return frozenset(changed + plain[1:] for changed in _WELSH.get(head, ()))


def adjectives_from(word: str) -> frozenset[str]:
    """Folded forms of the adjectives that the name of a country would regularly have: Канада, канадский; Cuba, Cuban.

    Empty for a word that gives none by rule; names with an adjective of their own (France) need it as data.
    """
    plain = _plain(word)
    if _CYRILLIC.search(plain):
        stem = re.sub("(?:ия|ія|ыя|а|я|ь|й)$", "", plain)
        bases = {f"{stem}ск"} if len(stem) > 2 else set()
        if plain.endswith("й"):
            bases = {f"{plain}ск"}
        return frozenset(fold(base + ending) for base in bases for ending in _ADJECTIVE)
    bare = fold(plain)
    if len(bare) < 4 or not bare.isascii():
        return frozenset()
    if bare.endswith("a"):
        return frozenset({f"{bare}n"})
    return frozenset({f"{bare}ese", f"{bare}i"} if bare.endswith(("n", "q", "l", "t")) else {f"{bare}an", f"{bare}ian"})


def _plain(word: str) -> str:
    return "".join(char for char in word.lower() if char not in APOSTROPHES)


def _adjective_stem(plain: str) -> str | None:
    if not _CYRILLIC.search(plain):
        return None
    found = _ADJECTIVE_END.search(plain)
    if found is None or len(plain) < 5:
        return None
    return re.sub("(?:ая|яя|ое|ее|ий|ый|ой|ые|ие|ае|яе|ія|ыя|і|ы)$", "", plain)


@lru_cache(maxsize=32768)
def _forms_of(plain: str) -> frozenset[str]:
    folded = fold(plain)
    if not _CYRILLIC.search(plain):
        possessive = {f"{folded}s"} if len(folded) > 3 and folded.isascii() and folded.isalpha() else set()
        return frozenset({folded} | possessive)
    forms = {folded} | {fold(form) for form in _declined(plain)}
    stem = _adjective_stem(plain)
    if stem is not None:
        forms |= {fold(stem + ending) for ending in _ADJECTIVE}
    return frozenset(form for form in forms if form)


def _declined(plain: str) -> set[str]:
    ending = next((end for end in _ENDINGS if plain.endswith(end) and len(plain) > len(end) + 1), None)
    if ending is not None:
        stem = plain.removesuffix(ending)
        forms = {stem + other for other in _ENDINGS[ending].split(" ")}
        return forms | (_softened(stem) if ending in {"а", "ь"} else set())
    if plain[-1] in "оеёуюэыі":
        return set()
    forms = {plain + other for other in _AFTER_CONSONANT.split(" ")} | _softened(plain)
    if plain.endswith("ет") and len(plain) > 5:  # Египет, Египта
        forms |= {f"{plain[:-2]}т{other}" for other in _AFTER_CONSONANT.split(" ") if other} | {f"{plain[:-2]}це"}
    return forms


def _softened(stem: str) -> set[str]:
    last = stem[-1]
    forms = {f"{stem}{last}ю"}  # Беларусь, Беларуссю
    if last in _SOFTENED:
        forms |= {stem[:-1] + _SOFTENED[last] + ending for ending in ("е", "ы", "э")}
    return forms
