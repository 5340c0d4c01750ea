"""The page of a series, of its next event with all that is ticked beforehand, and of the events of a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.core.addresses import address, list_address
from interparl.core.dates import NotADate, PartialDate
from interparl.core.formats import write_day, write_number
from interparl.core.history import title_of
from interparl.core.requests import StaffRequest, day_problem, reading_of, require
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import shown
from interparl.core.writing import Refused
from interparl.meetings.actions.sittings import (
    Foreseen,
    Proposal,
    approval_key,
    foreseen,
    key_of,
    make_foreseen,
    next_sitting,
    proposal,
)
from interparl.meetings.blocks.series import series_actions
from interparl.meetings.forms.deeds import NextForm, PeriodForm
from interparl.meetings.models import AgendaItem, Event, Series
from interparl.meetings.pages.events import series_pages
from interparl.meetings.rules.numbering import placed

SERIES, EVENT = Series.record_kind(), Event.record_kind()
YEAR = timedelta(days=365)
# What an item says is shown so far before it is carried over.
EXCERPT = 300


@dataclass(frozen=True)
class Offered:
    """One part of the next agenda as the page prints it, to be ticked."""

    key: str
    number: str
    title: str
    spoken: str
    second: str
    says: str
    is_ticked: bool


@dataclass(frozen=True)
class Group:
    """Parts that come from the same place."""

    title: str
    lines: Sequence[Offered]


def series_page(request: StaffRequest, key: int) -> HttpResponse:
    """The page of a series with its next event as the first step."""
    require(request.user, series_pages.permission("view"))
    series, reading = series_pages.get(request, key), reading_of(request)
    context = series_pages.record_context(request, series, reading)
    if steps := series_actions(series, reading):
        usual = [replace(one, kind="standard") for one in context["actions"]]
        context["actions"] = [*steps, *usual]
    return series_pages.render(request, "show", context, 400 if day_problem(request) else 200)


def _series(request: StaffRequest, key: int) -> tuple[Series, Reading]:
    """The series, for who may add events of it today."""
    require(request.user, series_pages.permission("view"))
    series, reading = series_pages.get(request, key), reading_of(request)
    if not series_actions(series, reading):
        raise PermissionDenied
    return series, reading


def next_page(request: StaffRequest, key: int) -> HttpResponse:
    """What the next event would begin with, all of it ticked; on POST it is made."""
    series, reading = _series(request, key)
    day = _next_day(series, reading)
    found = proposal(series, request.user)
    sent = request.POST if request.method == "POST" else None
    initial = {"day": day, "number": found.number, "expected": found.number}
    form = NextForm(sent, initial=initial, reading=reading)
    if sent is not None and form.is_valid():
        data = form.cleaned_data
        try:
            event = next_sitting(
                series,
                day=data["day"],
                by=request.user,
                take=request.POST.getlist("take"),
                number=data["number"],
                expected=data["expected"],
            )
        except Refused as refusal:
            form.refuse(refusal)
            found = proposal(series, request.user)
            # What is shown now is what the next press agrees to.
            form.expect(found.number)
        else:
            messages.success(request, _("No. %(number)s was made.") % {"number": event.number})
            return HttpResponseRedirect(address((EVENT, event.pk)))
    ticked = found.keys if sent is None else frozenset(request.POST.getlist("take"))
    context = _common(series, reading, _("Next sitting: %(name)s")) | {
        "form": form,
        "groups": _groups(found, ticked, reading),
        "last": _last(found, reading),
    }
    return render(request, "meetings/next_sitting.html", context, status=422 if sent is not None else 200)


def _next_day(series: Series, reading: Reading) -> date | None:
    """The next day of the rule on which there is no event yet."""
    return next((one.occurrence.day for one in foreseen(series, reading.user, reading.day) if one.event is None), None)


def _common(series: Series, reading: Reading, title: str) -> dict[str, Any]:
    name, here = title_of(series, reading), address((SERIES, series.pk))
    return {
        "title": title % {"name": name},
        "crumbs": [Link(capfirst(str(Series._meta.verbose_name_plural)), list_address(SERIES)), Link(name, here)],
        "back": here,
    }


def _last(found: Proposal, reading: Reading) -> Link | None:
    if found.last is None:
        return None
    return Link(found.last.label_in(reading.language) or str(found.last), address((EVENT, found.last.pk)))


def _groups(found: Proposal, ticked: frozenset[str], reading: Reading) -> list[Group]:
    groups = [
        Group(_("Approval of the last minutes"), _approval(found.approves, ticked, reading)),
        Group(_("Each sitting begins with"), _lines(found.template, ticked, reading)),
        Group(_("Left over from the last one"), _lines(found.carried, ticked, reading)),
        Group(_("Waiting for a sitting"), _lines(found.backlog, ticked, reading)),
    ]
    return [group for group in groups if group.lines]


def _approval(event: Event | None, ticked: frozenset[str], reading: Reading) -> list[Offered]:
    if event is None:
        return []
    title, key = shown(event.title, reading.language), approval_key(event)
    spoken = title.language if title.is_fallback else ""
    return [Offered(key, "", title.text, spoken, "", "", key in ticked)]


def _lines(items: Iterable[AgendaItem], ticked: frozenset[str], reading: Reading) -> list[Offered]:
    rows = list(items)
    where = {one.key: one for one in placed((item.pk, item.parent_id) for item in rows)}
    return [_line(item, where[item.pk].number, ticked, reading) for item in rows]


def _line(item: AgendaItem, number: str, ticked: frozenset[str], reading: Reading) -> Offered:
    title, says = shown(item.title, reading.language), shown(item.record, reading.language).text
    is_left = item.event_id is not None
    return Offered(
        key_of(item),
        number,
        title.text,
        title.language if title.is_fallback else "",
        reading.choice(item, "state") if is_left else "",
        says if len(says) <= EXCERPT else f"{says[:EXCERPT].rstrip()}…",
        key_of(item) in ticked,
    )


def occurrences_page(request: StaffRequest, key: int) -> HttpResponse:
    """The days of the rule in a period, those without an event ticked; on POST the ticked ones are made."""
    series, reading = _series(request, key)
    if not series.rule:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    asked = sent if sent is not None else (request.GET if "first" in request.GET else None)
    form = PeriodForm(asked, initial={"first": reading.day, "last": reading.day + YEAR}, reading=reading)
    first, last = reading.day, reading.day + YEAR
    if asked is not None and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    if sent is not None and form.is_valid() and _made(series, form, request):
        return HttpResponseRedirect(address((SERIES, series.pk)))
    found = foreseen(series, request.user, first, last)
    context = _common(series, reading, _("Events of a period: %(name)s")) | {
        "form": form,
        "days": [_day(one, reading) for one in found],
        "first": first.isoformat(),
        "last": last.isoformat(),
        "can_make": any(one.event is None for one in found),
    }
    bad = asked is not None and bool(form.errors)
    return render(request, "meetings/occurrences.html", context, status=422 if bad else 200)


def _made(series: Series, form: PeriodForm, request: StaffRequest) -> bool:
    """Makes the ticked days; the form says why not."""
    days = [day for text in request.POST.getlist("day") if (day := _exact(text)) is not None]
    if not days:
        form.add_error(None, _("Tick a day."))
        return False
    try:
        made = make_foreseen(series, days, by=request.user)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    words = ngettext("%(number)s event was made.", "%(number)s events were made.", len(made))
    messages.success(request, words % {"number": write_number(len(made), reading_of(request).language)})
    return True


def _exact(text: str) -> date | None:
    try:
        known = PartialDate.parse(text[:20])
    except NotADate:
        return None
    return known.earliest if known.is_exact else None


def _day(one: Foreseen, reading: Reading) -> dict[str, Any]:
    occurrence, event = one.occurrence, one.event
    moved = _("moved from %(day)s") % {"day": write_day(occurrence.planned, reading.language)}
    return {
        "iso": occurrence.day.isoformat(),
        "words": write_day(occurrence.day, reading.language, "weekday"),
        "second": moved if occurrence.day != occurrence.planned else "",
        "name": (event.label_in(reading.language) or str(event)) if event is not None else "",
        "url": address((EVENT, event.pk)) if event is not None else "",
    }
