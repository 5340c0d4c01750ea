"""Blocks of bodies: the composition, a body over time, and the panels on every page that bodies belong to."""

from interparl.bodies.blocks import (
    editions,
    handing_over,
    letters,
    looked,
    organs,
    panels,
    rules,
    their_change,
    turning,
)
from interparl.bodies.blocks.composition import (
    COMPOSITION,
    SEATS,
    accepted_on,
    composition,
    last_step,
    seat_rows,
    vacancies,
)
from interparl.bodies.blocks.freezing import (
    changes_since,
    frozen_composition,
)
from interparl.bodies.blocks.over_time import (
    change_days,
    changes_around,
    lineage,
    ruler_of,
)

__all__ = [
    "COMPOSITION",
    "SEATS",
    "accepted_on",
    "change_days",
    "changes_around",
    "changes_since",
    "composition",
    "editions",
    "frozen_composition",
    "handing_over",
    "last_step",
    "letters",
    "lineage",
    "looked",
    "organs",
    "panels",
    "ruler_of",
    "rules",
    "seat_rows",
    "their_change",
    "turning",
    "vacancies",
]
