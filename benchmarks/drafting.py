"""How good drafts of compositions are, and how long they take: by members in turn, and by the solver."""

from __future__ import annotations

from time import perf_counter

from interparl.bodies.rules.choosing import first_come
from interparl.bodies.rules.drafting import Drafting
from interparl.bodies.rules.solving import is_installed, solve
from interparl.bodies.tests.parliaments import SMALL, parliament


def drafting_rows() -> list[str]:
    """The table: size, points and what no draft surpasses, how far that is, seconds; without a solver a part is empty.

    Points are comparable as both drafts leave no seat below the least empty and keep all rules; a row says so if not.
    """
    found = [
        "| members, bodies, seats | first come | s | solver | bound | distance | first come's distance | s |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    return [*found, *(_row(one) for one in (parliament(24, SMALL), parliament(), parliament(seed=6)))]


def _row(drafting: Drafting) -> str:
    began = perf_counter()
    plain = first_come(drafting)
    seconds = perf_counter() - began
    seats = sum(body.least for body in drafting.bodies)
    cells = [f"{len(drafting.people)}, {len(drafting.bodies)}, {seats}", f"{plain.value}", f"{seconds:.1f}"]
    if plain.broken or (plain.score and plain.score.missing):
        cells[1] += " (incomplete)"
    if not is_installed():
        return f"| {' | '.join([*cells, *[''] * 5])} |"
    began = perf_counter()
    best = solve(drafting)
    seconds = perf_counter() - began
    bound = best.bound or 0
    behind = f"{(bound - plain.value) / bound:.1%}" if bound else ""
    cells += [str(best.value), str(bound), f"{best.distance:.1%}", behind, f"{seconds:.0f}"]
    return f"| {' | '.join(cells)} |"
