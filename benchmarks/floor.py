"""The floor: plain Django views with the fewest queries that answer the question, one flat template, the same cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from benchmarks import floor_around as around
from benchmarks.floor_events import patterns as event_pages
from benchmarks.imports import floor_rows
from interparl.bodies.models import Body, Decision, Membership, Partner, Seat
from interparl.config.urls import urlpatterns as ours
from interparl.core.charts import load_outlines, world_map
from interparl.core.days import today
from interparl.core.models import Entry, Label
from interparl.directory.models import (
    Affiliation,
    ContactPoint,
    Country,
    Mandate,
    Office,
    Organisation,
    Parliament,
    Person,
    PersonName,
    Portfolio,
    Rank,
    Relation,
)
from interparl.meetings.models import Event
from interparl.portal.models import Section
from interparl.portal.pages.overview import OUTLINES

DAY = date(2014, 6, 1)
HOLDS = (Q(since_earliest__isnull=True) | Q(since_earliest__lte=DAY)) & (
    Q(until_latest__isnull=True) | Q(until_latest__gte=DAY)
)

LATEST = ("-since_earliest", "-pk")


def _named(keys: list[int]) -> dict[int, str]:
    found = Label.objects.filter(kind="directory.person", language="en", object_id__in=keys)
    return dict(found.values_list("object_id", "text"))


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Fifty people in the order of their names, of how many."""
    labels = list(Label.objects.filter(kind="directory.person", language="en").order_by("key", "object_id")[:50])
    rows = Person.objects.select_related("country").in_bulk([label.object_id for label in labels])
    context = {
        "rows": [(one, rows[one.object_id]) for one in labels],
        "total": Person.objects.count(),
        "genders": Person._meta.get_field("gender").flatchoices,
        "grades": Person._meta.get_field("grade").flatchoices,
    }
    return render(request, "people.html", context)


def _history(kind: str, key: int) -> list[tuple[Entry, str]]:
    """The last changes of a record and of what hangs on it, each with what was changed."""
    about = Q(kind=kind, object_id=key) | Q(whole_kind=kind, whole_id=key)
    return [(one, str(one.user or one.actor)) for one in Entry.objects.filter(about).select_related("user")[:40]][:6]


@login_required
def person(request: HttpRequest, key: int) -> HttpResponse:
    """A person with names, mandates, offices, factions, contacts, bodies of the day and the last changes."""
    found = Person.objects.select_related("country", "source").get(pk=key)
    context = {
        "person": found,
        "name": _named([key])[key],
        "load": Membership.objects.filter(HOLDS, person=key).values("body").distinct().count(),
        "names": PersonName.objects.filter(person=key)
        .select_related("source")
        .order_by("language", "-is_preferred", "pk"),
        "mandates": Mandate.objects.filter(person=key)
        .select_related("chamber", "convocation", "constituency")
        .order_by(*LATEST),
        "offices": Office.objects.filter(person=key).order_by(*LATEST),
        "affiliations": Affiliation.objects.filter(person=key).select_related("faction").order_by(*LATEST),
        "contacts": ContactPoint.objects.filter(HOLDS, person=key).order_by("kind", "pk"),
        "bodies": Membership.objects.filter(HOLDS, person=key)
        .select_related("body")
        .order_by("rank", "since_earliest", "pk"),
        "history": _history("directory.person", key),
    }
    return render(request, "person.html", context)


def _refs_of(entries: list[Entry], events: list[Event], people: Iterable[int]) -> set[tuple[str, int]]:
    """The records that a page names."""
    refs = {("directory.person", one) for one in people} | {("meetings.event", one.pk) for one in events}
    return refs | {(one.kind, one.object_id) for one in entries}


def _country(request: HttpRequest, key: int, day: date, *, is_past: bool) -> dict[str, Any]:
    held = (Q(since_earliest__isnull=True) | Q(since_earliest__lte=day)) & (
        Q(until_latest__isnull=True) | Q(until_latest__gte=day)
    )
    found = Country.objects.select_related("source").get(pk=key)
    bodies = around.bodies_about(key, held)
    keys = [one.pk for one in bodies]
    seats = Membership.objects.filter(held, body__in=keys).select_related("body", "part__parliament__country")
    members = list(seats.order_by("rank", "pk")[:60])
    meetings = around.meetings_with(key, day)
    new = [] if is_past else around.news(request, "directory.country", key, keys)
    history = around.last_entries("directory.country", key)
    shown = [*meetings["over"], *meetings["coming"], *meetings["talks"]]
    refs = _refs_of([*new[:40], *history[:40]], shown, [one.person_id for one in members])
    names = around.names_of(refs | {("directory.country", key)})
    return {
        "country": found,
        "parliaments": Parliament.objects.filter(held, country=key),
        "relations": Relation.objects.filter(held, parliament__country=key).select_related("parliament"),
        "officers": Portfolio.objects.filter(held, country=key).select_related("user", "deputy"),
        "bodies": bodies[:6],
        "numbers": (len(bodies), len({one.person_id for one in members})),
        "members": [(one, names["directory.person", one.person_id]) for one in members[:12]],
        "history": [(one, str(one.user or one.actor)) for one in history[:6]],
        "news": [(one, str(one.user or one.actor)) for one in new[:6]],
        "number_new": len(new),
        "waiting": around.waiting(request),
        **around.changed_there(key),
        **meetings,
        **around.papers("directory.country", key, parliament__country=key),
    }


