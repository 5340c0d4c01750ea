"""Files by their content: kept once under their SHA-256, read back only as what they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from interparl.documents.models import Content, Version

FILES = "files"
_PIECE = 1 << 20
MISSING, ALTERED = "missing", "altered"


class Unusable(Exception):
    """A file that is kept is not there, or is not what it was: `key` is MISSING or ALTERED."""

    def __init__(self, key: str, digest: str) -> None:
        super().__init__(f"{key}: {digest}")
        self.key = key
        self.digest = digest

    @property
    def sentence(self) -> str:
        """What is said to whoever asked for it."""
        if self.key == MISSING:
            return _("The file is not in its place. An administrator can bring it back from a backup.")
        return _(
            "The file was altered in its place, so it is not given out: its digest does not agree. "
            "An administrator can bring it back from a backup."
        )


def storage() -> Storage:
    """Where files are kept, as the setting has it."""
    return storages[FILES]


def name_of(digest: str) -> str:
    """The name of the file with this digest."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def digest_of(pieces: Iterable[bytes]) -> str:
    """The SHA-256 of all pieces together, in hex digits."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def pieces_of(file: Any) -> Iterator[bytes]:
    """The whole file, piece by piece."""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def put(file: File[bytes], digest: str) -> None:
    """Keeps the file unless it is kept already. Raises Unusable when what is kept in its place was altered."""
    place, name = storage(), name_of(digest)
    if place.exists(name):
        refuse_altered(digest)
        return
    file.seek(0)
    place.save(name, file)


def refuse_altered(digest: str) -> None:
    """Raises Unusable unless the file is there and is what it was."""
    with _opened(digest):
        pass


@contextmanager
def opened(version: Version) -> Iterator[File[bytes]]:
    """The content of a version to read, from its beginning, compared with its digest. Raises Unusable."""
    with _opened(version.digest) as file:
        yield file


@contextmanager
def _opened(digest: str) -> Iterator[File[bytes]]:
    file = open_whole(digest)
    try:
        yield file
    finally:
        file.close()


def open_whole(digest: str) -> File[bytes]:
    """The same for a caller who closes it himself, as an answer does that is sent piece by piece."""
    try:
        file: File[bytes] = storage().open(name_of(digest), "rb")
    except FileNotFoundError as error:
        raise Unusable(MISSING, digest) from error
    try:
        is_whole = digest_of(pieces_of(file)) == digest
        file.seek(0)
    except BaseException:
        file.close()
        raise
    if not is_whole:
        file.close()
        raise Unusable(ALTERED, digest)
    return file


def hold(file: File[bytes], digest: str, media: str) -> Content:
    """The row of the content, locked until the transaction ends; its file is there. Within a transaction only.

    Whoever removes the last version with this content locks the same row, so that neither undoes what the other does.
    """
    content = _locked(digest, media)
    if content.reason in (MISSING, ALTERED):
        # It is there again, so its text can be read.
        content.state, content.reason = Content.State.WAITING, ""
        content.save()
    if not storage().exists(name_of(digest)):
        put(file, digest)
    return content


def release(digest: str) -> bool:
    """Removes the file when no version has its content any more; whether it went. Within no transaction."""
    with transaction.atomic():
        # Made where there is none, so that there is something to lock.
        content = _locked(digest, "")
        if Version.objects.holding(digest).exists():
            return False
        content.delete()
        storage().delete(name_of(digest))
    return True


def _locked(digest: str, media: str) -> Content:
    """The row of the content, made if it is not there, locked until the transaction ends."""
    held = Content.objects.select_for_update()
    content = held.filter(digest=digest).first()
    if content is None:
        try:
            with transaction.atomic():
                content = Content.objects.create(digest=digest, media=media)
        except IntegrityError:
            content = held.get(digest=digest)
    return content
