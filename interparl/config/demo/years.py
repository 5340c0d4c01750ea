"""Invented visits and talks of the years before the day of the demonstration, so that each partner has a past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from interparl.bodies.models import Body
from interparl.config.demo.files import read
from interparl.meetings.models import Kind, Level

FIRST = date(2012, 12, 3)
WORDS = {
    Kind.INCOMING: {"en": "Visit to Minsk", "ru": "Визит в Минск", "be": "Візіт у Мінск"},
    Kind.OUTGOING: {"en": "Visit abroad", "ru": "Визит за рубеж", "be": "Візіт за мяжу"},
    Kind.TALKS: {"en": "Ambassador’s call", "ru": "Встреча с послом", "be": "Сустрэча з паслом"},
}
LEVELS = (Level.GROUP, Level.GROUP, Level.COMMITTEE, Level.DEPUTY, Level.SPEAKER)
MINSK = {"en": "Minsk", "ru": "Минск", "be": "Мінск"}
FORM = {"form": "courtesy"}


def visits_of_the_years(bodies: dict[str, Body], day: str) -> Iterator[dict[str, Any]]:
    """Rows as the file of events has them: for each group of the 5th convocation a visit or two, and an ambassador."""
    random = Random(2014)  # noqa: S311  invented events, not secrets
    capitals = read("countries")["capitals"]
    last = min(date.fromisoformat(day), date(2016, 9, 1))
    for code, body in bodies.items():
        if not code.startswith("wg-5-"):
            continue
        country = code.removeprefix("wg-5-").upper()
        for number in range(random.randint(1, 3)):
            kind = random.choice((Kind.INCOMING, Kind.OUTGOING, Kind.TALKS))
            since = FIRST + timedelta(days=random.randrange((date(2014, 5, 12) - FIRST).days))
            if since >= last:
                continue
            yield _row(f"{code}-{number}", kind, country, body, since, capitals.get(country, {}), random)


def _row(
    code: str, kind: Kind, country: str, body: Body, since: date, capital: dict[str, Any], random: Random
) -> dict[str, Any]:
    title = {language: f"{words}: {body.name[language]['text']}" for language, words in WORDS[kind].items()}
    is_abroad = kind == Kind.OUTGOING
    row: dict[str, Any] = {
        "code": code,
        "kind": kind,
        "title": title,
        "since": since.isoformat(),
        "country": country,
        "body": code.rpartition("-")[0],
        "where": country if is_abroad else "BY",
        "place": capital.get("name") if is_abroad else MINSK,
        "level": random.choice(LEVELS),
        "grade": "illustrative",
        "source": "demo",
    }
    if kind == Kind.TALKS:
        people: list[dict[str, Any]] = [{"body": row["body"], "count": 1}, {"ambassador": country}]
        return row | FORM | {"begins": "11:00", "ends": "11:45", "people": people}
    days = random.randint(1, 3)
    people = [{"body": row["body"], "count": random.randint(2, 4)}, {"partner": country, "count": 3}]
    return row | {
        "until": (since + timedelta(days=days)).isoformat(),
        "visit_type": "working",
        "people": people,
    }
