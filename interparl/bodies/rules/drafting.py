"""What a draft of the compositions of a new convocation is made of, and what it answers (design 8.14). No database.

A draft gives people seats in bodies that are formed anew. Two sentences say what it aims at. First, as many seats as
possible are filled up to the least that each body has, and no wish is worth a seat left empty; then the wishes met
count, ten points for somebody's first wish and one less for each further one, with ten more for the first that he gets
(so nobody is left with nothing for the sake of another's further wish) and three for leading a body that he would like
to lead. Only among drafts that are equal in this do an evenly spread load, wanted languages and committees, and who sat
there before decide.

A draft places full members and heads. Substitutes are named later and a decision comes after the draft, so rules that
count substitutes alone and rules that ask for a decision are not asked here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from interparl.bodies.rules.composition import Load, Rule, Sitter

# Points of a wish: of the first; it falls by one a rank, to no less than one.
FIRST_WISH = 10
# Further points for the first wish that somebody gets: no less than a first wish.
FIRST_MET = 10
LEADING_WISHED = 3
# Among drafts of equal points: a body on top of n others costs n + 1 times EVEN; each wanted language or committee that
# somebody brings, each place kept by who sat there before.
EVEN, WANTED, BEFORE = 3, 2, 1


class DraftingWrong(ValueError):
    """The input contradicts itself in form; the message says where."""


class Ground(StrEnum):
    """Why a placement cannot be; beside each what a condition of it names."""

    RULE = "rule"  # rules (several: versions of which one is enough), and body where it is a rule of one body
    PLACED = "placed"  # person, body: placed there by hand
    BARRED = "barred"  # person, body
    UNWILLING = "unwilling"  # person, body
    SEATS = "seats"  # body: it has no more seats
    HEAD = "head"  # body: one head who may be it where it needs one and somebody sits there, and never two
    MOST_BODIES = "most-bodies"  # person: he takes no more bodies


class Answer(StrEnum):
    """What became of a question for a draft."""

    FOUND = "found"
    IMPOSSIBLE = "impossible"
    NOT_FOUND = "not-found"  # within the limit neither a draft nor a proof that there is none


@dataclass(frozen=True)
class Condition:
    """One thing that a draft has to keep, as far as it can be dropped alone; see `Ground`."""

    ground: Ground
    rules: tuple[int, ...] = ()
    body: int | None = None
    person: int | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be placed: who he is as rules see him, and what he wants.

    `wishes`: keys of bodies, the dearest first. `would_lead`: bodies that he would like to lead. `unwilling`: bodies
    that he may not get. `most_bodies`: how many bodies of the draft he takes. Role, place of a substitute and deciding
    organ of the sitter are not read: the draft gives them.
    """

    sitter: Sitter
    wishes: tuple[int, ...] = ()
    would_lead: frozenset[int] = frozenset()
    unwilling: frozenset[int] = frozenset()
    most_bodies: int | None = None
    committees: frozenset[int] = frozenset()

    @property
    def person(self) -> int:
        """The key of the person."""
        return self.sitter.person

    def rank_of(self, body: int) -> int | None:
        """The rank of the wish for a body, from 1; None: he does not wish for it."""
        return self.wishes.index(body) + 1 if body in self.wishes else None


@dataclass(frozen=True)
class NewBody:
    """A body to be formed: seats to be filled at least and at most, and the rules of its composition.

    `least` is an aim: seats below it are counted as missing. What must be kept is a rule of the family size.
    `leaders`: who may lead it where it needs a head; None: anybody there. `languages`, `committees`: what somebody
    there should speak, and where somebody there should sit. `sexes_before`: as in `Composition`.
    """

    key: int
    most: int
    least: int = 0
    kind: str = ""
    needs_head: bool = False
    leaders: frozenset[int] | None = None
    rules: tuple[Rule, ...] = ()
    languages: frozenset[str] = frozenset()
    committees: frozenset[int] = frozenset()
    sexes_before: tuple[bool | None, ...] = ()

    def may_be_led_by(self, person: int) -> bool:
        """Whether somebody may be its head."""
        return not self.needs_head or self.leaders is None or person in self.leaders


@dataclass(frozen=True, order=True)
class Placement:
    """A person in a body, and whether he leads it."""

    person: int
    body: int
    is_head: bool = False


