"""Who sits in how many bodies on a day, counted in the most plodding way. Standard library only.

A membership is a dict with "person", "body", "kind", "role", "parliament", "since", "until"; a place where a person
belongs (a mandate, an affiliation) has "person", "group", "parliament", "since", "until". Dates are as in
`composition_model`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from tests.independent.composition_model import CERTAIN, NO, standing

Row = Mapping[str, Any]


def on(rows: Iterable[Row], day: datetime.date, parliament: Any) -> list[Row]:
    """Those of the rows that hold on the day, of one parliament or of all."""
    return [
        row
        for row in rows
        if standing(row["since"], row["until"], day) != NO and parliament in (None, row["parliament"])
    ]


def loads_on(
    day: datetime.date, memberships: Iterable[Row], mandates: Iterable[Row], *, parliament: Any = None
) -> dict[Any, dict[str, Any]]:
    """By person: the bodies, those that he leads, how many of each kind, and whether one of them is in doubt."""
    held = on(memberships, day, parliament)
    people = {row["person"] for row in held} | {row["person"] for row in on(mandates, day, parliament)}
    found = {}
    for person in people:
        own = [row for row in held if row["person"] == person]
        bodies = {row["body"]: row["kind"] for row in own}
        found[person] = {
            "bodies": len(bodies),
            "heads": len({row["body"] for row in own if row["role"] in ("head", "co-chair")}),
            "kinds": {kind: list(bodies.values()).count(kind) for kind in bodies.values()},
            "doubt": any(standing(row["since"], row["until"], day) != CERTAIN for row in own),
        }
    return found


def sums_of(
    loads: Mapping[Any, Mapping[str, Any]], places: Iterable[Row], day: datetime.date, *, parliament: Any = None
) -> dict[Any, dict[str, Any]]:
    """By group, None for who belongs to none: people, seats, heads, people without a seat, seats a head, the most."""
    belongs: dict[Any, set[Any]] = {}
    for row in on(places, day, parliament):
        belongs.setdefault(row["person"], set()).add(row["group"])
    groups = {group for person in loads for group in belongs.get(person, {None})}
    found = {}
    for group in groups:
        own = [load for person, load in loads.items() if group in belongs.get(person, {None})]
        seats = sum(load["bodies"] for load in own)
        found[group] = {
            "people": len(own),
            "seats": seats,
            "heads": sum(load["heads"] for load in own),
            "without": sum(1 for load in own if load["bodies"] == 0),
            "a_head": two_places(seats, len(own)),
            "most": max(load["bodies"] for load in own),
        }
    return found


def two_places(number: int, among: int) -> Decimal:
    """A quotient rounded half up to two places, with whole numbers alone."""
    hundredths = (200 * number + among) // (2 * among)
    return Decimal(hundredths).scaleb(-2)
