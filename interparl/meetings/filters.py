"""What the registers of meetings may be asked."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.core.filters import KeyFilter
from interparl.core.models import Grade
from interparl.meetings.models import (
    AgendaItem,
    Booking,
    Event,
    Kind,
    Level,
    Outcome,
    Participation,
    ProgrammeItem,
    Resource,
    Series,
    SittingDay,
    Stage,
    Statement,
)


class EventFilters(django_filters.FilterSet):
    """Events."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    stage = django_filters.ChoiceFilter(label=_("Stage"), choices=Stage.choices)
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices)
    grade = django_filters.ChoiceFilter(label=_("Grade"), choices=Grade.choices)
    country = KeyFilter(label=_("With the country"), method="with_country")
    where = KeyFilter(label=_("Takes place in"))
    organisation = KeyFilter(label=_("Organisation"))
    body = KeyFilter(label=_("Body"))
    series = KeyFilter(label=_("Series"))
    within = KeyFilter(label=_("In the margins of"))
    follows = KeyFilter(label=_("Follows"))
    person = KeyFilter(label=_("Person"), method="with_person")

    class Meta:
        model = Event
        fields = ["kind", "stage", "level", "grade", "where", "organisation", "body", "series", "within", "follows"]

    def with_country(self, found: QuerySet[Event], _name: str, value: Any) -> QuerySet[Event]:
        """Those with the country, alone or among others."""
        return found.filter(pk__in=Event.objects.with_country(int(value), self.request.user).values("pk"))

    def with_person(self, found: QuerySet[Event], _name: str, value: Any) -> QuerySet[Event]:
        """Those in which the person takes part."""
        mine = Participation.objects.visible_to(self.request.user).filter(person=int(value))
        return found.filter(pk__in=mine.values("event"))


class ParticipationFilters(django_filters.FilterSet):
    """Participations."""

    function = django_filters.ChoiceFilter(label=_("Function"), choices=Participation.Function.choices)
    capacity = django_filters.ChoiceFilter(label=_("Capacity"), choices=Participation.Capacity.choices)
    attendance = django_filters.ChoiceFilter(label=_("Attendance"), choices=Participation.Attendance.choices)
    event = KeyFilter(label=_("Event"))
    person = KeyFilter(label=_("Person"))
    country = KeyFilter(label=_("Country"))
    parliament = KeyFilter(label=_("Parliament"))
    organisation = KeyFilter(label=_("Organisation"))

    class Meta:
        model = Participation
        fields = ["function", "capacity", "attendance", "event", "person", "country", "parliament", "organisation"]


class ProgrammeItemFilters(django_filters.FilterSet):
    """Items of programmes."""

    event = KeyFilter(label=_("Event"))
    track = KeyFilter(label=_("Track"))

    class Meta:
        model = ProgrammeItem
        fields = ["event", "track"]


class OfEventFilters(django_filters.FilterSet):
    """Rows of one event."""

    event = KeyFilter(label=_("Event"))


class ResourceFilters(django_filters.FilterSet):
    """Resources."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Resource.Kind.choices)
    person = KeyFilter(label=_("Person"))

    class Meta:
        model = Resource
        fields = ["kind", "person"]


class BookingFilters(django_filters.FilterSet):
    """Bookings."""

    event = KeyFilter(label=_("Event"))
    resource = KeyFilter(label=_("Resource"))

    class Meta:
        model = Booking
        fields = ["event", "resource"]


class SeriesFilters(django_filters.FilterSet):
    """Series."""

    kind = django_filters.ChoiceFilter(label=_("Kind of event"), choices=Kind.choices)
    body = KeyFilter(label=_("Body"))
    organisation = KeyFilter(label=_("Organisation"))
    country = KeyFilter(label=_("With the country"))

    class Meta:
        model = Series
        fields = ["kind", "body", "organisation", "country"]


class AgendaItemFilters(django_filters.FilterSet):
    """Items of agendas."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=AgendaItem.State.choices)
    event = KeyFilter(label=_("Event"))
    series = KeyFilter(label=_("Series"))

    class Meta:
        model = AgendaItem
        fields = ["state", "event", "series"]


class OutcomeFilters(django_filters.FilterSet):
    """Outcomes."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Outcome.Kind.choices)
    event = KeyFilter(label=_("Event"))
    body = KeyFilter(label=_("Adopted by"))

    class Meta:
        model = Outcome
        fields = ["kind", "event", "body"]


class StatementFilters(django_filters.FilterSet):
    """Statements."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=Statement.State.choices)
    event = KeyFilter(label=_("Event"))
    topic = KeyFilter(label=_("Theme"))

    class Meta:
        model = Statement
        fields = ["state", "event", "topic"]


class SittingDayFilters(django_filters.FilterSet):
    """Sitting days."""

    chamber = KeyFilter(label=_("Chamber"))

    class Meta:
        model = SittingDay
        fields = ["chamber"]
