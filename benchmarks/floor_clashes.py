"""The floor of the clashes of an event: the same questions in few plain statements, and the same answers."""

# ruff: noqa: S608  our own words

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from benchmarks.diary import HOME
from interparl.core.dates import bounds_of
from interparl.meetings.actions.occupied import town_of
from interparl.meetings.models import Event
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.zones import day_bounds, local_day
from interparl.tasks.rules import MovedTo, WorkingDays

REACH, AROUND, ONE_DAY = timedelta(hours=6), timedelta(days=30), timedelta(days=1)
TAKEN = "{0}.event_id, {0}.begins_at, {0}.ends_at, {0}.zone, {0}.place, {0}.where_id, {0}.is_whole_day, {0}.source_id"
ON = "stage NOT IN ('cancelled', 'declined', 'refused', 'postponed')"
CAME = "attendance NOT IN ('absent', 'excused', 'declined')"
DAYS = (
    "(x.since_earliest IS NULL OR x.since_earliest <= :last) AND (x.until_latest IS NULL OR x.until_latest >= :first)"
)
RELATED = """
SELECT :event UNION SELECT id FROM meetings_event WHERE within_id = :event
UNION SELECT talks_id FROM meetings_programmeitem WHERE event_id = :event AND talks_id IS NOT NULL
UNION SELECT event_id FROM meetings_programmeitem WHERE talks_id = :event"""
DOUBLE = f"""
SELECT 'person', a.person_id, p.function, a.source_kind, {TAKEN.format("a")}, {TAKEN.format("b")}
FROM meetings_occupation a JOIN meetings_occupation b ON b.person_id = a.person_id
LEFT JOIN meetings_participation p ON p.event_id = a.event_id AND p.person_id = a.person_id
WHERE a.event_id = :event AND b.event_id NOT IN ({RELATED}) AND b.begins_at <= :ends AND b.ends_at >= :begins
UNION ALL SELECT 'resource', a.resource_id, r.kind, a.source_kind, {TAKEN.format("a")}, {TAKEN.format("b")}
FROM meetings_occupation a JOIN meetings_occupation b ON b.resource_id = a.resource_id
JOIN meetings_resource r ON r.id = a.resource_id
WHERE a.event_id = :event AND a.person_id IS NULL AND b.event_id NOT IN ({RELATED})
AND b.begins_at <= :ends AND b.ends_at >= :begins"""
SITTING = """
SELECT DISTINCT a.person_id, s.day, a.begins_at, a.ends_at, a.zone, a.place, a.where_id, a.is_whole_day, c.capital,
c.id, c.zone, s.begins FROM meetings_occupation a
JOIN directory_mandate x ON x.person_id = a.person_id JOIN meetings_sittingday s ON s.chamber_id = x.chamber_id
JOIN directory_chamber h ON h.id = x.chamber_id JOIN directory_parliament p ON p.id = h.parliament_id
JOIN directory_country c ON c.id = p.country_id WHERE a.event_id = :event AND s.day BETWEEN :first AND :last
AND (x.since_earliest IS NULL OR x.since_earliest <= s.day) AND (x.until_latest IS NULL OR x.until_latest >= s.day)"""
PARTNERS = "SELECT :country UNION SELECT country_id FROM meetings_eventpartner WHERE event_id = :event"
COUNTRIES = f"""
SELECT c.id, c.code, m.day, m.becomes FROM directory_country c
LEFT JOIN tasks_movedday m ON m.country_code = substr(c.code, 1, 2) AND m.day BETWEEN :first AND :last
WHERE c.id IN ({PARTNERS}) OR c.id IN (SELECT country_id FROM directory_parliament WHERE code = :home)"""
ENDS = f"""
SELECT 'election', e.chamber_id, e.held_on, NULL, NULL FROM directory_election e
JOIN directory_chamber c ON c.id = e.chamber_id JOIN directory_parliament p ON p.id = c.parliament_id
WHERE p.country_id IN ({PARTNERS})
UNION ALL SELECT 'term', t.chamber_id, t.until, t.until_earliest, t.convocation_id FROM directory_chamberterm t
JOIN directory_chamber c ON c.id = t.chamber_id JOIN directory_parliament p ON p.id = c.parliament_id
WHERE p.country_id IN ({PARTNERS}) AND t.until_earliest <= :near_last AND t.until_latest >= :near_first
UNION ALL SELECT 'convocation', v.id, v.until, v.until_earliest, v.id FROM directory_convocation v
JOIN directory_parliament p ON p.id = v.parliament_id
WHERE p.country_id IN ({PARTNERS}) AND v.until_earliest <= :near_last AND v.until_latest >= :near_first"""
THERE = f"""
SELECT x.id, x.since_earliest, x.begins_at, x.ends_at, x.place, x.body_id, b.kind, x.is_remote, x.where_id = :where
FROM meetings_event x LEFT JOIN bodies_body b ON b.id = x.body_id
WHERE (x.where_id = :where OR (x.where_id IS NULL AND x.country_id = :where)) AND {DAYS} AND {ON}
AND x.id NOT IN ({RELATED})"""
PARTY = " UNION ".join(
    [
        f"SELECT x.event_id, '{name}', x.{name}_id FROM meetings_participation x WHERE x.event_id IN (%s) AND {CAME}"
        for name in ("person", "country", "parliament", "organisation")
    ]
    + [
        "SELECT x.id, 'country', x.country_id FROM meetings_event x WHERE x.id IN (%s)",
        "SELECT x.id, 'organisation', x.organisation_id FROM meetings_event x WHERE x.id IN (%s)",
        "SELECT x.event_id, 'country', x.country_id FROM meetings_eventpartner x WHERE x.event_id IN (%s)",
    ]
)
APART = f"""
SELECT person_id, country_id, parliament_id, organisation_id, other_person_id, other_country_id, other_parliament_id,
other_organisation_id FROM directory_sensitivity x WHERE {DAYS}"""
KEPT = "SELECT key, reason FROM meetings_keptclash WHERE event_id = :event"
NAMES = "SELECT kind, object_id, text FROM core_label WHERE kind = '{}' AND language = 'en' AND object_id IN ({})"
FREE = """
SELECT {0}, count(*) FROM meetings_resource w JOIN meetings_resource o ON o.kind = w.kind AND o.id <> w.id
AND o.interprets = w.interprets AND coalesce(o.seats, w.seats, 0) >= coalesce(w.seats, 0)
WHERE w.id = {0} AND NOT EXISTS (SELECT 1 FROM meetings_occupation t WHERE t.resource_id = o.id
AND t.begins_at < '{2}' AND t.ends_at > '{1}') AND NOT EXISTS (SELECT 1 FROM meetings_occupation t
WHERE t.person_id = o.person_id AND t.begins_at < '{2}' AND t.ends_at > '{1}')"""
PARTIES = ("person", "country", "parliament", "organisation")


