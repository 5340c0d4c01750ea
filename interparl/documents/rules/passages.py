"""What of a long text the search holds: its beginning as passages, of the rest the words that are new, each once.

A document takes at most MOST_PASSAGES + MOST_WORDS / 20 places in the index, however long it is. Words are told apart
by their stems, for a search finds every form by one; what comes after so many different stems is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interparl.language.folding import fold
from interparl.language.name_keys import stem_keys

# Characters of a passage, and passages: about the first twelve pages.
LONGEST, MOST_PASSAGES = 280, 90
# Words beyond the passages, and how long they are.
MOST_WORDS, SHORTEST_WORD, LONGEST_WORD = 3_000, 3, 40
_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


def passages(text: str) -> tuple[str, ...]:
    """The texts by which a document is found beside its title, in order; the same text gives the same passages."""
    plain = _BLANK.sub(" ", text).strip()
    found: list[str] = []
    end = 0
    while end < len(plain) and len(found) < MOST_PASSAGES:
        start, end = end, _end_of(plain, end)
        if piece := plain[start:end].strip():
            found.append(piece)
    if end < len(plain):
        found += _lines(_new_words(" ".join(found), plain[end:]))
    return tuple(found)


def _end_of(plain: str, start: int) -> int:
    """Where a passage ends: at the end of a sentence in its second half, else between two words."""
    if len(plain) - start <= LONGEST:
        return len(plain)
    piece = plain[start : start + LONGEST]
    for sign in (". ", "! ", "? ", "; ", " "):
        at = piece.rfind(sign)
        if at >= (LONGEST // 2 if sign != " " else 1):
            return start + at + 1
    return start + LONGEST


def _new_words(known: str, rest: str) -> Iterator[str]:
    """Words of the rest whose stem has not been met, in their order."""
    met = {key for found in _WORD.finditer(known) for key in _keys(found.group())}
    taken = 0
    for found in _WORD.finditer(rest):
        word = found.group()
        if not SHORTEST_WORD <= len(word) <= LONGEST_WORD:
            continue
        own = _keys(word)
        if own <= met:
            continue
        met |= own
        yield word
        taken += 1
        if taken >= MOST_WORDS:
            return


def _keys(word: str) -> frozenset[str]:
    """By which forms of one word are known to be one; a word without a stem is known by itself."""
    return stem_keys(word) or frozenset([fold(word)])


def _lines(several: Iterator[str]) -> Iterator[str]:
    """The words in lines no longer than a passage."""
    line: list[str] = []
    length = 0
    for word in several:
        if length + len(word) + 1 > LONGEST:
            yield " ".join(line)
            line, length = [], 0
        line.append(word)
        length += len(word) + 1
    if line:
        yield " ".join(line)
