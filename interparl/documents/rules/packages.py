"""Word, Excel, PowerPoint and OpenDocument files: zipped packages, looked into without unpacking them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from interparl.documents.rules.refusals import NotKept

_OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OOXML}.wordprocessingml.document"
XLSX = f"{_OOXML}.spreadsheetml.sheet"
PPTX = f"{_OOXML}.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

_TYPES = "[Content_Types].xml"
# The type of the main part, and where it usually lies.
_MAIN = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX, f"{PPTX}.main+xml": PPTX}
_ODF_PARTS = {ODT: "content.xml", ODS: "content.xml"}
_MACROS = re.compile(r"(?:^|/)(?:vbaProject|vbaData)[^/]*$|^Basic/|^Scripts/", re.IGNORECASE)
_LEADING_OUT = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00\r\n]")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
MOST_PARTS = 5_000
# What all parts may weigh when unpacked, and the list of parts, which is read at once.
MOST_UNPACKED, LONGEST_LIST = 300_000_000, 2_000_000
_LONGEST_TYPES = 1_000_000
_PIECE = 65_536
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, LookupError)


class _Archive:
    """The file as `zipfile` reads it, with a list of parts of a reasonable length only."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size, self.is_opening = file, size, True

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises BadZipFile when too many are asked for while the archive is opened."""
        asked = self._size - self._file.tell() if size < 0 else size
        if self.is_opening and asked > LONGEST_LIST:
            raise zipfile.BadZipFile("The list of parts is too long.")
        return self._file.read(size)

    def seek(self, place: int, whence: int = 0) -> int:
        """Goes there."""
        return self._file.seek(place, whence)

    def tell(self) -> int:
        """Where it is."""
        return self._file.tell()

    def seekable(self) -> bool:
        """It is."""
        return True


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever a damaged or forged package makes of its reader, one refusal comes of it."""
    try:
        yield
    except BROKEN as problem:
        raise NotKept("damaged") from problem


def opened(file: BinaryIO, size: int) -> zipfile.ZipFile:
    """The package, its list of parts looked through. Raises NotKept: damaged, bomb, ways, protected."""
    file.seek(0)
    archive = _Archive(file, size)
    with refusing():
        package = zipfile.ZipFile(archive)
    archive.is_opening = False
    _look_through(package.infolist(), size)
    return package


def _look_through(parts: list[zipfile.ZipInfo], size: int) -> None:
    names = [part.orig_filename for part in parts]
    if any(_LEADING_OUT.search(name) for name in names):
        raise NotKept("ways")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotKept("bomb")
    if sum(part.compress_size for part in parts) > size:
        # Parts that share their bytes: each unpacks to all of them.
        raise NotKept("bomb")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise NotKept("foreign", "protected")
    if len({name.lower() for name in names}) < len(names) or any(part.compress_type not in _METHODS for part in parts):
        raise NotKept("damaged")


def package_media(file: BinaryIO, size: int) -> str:
    """The type of a zipped document, by what its parts say of themselves. Raises NotKept."""
    with opened(file, size) as package, refusing():
        names = package.namelist()
        if names[:1] == ["mimetype"]:
            media = _start_of(package, "mimetype", 200).decode("ascii", "replace").strip()
            if media in _ODF_PARTS and _ODF_PARTS[media] in names:
                _refuse_macros(names)
                _refuse_damaged(package, _ODF_PARTS[media])
                return media
            raise NotKept("foreign", "other_office" if "opendocument" in media else "archive")
        if _TYPES not in names:
            raise NotKept("foreign", "archive")
        return _ooxml_media(package, names)


def _ooxml_media(package: zipfile.ZipFile, names: list[str]) -> str:
    types = _start_of(package, _TYPES, _LONGEST_TYPES).decode("utf-8", "replace")
    if "macroEnabled" in types:
        raise NotKept("foreign", "macros")
    _refuse_macros(names)
    main = dict.fromkeys(media for said, media in _MAIN.items() if f'"{said}"' in types or f"'{said}'" in types)
    if len(main) != 1:
        raise NotKept("two_kinds" if main else "foreign", "" if main else "archive")
    found = next(iter(main))
    part = next((name for name in names if _is_main(name, found)), "")
    if not part:
        raise NotKept("damaged")
    _refuse_damaged(package, part)
    return found


def _is_main(name: str, media: str) -> bool:
    """Whether this is where the document itself lies; some programs number the part."""
    folder, own = {DOCX: ("word", "document"), XLSX: ("xl", "workbook"), PPTX: ("ppt", "presentation")}[media]
    return bool(re.fullmatch(rf"{folder}/{own}\d*\.xml", name))


def _refuse_macros(names: list[str]) -> None:
    if any(_MACROS.search(name) for name in names):
        raise NotKept("foreign", "macros")


def _start_of(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    with package.open(name) as part:
        return part.read(most)


def _refuse_damaged(package: zipfile.ZipFile, name: str) -> None:
    """Reads the part through, piece by piece: its sum is compared at its end."""
    with package.open(name) as part:
        while part.read(_PIECE):
            pass
