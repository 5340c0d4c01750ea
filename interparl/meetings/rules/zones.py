"""Times of day at a place: what a clock on its wall shows, and which moment that is.

A place is a zone of the IANA database ("Europe/Minsk"), a moment a datetime in UTC. Nothing here guesses: an hour that
does not exist on a day, or that happens twice, is told apart from a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

# What a computer calls its own time, and "no time was set": keys of the database on some machines, places on none.
_NO_PLACES = frozenset({"localtime", "Factory"})
_MINUS = "\u2212"
_TIME = re.compile(
    r"([0-9]{1,2})[:.]([0-9]{2})"
    r"(?:\s?([+\-\u2212])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?"
)
_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_HOURS, _MINUTES = 24, 60


class NoSuchZone(ValueError):
    """No zone has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no such zone: {name!r}")
        self.name = name


class NotATime(ValueError):
    """A text names no moment: why, and the times that could be meant.

    Reasons: "form" (not written as a time), "end" (24:00 where something begins), "gap" (the clock skips it that day),
    "twice" (it happens twice), "offset" (the offset is not that of the place then), "range" (beyond all calendars).
    """

    def __init__(self, text: str, reason: str, offsets: tuple[str, ...] = ()) -> None:
        super().__init__(f"{text!r}: {reason}")
        self.text = text
        self.reason = reason
        self.offsets = offsets

    @property
    def choices(self) -> tuple[str, ...]:
        """The times to be written instead, earliest first: ("02:30+03:00", "02:30+02:00")."""
        return tuple(f"{self.text[:5]}{offset}" for offset in self.offsets)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones()) - _NO_PLACES


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def zone_names() -> list[str]:
    """All names of zones, sorted, for a field to choose from."""
    return sorted(_names())


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name, letter for letter; anything else raises NoSuchZone."""
    # Unknown names are never cached: a stranger could fill the memory with them.
    if name not in _names():
        raise NoSuchZone(name)
    return _zone(name)


@dataclass(frozen=True)
class LocalTime:
    """What a clock shows, and, where an hour happens twice, the offset from UTC that says which of the two is meant."""

    hour: int
    minute: int
    offset: timedelta | None = None

    def __post_init__(self) -> None:
        is_end = (self.hour, self.minute, self.offset) == (_HOURS, 0, None)
        if not is_end and not (0 <= self.hour < _HOURS and 0 <= self.minute < _MINUTES):
            raise NotATime(f"{self.hour}:{self.minute}", "form")
        if self.offset is not None and (abs(self.offset) >= _DAY or self.offset % _SECOND):
            raise NotATime(f"{self.hour:02}:{self.minute:02}", "form")

    @classmethod
    def parse(cls, text: str, *, is_end: bool = False) -> LocalTime:
        """A time as it is written: "10:00", "9.30", "02:30+03:00"; "24:00" only where something ends."""
        found = _TIME.fullmatch(text.strip())
        if not found:
            raise NotATime(text, "form")
        hour, minute, sign, *parts = found.groups()
        offset = None
        if sign:
            hours, minutes, seconds = (int(part or 0) for part in parts)
            if minutes >= _MINUTES or seconds >= _MINUTES:
                raise NotATime(text, "form")
            offset = timedelta(hours=hours, minutes=minutes, seconds=seconds) * (1 if sign == "+" else -1)
        try:
            parsed = cls(int(hour), int(minute), offset)
        except NotATime:
            raise NotATime(text, "form") from None
        if parsed.is_end_of_day and not is_end:
            raise NotATime(text, "end")
        return parsed

    @classmethod
    def of(cls, moment: datetime, zone: str) -> LocalTime:
        """What the clock shows there then, with the offset only where the hour happens twice; seconds are dropped."""
        there = _there(moment, zone)
        local = cls(there.hour, there.minute)
        if len(_moments(there.date(), local, zone)) < 2:
            return local
        return cls(there.hour, there.minute, there.utcoffset())

    @property
    def is_end_of_day(self) -> bool:
        """Whether it is 24:00, the end of the day."""
        return self.hour == _HOURS

    @property
    def text(self) -> str:
        """The one way to write it: "10:00", "02:30+03:00"."""
        return f"{self.hour:02}:{self.minute:02}{'' if self.offset is None else _offset_text(self.offset)}"


def moment(day: date, time: LocalTime, zone: str) -> datetime:
    """The moment in UTC at which a clock there shows that time on that day; NotATime if there is none, or two."""
    if time.is_end_of_day:
        begin, end = day_bounds(day, zone)
        if begin == end:
            raise NotATime(time.text, "gap")
        return end
    found = _moments(day, time, zone)
    if not found:
        raise NotATime(time.text, "gap")
    offsets = [one.astimezone(zone_of(zone)).utcoffset() for one in found]
    if time.offset in offsets:
        return found[offsets.index(time.offset)]
    texts = tuple(_offset_text(offset) for offset in offsets if offset is not None)
    if time.offset is not None:
        raise NotATime(time.text, "offset", texts)
    if len(found) > 1:
        raise NotATime(time.text, "twice", texts)
    return found[0]


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The moments in UTC at which the day begins there, and the next one; the same twice for a day that never was.

    Days follow one another without hole or overlap. Where a clock was put back over midnight, the day begins when the
    calendar first shows it.
    """
    try:
        return _begin(day, zone), _begin(day + _DAY, zone)
    except OverflowError:
        raise NotATime(day.isoformat(), "range") from None


