"""Talks of the demonstration that the public knows of, counted from its files. Standard library only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "interparl" / "config" / "demo" / "data"
HOME = "BY"
KINDS = ("parliamentarian", "politician", "diplomat", "businessperson", "statesperson")


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def began(day: str) -> str:
    """The first day of the convocation of that day."""
    return max(str(row["since"]) for row in _read("home")["convocations"] if row["since"] <= day)


def talks(day: str) -> dict[str, list[str]]:
    """The codes of the public talks of the convocation that were over before the day, by who came from abroad."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in _read("events"):
        last = row.get("until", row["since"])
        is_held = row["kind"] == "talks" and row.get("public") and began(day) <= row["since"] and last < day
        for kind in _from_abroad(row) if is_held and row.get("stage") not in ("cancelled", "postponed") else ():
            found[kind].append(row["code"])
    return found


def _from_abroad(row: dict[str, Any]) -> set[str]:
    kinds: set[str] = set()
    for group in row.get("people", ()):
        if "ambassador" in group:
            kinds.add("diplomat")
        elif "partner" in group and group["partner"] != HOME:
            kinds.add("parliamentarian")
        elif group.get("country", HOME) != HOME:
            kinds.update(capacity for _name, capacity, _role in group["guests"])
    return kinds & set(KINDS)
