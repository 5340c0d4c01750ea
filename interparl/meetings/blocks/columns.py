"""Values that pages and blocks of meetings share: when an event is, how far it came, whom it is with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.formats import write_days, write_partial, write_span
from interparl.core.tables import Column, Reading
from interparl.core.translated import shown
from interparl.meetings.models import Event, Stage

EVENT = "meetings.event"
# The colour of a stage; every other one is neutral.
TONES: dict[str, str] = {
    Stage.CANCELLED: "bad",
    Stage.DECLINED: "bad",
    Stage.REFUSED: "bad",
    Stage.POSTPONED: "warn",
    Stage.UNDER_WAY: "good",
    Stage.IN_SESSION: "good",
}


def days_of(event: Event, language: str, *, weekday: bool = False) -> str:
    """The days of an event as it is known: "27–30 May 2015", "Oct 2012", "between … and …"."""
    if event.first_day is not None and event.last_day is not None:
        return write_days(event.first_day, event.last_day, language, weekday=weekday)
    if event.until == event.since:
        return write_partial(event.since, language, "alone")
    return write_span(event.since, event.until, language)


def hours_of(event: Event | Any) -> str:
    """The hours at the place, "10:00–11:15"; "" when none are known."""
    return "–".join(part[:5] for part in (event.begins, event.ends) if part)


def when(event: Event, reading: Reading) -> str:
    """Its days, and its hours at the place."""
    return ", ".join(filter(None, (days_of(event, reading.language), hours_of(event))))


def place_of(event: Event, reading: Reading) -> str:
    """Where it is, in the reader's language or the one it is known in."""
    return _("held remotely") if event.is_remote and not event.place else shown(event.place, reading.language).text


NAME: Column[Event] = Column(
    "label",
    gettext_lazy("Event"),
    lambda e, r: r.name(EVENT, e.pk),
    sort="label",
    refs=lambda e: [(EVENT, e.pk)],
    address=lambda e: address((EVENT, e.pk)),
    spoken=lambda e, r: r.spoken(EVENT, e.pk),
)
WHEN: Column[Event] = Column("when", gettext_lazy("When"), when, sort="since_earliest")
KIND: Column[Event] = Column("kind", gettext_lazy("Kind"), lambda e, r: r.choice(e, "kind"), kind="choice", sort="kind")
PLACE: Column[Event] = Column("place", gettext_lazy("Place"), place_of)
STAGE: Column[Event] = Column(
    "stage",
    gettext_lazy("Stage"),
    lambda e, r: r.choice(e, "stage"),
    kind="choice",
    sort="stage",
    tone=lambda e, r: TONES.get(e.stage, "neutral"),
)
