"""A share as it is written: 1/3, 30 %, 0.3."""

from __future__ import annotations

import re
from fractions import Fraction

_FRACTION = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_NUMBER = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?\s*(%?)")


class BadShare(ValueError):
    """The text is no share between nothing and the whole."""


def share_of(text: str) -> Fraction:
    """The share that a text says, exactly; more than 0 and at most 1. Raises BadShare."""
    given = " ".join(text.split())
    if not given.isascii():
        raise BadShare(text)
    if found := _FRACTION.fullmatch(given):
        above, below = int(found[1]), int(found[2])
        share = Fraction(above, below) if below else Fraction(0)
    elif found := _NUMBER.fullmatch(given):
        share = Fraction(f"{found[1]}.{found[2] or 0}") / (100 if found[3] else 1)
    else:
        raise BadShare(text)
    if not 0 < share <= 1:
        raise BadShare(text)
    return share
