"""A backup holds all of one moment and comes back as it was, or is refused and nothing is written (design 8.11)."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest
from django.db import OperationalError, connection
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from interparl.administration.actions import (
    BrokenOff,
    CannotBackUp,
    archives,
    backups,
    make_backup,
    restore,
)
from interparl.administration.actions.archives import MANIFEST
from interparl.core.models import Entry, Seal, Source
from interparl.core.sealing import findings
from interparl.core.writing import change, values_of
from tests import makers
from tests.elsewhere import database, dumped, empty_file, filled_file, said


@pytest.fixture(autouse=True)
def _databases_of_their_own(django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Most tests here bring their own database, and all of them their own data folder."""
    settings.FOLDER = tmp_path / "data"
    settings.FOLDER.mkdir()
    with django_db_blocker.unblock():
        yield


@pytest.fixture(name="filled")
def _filled(tmp_path: Path) -> Path:
    """An SQLite file that holds something."""
    return filled_file(tmp_path / "filled.sqlite3")


@pytest.fixture(name="backup")
def _backup(filled: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    with database(filled):
        return make_backup(tmp_path / "backup.zip").path


def test_a_file_that_is_there_stays_when_a_backup_of_its_name_is_asked_for(filled: Path, backup: Path) -> None:
    before = backup.read_bytes()
    with database(filled), pytest.raises(CannotBackUp, match="There is a file"):
        make_backup(backup)
    assert backup.read_bytes() == before


class Full(io.FileIO):
    """A file on a disk that is full after so many bytes."""

    room = 0

    def write(self, data: Any) -> int:
        """Takes what there is room for."""
        taken = min(len(memoryview(data).cast("B")), self.room)
        if not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= taken
        return super().write(memoryview(data).cast("B")[:taken])


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_nothing_is_left_behind_when_the_disk_is_full(
    share: float, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    with database(filled):
        size = make_backup(tmp_path / "enough.zip").bytes

        def opened(descriptor: int, mode: str) -> io.BufferedRandom:
            file = Full(descriptor, "r+")
            file.room = int(size * share)
            return io.BufferedRandom(file)

        monkeypatch.setattr(os, "fdopen", opened)
        with pytest.raises(CannotBackUp, match="There is no space left in"):
            make_backup(folder / "backup.zip")
    assert list(folder.iterdir()) == []


def test_one_line_says_why_when_the_target_cannot_be_written(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_arguments: Any) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with database(filled):
        with pytest.raises(CannotBackUp, match="cannot be written: No such file or directory"):
            make_backup(tmp_path / "nowhere" / "backup.zip")
        monkeypatch.setattr(os, "open", read_only)
        with pytest.raises(CannotBackUp, match="cannot be written: Read-only file system"):
            make_backup(tmp_path / "backup.zip")


def test_nothing_is_left_behind_when_the_program_is_stopping(filled: Path, tmp_path: Path) -> None:
    asked: list[int] = []

    def is_stopping() -> bool:
        asked.append(1)
        return len(asked) == 20

    with database(filled), pytest.raises(BrokenOff):
        make_backup(tmp_path / "backup.zip", is_stopping=is_stopping)
    assert list(tmp_path.glob("backup*")) == []


def test_no_file_is_made_when_there_is_no_database(tmp_path: Path) -> None:
    with database(tmp_path / "none.sqlite3"), pytest.raises(CannotBackUp, match="There is no database"):
        make_backup(tmp_path / "backup.zip")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def writes(number: int, over: Event) -> int:
    """Adds and changes sources until it is over; how many changes were made. A lock that never came is no change."""
    made = 0
    try:
        while not over.is_set():
            try:
                source = makers.a_source(f"w{number}-{made}")
                with change(source, by=makers.BY) as held:
                    held.licence = "CC0"
            except OperationalError:
                continue
            made += 2
    finally:
        connection.close()
    return made


def halves() -> list[str]:
    """Sources that are not what their history says, and history of none."""
    wrong: list[str] = []
    said_by: dict[int, dict[str, Any]] = {}
    for entry in Entry.objects.order_by("pk"):
        said_by.setdefault(entry.object_id, {}).update({name: pair[1] for name, pair in entry.changes.items()})
    for source in Source.objects.all():
        values, told = values_of(source), said_by.pop(source.pk, {})
        if not told or any(values[name] != value for name, value in told.items()):
            wrong.append(f"source {source.pk}")
    return wrong + [f"history of {key}" for key in said_by]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_one_moment_when_four_write_meanwhile(tmp_path: Path) -> None:
    over, moments = Event(), []
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(writes, number, over) for number in range(4)]
        for number in range(2):
            before = Entry.objects.count()
            made = make_backup(tmp_path / f"{number}.zip")
            moments.append((made, before))
            while Entry.objects.count() < before + 40 and not any(writer.done() for writer in writers):
                over.wait(0.05)
        over.set()
        assert sum(writer.result() for writer in writers) >= 80
    for number, (made, before) in enumerate(moments):
        with database(empty_file(tmp_path / f"{number}.sqlite3")):
            assert restore(made.path).findings == []
            assert halves() == []
            told = {table.table: table.rows for table in made.manifest.tables}
            assert (Entry.objects.count(), Source.objects.count()) == (told["core_entry"], told["core_source"])
            assert Entry.objects.count() >= before
    assert (halves(), findings()) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_a_writer_is_not_kept_waiting_when_a_backup_reads() -> None:
    makers.a_country()
    with backups.snapshot() as alias:
        before = Entry.objects.using(alias).count()
        makers.a_country()  # raises when the snapshot locks
        assert (before, Entry.objects.using(alias).count(), Entry.objects.count()) == (1, 1, 2)


def test_both_commands_answer_when_they_are_asked(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "backup.zip")
    with database(filled):
        code, written, err = said(capsys, "backup", file)
        rows = sum(map(len, dumped(filled).values())) - len(dumped(filled)["sqlite_sequence"])
        assert (code, err, written["rows"], written["files"]) == (0, "", rows, 0)
        assert written["seal"] == {"number": 1, "hash": Seal.objects.get().hash}
        assert said(capsys, "backup", file)[:2] == (2, None)
        assert said(capsys, "backup") == (2, None, "Name the file to write, or ask for --list.\n")
        assert said(capsys, "restore", file)[0] == 2
        code, nothing, err = said(capsys, "restore", file, "--replace")
        assert (code, nothing, err.count("\n"), "say --yes" in err) == (2, None, 1, True)
        code, restored, err = said(capsys, "restore", file, "--replace", "--yes")
        assert (code, err, restored["findings"]) == (0, "", [])
        assert {key: restored[key] for key in ("rows", "seal", "made_at")} == {
            key: written[key] for key in ("rows", "seal", "made_at")
        }
        assert said(capsys, "restore", str(tmp_path / "none.zip"))[:2] == (2, None)


def test_the_manifest_says_what_is_in_the_file_when_it_is_read_by_others(filled: Path, backup: Path) -> None:
    with ZipFile(backup) as archive:
        assert archive.testzip() is None
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=archives.Manifest)
        rows = {table.table: archive.read(table.part).count(b"\n") for table in manifest.tables}
    ours = dumped(filled)
    assert rows == {name: len(lines) for name, lines in ours.items() if name != "sqlite_sequence"}
    assert (manifest.product, manifest.database, manifest.files) == ("interparl", "sqlite", [])
