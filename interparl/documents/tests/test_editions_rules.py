"""What changed between two frozen lists, and what is left of one when a name goes."""

from __future__ import annotations

from typing import Any

import pytest

from interparl.documents.rules.editions import Difference, compared, digest_of, names_left, refs_of, without_names


def a_row(key: int, name: str = "", **facts: Any) -> dict[str, Any]:
    """A row about a person, a member unless told."""
    name = name or f"Person {key}"
    return {
        "of": ["directory.person", key],
        "facts": {"role": "member", "seat": None, "since": "2012"} | facts,
        "names": {"en": name, "ru": f"{name} по-русски"},
        "cells": {"en": [[name, "House", "ru"], ["member", ""]], "ru": [[f"{name} по-русски", ""], ["член", ""]]},
    }


CAME, ROLE, SEAT = Difference.CAME, Difference.ROLE, Difference.SEAT
NAME, DETAILS = Difference.NAME, Difference.DETAILS


@pytest.mark.parametrize(
    ("after", "differs", "number"),
    [
        ([a_row(1), a_row(2)], {}, 0),
        ([a_row(1, role="head"), a_row(2)], {0: {ROLE}}, 1),
        ([a_row(1), a_row(2, seat=7, since="2013")], {1: {SEAT, DETAILS}}, 1),
        ([a_row(1), a_row(2), a_row(3)], {2: {CAME}}, 1),
        ([a_row(3), a_row(1, "Another")], {0: {CAME}, 1: {NAME}}, 3),
        ([], {}, 2),
    ],
)
def test_changes_are_told_by_kind_when_lists_differ(after: Any, differs: Any, number: int) -> None:
    found = compared([a_row(1), a_row(2)], after)
    assert ({place: set(one) for place, one in found.differs.items()}, found.number) == (differs, number)


def test_who_is_gone_is_told_with_the_row_that_stood_there() -> None:
    found = compared([a_row(1), a_row(2)], [a_row(2)])
    assert ([row["of"][1] for row in found.gone], found.is_reordered) == ([1], False)


def test_another_order_is_one_change_when_everybody_stayed() -> None:
    found = compared([a_row(1), a_row(2), a_row(3)], [a_row(3), a_row(1), a_row(2)])
    assert (dict(found.differs), list(found.gone), found.is_reordered, found.number) == ({}, [], True, 1)


def test_two_rows_of_one_person_find_each_its_own_when_one_of_them_changes() -> None:
    before = [a_row(1, role="member"), a_row(1, role="secretary")]
    found = compared(before, [a_row(1, role="secretary"), a_row(1, role="head")])
    assert ({place: set(one) for place, one in found.differs.items()}, list(found.gone)) == ({1: {ROLE}}, [])
    assert found.was[1]["facts"]["role"] == "member"
    assert len(compared(before, [a_row(1, role="secretary")]).gone) == 1


def test_a_merged_record_is_the_one_that_is_left_when_lists_are_compared() -> None:
    left = {("directory.person", 9): ("directory.person", 1)}
    assert compared([a_row(9, "Person 1")], [a_row(1)], left).number == 0
    assert compared([a_row(9, "Person 1")], [a_row(1)]).number == 2


def test_a_language_that_one_list_lacks_says_nothing_of_the_names() -> None:
    shorter = a_row(1)
    del shorter["names"]["ru"]
    assert compared([a_row(1)], [shorter]).number == 0
    shorter["names"]["en"] = "Another"
    assert compared([a_row(1)], [shorter]).number == 1


def test_the_digest_is_the_same_however_keys_are_ordered_and_another_when_a_letter_is() -> None:
    one, other = {"rows": [], "title": {"en": "Ў"}}, {"title": {"en": "Ў"}, "rows": []}
    assert digest_of(one) == digest_of(other)
    assert digest_of(one) != digest_of({"rows": [], "title": {"en": "У"}})
    assert len(digest_of(one)) == 64


