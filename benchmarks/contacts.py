"""How long "who met whom" of two countries over twenty years takes, beside the one query by hand that says the same.

Rows are put in without the gate: what is measured is the question, and 250,000 participations would take an hour.
INTERPARL_BENCH_EVENTS=2000 makes it small.
"""

from __future__ import annotations

import os
import statistics
from datetime import date, timedelta
from random import Random
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.days import HOME_PARLIAMENT
from interparl.core.models import Setting
from interparl.core.records import open_gate
from interparl.core.tables import Reading, Table
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Country, Parliament, Person
from interparl.meetings.models import Event, Participation
from interparl.meetings.models.meeting import Side, events_of_both
from interparl.meetings.pages.contacts import columns_for

BY = Actor.command("bench")
EVENTS = int(os.environ.get("INTERPARL_BENCH_EVENTS", "50000"))
COUNTRIES, OF_A_SIDE, RUNS, PAGE = 60, (2, 3), 15, 50
FIRST, DAY = date(1995, 6, 1), date(2015, 6, 1)
MOST_MILLISECONDS = 100
FLOOR = (
    "SELECT DISTINCT e.id, e.since_earliest FROM meetings_participation t"
    " JOIN meetings_participation o ON o.event_id = t.event_id AND o.country_id = %s"
    " AND o.attendance NOT IN ('absent', 'excused', 'declined')"
    " JOIN meetings_event e ON e.id = t.event_id"
    " WHERE t.country_id = %s AND t.attendance NOT IN ('absent', 'excused', 'declined')"
    " AND e.stage NOT IN ('cancelled', 'declined', 'refused', 'postponed') AND e.until_latest < '2015-06-01'"
    " ORDER BY e.since_earliest DESC, e.id LIMIT 50"
)
NAMES = (
    "SELECT p.event_id, p.country_id, l.text FROM meetings_participation p LEFT JOIN core_label l"
    " ON l.kind = 'directory.person' AND l.language = 'en' AND l.object_id = p.person_id WHERE p.event_id IN ({})"
)


def contact_rows() -> list[str]:
    """The table: the questions by hand, the first page of the answer, the ratio."""
    home, other = _write()
    reader = User.objects.create_user("contacts", "contacts@example.org", None, role="desk_officer")
    one, two = Side(country=home), Side(country=other)

    def ours() -> int:
        reading = Reading(reader, "en", DAY)
        found = events_of_both(one, two, DAY, reader).order_by("-since_earliest", "pk")
        table = Table.of(columns_for(one, two, reading), found, reading, limit=PAGE)
        list(table.values())
        return table.total

    def floor() -> int:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [home.pk, other.pk])
            keys = [key for key, _since in cursor.fetchall()]
            cursor.execute(NAMES.format(", ".join(["%s"] * len(keys)) or "NULL"), keys)
            cursor.fetchall()
        return len(keys)

    total = ours()
    with CaptureQueriesContext(connection) as asked:
        ours()
    times = {name: _median(function) for name, function in (("floor", floor), ("ours", ours))}
    verdict = "" if times["ours"] < MOST_MILLISECONDS else " **too slow**"
    return [
        f"{EVENTS} events, {Participation.objects.count()} participations, {total} contacts of the two countries.",
        "",
        "| what | by hand, ms | first page, ms | ratio | questions |",
        "|---|---:|---:|---:|---:|",
        (
            f"| who met whom, two countries, twenty years | {times['floor']:.1f} | {times['ours']:.1f}{verdict} |"
            f" {times['ours'] / times['floor']:.2f} | {len(asked)} |"
        ),
    ]


def _median(function: object) -> float:
    found = []
    for run in range(-2, RUNS):
        began = perf_counter()
        function()  # type: ignore[operator]
        if run >= 0:
            found.append((perf_counter() - began) * 1000)
    return statistics.median(found)


def _write() -> tuple[Country, Country]:
    """Our country, the one that is asked about, and events of ours with sixty others over twenty years."""
    random = Random(7)  # noqa: S311  the same rows each time
    countries = [Country(code=f"C{number}", name=written({"en": f"Country {number}"})) for number in range(COUNTRIES)]
    change_many([Planned(country) for country in countries], by=BY)
    home = countries[0]
    change_many([Planned(Parliament(country=home, code="HOME", name=written({"en": "Ours"})))], by=BY)
    change_many([Planned(Setting(key=HOME_PARLIAMENT, value="HOME"))], by=BY)
    people = [Person(country=country) for country in countries for _person in range(20)]
    change_many([Planned(person) for person in people], by=BY)
    of = {country.pk: [one for one in people if one.country_id == country.pk] for country in countries}
    events = []
    for number in range(EVENTS):
        since = FIRST + timedelta(days=random.randrange((DAY - FIRST).days))
        event = Event(
            kind="talks",
            title=written({"en": f"Talks {number}"}),
            country=random.choice(countries[1:]),
            since=since.isoformat(),
            stage="held",
        )
        event.prepare()
        events.append(event)
    with open_gate():
        Event.objects.bulk_create(events, batch_size=2000)
        rows = []
        for event in events:
            for country, number in ((home.pk, OF_A_SIDE[0]), (event.country_id or 0, OF_A_SIDE[1])):
                rows += [
                    Participation(event=event, person=person, country_id=country)
                    for person in random.sample(of[country], number)
                ]
        Participation.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return home, countries[1]
