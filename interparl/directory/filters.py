"""What the registers of the directory may be asked."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.core.filters import KeyFilter
from interparl.core.models import Grade
from interparl.directory.models import (
    Chamber,
    Convocation,
    Country,
    Mandate,
    Organisation,
    Parliament,
    Person,
    Relation,
)


class CountryFilters(django_filters.FilterSet):
    """Countries."""

    region = django_filters.ChoiceFilter(label=_("Region"), choices=Country.Region.choices)
    related = django_filters.BooleanFilter(label=_("Has relations with us"), method="with_relation")

    class Meta:
        model = Country
        fields = ["region"]

    def with_relation(self, found: QuerySet[Country], _name: str, value: bool) -> QuerySet[Country]:
        """Those with, or without, a relation at any time."""
        has = (
            Relation.objects.visible_to(self.request.user)
            .filter(parliament__isnull=False)
            .values("parliament__country")
        )
        return found.filter(pk__in=has) if value else found.exclude(pk__in=has)


class ParliamentFilters(django_filters.FilterSet):
    """Parliaments."""

    region = django_filters.ChoiceFilter(
        label=_("Region"), field_name="country__region", choices=Country.Region.choices
    )
    country = KeyFilter(label=_("Country"))

    class Meta:
        model = Parliament
        fields = ["country"]


class ConvocationFilters(django_filters.FilterSet):
    """Convocations."""

    parliament = KeyFilter(label=_("Parliament"))

    class Meta:
        model = Convocation
        fields = ["parliament"]


class ChamberFilters(django_filters.FilterSet):
    """Chambers."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Chamber.Kind.choices)

    class Meta:
        model = Chamber
        fields = ["kind"]


class OrganisationFilters(django_filters.FilterSet):
    """Organisations."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Organisation.Kind.choices)

    class Meta:
        model = Organisation
        fields = ["kind"]


class RelationFilters(django_filters.FilterSet):
    """Relations."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Relation.Kind.choices)

    class Meta:
        model = Relation
        fields = ["kind"]


class PersonFilters(django_filters.FilterSet):
    """People."""

    gender = django_filters.ChoiceFilter(label=_("Gender"), choices=Person.Gender.choices)
    chamber = KeyFilter(label=_("Sat in the chamber"), method="of_chamber")
    grade = django_filters.ChoiceFilter(label=_("Grade"), choices=Grade.choices)

    class Meta:
        model = Person
        fields = ["gender", "grade"]

    def of_chamber(self, found: QuerySet[Person], _name: str, value: Any) -> QuerySet[Person]:
        """Those who have ever held a mandate in it."""
        return found.filter(pk__in=Mandate.objects.visible_to(self.request.user).filter(chamber=value).values("person"))


class MandateFilters(django_filters.FilterSet):
    """Mandates."""

    chamber = KeyFilter(label=_("Chamber"))
    convocation = KeyFilter(label=_("Convocation"))

    class Meta:
        model = Mandate
        fields = ["chamber", "convocation"]
