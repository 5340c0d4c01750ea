"""The page "Load": who sits in how many bodies on the day, by person and summed by group (domain 3, no. 11)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from interparl.bodies.pages.asking import common_context, sheet_of
from interparl.bodies.pages.load.shown import SLICES, Shown, shown_to
from interparl.bodies.pages.load.summary import chart_of, glance_of, tabs_of
from interparl.bodies.pages.load.tables import people_table, sums_table
from interparl.core.exports import FORMATS, download
from interparl.core.formats import write_day
from interparl.core.requests import StaffRequest, day_problem, reading_of, require, same_page

PERMISSION = "bodies.view_membership"


def load_page(request: StaffRequest) -> HttpResponse:
    """Who sits in how many bodies on the day; by person, or summed by a group; as a file with `?format=`."""
    require(request.user, PERMISSION)
    form, problem = request.GET.get("format", ""), day_problem(request)
    if form in FORMATS and problem:
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    shown = shown_to(request, reading_of(request))
    by = request.GET.get("by", "")
    make = sums_table if by in SLICES else people_table
    if form in FORMATS:
        title = f"{_('Load')}, {SLICES[by].title}" if by in SLICES else _("Load")
        return download(sheet_of(make(shown, by, is_whole=True).table, "load", title, _about(shown)), form)
    context: dict[str, Any] = {
        **common_context(request, shown.reading, shown.asked, shown.pills()),
        **chart_of(shown),
        "made": make(shown, by, is_whole=False),
        "glance": glance_of(shown),
        "tabs": tabs_of(shown, by),
        "other_day": _other_day(shown),
    }
    return render(request, "bodies/load.html", context, status=400 if problem else 200)


def _about(shown: Shown) -> list[tuple[str, str]]:
    """What a file says of itself: the parliament and the filters, and whether people in it are invented."""
    field = str(shown.asked.fields["parliament"].label)
    about = {field: shown.asked.words("parliament", shown.reading.language)}
    about |= {str(pill.name): str(pill.value) for pill in shown.pills()}
    if any(one.is_illustrative for one in shown.people):
        about[_("Note")] = _("Some rows are illustrative; the column “illustrative” says which.")
    return list(about.items())


def _other_day(shown: Shown) -> tuple[str, str] | None:
    """The last day of a convocation that is over, or the first of one ahead, where nobody of it sits on the day."""
    if shown.people or shown.scope.convocation is None:
        return None
    first, last = shown.asked.terms[shown.scope.convocation]
    day = last if last and last < shown.reading.day else first if first and first > shown.reading.day else None
    if day is None:
        return None
    words = _("Read as of %(day)s") % {"day": write_day(day, shown.reading.language, "full")}
    return words, same_page(shown.request, on=day.isoformat(), page=None)
