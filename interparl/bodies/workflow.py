"""Steps of bodies: a seat in an assembly (design 2.20), a rule that becomes outdated, a letter that leaves, a draft."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.bodies.models import CompositionRule, Draft, LetterDue, Membership, Step
from interparl.core.dates import day_before
from interparl.core.days import today
from interparl.core.history import VERBS
from interparl.core.workflow import Asked, Move, Workflow
from interparl.core.writing import change

VERBS.update(
    {
        "outdated": _("marked as outdated"),
        "sent": pgettext_lazy("of a letter", "sent"),
        "dropped": pgettext_lazy("of a letter", "said not to be needed"),
        "set-aside": _("set aside"),
        "reopened": _("opened again"),
    }
)
PERMISSION = "bodies.change_membership"
RULES = "bodies.change_compositionrule"
LETTERS = "bodies.change_letterdue"
DRAFTS = "bodies.change_draft"
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

IN_FORCE, OUTDATED = "in-force", "outdated"


def _force_of(rule: CompositionRule) -> str:
    """Whether it may still hold today."""
    return OUTDATED if rule.until_latest is not None and rule.until_latest < today() else IN_FORCE


def _outdate(rule: CompositionRule, asked: Asked) -> None:
    with change(rule, by=asked.by, verb="outdated", note=asked.reason) as held:
        held.until = day_before(asked.day).isoformat()


composition_rule_workflow: Workflow[CompositionRule] = Workflow(
    state=_force_of,
    titles={IN_FORCE: _("in force"), OUTDATED: _("outdated")},
    moves=(Move("outdate", _("Outdated"), frozenset({IN_FORCE}), OUTDATED, RULES, _outdate, needs_reason=True),),
)


def _send(letter: LetterDue, asked: Asked) -> None:
    # The dispatch number stands on the letter as it was handed over, and the gate reads what is stored.
    number = letter.number
    with change(letter, by=asked.by, verb="sent", note=asked.reason) as held:
        held.state, held.settled_on, held.number = LetterDue.State.SENT, asked.day.isoformat(), number


def _drop(letter: LetterDue, asked: Asked) -> None:
    with change(letter, by=asked.by, verb="dropped", note=asked.reason) as held:
        held.state, held.settled_on = LetterDue.State.DROPPED, asked.day.isoformat()


def _reopen(letter: LetterDue, asked: Asked) -> None:
    with change(letter, by=asked.by, verb="reopened", note=asked.reason) as held:
        held.state, held.settled_on, held.number = LetterDue.State.DUE, "", ""


S = LetterDue.State
letter_workflow: Workflow[LetterDue] = Workflow(
    state=lambda letter: letter.state,
    titles={state.value: state.label for state in S},
    moves=(
        Move("send", _("Sent…"), frozenset({S.DUE}), S.SENT, LETTERS, _send, is_usual=True),
        Move(
            "drop",
            _("Not needed…"),
            frozenset({S.DUE}),
            S.DROPPED,
            LETTERS,
            _drop,
            needs_reason=True,
            consequence=_("Nobody is reminded of it any more. The reason is kept."),
        ),
        Move(
            "reopen",
            _("Due again…"),
            frozenset({S.SENT, S.DROPPED}),
            S.DUE,
            LETTERS,
            _reopen,
            needs_reason=True,
            consequence=_("It is due again, without day and number. Steps of seats that were noted with it stay."),
        ),
    ),
)

OPEN, ASIDE = Draft.State.OPEN, Draft.State.ASIDE


def _settle(state: str, verb: str) -> Any:
    def settle(draft: Draft, asked: Asked) -> None:
        with change(draft, by=asked.by, verb=verb, note=asked.reason) as held:
            held.state = state

    return settle


# What approves a draft is a decision, which a move does not take: see `actions.approving`.
draft_workflow: Workflow[Draft] = Workflow(
    state=lambda draft: draft.state,
    titles={state.value: state.label for state in Draft.State},
    moves=(
        Move(
            "set-aside",
            _("Set aside"),
            frozenset({OPEN}),
            ASIDE,
            DRAFTS,
            _settle(ASIDE, "set-aside"),
            needs_reason=True,
            consequence=_("Its places stay as they are. It can be opened again."),
        ),
        Move("reopen", _("Open again"), frozenset({ASIDE}), OPEN, DRAFTS, _settle(OPEN, "reopened")),
    ),
)
