"""A statement is planned, then delivered or not delivered; what was noted by mistake is planned again.

The steps by which its text is cleared before are clearances that hang on it, and not states of its own.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from interparl.core.history import VERBS
from interparl.core.workflow import Asked, Move, Workflow
from interparl.core.writing import change
from interparl.meetings.models import Statement

VERBS.update(
    {
        "delivered": pgettext_lazy("statement", "delivered"),
        "not-delivered": pgettext_lazy("statement", "not delivered"),
        "planned-again": pgettext_lazy("statement", "planned again"),
    }
)
PERMISSION = "meetings.change_statement"
PLANNED, DELIVERED, NOT_DELIVERED = Statement.State.PLANNED, Statement.State.DELIVERED, Statement.State.NOT_DELIVERED


def _to(state: str, verb: str) -> Any:
    def step(statement: Statement, asked: Asked) -> None:
        with change(statement, by=asked.by, verb=verb, note=asked.reason) as held:
            held.state = state

    return step


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
