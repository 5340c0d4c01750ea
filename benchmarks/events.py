"""Twenty years of events: a month, the year of a person, a country and the first page, each beside its floor.

`fill_events` makes the events for other measurements as well. INTERPARL_BENCH_EVENTS says how many, 50,000 unless
told; each has five who take part.
"""

from __future__ import annotations

import os
import statistics
from datetime import date, timedelta
from random import Random
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.days import DEMONSTRATION_DAY
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Chamber, Country, Parliament, Person, PersonName, Portfolio
from interparl.meetings.models import Event, Kind, Participation, ProgrammeItem, SittingDay, StageDay
from interparl.meetings.workflow import way_of

EVENTS, PEOPLE, COUNTRIES, EACH, RUNS = 50_000, 5_000, 80, 5, 15
FIRST, DAYS, CHUNK = date(2000, 1, 1), 20 * 365, 5_000
TODAY = date(2014, 6, 2)
BY = Actor.command("bench")
COMMON = {"mark": "internal", "grade": "illustrative"}
ONE_DAY = timedelta(days=1)


def fill_events(number: int = 0) -> None:
    """Fills an empty database with so many events over twenty years, their people, programmes and stages."""
    number = number or int(os.environ.get("INTERPARL_BENCH_EVENTS", EVENTS))
    dice = Random(11)  # noqa: S311  a benchmark
    home, countries, people = _around(number)
    for start in range(0, number, CHUNK):
        size = min(CHUNK, number - start)
        events = [_event(dice, home, dice.choice(countries)) for _position in range(size)]
        change_many([Planned(event) for event in events], by=BY)
        rows = [row for event in events for row in _of_event(dice, event, people)]
        change_many([Planned(row) for row in rows], by=BY)
    chamber = Chamber.objects.get(code="AA-LC01")
    sittings = [SittingDay(chamber=chamber, day=TODAY + step * ONE_DAY, **COMMON) for step in range(-180, 180, 3)]
    change_many([Planned(row) for row in sittings], by=BY)


def _around(number: int) -> tuple[Country, list[Country], list[Person]]:
    """The home parliament, the countries and the people; fewer people where there are few events."""
    home = Country(code="AA", name=written({"en": "Home"}), zone="Europe/Minsk", **COMMON)
    countries = [
        Country(code=f"X{one}", name=written({"en": f"Country {one}"}), zone="Europe/Riga", **COMMON)
        for one in range(COUNTRIES)
    ]
    parliament = Parliament(code="AA", country=home, name=written({"en": "Parliament"}), **COMMON)
    chamber = Chamber(code="AA-LC01", parliament=parliament, kind="single", name=written({"en": "Chamber"}), **COMMON)
    settings = [
        Setting(key="home_parliament", value="AA"),
        Setting(key="time_zone", value="Europe/Minsk"),
        Setting(key=DEMONSTRATION_DAY, value=TODAY.isoformat()),
    ]
    change_many([Planned(row) for row in (home, *countries, parliament, chamber, *settings)], by=BY)
    people = [Person(country=home, **COMMON) for _one in range(min(PEOPLE, number))]
    names = [
        PersonName(person=person, language="en", family=f"Family{at}", given="Given", is_preferred=True, **COMMON)
        for at, person in enumerate(people)
    ]
    change_many([Planned(row) for row in (*people, *names)], by=BY)
    return home, countries, people


def _event(dice: Random, home: Country, country: Country) -> Event:
    since = FIRST + dice.randrange(DAYS) * ONE_DAY
    kind = dice.choice(Kind.values)
    way = way_of(kind)
    is_hours = dice.random() < 0.5
    return Event(
        kind=kind,
        title=written({"en": f"{kind} with {country.code}, {dice.randrange(10**6)}", "ru": "Событие", "be": "Падзея"}),
        since=since.isoformat(),
        until=(since + (0 if is_hours else dice.randrange(4)) * ONE_DAY).isoformat(),
        begins="10:00" if is_hours else "",
        ends="11:00" if is_hours else "",
        country=country,
        where=dice.choice((home, country)),
        stage=way[-1] if since < TODAY else way[1],
        place=written({"en": "Somewhere"}),
        **COMMON,
    )


def _of_event(dice: Random, event: Event, people: list[Person]) -> list[Participation | ProgrammeItem | StageDay]:
    rows: list[Participation | ProgrammeItem | StageDay] = [
        Participation(event=event, person=person, function="member" if at else "head", **COMMON)
        for at, person in enumerate(dice.sample(people, EACH))
    ]
    day = event.first_day
    if day is not None and abs((day - TODAY).days) < 30:
        rows.append(ProgrammeItem(event=event, day=day, begins="10:00", text=written({"en": "An item"}), **COMMON))
        planned = (day + dice.randrange(10) * ONE_DAY).isoformat()
        rows.append(StageDay(event=event, stage=way_of(event.kind)[-2], planned_on=planned, **COMMON))
    return rows


def event_rows() -> list[str]:
    """The table: page, floor, ours, ratio, queries of both."""
    call_command("collectstatic", interactive=False, verbosity=0)
    fill_events()
    user = User.objects.create_user("bench", "bench@example.org", None, role="administrator")
    countries = list(Country.objects.exclude(code="AA").order_by("pk")[:8])
    change_many([Planned(Portfolio(user=user, country=one, since="2010")) for one in countries], by=BY)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    person = Participation.objects.filter(event__since__startswith=str(TODAY.year)).order_by("pk").values("person")[0]
    key, country, day = person["person"], countries[0].pk, TODAY.isoformat()
    pages = [
        ("month", f"/floor/month/?day={day}", f"/desk/calendar/?day={day}"),
        ("year of a person", f"/floor/year/?person={key}", f"/desk/calendar/year/?day={day}&person={key}"),
        ("country", f"/floor/contacts/{country}/", f"/desk/countries/{country}/"),
        ("home", "/floor/home/", "/desk/"),
    ]
    numbers = f"{Event.objects.count()} events, {Participation.objects.count()} participations."
    found = [numbers, "", "| page | floor, ms | ours, ms | ratio | queries, floor | queries, ours |"]
    found.append("|---|---:|---:|---:|---:|---:|")
    for name, *addresses in pages:
        low, high = _timed(client, addresses)
        low_asked, high_asked = (_asked(client, one) for one in addresses)
        found.append(
            f"| {name} | {low * 1000:.1f} | {high * 1000:.1f} | {high / low:.2f} | {low_asked} | {high_asked} |"
        )
    return found


def _timed(client: Client, addresses: list[str]) -> list[float]:
    """Median seconds of each, asked in turn so that all meet the same machine."""
    times: list[list[float]] = [[] for _one in addresses]
    for run in range(-2, RUNS):
        for where, found in zip(addresses, times, strict=True):
            began = perf_counter()
            answer = client.get(where)
            if answer.status_code != 200:
                raise SystemExit(f"{where}: {answer.status_code}")
            if run >= 0:
                found.append(perf_counter() - began)
    return [statistics.median(found) for found in times]


def _asked(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(where)
    return len(queries)
