"""Counts of lists of parliamentary groups and who sits in them. Standard library and openpyxl only."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl

from tests.independent.reading import document, filled, lines, repeated, rows, ways_of_no_end

_CONTACTS = (
    "registered_contact_name",
    "registered_contact_address",
    "registered_contact_email",
    "public_enquiry_point_name",
    "public_enquiry_point_email",
    "secretariat",
)


def belarus_groups(path: Path) -> dict[str, Any]:
    """Groups named on deputies' pages: one a row; the kind is that of the site."""
    table = rows(path)
    return {
        "rows": len(table),
        "bodies": len({row["group_id"] for row in table}),
        "kinds": dict(Counter(row["kind"] for row in table)),
        "repeated_names": repeated(row["name_ru"] for row in table),
        # The site files working groups under delegations.
        "groups_among_delegations": sum(
            1 for row in table if row["kind"] == "delegation" and row["name_ru"].startswith("Рабочая группа")
        ),
    }


def belarus_memberships(path: Path) -> dict[str, int]:
    """Who sat where: a membership is a person and a group, whatever the name of the group; rows may repeat it."""
    table = rows(path)
    pairs = [(row["slug"], row["group_id"]) for row in table]
    return {
        "rows": len(table),
        "memberships": len(set(pairs)),
        "repeated": repeated(pairs),
        "persons": len({row["slug"] for row in table}),
        "bodies": len({row["group_id"] for row in table}),
    }


def uk_register(path: Path) -> dict[str, Any]:
    """The British register, one group a row.

    `links`: addresses in the column website, where “None” is a word for none, as among the contacts. `no_meeting`: how
    the table says that no general meeting is known.
    """
    table = rows(path)
    return {
        "rows": len(table),
        "bodies": len({row["slug"] for row in table}),
        "contacts": filled([{key: row[key].replace("None", "") for key in _CONTACTS} for row in table], _CONTACTS),
        "links": sum(1 for row in table if row["website"].startswith("http")),
        "website_none": sum(1 for row in table if row["website"] == "None"),
        "no_meeting": ways_of_no_end(table, "date_of_most_recent_agm"),
        "benefits": sum(1 for row in table if row["detailed_benefits"]),
        "repeated_titles": repeated(row["title"] for row in table),
    }


def uk_members(path: Path) -> dict[str, Any]:
    """Officers and members of the British groups.

    A row is a person in a group as one source says it. `persons_by_id`: distinct twfy ids; `names_without_id`:
    distinct names of the rows that have none, canon_name where it is given, letter case and blanks aside.
    `same_person_twice`: rows beyond the first with the same group and id, or the same group and name where there is no
    id: an officer is listed among the members again. `offices` by the text of the role, which may hold two (“Chair &
    Registered Contact”). `other_spelling`: name and canon_name differ, “ MP” at the end aside.
    """
    table = rows(path)
    keys = [(row["appg"], row["twfy_id"] or row["name"].removesuffix(" MP")) for row in table]
    return {
        "rows": len(table),
        "bodies": len({row["appg"] for row in table}),
        "memberships": len(set(keys)),
        "same_person_twice": repeated(keys),
        "repeated": repeated(tuple(row.values()) for row in table),
        "persons_by_id": len({row["twfy_id"] for row in table if row["twfy_id"]}),
        "without_id": sum(1 for row in table if not row["twfy_id"]),
        "names_without_id": len({_plain(row["canon_name"] or row["name"]) for row in table if not row["twfy_id"]}),
        "identifiers": {scheme: len(_ids(table, scheme)) for scheme in ("twfy", "mnis")},
        "distinct_identifiers": {scheme: len(set(_ids(table, scheme))) for scheme in ("twfy", "mnis")},
        "offices": dict(Counter(row["officer_role"] for row in table if row["officer_role"])),
        "officers": sum(1 for row in table if row["is_officer"] == "True"),
        "officers_without_role": sum(1 for row in table if row["is_officer"] == "True" and not row["officer_role"]),
        "houses": dict(Counter(row["member_type"] for row in table)),
        "sources": dict(Counter(row["source"] for row in table)),
        "other_spelling": sum(1 for row in table if row["canon_name"] not in {"", row["name"].removesuffix(" MP")}),
    }


