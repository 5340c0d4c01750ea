"""Dictionary order: sort keys that any database compares as plain text and gets the order of the reader's language.

A key is a chain of levels parted by "00". Two keys are compared level by level, as dictionaries do:
1. letters, numbers and breaks between words (a break comes first: "word by word", then numbers by value, then letters);
2. diacritics; 3. capitals (small first); 4. signs that the first level passes over; 5. a digest, so that only equal
texts have equal keys.
No part of a level is the beginning of another part, so a short word stands before its longer ones.

Sources: order of letters by Unicode CLDR collation (root, be, ru), which agrees with printed dictionaries: Belarusian
has Ё, Й and Ў as letters of their own; Russian files Ё with Е. Other letters stand beside their usual neighbours.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from interparl.language.characters import APOSTROPHES, CLICK_LETTERS, LATIN_LETTERS, is_diacritic, is_hidden
from interparl.language.scripts import script_of_character

MAX_KEY_LENGTH = 512

# Hex digits per level; with four parting "00" and the digest they make MAX_KEY_LENGTH. The first level holds 96 letters
# of an alphabet, or 57 letters of other scripts.
_LETTER_DIGITS, _MARK_DIGITS, _CAPITAL_DIGITS, _SIGN_DIGITS, _DIGEST_DIGITS = 288, 96, 40, 48, 32
_PARTING = "00"

_CYRILLIC = "аәбвгґғҕдђеёєжҗҙзѕиіїйјкқҡлљмнњңоөпрсҫтћуўүұфхҳһцчҷџшщъыьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"

# First hex digit of every part of the first level: the order of the blocks.
_BREAK, _NUMBER, _OWN, _NEIGHBOUR, _OTHER, _FAR = "1", "2", "3", "4", "5", "6"
_LAST_SHORT_CODE = 0xFFFF


@dataclass(frozen=True)
class Alphabet:
    """How a language orders letters: its script, and the letters filed with their base (told apart at level 2)."""

    script: str
    filed_with_base: frozenset[str] = frozenset()


_LATIN_ORDER = Alphabet("Latn", frozenset("ё"))
ALPHABETS = {
    "be": Alphabet("Cyrl"),
    "en": _LATIN_ORDER,
    "ru": Alphabet("Cyrl", frozenset("ё")),
}


@dataclass(frozen=True)
class _Part:
    """What one character gives to the levels: a place in the first level, marks, a sign passed over."""

    place: str = ""
    marks: tuple[int, ...] = ()
    sign: int = 0
    is_capital: bool = False


@dataclass
class _Levels:
    """The levels of one text while it is read."""

    places: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    capitals: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, part: _Part) -> None:
        """Take one part; a break at the start or after a break adds nothing."""
        if part.sign:
            self.signs.append(_position(len(self.places)) + f"{part.sign & 0xFFFF:04x}")
        if part.place == _BREAK * 2 and (not self.places or self.places[-1] == part.place):
            return
        if part.place:
            self.places.append(part.place)
            self.length += len(part.place)
        here = _position(max(len(self.places) - 1, 0))
        for mark in part.marks:
            self.marks.append(here + f"{mark & 0xFFFF:04x}")
        if part.is_capital:
            self.capitals.append(here)

    def key(self) -> str:
        """The levels as one string, each cut to its bound."""
        if self.places and self.places[-1] == _BREAK * 2:
            self.places.pop()
        return (
            "".join(self.places)[:_LETTER_DIGITS]
            + _PARTING
            + "".join(self.marks)[:_MARK_DIGITS]
            + _PARTING
            + "".join(self.capitals)[:_CAPITAL_DIGITS]
            + _PARTING
            + "".join(self.signs)[:_SIGN_DIGITS]
            + _PARTING
        )


def sort_key(text: str, language: str) -> str:
    """A key of digits 0-9 and a-f, at most MAX_KEY_LENGTH (512) long, whose plain order is the dictionary order.

    Keys are equal only for texts equal in NFC with whitespace collapsed (beyond the bounds a digest tells them apart).
    Order of blocks: break between words, numbers by value, the language's script, the other of Latin and Cyrillic, all
    else by code point. Apostrophes, click letters and marks before the first letter do not count at the first level.
    The language is a code or tag ("be", "en-GB"); an unknown one sorts in Latin order.
    """
    tidy = " ".join(unicodedata.normalize("NFC", text).split())
    code = language.replace("_", "-").partition("-")[0].lower()
    if code not in ALPHABETS:
        code = "en"
    levels = _Levels()
    for token in _TOKENS.findall(tidy):
        if levels.length >= _LETTER_DIGITS:
            break
        for part in _number(token) if token.isdecimal() else _parts(token, code):
            levels.add(part)
    digest = hashlib.blake2b(tidy.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_DIGITS // 2)
    return levels.key() + digest.hexdigest()


_TOKENS = re.compile(r"\d+|\D")


def _position(index: int) -> str:
    # Counted down, so that of two words the one that differs earlier from the plain one comes later. Never below 0x10,
    # which keeps "00" lowest; the first level holds fewer than 200 places.
    return f"{max(0xFF - index, 0x10):02x}"


def _number(token: str) -> tuple[_Part, ...]:
    digits = "".join([str(unicodedata.decimal(char)) for char in token])
    value = digits.lstrip("0")
    zeros = len(digits) - len(value)
    place = f"{_NUMBER}{min(len(value), 0xFF):02x}{value}"
    return (_Part(place[:_LETTER_DIGITS], marks=(zeros,) if zeros else ()),)


@lru_cache(maxsize=16384)
def _parts(char: str, code: str) -> tuple[_Part, ...]:
    if char.isspace():
        return (_Part(_BREAK * 2),)
    if is_hidden(char):
        return ()
    if char in APOSTROPHES or char in CLICK_LETTERS or char == "ـ":
        return (_Part(sign=ord(char)),)
    small = char.lower()
    alphabet = ALPHABETS[code]
    place = _alphabet_place(small, alphabet)
    if place:
        return (_Part(place, is_capital=small != char),)
    compatible = unicodedata.normalize("NFKD", char)
    is_capital = any(piece != piece.lower() for piece in compatible)
    # Folding case would turn ß into a plain ss, with nothing left for the second level.
    pieces = small if small in LATIN_LETTERS else unicodedata.normalize("NFKD", compatible.casefold())
    return tuple([part for piece in pieces for part in _piece_parts(piece, alphabet, is_capital=is_capital)])


def _piece_parts(piece: str, alphabet: Alphabet, *, is_capital: bool) -> tuple[_Part, ...]:
    if is_diacritic(piece):
        return (_Part(marks=(ord(piece),)),)
    if piece in LATIN_LETTERS:
        places = [_alphabet_place(letter, alphabet) for letter in LATIN_LETTERS[piece]]
        return tuple([_Part(place, marks=(ord(piece),), is_capital=is_capital) for place in places])
    if piece.isdecimal():
        return (_Part(f"{_NUMBER}01{unicodedata.decimal(piece)}", marks=(1,)),)
    if unicodedata.category(piece)[0] in "LMN":
        return (_Part(_alphabet_place(piece, alphabet) or _far_place(piece, alphabet), is_capital=is_capital),)
    return (_Part(_BREAK * 2, sign=ord(piece)),)


@lru_cache(maxsize=4096)
def _alphabet_place(letter: str, alphabet: Alphabet) -> str:
    """Three digits for a letter of the Latin or Cyrillic order; empty for others and those filed with their base."""
    if letter in alphabet.filed_with_base or len(letter) != 1:
        return ""
    for script, order in (("Latn", _LATIN), ("Cyrl", _CYRILLIC)):
        index = order.find(letter)
        if index >= 0:
            return f"{_OWN if script == alphabet.script else _NEIGHBOUR}{index:02x}"
    return ""


def _far_place(char: str, alphabet: Alphabet) -> str:
    """The place of a letter outside the orders: after z or я within its script, else by code point."""
    code, script = ord(char), script_of_character(char)
    if script in {"Latn", "Cyrl"}:
        return f"{_OWN if script == alphabet.script else _NEIGHBOUR}ff{code:05x}"
    return f"{_OTHER}{code:04x}" if code <= _LAST_SHORT_CODE else f"{_FAR}{code:06x}"
