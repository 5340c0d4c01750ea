"""What is counted of bodies: the load of people, and how active bodies are."""

from interparl.bodies.measures import activity
from interparl.bodies.measures.loads import (
    EVERYTHING,
    GROUPS,
    Load,
    Scope,
    Sum,
    distribution,
    loads,
    seats_in,
    summed,
    sums,
)

__all__ = [
    "EVERYTHING",
    "GROUPS",
    "Load",
    "Scope",
    "Sum",
    "activity",
    "distribution",
    "loads",
    "seats_in",
    "summed",
    "sums",
]
