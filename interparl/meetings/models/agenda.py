"""Agendas and what is adopted: items in a tree, minutes by item, outcomes numbered in their body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.bodies.models import Body
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import PartialDateField, Personal, Problem, Problems, Record, earliest_of, named
from interparl.core.translated import TranslatedField
from interparl.directory.rules import would_cycle
from interparl.meetings.models.events import Event
from interparl.meetings.models.fields import own_by_event
from interparl.meetings.models.people import Participation
from interparl.meetings.models.series import Series

OTHER_AGENDA = _("The item above it stands on another agenda.")
UNDER_ITSELF = _("An item cannot stand under itself, directly or through others.")
REPORTER_ELSEWHERE = _("The rapporteur takes part in another event.")
OTHER_ITEM = _("The item stands on the agenda of another event.")
NUMBER_TAKEN = _("This body has an outcome of this number already.")
APPROVES_ITSELF = _("An event does not approve its own minutes.")


class AgendaItemQuerySet(RecordQuerySet["AgendaItem"]):
    """Questions about items of agendas."""

    def in_order(self) -> AgendaItemQuerySet:
        """By the order that was given; the tree is made by who reads it."""
        return self.order_by("order", "pk")

    def backlog(self) -> AgendaItemQuerySet:
        """Those that wait in a series for a sitting."""
        return self.filter(event__isnull=True, is_template=False)

    def template(self) -> AgendaItemQuerySet:
        """Those that every sitting of a series begins with."""
        return self.filter(event__isnull=True, is_template=True)


class AgendaItem(Record):
    """A point of an agenda, under another one or none; it stands in an event, or waits in a series.

    A series has two lists: what each sitting begins with (`is_template`), and the backlog. A point that was not dealt
    with is carried over: the new one names the old. `approves` is the event whose minutes it approves. A point that
    not everybody may read in an open agenda has a higher mark than the event; it counts for what stands under it.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", pgettext_lazy("item of an agenda", "open")
        DISCUSSED = "discussed", pgettext_lazy("item of an agenda", "discussed")
        DEFERRED = "deferred", pgettext_lazy("item of an agenda", "deferred")
        CLOSED = "closed", pgettext_lazy("item of an agenda", "closed")
        DROPPED = "dropped", pgettext_lazy("item of an agenda", "dropped")

    event = models.ForeignKey(
        Event, models.PROTECT, verbose_name=_("event"), related_name="agenda", null=True, blank=True
    )
    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name=_("series"), related_name="agenda", null=True, blank=True
    )
    is_template = models.BooleanField(_("every sitting begins with it"), default=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("under the item"), related_name="parts", null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    title = TranslatedField(_("title"))
    minutes = models.PositiveSmallIntegerField(_("time for it, minutes"), null=True, blank=True)
    ours = models.ForeignKey(
        Participation,
        models.PROTECT,
        verbose_name=_("our rapporteur"),
        related_name="reported_by_us",
        null=True,
        blank=True,
    )
    theirs = models.ForeignKey(
        Participation,
        models.PROTECT,
        verbose_name=_("their rapporteur"),
        related_name="reported_by_them",
        null=True,
        blank=True,
    )
    record = TranslatedField(_("minutes of the item"), blank=True, long=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN, editable=False)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("carried over from"), related_name="carried_to", null=True, blank=True
    )
    approves = models.ForeignKey(
        Event,
        models.PROTECT,
        verbose_name=_("approves the minutes of"),
        related_name="approved_by",
        null=True,
        blank=True,
    )

    objects = AgendaItemQuerySet.as_manager()
    own_through = own_by_event()
    whole_field = "event"
    reads_through = ("event", "series", "parent")
    labelled = True
    # Who reported on what in office is a public fact.
    personal = Personal(
        "ours__person",
        facts=(
            "event",
            "series",
            "is_template",
            "parent",
            "order",
            "title",
            "minutes",
            "ours",
            "theirs",
            "record",
            "state",
            "carried_from",
            "approves",
        ),
    )

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        constraints = (
            models.CheckConstraint(
                condition=Q(event__isnull=True) ^ Q(series__isnull=True),
                name="agenda_of_one",
                violation_error_message=_("An item stands in an event or in a series."),
            ),
        )

    @property
    def whole(self) -> tuple[str, int] | None:
        """The event, or the series in which it waits."""
        if self.event_id:
            return Event.record_kind(), self.event_id
        return (Series.record_kind(), self.series_id) if self.series_id else None

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """The item above stands on the same agenda; rapporteurs take part; nobody approves himself."""
        found = super().problems(records)
        for position, record in enumerate(records):
            parent = record.parent
            if parent is not None and (parent.event_id, parent.series_id) != (record.event_id, record.series_id):
                found.add(position, Problem("other-agenda", OTHER_AGENDA, "parent"))
            for name in ("ours", "theirs"):
                who = getattr(record, name)
                if who is not None and who.event_id != record.event_id:
                    found.add(position, Problem("other-event", REPORTER_ELSEWHERE, name))
            if record.approves_id and record.approves_id == record.event_id:
                found.add(position, Problem("approves-itself", APPROVES_ITSELF, "approves"))
        _refuse_rings(cls, records, found)
        return found


