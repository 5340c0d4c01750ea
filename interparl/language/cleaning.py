"""Cleaning a line that was typed or imported, and finding characters that could deceive the reader."""

import re
import unicodedata

from interparl.language.characters import is_hidden, is_variation_selector
from interparl.language.scripts import script_of_character

_SPACES = re.compile(r"\s+")
_NO_BREAK_SPACES = frozenset("\u00a0\u2007\u202f")
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9  # canonical combining class; Unicode Standard, section 4.3

# Scripts whose spelling needs the joiners: cursive ones and those with conjuncts (RFC 5892, appendix A).
_JOINING_SCRIPTS = frozenset(
    {
        "Arab",
        "Beng",
        "Deva",
        "Gujr",
        "Guru",
        "Khmr",
        "Knda",
        "Mlym",
        "Mong",
        "Mymr",
        "Nkoo",
        "Orya",
        "Sinh",
        "Syrc",
        "Taml",
        "Telu",
    }
)

_NAMELESS = {
    "Cc": "CONTROL CHARACTER",
    "Cn": "UNASSIGNED CHARACTER",
    "Co": "PRIVATE USE CHARACTER",
    "Cs": "SURROGATE",
}


def clean_line(text: str) -> str:
    """The text as one tidy line in NFC: no whitespace at the ends, one space for a run of it.

    A run of no-break spaces alone stays one no-break space. Nothing visible is dropped; hidden characters stay, to be
    found by `dangerous_characters`.
    """
    return _SPACES.sub(_one_space, unicodedata.normalize("NFC", text).strip())


def dangerous_characters(text: str) -> list[tuple[int, str, str]]:
    """Characters a reader cannot see or trust: (index in the text, "U+202E", English Unicode name), in order.

    Found are zero-width characters, bidi controls, fillers, other controls, private use and unassigned characters.
    Allowed are tab and line ends, joiners between letters of a script that needs them (or after its virama), and
    variation selectors after a symbol, a Han or a Mongolian character.
    """
    if text.isascii() and text.isprintable():
        return []
    return [
        (index, f"U+{ord(char):04X}", _name(char))
        for index, char in enumerate(text)
        if _is_suspect(char) and not _is_needed(text, index)
    ]


def _one_space(run: re.Match[str]) -> str:
    spaces = run.group()
    return spaces[0] if _NO_BREAK_SPACES.issuperset(spaces) else " "


def _name(char: str) -> str:
    return unicodedata.name(char, "") or _NAMELESS.get(unicodedata.category(char), "UNNAMED CHARACTER")


def _is_suspect(char: str) -> bool:
    if char in "\t\n\r":
        return False
    return is_hidden(char) or unicodedata.category(char) in _NAMELESS


def _is_needed(text: str, index: int) -> bool:
    char, before = text[index], text[index - 1 : index]
    if not before:
        return False
    if char in _JOINERS:
        return _joins(before, text[index + 1 : index + 2])
    if is_variation_selector(char):
        return unicodedata.category(before) == "So" or script_of_character(before) in {"Hani", "Mong"}
    return False


def _joins(before: str, after: str) -> bool:
    script = script_of_character(before)
    if script not in _JOINING_SCRIPTS or not _is_letter_or_mark(before):
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    return bool(after) and script_of_character(after) == script and _is_letter_or_mark(after)


def _is_letter_or_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"
