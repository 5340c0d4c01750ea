"""What taking part in an event adds to a user's standing: the event is his own to read (domain 4.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q

from interparl.accounts.models import Acting, Standing
from interparl.bodies.models.access import Access as BodyAccess
from interparl.directory.models.access import joined, keys_in
from interparl.meetings.models.people import Participation

EVENT = "meetings.event"


class Access(BodyAccess):
    """The way to authenticate that settings name."""

    def asked(self, day: date) -> dict[str, Any]:
        """With the events that the user, or whom he acts for, takes part in."""
        principals = Acting.objects.filter(
            deputy=OuterRef(OuterRef("pk")), since__lte=day, until__gte=day, user__is_active=True
        )
        mine = Q(person__user=OuterRef("pk")) | Q(person__user__in=principals.values("user"))
        return {**super().asked(day), "own_events": joined(Participation.objects.filter(mine), "event_id")}

    def standing_from(self, user: Any) -> Standing:
        """The standing with the events."""
        found = super().standing_from(user)
        return Standing(
            roles=found.roles,
            own={**found.own, EVENT: keys_in(user.own_events)},
            kept=found.kept,
            has_access=found.has_access,
        )
