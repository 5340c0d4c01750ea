"""How long documents are kept, by what they are, and what holds them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.core.fields import LineField
from interparl.core.models import Entry
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, Personal, Problems, Record, named
from interparl.core.translated import TranslatedField
from interparl.documents.models.documents import Document, DocumentKind, Version


class KeepingRuleQuerySet(RecordQuerySet["KeepingRule"]):
    """Questions about classes of keeping."""


class KeepingRule(Record):
    """A class of keeping: how many years documents of one kind are kept, from the day on them.

    Of a date that is only partly known its last day counts, without one the day of the newest version; of several
    classes of one kind the longest. What is due is listed, never removed by itself.
    """

    title = TranslatedField(_("title"))
    document_kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    years = models.PositiveSmallIntegerField(_("years"))
    basis = LineField(_("legal basis"), max_length=500)

    objects = KeepingRuleQuerySet.as_manager()
    labelled = True

    class Meta:
        verbose_name = _("class of keeping")
        verbose_name_plural = _("classes of keeping")

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)

    def due(self, day: date) -> QuerySet[Document]:
        """The documents whose time is over on the day and whose content is kept still; none that is held back."""
        last = years_before(day, self.years)
        longer = KeepingRule.objects.filter(document_kind=self.document_kind, years__gt=self.years)
        if last is None or longer.exists():
            return Document.objects.none()
        held = Version.objects.held().filter(document=OuterRef("pk"))
        since = datetime.combine(last + timedelta(days=1), time(), tzinfo=UTC)
        late = held.filter(Exists(_added_since(since)))
        over = Q(dated_latest__lte=last) | (Q(dated_latest=None) & ~Q(Exists(late)))
        holds = KeepingHold.objects.on(day).filter(document=OuterRef("pk"))
        found = Document.objects.filter(over, document_kind=self.document_kind).filter(Exists(held))
        return found.exclude(Exists(holds))


def _added_since(moment: datetime) -> QuerySet[Entry]:
    """The entries by which the version of the outer query came in, if that was no earlier."""
    return Entry.objects.filter(kind=Version.record_kind(), object_id=OuterRef("pk"), verb="added", at__gte=moment)


def years_before(day: date, years: int) -> date | None:
    """The day so many years before; None before the calendar begins."""
    year = day.year - years
    if year < 1:
        return None
    return day.replace(year=year, day=min(day.day, 28) if (day.month, day.day) == (2, 29) else day.day)


class KeepingHoldQuerySet(DatedQuerySet["KeepingHold"]):
    """Questions about holds."""


class KeepingHold(Dated):
    """Why nothing of a document may be removed, from a day to a day: a court case, an inquiry, an archive's wish."""

    document = models.ForeignKey(Document, models.PROTECT, verbose_name=_("document"), related_name="holds")
    grounds = LineField(pgettext_lazy("of a hold", "reason"), max_length=500)

    objects = KeepingHoldQuerySet.as_manager()
    told_by = "grounds"
    whole_field = "document"
    reads_through = ("document",)
    own_like = "document"
    personal = Personal("document", facts=("document", "grounds"))

    class Meta:
        verbose_name = _("hold on removal")
        verbose_name_plural = _("holds on removal")

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """None of its own; while one is written, who removes content of the document is waited for, and waits."""
        if connection.in_atomic_block:
            keys = {record.document_id for record in records}
            list(Document._base_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        return super().problems(records)
