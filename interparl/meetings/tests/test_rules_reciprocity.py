"""Reciprocity: who was visited owes a visit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.meetings.rules.reciprocity import Turn, Visit, turn

DAY = date(2016, 5, 9)
directions: st.SearchStrategy[Literal["in", "out"]] = st.sampled_from(["in", "out"])
visits = st.lists(st.builds(Visit, st.dates(DAY, DAY + timedelta(days=6)), directions, st.integers(1, 6)), max_size=8)


def at(days: int, direction: Literal["in", "out"], level: int = 1) -> Visit:
    """A visit so many days later."""
    return Visit(DAY + timedelta(days=days), direction, level)


@pytest.mark.parametrize(
    ("several", "whose"),
    [
        ([], ""),
        ([at(0, "in")], "ours"),
        ([at(0, "out")], "theirs"),
        ([at(0, "in"), at(1, "out")], "theirs"),
        ([at(1, "out"), at(0, "in"), at(2, "in"), at(0, "out")], "ours"),
        ([at(0, "in"), at(0, "out")], ""),
        ([at(0, "in"), at(1, "out"), at(1, "in")], ""),
        ([at(0, "out", 1), at(1, "in", 6)], "ours"),
    ],
)
def test_after_the_last_visit_it_is_the_turn_of_the_other_side(several: list[Visit], whose: str) -> None:
    assert turn(several).whose == whose


def test_the_last_visits_are_told_with_their_level() -> None:
    several = [at(0, "in", 2), at(3, "in", 5), at(3, "in", 3), at(1, "out", 4), at(-9, "in", 1)]
    assert turn(several) == Turn("ours", at(3, "in", 3), at(1, "out", 4), 3)


@given(visits)
def test_order_does_not_matter_and_sides_mirror_each_other(several: list[Visit]) -> None:
    ours = turn(several)
    assert turn(several[::-1]) == ours
    theirs = turn([Visit(one.day, "out" if one.direction == "in" else "in", one.level) for one in several])
    assert theirs.balance == -ours.balance
    assert theirs.whose == {"ours": "theirs", "theirs": "ours", "": ""}[ours.whose]
    # The turn goes over with the next visit.
    assert turn([*several, at(7, "out")]).whose == "theirs"
