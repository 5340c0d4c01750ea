"""Texts that are kept: plain, tables with separators, letters of mail; pages and scripts are told from them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import BinaryIO

from interparl.documents.rules.refusals import NotKept

PLAIN, CSV, EML = "text/plain", "text/csv", "message/rfc822"
_PIECE, _HEAD = 1 << 20, 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# No text has these bytes, in any encoding of one byte or in UTF-8; tab, line and page ends and escape are left out.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BLANK = re.compile(r"\A(?:\s|<!--.*?-->)+", re.DOTALL)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|style|table|div|meta|link|form|img|a\s|p>|h1)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<\?php|<%|@echo\s+off\b", re.IGNORECASE)
_DRAWING = re.compile(r"<(?:\w+:)?svg\b", re.IGNORECASE)
_ANY_SCRIPT = re.compile(r"<script\b|<\?php\b|<html\b", re.IGNORECASE)
_HEADER = re.compile(r"([!-9;-~]+):(?:[ \t]|$)")
_SAVED_PAGE = re.compile(r"^snapshot-content-location:", re.IGNORECASE | re.MULTILINE)
# Names under which a computer would run a text, or show it as a page.
_RUN = frozenset(
    "js mjs cjs jse vbs vbe wsf wsh hta bat cmd com exe scr pif dll msi ps1 psm1 sh bash zsh csh ksh command py pyw "
    "pl pm rb php phtml php5 jsp asp aspx cgi lua tcl reg inf scpt applescript jar lnk url desktop scf "
    "service so".split()
)
_SHOWN = frozenset("html htm xhtml shtml svg svgz xml xsl xslt mht mhtml".split())


def text_media(file: BinaryIO, name: str, endings: Mapping[str, tuple[str, ...]]) -> str:
    """Whether the file is plain text, a table or a letter; raises NotKept for what is none of them."""
    file.seek(0)
    head = file.read(_HEAD)
    encoding = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    _refuse_binary(file, "" if encoding == "utf-8" else encoding)
    text = head.decode(encoding or "utf-8", "replace").removeprefix("\ufeff")
    _refuse_markup(text)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _RUN:
        raise NotKept("foreign", "script")
    if ending in _SHOWN:
        raise NotKept("foreign", "web_page")
    if _is_letter(text):
        return EML
    media = CSV if _is_table(text, is_whole=len(head) < _HEAD) else PLAIN
    others = {one for of, several in endings.items() if of not in (PLAIN, CSV, EML) for one in several}
    if ending in others:
        raise NotKept("text_by_other_name", ending)
    return media


def _refuse_binary(file: BinaryIO, wide: str) -> None:
    """Raises NotKept for what is no text; `wide` is the encoding that the file says it is in, if it has zeros."""
    decode = codecs.getincrementaldecoder(wide)() if wide else None
    file.seek(0)
    while piece := file.read(_PIECE):
        if decode is None:
            if _BINARY.search(piece):
                raise NotKept("unknown")
            continue
        try:
            text = decode.decode(piece)
        except UnicodeDecodeError as problem:
            raise NotKept("unknown") from problem
        if _BINARY.search(text.encode("utf-8", "replace")):
            raise NotKept("unknown")


def _refuse_markup(text: str) -> None:
    start = _BLANK.sub("", text)[:2000]
    if _SCRIPT.match(start):
        raise NotKept("foreign", "script")
    if start.startswith("<") and (_DRAWING.search(text)):
        raise NotKept("foreign", "drawing")
    if _PAGE.match(start) or _ANY_SCRIPT.search(text[:2000]):
        raise NotKept("foreign", "web_page")
    if start.startswith(("<?xml", "<!DOCTYPE", "<!doctype")):
        raise NotKept("foreign", "markup")
    if _SAVED_PAGE.search(text):
        raise NotKept("foreign", "web_page")


def _is_letter(text: str) -> bool:
    """Whether it begins with the lines that every mail has (RFC 5322, 3.6)."""
    names: set[str] = set()
    for line in text.splitlines()[:200]:
        if not line:
            break
        if line[0] in " \t" and names:
            continue
        if not (found := _HEADER.match(line)):
            return False
        names.add(found[1].lower())
    return "from" in names and bool(names & {"date", "message-id", "received", "mime-version"})


def _is_table(text: str, *, is_whole: bool) -> bool:
    """Whether its first lines have the same number of separators, two lines at least."""
    lines = [line for line in text.splitlines()[: 21 if is_whole else 20] if line.strip()]
    if len(lines) < 2:
        return False
    for sign in (";", "\t", ",", "|"):
        counts = {_count(line, sign) for line in lines}
        if len(counts) == 1 and counts != {0}:
            return True
    return False


def _count(line: str, sign: str) -> int:
    """How often the sign stands outside of quotation marks."""
    return sum(part.count(sign) for part in line.split('"')[::2])
