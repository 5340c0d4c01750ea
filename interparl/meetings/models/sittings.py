"""Days on which the chambers sit, and clashes that somebody keeps with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from secrets import token_hex
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.core.fields import LineField
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Problem, Problems, Record
from interparl.core.translated import TranslatedField
from interparl.directory.models import Chamber
from interparl.meetings.models.events import BACKWARDS, Event
from interparl.meetings.models.fields import LocalTimeField, own_by_event


class SittingDayQuerySet(RecordQuerySet["SittingDay"]):
    """Questions about sitting days."""


class SittingDay(Record):
    """A day on which a chamber sits: its members are expected there."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="sitting_days")
    day = models.DateField(_("day"))
    begins = LocalTimeField(_("begins at"))
    ends = LocalTimeField(_("ends at"), is_end=True)
    subject = TranslatedField(_("subject"), blank=True)

    objects = SittingDayQuerySet.as_manager()
    told_by = "day"
    reads_through = ("chamber",)

    class Meta:
        verbose_name = _("sitting day")
        verbose_name_plural = _("sitting days")
        constraints = (models.UniqueConstraint(fields=("chamber", "day"), name="sitting_day_once"),)
        indexes = (models.Index(fields=("day",)),)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """The end comes after the beginning."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.begins and record.ends and record.ends[:5] < record.begins[:5]:
                found.add(position, Problem("ends-before", BACKWARDS, "ends"))
        return found


class ClashSalt(models.Model):
    """The secret by which the keys of clashes name other events: the one row of its table, shown to nobody.

    No record, and no setting: it belongs to what is kept and goes with it into every backup, so that a clash which
    somebody keeps is the same one wherever the database is.
    """

    value = models.CharField(max_length=64, default=token_hex)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self._meta.label} {self.pk}"


class KeptClashQuerySet(RecordQuerySet["KeptClash"]):
    """Questions about kept clashes."""


class KeptClash(Record):
    """A clash that stays as it is, with the reason. `key` is the one that `rules.clashes` gives the clash."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="kept_clashes")
    key = LineField(_("clash"), max_length=200)
    reason = LineField(_("reason"), max_length=300)

    objects = KeptClashQuerySet.as_manager()
    own_through = own_by_event()
    whole_field = "event"
    told_by = "reason"
    reads_through = ("event",)

    class Meta:
        verbose_name = _("kept clash")
        verbose_name_plural = _("kept clashes")
        constraints = (models.UniqueConstraint(fields=("event", "key"), name="kept_clash_once"),)
