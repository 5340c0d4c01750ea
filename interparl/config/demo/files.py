"""Reading the demonstration files, and turning their rows into records."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from interparl.core.models import Grade, Mark, Source
from interparl.core.records import Record
from interparl.core.translated import Stored, written

FOLDER = Path(__file__).resolve().parent / "data"
# Registers of the demonstration are public since the 4th convocation began.
PUBLISHED_ON = "2008-10-27"


@cache
def read(name: str) -> Any:
    """The content of one file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def text(value: dict[str, str] | None) -> Stored:
    """A translated text of the files: English is the source, the others were made from it and read."""
    return written(value or {}, source="en")


def first_source(row: dict[str, Any]) -> str:
    """The key of the source that the row rests on."""
    return str(row.get("source") or row["sources"][0])


class Sources:
    """The sources by key."""

    def __init__(self) -> None:
        self.records: dict[str, Source] = {}

    def common(self, row: dict[str, Any]) -> dict[str, Any]:
        """What every record of the set carries: mark, publication, grade, source and note of its row."""
        return {
            "mark": Mark.PUBLIC,
            "published_on": PUBLISHED_ON,
            "grade": row["grade"],
            "source": self.records[first_source(row)],
            "note": text(row.get("note")),
        }

    def invented(self) -> dict[str, Any]:
        """What every invented record carries."""
        return {
            "mark": Mark.PUBLIC,
            "published_on": PUBLISHED_ON,
            "grade": Grade.ILLUSTRATIVE,
            "source": self.records["demo"],
        }


def filled(record: Record, values: dict[str, Any]) -> Record:
    """The record with these values."""
    for name, value in values.items():
        setattr(record, name, value)
    return record
