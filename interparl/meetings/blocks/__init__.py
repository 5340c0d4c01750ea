"""What meetings show on their own pages and on those of lower areas, as values."""

from interparl.meetings.blocks import (
    agenda,
    clashes,
    composing,
    contacts,
    editions,
    margins,
    numbers,
    outcomes,
    people,
    programme,
    series,
    statements,
    talks,
    tasks,
    texts,
)

__all__ = [
    "agenda",
    "clashes",
    "composing",
    "contacts",
    "editions",
    "margins",
    "numbers",
    "outcomes",
    "people",
    "programme",
    "series",
    "statements",
    "talks",
    "tasks",
    "texts",
]