class Told(NamedTuple):
    """What is told of a clash: what it is, on which day, who or what is in it, the other event, how many are free."""

    kind: str
    day: str
    name: str
    other: int
    title: str
    free: int


def asked_by_hand(event: Event) -> list[Told]:
    """The clashes of an event for who may know of everything."""
    first, last = event.first_day, event.last_day
    if first is None or last is None or event.begins_at is None or event.ends_at is None:
        raise SystemExit("the event has no days")
    values = {
        "event": event.pk, "country": event.country_id, "where": event.where_id, "home": HOME,
        "first": first.isoformat(), "last": last.isoformat(),
        "near_first": (first - AROUND).isoformat(), "near_last": (last + AROUND).isoformat(),
        "begins": str((event.begins_at - REACH).replace(tzinfo=None)),
        "ends": str((event.ends_at + REACH).replace(tzinfo=None)),
    }  # fmt: skip
    cursor = connection.connection.cursor()
    found = [*_doubles(cursor, values), *_sittings(cursor, values), *_free(cursor, values, first, last)]
    found += [*_ends(cursor, values, first, last), *_there(cursor, values, event)]
    cursor.execute(KEPT, values).fetchall()
    keys: dict[str, set[str]] = {"meetings.event": {str(other) for *_rest, other in found}}
    for _kind, _day, of, key, _other in found:
        keys.setdefault(of, set()).add(str(key))
    statement = " UNION ALL ".join(NAMES.format(of, ", ".join(several)) for of, several in keys.items())
    names = {(of, key): text for of, key, text in cursor.execute(statement)}
    free = _free_others(cursor, found, event)
    told = {
        Told(kind, day, names[of, key], other, names.get(("meetings.event", other), ""), free.get((of, key), -1))
        for kind, day, of, key, other in found
    }
    return sorted(told)


Row = tuple[str, str, str, int, int]
KINDS = {"room": "room", "car": "car", "interpreter": "interpreter", "equipment": "room"}


def _moment(text: Any) -> datetime:
    return (text if isinstance(text, datetime) else datetime.fromisoformat(text)).replace(tzinfo=UTC)


def _taken(what: tuple[str, int], row: Any, source: str) -> rules.Taken:
    event, begins, ends, zone, place, where, is_stay, key = row
    key_of_place = rules.place_key(place, str(where or ""))
    return rules.Taken(what, _moment(begins), _moment(ends), event, (source, key), key_of_place, zone, bool(is_stay))


def _doubles(cursor: Any, values: dict[str, Any]) -> Iterator[Row]:
    for way, key, kind, source, *rest in cursor.execute(DOUBLE, values).fetchall():
        mine, other = _taken((way, key), rest[:8], source), _taken((way, key), rest[8:], "")
        found = rules.overlap_of(mine, other, rules.default_travel)
        if found is None:
            continue
        of = "directory.person" if way == "person" else "meetings.resource"
        said = KINDS[kind] if way == "resource" else "interpreter" if kind == "interpreter" else "person"
        day = local_day(max(mine.begins, other.begins), mine.zone).isoformat()
        yield ("travel" if found.kind == "travel" else said), day, of, key, other.event


