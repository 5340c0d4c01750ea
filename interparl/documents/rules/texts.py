"""The text of a file, for search: without its looks, within bounds of pages, signs and elements."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from interparl.documents.rules.encodings import decoded
from interparl.documents.rules.media import PDF
from interparl.documents.rules.packages import DOCX, ODS, ODT, PPTX, XLSX, opened, refusing
from interparl.documents.rules.refusals import NotKept
from interparl.documents.rules.text_kinds import CSV, EML, PLAIN

_PIECE = 65_536
# How much is read of one file.
MOST_PAGES, MOST_SIGNS, MOST_BYTES = 1_000, 2_000_000, 12_000_000
_MOST_ELEMENTS, _DEEPEST = 3_000_000, 200
_LINES = re.compile(r"[^\S\n]*\n\s*")
_BLANKS = re.compile(r"[^\S\n]+")
# What no database keeps as text, and what nobody sees.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff\u00ad\u200b\u2060\ufeff]")


class Unreadable(Exception):
    """The text cannot be read; `reason` is a key of `messages.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Text:
    """What was read, tidied; `is_cut` when there is more than the bounds allow."""

    text: str
    is_cut: bool = False


class _Gathered:
    """Pieces of text until there are enough."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.left = MOST_SIGNS
        self.is_cut = False

    def add(self, piece: str) -> bool:
        """Takes the piece in; whether there is room for more."""
        if len(piece) > self.left:
            self.is_cut = True
        self.pieces.append(piece[: self.left])
        self.left -= len(self.pieces[-1])
        return not self.is_cut

    def text(self) -> Text:
        """All pieces as one."""
        return Text(tidy("".join(self.pieces)), self.is_cut)


def tidy(text: str) -> str:
    """Without signs that are not seen; blanks and empty lines once."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n"))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def text_of(file: BinaryIO, size: int, media: str) -> Text:
    """The text of a file of that type; "" where there is none, as in a picture. Raises Unreadable."""
    read = _READERS.get(media)
    return read(file, size) if read else Text("")


def _of_pdf(file: BinaryIO, size: int) -> Text:
    # Slow to load, and asked for only where PDF is read.
    from pypdf import PdfReader  # noqa: PLC0415

    found, failed = _Gathered(), 0
    try:
        reader = PdfReader(file, strict=False)
        _refuse_protected(reader)
        for number, page in enumerate(reader.pages):
            if number == MOST_PAGES:
                found.is_cut = True
                break
            text = _page_text(page)
            failed += text is None
            if not found.add(f"{text or ''}\n"):
                break
    except (Unreadable, MemoryError):
        raise
    except Exception as problem:
        # A damaged file makes it raise almost anything.
        raise Unreadable("damaged") from problem
    read = found.text()
    if failed and not read.text:
        raise Unreadable("damaged")
    return read


def _refuse_protected(reader: Any) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("protected")


def _page_text(page: Any) -> str | None:
    """The text of a page; None when it cannot be read, for other pages may be whole."""
    try:
        return str(page.extract_text() or "")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  the same
        return None


# Of each kind: the parts that hold text, the elements with text in them, and those after which a line ends.
_PARTS: dict[str, tuple[str, frozenset[str], frozenset[str]]] = {
    DOCX: (
        r"word/(?:document|footnotes|endnotes|header\d*|footer\d*|comments)\d*\.xml",
        frozenset({"t", "delText"}),
        frozenset({"p", "br", "tab", "cr"}),
    ),
    XLSX: (r"xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml", frozenset({"t"}), frozenset({"si", "is", "row"})),
    PPTX: (r"ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml", frozenset({"t"}), frozenset({"p", "br"})),
}
_ODF_LINES = frozenset({"p", "h", "tab", "line-break", "table-cell", "list-item"})


def _of_package(media: str) -> Callable[[BinaryIO, int], Text]:
    pattern, texts, ends = _PARTS[media]

    def read(file: BinaryIO, size: int) -> Text:
        found = _Gathered()
        with _unreadable(), opened(file, size) as package:
            names = sorted((name for name in package.namelist() if re.fullmatch(pattern, name)), key=_in_order)
            for name in names:
                if not _read_part(package, name, found, lambda tag: tag in texts, ends):
                    break
        return found.text()

    return read


def _of_open_document(file: BinaryIO, size: int) -> Text:
    found = _Gathered()
    with _unreadable(), opened(file, size) as package:
        # In these every element may hold text, before and after others.
        _read_part(package, "content.xml", found, lambda _tag: True, _ODF_LINES)
    return found.text()


class _unreadable:  # noqa: N801  it stands after "with"
    """What a damaged package raises as the one reason that is told."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> None:
        if isinstance(problem, NotKept):
            raise Unreadable("protected" if problem.what == "protected" else "damaged") from problem


def _in_order(name: str) -> tuple[bool, list[int], str]:
    """The document itself first, then by number."""
    return "document" not in name, [int(one) for one in re.findall(r"\d+", name)], name


def _read_part(package: Any, name: str, found: _Gathered, is_text: Callable[[str], bool], ends: frozenset[str]) -> bool:
    """Gathers the text of one part, of which nothing else is kept; whether there is room for more."""
    target = _Target(found, is_text, ends)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    with refusing(), package.open(name) as packed:
        try:
            while not found.is_cut and (piece := packed.read(_PIECE)):
                parser.feed(piece)
            if not found.is_cut:
                parser.close()
        except (DefusedXmlException, ParseError) as problem:
            raise Unreadable("damaged") from problem
    return not found.is_cut


class _Target:
    """Told by the parser what it meets: takes in the texts and the ends of lines."""

    def __init__(self, found: _Gathered, is_text: Callable[[str], bool], ends: frozenset[str]) -> None:
        self._found, self._is_text, self._ends = found, is_text, ends
        self._above: list[str] = []
        self._elements = 0

    def start(self, tag: str, _attributes: object) -> None:
        """An element begins."""
        self._elements += 1
        self._above.append(tag.rpartition("}")[2])
        if self._elements > _MOST_ELEMENTS or len(self._above) > _DEEPEST:
            raise Unreadable("too_large")

    def end(self, _tag: str) -> None:
        """It ends."""
        if self._above.pop() in self._ends:
            self._found.add("\n")

    def data(self, text: str) -> None:
        """What stands in it."""
        if self._above and self._is_text(self._above[-1]):
            self._found.add(text)

    def close(self) -> None:
        """All was read."""


def _of_text(file: BinaryIO, size: int) -> Text:
    file.seek(0)
    text = decoded(file.read(MOST_BYTES))
    found = _Gathered()
    found.add(text)
    found.is_cut |= size > MOST_BYTES
    return found.text()


def _of_letter(file: BinaryIO, size: int) -> Text:
    """The headings that people read, and the body as text."""
    file.seek(0)
    found = _Gathered()
    try:
        letter = email.message_from_bytes(file.read(MOST_BYTES), policy=email.policy.default)
        for heading in ("Subject", "From", "To", "Cc", "Date"):
            found.add(f"{letter.get(heading, '')}\n")
        body = letter.get_body(("plain", "html"))
        if body is not None:
            text = body.get_content()
            found.add(re.sub(r"<[^>]*>", " ", text) if body.get_content_subtype() == "html" else text)
    except (LookupError, ValueError, TypeError, AttributeError) as problem:
        # The package of the standard library stumbles over some forged headings.
        raise Unreadable("damaged") from problem
    return found.text()


_READERS: dict[str, Callable[[BinaryIO, int], Text]] = {
    PDF: _of_pdf,
    DOCX: _of_package(DOCX),
    XLSX: _of_package(XLSX),
    PPTX: _of_package(PPTX),
    ODT: _of_open_document,
    ODS: _of_open_document,
    PLAIN: _of_text,
    CSV: _of_text,
    EML: _of_letter,
}
