"""Writes of meetings that mean more than “edited” or touch several records."""

from interparl.meetings.actions import occupying

__all__ = ["occupying"]