def test_the_name_goes_and_the_rest_of_the_row_stays_when_a_name_is_taken_out() -> None:
    content = {"rows": [a_row(1), a_row(2)]}
    refs, words = [("directory.person", 1)], {"en": "Erased 5", "ru": "Стёрто 5"}
    assert (names_left(content, refs), refs_of(content)) == (1, [("directory.person", 1), ("directory.person", 2)])
    left = without_names(content, refs, 5, words)
    assert "Person 1" not in str(left)
    row = left["rows"][0]
    assert (row["facts"], row["erased"], row["names"]) == (a_row(1)["facts"], 5, words)
    assert row["cells"] == {
        "en": [["Erased 5", "House", ""], ["member", ""]],
        "ru": [["Стёрто 5", "", ""], ["член", ""]],
    }
    assert left["rows"][1] == a_row(2)
    assert (names_left(left, refs), without_names(left, refs, 6, words)) == (0, left)
    assert compared(content["rows"], left["rows"]).number == 0


def an_item(key: int, **facts: Any) -> dict[str, Any]:
    """A row of a programme with two people in it."""
    return {
        "of": ["meetings.programmeitem", key],
        "facts": {"begins": "10:00", "text": {"en": "Talks"}, "place": {}, "people": [1, 2], "resources": []} | facts,
        "names": {},
        "cells": {"en": [["10:00", "", ""], ["Person 1, Person 2", "", ""]]},
        "among": [
            {
                "column": 1,
                "of": [["directory.person", 1], ["directory.person", 2]],
                "names": {"en": ["Person 1", "Person 2"]},
            }
        ],
    }


@pytest.mark.parametrize(
    ("fact", "value", "difference"),
    [
        ("begins", "10:30", Difference.HOURS),
        ("day", "2014-05-29", Difference.HOURS),
        ("place", {"en": "Hall"}, Difference.PLACE),
        ("text", {"en": "Lunch"}, Difference.TEXT),
        ("people", [1], Difference.PEOPLE),
        ("resources", [7], Difference.RESOURCES),
        ("way", 20, Difference.DETAILS),
    ],
)
def test_what_is_another_in_an_item_is_told_by_its_name(fact: str, value: Any, difference: Difference) -> None:
    found = compared([an_item(1), an_item(2)], [an_item(1), an_item(2, **{fact: value})])
    assert (found.differs, found.gone) == ({1: frozenset({difference})}, [])


def test_a_name_beside_goes_from_cell_and_list_when_it_is_taken_out() -> None:
    content = {"rows": [an_item(1), an_item(2)]}
    refs, words = [("directory.person", 2)], {"en": "Erased 5"}
    assert names_left(content, refs) == 2
    assert ("directory.person", 2) in refs_of(content)
    left = without_names(content, refs, 5, words)
    assert "Person 2" not in str(left)
    assert left["rows"][0]["cells"]["en"][1] == ["Person 1, Erased 5", "", ""]
    assert (names_left(left, refs), without_names(left, refs, 6, words)) == (0, left)
    assert compared(content["rows"], left["rows"]).number == 0


def test_the_role_goes_with_the_name_and_is_no_difference_then() -> None:
    row = a_row(1) | {"roles": {"en": "minister", "ru": "министр"}}
    row["cells"] = {"en": [["Person 1", "", ""], ["minister", "", ""]], "ru": [["Лицо 1", "", ""], ["министр", "", ""]]}
    row["names"] = {"en": "Person 1", "ru": "Лицо 1"}
    left = without_names({"rows": [row]}, [("directory.person", 1)], 5, {"en": "Erased 5", "ru": "Стёрто 5"})["rows"][0]
    assert ("minister" in str(left["cells"]), left["roles"]) == (False, {"en": "", "ru": ""})
    assert compared([row], [left]).number == 0
    other = row | {"roles": {"en": "ambassador", "ru": "посол"}}
    assert compared([row], [other]).differs == {0: frozenset({Difference.ROLE})}
