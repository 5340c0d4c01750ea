"""The floor: plain Django views with the fewest queries that answer the question, one flat template, the same cells."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from interparl.bodies.models import Body, Membership
from interparl.config.urls import urlpatterns as ours
from interparl.core.models import Label
from interparl.directory.models import Mandate, Parliament, Person, PersonName, Relation

DAY = date(2014, 6, 1)
HOLDS = (Q(since_earliest__isnull=True) | Q(since_earliest__lte=DAY)) & (
    Q(until_latest__isnull=True) | Q(until_latest__gte=DAY)
)


def _named(keys: list[int]) -> dict[int, str]:
    found = Label.objects.filter(kind="directory.person", language="en", object_id__in=keys)
    return dict(found.values_list("object_id", "text"))


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Fifty people in the order of their names, of how many."""
    labels = list(Label.objects.filter(kind="directory.person", language="en").order_by("key", "object_id")[:50])
    rows = Person.objects.select_related("country").in_bulk([label.object_id for label in labels])
    return render(
        request,
        "people.html",
        {"rows": [(one, rows[one.object_id]) for one in labels], "total": Person.objects.count()},
    )


@login_required
def person(request: HttpRequest, key: int) -> HttpResponse:
    """A person with names, mandates and bodies of the day."""
    found = Person.objects.select_related("country", "source").get(pk=key)
    context = {
        "person": found,
        "name": _named([key])[key],
        "names": PersonName.objects.filter(person=key).select_related("source"),
        "mandates": Mandate.objects.filter(person=key).select_related("chamber", "convocation", "constituency"),
        "bodies": Membership.objects.filter(HOLDS, person=key).select_related("body"),
    }
    return render(request, "person.html", context)


@login_required
def country(request: HttpRequest, key: int) -> HttpResponse:
    """A country with its parliament, the relation, the bodies and people of the day."""
    about = Q(partners__country=key) | Q(parts__parliament__country=key)
    members = list(
        Membership.objects.filter(HOLDS, body__partners__country=key).select_related("body").order_by("rank", "pk")[:60]
    )
    context = {
        "parliaments": Parliament.objects.filter(HOLDS, country=key).select_related("country"),
        "relations": Relation.objects.filter(HOLDS, parliament__country=key),
        "bodies": Body.objects.filter(about).filter(HOLDS).distinct()[:6],
        "members": members,
        "names": _named([one.person_id for one in members]),
    }
    return render(request, "country.html", context)


@login_required
def body(request: HttpRequest, key: int) -> HttpResponse:
    """Who sat in a body on a day."""
    found = Body.objects.select_related("convocation", "organisation", "formed_by").get(pk=key)
    rows = Membership.objects.filter(HOLDS, body=key).select_related("decision", "seat__chamber", "part__parliament")
    members = list(rows.prefetch_related("steps").order_by("rank", "pk"))
    return render(
        request, "body.html", {"body": found, "members": members, "names": _named([m.person_id for m in members])}
    )


@login_required
def compositions(request: HttpRequest) -> HttpResponse:
    """Every membership of every day as text with commas."""
    rows = Membership.objects.order_by("pk").values_list("pk", "person_id", "body_id", "role", "since", "until")
    names = dict(Label.objects.filter(kind="directory.person", language="en").values_list("object_id", "text"))
    bodies = dict(Label.objects.filter(kind="bodies.body", language="en").values_list("object_id", "text"))
    lines = [
        f"{key},{names[who]},{bodies[where]},{role},{since},{until}" for key, who, where, role, since, until in rows
    ]
    return HttpResponse("\n".join(lines), content_type="text/csv")


def front(request: HttpRequest) -> HttpResponse:
    """The numbers of the day and the countries of the map."""
    groups = Body.objects.filter(HOLDS, kind="working-group")
    context = {
        "partners": Relation.objects.filter(HOLDS).values("parliament__country").distinct().count(),
        "groups": groups.count(),
        "countries": list(groups.values_list(F("partners__country__code"), F("partners__country__name")).distinct()),
    }
    return render(request, "front.html", context)


urlpatterns = [
    *ours,
    path("floor/people/", people),
    path("floor/people/<int:key>/", person),
    path("floor/countries/<int:key>/", country),
    path("floor/bodies/<int:key>/", body),
    path("floor/compositions/", compositions),
    path("floor/front/", front),
]
