"""The files that are taken out, written piece by piece to where they belong."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from typing import IO, Any

from interparl.core.days import today
from interparl.core.exports import CONTENT_TYPES, neutral, openpyxl
from interparl.directory.exports.asking import Asked
from interparl.directory.exports.origin import installation_name
from interparl.directory.exports.popolo import popolo_parts
from interparl.directory.exports.registers import Register, registers

# What can be taken out, with the ending of its file and its kind of content.
ENDINGS = {"popolo": "popolo.json", "csv": "zip", "xlsx": "xlsx"}
CONTENT = {"popolo": "application/json", "csv": "application/zip", "xlsx": CONTENT_TYPES["xlsx"]}
README = "README"
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
# Fixed, so that the same data make the same archive.
MOMENT = (1980, 1, 1, 0, 0, 0)


def write_file(form: str, asked: Asked, target: IO[bytes]) -> dict[str, int]:
    """Writes one of ENDINGS; how many rows of each register, or objects of each list, it has."""
    return {"popolo": write_popolo, "csv": write_csv, "xlsx": write_xlsx}[form](asked, target)


def write_popolo(asked: Asked, target: IO[bytes]) -> dict[str, int]:
    """Popolo JSON."""
    counts: dict[str, int] = {}
    for part in popolo_parts(asked, counts):
        target.write(part)
    return counts


def write_csv(asked: Asked, target: IO[bytes]) -> dict[str, int]:
    """An archive with a table for each register that has rows, and one file that describes the columns."""
    told = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for register in registers(asked):
            rows = register.counted()
            first = next(rows, None)
            if first is None:
                continue
            entry = zipfile.ZipInfo(f"{register.kind}.csv", MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (
                archive.open(entry, "w", force_zip64=True) as file,
                io.TextIOWrapper(file, "utf-8-sig", newline="") as text,
            ):
                writer = csv.writer(text)
                writer.writerow([heading.name for heading in register.headings])
                writer.writerow([_in_csv(cell) for cell in first])
                writer.writerows([_in_csv(cell) for cell in row] for row in rows)
            told.append(register)
        readme = zipfile.ZipInfo(f"{README}.json", MOMENT)
        readme.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(readme, json.dumps(_described(asked, told), ensure_ascii=False, indent=1))
    return {register.kind: register.written for register in told}


def _in_csv(value: Any) -> Any:
    if value is None or value.__class__ is int:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return neutral(value) if value else value


def _described(asked: Asked, told: list[Register]) -> dict[str, Any]:
    """What stands in the archive: the day, and of each table its name, its rows and what its columns hold."""
    return {
        "generator": "Interparl",
        "installation": installation_name(),
        "made_on": today().isoformat(),
        "on": asked.day.isoformat() if asked.day else None,
        "language": asked.language,
        "registers": [
            {
                "file": f"{register.kind}.csv",
                "register": register.title,
                "rows": register.written,
                "columns": [{"name": heading.name, "words": heading.words} for heading in register.headings],
            }
            for register in told
        ],
    }


def write_xlsx(asked: Asked, target: IO[bytes]) -> dict[str, int]:
    """A workbook with a sheet for each register that has rows, after one that describes the columns."""
    book = openpyxl().Workbook(write_only=True)
    readme = book.create_sheet(README)
    told = []
    for register in registers(asked):
        rows = register.counted()
        first = next(rows, None)
        if first is None:
            continue
        _sheets(book, register, first, rows)
        told.append(register)
    readme.append(["Interparl", today().isoformat(), asked.day.isoformat() if asked.day else ""])
    for register in told:
        readme.append([_text(readme, register.kind), _text(readme, register.title), register.written])
        for heading in register.headings:
            readme.append(["", _text(readme, heading.name), _text(readme, heading.words)])
    book.save(target)
    return {register.kind: register.written for register in told}


def _sheets(book: Any, register: Register, first: list[Any], rows: Iterator[list[Any]]) -> None:
    """The sheet of a register; another one when it is full, as a sheet holds only so many rows."""
    number = 0
    for position, row in enumerate(chain([first], rows)):
        if not position % (MOST_ROWS - 1):
            number += 1
            page = book.create_sheet(register.kind if number == 1 else f"{register.kind} {number}")
            page.freeze_panes = "A2"
            heads = [openpyxl().cell.WriteOnlyCell(page, value=heading.name) for heading in register.headings]
            for cell in heads:
                cell.font = openpyxl().styles.Font(bold=True)
            page.append(heads)
        page.append([_in_xlsx(page, value) for value in row])


def _in_xlsx(page: Any, value: Any) -> Any:
    """Numbers and days as they are; a moment as text, because a workbook knows no zones."""
    if isinstance(value, datetime):
        return value.isoformat()
    return _text(page, value) if value.__class__ is str and value else value


def _text(page: Any, text: str) -> Any:
    """A cell that is never a formula; signs that a workbook cannot hold are left out."""
    if text[0] not in "=#" and text.isprintable() and len(text) < LONGEST_CELL:
        return text
    kept = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    cell = openpyxl().cell.WriteOnlyCell(page, value=kept[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
