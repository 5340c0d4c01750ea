"""A new event from an old one: what comes along is ticked, days are shifted, and the new one names the old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date, timedelta
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.accounts.models import User
from interparl.core.history import VERBS
from interparl.core.records import Record
from interparl.core.writing import Planned, change, change_many
from interparl.directory.models import Parliament
from interparl.meetings.actions.sittings import copies, in_order, number_tops
from interparl.meetings.models import (
    AgendaItem,
    Booking,
    Event,
    EventPartner,
    ItemPerson,
    Participation,
    ProgrammeItem,
    Topic,
    Track,
)

VERBS["copied"] = pgettext_lazy("event", "made from an earlier one")


class Part(models.TextChoices):
    """What may come along."""

    OURS = "ours", gettext_lazy("People of ours")
    THEIRS = "theirs", gettext_lazy("People of theirs")
    PROGRAMME = "programme", gettext_lazy("Programme, its days shifted")
    AGENDA = "agenda", gettext_lazy("Agenda")
    BOOKINGS = "bookings", gettext_lazy("Bookings of rooms, cars and interpreters, to be confirmed anew")
    THEMES = "themes", gettext_lazy("Themes")
    PARTNERS = "partners", gettext_lazy("Further countries that it is with")


R = TypeVar("R", bound=Record)
# What an event is, apart from its days, its place in a series and how far it came.
SAME = (
    *("kind", "title", "visit_type", "form", "level", "country_id", "organisation_id", "body_id", "series_id"),
    *("begins", "ends", "place", "where_id", "zone", "is_remote", "languages", "purpose", "mark", "grade"),
)


def is_ours(participation: Participation, home: Parliament | None) -> bool:
    """Whether somebody takes part on the side of the home parliament."""
    if home is None:
        return False
    return participation.parliament_id == home.pk or (
        participation.parliament_id is None and participation.country_id == home.country_id
    )


def copy_event(event: Event, *, first_day: date, take: Iterable[str], by: User) -> Event:
    """Makes a new event of the same kind that begins on that day, with the parts that are taken, in one transaction.

    Of what hangs on the old one only that comes along which the user may know of, with its marks; states, attendance,
    confirmations and minutes begin anew. Raises Refused.
    """
    wanted = frozenset(take)
    new = Event(**{name: deepcopy(getattr(event, name)) for name in SAME}, follows=event)
    shift = first_day - (event.since_earliest or first_day)
    new.since = first_day.isoformat()
    new.until = (event.last_day + shift).isoformat() if event.is_fixed and event.last_day else new.since
    if not new.may_do("add", by):
        raise PermissionDenied
    with transaction.atomic():
        with change(new, by=by, verb="copied"):
            pass
        rows = _Copied(event, new, shift, by).rows(wanted)
        for model_rows in rows:
            if model_rows and not model_rows[0].may_do("add", by):
                raise PermissionDenied
        change_many([Planned(row, row=str(row._meta.verbose_name)) for group in rows for row in group], by=by)
    return new


class _Copied:
    """The rows of the new event, and which old row each was made from."""

    def __init__(self, old: Event, new: Event, shift: timedelta, by: User) -> None:
        self.old, self.new, self.shift, self.by = old, new, shift, by
        self.people: dict[int, Participation] = {}
        self.items: dict[int, ProgrammeItem] = {}

    def rows(self, wanted: frozenset[str]) -> list[Sequence[Record]]:
        """All rows, those that others point to first."""
        people = self._people(wanted)
        found: list[Sequence[Record]] = [people]
        if Part.PARTNERS in wanted:
            found.append([self._made(one, "country_id", "parliament_id") for one in self._seen(EventPartner)])
        if Part.THEMES in wanted:
            found.append([self._made(one, "order", "title") for one in self._seen(Topic)])
        if Part.PROGRAMME in wanted:
            found += self._programme()
        if Part.AGENDA in wanted:
            found.append(self._agenda())
        if Part.BOOKINGS in wanted:
            found.append([self._booking(one) for one in self._seen(Booking)])
        return found

    def _seen(self, model: type[R]) -> list[R]:
        found: Any = model._base_manager.filter(model.may_read(self.by), event=self.old)
        return list(found.order_by("pk"))

    def _made(self, row: R, *names: str, **values: Any) -> R:
        same = {name: deepcopy(getattr(row, name)) for name in (*names, "mark", "grade")}
        return type(row)(event=self.new, **same, **values)

    def _day(self, day: date | None) -> date | None:
        return day + self.shift if day is not None else None

    def _people(self, wanted: frozenset[str]) -> list[Participation]:
        home = Parliament.objects.home()
        for one in self._seen(Participation):
            if (Part.OURS if is_ours(one, home) else Part.THEIRS) not in wanted:
                continue
            self.people[one.pk] = self._made(
                one,
                *("person_id", "printed_name", "parliament_id", "organisation_id", "country_id", "capacity"),
                *("function", "order", "languages", "interprets"),
                # The offices of a person are those of the new day; a printed name has no others.
                role={} if one.person_id else deepcopy(one.role),
                instead_of=self.people.get(one.instead_of_id) if one.instead_of_id else None,
                arrives_on=self._day(one.arrives_on),
                leaves_on=self._day(one.leaves_on),
            )
        return list(self.people.values())

    def _programme(self) -> list[Sequence[Record]]:
        tracks = {one.pk: self._made(one, "name", "order") for one in self._seen(Track)}
        for one in self._seen(ProgrammeItem):
            self.items[one.pk] = self._made(
                one,
                *("kind", "begins", "ends", "zone", "order", "text", "public_text", "place", "way", "way_by"),
                day=one.day + self.shift,
                track=tracks.get(one.track_id) if one.track_id else None,
            )
        people = [
            self._made(one, item=self.items[one.item_id], participation=self.people[one.participation_id])
            for one in self._seen(ItemPerson)
            if one.item_id in self.items and one.participation_id in self.people
        ]
        return [list(tracks.values()), list(self.items.values()), people]

    def _agenda(self) -> list[AgendaItem]:
        """The agenda without the approval of minutes, which were those of another event."""
        old = [item for item in in_order(self._in_order()) if item.approves_id is None]
        made = copies(old, self.new, is_carried=False)
        for before, item in zip(old, made, strict=True):
            item.ours = self.people.get(before.ours_id) if before.ours_id else None
            item.theirs = self.people.get(before.theirs_id) if before.theirs_id else None
        number_tops(made)
        return made

    def _in_order(self) -> Any:
        return AgendaItem.objects.visible_to(self.by).filter(event=self.old).in_order()

    def _booking(self, booking: Booking) -> Booking:
        return self._made(
            booking,
            *("resource_id", "begins", "ends"),
            day=self._day(booking.day),
            item=self.items.get(booking.item_id) if booking.item_id else None,
        )
