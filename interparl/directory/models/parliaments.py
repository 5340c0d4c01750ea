"""Countries, parliaments, chambers and their convocations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from interparl.core.days import HOME_PARLIAMENT, installation, once
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import Dated, PartialDateField, Problem, Problems, Record, as_they_would_be
from interparl.core.records import named as named_in
from interparl.core.rights import Reader, once_for
from interparl.core.translated import TranslatedField
from interparl.directory.rules import terms_meet

CODE = RegexValidator(r"^[A-Z0-9]+(-[A-Z0-9]+)*\Z", _("A code has capital letters, digits and hyphens: BY, BY-LC01."))


class CountryQuerySet(RecordQuerySet["Country"]):
    """Questions about countries."""


class Country(Record):
    """A country or territory as the parliament deals with it; a footnote where name or status is contested."""

    class Region(models.TextChoices):
        """UN M49 regions."""

        AFRICA = "africa", _("Africa")
        AMERICAS = "americas", _("Americas")
        ASIA = "asia", _("Asia")
        EUROPE = "europe", _("Europe")
        OCEANIA = "oceania", _("Oceania")

    code = models.CharField(_("code"), max_length=12, unique=True, validators=[CODE])
    alpha3 = models.CharField(_("three-letter code"), max_length=3, blank=True)
    numeric = models.CharField(_("numeric code"), max_length=3, blank=True)
    name = TranslatedField(_("name"))
    official_name = TranslatedField(_("official name"), blank=True)
    footnote = TranslatedField(_("footnote"), blank=True, long=True)
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    capital = TranslatedField(_("capital"), blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True)

    objects = CountryQuerySet.as_manager()
    own_through = {"directory.country": "pk"}
    labelled = True
    handed_over = True

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def also_known(self) -> list[str]:
        """Codes and official names."""
        return [self.code, self.alpha3, *(text["text"] for text in self.official_name.values())]

    def label_in(self, language: str) -> str:
        """Its short name."""
        return named_in(self.name, language)


class ParliamentQuerySet(DatedQuerySet["Parliament"]):
    """Questions about parliaments."""

    def home(self) -> Parliament | None:
        """The parliament whose department this installation serves; None until it is set."""
        code = installation().get(HOME_PARLIAMENT, "")
        return once(HOME_PARLIAMENT, lambda: self.filter(code=code).select_related("country").first())

    def known_of(self, country: Country, reader: Reader) -> list[Parliament]:
        """Those of a country, of whatever day, that the reader may know of; asked once for a request."""
        known = self.visible_to(reader).filter(country=country).order_by("pk")
        return once_for(reader, ("parliaments of", country.pk), lambda: list(known))


class Parliament(Dated):
    """A country's parliament; codes in the form of the IPU's Parline (BY)."""

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="parliaments")
    name = TranslatedField(_("name"))
    short_name = TranslatedField(_("short name"), blank=True)

    objects = ParliamentQuerySet.as_manager()
    own_through = {"directory.country": "country"}
    labelled = True
    reads_through = ("country",)

    class Meta:
        verbose_name = _("parliament")
        verbose_name_plural = _("parliaments")

    def also_known(self) -> list[str]:
        """Code and short names."""
        return [self.code, *(text["text"] for text in self.short_name.values())]

    def label_in(self, language: str) -> str:
        """Its name."""
        return named_in(self.name, language)

    @property
    def is_ours(self) -> bool:
        """Whether it is the home parliament."""
        return self.code == installation().get(HOME_PARLIAMENT)


class ChamberQuerySet(DatedQuerySet["Chamber"]):
    """Questions about chambers."""


class Chamber(Dated):
    """A chamber of a parliament, or the only one."""

    class Kind(models.TextChoices):
        """Its place in the parliament."""

        LOWER = "lower", _("lower chamber")
        UPPER = "upper", _("upper chamber")
        SINGLE = "single", _("single chamber")

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[CODE])
    parliament = models.ForeignKey(Parliament, models.PROTECT, verbose_name=_("parliament"), related_name="chambers")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = TranslatedField(_("name"))
    short_name = TranslatedField(_("short name"), blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)

    objects = ChamberQuerySet.as_manager()
    labelled = True
    reads_through = ("parliament",)

    class Meta:
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")

    def also_known(self) -> list[str]:
        """Code and short names."""
        return [self.code, *(text["text"] for text in self.short_name.values())]

    def label_in(self, language: str) -> str:
        """Its name."""
        return named_in(self.name, language)


class ConvocationQuerySet(DatedQuerySet["Convocation"]):
    """Questions about convocations."""


class Convocation(Dated):
    """A legislative term of a parliament; each chamber has its own first and last day in it (`ChamberTerm`)."""

    parliament = models.ForeignKey(
        Parliament, models.PROTECT, verbose_name=_("parliament"), related_name="convocations"
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    name = TranslatedField(_("name"))

    objects = ConvocationQuerySet.as_manager()
    labelled = True
    reads_through = ("parliament",)

    class Meta:
        verbose_name = _("convocation")
        verbose_name_plural = _("convocations")

    def label_in(self, language: str) -> str:
        """Its name."""
        return named_in(self.name, language)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Two convocations of one parliament that certainly share a day are questioned (design 2.19)."""
        found = super().problems(records)
        stored = cls.objects.filter(parliament__in={record.parliament_id for record in records})
        of_parliament: dict[int, list[Convocation]] = {}
        rows: list[Convocation] = as_they_would_be(records, stored)
        for row in rows:
            of_parliament.setdefault(row.parliament_id, []).append(row)
        for position, record in enumerate(records):
            others = (row for row in of_parliament[record.parliament_id] if row is not record)
            if other := next((row for row in others if terms_meet(record.span, row.span)), None):
                message = _("“%(name)s” covers some of the same days.") % {"name": other}
                found.add(position, Problem("convocations-overlap", message, "since", may_be_questioned=True))
        return found


