"""Erasing people: what goes is named first, nothing personal is left, and the history stays whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from interparl.accounts.models import User
from interparl.core.history import entries_of, lines, revert
from interparl.core.models import Entry, Identifier, Label, Pointer
from interparl.core.sealing import Finding, digest_of, findings, seal
from interparl.core.translated import written
from interparl.core.writing import Refused, change
from interparl.directory.actions import account_of
from interparl.directory.models import (
    Affiliation,
    ContactPoint,
    Erasure,
    Mandate,
    Office,
    Person,
)
from interparl.exchange.actions import undo
from interparl.exchange.models import Row
from tests import makers
from tests.erasing import NAMES, NOON, SECRETS, a_faction, an_erasure, asked, done, labels, somebody, where
from tests.makers import BY, kept
from tests.valley import ANNA, SEAT, a_file, applied, looked_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def test_everything_private_goes_when_an_office_holder_is_erased(head: User) -> None:
    person = somebody()
    mandate = makers.a_mandate(person, since="2004", until="2008", note=written({"en": "Quillwhisper's seat"}))
    membership = makers.a_membership(person=person, since="2004", until="2008", note=written({"en": "Quillwhisper"}))
    assert {word for _table, word in where(*SECRETS)} == set(SECRETS)
    seal(NOON)
    assert findings() == []
    entry = done(asked(person), head)
    assert where(*SECRETS) == set()
    assert findings() == []
    seal(timezone.now())
    assert findings() == []
    person.refresh_from_db()
    assert (person.born, person.note, str(person)) == ("", {}, "Zephyrine Oakenshaw")
    mandate.refresh_from_db()
    membership.refresh_from_db()
    assert (mandate.note, mandate.since, membership.note, membership.until) == ({}, "2004", {}, "2008")
    assert list(person.memberships.values_list("pk", flat=True)) == [membership.pk]
    assert (person.contact_points.count(), Pointer.objects.count(), Identifier.objects.count()) == (0, 0, 1)
    assert (entry.kind, entry.object_id, entry.verb, entry.user) == ("directory.person", person.pk, "erased", head)
    assert {one.erased_by_id for one in Entry.objects.filter(pk__in=entry.changes["entries"][1])} == {entry.pk}


def test_the_name_goes_as_well_when_somebody_is_made_anonymous(head: User) -> None:
    person = somebody(died="2014")
    office = kept(Office(person=person, kind="other", title=written({"en": "Director of Quillwhisper Ltd"})))
    party = kept(Affiliation(person=person, faction=a_faction(), role="Quillwhisper"))
    membership = makers.a_membership(person=person, role="secretary", since="2004", until="2008")
    seal(NOON)
    erasure = asked(person, "anonymise")
    done(erasure, head)
    assert where(*SECRETS, *NAMES, "Q77001") == set()
    assert findings() == []
    person.refresh_from_db()
    assert (person.died, str(person)) == ("", f"Person erased No. {erasure.pk}")
    assert Office.objects.filter(pk=office.pk).exists() is Affiliation.objects.filter(pk=party.pk).exists() is False
    assert list(person.memberships.values_list("pk", "since", "until")) == [(membership.pk, "2004", "2008")]
    labels = Label.objects.filter(kind="directory.person", object_id=person.pk).values_list("folded", flat=True)
    assert {"oakenshaw" in words for words in labels} == {False}


def test_the_rest_goes_too_when_an_erased_person_is_made_anonymous_later(head: User) -> None:
    person = somebody()
    first = done(asked(person), head)
    seal(NOON)
    second = done(asked(person, "anonymise"), head)
    assert where(*SECRETS, *NAMES) == set()
    assert (findings(), second.pk > first.pk) == ([], True)


def test_rows_of_imports_are_emptied_when_their_person_is_erased(head: User) -> None:
    private = ANNA | {
        "birth_date": "1947-08-23",
        "contact_details": [{"type": "email", "value": "zoe.quill@example.org"}],
    }
    batch = applied(a_file(persons=[private]))
    applied(a_file(persons=[private]))
    looked_at(a_file(persons=[private | {"birth_date": "1947-08-24"}]))
    person = Person.objects.get()
    done(asked(person), head)
    assert where("1947-08-2", "zoe.quill@example.org") == set()
    assert (labels(), Mandate.objects.filter(person=person).count()) == ({"Anna Nowak"}, 1)
    assert [row.prepared for row in Row.objects.filter(record="person")] == [{"erased": Erasure.objects.get().pk}] * 3
    with pytest.raises(ValidationError) as refusal:
        undo(batch, by=BY)
    assert refusal.value.messages[0].startswith("It cannot be taken back: personal data of ")


def test_no_row_of_an_import_names_somebody_when_made_anonymous(head: User) -> None:
    guest = ANNA | {"id": "p2", "name": "Zephyrine Oakenshaw", "family_name": "Oakenshaw", "given_name": "Zephyrine"}
    guest |= {"other_names": [], "identifiers": [{"scheme": "viaf", "identifier": "7"}]}
    # The second holds an identifier of the first, so a sentence about another row names him.
    applied(a_file(persons=[guest], memberships=[]))
    applied(a_file(persons=[guest, ANNA], memberships=[SEAT]))
    person = Person.objects.get(names__family="Oakenshaw")
    assert where("Oakenshaw") >= {("exchange_row", "Oakenshaw"), ("exchange_batch", "Oakenshaw")}
    done(asked(person, "anonymise"), head)
    assert where("Oakenshaw", "Zephyrine") == set()
    assert labels() == {"Anna Nowak", f"Person erased No. {Erasure.objects.get().pk}"}


def test_the_list_names_every_row_and_field_before_anything_is_done() -> None:
    person = somebody()
    makers.a_mandate(person, since="2004", until="2008")
    before = Entry.objects.count()
    erasure = an_erasure(person)
    account = account_of(erasure)
    assert [(one.model.record_kind(), len(one.rows), one.fields, one.is_removed) for one in account.losses.of] == [
        ("directory.person", 1, ("born", "note"), False),
        ("directory.personname", 1, ("language", "text"), True),
        ("directory.contactpoint", 1, ("value",), True),
        ("core.pointer", 1, ("number", "place"), True),
    ]
    assert (Entry.objects.count(), ContactPoint.objects.count()) == (before + 1, 1)


def test_a_name_given_to_another_stays_his_when_the_first_is_made_anonymous(head: User) -> None:
    first, second = makers.a_person("Oakenshaw"), makers.a_person("Reed")
    name = makers.a_name(first, family="Marlow")
    with change(name, by=BY) as held:
        held.person = second
    with change(name, by=BY) as held:
        held.given = "Later"
    done(asked(first, "anonymise"), head)
    name.refresh_from_db()
    last = Entry.objects.filter(kind="directory.personname", object_id=name.pk).latest("pk")
    assert (name.family, last.changes["given"], findings()) == ("Marlow", ["", "Later"], [])


def test_an_erased_change_is_shown_as_such_and_stays_when_it_is_to_be_taken_back(head: User) -> None:
    person = somebody()
    erasing = done(asked(person), head)
    entries = list(entries_of(("directory.person", person.pk)))
    shown = {line.entry.pk: line for line in lines(entries, makers.a_reading(head), person)}
    changed = next(one for one in entries if one.kind == "directory.person" and one.verb == "changed")
    line = shown[changed.pk]
    assert (line.note, line.revert_url) == ("Personal data that stood here were erased.", "")
    assert [(one.label, one.before, one.after) for one in line.changes] == [("note", "", "[erased]")]
    assert [(one.label, one.before, one.after) for one in shown[erasing.pk].changes] == [
        ("note", "[erased]", ""),
        ("born", "[erased]", ""),
    ]
    for entry in (changed, erasing):
        entry.refresh_from_db()
        with pytest.raises(Refused, match="cannot be taken back"):
            revert(entry, by=head)


def test_all_is_told_when_an_erased_entry_is_altered_past_the_gate(head: User) -> None:
    person = somebody()
    seal(NOON)
    entry = done(asked(person), head)
    seal(timezone.now())
    mine = entry.changes["entries"][1][0]
    other = makers.a_country()
    seal(timezone.now())
    forged = Entry.objects.get(kind="directory.country", object_id=other.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_entry SET actor = %s WHERE id = %s", ["somebody", mine])
        cursor.execute("UPDATE core_entry SET note = %s, erased_by_id = %s WHERE id = %s", ["x", entry.pk, forged.pk])
    assert [(one.wrong, one.entry) for one in findings()] == [("altered", mine), ("altered", forged.pk)]


def test_all_that_it_erased_is_told_when_an_erasure_was_altered(head: User) -> None:
    person = somebody()
    seal(NOON)
    entry = done(asked(person), head)
    seal(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_entry SET note = %s WHERE id = %s", ["x", entry.pk])
    assert {one.entry for one in findings()} == {entry.pk, *entry.changes["entries"][1]}


@pytest.mark.parametrize("is_sealed", [True, False])
def test_an_entry_is_named_when_it_points_to_what_is_no_erasure(is_sealed: bool) -> None:
    makers.a_country()
    first, second = Entry.objects.order_by("pk").last(), None
    makers.a_country()
    second = Entry.objects.order_by("pk").last()
    assert first is not None
    assert second is not None
    if is_sealed:
        seal(NOON)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_entry SET note = 'x', erased_by_id = %s WHERE id = %s", [second.pk, first.pk])
    assert findings() == [Finding("altered", first.pk, int(is_sealed))]
    assert digest_of(second) == second.digest
