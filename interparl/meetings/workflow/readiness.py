"""What still stands between an event and its next stage, each said in a sentence.

Only rows are looked at that everybody knows of who may move the event, so that no sentence, and no want of one, tells
of what is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext, ngettext

from interparl.accounts.roles import INTERNAL, RISING
from interparl.core.days import today
from interparl.core.formats import write_day
from interparl.core.records import Record
from interparl.meetings.models import AgendaItem, Event, Kind, Outcome, Participation, Stage, TalkText
from interparl.meetings.workflow.ways import FROM_FIRST_DAY, UNDER_WAY

R = TypeVar("R", bound=Record)
Missing = Callable[[Event], str]


def known_rows(event: Event, rows: QuerySet[R]) -> QuerySet[R]:
    """Those that nobody who may move the event is kept from: marked no higher than it, or than internal."""
    highest = max(RISING.index(event.effective_mark), RISING.index(INTERNAL))
    return rows.filter(effective_mark__in=RISING[: highest + 1])


def _decision(event: Event) -> str:
    return "" if event.decided_by_id else gettext("Name the decision first by which this was approved.")


def _programme(event: Event) -> str:
    if known_rows(event, event.items.all()).exists():
        return ""
    return gettext("The programme has no items yet. Write them first.")


def _bookings(event: Event) -> str:
    number = known_rows(event, event.bookings.filter(is_confirmed=False)).count()
    words = ngettext(
        "%(number)s booking is not confirmed yet.", "%(number)s bookings are not confirmed yet.", number
    )  # fmt: skip
    return words % {"number": number} if number else ""


def _people(event: Event) -> str:
    return "" if known_rows(event, event.participations.counted()).exists() else gettext("Name who takes part first.")


def _head(event: Event) -> str:
    heads = event.participations.counted().filter(function=Participation.Function.HEAD)
    return "" if known_rows(event, heads).exists() else gettext("Name the head of the mission first.")


def _text(event: Event) -> str:
    if known_rows(event, event.texts.all()).exists():
        return ""
    return gettext("Nothing is written down yet. Write the record of the talks or the agreed minutes first.")


def _record(event: Event) -> str:
    if known_rows(event, event.texts.filter(kind=TalkText.Kind.RECORD)).exists():
        return ""
    return gettext("There is no record of the talks to distribute. Write it first.")


def _agenda(event: Event) -> str:
    return "" if known_rows(event, event.agenda.all()).exists() else gettext("The agenda has no items yet.")


def _open_items(event: Event) -> str:
    number = known_rows(event, event.agenda.filter(state=AgendaItem.State.OPEN)).count()
    words = ngettext(
        "%(number)s item of the agenda is still open. Discuss, defer or drop it first.",
        "%(number)s items of the agenda are still open. Discuss, defer or drop them first.",
        number,
    )
    return words % {"number": number} if number else ""


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


READINESS: Mapping[tuple[Kind, Stage], Missing] = {
    (Kind.INCOMING, Stage.APPROVED): _decision,
    (Kind.INCOMING, Stage.INVITED): _decision,
    (Kind.INCOMING, Stage.CLEARANCE): _programme,
    (Kind.INCOMING, Stage.CLEARED): _programme,
    (Kind.INCOMING, Stage.READY): _bookings,
    (Kind.OUTGOING, Stage.CONFIRMED): _decision,
    (Kind.OUTGOING, Stage.ASSIGNED): _people,
    (Kind.TALKS, Stage.NOTED): _text,
    (Kind.TALKS, Stage.DISTRIBUTED): _record,
    (Kind.SESSION, Stage.COMPOSED): _people,
    (Kind.SITTING, Stage.AGENDA): _agenda,
    (Kind.SITTING, Stage.DISTRIBUTED): _outcomes,
    (Kind.SITTING, Stage.CLOSED): _open_items,
    (Kind.CONFERENCE, Stage.ACCEPTED): _decision,
    (Kind.CONFERENCE, Stage.LEVEL): _level,
    (Kind.CONFERENCE, Stage.COMPOSED): _people,
    (Kind.CONFERENCE, Stage.THEMES): _themes,
    (Kind.CONFERENCE, Stage.ADOPTED): _declaration,
    (Kind.OBSERVATION, Stage.ACCEPTED): _decision,
    (Kind.OBSERVATION, Stage.NOMINATED): _people,
    (Kind.OBSERVATION, Stage.BRIEFED): _head,
}


def missing_for(stage: Stage) -> Missing:
    """What is still open before an event may reach the stage; "" when nothing is."""

    def missing(event: Event) -> str:
        if event.kind not in Kind.values:
            return ""
        why = _too_early(event, stage) if stage in FROM_FIRST_DAY else ""
        asked = READINESS.get((Kind(event.kind), stage))
        return why or (asked(event) if asked else "")

    return missing


def _too_early(event: Event, stage: Stage) -> str:
    if stage in UNDER_WAY and not event.is_fixed:
        return gettext("Its days are not known exactly. Write them first.")
    if event.since_earliest is None or event.since_earliest <= today():
        return ""
    day = write_day(event.since_earliest, get_language() or "en", "full")
    return gettext("Its first day, %(day)s, is still to come.") % {"day": day}
