"""Counts a Popolo file by its own reading, to hold against the product's. Standard library only."""

from __future__ import annotations

import calendar
import datetime
import gzip
import json
import random
from collections import Counter
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


def person_parts(path: Path) -> dict[str, Any]:
    """What hangs on the persons of the file.

    `other_names`, `links`: the entries of these lists. `identifiers`: entries by their scheme. `contact_details`:
    entries by their type. `fields`: how many persons have a value in each plain field (email, image, birth_date...).
    `name_notes`: other names by their note. An entry that stands twice counts twice.
    """
    persons = load(path)["persons"]
    fields = (
        "email",
        "image",
        "gender",
        "birth_date",
        "death_date",
        "summary",
        "given_name",
        "family_name",
        "sort_name",
    )
    return {
        "other_names": sum(len(person.get("other_names") or []) for person in persons),
        "name_notes": _by(persons, "other_names", "note"),
        "links": sum(len(person.get("links") or []) for person in persons),
        "identifiers": _by(persons, "identifiers", "scheme"),
        "contact_details": _by(persons, "contact_details", "type"),
        "fields": {field: count for field in fields if (count := sum(1 for person in persons if person.get(field)))},
    }


def kept_parts(path: Path) -> dict[str, Any]:
    """What hangs on the persons, each thing once: names, contacts by type, web addresses, identifiers by scheme.

    A name counts once for each language; an identifier once for all persons; a contact also when it stands in a field
    of its own. Pictures are in `image` and `images`, the other addresses in `links` and `sources`.
    """
    persons = load(path)["persons"]
    contacts = [
        {(one["type"].lower(), one["value"]) for one in person.get("contact_details") or [] if one.get("value")}
        | {(field, person[field]) for field in _CONTACTS if person.get(field)}
        for person in persons
    ]
    pages = [
        {one["url"] for several in ("links", "sources") for one in person.get(several) or [] if one.get("url")}
        for person in persons
    ]
    pictures = [
        {person.get("image"), *(one.get("url") for one in person.get("images") or [])} - {None, ""}
        for person in persons
    ]
    keys = {(one["scheme"].lower(), one["identifier"]) for each in persons for one in each.get("identifiers") or []}
    return {
        "names": sum(len(_names(person)) for person in persons),
        "contacts": dict(Counter(kind for several in contacts for kind, _value in several)),
        "pages": sum(map(len, pages)),
        "pictures": sum(map(len, pictures)),
        "identifiers": dict(Counter(scheme for scheme, _value in keys)),
        "genders": dict(Counter(person["gender"].lower() for person in persons if person.get("gender"))),
        "born": dict(Counter(len(person["birth_date"]) for person in persons if person.get("birth_date"))),
        "died": sum(1 for person in persons if person.get("death_date")),
    }


_CONTACTS = ("email", "phone", "fax", "cell", "twitter", "facebook")


def _names(person: dict[str, Any]) -> set[tuple[str, str]]:
    others = {(" ".join(one["name"].split()), one.get("lang") or "") for one in person.get("other_names") or []}
    return {(" ".join(person["name"].split()), "")} | others


def organization_parts(path: Path) -> dict[str, Any]:
    """Organisations by classification, and their other names, identifiers by scheme, links."""
    organizations = load(path).get("organizations") or []
    return {
        "classifications": dict(Counter(str(each.get("classification") or "") for each in organizations)),
        "other_names": sum(len(each.get("other_names") or []) for each in organizations),
        "identifiers": _by(organizations, "identifiers", "scheme"),
        "links": sum(len(each.get("links") or []) for each in organizations),
    }


def faults(path: Path) -> dict[str, int]:
    """What the file has wrong, as far as it alone can show.

    `namesakes`: names that several persons have, letter case and blanks aside. `blank_edges`: names with a blank at an
    end. `repeated_memberships`: memberships beyond the first with the same person, organisation, group, area, term,
    dates and role. `same_party`: names of organisations, letters and digits only, that several ids have.
    `loose_references`: memberships that point to a person, organisation, group, area or term that is not in the file.
    `partial_dates`: dates of a year or month, of persons, memberships and terms.
    """
    document = load(path)
    persons, memberships = document["persons"], document["memberships"]
    names = Counter(" ".join(person["name"].split()).casefold() for person in persons)
    titles = Counter(_plain(each["name"]) for each in document.get("organizations") or [])
    dated = [*persons, *memberships, *(document.get("events") or [])]
    dates = [str(record[key]) for record in dated for key in _DATES if record.get(key)]
    return {
        "namesakes": sum(1 for count in names.values() if count > 1),
        "blank_edges": sum(1 for person in persons if person["name"] != person["name"].strip()),
        "repeated_memberships": len(memberships)
        - len({tuple(one.get(key) for key in _TELLING) for one in memberships}),
        "same_party": sum(1 for count in titles.values() if count > 1),
        "loose_references": _loose(document),
        "partial_dates": sum(1 for date in dates if len(date) < 10),
    }


_DATES = ("birth_date", "death_date", "start_date", "end_date")
_POINTS = {
    "person_id": "persons",
    "organization_id": "organizations",
    "on_behalf_of_id": "organizations",
    "area_id": "areas",
    "legislative_period_id": "events",
    "post_id": "posts",
}
_TELLING = (*_POINTS, "start_date", "end_date", "role")


def _loose(document: dict[str, Any]) -> int:
    known = {several: {each["id"] for each in document.get(several) or []} for several in set(_POINTS.values())}
    return sum(
        1
        for one in document["memberships"]
        if any(one.get(key) and one[key] not in known[several] for key, several in _POINTS.items())
    )


def _by(records: list[dict[str, Any]], several: str, key: str) -> dict[str, int]:
    return dict(Counter(str(each.get(key) or "") for record in records for each in record.get(several) or []))


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
