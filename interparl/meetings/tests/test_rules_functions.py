"""The function of somebody by the heading and the role that a list gives him."""

from __future__ import annotations

import pytest

from interparl.meetings.models import Participation
from interparl.meetings.rules.functions import _words, function_of


@pytest.mark.parametrize(
    ("heading", "role", "expected"),
    [
        ("", "", "member"),
        ("Members of the delegation", "deputy", "member"),
        ("Члены делегации", "", "member"),
        ("Interpreters", "Vietnamese", "interpreter"),
        ("Перакладчыкі", "", "interpreter"),
        ("Accompanying persons", "adviser", "escort"),
        ("Сопровождающие лица", "", "escort"),
        ("Deputy head of the delegation", "", "deputy-head"),
        ("Members of the delegation", "interpreter", "interpreter"),
        ("Members of the delegation", "Deputy head of the delegation", "deputy-head"),
        ("Members of the delegation", "Press secretary of the ministry", "member"),
        ("Press", "", "press"),
        ("Эксперты", "", "adviser"),
        ("Nothing that is known", "anything", "member"),
    ],
)
def test_a_function_is_read_from_heading_and_role(heading: str, role: str, expected: str) -> None:
    assert function_of(heading, role) == expected


def test_who_leads_by_the_list_leads_whatever_stands_above() -> None:
    assert function_of("Interpreters", "", is_head=True) == "head"


def test_every_function_of_the_words_is_one_that_people_can_have() -> None:
    named = {name for part in _words().values() for name in part}
    assert named <= set(Participation.Function.values)
