"""Bodies, the decisions that form them, their parts, partners and seats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.core.fields import LineField
from interparl.core.formats import write_partial
from interparl.core.querysets import DatedQuerySet, RecordQuerySet
from interparl.core.records import (
    Dated,
    PartialDateField,
    Problem,
    Problems,
    Record,
    as_they_would_be,
    earliest_of,
    named,
)
from interparl.core.rights import Reader
from interparl.core.translated import TranslatedField, texts_of
from interparl.directory.models import Chamber, Convocation, Country, Organisation, Parliament
from interparl.directory.rules import would_cycle
from interparl.language.folding import fold

ROTATION = RegexValidator(
    r"^[A-Z0-9]+(-[A-Z0-9]+)*( [A-Z0-9]+(-[A-Z0-9]+)*)*\Z",
    _("Write the codes of countries in their order, with spaces between them: AM BY KZ."),
)


class BodyQuerySet(DatedQuerySet["Body"]):
    """Questions about bodies."""

    def of_kind(self, *kinds: str) -> BodyQuerySet:
        """Those of these kinds."""
        return self.filter(kind__in=kinds)

    def ours(self, home: Parliament) -> BodyQuerySet:
        """Those in which the home parliament has a part."""
        return self.filter(parts__parliament=home)

    def with_part_of(self, parliament: Parliament | int, reader: Reader) -> BodyQuerySet:
        """Those in which the parliament has a part that this reader may know of."""
        return self.filter(pk__in=Part.objects.visible_to(reader).filter(parliament=parliament).values("body"))

    def about(self, country: Country | int, reader: Reader) -> BodyQuerySet:
        """Those about the country, or with a part of its parliament, as far as this reader may know of the link."""
        partners = Partner.objects.visible_to(reader).filter(country=country)
        parts = Part.objects.visible_to(reader).filter(parliament__country=country)
        return self.filter(Q(pk__in=partners.values("body")) | Q(pk__in=parts.values("body")))


class Body(Dated):
    """A working group, a commission, a delegation, a committee: something with members, from a day to a day.

    A body of the next convocation is a body of its own and `continues` the earlier one; a group abroad that answers
    ours is a body of its own and `mirror_of` links them, never the country alone (design 2.4).
    """

    class Kind(models.TextChoices):
        """What it is."""

        WORKING_GROUP = "working-group", _("working group")
        REGIONAL_GROUP = "regional-group", _("regional group")
        COMMISSION = "commission", _("interparliamentary commission")
        DELEGATION = "delegation", _("permanent delegation")
        NATIONAL_GROUP = "national-group", _("national group")
        OCCASIONAL_DELEGATION = "occasional-delegation", _("occasional delegation")
        ORGAN = "organ", _("organ of an organisation")
        COMMITTEE = "committee", _("standing committee")
        CHAMBER_ORGAN = "chamber-organ", _("organ of a chamber")
        UNOFFICIAL = "unofficial", _("unofficial grouping")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    name = TranslatedField(_("short name"))
    official_name = TranslatedField(_("official name"), blank=True, long=True)
    convocation = models.ForeignKey(
        Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="bodies", null=True, blank=True
    )
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="bodies", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="bodies", null=True, blank=True
    )
    continues = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("continues"), related_name="continued_by", null=True, blank=True
    )
    mirror_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("answers"), related_name="mirrors", null=True, blank=True
    )
    formed_by = models.ForeignKey(
        "bodies.Decision", models.PROTECT, verbose_name=_("formed by"), related_name="formed", null=True, blank=True
    )
    ended_by = models.ForeignKey(
        "bodies.Decision", models.PROTECT, verbose_name=_("ended by"), related_name="ended", null=True, blank=True
    )

    term = models.PositiveSmallIntegerField(
        _("term of the chair, months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Of an organ of an organisation: for how long its chair holds the office."),
    )
    rotation = LineField(
        _("order of the chair"),
        max_length=200,
        blank=True,
        validators=[ROTATION],
        help_text=_("Codes of the countries whose parliaments chair it in turn: AM BY KZ KG RU TJ"),
    )

    objects = BodyQuerySet.as_manager()
    own_through = {"bodies.body": "pk"}
    labelled = True
    mergeable = True
    handed_over = True
    same_when = ("chamber", "convocation")

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def also_known(self) -> list[str]:
        """Code and official names."""
        return [self.code, *(text["text"] for text in self.official_name.values())]

    def label_in(self, language: str) -> str:
        """Its short name."""
        return named(self.name, language)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses a body that continues itself, directly or through others."""
        found = super().problems(records)
        if any(record.continues_id for record in records):
            earlier: dict[int, int | None] = dict(
                cls.objects.filter(continues__isnull=False).values_list("pk", "continues_id")
            )
            earlier |= {record.pk: record.continues_id for record in records if record.pk}
            for position, record in enumerate(records):
                if record.continues_id and would_cycle(record.pk, record.continues_id, earlier):
                    message = _("A body cannot continue itself, directly or through others.")
                    found.add(position, Problem("ring", message, "continues"))
        return found


