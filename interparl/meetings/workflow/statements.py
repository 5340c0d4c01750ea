"""A statement is planned, then delivered or not delivered; what was noted by mistake is planned again.

The steps by which its text is cleared before are clearances that hang on it, and not states of its own; as long as one
of them is open it is not delivered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import ngettext, pgettext_lazy

from interparl.core.history import VERBS
from interparl.core.workflow import Asked, Move, Workflow
from interparl.core.writing import change
from interparl.meetings.models import Statement
from interparl.meetings.workflow.readiness import known_marks
from interparl.tasks.models import Clearance

VERBS.update(
    {
        "delivered": pgettext_lazy("statement", "delivered"),
        "not-delivered": pgettext_lazy("statement", "not delivered"),
        "planned-again": pgettext_lazy("statement", "planned again"),
    }
)
PERMISSION = "meetings.change_statement"
OPEN_STEPS = "open_steps"
PLANNED, DELIVERED, NOT_DELIVERED = Statement.State.PLANNED, Statement.State.DELIVERED, Statement.State.NOT_DELIVERED


def _to(state: str, verb: str) -> Any:
    def step(statement: Statement, asked: Asked) -> None:
        with change(statement, by=asked.by, verb=verb, note=asked.reason) as held:
            held.state = state

    return step


def _uncleared(statement: Statement) -> str:
    """How many steps are open; which and of whom is for those to read who may."""
    looked_at = statement.__dict__.get(OPEN_STEPS)
    number = _open_steps(statement, chains_of([statement])) if looked_at is None else looked_at
    words = ngettext(
        "%(number)s clearance of it is not given yet.", "%(number)s clearances of it are not given yet.", number
    )
    return words % {"number": number} if number else ""


def chains_of(statements: Sequence[Statement]) -> dict[int, list[Clearance]]:
    """By key the steps of each of these, for every reader; one query."""
    return Clearance.objects.chains(Statement.record_kind(), [statement.pk for statement in statements])


def look_at_clearances(statements: Sequence[Statement], chains: Mapping[int, Sequence[Clearance]]) -> None:
    """Notes on each of these how many of its steps are open, so that a list need not ask row by row."""
    for statement in statements:
        statement.__dict__[OPEN_STEPS] = _open_steps(statement, chains)


def _open_steps(statement: Statement, chains: Mapping[int, Sequence[Clearance]]) -> int:
    known = known_marks(statement)
    return sum(not one.is_passed and one.effective_mark in known for one in chains.get(statement.pk, ()))


statement_workflow: Workflow[Statement] = Workflow(
    state=lambda statement: statement.state,
    titles={state.value: state.label for state in Statement.State},
    moves=(
        Move(
            "deliver",
            pgettext_lazy("statement", "Delivered"),
            frozenset({PLANNED}),
            DELIVERED,
            PERMISSION,
            _to(DELIVERED, "delivered"),
            missing=_uncleared,
            is_usual=True,
        ),
        Move(
            "miss",
            pgettext_lazy("statement", "Not delivered"),
            frozenset({PLANNED}),
            NOT_DELIVERED,
            PERMISSION,
            _to(NOT_DELIVERED, "not-delivered"),
            needs_reason=True,
        ),
        Move(
            "plan",
            pgettext_lazy("statement", "Planned again"),
            frozenset({DELIVERED, NOT_DELIVERED}),
            PLANNED,
            PERMISSION,
            _to(PLANNED, "planned-again"),
            needs_reason=True,
        ),
    ),
)