def _free_others(cursor: Any, found: Iterable[Row], event: Event) -> dict[tuple[str, int], int]:
    """How many could stand in for each resource that is taken twice, over the days of the event."""
    of = "meetings.resource"
    hours = [str(moment.replace(tzinfo=None)) for moment in (event.begins_at, event.ends_at) if moment]
    wanted = {key for _kind, _day, kind, key, _other in found if kind == of}
    if not wanted:
        return {}
    statement = " UNION ALL ".join(FREE.format(key, *hours) for key in wanted)
    return {(of, key): number for key, number in cursor.execute(statement)}


def _sittings(cursor: Any, values: dict[str, Any]) -> Iterator[Row]:
    for row in cursor.execute(SITTING, values).fetchall():
        person, day, begins, ends, zone, town, where, is_stay, capital, country, its_zone, its_hour = row
        begin, end = day_bounds(date.fromisoformat(str(day)), its_zone or zone)
        place = rules.place_key(town_of(_json(capital)), str(country))
        there = rules.Taken(("person", person), begin, end, 0, ("", 0), place, its_zone or zone)
        mine = _taken(there.what, (1, begins, ends, zone, town, where, is_stay, 1), "stay")
        is_met = mine.begins < there.ends and there.begins < mine.ends
        overlap = rules.overlap_of(mine, there, rules.default_travel)
        if is_met or (overlap and (overlap.kind == "double" or (not is_stay and its_hour))):
            yield "sitting", str(day), "directory.person", person, 0


def _json(text: Any) -> Any:
    return json.loads(text) if text else {}


def _free(cursor: Any, values: dict[str, Any], first: date, last: date) -> Iterator[Row]:
    moved: dict[tuple[int, str], dict[date, MovedTo]] = {}
    for key, code, day, becomes in cursor.execute(COUNTRIES, values).fetchall():
        of_country = moved.setdefault((key, code[:2]), {})
        if day:
            of_country[date.fromisoformat(str(day))] = MovedTo(becomes == "working", {"en": "Moved"})
    for (key, code), days in moved.items():
        calendar, off = WorkingDays(code, days), []
        for step in range((last - first).days + 1):
            day = first + step * ONE_DAY
            if calendar.is_working(day):
                continue
            if day.weekday() < 5 and calendar.why_free(day, "en"):
                yield "holiday", day.isoformat(), "directory.country", key, 0
            else:
                off.append(day.isoformat())
        if off:
            yield "free_day", off[0], "directory.country", key, 0


def _ends(cursor: Any, values: dict[str, Any], first: date, last: date) -> Iterator[Row]:
    told = set()
    for what, key, text, day, convocation in cursor.execute(ENDS, values).fetchall():
        if what == "election":
            earliest, latest = bounds_of(text)
            if earliest and latest and earliest <= last + AROUND and latest >= first - AROUND:
                yield "election", earliest.isoformat(), "directory.chamber", key, 0
        elif what == "term":
            told.add(convocation)
            yield "dissolution", str(day), "directory.chamber", key, 0
        elif convocation not in told:
            yield "dissolution", str(day), "directory.convocation", key, 0


def _there(cursor: Any, values: dict[str, Any], event: Event) -> Iterator[Row]:
    there = cursor.execute(THERE, values).fetchall()
    for key, since, _begins, _ends, _place, body, kind, *_rest in there:
        if kind == "unofficial" and body != event.body_id:
            yield "unofficial", max(values["first"], str(since)), "bodies.body", body, key
    apart = cursor.execute(APART, values).fetchall()
    near = {row[0]: row for row in there if row[8] and not row[7] and _meet(event, row)}
    keys = ", ".join(map(str, [event.pk, *near]))
    parties: dict[int, set[tuple[str, int]]] = {}
    for key, kind, party in cursor.execute(PARTY.replace("%s", keys)):
        parties.setdefault(key, set()).add((kind, party))
    for row in apart if parties else ():
        one, other = (
            next((kind, key) for kind, key in zip(PARTIES, part, strict=True) if key) for part in (row[:4], row[4:])
        )
        here = parties[event.pk]
        if one in here and other in here:
            yield "apart", values["first"], f"directory.{one[0]}", one[1], 0
            continue
        wanted = other if one in here else one if other in here else None
        for key, found in near.items() if wanted else ():
            if wanted in parties.get(key, ()):
                yield "apart", max(values["first"], str(found[1])), f"directory.{one[0]}", one[1], key


def _meet(event: Event, row: Any) -> bool:
    towns = {rules.place_key(town, "") for town in (town_of(event.place), town_of(_json(row[4]))) if town}
    begins, ends = event.begins_at, event.ends_at
    is_then = not (row[2] and row[3]) or bool(begins and ends and begins < _moment(row[3]) and _moment(row[2]) < ends)
    return len(towns) < 2 and is_then
