"""What is wrong in the directory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import AttentionRule, add_attention
from interparl.core.rights import Reader
from interparl.directory.models import ChamberTerm, Erasure, Mandate, Office, Organisation, RetentionRule


def questioned(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Rows that an import wrote although a rule speaks against them (design 2.19)."""
    return found.exclude(questioned=[])


def with_people_due(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Rules of keeping by which somebody's time has come; rules are few, so each is asked by itself."""
    return found.filter(pk__in=[rule.pk for rule in found if rule.due(day).exists()])


def asked_for(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Erasures that wait for a second user."""
    return found.filter(state=Erasure.State.ASKED)


def offices_without_mandate(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Offices in assemblies, on the day, of people who had a mandate and have none any more."""
    known = Mandate.objects.visible_to(reader)
    held = Office.objects.on(day).filter(organisation__kind=Organisation.Kind.INTERPARLIAMENTARY)
    lost = held.filter(person__in=known.values("person")).exclude(person__in=known.on(day).values("person"))
    return found.filter(pk__in=lost.values("pk"))


add_attention(
    AttentionRule(
        "office-without-mandate",
        Office,
        "late",
        _("An office in an assembly is held by somebody who has lost the mandate"),
        offices_without_mandate,
    )
)
add_attention(AttentionRule("terms-questioned", ChamberTerm, "late", _("Terms of one chamber share days"), questioned))
add_attention(
    AttentionRule("mandates-questioned", Mandate, "late", _("A mandate leaves its chamber’s term"), questioned)
)
add_attention(
    AttentionRule(
        "erasures-due",
        RetentionRule,
        "soon",
        _("Personal data are due for erasure"),
        with_people_due,
        "directory.confirm_erasure",
    )
)
add_attention(
    AttentionRule(
        "erasures-asked",
        Erasure,
        "soon",
        _("An erasure waits for a second user"),
        asked_for,
        "directory.confirm_erasure",
    )
)