class ChamberTermQuerySet(DatedQuerySet["ChamberTerm"]):
    """Questions about the terms of chambers."""


class ChamberTerm(Dated):
    """One chamber's first and last day in a convocation (design 2.15)."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="terms")
    convocation = models.ForeignKey(
        Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="chamber_terms"
    )

    objects = ChamberTermQuerySet.as_manager()
    told_by = "chamber"
    whole_field = "convocation"
    reads_through = ("chamber", "convocation")

    class Meta:
        verbose_name = _("term of a chamber")
        verbose_name_plural = _("terms of chambers")
        constraints = (models.UniqueConstraint(fields=("chamber", "convocation"), name="chamber_term_once"),)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Two terms of one chamber that certainly share a day are questioned (design 2.19)."""
        found = super().problems(records)
        stored = cls.objects.filter(chamber__in={record.chamber_id for record in records})
        of_chamber: dict[int, list[ChamberTerm]] = {}
        rows: list[ChamberTerm] = as_they_would_be(records, stored)
        for row in rows:
            of_chamber.setdefault(row.chamber_id, []).append(row)
        for position, record in enumerate(records):
            if any(row is not record and terms_meet(record.span, row.span) for row in of_chamber[record.chamber_id]):
                message = _("Another term of this chamber covers some of the same days.")
                found.add(position, Problem("terms-overlap", message, "since", may_be_questioned=True))
        return found


class ElectionQuerySet(RecordQuerySet["Election"]):
    """Questions about elections."""


class Election(Record):
    """An election to a chamber, and the convocation that came of it."""

    chamber = models.ForeignKey(Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="elections")
    convocation = models.ForeignKey(
        Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="elections", null=True, blank=True
    )
    held_on = PartialDateField(_("held on"), blank=False)

    objects = ElectionQuerySet.as_manager()
    told_by = "held_on"
    whole_field = "chamber"
    reads_through = ("chamber",)

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
