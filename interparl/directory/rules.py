"""Rules of the directory that need no database; each is used alike by forms and by imports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interparl.core.dates import Span


def surely_outside(span: Span, frames: Sequence[Span]) -> bool:
    """Whether the span certainly has a day that no frame can cover; with no frame known nothing can be said."""
    return bool(frames) and all(span.surely_leaves(frame) for frame in frames)


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
