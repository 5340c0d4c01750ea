"""Contacts: whose turn it is to visit, and the last and next events on the pages of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.models import Body
from interparl.core.addresses import address, as_of, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Facts, Rows
from interparl.core.hooks import block_on
from interparl.core.records import Record
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact
from interparl.directory.models import Country, Organisation, Person
from interparl.meetings.blocks.columns import EVENT, NAME, STAGE, WHEN, days_of
from interparl.meetings.models import Event, Kind, Level, VisitType
from interparl.meetings.models.events import EventQuerySet
from interparl.meetings.models.standing import taking_part
from interparl.meetings.rules.reciprocity import Turn, Visit, turn

NO_CONTACT = gettext_lazy("No contact is known.")
NOTHING_AHEAD = gettext_lazy("Nothing is planned.")
# Who changes planes here or comes on his own account has visited nobody.
NO_VISITS = (VisitType.TRANSIT, VisitType.PRIVATE)


def level_rank(level: str) -> int:
    """The place of a level, 1 the highest; one that is not known comes after all."""
    return Level.values.index(level) + 1 if level in Level.values else len(Level.values) + 1


LEVEL: Column[Event] = Column("level", gettext_lazy("Level"), lambda e, r: r.choice(e, "level"), kind="choice")
# What was: a stage says no more than the day.
PAST: Columns[Event] = Columns(
    (
        NAME,
        WHEN,
        Column(
            "kind",
            gettext_lazy("Kind"),
            lambda e, r: r.choice(e, "kind"),
            kind="choice",
            second=lambda e, r: r.choice(e, "level") if e.level else "",
        ),
    )
)
COMING: Columns[Event] = Columns((NAME, WHEN, STAGE))


def last_events(found: EventQuerySet, reading: Reading, **asked: str) -> Content | None:
    """The last of these events that took place before the day, newest first, with the way to all of them."""
    past = found.visible_to(reading.user).took_place(reading.day).order_by("-since_earliest", "-pk")
    return _rows(PAST, past, reading, sort="-when", **asked)


def next_events(found: EventQuerySet, reading: Reading, **asked: str) -> Content | None:
    """The next of these events, with those under way on the day, and the way to all of them."""
    coming = found.visible_to(reading.user).to_come(reading.day).by_time()
    return _rows(COMING, coming, reading, sort="when", **asked)


def _rows(columns: Columns[Event], found: EventQuerySet, reading: Reading, **asked: str) -> Content | None:
    table = Table.of(columns, found, reading, limit=BLOCK_ROWS)
    return Rows(table, more=as_of(list_address(EVENT, **asked), reading)) if len(table) else None


def _visits(country: Country, reading: Reading) -> list[tuple[Event, Visit]]:
    """The visits each way that took place before the day, with what the rules see of them."""
    found = Event.objects.visible_to(reading.user).visits().with_country(country, reading.user)
    past = found.took_place(reading.day).exclude(visit_type__in=NO_VISITS)
    rows: list[tuple[Event, Visit]] = []
    for event in past.order_by("since_earliest", "pk"):
        day = event.since_earliest or event.until_latest
        if day is not None:
            rows.append((event, Visit(day, "in" if event.kind == Kind.INCOMING else "out", level_rank(event.level))))
    return rows


TURNS = {
    "ours": gettext_lazy("ours: they came last"),
    "theirs": gettext_lazy("theirs: we went last"),
    "": gettext_lazy("nobody’s: the last visits each way were on one day"),
}


@block_on(Country, "whose_turn", gettext_lazy("Whose turn to visit"), place="top", order=11)
def whose_turn(country: Country, reading: Reading) -> Content | None:
    """Whose turn it is to visit, and the last visit each way with its level and days; one query."""
    visits = _visits(country, reading)
    if not visits:
        return None
    found = turn([visit for _event, visit in visits])
    return Facts(
        [
            Fact(_("Turn to visit"), capfirst(str(TURNS[found.whose])), side=found.whose),
            *_last_fact(_("They came last"), found, "in", visits, reading),
            *_last_fact(_("We went last"), found, "out", visits, reading),
        ]
    )


def _last_fact(
    label: str, found: Turn, direction: str, visits: list[tuple[Event, Visit]], reading: Reading
) -> list[Fact]:
    """The last visit one way: its days and its level; that there was none is said as well."""
    last = found.last_in if direction == "in" else found.last_out
    event = next((event for event, visit in reversed(visits) if visit == last), None)
    if event is None:
        return [Fact(label, _("never"))]
    level = capfirst(reading.choice(event, "level")) if event.level else ""
    return [
        Fact(label, days_of(event, reading.language), level, as_of(address((EVENT, event.pk)), reading)),
    ]


Found = Callable[[Any, Reading], tuple[EventQuerySet, dict[str, str]]]


def _of_country(country: Country, reading: Reading) -> tuple[EventQuerySet, dict[str, str]]:
    return Event.objects.with_country(country, reading.user), {"country": str(country.pk)}


def _of_person(person: Person, reading: Reading) -> tuple[EventQuerySet, dict[str, str]]:
    mine = taking_part(reading.user).counted().filter(person=person)
    return Event.objects.filter(pk__in=mine.values("event")), {"person": str(person.pk)}


def _of_body(body: Body, reading: Reading) -> tuple[EventQuerySet, dict[str, str]]:
    return Event.objects.filter(body=body), {"body": str(body.pk)}


def _of_organisation(organisation: Organisation, reading: Reading) -> tuple[EventQuerySet, dict[str, str]]:
    return Event.objects.filter(organisation=organisation), {"organisation": str(organisation.pk)}


def _hang(model: type[Record], found: Found, last: tuple[str, int], coming: tuple[str, int]) -> None:
    """Hangs both blocks on the page of that kind of record, each under a key and at a place."""

    def last_of(record: Record, reading: Reading) -> Content | None:
        events, asked = found(record, reading)
        return last_events(events, reading, **asked)

    def next_of(record: Record, reading: Reading) -> Content | None:
        events, asked = found(record, reading)
        return next_events(events, reading, **asked)

    block_on(model, last[0], gettext_lazy("Last contacts"), order=last[1], gap=NO_CONTACT)(last_of)
    block_on(model, coming[0], gettext_lazy("Next events"), order=coming[1], gap=NOTHING_AHEAD)(next_of)


_hang(Country, _of_country, ("last_contacts", 12), ("next_events", 13))
for _model, _found in ((Person, _of_person), (Body, _of_body), (Organisation, _of_organisation)):
    _hang(_model, _found, ("events", 40), ("next_events", 41))
