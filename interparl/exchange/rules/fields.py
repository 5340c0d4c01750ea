"""Reads the values of one raw object, whatever stands there, and keeps what was wrong as findings."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from unicodedata import normalize
from urllib.parse import urlsplit

from interparl.exchange.rules.findings import Findings, Json, Level
from interparl.exchange.rules.unpacking import REPLACEMENT
from interparl.language.cleaning import clean_line, dangerous_characters
from interparl.language.folding import is_hidden

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{2}:.*)?", re.ASCII)
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/|$)")
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
# Others may point to it from every row.
_LONGEST_ID = 10_000


class Fields:
    """One raw object at its place; each key asked for is taken as known, the others are `left`."""

    def __init__(self, raw: dict[str, Json], place: str, findings: Findings, level: Level) -> None:
        self.raw = raw
        self.place = place
        self._findings = findings
        self._level = level
        self._asked: set[str] = set()

    def note(self, level: Level, key: str, **params: str | int) -> None:
        """Keeps a finding about this object."""
        self._findings.add(self.place, level, key, **params)

    def identity(self, key: str) -> str:
        """An id or a reference exactly as written, a number as its digits; empty for none and for one without end."""
        text = self._words(key)
        if len(text) > _LONGEST_ID:
            self.note("error", "id_too_long", field=key, most=_LONGEST_ID)
            return ""
        return text if text.strip() else ""

    def text(self, key: str) -> str:
        """One tidy line: spaces at the ends and in runs gone, characters that cannot be seen gone; empty for none."""
        given = self._words(key)
        if not given:
            return ""
        text = clean_line(given)
        if text != normalize("NFC", given):
            self.note("note", "spaces_removed", field=key)
        if dangers := dangerous_characters(text):
            hidden = {place for place, _, _ in dangers if is_hidden(text[place])}
            text = clean_line("".join(char for place, char in enumerate(text) if place not in hidden))
            self.note("note", "hidden_characters", field=key, characters=", ".join(sorted({c for _, c, _ in dangers})))
        if REPLACEMENT in text:
            self.note("note", "broken_characters", field=key)
        return text

    def paragraph(self, key: str) -> str:
        """A longer text as written, line ends kept; empty for none."""
        return self._words(key).strip()

    def day(self, key: str) -> str | None:
        """A date of ISO 8601, also of reduced precision (2012, 2012-10); None for none or for what is no date.

        A time of day is left out, a month or day written 00 is unknown.
        """
        given = self._words(key).strip()
        if not given:
            return None
        day = _iso_day(given)
        if day is None:
            self.note(self._level, "not_a_date", field=key, value=given[:60])
        elif day != given:
            self.note("note", "date_rewritten", field=key, value=given[:60], read=day)
        return day

    def number(self, key: str) -> int | None:
        """A whole number, also when written as text; None for none."""
        value = self._value(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value.strip(), re.ASCII):
            return int(value)
        if value is not None:
            self._wrong(key, value)
        return None

    def address(self, key: str) -> str:
        """A web address of http or https, a bare host completed; empty for none and for any other scheme."""
        given = self._words(key).strip()
        if not given or is_web_address(given):
            return given
        if _BARE_HOST.match(given) and is_web_address(f"http://{given}"):
            return f"http://{given}"
        self.note("note", "not_a_web_address", field=key, value=given[:60])
        return ""

    def parts(self, key: str) -> list[Fields]:
        """The objects of a list within this one; what is no list or no object is left out with a finding."""
        value = self._value(key)
        if value is None:
            if key in self.raw:
                self.note("note", "null_list", field=key)
            return []
        if not isinstance(value, list):
            self._wrong(key, value)
            return []
        found = []
        for index, item in enumerate(value):
            place = f"{self.place}.{key}[{index}]"
            if isinstance(item, dict):
                found.append(Fields(item, place, self._findings, "note"))
            else:
                self._findings.add(place, "note", "not_an_object")
        return found

    def skip(self, *keys: str) -> None:
        """These keys are read elsewhere."""
        self._asked.update(keys)

    def left(self) -> dict[str, Json]:
        """The keys that nobody asked for, with their values."""
        return {key: value for key, value in self.raw.items() if key not in self._asked}

    def _value(self, key: str) -> Json:
        self._asked.add(key)
        return self.raw.get(key)

    def _words(self, key: str) -> str:
        value = self._value(key)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            self.note("note", "number_as_text", field=key)
            whole = isinstance(value, float) and value.is_integer()
            return str(int(value)) if whole else str(value)
        self._wrong(key, value)
        return ""

    def _wrong(self, key: str, value: Json) -> None:
        self.note(self._level, "wrong_type", field=key, type=type(value).__name__)


def is_web_address(text: str) -> bool:
    """Whether it may stand in a link: http or https with a host, no blanks or controls."""
    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _iso_day(given: str) -> str | None:
    found = _DAY.fullmatch(given)
    if not found:
        return None
    year, month, day = (int(number) if number else 0 for number in found.groups())
    if not _FIRST_YEAR <= year <= _LAST_YEAR or month > 12 or (day and not month):
        return None
    if not month:
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if day <= monthrange(year, month)[1] else None


def first_day(text: str) -> date:
    """The earliest day of a date that `Fields.day` gave."""
    numbers = [int(number) for number in text.split("-")]
    return date(*[*numbers, 1, 1][:3])


def last_day(text: str) -> date:
    """The latest day of a date that `Fields.day` gave."""
    numbers = [int(number) for number in text.split("-")]
    year, month = [*numbers, 12][:2]
    return date(year, month, numbers[2] if len(numbers) == 3 else monthrange(year, month)[1])
