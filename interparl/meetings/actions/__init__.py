"""What is done to meetings beyond a change of one record."""

from interparl.meetings.actions.stages import Moving, move_event, why_not_moved

__all__ = ["Moving", "move_event", "why_not_moved"]
