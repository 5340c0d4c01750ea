"""Twenty years of what happens: events, who and what is in them, and what they can collide with.

Countries, people and what is few come through the write gate. Events and those who take part are put in past it, as it
would have left them: 250,000 participations would take it an hour. INTERPARL_BENCH_EVENTS says how many events, 50,000
unless told; in each of them are two of ours and three of theirs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from interparl.bodies.models import Body
from interparl.core.actors import Actor
from interparl.core.days import DEMONSTRATION_DAY, HOME_PARLIAMENT, PARLIAMENT_ZONE
from interparl.core.labels import labels_for
from interparl.core.models import Label, Setting
from interparl.core.planner import many_were_written
from interparl.core.querysets import open_gate
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import (
    Chamber,
    ChamberTerm,
    Convocation,
    Country,
    Election,
    Mandate,
    Parliament,
    Person,
    PersonName,
    Sensitivity,
)
from interparl.meetings.actions.occupying import occupy_again
from interparl.meetings.models import Booking, Event, Kind, Participation, ProgrammeItem, Resource, SittingDay, StageDay
from interparl.meetings.workflow import way_of
from interparl.tasks.models import MovedDay

EVENTS = int(os.environ.get("INTERPARL_BENCH_EVENTS", "50000"))
FIRST, DAYS, TODAY = date(2000, 1, 1), 20 * 365, date(2014, 6, 2)
HOME, VISITORS, OURS, THEIRS, GROUPS = "BY", 10, (1000, 2), (50, 3), 20
CODES = (
    "VN AM AT AZ BE BG BR CA CH CL CN CO CU CY CZ DE DK DZ EC EE EG ES ET FI FR GB GE GR HR HU ID IE IL IN IS IT JO"
    " JP KE KG KH KR KW KZ LA LB LT LU LV MA MD ME MN MT MX MY NG NL NO NZ PA PE PH PK PL PT PY RO RS RU SA SE SG SI"
    " SK TH TJ TN TR UA"
).split()
BY = Actor.command("bench")
COMMON = {"mark": "internal", "grade": "illustrative"}
ONE_DAY = timedelta(days=1)
CHUNK = 5_000
# A programme, days of stages and rooms stand on events so near to today.
NEAR = 30


def visit() -> Event:
    """The visit of ten that is asked about: it was entered last."""
    return Event.objects.filter(level="speaker").latest("pk")


def fill_diary() -> str:
    """Fills an empty database, and says how long that took."""
    dice, began = Random(11), perf_counter()  # noqa: S311  a benchmark
    countries = _countries()
    people, resources = _people(countries), _resources()
    _calendars(countries, people[HOME], dice)
    groups = [
        Body(code=f"group-{at}", kind="unofficial", name=written({"en": f"Group {at}"}), since="2000", **COMMON)
        for at in range(GROUPS)
    ]
    change_many([Planned(group) for group in groups], by=BY)
    for start in range(0, EVENTS, CHUNK):
        size = min(CHUNK, EVENTS - start)
        with transaction.atomic():
            _put_events([_event(dice, countries, groups) for _one in range(size)], people, resources, dice)
    with transaction.atomic():
        _follow()
    _new_visit(countries, people, resources)
    filled, began = perf_counter() - began, perf_counter()
    rows = occupy_again()
    return (
        f"{Event.objects.count()} events, {Participation.objects.count()} participations, put in in {filled:.0f} s; "
        f"{rows} rows of what they take worked out in {perf_counter() - began:.0f} s."
    )


def _countries() -> list[Country]:
    """The home country first, each with a parliament of one chamber."""
    countries = [
        Country(
            code=code, name=written({"en": f"Country {code}"}), zone="Europe/Riga" if at else "Europe/Minsk", **COMMON
        )
        for at, code in enumerate((HOME, *CODES))
    ]
    parliaments = [
        Parliament(code=one.code, country=one, name=written({"en": f"Parliament of {one.code}"}), **COMMON)
        for one in countries
    ]
    chambers = [
        Chamber(code=f"{one.code}-LC01", parliament=one, kind="single", name=written({"en": "Chamber"}), **COMMON)
        for one in parliaments
    ]
    settings = [
        Setting(key=HOME_PARLIAMENT, value=HOME),
        Setting(key=PARLIAMENT_ZONE, value="Europe/Minsk"),
        Setting(key=DEMONSTRATION_DAY, value=TODAY.isoformat()),
    ]
    change_many([Planned(row) for row in (*countries, *parliaments, *chambers, *settings)], by=BY)
    return countries


def _people(countries: Sequence[Country]) -> dict[str, list[Person]]:
    """Those of each country, with their names; every fifth of ours is a member."""
    found = {one.code: [Person(country=one, **COMMON) for _at in range(THEIRS[0])] for one in countries[1:]}
    found[HOME] = [Person(country=countries[0], **COMMON) for _at in range(OURS[0])]
    every = [person for people in found.values() for person in people]
    names = [
        PersonName(person=person, language="en", family=f"Family{at}", given="Given", is_preferred=True, **COMMON)
        for at, person in enumerate(every)
    ]
    change_many([Planned(row) for row in (*every, *names)], by=BY)
    return found


def _resources() -> list[Resource]:
    kinds = ("room", "car", "interpreter")
    rows = [
        Resource(
            kind=kinds[at % 3],
            name=written({"en": f"{kinds[at % 3]} {at}"}),
            interprets="ru-en" if at % 3 == 2 else "",
            **COMMON,
        )
        for at in range(60)
    ]
    change_many([Planned(row) for row in rows], by=BY)
    return rows


def _calendars(countries: Sequence[Country], ours: Sequence[Person], dice: Random) -> None:
    """Mandates, days of sittings, elections, terms, moved days, and who must not meet whom."""
    chambers = {one.parliament.country_id: one for one in Chamber.objects.select_related("parliament")}
    home = chambers[countries[0].pk]
    rows: list[Record] = [Mandate(person=one, chamber=home, since="1998", until="2020", **COMMON) for one in ours[::5]]
    days = range(0, DAYS, 4)
    rows += [SittingDay(chamber=home, day=FIRST + at * ONE_DAY, **COMMON) for at in days]
    for country in countries:
        chamber = chambers[country.pk]
        for number in range(5):
            year = 2000 + 4 * number + dice.randrange(4)
            term = Convocation(
                parliament=chamber.parliament, number=number + 1, name=written({"en": f"Convocation {number + 1}"}),
                since=f"{year}-06-20", until=f"{year + 3}-06-19", **COMMON,
            )  # fmt: skip
            of_chamber = ChamberTerm(chamber=chamber, convocation=term, since=term.since, until=term.until, **COMMON)
            rows += [term, of_chamber, Election(chamber=chamber, held_on=f"{year}-06-12", **COMMON)]
        rows.append(
            MovedDay(
                country_code=country.code, day=TODAY + 12 * ONE_DAY, becomes="working", name=written({"en": "Moved"}),
                **COMMON,
            )
        )  # fmt: skip
    rows += [
        Sensitivity(country=one, other_country=other, grounds="An old dispute", **COMMON)
        for one, other in zip(countries[1:40:2], countries[2:41:2], strict=True)
    ]
    change_many([Planned(row) for row in rows], by=BY)


def _event(dice: Random, countries: Sequence[Country], groups: Sequence[Body]) -> Event:
    country, kind = dice.choice(countries[1:]), dice.choice(Kind.values)
    since, way = FIRST + dice.randrange(DAYS) * ONE_DAY, way_of(kind)
    is_hours, hour = dice.random() < 0.5, dice.randrange(8, 18)
    return Event(
        kind=kind,
        title=written({"en": f"{kind} with {country.code}, {dice.randrange(10**6)}", "ru": "Событие", "be": "Падзея"}),
        since=since.isoformat(),
        until=(since + (0 if is_hours else dice.randrange(4)) * ONE_DAY).isoformat(),
        begins=f"{hour:02}:00" if is_hours else "",
        ends=f"{hour + 1:02}:30" if is_hours else "",
        country=country,
        where=dice.choice((countries[0], country)),
        body=dice.choice(groups) if dice.random() < 0.05 else None,
        stage=way[-1] if since < TODAY else way[1],
        place=written({"en": f"Town {dice.randrange(10)}"}),
        **COMMON,
    )


def _put_events(
    events: Sequence[Event], people: dict[str, list[Person]], resources: Sequence[Resource], dice: Random
) -> None:
    """Events with their labels, who takes part, what is booked, and of those near to today what else there is."""
    for event in events:
        event.prepare()
    with open_gate():
        Event.objects.bulk_create(events, batch_size=500)
    kind = Event.record_kind()
    Label.objects.bulk_create([one for event in events for one in labels_for(event, kind)], batch_size=1000)
    part = ("event_id", "person_id", "country_id", "function", "rank")
    ranks = {one: Participation.Function.values.index(one) for one in ("head", "member")}
    rows, booked, near = [], [], []
    for event in events:
        for code, (_most, number) in ((HOME, OURS), (str(event.country and event.country.code), THEIRS)):
            for at, person in enumerate(dice.sample(people[code], number)):
                function = "member" if at else "head"
                rows.append((event.pk, person.pk, person.country_id, function, ranks[function]))
        if dice.random() < 0.4:
            booked.append((event.pk, dice.choice(resources).pk))
        day = event.first_day
        if day is not None and abs((day - TODAY).days) < NEAR:
            near += _near(event, day, dice)
    put_in(Participation(event=events[0], printed_name="", **COMMON), part, rows)
    put_in(Booking(event=events[0], resource=resources[0], **COMMON), ("event_id", "resource_id"), booked)
    change_many([Planned(row) for row in near], by=BY)


def _near(event: Event, day: date, dice: Random) -> list[Record]:
    planned = (day + dice.randrange(10) * ONE_DAY).isoformat()
    return [
        ProgrammeItem(event=event, day=day, begins="10:00", text=written({"en": "An item"}), **COMMON),
        StageDay(event=event, stage=way_of(event.kind)[-2], planned_on=planned, **COMMON),
    ]


def put_in(like: Record, names: Sequence[str], values: Iterable[tuple[Any, ...]]) -> None:
    """Rows like this one but for these columns; to make an instance of each would take ten times as long."""
    columns = [column for column in like._meta.concrete_fields if not column.primary_key]
    columns.sort(key=lambda column: names.index(column.attname) if column.attname in names else len(names))
    same = tuple(column.get_db_prep_save(getattr(like, column.attname), connection) for column in columns[len(names) :])
    quoted = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)
    signs = ", ".join("%s" for _column in columns)
    statement = f"INSERT INTO {like._meta.db_table} ({quoted}) VALUES ({signs})"  # noqa: S608  names of columns
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*row, *same) for row in values])


def _follow() -> None:
    """What the gate would have written beside: what participations are called, and the history as time went by."""
    labels = (
        "INSERT INTO core_label (kind, object_id, language, text, by, key, folded, spoken)"
        " SELECT 'meetings.participation', p.id, l.language, l.text, l.by, l.key, l.folded, l.spoken"
        " FROM meetings_participation p JOIN core_label l ON l.kind = 'directory.person' AND l.object_id = p.person_id"
    )
    entry = (
        "INSERT INTO core_entry (kind, object_id, whole_kind, whole_id, verb, changes, actor, at, note, row, digest,"
        " without) SELECT %s, x.id, %s, {whole}, 'created', '{{}}', 'bench', e.since_earliest, '', '', '', ''"
        " FROM {table} ORDER BY e.since_earliest, x.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(labels)
        cursor.execute(
            entry.format(whole="NULL", table="meetings_event x JOIN meetings_event e ON e.id = x.id"),
            ["meetings.event", ""],
        )
        joined = "meetings_participation x JOIN meetings_event e ON e.id = x.event_id"
        of_event = entry.format(whole="x.event_id", table=joined)
        cursor.execute(of_event, ["meetings.participation", "meetings.event"])
    many_were_written(EVENTS)


def _new_visit(countries: Sequence[Country], people: dict[str, list[Person]], resources: Sequence[Resource]) -> None:
    """A visit of ten members to come and what is booked for it, among something of all that it may collide with."""
    there, kept_apart = countries[1:3]
    same: dict[str, Any] = {"where": there, "place": written({"en": "Town 0"}), **COMMON}
    event = Event(
        kind="outgoing-visit", title=written({"en": "New visit"}), level="speaker", since="2014-06-10",
        until="2014-06-15", country=there, **same,
    )  # fmt: skip
    others = [
        Event(
            kind="other", title=written({"en": f"Beside it {at}"}), since=f"2014-06-{11 + at}", begins="10:00",
            ends="11:00", country=kept_apart, body=Body.objects.get(code="group-0"), **same,
        )
        for at in range(3)
    ]  # fmt: skip
    chamber = Chamber.objects.get(parliament__country=there)
    term = Convocation(
        parliament=chamber.parliament, number=9, name=written({"en": "Convocation 9"}), since="2010-07-01",
        until="2014-06-30", **COMMON,
    )  # fmt: skip
    around = [
        term,
        ChamberTerm(chamber=chamber, convocation=term, since=term.since, until=term.until, **COMMON),
        Election(chamber=chamber, held_on="2014-06-29", **COMMON),
        MovedDay(
            country_code=there.code, day=date(2014, 6, 13), becomes="free", name=written({"en": "Moved"}), **COMMON
        ),
    ]
    change_many([Planned(row) for row in (*others, event, *around)], by=BY)
    guests = people[HOME][: VISITORS * 5 : 5]
    rows: list[Record] = [Participation(event=event, person=one, **COMMON) for one in guests]
    rows += [Booking(event=event, resource=one, **COMMON) for one in resources[:3]]
    rows += [Participation(event=other, person=one, **COMMON) for other in others for one in guests[:4]]
    rows += [Booking(event=other, resource=one, **COMMON) for other in others for one in resources[:3]]
    change_many([Planned(row) for row in rows], by=BY)
