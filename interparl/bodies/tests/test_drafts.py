"""Drafts by hand and proposed: what they are made of, what is refused, what is written."""

from __future__ import annotations

import pytest

from interparl.accounts.models import User
from interparl.bodies.actions import (
    add_bodies,
    keep_wishes,
    leave_out,
    place_person,
    planned_draft,
    propose,
    take_out,
)
from interparl.bodies.actions.drafting import Wish
from interparl.bodies.models import Candidate, Draft, DraftBody, DraftPlace
from interparl.bodies.rules import solving
from interparl.bodies.rules.drafting import Answer, Condition, Ground
from interparl.bodies.tests.drafting_house import House, asked, drafted, places
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.core.writing import Planned, Refused, change, change_many
from interparl.directory.models import Convocation
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    """The parliament after its election."""
    return House()


def seated(draft: Draft) -> dict[str, list[str]]:
    """Who would sit where, by the code of the pattern."""
    found: dict[str, list[str]] = {}
    rows = DraftPlace.objects.filter(drafted__draft=draft, person__isnull=False).select_related("drafted__pattern")
    for place in rows.order_by("drafted", "order"):
        found.setdefault(place.drafted.pattern.code, []).append(str(place.person))
    return found


def test_a_draft_has_the_places_of_its_patterns_when_it_is_made(house: House) -> None:
    makers.a_seat(house.group.parts.get(), kind="substitute", chamber=house.lower, order=10)
    draft = house.draft()
    made = {one.pattern.code: one.is_new_body for one in DraftBody.objects.filter(draft=draft)}
    assert made == {"group-5": True, "delegation-5": True, "commission": False}
    assert [(one.role, one.kind, one.chamber, one.person) for one in places(draft, house.group)] == [
        ("head", "full", None, None),
        ("member", "full", None, None),
        ("member", "full", None, None),
        ("substitute", "substitute", house.lower, None),
    ]
    assert [one.role for one in places(draft, house.commission)] == ["co-chair", "member"]
    assert [one.title["en"]["text"] for one in places(draft, house.delegation)] == ["Place 1", "Place 2"]


def test_members_without_seats_have_places_too(house: House) -> None:
    part = house.delegation.parts.get()
    makers.a_membership(part=part, since="2013-01-01", until="2016-10-10", role="deputy-head")
    makers.a_membership(part=part, since="2013-01-01", until="2014-01-01")
    draft = house.draft()
    assert [one.role for one in places(draft, house.delegation)] == ["head", "member", "deputy-head"]


def test_a_draft_of_a_convocation_that_is_not_written_yet_is_planned_in_one_go(house: House) -> None:
    seventh = Convocation(parliament=house.home, number=7, name=written({"en": "Seventh"}), since="2020-12-01")
    rows = planned_draft(convocation=seventh, name=written({"en": "First thoughts"}), patterns=house.patterns)
    change_many([Planned(seventh), *rows], by=makers.BY)
    draft = Draft.objects.get(convocation=seventh)
    assert (draft.bodies.count(), DraftPlace.objects.filter(drafted__draft=draft).count()) == (3, 7)


