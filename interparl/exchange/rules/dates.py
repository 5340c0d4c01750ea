"""Dates as people write them: read whole or in part, and only where they can mean one day, month or year.

Which of two numbers is the day is told by a whole column, never by one value. What was assumed is told; what is refused
has a reason. The names of months and weekdays are those of CLDR, in the languages asked for.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from interparl.exchange.rules.date_words import AROUND, BEHIND, PLACE_FOLLOWS, month_of, words_of_days

OrderOfParts: TypeAlias = Literal["dmy", "mdy", "ymd", "unknown", "mixed"]

_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_LONGEST = 200
_TIME = re.compile(
    r"(?:(?<=\d)T|,?\s(?:(?:at|в|у|а)\s)?)\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r"\s?(?:[ap]\.?m\.?)?\s?(?:Z|UTC|GMT|[-+]\d\d:?\d\d)?$",
    re.ASCII | re.IGNORECASE,
)
# "2012/10" is left out: it can be October or two years.
_YEAR_FIRST = re.compile(r"\+?(\d{4})(?:(?:([-./])(\d{1,2})\2(\d{1,2}))|[-.](\d{1,2}))?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{4})", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}([-./])\d{1,2}\1\d\d", re.ASCII)
_SHORT_YEAR_IN_WORDS = re.compile(r"\d{1,2}[-\s./]+[^\W\d]{3,}\.?[-\s.,/]+['’]?\d\d")
_PART = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[^\w\s]", re.UNICODE)
# Endings of numbers that count, and words that link the parts of a date.
_ORDINALS = frozenset({"st", "nd", "rd", "th", "го", "е", "га", "ого"})
_LINKS = _ORDINALS | {"of", "de", "del"}


@dataclass(frozen=True)
class ReadDate:
    """A date as partial ISO text ("2012", "2012-10", "2012-10-11") and what was assumed in reading it.

    `assumed` holds keys of findings: date_time_left_out, date_words_left_out, date_order_assumed.
    """

    text: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """In which order a column writes day, month and year, and why we think so (see `messages.order_text`)."""

    order: OrderOfParts
    reason: str
    params: Mapping[str, str | int] = field(default_factory=dict)


# Findings about a text that stands where a date belongs and is none.
UNREAD = frozenset({"not_a_date", "date_no_such_day", "date_order_unknown", "date_two_digit_year", "date_year_too_far"})


class _Refused(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_date(text: str, *, order: str = "", languages: Sequence[str] = ("en", "ru", "be")) -> ReadDate | None:
    """The date that the text writes; None when it writes none, several, or one that could be read in two ways.

    `order` says how the column writes numbers ("dmy", "mdy"); anything else leaves 05/06/2012 unread.
    """
    try:
        return _read(text, order, tuple(languages))
    except _Refused:
        return None


def why_not_read(text: str, *, order: str = "", languages: Sequence[str] = ("en", "ru", "be")) -> str:
    """Why `read_date` reads nothing, as one of `UNREAD`; empty when it does read the text."""
    try:
        _read(text, order, tuple(languages))
    except _Refused as refused:
        return refused.reason
    return ""


def date_order_of(values: Iterable[str]) -> Order:
    """The order of day, month and year in a column: told by values that can be read in one way only.

    "mixed": some can only be day first, others only month first. "unknown": none tells; dots alone mean day first.
    """
    seen: dict[str, str] = {}
    for value in values:
        if (told := _order_told_by(_plain(value))) and told not in seen:
            seen[told] = value.strip()[:_LONGEST]
    if "dmy" in seen and "mdy" in seen:
        return Order("mixed", "order_mixed", {"one": seen["dmy"], "other": seen["mdy"]})
    if "dmy" in seen:
        return Order("dmy", "order_day_first", {"value": seen["dmy"]})
    if "mdy" in seen:
        return Order("mdy", "order_month_first", {"value": seen["mdy"]})
    if "either" in seen:
        return Order("unknown", "order_not_told", {"value": seen["either"]})
    if "dots" in seen:
        return Order("dmy", "order_dots", {"value": seen["dots"]})
    if "ymd" in seen:
        return Order("ymd", "order_year_first", {"value": seen["ymd"]})
    return Order("unknown", "order_no_numbers")


def with_precision(iso: str, precision: int | str | None) -> str:
    """The date without the parts that are not known: 9 keeps the year, 10 the month, 11 the day (as Wikidata counts).

    Less than a year is no date here: empty. Without a precision the date stays as it is.
    """
    given = str(precision if precision is not None else "").strip().removesuffix(".0")
    if not given.isascii() or not given.isdigit():
        return iso
    if int(given) < 9:
        return ""
    return "-".join(iso[:10].split("-")[: min(int(given), 11) - 8])


def _read(text: str, order: str, languages: tuple[str, ...]) -> ReadDate:
    if len(text) > _LONGEST:
        raise _Refused("not_a_date")
    plain = _plain(text)
    bare = _TIME.sub("", plain)
    assumed = ["date_time_left_out"] if bare != plain else []
    if found := _in_numbers(bare, order, assumed):
        return ReadDate(found, tuple(assumed))
    if _SHORT_YEAR.fullmatch(bare) or _SHORT_YEAR_IN_WORDS.fullmatch(bare):
        raise _Refused("date_two_digit_year")
    return ReadDate(_among_words(bare, order, languages, assumed), tuple(assumed))


def _plain(text: str) -> str:
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
    return " ".join(unicodedata.normalize("NFC", digits).split())


def _in_numbers(text: str, order: str, assumed: list[str]) -> str:
    """The date of a text that is nothing but numbers; empty when it is not."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _iso(found.group(1), found.group(3) or found.group(5), found.group(4))
    if found := _COMPACT.fullmatch(text):
        return _iso(*found.groups())
    if found := _MONTH_AND_YEAR.fullmatch(text):
        return _iso(found.group(2), found.group(1), None)
    if found := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = found.groups()
        return _by_order(first, second, year, sign, order, assumed)
    return ""


