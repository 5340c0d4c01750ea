"""Plain reading of tables and dates for the independent counts. Standard library only."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

# A date so far off that it is written for “no end”.
_FAR = "2090"
_WORDS = {
    "present",
    "now",
    "none",
    "null",
    "n/a",
    "na",
    "-",
    "—",
    "today",
    "heute",
    "по настоящее время",
    "н.в.",
    "н. в.",
    "па цяперашні час",
}


def rows(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    """The rows of a CSV file by their headings; a value that is missing at the end of a row is “”."""
    with io.StringIO(_unpacked(path).decode(encoding), newline="") as file:
        return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]


def document(path: Path) -> Any:
    """The document of a JSON file."""
    return json.loads(_unpacked(path).decode("utf-8-sig"))


def lines(path: Path) -> list[dict[str, Any]]:
    """The documents of a file with one JSON object a line."""
    return [json.loads(line) for line in _unpacked(path).decode("utf-8-sig").splitlines() if line.strip()]


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.name.endswith(".gz") else data


def kinds_of_dates(dates: Iterable[str | None]) -> dict[str, int]:
    """How many dates are a day, month or year, none at all, or something else."""
    return dict(Counter(_kind_of_date(date or "") for date in dates))


def _kind_of_date(date: str) -> str:
    for kind, pattern in {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}"}.items():
        if re.fullmatch(pattern, date):
            return kind
    return "other" if date.strip() else "none"


def ways_of_no_end(records: Iterable[dict[str, Any]], key: str) -> dict[str, int]:
    """How the records say that something has no end: no such key, null, empty, a word, a far date. Others count not."""
    found: Counter[str] = Counter()
    for record in records:
        if key not in record:
            found["absent"] += 1
        elif record[key] is None:
            found["null"] += 1
        elif not str(record[key]).strip():
            found["empty"] += 1
        elif str(record[key]).strip().casefold() in _WORDS:
            found["word"] += 1
        elif str(record[key])[:4].isdecimal() and str(record[key])[:4] >= _FAR:
            found["far"] += 1
    return dict(found)


def repeated(values: Iterable[Any]) -> int:
    """How many values stand in the list beyond their first time."""
    listed = list(values)
    return len(listed) - len(set(listed))


def namesakes(pairs: Iterable[tuple[str, str]]) -> int:
    """How many names belong to several ids; pairs of id and name, letter case and blanks aside."""
    ids: dict[str, set[str]] = {}
    for key, name in pairs:
        ids.setdefault(" ".join(name.split()).casefold(), set()).add(key)
    return sum(1 for several in ids.values() if len(several) > 1)


def filled(records: Iterable[dict[str, Any]], keys: Iterable[str]) -> dict[str, int]:
    """How many records have a value that is not blank under each key."""
    listed = list(records)
    return {key: sum(1 for record in listed if str(record.get(key) or "").strip()) for key in keys}
