"""Scenario 1 on the demonstration: the 6th convocation begins (domain 8.1)."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from interparl.accounts.models import User
from interparl.bodies.actions.convocations import Change, change_to, turn_convocation
from interparl.bodies.models import Body, Draft, DraftBody, LetterDue, Membership
from interparl.config.demo import load_demo
from interparl.core.hooks import Becomes, Effect, every_command
from interparl.core.kinds import every_record
from interparl.directory.models import Convocation, Mandate, Office
from interparl.exchange.actions import undo
from interparl.exchange.models import Batch
from tests.independent import convocation_count
from tests.valley import dump

# Each test writes within the transaction of the whole module, and takes its own writing back.
pytestmark = pytest.mark.django_db
BEFORE = date(2016, 6, 1)
# What the change makes has other keys when it is made again.
MADE = ("bodies.draft", "bodies.draftbody", "bodies.draftplace", "bodies.letterdue", "bodies.step")
KEYS = ("id", "draft_id", "drafted_id")


@pytest.fixture(scope="module")
def head(django_db_setup: None, django_db_blocker: Any) -> Iterator[User]:
    """The head of department on the first day of the 6th convocation."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo("2016-10-11")
        yield User.objects.get(username="head")
        transaction.set_rollback(True)


def test_nothing_is_questioned_on_that_day_either(head: User) -> None:
    assert [
        model.record_kind() for model in every_record() if model._base_manager.exclude(questioned=[]).exists()
    ] == []


def the_next() -> Convocation:
    return Convocation.objects.get(parliament__code="BY", number=6)


def of_step(change: Change, key: str, becomes: Becomes) -> list[Effect]:
    [found] = [one for one in change.found if one.step.key == key]
    return [effect for effect in found.effects if effect.becomes == becomes]


def codes(effects: list[Effect]) -> list[str]:
    return sorted(Body.objects.get(pk=effect.ref[1]).code for effect in effects if effect.ref)


def as_it_was() -> dict[str, Any]:
    """The public numbers and every composition as of a day in the convocation that ended."""
    day = BEFORE.isoformat()
    bodies = Body.objects.on(BEFORE).values_list("code", flat=True)
    seats = {code: asked("composition", body=code, on=day, lang="en", reader="auditor") for code in bodies}
    return {"facts": asked("facts", on=day, lang="en", reader=""), "compositions": seats}


def asked(command: str, **words: str) -> dict[str, Any]:
    return every_command()[command].run(Namespace(**words))


def turn(head: User, change: Change | None = None) -> Batch:
    change = change or change_to(the_next(), head)
    return turn_convocation(the_next(), ticked=change.advised, seen=change.digest, by=head, note="First day")


@pytest.mark.parametrize("heading", ["groups", "delegations", "parts", "chambers"])
def test_it_closes_exactly_the_bodies_of_the_convocation_that_ends(head: User, heading: str) -> None:
    change = change_to(the_next(), head)
    assert codes(of_step(change, heading, Becomes.CLOSED)) == convocation_count.closing()[heading]


def test_the_numbers_are_those_of_the_scenario(head: User) -> None:
    change = change_to(the_next(), head)
    found = {key: len(of_step(change, key, Becomes.CLOSED)) for key in ("groups", "delegations", "parts")}
    # Of the thirteen delegations one ended with its organisation on 31 December 2014.
    assert found == {"groups": 56, "delegations": 12, "parts": 2}
    assert len(of_step(change, "letters", Becomes.DRAFTED)) == len(convocation_count.written_to()) > 60


def test_everything_ends_on_its_own_day(head: User) -> None:
    change = change_to(the_next(), head)
    last = convocation_count.last_days()
    terms = {
        Mandate.objects.filter(chamber=effect.ref[1]).first().chamber.code: effect.day  # type: ignore[union-attr]
        for effect in of_step(change, "mandates", Becomes.CLOSED)
        if effect.ref
    }
    assert terms == {code: date.fromisoformat(day) for code, day in last.items()}
    groups = of_step(change, "groups", Becomes.CLOSED)
    assert {effect.day for effect in groups} == {date.fromisoformat(min(last.values()))}


def test_the_commissions_themselves_are_kept(head: User) -> None:
    change = change_to(the_next(), head)
    assert codes(of_step(change, "parts", Becomes.KEPT)) == convocation_count.closing()["parts"]


def test_offices_are_lost_by_those_who_were_not_elected_again(head: User) -> None:
    change = change_to(the_next(), head)
    lost = {effect.ref[1] for effect in of_step(change, "offices", Becomes.LOST) if effect.ref}
    kept = {effect.ref[1] for effect in of_step(change, "offices", Becomes.KEPT) if effect.ref}
    expected: dict[bool, set[int]] = {True: set(), False: set()}
    sits = set(Mandate.objects.filter(convocation=the_next()).values_list("person", flat=True))
    for _organisation, body, place in convocation_count.offices():
        first = Membership.objects.filter(body__code=body, seat__order=place).order_by("since_earliest").first()
        assert first is not None
        expected[first.person_id in sits].add(first.person_id)
    assert (kept, lost) == (expected[True], expected[False])
    assert kept
    assert lost


def test_all_that_lapsed_is_proposed_but_what_has_no_organisation_any_more(head: User) -> None:
    change = change_to(the_next(), head)
    offered = codes([effect for effect in of_step(change, "continue", Becomes.PROPOSED) if effect.offered])
    lapsed = convocation_count.closing()
    assert offered == sorted([*lapsed["groups"], *lapsed["delegations"], *lapsed["parts"]])


def test_the_change_drafts_what_was_ticked_and_the_letters(head: User) -> None:
    change = change_to(the_next(), head)
    batch = turn(head, change)
    draft = Draft.objects.get(convocation=the_next())
    drafted = DraftBody.objects.filter(draft=draft)
    assert {f"bodies.body.{one.pattern_id}" for one in drafted} == change.advised
    letters = LetterDue.objects.filter(convocation=the_next(), state=LetterDue.State.DUE)
    named = [one.parliament.code for one in letters if one.parliament]
    named = sorted(named) + sorted(one.organisation.code for one in letters if one.organisation)
    assert named == convocation_count.written_to()
    assert all(set(one.text) == {"en", "ru", "be"} for one in letters)
    assert batch.counts["closed"] == sum(1 for _effect in change.of(Becomes.CLOSED))


def test_every_membership_says_that_it_ended_with_the_term(head: User) -> None:
    turn(head)
    ended = Membership.objects.filter(body__convocation__number=5, body__kind="working-group", until="2016-10-10")
    assert set(ended.values_list("end_reason", flat=True)) == {"term"}
    offices = Office.objects.filter(organisation__kind="interparliamentary").values_list("until", flat=True)
    assert sorted(set(offices)) == ["", "2016-10-10"]


def test_the_convocation_that_ended_reads_as_before(head: User) -> None:
    before = as_it_was()
    turn(head)
    assert as_it_was() == before


def test_it_is_taken_back_whole_and_comes_out_the_same_when_made_again(head: User) -> None:
    before, change = dump(), change_to(the_next(), head)
    batch = turn(head, change)
    first = _without_keys(dump())
    assert first != _without_keys(before)
    undo(batch, by=head, note="Another try")
    assert dump() == before
    assert change_to(the_next(), head).digest == change.digest
    turn(head)
    assert _without_keys(dump()) == first


def _without_keys(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """The rows of a dump by their values."""
    return {kind: sorted(repr(_values(row, kind in MADE)) for row in found) for kind, found in rows.items()}


def _values(row: dict[str, Any], is_made: bool) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not (is_made and name in KEYS)}
