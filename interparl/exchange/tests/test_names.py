"""Splitting names only where there is no doubt."""

from __future__ import annotations

import pytest

from interparl.exchange.rules import split_name


@pytest.mark.parametrize(
    ("text", "upper_first", "expected"),
    [
        ("VOLKOV MIKHAIL", True, ("VOLKOV", "MIKHAIL")),
        ("VOLKOV MIKHAIL", False, None),
        ("VOLKOV MIKHAIL PETROVICH", True, None),
        ("ABDIROV Nurlan Mazhitovich", True, ("ABDIROV", "Nurlan Mazhitovich")),
        ("DE WET Jan", True, ("DE WET", "Jan")),
        ("BAKIR uulu Tursunbaj", True, None),
        ("Jan NOVAK", True, None),
        ("!Naruseb, Alpheus", False, ("!Naruseb", "Alpheus")),
        ("Nawatiseb, Engelbrecht A.", False, ("Nawatiseb", "Engelbrecht A.")),
        ("D. R. Rasmijn, BSc", False, None),
        ("Jan Novák, CSc.", False, None),
        ("John Smith, MP", False, None),
        ("Batliner Christian", False, None),
        ("Pelé", True, None),
        ("", True, None),
    ],
)
def test_names_are_split_only_when_certain(text: str, upper_first: bool, expected: tuple[str, str] | None) -> None:
    assert split_name(text, upper_first=upper_first) == expected
