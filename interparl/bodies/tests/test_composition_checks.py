"""The checks of composition against a naive checker that fills in all that is not known, in every possible way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.bodies.rules.composition import (
    Composition,
    Counts,
    Family,
    Load,
    Rule,
    Sitter,
    State,
    broken,
    check,
    is_younger,
)
from interparl.bodies.rules.shares import BadShare, share_of

DAY = date(2015, 6, 1)
YOUNG, OLD = date(1990, 1, 1), date(1950, 1, 1)
SHARES = [Fraction(1, 3), Fraction(3, 10), Fraction(1, 2), Fraction(1)]


def meant(rule: Rule, composition: Composition) -> list[Sitter]:
    """Those whom the rule looks at."""
    seen: dict[int, Sitter] = {}
    for one in composition.sitters:
        if one.role == "secretary" or one.person in seen:
            continue
        if (rule.counts == Counts.FULL and one.is_substitute) or (
            rule.counts == Counts.SUBSTITUTES and not one.is_substitute
        ):
            continue
        seen[one.person] = one
    return list(seen.values())


def fillings(rule: Rule, composition: Composition) -> Iterator[Composition]:
    """The composition with everything that the rule asks for known, in each way in which it may be."""
    ways: list[list[dict[str, Any]]] = []
    groups = [*sorted({group for one in composition.sitters for group in one.factions}), 99]
    countries = [*sorted({one.country for one in composition.sitters if one.country is not None}), 99]
    for number, one in enumerate(composition.sitters):
        own: list[dict[str, Any]] = [{}]
        if rule.family in (Family.SEX, Family.SINGLE_SEX) and not one.gender:
            own = [{"gender": "female"}, {"gender": "male"}]
        elif rule.family == Family.YOUTH and is_younger(one, rule.age or 0, DAY) is None:
            own = [{"born_earliest": day, "born_latest": day} for day in (date(DAY.year, 1, 1), date(1, 1, 1))]
        elif rule.family == Family.FACTION and not one.factions:
            own = [{"factions": one} for one in [frozenset[int](), *(frozenset({g}) for g in groups)]]
        elif rule.family == Family.NATIONALITY and one.country is None:
            own = [{"country": country} for country in [*countries, 1000 + number]]
        elif rule.family == Family.LANGUAGE and not one.languages:
            own = [{"languages": frozenset({rule.language})}, {"languages": frozenset({"xx"})}]
        ways.append(own)
    earlier = [[one] if one is not None else [True, False] for one in composition.sexes_before]
    for filled in product(*ways):
        for before in product(*(earlier if rule.family == Family.SINGLE_SEX else [])):
            sitters = [replace(one, **values) for one, values in zip(composition.sitters, filled, strict=True)]
            yield replace(composition, sitters=sitters, sexes_before=before or composition.sexes_before)


def keeps(rule: Rule, composition: Composition) -> bool:
    """Whether a composition of which all is known keeps the rule: the rule as one reads it."""
    people = meant(rule, composition)
    number = len(people)
    least = max(
        [rule.least or 0, *([-(-rule.share.numerator * number // rule.share.denominator)] if rule.share else [])]
    )
    most = [rule.most] if rule.most is not None else []
    if rule.share:
        most.append(max(1, rule.share.numerator * number // rule.share.denominator))
    allowed = min(most, default=number)
    if rule.family in (Family.SIZE, Family.CHAMBER):
        counted = sum(rule.family == Family.SIZE or rule.chamber in one.chambers for one in people)
        return counted >= (rule.least or 0) and (rule.most is None or counted <= rule.most)
    if rule.family == Family.SEX:
        return all(sum(one.gender == sex for one in people) >= least for sex in ("female", "male"))
    if rule.family == Family.SINGLE_SEX:
        runs = [*composition.sexes_before, bool(people) and len({one.gender for one in people}) == 1]
        in_a_row = 0
        while in_a_row < len(runs) and runs[-1 - in_a_row]:
            in_a_row += 1
        return in_a_row <= (rule.most or 0)
    if rule.family == Family.YOUTH:
        return sum(is_younger(one, rule.age or 0, DAY) is True for one in people) >= least
    if rule.family == Family.FACTION:
        groups = Counter(group for one in people for group in one.factions)
        return max(groups.values(), default=0) <= allowed
    if rule.family == Family.NATIONALITY:
        return max(Counter(one.country for one in people).values(), default=0) <= allowed
    if rule.family == Family.LANGUAGE:
        return sum(rule.language in one.languages for one in people) >= (rule.least or 1)
    return all(_alone(rule, one, composition) for one in people)


def _alone(rule: Rule, one: Sitter, composition: Composition) -> bool:
    if rule.family == Family.SITTING:
        return one.is_sitting
    if rule.family == Family.DECIDED:
        return one.organs is not None and (not rule.organs or bool(rule.organs & one.organs))
    if rule.kinds and composition.kind not in rule.kinds:
        return True
    loads = [load for load in composition.elsewhere.get(one.person, ()) if not rule.kinds or load.kind in rule.kinds]
    if rule.family == Family.HEADS:
        return not one.leads or 1 + sum(load.leads for load in loads) <= (rule.most or 0)
    return 1 + len(loads) <= (rule.most or 0)


def _sitters() -> st.SearchStrategy[list[Sitter]]:
    one = st.builds(
        Sitter,
        person=st.integers(1, 6),
        role=st.sampled_from(["member", "head", "secretary", "substitute"]),
        is_substitute=st.booleans(),
        chambers=st.frozensets(st.integers(1, 2), max_size=2),
        is_sitting=st.booleans(),
        gender=st.sampled_from(["", "female", "male", "other"]),
        born_earliest=st.sampled_from([None, YOUNG]),
        born_latest=st.sampled_from([None, YOUNG]),
        factions=st.frozensets(st.integers(1, 2), max_size=2),
        country=st.sampled_from([None, 1, 2]),
        languages=st.frozensets(st.sampled_from(["fr", "en"]), max_size=1),
        organs=st.sampled_from([None, frozenset({"house"}), frozenset({"council"})]),
    )
    return st.lists(one, max_size=5)


def _rules() -> st.SearchStrategy[Rule]:
    def made(family: Family) -> st.SearchStrategy[Rule]:
        takes_share = family in (Family.SEX, Family.YOUTH, Family.FACTION, Family.NATIONALITY)
        takes_most = family in (Family.FACTION, Family.NATIONALITY, Family.HEADS, Family.SITS, Family.SINGLE_SEX)
        numbers = st.none() | st.integers(0, 4)
        return st.builds(
            Rule,
            key=st.just(1),
            family=st.just(family),
            least=st.just(None) if takes_most else numbers,
            most=st.integers(0, 4) if takes_most else numbers if family in (Family.SIZE, Family.CHAMBER) else st.none(),
            share=st.sampled_from([None, *SHARES]) if takes_share else st.none(),
            counts=st.sampled_from(Counts),
            chamber=st.just(1),
            age=st.just(40),
            language=st.just("fr"),
            organs=st.sampled_from([frozenset(), frozenset({"house"})]),
            kinds=st.sampled_from([frozenset(), frozenset({"delegation"})]),
        )

    return st.sampled_from(Family).flatmap(made)


LOADS = st.builds(
    Load, body=st.integers(10, 12), kind=st.sampled_from(["delegation", "committee"]), leads=st.booleans()
)
COMPOSITIONS = st.builds(
    Composition,
    day=st.just(DAY),
    sitters=_sitters(),
    kind=st.sampled_from(["delegation", "committee"]),
    elsewhere=st.dictionaries(st.integers(1, 6), st.lists(LOADS, max_size=3, unique_by=lambda load: load.body)),
    sexes_before=st.lists(st.sampled_from([True, False, None]), max_size=3),
)


@given(rule=_rules(), composition=COMPOSITIONS)
def test_a_rule_is_kept_or_broken_when_it_is_so_whatever_is_not_known(rule: Rule, composition: Composition) -> None:
    [verdict] = check([rule], composition)
    answers = {keeps(rule, filled) for filled in fillings(rule, composition)}
    wanted = {frozenset({True}): State.KEPT, frozenset({False}): State.BROKEN}.get(frozenset(answers), State.OPEN)
    assert verdict.state == wanted
    assert (verdict.state == State.BROKEN) <= bool(verdict.lacking or verdict.over)
    assert set(verdict.people) <= {one.person for one in composition.sitters}


@given(composition=COMPOSITIONS, size=st.integers(0, 6))
def test_a_rule_says_nothing_of_a_smaller_composition(composition: Composition, size: int) -> None:
    rule = Rule(1, Family.SIZE, most=0, from_size=size)
    assert bool(check([rule], composition)) == (len(meant(rule, composition)) >= size)


def test_one_version_that_is_kept_excuses_the_others_of_its_scope_alone() -> None:
    composition = Composition(DAY, [Sitter(1), Sitter(2)])
    rules = [
        Rule(1, Family.SIZE, most=1, version="2008", scope="a"),
        Rule(2, Family.SIZE, most=2, version="2012", scope="a"),
        Rule(3, Family.SIZE, most=1, version="2008", scope="b"),
        Rule(4, Family.SIZE, most=1, scope="a"),
    ]
    assert [one.rule.key for one in broken(check(rules, composition))] == [3, 4]


@pytest.mark.parametrize(
    ("text", "share"),
    [("1/3", Fraction(1, 3)), ("30 %", Fraction(3, 10)), ("33,3%", Fraction(333, 1000)), ("0.5", Fraction(1, 2))],
)
def test_a_share_is_read_exactly(text: str, share: Fraction) -> None:
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["", "a third", "0", "1/0", "4/3", "101 %", "-1/3", "١/٣", "1e-1", "1/3/4"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(BadShare):
        share_of(text)