def test_a_person_is_placed_moved_and_taken_out_by_hand(house: House, officer: User) -> None:
    draft = house.draft()
    head, second, _third = places(draft, house.group)
    place_person(second, house.people[1], by=officer)
    place_person(head, house.people[1], by=officer)
    head, second, _third = places(draft, house.group)
    assert (head.person, head.by_hand, second.person, second.by_hand) == (house.people[1], True, None, False)
    take_out(head, by=officer)
    assert seated(draft) == {}
    verbs = (
        Entry.objects.filter(kind="bodies.draftplace", object_id=head.pk).order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["added", "placed", "vacated"]


def test_who_does_not_want_to_is_not_placed(house: House, officer: User) -> None:
    draft = house.draft()
    house.wish(1, house.group, None)
    with pytest.raises(Refused, match="does not want to sit there"):
        place_person(places(draft, house.group)[0], house.people[1], by=officer)


def test_nothing_is_placed_in_a_draft_that_is_not_open(house: House, officer: User) -> None:
    draft = house.draft(patterns=[house.group])
    place = places(draft, house.group)[0]
    with change(draft, by=officer) as held:
        held.state = Draft.State.ASIDE
    for deed in (
        lambda: place_person(place, house.people[1], by=officer),
        lambda: take_out(place, by=officer),
        lambda: leave_out(drafted(draft, house.group), by=officer),
        lambda: add_bodies(draft, [house.delegation], by=officer),
    ):
        with pytest.raises(Refused, match="no longer open"):
            deed()
    assert not drafted(draft, house.group).may_change(officer)


def test_one_person_has_one_place_in_a_body(house: House) -> None:
    first, second, _third = places(house.draft(), house.group)
    with change(first, by=makers.BY) as held:
        held.person = house.people[0]
    with pytest.raises(Refused, match="another place in the same body"), change(second, by=makers.BY) as held:
        held.person = house.people[0]


def test_bodies_come_and_go_when_asked(house: House, officer: User) -> None:
    draft = house.draft(patterns=[house.group])
    assert add_bodies(draft, house.patterns, by=officer) == 2
    leave_out(drafted(draft, house.group), by=officer)
    assert list(draft.bodies.values_list("pattern__code", flat=True)) == ["delegation-5", "commission"]


def wishes(house: House, number: int) -> list[tuple[str, int | None, bool]]:
    """What somebody wishes for."""
    rows = Candidate.objects.filter(person=house.people[number]).in_order()
    return [(row.body.code, row.rank, row.would_lead) for row in rows]


def test_wishes_of_a_person_are_kept_together_and_may_change_places(house: House, officer: User) -> None:
    person = house.people[0]
    first = [Wish(house.group, 1, would_lead=True), Wish(house.delegation, 2), Wish(house.commission, None)]
    keep_wishes(house.new, person, first, by=officer)
    assert wishes(house, 0) == [("group-5", 1, True), ("delegation-5", 2, False), ("commission", None, False)]
    keep_wishes(house.new, person, [Wish(house.group, 2), Wish(house.delegation, 1)], by=officer)
    assert wishes(house, 0) == [("delegation-5", 1, False), ("group-5", 2, False)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([("group", 1, False), ("delegation", 1, False)], "has this rank"),
        ([("group", 0, False)], "Ranks begin with 1"),
        ([("group", None, True)], "give the wish a rank"),
        ([("group", 1, False), ("group", 2, False)], "stands there twice"),
    ],
)
def test_wishes_that_contradict_each_other_are_refused(
    given: list[tuple[str, int | None, bool]], message: str, house: House, officer: User
) -> None:
    house.wish(0, house.commission, 3)
    named = {"group": house.group, "delegation": house.delegation}
    with pytest.raises(Refused, match=message):
        wanted = [Wish(named[one], rank, would_lead=leads) for one, rank, leads in given]
        keep_wishes(house.new, house.people[0], wanted, by=officer)
    assert wishes(house, 0) == [("commission", 3, False)]


@pytest.mark.parametrize("method", [Draft.Method.SOLVER, Draft.Method.FIRST_COME])
def test_a_proposal_fills_the_places_and_keeps_who_was_placed_by_hand(method: str, house: House, officer: User) -> None:
    house.wish(1, house.group, 1, would_lead=True)
    house.wish(2, house.group, 1)
    house.wish(3, house.delegation, 1)
    draft = house.draft()
    place_person(places(draft, house.group)[1], house.people[5], by=officer)
    found = propose(asked(draft, officer), method, by=officer)
    assert (found.answer, found.broken) == (Answer.FOUND, ())
    draft.refresh_from_db()
    assert draft.method == method
    group = [str(one.person) for one in places(draft, house.group)]
    assert group == ["Anna Member1", "Anna Member5", "Anna Member2"]
    assert "Anna Member3" in seated(draft)["delegation-5"]
    assert [len(several) for several in seated(draft).values()] == [3, 2, 2]
    assert [one.by_hand for one in places(draft, house.group)] == [False, True, False]


def test_the_same_proposal_changes_nothing_when_it_is_made_again(house: House, officer: User) -> None:
    draft = house.draft()
    propose(asked(draft, officer), Draft.Method.SOLVER, by=officer)
    entries, first = Entry.objects.count(), seated(draft)
    propose(asked(Draft.objects.get(pk=draft.pk), officer), Draft.Method.SOLVER, by=officer)
    assert (Entry.objects.count(), seated(draft)) == (entries, first)


