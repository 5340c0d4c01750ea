"""Events as the public reads them: before their days are over title, days and country alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from interparl.core.formats import write_days, write_partial, write_span
from interparl.core.tables import Column, Columns, Reading
from interparl.core.translated import shown, text_in
from interparl.directory.models import Country
from interparl.meetings.models import Event, Stage
from interparl.portal.measures import Told


def told_in(reading: Reading) -> Told:
    """The events as this page reads them; asked of a page's own count where there is one."""
    counted = reading.memo.get("counted")
    if counted is not None:
        found: Told = counted.told
        return found
    return reading.memo.setdefault("told", Told(None, reading.day))  # type: ignore[no-any-return]


def is_told(event: Event, reading: Reading) -> bool:
    """Whether more than title, days and country may be told: it was not called off, and its days are over."""
    key = ("is told", event.pk)
    if key not in reading.memo:
        is_on = event.stage not in (Stage.CANCELLED, Stage.POSTPONED)
        reading.memo[key] = is_on and told_in(reading).is_over(event)
    return bool(reading.memo[key])


def days_words(event: Event, language: str) -> str:
    """Its days as they are known: "27–30 May 2015", "Oct 2012"."""
    if event.first_day is not None and event.last_day is not None:
        return write_days(event.first_day, event.last_day, language)
    if event.until == event.since:
        return write_partial(event.since, language, "alone")
    return write_span(event.since, event.until, language)


def hours_of(row: Any) -> str:
    """The hours at the place, "10:00–11:15"; "" when none are known."""
    return "–".join(part[:5] for part in (row.begins, row.ends) if part)


def state_of(event: Event, reading: Reading) -> str:
    """That it was called off or put off, or that its day is still open; else ""."""
    if event.stage == Stage.CANCELLED:
        return pgettext("event in public", "cancelled")
    if event.stage == Stage.POSTPONED:
        return pgettext("event in public", "postponed")
    is_open = not event.is_fixed and not told_in(reading).is_over(event)
    return _("the day is being settled") if is_open else ""


def countries_of(event: Event, reading: Reading) -> list[Country]:
    """With which countries it is, as far as the public may know of them; the main one first."""
    found = [event.country] if event.country is not None else []
    for partner in event.partners.all():
        published = partner.effective_published_on
        if reading.seen(partner) and published is not None and published <= reading.day:
            found.append(partner.country)
    return [one for one in dict.fromkeys(found) if reading.seen(one)]


def place_words(event: Event, reading: Reading) -> str:
    """Where it was."""
    return _("held remotely") if event.is_remote and not event.place else text_in(event.place, reading.language)


def when_over(value: Callable[[Event, Reading], Any]) -> Callable[[Event, Reading], Any]:
    """That value of an event whose days are over; "" of any other."""
    return lambda event, reading: value(event, reading) if is_told(event, reading) else ""


TITLE: Column[Event] = Column(
    "title",
    gettext_lazy("Event"),
    lambda e, r: text_in(e.title, r.language),
    spoken=lambda e, r: shown(e.title, r.language).language,
)
COUNTRY: Column[Event] = Column(
    "country",
    gettext_lazy("Country"),
    lambda e, r: ", ".join(text_in(one.name, r.language) for one in countries_of(e, r)),
)
KIND: Column[Event] = Column("kind", gettext_lazy("Kind"), when_over(lambda e, r: r.choice(e, "kind")), kind="choice")
PLACE: Column[Event] = Column(
    "place",
    gettext_lazy("Place"),
    when_over(place_words),
    spoken=lambda e, r: shown(e.place, r.language).language if e.place else "",
)
# What is opened as data; on a page the days stand in one column with what there is to say about them.
EVENTS: Columns[Event] = Columns(
    (
        TITLE,
        Column("since", gettext_lazy("From"), lambda e, r: e.since, kind="partial"),
        Column("until", gettext_lazy("To"), lambda e, r: e.until, kind="partial"),
        Column("state", gettext_lazy("State"), state_of),
        COUNTRY,
        KIND,
        PLACE,
        Column("begins", gettext_lazy("Begins at"), when_over(lambda e, r: e.begins)),
        Column("ends", gettext_lazy("Ends at"), when_over(lambda e, r: e.ends)),
    ),
    related=("country",),
    needs=("partners__country",),
)
ON_PAGE: Columns[Event] = Columns(
    (
        TITLE,
        Column(
            "days",
            gettext_lazy("Days"),
            lambda e, r: days_words(e, r.language),
            second=lambda e, r: state_of(e, r) or (hours_of(e) if is_told(e, r) else ""),
        ),
        COUNTRY,
        KIND,
        PLACE,
    ),
    related=("country",),
    needs=("partners__country",),
)
