"""Deeds of meetings that touch several records, each in one transaction."""

from interparl.meetings.actions import (
    occupying,
)
from interparl.meetings.actions.peopling import (
    keep_item,
)
from interparl.meetings.actions.releasing import (
    release_list,
)
from interparl.meetings.actions.stages import (
    Moving,
    move_event,
    why_not_moved,
)

__all__ = [
    "Moving",
    "keep_item",
    "move_event",
    "occupying",
    "release_list",
    "why_not_moved",
]
