"""What the registers of bodies may be asked."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.bodies.models import Body, Membership
from interparl.core.filters import KeyFilter
from interparl.core.models import Grade


class BodyFilters(django_filters.FilterSet):
    """Bodies."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Body.Kind.choices)
    grade = django_filters.ChoiceFilter(label=_("Grade"), choices=Grade.choices)
    country = KeyFilter(label=_("Country"), method="of_country")
    parliament = KeyFilter(label=_("Parliament"), method="of_parliament")
    organisation = KeyFilter(label=_("Organisation"))
    convocation = KeyFilter(label=_("Convocation"))
    formed_by = KeyFilter(label=_("Formed by"))

    class Meta:
        model = Body
        fields = ["kind", "grade", "organisation", "convocation", "formed_by"]

    def of_country(self, found: QuerySet[Body], _name: str, value: Any) -> QuerySet[Body]:
        """Those about the country, or in which its parliament has a part."""
        return found.filter(pk__in=Body.objects.about(value, self.request.user).values("pk"))

    def of_parliament(self, found: QuerySet[Body], _name: str, value: Any) -> QuerySet[Body]:
        """Those in which it has a part."""
        return found.filter(pk__in=Body.objects.with_part_of(value, self.request.user).values("pk"))


class MembershipFilters(django_filters.FilterSet):
    """Memberships."""

    role = django_filters.ChoiceFilter(label=_("Role"), choices=Membership.Role.choices)
    person = KeyFilter(label=_("Person"))
    body = KeyFilter(label=_("Body"))

    class Meta:
        model = Membership
        fields = ["role", "person", "body"]
