"""Earlier versions: their databases are brought up to date, and nothing that they held is lost or told otherwise.

`upgrade/` has the demonstration as 0.1, “The house and the register”, and 0.2, “Rights and trust”, wrote it, with one
register brought in and one public group withdrawn, and what those versions said of 1 June 2014. The history of 0.2 is
sealed but for its last entries. On PostgreSQL the same rows are looked at: the file is backed up as it is.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from interparl.accounts.models import User
from interparl.administration.actions import make_backup, restore
from interparl.bodies.models import Body, Membership, Part, Seat
from interparl.core.addresses import address, list_address
from interparl.core.kinds import every_record, model_of
from interparl.core.models import Entry, Identifier
from interparl.core.pages import every_record_pages
from interparl.core.sealing import findings
from tests import postgres
from tests.elsewhere import database, dumped, empty_file, said

FOLDER = Path(__file__).parent / "upgrade"
WITHDRAWN = "wg-5-lv"


@pytest.fixture(autouse=True)
def _databases_of_their_own(django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.FOLDER = tmp_path
    with django_db_blocker.unblock():
        yield


FIRST = "2-house-and-register"
VERSIONS = (FIRST, "3-rights-and-trust")


@pytest.fixture(scope="module", params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """The version that wrote the file."""
    return str(request.param)


@pytest.fixture(scope="module")
def before(version: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as that version left it."""
    path = tmp_path_factory.mktemp("upgrade") / "interparl.sqlite3"
    path.write_bytes(lzma.decompress((FOLDER / f"{version}.sqlite3.xz").read_bytes()))
    return path


def rows_of(path: Path) -> dict[str, int]:
    """How many rows the file has in each table that people fill."""
    read = sqlite3.connect(path)
    try:
        names = [row[0] for row in read.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        own = [name for name in names if name.split("_")[0] in {"core", "directory", "bodies", "portal", "exchange"}]
        return {name: read.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in own}  # noqa: S608
    finally:
        read.close()


def in_force() -> dict[str, list[Any]]:
    """The own mark and the mark in force of the withdrawn group, of what belongs to it, and of what is public."""
    group, public = Body.objects.get(code=WITHDRAWN), Body.objects.get(code="wg-5-lt")
    return {
        "group": marks_of(Body.objects.filter(pk=group.pk)),
        "memberships": marks_of(Membership.objects.filter(body=group)),
        "seats": marks_of(Seat.objects.filter(body=group)),
        "parts": marks_of(Part.objects.filter(body=group)),
        "public memberships": marks_of(Membership.objects.filter(body=public)),
    }


def marks_of(rows: QuerySet[Any]) -> list[Any]:
    return sorted(rows.values_list("mark", "effective_mark").distinct().order_by())


def looked_at(capsys: pytest.CaptureFixture[str], rows: dict[str, int]) -> None:
    """Everything that an upgrade promises of the database that is spoken to."""
    told = json.loads((FOLDER / "facts-on-2014-06-01.json").read_text())
    code, answer, _err = said(capsys, "facts", "--on", "2014-06-01", "--lang", "en")
    # Keys that came later are told of beside those of then, which keep their meaning.
    assert (code, {key: answer[key] for key in told}) == (0, told)
    assert {model._meta.db_table: model._base_manager.count() for model in every_record()} == {
        model._meta.db_table: rows.get(model._meta.db_table, 0) for model in every_record()
    }
    assert Entry.objects.count() == rows["core_entry"]
    assert in_force() == {
        "group": [("internal", "internal")],
        "memberships": [("public", "internal")],
        "seats": [("public", "internal")],
        "parts": [("public", "internal")],
        "public memberships": [("public", "public")],
    }
    assert Identifier.objects.count() == rows["core_identifier"] > 0
    code, answer, _err = said(capsys, "seal")
    assert (code, answer["sealed"], Entry.objects.filter(seal=None).count()) == (0, True, 0)
    assert (said(capsys, "check-audit")[0], findings()) == (0, [])
    assert every_page_answers() == []


def every_page_answers() -> list[tuple[str, int]]:
    """The list of each kind of record and the pages of its first one that do not answer an administrator with 200."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="administrator"))
    addresses = []
    for kind in sorted(every_record_pages):
        addresses.append(list_address(kind))
        if (one := model_of(kind)._base_manager.order_by("pk").first()) is not None:
            addresses += [address((kind, one.pk), page) for page in ("show", "edit", "history")]
    answers = [(address, client.get(address, follow=True).status_code) for address in addresses]
    assert len(answers) > 60
    return [(address, status) for address, status in answers if status != 200]


@pytest.mark.slow
def test_nothing_is_lost_when_a_database_is_brought_up_to_date(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(copy(before, tmp_path / "own.sqlite3"))
    with database(path):
        call_command("migrate", verbosity=0, interactive=False)
        looked_at(capsys, rows_of(before))
        made = make_backup(tmp_path / "backup.zip")
        assert made.manifest.seal is not None
    with database(empty_file(tmp_path / "again.sqlite3")):
        assert restore(made.path).findings == []
    ours, theirs = dumped(path), dumped(tmp_path / "again.sqlite3")
    assert {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)} <= {"sqlite_sequence"}


def test_an_earlier_version_is_not_touched_when_it_is_backed_up(
    version: str, before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(copy(before, tmp_path / "own.sqlite3"))
    ours = dumped(path)
    with database(path):
        manifest = make_backup(tmp_path / "backup.zip").manifest
        rows = {table.table: table.rows for table in manifest.tables}
        assert (("core", "0002_rights") in manifest.migrations) == (version != FIRST)
        assert ("core", "0005_looks") not in manifest.migrations
    assert (dumped(path), manifest.seal is None) == (ours, version == FIRST)
    assert rows == {name: len(lines) for name, lines in ours.items() if name != "sqlite_sequence"}


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL's programs are not here")
def test_nothing_is_lost_when_the_version_before_is_restored_into_postgresql(
    before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database(Path(copy(before, tmp_path / "own.sqlite3"))):
        made = make_backup(tmp_path / "backup.zip")
    cluster = postgres.start()
    try:
        createdb = [str(cluster.programs / "createdb"), "-h", str(cluster.folder), "-U", postgres.OWNER, "interparl"]
        subprocess.run(createdb, check=True)
        with database(cluster.url):
            assert restore(made.path).findings == []
            looked_at(capsys, rows_of(before))
    finally:
        cluster.stop()
