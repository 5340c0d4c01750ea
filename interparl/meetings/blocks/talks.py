"""Talks with a country or a person, and the way to note another."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Rows
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.directory.models import Country, Person
from interparl.meetings.blocks.columns import NAME, STAGE, WHEN
from interparl.meetings.models import OFF, Event, Kind, Participation
from interparl.meetings.models.events import EventQuerySet

EVENT = Event.record_kind()
TITLE = gettext_lazy("Talks")
TALKS: Columns[Event] = Columns(
    (
        NAME,
        WHEN,
        Column("form", gettext_lazy("Form"), lambda e, r: r.choice(e, "form") if e.form else "", kind="choice"),
        STAGE,
    )
)


def note_address(reading: Reading, **known: object) -> str:
    """Where talks are noted, with what is known of them, for who may add events."""
    user = reading.user
    if reading.is_past or not isinstance(user, User) or not user.rights.may("meetings.add_event"):
        return ""
    query = urlencode({name: str(value) for name, value in known.items()})
    return reverse("meetings:note") + (f"?{query}" if query else "")


def _block(found: EventQuerySet, asked: dict[str, str], add: str, reading: Reading) -> Content | None:
    talks = found.of_kind(Kind.TALKS).exclude(stage__in=OFF)
    newest = talks.order_by("-since_earliest", "-pk")
    table: Table[Any] = Table.of(TALKS, newest, reading, limit=BLOCK_ROWS)
    if not table.rows and not add:
        return None
    more = list_address(EVENT, kind=Kind.TALKS.value, **asked)
    return Rows(table, more=more, add=add, adding=gettext_lazy("Note a talk…"))


@block_on(Country, "talks", TITLE, order=14)
def talks_with_country(country: Country, reading: Reading) -> Content | None:
    """The last talks with the country, and the way to note another."""
    found = Event.objects.visible_to(reading.user).with_country(country, reading.user)
    add = note_address(reading, country=country.pk)
    return _block(found, {"country": str(country.pk)}, add, reading)


@block_on(Person, "talks", TITLE, order=42)
def talks_with_person(person: Person, reading: Reading) -> Content | None:
    """The last talks in which the person took part, and the way to note another."""
    mine = Participation.objects.visible_to(reading.user).filter(person=person)
    found = Event.objects.visible_to(reading.user).filter(pk__in=mine.values("event"))
    return _block(found, {"person": str(person.pk)}, note_address(reading, person=person.pk), reading)
