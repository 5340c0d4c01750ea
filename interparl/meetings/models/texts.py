"""The three texts of talks: restricted record, agreed minutes, summary for the public; never one for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.utils.functional import Promise as Words
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.core.days import today
from interparl.core.formats import write_day
from interparl.core.querysets import RecordQuerySet
from interparl.core.records import PartialDateField, Problem, Problems, Record
from interparl.core.translated import TranslatedField, text_in
from interparl.meetings.models.events import Event
from interparl.meetings.models.fields import own_by_event
from interparl.meetings.rules.promises import Promise, promises_in

NOT_FOR_THE_PUBLIC = _("Of the texts of talks the public reads the summary alone.")


class TalkTextQuerySet(RecordQuerySet["TalkText"]):
    """Questions about texts of talks."""


class TalkText(Record):
    """One of the three texts of talks, with a mark and a publication of its own.

    Talks in narrow and in extended format may each have a record.

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
    told_with_whole = True
    told_by = "kind"
    reads_through = ("event",)

    class Meta:
        verbose_name = _("text of talks")
        verbose_name_plural = _("texts of talks")
        indexes = (models.Index(fields=("event", "kind")),)

    def told_as(self, language: str) -> str:
        """Its first line."""
        return text_in(self.text, language).partition("\n")[0] if self.kind == self.Kind.SUMMARY else ""

    def against_telling(self) -> str | Words:
        """Of the three the public reads the summary alone."""
        return "" if self.kind == self.Kind.SUMMARY else NOT_FOR_THE_PUBLIC

    def too_early(self) -> str:
        """Why minutes cannot be written yet: nobody minutes what has not begun. "" for every other text."""
        begins = self.event.since_earliest if self.event_id and self.kind == self.Kind.MINUTES else None
        if begins is None or begins <= today():
            return ""
        day = write_day(begins, get_language() or "en", "full")
        return gettext("Minutes are written once the event has begun. Its first day, %(day)s, is still to come.") % {
            "day": day
        }

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Nothing becomes minutes before the event; those that were written before it was put off stay."""
        found = super().problems(records)
        early = {position: why for position, record in enumerate(records) if (why := record.too_early())}
        if early:
            known = [records[position].pk for position in early]
            minutes = set(cls._base_manager.filter(pk__in=known, kind=cls.Kind.MINUTES).values_list("pk", flat=True))
            for position, why in early.items():
                if records[position].pk not in minutes:
                    found.add(position, Problem("too-early", why, "kind"))
        return found

    def promises_in(self, language: str) -> list[Promise]:
        """The promises that the text notes in that language."""
        found = (self.text or {}).get(language)
        return promises_in(found["text"]) if found else []
