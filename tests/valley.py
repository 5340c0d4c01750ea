"""A small Popolo file, a member of a house of a valley, and what tests of imports ask about it."""

from __future__ import annotations

import json
from typing import Any

from interparl.core.kinds import every_record
from interparl.exchange.actions import apply, preview
from interparl.exchange.models import Batch
from tests.makers import BY

HOUSE = {
    "id": "house",
    "name": "House of the Valley",
    "classification": "legislature",
    "seats": 30,
    "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}],
}
GREENS = {"id": "greens", "name": "Greens", "classification": "party"}
NOBODY = {"id": "none", "name": "unknown", "classification": "party"}
TERM = {
    "id": "t1",
    "name": "First term",
    "classification": "legislative period",
    "organization_id": "house",
    "start_date": "2012-01-15",
    "end_date": "2016",
}
WEST = {"id": "a1", "name": "West"}
ANNA = {
    "id": "p1",
    "name": "Anna Nowak",
    "family_name": "Nowak",
    "given_name": "Anna",
    "gender": "female",
    "birth_date": "1970-05",
    "contact_details": [{"type": "email", "value": "anna@example.org"}, {"type": "twitter", "value": "anna"}],
    "identifiers": [{"scheme": "viaf", "identifier": "7"}],
    "other_names": [{"name": "Anna Lis", "note": "maiden name"}],
}
SEAT = {
    "person_id": "p1",
    "organization_id": "house",
    "on_behalf_of_id": "greens",
    "legislative_period_id": "t1",
    "area_id": "a1",
}


def a_file(**lists: Any) -> bytes:
    """One member in one term, with these lists instead."""
    whole = {
        "persons": [ANNA],
        "organizations": [HOUSE, GREENS, NOBODY],
        "events": [TERM],
        "areas": [WEST],
        "memberships": [SEAT],
    }
    return json.dumps(whole | lists).encode()


def looked_at(data: bytes | None = None, name: str = "valley.popolo.json", **about: Any) -> Batch:
    """The file, read and compared."""
    return preview("popolo", data or a_file(), name, by=BY, **about)


def applied(data: bytes | None = None, name: str = "valley.popolo.json", **about: Any) -> Batch:
    """The file, written."""
    batch = looked_at(data, name, **about)
    apply(batch, by=BY)
    return batch


def numbers(batch: Batch) -> dict[str, int]:
    """The counts that are not zero."""
    names = ("new", "changed", "same", "doubtful", "errors", "gone")
    return {name: batch.counts[name] for name in names if batch.counts[name]}


def told(batch: Batch, *keys: str) -> list[tuple[str, str]]:
    """Place and key of the messages of these kinds."""
    return [(one["place"], one["key"]) for one in batch.messages if one["key"] in keys]


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every register."""
    return {
        model.record_kind(): [dict(row) for row in model._base_manager.order_by("pk").values()]
        for model in every_record()
    }
