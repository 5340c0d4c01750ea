"""How days, numbers and shares are written in each language: data for English, Russian, Belarusian, else CLDR."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import gettext as _

from interparl.core.dates import NotADate, PartialDate

NBSP = "\N{NO-BREAK SPACE}"

# Patterns of CLDR date formatting. "d MMMM" puts months in the genitive, "LLLL" leaves them in the nominative.
PATTERNS = {
    "en": {
        "full": "d MMMM y",
        "day": "d MMM y",
        "weekday": "EEE d MMM y",
        "long": "EEEE d MMMM y",
        "short": "EEE d MMM",
        "weekday_name": "EEE",
        "month_alone": "LLLL",
        "month_heading": "LLLL y",
        "month": "MMM y",
        "month_of": "MMM y",
        "year": "y",
    },
    "ru": {
        "full": f"d{NBSP}MMMM y{NBSP}'г'.",
        "day": "dd.MM.y",
        "weekday": f"EEE, d{NBSP}MMMM y{NBSP}'г'.",
        "long": f"EEEE, d{NBSP}MMMM y{NBSP}'г'.",
        "short": f"EEE, d{NBSP}MMMM",
        "weekday_name": "EEE",
        "month_alone": "LLLL",
        "month_heading": f"LLLL y{NBSP}'г'.",
        "month": f"LLLL y{NBSP}'г'.",
        "month_of": f"MMMM y{NBSP}'г'.",
        "year": f"y{NBSP}'г'.",
    },
}
PATTERNS["be"] = PATTERNS["ru"]
_OTHERS = {
    "full": "long",
    "day": "medium",
    "weekday": "full",
    "long": "full",
    "short": "EEE d MMM",
    "weekday_name": "EEE",
    "month_alone": "LLLL",
    "month_heading": "LLLL y",
}


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def language_name(code: str, language: str) -> str:
    """What a language is called in another; its code when that is not known."""
    return str(_locale(language).languages.get(code.replace("-", "_"), code))


def write_zone(zone: str, language: str) -> str:
    """A time zone by its city: "Minsk"."""
    return str(get_timezone_location(zone, locale=_locale(language), return_city=True))


@lru_cache(maxsize=8192)
def write_day(day: date, language: str, style: str = "day") -> str:
    """An exact day. `style`: "full", "day" (tables), "weekday", "month", "month_of" (in a sentence) or "year".

    "long" has the day of the week in full, "short" no year, "weekday_name" and "month_alone" nothing else.
    """
    patterns = PATTERNS.get(language)
    pattern = patterns[style] if patterns else _OTHERS.get(style, "long")
    return format_date(day, pattern, _locale(language))


def write_moment(moment: datetime, language: str) -> str:
    """A day with its hour and minute, in the time zone of the parliament."""
    here = timezone.localtime(moment)
    return f"{write_day(here.date(), language)}, {here:%H:%M}"


def write_partial(text: str, language: str, style: str = "day") -> str:
    """A stored partial date in words: "14 May 2015", "Oct 2012", "2012", "by ...", "between ... and ...".

    `style`: "day" for tables, "full" within a sentence, "alone" as full, but for a month that no word governs.
    """
    if not text:
        return ""
    if ".." not in text:
        return _plain(text, language, style)
    left, right = text.split("..", 1)
    if not left:
        return _("by %(day)s") % {"day": _plain(right, language, "full")}
    if not right:
        return _("after %(day)s") % {"day": _plain(left, language, "full")}
    return _("between %(first)s and %(last)s") % {
        "first": _plain(left, language, "full"),
        "last": _plain(right, language, "full"),
    }


def _plain(text: str, language: str, style: str) -> str:
    try:
        known = PartialDate.parse(text)
    except NotADate:
        return text
    if known.earliest is None:
        return text
    month = "month_of" if style == "full" else "month"
    exact = "full" if style == "alone" else style
    return write_day(known.earliest, language, {4: "year", 7: month}.get(len(text), exact))


def write_span(since: str, until: str, language: str) -> str:
    """A span of two partial dates, for a narrow cell; open ends are said in words."""
    if ".." in since and not until:
        return write_partial(since, language)
    if ".." in until and not since:
        return write_partial(until, language)
    if since and until:
        return f"{write_partial(since, language)}{NBSP}– {write_partial(until, language)}"
    if since:
        return _("since %(day)s") % {"day": write_partial(since, language, "full")}
    return _("until %(day)s") % {"day": write_partial(until, language, "full")} if until else ""


def write_days(first: date, last: date, language: str, *, weekday: bool = False) -> str:
    """The days from one to another as a heading writes them: "27–30 May 2015", "30 Apr – 2 May 2015", "14 May 2015"."""
    style = "weekday" if weekday else "full"
    if first == last:
        return write_day(first, language, style)
    if (first.year, first.month) == (last.year, last.month) and not weekday:
        return f"{first.day}–{write_day(last, language, 'full')}"
    if first.year == last.year and not weekday:
        return f"{format_date(first, f'd{NBSP}MMMM', _locale(language))}{NBSP}– {write_day(last, language, 'full')}"
    return f"{write_day(first, language, style)}{NBSP}– {write_day(last, language, style)}"


def write_number(number: float | Decimal, language: str) -> str:
    """A number with the separators of the language."""
    return format_decimal(number, locale=_locale(language))
