"""An event moves to other days with all that stands in it: one deed, made whole or not at all, and taken back whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.formats import write_day
from interparl.core.history import VERBS
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.translated import text_in
from interparl.core.workflow import REASON_MISSING
from interparl.core.writing import Planned, Refused
from interparl.exchange.actions import DEEDS, Deed, about, written_as_batch
from interparl.exchange.models import Batch
from interparl.meetings.models import Booking, Event, Participation, ProgrammeItem, Stage, Statement
from interparl.meetings.models.fields import why_no_moment
from interparl.meetings.models.kinds import OFF
from interparl.meetings.workflow import is_over

DEED = "event-moved"
DEEDS[DEED] = Deed(_("Event moved to other days"), "meetings.change_event")
VERBS.update({DEED: pgettext_lazy("event", "moved to other days")})

NOT_FIXED = _("Its days are not known exactly, so nothing can move with them. Write them under “Change”.")
OVER = _("It took place on these days. What is wrong with them is put right under “Change”.")
WILL_NOT_BE = _("It will not take place. Take it up again first.")
SAME_DAYS = _("It is on these days already.")
BACKWARDS = _("The last day lies before the first.")
NO_SUCH_DAY = _("There is no calendar for such a day.")
OUTSIDE = _("%(day)s would lie outside the new days of the event (%(first)s – %(last)s).")


def why_not_moved(event: Event) -> str:
    """Why the event cannot be moved by days, in a sentence; "" when it can."""
    if not event.is_fixed:
        return str(NOT_FIXED)
    if event.stage in OFF:
        return str(WILL_NOT_BE)
    return str(OVER) if is_over(event) or event.stage == Stage.CLOSED else ""


@dataclass(frozen=True)
class Moving:
    """What moves with an event to other days, whoever may know of it: pages show what `seen` leaves."""

    event: Event
    since: date
    until: date
    days: int
    items: Sequence[ProgrammeItem] = field(default_factory=list)
    bookings: Sequence[Booking] = field(default_factory=list)
    statements: Sequence[Statement] = field(default_factory=list)
    people: Sequence[Participation] = field(default_factory=list)

    @classmethod
    def of(cls, event: Event, since: date, until: date | None = None) -> Moving:
        """Looks at all that has a day of its own in the event; it keeps its length where no end is asked for.

        Raises Refused for an event that cannot be moved, and for days that are none.
        """
        if why := why_not_moved(event):
            raise Refused(why)
        first, last = event.first_day, event.last_day
        if first is None or last is None:
            raise Refused(NOT_FIXED)
        moved = since - first
        end = until or _later(last, moved)
        if end < since:
            raise Refused({"until": [BACKWARDS]})
        if (since, end) == (first, last):
            raise Refused({"since": [SAME_DAYS]})
        dated = event.participations.exclude(arrives_on=None, leaves_on=None)
        return cls(
            event,
            since,
            end,
            moved.days,
            list(event.items.select_related("event").in_order()),
            list(event.bookings.exclude(day=None).select_related("event", "resource").order_by("day", "pk")),
            list(event.statements.exclude(day=None).select_related("event").order_by("day", "pk")),
            list(dated.in_order()),
        )

    def seen(self, reader: Reader) -> Moving:
        """The same without what the reader may not know of."""

        def open_rows(rows: Sequence[Any]) -> list[Any]:
            return [row for row in rows if row.is_open_to(reader)]

        return Moving(
            self.event,
            self.since,
            self.until,
            self.days,
            open_rows(self.items),
            open_rows(self.bookings),
            open_rows(self.statements),
            open_rows(self.people),
        )

    @property
    def rows(self) -> list[Planned]:
        """What is written of the rows that move, each with the day that it moves to."""
        if not self.days:
            return []
        dated: list[Record] = [*self.items, *self.bookings, *self.statements]
        found = [Planned(row, {"day": _later(row.day, self.step)}, row=self.name(row)) for row in dated]  # type: ignore[attr-defined]
        for one in self.people:
            days = {"arrives_on": one.arrives_on, "leaves_on": one.leaves_on}
            values = {name: _later(day, self.step) for name, day in days.items() if day}
            found.append(Planned(one, values, row=self.name(one)))
        return found

    @property
    def step(self) -> timedelta:
        """By how much everything moves."""
        return timedelta(days=self.days)

    def name(self, row: Record) -> str:
        """What a row is called where it is refused: its kind, its words, its hour."""
        kind = capfirst(str(row._meta.verbose_name))
        text = text_in(getattr(row, "text", None), get_language() or "en")[:60]
        return ", ".join(filter(None, (kind, text, getattr(row, "begins", ""))))


def move_event(event: Event, *, since: date, until: date | None = None, by: User, reason: str) -> Batch:
    """Moves the event, its programme, bookings, statements and people’s days by as many days as its first day moves.

    All of it or nothing, with a line of history on each row. Raises Refused, naming the row and its place in time, when
    an hour does not exist there on the new day or an item would lie outside; PermissionDenied for who may not.
    """
    if not event.may_change(by):
        raise PermissionDenied
    if not reason.strip():
        raise Refused({"reason": [REASON_MISSING]})
    event = Event.objects.get(pk=event.pk)
    every = Moving.of(event, since, until)
    seen = every.seen(by)
    _refuse_hours(seen)
    _refuse_outside(seen)
    known = {(type(plan.record), plan.record.pk) for plan in seen.rows}
    moved = Planned(
        event,
        {"since": since.isoformat(), "until": every.until.isoformat()},
        row=event.label_in(get_language() or "en"),
    )
    return written_as_batch(
        DEED,
        about(event.record_kind(), event.pk),
        [moved, *seen.rows],
        by=by,
        unseen=[plan for plan in every.rows if (type(plan.record), plan.record.pk) not in known],
        verb=DEED,
        note=reason,
    )


def _later(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError as error:
        raise Refused({"since": [NO_SUCH_DAY]}) from error


def _refuse_hours(moving: Moving) -> None:
    """Every hour that is none, or two, on the day that it would move to."""
    if found := [f"{plan.row}: {why}" for plan in moving.rows for why in _wrong_hours(plan, moving.event)]:
        raise Refused(found)


def _wrong_hours(plan: Planned, event: Event) -> list[str]:
    row, day = plan.record, plan.values.get("day")
    if day is None:
        return []
    zone, words = getattr(row, "zone_there", event.zone_there), write_day(day, get_language() or "en")
    said = (why_no_moment(day, getattr(row, name, ""), zone, words) for name in ("begins", "ends"))
    return [why for why in said if why]


def _refuse_outside(moving: Moving) -> None:
    """What lay within the event and would not any more, because the event becomes shorter."""
    found, event, language = [], moving.event, get_language() or "en"
    first, last = event.first_day, event.last_day
    dated: list[ProgrammeItem | Booking] = [*moving.items, *moving.bookings]
    for row in dated:
        day = _later(row.day, moving.step) if row.day else None
        if day is None or first is None or last is None or moving.since <= day <= moving.until:
            continue
        if first <= day - moving.step <= last:
            days = {"day": day, "first": moving.since, "last": moving.until}
            words = OUTSIDE % {name: write_day(value, language, "full") for name, value in days.items()}
            found.append(f"{moving.name(row)}: {words}")
    if found:
        raise Refused(found)
