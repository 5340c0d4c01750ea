"""What is late: clearances and tasks, each for who may know of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from interparl.core.addresses import address
from interparl.core.hooks import AttentionRule, add_attention
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.tasks.models import Clearance, Task


def late_clearances(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Clearances that wait although they should have come before the day."""
    return found.filter(pk__in=Clearance.objects.late(day).values("pk"))


def late_tasks(found: QuerySet[Any], day: date, reader: Reader) -> QuerySet[Any]:
    """Tasks that are still to be done although they were due before the day."""
    return found.filter(pk__in=Task.objects.late(day).values("pk"))


def _own_page(record: Record) -> str:
    """Where it is settled: its own page, not that of the record that it is about."""
    return address((record.record_kind(), record.pk))


add_attention(
    AttentionRule(
        "clearances-late",
        Clearance,
        "late",
        _("A clearance is late"),
        late_clearances,
        "tasks.view_clearance",
        leads_to=_own_page,
    )
)
add_attention(
    AttentionRule("tasks-late", Task, "late", _("A task is late"), late_tasks, "tasks.view_task", leads_to=_own_page)
)
