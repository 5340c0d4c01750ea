"""Keys by which the spellings of one name are looked up together, whatever the script, the language or the slip.

A word has a key for each way in which it may sound: the chain of its consonants. Two words that are one slip of the pen
apart share a key of their shortened chains. What is fetched by keys is only alike; `likeness` says how much.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from interparl.language.folding import fold, words
from interparl.language.given_names import forms_of, is_patronymic, patronymic_in
from interparl.language.sounds import skeleton
from interparl.language.stems import stem

SLIP, STEM, GIVEN = "-", "=", "@"
SHORTEST_TO_SLIP, SHORTEST_STEM = 2, 3

# Letters that look alike in Latin and in Cyrillic, small and capital.
_LATIN_ALIKE = "aceopxyijshABCEHKMOPTXYISJ"
_CYRILLIC_ALIKE = "асеорхуіјѕһАВСЕНКМОРТХУІЅЈ"
_TO_CYRILLIC = dict(zip(_LATIN_ALIKE, _CYRILLIC_ALIKE, strict=True))
_TO_LATIN = dict(zip(_CYRILLIC_ALIKE, _LATIN_ALIKE, strict=True))
_NUMBER_SIGN = re.compile("№|\\bN[oº°]\\.?(?=\\s*\\d)", re.IGNORECASE)
_NUMBER_WORDS = frozenset({"no", "nr", "num", "number", "номер", "нумар"})
_WORD = re.compile(r"\w+")
# Marks and apostrophes belong to the word that they stand in.
_WRITTEN = re.compile(r"\S+")
_AROUND = re.compile(r"^\W+|\W+$")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Where capitals begin or end within a word: AnnaEXAMPLE, EXAMPLEAnna.
_JOINT = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def untangled(text: str) -> str:
    """The text with look-alike letters of the other script put right in each word that mixes Latin and Cyrillic."""
    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return text
    return _WORD.sub(lambda found: _in_one_script(found.group()), text)


def _in_one_script(word: str) -> str:
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return word
    to_cyrillic = all(letter in _TO_CYRILLIC for letter in latin)
    to_latin = all(letter in _TO_LATIN for letter in cyrillic)
    if to_cyrillic and (not to_latin or len(cyrillic) >= len(latin)):
        return "".join([_TO_CYRILLIC.get(letter, letter) for letter in word])
    if to_latin:
        return "".join([_TO_LATIN.get(letter, letter) for letter in word])
    return word


def parted(text: str) -> str:
    """The text with a gap where small letters meet capitals within a word, as in AnnaEXAMPLE or EXAMPLEAnna."""
    composed = unicodedata.normalize("NFC", text)
    return _JOINT.sub(lambda at: " " if _is_joint(composed, at.start()) else "", composed)


def _is_joint(text: str, at: int) -> bool:
    before, after, next_one = text[at - 1], text[at], text[at + 1 : at + 2]
    if before.islower() and after.isupper():
        return True
    return before.isupper() and after.isupper() and next_one.islower() and text[at - 2 : at - 1].isupper()


def asked_words(text: str) -> list[str]:
    """The folded words of what was typed or is kept, each in one script; without “number” before a number."""
    return [folded for folded, _written in word_pairs(text)]


def word_pairs(text: str) -> list[tuple[str, str]]:
    """The folded words of a text, each beside the word as it is written."""
    whole = untangled(_NUMBER_SIGN.sub(" ", unicodedata.normalize("NFC", text)))
    found: list[tuple[str, str]] = []
    for written in _WRITTEN.findall(whole):
        several = words(written)
        found += (
            [(one, one) for one in several]
            if len(several) > 1
            else [(one, _AROUND.sub("", written)) for one in several]
        )
    following = [*(folded for folded, _written in found[1:]), None][: len(found)]
    return [pair for pair, after in zip(found, following, strict=True) if not _is_number_word(pair[0], after)]


def _is_number_word(word: str, following: str | None) -> bool:
    return word in _NUMBER_WORDS and bool(following) and following is not None and following[0].isdigit()


def joined(asked: Sequence[str]) -> list[str]:
    """Each two neighbours run together."""
    return [left + right for left, right in pairwise(asked)]


def stem_keys(written: str) -> frozenset[str]:
    """The keys that the forms of one word share, in each language that it may be of."""
    languages = ("ru", "be") if _CYRILLIC.search(written) else ("en",) if _LATIN.search(written) else ()
    found = (fold(stem(written, language)).replace(" ", "") for language in languages)
    return frozenset(STEM + one for one in found if len(one) >= SHORTEST_STEM)


@lru_cache(maxsize=65536)
def name_keys(word: str) -> frozenset[str]:
    """The keys that the forms of one given name, or of one patronymic, share in all languages."""
    forms = forms_of(word)
    if forms:
        chosen = next(forms[language] for language in ("ru", "be", "uk", "en") if forms.get(language))
        return frozenset(GIVEN + fold(form) for form in chosen)
    if is_patronymic(word) and (patronymic := patronymic_in("ru", word)):
        return frozenset([GIVEN + fold(patronymic)])
    return frozenset()


def sound_keys(notations: Iterable[str]) -> set[str]:
    """The keys of a word by its notations: what sounds alike shares one."""
    return {skeleton(notation) for notation in notations}


def slip_keys(notations: Iterable[str]) -> set[str]:
    """The keys that words share which are one letter apart: added, left out, another, or two changed about."""
    found: set[str] = set()
    for chain in sound_keys(notations):
        if len(chain) >= SHORTEST_TO_SLIP:
            found.add(SLIP + chain)
        if len(chain) > SHORTEST_TO_SLIP:
            found.update(f"{SLIP}{chain[:at]}{chain[at + 1 :]}" for at in range(len(chain)))
    return found


def pieces_of(word: str, known: frozenset[str] | set[str], *, shortest: int = 2) -> list[str]:
    """A word that was run together as the fewest known words that make it up; empty when none do."""
    best: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 40), end):
            before = best[start]
            piece = word[start:end]
            if before is None or (len(piece) < shortest and not before and end == len(word)) or piece not in known:
                continue
            held = best[end]
            if held is None or len(before) + 1 < len(held):
                best[end] = [*before, piece]
    found = best[-1] or []
    return found if len(found) > 1 else []
