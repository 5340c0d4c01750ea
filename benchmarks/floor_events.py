"""The floor of what shows events: the fewest queries that answer the question, one flat template, the same cells."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from benchmarks.diary import HOME
from interparl.administration.attention import attention_items
from interparl.bodies.models import Body, Membership, Partner
from interparl.core.days import today
from interparl.core.models import Label
from interparl.core.tables import Reading
from interparl.directory.models import Country, Organisation, Parliament, Person, Portfolio
from interparl.meetings.models import Event, ProgrammeItem, SittingDay, StageDay
from interparl.meetings.models.kinds import NOT_ON

ONE_DAY = timedelta(days=1)


def _events(first: date, last: date, **only: Any) -> list[Event]:
    found = Event.objects.filter(since_earliest__lte=last, until_latest__gte=first, **only).exclude(stage__in=NOT_ON)
    return list(found.order_by("since_earliest", "begins_at", "pk").defer("purpose", "note"))


def _names(kind: str, keys: list[int]) -> dict[int, str]:
    return dict(Label.objects.filter(kind=kind, language="en", object_id__in=keys).values_list("object_id", "text"))


def _days(first: date, last: date) -> dict[str, Any]:
    sittings = SittingDay.objects.filter(day__gte=first, day__lte=last).select_related("chamber")
    return {
        "days": [first + step * ONE_DAY for step in range((last - first).days + 1)],
        "sittings": list(sittings),
        "home": Parliament.objects.select_related("country").get(code=HOME),
    }


@login_required
def month(request: HttpRequest) -> HttpResponse:
    """The events of a month with their names, and the days on which the chamber sits."""
    first = date.fromisoformat(request.GET["day"]).replace(day=1)
    begin, end = first - first.weekday() * ONE_DAY, first + 34 * ONE_DAY
    events = _events(begin, end)
    names = _names("meetings.event", [one.pk for one in events])
    rows = [(one, names[one.pk]) for one in events]
    return render(request, "events.html", {"rows": rows, **_days(begin, end)})


@login_required
def year(request: HttpRequest) -> HttpResponse:
    """The events of a person in a year."""
    first, last = date(today().year, 1, 1), date(today().year, 12, 31)
    person = Person.objects.get(pk=int(request.GET["person"]))
    events = _events(first, last, participations__person=person)
    names = _names("meetings.event", [one.pk for one in events])
    shown = {"rows": [(one, names[one.pk]) for one in events], **_days(first, last)}
    return render(request, "events.html", {"person": _names("directory.person", [person.pk]), **shown})


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Two weeks, the day, my countries with the contacts next to it, what needs attention, how much there is."""
    first, last = today(), today() + 14 * ONE_DAY
    events = _events(first, last)
    days = [(first + step * ONE_DAY).isoformat() for step in range(15)]
    mine = list(Portfolio.objects.filter(user=request.user.pk).select_related("country")[:9])
    keys = [row.country_id for row in mine]
    over = Event.objects.filter(country__in=keys, until_latest__lt=first).order_by("-since_earliest")
    coming = Event.objects.filter(country__in=keys, until_latest__gte=first).order_by("since_earliest")
    names = _names("meetings.event", [one.pk for one in events])
    reading = Reading(request.user, "en", first)  # type: ignore[arg-type]
    context = {
        "rows": [(one, names[one.pk]) for one in events],
        "due": list(StageDay.objects.filter(planned_on__in=days, reached_on="").select_related("event")),
        "items": list(ProgrammeItem.objects.filter(day=first, event__country__in=keys)),
        "mine": mine,
        "contacts": [*over[:8], *coming[:8]],
        "partners": list(Partner.objects.filter(country__in=keys).select_related("body")),
        "sent": list(Body.objects.filter(organisation__in=[row.organisation_id for row in mine])),
        "heads": list(Membership.objects.filter(role="head", body__partners__country__in=keys)[:8]),
        "attention": attention_items(reading, 8),
        "numbers": [model.objects.count() for model in (Country, Parliament, Person, Organisation, Body)],
        **_days(first, last),
    }
    return render(request, "events.html", context)


patterns = [
    path("floor/month/", month),
    path("floor/year/", year),
    path("floor/home/", home),
]
