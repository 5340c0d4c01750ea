"""Files that are sent: each lies in a temporary file while its request is answered, and no longer.

Of a file that grows beyond what one may have, the rest is passed over, and its name is kept for the page to say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

from interparl.config.limits import DOCUMENTS, limit_of_one


class UploadHandler(TemporaryFileUploadHandler):
    """As Django's, but of a file that found no room, or is too large, nothing stays on the disk."""

    taken = 0

    def new_file(self, *arguments: Any, **more: Any) -> None:
        """Begins to take a file in."""
        self.taken = 0
        super().new_file(*arguments, **more)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Takes a piece of the file in; raises OSError when there is no room for it."""
        self.taken += len(raw_data)
        if self._is_too_large():
            self.request.files_too_large = (*getattr(self.request, "files_too_large", ()), self.file_name)  # type: ignore[union-attr]
            with suppress(OSError):
                self.upload_interrupted()
            raise SkipFile
        with self._or_nothing():
            return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The whole file; raises OSError when there was no room for its end."""
        with self._or_nothing():
            return super().file_complete(file_size)

    def _is_too_large(self) -> bool:
        """Whether there is a page that tells of files that were passed over, and this one is such."""
        request = self.request
        if request is None or not request.path_info.startswith(DOCUMENTS):
            return False
        return self.taken > limit_of_one(request)

    @contextmanager
    def _or_nothing(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            # Closing it tries once more to write what is left, in vain, and removes it.
            with suppress(OSError):
                self.upload_interrupted()
            raise
