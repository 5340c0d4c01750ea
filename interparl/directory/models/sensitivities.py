"""Parties that must not meet: what the department knows and says to nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.core.fields import LineField
from interparl.core.models import Mark
from interparl.core.querysets import DatedQuerySet
from interparl.core.records import Dated, Personal, Problem, Problems
from interparl.directory.models.organisations import Organisation
from interparl.directory.models.parliaments import Country, Parliament
from interparl.directory.models.people import Person

FIRST = ("person", "country", "parliament", "organisation")
OTHER = tuple(f"other_{name}" for name in FIRST)
ONE_PARTY = _("Name one party: a person, a country, a parliament or an organisation.")
ONE_OTHER = _("Name one other party: a person, a country, a parliament or an organisation.")
PERSON_FIRST = _("Of a person and another party name the person first.")
ITSELF = _("A party meets itself every day: name another one.")


def _one_of(names: Sequence[str]) -> Q:
    """The condition that exactly one of these is filled."""
    return reduce(or_, (Q(**{f"{other}__isnull": other != name for other in names}) for name in names))


def _party(model: Any, words: Any, name: str) -> Any:
    return models.ForeignKey(model, models.PROTECT, verbose_name=words, related_name=name, null=True, blank=True)


class SensitivityQuerySet(DatedQuerySet["Sensitivity"]):
    """Questions about parties that must not meet."""


class Sensitivity(Dated):
    """Two parties that must not meet, as long as it lasts, and why. For official use unless told otherwise."""

    mark = models.CharField(_("mark"), max_length=20, choices=Mark, default=Mark.OFFICIAL)
    person = _party(Person, _("person"), "sensitivities")
    country = _party(Country, _("country"), "sensitivities")
    parliament = _party(Parliament, _("parliament"), "sensitivities")
    organisation = _party(Organisation, _("organisation"), "sensitivities")
    other_person = _party(Person, _("other person"), "other_sensitivities")
    other_country = _party(Country, _("other country"), "other_sensitivities")
    other_parliament = _party(Parliament, _("other parliament"), "other_sensitivities")
    other_organisation = _party(Organisation, _("other organisation"), "other_sensitivities")
    grounds = LineField(_("reason"), max_length=300)

    objects = SensitivityQuerySet.as_manager()
    # It concerns who looks after either of the two, whichever was named first.
    own_through = {
        "directory.person": ("person", "other_person"),
        "directory.country": tuple(
            f"{party}{way}" for party in ("", "other_") for way in ("country", "parliament__country", "person__country")
        ),
        "directory.organisation": ("organisation", "other_organisation"),
    }
    told_by = "grounds"
    reads_through = (*FIRST, *OTHER)
    # What is said of two people goes with the first of them who is erased.
    personal = Personal(
        "person", private=("note", "grounds"), facts=reads_through, removed={"erase": Q(), "anonymise": Q()}
    )

    class Meta:
        verbose_name = _("sensitivity")
        verbose_name_plural = _("sensitivities")
        constraints = (
            models.CheckConstraint(
                condition=_one_of(FIRST), name="sensitivity_of_one", violation_error_message=ONE_PARTY
            ),
            models.CheckConstraint(
                condition=_one_of(OTHER), name="sensitivity_with_one", violation_error_message=ONE_OTHER
            ),
        )

    @property
    def parties(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """Kind and key of the one and of the other."""
        return self._filled(FIRST), self._filled(OTHER)

    def _filled(self, names: Sequence[str]) -> tuple[str, int]:
        for name, kind in zip(names, FIRST, strict=True):
            if key := self.serializable_value(f"{name}_id"):
                return f"directory.{kind}", key
        return "", 0

    @classmethod
    def problems(cls, records: Sequence[Self]) -> Problems:
        """A person stands first, so that what is said of him can go with him; nobody is kept from himself."""
        found = super().problems(records)
        for position, record in enumerate(records):
            first, other = record.parties
            if record.other_person_id and not record.person_id:
                found.add(position, Problem("person-second", PERSON_FIRST, "other_person"))
            if first[1] and first == other:
                found.add(position, Problem("itself", ITSELF, other[0].replace("directory.", "other_")))
        return found
