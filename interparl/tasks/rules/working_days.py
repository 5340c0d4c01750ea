"""Working days of a country: its weekend, its holidays as the package `holidays` has them, and days that were moved.

A day that was moved by an act of the government counts before everything else. Of a country that is not known only the
weekend counts, Saturday and Sunday, and `is_known` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

import holidays
from babel import Locale, UnknownLocaleError
from babel.dates import format_date

WEEKEND = frozenset({5, 6})
ONE_DAY = timedelta(days=1)
# So many days are looked at for the next working one: no country is closed for longer.
LONGEST_REST = 366


@dataclass(frozen=True)
class MovedTo:
    """What an act made of a day: a working one or a free one, and what it is called, by language."""

    is_working: bool
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """In that language, else in the first that has one."""
        return self.names.get(language) or next((name for name in self.names.values() if name), "")


@dataclass(frozen=True)
class _Year:
    """One year of a country: the names of holidays, its weekends, and the days of these on which people work."""

    names: Mapping[date, str]
    worked: frozenset[date]
    weekend: frozenset[date]


@dataclass(frozen=True)
class WorkingDays:
    """The working days of the country with that ISO 3166-1 alpha-2 code, with the days that were moved."""

    code: str
    moved: Mapping[date, MovedTo] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether the holidays of the country are known; else its weekend alone counts."""
        return is_known_country(self.code)

    def is_working(self, day: date) -> bool:
        """Whether people work on the day."""
        if found := self.moved.get(day):
            return found.is_working
        if not self.is_known:
            return day.weekday() not in WEEKEND
        year = _year(self.code, "", day.year)
        if day in year.weekend:
            return day in year.worked
        return day not in year.names

    def why_free(self, day: date, language: str) -> str:
        """The name of the holiday, or of the day of the week at a weekend; "" on a working day.

        In that language where the package has it, else in the country's own.
        """
        if self.is_working(day):
            return ""
        if (found := self.moved.get(day)) and (name := found.name(language)):
            return name
        named = _year(self.code, _spoken(self.code, language), day.year).names if self.is_known else {}
        return named.get(day) or _weekday(day, language)

    def add(self, day: date, number: int) -> date:
        """The n-th working day after the day, before it when n is negative; the day itself for 0."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        for _counted in range(abs(number)):
            day += step
            rested = 0
            while not self.is_working(day):
                day, rested = day + step, rested + 1
                if rested > LONGEST_REST:
                    raise ValueError(f"no working day of {self.code} is near {day}")
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie between: without the first day, with the last; below 0 when that is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))


@cache
def _countries() -> Mapping[str, tuple[str, ...]]:
    """The countries that the package knows by two letters, each with the languages of its names."""
    found = holidays.list_localized_countries(include_aliases=True)
    every = holidays.list_supported_countries(include_aliases=True)
    return {code: tuple(found.get(code, ())) for code in every if len(code) == 2}


def is_known_country(code: str) -> bool:
    """Whether the holidays of the country are known."""
    return code in _countries()


def _spoken(code: str, language: str) -> str:
    """How the package calls the language, else the country's own; "" where the package has one language only."""
    offered = _countries()[code]
    found = next((one for one in offered if one.partition("_")[0] == language.partition("-")[0]), "")
    return found or _own_language(code)


@cache
def _own_language(code: str) -> str:
    return holidays.country_holidays(code).default_language or ""


@lru_cache(maxsize=4096)
def _year(code: str, spoken: str, year: int) -> _Year:
    """The holidays of one year. The years beside it are asked as well: a holiday may be kept on a day of the next.

    Made anew for each and never filled later, so that threads may share it.
    """
    if not 2 <= year <= 9997:
        return _Year({}, frozenset(), frozenset())
    known = holidays.country_holidays(code, years=(year - 1, year, year + 1), expand=False, language=spoken or None)
    names = {day: name for day, name in known.items() if day.year == year}
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    weekend = frozenset(day for day in days if day.year == year and known.is_weekend(day))
    return _Year(names, frozenset(known.weekend_workdays), weekend)


def _weekday(day: date, language: str) -> str:
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        locale = Locale("en")
    return format_date(day, "EEEE", locale)
