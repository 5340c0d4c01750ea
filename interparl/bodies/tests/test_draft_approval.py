"""A draft is approved by a decision: what comes of it, what is refused, and that it is taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interparl.accounts.models import User
from interparl.bodies.actions import approval_of, approve, batch_of, place_person, take_back
from interparl.bodies.models import Body, CompositionRule, Draft, DraftPlace, Membership, Part, Partner, Seat
from interparl.bodies.tests.drafting_house import DECIDED, LAST, House, drafted, places
from interparl.core.kinds import every_record
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.core.writing import Planned, Refused, change, change_many, values_of
from tests import makers

pytestmark = pytest.mark.django_db
_numbers = count(1)


@pytest.fixture
def house(db: None) -> House:
    """The parliament after its election."""
    return House()


@pytest.fixture
def head(db: None) -> User:
    """Who may approve."""
    return makers.a_user("head_of_department")


def filled(house: House, head: User) -> Draft:
    """A draft with somebody in every place but the last of the group."""
    draft = house.draft()
    for body, people in ((house.group, (1, 2)), (house.delegation, (3, 4)), (house.commission, (1, 5))):
        for place, number in zip(places(draft, body), people, strict=False):
            place_person(place, house.people[number], by=head)
    return draft


def everything() -> dict[str, list[dict[str, Any]]]:
    """All records as they stand, by kind."""
    return {
        model.record_kind(): [{"pk": one.pk} | values_of(one) for one in model._base_manager.order_by("pk")]
        for model in every_record()
    }


def composition(body: Body, day: str) -> list[tuple[str, str, str]]:
    """Role, name and last day of who sits in a body on a day."""
    rows = Membership.objects.filter(body=body).on(date.fromisoformat(day)).in_order()
    return [(row.role, str(row.person), row.until) for row in rows]


def test_bodies_and_parts_are_formed_on_the_day_of_the_decision(house: House, head: User) -> None:
    makers.kept(CompositionRule(family="size", body=house.group, most=4))
    decision = makers.a_decision("12", DECIDED)
    approve(filled(house, head), decision, by=head)
    group = Body.objects.get(continues=house.group)
    assert (group.code, group.kind, group.convocation, group.formed_by) == (
        "group-6",
        house.group.kind,
        house.new,
        decision,
    )
    assert (group.since, group.until, group.name) == (DECIDED, LAST, house.group.name)
    assert [one.country for one in Partner.objects.filter(body=group)] == [house.partner]
    assert composition(group, DECIDED) == [("head", "Anna Member1", LAST), ("member", "Anna Member2", LAST)]
    assert composition(group, "2016-11-14") == []
    assert [one.title["en"]["text"] for one in Seat.objects.filter(body=group)] == ["Place 1", "Place 2", "Place 3"]
    assert CompositionRule.objects.get(body=group).most == 4
    assert not Body.objects.filter(continues=house.commission).exists()
    part = Part.objects.get(body=house.commission, convocation=house.new)
    assert (part.parliament, part.since, part.until) == (house.home, DECIDED, LAST)
    assert composition(house.commission, DECIDED) == [
        ("co-chair", "Anna Member1", LAST),
        ("member", "Anna Member5", LAST),
    ]
    new = Membership.objects.filter(decision=decision)
    assert {(one.start_reason, one.seat is not None) for one in new} == {("formed", True)}


def test_a_draft_says_that_it_was_approved_and_by_what(house: House, head: User) -> None:
    draft, decision = filled(house, head), makers.a_decision("12", DECIDED)
    batch = approve(draft, decision, by=head, reason="As agreed")
    draft.refresh_from_db()
    entry = Entry.objects.filter(kind="bodies.draft", object_id=draft.pk).latest("pk")
    assert (draft.state, draft.decision, batch_of(draft)) == ("approved", decision, batch)
    assert (entry.verb, entry.note, entry.batch, entry.user) == ("approved", "As agreed", batch.pk, head)
    assert not draft.may_change(head)
    assert not drafted(draft, house.group).may_change(head)


def test_marks_and_publication_are_those_of_the_pattern_and_grades_the_worst(house: House, head: User) -> None:
    with change(house.group, by=head, verb="lowered", note="For the public page") as held:
        held.published_on, held.mark = date(2013, 1, 1), "public"
        held.grade = "likely"
    draft = filled(house, head)
    approve(draft, makers.a_decision("12", DECIDED, grade="stated"), by=head)
    group, delegation = (Body.objects.get(continues=one) for one in (house.group, house.delegation))
    assert (group.mark, group.published_on, group.grade) == ("public", date(2016, 11, 15), "likely")
    assert (delegation.mark, delegation.published_on, delegation.grade) == ("internal", None, "stated")
    assert {one.published_on for one in Membership.objects.filter(body=group)} == {date(2016, 11, 15)}


def test_a_membership_ends_with_the_mandate_when_that_ends_first(house: House, head: User) -> None:
    mandate = house.people[2].mandates.get()
    with change(mandate, by=head) as held:
        held.until = "2018-03"
    approve(filled(house, head), makers.a_decision("12", DECIDED), by=head)
    group = Body.objects.get(continues=house.group)
    assert [last for _role, _name, last in composition(group, DECIDED)] == [LAST, "2018-03"]
    assert Membership.objects.filter(body=group).exclude(questioned=[]).count() == 0


def _without_day(house: House, draft: Draft) -> Any:
    return makers.a_decision("12", "2016-11")


def _after_the_end(house: House, draft: Draft) -> Any:
    return makers.a_decision("12", "2021-01-01")


def _mandate_lost(house: House, draft: Draft) -> Any:
    with change(house.people[2].mandates.get(), by=makers.BY) as held:
        held.until = "2016-11-01"
    return makers.a_decision("12", DECIDED)


def _another_organ(house: House, draft: Draft) -> Any:
    house.rule(family="decided", organ=written({"en": "Presidium"}))
    return makers.a_decision("12", DECIDED)


def _formed_already(house: House, draft: Draft) -> Any:
    makers.a_body(continues=house.group, convocation=house.new)
    return makers.a_decision("12", DECIDED)


def _part_formed_already(house: House, draft: Draft) -> Any:
    makers.a_part(house.commission, house.home, convocation=house.new)
    return makers.a_decision("12", DECIDED)


def _set_aside(house: House, draft: Draft) -> Any:
    with change(draft, by=makers.BY) as held:
        held.state = "aside"
    return makers.a_decision("12", DECIDED)


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda house, draft: None, "Name the decision"),
        (_without_day, "no exact day"),
        (_after_the_end, "after the convocation ended"),
        (_mandate_lost, "Without a mandate on that day: Anna Member2."),
        (_another_organ, "Another organ has to decide on: Group."),
        (_formed_already, "Formed in this convocation already: Group."),
        (_part_formed_already, "Formed in this convocation already: Commission."),
        (_set_aside, "set aside"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_an_approval_is_refused_with_nothing_written(
    prepare: Callable[[House, Draft], Any], message: str, house: House, head: User
) -> None:
    draft = filled(house, head)
    decision = prepare(house, draft)
    before = everything()
    with pytest.raises(Refused) as refused:
        approve(draft, decision, by=head, reason="All the same")
    assert any(message in one for one in refused.value.messages), refused.value.messages
    assert everything() == before


def test_a_draft_is_approved_once(house: House, head: User) -> None:
    draft, decision = filled(house, head), makers.a_decision("12", DECIDED)
    approve(draft, decision, by=head)
    before = everything()
    with pytest.raises(Refused, match="approved already"):
        approve(draft, decision, by=head)
    assert everything() == before


def test_the_same_bodies_are_not_formed_by_two_drafts(house: House, head: User) -> None:
    second = filled(house, head)
    approve(filled(house, head), makers.a_decision("12", DECIDED), by=head)
    with pytest.raises(Refused, match="Formed in this convocation already: Commission, Delegation, Group"):
        approve(second, makers.a_decision("13", "2016-11-16"), by=head)


def test_a_binding_rule_that_is_not_kept_asks_for_a_reason(house: House, head: User) -> None:
    house.rule(least=3)
    house.rule(least=9, is_binding=False)
    draft, decision = filled(house, head), makers.a_decision("12", DECIDED)
    found = approval_of(draft, decision, head)
    assert [(one.rule.least, where.pattern) for where, one in found.broken] == [(3, house.group)]
    with pytest.raises(Refused) as refused:
        approve(draft, decision, by=head, reason=" ")
    assert "reason" in refused.value.error_dict
    approve(draft, decision, by=head, reason="A third one follows")
    group = Body.objects.get(continues=house.group)
    assert Entry.objects.get(kind="bodies.body", object_id=group.pk).note == "A third one follows"


def test_a_place_kept_for_another_chamber_asks_for_a_reason(house: House, head: User) -> None:
    draft = filled(house, head)
    with change(places(draft, house.group)[0], by=head) as held:
        held.chamber = house.upper
    decision = makers.a_decision("12", DECIDED)
    found = approval_of(draft, decision, head)
    assert [one.person for _where, one in found.misplaced] == [house.people[1]]
    with pytest.raises(Refused):
        approve(draft, decision, by=head)


@pytest.mark.parametrize("role", ["desk_officer", "leadership", "auditor", "member"])
def test_only_the_head_of_department_approves_and_takes_back(role: str, house: House, head: User) -> None:
    draft, decision = filled(house, head), makers.a_decision("12", DECIDED)
    with pytest.raises(PermissionDenied):
        approve(draft, decision, by=makers.a_user(role))
    approve(draft, decision, by=head)
    with pytest.raises(PermissionDenied):
        take_back(draft, by=makers.a_user(role), note="No")


def test_an_approval_is_not_taken_back_when_something_came_of_it(house: House, head: User) -> None:
    draft = filled(house, head)
    approve(draft, makers.a_decision("12", DECIDED), by=head)
    makers.a_membership(Body.objects.get(continues=house.group), house.people[6], since="2017-01-01", until=LAST)
    with pytest.raises(ValidationError, match="rows point to it"):
        take_back(draft, by=head, note="A mistake")


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_approved_reads_back_as_it_was_drafted_and_is_taken_back_whole(
    data: st.DataObject, house: House, head: User
) -> None:
    draft = house.draft(f"Draft {next(_numbers)}")
    rows = list(DraftPlace.objects.filter(drafted__draft=draft).select_related("drafted"))
    numbers = st.none() | st.integers(0, len(house.people) - 1)
    seated: dict[int, dict[int, int]] = {}
    planned = []
    for place in rows:
        number = data.draw(numbers)
        if number is not None and number not in seated.setdefault(place.drafted_id, {}):
            seated[place.drafted_id][number] = place.pk
            role = data.draw(st.sampled_from(("head", "deputy-head", "member", "secretary")))
            planned.append(Planned(place, {"person": house.people[number], "role": role}))
    change_many(planned, by=head)
    decision = makers.a_decision(taken_on=DECIDED)
    before = everything()
    approve(draft, decision, by=head)
    for body in house.patterns:
        formed = Body.objects.filter(continues=body).first() or body
        part = Part.objects.get(body=formed, convocation=house.new)
        held = {one.seat_id: (one.person_id, one.role) for one in Membership.objects.filter(part=part)}
        found = [
            (seat.order, seat.kind, held.get(seat.pk)) for seat in Seat.objects.filter(part=part).order_by("order")
        ]
        assert found == [
            (one.order, one.kind, (one.person_id, one.role) if one.person_id else None) for one in places(draft, body)
        ]
        assert len(held) == Membership.objects.filter(part=part).on(date.fromisoformat(DECIDED)).count()
    take_back(draft, by=head, note="Once more")
    assert everything() == before
