"""How long the change of convocation takes at ten times the size of the demonstration: looked at, made, taken back."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.bodies.actions.convocations import change_to, done_by
from interparl.bodies.models import Body, Membership, Part, Partner, Seat, Step
from interparl.config.demo import load_demo
from interparl.core.actors import Actor
from interparl.core.records import Record
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Convocation, Country, Mandate, Parliament, Person, PersonName, Relation
from interparl.exchange.actions import undo

DAY, TIMES = "2016-10-11", 10
MOST_PREVIEW, MOST_APPLY = 3, 10


def turning_rows() -> list[str]:
    """The table: what is done, how long it takes, what may be expected."""
    call_command("collectstatic", interactive=False, verbosity=0)
    load_demo(DAY)
    for number in range(1, TIMES):
        _another(number)
    beginning = Convocation.objects.get(parliament__code="BY", number=6)
    head = User.objects.get(username="head")
    client = Client(HTTP_HOST="localhost")
    client.force_login(head)
    there = reverse("bodies:turn", args=(beginning.pk,))
    looked, page = _timed(lambda: client.get(there))
    change = change_to(beginning, head)
    sent = {"seen": change.digest, "take": sorted(change.advised), "reason": ""}
    made, answer = _timed(lambda: client.post(there, sent))
    batch = done_by(beginning)
    if page.status_code != 200 or answer.status_code != 302 or batch is None:
        raise SystemExit(f"change of convocation: {page.status_code}, {answer.status_code}")
    taken, _undoing = _timed(lambda: undo(batch, by=head))
    bodies = Body.objects.on(change.turn.last_day()).filter(convocation=change.turn.ending).count()
    return [
        f"{bodies} bodies, {batch.counts['written']} records written, {batch.counts['drafted']} letters.",
        "",
        "| change of convocation | seconds | at most |",
        "|---|---:|---:|",
        f"| looked at (the page) | {looked:.1f} | {MOST_PREVIEW} |",
        f"| made | {made:.1f} | {MOST_APPLY} |",
        f"| taken back | {taken:.1f} | |",
    ]


def _timed(deed: Callable[[], Any]) -> tuple[float, Any]:
    began = perf_counter()
    found = deed()
    return perf_counter() - began, found


def _another(number: int) -> None:
    """All bodies of the ending convocation once more, with other people and other partners."""
    by = Actor.command("bench")
    original = Body.objects.filter(code__regex=r"^(wg-5|delegation-5|commission)").exclude(code__contains="copy")
    bodies = _copies(list(original.order_by("pk")), number)
    people = _people(number, by)
    countries = _partners(number, by)
    change_many([Planned(body) for body in bodies.values()], by=by)
    wholes = {"body": bodies}
    partners = _copies(Partner.objects.filter(body__in=bodies), number, **wholes, country=countries)
    parts = _copies(Part.objects.filter(body__in=bodies), number, **wholes)
    change_many([Planned(row) for row in (*partners.values(), *parts.values())], by=by)
    wholes |= {"part": parts}
    seats = _copies(Seat.objects.filter(body__in=bodies), number, **wholes)
    change_many([Planned(row) for row in seats.values()], by=by)
    memberships = Membership.objects.filter(body__in=bodies).order_by("pk")
    members = _copies(memberships, number, **wholes, seat=seats, person=people)
    for row in members.values():
        row.replaces = None
    change_many([Planned(row) for row in members.values()], by=by)
    steps = _copies(Step.objects.filter(membership__in=members), number, membership=members)
    change_many([Planned(row) for row in steps.values()], by=by)


def _people(number: int, by: Actor) -> dict[int, Record]:
    mandates = Mandate.objects.filter(convocation__number__gte=5, convocation__parliament__code="BY")
    originals = Person.objects.filter(pk__in=mandates.values("person"), user=None, names__suffix="").distinct()
    people = _copies(list(originals.order_by("pk")), number)
    change_many([Planned(row) for row in people.values()], by=by)
    names = _copies(PersonName.objects.filter(person__in=people), number, person=people)
    for row in names.values():
        row.suffix = f"{number}"
    copied = _copies(mandates.filter(person__in=people).order_by("pk"), number, person=people)
    change_many([Planned(row) for row in (*names.values(), *copied.values())], by=by)
    return people


def _partners(number: int, by: Actor) -> dict[int, Record]:
    relations = list(Relation.objects.exclude(parliament=None).exclude(parliament__code__contains="-").order_by("pk"))
    parliaments = {one.pk: one for one in Parliament.objects.filter(pk__in=[one.parliament_id for one in relations])}
    countries = _copies(Country.objects.filter(pk__in=[one.country_id for one in parliaments.values()]), number)
    change_many([Planned(row) for row in countries.values()], by=by)
    copied = _copies(list(parliaments.values()), number, country=countries)
    change_many([Planned(row) for row in copied.values()], by=by)
    again = _copies(relations, number, parliament=copied)
    change_many([Planned(row) for row in again.values()], by=by)
    return countries


def _copies(rows: Any, number: int, **moved: dict[int, Record]) -> dict[int, Any]:
    """Unsaved copies of rows by the key of the original; foreign keys named in `moved` lead to the copies there."""
    found: dict[int, Any] = {}
    for row in rows:
        key = row.pk
        for name, copies in moved.items():
            pointed = getattr(row, f"{name}_id")
            if pointed in copies:
                setattr(row, name, copies[pointed])
        row.pk, row._state.adding = None, True
        if hasattr(row, "code"):
            row.code = f"{row.code}-{number}" if row.code.isupper() else f"{row.code}-copy-{number}"
        found[key] = row
    return found
