"""The solver's draft: the best there is, the same each time, and what contradicts itself named exactly."""

from __future__ import annotations

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from interparl.bodies.rules import solving
from interparl.bodies.rules.choosing import first_come
from interparl.bodies.rules.composition import FEMALE, MALE, Family, Rule, Sitter
from interparl.bodies.rules.drafting import Answer, Candidate, Condition, Drafting, Ground, NewBody, Placement, Proposal
from interparl.bodies.rules.judging import score_of, violated
from interparl.bodies.rules.reasons import Why, reason_for
from interparl.bodies.rules.solving import SolverMissing, is_installed, solve
from interparl.bodies.tests.parliaments import SMALL, parliament
from interparl.bodies.tests.small_drafts import DAY, all_drafts, draftings

needs_solver = pytest.mark.skipif(not is_installed(), reason="OR-tools is not installed: the extra `solver`")


def member(person: int, gender: str = FEMALE, wishes: tuple[int, ...] = ()) -> Candidate:
    """A member of chamber 1 with wishes."""
    return Candidate(Sitter(person, gender=gender, chambers=frozenset({1}), languages=frozenset({"ru"})), wishes)


def could_join(drafting: Drafting, found: Proposal, valid: list[list[Placement]], person: int, body: int) -> bool:
    """Whether a valid draft differs only in that the person has one place of the body, of nobody placed by hand."""
    others = {one for one in found.placements if one.body != body}
    here = {one.person: one for one in found.placements if one.body == body}
    by_hand = {one.person for one in drafting.placed if one.body == body}
    for draft in valid:
        then = {one.person: one for one in draft if one.body == body}
        gone = here.keys() - then.keys()
        is_one_place = then.keys() - here.keys() == {person} and len(gone) <= 1 and not gone & by_hand
        same_head = any(here[one].is_head for one in gone) or all(
            then[one] == here[one] for one in here.keys() & then.keys()
        )
        if is_one_place and same_head and {one for one in draft if one.body != body} == others:
            return True
    return False


def rule(key: int, body: int | None) -> Condition:
    """The condition that one rule is kept."""
    return Condition(Ground.RULE, (key,), body)


WOMEN = tuple(member(person) for person in (1, 2, 3))
BY_HAND = (Placement(1, 1),)


@needs_solver
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(draftings())
def test_what_is_possible_and_best_is_what_looking_at_every_draft_finds(drafting: Drafting) -> None:
    every = list(all_drafts(drafting))
    wrong = [set(violated(drafting, one)) for one in every]
    kept = [score_of(drafting, one) for one, conditions in zip(every, wrong, strict=True) if not conditions]
    found = solve(drafting)
    assert found.answer == (Answer.FOUND if kept else Answer.IMPOSSIBLE)
    if kept:
        best = max(kept, key=lambda one: one.order)
        assert (found.score, found.bound, found.is_optimal, found.broken) == (best, best.points, True, ())
        valid = [one for one, conditions in zip(every, wrong, strict=True) if not conditions]
        for one in drafting.people:
            for body in one.wishes:
                reason = reason_for(drafting, found, one.person, body)
                assert reason.why != Why.POSSIBLE
                if reason.why != Why.MET:
                    by_hand = all(ahead.is_placed for ahead in reason.ahead)
                    assert could_join(drafting, found, valid, one.person, body) == (
                        reason.why == Why.FULL and not by_hand
                    )
    else:
        named = set(found.impossible)
        assert found.is_smallest
        assert all(named & conditions for conditions in wrong)
        for condition in named:
            assert any(not (named - {condition}) & conditions for conditions in wrong), condition


@needs_solver
@pytest.mark.parametrize(
    ("drafting", "conditions"),
    [
        pytest.param(
            Drafting(DAY, (NewBody(1, 3, rules=(Rule(7, Family.SIZE, least=2), Rule(8, Family.SEX, least=1))),), WOMEN),
            {rule(8, 1)},
            id="no man is there for the rule on sexes",
        ),
        pytest.param(
            Drafting(DAY, (NewBody(1, 2, rules=(Rule(7, Family.SIZE, least=3), Rule(8, Family.SITTING))),), WOMEN),
            {rule(7, 1), Condition(Ground.SEATS, body=1)},
            id="a rule asks for more than there are seats",
        ),
        pytest.param(
            Drafting(DAY, (NewBody(1, 3),), WOMEN, placed=BY_HAND, barred=frozenset({(1, 1), (2, 1)})),
            {Condition(Ground.PLACED, body=1, person=1), Condition(Ground.BARRED, body=1, person=1)},
            id="placed by hand and barred",
        ),
        pytest.param(
            Drafting(
                DAY,
                (NewBody(1, 3, rules=(Rule(9, Family.CHAMBER, chamber=2, least=1),)), NewBody(2, 3, needs_head=True)),
                (*WOMEN, Candidate(Sitter(4, chambers=frozenset({2})), unwilling=frozenset({1, 2}))),
            ),
            {rule(9, 1), Condition(Ground.UNWILLING, body=1, person=4)},
            id="the only one of a chamber is unwilling",
        ),
        pytest.param(
            Drafting(
                DAY,
                tuple(NewBody(key, 3, needs_head=True, rules=(Rule(key, Family.SIZE, least=1),)) for key in (1, 2, 3)),
                WOMEN[:2],
                (Rule(9, Family.HEADS, most=1), Rule(10, Family.SITS, most=3)),
            ),
            {
                *(rule(key, key) for key in (1, 2, 3)),
                *(Condition(Ground.HEAD, body=key) for key in (1, 2, 3)),
                rule(9, None),
            },
            id="three bodies, two who may lead one each",
        ),
        pytest.param(
            Drafting(
                DAY,
                (NewBody(1, 3), NewBody(2, 3)),
                (Candidate(Sitter(1), most_bodies=1), *WOMEN[1:]),
                placed=(Placement(1, 1), Placement(1, 2)),
            ),
            {
                Condition(Ground.MOST_BODIES, person=1),
                Condition(Ground.PLACED, body=1, person=1),
                Condition(Ground.PLACED, body=2, person=1),
            },
            id="placed by hand in more bodies than he takes",
        ),
        pytest.param(
            Drafting(
                DAY, (NewBody(1, 3),), WOMEN, placed=(Placement(1, 1, is_head=True), Placement(2, 1, is_head=True))
            ),
            {
                Condition(Ground.HEAD, body=1),
                Condition(Ground.PLACED, body=1, person=1),
                Condition(Ground.PLACED, body=1, person=2),
            },
            id="two heads by hand",
        ),
        pytest.param(
            Drafting(
                DAY,
                (
                    NewBody(
                        1,
                        4,
                        rules=(
                            Rule(1, Family.SIZE, least=4, version="statute", scope="seats"),
                            Rule(2, Family.SIZE, least=5, version="practice", scope="seats"),
                            Rule(3, Family.SEX, share=Fraction(1, 2)),
                        ),
                    ),
                ),
                (*WOMEN, member(4, MALE)),
            ),
            {Condition(Ground.RULE, (1, 2), 1), rule(3, 1)},
            id="each version of a rule against another rule",
        ),
    ],
)
def test_what_contradicts_itself_is_named_exactly(drafting: Drafting, conditions: set[Condition]) -> None:
    found = solve(drafting)
    assert (found.answer, set(found.impossible), found.is_smallest) == (Answer.IMPOSSIBLE, conditions, True)
    assert len(found.impossible) == len(conditions)
    assert found.placements == ()


