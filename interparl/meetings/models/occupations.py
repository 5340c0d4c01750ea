"""Who or what is taken from when to when: made of events, items and bookings, in the same change (design 8.12)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.core.models import Mark
from interparl.directory.models import Country, Person
from interparl.meetings.models.events import Event
from interparl.meetings.models.programme import Resource


class Occupation(models.Model):
    """Somebody or something is taken for an event from a moment to a moment, in UTC.

    No record: nobody edits it, `actions.occupying` writes it anew whenever what it is made of changes. `source_kind`
    and `source_id` name the row that takes the time; `mark` is the mark in force of that row, so that a clash with what
    a reader may not know of can be told apart without asking for it.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="occupations")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="occupations")
    resource = models.ForeignKey(Resource, models.CASCADE, null=True, related_name="occupations")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    where = models.ForeignKey(Country, models.CASCADE, null=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    is_whole_day = models.BooleanField(default=False)
    source_kind = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    mark = models.CharField(max_length=20, choices=Mark)

    class Meta:
        default_permissions = ()
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        indexes = (
            # What is asked about lies near the end of all that there is: few rows end later than it begins.
            models.Index(fields=("person", "ends_at", "begins_at")),
            models.Index(fields=("resource", "ends_at", "begins_at")),
            models.Index(fields=("source_kind", "source_id")),
        )

    def __str__(self) -> str:
        return f"{self.person_id or self.resource_id} {self.begins_at:%Y-%m-%d %H:%M}"
