"""How far an event came: the way of each kind, the moves along it, what is still open, by when each stage is due."""

from interparl.meetings.workflow.agenda import (
    agenda_workflow,
)
from interparl.meetings.workflow.moves import (
    event_workflow,
    state_of,
)
from interparl.meetings.workflow.statements import (
    statement_workflow,
)
from interparl.meetings.workflow.texts import (
    text_workflow,
)
from interparl.meetings.workflow.ways import (
    is_over,
    planned_days,
    way_of,
)

__all__ = [
    "agenda_workflow",
    "event_workflow",
    "is_over",
    "planned_days",
    "state_of",
    "statement_workflow",
    "text_workflow",
    "way_of",
]