def local_day(moment: datetime, zone: str) -> date:
    """The day that the calendar on the wall shows there then."""
    return _there(moment, zone).date()


def local_text(moment: datetime, zone: str) -> str:
    """What the clock on the wall shows there then: "HH:MM"."""
    return f"{_there(moment, zone):%H:%M}"


def offset_words(moment: datetime, zone: str) -> str:
    """How far the place is from UTC then: "UTC+3", "UTC+5:30", with a true minus where it lies behind, "UTC" for none.

    Seconds, which only local mean times of long ago have, are dropped.
    """
    seconds = (_there(moment, zone).utcoffset() or timedelta()) // _SECOND
    hours, minutes = divmod(abs(seconds) // _MINUTES, _MINUTES)
    if not hours and not minutes:
        return "UTC"
    return f"UTC{'+' if seconds > 0 else _MINUS}{hours}{f':{minutes:02}' if minutes else ''}"


def _there(moment: datetime, zone: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without its offset from UTC is none")
    try:
        return moment.astimezone(zone_of(zone))
    except OverflowError:
        raise NotATime(moment.isoformat(), "range") from None


def _moments(day: date, local: LocalTime, zone: str) -> list[datetime]:
    """All moments at which the clock shows that time on that day, in order: none, one or two."""
    there = zone_of(zone)
    wall = datetime.combine(day, time(local.hour, local.minute))
    try:
        asked = {wall.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1)}
        return sorted(one for one in asked if one.astimezone(there).replace(tzinfo=None) == wall)
    except OverflowError:
        raise NotATime(local.text, "range") from None


def _begin(day: date, zone: str) -> datetime:
    """The first moment at which it is that day there, or a later one if the day never was."""
    there = zone_of(zone)
    midnight = datetime.combine(day, time.min, tzinfo=there)
    first, last = midnight.replace(fold=1).astimezone(UTC), midnight.astimezone(UTC)
    if last <= first:
        return last
    # Midnight is skipped: the clock jumps somewhere between these two, and only once.
    while last - first > _SECOND:
        middle = first + (last - first) // _SECOND // 2 * _SECOND
        if middle.astimezone(there).date() < day:
            first = middle
        else:
            last = middle
    return last


def _offset_text(offset: timedelta) -> str:
    """ISO 8601: "+03:00"; with seconds where there are any."""
    return timezone(offset).tzname(None).removeprefix("UTC") or "+00:00"
