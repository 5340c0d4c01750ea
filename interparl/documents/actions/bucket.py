"""Files in a bucket behind Django's storage interface. When the bucket does not answer, that is told by one error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from interparl.documents.rules import StoreAway


@contextmanager
def _told() -> Iterator[None]:
    """Raises StoreAway for whatever the packages below say of a bucket that is not there, or refuses us."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StoreAway(str(error)) from error


class BucketStorage(S3Storage):
    """What django-storages does, with one error; a file that is opened is here as a whole."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with _told():
            file = super()._open(name, mode)
            # Asking for it brings it here; what fails later would fail in the middle of an answer.
            file.file  # noqa: B018
            return file

    def _save(self, name: str, content: Any) -> str:
        with _told():
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        with _told():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Removes it, if it is there."""
        with _told():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """The folders and the files of a folder."""
        with _told():
            folders, files = super().listdir(name)
            return list(folders), list(files)

    def get_modified_time(self, name: str) -> datetime:
        """When it was written."""
        with _told():
            moment: datetime = super().get_modified_time(name)
            return moment
