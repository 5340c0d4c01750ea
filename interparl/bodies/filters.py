"""What the registers of bodies may be asked."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.bodies.blocks.letters import SOON
from interparl.bodies.measures import Scope, seats_in
from interparl.bodies.models import Body, Candidate, CompositionRule, Draft, LetterDue, Membership
from interparl.bodies.rules.composition import LEADING
from interparl.core.filters import KeyFilter
from interparl.core.models import Grade
from interparl.core.requests import reading_of
from interparl.directory.models import Affiliation, Constituency, Mandate, Parliament, Person


class BodyFilters(django_filters.FilterSet):
    """Bodies."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Body.Kind.choices)
    grade = django_filters.ChoiceFilter(label=_("Grade"), choices=Grade.choices)
    country = KeyFilter(label=_("Country"), method="of_country")
    parliament = KeyFilter(label=_("Parliament"), method="of_parliament")
    organisation = KeyFilter(label=_("Organisation"))
    convocation = KeyFilter(label=_("Convocation"))
    formed_by = KeyFilter(label=_("Formed by"))
    ended_by = KeyFilter(label=_("Ended by"))

    class Meta:
        model = Body
        fields = ["kind", "grade", "organisation", "convocation", "formed_by", "ended_by"]

    def of_country(self, found: QuerySet[Body], _name: str, value: Any) -> QuerySet[Body]:
        """Those about the country, or in which its parliament has a part."""
        return found.filter(pk__in=Body.objects.about(value, self.request.user).values("pk"))

    def of_parliament(self, found: QuerySet[Body], _name: str, value: Any) -> QuerySet[Body]:
        """Those in which it has a part."""
        return found.filter(pk__in=Body.objects.with_part_of(value, self.request.user).values("pk"))


class MembershipFilters(django_filters.FilterSet):
    """Memberships. Where a person belongs is asked as of the day that is read."""

    role = django_filters.ChoiceFilter(label=_("Role"), choices=Membership.Role.choices)
    leads = django_filters.BooleanFilter(label=_("Leads the body"), method="that_lead")
    person = KeyFilter(label=_("Person"))
    body = KeyFilter(label=_("Body"))
    kind = django_filters.ChoiceFilter(label=_("Kind of body"), field_name="body__kind", choices=Body.Kind.choices)
    parliament = KeyFilter(label=_("Parliament"), method="of_parliament")
    convocation = KeyFilter(label=_("Convocation"), method="of_convocation")
    also_in = KeyFilter(label=_("Also sits in the body"), method="of_members")
    chamber = KeyFilter(label=_("Chamber"), method="of_chamber")
    faction = KeyFilter(label=_("Faction"), method="of_faction")
    gender = django_filters.ChoiceFilter(label=_("Gender"), field_name="person__gender", choices=Person.Gender.choices)
    constituency = KeyFilter(label=_("Constituency"), method="of_constituency")

    class Meta:
        model = Membership
        fields = ["role", "person", "body"]

    def that_lead(self, found: QuerySet[Membership], _name: str, value: bool) -> QuerySet[Membership]:
        """Heads and co-chairs, or all others."""
        return found.filter(role__in=LEADING) if value else found.exclude(role__in=LEADING)

    def of_parliament(self, found: QuerySet[Membership], _name: str, value: Any) -> QuerySet[Membership]:
        """Those in parts of the parliament."""
        return seats_in(Scope(parliament=int(value)), found, self.request.user)

    def of_convocation(self, found: QuerySet[Membership], _name: str, value: Any) -> QuerySet[Membership]:
        """Those in bodies or parts of the convocation."""
        return seats_in(Scope(convocation=int(value)), found, self.request.user)

    def of_members(self, found: QuerySet[Membership], _name: str, value: Any) -> QuerySet[Membership]:
        """Those of people who sit in the body on the day."""
        return found.filter(person__in=self._on_the_day(Membership).filter(body=value).values("person"))

    def of_chamber(self, found: QuerySet[Membership], _name: str, value: Any) -> QuerySet[Membership]:
        """Those of people with a mandate in the chamber."""
        return found.filter(person__in=self._on_the_day(Mandate).filter(chamber=value).values("person"))

    def of_faction(self, found: QuerySet[Membership], _name: str, value: Any) -> QuerySet[Membership]:
        """Those of people in the faction."""
        return found.filter(person__in=self._on_the_day(Affiliation).filter(faction=value).values("person"))

    def of_constituency(self, found: QuerySet[Membership], _name: str, value: Any) -> QuerySet[Membership]:
        """Those of people who hold the mandate of the constituency."""
        known = Constituency.objects.visible_to(self.request.user).filter(pk=value).values("pk")
        return found.filter(person__in=self._on_the_day(Mandate).filter(constituency__in=known).values("person"))

    def _on_the_day(self, model: Any) -> Any:
        """What this reader may know of that holds on the day that is read."""
        return model.objects.visible_to(self.request.user).on(reading_of(self.request).day)


class CompositionRuleFilters(django_filters.FilterSet):
    """Rules of composition."""

    family = django_filters.ChoiceFilter(label=_("Family"), choices=CompositionRule.Family.choices)
    organisation = KeyFilter(label=_("Organisation"))
    parliament = KeyFilter(label=_("Parliament"))
    body_kind = django_filters.ChoiceFilter(label=_("Kind of body"), choices=Body.Kind.choices)

    class Meta:
        model = CompositionRule
        fields = ["family", "organisation", "parliament", "body_kind"]


class LetterDueFilters(django_filters.FilterSet):
    """Letters that are due, as of the day that is read."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=LetterDue.State.choices)
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        choices=[("late", _("overdue")), ("soon", _("within a week")), ("later", _("later"))],
        method="due_then",
    )
    about = django_filters.ChoiceFilter(label=_("About"), choices=LetterDue.About.choices)
    country = KeyFilter(label=_("Country"), method="to_country")
    parliament = KeyFilter(label=_("To the parliament"))
    organisation = KeyFilter(label=_("To the organisation"))
    body = KeyFilter(label=_("Body"))
    convocation = KeyFilter(label=_("Convocation"))

    class Meta:
        model = LetterDue
        fields = ["state", "about", "parliament", "organisation", "body", "convocation"]

    def due_then(self, found: QuerySet[LetterDue], _name: str, value: str) -> QuerySet[LetterDue]:
        """Those that wait and are late, due within a week, or later."""
        day = reading_of(self.request).day
        spans = {
            "late": Q(due_on__lt=day),
            "soon": Q(due_on__gte=day, due_on__lte=day + SOON),
            "later": Q(due_on__gt=day + SOON),
        }
        return found.filter(spans[value], state=LetterDue.State.DUE)

    def to_country(self, found: QuerySet[LetterDue], _name: str, value: Any) -> QuerySet[LetterDue]:
        """Those to the country's parliaments."""
        known = Parliament.objects.visible_to(self.request.user).filter(country=value)
        return found.filter(parliament__in=known.values("pk"))


class DraftFilters(django_filters.FilterSet):
    """Drafts of compositions."""

    convocation = KeyFilter(label=_("Convocation"))
    state = django_filters.ChoiceFilter(label=pgettext_lazy("draft", "State"), choices=Draft.State.choices)

    class Meta:
        model = Draft
        fields = ["convocation", "state"]


class CandidateFilters(django_filters.FilterSet):
    """Wishes for bodies."""

    convocation = KeyFilter(label=_("Convocation"))
    person = KeyFilter(label=_("Person"))
    body = KeyFilter(label=_("Body"))

    class Meta:
        model = Candidate
        fields = ["convocation", "person", "body"]
