"""Files that are sent: each lies in a temporary file while its request is answered, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class UploadHandler(TemporaryFileUploadHandler):
    """As Django's, but of a file that found no room nothing stays on the disk."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Takes a piece of the file in; raises OSError when there is no room for it."""
        with self._or_nothing():
            return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The whole file; raises OSError when there was no room for its end."""
        with self._or_nothing():
            return super().file_complete(file_size)

    @contextmanager
    def _or_nothing(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            # Closing it tries once more to write what is left, in vain, and removes it.
            with suppress(OSError):
                self.upload_interrupted()
            raise
