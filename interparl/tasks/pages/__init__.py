"""Pages of clearances, tasks and moved days; the worklist stands beside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy, pgettext_lazy

from interparl.core.columns import NOTE, name_column, source_fact, text_fact, whole_column
from interparl.core.pages import RecordPages
from interparl.core.tables import Column, Columns
from interparl.tasks import filters, forms
from interparl.tasks.blocks import ASKED, DUE, ORDER, OWNER, STATE, STEP, TASK, TASK_DUE, TASK_STATE
from interparl.tasks.models import Clearance, MovedDay, Task
from interparl.tasks.workflow import clearance_workflow, task_workflow

__all__ = ["clearance_pages", "moved_day_pages", "task_pages"]
MOVED_DAY = "tasks.movedday"

ABOUT = whole_column("about", gettext_lazy("About"))

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
        text_fact("wording", gettext_lazy("Remarks")),
        NOTE,
        source_fact(),
    ),
)

task_pages = RecordPages(
    model=Task,
    form=forms.TaskForm,
    filters=filters.TaskFilters,
    icon="worklist",
    workflow=task_workflow,
    related=("owner", "source"),
    columns=Columns((name_column(TASK, gettext_lazy("Title")), ABOUT, OWNER, TASK_DUE, TASK_STATE), related=("owner",)),
    facts=(
        ABOUT,
        TASK_STATE,
        OWNER,
        Column("due_on", pgettext_lazy("task", "Due on"), lambda t, r: t.due_on, kind="date"),
        Column("done_on", gettext_lazy("Done or dropped on"), lambda t, r: t.done_on, kind="date"),
        NOTE,
        source_fact(),
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
            name_column(MOVED_DAY, pgettext_lazy("of a moved day", "Why")),
            Column("country_code", gettext_lazy("Country"), lambda d, r: d.country_code, sort="country_code"),
            Column("day", pgettext_lazy("of the calendar", "Day"), lambda d, r: d.day, kind="date", sort="day"),
            BECOMES,
        )
    ),
    facts=(
        Column("country_code", gettext_lazy("Country"), lambda d, r: d.country_code),
        Column("day", pgettext_lazy("of the calendar", "Day"), lambda d, r: d.day, kind="date"),
        BECOMES,
        text_fact("name", pgettext_lazy("of a moved day", "Why")),
        NOTE,
        source_fact(),
    ),
)
