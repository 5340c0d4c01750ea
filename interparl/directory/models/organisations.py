"""Organisations, the parliament's status in them, and its relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.core.querysets import DatedQuerySet
from interparl.core.records import Dated, Problem, Problems, named
from interparl.core.translated import TranslatedField
from interparl.directory.models.parliaments import Parliament
from interparl.directory.rules import would_cycle


class OrganisationQuerySet(DatedQuerySet["Organisation"]):
    """Questions about organisations."""


class Organisation(Dated):
    """An interparliamentary organisation, a ministry, an embassy, a company, a university."""

    class Kind(models.TextChoices):
        """What it is."""

        INTERPARLIAMENTARY = "interparliamentary", _("interparliamentary organisation")
        MINISTRY = "ministry", _("ministry")
        EMBASSY = "embassy", _("embassy")
        COMPANY = "company", _("company")
        UNIVERSITY = "university", _("university")
        OTHER = "other", _("other organisation")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    name = TranslatedField(_("name"))
    short_name = TranslatedField(_("short name"), blank=True)
    acronym = TranslatedField(_("acronym"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), related_name="parts", null=True, blank=True
    )
    seat = TranslatedField(_("headquarters"), blank=True)
    done = TranslatedField(_("what is done there"), blank=True, long=True)
    footnote = TranslatedField(_("footnote"), blank=True, long=True)

    objects = OrganisationQuerySet.as_manager()
    own_through = {"directory.organisation": "pk"}
    labelled = True
    mergeable = True
    same_when = ()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def also_known(self) -> list[str]:
        """Code, full names and acronyms."""
        return [self.code, *(text["text"] for value in (self.name, self.acronym) for text in value.values())]

    def label_in(self, language: str) -> str:
        """Its short name, else its name."""
        return named(self.short_name, language) or named(self.name, language)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """Refuses a ring in the tree."""
        found = super().problems(records)
        if any(record.parent_id for record in records):
            parents: dict[int, int | None] = dict(cls.objects.values_list("pk", "parent_id"))
            parents |= {record.pk: record.parent_id for record in records if record.pk}
            for position, record in enumerate(records):
                if record.parent_id and would_cycle(record.pk, record.parent_id, parents):
                    message = _("An organisation cannot be a part of itself, directly or through others.")
                    found.add(position, Problem("ring", message, "parent"))
        return found


class RankQuerySet(DatedQuerySet["Rank"]):
    """Questions about ranks of importance."""


class Rank(Dated):
    """How important an organisation is to the parliament, from a day to a day; the order within the rank is printed."""

    class Importance(models.TextChoices):
        """Ranks."""

        MOST = "most", _("most important")
        IMPORTANT = "important", _("important")

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="ranks")
    importance = models.CharField(_("importance"), max_length=20, choices=Importance)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = RankQuerySet.as_manager()
    own_through = {"directory.organisation": "organisation"}
    told_by = "importance"
    whole_field = "organisation"
    told_with_whole = True
    reads_through = ("organisation",)

    class Meta:
        verbose_name = _("rank of importance")
        verbose_name_plural = _("ranks of importance")


class StatusQuerySet(DatedQuerySet["Status"]):
    """Questions about statuses."""

    def full(self) -> StatusQuerySet:
        """Full memberships."""
        return self.filter(status=Status.Kind.MEMBER)


class Status(Dated):
    """What a parliament is in an organisation, over time (design 2.5)."""

    class Kind(models.TextChoices):
        """Statuses that organisations grant."""

        MEMBER = "member", _("full member")
        ASSOCIATE = "associate", _("associate member")
        OBSERVER = "observer", _("observer")
        PERMANENT_OBSERVER = "permanent-observer", _("permanent observer")
        SPECIAL_GUEST = "special-guest", _("special guest")
        PARTNER = "partner", _("partner")
        GUEST = "guest", _("guest")
        CONTESTED = "contested", _("contested")
        SUSPENDED = "suspended", _("suspended")
        NONE = "none", _("no status")

    parliament = models.ForeignKey(Parliament, models.PROTECT, verbose_name=_("parliament"), related_name="statuses")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="statuses"
    )
    status = models.CharField(_("status"), max_length=30, choices=Kind)
    is_world = models.BooleanField(_("counted among full memberships of the public page"), default=False)

    objects = StatusQuerySet.as_manager()
    own_through = {"directory.organisation": "organisation"}
    told_by = "parliament"
    whole_field = "organisation"
    told_with_whole = True
    reads_through = ("parliament", "organisation")

    class Meta:
        verbose_name = _("status in an organisation")
        verbose_name_plural = _("statuses in organisations")


class RelationQuerySet(DatedQuerySet["Relation"]):
    """Questions about relations."""


class Relation(Dated):
    """The home parliament's relation with another parliament or with an organisation; the public page counts these."""

    class Kind(models.TextChoices):
        """What the relation rests on."""

        BILATERAL = "bilateral", _("bilateral relations")
        WORKING_GROUP = "working-group", _("working group")
        COMMISSION = "commission", _("interparliamentary commission")
        ORGANISATION = "organisation", _("through an organisation")
        AGREEMENT = "agreement", _("agreement on cooperation")
        CONTACTS = "contacts", _("contacts")

    parliament = models.ForeignKey(
        Parliament,
        models.PROTECT,
        verbose_name=_("partner parliament"),
        related_name="relations",
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="relations", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BILATERAL)
    basis = TranslatedField(_("basis"), blank=True, long=True)

    objects = RelationQuerySet.as_manager()
    own_through = {"directory.organisation": "organisation"}
    told_by = "kind"
    reads_through = ("parliament", "organisation")

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = (
            models.CheckConstraint(
                condition=Q(parliament__isnull=True) ^ Q(organisation__isnull=True),
                name="relation_with_one",
                violation_error_message=_("Name either a parliament or an organisation."),
            ),
        )

    @property
    def whole(self) -> tuple[str, int] | None:
        """The partner parliament's country has the page; an organisation has its own."""
        if self.parliament_id:
            return Parliament.record_kind(), self.parliament_id
        return (Organisation.record_kind(), self.organisation_id) if self.organisation_id else None
