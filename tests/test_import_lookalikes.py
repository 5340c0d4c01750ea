"""Who looks like whom: what is told of new rows and decided about them, sure identifiers, pairs of stored records."""

from __future__ import annotations

from typing import Any

import pytest

from interparl.accounts.models import User
from interparl.core.models import Identifier
from interparl.directory.models import ContactPoint, Mandate, Organisation, Person, PersonName
from interparl.exchange.actions import Choice, Decided, apply, choices_for, decide, text_of, undo
from interparl.exchange.actions.lookalikes import Alike, Asked, alike, doubles, name_key, tell_apart
from interparl.exchange.models import Batch, Row
from tests.makers import BY, a_body, a_country, a_name, a_person, a_user, an_organisation
from tests.valley import ANNA, a_file, applied, dump, looked_at, numbers

pytestmark = pytest.mark.django_db
STRANGER = {name: value for name, value in ANNA.items() if name != "identifiers"}


@pytest.fixture
def by() -> User:
    return a_user("desk_officer")


def stored(**values: Any) -> Person:
    return a_person("Nowak", "Anna", **values)


def checked(**person: Any) -> Batch:
    return looked_at(a_file(persons=[STRANGER | person]))


def row_of(batch: Batch) -> Row:
    return batch.rows.get(record="person")


def notes(batch: Batch) -> list[str]:
    return [text_of(one) for one in row_of(batch).reasons if one["key"].startswith("alike")]


def test_a_new_person_is_told_to_look_like_a_stored_one_and_stays_new() -> None:
    person = stored(born="1970-05")
    batch = checked()
    row = row_of(batch)
    assert (row.outcome, row.state, row.prepared["alike"]) == ("new", "ready", [[person.pk, ["born"]]])
    assert notes(batch) == ["A record here is called alike, and this agrees as well: born."]
    apply(batch, by=BY)
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("born", "is_told"), [("", True), ("1970", True), ("1970-05-02", True), ("1971", False), ("1970-06", False)]
)
def test_namesakes_are_told_unless_their_days_differ(born: str, is_told: bool) -> None:
    stored(born=born)
    assert bool(notes(checked())) is is_told


@pytest.mark.parametrize("name", ["NOWAK Anna", "Anna Nówak", "Nowak, Anna"])
def test_a_name_is_alike_in_whatever_order_and_dress(name: str) -> None:
    stored()
    assert len(notes(checked(name=name))) == 1


def test_a_person_is_known_by_each_name_in_each_language() -> None:
    person = stored()
    a_name(person, family="Новак", given="Анна", language="ru")
    a_name(person, family="Neumann", given="Anna", language="de", kind="former")
    found = alike("directory.person", [Asked(("Анна Новак",)), Asked(("Anna Neumann",)), Asked(("Nowak",)), Asked(())])
    assert found == [[Alike(person.pk)], [Alike(person.pk)], [], []]


def test_what_is_for_official_use_is_never_named_as_alike() -> None:
    stored(mark="official")
    assert notes(checked()) == []


def test_organisations_and_bodies_are_compared_as_well() -> None:
    organisation = an_organisation(name="Office of the Valley")
    a_body(name="Friends of the Valley")
    batch = looked_at(
        a_file(organizations=[{"id": "o1", "name": "Office of the VALLEY", "classification": "agency"}], memberships=[])
    )
    assert batch.rows.get(record="organization").prepared["alike"] == [[organisation.pk, []]]
    assert alike("bodies.body", [Asked(("friends of the valley",))])[0] != []


def test_the_same_is_linked_and_filled_when_decided(by: User) -> None:
    person = stored()
    batch = checked()
    assert choices_for(row_of(batch)) == ["same", "new", "out"]
    assert decide(batch, [row_of(batch).pk], Choice("same"), by=by) == Decided(1)
    apply(batch, by=by)
    person.refresh_from_db()
    assert (Person.objects.count(), person.born, person.gender) == (1, "1970-05", "female")
    assert Identifier.objects.get(kind="directory.person", scheme="valley:person").object_id == person.pk
    assert (Mandate.objects.get().person, ContactPoint.objects.filter(person=person).count()) == (person, 2)
    assert sorted(PersonName.objects.values_list("text", flat=True)) == ["Anna Lis", "Anna Nowak"]
    applied(a_file(persons=[STRANGER]))
    assert numbers(looked_at(a_file(persons=[STRANGER]))) == {"same": 7}


