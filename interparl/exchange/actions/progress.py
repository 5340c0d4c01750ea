"""How far long work is, such as applying an import: told in a file, for the database may be locked (design 8.2).

Each sort of work (`of`) has a folder of its own, with a file for each key.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic

from django.conf import settings

SECONDS_BETWEEN = 0.25
IMPORTS = "imports"


@dataclass(frozen=True)
class Progress:
    """How many rows were written of how many, whether it still goes on, and why it failed."""

    done: int
    total: int
    is_running: bool = False
    failed: list[str] = field(default_factory=list)


def _place(key: int, ending: str, of: str) -> Path:
    return Path(settings.FOLDER) / of / f"{key}.{ending}"


def progress_of(key: int, of: str = IMPORTS) -> Progress | None:
    """What the file says of this work; None when it was not begun from a page or all went well."""
    try:
        told = json.loads(_place(key, "json", of).read_text())
        failed = [str(one) for one in told["failed"]]
        return Progress(int(told["done"]), int(told["total"]), _is_held(key, of), failed)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_held(key: int, of: str) -> bool:
    try:
        with _place(key, "lock", of).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def held(key: int, of: str = IMPORTS) -> Iterator[bool]:
    """Whether nobody else does this work now; who does holds it until the end, even an end without a word."""
    place = _place(key, "lock", of)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            # Who opens a new one is told by the database that all is done.
            with suppress(OSError):
                place.unlink(missing_ok=True)


class Teller:
    """Tells how far it is, a few times a second at most."""

    def __init__(self, key: int, total: int, of: str = IMPORTS) -> None:
        self.key, self.of, self.done, self.total = key, of, 0, total
        self._told_at = 0.0
        self._tell(Progress(0, total))

    def more(self, number: int) -> None:
        """So many more rows were written."""
        self.done = min(self.done + number, self.total)
        if monotonic() - self._told_at >= SECONDS_BETWEEN:
            self._tell(Progress(self.done, self.total))

    def expect(self, total: int) -> None:
        """How many rows there are, once that is known."""
        self.total = total
        self._tell(Progress(self.done, total))

    def fail(self, messages: list[str]) -> None:
        """Nothing was written, and why."""
        self._tell(Progress(self.done, self.total, failed=messages))

    def end(self) -> None:
        """All was written; what there is to tell stands in the import itself."""
        forget(self.key, self.of)

    def _tell(self, told: Progress) -> None:
        self._told_at = monotonic()
        place = _place(self.key, "json", self.of)
        new = place.with_suffix(".new")
        # A disk that takes no more is told of by the writing itself.
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            new.write_text(json.dumps(asdict(told)))
            new.replace(place)


def forget(key: int, of: str = IMPORTS) -> None:
    """Removes what was told of this work."""
    for ending in ("json", "new"):
        with suppress(OSError):
            _place(key, ending, of).unlink(missing_ok=True)
