"""The product as a newcomer starts it: `interparl demo` in a folder of its own, in a process of its own."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

COMMAND = [sys.executable, "-c", "from interparl.config.command_line import main; main()", "demo"]
PATIENCE = 300
# Below those from which systems choose for whoever asks for any.
PORTS = range(20_000, 30_000)


@dataclass(frozen=True)
class Served:
    """A running demonstration: where it answers, and the file that it keeps its records in."""

    base: str
    database: Path

    def value(self, question: str, *given: object) -> str:
        """The first value that the database answers; raises LookupError for none."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            row = connection.execute(question, given).fetchone()
        connection.close()
        if row is None:
            raise LookupError(question)
        return str(row[0])

    def values(self, question: str, *given: object) -> list[str]:
        """The first value of every row."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            rows = connection.execute(question, given).fetchall()
        connection.close()
        return [str(row[0]) for row in rows]

    def key(self, table: str, code: str) -> str:
        """The key of the record with that code."""
        return self.value(f"SELECT id FROM {table} WHERE code = ?", code)  # noqa: S608  the table is named in the test


@dataclass
class Serving:
    """The process; `stop` ends it."""

    process: subprocess.Popen[bytes]
    log: Path
    served: Served

    def stop(self) -> None:
        """Ends the server and waits for it."""
        self.process.terminate()
        self.process.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody listens on, and that the system gives to nobody while the demonstration is still loaded.

    Processes that look for one at the same time begin at different numbers.
    """
    for step in range(len(PORTS)):
        port = PORTS[(os.getpid() + step) % len(PORTS)]
        with socket.socket() as door, suppress(OSError):
            door.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def load(folder: Path) -> None:
    """Loads the demonstration into an SQLite file of the new folder; raises CalledProcessError when it cannot."""
    # No folder is left half filled, for whoever comes next takes it for a whole one.
    filling = folder.with_name(f"{folder.name}-{os.getpid()}")
    filling.mkdir()
    subprocess.run([*COMMAND, "--load-only"], env=_environment(filling), check=True, capture_output=True)
    filling.rename(folder)


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of this run's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INTERPARL_", "DATABASE_URL"))}
    return kept | {"INTERPARL_FOLDER": str(folder), "INTERPARL_MODE": "development"}


def serve(folder: Path, *words: str) -> Serving:
    """Serves the demonstration from an SQLite file of the folder, into which it is loaded if it is not there yet.

    `words` are said to the command as well. Raises RuntimeError when it does not answer.
    """
    port = free_port()
    log = folder / "log.txt"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*COMMAND, "--port", str(port), *words], env=_environment(folder), stdout=written, stderr=subprocess.STDOUT
        )
    base = f"http://127.0.0.1:{port}"
    serving = Serving(process, log, Served(base, folder / "interparl.sqlite3"))
    for _attempt in range(PATIENCE * 4):
        if process.poll() is not None:
            break
        if _answers(base):
            return serving
        time.sleep(0.25)
    serving.stop()
    raise RuntimeError(f"the demonstration did not start:\n{log.read_text()[-2000:]}")


def _answers(base: str) -> bool:
    try:
        with urlopen(f"{base}/accounts/login/", timeout=5) as answer:  # noqa: S310  our own server
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
