"""Rules of the directory that need no database; each is used alike by forms and by imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from interparl.core.dates import Span


def surely_outside(span: Span, frames: Sequence[Span]) -> bool:
    """Whether the span certainly has a day that no frame can cover; with no frame known nothing can be said."""
    return bool(frames) and all(span.surely_leaves(frame) for frame in frames)


def terms_meet(one: Span, other: Span) -> bool:
    """Whether two terms certainly share a day; one with no end written is over when a later one begins.

    Of a term with no beginning written nothing can be said.
    """
    if one.since is None or other.since is None:
        return False
    begun = [span.since.latest or date.min for span in (one, other) if span.since]
    earlier = one if begun[0] <= begun[1] else other
    return (earlier.until is not None or begun[0] == begun[1]) and one.surely_meets(other)


def would_cycle(key: int | None, parent: int | None, parent_of: Mapping[int, int | None]) -> bool:
    """Whether giving this row that parent makes a ring; `parent_of` holds the stored parents."""
    seen: set[int] = set()
    at = parent
    while at is not None:
        if at == key or at in seen:
            return True
        seen.add(at)
        at = parent_of.get(at)
    return False


def full_name(given: str, patronymic: str, family: str) -> str:
    """A name in running order: surname last."""
    return " ".join(part for part in (given, patronymic, family) if part)


def register_name(given: str, patronymic: str, family: str) -> str:
    """A name as registers sort it: surname first."""
    return " ".join(part for part in (family, given, patronymic) if part)
