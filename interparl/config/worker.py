"""The worker: one thread beside the server that does by the clock what no request asks for."""

from __future__ import annotations

import fcntl
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connections

from interparl.administration.actions import BrokenOff, Watch, back_up_when_due, never
from interparl.config.unwritable import cause_of
from interparl.core.days import now
from interparl.core.sealing import seal
from interparl.documents.actions import read_waiting, sweep_when_due
from interparl.exchange.actions.uploads import give_up_old

SECONDS = 60.0
# Seconds of computing after which the interpreter lets a waiting request go on; of itself it takes ten times as long.
GIVES_WAY_AFTER = 0.0005
log = logging.getLogger("interparl.worker")


def every_minute(is_stopping: Watch = never) -> list[Callable[[], object]]:
    """The jobs of each round; a long one breaks off as soon as `is_stopping` says so."""
    return [
        lambda: seal(now()),
        give_up_old,
        lambda: back_up_when_due(now(), is_stopping=is_stopping),
        lambda: read_waiting(is_stopping=is_stopping),
        sweep_when_due,
    ]


@dataclass
class Worker:
    """Runs the jobs until it is stopped; one for each data folder, whoever comes second waits for his turn.

    Without jobs of its own it has those of each minute.
    """

    jobs: list[Callable[[], object]] = field(default_factory=list)
    seconds: float = SECONDS
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __post_init__(self) -> None:
        self.jobs = self.jobs or every_minute(self._over.is_set)

    def start(self) -> None:
        """Begins in a thread that does not keep the process alive, and that gives way to requests quickly."""
        sys.setswitchinterval(GIVES_WAY_AFTER)
        self._thread = Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the rounds and waits for the one that is under way."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def run(self) -> None:
        """Rounds until it is stopped."""
        while not self._over.wait(self.seconds):
            try:
                with alone(Path(settings.FOLDER) / "worker.lock") as is_mine:
                    if is_mine:
                        self.round()
            except OSError as error:
                # A disk that takes no writing now may take it in a minute.
                log.error("The worker has no lock: %s", error)  # noqa: TRY400  all is said

    def round(self) -> None:
        """Every job once; one that fails is logged and does not keep the others."""
        for job in self.jobs:
            close_old_connections()
            try:
                job()
            except BrokenOff:
                log.info("A job of the worker was broken off, for the program is stopping")
            except ValidationError as error:
                log.error("A job of the worker was not done: %s", " ".join(error.messages))  # noqa: TRY400  all is said
            except Exception as error:
                if cause := cause_of(error):
                    log.error("A job of the worker was not done: %s", cause.line)  # noqa: TRY400  all is said
                else:
                    log.exception("A job of the worker failed")
        connections.close_all()


@contextmanager
def alone(place: Path) -> Iterator[bool]:
    """Whether no other process holds the lock meanwhile."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