def test_places_kept_for_a_chamber_are_filled_from_it(house: House, officer: User) -> None:
    draft = house.draft(patterns=[house.group])
    for place in places(draft, house.group):
        with change(place, by=officer) as held:
            held.chamber = house.upper if place.order < 3 else house.lower
    propose(asked(draft, officer), Draft.Method.SOLVER, by=officer)
    question = asked(draft, officer)
    assert question.misplaced(question.bodies[0]) == []
    assert all(one.person for one in places(draft, house.group))


@pytest.mark.parametrize("method", [Draft.Method.SOLVER, Draft.Method.FIRST_COME])
def test_the_head_is_of_the_chamber_that_the_place_is_kept_for(method: str, house: House, officer: User) -> None:
    house.wish(1, house.group, 1, would_lead=True)
    draft = house.draft(patterns=[house.group])
    head = places(draft, house.group)[0]
    with change(head, by=officer) as held:
        held.chamber = house.upper
    propose(asked(draft, officer), method, by=officer)
    head = places(draft, house.group)[0]
    assert (head.person in house.people[::4], "Anna Member1" in seated(draft)["group-5"]) == (True, True)
    place_person(head, house.people[1], by=officer)
    again = propose(asked(Draft.objects.get(pk=draft.pk), officer), method, by=officer)
    assert (again.broken, places(draft, house.group)[0].person) == ((), house.people[1])


def test_rules_that_cannot_be_kept_are_named_and_nothing_is_written(house: House, officer: User) -> None:
    rule = house.rule(least=5)
    draft = house.draft()
    found = propose(asked(draft, officer), Draft.Method.SOLVER, by=officer)
    assert (found.answer, found.is_smallest) == (Answer.IMPOSSIBLE, True)
    assert set(found.impossible) == {
        Condition(Ground.RULE, (rule.pk,), house.group.pk),
        Condition(Ground.SEATS, body=house.group.pk),
    }
    assert (seated(draft), Draft.objects.get(pk=draft.pk).method) == ({}, "")


def test_what_is_only_recommended_is_no_rule_for_a_proposal(house: House, officer: User) -> None:
    house.rule(least=9, is_binding=False)
    draft = house.draft()
    assert propose(asked(draft, officer), Draft.Method.SOLVER, by=officer).answer == Answer.FOUND


def test_nothing_is_written_when_the_draft_was_changed_meanwhile(house: House, officer: User) -> None:
    draft = house.draft()
    question = asked(draft, officer)
    place_person(places(draft, house.group)[0], house.people[6], by=officer)
    with pytest.raises(Refused, match="changed the draft meanwhile"):
        propose(question, Draft.Method.FIRST_COME, by=officer)
    assert seated(draft) == {"group-5": ["Anna Member6"]}


def test_people_are_proposed_in_turn_when_there_is_no_solver(
    house: House, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise solving.SolverMissing

    monkeypatch.setattr(solving, "_solver_module", missing)
    draft = house.draft()
    with pytest.raises(solving.SolverMissing):
        propose(asked(draft, officer), Draft.Method.SOLVER, by=officer)
    assert seated(draft) == {}
    assert propose(asked(draft, officer), Draft.Method.FIRST_COME, by=officer).answer == Answer.FOUND


def test_what_a_reader_may_not_know_of_is_no_part_of_the_question(house: House, officer: User) -> None:
    secret = house.body("secret", "Secret", 2, mark="official")
    draft = house.draft(patterns=[house.group, secret])
    readers = {role: asked(draft, makers.a_user(role)) for role in ("desk_officer", "head_of_department")}
    shown = {role: [one.pattern.code for one in found.bodies] for role, found in readers.items()}
    assert shown == {"desk_officer": ["group-5"], "head_of_department": ["group-5", "secret"]}
    assert sum(map(len, readers["desk_officer"].places.values())) == 3


def test_a_place_of_somebody_who_is_hidden_is_hidden(house: House, officer: User) -> None:
    hidden = makers.a_person("Hidden", mark="official")
    draft = house.draft(patterns=[house.group])
    head = makers.a_user("head_of_department")
    place_person(places(draft, house.group)[0], hidden, by=head)
    readers = {user.role: asked(draft, user) for user in (officer, head)}
    assert {role: sum(map(len, found.places.values())) for role, found in readers.items()} == {
        "desk_officer": 2,
        "head_of_department": 3,
    }
    assert hidden.pk not in readers["desk_officer"].people
