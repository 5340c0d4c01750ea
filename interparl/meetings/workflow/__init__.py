"""How far an event came: the way of each kind, the moves along it, what is still open, by when each stage is due."""

from interparl.meetings.workflow.moves import event_workflow, state_of
from interparl.meetings.workflow.ways import is_over, planned_days, way_of

__all__ = ["event_workflow", "is_over", "planned_days", "state_of", "way_of"]
