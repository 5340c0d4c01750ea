"""Counts of the European Parliament's table of members. Standard library only."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from tests.independent.reading import filled, namesakes, repeated, rows

_NAMES = ("mep_given_name", "mep_family_name")
_LOST = re.compile(r"\?|\ufffd")
_LINKS = ("mep_homepage", "mep_twitter", "mep_facebook_page", "mep_facebook_profile", "mep_instagram")
# More members than a state may elect stand under a smaller one when names of states were exchanged.
_MOST = {"Estonia": 15, "Malta": 15, "Luxembourg": 15, "Cyprus": 15, "Latvia": 20, "Slovenia": 20}
_LEAST = {"Spain": 40, "Germany": 80, "France": 60, "Italy": 60, "Poland": 40}


def members(path: Path) -> dict[str, Any]:
    """A term's members, one a row; the bytes are Windows-1252.

    `lost_names`: rows with a letter lost (“?”) in given or family name; `lost_native`: in the names in one's own
    script; `lost_places`: in the place of birth. `impossible_citizenships`: states with more or fewer members than
    they can have, that is what the file alone shows of names that were exchanged. `times`: birth days by the hour that
    clings to them. `emails`: addresses, `several_emails`: rows with more than one, parted by “;”.
    """
    table = rows(path, "cp1252")
    emails = [_emails(row["mep_email"]) for row in table]
    citizens = Counter(row["mep_citizenship"] for row in table)
    return {
        "rows": len(table),
        "persons": len({row["mep_identifier"] for row in table}),
        "repeated": repeated(row["mep_identifier"] for row in table),
        "namesakes": namesakes((row["mep_identifier"], " ".join(row[name] for name in _NAMES)) for row in table),
        "citizenships": dict(citizens),
        "impossible_citizenships": sorted(
            [state for state, most in _MOST.items() if citizens[state] > most]
            + [state for state, least in _LEAST.items() if 0 < citizens[state] < least]
        ),
        "lost_names": sum(1 for row in table if any(_LOST.search(row[name]) for name in _NAMES)),
        "lost_native": sum(1 for row in table if _LOST.search(_native(row))),
        "lost_places": sum(1 for row in table if _LOST.search(row["mep_place_of_birth"])),
        "native_names": sum(1 for row in table if _native(row).strip()),
        "times": dict(Counter(row["mep_birthday"][10:].strip() for row in table if row["mep_birthday"])),
        "births": sum(1 for row in table if re.match(r"\d\d/\d\d/\d{4}", row["mep_birthday"])),
        "deaths": sum(1 for row in table if re.match(r"\d\d/\d\d/\d{4}", row["mep_death_date"])),
        "undecided_births": sum(1 for row in table if _either_order(row["mep_birthday"])),
        "emails": sum(len(each) for each in emails),
        "several_emails": sum(1 for each in emails if len(each) > 1),
        "links": filled(table, _LINKS),
        "filled": filled(table, table[0]),
        "genders": dict(Counter(row["mep_gender"] for row in table)),
    }


def _native(row: dict[str, str]) -> str:
    return f"{row['mep_official_given_name']} {row['mep_official_family_name']}"


def _emails(text: str) -> list[str]:
    found = [part.strip().removeprefix("mailto:") for part in text.split(";")]
    return [part for part in found if part]


def _either_order(date: str) -> bool:
    """Whether day and month may be exchanged without anybody noticing: both at most 12, and different."""
    found = re.match(r"(\d\d)/(\d\d)/", date)
    return found is not None and int(found.group(1)) <= 12 and found.group(1) != found.group(2)
