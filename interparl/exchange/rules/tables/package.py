"""The parts of a workbook's package, unpacked within a limit and parsed without entities or references."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from interparl.exchange.rules.findings import UnreadableFile

_MOST_PARTS = 5_000
_LONGEST_LIST = 2_000_000  # bytes of the list of parts, which is read at once
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
# Elements in one another, in one row or string, and in all parts that are read.
_DEEPEST, _MOST_WITHIN, _MOST_ELEMENTS = 60, 200_000, 6_000_000
_BROKEN = (
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    LookupError,
)


class _Archive(BytesIO):
    """The bytes of an archive that hands out a list of parts of a reasonable length only."""

    is_opening = True

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes. Raises BadZipFile when too many are asked for while the archive is opened."""
        asked = len(self.getbuffer()) - self.tell() if size is None or size < 0 else size
        if self.is_opening and asked > _LONGEST_LIST:
            raise zipfile.BadZipFile("The list of parts is too long.")
        return super().read(size)


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive. Raises UnreadableFile: damaged_workbook."""
    with _refusing(""):
        archive = _Archive(data)
        found = zipfile.ZipFile(archive)
        archive.is_opening = False
        return found


class Package:
    """A zipped package; what it says of its sizes is checked before, and what comes out of it while unpacking."""

    def __init__(self, data: bytes, *, limit: int) -> None:
        self._zip = opened(data)
        parts = self._zip.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limit:
            raise UnreadableFile("too_large", params={"limit": limit})
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise UnreadableFile("is_protected")
        if any(part.compress_type not in _METHODS for part in parts):
            raise UnreadableFile("damaged_workbook", params={"part": ""})
        self._left = limit
        self._elements_left = _MOST_ELEMENTS
        self._limit = limit
        # Some programs write the names of parts in other capitals than they refer to them.
        self._parts = {part.filename.replace("\\", "/").lower(): part for part in parts}

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._parts

    def elements(self, name: str, *, whole: str = "") -> Iterator[tuple[str, Element]]:
        """The elements of the part as they begin ("start") and end ("end"), with plain names.

        Only elements called `whole` still hold theirs when they end; of others none is kept, so that no number of
        them fills the memory. Raises UnreadableFile: damaged_workbook, unsafe_workbook, too_large.
        """
        above: list[Element] = []
        kept = within = 0
        with _refusing(name), self._zip.open(self._parts[name.lower()]) as packed:
            for event, element in iterparse(_Counted(packed, self), events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    element.tag = _plain(element.tag)
                    above.append(element)
                    kept += element.tag == whole
                    within += 1
                    self._elements_left -= 1
                    if len(above) > _DEEPEST or (kept and within > _MOST_WITHIN):
                        raise UnreadableFile("damaged_workbook", params={"part": name})
                    if self._elements_left < 0:
                        raise UnreadableFile("too_large", params={"limit": self._limit})
                yield event, element
                if event == "end":
                    above.pop()
                    kept -= element.tag == whole
                    if not kept:
                        within = 0
                        (above[-1] if above else element)[:] = []

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What the part refers to: by id the last word of the relation's type and the name of the part meant."""
        folder, own = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{own}.rels")
        found = {}
        if self.has(relations):
            for event, element in self.elements(relations):
                if event == "end" and element.tag == "Relationship" and element.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or ""))
                    kind = (element.get("Type") or "").rsplit("/", 1)[-1]
                    found[element.get("Id") or ""] = (kind, target.lstrip("/"))
                    if len(found) > _MOST_PARTS:
                        raise UnreadableFile("too_large", params={"limit": self._limit})
        return found

    def count(self, length: int) -> None:
        """Takes what was unpacked from what is left of the limit."""
        self._left -= length
        if self._left < 0:
            raise UnreadableFile("too_large", params={"limit": self._limit})


class _Counted:
    def __init__(self, packed: IO[bytes], package: Package) -> None:
        self._packed = packed
        self._package = package

    def read(self, size: int = -1) -> bytes:
        """The next bytes, counted; a parser asks for some at a time."""
        unpacked = self._packed.read(size)
        self._package.count(len(unpacked))
        return unpacked


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Whatever a damaged or forged package makes of its readers, one refusal comes of it."""
    try:
        yield
    except DefusedXmlException as problem:
        raise UnreadableFile("unsafe_workbook", params={"part": name}) from problem
    except _BROKEN as problem:
        raise UnreadableFile("damaged_workbook", params={"part": name}) from problem


def _plain(tag: str) -> str:
    """The name without its namespace: workbooks come in two of them that say the same."""
    return tag.rpartition("}")[2]
