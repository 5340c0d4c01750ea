"""A question for a draft as a model of CP-SAT: unknowns, conditions, aims. The solver's module is handed in.

Every condition is written so that a draft keeps it in the model exactly if `violated()` does not name it. Helping
unknowns (whether a rule holds for the size, which version is kept) are free to be chosen in favour of the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from interparl.bodies.rules.composition import Family, Rule
from interparl.bodies.rules.demands import OF_PEOPLE, Asked, Demand, asked, demands_of, limited, rules_of
from interparl.bodies.rules.drafting import (
    BEFORE,
    EVEN,
    FIRST_MET,
    LEADING_WISHED,
    WANTED,
    Condition,
    Drafting,
    Ground,
    NewBody,
    Placement,
    points_of,
)
from interparl.bodies.rules.judging import as_member, burden

When = list[Any]


def conditions_of(drafting: Drafting) -> list[Condition]:
    """Everything that a draft has to keep, in a fixed order: rules first, so that these are the first to be dropped."""
    found: dict[Condition, None] = {}
    for body in drafting.bodies:
        found |= dict.fromkeys(one.condition for one in asked(drafting, body))
    for body in drafting.bodies:
        found[Condition(Ground.SEATS, body=body.key)] = None
        found[Condition(Ground.HEAD, body=body.key)] = None
    for one in drafting.people:
        if one.most_bodies is not None:
            found[Condition(Ground.MOST_BODIES, person=one.person)] = None
    people, bodies = {one.person for one in drafting.people}, {one.key for one in drafting.bodies}
    for person, key in sorted(drafting.barred):
        if person in people and key in bodies:
            found[Condition(Ground.BARRED, body=key, person=person)] = None
    for one in drafting.people:
        for key in sorted(one.unwilling & bodies):
            found[Condition(Ground.UNWILLING, body=key, person=one.person)] = None
    for placement in drafting.placed:
        found[Condition(Ground.PLACED, body=placement.body, person=placement.person)] = None
    return list(found)


class Model:
    """The unknowns of a draft; those that no condition or aim speaks of are not made."""

    def __init__(self, cp: Any, drafting: Drafting) -> None:
        self.cp = cp
        self.drafting = drafting
        self.model = cp.CpModel()
        self.bodies = drafting.by_key
        self.sitters = [as_member(one.sitter) for one in drafting.people]
        self.people = [one.person for one in drafting.people]
        self.by_hand = {(one.person, one.body): one for one in drafting.placed}
        self.seats: dict[tuple[int, int], Any] = {}
        self.heads: dict[tuple[int, int], Any] = {}
        self._sizes: dict[int, Any] = {}
        self._numbers: dict[tuple[int, frozenset[int]], Any] = {}
        self._demands: dict[tuple[Rule, tuple[bool | None, ...]], list[Demand]] = {}
        self._asked: dict[Condition, list[tuple[NewBody, Asked]]] = {}
        for body in drafting.bodies:
            for one in asked(drafting, body):
                self._asked.setdefault(one.condition, []).append((body, one))

    # Unknowns

    def seat(self, person: int, body: int) -> Any:
        """Whether the person sits in the body."""
        if (person, body) not in self.seats:
            self.seats[person, body] = self.model.new_bool_var("")
        return self.seats[person, body]

    def head(self, person: int, body: int) -> Any:
        """Whether the person leads the body; constantly not where no head is needed, unless he was named by hand."""
        placed = self.by_hand.get((person, body))
        if not self.bodies[body].needs_head and not (placed and placed.is_head):
            return 0
        if (person, body) not in self.heads:
            self.heads[person, body] = self.model.new_bool_var("")
            self.model.add_implication(self.heads[person, body], self.seat(person, body))
        return self.heads[person, body]

    def size(self, body: int) -> Any:
        """How many sit in the body."""
        if body not in self._sizes:
            self._sizes[body] = self.model.new_int_var(0, len(self.people), "")
            self.model.add(self._sizes[body] == self._sum(self.seat(person, body) for person in self.people))
        return self._sizes[body]

    def number(self, body: int, people: frozenset[int]) -> Any:
        """How many of these people sit in the body: a number of its own, so that shares of it are rounded."""
        if people.issuperset(self.people):
            return self.size(body)
        if (body, people) not in self._numbers:
            among = [self.seat(person, body) for person in self.people if person in people]
            self._numbers[body, people] = self.model.new_int_var(0, len(among), "")
            self.model.add(self._numbers[body, people] == self._sum(among))
        return self._numbers[body, people]

    def _sum(self, terms: Iterable[Any]) -> Any:
        return self.cp.LinearExpr.sum(list(terms))

    def _add(self, constraint: Any, when: When) -> None:
        added = self.model.add(constraint)
        if when:
            added.only_enforce_if(when)

    # Conditions

    def ask(self, condition: Condition, when: When) -> None:
        """The condition has to be kept wherever all of `when` are true."""
        person, body = condition.person, condition.body
        if condition.ground == Ground.RULE:
            self._ask_rules(condition, when)
        elif condition.ground == Ground.SEATS and body is not None:
            self._add(self.size(body) <= self.bodies[body].most, when)
        elif condition.ground == Ground.HEAD and body is not None:
            self._ask_head(body, when)
        elif condition.ground == Ground.MOST_BODIES and person is not None:
            most = self.drafting.by_person[person].most_bodies
            self._add(self._sum(self.seat(person, key) for key in self.bodies) <= most, when)
        elif person is not None and body is not None:
            self._ask_place(condition.ground, person, body, when)

    def _ask_place(self, ground: Ground, person: int, body: int, when: When) -> None:
        if ground != Ground.PLACED:
            self._add(self.seat(person, body) == 0, when)
            return
        self._add(self.seat(person, body) == 1, when)
        if self.by_hand[person, body].is_head:
            self._add(self.head(person, body) == 1, when)

    def _ask_head(self, body: int, when: When) -> None:
        heads = [head for head in (self.head(one, body) for one in self.people) if not isinstance(head, int)]
        if len(heads) > 1:
            self._add(self._sum(heads) <= 1, when)
        for person in self.people:
            if not self.bodies[body].may_be_led_by(person):
                self._add(self.head(person, body) == 0, when)
        if self.bodies[body].needs_head:
            somebody = self.model.new_bool_var("")
            for person in self.people:
                self.model.add_implication(self.seat(person, body), somebody)
            self._add(self._sum(heads) >= 1, [*when, somebody])

    def _ask_rules(self, condition: Condition, when: When) -> None:
        several = self._asked[condition]
        rule = several[0][1].versions[0][0]
        is_plain = not rule.version and rule.from_size <= 0 and rule.family in OF_PEOPLE
        if condition.body is None and is_plain:
            for person in self.people:
                self._limit_everywhere(rule, person, when)
            return
        for body, one in several:
            self._ask_versions(body, one, when)

    def _ask_versions(self, body: NewBody, one: Asked, when: When) -> None:
        """All rules of one version, of which at least one holds for the size; or none of any version holds."""
        if len(one.versions) == 1:
            for rule in one.versions[0]:
                self._ask_rule(rule, body, when)
            return
        chosen = []
        for rules in one.versions:
            is_kept = self.model.new_bool_var("")
            chosen.append(is_kept)
            from_size = min(rule.from_size for rule in rules)
            if from_size > 0:
                self._add(self.size(body.key) >= from_size, [is_kept])
            for rule in rules:
                self._ask_rule(rule, body, [*when, is_kept])
        smallest = min(rule.from_size for rules in one.versions for rule in rules)
        if smallest > 0:
            is_small = self.model.new_bool_var("")
            chosen.append(is_small)
            self._add(self.size(body.key) <= smallest - 1, [is_small])
        either = self.model.add_bool_or(chosen)
        if when:
            either.only_enforce_if(when)

    def _ask_rule(self, rule: Rule, body: NewBody, when: When) -> None:
        if rule.from_size > 0:
            holds = self.model.new_bool_var("")
            self._add(self.size(body.key) <= rule.from_size - 1, [*when, ~holds])
            when = [*when, holds]
        if limited(rule, body):
            for person in self.people:
                here = self._counted(rule, person, body.key)
                if not isinstance(here, int):
                    self._add(self._elsewhere(rule, person) + self._places(rule, person) <= rule.most, [*when, here])
            return
        beside = (rule, body.sexes_before)
        if beside not in self._demands:
            self._demands[beside] = demands_of(rule, body, self.sitters, self.drafting.day)
        is_large: dict[Any, Any] = {}
        for demand in self._demands[beside]:
            self._ask_demand(demand, body.key, when, is_large)

    def _ask_demand(self, demand: Demand, body: int, when: When, is_large: dict[Any, Any]) -> None:
        number = self.number(body, demand.people)
        share, most_share = demand.least_share, demand.most_share
        if demand.least > 0:
            self._add(number >= demand.times * demand.least, when)
        if share is not None and demand.times == 1:
            self._add(number * share.denominator >= self.size(body) * share.numerator, when)
        elif share is not None:
            each = self.model.new_int_var(0, len(self.people) + 1, "")
            self._add(each * share.denominator >= self.size(body) * share.numerator, when)
            self._add(number >= each * demand.times, when)
        if demand.most is not None:
            self._add(number <= demand.most, when)
        if most_share is not None:
            # One is always allowed; more only where the share of the size is so much.
            if most_share not in is_large:
                is_large[most_share] = self.model.new_bool_var("")
            large = is_large[most_share]
            self._add(number * most_share.denominator <= self.size(body) * most_share.numerator, [*when, large])
            self._add(number <= 1, [*when, ~large])

    def _counted(self, rule: Rule, person: int, body: int) -> Any:
        return self.head(person, body) if rule.family == Family.HEADS else self.seat(person, body)

    def _places(self, rule: Rule, person: int) -> Any:
        return self._sum(self._counted(rule, person, body.key) for body in self.drafting.bodies if limited(rule, body))

    def _elsewhere(self, rule: Rule, person: int) -> int:
        loads = self.drafting.elsewhere.get(person, ())
        counted = [load for load in loads if load.leads or rule.family != Family.HEADS]
        return len({load.body for load in counted if not rule.kinds or load.kind in rule.kinds})

    def _limit_everywhere(self, rule: Rule, person: int, when: When) -> None:
        """Whoever has no counted place in the draft breaks nothing by what he does elsewhere."""
        if rule.most is not None:
            most = max(0, rule.most - self._elsewhere(rule, person))
            self._add(self._places(rule, person) <= most, when)

    # Aims

    def missing(self) -> Any:
        """Seats lacking to the least of each body."""
        lacking = []
        for body in self.drafting.bodies:
            if body.least:
                short = self.model.new_int_var(0, body.least, "")
                self.model.add(self.size(body.key) + short >= body.least)
                lacking.append(short)
        return self._sum(lacking)

    def points(self) -> Any:
        """The points of the wishes met."""
        terms = []
        for one in self.drafting.people:
            wished = [self.seat(one.person, key) for key in one.wishes]
            if wished:
                has_one = self.model.new_bool_var("")
                self.model.add_bool_or([*wished, ~has_one])
                terms += [points_of(rank) * seat for rank, seat in enumerate(wished, 1)]
                terms.append(FIRST_MET * has_one)
            for key in sorted(one.would_lead & self.bodies.keys()):
                if self.bodies[key].needs_head:
                    terms.append(LEADING_WISHED * self.head(one.person, key))
        return self._sum(terms)

    def evenness(self) -> Any:
        """What decides between equals."""
        brought = [self._brought(body, people) for body in self.drafting.bodies for people in self._wanted(body)]
        kept = [self.seat(*pair) for pair in sorted(self.drafting.before) if self._is_known(*pair)]
        loads = [term for person in self.people for term in self._load(person)]
        return WANTED * self._sum(brought) + BEFORE * self._sum(kept) - EVEN * self._sum(loads)

    def _is_known(self, person: int, body: int) -> bool:
        return person in self.people and body in self.bodies

    def _wanted(self, body: NewBody) -> Iterable[list[int]]:
        for language in sorted(body.languages):
            yield [one.person for one in self.drafting.people if language in one.sitter.languages]
        for committee in sorted(body.committees):
            yield [one.person for one in self.drafting.people if committee in one.committees]

    def _brought(self, body: NewBody, people: Sequence[int]) -> Any:
        is_brought = self.model.new_bool_var("")
        self.model.add_bool_or([*(self.seat(person, body.key) for person in people), ~is_brought])
        return is_brought

    def _load(self, person: int) -> list[Any]:
        """The cost of each body on top of others: it rises, so the cheaper steps are taken first."""
        steps = [self.model.new_bool_var("") for _body in range(self._most_places(person))]
        self.model.add(self._sum(steps) == self._sum(self.seat(person, key) for key in self.bodies))
        for lower, higher in pairwise(steps):
            self.model.add_implication(higher, lower)
        already = burden(self.drafting, person)
        return [(already + number) * step for number, step in enumerate(steps, 1)]

    def _most_places(self, person: int) -> int:
        """How many bodies somebody can get at most, as far as that is plain."""
        one = self.drafting.by_person[person]
        free = [key for key in self.bodies if key not in one.unwilling and (person, key) not in self.drafting.barred]
        found = [len(free)] if one.most_bodies is None else [len(free), one.most_bodies]
        for rule in self.drafting.rules:
            is_plain = rule.from_size <= 0 and not rule.version and not rule.kinds
            if rule.family == Family.SITS and rule.most is not None and is_plain and self._is_asked(rule):
                found.append(max(0, rule.most - self._elsewhere(rule, person)))
        return min(found)

    def _is_asked(self, rule: Rule) -> bool:
        return all(rule in rules_of(self.drafting, body) for body in self.drafting.bodies[:1])

    # Search

    def hint(self, placements: Sequence[Placement]) -> None:
        """The search looks near this draft first."""
        self.model.clear_hints()
        pairs: Mapping[tuple[int, int], Placement] = {(one.person, one.body): one for one in placements}
        for pair, seat in self.seats.items():
            self.model.add_hint(seat, pair in pairs)
        for pair, head in self.heads.items():
            self.model.add_hint(head, pair in pairs and pairs[pair].is_head)

    def hint_all(self, solver: Any) -> None:
        """The search begins with all that the solver found."""
        self.model.clear_hints()
        for index, value in enumerate(solver.response_proto.solution):
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def settled(self, placements: Sequence[Placement]) -> Any:
        """A copy of the model in which exactly the wishes met in this draft are met."""
        copy = self.model.clone()
        pairs = {(one.person, one.body) for one in placements}
        for one in self.drafting.people:
            for key in one.wishes:
                seat = copy.get_bool_var_from_proto_index(self.seat(one.person, key).index)
                copy.add(seat == int((one.person, key) in pairs))
        return copy

    def read(self, solver: Any) -> tuple[Placement, ...]:
        """The draft that the solver found."""
        return tuple(
            Placement(
                person, body, is_head=(person, body) in self.heads and solver.boolean_value(self.heads[person, body])
            )
            for (person, body), seat in self.seats.items()
            if solver.boolean_value(seat)
        )
