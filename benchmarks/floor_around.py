"""The floor of what stands on the pages of countries and bodies beside their own rows: news, meetings, papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest

from interparl.bodies.models import Body, CompositionRule, LetterDue, Membership, Part
from interparl.core.models import Entry, Label, Look
from interparl.directory.models import ChamberTerm, Convocation, Election, Mandate, Office
from interparl.documents.models import Document, Edition
from interparl.meetings.models import Event
from interparl.meetings.models.kinds import NOT_ON, OFF, VISITS
from interparl.tasks.models import Clearance, Task

ROWS = 6
Refs = set[tuple[str, int]]


def last_entries(kind: str, key: int) -> list[Entry]:
    """The last changes of a record and of what hangs on it; enough of them to tell which came from files."""
    about = Q(kind=kind, object_id=key) | Q(whole_kind=kind, whole_id=key)
    return list(Entry.objects.filter(about).select_related("user")[:200])


def news(request: HttpRequest, kind: str, key: int, bodies: Any) -> list[Entry]:
    """What happened around a record since the user looked."""
    about = Q(kind=kind, object_id=key) | Q(whole_kind=kind, whole_id=key)
    about |= Q(whole_kind="bodies.body", whole_id__in=bodies) | Q(kind="bodies.body", object_id__in=bodies)
    seen = Look.objects.filter(user=request.user.pk, kind=kind, object_id=key).values("seen_up_to")
    return list(Entry.objects.filter(about).exclude(pk__lte=Subquery(seen)).select_related("user")[:201])


def changed_there(key: int) -> dict[str, Any]:
    """Speakers, elections, convocations and terms on the side of a country."""
    return {
        "speakers": list(Office.objects.filter(kind="speaker", chamber__parliament__country=key)),
        "elections": list(Election.objects.filter(chamber__parliament__country=key).select_related("chamber")),
        "convocations": list(Convocation.objects.filter(parliament__country=key)),
        "terms": list(ChamberTerm.objects.filter(convocation__parliament__country=key)),
    }


def meetings_with(key: int, day: date) -> dict[str, Any]:
    """The last visits each way, the last contacts, the next events and the last talks of a country."""
    with_it = Event.objects.filter(Q(country=key) | Q(partners__country=key)).distinct()
    held = with_it.exclude(stage__in=NOT_ON)
    over = held.filter(until_latest__lt=day)
    visits = list(over.filter(kind__in=VISITS).order_by("since_earliest", "pk"))
    return {
        "turn": {one.kind: one for one in visits},
        "over": list(over.order_by("-since_earliest", "-pk")[:ROWS]),
        "coming": list(held.filter(until_latest__gte=day).order_by("since_earliest", "pk")[:ROWS]),
        "talks": list(with_it.filter(kind="talks").exclude(stage__in=OFF).order_by("-since_earliest", "-pk")[:ROWS]),
    }


def meetings_of(key: int, day: date) -> dict[str, Any]:
    """The last and the next events of a body."""
    held = Event.objects.filter(body=key).exclude(stage__in=NOT_ON)
    return {
        "over": list(held.filter(until_latest__lt=day).order_by("-since_earliest", "-pk")[:ROWS]),
        "coming": list(held.filter(until_latest__gte=day).order_by("since_earliest", "pk")[:ROWS]),
    }


def papers(kind: str, key: int, **to: Any) -> dict[str, Any]:
    """Letters that wait, and attached documents."""
    return {
        "letters": list(LetterDue.objects.filter(**to).waiting().order_by("due_on", "pk")[:ROWS]),
        "documents": list(Document.objects.about(kind, key).order_by("-dated_earliest", "-pk")[:ROWS]),
    }


def editions_of(key: int) -> list[Edition]:
    """The released lists of a body."""
    return list(Edition.objects.about("bodies.body", key).defer("content").order_by("-number")[:ROWS])


def rules_of(body: Body, sitting: list[Membership], holds: Q) -> dict[str, Any]:
    """The rules of composition that may hold for a body, and where there are any what they ask about its people."""
    parts = list(Part.objects.filter(holds, body=body).select_related("parliament"))
    known = CompositionRule.objects.filter(holds).select_related("chamber", "source")
    of_it = [one for one in known if one.organisation_id in (None, body.organisation_id)]
    rules = [one for one in of_it if one.body_id in (None, body.pk)]
    people = [one.person_id for one in sitting] if rules else []
    mandates = Mandate.objects.filter(holds, person__in=people).values_list("person", "chamber")
    loads = Membership.objects.filter(holds, person__in=people).values_list("person", "body")
    return {
        "parts": parts,
        "rules": rules,
        "mandates": list(mandates) if people else [],
        "loads": list(loads) if people else [],
    }


def bodies_about(key: int, holds: Q) -> list[Body]:
    """The bodies about a country on a day, each with whether the home parliament has a part in it."""
    ours = Part.objects.filter(parliament__code="AA", body=OuterRef("pk"))
    about = Q(partners__country=key) | Q(parts__parliament__country=key)
    return list(Body.objects.filter(holds, about).distinct().annotate(has_ours=Exists(ours)).order_by("kind", "pk"))


def names_of(refs: Refs) -> dict[tuple[str, int], str]:
    """The names of all records of a page, by one query."""
    wanted = Q(pk__in=())
    for kind in {kind for kind, _key in refs}:
        wanted |= Q(kind=kind, object_id__in=[key for of, key in refs if of == kind])
    rows = Label.objects.filter(wanted, language="en").values_list("kind", "object_id", "text")
    return {(kind, key): text for kind, key, text in rows}


def waiting(request: HttpRequest) -> int:
    """How much waits for the user, for the menu."""
    clearances = Clearance.objects.waiting().asked_of_user(request.user).order_by().values("pk")  # type: ignore[arg-type]
    tasks = Task.objects.open().owned_by(request.user).order_by().values("pk")  # type: ignore[arg-type]
    return clearances.union(tasks, all=True).count()
