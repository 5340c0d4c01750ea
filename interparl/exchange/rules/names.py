"""Splitting a name into family and given name, only where its way of writing leaves no doubt."""

from __future__ import annotations

import re

from interparl.language.cleaning import clean_line

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


def name_key(name: str) -> str:
    """What stands for the id of somebody who has none in a source: the name itself, letter case and blanks aside."""
    return clean_line(name).casefold()


# Endings of patronymics: Russian, Belarusian, Ukrainian, and how they are written in Latin letters.
_PATRONYMIC = re.compile(
    r"(?:[оеё]вич|[оеё]вна|йович|ївна|[іи]вна|ьич|[кмт]ич|ична"
    r"|[аеёоы]віч|[аеё]ўна|ьіч|міч|[кт]іч|ічна"
    r"|[oea]vich|[oea]vi[cčć]|[oea]vna|[ae]ŭna|[ae]una|[oe]vych|ivna|lyich|kuzmich|lukich|fomich|nikitich|ichna)$",
    re.IGNORECASE,
)
_TURKIC = frozenset({"оглы", "кызы", "улы", "кизи", "oglu", "ogly", "qizi", "gyzy", "kyzy", "uly", "uulu"})


def is_patronymic(word: str) -> bool:
    """Whether a word has the form of a patronymic; some surnames have it too."""
    return bool(_PATRONYMIC.search(word))


def part_names(text: str, order: str) -> tuple[str, str, str] | None:
    """(family, given, patronymic) of a name written in that order; None when it cannot be told for certain.

    Orders: "given-first", "family-first", "family-comma", "family-capitals"; "" takes what the form of the name tells:
    a comma, or a patronymic in the middle (given name first) or at the end (surname first) of three words.
    """
    if text.count(",") == 1 and order in ("", "family-comma", "family-capitals", "given-first"):
        parts = _by_comma(text)
        return (parts[0], *_given_and_patronymic(parts[1])) if parts else None
    words = text.split()
    if order == "family-capitals":
        split = split_name(text, upper_first=True)
        return (split[0], *_given_and_patronymic(split[1])) if split else None
    if order == "family-first":
        return (words[0], *_given_and_patronymic(" ".join(words[1:]))) if len(words) > 1 else None
    if len(words) == 3 and is_patronymic(words[1]):
        return words[2], words[0], words[1]
    if order == "" and len(words) >= 3 and (is_patronymic(words[2]) or words[-1].lower() in _TURKIC):
        return words[0], words[1], " ".join(words[2:])
    return (words[1], words[0], "") if order == "given-first" and len(words) == 2 else None


def _given_and_patronymic(text: str) -> tuple[str, str]:
    words = text.split()
    if len(words) > 1 and (is_patronymic(words[1]) or words[-1].lower() in _TURKIC):
        return words[0], " ".join(words[1:])
    return text, ""


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
