"""Imports of 20,000 people: what looking at the file, applying and taking back cost, and the pages of the check."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.core.actors import Actor
from interparl.exchange.actions import apply, preview, undo
from interparl.exchange.models import Batch, Row

PEOPLE = 20_000
MOST_SECONDS, MOST_MEGABYTES = 60, 300
RUNS = 15


def people(number: int = PEOPLE) -> bytes:
    """A Popolo file of so many people with seven values each, some of them no days."""
    persons = [
        {
            "id": f"p{one}",
            "name": f"Given{one % 700} Family{one}",
            "family_name": f"Family{one}",
            "given_name": f"Given{one % 700}",
            "gender": "female" if one % 2 else "male",
            "birth_date": f"19{40 + one % 50}-05-{1 + one % 28:02}" if one % 40 else "soon",
            "contact_details": [
                {"type": "email", "value": f"a{one}@example.org"},
                {"type": "phone", "value": f"+375 17 {one}"},
            ],
            "identifiers": [{"scheme": "viaf", "identifier": str(one)}],
        }
        for one in range(number)
    ]
    house = {"id": "house", "name": "House of the Valley", "classification": "legislature"}
    return json.dumps({"persons": persons, "organizations": [house], "memberships": []}).encode()


def floor_rows(request: HttpRequest, key: int) -> HttpResponse:
    """The fewest queries and one flat template for fifty rows of a check."""
    batch = Batch.objects.defer("messages").get(pk=key)
    rows = Row.objects.filter(batch=batch).order_by("pk")[:50]
    return render(request, "floor_imports.html", {"batch": batch, "rows": rows})


def import_rows(client: Client) -> list[str]:
    """The table of deeds, and that of the pages beside their floor."""
    by = Actor.command("benchmark")
    data = people()
    found = ["| deed | seconds |", "|---|---:|"]

    def timed(name: str, deed: Callable[[], Any]) -> Any:
        began = perf_counter()
        answer = deed()
        found.append(f"| {name} | {perf_counter() - began:.1f} |")
        print(found[-1], file=sys.stderr, flush=True)
        return answer

    first = timed(f"looking at {PEOPLE:,} people", lambda: preview("popolo", data, "valley.json", by=by))
    pages = _pages(client, first)
    timed("applying", lambda: apply(first, by=by))
    timed("taking back", lambda: undo(first, by=by))
    found += ["", f"{command(data)} The goal is {MOST_SECONDS} s and {MOST_MEGABYTES} MB.", "", *pages]
    return found


def _pages(client: Client, batch: Batch) -> list[str]:
    found = [
        "| page of a check | floor, ms | ours, ms | ratio | queries, floor | queries, ours |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, query in (
        ("first", ""),
        ("last", f"?page={PEOPLE // 50}"),
        ("new people", "?outcome=new&record=person"),
        ("a reason", "?told=not_a_date"),
    ):
        ways = (f"/floor/imports/{batch.pk}/", f"/desk/imports/{batch.pk}/{query}")
        low, high = (statistics.median(_seconds(client, way)) for way in ways)
        queries = [_queries(client, way) for way in ways]
        found.append(
            f"| {name} | {low * 1000:.1f} | {high * 1000:.1f} | {high / low:.2f} | {queries[0]} | {queries[1]} |"
        )
        print(found[-1], file=sys.stderr, flush=True)
    return found


def _seconds(client: Client, address: str) -> list[float]:
    found = []
    for run in range(-2, RUNS):
        began = perf_counter()
        if client.get(address).status_code != 200:
            raise SystemExit(address)
        if run >= 0:
            found.append(perf_counter() - began)
    return found


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def command(data: bytes) -> str:
    """What the command takes in a process of its own: seconds and the most memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "valley.json"
        path.write_bytes(data)
        interparl = str(Path(sys.executable).parent / "interparl")
        database = ["--database", f"{folder}/import.sqlite3"]
        # The tables are there already where somebody imports.
        subprocess.run([interparl, "facts", *database], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own
        words = [interparl, "import", "popolo", str(path), "--apply", "--json", *database]
        began = perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL)  # noqa: S603  the same
        kilobytes = 0
        while process.poll() is None:
            kilobytes = max(kilobytes, _most_held(process.pid))
            sleep(0.1)
        seconds = perf_counter() - began
    if process.returncode:
        raise SystemExit("the import failed")
    spent = f"{seconds:.0f} s, {kilobytes / 1024:.0f} MB"
    return f"`interparl import` of the same file into an empty database: {spent}."


def _most_held(pid: int) -> int:
    """The most memory that a process has held so far, in kilobytes; what it was started from does not count."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
