"""What may be typed about who takes part, the programme, and what is booked for it."""

from __future__ import annotations

from interparl.core.forms import RecordForm
from interparl.directory.forms import COMMON
from interparl.meetings.models import Booking, ItemPerson, Participation, ProgrammeItem, Resource, Track


class ParticipationForm(RecordForm[Participation]):
    """A participation."""

    class Meta:
        model = Participation
        fields = [
            "event",
            "person",
            "printed_name",
            "function",
            "capacity",
            "role",
            "parliament",
            "organisation",
            "country",
            "attendance",
            "excuse",
            "instead_of",
            "languages",
            "interprets",
            "arrives_on",
            "leaves_on",
            "order",
            *COMMON,
        ]


class TrackForm(RecordForm[Track]):
    """A track."""

    class Meta:
        model = Track
        fields = ["event", "name", "order", *COMMON]


class ProgrammeItemForm(RecordForm[ProgrammeItem]):
    """An item of a programme."""

    class Meta:
        model = ProgrammeItem
        fields = [
            "event",
            "day",
            "begins",
            "ends",
            "text",
            "public_text",
            "place",
            "kind",
            "way",
            "way_by",
            "track",
            "talks",
            "zone",
            "order",
            *COMMON,
        ]


class ItemPersonForm(RecordForm[ItemPerson]):
    """Somebody in an item."""

    class Meta:
        model = ItemPerson
        fields = ["event", "item", "participation", *COMMON]


class ResourceForm(RecordForm[Resource]):
    """A room, a car, an interpreter."""

    class Meta:
        model = Resource
        fields = ["kind", "name", "seats", "person", "interprets", "place", "keeper", "since", "until", *COMMON]


class BookingForm(RecordForm[Booking]):
    """A booking."""

    class Meta:
        model = Booking
        fields = ["event", "resource", "item", "day", "begins", "ends", "is_confirmed", *COMMON]
