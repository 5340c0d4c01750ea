"""What kind of file the bytes are, told by how they begin; what is no table is refused with what to do instead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from interparl.exchange.rules.findings import Findings, UnreadableFile
from interparl.exchange.rules.tables.package import opened
from interparl.exchange.rules.tables.table import Form

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Compound File Binary, the form of .xls and .doc
_OTHERS = (
    (b"%PDF-", "is_pdf"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"II*\x00", "is_picture"),
    (b"MM\x00*", "is_picture"),
    (b"RIFF", "is_picture"),
    (b"{\\rtf", "is_document"),
    (b"7z\xbc\xaf", "is_archive"),
    (b"Rar!", "is_archive"),
    (b"BZh", "is_archive"),
    (b"\xfd7zXZ", "is_archive"),
    (b"\x28\xb5\x2f\xfd", "is_archive"),
)
# A part that tells what a package is, in the order in which to look.
_PARTS = (
    ("xl/workbook.xml", ""),
    ("xl/workbook.bin", "is_old_workbook"),
    ("word/", "is_document"),
    ("ppt/", "is_document"),
    ("content.xml", "is_open_document"),
)
# Remarks may stand before a page; a page with its pictures begins as a mail does.
_MARKUP = re.compile(
    r"\s*+(?:<!--.*?-->\s*+)*+"
    r"(?:<(?:(!doctype html|html|head|body|table|meta)\b|\?xml\b|[a-z][\w:.-]*[\s/>])|(mime-version:))",
    re.IGNORECASE | re.DOTALL,
)
_CARDS = re.compile(r"\s*BEGIN:V[A-Z]+\s", re.IGNORECASE)
_ENDINGS: Mapping[str, frozenset[Form]] = {
    "csv": frozenset({"csv"}),
    "tsv": frozenset({"csv"}),
    "tab": frozenset({"csv"}),
    "txt": frozenset({"csv"}),
    "xlsx": frozenset({"xlsx"}),
    "xlsm": frozenset({"xlsx"}),
    "json": frozenset({"json"}),
    "jsonl": frozenset({"jsonl"}),
    "ndjson": frozenset({"jsonl"}),
    "ttl": frozenset({"turtle"}),
}
_JSON_FORMS: frozenset[Form] = frozenset({"json", "jsonl"})


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook in the form that is read here. Raises UnreadableFile for other forms."""
    if data.startswith(_GZIP):
        raise UnreadableFile("is_archive")
    for beginning, key in _OTHERS:
        if data.startswith(beginning):
            raise UnreadableFile(key)
    if data.startswith(_COMPOUND):
        raise UnreadableFile("is_protected" if "EncryptedPackage".encode("utf-16-le") in data else "is_old_workbook")
    if not data.startswith(_ZIP):
        return False
    names = [name.lower().replace("\\", "/") for name in opened(data).namelist()]
    for part, key in _PARTS:
        if any(name.startswith(part) for name in names):
            if key:
                raise UnreadableFile(key)
            return True
    if "[content_types].xml" in names and "_rels/.rels" in names:
        return True
    raise UnreadableFile("is_archive")


def refuse_other_text(text: str) -> None:
    """Raises UnreadableFile for a page of the web (what some programs call .xls), XML, calendars and contacts."""
    if _CARDS.match(text):
        raise UnreadableFile("is_cards")
    if found := _MARKUP.match(text):
        raise UnreadableFile("is_web_page" if found.group(1) or found.group(2) else "is_markup")


def says_json(name: str) -> bool:
    """Whether the name ends as those of JSON and JSON lines do."""
    return not _ENDINGS.get(_ending_of(name)[0], frozenset()).isdisjoint(_JSON_FORMS)


def _ending_of(name: str) -> tuple[str, bool]:
    """The ending of the name without its dot, and whether it says that the file is packed."""
    parts = name.lower().rsplit("/", 1)[-1].split(".")
    says_packed = len(parts) > 1 and parts[-1] == "gz"
    if says_packed:
        parts.pop()
    return parts[-1] if len(parts) > 1 else "", says_packed


def note_ending(name: str, form: Form, *, packed: bool, findings: Findings) -> None:
    """Tells when the ending of the name says something else than what the file holds."""
    ending, says_packed = _ending_of(name)
    if says_packed and not packed:
        findings.add("", "note", "ending_differs", ending=".gz", form=form)
    elif ending and form not in _ENDINGS.get(ending, frozenset()):
        findings.add("", "note", "ending_differs", ending=f".{ending[:20]}", form=form)
