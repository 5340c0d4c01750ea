"""What the register of users may be asked."""

from __future__ import annotations

import django_filters
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interparl.accounts.factors import FACTORS
from interparl.accounts.models import User
from interparl.accounts.roles import ROLES

ACCOUNT_STATES = {True: pgettext_lazy("of an account", "open"), False: pgettext_lazy("of an account", "closed")}


class UserFilters(django_filters.FilterSet):
    """Users."""

    role = django_filters.ChoiceFilter(label=_("Role"), choices=[(role.key, role.title) for role in ROLES.values()])
    account = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[("open", ACCOUNT_STATES[True]), ("closed", ACCOUNT_STATES[False])],
        method="with_account",
    )
    factor = django_filters.ChoiceFilter(
        label=_("Second factor"), choices=[("yes", _("set up")), ("no", _("not set up"))], method="with_factor"
    )

    class Meta:
        model = User
        fields = ["role"]

    def with_account(self, found: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Those who may, or may not, sign in."""
        return found.filter(is_active=value == "open")

    def with_factor(self, found: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Those who have, or have not, set up a second factor."""
        return found.filter(set_up()) if value == "yes" else found.exclude(set_up())


def set_up() -> Exists:
    """Whether a user has a second factor, as a condition."""
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS))
