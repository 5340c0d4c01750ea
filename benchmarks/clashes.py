"""How long the clashes of a new visit take over twenty years of events, beside the same asked in plain SQL."""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from time import perf_counter
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.tables import Reading
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Chamber, Country, Mandate, Parliament, Person, PersonName
from interparl.meetings.actions.occupying import occupy_again
from interparl.meetings.attention import with_clashes
from interparl.meetings.blocks.clashes import clashes_of
from interparl.meetings.models import Event, Participation, SittingDay

BY = Actor.command("bench")
EVENTS = int(os.environ.get("INTERPARL_BENCH_EVENTS", "50000"))
EACH, SLICE, RUNS, VISITORS = 5, 5_000, 31, 10
FIRST, YEARS = date(1996, 1, 1), 20
MOST_TIMES, MOST_MS = 3, 50
DOUBLE = """
SELECT a.person_id, a.begins_at, a.ends_at, b.begins_at, b.ends_at, b.event_id, b.place, b.where_id, b.mark
FROM meetings_occupation a JOIN meetings_occupation b ON b.{way} = a.{way}
WHERE a.event_id = %s AND b.event_id <> a.event_id AND b.begins_at <= %s AND b.ends_at >= %s
"""
SITTING = """
SELECT m.person_id, s.day FROM meetings_occupation a
JOIN directory_mandate m ON m.person_id = a.person_id AND m.since_earliest <= %s AND m.until_latest >= %s
JOIN meetings_sittingday s ON s.chamber_id = m.chamber_id AND s.day BETWEEN %s AND %s
WHERE a.event_id = %s
"""
LABEL = "SELECT object_id, text FROM core_label WHERE kind = %s AND language = 'en' AND object_id IN ({signs})"


def clash_rows() -> list[str]:
    """The table: what is asked, the floor, ours, their ratio, what may be expected, the queries."""
    began = perf_counter()
    visit = _fill()
    filled = perf_counter() - began
    user = User.objects.create_user("bench", "bench@example.org", None, role="head_of_department")
    event = Event.objects.get(pk=visit.pk)
    user.standing  # noqa: B018  as a request has its user
    low, high = _timed(lambda: _floor(event)), _timed(lambda: _ours(event, user))
    with CaptureQueriesContext(connection) as asked:
        number = _ours(event, user)
    late = _timed(lambda: len(with_clashes(Event.objects.visible_to(user), event.first_day or FIRST, user)))
    began = perf_counter()
    rows = occupy_again()
    again = perf_counter() - began
    head = (
        f"{EVENTS} events, {EVENTS * EACH} participations, written with what they take in {filled:.0f} s; "
        f"{rows} rows worked out anew in {again:.0f} s."
    )
    times = f"{low:.1f} | {high:.1f} | {high / low:.2f} | {MOST_TIMES} times, {MOST_MS} ms | {len(asked)}"
    return [
        head,
        "",
        "| clashes | floor, ms | ours, ms | ratio | at most | queries |",
        "|---|---:|---:|---:|---:|---:|",
        f"| of a new visit of {VISITORS}, {number} found | {times} |",
        f"| of the next 60 days, for the page of attention | | {late:.1f} | | | |",
    ]


def _timed(deed: Callable[[], Any]) -> float:
    """Median milliseconds."""
    times = []
    for run in range(-3, RUNS):
        began = perf_counter()
        deed()
        if run >= 0:
            times.append(perf_counter() - began)
    return statistics.median(times) * 1000


def _ours(event: Event, user: User) -> int:
    return len(clashes_of(event, Reading(user=user, language="en", day=FIRST)))


def _floor(event: Event) -> int:
    """The same questions as plain statements: who is double, who sits, what all are called."""
    reach = timedelta(hours=6)
    first, last = event.begins_at, event.ends_at
    if first is None or last is None:
        raise SystemExit("the visit has no days")
    with connection.cursor() as cursor:
        found: list[tuple[Any, ...]] = []
        for way in ("person_id", "resource_id"):
            cursor.execute(DOUBLE.format(way=way), [event.pk, last + reach, first - reach])
            found += cursor.fetchall()
        days = [event.last_day, event.first_day]
        cursor.execute(SITTING, [*days, *reversed(days), event.pk])
        sitting = cursor.fetchall()
        for kind, keys in (
            ("meetings.event", {row[5] for row in found}),
            ("directory.person", {row[0] for row in (*found, *sitting)}),
        ):
            if keys:
                cursor.execute(LABEL.format(signs=", ".join(["%s"] * len(keys))), [kind, *keys])
                cursor.fetchall()
    return len(found) + len(sitting)


def _fill() -> Event:
    """Events of twenty years with their people, through the write gate, and a new visit of ten among them."""
    dice = Random(7)  # noqa: S311  a benchmark
    countries = [Country(code=f"X{one}", name=written({"en": f"Country {one}"})) for one in range(60)]
    parliaments = [Parliament(code=one.code, country=one, name=written({"en": one.code})) for one in countries]
    chamber = Chamber(code="X0-LC01", parliament=parliaments[0], kind="single", name=written({"en": "Chamber"}))
    people = [Person(country=dice.choice(countries)) for _one in range(max(100, EVENTS // 25))]
    names = [PersonName(person=one, language="en", text=f"Person {number}") for number, one in enumerate(people)]
    members = [Mandate(person=one, chamber=chamber, since="1996", until="2016") for one in people[::10]]
    days = [SittingDay(chamber=chamber, day=FIRST + timedelta(days=number * 4)) for number in range(YEARS * 90)]
    rows = [*countries, *parliaments, chamber, *people, *names, *members, *days]
    change_many([Planned(row) for row in rows], by=BY)
    for start in range(0, EVENTS, SLICE):
        events = [_event(dice, countries) for _one in range(min(SLICE, EVENTS - start))]
        change_many([Planned(row) for row in events], by=BY)
        parts = [Participation(event=one, person=who) for one in events for who in dice.sample(people, EACH)]
        change_many([Planned(row) for row in parts], by=BY)
    visit = Event(
        kind="incoming-visit", title=written({"en": "Visit"}), since="2010-05-11", until="2010-05-14",
        country=countries[1], where=countries[0], place=written({"en": "Town 0"}), zone="Europe/Minsk",
    )  # fmt: skip
    change_many([Planned(visit)], by=BY)
    guests = [people[number * 10] for number in range(VISITORS)]
    change_many([Planned(Participation(event=visit, person=one)) for one in guests], by=BY)
    return visit


def _event(dice: Random, countries: list[Country]) -> Event:
    first = FIRST + timedelta(days=dice.randrange(YEARS * 365))
    is_stay = dice.random() < 0.3
    last = first + timedelta(days=dice.randrange(5) if is_stay else 0)
    hour = dice.randrange(8, 18)
    return Event(
        kind="outgoing-visit" if is_stay else "talks",
        title=written({"en": f"Event of {first}"}),
        since=first.isoformat(),
        until=last.isoformat(),
        begins="" if is_stay else f"{hour:02}:00",
        ends="" if is_stay else f"{hour + 1:02}:30",
        country=dice.choice(countries),
        where=dice.choice(countries),
        place=written({"en": f"Town {dice.randrange(100)}"}),
        zone="Europe/Minsk",
    )
