"""Which form of a noun goes with a whole number. Source: Unicode CLDR, plural rules for cardinals."""

from collections.abc import Callable


def _one_or_other(number: int) -> str:
    return "one" if number == 1 else "other"


def _east_slavic(number: int) -> str:
    tens, last = number % 100, number % 10
    if 11 <= tens <= 14:
        return "many"
    if last == 1:
        return "one"
    return "few" if 2 <= last <= 4 else "many"


_RULES: dict[str, Callable[[int], str]] = {
    "be": _east_slavic,
    "en": _one_or_other,
    "ru": _east_slavic,
    "uk": _east_slavic,
}


def plural_form(number: int, language: str) -> str:
    """The CLDR category for a whole number: "one", "few", "many" or "other".

    The sign does not count. A tag may be longer than the language ("be-tarask"). A language without a rule here
    is counted as English: one, other. "other" of Belarusian and Russian is for fractions and so never returned.
    """
    primary = language.replace("_", "-").partition("-")[0].lower()
    return _RULES.get(primary, _one_or_other)(abs(number))
