"""What of the rows under a record the public reads, and the one deed that makes it so for many of them.

A visit has thirty items of programme and forty people. Each row has a mark and a publication of its own (design 2.9);
here an officer ticks all that the public is to read, and one step lowers, publishes and withdraws what differs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from interparl.accounts.models import User
from interparl.accounts.roles import PUBLIC
from interparl.core.days import today
from interparl.core.kinds import Ref, every_record
from interparl.core.marks import rank
from interparl.core.reads import note_rows
from interparl.core.records import Record
from interparl.core.writing import Planned, change_many


@cache
def kinds_told_with(model: type[Record]) -> tuple[type[Record], ...]:
    """The kinds of row that the public page of such a record tells."""
    return tuple(
        other
        for other in every_record()
        if other.told_with_whole and other._meta.get_field(other.whole_field).related_model is model
    )


@dataclass(frozen=True)
class Told:
    """How one row stands with the public: ticked, read already, and what keeps it from being either."""

    row: Record
    may_change: bool
    may_lower: bool

    @property
    def ref(self) -> Ref:
        """Kind and key."""
        return self.row.record_kind(), self.row.pk

    @property
    def stands(self) -> str:
        """How it stands, in one word: a page that was made before it changed knows another."""
        return f"{self.row.mark}{'+' if self.is_ticked else ''}"

    @property
    def is_ticked(self) -> bool:
        """Whether it is public and published itself, today or on a day to come."""
        return self.row.mark == PUBLIC and self.row.published_on is not None

    @property
    def is_read(self) -> bool:
        """Whether the public reads it today: it, and all that it hangs on."""
        return is_public(self.row) and not self.against

    @property
    def against(self) -> str | Promise:
        """Why the public page would not tell it in any case; "" where it would."""
        return self.row.against_telling()

    @property
    def falls(self) -> bool:
        """Whether publishing it lowers its mark."""
        return rank(self.row.mark) > 0

    @property
    def can_be_ticked(self) -> bool:
        """Whether this reader may put it before the public."""
        return self.may_change and not self.against and (self.may_lower or not self.falls)

    @property
    def can_be_switched(self) -> bool:
        """Whether this reader may tick it, or untick it."""
        return self.may_change if self.is_ticked else self.can_be_ticked

    def waits_for(self) -> list[Ref]:
        """The records beside its whole that it hangs on and that the public does not read yet."""
        found = []
        for name in self.row.reads_through:
            if name == self.row.whole_field:
                continue
            above: Record | None = getattr(self.row, name)
            if above is not None and not is_public(above):
                found.append((above.record_kind(), above.pk))
        return found


def is_public(record: Record) -> bool:
    """Whether the public may know of a record today, by its marks and those of what it hangs on."""
    day = record.effective_published_on
    return record.effective_mark == PUBLIC and day is not None and day <= today()


def told_rows(record: Record, user: User) -> list[Told]:
    """The rows under the record that its public page may tell, those that this reader may know of; a query a kind."""
    may_lower = user.has_perm("core.lower_mark")
    found = []
    for model in kinds_told_with(type(record)):
        rows: Any = model._default_manager.filter(model.may_read(user), **{model.whole_field: record.pk})
        kept = list(rows.select_related(*model.reads_through).in_order())
        note_rows(kept)
        found += [Told(row, row.may_change(user), may_lower) for row in kept]
    return found


@dataclass(frozen=True)
class Wanted:
    """What was ticked, and how each row stood when that was shown; what stands otherwise now stays as it is."""

    rows: Sequence[Told]
    ticked: Collection[Ref]
    shown: Mapping[Ref, str]

    @cached_property
    def publish(self) -> list[Told]:
        """What is put before the public."""
        return [one for one in self._asked if one.ref in self.ticked and one.stands == self.shown[one.ref]]

    @cached_property
    def withdraw(self) -> list[Told]:
        """What is taken from it."""
        return [one for one in self._asked if one.ref not in self.ticked and one.stands == self.shown[one.ref]]

    @cached_property
    def moved(self) -> list[Told]:
        """What would have changed, had nobody else changed it meanwhile."""
        return [one for one in self._asked if one.stands != self.shown[one.ref]]

    @cached_property
    def _asked(self) -> list[Told]:
        """What stands otherwise than was ticked, of what this reader may switch and was shown."""
        others = (one for one in self.rows if one.is_ticked != (one.ref in self.ticked))
        return [one for one in others if one.can_be_switched and one.ref in self.shown]

    @property
    def needs_reason(self) -> bool:
        """Whether a mark falls or something is withdrawn: both are told why (design 2.9)."""
        return bool(self.withdraw) or any(one.falls for one in self.publish)


def put_before_the_public(wanted: Wanted, *, on: date, by: User, reason: str) -> None:
    """Lowers, publishes and withdraws what differs from what was wanted, all or nothing; raises Refused."""
    lowered = [_planned(one, mark=PUBLIC) for one in wanted.publish if one.falls]
    published = [_planned(one, published_on=on) for one in wanted.publish]
    withdrawn = [_planned(one, published_on=None) for one in wanted.withdraw]
    with transaction.atomic():
        change_many(lowered, by=by, verb="lowered", note=reason)
        change_many(published, by=by, verb="published", note=reason)
        change_many(withdrawn, by=by, verb="withdrawn", note=reason)


def _planned(one: Told, **values: object) -> Planned:
    return Planned(one.row, values, row=f"{one.row._meta.verbose_name} {one.row.pk}")
