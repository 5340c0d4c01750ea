"""Merging within rights: what stands against it, what is hidden, and what is left is never easier to read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from interparl.accounts.models import User
from interparl.bodies.models import Partner
from interparl.core.models import Entry
from interparl.core.sealing import findings
from interparl.core.translated import written
from interparl.core.writing import Refused, change
from interparl.directory.actions import account_of, ask, carry_out
from interparl.directory.models import (
    Deed,
    Erasure,
    Office,
    Organisation,
    Person,
    Portfolio,
    RetentionHold,
    Status,
)
from interparl.exchange.actions import undo
from interparl.exchange.actions.merge_plans import KEPT
from interparl.exchange.actions.merging import merge
from interparl.exchange.models import Batch
from tests.makers import (
    BY,
    a_body,
    a_country,
    a_name,
    a_parliament,
    a_person,
    a_user,
    an_organisation,
    kept,
)
from tests.merging import PUBLISHED, merged, planned
from tests.valley import dump

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", [0, 1])
def test_the_user_goes_over_when_one_signs_in_and_nothing_is_merged_when_both_do(head: User, place: int) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    users = a_user(), a_user()
    with change((first, second)[place], by=BY) as held:
        held.user = users[0]
    batch = merged(first, second, head)
    assert Person.objects.get().user == users[0]
    undo(batch, by=head)
    with change((second, first)[place], by=BY) as held:
        held.user = users[1]
    plan = planned(first, second, head)
    assert [text[:34] for text in plan.against] == ["Both have a value in “signs in as”"]
    with pytest.raises(Refused, match="signs in as"):
        merged(first, second, head)
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("mine", "other", "mark", "published_on"),
    [
        (PUBLISHED, PUBLISHED, "public", date(2014, 5, 1)),
        (PUBLISHED, PUBLISHED | {"published_on": date(2015, 1, 1)}, "public", date(2015, 1, 1)),
        (PUBLISHED, {"mark": "public"}, "public", None),
        ({"mark": "public"}, PUBLISHED, "public", None),
        (PUBLISHED, {"mark": "official"}, "official", None),
        ({"mark": "official"}, {"mark": "internal"}, "official", None),
    ],
)
def test_what_is_left_is_never_easier_to_read_than_any_of_the_two(
    head: User, mine: dict[str, Any], other: dict[str, Any], mark: str, published_on: date | None
) -> None:
    first, second = an_organisation(**mine), an_organisation(**other)
    parliament = a_parliament(a_country(**PUBLISHED), **PUBLISHED)
    rank = kept(Status(organisation=second, parliament=parliament, status="member", **PUBLISHED))
    merged(first, second, head)
    left = Organisation.objects.get()
    rank.refresh_from_db()
    assert (left.mark, left.published_on) == (mark, published_on)
    assert (rank.effective_mark, rank.effective_published_on) == (mark, published_on)


def test_rows_that_the_user_may_not_know_of_move_without_a_word() -> None:
    officer = a_user("desk_officer")
    first, second = a_person("Nowak"), a_person("Novak")
    hidden = a_name(second, family="Secret", kind="passport", mark="official")
    bare = planned(first, second, officer)
    assert "Secret" not in str([bare.moving(), bare.going(), bare.against, bare.doubts])
    before = dump()
    batch = merge(first, second, choices={}, seen=bare.digest, by=officer)
    hidden.refresh_from_db()
    assert hidden.person_id == first.pk
    own = [one for one in Entry.objects.filter(batch=batch.pk) if one.object_id == hidden.pk and one.user_id is None]
    assert [(one.verb, one.actor) for one in own] == [("carried", officer.username)]
    undo(batch, by=officer)
    assert dump() == before


def test_the_plan_is_the_same_to_the_letter_when_hidden_rows_point_to_the_two() -> None:
    officer = a_user("desk_officer")
    first, second = an_organisation(), an_organisation()
    digest = planned(first, second, officer).digest
    kept(Status(organisation=second, parliament=a_parliament(mark="official"), status="member"))
    kept(Office(person=a_person(mark="official"), organisation=second, kind="other", title=written({"en": "Head"})))
    plan = planned(first, second, officer)
    assert (plan.digest, plan.moving(), plan.against) == (digest, [], [])


@pytest.mark.parametrize("hides", ["first", "second", "both"])
def test_of_two_rows_with_one_place_the_known_one_stands_and_undo_brings_both_back(hides: str) -> None:
    officer = a_user("desk_officer")
    country = a_country()
    first, second = a_body(), a_body()
    marks = ["official" if hides in (name, "both") else "internal" for name in ("first", "second")]
    rows = [
        kept(Partner(body=body, country=country, parliament=parliament, mark=mark))
        for body, mark, parliament in zip((first, second), marks, (a_parliament(), None), strict=True)
    ]
    before = dump()
    plan = planned(first, second, officer)
    assert plan.against == []
    batch = merge(first, second, choices={}, seen=plan.digest, by=officer)
    assert Partner.objects.get() == rows[1 if hides == "first" else 0]
    assert Partner.objects.visible_to(officer).count() == (0 if hides == "both" else 1)
    undo(batch, by=officer)
    assert dump() == before


@pytest.mark.parametrize("fuller", ["first", "second", "neither"])
def test_of_two_known_rows_with_one_place_the_one_that_says_more_stands(head: User, fuller: str) -> None:
    country, parliament = a_country(), a_parliament()
    bodies = {"first": a_body(), "second": a_body()}
    for name, body in bodies.items():
        kept(Partner(body=body, country=country, parliament=parliament if name == fuller else None, grade="stated"))
    kept(Partner(body=bodies["second"], country=a_country()))
    before = dump()
    batch = merged(bodies["first"], bodies["second"], head)
    told = Partner.objects.filter(country=country).values_list("body", "parliament")
    assert list(told) == [(bodies["first"].pk, None if fuller == "neither" else parliament.pk)]
    assert Partner.objects.count() == 2
    undo(batch, by=head)
    assert dump() == before


def test_two_known_rows_with_one_place_stand_in_the_way_when_each_says_something_else(head: User) -> None:
    country, first, second = a_country(), a_body(), a_body()
    for body in (first, second):
        kept(Partner(body=body, country=country, parliament=a_parliament()))
    with pytest.raises(Refused, match="may stand only once"):
        merged(first, second, head)


def test_one_that_points_to_the_other_is_another(head: User) -> None:
    whole = an_organisation()
    part = an_organisation(parent=whole)
    for two in ((whole, part), (part, whole)):
        assert [text[:38] for text in planned(*two, head).against] == ["One of the two points to the other (“p"]
        with pytest.raises(Refused, match="part of"):
            merged(*two, head)


def test_a_ring_over_others_is_refused_with_its_reason(head: User) -> None:
    one = a_body()
    two = a_body(continues=one)
    three = a_body(continues=two)
    with pytest.raises(Refused, match="cannot continue itself"):
        merged(one, three, head)


def test_a_hold_on_erasure_goes_over_so_that_what_is_left_is_held(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    kept(RetentionHold(person=second, grounds="A court case"))
    merged(first, second, head)
    assert RetentionHold.objects.get().person_id == first.pk


@pytest.mark.parametrize(("state", "words"), [("draft", "under way"), ("asked", "under way"), ("done", "were erased")])
@pytest.mark.parametrize("place", [0, 1])
def test_nobody_is_merged_when_an_erasure_is_under_way_or_done(head: User, state: str, words: str, place: int) -> None:
    two = a_person("Nowak"), a_person("Novak")
    kept(Erasure(person=two[place], deed=Deed.ERASE, basis="A rule", grounds="Asked", state=state))
    with pytest.raises(Refused, match=words):
        merged(*two, head)


def test_the_page_says_nothing_of_a_hidden_erasure_and_who_tries_is_told_no_more_than_that(head: User) -> None:
    officer, first, second = a_user("desk_officer"), a_person("Nowak"), a_person("Novak")
    digest = planned(first, second, officer).digest
    kept(Erasure(person=second, deed=Deed.ERASE, basis="A rule", grounds="Asked", mark="official"))
    plan = planned(first, second, officer)
    assert (plan.digest, plan.against) == (digest, [])
    with pytest.raises(Refused, match="cannot be merged as they stand"):
        merged(first, second, officer)
    with pytest.raises(Refused, match="under way"):
        merged(first, second, head)


def test_two_are_merged_when_an_erasure_was_refused_or_withdrawn(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    erasure = kept(Erasure(person=second, deed=Deed.ERASE, basis="A rule", grounds="Asked", state="refused"))
    merged(first, second, head)
    assert Erasure.objects.get(pk=erasure.pk).person_id == first.pk


def test_an_erasure_takes_the_history_of_what_was_merged_as_well(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Nowak", born="1970-05-17")
    a_name(second, family="Secondname")
    batch = merged(first, second, head, born=KEPT)
    erasure = kept(Erasure(person=first, deed=Deed.ANONYMISE, basis="A rule", grounds="Asked"))
    ask(erasure, by=head)
    account = account_of(erasure)
    carry_out(erasure, by=a_user("administrator"), number=str(erasure.pk), seen=account.digest)
    left = str(list(Entry.objects.values_list("changes", flat=True))) + str(dump())
    for text in ("1970-05-17", "Secondname", "Nowak"):
        assert text not in left
    assert list(findings()) == []
    with pytest.raises(ValidationError, match="erased since"):
        undo(batch, by=head)


def test_only_who_may_change_all_that_he_knows_of_merges(head: User) -> None:
    officer, secretary, member = (a_user(role) for role in ("desk_officer", "delegation_secretary", "member"))
    first, second = an_organisation(), an_organisation()
    for user in (secretary, member):
        with pytest.raises(Refused, match="may not merge"):
            merged(first, second, user)
    kept(Portfolio(organisation=second, user=a_user()))
    with pytest.raises(Refused, match="may not change what would move: portfolios"):
        merged(first, second, officer)
    merged(first, second, head)
    assert Portfolio.objects.get().organisation_id == first.pk


def test_nothing_is_merged_when_something_has_changed_since_it_was_shown(head: User) -> None:
    first, second = a_person("Nowak"), a_person("Novak")
    seen = planned(first, second, head).digest
    a_name(second, family="Later")
    with pytest.raises(Refused, match="has changed since"):
        merge(first, second, choices={}, seen=seen, by=head)
    seen = planned(first, second, head).digest
    merge(second, first, choices={}, seen=planned(second, first, head).digest, by=head)
    with pytest.raises(Refused, match="merged or removed meanwhile"):
        merge(first, second, choices={}, seen=seen, by=head)
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_wins_and_the_other_is_told_when_two_people_merge_at_once() -> None:
    first, second = an_organisation(), an_organisation()
    users = a_user("head_of_department"), a_user("head_of_department")
    pairs = (first, second), (second, first)
    seen = [planned(*pair, user).digest for pair, user in zip(pairs, users, strict=True)]
    together = Barrier(2)

    def deed(number: int) -> str:
        try:
            together.wait()
            merge(*pairs[number], choices={}, seen=seen[number], by=users[number])
        except Refused as refusal:
            return refusal.messages[0]
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(deed, (0, 1)))
    assert told == ["One of the two was merged or removed meanwhile. Nothing was written.", "merged"]
    assert (Organisation.objects.count(), Batch.objects.count()) == (1, 1)
