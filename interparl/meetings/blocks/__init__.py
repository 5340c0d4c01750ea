"""What meetings show on their own pages and on those of lower areas, as values."""

from interparl.meetings.blocks import composing, contacts, people

__all__ = ["composing", "contacts", "people"]
