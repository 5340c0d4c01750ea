"""How likely letters beyond ASCII stand beside each other, so that bytes read in a wrong encoding are told from words.

What is likely is learnt from the names of countries, languages, currencies and cities that CLDR has in each language.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from babel import Locale

# Languages that encodings of one byte were made for.
_LANGUAGES = """
    be bg ca cs da de el es et eu fi fo fr ga gl he hr hu is it lt lv mk nb nl pl pt ro ru sk sl sq sr sv tr uk ar fa
""".split()
_EDGE = "^"
# Romanian as it was written before its own letters had places.
_OLDER_LETTERS = str.maketrans("șțȘȚ", "şţŞŢ")
# Logarithms: the share of a letter that a language lacks, and how much rarer than its letter an unseen pair is.
_RAREST, _UNSEEN_PAIR = math.log(1e-7), math.log(5e-3)
# Signs of print, with what they cost beside a blank and within a word.
_SIGNS = frozenset("«»“”„‘’‚–—…№§°·•€£©®™´")
_OPENING, _WITHIN = frozenset("«“„‘‚№§"), frozenset("’´·–—")
_BLANK, _SIGN_IN_PLACE, _SIGN_OUT_OF_PLACE, _OTHER_SIGN, _CONTROL = -6.0, -13.0, -28.0, -24.0, -40.0
_MIXED, _CASE_BREAK = -32.0, -8.0

Pairs = Mapping[str, float]


def likelihoods(word: str, before: str, after: str) -> list[float]:
    """How likely the characters beyond ASCII of the word are in each language, as logarithms.

    `before` and `after` are the characters around it, empty for none.
    """
    padded = f"{before or _EDGE}{word}{after or _EDGE}"
    found = [_character(*padded[at - 1 : at + 2]) for at in range(1, len(padded) - 1) if ord(padded[at]) > 127]
    return [sum(of_language) for of_language in zip(*found, strict=True)]


@lru_cache(maxsize=1)
def _models() -> tuple[Pairs, ...]:
    """For each language, the logarithms of how often two letters stand together."""
    models = []
    for language in _LANGUAGES:
        counts = _counts(language)
        total = sum(count for letters, count in counts.items() if len(letters) == 1)
        models.append({letters: math.log(count / total) for letters, count in counts.items()})
    return tuple(models)


@lru_cache(maxsize=20_000)
def _character(before: str, char: str, after: str) -> tuple[float, ...]:
    """How likely the character is between these two, in each language."""
    category = unicodedata.category(char)
    if category[0] == "C" and char != "\u00ad":
        return (_CONTROL,) * len(_LANGUAGES)
    if char in "ªº" or (not char.isalpha() and category[0] != "M"):
        return (_sign(before, char, after),) * len(_LANGUAGES)
    beside = [one for one in (before, after) if one.isalpha()]
    if any(_is_latin(one) != _is_latin(char) for one in beside):
        return (_MIXED,) * len(_LANGUAGES)
    lower = _letter(char)
    broken = _CASE_BREAK if before.isalpha() and before.islower() and char.isupper() else 0.0
    pairs = _letter(before) + lower, lower + _letter(after)
    return tuple(_between(lower, *pairs, model) + broken for model in _models())


def _between(letter: str, one: str, other: str, model: Pairs) -> float:
    """The share of the letter in the language, and how often it stands beside these two."""
    alone = model.get(letter)
    if alone is None:
        return 2 * _RAREST
    unseen = max(alone + _UNSEEN_PAIR, _RAREST)
    return model.get(one, unseen) + model.get(other, unseen) - alone


def _letter(char: str) -> str:
    if not char.isalpha():
        return _EDGE
    lower = char.lower()
    return lower if len(lower) == 1 else char  # the Turkish İ becomes two characters


def _is_latin(char: str) -> bool:
    return char.isalpha() and (char.isascii() or "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff")


def _sign(before: str, char: str, after: str) -> float:
    if char == "\u00a0":
        return _BLANK
    if char not in _SIGNS:
        return _OTHER_SIGN
    inside, opens = before.isalpha() and after.isalpha(), not before.isalpha()
    fits = char in _WITHIN or (not inside and (opens or char not in _OPENING))
    return _SIGN_IN_PLACE if fits else _SIGN_OUT_OF_PLACE


def _counts(language: str) -> Counter[str]:
    """How often single letters beyond ASCII, and pairs with one, stand in what CLDR names in the language."""
    counts: Counter[str] = Counter()
    for name in _names(language):
        for word in name.translate(_OLDER_LETTERS).split():
            letters = "".join(_letter(char) for char in word)
            for two in pairwise(f"{_EDGE}{letters}{_EDGE}"):
                if ord(two[0]) > 127 or ord(two[1]) > 127:
                    counts["".join(two)] += 1
            counts.update(char for char in letters if ord(char) > 127)
    return counts


def _names(language: str) -> Iterator[str]:
    locale = Locale.parse(language)
    for names in (locale.territories, locale.languages, locale.scripts, locale.variants, locale.currencies):
        yield from names.values()
    for zone in locale.time_zones.values():
        if isinstance(city := zone.get("city"), str):
            yield city
    for widths in (*locale.months.values(), *locale.days.values()):
        yield from widths.get("wide", {}).values()
