"""Folding: the plain form in which names and texts are matched, so that spelling habits do not hide a record."""

import re
import unicodedata
from functools import lru_cache

from interparl.language.characters import (
    APOSTROPHES,
    CLICK_LETTERS,
    LATIN_LETTERS,
    is_diacritic,
    is_hidden,
)

__all__ = ["fold", "is_hidden", "words"]

_CYRILLIC = {"ъ": "", "ь": "", "ґ": "г", "ӏ": ""}
_ARABIC = {
    "ـ": "",  # tatweel only stretches the line
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ڪ": "ك",
    "ٱ": "ا",
    "ة": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
}
_LETTERS = LATIN_LETTERS | _CYRILLIC | _ARABIC

# Unicode decomposes "14¹" to "141" and "3½" to "31⁄2": another number. A gap keeps both readable.
_RAISED = re.compile(r"(?<=\d)(?=[²³¹⁰⁴-⁹₀-₉¼-¾⅐-⅞])")


def fold(text: str) -> str:
    """The text for plain matching: case, diacritics, apostrophes, hidden characters and punctuation gone.

    Words are parted by one space. Й folds to и, ў to у, ё to е, ґ to г; і stays і; ъ and ь go. Special Latin letters
    become plain ones (ł l, ß ss, æ ae, ə a, þ th). Arabic loses tatweel and harakat, and one form stands for the forms
    of alef, yeh, kaf and heh. Digits of any script become 0-9. Folding twice changes nothing.
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    parted = _RAISED.sub(" ", unicodedata.normalize("NFC", text))
    folded = "".join([_fold_character(char) for char in parted])
    return unicodedata.normalize("NFC", " ".join(folded.split()))


def words(text: str) -> list[str]:
    """The folded words in their order, repetitions kept; empty for a text without letters and digits."""
    return fold(text).split()


@lru_cache(maxsize=16384)
def _fold_character(char: str) -> str:
    if char in APOSTROPHES:
        return ""
    bare = _without_marks(char).casefold()
    return "".join([_fold_piece(piece) for piece in _without_marks(bare)])


def _without_marks(text: str) -> str:
    return "".join([piece for piece in unicodedata.normalize("NFKD", text) if not is_diacritic(piece)])


def _fold_piece(piece: str) -> str:
    if is_hidden(piece) or piece in APOSTROPHES:
        return ""
    if piece in CLICK_LETTERS:
        return " "
    if piece in _LETTERS:
        return _LETTERS[piece]
    if piece.isdecimal():
        return str(unicodedata.decimal(piece))
    return piece if unicodedata.category(piece)[0] in "LMN" else " "
