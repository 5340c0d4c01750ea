"""Counts told to the public."""

from hypothesis import given
from hypothesis import strategies as st

from interparl.language.public_count import more_than


def test_more_than_is_the_largest_ten_strictly_below() -> None:
    counts = [-5, 0, 1, 9, 10, 11, 20, 21, 60, 61, 64, 100, 101, 1000]
    assert [more_than(count) for count in counts] == [
        None,
        None,
        None,
        None,
        None,
        10,
        10,
        20,
        50,
        60,
        60,
        90,
        100,
        990,
    ]


@given(st.integers(11, 10**9))
def test_more_than_is_a_true_and_close_statement(count: int) -> None:
    told = more_than(count)
    assert told is not None
    assert (told % 10, told < count, count - told <= 10) == (0, True, True)
