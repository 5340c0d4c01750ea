"""Contact points, and which officer looks after whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.core.fields import LineField
from interparl.core.querysets import DatedQuerySet
from interparl.core.records import Dated, Personal, Problem, Problems
from interparl.directory.models.organisations import Organisation
from interparl.directory.models.parliaments import Chamber, Country
from interparl.directory.models.people import Person

WEB_ADDRESSES = ("https://", "http://")


class ContactPointQuerySet(DatedQuerySet["ContactPoint"]):
    """Questions about contact points."""


class ContactPoint(Dated):
    """How a person, an organisation or a chamber is reached; internal unless published on purpose."""

    class Kind(models.TextChoices):
        """vCard kinds."""

        EMAIL = "email", _("e-mail")
        PHONE = "voice", _("telephone")
        FAX = "fax", _("fax")
        ADDRESS = "address", _("address")
        WEB = "url", _("web page")
        PHOTO = "photo", _("picture")
        OTHER = "other", _("other")

    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), related_name="contact_points", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("organisation"),
        related_name="contact_points",
        null=True,
        blank=True,
    )
    chamber = models.ForeignKey(
        Chamber, models.PROTECT, verbose_name=_("chamber"), related_name="contact_points", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    value = LineField(_("contact"), max_length=500)

    objects = ContactPointQuerySet.as_manager()
    own_through = {"directory.person": "person", "directory.organisation": "organisation"}
    told_by = "value"
    reads_through = ("person", "organisation", "chamber")
    personal = Personal(
        "person",
        private=("value", "note"),
        facts=("person", "organisation", "chamber", "kind"),
        removed={"erase": Q(), "anonymise": Q()},
    )

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True, chamber__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False, chamber__isnull=True)
                | Q(person__isnull=True, organisation__isnull=True, chamber__isnull=False),
                name="contact_of_one",
                violation_error_message=_("Name either a person, an organisation or a chamber."),
            ),
        )

    @property
    def whole(self) -> tuple[str, int] | None:
        """Whoever is reached by it."""
        if self.person_id:
            return Person.record_kind(), self.person_id
        if self.organisation_id:
            return Organisation.record_kind(), self.organisation_id
        return (Chamber.record_kind(), self.chamber_id) if self.chamber_id else None

    @property
    def is_picture(self) -> bool:
        """Whether it is the address of a picture, to which a page may lead."""
        return self.kind == self.Kind.PHOTO and self.value.lower().startswith(WEB_ADDRESSES)

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """A picture is named by its address on the web; what a file says instead is questioned."""
        found = super().problems(records)
        for position, record in enumerate(records):
            if record.kind == cls.Kind.PHOTO and not record.is_picture:
                message = _("The address of a picture begins with https:// or http://.")
                found.add(position, Problem("no-address", message, "value", may_be_questioned=True))
        return found


class PortfolioQuerySet(DatedQuerySet["Portfolio"]):
    """Questions about portfolios."""


class Portfolio(Dated):
    """An officer's country or organisation, from a day to a day, and the officer's deputy."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("officer"), related_name="portfolios"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("deputy"), related_name="+", null=True, blank=True
    )
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="portfolios", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="portfolios", null=True, blank=True
    )

    deputy_since = models.DateField(_("deputy from"), null=True, blank=True)
    deputy_until = models.DateField(_("deputy to"), null=True, blank=True)

    objects = PortfolioQuerySet.as_manager()
    own_through = {"directory.country": "country", "directory.organisation": "organisation"}
    told_by = "user"
    reads_through = ("country", "organisation")

    class Meta:
        verbose_name = _("portfolio")
        verbose_name_plural = _("portfolios")
        constraints = (
            models.CheckConstraint(
                condition=Q(country__isnull=True) ^ Q(organisation__isnull=True),
                name="portfolio_of_one",
                violation_error_message=_("Name either a country or an organisation."),
            ),
        )

    @property
    def whole(self) -> tuple[str, int] | None:
        """The country or organisation that is looked after."""
        if self.country_id:
            return Country.record_kind(), self.country_id
        return (Organisation.record_kind(), self.organisation_id) if self.organisation_id else None
