"""A backup comes back as it was, or is refused and nothing is written."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from interparl.administration.actions import (
    CannotRestore,
    NoBackup,
    archives,
    make_backup,
    restore,
)
from interparl.administration.actions.archives import MANIFEST, add_part, new_archive, opened_archive
from interparl.core.models import Entry, Seal
from interparl.core.sealing import findings
from interparl.directory.models import Country
from tests import makers, postgres
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


def with_a_file(folder: Path, text: bytes = b"a scan") -> Path:
    """A file of the data in a data folder."""
    path = folder / "files" / "2026" / "scan.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(text)
    return path


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_everything_comes_back_when_a_backup_is_restored(filled: Path, settings: Settings, tmp_path: Path) -> None:
    with_a_file(settings.FOLDER)
    (settings.FOLDER / "secret_key").write_text("not for a backup")
    with database(filled):
        made = make_backup(tmp_path / "backup.zip")
        assert (Entry.objects.filter(seal=None).count(), Seal.objects.count()) == (0, 1)
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup.zip"]
    assert made.path.stat().st_mode & 0o777 == 0o600
    settings.FOLDER = tmp_path / "other"
    with database(tmp_path / "new" / "restored.sqlite3"):
        done = restore(made.path)
        assert (done.database, done.findings) == ("restored.sqlite3", [])
        key = makers.a_source("next").pk
    assert dumped(filled)["core_source"] == []
    assert key == 2  # the first one was given out and its row is gone
    told = {path.relative_to(settings.FOLDER).as_posix(): path.read_bytes() for path in files_of(settings.FOLDER)}
    assert told == {"files/2026/scan.pdf": b"a scan"}


def test_every_row_is_the_same_when_a_backup_was_restored(filled: Path, backup: Path, tmp_path: Path) -> None:
    again = empty_file(tmp_path / "again.sqlite3")
    with database(again):
        restore(backup)
    ours, theirs = dumped(filled), dumped(again)
    assert ours.pop("sqlite_sequence") != []
    theirs.pop("sqlite_sequence")
    assert theirs == ours
    with ZipFile(backup) as archive:
        names = {name for name in archive.namelist() if "session" in name}
    assert names == set()


def test_no_byte_can_change_unnoticed_when_two_hundred_places_are_damaged(backup: Path, tmp_path: Path) -> None:
    whole, broken = backup.read_bytes(), tmp_path / "broken.zip"

    @profile(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(whole) - 1), st.integers(1, 255))
    def damaged(place: int, other: int) -> None:
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ other]) + whole[place + 1 :])
        with pytest.raises(NoBackup), opened_archive(broken):
            pass

    damaged()


def other_zip() -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("readme", "nothing")
    return file.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"",
        lambda whole: b"some text" * 100,
        lambda whole: other_zip(),
        lambda whole: whole[:-1],
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole + b"\n",
    ],
    ids=["empty", "text", "another zip", "cut by one", "cut in half", "longer"],
)
def test_nothing_is_written_when_the_file_is_no_backup(spoil: Any, backup: Path, tmp_path: Path) -> None:
    backup.write_bytes(spoil(backup.read_bytes()))
    target = tmp_path / "restored.sqlite3"
    with database(target), pytest.raises(NoBackup):
        restore(backup)
    assert not target.exists()


def altered(backup: Path, **values: Any) -> Path:
    """The same backup with other words in its manifest, and a sum that agrees."""
    path = backup.with_name("altered.zip")
    with ZipFile(backup) as read, new_archive(path) as archive:
        for name in read.namelist():
            manifest = json.loads(read.read(MANIFEST)) | values
            add_part(archive, name, [json.dumps(manifest).encode() if name == MANIFEST else read.read(name)])
    return path


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"format": archives.FORMAT + 1, "tables": "in another form"}, "made by a newer version"),
        ({"migrations": [["core", "0999_to_come"]]}, "made by a newer version"),
        ({"product": "another"}, "is no backup"),
        ({"tables": []}, "its tables are not those of its version"),
        ({"files": [{"part": MANIFEST, "path": "files/../../x", "bytes": 1, "sha256": ""}]}, "is no backup"),
        ({"files": [{"part": MANIFEST, "path": "secret_key", "bytes": 1, "sha256": ""}]}, "is no backup"),
        ({"seal": None}, "The last seal is not that of the backup"),
    ],
    ids=["form", "migration", "product", "tables", "path", "key", "seal"],
)
def test_nothing_is_written_when_the_manifest_is_not_one_of_ours(
    values: dict[str, Any], said: str, backup: Path, tmp_path: Path
) -> None:
    path, target = altered(backup, **values), tmp_path / "restored.sqlite3"
    with database(target), pytest.raises((NoBackup, CannotRestore), match=said):
        restore(path)
    assert not target.exists()


def test_nothing_is_written_when_the_database_holds_records(backup: Path, tmp_path: Path) -> None:
    other = empty_file(tmp_path / "other.sqlite3")
    asked: list[str] = []

    def no(name: str) -> bool:
        asked.append(name)
        return False

    with database(other):
        makers.a_country("QQ")
        before = dumped(other)
        with pytest.raises(CannotRestore, match="holds records"):
            restore(backup)
        with pytest.raises(CannotRestore, match=r"Nothing was replaced\."):
            restore(backup, replace=True, is_sure=no)
        assert (asked, dumped(other)) == (["other.sqlite3"], before)
        restore(backup, replace=True, is_sure=lambda name: True)
        assert list(Country.objects.filter(code="QQ")) == []
        assert (Entry.objects.count() > 1, findings()) == (True, [])


def test_a_file_with_tables_of_something_else_is_refused_when_restored_into(backup: Path, tmp_path: Path) -> None:
    with database(tmp_path / "other.sqlite3"):
        connection.cursor().execute("CREATE TABLE notes (text TEXT)")
        with pytest.raises(CannotRestore, match="tables of something else"):
            restore(backup)
        assert connection.introspection.table_names() == ["notes"]


def test_another_file_stays_when_one_of_its_name_is_in_the_backup(
    filled: Path, settings: Settings, tmp_path: Path
) -> None:
    with_a_file(settings.FOLDER)
    with database(filled):
        made = make_backup(tmp_path / "backup.zip")
    settings.FOLDER = tmp_path / "other"
    theirs = with_a_file(settings.FOLDER, b"another")
    target = tmp_path / "restored.sqlite3"
    with database(copy(empty_file(tmp_path / "e.sqlite3"), target)):
        with pytest.raises(CannotRestore, match=r"has another file “files/2026/scan\.pdf”"):
            restore(made.path)
        assert Entry.objects.count() == 0
    assert theirs.read_bytes() == b"another"


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL's programs are not here")
def test_dumps_are_equal_when_a_backup_went_to_postgresql_and_back(filled: Path, backup: Path, tmp_path: Path) -> None:
    cluster = postgres.start()
    try:
        createdb = [str(cluster.programs / "createdb"), "-h", str(cluster.folder), "-U", postgres.OWNER, "interparl"]
        subprocess.run(createdb, check=True)
        with database(cluster.url):
            assert restore(backup).database == "interparl"
            with pytest.raises(CannotRestore, match="holds records"):
                restore(backup)
            restore(backup, replace=True)
            theirs = make_backup(tmp_path / "postgresql.zip")
            following = makers.a_source("next").pk
    finally:
        cluster.stop()
    with database(empty_file(tmp_path / "again.sqlite3")):
        restore(theirs.path)
    again = dumped(tmp_path / "again.sqlite3")
    assert {name: rows for name, rows in again.items() if name != "sqlite_sequence"} == {
        name: rows for name, rows in dumped(filled).items() if name != "sqlite_sequence"
    }
    assert (following, theirs.manifest.database) == (2, "postgresql")
    with ZipFile(backup) as ours, ZipFile(theirs.path) as other:
        parts = [name for name in ours.namelist() if name != MANIFEST]
        assert [name for name in parts if ours.read(name) != other.read(name)] == []


def test_the_backup_comes_back_and_says_so_when_its_history_was_altered(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "backup.zip")
    with database(filled):
        make_backup(tmp_path / "first.zip")
        entry = Entry.objects.order_by("pk")[0]
        Entry.objects.filter(pk=entry.pk).update(actor="another")
        make_backup(Path(file))
    with database(empty_file(tmp_path / "again.sqlite3")):
        code, answer, err = said(capsys, "restore", file)
        found = [{"wrong": "altered", "entry": entry.pk, "seal": 1}]
        assert (code, answer["findings"], err.count("\n")) == (2, found, 1)
        assert Entry.objects.get(pk=entry.pk).actor == "another"
