"""What meetings show on their own pages and on those of lower areas, as values."""

from interparl.meetings.blocks import agenda, outcomes, series, statements, talks, texts

__all__ = ["agenda", "outcomes", "series", "statements", "talks", "texts"]
