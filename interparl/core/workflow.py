"""Steps from state to state as data: a table of moves, one address, one button (design 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.tables import Words
from interparl.core.writing import Refused

R = TypeVar("R", bound=Record)

NOT_FROM_HERE = _("“%(move)s” is not possible now.")
REASON_MISSING = _("Write the reason.")
OVERRIDE = "override"


@dataclass(frozen=True)
class Open:
    """What ought to be there before a move and is not: its name for the history, a sentence, how many there are."""

    name: str
    words: str
    number: int = 1

    @property
    def seen(self) -> str:
        """What a form carries of it: who overrides two does not override a third that came since."""
        return f"{self.name}:{self.number}"


@dataclass(frozen=True)
class Asked:
    """What comes with a move: who, the day it counts from, the reason.

    `seen` are the open conditions that he was shown and overrides (`Open.seen`): what stands in no form overrides none.
    `without` are the names of those that the move is made without, for `change`; `Workflow.make` fills it.
    """

    by: User
    day: date
    reason: str = ""
    seen: frozenset[str] = frozenset()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move(Generic[R]):
    """One step: from which states, to which, who may, what must be ready, whether a reason is asked, and the deed.

    Who may: the permission says it, and `may_do` of the record for `action`, which is "change", or a word of the
    record's own where others answer than those who change its fields. `do` writes through `change`; `missing` says what
    nobody goes on without ("" when nothing is), `awaits` what ought to be there and may be overridden: with a reason,
    by who may "override" the record. `consequence` is shown first: words, or what makes them of the record and its
    reader when they are shown.
    """

    name: str
    label: Words
    sources: frozenset[str]
    target: str
    permission: str
    do: Callable[[R, Asked], None]
    missing: Callable[[R], str] | None = None
    awaits: Callable[[R], Sequence[Open]] | None = None
    needs_reason: bool = False
    consequence: Words | Callable[[R, Reader], str] = ""
    is_usual: bool = False
    action: str = "change"

    def may_be_made_by(self, user: User, record: R) -> bool:
        """Whether this user may make the move with this record at all, as one of all or as his own to keep."""
        return user.rights.may_own(self.permission) and record.may_do(self.action, user)

    def refusal(self, record: R, awaited: Sequence[Open], user: User) -> str:
        """Why this user cannot make it now: what is missing, or what is awaited and is not his to override."""
        missing = self.missing(record) if self.missing else ""
        if missing or not awaited or record.may_do(OVERRIDE, user):
            return missing
        return " ".join(one.words for one in awaited)

    def awaited(self, record: R) -> Sequence[Open]:
        """What ought to be there first and is not."""
        return self.awaits(record) if self.awaits else ()


@dataclass(frozen=True)
class Offered:
    """A move as a page offers it: what is open is said, not hidden.

    `open_condition` is why it cannot be made, `awaited` what may be overridden with a reason.
    """

    name: str
    label: Words
    is_usual: bool
    needs_reason: bool
    consequence: Words
    open_condition: str
    awaited: Sequence[Open] = field(default=())

    @property
    def asks_for_reason(self) -> bool:
        """Whether it is made with a written reason only: always, or as things stand."""
        return self.needs_reason or bool(self.awaited)


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
        return [_offer(move, record, user) for move in sorted(mine, key=lambda move: not move.is_usual)]

    def make(self, name: str, record: R, asked: Asked) -> None:
        """Makes the move. Raises PermissionDenied, or Refused for state, conditions and a missing reason.

        Open conditions are overridden only as far as they were seen, so that no step of many at once does it silently.
        """
        move = next((move for move in self.moves if move.name == name), None)
        if move is None or not move.may_be_made_by(asked.by, record):
            raise PermissionDenied
        if self.state(record) not in move.sources:
            raise Refused(NOT_FROM_HERE, params={"move": str(move.label)})
        if move.needs_reason and not asked.reason.strip():
            raise Refused({"reason": [REASON_MISSING]})
        awaited = move.awaited(record)
        if why := move.refusal(record, awaited, asked.by):
            raise Refused(why)
        if any(one.seen not in asked.seen for one in awaited):
            raise Refused([one.words for one in awaited])
        if awaited and not asked.reason.strip():
            raise Refused({"reason": [REASON_MISSING]})
        move.do(record, replace(asked, without=tuple(one.name for one in awaited)))


def _offer(move: Move[R], record: R, user: User) -> Offered:
    """The move as this user is offered it."""
    awaited = move.awaited(record)
    why = move.refusal(record, awaited, user)
    return Offered(
        move.name,
        move.label,
        move.is_usual,
        move.needs_reason,
        lazy(move.consequence, str)(record, user) if callable(move.consequence) else move.consequence,
        why,
        () if why else tuple(awaited),
    )
