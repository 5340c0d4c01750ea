"""Drafts without a solver: demands agree with rules, conditions, points, reasons, differences, and members in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.bodies.rules.choosing import first_come
from interparl.bodies.rules.composition import (
    FEMALE,
    MALE,
    Composition,
    Counts,
    Family,
    Load,
    Rule,
    Sitter,
    State,
    check,
)
from interparl.bodies.rules.demands import OF_PEOPLE, demands_of
from interparl.bodies.rules.drafting import (
    FIRST_MET,
    FIRST_WISH,
    Answer,
    BodyDifference,
    Candidate,
    Condition,
    Drafting,
    DraftingWrong,
    Ground,
    Met,
    NewBody,
    Placement,
    Proposal,
    Score,
    compare,
    points_of,
)
from interparl.bodies.rules.judging import as_member, proposed, score_of, verdicts, violated
from interparl.bodies.rules.reasons import Ahead, Reason, Why, reason_for
from interparl.bodies.tests.parliaments import SMALL, parliament
from interparl.bodies.tests.small_drafts import DAY, rules, sexes, sitters

BY_COUNT = tuple(family for family in Family if family not in OF_PEOPLE and family != Family.DECIDED)


@given(
    rules(1, BY_COUNT),
    st.integers(1, 6).flatmap(lambda number: st.tuples(*(sitters(person) for person in range(number)))),
    st.frozensets(st.integers(0, 5)),
    sexes,
)
def test_demands_are_kept_exactly_where_the_rule_is_not_broken(
    rule: Rule, people: tuple[Sitter, ...], seated: frozenset[int], before: tuple[bool | None, ...]
) -> None:
    rule = replace(rule, from_size=0, counts=Counts.ALL)
    able = [as_member(one) for one in people]
    members = [one for one in able if one.person in seated]
    verdict = check([rule], Composition(DAY, members, sexes_before=before))[0]
    demands = demands_of(rule, NewBody(1, 6, sexes_before=before), able, DAY)
    keys = {one.person for one in members}
    counts = [(one, len(one.people & keys)) for one in demands]
    are_kept = all(one.least_at(len(keys)) <= number <= one.most_at(len(keys)) for one, number in counts)
    assert are_kept == (verdict.state != State.BROKEN)


def able(person: int, *wishes: int, **given: Any) -> Candidate:
    """A woman of chamber 1 and faction 1 unless it is said otherwise, who wishes for these bodies."""
    own = {key: given.pop(key) for key in ("would_lead", "unwilling", "most_bodies", "committees") if key in given}
    sitter = {"gender": FEMALE, "chambers": frozenset({1}), "factions": frozenset({1}), "languages": frozenset({"ru"})}
    return Candidate(Sitter(person, **(sitter | given)), wishes, **own)


def seated(*people: int, body: int = 1, head: int | None = None) -> list[Placement]:
    """These people in a body."""
    return [Placement(one, body, is_head=one == head) for one in people]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Drafting(DAY, (NewBody(1, 2), NewBody(1, 3)), ()), "body given twice: 1"),
        (lambda: Drafting(DAY, (NewBody(1, 2, 3),), ()), "body 1: 3 to 2 seats"),
        (lambda: Drafting(DAY, (), (able(1), able(1))), "person given twice: 1"),
        (lambda: Drafting(DAY, (NewBody(1, 2),), (able(1, 1, 1),)), "wish of person 1 given twice: 1"),
        (lambda: Drafting(DAY, (NewBody(1, 2),), (able(1, 2),)), "person 1 wishes for body 2, which is not formed"),
        (lambda: Drafting(DAY, (), (able(1, most_bodies=-1),)), "person 1: at most -1 bodies"),
        (lambda: Drafting(DAY, (), (able(1),), placed=(Placement(1, 4),)), "placed in body 4, which is not formed"),
        (lambda: Drafting(DAY, (NewBody(1, 2),), (), placed=(Placement(9, 1),)), "placed is person 9"),
        (
            lambda: Drafting(DAY, (NewBody(1, 2),), (), elsewhere={3: [Load(1, "", leads=False)]}),
            "person 3 sits elsewhere in a body that is formed anew",
        ),
    ],
)
def test_a_question_that_contradicts_itself_is_refused_with_the_place(
    make: Callable[[], Drafting], message: str
) -> None:
    with pytest.raises(DraftingWrong, match=message):
        make()


def test_each_kind_of_condition_is_named_where_it_is_not_kept() -> None:
    drafting = Drafting(
        DAY,
        (NewBody(1, 2, needs_head=True, rules=(Rule(5, Family.SEX, least=1),)), NewBody(2, 9)),
        (able(1, unwilling=frozenset({1})), able(2), able(3, most_bodies=1)),
        (Rule(6, Family.SITS, most=1),),
        placed=(Placement(2, 2, is_head=True),),
        barred=frozenset({(2, 1)}),
    )
    assert violated(drafting, [*seated(1, 2, 3), *seated(2, 3, body=2)]) == [
        Condition(Ground.SEATS, body=1),
        Condition(Ground.HEAD, body=1),
        Condition(Ground.RULE, (5,), 1),
        Condition(Ground.RULE, (6,)),
        Condition(Ground.PLACED, body=2, person=2),
        Condition(Ground.BARRED, body=1, person=2),
        Condition(Ground.UNWILLING, body=1, person=1),
        Condition(Ground.MOST_BODIES, person=3),
    ]


def test_what_is_done_elsewhere_counts_and_rules_for_later_are_not_asked() -> None:
    rules_of_body = (Rule(1, Family.DECIDED), Rule(2, Family.SIZE, least=3, counts=Counts.SUBSTITUTES))
    drafting = Drafting(
        DAY,
        (NewBody(1, 5, kind="group", rules=rules_of_body),),
        (able(1), able(2)),
        (Rule(3, Family.SITS, most=2, kinds=frozenset({"group"})),),
        elsewhere={
            1: [Load(8, "group", leads=False), Load(9, "group", leads=False)],
            2: [Load(8, "other", leads=True)],
        },
    )
    assert violated(drafting, seated(2)) == []
    assert violated(drafting, seated(1, 2)) == [Condition(Ground.RULE, (3,))]


def test_one_version_of_a_rule_is_enough() -> None:
    versions = tuple(
        Rule(key, Family.SIZE, least=least, version=version, scope="seats")
        for key, least, version in ((1, 2, "statute"), (2, 3, "practice"))
    )
    drafting = Drafting(DAY, (NewBody(1, 5, rules=versions),), tuple(able(person) for person in (1, 2, 3)))
    assert violated(drafting, seated(1, 2)) == []
    assert violated(drafting, seated(1)) == [Condition(Ground.RULE, (1, 2), 1)]
    assert [one.state for one in verdicts(drafting, seated(1, 2), drafting.bodies[0])] == [State.KEPT, State.BROKEN]


def test_points_fall_with_the_rank_and_the_first_wish_met_counts_more_than_any_other() -> None:
    assert [points_of(rank) for rank in (1, 2, 9, 10, 11, 40)] == [10, 9, 2, 1, 1, 1]
    assert FIRST_MET + points_of(40) > FIRST_WISH


def test_missing_seats_outweigh_points_and_points_outweigh_evenness() -> None:
    scores = [Score(1, 900, 0), Score(0, 5, -900), Score(0, 6, -900), Score(0, 5, 0)]
    assert max(scores, key=lambda one: one.order) == Score(0, 6, -900)


def test_a_draft_is_counted_by_its_aims() -> None:
    drafting = Drafting(
        DAY,
        (
            NewBody(1, 3, least=3, needs_head=True, languages=frozenset({"ru", "fr"}), committees=frozenset({4})),
            NewBody(2, 3, least=1),
        ),
        (able(1, 2, 1, would_lead=frozenset({1}), committees=frozenset({4})), able(2, 1), able(3, 2)),
        before=frozenset({(2, 1), (3, 1)}),
        elsewhere={1: [Load(9, "", leads=False)]},
    )
    draft = seated(1, 2, head=1)
    # Points: 9 + 10 + 3 of the first, 10 + 10 of the second. One step on top of one body costs 2, on top of none 1.
    assert score_of(drafting, draft) == Score(missing=2, points=42, evenness=2 * 2 + 1 - 3 * (2 + 1))
    found = proposed(drafting, draft, bound=60)
    assert found.met == {1: (Met(2, 1),), 2: (Met(1, 1),), 3: ()}
    assert (found.value, found.distance, found.broken) == (42, 0.3, ())
    assert proposed(drafting, draft).distance == 1


def test_a_load_that_is_spread_evenly_is_better() -> None:
    drafting = Drafting(DAY, (NewBody(1, 2), NewBody(2, 2)), (able(1), able(2)))
    even = [*seated(1), *seated(2, body=2)]
    assert score_of(drafting, even).order > score_of(drafting, [*seated(1), *seated(1, body=2)]).order


MOST_OF_FACTION = Rule(7, Family.FACTION, most=2)
ONE_OF_EACH_SEX = Rule(8, Family.SEX, least=1)


def _bodies(*rules_of_body: Rule) -> tuple[NewBody, ...]:
    return (NewBody(1, 3, least=2, rules=rules_of_body), NewBody(2, 3), NewBody(3, 3))


@pytest.mark.parametrize(
    ("drafting", "placements", "reason"),
    [
        pytest.param(Drafting(DAY, _bodies(), (able(1, 2, 1),)), seated(1), Reason(Why.MET, 1, 2), id="met"),
        pytest.param(
            Drafting(DAY, _bodies(), (able(1, 1, unwilling=frozenset({1})),)),
            [],
            Reason(Why.UNWILLING, 1, 1),
            id="unwilling",
        ),
        pytest.param(
            Drafting(DAY, _bodies(), (able(1, 1),), barred=frozenset({(1, 1)})),
            [],
            Reason(Why.BARRED, 1, 1),
            id="barred",
        ),
        pytest.param(
            Drafting(DAY, _bodies(), (able(1, 2, 1, most_bodies=1),)),
            seated(1, body=2),
            Reason(Why.BETTER_WISH, 1, 2, bodies=(2,), number=1),
            id="a dearer wish is all he takes",
        ),
        pytest.param(
            Drafting(DAY, _bodies(), (able(1, 1, 2, most_bodies=1),)),
            seated(1, body=2),
            Reason(Why.MOST_BODIES, 1, 1, bodies=(2,), number=1),
            id="all he takes",
        ),
        pytest.param(
            Drafting(DAY, _bodies(), (able(1, 2, 1),), (Rule(9, Family.SITS, most=1),)),
            seated(1, body=2),
            Reason(Why.BETTER_WISH, 1, 2, rules=(9,), bodies=(2,), number=1),
            id="a dearer wish is all a rule allows",
        ),
        pytest.param(
            Drafting(DAY, _bodies(), (able(1, 1),), (Rule(9, Family.SITS, most=1),)),
            seated(1, body=3),
            Reason(Why.MOST_BODIES, 1, 1, rules=(9,), bodies=(3,), number=1),
            id="all a rule allows",
        ),
        pytest.param(
            Drafting(
                DAY,
                _bodies(ONE_OF_EACH_SEX),
                (able(1, 1), able(2), able(3, gender=MALE), able(4)),
                placed=(Placement(2, 1), Placement(4, 1)),
            ),
            seated(2, 3, 4),
            Reason(Why.RULE, 1, 1, rules=(8,)),
            id="only the man could go",
        ),
        pytest.param(
            Drafting(
                DAY,
                _bodies(MOST_OF_FACTION),
                (able(1, 1), *(able(one) for one in (2, 3))),
                placed=(Placement(2, 1), Placement(3, 1)),
            ),
            seated(2, 3),
            Reason(Why.RULE, 1, 1, rules=(7,)),
            id="a free seat that the rule does not give him",
        ),
        pytest.param(
            Drafting(DAY, _bodies(), (able(1, 2, 1), able(2, 1), able(3), able(4, 3, 1)), placed=(Placement(3, 1),)),
            seated(2, 3, 4),
            Reason(Why.FULL, 1, 2, ahead=(Ahead(3, None, True), Ahead(2, 1, False), Ahead(4, 2, False)), number=3),
            id="full",
        ),
        pytest.param(Drafting(DAY, _bodies(), (able(1, 1),)), [], Reason(Why.POSSIBLE, 1, 1), id="possible"),
    ],
)
def test_an_unmet_wish_has_one_reason(drafting: Drafting, placements: list[Placement], reason: Reason) -> None:
    found = proposed(drafting, placements)
    assert reason_for(drafting, found, 1, 1) == reason


def test_whoever_takes_the_place_of_a_head_need_not_lead() -> None:
    drafting = Drafting(
        DAY,
        (NewBody(1, 2, needs_head=True), NewBody(2, 1, needs_head=True)),
        (able(1, 1), able(2), able(3)),
        (Rule(9, Family.HEADS, most=1),),
        placed=(Placement(1, 2, is_head=True), Placement(3, 1)),
    )
    draft = [*seated(2, 3, head=2), *seated(1, body=2, head=1)]
    assert reason_for(drafting, proposed(drafting, draft), 1, 1).why == Why.FULL
    led = replace(
        drafting,
        bodies=(*drafting.bodies, NewBody(3, 1, needs_head=True)),
        placed=(*drafting.placed, Placement(3, 3, is_head=True)),
    )
    both_lead = proposed(led, [*draft, *seated(3, body=3, head=3)])
    assert reason_for(led, both_lead, 1, 1) == Reason(Why.RULE, 1, 1, rules=(9,))


def test_a_reason_is_given_for_wishes_only() -> None:
    drafting = Drafting(DAY, _bodies(), (able(1, 1),))
    for person, body in ((1, 2), (7, 1)):
        with pytest.raises(DraftingWrong, match=f"person {person} does not wish for body {body}"):
            reason_for(drafting, proposed(drafting, []), person, body)


def test_two_drafts_are_compared_by_people_heads_and_wishes() -> None:
    drafting = Drafting(DAY, _bodies(), (able(1, 2, 1), able(2, 1), able(3)))
    first = proposed(drafting, [*seated(1, 2, head=1), *seated(3, body=3)])
    second = proposed(drafting, [*seated(2, 3, head=2), *seated(1, body=2), *seated(3, body=3)])
    found = compare(first, second)
    assert found.bodies == (
        BodyDifference(1, came=(3,), went=(1,), heads=(1, 2)),
        BodyDifference(2, came=(1,)),
    )
    assert (found.gained, found.lost) == (((1, Met(1, 2)),), ((1, Met(2, 1)),))
    assert compare(first, first).bodies == ()


def test_members_in_turn_choose_their_dearest_wish_that_can_be_kept() -> None:
    drafting = Drafting(
        DAY,
        (NewBody(1, 2, least=2, needs_head=True, rules=(ONE_OF_EACH_SEX,)), NewBody(2, 1, least=1)),
        (able(1, 1, 2), able(2, 1, 2), able(3, gender=MALE, would_lead=frozenset({1}))),
    )
    found = first_come(drafting)
    # The second place of body 1 is kept for a man; so the second member gets her second wish.
    assert found.placements == (*seated(3, 1, head=3), *seated(2, body=2))
    assert (found.broken, found.value) == ((), 20 + 19 + 3)


def test_members_in_turn_say_what_they_could_not_keep() -> None:
    found = first_come(Drafting(DAY, (NewBody(1, 2, least=2, rules=(ONE_OF_EACH_SEX,)),), (able(1), able(2))))
    assert found.broken == (Condition(Ground.RULE, (8,), 1),)


@pytest.mark.parametrize("drafting", [parliament(24, SMALL), parliament()], ids=["small", "whole"])
def test_members_in_turn_keep_all_rules_of_a_parliament(drafting: Drafting) -> None:
    found = first_come(drafting)
    assert found.broken == ()
    assert found.score
    assert found.score.missing == 0


def test_shares_of_a_composition_are_those_of_its_size() -> None:
    third = Rule(1, Family.FACTION, share=Fraction(1, 3))
    demand = demands_of(third, NewBody(1, 9), [able(1).sitter, able(2).sitter], date(2026, 1, 1))[0]
    assert [demand.most_at(size) for size in (0, 1, 3, 5, 6, 9)] == [0, 1, 1, 1, 2, 3]


def test_a_proposal_without_a_draft_knows_nothing() -> None:
    assert (Proposal(Answer.NOT_FOUND).value, Proposal(Answer.NOT_FOUND).distance) == (0, 1)
