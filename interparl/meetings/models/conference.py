"""Themes of a session or conference, and what is said there for us."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.querysets import RecordQuerySet
from interparl.core.records import Personal, Problem, Problems, Record, named
from interparl.core.translated import TranslatedField
from interparl.meetings.models.events import Event
from interparl.meetings.models.fields import LocalTimeField, own_by_event
from interparl.meetings.models.people import Participation

SPEAKER_ELSEWHERE = _("The speaker takes part in another event.")
TOPIC_ELSEWHERE = _("The theme belongs to another event.")


class TopicQuerySet(RecordQuerySet["Topic"]):
    """Questions about themes."""


class Topic(Record):
    """A theme of a session or a conference."""

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="topics")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    title = TranslatedField(_("title"))

    objects = TopicQuerySet.as_manager()
    own_through = own_by_event()
    whole_field = "event"
    reads_through = ("event",)
    labelled = True

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("order", "id")

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)


class StatementQuerySet(RecordQuerySet["Statement"]):
    """Questions about statements."""


class Statement(Record):
    """What somebody says for us on a theme: the slot, the text in each language, the position in a line.

    The steps by which it is cleared are clearances that hang on it (`tasks`).
    """

    class Kind(models.TextChoices):
        """What it is."""

        SPEECH = "speech", pgettext_lazy("statement", "speech")
        INTERVENTION = "intervention", pgettext_lazy("statement", "intervention")
        EXPLANATION = "explanation", pgettext_lazy("statement", "explanation of vote")
        WRITTEN = "written", pgettext_lazy("statement", "written statement")

    class State(models.TextChoices):
        """Whether it was delivered."""

        PLANNED = "planned", pgettext_lazy("statement", "planned")
        DELIVERED = "delivered", pgettext_lazy("statement", "delivered")
        NOT_DELIVERED = "not-delivered", pgettext_lazy("statement", "not delivered")

    event = models.ForeignKey(Event, models.PROTECT, verbose_name=_("event"), related_name="statements")
    topic = models.ForeignKey(
        Topic, models.PROTECT, verbose_name=_("theme"), related_name="statements", null=True, blank=True
    )
    speaker = models.ForeignKey(
        Participation,
        models.PROTECT,
        verbose_name=pgettext_lazy("statement", "speaker"),
        related_name="statements",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SPEECH)
    day = models.DateField(_("day"), null=True, blank=True)
    begins = LocalTimeField(_("slot"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    position = TranslatedField(_("position in a line"), blank=True)
    text = TranslatedField(_("text"), blank=True, long=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.PLANNED, editable=False)

    objects = StatementQuerySet.as_manager()
    own_through = own_by_event()
    whole_field = "event"
    has_own_page = True
    told_by = "speaker"
    reads_through = ("event", "topic", "speaker")
    personal = Personal(
        "speaker__person",
        facts=("event", "topic", "speaker", "kind", "day", "begins", "minutes", "position", "text", "state"),
    )

    class Meta:
        verbose_name = pgettext_lazy("noun", "statement")
        verbose_name_plural = pgettext_lazy("noun", "statements")

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Speaker and theme belong to the event."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.speaker is not None and record.speaker.event_id != record.event_id:
                found.add(position, Problem("other-event", SPEAKER_ELSEWHERE, "speaker"))
            if record.topic is not None and record.topic.event_id != record.event_id:
                found.add(position, Problem("other-event", TOPIC_ELSEWHERE, "topic"))
        return found
