"""Importing real Popolo files: what a second reading of the file counts, and what is left when it is taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from interparl.core.actors import Actor
from interparl.core.kinds import every_record
from interparl.core.models import Entry, Grade, Identifier, Label, Mark
from interparl.directory.imports.popolo_people import is_former, is_upper_first
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    Constituency,
    Country,
    Faction,
    Mandate,
    Parliament,
    Person,
    PersonName,
)
from interparl.exchange.actions import apply, preview, undo
from interparl.exchange.models import Batch
from tests.independent import popolo_count

BY = Actor.command("tests")
FILES = (
    "belarus-house-2012.popolo.json",
    "czech-deputies.popolo.json",
    "switzerland-national-council.popolo.json",
    "uk-commons.popolo.json.gz",
    "iran-majlis.popolo.json",
)
pytestmark = pytest.mark.django_db


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every register."""
    return {
        model.record_kind(): [dict(row) for row in model._base_manager.order_by("pk").values()]
        for model in every_record()
    }


def looked_at(folder: Path, name: str) -> Batch:
    return preview("popolo", (folder / "legislators" / name).read_bytes(), name, by=BY)


def applied(folder: Path, name: str) -> Batch:
    batch = looked_at(folder, name)
    apply(batch, by=BY)
    return batch


def scheme(name: str, record: str) -> str:
    return f"{name.partition('.')[0].removesuffix('-2012')}:{record}"


def sitting(name: str, day: date) -> set[tuple[str, str]]:
    """(person, term) of the mandates that hold on the day, by the ids of the file."""
    persons = ids_by_record("directory.person", scheme(name, "person"))
    terms = ids_by_record("directory.convocation", scheme(name, "event"))
    found = Mandate.objects.on(day).values_list("person_id", "convocation_id")
    return {(persons[person], terms.get(term or 0, "")) for person, term in found}


def ids_by_record(kind: str, of_scheme: str) -> dict[int, str]:
    return dict(Identifier.objects.of(kind, of_scheme).values_list("object_id", "value"))


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_real_file_goes_in_once_and_out_again_when_undone(data_folder: Path, name: str) -> None:
    before = dump()
    counted = popolo_count.counts(data_folder / "legislators" / name)
    batch = applied(data_folder, name)
    by_record = batch.counts["by_record"]
    assert {record: sum(found.values()) for record, found in by_record.items()} == counted
    assert [batch.counts[key] for key in ("changed", "doubtful", "errors")] == [0, 0, 0]
    new = {record: found["new"] for record, found in by_record.items()}
    assert (Person.objects.count(), Mandate.objects.count()) == (new["person"], new["membership"])
    assert (ChamberTerm.objects.count(), Constituency.objects.count()) == (new["event"], new["area"])
    assert Faction.objects.count() + Chamber.objects.count() == new["organization"]
    after, entries = dump(), Entry.objects.count()
    again = applied(data_folder, name)
    assert [again.counts[key] for key in ("new", "changed", "doubtful", "errors", "gone")] == [0, 0, 0, 0, 0]
    assert (dump(), Entry.objects.count()) == (after, entries)
    undo(batch, by=BY)
    assert dump() == before
    assert Label.objects.count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["czech-deputies.popolo.json", "switzerland-national-council.popolo.json"])
def test_who_sat_is_what_the_file_says_when_asked_on_200_days(data_folder: Path, name: str) -> None:
    applied(data_folder, name)
    path = data_folder / "legislators" / name
    days = popolo_count.random_days(path, 200, seed=8)
    assert {day: sitting(name, day) for day in days} == {day: popolo_count.who_sat(path, day) for day in days}


def test_overlapping_terms_are_written_and_questioned_when_imported(data_folder: Path) -> None:
    batch = applied(data_folder, "czech-deputies.popolo.json")
    terms = popolo_count.load(data_folder / "legislators" / "czech-deputies.popolo.json")["events"]
    together = {
        one["id"]
        for one in terms
        for other in terms
        if one is not other
        and one["start_date"] <= other.get("end_date", "9999")
        and other["start_date"] <= one.get("end_date", "9999")
    }
    names = ids_by_record("directory.chamberterm", "czech-deputies:event")
    questioned = {names[pk] for pk in ChamberTerm.objects.exclude(questioned=[]).values_list("pk", flat=True)}
    assert questioned == together
    assert len([one for one in batch.messages if one["key"] == "terms_overlap"]) == 4


def test_people_of_one_name_stay_two_when_imported(data_folder: Path) -> None:
    applied(data_folder, "belarus-house-2012.popolo.json")
    assert Person.objects.filter(names__text="VOLKOV MIKHAIL").count() == 2


def test_imported_records_are_internal_and_stated_when_new(data_folder: Path) -> None:
    applied(data_folder, "belarus-house-2012.popolo.json")
    for model in (Person, PersonName, Mandate, Constituency, Chamber, Parliament, Country):
        assert set(model._base_manager.values_list("mark", "grade", "source__key")) == {
            (Mark.INTERNAL, Grade.STATED, "belarus-house")
        }


def test_a_party_that_is_not_known_is_no_faction_when_imported(data_folder: Path) -> None:
    applied(data_folder, "belarus-house-2012.popolo.json")
    path = data_folder / "legislators" / "belarus-house-2012.popolo.json"
    known = [one for one in popolo_count.load(path)["memberships"] if one["on_behalf_of_id"] != "unknown"]
    assert (Faction.objects.count(), Affiliation.objects.count()) == (1, len(known))


def test_names_lose_their_hidden_characters_when_imported(data_folder: Path) -> None:
    batch = applied(data_folder, "iran-majlis.popolo.json")
    told = [one["place"] for one in batch.messages if one["key"] == "hidden_characters"]
    assert len(told) == 5
    assert set(PersonName.objects.values_list("script", flat=True)) == {"Arab"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["ABDIROV Nurlan Mazhitovich", "LI Anna"], True),
        (["VOLKOV MIKHAIL", "NOVAK ANNA"], False),
        (["ABDIROV Nurlan", "Anna Novak"], False),
        (["ABDIROV"], False),
        ([], False),
    ],
)
def test_surnames_stand_first_when_every_name_shows_it(names: list[str], expected: bool) -> None:
    assert is_upper_first(names) is expected


@pytest.mark.parametrize(
    ("note", "expected"), [("maiden name", True), ("Former", True), ("nickname", False), ("", False)]
)
def test_a_name_is_former_when_its_note_says_so(note: str, expected: bool) -> None:
    assert is_former(note) is expected
