"""The best draft, by a solver: OR-tools CP-SAT. The only file that knows it; all else works without (design 8.14).

Unknowns are whether a person sits in a body and whether he leads it. Whether anything is possible is asked first,
without an aim: one worker, no presolve, one assumption for each condition that can be dropped. If nothing is, the
conditions that the solver blames are dropped one by one as long as the rest is still impossible, and what is left is
named. Then the aims are asked one after the other, each with what the ones before it reached: missing seats, points of
the wishes, evenness. The draft made without a solver (`first_come`) is where the search begins; if our own check finds
nothing against it, the first question is answered already, so the draft proposed is never worse than that one.

The limit is in the solver's own measure of work done (its deterministic time), not in seconds: one worker, a fixed seed
and no clock, so the same input gets the same answer from the same version of OR-tools on the same kind of processor,
however slow or busy the machine. A unit is of the order of a second or two. Only what is hard uses the limit up: a
parliament of 174 members and 900 seats is done to the end with less than half of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module
from math import floor
from typing import Any

from interparl.bodies.rules.choosing import first_come
from interparl.bodies.rules.drafting import Answer, Condition, Drafting, Placement, Proposal
from interparl.bodies.rules.judging import proposed, score_of, violated
from interparl.bodies.rules.model import Model, conditions_of

LIMIT = 20.0
SEED = 1
# Of a limit: for the search that also shows how good a draft can be; the rest is for mending the draft it leaves.
EXACT = Fraction(2, 3)


class SolverMissing(RuntimeError):
    """OR-tools is not installed; drafting by hand works without it."""

    def __init__(self) -> None:
        super().__init__("Drafting by a solver needs OR-tools: pip install 'interparl[solver]'")


def is_installed() -> bool:
    """Whether a solver is there."""
    try:
        _solver_module()
    except SolverMissing:
        return False
    return True


def _solver_module() -> Any:
    """OR-tools, read when it is first needed: it is large, and may be missing."""
    try:
        return import_module("ortools.sat.python.cp_model")
    except ImportError as error:
        raise SolverMissing from error


@dataclass(frozen=True)
class _Answered:
    """What the solver said: FOUND with the placements, how much of the aim if it was asked for one, and the bound."""

    answer: Answer
    placements: tuple[Placement, ...] = ()
    value: int = 0
    bound: int | None = None
    is_optimal: bool = False
    blamed: tuple[Condition, ...] = ()
    work: float = 0.0


def solve(drafting: Drafting, *, limit: float = LIMIT) -> Proposal:
    """The best draft that is found within the limit, or the conditions that contradict each other.

    `limit`: of work for the wishes; the other questions get a part of it each, reducing a contradiction three times it.
    Raises SolverMissing without OR-tools.
    """
    cp = _solver_module()
    start: Sequence[Placement] | None = first_come(drafting).placements
    if violated(drafting, start or ()):
        first = _ask_whether(cp, drafting, limit)
        if first.answer == Answer.IMPOSSIBLE:
            return _contradiction(cp, drafting, first.blamed, limit)
        start = _gone_on(drafting, first.placements) if first.answer == Answer.FOUND else None
    return _best(cp, drafting, start, limit)


def _solver(cp: Any, limit: float) -> Any:
    """One worker, a fixed seed, a limit of work and none of time; a stopped server is not the solver's to catch."""
    solver = cp.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = max(0.1, limit)
    solver.parameters.catch_sigint_signal = False
    # All rules in the linear part: without it a parliament is not finished within the limit.
    solver.parameters.linearization_level = 2
    return solver


def _ask_whether(cp: Any, drafting: Drafting, limit: float) -> _Answered:
    """Whether any draft keeps all conditions; if none does, those that the solver blames."""
    model = Model(cp, drafting)
    conditions = conditions_of(drafting)
    assumed = [model.model.new_bool_var("") for _condition in conditions]
    for condition, literal in zip(conditions, assumed, strict=True):
        model.ask(condition, [literal])
    model.model.add_assumptions(assumed)
    solver = _solver(cp, limit)
    solver.parameters.cp_model_presolve = False
    status = solver.solve(model.model)
    if status == cp.INFEASIBLE:
        indices = set(solver.sufficient_assumptions_for_infeasibility())
        blamed = [one for one, literal in zip(conditions, assumed, strict=True) if literal.index in indices]
        return _Answered(Answer.IMPOSSIBLE, blamed=tuple(blamed or conditions))
    if status in (cp.OPTIMAL, cp.FEASIBLE):
        return _Answered(Answer.FOUND, model.read(solver))
    return _Answered(Answer.NOT_FOUND)


