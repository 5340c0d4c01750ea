"""Making a backup: every table as it stood at one moment, while people go on writing, and the files of the data."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from interparl import __version__
from interparl.administration.actions.archives import (
    FOLDERS,
    FORMAT,
    MANIFEST,
    PRODUCT,
    FilePart,
    Manifest,
    SealPart,
    TablePart,
    add_part,
    new_archive,
    pieces_of,
)
from interparl.administration.actions.tables import Node, Shape, shapes_at
from interparl.core import sealing
from interparl.core.days import now

SNAPSHOT = "snapshot"
ENTRIES, SEALS = "core.entry", "core.seal"

Watch = Callable[[], bool]


class CannotBackUp(ValidationError):
    """There is nothing to back up, or no place to put it."""


class BrokenOff(Exception):
    """The program is stopping; nothing of the backup stays."""


@dataclass(frozen=True)
class Made:
    """A backup that was made."""

    path: Path
    bytes: int
    manifest: Manifest


def never() -> bool:
    """Nobody asks to stop."""
    return False


def make_backup(path: Path, *, is_stopping: Watch = never) -> Made:
    """Writes one file with all that this installation keeps; the history is sealed first.

    Raises CannotBackUp, and BrokenOff as soon as `is_stopping` says so; then nothing is left at `path`.
    """
    _refuse_without_database()
    migrations = _applied()
    if not _is_behind(migrations):
        sealing.seal(now())
    try:
        with new_archive(path) as archive, snapshot() as alias:
            manifest = _fill(archive, alias, migrations, is_stopping)
    except FileExistsError as error:
        raise CannotBackUp(_("There is a file “%(file)s” already.") % {"file": error.filename}) from error
    except OSError as error:
        raise not_written(path, error) from error
    return Made(path, path.stat().st_size, manifest)


def not_written(path: Path, error: OSError) -> CannotBackUp:
    """Why a file or folder cannot be written, in one line."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        words = {"folder": str(path.parent)}
        return CannotBackUp(_("There is no space left in “%(folder)s”. Nothing was left behind.") % words)
    words = {"file": str(path), "reason": error.strerror or str(error)}
    return CannotBackUp(_("“%(file)s” cannot be written: %(reason)s.") % words)


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a connection that sees the database as it is now, for as long as the block lasts, and locks nobody.

    SQLite: a reading transaction beside the write-ahead log. PostgreSQL: repeatable read, read only.
    """
    opened = connection.copy(alias=SNAPSHOT)
    options = opened.settings_dict.setdefault("OPTIONS", {})
    # A transaction that begins IMMEDIATE would keep everybody else from writing.
    options.pop("transaction_mode", None)
    connections[SNAPSHOT] = opened
    try:
        with transaction.atomic(using=SNAPSHOT):
            if opened.vendor == "postgresql":
                with opened.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield SNAPSHOT
    finally:
        opened.close()
        del connections[SNAPSHOT]


def seal_in(shapes: list[Shape], using: str) -> SealPart | None:
    """The last seal of that database; None before the first, and in versions that had none."""
    for shape in shapes:
        if shape.model._meta.label_lower == SEALS:
            seals = shape.model._base_manager.using(using).order_by("-number")
            if found := seals.values_list("number", "hash").first():
                return SealPart(*found)
    return None


def _fill(archive: ZipFile, alias: str, migrations: list[Node], is_stopping: Watch) -> Manifest:
    shapes = shapes_at(migrations)
    tables = [_table_part(archive, shape, alias, is_stopping) for shape in shapes]
    manifest = Manifest(
        product=PRODUCT,
        format=FORMAT,
        version=__version__,
        made_at=now().isoformat(),
        database=connections[alias].vendor,
        migrations=migrations,
        tables=tables,
        files=list(_file_parts(archive, is_stopping)),
        seal=seal_in(shapes, alias),
    )
    add_part(archive, MANIFEST, [msgspec.json.format(msgspec.json.encode(manifest), indent=1)])
    return manifest


def _table_part(archive: ZipFile, shape: Shape, alias: str, is_stopping: Watch) -> TablePart:
    part = f"tables/{shape.table}.jsonl"
    # What is broken off must let go of the snapshot before that is closed.
    with closing(shape.lines(alias)) as lines:
        number, _size, digest = add_part(archive, part, _watched(lines, is_stopping))
    return TablePart(part, shape.table, shape.columns, number, digest, shape.last_number(alias))


def _watched(lines: Iterable[bytes], is_stopping: Watch) -> Iterator[bytes]:
    for line in lines:
        if is_stopping():
            raise BrokenOff
        yield line


def _files() -> list[Path]:
    """The files that belong to the data, in order; a link is not followed out of the folder.

    What is being written lies in folders whose names begin with a dot.
    """
    found = [path for name in FOLDERS for path in (settings.FOLDER / name).rglob("*")]
    return sorted(path for path in found if not _is_coming(path) and path.is_file() and not path.is_symlink())


def _is_coming(path: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(settings.FOLDER).parts)


def _file_parts(archive: ZipFile, is_stopping: Watch) -> Iterator[FilePart]:
    """Each file as a part; one that was removed since the rows were read is left out."""
    for path in _files():
        if is_stopping():
            raise BrokenOff
        name = path.relative_to(settings.FOLDER).as_posix()
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue
        with file:
            _number, size, digest = add_part(archive, name, _watched(pieces_of(file), is_stopping))
        yield FilePart(name, name, size, digest)


def _refuse_without_database() -> None:
    """An SQLite file that is not there would be made by looking at it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        raise CannotBackUp(_("There is no database “%(name)s”.") % {"name": name})


def _applied() -> list[Node]:
    """The migrations of the database, in order; raises CannotBackUp for one that is not ours or is newer than we."""
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    applied = sorted(loader.applied_migrations)
    if not applied:
        raise CannotBackUp(_("There is no database “%(name)s”.") % {"name": connection.settings_dict["NAME"]})
    if any(node not in loader.graph.nodes for node in applied):
        raise CannotBackUp(_("The database was written by a newer version of Interparl. Install that first."))
    return applied


def _is_behind(migrations: list[Node]) -> bool:
    """Whether the database is of an earlier version, which is backed up as it is."""
    return set(MigrationLoader(None).graph.nodes) != set(migrations)
