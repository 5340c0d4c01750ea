"""Steps from state to state as data: a table of moves, one address, one button (design 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Words
from interparl.core.writing import Refused

R = TypeVar("R", bound=Record)

NOT_FROM_HERE = _("“%(move)s” is not possible now.")
REASON_MISSING = _("Write the reason.")


@dataclass(frozen=True)
class Asked:
    """What comes with a move: who, the day it counts from, the reason."""

    by: User
    day: date
    reason: str = ""


@dataclass(frozen=True)
class Move(Generic[R]):
    """One step: from which states, to which, who may, what must be ready, whether a reason is asked, and the deed.

    Who may: the permission says it, and `may_do` of the record for `action`, which is "change", or a word of the
    record's own where others answer than those who change its fields. `do` writes through `change`; `missing` says what
    is still open ("" when nothing is); `consequence` is shown first.
    """

    name: str
    label: Words
    sources: frozenset[str]
    target: str
    permission: str
    do: Callable[[R, Asked], None]
    missing: Callable[[R], str] | None = None
    needs_reason: bool = False
    consequence: Words = ""
    is_usual: bool = False
    action: str = "change"

    def may_be_made_by(self, user: User, record: R) -> bool:
        """Whether this user may make the move with this record at all."""
        return user.has_perm(self.permission) and record.may_do(self.action, user)


@dataclass(frozen=True)
class Offered:
    """A move as a page offers it: what is open is said, not hidden."""

    name: str
    label: Words
    is_usual: bool
    needs_reason: bool
    consequence: Words
    open_condition: str


@dataclass(frozen=True)
class Workflow(Generic[R]):
    """The states of a kind of record and the moves between them."""

    state: Callable[[R], str]
    titles: dict[str, Words]
    moves: Sequence[Move[R]]

    def offered(self, record: R, user: Reader) -> list[Offered]:
        """The moves that this user may make now, the usual one first."""
        if not isinstance(user, User):
            return []
        now = self.state(record)
        mine = [move for move in self.moves if now in move.sources and move.may_be_made_by(user, record)]
        return [
            Offered(
                move.name,
                move.label,
                move.is_usual,
                move.needs_reason,
                move.consequence,
                move.missing(record) if move.missing else "",
            )
            for move in sorted(mine, key=lambda move: not move.is_usual)
        ]

    def make(self, name: str, record: R, asked: Asked) -> None:
        """Makes the move. Raises PermissionDenied, or Refused for state, conditions and a missing reason."""
        move = next((move for move in self.moves if move.name == name), None)
        if move is None or not move.may_be_made_by(asked.by, record):
            raise PermissionDenied
        if self.state(record) not in move.sources:
            raise Refused(NOT_FROM_HERE, params={"move": str(move.label)})
        if move.needs_reason and not asked.reason.strip():
            raise Refused({"reason": [REASON_MISSING]})
        if move.missing and (still_open := move.missing(record)):
            raise Refused(still_open)
        move.do(record, asked)
