"""What is wrong in the directory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import AttentionRule, add_attention
from interparl.directory.models import ChamberTerm, Mandate


def questioned(found: QuerySet[Any], day: date) -> QuerySet[Any]:
    """Rows that an import wrote although a rule speaks against them (design 2.19)."""
    return found.exclude(questioned=[])


add_attention(AttentionRule("terms-questioned", ChamberTerm, "late", _("Terms of one chamber share days"), questioned))
add_attention(
    AttentionRule("mandates-questioned", Mandate, "late", _("A mandate leaves its chamber’s term"), questioned)
)
