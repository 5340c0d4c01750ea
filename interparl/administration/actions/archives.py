"""The file of a backup: a ZIP that any program opens, whose last 64 characters are the SHA-256 of all before them.

The sum stands in the ZIP's comment, so that no byte of the file can change unnoticed.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FORMAT = 1
PRODUCT = "interparl"
MANIFEST = "manifest.json"
# Folders of the data folder whose files belong to the data. The secret key, gathered static files, logs, locks and
# the database file lie outside them.
FOLDERS = ("files",)

_COMMENT = b"interparl backup, sha256 of all before: "
_SUM = 64
_PIECE = 1024 * 1024
# What stands for the moment in every entry of the ZIP: the manifest has the true one.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class NoBackup(ValidationError):
    """The file is no backup, is damaged, or is of a newer version."""


class TablePart(msgspec.Struct, frozen=True):
    """The rows of one table; `last` is the last key given out."""

    part: str
    table: str
    columns: list[str]
    rows: int
    sha256: str
    last: int | None


class FilePart(msgspec.Struct, frozen=True):
    """One file of the data folder."""

    part: str
    path: str
    bytes: int
    sha256: str


class SealPart(msgspec.Struct, frozen=True):
    """The last seal of the history."""

    number: int
    hash: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds."""

    product: str
    format: int
    version: str
    made_at: str
    database: str
    migrations: list[tuple[str, str]]
    tables: list[TablePart]
    files: list[FilePart]
    seal: SealPart | None

    @property
    def rows(self) -> int:
        """The number of rows of all tables."""
        return sum(table.rows for table in self.tables)


@contextmanager
def new_archive(path: Path) -> Iterator[ZipFile]:
    """A ZIP to fill, which lies at `path` once the block ended well, readable by its owner only; else nothing is left.

    Raises FileExistsError when the file, or one that is being written in its place, is there.
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    part = path.with_name(f"{path.name}.part")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                archive.comment = _COMMENT + b"0" * _SUM
                yield archive
            size = file.seek(0, os.SEEK_END)
            file.write(_sum_of(file, size - _SUM))
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _put_in_place(part: Path, path: Path) -> None:
    """Gives the file its name, never in place of another, and makes that last."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # Not every file system has links.
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        part.rename(path)
    part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def add_part(archive: ZipFile, name: str, pieces: Iterable[bytes]) -> tuple[int, int, str]:
    """Writes one part from its pieces; how many pieces and bytes, and their SHA-256."""
    number, size, digest = 0, 0, hashlib.sha256()
    about = ZipInfo(name, _NO_TIME)
    about.compress_type = ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    with archive.open(about, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece)
            digest.update(piece)
            number += 1
            size += len(piece)
    return number, size, digest.hexdigest()


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """The rest of a file, piece by piece."""
    while piece := file.read(_PIECE):
        yield piece


def _sum_of(file: IO[bytes], size: int) -> bytes:
    """The SHA-256 of the first `size` bytes, in hex digits; the file stands behind them."""
    digest = hashlib.sha256()
    file.seek(0)
    while size > 0 and (piece := file.read(min(_PIECE, size))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest().encode("ascii")


@contextmanager
def opened_archive(path: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """A backup to read, all of it compared with its sum, and its manifest; raises NoBackup."""
    words = {"file": path.name}
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size <= len(_COMMENT) + _SUM:
            raise NoBackup(_("“%(file)s” is no backup.") % words)
        file.seek(0)
        begins = file.read(4)
        file.seek(size - len(_COMMENT) - _SUM)
        comment = file.read(len(_COMMENT))
        if begins != b"PK\x03\x04" and comment != _COMMENT:
            raise NoBackup(_("“%(file)s” is no backup.") % words)
        told = file.read(_SUM)
        if comment != _COMMENT or _sum_of(file, size - _SUM) != told:
            raise NoBackup(_("“%(file)s” is damaged, or no backup: its sum does not agree.") % words)
        try:
            with ZipFile(file) as archive:
                yield archive, _manifest_of(archive, path)
        except BadZipFile as error:
            raise NoBackup(_("“%(file)s” is damaged, or no backup: its sum does not agree.") % words) from error


def _manifest_of(archive: ZipFile, path: Path) -> Manifest:
    words = {"file": path.name}
    try:
        data = archive.read(MANIFEST)
        form = msgspec.json.decode(data, type=dict[str, msgspec.Raw]).get("format", msgspec.Raw(b"0"))
        if msgspec.json.decode(form, type=int) > FORMAT:
            raise NoBackup(_("“%(file)s” was made by a newer version of Interparl. Install that first.") % words)
        manifest = msgspec.json.decode(data, type=Manifest)
    except (KeyError, msgspec.DecodeError) as error:
        raise NoBackup(_("“%(file)s” is no backup.") % words) from error
    names = set(archive.namelist())
    parts = {table.part for table in manifest.tables} | {file.part for file in manifest.files}
    if manifest.product != PRODUCT or not parts <= names or not all(map(is_own_path, manifest.files)):
        raise NoBackup(_("“%(file)s” is no backup.") % words)
    return manifest


def is_own_path(file: FilePart) -> bool:
    """Whether the file lies in a folder that belongs to the data."""
    path = PurePosixPath(file.path)
    return len(path.parts) > 1 and path.parts[0] in FOLDERS and ".." not in path.parts
