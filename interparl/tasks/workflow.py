"""A clearance is given, returned, refused or dropped, a task is done or dropped; both can be reopened with a reason."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interparl.core.history import VERBS
from interparl.core.tables import Words
from interparl.core.workflow import NOT_FROM_HERE, Asked, Move, Workflow
from interparl.core.writing import Refused, change
from interparl.tasks.models import Clearance, Task

VERBS.update(
    {
        "clearance-given": pgettext_lazy("state of a clearance", "given"),
        "clearance-returned": pgettext_lazy("state of a clearance", "returned"),
        "clearance-refused": pgettext_lazy("state of a clearance", "refused"),
        "clearance-dropped": pgettext_lazy("state of a clearance", "dropped"),
        "clearance-waiting": pgettext_lazy("state of a clearance", "reopened"),
        "task-done": pgettext_lazy("task", "done"),
        "task-dropped": pgettext_lazy("task", "dropped"),
        "task-open": pgettext_lazy("task", "reopened"),
    }
)
VIEW, CHANGE = "tasks.view_clearance", "tasks.change_clearance"
VIEW_TASK = "tasks.view_task"
WAITING, GIVEN, DROPPED = Clearance.State.WAITING, Clearance.State.GIVEN, Clearance.State.DROPPED
RETURNED, REFUSED = Clearance.State.RETURNED, Clearance.State.REFUSED
OPEN, DONE, TASK_DROPPED = Task.State.OPEN, Task.State.DONE, Task.State.DROPPED


def _missing_to_give(clearance: Clearance) -> str:
    """That an earlier step has to come first; which one is told to nobody who may not know of it."""
    return gettext("An earlier step has to be given or dropped first.") if clearance.waits_for_earlier else ""


def _settle(clearance: Clearance, asked: Asked, state: Clearance.State, label: Words) -> None:
    before = clearance.state
    with change(clearance, by=asked.by, verb=f"clearance-{state}", note=asked.reason) as held:
        if held.state != before:
            # Another settled it while this reader had it before him.
            raise Refused(NOT_FROM_HERE, params={"move": str(label)})
        held.state, held.settled_on = state, None if state == WAITING else asked.day


def _move(
    name: str,
    label: Words,
    sources: frozenset[str],
    target: Clearance.State,
    consequence: Words,
    *,
    is_answer: bool = False,
    missing: Callable[[Clearance], str] | None = None,
) -> Move[Clearance]:
    """A move of a clearance: an answer is for who is asked, the others for who keeps it; all but the first need why."""
    return Move(
        name,
        label,
        sources,
        target,
        VIEW if is_answer else CHANGE,
        lambda clearance, asked: _settle(clearance, asked, target, label),
        missing=missing,
        needs_reason=name != "give",
        consequence=consequence,
        is_usual=name == "give",
        action="settle" if is_answer else "change",
    )


clearance_workflow: Workflow[Clearance] = Workflow(
    state=lambda clearance: clearance.state,
    titles={state.value: state.label for state in Clearance.State},
    moves=(
        _move(
            "give",
            pgettext_lazy("clearance", "Give"),
            frozenset({WAITING}),
            GIVEN,
            _("The step is given from that day, and the next one may follow."),
            is_answer=True,
            missing=_missing_to_give,
        ),
        _move(
            "return",
            pgettext_lazy("clearance", "Return"),
            frozenset({WAITING}),
            RETURNED,
            _("It goes back to who asked, with what has to be put right. It is reopened when that is done."),
            is_answer=True,
        ),
        _move(
            "refuse",
            pgettext_lazy("clearance", "Refuse"),
            frozenset({WAITING}),
            REFUSED,
            _("The step is not given, and the next one cannot follow."),
            is_answer=True,
        ),
        _move(
            "drop",
            pgettext_lazy("clearance", "Drop"),
            frozenset({WAITING, RETURNED, REFUSED}),
            DROPPED,
            _("The step is not needed any more, and the next one may follow."),
        ),
        _move(
            "reopen",
            pgettext_lazy("clearance", "Reopen"),
            frozenset({GIVEN, RETURNED, REFUSED, DROPPED}),
            WAITING,
            _("It waits again for who is asked."),
        ),
    ),
)


def _finish(task: Task, asked: Asked, state: Task.State) -> None:
    with change(task, by=asked.by, verb=f"task-{state}", note=asked.reason) as held:
        held.state, held.done_on = state, None if state == OPEN else asked.day


task_workflow: Workflow[Task] = Workflow(
    state=lambda task: task.state,
    titles={state.value: state.label for state in Task.State},
    moves=(
        Move(
            "done",
            pgettext_lazy("task", "Done"),
            frozenset({OPEN}),
            DONE,
            VIEW_TASK,
            lambda task, asked: _finish(task, asked, DONE),
            consequence=_("It is done from that day."),
            is_usual=True,
            action="settle",
        ),
        Move(
            "drop",
            pgettext_lazy("task", "Drop"),
            frozenset({OPEN}),
            TASK_DROPPED,
            VIEW_TASK,
            lambda task, asked: _finish(task, asked, TASK_DROPPED),
            needs_reason=True,
            consequence=_("It is not done and waits no more."),
            action="settle",
        ),
        Move(
            "reopen",
            pgettext_lazy("task", "Reopen"),
            frozenset({DONE, TASK_DROPPED}),
            OPEN,
            VIEW_TASK,
            lambda task, asked: _finish(task, asked, OPEN),
            needs_reason=True,
            consequence=_("It waits again."),
            action="settle",
        ),
    ),
)
