"""`make bench`: fills a database, measures each page beside its floor, prints the table and keeps it here."""

from __future__ import annotations

import gc
import os
import platform
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from time import monotonic, perf_counter, sleep

from tests import postgres

HERE = Path(__file__).parent
FOLDER = Path(tempfile.mkdtemp(prefix="interparl-bench-"))
CLUSTER = postgres.start() if os.environ.get("INTERPARL_TEST_DATABASE") == "postgresql" else None
if CLUSTER:
    createdb = [str(CLUSTER.programs / "createdb"), "-h", str(CLUSTER.folder), "-U", postgres.OWNER, "interparl"]
    subprocess.run(createdb, check=True)  # noqa: S603  our own words
os.environ |= {
    "INTERPARL_FOLDER": str(FOLDER),
    "DATABASE_URL": CLUSTER.url if CLUSTER else f"sqlite:///{FOLDER / 'bench.sqlite3'}",
    "DJANGO_SETTINGS_MODULE": "interparl.config.settings",
}

import django  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()
settings.ROOT_URLCONF = "benchmarks.floor"
settings.TEMPLATES[0]["DIRS"] = [str(HERE / "templates")]

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.compositions import composition_rows  # noqa: E402
from benchmarks.data import fill  # noqa: E402
from benchmarks.drafting import drafting_rows  # noqa: E402
from benchmarks.events import event_rows  # noqa: E402
from benchmarks.imports import import_rows  # noqa: E402
from benchmarks.names import names_rows  # noqa: E402
from benchmarks.programmes import programme_rows  # noqa: E402
from benchmarks.rights import rights_rows  # noqa: E402
from benchmarks.search import search_rows  # noqa: E402
from benchmarks.turning import turning_rows  # noqa: E402
from benchmarks.uploads import upload_rows  # noqa: E402
from interparl.accounts.models import User  # noqa: E402
from interparl.bodies.models import Body, Membership  # noqa: E402
from interparl.core.kept import SHELF  # noqa: E402
from interparl.directory.models import Country  # noqa: E402

ON = "?on=2014-06-01"


