"""What may be typed about events, series, days of stages, sitting days."""

from __future__ import annotations

from interparl.core.forms import RecordForm
from interparl.directory.forms import COMMON
from interparl.meetings.models import Event, EventPartner, Series, SeriesDay, SittingDay, StageDay


class EventForm(RecordForm[Event]):
    """An event. Its stage is moved by steps, not typed."""

    class Meta:
        model = Event
        fields = [
            "kind",
            "title",
            "visit_type",
            "form",
            "level",
            "country",
            "organisation",
            "body",
            "since",
            "until",
            "begins",
            "ends",
            "place",
            "where",
            "zone",
            "is_remote",
            "languages",
            "purpose",
            "series",
            "number",
            "within",
            "follows",
            "decided_by",
            *COMMON,
        ]


class EventPartnerForm(RecordForm[EventPartner]):
    """A further partner."""

    class Meta:
        model = EventPartner
        fields = ["event", "country", "parliament", *COMMON]


class StageDayForm(RecordForm[StageDay]):
    """The day of a stage."""

    class Meta:
        model = StageDay
        fields = ["event", "stage", "planned_on", "reached_on", *COMMON]


class SeriesForm(RecordForm[Series]):
    """A series."""

    class Meta:
        model = Series
        fields = [
            "name",
            "kind",
            "body",
            "organisation",
            "country",
            "rule",
            "first_on",
            "begins",
            "ends",
            "zone",
            "place",
            "languages",
            "number_from",
            "since",
            "until",
            *COMMON,
        ]


class SeriesDayForm(RecordForm[SeriesDay]):
    """An exception of a series."""

    class Meta:
        model = SeriesDay
        fields = ["series", "day", "moved_to", *COMMON]


class SittingDayForm(RecordForm[SittingDay]):
    """A day on which a chamber sits."""

    class Meta:
        model = SittingDay
        fields = ["chamber", "day", "begins", "ends", "subject", *COMMON]
