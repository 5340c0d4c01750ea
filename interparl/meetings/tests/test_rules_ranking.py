"""The order of one side: by the alphabet, by office, by seniority, by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.meetings.rules.ranking import BadNumbers, Ranked, Rule, by_hand, in_rank

ANNA = Ranked(1, "anna", lead=2, level=5, since=date(2012, 10, 18))
BORIS = Ranked(2, "boris", lead=0, level=3, since=date(2008, 10, 27))
VERA = Ranked(3, "vera", lead=2, level=1)
DARYA = Ranked(4, "darya", lead=1)
SIDE = (VERA, DARYA, BORIS, ANNA)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(Rule.ALPHABET, [1, 2, 4, 3]), (Rule.OFFICE, [2, 4, 3, 1]), (Rule.SENIORITY, [2, 1, 4, 3])],
)
def test_a_side_stands_in_the_order_of_the_rule(rule: Rule, expected: list[int]) -> None:
    assert in_rank(rule, SIDE) == expected


def test_who_has_no_known_office_comes_after_those_who_have_one() -> None:
    assert in_rank(Rule.OFFICE, (Ranked(1, "anna"), Ranked(2, "boris", level=6))) == [2, 1]


def test_those_without_a_number_follow_as_they_stood_when_ordered_by_hand() -> None:
    assert by_hand([5, 6, 7, 8], {6: " 20 ", 8: "3", 5: ""}) == [8, 6, 5, 7]


def test_numbers_given_twice_and_words_are_refused_together() -> None:
    with pytest.raises(BadNumbers) as refused:
        by_hand([5, 6, 7, 8], {5: "1", 6: "1", 7: "first", 8: "0"})
    assert (refused.value.wrong, refused.value.twice) == ((7, 8), (1,))


people = st.lists(
    st.builds(
        Ranked,
        key=st.integers(1, 40),
        name=st.sampled_from("abc"),
        lead=st.integers(0, 2),
        level=st.none() | st.integers(1, 6),
        since=st.none() | st.dates(),
    ),
    unique_by=lambda one: one.key,
)


@given(people, st.sampled_from([Rule.ALPHABET, Rule.OFFICE, Rule.SENIORITY]), st.randoms())
def test_nobody_is_lost_and_the_way_they_stood_does_not_matter(side: list[Ranked], rule: Rule, chance: object) -> None:
    mixed = list(side)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_rank(rule, mixed) == in_rank(rule, side)
    assert sorted(in_rank(rule, side)) == sorted(one.key for one in side)
