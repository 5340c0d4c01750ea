"""The demo set's rules of composition and moved days: as their sources have them, and about what the set has."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import holidays

FOLDER = Path(__file__).resolve().parents[1] / "interparl" / "config" / "demo" / "data"

Row = dict[str, Any]


def rows_of(name: str) -> list[Row]:
    """The rows of one file."""
    found: list[Row] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


RULES, MOVED = rows_of("composition_rules"), rows_of("moved_days")
ORGANISATIONS, PARLIAMENTS = rows_of("organisations"), rows_of("parliaments")
WEEKEND = {5, 6}


def test_rules_of_the_speakers_and_of_the_union_are_those_of_their_sources() -> None:
    sent = [row for row in RULES if row["body_kind"] == "occasional-delegation" and row["family"] == "size"]
    found = {row["organisation"]: (row.get("parliament"), row["most"], row["source"]) for row in sent[:2]}
    assert found == {
        "ipu": (None, 8, "bundestag-ipu-2008"),
        "world-speakers": ("BY", 10, "npc-2010-speakers"),
    }
    # The other number of each stands in its note, with the case in which it holds.
    assert [row["note"]["en"] for row in sent[:2]] == [
        "Ten where the country has at least 100 million inhabitants.",
        "For a parliament of two chambers; for one of one chamber at most six.",
    ]
    [home] = [row for row in PARLIAMENTS if row["code"] == "BY"]
    assert [chamber["kind"] for chamber in home["chambers"]] == ["lower", "upper"]


def test_rules_name_what_the_set_has() -> None:
    organisations = {row["code"] for row in ORGANISATIONS}
    assert {row["organisation"] for row in RULES if "organisation" in row} - organisations == set()
    assert {row["parent"] for row in ORGANISATIONS if "parent" in row} - organisations == set()
    assert {row["parliament"] for row in RULES if "parliament" in row} - {row["code"] for row in PARLIAMENTS} == set()


def test_each_moved_day_is_worked_in_place_of_another_as_the_package_has_it() -> None:
    free = [date.fromisoformat(row["day"]) for row in MOVED if row["becomes"] == "free"]
    worked = [date.fromisoformat(row["day"]) for row in MOVED if row["becomes"] == "working"]
    assert (len(free), len(worked), len(set(free + worked))) == (11, 11, 22)
    assert {day.weekday() in WEEKEND for day in free} == {False}
    assert {day.weekday() in WEEKEND for day in worked} == {True}
    known = holidays.country_holidays("BY", years=range(2013, 2017))
    assert [day for day in free if day not in known] == []
    assert {row["country"] for row in MOVED} == {"BY"}


def test_every_rule_and_every_moved_day_says_how_well_it_is_known() -> None:
    assert {row["grade"] for row in MOVED} == {"stated"}
    assert {row["grade"] for row in RULES} == {"stated", "likely", "illustrative"}
