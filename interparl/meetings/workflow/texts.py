"""A text of talks is a draft until both sides have agreed it; with a reason it becomes a draft again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.models import User
from interparl.core.history import VERBS
from interparl.core.workflow import Asked, Move, Workflow
from interparl.core.writing import change
from interparl.meetings.models import TalkText

VERBS.update(
    {
        "text-agreed": pgettext_lazy("text of talks", "agreed"),
        "text-reopened": pgettext_lazy("text of talks", "made a draft again"),
    }
)
PERMISSION = "meetings.change_talktext"
DRAFT, AGREED = TalkText.State.DRAFT, TalkText.State.AGREED


def agree(text: TalkText, on: str, *, by: User, note: str = "") -> None:
    """Sets a text to agreed from that day, which may be known only in part."""
    with change(text, by=by, verb="text-agreed", note=note) as held:
        held.state = AGREED
        held.agreed_on = on


def _agree(text: TalkText, asked: Asked) -> None:
    agree(text, asked.day.isoformat(), by=asked.by, note=asked.reason)


def _reopen(text: TalkText, asked: Asked) -> None:
    with change(text, by=asked.by, verb="text-reopened", note=asked.reason) as held:
        held.state = DRAFT
        held.agreed_on = ""


text_workflow: Workflow[TalkText] = Workflow(
    state=lambda text: text.state,
    titles={state.value: state.label for state in TalkText.State},
    moves=(
        Move(
            "agree",
            pgettext_lazy("text of talks", "Agreed"),
            frozenset({DRAFT}),
            AGREED,
            PERMISSION,
            _agree,
            is_usual=True,
            consequence=_("It counts as agreed from that day."),
        ),
        Move(
            "redraft",
            pgettext_lazy("text of talks", "Back to draft"),
            frozenset({AGREED}),
            DRAFT,
            PERMISSION,
            _reopen,
            needs_reason=True,
        ),
    ),
)
