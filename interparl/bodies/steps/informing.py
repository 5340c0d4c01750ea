"""Who has to be told of a new convocation: each partner parliament, and each organisation the parliament belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.bodies.actions.letters import letters_to
from interparl.bodies.models import LetterDue
from interparl.core import hooks
from interparl.core.actors import Actor
from interparl.core.hooks import Becomes, Effect, add_step
from interparl.core.rights import Reader
from interparl.core.writing import Planned
from interparl.directory.models import Organisation, Parliament, Relation, Status
from interparl.directory.models.turning import turn_between

# Days from the first day of a convocation within which partners are told.
WITHIN = 30


def letters_fall_due(ending: int, beginning: int, reader: Reader) -> Sequence[Effect]:
    """A letter to every parliament that there are relations with, and to every organisation that grants a place."""
    turn = turn_between(ending, beginning, reader)
    relations = Relation.objects.visible_to(reader).on(turn.first_day)
    parliaments = Parliament.objects.visible_to(reader).filter(pk__in=relations.values("parliament")).order_by("pk")
    statuses = Status.objects.visible_to(reader).on(turn.first_day).filter(parliament=turn.ending.parliament_id)
    granted = statuses.exclude(status=Status.Kind.NONE)
    organisations = Organisation.objects.visible_to(reader).filter(pk__in=granted.values("organisation"))
    rows = letters_to(
        [*parliaments, *organisations.order_by("pk")],
        about=LetterDue.About.CONVOCATION,
        due_on=turn.first_day + timedelta(days=WITHIN),
        by=reader if isinstance(reader, User) else Actor.command("convocation"),
        on=turn.first_day,
        convocation=turn.beginning,
    )
    return [_drafted(plan) for plan in rows]


def _drafted(plan: Planned) -> Effect:
    addressee = plan.record.addressee  # type: ignore[attr-defined]
    return Effect(Becomes.DRAFTED, (addressee.record_kind(), addressee.pk), day=plan.record.due_on, planned=(plan,))  # type: ignore[attr-defined]


add_step(hooks.Step("letters", gettext_lazy("Letters due"), letters_fall_due, order=90))
