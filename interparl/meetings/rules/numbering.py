"""Numbers of an agenda by place: 1, 1.1, 1.2, 2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placed:
    """Where an item stands: its key, its number as printed, how many stand above it, and the one right above."""

    key: int
    number: str
    depth: int
    parent: int | None


def placed(rows: Iterable[tuple[int, int | None]]) -> list[Placed]:
    """Items in the order of print, each with its number; rows are (key, key of the one above), in the given order.

    An item whose upper one is not among the rows stands at the top, so that nothing is lost; items that stand under
    themselves do so too, the first of them on top.
    """
    given = list(rows)
    keys = {key for key, _parent in given}
    below: dict[int | None, list[int]] = {}
    for key, parent in given:
        below.setdefault(parent if parent in keys and parent != key else None, []).append(key)
    found: list[Placed] = []
    seen: set[int] = set()
    _place(below, None, "", 0, found, seen)
    for key, _parent in given:
        if key not in seen:
            seen.add(key)
            number = str(sum(1 for one in found if one.depth == 0) + 1)
            found.append(Placed(key, number, 0, None))
            _place(below, key, f"{number}.", 1, found, seen)
    return found


def _place(
    below: dict[int | None, list[int]], parent: int | None, before: str, depth: int, found: list[Placed], seen: set[int]
) -> None:
    position = 0
    for key in below.get(parent, ()):
        if key in seen:
            continue
        seen.add(key)
        position += 1
        found.append(Placed(key, f"{before}{position}", depth, parent))
        _place(below, key, f"{before}{position}.", depth + 1, found, seen)


def parents(depths: Sequence[int]) -> list[int | None]:
    """For each line of an outline the position of the line above it; a line that jumps in stands under the last one."""
    found: list[int | None] = []
    path: list[int] = []
    for position, depth in enumerate(depths):
        del path[max(0, depth) :]
        found.append(path[-1] if path else None)
        path.append(position)
    return found


def spread(taken: Sequence[int], number: int) -> list[int]:
    """So many numbers that rise, for items that stand beside others which keep theirs.

    Those that are there already, in order, are used again as far as they rise; further ones follow the last.
    """
    slots = sorted(taken)
    found: list[int] = []
    for position in range(number):
        least = found[-1] + 1 if found else 1
        found.append(max(slots[position], least) if position < len(slots) else least)
    return found


STEPS = ("up", "down", "in", "out")


def stepped(depths: Sequence[int], position: int, step: str) -> list[tuple[int, int]]:
    """An outline after one step of a line and of all that stands under it: (which line, how far in) from the top.

    Up and down pass the neighbour with what stands under it; in goes under the one before, out beside the one above.
    A step that is not possible changes nothing.
    """
    same = list(enumerate(depths))
    if step not in STEPS or not 0 <= position < len(same):
        return same
    end = _end(depths, position)
    depth = depths[position]
    if step in ("in", "out"):
        by = 1 if step == "in" else -1
        most = depths[position - 1] + 1 if position else 0
        if not 0 <= depth + by <= most:
            return same
        return [*same[:position], *((at, own + by) for at, own in same[position:end]), *same[end:]]
    if step == "up":
        before = _before(depths, position)
        return same if before is None else [*same[:before], *same[position:end], *same[before:position], *same[end:]]
    if end >= len(same) or depths[end] != depth:
        return same
    after = _end(depths, end)
    return [*same[:position], *same[end:after], *same[position:end], *same[after:]]


def _end(depths: Sequence[int], position: int) -> int:
    """The line after all that stands under this one."""
    end = position + 1
    while end < len(depths) and depths[end] > depths[position]:
        end += 1
    return end


def _before(depths: Sequence[int], position: int) -> int | None:
    """The neighbour before, under the same upper line; None for the first one."""
    for at in range(position - 1, -1, -1):
        if depths[at] == depths[position]:
            return at
        if depths[at] < depths[position]:
            return None
    return None
