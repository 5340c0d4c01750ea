"""Splitting a name into family and given name, only where its way of writing leaves no doubt."""

from __future__ import annotations

import re

# Letters after a name: what stands behind the comma is then a degree or an honour, not a given name.
_POST_NOMINALS = frozenset(
    {
        *("ba", "bcom", "bed", "beng", "bsc", "cbe", "csc", "dba", "dphil", "drsc", "dsc", "esq", "ing", "jd", "jr"),
        *("kbe", "kc", "llb", "llm", "ma", "mba", "mbe", "md", "mep", "mgr", "mla", "mp", "mphil", "ms", "msc", "obe"),
        *("phd", "phdr", "qc", "rndr", "sc", "scd", "sr"),
    }
)


def split_name(text: str, *, upper_first: bool) -> tuple[str, str] | None:
    """(family, given) when certain, else None: then the full text is kept.

    Certain are "Family, Given" and, where the source is known to put the family name first in capitals
    (`upper_first`), "FAMILY Given Patronymic" and a name of two words all in capitals.
    """
    words = text.split()
    if text.count(",") == 1:
        return _by_comma(text)
    if not upper_first or len(words) < 2 or "," in text or any(char in '()"' for char in text):
        return None
    leading = 0
    while leading < len(words) and _is_capitals(words[leading]):
        leading += 1
    if leading == len(words):
        return (words[0], words[1]) if len(words) == 2 else None
    # A small letter next ("BAKIR uulu ...", "VAN der ...") means that the family name may go on.
    if not leading or not words[leading][0].isupper():
        return None
    return " ".join(words[:leading]), " ".join(words[leading:])


def split_by_sort_name(name: str, sort_name: str) -> tuple[str, str] | None:
    """(family, given) of a name whose form for sorting ("Duncan, Sir Alan") begins with the words it ends with."""
    if sort_name.count(",") != 1:
        return None
    family = sort_name.partition(",")[0].strip()
    given = name.removesuffix(" " + family)
    return (family, given) if family and given not in ("", name) else None


def split_by_given(name: str, given: str) -> tuple[str, str] | None:
    """(family, given) of a name of two words whose first or last is the given name."""
    words = name.split()
    if len(words) != 2 or given not in words or words[0] == words[1]:
        return None
    return words[1 - words.index(given)], given


def _by_comma(text: str) -> tuple[str, str] | None:
    family, given = (part.strip() for part in text.split(","))
    if not family or not given:
        return None
    letters = [re.sub(r"[^\w]", "", word).casefold() for word in given.split()]
    if any(word in _POST_NOMINALS for word in letters):
        return None
    # "MP", "QC": capitals behind a name that is not in capitals are letters of office.
    if given.isupper() and "." not in given and len(given) > 1 and not family.isupper():
        return None
    return family, given


def _is_capitals(word: str) -> bool:
    return word.isupper() and sum(char.isalpha() for char in word) > 1
