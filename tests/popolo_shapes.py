"""The schemas of the Popolo specification, as far as we write what they speak of; standard library only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Document = dict[str, Any]
DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
TEXT: Callable[[Any], bool] = lambda value: isinstance(value, str) and bool(value)  # noqa: E731  a shape
A_DAY: Callable[[Any], bool] = lambda value: isinstance(value, str) and bool(DAY.fullmatch(value))  # noqa: E731  a shape
ADDRESS: Callable[[Any], bool] = lambda value: isinstance(value, str) and value.startswith(("http://", "https://"))  # noqa: E731  a shape
NUMBER: Callable[[Any], bool] = lambda value: isinstance(value, int)  # noqa: E731  a shape
Shape = dict[str, Any]
# The schemas of the Popolo specification for what we write; a star stands before what must be there.
DAYS: Shape = {"start_date": A_DAY, "end_date": A_DAY}
LINK: Shape = {"*url": ADDRESS, "note": TEXT}
IDENTIFIER: Shape = {"*identifier": TEXT, "scheme": TEXT}
CONTACT: Shape = {
    "*type": TEXT,
    "*value": TEXT,
    "label": TEXT,
    "note": TEXT,
    "valid_from": A_DAY,
    "valid_through": A_DAY,
}
PARTS = ("family_name", "given_name", "patronymic_name", "honorific_prefix", "honorific_suffix", "additional_name")
NAME: Shape = {"*name": TEXT, **dict.fromkeys((*PARTS, "note", "lang"), TEXT), **DAYS}
SHAPES: dict[str, Shape] = {
    "persons": {
        "*id": TEXT,
        "*name": TEXT,
        **dict.fromkeys((*PARTS, "gender", "sort_name", "national_identity"), TEXT),
        "birth_date": A_DAY,
        "death_date": A_DAY,
        "image": ADDRESS,
        "images": [LINK],
        "other_names": [NAME],
        "identifiers": [IDENTIFIER],
        "contact_details": [CONTACT],
        "links": [LINK],
        "sources": [LINK],
    },
    "organizations": {
        "*id": TEXT,
        "*name": TEXT,
        "classification": TEXT,
        "parent_id": TEXT,
        "seats": NUMBER,
        "founding_date": A_DAY,
        "dissolution_date": A_DAY,
        "other_names": [NAME],
        "identifiers": [IDENTIFIER],
        "contact_details": [CONTACT],
        "links": [LINK],
        "image": ADDRESS,
    },
    "areas": {"*id": TEXT, "*name": TEXT, "identifier": TEXT, "classification": TEXT, "identifiers": [IDENTIFIER]},
    "events": {"*id": TEXT, "*name": TEXT, "classification": TEXT, "*organization_id": TEXT, **DAYS},
    "memberships": {
        "*id": TEXT,
        "*person_id": TEXT,
        "*organization_id": TEXT,
        "role": TEXT,
        "label": TEXT,
        **DAYS,
        "on_behalf_of_id": TEXT,
        "area_id": TEXT,
        "post_id": TEXT,
        "legislative_period_id": TEXT,
    },
    "posts": {"*id": TEXT, "*label": TEXT, "*role": TEXT, "*organization_id": TEXT},
}
REFERENCES = {
    "person_id": "persons",
    "organization_id": "organizations",
    "on_behalf_of_id": "organizations",
    "parent_id": "organizations",
    "area_id": "areas",
    "post_id": "posts",
    "legislative_period_id": "events",
}


def wrong_in(document: Document) -> Iterator[str]:
    """Where the file is not as the specification has it, or a reference leads nowhere."""
    for name, shape in SHAPES.items():
        for position, one in enumerate(document[name]):
            yield from wrong_with(one, shape, f"{name}[{position}]")
            for key, target in REFERENCES.items():
                if key in one and one[key] not in _ids(document, target):
                    yield f"{name}[{position}].{key}: {one[key]}"
        if len(_ids(document, name)) != len(document[name]):
            yield f"{name}: an id twice"


def wrong_with(one: Document, shape: Shape, place: str) -> Iterator[str]:
    """Where an object is not of the shape; keys that Popolo does not know are free."""
    for key, check in shape.items():
        name = key.removeprefix("*")
        if name not in one:
            if key != name:
                yield f"{place}: no {name}"
        elif isinstance(check, list):
            for position, each in enumerate(one[name]):
                yield from wrong_with(each, check[0], f"{place}.{name}[{position}]")
        elif not check(one[name]):
            yield f"{place}.{name}: {one[name]!r}"


def _ids(document: Document, name: str) -> set[str]:
    return {one["id"] for one in document[name]}
