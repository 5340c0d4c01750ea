"""A seat in an assembly is won in steps (design 2.20): appointed at home, notified, accepted or contested there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from interparl.bodies.models import Membership, Step
from interparl.core.workflow import Asked, Move, Workflow
from interparl.core.writing import change

PERMISSION = "bodies.change_membership"
START = "member"


def state_of(membership: Membership) -> str:
    """The last step taken; `member` before any."""
    last = membership.steps.order_by("taken_earliest", "pk").last()
    return last.kind if last else START


def _take(kind: str) -> Any:
    def take(membership: Membership, asked: Asked) -> None:
        step = Step(membership=membership)
        with change(step, by=asked.by, note=asked.reason) as held:
            held.kind = kind
            held.taken_on = asked.day.isoformat()
            held.mark, held.grade, held.published_on = membership.mark, membership.grade, membership.published_on

    return take


K = Step.Kind
membership_workflow: Workflow[Membership] = Workflow(
    state=state_of,
    titles={START: _("member"), **{kind.value: kind.label for kind in K}},
    moves=(
        Move("appoint", _("Appointed"), frozenset({START, K.ENDED}), K.APPOINTED, PERMISSION, _take(K.APPOINTED)),
        Move(
            "notify",
            _("Notified to the assembly"),
            frozenset({START, K.APPOINTED}),
            K.NOTIFIED,
            PERMISSION,
            _take(K.NOTIFIED),
            is_usual=True,
        ),
        Move(
            "accept",
            _("Accepted by the assembly"),
            frozenset({START, K.APPOINTED, K.NOTIFIED, K.CONTESTED}),
            K.ACCEPTED,
            PERMISSION,
            _take(K.ACCEPTED),
            is_usual=True,
        ),
        Move(
            "contest",
            _("Contested"),
            frozenset({K.NOTIFIED, K.ACCEPTED}),
            K.CONTESTED,
            PERMISSION,
            _take(K.CONTESTED),
            needs_reason=True,
        ),
        Move(
            "refuse",
            _("Refused by the assembly"),
            frozenset({K.NOTIFIED, K.CONTESTED}),
            K.REFUSED,
            PERMISSION,
            _take(K.REFUSED),
            needs_reason=True,
        ),
        Move(
            "finish",
            _("Seat ended"),
            frozenset({K.ACCEPTED, K.CONTESTED, K.REFUSED}),
            K.ENDED,
            PERMISSION,
            _take(K.ENDED),
            needs_reason=True,
        ),
    ),
)
