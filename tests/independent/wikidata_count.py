"""Counts of tables of mandates and people that were drawn from Wikidata and its sister. Standard library only."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

from tests.independent.reading import filled, kinds_of_dates, namesakes, repeated, rows, ways_of_no_end


def positions(path: Path, of: str = "") -> dict[str, Any]:
    """A table of who held which position (position, person, personID, start, end); `of`: only positions so called.

    Persons are the distinct ids. A position is one text. A row is a mandate or office; `repeated` are rows beyond the
    first that agree in all columns, `same_start` those that agree in person, position and start. `backwards`: the end,
    cut to the length of the start, stands before it. `several_names`: persons with more than one spelling.
    """
    table = [row for row in rows(path) if of in row["position"]]
    return {
        "rows": len(table),
        "persons": len({row["personID"] for row in table}),
        "positions": dict(Counter(row["position"] for row in table)),
        "starts": kinds_of_dates(row["start"] for row in table),
        "ends": kinds_of_dates(row["end"] for row in table),
        "no_end": ways_of_no_end(table, "end"),
        "repeated": repeated(tuple(row.values()) for row in table),
        "same_start": repeated((row["personID"], row["position"], row["start"]) for row in table),
        "backwards": sum(1 for row in table if _backwards(row["start"], row["end"])),
        "several_names": _several_names((row["personID"], row["person"]) for row in table),
        "namesakes": namesakes((row["personID"], row["person"]) for row in table),
    }


def members(path: Path) -> dict[str, Any]:
    """A table of members of one chamber (item, itemLabel, startDate, endDate, perhaps psid): a row is a mandate."""
    table = rows(path)
    return {
        "rows": len(table),
        "persons": len({row["item"] for row in table}),
        "starts": kinds_of_dates(row["startDate"] for row in table),
        "ends": kinds_of_dates(row["endDate"] for row in table),
        "no_end": ways_of_no_end(table, "endDate"),
        "repeated": repeated(tuple(row.values()) for row in table),
        "same_start": repeated((row["item"], row["startDate"]) for row in table),
        "backwards": sum(1 for row in table if _backwards(row["startDate"], row["endDate"])),
        "statements": len({row["psid"] for row in table if row.get("psid")}),
        "namesakes": namesakes((row["item"], row["itemLabel"]) for row in table),
    }


def people(path: Path) -> dict[str, Any]:
    """A table of persons with a birth date and its precision (id or item; dob; dobp or dobPrecision).

    A precision of 11 is a day, 10 a month, 9 a year. `posing`: dates written as a whole day of 1 January though the
    precision says year, or first of a month though it says month. `born`: by what the date truly says, precision first;
    “no such day” is a whole day that no calendar has.
    """
    table = rows(path)
    key = "id" if "id" in table[0] else "item"
    precision = "dobp" if "dobp" in table[0] else "dobPrecision"
    return {
        "rows": len(table),
        "persons": len({row[key] for row in table}),
        "repeated": repeated(row[key] for row in table),
        "namesakes": namesakes((row[key], row["name"]) for row in table),
        "born": dict(Counter(_true_kind(row["dob"], row[precision]) for row in table)),
        "posing": sum(1 for row in table if len(row["dob"]) == 10 and row[precision] in {"9", "10"}),
        "genders": dict(Counter(row["gender"] for row in table)),
        "filled": filled(table, (column for column in table[0] if column not in {key, "name"})),
    }


def names_only(path: Path) -> dict[str, Any]:
    """A table of ids and names alone."""
    table = rows(path)
    key = next(iter(table[0]))
    return {
        "rows": len(table),
        "persons": len({row[key] for row in table}),
        "repeated": repeated(row[key] for row in table),
        "namesakes": namesakes((row[key], row["name"]) for row in table),
    }


def shared(first: Path, second: Path, key: str = "item") -> dict[str, int]:
    """How many ids two tables share, and how many only one of them has."""
    one, other = ({row[key] for row in rows(path)} for path in (first, second))
    return {"both": len(one & other), "first_only": len(one - other), "second_only": len(other - one)}


def _true_kind(date: str, precision: str) -> str:
    if not date.strip():
        return "none"
    if precision == "11" and not _is_a_day(date):
        return "no such day"
    return {"11": "day", "10": "month", "9": "year"}.get(precision, "unknown")


def _is_a_day(date: str) -> bool:
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def _backwards(start: str, end: str) -> bool:
    length = min(len(start), len(end))
    return length > 0 and end[:length] < start[:length]


def _several_names(pairs: Any) -> int:
    names: dict[str, set[str]] = {}
    for key, name in pairs:
        names.setdefault(key, set()).add(" ".join(name.split()))
    return sum(1 for several in names.values() if len(several) > 1)
