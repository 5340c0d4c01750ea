"""Stems of words: what is left of a word in every case, for finding texts in Belarusian, Russian and English.

Russian and English stems are Snowball's. Belarusian ones are made here, of nouns and adjectives in the official
spelling.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from typing import Protocol

import snowballstemmer

from interparl.language.characters import APOSTROPHES
from interparl.language.scripts import script_of
from interparl.language.transliteration import with_cyrillic_i

_PLAIN = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | {"ё": "е"})
_STRESS = re.compile("[\u0300\u0301]")
_SNOWBALL = {"ru": ("russian", "Cyrl"), "en": ("english", "Latn")}
_KEPT = 65_536

_ADJECTIVE = "ага яга аму яму ымі імі ая яя ае яе ое ую юю ыя ія ых іх ым ім ою аю яю ой ай яй ей"
_NOUN = "амі ямі ам ям ом ем эм ах ях аў оў еў яў эй ею эю а я о е э у ю ы і ь"
_OF_IA = "ыя ія ыі іі ыю ію ыяй іяй ыям іям ыямі іямі ыях іях ый ій"
# Genitives in -аў have lost the same letters as nouns in -ава, so both lose them: законаў, дзяржава, дзяржаў.
_OF_AVA = " ".join(vowel + "в" + end for vowel in "аоея" for end in "а е у ы ай аю ам амі ах ым ага".split())
_ENDS = frozenset(f"{_ADJECTIVE} {_NOUN} {_OF_IA} {_OF_AVA}".split())
_LONGEST_END = max(map(len, _ENDS))
_LEAST_LEFT, _LEAST_FOR_KH, _LEAST_FOR_FLEETING = 3, 4, 5
# Nouns whose first case looks like the genitive of an adjective.
_NOUN_IN_AHA = re.compile(r"(?:(?:пера|па|ад|раз|зня)ва|прыся)га")
_VOWELS = frozenset("аеёіоуыэюя")
_SOFTENING = frozenset("еіюяь")

_of_thread = threading.local()


@lru_cache(maxsize=_KEPT)
def stem(word: str, language: str) -> str:
    """The stem of one word; a word of another script, and any of a language without rules, only in small letters."""
    low = _STRESS.sub("", with_cyrillic_i(word.lower())).translate(_PLAIN)
    if language == "be":
        return _belarusian(low) if script_of(low) == "Cyrl" else low
    algorithm, script = _SNOWBALL.get(language, ("", ""))
    if not algorithm or script_of(low) != script:
        return low
    return _snowball(algorithm).stemWord(low)


class _Stemmer(Protocol):
    """What a stemmer of Snowball does."""

    def stemWord(self, word: str) -> str:  # noqa: N802  the package calls it so
        """The stem of a word in small letters."""


def _snowball(algorithm: str) -> _Stemmer:
    """A stemmer of this thread: it keeps the word that it works on."""
    stemmers: dict[str, _Stemmer] = _of_thread.__dict__
    if algorithm not in stemmers:
        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return stemmers[algorithm]


def _belarusian(word: str) -> str:
    if word.startswith("ў"):
        word = "у" + word[1:]
    if _NOUN_IN_AHA.fullmatch(word):
        return word[:-1]
    for left in range(max(_LEAST_LEFT, len(word) - _LONGEST_END), len(word)):
        if word[left:] in _ENDS and not _VOWELS.isdisjoint(word[:left]):
            return _settled(word[:left], is_soft=word[left] in _SOFTENING)
    return _settled(word, is_soft=False)


def _settled(left: str, *, is_soft: bool) -> str:
    """One form of a stem that changes before endings: дз is д, soft ц is т, hard ц is к, з is г, с is х, ў is в."""
    if len(left) >= _LEAST_FOR_FLEETING and not is_soft:
        left = _without_fleeting(left)
    if left.endswith("дз"):
        left = left[:-1]
    elif left.endswith("ц"):
        doubled = left.endswith("цц")
        left = left[: -1 - doubled] + ("т" if is_soft or doubled else "к")
    elif left.endswith("ў"):
        left = left[:-1] + "в"
    if len(left) > _LEAST_LEFT and left[-1] == left[-2] and left[-1] not in _VOWELS:
        left = left[:-1]
    if left.endswith("з"):
        left = left[:-1] + "г"
    elif left.endswith("с") and len(left) >= _LEAST_FOR_KH:
        left = left[:-1] + "х"
    return left


def _without_fleeting(left: str) -> str:
    """Without the vowel of старонак, парадак, канец, which other cases lack, and without ь in its place."""
    if left[-2] in _VOWELS and left.endswith(("ак", "ец", "эц", "ац")) and left[-3] not in _VOWELS:
        return left[:-2] + left[-1]
    return left[:-2] + left[-1] if left[-2] == "ь" and left[-1] in "кц" else left
