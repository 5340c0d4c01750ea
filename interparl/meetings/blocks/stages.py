"""How far an event came, as values: the bar of its stages, and the card with the next step and the ways out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.core.dates import PartialDate
from interparl.core.days import today
from interparl.core.formats import write_day, write_number, write_partial
from interparl.core.kinds import Ref
from interparl.core.models import Entry
from interparl.core.page_parts import address_of_move
from interparl.core.rights import Reader
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action
from interparl.core.templatetags.ui_parts import Stage as Shown
from interparl.core.workflow import Offered
from interparl.core.writing import without_words
from interparl.meetings.models import Event, Kind, Stage, StageDay
from interparl.meetings.models.kinds import OFF
from interparl.meetings.workflow import event_workflow, planned_days, way_of
from interparl.meetings.workflow.moves import verb_of
from interparl.meetings.workflow.readiness import AWAITED
from interparl.meetings.workflow.ways import DUE_FIRST, DUE_LAST, LANDMARKS

# What ends an event without its having taken place is outlined in red, at the end of the card.
GRAVE = frozenset({"cancel"})
APPROVING = "approve"
LAST = ("return", "decline", "refuse", "revive", "reopen", "restart", "postpone", "cancel")


class StageBar:
    """The stages of an event as a page shows them to a reader: those of its way that matter, and where it stands."""

    def __init__(self, event: Event, reading: Reading) -> None:
        self.event, self.reading = event, reading
        self.way = way_of(event.kind)
        rows = StageDay.objects.visible_to(reading.user).filter(event=event)
        self.rows = {row.stage: row for row in rows}
        self.due = planned_days(event)

    @property
    def shown(self) -> list[Shown]:
        """The bar, in order; one that will not take place ends in red after what was done."""
        event = self.event
        stood = event.stage_before if event.stage in (*OFF, Stage.POSTPONED) else event.stage
        at = self.way.index(Stage(stood)) if stood in self.way else -1
        if event.stage in OFF:
            passed = [self._passed(stage) for stage in self._landmarks(stood) if self.way.index(stage) <= at]
            return [*passed, Shown(self._label(event.stage), "cancelled", self._since(event.stage))]
        found = []
        for stage in self._landmarks(stood):
            place = self.way.index(stage)
            if place < at or (place == at and event.stage == Stage.CLOSED):
                found.append(self._passed(stage))
            elif place == at and event.stage != Stage.POSTPONED:
                found.append(Shown(self._label(stage), "now", self._since(stage)))
            elif place == at:
                found.append(Shown(self._label(Stage.POSTPONED), "now", self._since(Stage.POSTPONED)))
            else:
                found.append(self._to_come(stage))
        if at < 0:
            found.insert(0, Shown(self._label(event.stage), "now", self._since(event.stage)))
        return found

    def due_words(self, stage: str) -> tuple[str, bool]:
        """By when a stage is due, as it was planned or by default, and whether that day is past."""
        row, language = self.rows.get(stage), self.reading.language
        if row is not None and row.planned_on:
            latest = PartialDate.parse(row.planned_on).latest
            words = pgettext("deadline", "by %(day)s") % {"day": write_partial(row.planned_on, language)}
            return words, latest is not None and latest < today()
        day = self.due.get(Stage(stage))
        if day is None:
            return "", False
        words = write_day(day, language)
        if stage in DUE_FIRST | DUE_LAST:
            return words, day < today()
        return pgettext("deadline", "by %(day)s") % {"day": words}, day < today()

    def _landmarks(self, stood: str) -> list[Stage]:
        shown = LANDMARKS.get(Kind(self.event.kind), self.way) if self.way else ()
        return [stage for stage in self.way if stage in shown or stage == stood]

    def _label(self, stage: str) -> str:
        return capfirst(str(Stage(stage).label))

    def _reached(self, stage: str) -> str:
        row = self.rows.get(stage)
        return write_partial(row.reached_on, self.reading.language) if row is not None else ""

    def _since(self, stage: str) -> str:
        day = self._reached(stage)
        if not day:
            return ""
        return day if stage in OFF else pgettext("stage of an event", "since %(day)s") % {"day": day}

    def _passed(self, stage: Stage) -> Shown:
        """A stage that lies behind; left out, when the days before it were noted and its own was not."""
        day = self._reached(stage)
        before = self.way[: self.way.index(stage)]
        is_left_out = not day and any(self._reached(one) for one in before)
        return Shown(self._label(stage), "skipped" if is_left_out else "done", day)

    def _to_come(self, stage: Stage) -> Shown:
        if self.event.stage == Stage.POSTPONED:
            return Shown(self._label(stage), "planned")
        words, is_late = self.due_words(stage)
        return Shown(self._label(stage), "planned", words, late=is_late)


def card_of(event: Event, bar: StageBar, offered: Sequence[Offered], more: Sequence[Action] = ()) -> dict[str, Any]:
    """The steps that the reader may take: the usual one, by when it is due, the others; nothing for who may take none.

    `more` stand between the other steps and those that end it.
    """
    if not offered:
        return {}
    ref = (event.record_kind(), event.pk)
    usual = offered[0] if offered[0].is_usual else None
    others = [one for one in offered if one is not usual]
    nearer = [one for one in others if one.name not in LAST and not one.open_condition]
    ways_out = [one for one in others if one.name in LAST]
    return {
        "primary": _button(usual, ref, kind="primary") if usual else None,
        "others": [*(_button(one, ref) for one in nearer), *more, *(_button(one, ref) for one in ways_out)],
        "said": list(filter(None, (*_said_first(event, usual, bar), *_waiting(others)))),
    }


def _said_first(event: Event, usual: Offered | None, bar: StageBar) -> Sequence[str]:
    """Of the usual step what is open and by when it is due; else whose step it is, or what holds of the event."""
    if usual is None:
        return [_said_of(event) or _approval_of(event, bar.reading.user)]
    if not usual.awaited:
        return [_due_of(usual, bar)]
    number = len(usual.awaited)
    words = ngettext("%(number)s thing is still open:", "%(number)s things are still open:", number) % {
        "number": write_number(number, bar.reading.language)
    }
    why = " ".join((words, *(one.words for one in usual.awaited)))
    return [why, _("You may take the step now with a written reason."), _due_of(usual, bar)]


def _approval_of(event: Event, user: Reader) -> str:
    """Who takes the next step where it is an approval and not this user's."""
    now = event_workflow.state(event)
    steps = [
        move for move in event_workflow.moves if now in move.sources and move.action == APPROVING and move.is_usual
    ]
    if not steps or not isinstance(user, User) or steps[0].may_be_made_by(user, event):
        return ""
    roles = [
        str(role.title) for role in ROLES.values() if "*" not in role.permissions and role.may(steps[0].permission)
    ]
    return _("%(step)s: this step is for those who approve (%(roles)s).") % {
        "step": str(steps[0].label),
        "roles": ", ".join(roles),
    }


