"""Many at once, and the machine that dies: no half change, every entry sealed once, the history whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from interparl.core.days import now
from interparl.core.kinds import model_of
from interparl.core.models import Entry, Seal, Source
from interparl.core.sealing import findings, seal
from interparl.core.writing import change, values_of
from tests.makers import BY, kept

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WRITERS, SECONDS = 200, 60.0
ROOT = Path(__file__).parent.parent


def writes(number: int, over: Event) -> int:
    """Adds and changes sources until it is over; how many changes were made. A lock that never came is no change."""
    made = 0
    try:
        while not over.is_set():
            try:
                source = kept(Source(key=f"w{number}-{made}", title={}))
                with change(source, by=BY) as held:
                    held.licence = "CC0"
            except OperationalError:
                continue
            made += 2
    finally:
        connection.close()
    return made


def replayed(entries: list[Entry]) -> dict[str, Any]:
    """The values that the entries of one record lead to."""
    found: dict[str, Any] = {}
    for entry in entries:
        found |= {name: pair[1] for name, pair in entry.changes.items()}
    return found


def disagreements() -> list[str]:
    """Records whose values are not what their entries say, and entries without their record."""
    wrong = []
    by_ref: dict[tuple[str, int], list[Entry]] = {}
    for entry in Entry.objects.order_by("pk"):
        by_ref.setdefault((entry.kind, entry.object_id), []).append(entry)
    for kind in {kind for kind, _key in by_ref}:
        stored = model_of(kind)._base_manager.in_bulk([key for of, key in by_ref if of == kind])
        wrong += [f"{kind} {key} is not there" for of, key in by_ref if of == kind and key not in stored]
        wrong += [f"{kind} {key} has no entry" for key in stored if (kind, key) not in by_ref]
        for key, record in stored.items():
            now_is, said = values_of(record), replayed(by_ref[kind, key])
            wrong += [f"{kind} {key}.{name}" for name, value in said.items() if now_is[name] != value]
    return wrong


def test_every_entry_is_sealed_once_when_two_hundred_write_and_one_seals() -> None:
    over = Event()
    with ThreadPoolExecutor(WRITERS) as pool:
        began = monotonic()
        writers = [pool.submit(writes, number, over) for number in range(WRITERS)]
        while monotonic() - began < SECONDS:
            try:
                seal(now())
            except OperationalError:
                continue  # the lock did not come; the next round seals what waits
            sleep(0.5)
        over.set()
        made = sum(writer.result() for writer in writers)
    seal(now())
    assert made > WRITERS
    assert Entry.objects.count() >= made  # a writer may have been told of no lock between his two changes
    assert Entry.objects.filter(seal=None).count() == 0
    listed = [line.split()[0] for link in Seal.objects.order_by("number") for line in link.listed.splitlines()]
    assert (len(listed), len(set(listed))) == (Entry.objects.count(), Entry.objects.count())
    assert findings() == []
    assert disagreements() == []


PROGRAM = """
import os, sys
from threading import Thread
import django
django.setup()
from django.db import OperationalError
from tests.makers import BY
from interparl.core.models import Source
from interparl.core.writing import change
from interparl.core.sealing import seal
from interparl.core.days import now

def work(number):
    made = 0
    while True:
        try:
            source = Source(key=f"{sys.argv[1]}-{number}-{made}", title={})
            with change(source, by=BY):
                pass
            with change(source, by=BY) as held:
                held.licence = "CC0"
            if number == 0:
                seal(now())
        except OperationalError:
            continue
        made += 1
        print(made, flush=True)

for number in range(200):
    Thread(target=work, args=(number,), daemon=True).start()
Thread(target=lambda: sys.stdin.read()).start()
"""


def test_no_change_is_half_made_when_the_process_is_killed_ten_times() -> None:
    found = connections["default"].settings_dict
    for time in range(10):
        before = Entry.objects.count()
        connection.close()
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(time)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": _address(found), "DJANGO_SETTINGS_MODULE": "interparl.config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stdout.readline(), "it never wrote"
        sleep(0.2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert Entry.objects.count() > before
        assert disagreements() == []
        assert findings() == []
    seal(now())
    assert Entry.objects.filter(seal=None).count() == 0
    assert findings() == []


def _address(found: dict[str, Any]) -> str:
    """The database of this test, as another process names it."""
    if found["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{found['NAME']}"
    return f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST']}&port={found['PORT']}"