def _by_order(first: str, second: str, year: str, sign: str, order: str, assumed: list[str]) -> str:
    one, other = int(first), int(second)
    if order not in {"dmy", "mdy"}:
        if one > 12 or one == other or (sign == "." and other <= 12):
            order = "dmy"
        elif other > 12:
            order = "mdy"
        else:
            raise _Refused("date_order_unknown")
    elif one <= 12 and other <= 12 and one != other and not (sign == "." and order == "dmy"):
        assumed.append("date_order_assumed")
    return _iso(year, second, first) if order == "dmy" else _iso(year, first, second)


def _iso(year: str, month: str | None, day: str | None) -> str:
    """Partial ISO text; a month or day written 00 is not known."""
    numbers = int(year), int(month or 0), int(day or 0)
    if not _FIRST_YEAR <= numbers[0] <= _LAST_YEAR:
        raise _Refused("date_year_too_far")
    if numbers[1] > 12 or (numbers[2] and not numbers[1]):
        raise _Refused("date_no_such_day")
    if not numbers[1]:
        return f"{numbers[0]:04}"
    if not numbers[2]:
        return f"{numbers[0]:04}-{numbers[1]:02}"
    if numbers[2] > monthrange(numbers[0], numbers[1])[1]:
        raise _Refused("date_no_such_day")
    return f"{numbers[0]:04}-{numbers[1]:02}-{numbers[2]:02}"


_NUMERIC = re.compile(r"(?<![\d./-])\d{1,4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{2,4}(?![\d/-])(?!\.\d)", re.ASCII)


def _among_words(text: str, order: str, languages: tuple[str, ...], assumed: list[str]) -> str:
    """The only date in a text of words: in numbers, or with the name of its month."""
    if numeric := _NUMERIC.search(text):
        before, date, after = text[: numeric.start()], numeric.group(), text[numeric.end() :]
        if _SHORT_YEAR.fullmatch(date):
            raise _Refused("date_two_digit_year")
        if not (found := _in_numbers(date, order, assumed)):
            raise _Refused("not_a_date")
        return _with_words_left(found, _PART.findall(before), _PART.findall(after), languages, assumed)
    parts = _PART.findall(text)
    months = [at for at, part in enumerate(parts) if not part.isdigit() and month_of(part, languages)]
    if len(months) != 1:
        months = [at for at in months if _has_number_beside(parts, at)]
    if len(months) == 1:
        return _with_month(parts, months[0], languages, assumed)
    years = [at for at, part in enumerate(parts) if part.isdigit()]
    if not months and len(years) == 1 and len(parts[years[0]]) == 4:
        at = years[0]
        return _with_words_left(_iso(parts[at], None, None), parts[:at], parts[at + 1 :], languages, assumed)
    raise _Refused("not_a_date")


