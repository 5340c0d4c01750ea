"""What a change of convocation has to find in the demonstration, counted from its files. Standard library only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "interparl" / "config" / "demo" / "data"
ENDING, LAST_OF_HOUSE, FIRST_OF_NEXT = 5, "2016-10-10", "2016-10-11"
LAPSING = {"working group": "groups", "delegation": "delegations", "occasional delegation": "delegations"}


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _lasts(row: dict[str, Any], day: str) -> bool:
    return row.get("since", "") <= day and (not row.get("until") or row["until"] >= day)


def closing() -> dict[str, list[str]]:
    """The codes of the home parliament's bodies that close, by the heading under which they are listed."""
    found: dict[str, list[str]] = {"groups": [], "delegations": [], "parts": [], "chambers": []}
    for row in _read("bodies"):
        if row["parliament"] == "BY" and row["convocation"] == ENDING and _lasts(row, LAST_OF_HOUSE):
            found[LAPSING[row["kind"]]].append(row["code"])
        for part in row.get("parts", ()):
            if part["parliament"] == "BY" and part["convocation"] == ENDING and _lasts(part, LAST_OF_HOUSE):
                found["parts"].append(row["code"])
    for row in _read("home")["standing_committees"]:
        if row["convocation"] == ENDING and _lasts(row, LAST_OF_HOUSE):
            found["chambers"].append(row["code"])
    return {heading: sorted(codes) for heading, codes in found.items()}


def last_days() -> dict[str, str]:
    """The last day of each chamber in the convocation that ends."""
    return {row["chamber"]: row["until"] for row in _read("home")["terms"] if row["convocation"] == ENDING}


def written_to() -> list[str]:
    """The codes of parliaments and organisations that are told of the new convocation."""
    parliaments = {row["parliament"] for row in _read("relations") if row.get("parliament") and _goes_on(row)}
    organisations = {
        row["code"]
        for row in _read("organisations")
        for status in row.get("statuses", ())
        if status["parliament"] == "BY" and status["status"] != "none" and _goes_on(status)
    }
    return sorted(parliaments) + sorted(organisations)


def _goes_on(row: dict[str, Any]) -> bool:
    return not row.get("until") or row["until"] >= FIRST_OF_NEXT


def offices() -> list[tuple[str, str, int]]:
    """The offices in assemblies that last: organisation, delegation, and the place of the holder in it."""
    rows = [row for row in _read("assembly_offices") if not row.get("until")]
    return sorted((row["organisation"], row["body"], row["place"]) for row in rows)