class DecisionQuerySet(RecordQuerySet["Decision"]):
    """Questions about decisions."""


class Decision(Record):
    """The act of an organ that forms, appoints or approves. Others point to it; it points to none of them."""

    number = LineField(_("number"), max_length=60, blank=True)
    taken_on = PartialDateField(_("day"), blank=False)
    taken_earliest = models.DateField(null=True, editable=False)
    organ = TranslatedField(_("organ"))
    title = TranslatedField(_("title"), blank=True)

    objects = DecisionQuerySet.as_manager()
    derived = (*Record.derived, "taken_earliest")
    labelled = True

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def prepare(self) -> None:
        """Fills the day that decisions are ordered by."""
        super().prepare()
        self.taken_earliest = earliest_of(self.taken_on)

    def label_in(self, language: str) -> str:
        """Number and organ."""
        organ = named(self.organ, language)
        words = [f"№ {self.number}" if self.number else "", write_partial(self.taken_on, language), organ]
        return ", ".join(part for part in words if part) if organ else ""

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """A decision that stands in the register already is questioned: same number, same day, same organ."""
        found = super().problems(records)
        numbers = {record.number for record in records if record.number}
        stored = cls.objects.filter(number__in=numbers) if numbers else ()
        rows: list[Decision] = as_they_would_be(records, stored)
        for position, record in enumerate(records):
            alike = [row for row in rows if row is not record and _is_told_alike(row, record)]
            if record.number and alike:
                message = _("A decision of this number, day and organ is in the register already.")
                found.add(position, Problem("decision-twice", message, "number", may_be_questioned=True))
        return found


def _is_told_alike(one: Decision, other: Decision) -> bool:
    """Whether two decisions have one number and day, and organs that share a name in some language."""
    organs = [{fold(text) for text in texts_of(row.organ).values()} for row in (one, other)]
    return (one.number, one.taken_on) == (other.number, other.taken_on) and bool(organs[0] & organs[1])


class PartnerQuerySet(RecordQuerySet["Partner"]):
    """Questions about partners."""


class Partner(Record):
    """A country or a parliament that a body is about; a regional group has several."""

    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="partners")
    country = models.ForeignKey(Country, models.PROTECT, verbose_name=_("country"), related_name="partner_bodies")
    parliament = models.ForeignKey(
        Parliament, models.PROTECT, verbose_name=_("parliament"), related_name="partner_bodies", null=True, blank=True
    )

    objects = PartnerQuerySet.as_manager()
    own_through = {"bodies.body": "body"}
    told_by = "country"
    whole_field = "body"
    told_with_whole = True
    reads_through = ("body", "country")

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = (models.UniqueConstraint(fields=("body", "country"), name="partner_once"),)


class PartQuerySet(DatedQuerySet["Part"]):
    """Questions about parts."""


class Part(Dated):
    """One parliament's side of a body. A commission outlives convocations; its parts are appointed anew."""

    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="parts")
    parliament = models.ForeignKey(Parliament, models.PROTECT, verbose_name=_("parliament"), related_name="parts")
    convocation = models.ForeignKey(
        Convocation, models.PROTECT, verbose_name=_("convocation"), related_name="parts", null=True, blank=True
    )

    objects = PartQuerySet.as_manager()
    own_through = {"bodies.body": "body"}
    whole_field = "body"
    told_with_whole = True
    reads_through = ("body", "parliament")
    labelled = True
    label_needs = ("parliament",)

    class Meta:
        verbose_name = _("part of a body")
        verbose_name_plural = _("parts of bodies")

    def label_in(self, language: str) -> str:
        """The parliament whose part it is."""
        return named(self.parliament.short_name, language) or named(self.parliament.name, language)


class SeatQuerySet(RecordQuerySet["Seat"]):
    """Questions about seats."""


class Seat(Record):
    """A place in a part: full or substitute, perhaps kept for a chamber. One person holds it at a time."""

    class Kind(models.TextChoices):
        """Whether its holder votes, or stands in."""

        FULL = "full", _("member’s seat")
        SUBSTITUTE = "substitute", _("substitute’s seat")

    part = models.ForeignKey(Part, models.PROTECT, verbose_name=_("part"), related_name="seats")
    body = models.ForeignKey(Body, models.PROTECT, verbose_name=_("body"), related_name="seats")
    title = TranslatedField(_("title"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.FULL)
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name=_("kept for"), related_name="seats_kept", null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = SeatQuerySet.as_manager()
    own_through = {"bodies.body": "body"}
    told_by = "title"
    whole_field = "body"
    reads_through = ("body",)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ("order", "id")

    def label_in(self, language: str) -> str:
        """Its title and its number, by which it is told from the others of the body."""
        title = named(self.title, language)
        return f"{title}, {self.order}" if title else ""

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """A seat belongs to the body of its part."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.part.body_id != record.body_id:
                found.add(position, Problem("other-body", _("The part belongs to another body."), "part"))
        return found