@login_required
def country(request: HttpRequest, key: int) -> HttpResponse:
    """A country as of a day that is past: its side, the relation, bodies and people, meetings, papers, last changes."""
    return render(request, "country.html", _country(request, key, DAY, is_past=True))


@login_required
def contacts(request: HttpRequest, key: int) -> HttpResponse:
    """The same today, with what is new to the reader."""
    return render(request, "country.html", _country(request, key, today(), is_past=False))


@login_required
def body(request: HttpRequest, key: int) -> HttpResponse:
    """Who sat in a body on a day, its seats, rules, decisions, lineage, mirrors, meetings, papers and last changes."""
    found = Body.objects.select_related("convocation", "organisation", "formed_by", "source").get(pk=key)
    rows = Membership.objects.filter(HOLDS, body=key).select_related("decision", "seat__chamber", "part__parliament")
    members = list(rows.prefetch_related("steps").order_by("rank", "pk"))
    meetings = around.meetings_of(key, DAY)
    history = around.last_entries("bodies.body", key)
    refs = _refs_of(history[:40], [*meetings["over"], *meetings["coming"]], [one.person_id for one in members])
    names = around.names_of(refs)
    context = {
        "body": found,
        "members": [(one, names["directory.person", one.person_id]) for one in members],
        "seats": Seat.objects.filter(body=key).select_related("chamber", "part"),
        "partners": Partner.objects.filter(body=key).select_related("country"),
        "later": Body.objects.filter(Q(continues=key) | Q(pk=found.continues_id)).select_related("convocation"),
        "mirrors": Body.objects.filter(Q(mirror_of=key) | Q(mirrors=key)).distinct(),
        "decisions": Decision.objects.filter(Q(formed=key) | Q(appointed__body=key)).distinct()[:6],
        "changes": Membership.objects.filter(body=key).values_list("since_earliest", "until_latest", "seat", "person"),
        "names": names,
        "history": [(one, str(one.user or one.actor)) for one in history[:6]],
        "editions": around.editions_of(key),
        "waiting": around.waiting(request),
        **around.rules_of(found, members, HOLDS),
        **meetings,
        **around.papers("bodies.body", key, body=key),
    }
    return render(request, "body.html", context)


@login_required
def compositions(request: HttpRequest) -> HttpResponse:
    """Every membership of every day as text with commas."""
    rows = Membership.objects.order_by("pk").values_list(
        "pk", "person_id", "body_id", "role", "since", "until", "grade", "mark"
    )
    names = dict(Label.objects.filter(kind="directory.person", language="en").values_list("object_id", "text"))
    bodies = dict(Label.objects.filter(kind="bodies.body", language="en").values_list("object_id", "text"))
    roles = {value: str(label) for value, label in Membership._meta.get_field("role").flatchoices}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "Member", "Body", "Role", "From", "To", "grade", "mark"])
    writer.writerows(
        (key, names[who], bodies[where], roles[role], *rest) for key, who, where, role, *rest in rows.iterator()
    )
    return HttpResponse(out.getvalue(), content_type="text/csv")


def front(request: HttpRequest) -> HttpResponse:
    """The numbers of the day, the wording, the organisations and the map with its names."""
    home = Parliament.objects.select_related("country").get(code="AA")
    ours = Body.objects.filter(HOLDS, mark="public", parts__parliament=home).distinct()
    groups = ours.filter(kind="working-group")
    levels = dict.fromkeys(groups.values_list("partners__country__code", flat=True).distinct(), "mid")
    names = {
        code: name["en"]["text"] for code, name in Country.objects.filter(code__in=levels).values_list("code", "name")
    }
    drawing = world_map(
        levels, outlines=load_outlines(OUTLINES), title="Map", finding="Partners", names=names, links={}
    )
    context = {
        "partners": Relation.objects.filter(HOLDS).values("parliament__country").distinct().count(),
        "groups": groups.count(),
        "commissions": list(ours.filter(kind="commission")),
        "delegations": ours.filter(kind="delegation").count(),
        "sections": Section.objects.order_by("order"),
        "ranks": Rank.objects.filter(HOLDS).select_related("organisation").order_by("order"),
        "memberships": Organisation.objects.filter(HOLDS, statuses__is_world=True).distinct(),
        "map": drawing,
        "home": home,
    }
    return render(request, "front.html", context)


urlpatterns = [
    *ours,
    path("floor/people/", people),
    path("floor/people/<int:key>/", person),
    path("floor/countries/<int:key>/", country),
    path("floor/contacts/<int:key>/", contacts),
    path("floor/bodies/<int:key>/", body),
    path("floor/compositions/", compositions),
    path("floor/front/", front),
    path("floor/imports/<int:key>/", floor_rows),
    *event_pages,
]
