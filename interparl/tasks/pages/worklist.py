"""The worklist: what waits for the reader, late first, each settled in place with one button or one key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.deed_pages import move_page
from interparl.core.formats import write_day, write_number
from interparl.core.kinds import Ref, model_of
from interparl.core.models import Entry
from interparl.core.page_parts import address_of_move
from interparl.core.reads import note_rows
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.titles import load_titles
from interparl.core.workflow import Asked, Offered
from interparl.core.writing import Refused
from interparl.tasks.models import Clearance, Task, calendar_of, our_country
from interparl.tasks.models.waiting import tasks_for, waiting_for
from interparl.tasks.pages import clearance_pages, task_pages
from interparl.tasks.rules import WorkingDays

# So many rows are shown; what is due first stands first, so the rest can wait.
MOST = 100
KEYS = {"give": "a", "done": "a", "refuse": "r"}
HERE = "worklist"
PAGES: dict[str, Any] = {pages.kind: pages for pages in (clearance_pages, task_pages)}
Waiting = Clearance | Task


@dataclass(frozen=True)
class Step:
    """A button of a row: in place, or the way to the page that asks for the reason; `refused` says why not yet."""

    label: str
    key: str
    value: str = ""
    url: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the worklist."""

    what: str
    url: str
    about: str
    about_url: str
    about_spoken: str
    asked_by: str
    day: str
    left: str
    is_late: bool
    steps: Sequence[Step]
    is_cursor: bool = False
    spoken: str = ""


def worklist_page(request: StaffRequest) -> HttpResponse:
    """What waits for the reader; a POST makes one move and comes back to the row that follows."""
    user = request.user
    if not any(user.has_perm(pages.permission("view")) for pages in PAGES.values()):
        raise PermissionDenied
    if request.method == "POST":
        return _made(request)
    reading = reading_of(request)
    rows = rows_for(user)
    calendar = _calendar(rows[:MOST], reading)
    lines = _lines(rows[:MOST], reading, calendar, _cursor(request.GET.get("row", ""), len(rows)))
    context = {
        "reading": reading,
        "lines": lines,
        "number": write_number(len(rows), reading.language),
        "cut": _cut(len(rows), reading),
        "calendar_unknown": bool(lines) and not calendar.is_known,
        "actions": (),
    }
    return render(request, "tasks/worklist.html", context)


def rows_for(user: User) -> list[Waiting]:
    """What waits for the user, by day, what has none last."""
    rows: list[Waiting] = [*waiting_for(user).with_earlier().select_related("asked_of")]
    rows += tasks_for(user).select_related("owner")
    note_rows(rows)
    return sorted(rows, key=lambda row: (row.due_on is None, str(row.due_on or ""), row.record_kind(), row.pk))


def _cursor(text: str, number: int) -> int:
    """The row on which the keys stand after a move; -1 for none."""
    return min(int(text), number - 1) if text.isascii() and text.isdigit() and len(text) < 6 else -1


def _cut(number: int, reading: Reading) -> str:
    if number <= MOST:
        return ""
    words = {"shown": write_number(MOST, reading.language), "number": write_number(number, reading.language)}
    return _("The first %(shown)s of %(number)s are shown.") % words


def _calendar(rows: Sequence[Waiting], reading: Reading) -> WorkingDays:
    """Our working days from the day that is read to the last day on the list."""
    days = [row.due_on for row in rows if row.due_on] or [reading.day]
    first, last = min(*days, reading.day), max(*days, reading.day)
    return calendar_of(our_country(), first, last, reader=reading.user)


def _lines(rows: Sequence[Waiting], reading: Reading, calendar: WorkingDays, cursor: int) -> list[Line]:
    tasks: set[Ref] = {(Task.record_kind(), row.pk) for row in rows if isinstance(row, Task)}
    load_titles({row.whole for row in rows if row.whole} | tasks, reading)
    asked_by = _who_asked(rows)
    return [
        _line(row, reading, calendar, asked_by.get((row.record_kind(), row.pk), ""), position, cursor)
        for position, row in enumerate(rows)
    ]


def _who_asked(rows: Sequence[Waiting]) -> dict[Ref, str]:
    """Who added each of the rows."""
    found: dict[Ref, str] = {}
    for kind in PAGES:
        keys = [row.pk for row in rows if row.record_kind() == kind]
        if keys:
            entries = Entry.objects.filter(kind=kind, object_id__in=keys, verb="added").select_related("user")
            found |= {(kind, entry.object_id): str(entry.user or entry.actor) for entry in entries.order_by("-pk")}
    return found


