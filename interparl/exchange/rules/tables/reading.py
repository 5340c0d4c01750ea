"""Reading a file that may be any table: its form is told by what stands in it, not by the ending of its name."""

from __future__ import annotations

import re
from dataclasses import replace

from interparl.exchange.rules.findings import Findings, UnreadableFile
from interparl.exchange.rules.tables.delimited import DELIMITERS, delimiter_of, read_grid
from interparl.exchange.rules.tables.documents import are_lines, read_document, read_lines
from interparl.exchange.rules.tables.encodings import decode, refuse_in_doubt
from interparl.exchange.rules.tables.forms import is_workbook, note_ending, refuse_other_text, says_json
from interparl.exchange.rules.tables.graphs import read_graph
from interparl.exchange.rules.tables.headings import Laid, Layout, lay_out
from interparl.exchange.rules.tables.losses import capped, note_losses
from interparl.exchange.rules.tables.table import Asked, Recognised, TableFile, refuse_wide_headings
from interparl.exchange.rules.tables.turtle import is_turtle
from interparl.exchange.rules.tables.workbooks import read_workbook
from interparl.exchange.rules.unpacking import unpack

_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[\[{"\]]|-?\d|true|false|null))')
# Under a name that says JSON, this too is meant as such: whatever else is read as one would be a row of a table.
_MEANT_AS_JSON = re.compile(r'\s*(?:[\[{]|(?:-?\d[\d.eE+-]*|"[^"\n]*"|true|false|null)\s*\Z)')
_LONGEST_LINE = 8_000_000  # bytes; what a line of text may have is less
_NOTHING_ASKED = Asked()


def read_table(data: bytes, *, name: str, limit: int, asked: Asked = _NOTHING_ASKED) -> TableFile:
    """The table of a file (CSV, XLSX, JSON, JSON lines, Turtle, each also in gzip; at most `limit` bytes unpacked).

    What is odd becomes findings; nothing but UnreadableFile is raised, with a place where there is one.
    """
    findings = Findings()
    unpacked = unpack(data, limit=limit)
    if is_workbook(unpacked):
        found = read_workbook(unpacked, limit=limit, asked=asked, findings=findings)
        laid, recognised = found.laid, Recognised("xlsx", sheet=found.sheet, sheets=found.sheets)
    else:
        laid, recognised = _read_text(unpacked, name, asked, findings)
    if not laid.rows:
        raise UnreadableFile("no_rows")
    refuse_wide_headings(laid.headings, len(laid.rows))
    note_ending(name, recognised.form, packed=unpacked is not data, findings=findings)
    note_losses(laid.rows, findings)
    recognised = replace(recognised, header_row=laid.header_row)
    return TableFile(name, laid.headings, laid.rows, recognised, capped(findings))


def _read_text(data: bytes, name: str, asked: Asked, findings: Findings) -> tuple[Laid, Recognised]:
    _refuse_endless_line(data)
    decoded = decode(data, asked=asked.encoding, findings=findings)
    text = decoded.text
    if _JSON.match(text) or (says_json(name) and _MEANT_AS_JSON.match(text)):
        refuse_in_doubt(data, findings)
        if are_lines(text):
            return read_lines(text, findings=findings), Recognised("jsonl", encoding=decoded.encoding)
        laid = read_document(text, records=asked.records, header_row=asked.header_row, findings=findings)
        return laid, Recognised("json", encoding=decoded.encoding)
    if is_turtle(text):
        refuse_in_doubt(data, findings)
        return read_graph(text, records=asked.records, findings=findings), Recognised("turtle", decoded.encoding)
    refuse_other_text(text)
    if asked.delimiter and asked.delimiter not in DELIMITERS:
        raise UnreadableFile("unknown_delimiter", params={"delimiter": asked.delimiter[:10]})
    delimiter = asked.delimiter or delimiter_of(text)
    # One column without a known word above it is a list without a heading.
    layout = Layout(heading_expected=delimiter != "")
    laid = lay_out(read_grid(text, delimiter, findings), asked=asked.header_row, layout=layout, findings=findings)
    return laid, Recognised("csv", encoding=decoded.encoding, delimiter=delimiter)


def _refuse_endless_line(data: bytes) -> None:
    """Refuses text without line ends before it is decoded and copied; JSON needs none."""
    if data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith((b"{", b"[")):
        return
    at = 0
    while at + _LONGEST_LINE < len(data):
        found = max(data.rfind(sign, at, at + _LONGEST_LINE) for sign in (b"\n", b"\r"))
        if found < 0:
            line = data.count(b"\n", 0, at) + 1
            raise UnreadableFile("line_too_long", f"{line}:1", {"line": line, "most": _LONGEST_LINE})
        at = found + 1
