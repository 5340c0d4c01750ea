"""Rules of the directory that need no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.core.dates import PartialDate, Span
from interparl.directory.rules import full_name, register_name, surely_outside, would_cycle


def span(since: str, until: str) -> Span:
    """A span of two texts; "" is open."""
    return Span(PartialDate.parse(since) if since else None, PartialDate.parse(until) if until else None)


TERM = span("2012-10-18", "2016-09-10")


@pytest.mark.parametrize(
    ("since", "until", "is_outside"),
    [
        ("2012-10-18", "2016-09-10", False),
        ("2013", "2014", False),
        ("2012-10-17", "2016-09-10", True),
        ("2012-10-18", "2016-09-11", True),
        ("2012-10", "2016-09", False),
        ("2012-10", "2016-10", True),
        ("2012-10", "2016", False),
        ("2012-09", "2016", True),
        ("2012", "", True),
        ("", "2014", True),
        ("..2012-10-18", "2014", False),
        ("2014", "2016..", False),
        ("2020", "", True),
        ("2020", "2019", False),
    ],
)
def test_a_span_is_outside_a_term_when_a_certain_day_of_it_is(since: str, until: str, is_outside: bool) -> None:
    assert surely_outside(span(since, until), [TERM]) == is_outside


def test_a_span_is_inside_when_one_of_several_terms_holds_it() -> None:
    earlier = span("2008-10-27", "2012-10-17")
    assert not surely_outside(span("2013", "2014"), [earlier, TERM])
    assert surely_outside(span("2012-01-01", "2013-01-01"), [earlier, TERM])
    assert not surely_outside(span("2020", ""), [])


@pytest.mark.parametrize(
    ("key", "parent", "parents", "is_ring"),
    [
        (1, None, {}, False),
        (1, 1, {}, True),
        (1, 2, {2: None}, False),
        (1, 2, {2: 1}, True),
        (1, 3, {3: 2, 2: 1}, True),
        (1, 3, {3: 2, 2: 4}, False),
        (None, 2, {2: 3, 3: None}, False),
        (1, 2, {2: 3, 3: 2}, True),
    ],
)
def test_a_parent_makes_a_ring_when_it_hangs_on_the_row_itself(
    key: int | None, parent: int | None, parents: dict[int, int | None], is_ring: bool
) -> None:
    assert would_cycle(key, parent, parents) == is_ring


@given(st.dictionaries(st.integers(1, 8), st.integers(1, 8) | st.none()), st.integers(1, 8), st.integers(1, 8))
def test_a_tree_stays_a_tree_when_only_allowed_parents_are_given(
    wanted: dict[int, int | None], key: int, parent: int
) -> None:
    parents: dict[int, int | None] = {}
    for child, above in [*wanted.items(), (key, parent)]:
        if not would_cycle(child, above, parents):
            parents[child] = above
    for child in parents:
        seen, at = set(), child
        while (above := parents.get(at)) is not None:
            assert above not in seen
            seen.add(above)
            at = above


@pytest.mark.parametrize(
    ("given_name", "patronymic", "family", "running", "register"),
    [
        ("Ганна", "Іванаўна", "Прыклад", "Ганна Іванаўна Прыклад", "Прыклад Ганна Іванаўна"),
        ("Anna", "", "Example", "Anna Example", "Example Anna"),
        ("", "", "Example", "Example", "Example"),
        ("Anna", "", "", "Anna", "Anna"),
        ("", "", "", "", ""),
    ],
)
def test_a_name_is_put_together_of_its_parts_when_some_are_missing(
    given_name: str, patronymic: str, family: str, running: str, register: str
) -> None:
    assert full_name(given_name, patronymic, family) == running
    assert register_name(given_name, patronymic, family) == register
