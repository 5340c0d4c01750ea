"""What still stands between an event and its next stage, each said in a sentence.

Some of it nobody goes on without: nothing can be agreed to or sent out that is not written, nothing has taken place
before its day, and what is approved is approved by a decision. The rest may be overridden with a reason.

Only rows are looked at that everybody knows of who may move the event, so that no sentence, and no want of one, tells
of what is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy

from interparl.accounts.roles import INTERNAL, RISING
from interparl.core.days import today
from interparl.core.formats import write_day
from interparl.core.records import Record
from interparl.core.tables import Words
from interparl.core.workflow import Open
from interparl.core.writing import CONDITIONS
from interparl.meetings.models import AgendaItem, Event, Kind, Outcome, Participation, Stage, Statement, TalkText
from interparl.meetings.workflow.ways import FROM_FIRST_DAY, UNDER_WAY
from interparl.tasks.models import Clearance

R = TypeVar("R", bound=Record)
Missing = Callable[[Event], str]


@dataclass(frozen=True)
class Soft:
    """What ought to be there and may be overridden: its name and words in the history, how many are open, in words."""

    name: str
    words: Words
    open_in: Callable[[Event], int]
    said: Callable[[int], str]

    def in_event(self, event: Event) -> Sequence[Open]:
        """Itself, when it is open."""
        number = self.open_in(event)
        return (Open(self.name, self.said(number), number),) if number else ()


def known_marks(record: Record) -> tuple[str, ...]:
    """Those from which nobody who may move the record is kept: no higher than its own, or than internal."""
    highest = max(RISING.index(record.effective_mark), RISING.index(INTERNAL))
    return RISING[: highest + 1]


def known_rows(record: Record, rows: QuerySet[R]) -> QuerySet[R]:
    """Those that nobody who may move the record is kept from."""
    return rows.filter(effective_mark__in=known_marks(record))


def _decision(event: Event) -> str:
    return "" if event.decided_by_id else _decision_words()


def _decision_words(_number: int = 1) -> str:
    return gettext("Name the decision first by which this was approved.")


def _programme(event: Event) -> str:
    if known_rows(event, event.items.all()).exists():
        return ""
    return gettext("The programme has no items yet. Write them first.")


def _people(event: Event) -> str:
    return "" if known_rows(event, event.participations.counted()).exists() else gettext("Name who takes part first.")


def _agenda(event: Event) -> str:
    return "" if known_rows(event, event.agenda.all()).exists() else gettext("The agenda has no items yet.")


def _outcomes(event: Event) -> str:
    if known_rows(event, event.outcomes.all()).exists():
        return ""
    return gettext("There is nothing to distribute yet. Write down first what was adopted.")


def _declaration(event: Event) -> str:
    if known_rows(event, event.outcomes.filter(kind=Outcome.Kind.DECLARATION)).exists():
        return ""
    return gettext("Write down the declaration first, among what was adopted.")


def _level(event: Event) -> str:
    return "" if event.level else gettext("Say first who leads: the level is not chosen yet.")


def _themes(event: Event) -> str:
    return "" if known_rows(event, event.topics.all()).exists() else gettext("Write down the themes first.")


def _bookings(event: Event) -> int:
    return known_rows(event, event.bookings.filter(is_confirmed=False)).count()


def _bookings_words(number: int) -> str:
    words = ngettext(
        "%(number)s booking is not confirmed yet.", "%(number)s bookings are not confirmed yet.", number
    )  # fmt: skip
    return words % {"number": number}


def _open_items(event: Event) -> int:
    return known_rows(event, event.agenda.filter(state=AgendaItem.State.OPEN)).count()


def _items_words(number: int) -> str:
    words = ngettext(
        "%(number)s item of the agenda is still open. Discuss, defer or drop it first.",
        "%(number)s items of the agenda are still open. Discuss, defer or drop them first.",
        number,
    )
    return words % {"number": number}


def _undecided(event: Event) -> int:
    return int(event.decided_by_id is None)


def _headless(event: Event) -> int:
    heads = event.participations.counted().filter(function=Participation.Function.HEAD)
    return int(not known_rows(event, heads).exists())


def _head_words(_number: int) -> str:
    return gettext("Name the head of the mission first.")


def _unwritten(event: Event) -> int:
    return int(not known_rows(event, event.texts.all()).exists())


def _text_words(_number: int) -> str:
    return gettext("Nothing is written down yet. Write the record of the talks or the agreed minutes first.")


def _unrecorded(event: Event) -> int:
    return int(not known_rows(event, event.texts.filter(kind=TalkText.Kind.RECORD)).exists())


def _record_words(_number: int) -> str:
    return gettext("There is no record of the talks to distribute. Write it first.")


def _uncleared(event: Event) -> int:
    of_ours = event.statements.filter(state=Statement.State.PLANNED).values("pk")
    steps = Clearance.objects.open().filter(kind=Statement.record_kind(), object_id__in=of_ours)
    return known_rows(event, steps).order_by().values("object_id").distinct().count()


def _uncleared_words(number: int) -> str:
    words = ngettext(
        "%(number)s statement is not cleared yet.", "%(number)s statements are not cleared yet.", number
    )  # fmt: skip
    return words % {"number": number}


# A room may be promised by word of mouth, an invitation be accepted while the decision is being signed, a note lie on
# paper in a safe, an item wait for the next sitting.
BOOKINGS = Soft(
    "event-bookings", pgettext_lazy("made without", "confirmation of all bookings"), _bookings, _bookings_words
)
DECISION = Soft("event-decision", pgettext_lazy("made without", "a decision"), _undecided, _decision_words)
HEAD = Soft("event-head", pgettext_lazy("made without", "the head of the mission"), _headless, _head_words)
TEXT = Soft("event-text", pgettext_lazy("made without", "a written text"), _unwritten, _text_words)
RECORD = Soft("event-record", pgettext_lazy("made without", "a record of the talks"), _unrecorded, _record_words)
ITEMS = Soft(
    "event-items", pgettext_lazy("made without", "an end to all items of the agenda"), _open_items, _items_words
)
POSITIONS = Soft(
    "event-positions", pgettext_lazy("made without", "clearance of all statements"), _uncleared, _uncleared_words
)
SOFT = (BOOKINGS, DECISION, HEAD, TEXT, RECORD, ITEMS, POSITIONS)
CONDITIONS.update({one.name: one.words for one in SOFT})

REQUIRED: Mapping[tuple[Kind, Stage], Missing] = {
    (Kind.INCOMING, Stage.APPROVED): _decision,
    (Kind.INCOMING, Stage.INVITED): _decision,
    (Kind.INCOMING, Stage.CLEARANCE): _programme,
    (Kind.INCOMING, Stage.CLEARED): _programme,
    (Kind.OUTGOING, Stage.CONFIRMED): _decision,
    (Kind.OUTGOING, Stage.ASSIGNED): _people,
    (Kind.SESSION, Stage.COMPOSED): _people,
    (Kind.SITTING, Stage.AGENDA): _agenda,
    (Kind.SITTING, Stage.DISTRIBUTED): _outcomes,
    (Kind.CONFERENCE, Stage.LEVEL): _level,
    (Kind.CONFERENCE, Stage.COMPOSED): _people,
    (Kind.CONFERENCE, Stage.THEMES): _themes,
    (Kind.CONFERENCE, Stage.ADOPTED): _declaration,
    (Kind.OBSERVATION, Stage.NOMINATED): _people,
}
AWAITED: Mapping[tuple[Kind, Stage], Soft] = {
    (Kind.SESSION, Stage.POSITIONS): POSITIONS,
    (Kind.INCOMING, Stage.CLEARANCE): BOOKINGS,
    (Kind.INCOMING, Stage.READY): BOOKINGS,
    (Kind.TALKS, Stage.NOTED): TEXT,
    (Kind.TALKS, Stage.DISTRIBUTED): RECORD,
    (Kind.SITTING, Stage.CLOSED): ITEMS,
    (Kind.CONFERENCE, Stage.ACCEPTED): DECISION,
    (Kind.OBSERVATION, Stage.ACCEPTED): DECISION,
    (Kind.OBSERVATION, Stage.BRIEFED): HEAD,
}


def missing_for(stage: Stage) -> Missing:
    """What an event cannot reach the stage without; "" when nothing is missing."""

    def missing(event: Event) -> str:
        if event.kind not in Kind.values:
            return ""
        why = _too_early(event, stage) if stage in FROM_FIRST_DAY else ""
        asked = REQUIRED.get((Kind(event.kind), stage))
        return why or (asked(event) if asked else "")

    return missing


def awaited_for(stage: Stage) -> Callable[[Event], Sequence[Open]]:
    """What ought to be there before an event reaches the stage, and is not."""

    def awaited(event: Event) -> Sequence[Open]:
        asked = AWAITED.get((Kind(event.kind), stage)) if event.kind in Kind.values else None
        return asked.in_event(event) if asked else ()

    return awaited


def _too_early(event: Event, stage: Stage) -> str:
    if stage in UNDER_WAY and not event.is_fixed:
        return gettext("Its days are not known exactly. Write them first.")
    if event.since_earliest is None or event.since_earliest <= today():
        return ""
    day = write_day(event.since_earliest, get_language() or "en", "full")
    return gettext("Its first day, %(day)s, is still to come.") % {"day": day}
