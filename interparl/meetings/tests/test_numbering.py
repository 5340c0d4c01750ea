"""Numbers of agendas by place, and steps of a line."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interparl.meetings.rules.numbering import STEPS, parents, placed, spread, stepped

outlines = st.lists(st.integers(0, 4), max_size=12)


def test_items_are_numbered_by_place_when_they_stand_in_a_tree() -> None:
    rows = [(1, None), (2, 1), (5, 2), (3, 1), (4, None)]
    assert [(one.key, one.number, one.depth) for one in placed(rows)] == [
        (1, "1", 0),
        (2, "1.1", 1),
        (5, "1.1.1", 2),
        (3, "1.2", 1),
        (4, "2", 0),
    ]


def test_no_item_is_lost_when_its_upper_one_is_missing_or_it_stands_under_itself() -> None:
    rows = [(1, 99), (2, 3), (3, 2), (4, 4)]
    found = placed(rows)
    assert sorted(one.key for one in found) == [1, 2, 3, 4]
    assert len({one.number for one in found}) == 4


@given(outlines)
def test_an_outline_comes_back_when_its_numbers_are_read(depths: list[int]) -> None:
    above = parents(depths)
    found = placed(enumerate(above))
    assert [one.key for one in found] == list(range(len(depths)))
    assert [one.parent for one in found] == above


@given(outlines, st.integers(-1, 13), st.sampled_from([*STEPS, "sideways"]))
def test_every_line_is_there_once_when_one_was_moved(depths: list[int], position: int, step: str) -> None:
    found = stepped(depths, position, step)
    assert sorted(at for at, _depth in found) == list(range(len(depths)))
    assert all(depth >= 0 for _at, depth in found)


def test_a_line_moves_with_what_stands_under_it_when_it_passes_its_neighbour() -> None:
    depths = [0, 0, 1, 0]
    assert [at for at, _depth in stepped(depths, 1, "up")] == [1, 2, 0, 3]
    assert [at for at, _depth in stepped(depths, 1, "down")] == [0, 3, 1, 2]
    assert stepped(depths, 0, "up") == list(enumerate(depths))
    assert [depth for _at, depth in stepped(depths, 1, "in")] == [0, 1, 2, 0]
    assert [depth for _at, depth in stepped(depths, 2, "out")] == [0, 0, 0, 0]


@given(st.lists(st.integers(1, 50), max_size=8), st.integers(0, 12))
def test_numbers_rise_when_they_are_given_out_beside_others(taken: list[int], number: int) -> None:
    found = spread(taken, number)
    assert len(found) == number
    assert all(left < right for left, right in pairwise(found))


def test_numbers_are_used_again_when_the_same_items_change_places() -> None:
    assert spread([7, 2, 4], 3) == [2, 4, 7]
