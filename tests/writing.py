"""Run as a program in the place of an installation: many writers and one sealer for so many seconds.

`PROCESSES THREADS SECONDS`: in each process so many threads add and change sources, one more process seals. Prints how
much was done, and how often somebody was told that the lock did not come: then nothing was changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from time import monotonic, sleep

import django

django.setup()

from django.db import OperationalError, connection  # noqa: E402

from interparl.config.unwritable import BUSY, cause_of  # noqa: E402
from interparl.core.days import now  # noqa: E402
from interparl.core.models import Source  # noqa: E402
from interparl.core.sealing import seal  # noqa: E402
from interparl.core.translated import written  # noqa: E402
from interparl.core.writing import change  # noqa: E402
from tests.makers import BY  # noqa: E402

SECONDS_FOR_A_LOCK = 5
# SQLite asks for the lock less often the longer it waits, so among two hundred the one who waits long comes last. The
# sealer therefore does not wait, but asks anew.
SECONDS_TILL_ASKED_ANEW = 0.002


@dataclass
class Done:
    """What one thread did."""

    made: int = 0
    refused: int = 0


@contextmanager
def counted(done: Done) -> Iterator[None]:
    """Counts a refusal of the lock; raises whatever else went wrong."""
    try:
        yield
    except OperationalError as error:
        if cause_of(error) is not BUSY:
            raise
        done.refused += 1


def write(name: str, until: float) -> Done:
    """Adds and changes sources until that moment."""
    done = Done()
    try:
        while monotonic() < until:
            with counted(done):
                key = f"{name}-{done.made}-{done.refused}"
                source = Source(key=key, title=written({"en": key}))
                with change(source, by=BY):
                    pass
                done.made += 1
                with change(source, by=BY) as held:
                    held.licence = "CC0"
                done.made += 1
    finally:
        connection.close()
    return done


def seal_all_the_while(until: float) -> Done:
    """Seals twice a second until that moment; when the lock does not come, asks anew."""
    done = Done()
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 0
    while monotonic() < until:
        refused = done.refused
        with counted(done):
            done.made += seal(now()) is not None
        sleep(0.5 if refused == done.refused else SECONDS_TILL_ASKED_ANEW)
    return done


def writers(name: int, threads: int, until: float) -> Done:
    """What all threads of a process did together."""
    with ThreadPoolExecutor(threads) as pool:
        every = list(pool.map(lambda number: write(f"{name}-{number}", until), range(threads)))
    return Done(sum(one.made for one in every), sum(one.refused for one in every))


def together(processes: int, threads: int, seconds: float) -> dict[str, int]:
    """What all did: changes, refusals, and the rounds of the sealer that found something."""
    until = monotonic() + seconds
    if connection.vendor == "sqlite":
        # Who waits when the time is over would wait on as long as a page does.
        connection.settings_dict["OPTIONS"]["timeout"] = SECONDS_FOR_A_LOCK
    # Begun from here, they need not read the product each for himself.
    with ProcessPoolExecutor(processes + 1, get_context("fork")) as pool:
        sealer = pool.submit(seal_all_the_while, until)
        begun = [pool.submit(writers, name, threads, until) for name in range(processes)]
    done = [one.result() for one in begun]
    refused = sum(one.refused for one in done)
    return {"made": sum(one.made for one in done), "refused": refused, "rounds": sealer.result().made}


if __name__ == "__main__":
    done = together(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    json.dump(done, sys.stdout)
