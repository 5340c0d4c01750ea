"""Promises in a note: each line that begins with an arrow is one, for somebody to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass

from interparl.language.characters import is_hidden
from interparl.language.cleaning import clean_line

_LINE_ENDS = re.compile("\r\n|[\r\n\u2028\u2029]")
# After a mark or a number of a list or without; the marks that are half an arrow need room after them.
_MARK = "(?:[\u2022\u00b7\u25aa\u25cf]\\s*|[-*\u2013\u2014]\\s+|[0-9]{1,4}[.)]\\s*)?"
_PROMISE = re.compile(rf"\s*{_MARK}(?:-{{1,2}}>|={{1,2}}>|[\u2192\u21d2\u27f6\u279c\u2794\u27a1])\s*(\S.*)")


@dataclass(frozen=True)
class Promise:
    """A promise: the how many-th of its text (from 1), its words, and the line (from 1) it stands on."""

    number: int
    text: str
    line: int


def promises_in(text: str) -> list[Promise]:
    """The promises of a text, in order; an arrow without words is none."""
    found: list[Promise] = []
    for line_number, line in enumerate(_LINE_ENDS.split(text), 1):
        promise = _PROMISE.fullmatch("".join([char for char in line if not is_hidden(char)]))
        if promise:
            found.append(Promise(len(found) + 1, clean_line(promise[1]), line_number))
    return found
