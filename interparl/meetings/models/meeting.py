"""Who met whom: the events in which both sides took part, as one question over participations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from interparl.core.rights import Reader
from interparl.directory.models import Country, Parliament, Person
from interparl.meetings.models.events import Event, EventQuerySet
from interparl.meetings.models.people import Participation
from interparl.meetings.models.standing import taking_part


@dataclass(frozen=True)
class Side:
    """A person, all who come from a country, or all who come for a parliament."""

    person: Person | None = None
    country: Country | None = None
    parliament: Parliament | None = None

    @property
    def condition(self) -> Q:
        """Of which participations it is made.

        For a parliament come those of whom it is written, and of whom none is written, its country's parliamentarians.
        """
        if self.person is not None:
            return Q(person=self.person.pk)
        if self.country is not None:
            return Q(country=self.country.pk)
        if self.parliament is None:
            return Q(pk__in=())
        unwritten = Q(parliament__isnull=True, country=self.parliament.country_id)
        unwritten &= Q(capacity=Participation.Capacity.PARLIAMENTARIAN)
        return Q(parliament=self.parliament.pk) | unwritten

    def holds(self, one: Participation) -> bool:
        """Whether somebody belongs to this side; the same as `condition` asks of many."""
        if self.person is not None:
            return one.person_id == self.person.pk
        if self.country is not None:
            return one.country_id == self.country.pk
        if self.parliament is None:
            return False
        if one.parliament_id is not None:
            return one.parliament_id == self.parliament.pk
        is_of_it = one.capacity == Participation.Capacity.PARLIAMENTARIAN
        return is_of_it and one.country_id == self.parliament.country_id

    @property
    def record(self) -> Person | Country | Parliament | None:
        """Whom it is about."""
        return self.person or self.country or self.parliament


def events_of_both(one: Side, other: Side, day: date, reader: Reader) -> EventQuerySet:
    """The events before the day in which somebody of each side took part, as far as this reader may know.

    Two of one side have met each other only as two: nobody meets himself. One query: the participations of the side
    with fewer of them, joined to those of the other in the same event.
    """
    few, many = _by_number(one, other)
    beside = taking_part(reader).counted().filter(many.condition, event=OuterRef("event")).exclude(pk=OuterRef("pk"))
    met = taking_part(reader).counted().filter(few.condition).filter(Exists(beside))
    return Event.objects.visible_to(reader).took_place(day).filter(pk__in=met.values("event"))


def _by_number(one: Side, other: Side) -> tuple[Side, Side]:
    """The side with fewer participations first, as far as that can be told without counting: a person, a guest."""
    if other.person is not None:
        return other, one
    if one.person is not None:
        return one, other
    record = one.record
    country = record.country_id if isinstance(record, Parliament) else record.pk if record else None
    home = Parliament.objects.home()
    return (other, one) if home is not None and home.country_id == country else (one, other)
