"""When an event of a table is: days and hours at its place, whatever offset from UTC the table writes them in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.exchange.rules.moments import hour_of, read_moment
from interparl.language.folding import fold
from interparl.meetings.imports.words import YES
from interparl.meetings.rules.zones import LocalTime, NoSuchZone, NotATime, local_day, moment, zone_of

END_OF_DAY, MIDNIGHT = "24:00", "00:00"
LONGEST_SHOWN = 60
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.hHч]|\s?h\s?)(\d{2})?(?::\d{2}(?:[.,]\d+)?)?\s?(?:([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(Z|[-+]\d\d:\d\d)?")
EXACT = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Spot:
    """A day, perhaps known only in part, and a time of day; each may be empty."""

    day: str = ""
    time: str = ""


@dataclass(frozen=True)
class When:
    """First and last day of an event, or of an item, and its hours there."""

    since: str = ""
    until: str = ""
    begins: str = ""
    ends: str = ""


class NoWhen(Exception):
    """Nothing can be written of the row; says why."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


def when_of(row: MappedRow, zone: str, findings: list[Finding]) -> When:
    """The days and hours of a row in that zone. Raises NoWhen: a zone or an hour that there is not."""
    try:
        zone_of(zone)
    except NoSuchZone as error:
        raise NoWhen("no_such_zone", zone=zone[:LONGEST_SHOWN]) from error
    first, last = _spot(row.text("since"), zone), _spot(row.text("until"), zone)
    begins, ends = (_clock(row, name, zone, findings) for name in ("begins", "ends"))
    found = When(first.day or begins.day, last.day or ends.day, begins.time or first.time, ends.time or last.time)
    # A day that is written as a midnight is no hour, and then the end of the last day is none either.
    if fold(row.text("whole_day")) in YES or not found.begins or (found.begins == MIDNIGHT and not begins.time):
        found = replace(found, begins="", ends="")
    found = _without_midnight(found)
    _check(found, row.place, zone, findings)
    return found


def _spot(text: str, zone: str) -> Spot:
    """The day and time of a text that is a date, or a moment as `read_moment` writes it, at that place."""
    found = _MOMENT.fullmatch(text)
    if not found:
        return Spot(text)
    day, time, offset = found.groups()
    if not offset:
        return Spot(day, time)
    at = datetime.fromisoformat(f"{day}T{time}:00{'+00:00' if offset == 'Z' else offset}")
    try:
        return Spot(local_day(at, zone).isoformat(), LocalTime.of(at, zone).text)
    except NotATime:
        return Spot(day)


def _clock(row: MappedRow, name: str, zone: str, findings: list[Finding]) -> Spot:
    """A time of day, perhaps with its day before it; what is none is told and left out."""
    text = row.text(name)
    if not text:
        return Spot()
    if (read := read_moment(text, order="dmy")) is not None and len(read.text) > len("2022-02-15"):
        return _spot(read.text, zone)
    found = _CLOCK.fullmatch(text.strip())
    try:
        time = LocalTime.parse(_hours(found) if found else text, is_end=name == "ends")
    except NotATime:
        params = {"field": name, "value": text[:LONGEST_SHOWN]}
        findings.append(Finding(row.place, "note", "not_a_time", params))
        return Spot()
    return Spot(time=time.text)


def _hours(found: re.Match[str]) -> str:
    hour, minute, half = found.groups()
    at = hour_of(int(hour), half or "")
    return f"{at if at >= 0 else hour}:{minute or '00'}"


def _without_midnight(when: When) -> When:
    """What ends at midnight ends with the day before: “24:00”."""
    if when.ends != MIDNIGHT or not EXACT.fullmatch(when.until or when.since):
        return when
    last = date.fromisoformat(when.until or when.since)
    if when.until and when.until != when.since:
        return replace(when, until=(last - timedelta(days=1)).isoformat(), ends=END_OF_DAY)
    return replace(when, ends=END_OF_DAY)


def _check(when: When, place: str, zone: str, findings: list[Finding]) -> None:
    """Raises NoWhen for an hour that the clocks there skip or show twice; tells of an end before the start."""
    at = []
    for day, text in ((when.since, when.begins), (when.until or when.since, when.ends)):
        if text and EXACT.fullmatch(day):
            try:
                at.append(moment(date.fromisoformat(day), LocalTime.parse(text, is_end=True), zone))
            except NotATime as error:
                raise NoWhen("hour_twice" if error.reason == "twice" else "hour_missing", time=text, day=day) from error
    if len(at) == 2 and at[1] < at[0] and (when.until or when.since) >= when.since:
        spans = {"since": f"{when.since} {when.begins}", "until": f"{when.until or when.since} {when.ends}"}
        findings.append(Finding(place, "doubtful", "ends_before_start", spans))
