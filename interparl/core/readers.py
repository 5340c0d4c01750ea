"""Who may read a record today, by role and by name, and why: the rule of `core.rights`, told the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES, Role
from interparl.core.kinds import Ref
from interparl.core.records import Record
from interparl.core.rights import own_refs

Reach = Literal["every", "own", "none"]


@dataclass(frozen=True)
class Knower:
    """Somebody who may read the record: by which role, whether he holds it himself, and through which of his own."""

    user: User
    role: Role
    is_acting: bool
    through: tuple[Ref, ...] = ()

    @property
    def pk(self) -> int:
        """The user's key."""
        return self.user.pk


def view_of(kind: type[Record]) -> str:
    """The permission to open pages of that kind."""
    return f"{kind._meta.app_label}.view_{kind._meta.model_name}"


def reach_of(role: Role, record: Record) -> Reach:
    """Whether users of a role may read the record: every one, only those whose own it is, or none."""
    if not role.may(view_of(type(record))):
        return "none"
    if record.asked_through and not role.may(record.asked_through[1]):
        return "own" if record.effective_mark in role.marks | role.own_marks else "none"
    if record.effective_mark in role.marks:
        return "every"
    can_be_own = bool(record.own_through) or record.hangs_on_any or bool(record.own_like)
    return "own" if can_be_own and record.effective_mark in role.own_marks else "none"


def knowers_of(record: Record, users: Sequence[User]) -> list[Knower]:
    """Those of the users who may read the record today, in the order given."""
    return [found for user in users if (found := _knower(record, user)) is not None]


def _knower(record: Record, user: User) -> Knower | None:
    if not record.is_open_to(user) or not user.rights.may(view_of(type(record))):
        return None
    through = tuple(own_refs(record, user.standing.own))
    held = [ROLES[key] for key in dict.fromkeys((user.role, *user.standing.roles))]
    by_role = next((role for role in held if reach_of(role, record) == "every"), None)
    role = by_role or next((role for role in held if reach_of(role, record) == "own"), held[0])
    return Knower(user, role, role.key != user.role, () if by_role else through)
