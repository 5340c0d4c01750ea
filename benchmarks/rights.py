"""What rights cost: each list and page of the registers as three readers, with how much each asks the database."""

from __future__ import annotations

import statistics
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.models import Body, Membership
from interparl.core.actors import Actor
from interparl.core.addresses import address, list_address
from interparl.core.days import today
from interparl.core.pages import every_record_pages
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Country, Mandate, Person, Portfolio

BY = Actor.command("bench")
BODIES, PORTFOLIOS, OFFICIAL_EVERY, RUNS = 40, 10, 5, 15
READERS = ("administrator", "member with 40 bodies", "deputy with ten portfolios")


def readers() -> list[Client]:
    """An administrator, a member who sits in forty bodies and an officer who stands in for ten portfolios, signed in.

    Every fifth of the bodies and countries is for official use, so that what is one's own counts.
    """
    administrator = User.objects.create_user("first", "first@example.org", None, role="administrator")
    member = User.objects.create_user("second", "second@example.org", None, role="member")
    deputy = User.objects.create_user("third", "third@example.org", None, role="desk_officer")
    now = today().isoformat()
    last = Mandate.objects.order_by("-pk").first()
    bodies = list(Body.objects.order_by("pk").prefetch_related("parts")[:BODIES])
    countries = list(Country.objects.order_by("pk")[:PORTFOLIOS])
    # Not our own country: all that is ours hangs on it.
    secret: list[Body | Country] = [*Body.objects.order_by("pk"), *Country.objects.exclude(code="AA").order_by("pk")]
    planned = [Planned(last.person, {"user": member})]
    planned.append(Planned(Mandate(person=last.person, chamber=last.chamber, since=now)))
    planned += [
        Planned(Membership(body=body, part=body.parts.first(), person=last.person, since=now)) for body in bodies
    ]
    planned += [
        Planned(Portfolio(user=administrator, deputy=deputy, country=country, since=now)) for country in countries
    ]
    planned += [Planned(one, {"mark": "official"}) for one in secret[::OFFICIAL_EVERY]]
    change_many(planned, by=BY)
    clients = []
    for user in (administrator, member, deputy):
        client = Client(HTTP_HOST="localhost")
        client.force_login(user)
        clients.append(client)
    return clients


def pages() -> list[tuple[str, str]]:
    """Name and address of every list, and of one page of each kind that has an own one and rows."""
    found = []
    for kind, of in every_record_pages.items():
        name = str(of.model._meta.verbose_name_plural)
        found.append((f"{name}: list", list_address(kind)))
        # One that all three may read and that has much around it.
        record = of.model.objects.filter(effective_mark__in=("public", "internal")).order_by("pk").first()  # type: ignore[attr-defined]
        if record is not None and record.whole is None:
            found.append((f"{name}: page", address((kind, record.pk))))
    person = Person.objects.filter(memberships__isnull=False, effective_mark="internal").first()
    if person is not None:
        found.append(("person with memberships: page", address(("directory.person", person.pk))))
    return found


def seconds(clients: list[Client], where: str) -> list[float]:
    """Median seconds of each reader, asked in turn so that all meet the same machine."""
    times: list[list[float]] = [[] for _client in clients]
    for run in range(-2, RUNS):
        for client, found in zip(clients, times, strict=True):
            began = perf_counter()
            client.get(where)
            if run >= 0:
                found.append(perf_counter() - began)
    return [statistics.median(found) for found in times]


def rights_rows() -> list[str]:
    """The table: page, milliseconds of the administrator, the ratios of the others, questions of each."""
    clients = readers()
    found = [
        f"| page | {READERS[0]}, ms | {READERS[1]}, ratio | {READERS[2]}, ratio | questions of the three |",
        "|---|---:|---:|---:|---|",
    ]
    for name, where in pages():
        statuses = [client.get(where).status_code for client in clients]
        queries = []
        if statuses[0] != 200:
            raise SystemExit(f"{where}: {statuses[0]}")
        for client in clients:
            with CaptureQueriesContext(connection) as asked:
                client.get(where)
            # The log of readings writes beside these, for whoever is shown what is for official use.
            queries.append(sum(query["sql"].startswith("SELECT") for query in asked))
        times = seconds(clients, where)
        ratios = [
            f"{one / times[0]:.2f}" if status == statuses[0] else str(status)
            for one, status in zip(times[1:], statuses[1:], strict=True)
        ]
        numbers = " / ".join(str(number) for number in queries)
        found.append(f"| {name} | {times[0] * 1000:.1f} | {ratios[0]} | {ratios[1]} | {numbers} |")
        print(found[-1], flush=True)
    return found
