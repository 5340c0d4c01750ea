"""What is wrong in bodies."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.bodies.models import Body, Membership
from interparl.core.hooks import AttentionRule, add_attention
from interparl.core.rights import Reader
from interparl.directory.attention import questioned


def without_head(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Working groups and delegations that nobody leads on the day."""
    known = Membership.objects.visible_to(reader)
    leading = known.on(day).filter(role__in=(Membership.Role.HEAD, Membership.Role.CO_CHAIR))
    kinds = (Body.Kind.WORKING_GROUP, Body.Kind.DELEGATION)
    bodies = Body.objects.on(day).filter(kind__in=kinds, pk__in=known.values("body"))
    return found.filter(pk__in=bodies.values("pk")).exclude(pk__in=leading.values("body"))


add_attention(
    AttentionRule(
        "memberships-questioned", Membership, "late", _("A seat is held twice, or outside a mandate"), questioned
    )
)
add_attention(AttentionRule("no-head", Body, "late", _("A body has members and no head"), without_head))