def passed_over(event: Event, reading: Reading) -> Sequence[str]:
    """What the step to the present stage was made without, and why; nothing where nothing was open.

    Whoever reads the event reads that in its history.
    """
    if event.kind not in Kind.values or (Kind(event.kind), event.stage) not in AWAITED or reading.is_past:
        return []
    steps = Entry.objects.filter(kind=event.record_kind(), object_id=event.pk, verb=verb_of(event.stage))
    entry = steps.order_by("-pk").first()
    if entry is None or not entry.without:
        return []
    reason = _("Reason: %(reason)s") % {"reason": entry.note} if entry.note else ""
    return [one for one in (without_words(entry.without), reason) if one]


def _said_of(event: Event) -> str:
    """What holds of an event that is not on its way."""
    if event.stage in OFF:
        return _("It will not take place.")
    if event.stage == Stage.POSTPONED:
        return _("It takes nobody’s time until it is taken up again.")
    return _("The work on it is done.") if event.stage == Stage.CLOSED else ""


def _waiting(others: Sequence[Offered]) -> list[str]:
    """Of other steps that are not possible yet, why: a button that does nothing would not say so to everybody."""
    words = _("%(step)s: %(why)s")
    return [words % {"step": str(one.label), "why": one.open_condition} for one in others if one.open_condition]


def _button(one: Offered, ref: Ref, *, kind: str = "standard") -> Action:
    is_primary = kind == "primary"
    label = str(one.label) if is_primary else f"{one.label}…"
    return Action(
        label,
        address_of_move(ref, one.name),
        kind="danger" if one.name in GRAVE else kind,
        refused=one.open_condition,
    )


def _due_of(usual: Offered, bar: StageBar) -> str:
    """By when the usual step is due, in a sentence."""
    target = next(move.target for move in event_workflow.moves if move.name == usual.name)
    day = bar.due.get(Stage(target)) if target else None
    row = bar.rows.get(target)
    if row is not None and row.planned_on:
        words = write_partial(row.planned_on, bar.reading.language, "alone")
    elif day is not None:
        words = write_day(day, bar.reading.language, "full")
    else:
        return ""
    return _("Planned for %(day)s") % {"day": words}