def timed(client: Client, addresses: tuple[str, str], runs: int, *, fresh: bool) -> list[float]:
    """Median seconds of floor and ours, asked in turn so that both meet the same machine."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for run in range(-3, runs):
        for address, found in zip(addresses, seconds, strict=True):
            if fresh:
                SHELF.clear()
            began = perf_counter()
            answer = client.get(address)
            if run >= 0:
                found.append(perf_counter() - began)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
    return [statistics.median(found) for found in seconds]


def asked(client: Client, address: str) -> int:
    """How many queries an answer takes."""
    SHELF.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def rows(client: Client) -> list[str]:
    """The table: page, floor, ours, ratio, queries of both."""
    membership = Membership.objects.filter(since_earliest__lte="2014-06-01", until_latest__gte="2014-06-01").first()
    country = Country.objects.filter(partner_bodies__body=membership.body).first()
    body = Body.objects.get(pk=membership.body_id)
    pages = [
        ("list of 50 people", "/floor/people/", "/desk/people/", 31, False),
        ("person", f"/floor/people/{membership.person_id}/", f"/desk/people/{membership.person_id}/{ON}", 31, False),
        ("country", f"/floor/countries/{country.pk}/", f"/desk/countries/{country.pk}/{ON}", 31, False),
        ("body as of a day", f"/floor/bodies/{body.pk}/", f"/desk/bodies/{body.pk}/{ON}", 31, False),
        ("all compositions, CSV", "/floor/compositions/", "/desk/memberships/?days=all&format=csv", 5, False),
        ("front page rebuilt", "/floor/front/", f"/en/{ON}", 31, True),
    ]
    found = [
        "| page | floor, ms | ours, ms | ratio | queries, floor | queries, ours |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, floor, ours, runs, fresh in pages:
        low, high = timed(client, (floor, ours), runs, fresh=fresh)
        low_queries, high_queries = asked(client, floor), asked(client, ours)
        found.append(
            f"| {name} | {low * 1000:.1f} | {high * 1000:.1f} | {high / low:.2f} | {low_queries} | {high_queries} |"
        )
        print(found[-1], flush=True)
    return found


def kept_page(client: Client) -> str:
    """The request rate of the kept front page beside a static file of the same size, in this process."""
    address = f"/en/{ON}"
    size = len(client.get(address).content)
    static = Path(settings.STATIC_ROOT) / "bench.html"
    static.parent.mkdir(parents=True, exist_ok=True)
    static.write_bytes(os.urandom(size))
    other = Client(HTTP_HOST="localhost")
    other.handler.load_middleware()
    file_rate, page_rate = rate(other, "/static/bench.html"), rate(other, address)
    return (
        f"Front page from its kept rendering: {page_rate:.0f} requests/s; a static file of the same size "
        f"({size} bytes): {file_rate:.0f} requests/s; share {page_rate / file_rate:.2f}."
    )


def rate(client: Client, address: str) -> float:
    """Requests a second over two seconds."""
    client.get(address)
    began, number = monotonic(), 0
    while monotonic() - began < 2:
        answer = client.get(address)
        b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        number += 1
    return number / (monotonic() - began)


def server() -> str:
    """Seconds from start to the first answer, and the memory of the serving process after 200 requests."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    began = monotonic()
    command = [str(Path(sys.executable).parent / "interparl"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        address = f"http://127.0.0.1:{port}/en/"
        first = 0.0
        while not first:
            try:
                urllib.request.urlopen(address, timeout=5).read()
                first = monotonic() - began
            except OSError:
                sleep(0.02)
        for number in range(200):
            urllib.request.urlopen(f"{address}lists/working-groups/?on=2014-06-{number % 28 + 1:02}", timeout=30).read()  # noqa: S310
        memory = sum(_memory(pid) for pid in _family(process.pid))
    finally:
        process.terminate()
        process.wait()
    return (
        f"Start to first answer: {first:.1f} s. "
        f"Memory of the serving processes after 200 requests: {memory / 1024:.0f} MB."
    )


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def searched() -> list[str]:
    """How names are found, and how quick that is."""
    return [*part("How names are found", names_rows()), *part("How quick the search is", search_rows())]


def main() -> None:
    """Measures everything and keeps the result."""
    call_command("migrate", verbosity=0)
    began = monotonic()
    fill()
    filled = monotonic() - began
    # What filling left in memory is no part of a server: the collector need not walk it at every request.
    gc.collect()
    gc.freeze()
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_user("bench", "bench@example.org", None, role="administrator"))
    cores = os.cpu_count()
    lines = [
        f"Machine: {platform.machine()}, {cores} cores, Python {platform.python_version()}, SQLite.",
        f"Filled through the write gate in {filled:.0f} s.",
        "",
        *rows(client),
        "",
        kept_page(client),
        server(),
        "",
        *part("What rights cost", rights_rows()),
        *part("Imports", by_itself("imports")),
        *part("Rules of composition", by_itself("compositions")),
        *part("Drafts of compositions", by_itself("drafting")),
        *part("The change of convocation", by_itself("turning")),
        *part("Uploads", by_itself("uploads")),
        *part("What happens", by_itself("events")),
        *part("Programmes on paper", by_itself("programmes")),
        *searched(),
        f"Peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB.",
    ]
    print("\n".join(lines[-1:]))
    text = (HERE / "README.md").read_text() if (HERE / "README.md").exists() else "# Benchmarks\n"
    head = text.split("## Last run")[0].rstrip()
    (HERE / "README.md").write_text(head + "\n\n## Last run\n\n" + "\n".join(lines) + "\n")


def part(title: str, lines: list[str]) -> list[str]:
    """A part of the page that is kept."""
    return [f"{title}:", "", *lines, ""]


def imported() -> list[str]:
    """What imports cost, and the pages of their check as an administrator."""
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.create_user("bench", "bench@example.org", None, role="administrator"))
    return import_rows(client)


ALONE = {
    "names": names_rows,
    "search": search_rows,
    "imports": imported,
    "compositions": composition_rows,
    "drafting": drafting_rows,
    "turning": turning_rows,
    "uploads": upload_rows,
    "events": event_rows,
    "programmes": programme_rows,
}


def alone(name: str) -> None:
    """Measures one thing of `ALONE` in an empty database and prints its tables."""
    call_command("migrate", verbosity=0)
    print("\n".join(ALONE[name]()))


def by_itself(name: str) -> list[str]:
    """The same in a process of its own: what earlier measurements left of the memory makes pages slower by half."""
    command = [sys.executable, "-m", "benchmarks", name]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()  # noqa: S603


if __name__ == "__main__":
    try:
        alone(sys.argv[1]) if len(sys.argv) > 1 else main()
    finally:
        if CLUSTER:
            CLUSTER.stop()
