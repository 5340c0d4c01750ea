"""Who asks for an erasure, who confirms it, by which rule, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import models

from interparl.accounts.models import User
from interparl.core.erasing import about_somebody
from interparl.core.kinds import every_record
from interparl.core.records import Record
from interparl.core.writing import Refused, change, kept_fields
from interparl.directory.actions import account_of, ask, carry_out, obstacles, refuse
from interparl.directory.models import (
    ContactPoint,
    Person,
    RetentionHold,
)
from tests import makers
from tests.erasing import DAY, NOON, a_rule, an_erasure, asked, done, somebody
from tests.makers import BY, kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def test_the_second_user_is_another_when_an_erasure_is_confirmed(head: User) -> None:
    person = somebody()
    erasure = an_erasure(person)
    ask(erasure, by=head)
    with pytest.raises(Refused, match="does not confirm it"):
        done(erasure, head)
    assert done(erasure, makers.a_user("administrator")).verb == "erased"


def test_nobody_confirms_when_it_is_he_who_is_erased(head: User) -> None:
    erasure = asked(somebody(user=head))
    with pytest.raises(Refused, match="his own erasure"):
        done(erasure, head)


@pytest.mark.parametrize("number", ["", "0", "x", "No. 1"])
def test_a_wrong_number_refuses_when_it_is_typed(number: str, head: User) -> None:
    erasure = asked(somebody())
    with pytest.raises(Refused, match="not the number"):
        carry_out(erasure, by=head, number=number, seen=account_of(erasure).digest)
    assert ContactPoint.objects.count() == 1


def test_another_list_refuses_when_more_would_go_than_was_shown(head: User) -> None:
    person = somebody()
    erasure = asked(person)
    seen = account_of(erasure).digest
    kept(ContactPoint(person=person, kind="email", value="new@example.org"))
    with pytest.raises(Refused, match="has changed since"):
        carry_out(erasure, by=head, number=str(erasure.pk), seen=seen)
    assert ContactPoint.objects.count() == 2


def test_a_hold_refuses_when_it_lasts_and_not_after_it_ended(head: User) -> None:
    person = somebody()
    hold = kept(RetentionHold(person=person, grounds="Court case", since="2015", until="2016"))
    erasure = an_erasure(person)
    assert [str(one) for one in obstacles(erasure, DAY, head)] == ["It is held back until 2016: Court case"]
    with pytest.raises(Refused, match="Court case"):
        ask(erasure, by=makers.a_user())
    with change(hold, by=BY, verb="ended") as held:
        held.until = "2015-05"
    ask(erasure, by=makers.a_user())
    kept(RetentionHold(person=person, grounds="Inquiry", since="2015"))
    with pytest.raises(Refused, match="Inquiry"):
        done(erasure, head)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "Name a rule, or the legal basis and the reason of a request."),
        ({"basis": "Act 99-Z"}, "Name a rule, or the legal basis and the reason of a request."),
        ({"grounds": "He wants it"}, "Name a rule, or the legal basis and the reason of a request."),
        ({"rule": {}}, "The rule “Five years” does not apply to this person today."),
        ({"rule": {"applies_to": "without", "event": "entry", "deed": "anonymise"}}, "The rule “Five years” says: "),
    ],
)
def test_it_is_refused_when_neither_due_nor_requested(values: dict[str, Any], why: str) -> None:
    given = {"basis": "", "grounds": ""} | values
    if "rule" in given:
        given["rule"] = a_rule(**given["rule"])
    person = somebody()
    makers.a_mandate(person, since="2012")
    with pytest.raises(Refused) as refusal:
        ask(an_erasure(person, **given), by=makers.a_user())
    assert [text[: len(why)] for text in refusal.value.messages] == [why]


def test_an_office_holder_keeps_the_name_when_anonymity_is_asked() -> None:
    person = makers.a_mandate(since="2004", until="2008").person
    with pytest.raises(Refused, match="keeps the name"):
        an_erasure(person, "anonymise")
    with pytest.raises(Refused, match="keeps the name"):
        a_rule(deed="anonymise")


def test_an_open_account_refuses_when_its_person_is_made_anonymous(head: User) -> None:
    user = makers.a_user()
    person = somebody(user=user)
    with pytest.raises(Refused, match="still signs in"):
        asked(person, "anonymise")
    User.objects.filter(pk=user.pk).update(is_active=False)
    done(asked(person, "anonymise"), head)
    person.refresh_from_db()
    assert person.user is None


def test_nothing_is_erased_when_it_is_refused(head: User) -> None:
    person = somebody()
    erasure = asked(person)
    refuse(erasure, by=head, reason="Still needed")
    person.refresh_from_db()
    assert (erasure.state, erasure.decided_by, person.born) == ("refused", head, "1947-08-23")
    with pytest.raises(Refused, match="not possible now"):
        done(erasure, head)


@pytest.mark.parametrize(
    ("until", "years", "is_due"),
    [("2010-06-01", 5, True), ("2010-06-02", 5, False), ("2010", 5, False), ("", 5, False), ("2009", 5, True)],
)
def test_somebody_is_due_when_the_years_since_the_last_mandate_are_over(until: str, years: int, is_due: bool) -> None:
    person = makers.a_mandate(since="2004", until="2007").person
    makers.a_mandate(person, since="2008", until=until)
    makers.a_person()
    assert list(a_rule(years=years).due(DAY)) == ([person] if is_due else [])


def test_a_membership_counts_when_the_rule_says_so() -> None:
    person = makers.a_person()
    makers.a_membership(person=person, since="2004", until="2012")
    rule = a_rule(applies_to="without", event="membership", deed="anonymise")
    assert (list(rule.due(DAY)), list(rule.due(date(2018, 1, 1)))) == ([], [person])


def test_the_last_change_counts_when_the_rule_says_so() -> None:
    rule = a_rule(applies_to="without", event="entry", deed="anonymise")
    with time_machine.travel(datetime(2009, 1, 1, tzinfo=UTC), tick=False):
        old, sitting = makers.a_person(), makers.a_person()
        changed = makers.a_person()
        makers.a_membership(person=sitting, since="2008")
    makers.a_name(changed, family="Newer")
    assert list(rule.due(DAY)) == [old]


def test_nobody_is_due_when_he_was_erased_or_is_held_back(head: User) -> None:
    rule = a_rule()
    erased, held, due = (makers.a_mandate(since="2000", until="2004").person for _number in range(3))
    done(asked(erased, rule=rule, basis="", grounds=""), head)
    kept(RetentionHold(person=held, grounds="Court case", since="2015"))
    assert list(rule.due(DAY)) == [due]


PARTS = {"mark", "published_on", "grade", "source", "questioned", "since", "until"}
PARTS |= {"effective_mark", "effective_published_on"}


@pytest.mark.parametrize("model", every_record(), ids=lambda model: model.record_kind())
def test_every_field_is_declared_personal_or_a_fact_when_its_row_is_about_a_person(model: type[Record]) -> None:
    mine = {Person, *(kind for kind, _personal in about_somebody(Person))}
    relations = [column for column in model._meta.concrete_fields if isinstance(column, models.ForeignKey)]
    beneath = any(issubclass(one.related_model, Record) and one.related_model.hangs_on_any for one in relations)
    hangs = (
        model in mine or model.hangs_on_any or beneath or any(one.related_model in mine - {Person} for one in relations)
    )
    if not hangs and not any(one.related_model is Person for one in relations):
        assert model.personal is None
        return
    assert model.personal is not None
    declared = [*model.personal.private, *model.personal.naming, *model.personal.facts]
    kept_ones = {column.name for column in kept_fields(model)} - (PARTS - set(declared))
    assert sorted(declared) == sorted(kept_ones)
    assert (model in mine or model.hangs_on_any or beneath, "note" in model.personal.private) == (True, True)