def _ids(table: list[dict[str, str]], scheme: str) -> list[str]:
    """The ids that the rows give; “None” is a word for none."""
    return [row[f"{scheme}_id"] for row in table if row[f"{scheme}_id"] not in {"", "None"}]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def group_objects(groups: list[dict[str, Any]]) -> dict[str, Any]:
    """Groups as objects with officers and a list of members: one of Britain, or a file of Wales.

    `memberships`: distinct persons in each group, by twfy id, else by the name without “ MP” at its end, letter case
    and blanks aside; so an officer who is among the members counts once. Who was `removed` counts for nothing else.
    """
    listed = [(group["slug"], each) for group in groups for each in group["officers"]]
    listed_members = [(group["slug"], each) for group in groups for each in group["members_list"]["members"]]
    officers = [one for one in listed if not one[1]["removed"]]
    members = [one for one in listed_members if not one[1]["removed"]]
    everybody = officers + members
    people = {each["twfy_id"] or _plain(each["name"].removesuffix(" MP")) for _, each in everybody}
    return {
        "bodies": len({group["slug"] for group in groups}),
        "officers": len(officers),
        "members": len(members),
        "memberships": len(
            {(slug, each["twfy_id"] or _plain(each["name"].removesuffix(" MP"))) for slug, each in everybody}
        ),
        "persons": len(people),
        "without_id": sum(1 for _, each in everybody if not each["twfy_id"]),
        "offices": dict(Counter(each["role"] for _, each in officers)),
        "contacts": filled([group["contact_details"] for group in groups], _CONTACTS),
        "links": sum(1 for group in groups if group["contact_details"]["website"]["url"]),
        "removed": sum(1 for _, each in listed + listed_members if each["removed"]),
    }


def uk_group(path: Path) -> dict[str, Any]:
    """One British group in a file of its own."""
    return group_objects([document(path)])


def wales(path: Path) -> dict[str, Any]:
    """The groups of Wales in one language, one a line."""
    return group_objects(lines(path))


def wales_pair(english: Path, welsh: Path) -> dict[str, int]:
    """Both languages of Wales: groups in both by their slug, and how many of those have the same title in both."""
    one, other = ({group["slug"]: group["title"] for group in lines(path)} for path in (english, welsh))
    both = one.keys() & other.keys()
    return {
        "both": len(both),
        "one_only": len(one.keys() ^ other.keys()),
        "same": sum(one[s] == other[s] for s in both),
    }


def portugal_groups(path: Path) -> dict[str, Any]:
    """Friendship groups or delegations of Portugal.

    `bodies`: distinct names without blanks at the ends, since a delegation may stand several times under other ids;
    `rows` counts them all. Members are the entries of the composition, `no_end` how these say it.
    """
    groups = document(path)
    members = [each for group in groups for each in group["Composicao"]]
    return {
        "rows": len(groups),
        "ids": len({group["Id"] for group in groups}),
        "bodies": len({group["Nome"].strip() for group in groups}),
        "repeated": repeated(group["Nome"].strip() for group in groups),
        "blank_edges": sum(1 for group in groups if group["Nome"] != group["Nome"].strip()),
        "with_members": sum(1 for group in groups if group["Composicao"]),
        "memberships": len(members),
        "members_without_id": sum(1 for each in members if not each["Id"]),
        "offices": dict(Counter(each["Cargo"] for each in members)),
        "no_end": ways_of_no_end(members, "DataFim"),
        "meetings": sum(len(group.get("Reunioes") or []) for group in groups),
        "visits": sum(len(group.get("Visitas") or []) for group in groups),
    }


def uk_return(path: Path) -> dict[str, Any]:
    """A group's return on a questionnaire, a workbook: members and meetings stand below a heading in some row.

    The heading row of a sheet is the first that has the word “Name” (members) or “Date” (meetings) in its first cell;
    rows below it count when their first cell is filled, but for the printed “Add more rows as needed”.
    """
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    book.close()
    members = [row for table in sheets.values() for row in _below(table, "Name", columns=4)]
    meetings = [row for table in sheets.values() for row in _below(table, "Date", columns=2)]
    return {
        "sheets": len(sheets),
        "members": len(members),
        "blank_edges": sum(1 for row in members if row[0] != str(row[0]).strip()),
        "parties": dict(Counter(str(row[1]).strip() for row in members)),
        "offices": dict(Counter(str(row[2]).strip() for row in members)),
        "houses": dict(Counter(str(row[3]).strip() for row in members)),
        "meetings": len(meetings),
    }


def _below(table: list[list[Any]], heading: str, *, columns: int) -> list[list[Any]]:
    at = next((number for number, row in enumerate(table) if row and row[0] == heading), None)
    if at is None or sum(1 for cell in table[at] if cell) < columns:
        return []
    rest = table[at + 1 :]
    return [row for row in rest if row and row[0] and "Add more rows" not in str(row[0])]


def register_changes(path: Path) -> dict[str, Any]:
    """What changed between two editions of a register; no import, but the key for a report of changes.

    `fields`: changed values by the first part of their key (before “__”). `filled_in`, `emptied`: from or to nothing.
    """
    given = document(path)
    changes = [change for group in given["differences"] for change in group["differences"]]
    return {
        "editions": [given["previous_index"], given["current_index"]],
        "added": len(given["added_appgs"]),
        "removed": len(given["removed_appgs"]),
        "updated": len(given["updated_appgs"]),
        "changes": len(changes),
        "fields": dict(Counter(change["key"].split("__")[0] for change in changes)),
        "filled_in": sum(1 for change in changes if not change["old_value"] and change["new_value"]),
        "emptied": sum(1 for change in changes if change["old_value"] and not change["new_value"]),
    }
