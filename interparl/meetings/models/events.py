"""Events: visits, talks, sessions, sittings, conferences; whom they are with, and how far they came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from interparl.bodies.models import Body, Decision
from interparl.core.days import PARLIAMENT_ZONE, installation
from interparl.core.fields import LineField
from interparl.core.formats import write_day
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, PartialDateField, Problem, Problems, Record, earliest_of, named
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField
from interparl.directory.models import Country, Organisation, Parliament
from interparl.directory.rules import would_cycle
from interparl.meetings.models.fields import (
    LANGUAGES,
    LocalTimeField,
    ZoneField,
    moment_or_none,
    own_by_event,
    why_no_moment,
)
from interparl.meetings.models.kinds import NOT_ON, OFF, VISITS, Form, Kind, Level, Stage, VisitType
from interparl.meetings.models.series import Series
from interparl.meetings.rules.zones import day_bounds

DAY_MISSING = _("Write when it is: a day, a month, or at least a year.")
BACKWARDS = _("The end lies before the beginning.")
TIME_WITHOUT_DAY = _("A time of day needs the exact day: write the day in full first.")
TYPE_OF_VISIT = _("Only a visit has a type of visit.")
FORM_OF_TALKS = _("Only talks have a form of talks.")
WITHIN_ITSELF = _("An event cannot take place within itself, directly or through others.")


class EventQuerySet(DatedQuerySet["Event"]):
    """Questions about events."""

    def of_kind(self, *kinds: str) -> EventQuerySet:
        """Those of these kinds."""
        return self.filter(kind__in=kinds)

    def visits(self) -> EventQuerySet:
        """Incoming and outgoing visits."""
        return self.filter(kind__in=VISITS)

    def on_the_way(self) -> EventQuerySet:
        """Those that took place or may still: not cancelled, declined, refused."""
        return self.exclude(stage__in=OFF)

    def taking_place(self) -> EventQuerySet:
        """Those that hold their days: not postponed either."""
        return self.exclude(stage__in=NOT_ON)

    def within_days(self, first: date, last: date) -> EventQuerySet:
        """Those that may take place on some day from `first` to `last`, as a calendar asks; the index answers it.

        An event of which no more is known than that it was before or after some day is in no calendar.
        """
        return self.filter(since_earliest__lte=last, until_latest__gte=first)

    def took_place(self, day: date) -> EventQuerySet:
        """Those that were over before the day: what counts as a contact."""
        return self.taking_place().filter(until_latest__lt=day)

    def to_come(self, day: date) -> EventQuerySet:
        """Those that are under way on the day or still to come."""
        return self.taking_place().filter(Q(until_latest__gte=day) | Q(until_latest__isnull=True))

    def with_country(self, country: Country | int, reader: Reader) -> EventQuerySet:
        """Those with the country, as the main partner or as one of several, as far as this reader may know of it."""
        others = EventPartner.objects.visible_to(reader).filter(country=country)
        # No event is said to be with a country that the reader may not know of.
        known = Country.objects.visible_to(reader).filter(pk=country if isinstance(country, int) else country.pk)
        return self.filter(Q(country__in=known) | Q(pk__in=others.values("event")))

    def by_time(self) -> EventQuerySet:
        """In the order in which they begin; of those that begin on one day the whole day first."""
        return self.order_by("since_earliest", "begins_at", "pk")


class Event(Dated):
    """Something that takes place, or is thought of, on days that may be known only in part (Popolo: event).

    `since` and `until` are its first and last day at its place; an end that is not written is the first day. `begins`
    and `ends` are times of day there; `begins_at` and `ends_at` the same moments, or the whole of its days where no
    times are written, and empty as long as the days are not exact. `country` is whom it is with, `where` where it is.
    `stage` is moved by the steps of its kind alone, and `stage_before` is where one that was postponed goes on.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = TranslatedField(_("title"))
    visit_type = models.CharField(_("type of visit"), max_length=12, choices=VisitType, blank=True)
    form = models.CharField(_("form of talks"), max_length=12, choices=Form, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("with the country"), related_name="events", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="events", null=True, blank=True
    )
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="events", null=True, blank=True)
    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name=_("series"), related_name="events", null=True, blank=True
    )
    number = models.PositiveIntegerField(_("number in the series"), null=True, blank=True)
    place = TranslatedField(_("place"), blank=True)
    where = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("takes place in"), related_name="events_there", null=True, blank=True
    )
    zone = ZoneField(_("time zone"), help_text=_("As IANA writes it. Empty: that of the country where it takes place."))
    begins = LocalTimeField(_("begins at"))
    ends = LocalTimeField(_("ends at"), is_end=True)
    begins_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    is_remote = models.BooleanField(_("held remotely"), default=False)
    languages = LineField(_("working languages"), max_length=60, blank=True, validators=[LANGUAGES])
    purpose = TranslatedField(_("purpose and expected result"), blank=True, long=True)
    decided_by = models.ForeignKey(
        Decision, models.PROTECT, verbose_name=_("decided by"), related_name="events", null=True, blank=True
    )
    within = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("in the margins of"), related_name="margins", null=True, blank=True
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("follows"), related_name="followed_by", null=True, blank=True
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.IDEA, editable=False)
    stage_before = models.CharField(max_length=20, choices=Stage, blank=True, editable=False)

    objects = EventQuerySet.as_manager()
    derived = (*Dated.derived, "begins_at", "ends_at")
    happens = True
    labelled = True
    handed_over = True
    own_through = {
        "meetings.event": "pk",
        "directory.country": "country",
        "directory.organisation": "organisation",
        "bodies.body": "body",
    }

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = (
            models.Index(fields=("since_earliest", "until_latest")),
            models.Index(fields=("country", "since_earliest")),
            models.Index(fields=("stage", "since_earliest")),
            models.Index(fields=("where", "until_latest")),
        )

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)

    @property
    def is_whole_day(self) -> bool:
        """Whether no time of day is known."""
        return not self.begins

    @property
    def is_fixed(self) -> bool:
        """Whether first and last day are known exactly."""
        return self.first_day is not None and self.last_day is not None

    @property
    def first_day(self) -> date | None:
        """The first day where it is exact."""
        return self.since_earliest if self.since_earliest == self.since_latest else None

    @property
    def last_day(self) -> date | None:
        """The last day where it is exact."""
        return self.until_earliest if self.until_earliest == self.until_latest else None

    @property
    def zone_there(self) -> str:
        """The zone that its times are in: its own, or that of the parliament."""
        return self.zone or installation().get(PARLIAMENT_ZONE, "") or "UTC"

    def prepare(self) -> None:
        """Fills the end that is not written, the zone of the place, and the moments."""
        self.until = self.until or self.since
        if not self.zone and self.where is not None:
            self.zone = self.where.zone
        super().prepare()
        self.begins_at, self.ends_at = self._moments()

    def _moments(self) -> tuple[datetime | None, datetime | None]:
        first, last, zone = self.first_day, self.last_day, self.zone_there
        if first is None or last is None or last < first:
            return None, None
        begins, ends = moment_or_none(first, self.begins, zone), moment_or_none(last, self.ends, zone)
        try:
            return begins or day_bounds(first, zone)[0], ends or day_bounds(last, zone)[1]
        except ValueError:
            return None, None

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Times belong to exact days and to hours that exist there; the end comes after the beginning."""
        found = super().problems(records)
        for position, record in enumerate(records):
            for problem in _time_problems(record):
                found.add(position, problem)
            if record.visit_type and record.kind not in VISITS:
                found.add(position, Problem("visit-type", TYPE_OF_VISIT, "visit_type"))
            if record.form and record.kind != Kind.TALKS:
                found.add(position, Problem("form-of-talks", FORM_OF_TALKS, "form"))
        _refuse_rings(cls, records, found)
        return found


def _time_problems(event: Event) -> list[Problem]:
    if not event.since:
        return [Problem("no-day", DAY_MISSING, "since")]
    found: list[Problem] = []
    zone, language = event.zone_there, get_language() or "en"
    for name, day in (("begins", event.first_day), ("ends", event.last_day)):
        text = getattr(event, name)
        if text and day is None:
            found.append(Problem("time-without-day", TIME_WITHOUT_DAY, name))
        elif day and (why := why_no_moment(day, text, zone, write_day(day, language))):
            found.append(Problem("no-moment", why, name))
    if not found and event.begins_at and event.ends_at and event.ends_at < event.begins_at:
        found.append(Problem("ends-before", BACKWARDS, "ends", may_be_questioned=True))
    return found


def _refuse_rings(model: type[Event], records: Sequence[Event], found: Problems) -> None:
    if not any(record.within_id for record in records):
        return
    above: dict[int, int | None] = dict(model.objects.filter(within__isnull=False).values_list("pk", "within_id"))
    above |= {record.pk: record.within_id for record in records if record.pk}
    for position, record in enumerate(records):
        if record.within_id and would_cycle(record.pk, record.within_id, above):
            found.add(position, Problem("ring", WITHIN_ITSELF, "within"))


class EventPartnerQuerySet(RecordQuerySet["EventPartner"]):
    """Questions about further partners."""


class EventPartner(Record):
    """A further country, with its parliament, that an event is with; the main one stands on the event."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="partners")
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="event_partners")
    parliament = models.ForeignKey(
        Parliament, models.PROTECT, verbose_name=_("parliament"), related_name="event_partners", null=True, blank=True
    )

    objects = EventPartnerQuerySet.as_manager()
    own_through = own_by_event()
    told_by = "country"
    whole_field = "event"
    told_with_whole = True
    reads_through = ("event", "country")

    class Meta:
        verbose_name = _("further partner of an event")
        verbose_name_plural = _("further partners of events")
        constraints = (models.UniqueConstraint(fields=("event", "country"), name="event_partner_once"),)


class StageDayQuerySet(RecordQuerySet["StageDay"]):
    """Questions about days of stages."""


class StageDay(Record):
    """The day on which an event reached a stage, and the day by which it has to."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="stage_days")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    planned_on = PartialDateField(_("planned for"))
    reached_on = PartialDateField(_("reached on"))
    reached_earliest = models.DateField(null=True, editable=False)

    objects = StageDayQuerySet.as_manager()
    derived = (*Record.derived, "reached_earliest")
    own_through = own_by_event()
    told_by = "stage"
    whole_field = "event"
    reads_through = ("event",)

    class Meta:
        verbose_name = _("day of a stage")
        verbose_name_plural = _("days of stages")
        indexes = (models.Index(fields=("planned_on",)),)
        constraints = (models.UniqueConstraint(fields=("event", "stage"), name="stage_day_once"),)

    def prepare(self) -> None:
        """Fills the day that they are ordered by."""
        super().prepare()
        self.reached_earliest = earliest_of(self.reached_on)
