"""The text of a piece of a web page: paragraphs, lines and points of lists, without tags and with plain letters.

Programs store such pieces escaped, some of them twice (“&lt;p&gt;Reuni&amp;atilde;o”).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_KNOWN = re.compile(
    r"</?(?:p|br|div|span|b|strong|i|em|u|s|sub|sup|ol|ul|li|a|h[1-6]|table|thead|tbody|tr|td|th|font|img|hr|center"
    r"|blockquote|pre|dl|dt|dd)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_START = re.compile(r"\bstart\s*=\s*[\"']?([0-9]{1,4})\b", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
# Escaped so often at most; what is escaped more often is shown as it stands.
_MOST_LAYERS = 3
_PARAGRAPHS = frozenset("p div h1 h2 h3 h4 h5 h6 table blockquote pre ul ol dl center hr".split())
_LINES = frozenset("br li tr dt dd".split())
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "title"})
_POINT, _BETWEEN_CELLS = "–", " | "


def text_of_page(piece: str) -> str:
    """What a reader sees of it: a blank line between paragraphs, “–” or its number before a point of a list."""
    text = _bare(piece)
    if not _KNOWN.search(text):
        return "\n".join(_BLANKS.sub(" ", line).strip() for line in _plain(text).splitlines()).strip()
    return _Page(text).read()


def _bare(text: str) -> str:
    """The piece without the layers of escaping that hide its tags."""
    for _layer in range(_MOST_LAYERS):
        if _KNOWN.search(text) or not _ENTITY.search(text):
            break
        text = unescape(text)
    return text


def _plain(text: str) -> str:
    for _layer in range(_MOST_LAYERS):
        if not _ENTITY.search(text):
            break
        text = unescape(text)
    return text


@dataclass
class _Page:
    """Goes through the tags once; keeps the lists that are open, with the number of the next point."""

    text: str
    blocks: list[list[str]] = field(default_factory=lambda: [[""]])
    numbers: list[int | None] = field(default_factory=list)

    def read(self) -> str:
        at, hidden = 0, ""
        for found in _TAG.finditer(_without_remarks(self.text)):
            is_end, name = bool(found.group(1)), found.group(2).lower()
            if not hidden:
                self._write(found.string[at : found.start()])
                self._tag(name, is_end=is_end, more=found.group(3))
            at = found.end()
            if name in _UNSEEN and not found.group(3).endswith("/"):
                hidden = "" if is_end and name == hidden else hidden or ("" if is_end else name)
        if not hidden:
            self._write(_without_remarks(self.text)[at:])
        blocks = ([line.strip().strip("|").strip() for line in block] for block in self.blocks)
        return "\n\n".join(text for block in blocks if (text := "\n".join(line for line in block if line)))

    def _write(self, piece: str) -> None:
        self.blocks[-1][-1] += _BLANKS.sub(" ", _plain(piece))

    def _tag(self, name: str, *, is_end: bool, more: str) -> None:
        if name in ("ul", "ol"):
            self._list(name, is_end=is_end, more=more)
        elif name in _PARAGRAPHS:
            # A paragraph within a point of a list goes on with it.
            if not self.numbers:
                self.blocks.append([""])
        elif name in _LINES:
            self.blocks[-1].append("")
            if name == "li" and not is_end:
                self._point()
        elif name in _CELLS and not is_end and self.blocks[-1][-1].strip():
            self.blocks[-1][-1] += _BETWEEN_CELLS

    def _list(self, name: str, *, is_end: bool, more: str) -> None:
        if is_end:
            if self.numbers:
                self.numbers.pop()
        else:
            start = _START.search(more)
            self.numbers.append(None if name == "ul" else int(start.group(1)) if start else 1)
        if len(self.numbers) == (0 if is_end else 1):
            self.blocks.append([""])

    def _point(self) -> None:
        number = self.numbers[-1] if self.numbers else None
        self.blocks[-1][-1] = f"{_POINT} " if number is None else f"{number}. "
        if number is not None:
            self.numbers[-1] = number + 1


def _without_remarks(text: str) -> str:
    """The text without <!-- remarks -->; one that is not closed hides the rest."""
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0:
        kept.append(text[at:begin])
        end = text.find("-->", begin)
        if end < 0:
            return "".join(kept)
        at = end + len("-->")
    return "".join([*kept, text[at:]])
