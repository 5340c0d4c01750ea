"""Series: what takes place again and again, numbered, with days that are left out or moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.bodies.models import Body
from interparl.core.fields import LineField
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, Problem, Problems, Record, named
from interparl.core.translated import TranslatedField
from interparl.directory.models import Country, Organisation
from interparl.meetings.models.fields import LANGUAGES, LocalTimeField, ZoneField
from interparl.meetings.models.kinds import Kind
from interparl.meetings.rules.recurrence import NotARule, Recurrence

RULE_REASONS = {
    "endless": _("The rule has no end. Add COUNT=… or UNTIL=…."),
    "many": _("The rule gives more than 1,000 days. Give it an earlier end."),
}
NOT_A_RULE = _("“%(text)s” is no rule of recurrence. Write one as FREQ=MONTHLY;BYDAY=1TU;COUNT=12.")
RULE_NEEDS_FIRST = _("Say on which day it begins: the rule counts from it.")


class SeriesQuerySet(DatedQuerySet["Series"]):
    """Questions about series."""


class Series(Dated):
    """Events of one kind that follow each other: sittings of a commission, weekly talks, the sessions of an assembly.

    `rule` is the recurrence as iCalendar writes it (RFC 5545, RRULE), counted from `first_on`; without one the events
    are made by hand, and numbers go on after years of silence. What hangs on the series and on no event is its
    template and its backlog (`AgendaItem`).
    """

    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind of event"), max_length=20, choices=Kind)
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="series", null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="series", null=True, blank=True
    )
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("with the country"), related_name="series", null=True, blank=True
    )
    rule = LineField(
        _("rule of recurrence"),
        max_length=200,
        blank=True,
        help_text=_("As iCalendar writes it, with an end: FREQ=WEEKLY;BYDAY=TU;UNTIL=20151231"),
    )
    first_on = models.DateField(_("first day"), null=True, blank=True)
    begins = LocalTimeField(_("begins at"))
    ends = LocalTimeField(_("ends at"), is_end=True)
    zone = ZoneField(_("time zone"))
    place = TranslatedField(_("place"), blank=True)
    languages = LineField(_("working languages"), max_length=60, blank=True, validators=[LANGUAGES])
    number_from = models.PositiveIntegerField(_("first number"), default=1, validators=[MinValueValidator(1)])

    objects = SeriesQuerySet.as_manager()
    labelled = True
    reads_through = ("body", "organisation", "country")
    own_through = {
        "directory.country": "country",
        "directory.organisation": "organisation",
        "bodies.body": "body",
    }

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series of events")

    def label_in(self, language: str) -> str:
        """Its name."""
        return named(self.name, language)

    @property
    def recurrence(self) -> Recurrence | None:
        """The rule, read; None where there is none."""
        return Recurrence.parse(self.rule, self.first_on) if self.rule and self.first_on else None

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """A rule has a first day and an end."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.rule and record.first_on is None:
                found.add(position, Problem("no-first", RULE_NEEDS_FIRST, "first_on"))
                continue
            try:
                _read = record.recurrence
            except NotARule as error:
                message = RULE_REASONS.get(error.reason, NOT_A_RULE) % {"text": record.rule}
                found.add(position, Problem("not-a-rule", message, "rule"))
        return found


class SeriesDayQuerySet(RecordQuerySet["SeriesDay"]):
    """Questions about exceptions."""


class SeriesDay(Record):
    """A day of a series that is left out, or moved to another day."""

    series = models.ForeignKey(Series, models.PROTECT, verbose_name=_("series"), related_name="exceptions")
    day = models.DateField(_("day by the rule"))
    moved_to = models.DateField(_("moved to"), null=True, blank=True, help_text=_("Empty: it is left out."))

    objects = SeriesDayQuerySet.as_manager()
    whole_field = "series"
    told_by = "day"
    reads_through = ("series",)
    own_through = {
        "directory.country": "series__country",
        "directory.organisation": "series__organisation",
        "bodies.body": "series__body",
    }

    class Meta:
        verbose_name = _("exception of a series")
        verbose_name_plural = _("exceptions of series")
        constraints = (models.UniqueConstraint(fields=("series", "day"), name="series_day_once"),)
