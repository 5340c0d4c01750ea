"""What a file is, by its content: neither its name nor what a browser says of it makes it one of the kinds kept.

The name may only speak against a text: one that is called a program, or anything but a text, is not kept.
"""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from interparl.documents.rules.packages import DOCX, ODS, ODT, PPTX, XLSX, package_media
from interparl.documents.rules.refusals import NotKept
from interparl.documents.rules.signatures import foreign
from interparl.documents.rules.text_kinds import CSV, EML, PLAIN, text_media

__all__ = ["ENDINGS", "MEDIA", "NotKept", "recognise"]

PDF, JPEG, PNG, TIFF = "application/pdf", "image/jpeg", "image/png", "image/tiff"
# The kinds that are kept, with the endings of their names; the first is the usual one.
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
    PPTX: ("pptx",),
    ODT: ("odt",),
    ODS: ("ods",),
    PLAIN: ("txt", "text", "md", "log"),
    CSV: ("csv", "tsv", "txt"),
    JPEG: ("jpg", "jpeg", "jpe"),
    PNG: ("png",),
    TIFF: ("tif", "tiff"),
    EML: ("eml",),
}
MEDIA = tuple(ENDINGS)
PACKAGES = (b"PK\x03\x04",)
PICTURES = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG, b"II*\x00": TIFF, b"MM\x00*": TIFF}
_HEAD = 4096
# A PDF ends so; programs that write one put little after it.
_PDF_END, _PDF_TAIL = b"%%EOF", 4096
_PICTURE_ENDS = {JPEG: b"\xff\xd9", PNG: b"IEND"}


def recognise(file: BinaryIO, size: int, name: str) -> str:
    """The type of the file, one of MEDIA. Raises NotKept; the file is left anywhere.

    `name` is the cleaned one. At most a few kilobytes stand in memory at a time.
    """
    if not size:
        raise NotKept("empty")
    file.seek(0)
    head = file.read(_HEAD)
    if head.startswith(PACKAGES):
        return package_media(file, size)
    if what := foreign(head):
        raise NotKept("foreign", what)
    if head.startswith(b"%PDF-"):
        _refuse_incomplete(file, size, _PDF_END)
        _refuse_two_kinds(file)
        return PDF
    for signature, media in PICTURES.items():
        if head.startswith(signature):
            if media in _PICTURE_ENDS:
                _refuse_incomplete(file, size, _PICTURE_ENDS[media])
            _refuse_two_kinds(file)
            return media
    _refuse_two_kinds(file)
    return text_media(file, name, ENDINGS)


def _refuse_incomplete(file: BinaryIO, size: int, end: bytes) -> None:
    """Raises NotKept when the sign of the end is not near it."""
    file.seek(max(0, size - _PDF_TAIL))
    if end not in file.read(_PDF_TAIL):
        raise NotKept("damaged")


def _refuse_two_kinds(file: BinaryIO) -> None:
    """Raises NotKept when an archive hides behind what the file begins as: it is read from its end."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return
    try:
        with zipfile.ZipFile(file) as found:
            is_archive = bool(found.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        return
    if is_archive:
        raise NotKept("two_kinds")
