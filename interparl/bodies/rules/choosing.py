"""A draft without a solver: members in turn take the dearest of their wishes that can still be kept.

It is what a careful secretary would do by hand, and what a solver has to beat. Round by round each member takes one
more wish, as long as the body can still be completed by its rules; then the seats up to the least are filled with
whoever is needed and has least to do, heads are named, and what a rule still lacks is mended by exchanging people. It
never looks ahead further, so it can fail where a draft exists, and then says what it does not keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interparl.bodies.rules.composition import Family, Rule
from interparl.bodies.rules.demands import Demand, asked, demands_of, limited
from interparl.bodies.rules.drafting import Candidate, Drafting, NewBody, Placement, Proposal
from interparl.bodies.rules.judging import as_member, burden, proposed


class _Table:
    """What one rule demands, for each size at once."""

    def __init__(self, rule: Rule, demands: Sequence[Demand], most: int) -> None:
        self.from_size = rule.from_size
        sizes = range(most + 1)
        self.rows = [
            (one.people, [one.least_at(at) for at in sizes], [one.most_at(at) for at in sizes], one.times == 1)
            for one in demands
        ]
        people = [one.people for one in demands if one.times == 1]
        self.is_apart = sum(map(len, people)) == len(frozenset().union(*people))

    def strain(self, members: set[int], size: int) -> tuple[int, int]:
        """How many a composition of that size with these members would still lack, and has too many."""
        if size < self.from_size:
            return 0, 0
        largest = together = over = 0
        for people, least, most, is_single in self.rows:
            number = len(people & members)
            lack = max(0, least[size] - number)
            largest = max(largest, lack)
            together += lack if is_single else 0
            over += max(0, number - most[size])
        # Where groups lie apart, nobody makes up for what two of them lack.
        return max(largest, together if self.is_apart else 0), over


class _Limit:
    """A rule over what somebody does in several bodies: in which it counts, and how much is allowed."""

    def __init__(self, drafting: Drafting, rule: Rule, bodies: Iterable[NewBody]) -> None:
        self.leading = rule.family == Family.HEADS
        self.most = rule.most or 0
        self.where = {one.key for one in bodies if limited(rule, one)}
        self.counted = {one.key for one in drafting.bodies if limited(rule, one)}
        self.elsewhere = {
            person: len(
                {
                    load.body
                    for load in loads
                    if (load.leads or not self.leading) and (not rule.kinds or load.kind in rule.kinds)
                }
            )
            for person, loads in drafting.elsewhere.items()
        }

    def allows(self, person: int, body: int, taken: Iterable[int]) -> bool:
        """Whether somebody who has these bodies, or leads them, may have one more."""
        if body not in self.where:
            return True
        return self.elsewhere.get(person, 0) + sum(one in self.counted for one in taken) < self.most


class _Choosing:
    """The draft as far as it is made."""

    def __init__(self, drafting: Drafting, begun: Sequence[Placement]) -> None:
        self.drafting = drafting
        self.bodies = drafting.by_key
        self.people = drafting.by_person
        self.members: dict[int, dict[int, None]] = {key: {} for key in self.bodies}
        self.taken: dict[int, set[int]] = {person: set() for person in self.people}
        self.heads: dict[int, int] = {}
        self.led: dict[int, set[int]] = {person: set() for person in self.people}
        self.by_hand = {(one.person, one.body) for one in begun}
        self.tables: dict[int, list[_Table]] = {}
        self.limits: list[_Limit] = []
        self._read_rules()
        for one in begun:
            self.seat(one.person, one.body)
            if one.is_head:
                self.lead(one.person, one.body)

    def _read_rules(self) -> None:
        """Where several versions of a rule would do, the first is kept."""
        sitters = [as_member(one.sitter) for one in self.drafting.people]
        made: dict[tuple[Rule, tuple[bool | None, ...]], list[Demand]] = {}
        where: dict[Rule, list[NewBody]] = {}
        for key, body in self.bodies.items():
            self.tables[key] = []
            for rule in (rule for one in asked(self.drafting, body) for rule in one.versions[0]):
                if limited(rule, body):
                    where.setdefault(rule, []).append(body)
                beside = (rule, body.sexes_before)
                if beside not in made:
                    made[beside] = demands_of(rule, body, sitters, self.drafting.day)
                if made[beside]:
                    self.tables[key].append(_Table(rule, made[beside], max(body.most, len(sitters))))
        self.limits = [_Limit(self.drafting, rule, bodies) for rule, bodies in where.items()]

    def seat(self, person: int, body: int) -> None:
        self.members[body][person] = None
        self.taken[person].add(body)

    def unseat(self, person: int, body: int) -> None:
        del self.members[body][person]
        self.taken[person].discard(body)

    def lead(self, person: int, body: int) -> None:
        self.heads[body] = person
        self.led[person].add(body)

    def is_free(self, person: int, body: int) -> bool:
        """Whether nothing but the body's own rules and seats stands against the place."""
        one = self.people[person]
        taken = self.taken[person]
        if person in self.members[body] or body in one.unwilling or (person, body) in self.drafting.barred:
            return False
        if one.most_bodies is not None and len(taken) >= one.most_bodies:
            return False
        return all(limit.leading or limit.allows(person, body, taken) for limit in self.limits)

    def strain(self, members: set[int], body: int, size: int) -> tuple[int, int]:
        """What the rules of a body together lack, at the least, and have too many, at some size."""
        strains = [table.strain(members, size) for table in self.tables[body]]
        return max((lack for lack, _over in strains), default=0), sum(over for _lack, over in strains)

    def fits(self, person: int, body: int) -> bool:
        """Whether the body can, by numbers, still be completed with the person in it."""
        members = {*self.members[body], person}
        for size in range(max(len(members), self.bodies[body].least), self.bodies[body].most + 1):
            lack, over = self.strain(members, body, size)
            if not over and lack <= size - len(members):
                return True
        return False

    def choose(self) -> None:
        """Members in turn, one wish a round."""
        open_wishes = {one.person: list(one.wishes) for one in self.drafting.people}
        while any(open_wishes.values()):
            for person, wishes in open_wishes.items():
                while wishes:
                    body = wishes.pop(0)
                    if self.is_free(person, body) and self.fits(person, body):
                        self.seat(person, body)
                        break

    def fill(self) -> None:
        """The seats up to the least, with whoever is needed most and has least to do."""
        for key, body in self.bodies.items():
            while len(self.members[key]) < body.least:
                free = [one for one in self.people if self.is_free(one, key) and self.fits(one, key)]
                if not free:
                    break
                self.seat(min(free, key=lambda one: (self._lack_with(one, key), self._load(one))), key)

    def _lack_with(self, person: int, key: int) -> int:
        members = {*self.members[key], person}
        return sum(table.strain(members, max(self.bodies[key].least, len(members)))[0] for table in self.tables[key])

    def _load(self, person: int) -> int:
        return burden(self.drafting, person) + len(self.taken[person])

    def mend(self) -> None:
        """Exchanges people as long as that makes a body lack less of what its rules ask for."""
        for key in self.bodies:
            while self._tension(key, set(self.members[key])) and self._mend_one(key):
                pass

    def _tension(self, key: int, members: set[int]) -> int:
        return sum(sum(table.strain(members, len(members))) for table in self.tables[key])

    def _mend_one(self, key: int) -> bool:
        members = set(self.members[key])
        now = self._tension(key, members)
        free = [one for one in self.people if self.is_free(one, key)]
        if len(members) < self.bodies[key].most:
            for comer in free:
                if self._tension(key, members | {comer}) < now:
                    self.seat(comer, key)
                    return True
        for goer in reversed(self.members[key]):
            if (goer, key) not in self.by_hand:
                for comer in free:
                    if self._tension(key, (members - {goer}) | {comer}) < now:
                        self.unseat(goer, key)
                        self.seat(comer, key)
                        return True
        return False

    def name_heads(self) -> None:
        """Bodies with the fewest who may lead them first; whoever would like to, then whoever leads least."""
        waiting = [key for key, body in self.bodies.items() if body.needs_head and self.members[key]]
        waiting = [key for key in waiting if key not in self.heads]
        while waiting:
            may = {key: [one for one in self.members[key] if self.may_lead(one, key)] for key in waiting}
            key = min(waiting, key=lambda one: len(may[one]))
            waiting.remove(key)
            if may[key]:
                self.lead(min(may[key], key=lambda one: self._leading(one, key)), key)

    def may_lead(self, person: int, body: int) -> bool:
        """Whether he may be its head, and no rule over heads stands against it."""
        limits = (limit for limit in self.limits if limit.leading)
        return self.bodies[body].may_be_led_by(person) and all(
            limit.allows(person, body, self.led[person]) for limit in limits
        )

    def _leading(self, person: int, body: int) -> tuple[bool, bool, int]:
        one: Candidate = self.people[person]
        return body not in one.would_lead, body not in one.wishes, len(self.led[person])

    def placements(self) -> list[Placement]:
        return [
            Placement(person, key, is_head=self.heads.get(key) == person)
            for key, members in self.members.items()
            for person in members
        ]


def first_come(drafting: Drafting, begun: Sequence[Placement] | None = None) -> Proposal:
    """The draft that members make in turn, in the order given; its `broken` says what it does not keep.

    `begun`: a draft that they go on with, instead of what was placed by hand alone.
    """
    choosing = _Choosing(drafting, drafting.placed if begun is None else begun)
    choosing.choose()
    choosing.fill()
    choosing.mend()
    choosing.name_heads()
    return proposed(drafting, choosing.placements())
