"""A real server of the product in a process of its own, with its own folder and database, and browsers for it.

Nothing of it is shared with the process that runs the tests: the server can be killed, its disk can be full.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from unittest.mock import patch
from urllib.parse import urlencode

import psycopg

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "from interparl.config.command_line import main; main()"
PATIENCE = 60.0
# Any token will do, when the cookie and the form say the same.
TOKEN = "t" * 32


@dataclass(frozen=True)
class Place:
    """Where an installation under test keeps its things."""

    folder: Path
    database: str
    logs: Path
    uploads: Path | None = None

    def environment(self) -> dict[str, str]:
        """The environment of its processes: nothing of that of the tests."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("INTERPARL_", "DATABASE_URL", "DJANGO_"))
        }
        own = {
            "INTERPARL_FOLDER": str(self.folder),
            "INTERPARL_SECRET_KEY": "a key for tests only",
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "interparl.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        return kept | own | ({"TMPDIR": str(self.uploads)} if self.uploads else {})

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What a command of the product answers here."""
        return self._done("-c", COMMAND, *words)

    def program(self, module: str, *words: str) -> str:
        """What a program of the tests prints when it runs here."""
        done = self._done("-m", module, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def begin(self, module: str, *words: str) -> subprocess.Popen[str]:
        """The same, running beside others; what it prints is read when it has ended."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *words],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )

    def _done(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )


def is_postgresql() -> bool:
    """Whether the run of tests is about PostgreSQL."""
    return os.environ.get("INTERPARL_TEST_DATABASE", "sqlite") == "postgresql"


@contextmanager
def own_cluster() -> Iterator[postgres.Cluster]:
    """A throw-away cluster beside that of the run, that takes the connections of two hundred writers."""
    with patch.object(postgres, "OPTIONS", f"{postgres.OPTIONS} -c max_connections=300"):
        cluster = postgres.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def told(cluster: postgres.Cluster, *orders: str) -> None:
    """Gives the cluster orders that are no part of a transaction."""
    with psycopg.connect(f"postgresql://{postgres.OWNER}@/postgres?host={cluster.folder}", autocommit=True) as asked:
        for order in orders:
            asked.execute(order.encode())


def address_in(cluster: postgres.Cluster, name: str) -> str:
    """The address of a database of the cluster."""
    return f"postgresql://{postgres.OWNER}@/{name}?host={cluster.folder}"


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Browser:
    """Somebody at the server; with the key of a session, somebody who has signed in."""

    port: int
    session: str = ""
    language: str = "en"

    def get(self, path: str) -> Answer:
        """Asks for a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, values: Mapping[str, str]) -> Answer:
        """Sends a form."""
        body = urlencode({**values, "csrfmiddlewaretoken": TOKEN}).encode()
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, path: str, values: Mapping[str, str], file: bytes, name: str) -> Answer:
        """Sends a form with a file, as a browser does."""
        edge = "edge-of-a-part"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {"csrfmiddlewaretoken": TOKEN, **values}.items()
        ]
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts += [f"{head}Content-Type: application/json\r\n\r\n".encode(), file, f"\r\n--{edge}--\r\n".encode()]
        return self._ask("POST", path, b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        cookies = {"csrftoken": TOKEN, "language": self.language, "sessionid": self.session}
        line = "; ".join(f"{name}={value}" for name, value in cookies.items() if value)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {**headers, "Cookie": line})
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            return Answer(answer.status, dict(answer.getheaders()), text)
        finally:
            connection.close()


@dataclass(frozen=True)
class Server:
    """A running server and the file that its messages go to."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """Ends all its processes at once, without a word to them."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Tells it to end, and kills what is left after a while."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def served(place: Place) -> Iterator[Server]:
    """A server that answers; it has ended afterwards."""
    port = _free_port()
    log = place.logs / f"server-{port}.log"
    with log.open("wb") as messages:
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "serve", "--port", str(port)],
            cwd=ROOT,
            env=place.environment(),
            stdin=subprocess.DEVNULL,
            stdout=messages,
            stderr=messages,
            start_new_session=True,
        )
    server = Server(port, process, log)
    try:
        _wait_for(server)
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _wait_for(server: Server) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        assert server.process.poll() is None, server.log.read_text()
        try:
            Browser(server.port).get("/styles/")
        except OSError:
            sleep(0.1)
        else:
            return
    raise AssertionError(server.log.read_text())
