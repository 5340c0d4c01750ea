"""Deeds of meetings that touch several records, each in one transaction."""

from interparl.meetings.actions.peopling import keep_item
from interparl.meetings.actions.releasing import release_list

__all__ = ["keep_item", "release_list"]
