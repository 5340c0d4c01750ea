"""Real Popolo files: in, out and in again without change, here and in an empty database."""

from __future__ import annotations

from pathlib import Path

import pytest

from interparl.directory.models import Person
from interparl.exchange.actions import apply, preview, undo
from tests.independent import popolo_count
from tests.makers import BY
from tests.popolo_shapes import Document, wrong_in
from tests.popolo_taken import came_in, from_elsewhere, lists, taken_out, unchanged
from tests.spread import spread
from tests.valley import numbers

pytestmark = pytest.mark.django_db
SMALL = (
    *("aruba-estates", "azerbaijan-milli-mejlis", "belarus-house-2012", "estonia-riigikogu", "georgia-parliament"),
    *("iran-majlis", "kazakhstan-majilis", "kyrgyzstan-council", "lesotho-assembly", "liechtenstein-landtag"),
    *("lithuania-seimas", "moldova-parliament", "mongolia-khural", "namibia-assembly", "wales-assembly"),
)
LARGE = ("czech-deputies", "switzerland-national-council", "uk-commons")
LONG = [pytest.param(name, marks=pytest.mark.slow) for name in LARGE]
every_file = pytest.mark.parametrize("name", [*spread(SMALL), *LONG])


def found_in(data_folder: Path, name: str) -> Path:
    [path] = (data_folder / "legislators").glob(f"{name}.popolo.json*")
    return path


@every_file
def test_a_file_changes_nothing_when_it_is_taken_out_and_brought_in_again(data_folder: Path, name: str) -> None:
    path = found_in(data_folder, name)
    apply(preview("popolo", path.read_bytes(), path.name, by=BY), by=BY)
    document = taken_out()
    problems = list(wrong_in(document))
    assert problems == []
    for about in ({"name": path.name}, {"name": "another-key.json"}):
        unchanged(came_in(document, **about))
    given = popolo_count.load(path)
    known = {one["id"] for one in document["persons"]}
    assert known == {one["id"] for one in given["persons"]}
    told = {one["id"]: one for one in document["persons"]}
    for person in given["persons"]:
        mine = told[person["id"]]
        # Signs that cannot be seen are taken out of names.
        assert mine["name"] == " ".join(person["name"].replace("\u200c", "").split()) or "\u200c" in person["name"]
        assert {(one["scheme"].lower(), one["identifier"]) for one in person.get("identifiers", [])} <= {
            (one["scheme"], one["identifier"]) for one in mine.get("identifiers", [])
        } | shared(given)
        assert (mine.get("birth_date"), mine.get("gender")) == (person.get("birth_date"), person.get("gender"))


def shared(given: Document) -> set[tuple[str, str]]:
    """Identifiers that two people claim: the second does not get them."""
    seen: dict[tuple[str, str], str] = {}
    found = set()
    for person in given["persons"]:
        for one in person.get("identifiers", []):
            key = (one["scheme"].lower(), one["identifier"])
            if seen.setdefault(key, person["id"]) != person["id"]:
                found.add(key)
    return found


@every_file
def test_a_file_is_equal_when_it_went_through_an_empty_database(data_folder: Path, name: str) -> None:
    path = found_in(data_folder, name)
    batch = preview("popolo", path.read_bytes(), path.name, by=BY)
    apply(batch, by=BY)
    document = taken_out()
    undo(batch, by=BY)
    assert Person.objects.count() == 0
    again = came_in(from_elsewhere(document))
    assert numbers(again) == {"new": again.counts["rows"] - len(document["posts"])} | (
        {"same": len(document["posts"])} if document["posts"] else {}
    )
    apply(again, by=BY)
    assert lists(taken_out()) == lists(document)
