"""The three texts of talks: restricted record, agreed minutes, summary for the public; never one for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.records import (
    PartialDateField,
    Problem,
    Problems,
    Record,
    RecordQuerySet,
    as_they_would_be,
)
from interparl.core.translated import TranslatedField
from interparl.meetings.models.events import Event
from interparl.meetings.models.fields import own_by_event
from interparl.meetings.rules.promises import Promise, promises_in

TWICE = _("These talks have a text of this kind already.")


class TalkTextQuerySet(RecordQuerySet["TalkText"]):
    """Questions about texts of talks."""


class TalkText(Record):
    """One of the three texts of talks, with a mark and a publication of its own.

    A line of the record that begins with an arrow is a promise, which the register of commitments takes up.
    """

    class Kind(models.TextChoices):
        """Which of the three."""

        RECORD = "record", pgettext_lazy("text of talks", "record of talks")
        MINUTES = "minutes", pgettext_lazy("text of talks", "agreed minutes")
        SUMMARY = "summary", pgettext_lazy("text of talks", "public summary")

    class State(models.TextChoices):
        """How far it came."""

        DRAFT = "draft", pgettext_lazy("text of talks", "draft")
        AGREED = "agreed", pgettext_lazy("text of talks", "agreed")

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="texts")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.RECORD)
    text = TranslatedField(_("text"), long=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT, editable=False)
    agreed_on = PartialDateField(_("agreed on"), editable=False)

    objects = TalkTextQuerySet.as_manager()
    own_through = own_by_event()
    whole_field = "event"
    told_by = "kind"
    reads_through = ("event",)

    class Meta:
        verbose_name = _("text of talks")
        verbose_name_plural = _("texts of talks")
        indexes = (models.Index(fields=("event", "kind")),)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """There is one text of each kind; an import keeps a second one as questioned."""
        found = super().problems(records)
        stored = cls.objects.filter(event__in={record.event_id for record in records})
        rows: list[TalkText] = as_they_would_be(records, stored)
        for position, record in enumerate(records):
            alike = (row for row in rows if (row.event_id, row.kind) == (record.event_id, record.kind))
            if any(row is not record for row in alike):
                found.add(position, Problem("text-twice", TWICE, "kind", may_be_questioned=True))
        return found

    def promises_in(self, language: str) -> list[Promise]:
        """The promises that the text notes in that language."""
        found = (self.text or {}).get(language)
        return promises_in(found["text"]) if found else []