def _line(row: Waiting, reading: Reading, calendar: WorkingDays, asked_by: str, position: int, cursor: int) -> Line:
    ref = (row.record_kind(), row.pk)
    whole = row.whole
    is_task = isinstance(row, Task)
    return Line(
        what=reading.name(*ref) if is_task else capfirst(reading.choice(row, "step")),
        url=address(ref),
        about=_about(whole, reading) if whole else "",
        about_url=address(whole) if whole else "",
        about_spoken=reading.other_language(*whole) if whole else "",
        asked_by=asked_by,
        day=write_day(row.due_on, reading.language) if row.due_on else "",
        left=_left(row, reading, calendar),
        is_late=row.due_on is not None and row.due_on < reading.day,
        steps=() if reading.is_past else _steps(row, ref, position, reading),
        is_cursor=position == cursor,
        spoken=reading.other_language(*ref) if is_task else "",
    )


def _about(whole: Ref, reading: Reading) -> str:
    """What the record is called; one that has no label, by its kind and number."""
    return reading.name(*whole) or f"{capfirst(str(model_of(whole[0])._meta.verbose_name))} {whole[1]}"


def _left(row: Waiting, reading: Reading, calendar: WorkingDays) -> str:
    """How many working days are left, or by how many it is late."""
    if row.due_on is None:
        return ""
    number = calendar.between(reading.day, row.due_on)
    if row.due_on < reading.day:
        words = ngettext("late by %(number)s working day", "late by %(number)s working days", -number)
        return words % {"number": write_number(-number, reading.language)}
    words = ngettext("%(number)s working day left", "%(number)s working days left", number)
    return words % {"number": write_number(number, reading.language)}


def _steps(row: Waiting, ref: Ref, position: int, reading: Reading) -> list[Step]:
    """The answers to what is asked; what is asked as well, its own page has."""
    offered: list[Offered] = PAGES[ref[0]].workflow.offered(row, reading.user)
    answers = ("give", "return", "refuse") if isinstance(row, Clearance) else ("done",)
    return [_step(one, ref, position) for one in offered if one.name in answers]


def _step(offered: Offered, ref: Ref, position: int) -> Step:
    label, key = str(offered.label), KEYS.get(offered.name, "")
    if offered.open_condition:
        return Step(label, key, refused=offered.open_condition)
    if offered.asks_for_reason:
        return Step(label, key, url=f"{address_of_move(ref, offered.name)}?then={HERE}&row={position}")
    return Step(label, key, value=f"{ref[0]} {ref[1]} {offered.name} {position}")


def _made(request: StaffRequest) -> HttpResponse:
    """Makes the one move that was asked for, of what waits for the reader."""
    kind, key, move, position = (*request.POST.get("move", "").split(" "), "", "", "", "")[:4]
    row = next((one for one in rows_for(request.user) if (one.record_kind(), str(one.pk)) == (kind, key)), None)
    if row is None:
        messages.warning(request, _("This does not wait for you any more. Nothing was written."))
        return _back(position)
    workflow = PAGES[kind].workflow
    if not any(one.name == move for one in workflow.offered(row, request.user)):
        raise PermissionDenied
    try:
        workflow.make(move, row, Asked(request.user, reading_of(request).day))
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        words = {"state": capfirst(str(workflow.titles[row.state])), "what": str(row)}
        messages.success(request, _("%(what)s – %(state)s") % words)
    return _back(position)


def _back(position: str) -> HttpResponseRedirect:
    """The worklist, with the keys on the row that has moved up."""
    is_number = position.isascii() and position.isdigit() and len(position) < 6
    return HttpResponseRedirect(reverse("tasks:worklist") + (f"?row={position}" if is_number else ""))


def clearance_move_page(request: StaffRequest, key: int, move: str) -> HttpResponse:
    """A step of a clearance; who came from the worklist goes back there."""
    return _then_back(request, move_page(clearance_pages, request, key, move))


def task_move_page(request: StaffRequest, key: int, move: str) -> HttpResponse:
    """A step of a task; who came from the worklist goes back there."""
    return _then_back(request, move_page(task_pages, request, key, move))


def _then_back(request: StaffRequest, answer: HttpResponse) -> HttpResponse:
    is_made = request.method == "POST" and answer.status_code == 302
    return _back(request.GET.get("row", "")) if is_made and request.GET.get("then") == HERE else answer