def _refuse_rings(model: type[AgendaItem], records: Sequence[AgendaItem], found: Problems) -> None:
    below = [record for record in records if record.pk and record.parent_id]
    if not below:
        return
    events, series = {record.event_id for record in below}, {record.series_id for record in below}
    agendas = Q(event__in=events - {None}) | Q(series__in=series - {None})
    above: dict[int, int | None] = dict(
        model.objects.filter(agendas, parent__isnull=False).values_list("pk", "parent_id")
    )
    above |= {record.pk: record.parent_id for record in records if record.pk}
    for position, record in enumerate(records):
        if record.pk and record.parent_id and would_cycle(record.pk, record.parent_id, above):
            found.add(position, Problem("ring", UNDER_ITSELF, "parent"))


class OutcomeQuerySet(RecordQuerySet["Outcome"]):
    """Questions about outcomes."""


class Outcome(Record):
    """What an event adopted: a decision, a recommendation, a declaration; numbered in the body that adopted it.

    One agreed ad referendum binds nobody until it is confirmed.
    """

    class Kind(models.TextChoices):
        """What it is."""

        DECISION = "decision", pgettext_lazy("outcome", "decision")
        RECOMMENDATION = "recommendation", pgettext_lazy("outcome", "recommendation")
        DECLARATION = "declaration", pgettext_lazy("outcome", "declaration")
        STATEMENT = "statement", pgettext_lazy("outcome", "statement")
        PROTOCOL = "protocol", pgettext_lazy("outcome", "protocol")
        OTHER = "other", pgettext_lazy("outcome", "other outcome")

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="outcomes")
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, verbose_name=_("under the item"), related_name="outcomes", null=True, blank=True
    )
    body = models.ForeignKey(
        Body, models.PROTECT, verbose_name=_("adopted by"), related_name="outcomes", null=True, blank=True
    )
    number = models.PositiveIntegerField(_("number in the body"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.DECISION)
    title = TranslatedField(_("title"))
    text = TranslatedField(_("text"), blank=True, long=True)
    adopted_on = PartialDateField(_("adopted on"))
    adopted_earliest = models.DateField(null=True, editable=False)
    is_ad_referendum = models.BooleanField(_("agreed ad referendum"), default=False)
    addressee = TranslatedField(_("addressed to"), blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)

    objects = OutcomeQuerySet.as_manager()
    derived = (*Record.derived, "adopted_earliest")
    own_through = own_by_event()
    whole_field = "event"
    told_with_whole = True
    reads_through = ("event", "item", "body")
    labelled = True
    personal = Personal(
        "item__ours__person",
        facts=(
            "event",
            "item",
            "body",
            "number",
            "kind",
            "title",
            "text",
            "adopted_on",
            "is_ad_referendum",
            "addressee",
            "due_on",
        ),
    )

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = (
            models.UniqueConstraint(
                fields=("body", "number"), name="outcome_number_once", violation_error_message=NUMBER_TAKEN
            ),
        )

    def prepare(self) -> None:
        """Takes the body of the event where none is written, and fills the day that outcomes are ordered by."""
        super().prepare()
        if self.number and self.body_id is None:
            self.body_id = self.event.body_id
        if self.number and self.body_id and connection.in_atomic_block:
            # Of two who take one number at once the second waits here, and is then told that it is taken.
            Body.objects.select_for_update(no_key=True, of=("self",)).filter(pk=self.body_id).values("pk").first()
        self.adopted_earliest = earliest_of(self.adopted_on)

    def label_in(self, language: str) -> str:
        """Its number and title."""
        title = named(self.title, language)
        return f"№ {self.number}. {title}" if title and self.number else title

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """The item stands on the agenda of the event."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.item is not None and record.item.event_id != record.event_id:
                found.add(position, Problem("other-item", OTHER_ITEM, "item"))
        return found
