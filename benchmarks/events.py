"""Twenty years of what happens, measured: pages beside their floor, clashes beside plain SQL, who met whom.

`diary` fills the database once for all of them. Times are of the processor: other work on the machine counts less.
"""

from __future__ import annotations

import gc
from functools import partial

from django.core.management import call_command
from django.test import Client

from benchmarks.clashes import clash_rows
from benchmarks.contacts import contact_rows
from benchmarks.diary import BY, HOME, TODAY, fill_diary
from benchmarks.timing import asked, timed
from interparl.accounts.models import User
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Country, Portfolio
from interparl.meetings.models import Participation


def event_rows() -> list[str]:
    """All that is measured over one diary."""
    call_command("collectstatic", interactive=False, verbosity=0)
    filled = fill_diary()
    # What filling left in memory is no part of a server: the collector need not walk it at every request.
    gc.collect()
    gc.freeze()
    return [filled, "", *page_rows(), "", *clash_rows(), "", *contact_rows()]


def page_rows() -> list[str]:
    """The table: page, floor, ours, ratio, queries of both."""
    user = User.objects.create_user("bench", "bench@example.org", None, role="administrator")
    countries = list(Country.objects.exclude(code=HOME).order_by("pk")[:8])
    change_many([Planned(Portfolio(user=user, country=one, since="2010")) for one in countries], by=BY)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    person = Participation.objects.filter(event__since__startswith=str(TODAY.year)).order_by("pk").values("person")[0]
    key, country, day = person["person"], countries[0].pk, TODAY.isoformat()
    pages = [
        ("month", f"/floor/month/?day={day}", f"/desk/calendar/?day={day}"),
        ("year of a person", f"/floor/year/?person={key}", f"/desk/calendar/year/?day={day}&person={key}"),
        ("country", f"/floor/contacts/{country}/", f"/desk/countries/{country}/"),
        ("home", "/floor/home/", "/desk/"),
    ]
    found = [
        "| page | floor, ms | ours, ms | ratio | queries, floor | queries, ours |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, *addresses in pages:
        low, high = timed([partial(_got, client, one) for one in addresses])
        low_asked, high_asked = (asked(partial(client.get, one)) for one in addresses)
        found.append(f"| {name} | {low:.1f} | {high:.1f} | {high / low:.2f} | {low_asked} | {high_asked} |")
    return found


def _got(client: Client, where: str) -> None:
    answer = client.get(where)
    if answer.status_code != 200:
        raise SystemExit(f"{where}: {answer.status_code}")
