"""What the public page says in words, and what others printed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, Record, named
from interparl.core.translated import TranslatedField


class SectionQuerySet(RecordQuerySet["Section"]):
    """Questions about sections."""


class Section(Record):
    """The wording of one part of the public page; its numbers are counted, never typed (design 2.11)."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    title = TranslatedField(_("title"))
    text = TranslatedField(_("text"), blank=True, long=True)

    objects = SectionQuerySet.as_manager()
    labelled = True

    class Meta:
        verbose_name = _("section of the public page")
        verbose_name_plural = _("sections of the public page")

    def label_in(self, language: str) -> str:
        """Its title."""
        return named(self.title, language)


class ReportedFigureQuerySet(DatedQuerySet["ReportedFigure"]):
    """Questions about reported figures."""


class ReportedFigure(Dated):
    """A number that others printed, beside our count: for which days, when, and where (its source)."""

    class Key(models.TextChoices):
        """What was counted; the keys of the facts."""

        PARTNER_PARLIAMENTS = "partner_parliaments", _("partner parliaments")
        WORKING_GROUPS = "working_groups", _("working groups")
        COMMISSIONS = "commissions", _("interparliamentary commissions")
        PERMANENT_DELEGATIONS = "permanent_delegations", _("permanent delegations")

    key = models.CharField(_("what was counted"), max_length=40, choices=Key)
    number = models.PositiveIntegerField(_("count"))
    is_more_than = models.BooleanField(_("printed as “more than”"), default=False)
    printed_on = models.DateField(_("printed on"))

    objects = ReportedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
