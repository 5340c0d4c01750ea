"""Days with a time of day, as tables write them: a moment with its offset from UTC, or what a clock at the place shows.

“2022-02-15T23:00Z” is the sixteenth in Strasbourg: which day it is there can be said only by who knows the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from interparl.exchange.rules.dates import ReadDate, read_date

_TIME = re.compile(
    r"(?:(?<=\d)T|,?\s(?:(?:at|в|у|а)\s)?)(\d{1,2}):(\d\d)(?::\d\d(?:[.,]\d+)?)?"
    r"\s?(?:([ap])\.?m\.?)?\s?(Z|UTC|GMT|[-+]\d\d:?\d\d)?$",
    re.ASCII | re.IGNORECASE,
)
_LEFT_OUT = "date_time_left_out"


def read_moment(text: str, *, order: str = "", languages: Sequence[str] = ("en", "ru", "be")) -> ReadDate | None:
    """The date as `read_date` reads it, with the time of day behind it: "2022-02-15T23:00Z", "2022-02-15T10:30".

    A midnight without an offset is none: so programs write days.
    """
    found = read_date(text, order=order, languages=languages)
    if found is None or _LEFT_OUT not in found.assumed:
        return found
    time = time_behind(text)
    if not time or len(found.text) != len("2022-02-15"):
        return found
    assumed = tuple(one for one in found.assumed if one != _LEFT_OUT)
    return replace(found, text=found.text if time == "00:00" else f"{found.text}T{time}", assumed=assumed)


def time_behind(text: str) -> str:
    """The time of day at the end of a text with its offset, "23:00Z"; "" for none."""
    found = _TIME.search(text.strip())
    if not found:
        return ""
    hour, minute, half, offset = found.groups()
    at = hour_of(int(hour), half or "")
    if at < 0 or int(minute) > 59:
        return ""
    return f"{at:02}:{minute}{_offset(offset or '')}"


def hour_of(hour: int, half: str) -> int:
    """The hour of 24 of an hour, in whichever half of the day it is told (“a”, “p”, “” for neither); -1 for none."""
    if not half:
        return hour if hour < 24 else -1
    if not 1 <= hour <= 12:
        return -1
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _offset(text: str) -> str:
    if text.upper() in ("", "Z", "UTC", "GMT"):
        return "Z" if text else ""
    return text if ":" in text else f"{text[:3]}:{text[3:]}"
