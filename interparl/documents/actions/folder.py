"""Files of the data folder behind Django's storage interface: written beside, made to last, and then named.

A name is given once: what lies under it is never written again.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

FOLDER = "files"
# Where files lie while they are written: on the same disk, and no part of any backup.
COMING = ".coming"
_NAME = re.compile(r"[0-9a-z]+(?:/[0-9a-z]+)*")


@deconstructible
class FolderStorage(Storage):
    """Below `FOLDER/files`; names are parts of small letters and digits, parted by slashes."""

    @property
    def root(self) -> Path:
        """Where the files lie; the data folder is asked for each time."""
        return Path(settings.FOLDER) / FOLDER

    def path(self, name: str) -> str:
        """Where the file is on the disk. Raises SuspiciousFileOperation for a name that is none of ours."""
        if not _NAME.fullmatch(name):
            raise SuspiciousFileOperation(f"no name of a kept file: {name!r}")
        return str(self.root / name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: equal content has an equal name."""
        return name

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return Path(self.path(name)).is_file()

    def size(self, name: str) -> int:
        """Its bytes."""
        return Path(self.path(name)).stat().st_size

    def delete(self, name: str) -> None:
        """Removes it, if it is there, and the folders that are left empty."""
        path = Path(self.path(name))
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()
            path.parent.parent.rmdir()

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """The folders and the files right below a folder ("" is the uppermost); without those being written."""
        folder = self.root / path if path else self.root
        if not folder.is_dir():
            return [], []
        found = [one for one in folder.iterdir() if not one.name.startswith(".")]
        return sorted(one.name for one in found if one.is_dir()), sorted(one.name for one in found if one.is_file())

    def get_modified_time(self, name: str) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(Path(self.path(name)).stat().st_mtime, tz=UTC)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return File(Path(self.path(name)).open("rb"), name)

    def _save(self, name: str, content: Any) -> str:
        target = Path(self.path(name))
        if target.exists():
            return name
        coming = self.root / COMING
        coming.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = coming / secrets.token_hex(16)
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                _write(file, content)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _name_once(part, target)
        finally:
            part.unlink(missing_ok=True)
        for folder in (target.parent, target.parent.parent, self.root):
            _make_last(folder)
        return name


def _write(file: IO[bytes], content: Any) -> None:
    for piece in content.chunks():
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())


def _name_once(part: Path, target: Path) -> None:
    """Gives the file its name unless another has it: then that one stays."""
    try:
        os.link(part, target)
    except FileExistsError:
        return
    except OSError:
        # Not every file system has links.
        if not target.exists():
            part.rename(target)


def _make_last(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def drop_old_parts(before: datetime) -> int:
    """Removes what was being written when the program was killed before that moment; how many files."""
    found, number = Path(settings.FOLDER) / FOLDER / COMING, 0
    with suppress(OSError):
        for part in found.iterdir():
            with suppress(OSError):
                if datetime.fromtimestamp(part.stat().st_mtime, tz=UTC) < before:
                    part.unlink()
                    number += 1
    return number
