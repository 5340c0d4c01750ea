"""Pages of clearances, tasks and moved days; the worklist stands beside."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.addresses import address
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns
from interparl.core.translated import shown, text_in
from interparl.tasks import filters, forms
from interparl.tasks.blocks import ASKED, DUE, ORDER, OWNER, STATE, STEP, TASK, TASK_DUE, TASK_STATE
from interparl.tasks.models import Clearance, MovedDay, Task
from interparl.tasks.workflow import clearance_workflow, task_workflow

__all__ = ["clearance_pages", "moved_day_pages", "task_pages"]
MOVED_DAY = "tasks.movedday"

ABOUT: Column[Any] = Column(
    "about",
    gettext_lazy("About"),
    lambda row, r: r.name(row.kind, row.object_id),
    refs=lambda row: [row.whole] if row.whole else [],
    address=lambda row: address(row.whole) if row.whole else "",
    spoken=lambda row, r: r.spoken(row.kind, row.object_id),
)


def _label_column(kind: str, title: Any) -> Column[Any]:
    return Column(
        "label",
        title,
        lambda row, r: r.name(kind, row.pk),
        sort="label",
        refs=lambda row: [(kind, row.pk)],
        address=lambda row: address((kind, row.pk)),
        spoken=lambda row, r: r.spoken(kind, row.pk),
    )


def _text_fact(key: str, title: Any) -> Column[Any]:
    return Column(
        key,
        title,
        lambda row, r: shown(getattr(row, key), r.language).text,
        spoken=lambda row, r: shown(getattr(row, key), r.language).language,
    )


NOTE = _text_fact("note", gettext_lazy("Note"))
SOURCE: Column[Any] = Column(
    "source",
    gettext_lazy("Source"),
    lambda row, r: text_in(found.title, r.language) if (found := r.seen(row.source)) else "",
)

clearance_pages = RecordPages(
    model=Clearance,
    form=forms.ClearanceForm,
    filters=filters.ClearanceFilters,
    icon="check",
    workflow=clearance_workflow,
    related=("asked_of", "source"),
    columns=Columns((STEP, ABOUT, ORDER, ASKED, DUE, STATE), related=("asked_of",)),
    facts=(
        ABOUT,
        STATE,
        ORDER,
        ASKED,
        Column("due_on", pgettext_lazy("task", "Due on"), lambda c, r: c.due_on, kind="date"),
        Column("settled_on", gettext_lazy("Settled on"), lambda c, r: c.settled_on, kind="date"),
        _text_fact("wording", gettext_lazy("Remarks")),
        NOTE,
        SOURCE,
    ),
)

task_pages = RecordPages(
    model=Task,
    form=forms.TaskForm,
    filters=filters.TaskFilters,
    icon="worklist",
    workflow=task_workflow,
    related=("owner", "source"),
    columns=Columns(
        (_label_column(TASK, gettext_lazy("Title")), ABOUT, OWNER, TASK_DUE, TASK_STATE), related=("owner",)
    ),
    facts=(
        ABOUT,
        TASK_STATE,
        OWNER,
        Column("due_on", pgettext_lazy("task", "Due on"), lambda t, r: t.due_on, kind="date"),
        Column("done_on", gettext_lazy("Done or dropped on"), lambda t, r: t.done_on, kind="date"),
        NOTE,
        SOURCE,
    ),
)

BECOMES: Column[MovedDay] = Column(
    "becomes", gettext_lazy("Becomes"), lambda d, r: r.choice(d, "becomes"), kind="choice", sort="becomes"
)

moved_day_pages = RecordPages(
    model=MovedDay,
    form=forms.MovedDayForm,
    filters=filters.MovedDayFilters,
    icon="calendar",
    related=("source",),
    # What a government moved is known to everybody.
    initial={"mark": "public"},
    columns=Columns(
        (
            _label_column(MOVED_DAY, pgettext_lazy("of a moved day", "Why")),
            Column("country_code", gettext_lazy("Country"), lambda d, r: d.country_code, sort="country_code"),
            Column("day", pgettext_lazy("of the calendar", "Day"), lambda d, r: d.day, kind="date", sort="day"),
            BECOMES,
        )
    ),
    facts=(
        Column("country_code", gettext_lazy("Country"), lambda d, r: d.country_code),
        Column("day", pgettext_lazy("of the calendar", "Day"), lambda d, r: d.day, kind="date"),
        BECOMES,
        _text_fact("name", pgettext_lazy("of a moved day", "Why")),
        NOTE,
        SOURCE,
    ),
)
