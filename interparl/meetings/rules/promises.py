"""Lines that begin with an arrow: promises."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """A promise."""

    number: int
    text: str


def promises_in(text: str) -> list[Promise]:
    """The lines that begin with an arrow."""
    return []
