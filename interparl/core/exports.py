"""Taking a table away: CSV, XLSX and JSON of the same rows, under the same rights, with the right types."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils.http import content_disposition_header

FORMATS = ("csv", "xlsx", "json")
# The last four are the wide forms, which spreadsheets with an East Asian language read as the first.
_FORMULA = frozenset(("=", "+", "-", "@", "\0", "\t", "\r", "\n", "\uff0b", "\uff0d", "\uff1d", "\uff20"))
# Where the list separator of a country is the semicolon, spreadsheets split there as well, and at line ends.
_SPLIT = re.compile("([;\t\r\n])(?=[=+\\-@\uff0b\uff0d\uff1d\uff20])")


@cache
def openpyxl() -> Any:
    """The package, fetched with the first workbook: it takes as much memory as half of a server."""
    return import_module("openpyxl")


@dataclass(frozen=True)
class Sheet:
    """What is exported: name of the file, words about it (mark, day, filters), keys, headings, plain rows."""

    name: str
    about: Sequence[tuple[str, str]]
    keys: Sequence[str]
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers and dates stay.

    So does each part of it where a spreadsheet of another country would split the text.
    """
    if not isinstance(value, str):
        return value
    if value[:1] in _FORMULA:
        value = f"'{value}"
    return _SPLIT.sub(r"\1'", value)


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark (spreadsheets need it for Cyrillic), the words about it as first rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    for label, words in sheet.about:
        writer.writerow([neutral(f"# {label}"), neutral(words)])
    writer.writerow([neutral(heading) for heading in sheet.headings])
    writer.writerows(map(_csv_row, sheet.rows))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_row(row: Sequence[Any]) -> list[Any]:
    """The cells of a row; most pass without a call: whole numbers, and text of one part that begins no formula."""
    return [
        cell
        if cell.__class__ is int
        or (cell.__class__ is str and cell[:1] not in _FORMULA and ";" not in cell and "\n" not in cell)
        else _in_csv(cell)
        for cell in row
    ]


def _in_csv(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return neutral(value)


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook: numbers are numbers, days are days, text is never a formula."""
    book = openpyxl().Workbook(write_only=True)
    page = book.create_sheet("Interparl")
    page.freeze_panes = f"A{len(sheet.about) + 2}"
    for label, words in sheet.about:
        page.append([_text_cell(page, label), _text_cell(page, words)])
    heads = [_text_cell(page, heading) for heading in sheet.headings]
    for cell in heads:
        cell.font = openpyxl().styles.Font(bold=True)
    page.append(heads)
    for row in sheet.rows:
        page.append([_text_cell(page, value) if isinstance(value, str) else value for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text_cell(page: Any, text: str) -> Any:
    cell = openpyxl().cell.WriteOnlyCell(
        page, value="".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    )
    cell.data_type = "s"
    return cell


def as_json(sheet: Sheet) -> bytes:
    """An object with the words about it and one object a row; decimals are exact text."""
    rows = [dict(zip(sheet.keys, row, strict=True)) for row in sheet.rows]
    return msgspec.json.encode({"about": dict(sheet.about), "rows": rows}, enc_hook=_encode)


def _encode(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return str(value)


CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def as_bytes(sheet: Sheet, form: str) -> bytes:
    """The sheet in one of FORMATS."""
    return {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}[form](sheet)


def download(sheet: Sheet, form: str) -> HttpResponse:
    """The answer that a browser saves under the sheet's name."""
    answer = HttpResponse(as_bytes(sheet, form), content_type=CONTENT_TYPES[form])
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{sheet.name}.{form}") or ""
    )
    return answer
