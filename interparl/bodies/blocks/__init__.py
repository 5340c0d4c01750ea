"""Blocks of bodies: the composition, a body over time, and the panels on every page that bodies belong to."""

from interparl.bodies.blocks import panels
from interparl.bodies.blocks.composition import (
    COMPOSITION,
    SEATS,
    accepted_on,
    composition,
    last_step,
    seat_rows,
    vacancies,
)
from interparl.bodies.blocks.over_time import change_days, changes_around, lineage, ruler_of

__all__ = [
    "COMPOSITION",
    "SEATS",
    "accepted_on",
    "change_days",
    "changes_around",
    "composition",
    "last_step",
    "lineage",
    "panels",
    "ruler_of",
    "seat_rows",
    "vacancies",
]
