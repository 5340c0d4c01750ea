"""What single characters are: hidden, diacritic, apostrophe, special Latin letter.

Classes are those of the Unicode Standard (general category, canonical combining class) as `unicodedata` gives them.
"""

import unicodedata
from functools import lru_cache

# Written between letters of one word; they never part it. Includes the signs for ayn and hamza in romanised Arabic.
APOSTROPHES = frozenset("'`´‘’‛′＇ʹʻʼʽʾʿˈ՚׳")

# Clicks in Khoisan names. Most registers write them with the ASCII signs ! / | and so they sort and fold alike.
CLICK_LETTERS = frozenset("ǀǁǂǃ")

# Latin letters that Unicode does not decompose, with what they are filed under and typed as.
LATIN_LETTERS = {
    "ł": "l",
    "ø": "o",
    "ß": "ss",
    "đ": "d",
    "ð": "d",
    "ı": "i",
    "ȷ": "j",
    "æ": "ae",
    "œ": "oe",
    "ə": "a",
    "ǝ": "a",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "ĸ": "k",
    "ɓ": "b",
    "ɖ": "d",
    "ɗ": "d",
    "ɛ": "e",
    "ɔ": "o",
    "ɨ": "i",
    "ʉ": "u",
    "ƙ": "k",
    "ƴ": "y",
    "ɣ": "g",
    "ƒ": "f",
    "ɲ": "n",
    "ƶ": "z",
    "ɵ": "o",
}

_VISIBLE_FORMATS = frozenset(range(0x0600, 0x0606)) | {0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD}
_BLANK_LETTERS = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0})
# Canonical combining classes of diacritics: overlays, Hebrew and Arabic points, and all set above, below or beside.
_OVERLAY, _FIRST_POINT, _LAST_POINT, _FIRST_ATTACHED = 1, 10, 36, 200
_SELECTORS = frozenset({*range(0x180B, 0x180E), 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})


def is_variation_selector(char: str) -> bool:
    """Whether the character only chooses another shape of the one before it."""
    return ord(char) in _SELECTORS


@lru_cache(maxsize=4096)
def is_hidden(char: str) -> bool:
    """Whether the character leaves no ink and no room: zero-width, bidi and format controls, selectors, blank fillers.

    Whitespace is not hidden (it parts words); private use and unassigned characters are not hidden either.
    """
    code = ord(char)
    if code in _BLANK_LETTERS or code in _SELECTORS:
        return True
    category = unicodedata.category(char)
    if category == "Cf":
        return code not in _VISIBLE_FORMATS
    return category == "Cc" and not char.isspace()


@lru_cache(maxsize=4096)
def is_diacritic(char: str) -> bool:
    """Whether the character is a mark that matching and first-level order leave out: accents, harakat, Hebrew points.

    Vowel signs, viramas, nuktas, kana voicing marks and Thai tones belong to the spelling and are not diacritics.
    """
    if unicodedata.category(char) == "Me":
        return True
    rank = unicodedata.combining(char)
    return rank == _OVERLAY or _FIRST_POINT <= rank <= _LAST_POINT or rank >= _FIRST_ATTACHED
