"""Taking merges back: all is as before, what was made since stays, and what stands in the way is told."""

from __future__ import annotations

from argparse import Namespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from interparl.accounts.models import User
from interparl.core.command_parts import named_record
from interparl.core.history import entries_of, lines, revert
from interparl.core.models import Entry, Label, Moved
from interparl.core.removing import remove
from interparl.core.sealing import findings, seal
from interparl.core.translated import written
from interparl.core.writing import Refused, change
from interparl.directory.models import (
    Mandate,
    Organisation,
    Person,
    PersonName,
)
from interparl.exchange.actions import undo
from interparl.exchange.actions.merge_plans import GONE
from interparl.exchange.commands import run_undo
from interparl.exchange.models import Batch
from tests.makers import (
    BY,
    a_mandate,
    a_name,
    a_person,
    a_reading,
    an_organisation,
)
from tests.merging import PERSON, PUBLISHED, merged, two_people
from tests.valley import ANNA, a_file, applied, dump

pytestmark = pytest.mark.django_db


def test_all_is_exactly_as_before_when_a_merge_is_taken_back(head: User) -> None:
    first, second = two_people(**PUBLISHED)
    with change(second, by=BY) as held:
        held.mark, held.born, held.note = "internal", "1970", written({"en": "A note"})
    a_name(first, family="Same", given="Same", language="be", source=None)
    a_name(second, family="Same", given="Same", language="be", mark="public")
    before = dump()
    labels = set(Label.objects.filter(kind=PERSON).values_list("object_id", "language", "text", "folded"))
    batch = merged(first, second, head, born=GONE, note=GONE)
    assert Person.objects.get(pk=first.pk).effective_mark == "internal"
    assert dump() != before
    undoing = undo(batch, by=head)
    assert dump() == before
    assert set(Label.objects.filter(kind=PERSON).values_list("object_id", "language", "text", "folded")) == labels
    assert (undoing.undoes_id, Batch.objects.get(pk=batch.pk).state) == (batch.pk, "undone")
    assert undoing.counts["stayed"] == []


def test_a_chain_of_merges_leads_to_the_last_and_is_undone_from_its_end(head: User) -> None:
    one, two, three = (an_organisation(code) for code in ("one", "two", "three"))
    before = dump()
    first, second = merged(two, one, head), merged(three, two, head)
    for code in ("one", "two", str(one.pk)):
        assert named_record(Organisation, code, head) == three
    with pytest.raises(ValidationError, match=f"Take No. {second.pk} back first"):
        undo(first, by=head)
    undo(second, by=head)
    assert named_record(Organisation, "one", head) == two
    undo(first, by=head)
    assert dump() == before
    assert Moved.objects.standing().count() == 0


def test_the_import_is_not_taken_back_when_its_record_was_merged_since(head: User) -> None:
    other = a_person("Nowak")
    batch = applied()
    again = merged(other, Person.objects.exclude(pk=other.pk).get(), head)
    with pytest.raises(ValidationError, match="changed since"):
        undo(batch, by=head)
    later = applied(a_file(persons=[ANNA | {"contact_details": [{"type": "email", "value": "new@example.org"}]}]))
    with pytest.raises(ValidationError, match=f"Take No. {later.pk} back first"):
        undo(again, by=head)


def test_what_was_made_since_stays_and_is_told_when_a_merge_is_taken_back(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    batch = merged(first, second, head)
    with change(Person.objects.get(), by=BY) as held:
        held.gender = "female"
    name = a_name(Person.objects.get(), family="Later")
    undoing = undo(batch, by=head)
    assert undoing.counts["stayed"] == [["directory.personname", name.pk]]
    assert (name.person_id, Person.objects.get(pk=first.pk).gender) == (first.pk, "female")
    assert set(PersonName.objects.filter(person=second.pk).values_list("family", flat=True)) == {"Novak"}


def test_a_merge_is_not_taken_back_when_what_it_wrote_was_changed_since(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak", born="1970")
    batch = merged(first, second, head)
    with change(Person.objects.get(), by=BY) as held:
        held.born = "1971"
    before = dump()
    with pytest.raises(ValidationError) as refusal:
        undo(batch, by=head)
    assert refusal.value.messages == [
        "It cannot be taken back: 1 record was changed since.",
        f"Person: {Label.objects.get(kind=PERSON, language='en').text}",
    ]
    assert dump() == before


def test_a_merge_is_not_taken_back_when_the_place_of_what_went_is_another_s(head: User) -> None:
    left, gone = an_organisation("left"), an_organisation("gone")
    batch = merged(left, gone, head)
    an_organisation("gone")
    before = dump()
    with pytest.raises(ValidationError, match="something else has the place"):
        undo(batch, by=head)
    assert dump() == before


def test_a_row_that_was_removed_since_stays_removed_when_a_merge_is_taken_back(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    mandate = a_mandate(second)
    batch = merged(first, second, head)
    remove(Mandate.objects.get(pk=mandate.pk), by=BY)
    undo(batch, by=head)
    assert (Person.objects.count(), Mandate.objects.count()) == (2, 0)


def test_both_histories_stay_and_the_audit_is_clean_when_two_are_merged_and_taken_apart(head: User) -> None:
    first, second = two_people()
    old = list(entries_of((PERSON, second.pk)).values_list("pk", flat=True))
    batch = merged(first, second, head)
    now = entries_of((PERSON, second.pk))
    assert set(old) <= set(now.values_list("pk", flat=True))
    verbs = [line.verb for line in lines(list(entries_of((PERSON, first.pk))), a_reading(head))]
    assert {"merged", "carried over"} <= set(verbs)
    for entry in Entry.objects.filter(batch=batch.pk):
        with pytest.raises(Refused):
            revert(entry, by=head)
    seal(timezone.now())
    undo(batch, by=head)
    seal(timezone.now())
    assert list(findings()) == []


def test_a_merge_may_be_done_again_after_it_was_taken_back(head: User) -> None:
    first, second = an_organisation("first"), an_organisation("second")
    undo(merged(first, second, head), by=head)
    again = merged(second, first, head)
    assert named_record(Organisation, "first", head) == second
    with pytest.raises(ValidationError, match="Only an import"):
        undo(Batch.objects.get(undoes__isnull=False), by=head)
    undo(again, by=head)
    assert Organisation.objects.count() == 2


def test_the_command_takes_a_merge_back(head: User) -> None:
    first, second = two_people()
    before = dump()
    batch = merged(first, second, head)
    answer = run_undo(Namespace(batch=batch.pk))
    assert (answer["batch"], answer["kind"], answer["stayed"]) == (batch.pk, "merge", [])
    assert dump() == before
