"""What is left to do about imports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from interparl.core.hooks import AttentionRule, add_attention
from interparl.core.models import Source
from interparl.core.rights import Reader
from interparl.exchange.models import Batch


def with_waiting_rows(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Sources with an applied import whose doubtful rows wait for a decision."""
    return found.filter(Exists(Batch.objects.waiting().filter(source=OuterRef("pk"))))


def waiting_imports(source: Source) -> str:
    """Where the imports of a source with such rows are listed."""
    return f"{reverse('exchange:batch-list')}?{urlencode([('waiting', '1'), ('source', source.key)])}"


add_attention(
    AttentionRule(
        "imports-waiting",
        Source,
        "soon",
        _("Doubtful rows wait in imports"),
        with_waiting_rows,
        "exchange.import_files",
        leads_to=waiting_imports,
    )
)
