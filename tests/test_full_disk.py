"""A disk that is full or can only be read: pages are read, forms say clearly what is wrong, and nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from interparl.accounts.models import User
from interparl.config.unwritable import BUSY, FULL, READ_ONLY, Cause, cause_of
from interparl.core.models import Entry, Source
from tests.serving import Answer, Browser, Place, address_in, is_postgresql, own_cluster, served, told

NEW = "/desk/sources/new/"
FORM = "application/x-www-form-urlencoded"
SIGN_IN = {"login": "user-0", "password": "a long pass phrase"}
# Room for an empty database of either kind, and not much more.
SIZE = "48m"
ATTEMPTS = 400


def raised(deed: Callable[[], object]) -> BaseException:
    """The error that a deed ends in."""
    with pytest.raises(Exception) as found:  # noqa: PT011  any is looked at
        deed()
    return found.value


def sqlite_error(*orders: str, path: str = ":memory:") -> BaseException:
    """The error that the last of these orders ends in."""
    asked = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        for order in orders[:-1]:
            asked.execute(order)
        return raised(lambda: asked.execute(orders[-1]))
    finally:
        asked.close()


def test_the_cause_is_named_when_sqlite_cannot_write(tmp_path: Path) -> None:
    path = str(tmp_path / "one.sqlite3")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    errors = (
        sqlite_error("PRAGMA max_page_count = 2", "CREATE TABLE a (b)", "CREATE TABLE c (d)"),
        sqlite_error("CREATE TABLE a (b)", "PRAGMA query_only = 1", "INSERT INTO a VALUES (1)"),
        sqlite_error("BEGIN IMMEDIATE", path=path),
        sqlite_error("SELECT a"),
    )
    holder.close()
    assert [cause_of(error) for error in errors] == [FULL, READ_ONLY, BUSY, None]


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OSError(errno.ENOSPC, "no space"), FULL),
        (OSError(errno.EDQUOT, "quota"), FULL),
        (OSError(errno.EROFS, "read-only"), READ_ONLY),
        (FileNotFoundError(errno.ENOENT, "not there"), None),
        (OSError("without a number"), None),
        (sqlite3.OperationalError("without a code"), None),
        (psycopg.errors.DiskFull(), FULL),
        (psycopg.errors.ReadOnlySqlTransaction(), READ_ONLY),
        (psycopg.errors.DeadlockDetected(), BUSY),
        (psycopg.errors.UniqueViolation(), None),
        (psycopg.OperationalError("no connection"), None),
        (ValueError("another"), None),
    ],
)
def test_the_cause_is_named_when_it_stands_behind_another_error(error: Exception, cause: Cause | None) -> None:
    outer = OperationalError("as Django says it")
    outer.__cause__ = error
    assert (cause_of(error), cause_of(outer)) == (cause, cause)


@contextmanager
def read_only() -> Iterator[None]:
    """The database of the test takes no writing meanwhile."""
    is_sqlite = connection.vendor == "sqlite"
    on, off = (f"PRAGMA query_only = {word}" if is_sqlite else f"SET transaction_read_only = {word}" for word in "10")
    with connection.cursor() as cursor:
        cursor.execute(on if is_sqlite else "SAVEPOINT before_reading")
        if not is_sqlite:
            cursor.execute(on)
        yield
        cursor.execute(off if is_sqlite else "ROLLBACK TO SAVEPOINT before_reading")


def values(number: int = 0, length: int = 0) -> dict[str, str]:
    """A form of a new source; the longer its address the more room it takes."""
    # No two alike, so that nothing is packed away.
    letters = "".join(os.urandom(8).hex() for _ in range(length // 16))
    url = f"https://example.org/{letters}"
    return {"key": f"source-{number}", "title_en": f"W{number}", "mark": "internal", "url": url}


@pytest.fixture
def desk(administrator: User) -> Client:
    """A browser whose server answers errors as in production."""
    client = Client(raise_request_exception=False)
    client.force_login(administrator)
    return client


def test_what_was_typed_is_kept_when_nothing_can_be_written(desk: Client) -> None:
    typed = values() | {"title_en": "A title “of its own”"}
    with read_only():
        answer = desk.post(NEW, urlencode(typed), content_type=FORM, headers={"accept-language": "ru"})
        page = answer.content.decode()
        listed = desk.get("/desk/sources/")
    assert (answer.status_code, listed.status_code, Source.objects.count(), Entry.objects.count()) == (503, 200, 0, 0)
    assert answer.context["typed"] == list(typed.items())
    for name in typed:
        assert f'type="hidden" name="{name}"' in page
    assert '<html lang="ru"' in page
    again = desk.post(NEW, dict(answer.context["typed"]))
    assert (again.status_code, Source.objects.get().title["en"]["text"]) == (302, "A title “of its own”")


def test_no_secret_is_given_back_when_nothing_can_be_written(db: None) -> None:
    client = Client(raise_request_exception=False)
    User.objects.create_user("user-0", "user-0@example.org", SIGN_IN["password"], role="desk_officer")
    with read_only():
        answer = client.post("/accounts/login/", SIGN_IN)
    assert (answer.status_code, answer.context["typed"], answer.context["cause"]) == (503, [], READ_ONLY)


def test_the_file_is_not_promised_when_nothing_can_be_written(desk: Client, tmp_path: Path) -> None:
    file = tmp_path / "file.json"
    file.write_text('{"persons": [{"id": "1", "name": "Anna Example"}]}')
    with read_only(), file.open("rb") as opened:
        answer = desk.post("/desk/imports/new/", {"kind": "popolo", "file": opened})
    assert (answer.status_code, answer.context["typed"], answer.context["has_file"]) == (503, [], True)
    assert answer["Connection"] == "close"


def test_another_error_says_nothing_of_the_disk_when_it_happens(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interparl.core.pages.save_form", lambda *_arguments: 1 / 0)
    answer = desk.post(NEW, values())
    assert (answer.status_code, [one.name for one in answer.templates]) == (500, ["500.html"])


@dataclass(frozen=True)
class Disk:
    """A small disk, and the installation whose database lies on it."""

    path: Path
    place: Place
    order: Callable[..., None] | None = None

    def fill(self) -> Path:
        """Takes all the room there is; the file that does."""
        filler = self.path / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    continue
        return filler

    def lock(self, *, is_read_only: bool) -> None:
        """Makes the database one that can only be read, or one that can be written again."""
        if self.order is None:
            mounted("remount,ro" if is_read_only else "remount,rw", self.path)
            return
        self.order(f"ALTER DATABASE full_disk SET default_transaction_read_only = {'on' if is_read_only else 'off'}")


def mounted(options: str, path: Path, *more: str) -> bool:
    """Whether the disk could be mounted so; who has just ended may still hold it, so it is tried for a while."""
    program = shutil.which("mount")
    if program is None:
        return False
    for _ in range(20):
        done = subprocess.run([program, *more, "-o", options, "tmpfs", path], capture_output=True, check=False)
        if done.returncode != 32:
            return done.returncode == 0
        sleep(0.25)
    return False


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small disk with an installation; skipped where no disk may be mounted."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with small_disk() as path:
        if not is_postgresql():
            yield Disk(path, Place(folder, f"sqlite:///{path / 'interparl.sqlite3'}", tmp_path, path))
            return
        with own_cluster() as cluster:
            tables = path / "tables"
            tables.mkdir()
            if cluster.account:
                shutil.chown(tables, cluster.account)
            told(cluster, f"CREATE TABLESPACE small LOCATION '{tables}'", "CREATE DATABASE full_disk TABLESPACE small")
            place = Place(folder, address_in(cluster, "full_disk"), tmp_path, path)
            yield Disk(path, place, lambda *orders: told(cluster, *orders))


@contextmanager
def small_disk() -> Iterator[Path]:
    """An empty disk where other accounts may look, for the cluster is not run by ours."""
    with tempfile.TemporaryDirectory(prefix="disk-") as name:
        path = Path(name)
        path.chmod(0o755)
        if os.geteuid() != 0 or not mounted(f"size={SIZE},mode=755", path, "-t", "tmpfs"):
            pytest.skip("no disk may be mounted here")
        try:
            yield path
        finally:
            # Whoever still holds a file of it keeps it no longer than he lives.
            subprocess.run([shutil.which("umount") or "umount", "-l", path], check=True)


def prepared(place: Place) -> str:
    """The session of somebody in an installation that has a source and a person."""
    assert place.command("seal").returncode == 0
    sessions: list[str] = json.loads(place.program("tests.agreeing", "prepare", "1"))
    return sessions[0]


def agreed(place: Place) -> dict[str, Any]:
    """What history, records and labels say."""
    found: dict[str, Any] = json.loads(place.program("tests.agreeing", "agree"))
    return found


def left_on(path: Path, known: set[str]) -> set[str]:
    """Files on the disk that are not known; the server puts away what it had after it has answered."""
    for _ in range(20):
        found = {file.name for file in path.iterdir()} - known
        if not found:
            break
        sleep(0.25)
    return found


def statuses(officer: Browser) -> list[int]:
    """How pages that only read are answered, to somebody who has signed in and to the public."""
    pages = ("/desk/", "/desk/sources/", "/desk/people/1/")
    return [*(officer.get(page).status for page in pages), Browser(officer.port).get("/en/").status]


@pytest.mark.slow
def test_nothing_is_lost_when_the_disk_is_full(disk: Disk) -> None:
    session = prepared(disk.place)
    with served(disk.place) as server:
        officer = Browser(server.port, session, "ru")
        # A program looks once where it may put files, and would look elsewhere when that is full already.
        assert officer.send("/desk/imports/new/", {"kind": "popolo"}, b"no file of this kind", "a.json").status == 422
        before = {"interparl.sqlite3", "interparl.sqlite3-shm", "interparl.sqlite3-wal", "tables"}
        filler = disk.fill()
        answers: list[Answer] = []
        forms = [values(number, 400) for number in range(1, ATTEMPTS)]
        for one in forms:
            answers.append(officer.post(NEW, one))
            if answers[-1].status != 302:
                break
        refused = forms[len(answers) - 1]
        assert ({one.status for one in answers[:-1]} | {302}, answers[-1].status) == ({302}, 507)
        assert f'<input type="hidden" name="url" value="{refused["url"]}">' in answers[-1].text
        assert '<html lang="ru"' in answers[-1].text
        assert statuses(officer) == [200] * 4
        upload = officer.send("/desk/imports/new/", {"kind": "popolo"}, b" " * (1 << 20), "b.json")
        assert (upload.status, upload.headers.get("connection")) == (507, "close")
        assert left_on(disk.path, before | {"filler"}) == set()
        told_so = disk.place.command("import", "popolo", str(filler), "--apply")
        assert (told_so.returncode, len(told_so.stderr.splitlines())) == (2, 1)
        filler.unlink()
        assert officer.post(NEW, refused).status == 302
    assert server.log.read_text().count(f"Insufficient Storage: {NEW}") == 1
    found = agreed(disk.place)
    assert (found["halves"], found["numbers"]) == ([], list(range(1, len(answers) + 1)))
    assert disk.place.command("check-audit").returncode == 0


@pytest.mark.slow
def test_pages_are_read_when_nothing_can_be_written(disk: Disk) -> None:
    session = prepared(disk.place)
    with served(disk.place) as server:
        assert Browser(server.port, session).post(NEW, values(1)).status == 302
        server.kill()
    disk.lock(is_read_only=True)
    try:
        with served(disk.place) as server:
            officer = Browser(server.port, session)
            assert statuses(officer) == [200] * 4
            answer = officer.post(NEW, values(2))
            assert (answer.status, "Nothing can be written at the moment" in answer.text) == (503, True)
            entry = Browser(server.port).post("/accounts/login/", SIGN_IN)
            assert (entry.status, "Nothing can be written at the moment" in entry.text) == (503, True)
            sealing = disk.place.command("seal")
            assert (sealing.returncode, len(sealing.stderr.splitlines())) == (2, 1)
            assert disk.place.command("check-audit").returncode == 0
            disk.lock(is_read_only=False)
            assert officer.post(NEW, values(2)).status == 302
        found = agreed(disk.place)
        assert (found["halves"], found["numbers"]) == ([], [1, 2])
    finally:
        disk.lock(is_read_only=False)