def _contradiction(cp: Any, drafting: Drafting, blamed: Sequence[Condition], limit: float) -> Proposal:
    """The blamed conditions without those that the contradiction does not need.

    Halves are dropped before single ones, for speed. What could not be decided within the limit stays.
    """
    kept, left = list(blamed), 3 * limit
    if _ask_whether_all(cp, drafting, kept, limit).answer != Answer.IMPOSSIBLE:
        # What is blamed is not enough, or it could not be shown again.
        kept = conditions_of(drafting)
    step = max(1, len(kept) // 2)
    while True:
        is_smallest, at = True, 0
        while at < len(kept):
            if left <= 0:
                return Proposal(Answer.IMPOSSIBLE, impossible=tuple(kept))
            rest = [*kept[:at], *kept[at + step :]]
            without = _ask_whether_all(cp, drafting, rest, left)
            left -= without.work
            if without.answer == Answer.IMPOSSIBLE:
                kept = rest
            else:
                is_smallest = is_smallest and without.answer == Answer.FOUND
                at += step
        if step == 1:
            return Proposal(Answer.IMPOSSIBLE, impossible=tuple(kept), is_smallest=is_smallest)
        step = step // 2


def _ask_whether_all(cp: Any, drafting: Drafting, conditions: Collection[Condition], limit: float) -> _Answered:
    """Whether a draft keeps these conditions, the others aside."""
    model = Model(cp, drafting)
    for condition in conditions:
        model.ask(condition, [])
    solver = _solver(cp, limit)
    status = solver.solve(model.model)
    work = solver.response_proto.deterministic_time
    if status == cp.INFEASIBLE:
        return _Answered(Answer.IMPOSSIBLE, work=work)
    is_found = status in (cp.OPTIMAL, cp.FEASIBLE)
    return _Answered(Answer.FOUND if is_found else Answer.NOT_FOUND, work=work)


def _gone_on(drafting: Drafting, placements: Sequence[Placement]) -> Sequence[Placement]:
    """The solver's first draft has hardly anybody in it; members go on with it in turn if that breaks nothing."""
    more = first_come(drafting, placements)
    return placements if more.broken else more.placements


def _best(cp: Any, drafting: Drafting, start: Sequence[Placement] | None, limit: float) -> Proposal:
    """The aims one after the other; of the draft begun from and those found, the best by our own score."""
    model = Model(cp, drafting)
    for condition in conditions_of(drafting):
        model.ask(condition, [])
    missing, points = model.missing(), model.points()
    search = _Search(cp, drafting, model, start)
    is_fullest = search.best is not None and score_of(drafting, search.best).missing == 0
    if not is_fullest:
        fullest = search.most(-missing, limit / 2)
        if fullest.answer == Answer.IMPOSSIBLE:
            return _contradiction(cp, drafting, conditions_of(drafting), limit)
        is_fullest = fullest.is_optimal
    if search.best is None:
        return Proposal(Answer.NOT_FOUND)
    model.model.add(missing <= score_of(drafting, search.best).missing)
    wishes = search.most(points, limit)
    score = score_of(drafting, search.best)
    model.model.add(missing <= score.missing)
    model.model.add(points >= score.points)
    evenness = model.evenness()
    # With the wishes as they are now the rest is soon arranged; that is where the whole question begins.
    search.most(evenness, limit / 4, settled=search.best)
    even = search.most(evenness, limit / 2)
    is_optimal = is_fullest and wishes.is_optimal and even.is_optimal
    return proposed(drafting, search.best, bound=wishes.bound if is_fullest else None, is_optimal=is_optimal)


class _Search:
    """The best draft so far, by our own score."""

    def __init__(self, cp: Any, drafting: Drafting, model: Model, start: Sequence[Placement] | None) -> None:
        self.cp = cp
        self.drafting = drafting
        self.model = model
        self.best = start

    def most(self, aim: Any, limit: float, *, settled: Sequence[Placement] | None = None) -> _Answered:
        """As much of the aim as is found within the limit, with what nothing surpasses.

        First exactly; if that does not come to an end, parts of the best draft are loosened and arranged anew.
        `settled`: only of drafts that meet the same wishes as this one.
        """
        self.model.model.clear_objective()
        self.model.model.maximize(aim)
        exact = self._ask(limit * float(EXACT), settled, is_exact=True)
        if exact.is_optimal or exact.answer == Answer.IMPOSSIBLE or self.best is None:
            return exact
        mended = self._ask(limit - exact.work, settled, is_exact=False)
        found = mended if mended.answer == Answer.FOUND else exact
        is_optimal = exact.bound is not None and found.answer == Answer.FOUND and found.value >= exact.bound
        return replace(found, bound=exact.bound, is_optimal=is_optimal)

    def _ask(self, limit: float, settled: Sequence[Placement] | None, *, is_exact: bool) -> _Answered:
        if self.best is not None:
            self._begin_from(self.best)
        solver = _solver(self.cp, limit)
        if not is_exact:
            # One worker that takes turns, so still the same each time.
            solver.parameters.interleave_search = True
            solver.parameters.use_lns_only = True
        status = solver.solve(self.model.model if settled is None else self.model.settled(settled))
        work = solver.response_proto.deterministic_time
        if status == self.cp.INFEASIBLE:
            return _Answered(Answer.IMPOSSIBLE, work=work)
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            # Then what it calls its bound says nothing.
            return _Answered(Answer.NOT_FOUND, work=work)
        found = self.model.read(solver)
        if self.best is None or score_of(self.drafting, found).order > score_of(self.drafting, self.best).order:
            self.best = found
        value, bound = round(solver.objective_value), floor(solver.best_objective_bound + 1e-6)
        return _Answered(Answer.FOUND, found, value, bound, status == self.cp.OPTIMAL, work=work)

    def _begin_from(self, start: Sequence[Placement]) -> None:
        """The search begins with this draft: what the helping unknowns are in it, the solver finds at once."""
        self.model.hint(start)
        solver = _solver(self.cp, LIMIT)
        solver.parameters.fix_variables_to_their_hinted_value = True
        if solver.solve(self.model.model) in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            self.model.hint_all(solver)