@dataclass(frozen=True)
class Drafting:
    """The whole question: who may be placed where on a day, and what has to be kept.

    `rules` hold for every body (above all those of the families heads and sits). `placed`: what was placed by hand and
    stays; whoever is not placed as the head may still be made it. `barred`, `before`: pairs of person and body.
    `elsewhere`: what people do in bodies that are not formed anew.
    """

    day: date
    bodies: tuple[NewBody, ...]
    people: tuple[Candidate, ...]
    rules: tuple[Rule, ...] = ()
    placed: tuple[Placement, ...] = ()
    barred: frozenset[tuple[int, int]] = frozenset()
    before: frozenset[tuple[int, int]] = frozenset()
    elsewhere: Mapping[int, Sequence[Load]] = field(default_factory=dict)

    @cached_property
    def by_person(self) -> dict[int, Candidate]:
        """The people by their keys."""
        return {one.person: one for one in self.people}

    @cached_property
    def by_key(self) -> dict[int, NewBody]:
        """The bodies by their keys."""
        return {body.key: body for body in self.bodies}

    def __post_init__(self) -> None:
        _once("body", (body.key for body in self.bodies))
        _once("person", (one.person for one in self.people))
        _once("placement", ((one.person, one.body) for one in self.placed))
        bodies, people = {body.key for body in self.bodies}, {one.person for one in self.people}
        for body in self.bodies:
            if not 0 <= body.least <= body.most:
                raise DraftingWrong(f"body {body.key}: {body.least} to {body.most} seats")
        for one in self.people:
            _once(f"wish of person {one.person}", one.wishes)
            _known(f"person {one.person} wishes for", one.wishes, bodies)
            if one.most_bodies is not None and one.most_bodies < 0:
                raise DraftingWrong(f"person {one.person}: at most {one.most_bodies} bodies")
        _known("placed in", (one.body for one in self.placed), bodies)
        for placement in self.placed:
            if placement.person not in people:
                raise DraftingWrong(f"placed is person {placement.person}, who is not among the people")
        for person, loads in self.elsewhere.items():
            if any(load.body in bodies for load in loads):
                raise DraftingWrong(f"person {person} sits elsewhere in a body that is formed anew")


def _once(what: str, keys: Iterable[object]) -> None:
    twice = [key for key, number in Counter(keys).items() if number > 1]
    if twice:
        raise DraftingWrong(f"{what} given twice: {twice[0]}")


def _known(what: str, keys: Iterable[int], bodies: set[int]) -> None:
    for key in keys:
        if key not in bodies:
            raise DraftingWrong(f"{what} body {key}, which is not formed")


@dataclass(frozen=True, order=True)
class Score:
    """How good a draft is: the smaller `missing`, then the larger `points`, then the larger `evenness`.

    `missing`: seats lacking to the least of each body. `points`: of the wishes. `evenness`: of what decides between
    equals; never a reason to give up a point.
    """

    missing: int
    points: int
    evenness: int

    @property
    def order(self) -> tuple[int, int, int]:
        """Larger is better."""
        return (-self.missing, self.points, self.evenness)


@dataclass(frozen=True, order=True)
class Met:
    """A wish that was met: its rank, from 1, and the body."""

    rank: int
    body: int


@dataclass(frozen=True)
class Proposal:
    """A draft, or why there is none.

    `met`: of everybody with wishes, those that were met. `value`: the points of the wishes met. `bound`: no draft that
    leaves as few seats empty has more points; None: that was not shown. `is_optimal`: no draft has a better score.
    `impossible`: conditions that cannot all be kept; if `is_smallest`, without any one of them the others can be.
    `broken`: what the draft does not keep; only a draft made without a solver can have any.
    """

    answer: Answer
    placements: tuple[Placement, ...] = ()
    met: Mapping[int, tuple[Met, ...]] = field(default_factory=dict)
    score: Score | None = None
    bound: int | None = None
    is_optimal: bool = False
    impossible: tuple[Condition, ...] = ()
    is_smallest: bool = False
    broken: tuple[Condition, ...] = ()

    @property
    def value(self) -> int:
        """The points of the wishes met."""
        return self.score.points if self.score else 0

    @property
    def distance(self) -> float:
        """How far the points may be below the best possible: 0 is the best, 1 means that nothing is known."""
        if self.score is None or self.bound is None:
            return 1.0
        return min(1.0, max(0.0, (self.bound - self.value) / max(1, self.bound)))


def points_of(rank: int) -> int:
    """What a wish of that rank counts, from 1."""
    return max(1, FIRST_WISH + 1 - rank)


@dataclass(frozen=True)
class BodyDifference:
    """What differs in one body: who came, who went, and who leads it where that changed (None: nobody)."""

    body: int
    came: tuple[int, ...] = ()
    went: tuple[int, ...] = ()
    heads: tuple[int | None, int | None] | None = None


@dataclass(frozen=True)
class Difference:
    """What differs between two drafts: bodies by key, and wishes met in one of them only as (person, wish)."""

    bodies: tuple[BodyDifference, ...]
    gained: tuple[tuple[int, Met], ...]
    lost: tuple[tuple[int, Met], ...]


def compare(first: Proposal, second: Proposal) -> Difference:
    """What the second draft does otherwise than the first."""
    found = []
    for body in sorted({one.body for one in (*first.placements, *second.placements)}):
        one, other = _of(first, body), _of(second, body)
        heads = (_head(one), _head(other))
        difference = BodyDifference(
            body,
            came=tuple(sorted(other.keys() - one.keys())),
            went=tuple(sorted(one.keys() - other.keys())),
            heads=heads if heads[0] != heads[1] else None,
        )
        if difference != BodyDifference(body):
            found.append(difference)
    before, after = _wishes(first), _wishes(second)
    return Difference(tuple(found), tuple(sorted(after - before)), tuple(sorted(before - after)))


def _of(proposal: Proposal, body: int) -> dict[int, bool]:
    return {one.person: one.is_head for one in proposal.placements if one.body == body}


def _head(people: Mapping[int, bool]) -> int | None:
    return min((person for person, is_head in people.items() if is_head), default=None)


def _wishes(proposal: Proposal) -> set[tuple[int, Met]]:
    return {(person, one) for person, several in proposal.met.items() for one in several}
