"""Bringing a backup back: into an empty database, or in place of what a database of the same version holds."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from interparl.administration.actions.archives import FilePart, Manifest, NoBackup, opened_archive, pieces_of
from interparl.administration.actions.backups import ENTRIES, seal_in
from interparl.administration.actions.tables import Node, Shape, empty_all, shapes_at
from interparl.core import sealing
from interparl.core.days import forget_kept
from interparl.core.sealing import Finding

USERS = "accounts.user"


class CannotRestore(ValidationError):
    """The database is not one to restore into; nothing was written."""


@dataclass(frozen=True)
class Restored:
    """What was brought back; `findings` is what the history says against itself."""

    database: str
    manifest: Manifest
    findings: list[Finding]


def restore(path: Path, *, replace: bool = False, is_sure: Callable[[str], bool] = lambda _name: True) -> Restored:
    """Brings back what the file holds, and looks whether the database now holds exactly that.

    The database must be empty; an SQLite file that is not there is made. With `replace` it may be one of the same
    version that holds records, if `is_sure` says yes to its name. Raises NoBackup or CannotRestore, and nothing stays.
    """
    if not path.is_file():
        raise NoBackup(_("There is no file “%(file)s”.") % {"file": str(path)})
    with opened_archive(path) as (archive, manifest):
        shapes = _shapes_of(manifest, path)
        is_new = _is_new_file()
        try:
            if not is_new:
                _refuse_records(manifest, is_sure if replace else None)
            _make_tables(manifest.migrations)
            _load(archive, manifest, shapes)
            call_command("migrate", verbosity=0, interactive=False)
        except BaseException:
            if is_new:
                _drop_file()
            raise
    ContentType.objects.clear_cache()
    forget_kept()
    return Restored(database_name(), manifest, sealing.findings())


def database_name() -> str:
    """What the database is called: the name of the file, or of the database on its server."""
    name = str(connection.settings_dict["NAME"])
    return Path(name).name if connection.vendor == "sqlite" else name


def _shapes_of(manifest: Manifest, path: Path) -> dict[str, Shape]:
    """The tables of the backup's version, by name; raises NoBackup when they are not those that it holds."""
    words = {"file": path.name}
    if set(manifest.migrations) - set(MigrationLoader(None).graph.nodes):
        raise NoBackup(_("“%(file)s” was made by a newer version of Interparl. Install that first.") % words)
    shapes = {shape.table: shape for shape in shapes_at(manifest.migrations)}
    told = {table.table: table.columns for table in manifest.tables}
    if told != {table: shape.columns for table, shape in shapes.items()}:
        raise NoBackup(_("“%(file)s” is no backup: its tables are not those of its version.") % words)
    return shapes


def _is_new_file() -> bool:
    if connection.vendor != "sqlite":
        return False
    file = Path(connection.settings_dict["NAME"])
    if file.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    return True


def _drop_file() -> None:
    """Takes away the SQLite file that was made here, with its log."""
    connection.close()
    name = connection.settings_dict["NAME"]
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{name}{ending}").unlink(missing_ok=True)


def _refuse_records(manifest: Manifest, is_sure: Callable[[str], bool] | None) -> None:
    """Raises CannotRestore unless the database is empty, or may be replaced and somebody is sure."""
    name = {"name": database_name()}
    tables = set(connection.introspection.table_names())
    applied = set(MigrationRecorder(connection).applied_migrations())
    if tables and not applied:
        raise CannotRestore(_("The database “%(name)s” holds tables of something else.") % name)
    if applied - set(manifest.migrations):
        raise CannotRestore(
            _("The database “%(name)s” is of a later version than the backup. Restore into a new one.") % name
        )
    holds = any(
        shape.model._base_manager.exists()
        for shape in shapes_at(applied)
        if shape.model._meta.label_lower in {ENTRIES, USERS}
    )
    if not holds:
        return
    if is_sure is None:
        raise CannotRestore(_("The database “%(name)s” holds records. Nothing was written.") % name)
    if applied != set(manifest.migrations):
        raise CannotRestore(
            _("The database “%(name)s” is of an earlier version than the backup. Restore into a new one.") % name
        )
    if not is_sure(database_name()):
        raise CannotRestore(_("Nothing was replaced."))


def _make_tables(migrations: list[Node]) -> None:
    """Brings the tables to where these migrations leave them; rows that every database has come with the backup."""
    executor = MigrationExecutor(connection)
    graph, wanted = executor.loader.graph, set(migrations)
    ends = [
        node
        for node in sorted(wanted)
        if not any(child.key in wanted and child.key[0] == node[0] for child in graph.node_map[node].children)
    ]
    executor.migrate(ends)


def _load(archive: ZipFile, manifest: Manifest, shapes: dict[str, Shape]) -> None:
    """All rows and files in one transaction, which is undone unless they are the very same afterwards."""
    placed: list[Path] = []
    try:
        with transaction.atomic():
            empty_all(manifest.migrations, DEFAULT_DB_ALIAS)
            for table in manifest.tables:
                with archive.open(table.part) as part:
                    shapes[table.table].load(part, DEFAULT_DB_ALIAS)
            connection.check_constraints()
            for table in manifest.tables:
                shapes[table.table].set_last_number(table.last, DEFAULT_DB_ALIAS)
            _compare(manifest, shapes)
            for file in manifest.files:
                _place(archive, file, placed)
    except BaseException as error:
        for path in placed:
            path.unlink(missing_ok=True)
        if isinstance(error, DatabaseError):
            reason = str(error).splitlines()[0]
            raise CannotRestore(_("The database does not take the backup: %(reason)s") % {"reason": reason}) from error
        raise


def _compare(manifest: Manifest, shapes: dict[str, Shape]) -> None:
    """Rows, sums, last keys and the last seal are those of the manifest; raises CannotRestore."""
    for table in manifest.tables:
        shape = shapes[table.table]
        told = (table.rows, table.sha256, table.last)
        if (*shape.digest(DEFAULT_DB_ALIAS), shape.last_number(DEFAULT_DB_ALIAS)) != told:
            raise CannotRestore(
                _("The database does not give back what the backup holds in “%(table)s”.") % {"table": table.table}
            )
    if seal_in(list(shapes.values()), DEFAULT_DB_ALIAS) != manifest.seal:
        raise CannotRestore(_("The last seal is not that of the backup."))


def _place(archive: ZipFile, file: FilePart, placed: list[Path]) -> None:
    """Writes one file of the data folder; one that is there already with other content is refused."""
    path = settings.FOLDER / file.path
    if path.exists():
        with path.open("rb") as there:
            if _digest(pieces_of(there)) == file.sha256:
                return
        raise CannotRestore(_("The data folder has another file “%(file)s”.") % {"file": file.path})
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    placed.append(path)
    with os.fdopen(descriptor, "wb") as written, archive.open(file.part) as part:
        for piece in pieces_of(part):
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())


def _digest(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
