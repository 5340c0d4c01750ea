"""Taking imports back."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from interparl.core.models import Identifier, Label
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.directory.models import (
    ChamberTerm,
    Office,
    Person,
)
from interparl.exchange.actions import apply, undo
from interparl.exchange.models import Batch
from tests.makers import BY, kept
from tests.valley import (
    ANNA,
    TERM,
    a_file,
    applied,
    dump,
    looked_at,
    numbers,
)

pytestmark = pytest.mark.django_db


def test_all_is_as_before_when_an_edition_is_taken_back() -> None:
    applied()
    before = dump()
    person = ANNA | {"birth_date": "1972", "contact_details": [{"type": "phone", "value": "+375 17 200"}]}
    second = TERM | {"id": "t2", "name": "Second term", "start_date": "2015", "end_date": None}
    batch = applied(
        a_file(persons=[person, {"id": "p2", "name": "Jan Lis"}], events=[TERM | {"end_date": "2017"}, second])
    )
    assert ChamberTerm.objects.exclude(questioned=[]).count() == 2
    undoing = undo(batch, by=BY)
    assert dump() == before
    assert (undoing.undoes_id, Batch.objects.get(pk=batch.pk).state) == (batch.pk, "undone")
    assert set(Label.objects.filter(kind="directory.person").values_list("text", flat=True)) == {"Anna Nowak"}


def test_the_file_is_new_again_when_it_was_taken_back() -> None:
    undo(applied(), by=BY)
    assert numbers(applied()) == {"new": 6, "same": 1}


def test_undo_is_refused_with_names_when_a_record_was_changed_since() -> None:
    batch = applied()
    with change(Person.objects.get(), by=BY) as held:
        held.born = "1971"
    before = dump()
    with pytest.raises(ValidationError) as refusal:
        undo(batch, by=BY)
    assert refusal.value.messages == ["It cannot be taken back: 1 record was changed since.", "Person: Anna Nowak"]
    assert dump() == before


def test_undo_names_the_later_imports_that_must_go_first_and_works_after_them() -> None:
    first = applied()
    before = dump()
    second = applied(a_file(persons=[ANNA | {"birth_date": "1972"}]))
    with pytest.raises(ValidationError) as refusal:
        undo(first, by=BY)
    assert refusal.value.messages == [
        "It cannot be taken back: 1 record was changed since.",
        "Person: Anna Nowak",
        f"Import {second.pk} (valley.popolo.json) changed one of them. Take that back first.",
    ]
    undo(second, by=BY)
    assert dump() == before
    undo(first, by=BY)
    assert Person.objects.count() == 0


def test_undo_is_refused_when_something_outside_points_to_a_record() -> None:
    batch = applied()
    kept(Office(person=Person.objects.get(), kind="speaker", title=written({"en": "Speaker"})))
    with pytest.raises(ValidationError, match=r"1 rows point to it \(offices\)"):
        undo(batch, by=BY)
    assert Person.objects.count() == 1


def test_undo_is_refused_when_a_record_was_given_an_identifier() -> None:
    batch = applied()
    kept(Identifier(kind="directory.person", object_id=Person.objects.get().pk, scheme="wikidata", value="Q7"))
    with pytest.raises(ValidationError, match="was given an identifier since"):
        undo(batch, by=BY)


def test_undo_is_refused_when_not_applied_or_already_undone() -> None:
    batch = looked_at()
    with pytest.raises(ValidationError, match="Only an import"):
        undo(batch, by=BY)
    apply(batch, by=BY)
    undoing = undo(batch, by=BY)
    for one in (batch, undoing):
        with pytest.raises(ValidationError, match="Only an import"):
            undo(one, by=BY)
