"""Which signs can be printed, and what becomes of the others; nothing that turns or hides writing gets through."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
# Printed where a sign is that no font has.
BLANK = "\N{WHITE SQUARE}"
NO_BREAK_SPACE, NARROW, JOINERS = "\u00a0", "\u202f", frozenset("\u200c\u200d")
# A word without a place to break it would run over the edge of the page.
LONGEST_WORD = 24
BREAK = "\N{ZERO WIDTH SPACE}"
_LONG_WORD = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD + 1},}}")
_SPACES = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u205f\u3000]+")


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """First and last codes of what the fonts have."""
    firsts, lasts = [], []
    for line in (HERE / "data" / "printable.txt").read_text().split():
        first, _minus, last = line.partition("-")
        firsts.append(int(first, 16))
        lasts.append(int(last or first, 16))
    return firsts, lasts


@lru_cache(maxsize=8192)
def has_sign(sign: str) -> bool:
    """Whether a font has the sign."""
    firsts, lasts = _ranges()
    at = bisect_right(firsts, ord(sign)) - 1
    return at >= 0 and ord(sign) <= lasts[at]


def missing(text: str) -> set[str]:
    """The signs of a text that cannot be printed."""
    return {sign for sign in cleaned(text) if not (sign.isspace() or sign in JOINERS or has_sign(sign))}


def cleaned(text: str) -> str:
    """The text on one line in NFC, without controls, and without what turns or hides writing."""
    line = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return "".join(
        sign for sign in line if sign in JOINERS or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    ).strip(" ")


def printable(text: str, instead: Mapping[str, str] | None = None) -> str:
    """The text as it can be printed: in the other form that it has, if any, else with blanks for what no font has."""
    line = cleaned(text)
    lost = missing(line)
    if lost and instead and text in instead:
        return printable(instead[text])
    return "".join(BLANK if sign in lost else sign for sign in line)


def breakable(text: str) -> str:
    """The same with places to break in words that are too long for a line."""
    return _LONG_WORD.sub(lambda word: BREAK.join(_pieces(word.group())), text)


def _pieces(word: str) -> list[str]:
    """Pieces of a word, none of which begins with a sign that belongs to the one before."""
    pieces, start = [], 0
    for at, sign in enumerate(word):
        if at - start >= LONGEST_WORD and not unicodedata.combining(sign) and sign not in JOINERS:
            pieces.append(word[start:at])
            start = at
    return [*pieces, word[start:]]


def runs_leftwards(text: str) -> bool:
    """Whether the first letter belongs to a script that is written from right to left."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False
