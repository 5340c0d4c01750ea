"""Small questions for a draft, invented by hypothesis, and all answers there are to one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from interparl.bodies.rules.composition import FEMALE, MALE, Counts, Family, Load, Rule, Sitter
from interparl.bodies.rules.drafting import Candidate, Drafting, NewBody, Placement

DAY = date(2026, 12, 1)
KINDS = ("group", "delegation")
BORN = ((None, None), (date(1960, 5, 1), date(1960, 5, 1)), (date(2000, 1, 1), date(2000, 12, 31)))

numbers = st.none() | st.integers(0, 3)


@st.composite
def rules(draw: st.DrawFn, key: int, families: tuple[Family, ...] = tuple(Family)) -> Rule:
    """Any rule of these families; what a family does not read may be set as well."""
    return Rule(
        key,
        draw(st.sampled_from(families)),
        least=draw(numbers),
        most=draw(numbers),
        share=draw(st.sampled_from((None, None, Fraction(1, 3), Fraction(3, 10), Fraction(1, 2), Fraction(3, 4)))),
        counts=draw(st.sampled_from(Counts)),
        chamber=1,
        age=40,
        language="en",
        organs=frozenset({"presidium"}),
        from_size=draw(st.sampled_from((0, 0, 0, 2, 3))),
        kinds=draw(st.sampled_from((frozenset(), frozenset({"group"})))),
        version=draw(st.sampled_from(("", "", "statute", "practice"))),
    )


@st.composite
def sitters(draw: st.DrawFn, person: int) -> Sitter:
    """Somebody of whom much or little is known."""
    earliest, latest = draw(st.sampled_from((*BORN, (date(1980, 1, 1), date(1990, 1, 1)))))
    return Sitter(
        person,
        role=draw(st.sampled_from(("member", "head", "secretary"))),
        is_substitute=draw(st.booleans()),
        chambers=draw(st.frozensets(st.integers(1, 2))),
        is_sitting=draw(st.sampled_from((True, True, False))),
        gender=draw(st.sampled_from((FEMALE, MALE, "", "other"))),
        born_earliest=earliest,
        born_latest=latest,
        factions=draw(st.frozensets(st.integers(1, 2))),
        country=draw(st.sampled_from((None, 1, 2))),
        languages=draw(st.frozensets(st.sampled_from(("en", "ru")))),
    )


sexes = st.lists(st.sampled_from((True, False, None)), max_size=3).map(tuple)


@st.composite
def draftings(draw: st.DrawFn, *, people: int = 3, bodies: int = 2) -> Drafting:
    """A question so small that all answers can be looked at."""
    keys = st.integers(1, bodies)
    pairs = st.tuples(st.integers(1, people), keys)
    formed = tuple(draw(_bodies(key)) for key in range(1, bodies + 1))
    able = tuple(draw(_candidates(person, keys)) for person in range(1, people + 1))
    of_all = draw(st.integers(0, 2))
    return Drafting(
        DAY,
        formed,
        able,
        rules=tuple(draw(rules(number, (Family.HEADS, Family.SITS))) for number in range(of_all)),
        placed=tuple(
            Placement(*pair, is_head=draw(st.booleans())) for pair in sorted(draw(st.sets(pairs, max_size=2)))
        ),
        barred=draw(st.frozensets(pairs, max_size=2)),
        before=draw(st.frozensets(pairs, max_size=3)),
        elsewhere={1: [Load(99, draw(st.sampled_from(KINDS)), draw(st.booleans()))]} if draw(st.booleans()) else {},
    )


@st.composite
def _bodies(draw: st.DrawFn, key: int) -> NewBody:
    most = draw(st.integers(0, 3))
    return NewBody(
        key,
        most,
        least=draw(st.integers(0, most)),
        kind=draw(st.sampled_from(KINDS)),
        needs_head=draw(st.booleans()),
        leaders=draw(st.none() | st.frozensets(st.integers(1, 3))),
        rules=tuple(draw(rules(10 * key + number)) for number in range(draw(st.integers(0, 3)))),
        languages=draw(st.frozensets(st.sampled_from(("en", "ru")))),
        committees=draw(st.frozensets(st.just(1))),
        sexes_before=draw(sexes),
    )


@st.composite
def _candidates(draw: st.DrawFn, person: int, keys: st.SearchStrategy[int]) -> Candidate:
    return Candidate(
        draw(sitters(person)),
        wishes=tuple(draw(st.lists(keys, unique=True, max_size=2))),
        would_lead=draw(st.frozensets(keys, max_size=1)),
        unwilling=draw(st.sampled_from((frozenset(), frozenset(), frozenset({1})))),
        most_bodies=draw(st.sampled_from((None, None, 1))),
        committees=draw(st.frozensets(st.just(1))),
    )


def all_drafts(drafting: Drafting) -> Iterator[list[Placement]]:
    """Every way to place these people; heads only where one is needed or was named by hand."""
    named = {(one.person, one.body) for one in drafting.placed if one.is_head}
    ways = []
    for one in drafting.people:
        for body in drafting.bodies:
            places = [None, Placement(one.person, body.key)]
            if body.needs_head or (one.person, body.key) in named:
                places.append(Placement(one.person, body.key, is_head=True))
            ways.append(places)
    for chosen in product(*ways):
        yield [one for one in chosen if one is not None]
