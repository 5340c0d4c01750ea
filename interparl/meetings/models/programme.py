"""The programme of an event: tracks, items by day and hour, who is in an item, what is booked for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.fields import LineField
from interparl.core.formats import write_day
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, Personal, Problem, Problems, Record, as_they_would_be, named
from interparl.core.translated import TranslatedField, text_in, texts_of
from interparl.directory.models import Person
from interparl.meetings.models.events import BACKWARDS, Event
from interparl.meetings.models.fields import (
    PAIRS,
    LocalTimeField,
    ZoneField,
    moment_or_none,
    own_by_event,
    why_no_moment,
)
from interparl.meetings.models.people import Participation

OUTSIDE = _("%(day)s lies outside the event, which goes from %(first)s to %(last)s.")
ITEM_OF_ANOTHER = _("The item belongs to another event.")
TRACK_OF_ANOTHER = _("The track belongs to another event.")
SOMEBODY_OF_ANOTHER = _("The person takes part in another event.")
IN_IT_ALREADY = _("This person is in the item already.")
ENDS_WITHOUT_BEGINNING = _("Write when it begins as well.")
NO_PUBLIC_TEXT = _("It has no public text.")


class TrackQuerySet(RecordQuerySet["Track"]):
    """Questions about tracks."""


class Track(Record):
    """One of several programmes that run beside each other: of the spouses, of the experts, of a committee."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="tracks")
    name = TranslatedField(_("name"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = TrackQuerySet.as_manager()
    own_through = own_by_event()
    whole_field = "event"
    told_with_whole = True
    reads_through = ("event",)
    labelled = True

    class Meta:
        verbose_name = _("track of a programme")
        verbose_name_plural = _("tracks of programmes")
        ordering = ("order", "id")

    def label_in(self, language: str) -> str:
        """Its name."""
        return named(self.name, language)


class ProgrammeItemQuerySet(RecordQuerySet["ProgrammeItem"]):
    """Questions about items of programmes."""

    def in_order(self) -> ProgrammeItemQuerySet:
        """By day, hour and the order that was given; what has no hour yet comes after what has."""
        return self.order_by("day", models.F("begins_at").asc(nulls_last=True), "order", "pk")


class ProgrammeItem(Record):
    """What happens at an hour of a day: a working text for those who run it, a public one for guests and readers.

    `way` are the minutes of the way to it, `way_by` how; `talks` is the event with a record of its own that takes
    place in this hour. `zone` is that of the event unless the programme goes through another.
    """

    class Kind(models.TextChoices):
        """What it is."""

        TALKS = "talks", pgettext_lazy("programme", "talks")
        SESSION = "session", pgettext_lazy("programme", "session")
        CEREMONY = "ceremony", pgettext_lazy("programme", "ceremony")
        MEAL = "meal", pgettext_lazy("programme", "meal")
        TRIP = "trip", pgettext_lazy("programme", "visit to a place")
        CULTURE = "culture", pgettext_lazy("programme", "culture")
        PRESS = "press", pgettext_lazy("programme", "press")
        TRANSFER = "transfer", pgettext_lazy("programme", "arrival, departure, way")
        FREE = "free", pgettext_lazy("programme", "free time")
        OTHER = "other", pgettext_lazy("programme", "other")

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="items")
    track = models.ForeignKey(
        Track, models.PROTECT, verbose_name=_("track"), related_name="items", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TALKS)
    day = models.DateField(_("day"))
    begins = LocalTimeField(_("begins at"))
    ends = LocalTimeField(_("ends at"), is_end=True)
    zone = ZoneField(_("time zone"), help_text=_("Empty: that of the event."))
    begins_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    text = TranslatedField(_("working text"), long=True)
    public_text = TranslatedField(_("public text"), blank=True, long=True)
    place = TranslatedField(_("place"), blank=True)
    way = models.PositiveSmallIntegerField(
        _("way to it, minutes"), null=True, blank=True, validators=[MaxValueValidator(1440)]
    )
    way_by = TranslatedField(_("how one gets there"), blank=True)
    talks = models.ForeignKey(
        Event, models.PROTECT, verbose_name=_("talks held in it"), related_name="slots", null=True, blank=True
    )

    objects = ProgrammeItemQuerySet.as_manager()
    derived = (*Record.derived, "begins_at", "ends_at")
    own_through = own_by_event()
    whole_field = "event"
    told_with_whole = True
    # What runs in a track that may not be known of is not known of either.
    reads_through = ("event", "track")
    labelled = True

    class Meta:
        verbose_name = _("item of a programme")
        verbose_name_plural = _("items of programmes")
        indexes = (models.Index(fields=("event", "day")),)

    def label_in(self, language: str) -> str:
        """Its hour and its working text."""
        text = named(self.text, language).partition("\n")[0]
        return f"{self.begins.partition('+')[0]} {text}".strip() if text else ""

    def sort_text_in(self, language: str) -> str:
        """By day and hour."""
        text = named(self.text, language)
        return f"{self.day} {self.begins} {text}" if text else ""

    def told_as(self, language: str) -> str:
        """Its public text, with day and hour."""
        words = text_in(self.public_text, language)
        return (
            " ".join(filter(None, (write_day(self.day, language, "short"), self.begins.partition("+")[0], words)))
            if words
            else ""
        )

    def against_telling(self) -> str | Promise:
        """Without a public text there is nothing to tell."""
        return "" if texts_of(self.public_text) else NO_PUBLIC_TEXT

    @property
    def zone_there(self) -> str:
        """The zone that its hours are in; "" as long as neither it nor an event tells one."""
        # What is looked at before it is written may belong to an event that is not written yet.
        event: Event | None = getattr(self, "event", None)
        return self.zone or (event.zone_there if event is not None else "")

    def prepare(self) -> None:
        """Fills the moments."""
        super().prepare()
        self.begins_at = moment_or_none(self.day, self.begins, self.zone_there)
        self.ends_at = moment_or_none(self.day, self.ends, self.zone_there)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Within the event’s days, at hours that exist there, and of the event’s own tracks."""
        found = super().problems(records)
        for position, record in enumerate(records):
            for problem in _item_problems(record):
                found.add(position, problem)
        return found


def _no_moments(item: ProgrammeItem) -> list[Problem]:
    """The hours of an item that mean no moment, or two."""
    words = write_day(item.day, get_language() or "en") if item.day else ""
    found = {name: why_no_moment(item.day, getattr(item, name), item.zone_there, words) for name in ("begins", "ends")}
    return [Problem("no-moment", why, name) for name, why in found.items() if why]


def _item_problems(item: ProgrammeItem) -> list[Problem]:
    event, language = item.event, get_language() or "en"
    found = _no_moments(item)
    first, last = event.since_earliest, event.until_latest
    if first and last and item.day and not first <= item.day <= last:
        days = {"day": item.day, "first": first, "last": last}
        message = OUTSIDE % {name: write_day(day, language) for name, day in days.items()}
        found.append(Problem("outside", message, "day", may_be_questioned=True))
    if item.ends and not item.begins:
        found.append(Problem("no-beginning", ENDS_WITHOUT_BEGINNING, "begins"))
    if item.begins_at and item.ends_at and item.ends_at < item.begins_at:
        found.append(Problem("ends-before", BACKWARDS, "ends"))
    if item.track is not None and item.track.event_id != item.event_id:
        found.append(Problem("other-track", TRACK_OF_ANOTHER, "track"))
    return found


class ItemPersonQuerySet(RecordQuerySet["ItemPerson"]):
    """Questions about people in items."""


class ItemPerson(Record):
    """Somebody who takes part in one item of a programme; an item without any is for all of the event."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="item_people")
    item = models.ForeignKey(ProgrammeItem, models.PROTECT, verbose_name=_("item"), related_name="people")
    participation = models.ForeignKey(
        Participation, models.PROTECT, verbose_name=_("who takes part"), related_name="items"
    )

    objects = ItemPersonQuerySet.as_manager()
    own_through = own_by_event()
    whole_field = "event"
    told_by = "participation"
    reads_through = ("event", "item", "participation")
    personal = Personal("participation__person", facts=("event", "item", "participation"))

    class Meta:
        verbose_name = _("person in an item")
        verbose_name_plural = _("people in items")
        indexes = (models.Index(fields=("item", "participation")),)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Item and person belong to the event, and nobody is in an item twice."""
        found = super().problems(records)
        stored = cls.objects.filter(item__in={record.item_id for record in records})
        rows: list[ItemPerson] = as_they_would_be(records, stored)
        pairs = Counter((row.item_id, row.participation_id) for row in rows)
        for position, record in enumerate(records):
            if record.item.event_id != record.event_id:
                found.add(position, Problem("other-item", ITEM_OF_ANOTHER, "item"))
            if record.participation.event_id != record.event_id:
                found.add(position, Problem("other-person", SOMEBODY_OF_ANOTHER, "participation"))
            if pairs[record.item_id, record.participation_id] > 1:
                found.add(position, Problem("twice", IN_IT_ALREADY, "participation", may_be_questioned=True))
        return found


class ResourceQuerySet(DatedQuerySet["Resource"]):
    """Questions about resources."""


class Resource(Dated):
    """A room, a car, an interpreter: what can be in one place at a time."""

    class Kind(models.TextChoices):
        """What it is."""

        ROOM = "room", pgettext_lazy("resource", "room")
        CAR = "car", pgettext_lazy("resource", "car")
        INTERPRETER = "interpreter", pgettext_lazy("resource", "interpreter")
        EQUIPMENT = "equipment", pgettext_lazy("resource", "equipment")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = TranslatedField(_("name"))
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), related_name="resources", null=True, blank=True
    )
    interprets = LineField(_("interprets"), max_length=120, blank=True, validators=[PAIRS])
    place = TranslatedField(_("place"), blank=True)
    keeper = models.ForeignKey(User, models.PROTECT, verbose_name=_("kept by"), related_name="+", null=True, blank=True)

    objects = ResourceQuerySet.as_manager()
    labelled = True
    reads_through = ("person",)
    personal = Personal("person", naming=("name",), facts=("kind", "seats", "person", "interprets", "place", "keeper"))

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def label_in(self, language: str) -> str:
        """Its name."""
        return named(self.name, language)


class BookingQuerySet(RecordQuerySet["Booking"]):
    """Questions about bookings."""


class Booking(Record):
    """A resource taken for an event: for one item of its programme, for hours of a day, or for all its days."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="bookings")
    resource = models.ForeignKey(Resource, models.PROTECT, verbose_name=_("resource"), related_name="bookings")
    item = models.ForeignKey(
        ProgrammeItem, models.PROTECT, verbose_name=_("for the item"), related_name="bookings", null=True, blank=True
    )
    day = models.DateField(_("day"), null=True, blank=True)
    begins = LocalTimeField(_("begins at"))
    ends = LocalTimeField(_("ends at"), is_end=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)

    objects = BookingQuerySet.as_manager()
    own_through = own_by_event()
    told_by = "resource"
    whole_field = "event"
    reads_through = ("event", "resource")
    personal = Personal(
        "resource__person", facts=("event", "resource", "item", "day", "begins", "ends", "is_confirmed")
    )

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """The item belongs to the event; the end comes after the beginning."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.item is not None and record.item.event_id != record.event_id:
                found.add(position, Problem("other-item", ITEM_OF_ANOTHER, "item"))
            zone = record.event.zone_there
            first = moment_or_none(record.day, record.begins, zone)
            last = moment_or_none(record.day, record.ends, zone)
            if first and last and last < first:
                found.add(position, Problem("ends-before", BACKWARDS, "ends"))
        return found
