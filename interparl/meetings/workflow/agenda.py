"""An item of an agenda is dealt with, deferred, closed or dropped; closing one that approves minutes approves them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.core.history import VERBS
from interparl.core.workflow import Asked, Move, Workflow
from interparl.core.writing import change
from interparl.meetings.models import AgendaItem, TalkText
from interparl.meetings.workflow import texts

VERBS.update(
    {
        "item-discussed": pgettext_lazy("item of an agenda", "discussed"),
        "item-deferred": pgettext_lazy("item of an agenda", "deferred"),
        "item-closed": pgettext_lazy("item of an agenda", "closed"),
        "item-dropped": pgettext_lazy("item of an agenda", "dropped"),
        "item-reopened": pgettext_lazy("item of an agenda", "opened again"),
    }
)
PERMISSION = "meetings.change_agendaitem"
State = AgendaItem.State
OPEN, DISCUSSED, DEFERRED, CLOSED, DROPPED = (
    State.OPEN,
    State.DISCUSSED,
    State.DEFERRED,
    State.CLOSED,
    State.DROPPED,
)


def _waits(item: AgendaItem) -> str:
    """Why an item cannot be dealt with: it stands on the agenda of no event yet."""
    return "" if item.event_id else gettext("It waits in a series. It is dealt with at a sitting.")


def _to(state: str, verb: str) -> Any:
    def step(item: AgendaItem, asked: Asked) -> None:
        with change(item, by=asked.by, verb=verb, note=asked.reason) as held:
            held.state = state

    return step


def _close(item: AgendaItem, asked: Asked) -> None:
    """Closes it; the minutes that it approves become agreed on the day of its event, in the same transaction.

    Minutes that the reader may not know of stay as they are: nobody agrees to what he cannot read.
    """
    with transaction.atomic():
        with change(item, by=asked.by, verb="item-closed", note=asked.reason) as held:
            held.state = CLOSED
        if item.approves_id is None or item.event is None:
            return
        drafts = TalkText.objects.visible_to(asked.by).filter(
            event=item.approves_id, kind=TalkText.Kind.MINUTES, state=TalkText.State.DRAFT
        )
        for text in drafts.order_by("pk"):
            texts.agree(text, item.event.since or asked.day.isoformat(), by=asked.by)


agenda_workflow: Workflow[AgendaItem] = Workflow(
    state=lambda item: item.state,
    titles={state.value: state.label for state in State},
    moves=(
        Move(
            "discuss",
            pgettext_lazy("item of an agenda", "Discussed"),
            frozenset({OPEN, DEFERRED}),
            DISCUSSED,
            PERMISSION,
            _to(DISCUSSED, "item-discussed"),
            missing=_waits,
            is_usual=True,
        ),
        Move(
            "close",
            pgettext_lazy("item of an agenda", "Close"),
            frozenset({OPEN, DISCUSSED}),
            CLOSED,
            PERMISSION,
            _close,
            missing=_waits,
            is_usual=True,
            consequence=_("Minutes that the item approves become agreed on the day of this sitting."),
        ),
        Move(
            "defer",
            pgettext_lazy("item of an agenda", "Defer"),
            frozenset({OPEN, DISCUSSED}),
            DEFERRED,
            PERMISSION,
            _to(DEFERRED, "item-deferred"),
            missing=_waits,
            needs_reason=True,
        ),
        Move(
            "drop",
            pgettext_lazy("item of an agenda", "Drop"),
            frozenset({OPEN, DISCUSSED, DEFERRED}),
            DROPPED,
            PERMISSION,
            _to(DROPPED, "item-dropped"),
            needs_reason=True,
        ),
        Move(
            "reopen",
            pgettext_lazy("item of an agenda", "Reopen"),
            frozenset({DISCUSSED, DEFERRED, CLOSED, DROPPED}),
            OPEN,
            PERMISSION,
            _to(OPEN, "item-reopened"),
            needs_reason=True,
            consequence=_("Minutes that were agreed by it stay agreed."),
        ),
    ),
)
