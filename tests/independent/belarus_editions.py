"""What two editions of the deputies' pages of Belarus say changed between them. Standard library only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.independent.reading import rows

FIRST, SECOND = "2017-06-01", "2018-09-14"
_FIELDS = ("name_ru", "birth_phrase_ru", "constituency", "roles_ru", "email", "website", "image", "source")


def changes(folder: Path, first: str = FIRST, second: str = SECOND) -> dict[str, Any]:
    """Bodies, memberships and people of the second edition against the first; `folder` is that of all data.

    Bodies and people are the same by their id (group_id, slug), a membership by both, whatever the group's name; rows
    that repeat a membership count once. `people`: for each field the slugs whose value differs, blanks at the ends
    aside; a value that came or went differs too.
    """
    bodies = [_bodies(folder, edition) for edition in (first, second)]
    seats = [_seats(folder, edition) for edition in (first, second)]
    people = [_people(folder, edition) for edition in (first, second)]
    kept = people[0].keys() & people[1].keys()
    return {
        "bodies_new": sorted(bodies[1].keys() - bodies[0].keys()),
        "bodies_gone": sorted(bodies[0].keys() - bodies[1].keys()),
        "bodies_renamed": sorted(
            key for key in bodies[0].keys() & bodies[1].keys() if bodies[0][key] != bodies[1][key]
        ),
        "memberships_begun": sorted(set(seats[1]) - set(seats[0])),
        "memberships_ended": sorted(set(seats[0]) - set(seats[1])),
        "rows": [len(each) for each in seats],
        "memberships": [len(set(each)) for each in seats],
        "people_new": sorted(people[1].keys() - people[0].keys()),
        "people_gone": sorted(people[0].keys() - people[1].keys()),
        "people": {
            field: sorted(slug for slug in kept if people[0][slug][field].strip() != people[1][slug][field].strip())
            for field in _FIELDS
        },
    }


def _bodies(folder: Path, edition: str) -> dict[str, str]:
    table = rows(folder / "groups" / f"belarus-house-2016.groups.{edition}.csv")
    return {row["group_id"]: row["name_ru"].strip() for row in table}


def _seats(folder: Path, edition: str) -> list[tuple[str, str]]:
    table = rows(folder / "groups" / f"belarus-house-2016.memberships.{edition}.csv")
    return [(row["slug"], row["group_id"]) for row in table]


def _people(folder: Path, edition: str) -> dict[str, dict[str, str]]:
    table = rows(folder / "legislators" / f"belarus-house-2016.deputies.{edition}.csv")
    return {row["slug"]: row for row in table}
