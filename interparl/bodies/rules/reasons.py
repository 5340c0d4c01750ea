"""Why a wish was not met, from our own check of the draft; the words come later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from interparl.bodies.rules.composition import Family
from interparl.bodies.rules.demands import limited
from interparl.bodies.rules.drafting import (
    Candidate,
    Condition,
    Drafting,
    DraftingWrong,
    Ground,
    NewBody,
    Placement,
    Proposal,
)
from interparl.bodies.rules.judging import rules_by_key, violated_in


class Why(StrEnum):
    """The reasons there are; beside each the fields of `Reason` that go with it."""

    MET = "met"  # it was met
    UNWILLING = "unwilling"  # he may not get the body, by his own word
    BARRED = "barred"  # he is barred from it
    BETTER_WISH = (
        "better-wish"  # bodies: he has as many as he may, all by wishes that are dearer or by hand; number, rules
    )
    MOST_BODIES = "most-bodies"  # bodies: he has as many as he may, not all by dearer wishes; number, rules
    RULE = "rule"  # rules: whatever place he took, one of these would be broken
    FULL = "full"  # ahead: who sits there, number: of how many seats
    POSSIBLE = "possible"  # nothing stands against it: this draft is not the best


@dataclass(frozen=True)
class Ahead:
    """Somebody who sits where another wished to: the rank of his own wish (None: none), and whether by hand."""

    person: int
    rank: int | None
    is_placed: bool


@dataclass(frozen=True)
class Reason:
    """Why a wish was not met: the body, the rank of the wish from 1, and what goes with the reason."""

    why: Why
    body: int
    rank: int
    rules: tuple[int, ...] = ()
    bodies: tuple[int, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    number: int | None = None


def reason_for(drafting: Drafting, proposal: Proposal, person: int, wish: int) -> Reason:
    """Why somebody's wish for a body was not met in a draft.

    A rule is named if placing him would break it in every exchange: in a free seat, or in the place of whoever was not
    placed there by hand. Raises DraftingWrong if he is not among the people or does not wish for the body.
    """
    candidate = drafting.by_person.get(person)
    rank = candidate.rank_of(wish) if candidate else None
    if candidate is None or rank is None:
        raise DraftingWrong(f"person {person} does not wish for body {wish}")
    if any((one.person, one.body) == (person, wish) for one in proposal.placements):
        return Reason(Why.MET, wish, rank)
    if wish in candidate.unwilling:
        return Reason(Why.UNWILLING, wish, rank)
    if (person, wish) in drafting.barred:
        return Reason(Why.BARRED, wish, rank)
    case = _Case(drafting, proposal, candidate, drafting.by_key[wish], rank)
    return case.at_most() or case.of_the_body()


@dataclass(frozen=True)
class _Case:
    """A wish that was not met, though neither he nor a bar is against it."""

    drafting: Drafting
    proposal: Proposal
    candidate: Candidate
    body: NewBody
    rank: int

    @property
    def _own(self) -> list[int]:
        return [one.body for one in self.proposal.placements if one.person == self.candidate.person]

    @property
    def _here(self) -> list[Placement]:
        return [one for one in self.proposal.placements if one.body == self.body.key]

    @property
    def _by_hand(self) -> set[int]:
        return {one.person for one in self.drafting.placed if one.body == self.body.key}

    def at_most(self) -> Reason | None:
        """He has as many bodies as he himself takes, or as a rule allows."""
        own, most = self._own, self.candidate.most_bodies
        if most is not None and len(own) >= most:
            return self._has_his_bodies(own, Reason(Why.MOST_BODIES, self.body.key, self.rank, number=most))
        rules = rules_by_key(self.drafting)
        found: dict[int, None] = {}
        for way in self._ways():
            broken = [key for one in self._newly(way, own) for key in one.rules if rules[key].family == Family.SITS]
            if not broken:
                return None
            found |= dict.fromkeys(broken)
        keys = tuple(found)
        counted = {one.key for one in self.drafting.bodies if any(limited(rules[key], one) for key in keys)}
        number = max(rules[key].most or 0 for key in keys)
        reason = Reason(Why.MOST_BODIES, self.body.key, self.rank, rules=keys, number=number)
        return self._has_his_bodies([one for one in own if one in counted], reason)

    def _has_his_bodies(self, own: Sequence[int], reason: Reason) -> Reason:
        by_hand = {one.body for one in self.drafting.placed if one.person == self.candidate.person}
        dearer = set(self.candidate.wishes[: self.rank - 1])
        is_better = bool(dearer & set(own)) and all(one in dearer or one in by_hand for one in own)
        return replace(reason, why=Why.BETTER_WISH if is_better else reason.why, bodies=tuple(sorted(own)))

    def of_the_body(self) -> Reason:
        """What the body itself has against it: its rules, or that it is full."""
        is_free = len(self._here) < self.body.most
        tried: list[list[Condition]] = []
        for way in self._ways():
            tried.append(self._newly(way))
            if not tried[-1]:
                break
        if all(tried):
            return Reason(Why.RULE, self.body.key, self.rank, rules=_named(tried))
        if is_free and len(tried) == 1:
            return Reason(Why.POSSIBLE, self.body.key, self.rank)
        people = self.drafting.by_person
        ahead = [
            Ahead(one.person, people[one.person].rank_of(self.body.key), one.person in self._by_hand)
            for one in self._here
        ]
        ahead.sort(key=lambda one: (not one.is_placed, one.rank or len(self.drafting.bodies) + 1, one.person))
        return Reason(Why.FULL, self.body.key, self.rank, ahead=tuple(ahead), number=self.body.most)

    def _ways(self) -> Iterator[list[Placement]]:
        """He takes a free seat, or the place of anybody who was not placed by hand; if there is neither, one seat more.

        In a free seat he leads the body if it needs a head and has none.
        """
        others = [one for one in self._here if one.person not in self._by_hand]
        if len(self._here) < self.body.most or not others:
            is_head = self.body.needs_head and not any(one.is_head for one in self._here)
            yield [*self.proposal.placements, Placement(self.candidate.person, self.body.key, is_head=is_head)]
        for one in others:
            yield from self._exchanged(one)

    def _exchanged(self, gone: Placement) -> Iterator[list[Placement]]:
        """He takes somebody's place; if that was the head, he leads the body or another of it, as soon as one may."""
        left = [one for one in self.proposal.placements if one != gone]
        person, key = self.candidate.person, self.body.key
        yield [*left, Placement(person, key, is_head=gone.is_head)]
        if gone.is_head:
            for one in left:
                if one.body == key:
                    led = [replace(other, is_head=True) if other == one else other for other in left]
                    yield [*led, Placement(person, key)]

    def _newly(self, after: Sequence[Placement], others: Sequence[int] = ()) -> list[Condition]:
        """What bodies do not keep then and do now, the number of seats aside.

        Asked are the body, the others named, and those of whoever leads the body anew, who may lead too much by that.
        """
        heads = {one.person for one in after if one.body == self.body.key and one.is_head}
        heads -= {one.person for one in self.proposal.placements if one.body == self.body.key and one.is_head}
        asked = {self.body.key, *others, *(one.body for one in after if one.person in heads)}
        found = [
            one for body in self.drafting.bodies if body.key in asked for one in violated_in(self.drafting, after, body)
        ]
        return [one for one in found if one not in self.proposal.broken and one.ground != Ground.SEATS]


def _named(tried: Sequence[Sequence[Condition]]) -> tuple[int, ...]:
    """The rules broken in every exchange; if no single one is, all that are broken in any."""
    keys = [[key for one in conditions for key in one.rules] for conditions in tried]
    always = [key for key in dict.fromkeys(keys[0]) if all(key in others for others in keys)]
    return tuple(always or dict.fromkeys(key for several in keys for key in several))
