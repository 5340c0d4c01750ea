"""Names of files as they were handed in: kept as text, shown cleaned, never a path."""

from __future__ import annotations

import re
import unicodedata

from interparl.documents.rules.media import ENDINGS
from interparl.language.cleaning import clean_line, dangerous_characters

LONGEST = 200
NAMELESS = "file"
_PARTS = re.compile(r"[/\\]+")
# Signs that some system gives a meaning within a path or a command.
_MEANING = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
# Names that Windows takes for devices, whatever comes after the first dot.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{one}{at}" for one in ("com", "lpt") for at in range(1, 10))})


def clean_name(given: str) -> str:
    """One line without folders, hidden signs and signs with a meaning; never empty, at most LONGEST characters.

    The ending stays where a long name is cut.
    """
    text = given.encode("utf-8", "replace").decode("utf-8")
    last = next((part for part in reversed(_PARTS.split(text)) if part.strip(" .")), "")
    last = _MEANING.sub(" ", last)
    hidden = {at for at, _code, _name in dangerous_characters(last)}
    last = clean_line("".join(sign for at, sign in enumerate(last) if at not in hidden))
    last = last.strip(" .") or NAMELESS
    if last.partition(".")[0].strip().lower() in _DEVICES:
        last = f"_{last}"
    if len(last) <= LONGEST:
        return last
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending) > 10:
        return last[:LONGEST].rstrip(" .")
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"


def stem_of(name: str) -> str:
    """The cleaned name without its ending, as a title; signs that stand for blanks are blanks."""
    stem, dot, ending = name.rpartition(".")
    text = stem if dot and 0 < len(ending) <= 5 else name
    return clean_line(text.replace("_", " ")) or name


def name_to_save(name: str, media: str) -> str:
    """The name under which a browser saves it: with an ending of the type that the content showed."""
    cleaned = unicodedata.normalize("NFC", clean_name(name))
    ending = cleaned.rpartition(".")[2].lower() if "." in cleaned else ""
    return cleaned if ending in ENDINGS[media] else f"{cleaned}.{ENDINGS[media][0]}"
