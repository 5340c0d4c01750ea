"""What meetings show on their own pages and on those of lower areas, as values."""

from interparl.meetings.blocks import clashes

__all__ = ["clashes"]
