"""Words that stand in dates: months and weekdays of any language by CLDR, and words that may stand around a date."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_SHORTEST = 3
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii".split()
# Forms beside those of CLDR, by language.
_MORE_MONTHS: Mapping[str, Mapping[str, int]] = {
    "be": {"травень": 5, "траўня": 5, "траўні": 5, "траўнем": 5},
    "en": {"sept": 9},
}

# English, Russian, Belarusian. None of them moves the date ("before", "until", "about" would).
AROUND = frozenset(
    """
    born birth b date day of on the
    родился родилась родились рожд рождения рождение род р дата день от
    нарадзіўся нарадзілася нарадзіліся нараджэння нараджэнне нар н дзень ад
    """.split()
)
BEHIND = frozenset("г год года году годзе р н рождения рожд нараджэння нар".split())
PLACE_FOLLOWS = frozenset({"in", "at", "near", "в", "во", "на", "у", "ва"})


def month_of(word: str, languages: tuple[str, ...]) -> int:
    """The month that the word names or begins in one of the languages, or as a Roman numeral; 0 for none."""
    folded = word.casefold()
    if folded in _ROMAN and word.isupper():
        return _ROMAN.index(folded) + 1
    if len(folded) < _SHORTEST:
        return 0
    for language in languages:
        names = _months(language)
        if folded in names:
            return names[folded]
        begun = {number for name, number in names.items() if name.startswith(folded)}
        if len(begun) == 1:
            return begun.pop()
    return 0


@lru_cache(maxsize=64)
def words_of_days(languages: tuple[str, ...]) -> frozenset[str]:
    """The names of the weekdays in these languages."""
    return frozenset(
        str(name).casefold().rstrip(".")
        for language in languages
        for locale in _locales(language)
        for widths in locale.days.values()
        for width in ("wide", "abbreviated")
        for name in widths.get(width, {}).values()
    )


@lru_cache(maxsize=64)
def _months(language: str) -> Mapping[str, int]:
    names = dict(_MORE_MONTHS.get(language, {}))
    for locale in _locales(language):
        for widths in locale.months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths.get(width, {}).items():
                    folded = str(name).casefold().rstrip(".")
                    if len(folded) >= _SHORTEST:
                        names.setdefault(folded, int(number))
    return names


def _locales(language: str) -> list[Locale]:
    try:
        return [Locale.parse(language.replace("-", "_"))]
    except (UnknownLocaleError, ValueError):
        return []
