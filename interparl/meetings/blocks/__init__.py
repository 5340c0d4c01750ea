"""What meetings show on their own pages and on those of lower areas, as values."""

from interparl.meetings.blocks import (
    agenda,
    editions,
    outcomes,
    programme,
    series,
    statements,
    talks,
    texts,
)

__all__ = [
    "agenda",
    "editions",
    "outcomes",
    "programme",
    "series",
    "statements",
    "talks",
    "texts",
]
