"""The change of convocation as one deed: looked at, done, taken back (design 2.3; domain 1.5, 8.1).

What happens is said by the steps that every area hangs here (`core.hooks.Step`). The page that asks and the deed that
is done find the same things: their digest says whether anything has moved in between.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.core.history import VERBS
from interparl.core.hooks import Becomes, Effect, Step, every_step
from interparl.core.rights import Reader
from interparl.core.writing import Planned, Refused, plain, values_of
from interparl.directory.models import Convocation
from interparl.directory.models.turning import Turn, turn_to
from interparl.exchange.actions import DEEDS, Deed, about, written_as_batch
from interparl.exchange.actions.deeds import subject_of
from interparl.exchange.models import Batch

DEED = "convocation"
PERMISSION = "bodies.turn_convocation"
DEEDS[DEED] = Deed(gettext_lazy("Change of convocation"), PERMISSION)
VERBS.update({DEED: gettext_lazy("changed with the convocation")})


@dataclass(frozen=True)
class Found:
    """What one step would do."""

    step: Step
    effects: Sequence[Effect]


@dataclass(frozen=True)
class Change:
    """All that the change to a convocation would do, as far as one reader may know of it."""

    turn: Turn
    found: Sequence[Found]

    def of(self, becomes: Becomes) -> Iterator[Effect]:
        """What becomes so, in the order of the steps."""
        return (effect for one in self.found for effect in one.effects if effect.becomes == becomes)

    @property
    def advised(self) -> frozenset[str]:
        """The keys of what is ticked beforehand."""
        return frozenset(effect.key for effect in self.of(Becomes.PROPOSED) if effect.offered and effect.is_advised)

    @cached_property
    def digest(self) -> str:
        """Of all that would be written and offered; texts of new rows and what is only said leave it alone."""
        told = [
            (one.step.key, effect.becomes, effect.key, effect.offered, [_row(plan) for plan in effect.planned])
            for one in self.found
            for effect in one.effects
        ]
        return sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _row(plan: Planned) -> list[Any]:
    """What tells a row to write: the values to set; of a new one all but the texts, which hang on no other record."""
    values = {name: plain(value) for name, value in plan.values.items()}
    if plan.record.pk is None:
        values |= {name: value for name, value in values_of(plan.record).items() if not isinstance(value, dict)}
    return [plan.record.record_kind(), plan.record.pk, values]


def change_to(beginning: Convocation, reader: Reader) -> Change:
    """What the change to this convocation would do; raises NotReady. Nothing is written."""
    turn = turn_to(beginning, reader)
    keys = turn.ending.pk, turn.beginning.pk
    return Change(turn, [Found(step, step.find(*keys, reader)) for step in every_step()])


def done_by(beginning: Convocation) -> Batch | None:
    """The batch that made the change to this convocation, unless it was taken back."""
    name = about(beginning.record_kind(), beginning.pk)
    return Batch.objects.filter(kind=DEED, name=name, state=Batch.State.APPLIED).order_by("pk").last()


def turned() -> frozenset[int]:
    """The keys of the convocations to which the change was made, and not taken back."""
    made = Batch.objects.filter(kind=DEED, state=Batch.State.APPLIED)
    return frozenset(subject[1] for batch in made.only("name", "kind", "undoes") if (subject := subject_of(batch)))


def turn_convocation(beginning: Convocation, *, ticked: Collection[str], seen: str, by: User, note: str = "") -> Batch:
    """Makes the change as one batch, with the proposals that were ticked (keys of effects); `undo` takes it back.

    `seen` is the digest of what was shown. Raises NotReady and Refused, with nothing written.
    """
    with transaction.atomic():
        held = Convocation.objects.select_for_update().get(pk=beginning.pk)
        if (batch := done_by(held)) is not None:
            raise Refused(_("This change was made already, as No. %(number)s.") % {"number": batch.pk})
        change = change_to(held, by)
        if change.digest != seen:
            raise Refused(_("Something has changed since this page was shown. Look at it again."))
        planned = by_kind(_planned(change, frozenset(ticked), by))
        return written_as_batch(
            DEED, about(held.record_kind(), held.pk), planned, by=by, verb=DEED, note=note, counts=_counts(change)
        )


def by_kind(rows: Iterable[Planned]) -> list[Planned]:
    """The rows of each kind together, the kinds in the order in which they first come: so few are written at a time."""
    found: dict[type, list[Planned]] = {}
    for row in rows:
        found.setdefault(type(row.record), []).append(row)
    return [row for several in found.values() for row in several]


def _planned(change: Change, ticked: Collection[str], reader: Reader) -> Iterator[Planned]:
    for one in change.found:
        for effect in one.effects:
            yield from effect.planned
        if one.step.write is not None:
            chosen = [effect for effect in one.effects if effect.offered and effect.key in ticked]
            yield from one.step.write(change.turn.ending.pk, change.turn.beginning.pk, reader, chosen)


def _counts(change: Change) -> dict[str, int]:
    return {becomes.value: sum(1 for _effect in change.of(becomes)) for becomes in Becomes}
