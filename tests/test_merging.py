"""Merging two records that are the same: what moves, what is kept once, and who is found by old names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection

from interparl.accounts.models import User
from interparl.bodies.models import Body, Membership, Step
from interparl.core.command_parts import named_record
from interparl.core.finding import matching
from interparl.core.models import Identifier, Label, Pointer
from interparl.core.translated import text_in, written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import (
    Erasure,
    Mandate,
    Office,
    Organisation,
    Person,
    PersonName,
)
from interparl.exchange.actions import undo
from interparl.exchange.actions.merge_plans import BOTH, GONE, KEPT, called_then
from interparl.exchange.actions.merge_rows import pointing_to
from tests.makers import (
    BY,
    a_body,
    a_chamber,
    a_mandate,
    a_membership,
    a_name,
    a_parliament,
    a_part,
    a_person,
    a_seat,
    an_organisation,
    kept,
)
from tests.merging import ORGANISATION, PERSON, merged, planned, two_people
from tests.samples import a_record
from tests.valley import ANNA, HOUSE, SEAT, a_file, applied, dump, looked_at, numbers

pytestmark = pytest.mark.django_db


def test_the_one_that_is_left_carries_all_relations_names_and_identifiers_when_two_are_merged(head: User) -> None:
    first, second = two_people()
    pointing = {
        (model, row.pk)
        for model in (PersonName, Mandate, Membership, Office)
        for row in model.objects.filter(person=second)
    }
    hanging = list(Identifier.objects.filter(object_id=second.pk)) + list(Pointer.objects.filter(object_id=second.pk))
    merged(first, second, head)
    assert not Person.objects.filter(pk=second.pk).exists()
    assert all(model.objects.get(pk=key).person_id == first.pk for model, key in pointing)
    assert [type(one).objects.get(pk=one.pk).object_id for one in hanging] == [first.pk, first.pk]
    assert set(PersonName.objects.filter(person=first).values_list("family", flat=True)) == {"Nowak", "Novak"}
    assert list(matching(Person.objects.all(), "novak")) == [first]
    assert not Label.objects.filter(kind=PERSON, object_id=second.pk).exists()


def test_every_kind_of_row_moves_when_two_records_of_a_kind_are_merged(administrator: User) -> None:
    # Whatever kinds there are: a row for each foreign key of the models, on the record that goes.
    for model in (Person, Organisation, Body):
        first, second = a_record(model), a_record(model)
        rows = []
        for other, column in pointing_to(model):
            if other in (model, Erasure) or other.hangs_on_any:
                continue
            field = next(one for one in other._meta.concrete_fields if one.attname == column)
            values: dict[str, Any] = {field.name: second}
            if other is Membership and model is Body:
                values["part"] = a_part(second)
            rows.append((a_record(other, **values), column))
        assert rows
        merged(first, second, administrator)
        for row, column in rows:
            row.refresh_from_db()
            assert (type(row), row.serializable_value(column)) == (type(row), first.pk)


def test_what_both_have_alike_is_kept_once_with_all_that_hangs_on_it(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Nowak")
    body = a_body(parliaments=[a_parliament()])
    mine, other = (a_membership(body, person, since="2012") for person in (first, second))
    key = kept(Identifier(kind="bodies.membership", object_id=other.pk, scheme="source", value="m2"))
    step = kept(Step(membership=other, kind="appointed", taken_on="2012-02"))
    before = dump()
    batch = merged(first, second, head)
    assert list(Membership.objects.values_list("pk", flat=True)) == [mine.pk]
    assert PersonName.objects.filter(person=first).count() == 1
    key.refresh_from_db()
    step.refresh_from_db()
    assert (key.object_id, step.membership_id) == (mine.pk, mine.pk)
    undo(batch, by=head)
    assert dump() == before


def test_two_rows_stay_two_when_they_differ_in_anything_that_they_say(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Nowak")
    body = a_body(parliaments=[a_parliament()])
    for person, since in ((first, "2012"), (second, "2012-03")):
        a_membership(body, person, since=since)
    merged(first, second, head)
    assert Membership.objects.filter(person=first).count() == 2


def test_the_chosen_values_stand_when_the_two_differ(head: User) -> None:
    left = an_organisation("left", "Left", seat=written({"en": "Here"}))
    gone = an_organisation("gone", "Gone", since="1990", seat=written({"en": "There", "ru": "Там"}))
    plan = planned(left, gone, head)
    assert {one.name: one.proposed for one in plan.differing} == {
        "code": KEPT,
        "name": KEPT,
        "seat": BOTH,
        "since": GONE,
    }
    merged(left, gone, head, code=GONE, seat=BOTH)
    left = Organisation.objects.get()
    assert (left.code, text_in(left.name, "en"), left.since) == ("gone", "Left", "1990")
    assert (left.seat["en"]["text"], left.seat["ru"]["text"], left.seat["ru"]["state"]) == ("Here", "Там", "draft")


def test_who_names_it_by_an_old_code_id_key_or_name_finds_what_is_left(head: User) -> None:
    left, gone = an_organisation("left", "Left"), an_organisation("gone", "Going Away")
    kept(Identifier(kind=ORGANISATION, object_id=gone.pk, scheme="wikidata", value="Q7"))
    batch = merged(left, gone, head)
    for text in ("gone", "GONE", str(gone.pk), "wikidata:Q7", "left"):
        assert named_record(Organisation, text, head) == left
    assert list(matching(Organisation.objects.all(), "going away")) == [left]
    with pytest.raises(ValidationError):
        named_record(Organisation, "gone", AnonymousUser())
    undo(batch, by=head)
    assert named_record(Organisation, "gone", head).pk == gone.pk
    assert list(matching(Organisation.objects.all(), "going away")) == [gone]


def test_a_later_edition_finds_what_is_left_when_its_record_was_merged(head: User) -> None:
    other = a_person("Nowak")
    applied()
    imported = Person.objects.exclude(pk=other.pk).get()
    merged(other, imported, head)
    assert numbers(looked_at()) == {"same": 7}
    with_mail = ANNA | {"contact_details": [{"type": "email", "value": "new@example.org"}]}
    applied(a_file(persons=[with_mail], organizations=[HOUSE]))
    assert list(Person.objects.filter(contact_points__value="new@example.org")) == [other]


def test_seats_that_overlap_are_told_before_and_questioned_after(head: User) -> None:
    parliament = a_parliament()
    bodies = a_body(parliaments=[parliament]), a_body(parliaments=[parliament])
    for body in bodies:
        part = body.parts.get()
        a_membership(part=part, seat=a_seat(part, title=written({"en": "Seat"})), since="2012", until="2014")
    before = dump()
    plan = planned(*bodies, head)
    told = [str(message) for _row, message in plan.doubts]
    assert told == ["Somebody else holds this seat on some of these days."] * 2
    batch = merged(*bodies, head)
    assert list(Membership.objects.values_list("questioned", flat=True)) == [["seat-held"]] * 2
    undo(batch, by=head)
    assert dump() == before


def test_what_was_doubted_of_rows_is_no_longer_when_the_other_s_mandate_is_there(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    chamber = a_chamber()
    part = a_part(a_body(), chamber.parliament)
    membership = a_membership(part=part, person=first, since="2012", until="2014")
    change_many([Planned(Mandate(person=first, chamber=chamber, since="2016", until="2018"))], by=BY)
    change_many([Planned(membership)], by=BY)
    assert Membership.objects.get().questioned == ["outside-mandate"]
    a_mandate(second, chamber, since="2012", until="2016")
    before = dump()
    batch = merged(first, second, head)
    assert Membership.objects.get().questioned == []
    undo(batch, by=head)
    assert dump() == before


def test_nothing_points_to_what_went_when_two_were_merged(head: User) -> None:
    first, second = two_people()
    merged(first, second, head)
    connection.check_constraints()


def test_what_is_left_is_called_as_the_plan_said(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    a_name(second, family="Новак", given="Анна", language="ru")
    a_name(second, family="Secret", kind="passport", mark="official", language="be")
    plan = planned(first, second, head)
    before = {code: first.label_in(code) for code in ("en", "ru", "be")}
    said = called_then(plan)
    merged(first, second, head)
    left = Person.objects.get()
    after = {code: left.label_in(code) for code in ("en", "ru", "be")}
    assert said == {code: text for code, text in after.items() if text != before[code]}
    assert after["ru"] == "Анна Новак"


def test_nothing_ends_when_one_of_two_keys_of_what_is_left_is_in_the_next_edition(head: User) -> None:
    both = [ANNA | {"identifiers": []}, ANNA | {"id": "p2", "identifiers": []}]
    seats = [SEAT | {"id": "m1"}, SEAT | {"id": "m2", "person_id": "p2"}]
    applied(a_file(persons=both, memberships=seats), on=date(2014, 1, 1))
    first, second = Person.objects.order_by("pk")
    merged(first, second, head)
    assert Mandate.objects.count() == 1
    later = applied(a_file(persons=both[1:], memberships=seats[1:]), on=date(2015, 1, 1))
    assert later.counts["gone"] == 0
    assert Mandate.objects.get().until == "2016"
