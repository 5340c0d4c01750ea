"""Reciprocity: who visited whom last, at which level, and whose turn it is.

Who was visited owes a visit. After an incoming visit it is our turn to go, after an outgoing one theirs to come; a
visit each way on one day leaves nobody in debt, and so does no visit at all. Levels do not change whose turn it is:
a visit of a committee answers one of a speaker; they are shown, so that people judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Visit:
    """A visit between two sides: "in" when they came; `level` is the rank of who led it, 1 the highest."""

    day: date
    direction: Literal["in", "out"]
    level: int


@dataclass(frozen=True)
class Turn:
    """Whose turn it is to visit ("" nobody's), the last visit each way, and how many more came in than went out."""

    whose: Literal["ours", "theirs", ""]
    last_in: Visit | None
    last_out: Visit | None
    balance: int


def turn(visits: Sequence[Visit]) -> Turn:
    """Whose turn it is to visit after all these visits, in whatever order.

    Of several on the last day each way the one of the highest level counts as the last.
    """
    incoming = [visit for visit in visits if visit.direction == "in"]
    outgoing = [visit for visit in visits if visit.direction == "out"]
    last_in, last_out = _last(incoming), _last(outgoing)
    return Turn(_whose(last_in, last_out), last_in, last_out, len(incoming) - len(outgoing))


def _last(visits: Iterable[Visit]) -> Visit | None:
    return max(visits, key=lambda visit: (visit.day, -visit.level), default=None)


def _whose(last_in: Visit | None, last_out: Visit | None) -> Literal["ours", "theirs", ""]:
    came, went = (visit.day if visit else date.min for visit in (last_in, last_out))
    if came == went:
        return ""
    return "ours" if came > went else "theirs"
