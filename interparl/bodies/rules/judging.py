"""Our own judgement of a draft: what it does not keep and how good it is. A solver is never asked for either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from interparl.bodies.rules.composition import Composition, Load, Rule, Sitter, Verdict, broken, check
from interparl.bodies.rules.demands import asked, rules_of
from interparl.bodies.rules.drafting import (
    BEFORE,
    EVEN,
    FIRST_MET,
    LEADING_WISHED,
    WANTED,
    Answer,
    Condition,
    Drafting,
    Ground,
    Met,
    NewBody,
    Placement,
    Proposal,
    Score,
    points_of,
)


def as_member(sitter: Sitter, *, is_head: bool = False) -> Sitter:
    """The person as the draft seats him: a full member or the head, not yet by any decision."""
    return replace(sitter, role="head" if is_head else "member", is_substitute=False, organs=None)


def composition_of(drafting: Drafting, placements: Iterable[Placement], body: NewBody) -> Composition:
    """The composition of a body in a draft, with what its people do elsewhere."""
    here = {one.person: one for one in placements if one.body == body.key}
    elsewhere: dict[int, list[Load]] = {person: list(drafting.elsewhere.get(person, ())) for person in here}
    for one in placements:
        if one.person in here and one.body != body.key:
            elsewhere[one.person].append(Load(one.body, drafting.by_key[one.body].kind, one.is_head))
    sitters = [as_member(drafting.by_person[person].sitter, is_head=one.is_head) for person, one in here.items()]
    return Composition(drafting.day, sitters, body.kind, elsewhere, body.sexes_before)


def verdicts(drafting: Drafting, placements: Sequence[Placement], body: NewBody) -> list[Verdict]:
    """What the composition of a body answers to each of its rules, open ones among them."""
    return check(rules_of(drafting, body), composition_of(drafting, placements, body))


def violated(drafting: Drafting, placements: Sequence[Placement]) -> list[Condition]:
    """The conditions that a draft does not keep, each once: those of bodies, then those of people."""
    found = dict.fromkeys(one for body in drafting.bodies for one in violated_in(drafting, placements, body))
    return [*found, *_of_people(drafting, placements)]


def _of_people(drafting: Drafting, placements: Sequence[Placement]) -> list[Condition]:
    pairs = {(one.person, one.body): one for one in placements}
    found = []
    for one in drafting.placed:
        now = pairs.get((one.person, one.body))
        if now is None or (one.is_head and not now.is_head):
            found.append(Condition(Ground.PLACED, body=one.body, person=one.person))
    barred = [pair for pair in pairs if pair in drafting.barred]
    found += [Condition(Ground.BARRED, body=key, person=person) for person, key in barred]
    owned: dict[int, list[int]] = {}
    for person, key in pairs:
        owned.setdefault(person, []).append(key)
    for candidate in drafting.people:
        own = owned.get(candidate.person, [])
        unwilling = [key for key in own if key in candidate.unwilling]
        found += [Condition(Ground.UNWILLING, body=key, person=candidate.person) for key in unwilling]
        if candidate.most_bodies is not None and len(own) > candidate.most_bodies:
            found.append(Condition(Ground.MOST_BODIES, person=candidate.person))
    return found


def violated_in(drafting: Drafting, placements: Sequence[Placement], body: NewBody) -> list[Condition]:
    """The seats, the head and the rules that the composition of one body does not keep."""
    here = [one for one in placements if one.body == body.key]
    heads = sum(one.is_head for one in here)
    found = []
    if len(here) > body.most:
        found.append(Condition(Ground.SEATS, body=body.key))
    is_wrong = any(one.is_head and not body.may_be_led_by(one.person) for one in here)
    if heads > 1 or is_wrong or (body.needs_head and here and not heads):
        found.append(Condition(Ground.HEAD, body=body.key))
    return found + _rules_violated(drafting, placements, body)


def _rules_violated(drafting: Drafting, placements: Sequence[Placement], body: NewBody) -> list[Condition]:
    wrong = {one.rule for one in broken(verdicts(drafting, placements, body))}
    if not wrong:
        return []
    conditions = {rule: one.condition for one in asked(drafting, body) for rules in one.versions for rule in rules}
    return [conditions[rule] for rule in conditions if rule in wrong]


def rules_by_key(drafting: Drafting) -> Mapping[int, Rule]:
    """Every rule of the question by its key."""
    return {rule.key: rule for rules in (drafting.rules, *(one.rules for one in drafting.bodies)) for rule in rules}


def met_in(drafting: Drafting, placements: Iterable[Placement]) -> dict[int, tuple[Met, ...]]:
    """Of everybody with wishes, those that a draft meets, the dearest first."""
    pairs = {(one.person, one.body) for one in placements}
    return {
        one.person: tuple(Met(rank, key) for rank, key in enumerate(one.wishes, 1) if (one.person, key) in pairs)
        for one in drafting.people
        if one.wishes
    }


def score_of(drafting: Drafting, placements: Sequence[Placement]) -> Score:
    """How good a draft is, by the aims of a draft."""
    size = {body.key: 0 for body in drafting.bodies}
    for one in placements:
        size[one.body] += 1
    missing = sum(max(0, body.least - size[body.key]) for body in drafting.bodies)
    return Score(missing, _points(drafting, placements), _evenness(drafting, placements))


def _points(drafting: Drafting, placements: Iterable[Placement]) -> int:
    met = met_in(drafting, placements).values()
    wishes = sum(points_of(one.rank) for several in met for one in several) + FIRST_MET * sum(bool(one) for one in met)
    would_lead = {(one.person, key) for one in drafting.people for key in one.would_lead}
    needing = {body.key for body in drafting.bodies if body.needs_head}
    leading = [one for one in placements if one.is_head and one.body in needing]
    return wishes + LEADING_WISHED * sum((one.person, one.body) in would_lead for one in leading)


def burden(drafting: Drafting, person: int) -> int:
    """In how many bodies somebody sits that are not formed anew."""
    return len({load.body for load in drafting.elsewhere.get(person, ())})


def _evenness(drafting: Drafting, placements: Iterable[Placement]) -> int:
    pairs = {(one.person, one.body) for one in placements}
    number = dict.fromkeys((one.person for one in drafting.people), 0)
    for person, _body in pairs:
        number[person] += 1
    load = sum(burden(drafting, person) * several + several * (several + 1) // 2 for person, several in number.items())
    brought = 0
    for body in drafting.bodies:
        here = [drafting.by_person[person] for person, key in pairs if key == body.key]
        brought += sum(any(language in one.sitter.languages for one in here) for language in body.languages)
        brought += sum(any(committee in one.committees for one in here) for committee in body.committees)
    return WANTED * brought + BEFORE * len(pairs & drafting.before) - EVEN * load


def proposed(
    drafting: Drafting,
    placements: Sequence[Placement],
    *,
    bound: int | None = None,
    is_optimal: bool = False,
) -> Proposal:
    """A draft with our own judgement of it."""
    return Proposal(
        Answer.FOUND,
        tuple(sorted(placements, key=lambda one: (one.body, not one.is_head, one.person))),
        met_in(drafting, placements),
        score_of(drafting, placements),
        bound,
        is_optimal,
        broken=tuple(violated(drafting, placements)),
    )