def better(one: Proposal, other: Proposal) -> bool:
    """Whether a draft is better than another by our own score."""
    assert one.score
    assert other.score
    return one.score.order > other.score.order


@needs_solver
def test_a_small_parliament_gets_a_draft_that_keeps_all_rules_and_beats_first_come() -> None:
    drafting = parliament(24, SMALL)
    found, plain = solve(drafting, limit=6), first_come(drafting)
    assert violated(drafting, found.placements) == []
    assert found.score == score_of(drafting, found.placements)
    assert found.score
    assert found.score.missing == 0
    assert found.distance <= 0.1
    assert better(found, plain)
    assert solve(drafting, limit=6) == found


@needs_solver
@pytest.mark.slow
def test_a_whole_parliament_gets_a_draft_near_the_best_possible_and_the_same_one_twice() -> None:
    drafting = parliament()
    assert (len(drafting.people), len(drafting.bodies), sum(body.least for body in drafting.bodies)) == (174, 75, 900)
    found, plain = solve(drafting), first_come(drafting)
    assert violated(drafting, found.placements) == []
    assert found.score
    assert found.score.missing == 0
    assert found.distance <= 0.1
    assert all(found.met.values())
    whys = {reason_for(drafting, found, one.person, body).why for one in drafting.people[:40] for body in one.wishes}
    assert {Why.MET, Why.FULL} < whys
    assert Why.POSSIBLE not in whys
    assert better(found, plain)
    assert found.value > plain.value
    assert solve(drafting) == found


@needs_solver
def test_a_limit_of_nothing_still_answers_with_the_draft_made_without_a_solver_or_better() -> None:
    drafting = parliament(24, SMALL)
    found, plain = solve(drafting, limit=0), first_come(drafting)
    assert plain.broken == found.broken == ()
    assert not better(plain, found)


@needs_solver
@pytest.mark.slow
def test_a_draft_that_the_exact_search_leaves_is_mended_the_same_way_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "EXACT", Fraction(1, 20))
    drafting = parliament()
    hurried, plain = solve(drafting, limit=0), first_come(drafting)
    assert (hurried.score, hurried.bound, hurried.distance) == (plain.score, None, 1)
    found = solve(drafting, limit=5)
    assert violated(drafting, found.placements) == []
    assert not found.is_optimal
    assert better(found, plain)
    assert found.bound is None or found.value <= found.bound
    assert solve(drafting, limit=5) == found


@needs_solver
@pytest.mark.slow
def test_where_nothing_is_found_within_the_limit_nothing_is_claimed() -> None:
    drafting = parliament(86, seed=9)
    assert first_come(drafting).broken
    found = solve(drafting, limit=0)
    assert (found.answer, found.placements, found.impossible) == (Answer.NOT_FOUND, (), ())
    assert found.distance == 1


@needs_solver
def test_another_process_finds_the_same_draft() -> None:
    """Sets of words are read in another order there."""
    script = (
        "from interparl.bodies.rules.solving import solve;"
        "from interparl.bodies.tests.parliaments import SMALL, parliament;"
        "print(solve(parliament(24, SMALL), limit=6))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(solving.__file__).parents[3],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
    assert found != {b""}


def test_without_a_solver_one_clear_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "ortools"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ortools", None)
    assert not is_installed()
    with pytest.raises(SolverMissing, match=r"needs OR-tools: pip install 'interparl\[solver\]'"):
        solve(Drafting(DAY, (NewBody(1, 3),), WOMEN))
    assert first_come(Drafting(DAY, (NewBody(1, 3, least=2),), WOMEN)).answer == Answer.FOUND


def test_no_other_file_knows_the_solver() -> None:
    package = Path(solving.__file__).parents[2]
    code = [file for file in package.rglob("*.py") if "tests" not in file.parts]
    assert [file.name for file in code if 'import_module("ortools' in file.read_text()] == ["solving.py"]
    assert [
        file.name for file in code if "import ortools" in file.read_text() or "from ortools" in file.read_text()
    ] == []
