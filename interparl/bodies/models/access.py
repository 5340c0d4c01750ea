"""What a seat in a body adds to a user's standing: what is his own, and what its secretary keeps (design 2.21)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q

from interparl.accounts.models import Acting, Standing
from interparl.bodies.models.bodies import Body, Partner
from interparl.bodies.models.memberships import Membership
from interparl.directory.models.access import Access as DirectoryAccess
from interparl.directory.models.access import joined, keys_in, portfolios

BODY = "bodies.body"
SECRETARY = "delegation_secretary"


class Access(DirectoryAccess):
    """The way to authenticate that settings name."""

    def asked(self, day: date) -> dict[str, Any]:
        """With the bodies that the user sits in, keeps as secretary, or looks after."""
        principals = Acting.objects.filter(
            deputy=OuterRef(OuterRef("pk")), since__lte=day, until__gte=day, user__is_active=True
        )
        mine = Q(person__user=OuterRef("pk")) | Q(person__user__in=principals.values("user"))
        seats = Membership.objects.on(day).filter(mine)
        looked_after = portfolios(day, OuterRef(OuterRef("pk")))
        partners = Partner.objects.filter(country__in=looked_after.values("country"))
        organisations = looked_after.filter(organisation__isnull=False).values("organisation")
        return {
            **super().asked(day),
            "own_seats": joined(seats, "body_id"),
            "kept_bodies": joined(seats.filter(role=Membership.Role.SECRETARY), "body_id"),
            "partner_bodies": joined(partners, "body_id"),
            "organisation_bodies": joined(Body.objects.filter(organisation__in=organisations), "pk"),
        }

    def standing_from(self, user: Any) -> Standing:
        """The standing with the bodies."""
        found = super().standing_from(user)
        kept = keys_in(user.kept_bodies)
        bodies = keys_in(user.own_seats) | keys_in(user.partner_bodies) | keys_in(user.organisation_bodies)
        return Standing(
            roles=(*found.roles, SECRETARY) if kept and SECRETARY not in (user.role, *found.roles) else found.roles,
            own={**found.own, BODY: bodies},
            kept={BODY: kept},
            has_access=found.has_access,
        )