def test_differing_values_are_asked_when_it_is_the_same(by: User) -> None:
    person = stored(gender="male")
    batch = checked()
    key = row_of(batch).pk
    decide(batch, [key], Choice("same"), by=by)
    row = row_of(batch)
    assert (row.state, row.target_id, row.records[0]["asked"]) == ("open", person.pk, {"gender": ["female", "male"]})
    decide(batch, [key], Choice("ours"), by=by)
    apply(batch, by=by)
    person.refresh_from_db()
    assert (Person.objects.count(), person.gender, person.born) == (1, "male", "1970-05")


def test_all_is_as_before_when_what_was_decided_to_be_the_same_is_taken_back(by: User) -> None:
    stored()
    before = dump()
    batch = checked()
    decide(batch, [row_of(batch).pk], Choice("same"), by=by)
    apply(batch, by=by)
    undo(batch, by=by)
    assert dump() == before


def test_it_is_new_again_when_the_decision_is_taken_back(by: User) -> None:
    stored(gender="male")
    batch = checked()
    key = row_of(batch).pk
    for decision in ("same", ""):
        decide(batch, [key], Choice(decision), by=by)
    row = row_of(batch)
    assert (row.state, row.target_id, row.decision, "edited" in row.told) == ("ready", None, "", False)
    apply(batch, by=by)
    assert Person.objects.count() == 2


def test_two_rows_do_not_become_one_record(by: User) -> None:
    stored()
    batch = looked_at(a_file(persons=[STRANGER, {"id": "p2", "name": "Anna Nowak"}]))
    keys = list(batch.rows.filter(record="person").values_list("pk", flat=True))
    assert decide(batch, keys, Choice("same"), by=by) == Decided(1, unfit=1)


def test_it_must_be_said_which_one_when_several_look_alike(by: User) -> None:
    stored(born="1970")
    other = stored(born="1970-05")
    batch = checked()
    key = row_of(batch).pk
    assert row_of(batch).prepared["alike"][0] == [other.pk, ["born"]]
    assert decide(batch, [key], Choice("same"), by=by) == Decided(0, unfit=1)
    assert decide(batch, [key], Choice("same", same=other.pk), by=by) == Decided(1)
    assert row_of(batch).target_id == other.pk


def test_an_equal_identifier_elsewhere_is_sure() -> None:
    applied()
    batch = applied(a_file(persons=[ANNA | {"name": "Anna Lis", "other_names": []}]), name="hill.popolo.json")
    assert "n:recognised" in row_of(batch).told
    assert Person.objects.count() == 1
    schemes = Identifier.objects.filter(kind="directory.person").order_by("scheme").values_list("scheme", flat=True)
    assert list(schemes) == ["hill:person", "valley:person", "viaf"]


def test_an_identifier_is_taken_once_when_two_of_a_file_claim_it() -> None:
    applied()
    two = [ANNA | {"id": "x1"}, ANNA | {"id": "x2", "name": "Jan Lis"}]
    batch = looked_at(a_file(persons=two), name="hill.popolo.json")
    assert [row.outcome for row in batch.rows.filter(record="person")] == ["changed", "new"]


def test_pairs_that_look_the_same_are_found_until_they_are_told_apart(by: User) -> None:
    country = a_country("XA")
    one, two = stored(country=country), stored(country=country)
    third = stored(country=a_country("XB"))
    pairs = doubles("directory.person", by)
    assert [(pair.first, pair.second, pair.by) for pair in pairs] == [(one.pk, two.pk, ("country",))]
    tell_apart("directory.person", two.pk, one.pk, by=by)
    tell_apart("directory.person", one.pk, two.pk, by=by)
    assert (doubles("directory.person", by), third.pk > two.pk) == ([], True)


def test_pairs_name_nothing_that_their_reader_may_not_know_of(by: User) -> None:
    stored(mark="official")
    stored()
    assert doubles("directory.person", by) == []
    assert len(doubles("directory.person", a_user("head_of_department"))) == 1


def test_a_name_key_is_the_words_in_one_order() -> None:
    assert name_key("Nowak,  ANNA") == name_key("anna nowak") == "anna nowak"
    assert Organisation.same_when == ()