def _has_number_beside(parts: Sequence[str], at: int) -> bool:
    return any(part.isdigit() for part in parts[max(at - 1, 0) : at + 2])


def _with_month(parts: list[str], at: int, languages: tuple[str, ...], assumed: list[str]) -> str:
    """The date around the name of a month: "11 October 2012", "Oct. 11, 2012", "October 2012", "2012 October 11"."""
    begins, before = _number_before(parts, at)
    ends, after = _number_after(parts, at)
    month = str(month_of(parts[at], languages))
    if len(before) == 4 and len(after) <= 2:
        year, day = before, after
    elif len(after) == 4 and len(before) <= 2:
        year, day = after, before
    elif not before and 0 < len(after) <= 2:
        ends, year = _number_after(parts, ends - 1)
        day = after
    else:
        year, day = (after if len(before) <= 2 else ""), ""
    if len(year) != 4:
        raise _Refused("date_two_digit_year" if len(year) == 2 else "not_a_date")
    if day == "00":
        day = ""
    if day and not int(day):
        raise _Refused("date_no_such_day")
    return _with_words_left(_iso(year, month, day or None), parts[:begins], parts[ends:], languages, assumed)


def _number_before(parts: Sequence[str], at: int) -> tuple[int, str]:
    """Where the number right before begins, and the number; "" when there is none."""
    place = at - 1
    while place >= 0 and (parts[place] in "-./," or parts[place].casefold() in _LINKS):
        place -= 1
    return (place, parts[place]) if place >= 0 and parts[place].isdigit() else (at, "")


def _number_after(parts: Sequence[str], at: int) -> tuple[int, str]:
    """Where the number right after ends, and the number; "" when there is none."""
    place = at + 1
    while place < len(parts) and (parts[place] in "-./,'’" or parts[place].casefold() in _LINKS):
        place += 1
    return (place + 1, parts[place]) if place < len(parts) and parts[place].isdigit() else (at + 1, "")


def _with_words_left(
    date: str, before: Sequence[str], after: Sequence[str], languages: tuple[str, ...], assumed: list[str]
) -> str:
    """The date when the other words leave it as it is; "before 2012" and "2010 to 2012" are no dates."""
    ahead = [part.casefold() for part in before if part not in ".,:("]
    behind = [part.casefold() for part in after]
    if len(behind) > 1 and behind[0] == "-" and behind[1] in _ORDINALS:
        del behind[:2]
    while behind and (behind[0] in ".,)" or behind[0] in BEHIND):
        behind.pop(0)
    known = AROUND | words_of_days(languages)
    if any(part not in known for part in ahead) or any(part.isdigit() for part in behind):
        raise _Refused("not_a_date")
    if behind and not (len(date) == 10 and (behind[0] in PLACE_FOLLOWS or behind[0] in known)):
        raise _Refused("not_a_date")
    if ahead or behind:
        assumed.append("date_words_left_out")
    return date


def _order_told_by(text: str) -> str:
    """What one value tells of the order of its column; "" for nothing."""
    bare = _TIME.sub("", text)
    if _YEAR_FIRST.fullmatch(bare) and len(bare) > 4:
        return "ymd"
    found = _YEAR_LAST.search(bare)
    if not found:
        return ""
    one, other = int(found.group(1)), int(found.group(3))
    if one > 12 or other > 12:
        return "dmy" if other <= 12 and one <= 31 else "mdy" if one <= 12 and other <= 31 else ""
    if one == other:
        return ""
    return "dots" if found.group(2) == "." else "either"
