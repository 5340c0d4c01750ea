"""The floor: plain Django views with the fewest queries that answer the question, one flat template, the same cells."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

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
from interparl.meetings.models.kinds import NOT_ON
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


def _country(key: int) -> dict[str, Any]:
    found = Country.objects.select_related("source").get(pk=key)
    about = Q(partners__country=key) | Q(parts__parliament__country=key)
    sits = Q(body__partners__country=key) | Q(part__parliament__country=key)
    members = list(
        Membership.objects.filter(HOLDS, sits).select_related("body", "part__parliament").order_by("rank", "pk")[:60]
    )
    return {
        "country": found,
        "parliaments": Parliament.objects.filter(HOLDS, country=key),
        "relations": Relation.objects.filter(HOLDS, parliament__country=key),
        "officers": Portfolio.objects.filter(HOLDS, country=key).select_related("user", "deputy"),
        "bodies": list(Body.objects.filter(about).filter(HOLDS).distinct()[:6]),
        "members": members[:10],
        "names": _named([one.person_id for one in members]),
        "history": _history("directory.country", key),
    }


@login_required
def country(request: HttpRequest, key: int) -> HttpResponse:
    """A country with its parliament, the relation, officers, bodies and people of the day, and the last changes."""
    return render(request, "country.html", _country(key))


@login_required
def contacts(request: HttpRequest, key: int) -> HttpResponse:
    """The same with the last contacts and the next events."""
    with_it = Event.objects.filter(Q(country=key) | Q(partners__country=key)).exclude(stage__in=NOT_ON).distinct()
    over, coming = with_it.filter(until_latest__lt=today()), with_it.filter(until_latest__gte=today())
    rows = [*over.order_by("-since_earliest", "-pk")[:6], *coming.order_by("since_earliest", "pk")[:6]]
    return render(request, "country.html", _country(key) | {"events": rows})


@login_required
def body(request: HttpRequest, key: int) -> HttpResponse:
    """Who sat in a body on a day, its seats, decisions, lineage, mirrors, days of change and the last changes."""
    found = Body.objects.select_related("convocation", "organisation", "formed_by", "source").get(pk=key)
    rows = Membership.objects.filter(HOLDS, body=key).select_related("decision", "seat__chamber", "part__parliament")
    members = list(rows.prefetch_related("steps").order_by("rank", "pk"))
    names = _named([one.person_id for one in members])
    context = {
        "body": found,
        "members": [(one, names[one.person_id]) for one in members],
        "seats": Seat.objects.filter(body=key).select_related("chamber"),
        "partners": Partner.objects.filter(body=key).select_related("country"),
        "later": Body.objects.filter(continues=key).select_related("convocation"),
        "mirrors": Body.objects.filter(Q(mirror_of=key) | Q(mirrors=key)).distinct(),
        "decisions": Decision.objects.filter(Q(formed=key) | Q(appointed__body=key)).distinct()[:6],
        "changes": Membership.objects.filter(body=key).values_list("since_earliest", "until_latest"),
        "history": _history("bodies.body", key),
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
