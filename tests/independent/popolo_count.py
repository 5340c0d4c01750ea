"""Counts a Popolo file by its own reading, to hold against the product's. Standard library only."""

from __future__ import annotations

import calendar
import datetime
import gzip
import json
import random
from pathlib import Path
from typing import Any

KINDS = {
    "persons": "person",
    "organizations": "organization",
    "memberships": "membership",
    "areas": "area",
    "events": "event",
    "posts": "post",
}


def load(path: Path) -> dict[str, Any]:
    """The file's document."""
    data = path.read_bytes()
    if path.name.endswith(".gz"):
        data = gzip.decompress(data)
    document = json.loads(data)
    assert isinstance(document, dict)
    return document


def counts(path: Path) -> dict[str, int]:
    """How many objects stand in each list of the file, by the name of one of them."""
    document = load(path)
    return {one: len(document.get(several) or []) for several, one in KINDS.items()}


def distinct_names(path: Path) -> int:
    """How many different names the persons have, blanks at the ends and in runs not counted."""
    return len({" ".join(person["name"].split()) for person in load(path)["persons"]})


def who_sat(path: Path, day: datetime.date) -> set[tuple[str, str]]:
    """(person, term) of all memberships that hold, or may hold, on the day.

    A membership's own dates come first, those of its term where it has none. A date of a year or month may be any day
    of it, so the answer is yes from the first day of the start to the last day of the end. No date is no bound.
    """
    document = load(path)
    terms = {event["id"]: event for event in document.get("events", [])}
    found = set()
    for membership in document["memberships"]:
        term = terms.get(membership.get("legislative_period_id"), {})
        start = membership.get("start_date") or term.get("start_date")
        end = membership.get("end_date") or term.get("end_date")
        if start and day < earliest(start):
            continue
        if end and day > latest(end):
            continue
        found.add((membership["person_id"], membership.get("legislative_period_id", "")))
    return found


def random_days(path: Path, n: int, seed: int) -> list[datetime.date]:
    """`n` days of the file's time: half of them at the border of some membership or term, half anywhere."""
    chance = random.Random(seed)
    document = load(path)
    borders = set()
    for record in document["memberships"] + document.get("events", []):
        for key in ("start_date", "end_date"):
            if record.get(key):
                borders.add(earliest(record[key]))
                borders.add(latest(record[key]))
    ordered = sorted(borders)
    first, last = ordered[0] - datetime.timedelta(days=400), ordered[-1] + datetime.timedelta(days=400)
    days = []
    for number in range(n):
        if number % 2 == 0:
            days.append(chance.choice(ordered) + datetime.timedelta(days=chance.choice((-1, 0, 1))))
        else:
            days.append(first + datetime.timedelta(days=chance.randint(0, (last - first).days)))
    return days


def earliest(text: str) -> datetime.date:
    """The first day that a date of ISO 8601 may mean: 2012 is 1 January, 2012-10 is 1 October."""
    if len(text) == 4:
        return datetime.date(int(text), 1, 1)
    if len(text) == 7:
        return datetime.date(int(text[:4]), int(text[5:]), 1)
    return datetime.date.fromisoformat(text)


def latest(text: str) -> datetime.date:
    """The last day that a date of ISO 8601 may mean."""
    if len(text) == 4:
        return datetime.date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return datetime.date(year, month, calendar.monthrange(year, month)[1])
    return datetime.date.fromisoformat(text)
