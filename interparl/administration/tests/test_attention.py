"""`interparl attention`: the shape that the design fixes, under the reader's rights."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from interparl.accounts.models import User
from interparl.administration.commands import attention, attention_arguments, write_attention
from interparl.config.command_line import run
from tests.letters import a_letter
from tests.makers import a_body, a_membership, a_parliament, a_part

pytestmark = pytest.mark.django_db


def answer(*words: str) -> dict[str, Any]:
    """What the command answers to these words."""
    parser = argparse.ArgumentParser()
    attention_arguments(parser)
    return attention(parser.parse_args(words))


def test_the_answer_has_the_shape_of_the_design() -> None:
    letter = a_letter(parliament=a_parliament(name="The Diet"), due_on=date(2016, 10, 1))
    assert answer("--as", "desk_officer", "--on", "2016-10-20") == {
        "on": "2016-10-20",
        "items": [
            {
                "rule": "letters-overdue",
                "severity": "late",
                "record": f"bodies.letterdue:{letter.pk}",
                "label": "The Diet: our new convocation",
                "text": "A letter is overdue: The Diet: our new convocation",
            }
        ],
    }


def test_what_is_late_comes_before_what_is_soon_and_the_day_decides() -> None:
    a_letter(due_on=date(2016, 10, 19))
    a_letter(due_on=date(2016, 10, 21))
    a_membership(part=a_part(a_body("group", "A Group")))
    found = answer("--as", "head_of_department", "--on", "2016-10-20")["items"]
    assert [(one["rule"], one["severity"]) for one in found] == [
        ("letters-overdue", "late"),
        ("no-head", "late"),
        ("letters-due", "soon"),
    ]
    assert [one["rule"] for one in answer("--as", "desk_officer", "--on", "2016-09-01")["items"]] == ["no-head"]


def test_a_reader_is_told_of_nothing_that_he_may_not_know() -> None:
    a_letter(due_on=date(2016, 10, 1))
    a_membership(part=a_part(a_body("secret", "A Secret Group", mark="official")))
    on = ("--on", "2016-10-20")
    assert [one["rule"] for one in answer("--as", "head_of_department", *on)["items"]] == [
        "letters-overdue",
        "no-head",
    ]
    assert [one["rule"] for one in answer("--as", "desk_officer", *on)["items"]] == ["letters-overdue"]
    assert answer("--as", "member", *on)["items"] == []
    assert answer(*on)["items"] == []


def test_words_are_in_the_language_asked_for() -> None:
    a_letter(due_on=date(2016, 10, 1))
    found = answer("--as", "desk_officer", "--on", "2016-10-20", "--lang", "ru")
    assert found["items"][0]["rule"] == "letters-overdue"


@pytest.mark.parametrize("words", [("--as", "nobody-here"), ("--on", "2016-02-31"), ("--lang", "xx")])
def test_bad_input_is_refused_in_one_sentence(words: tuple[str, str]) -> None:
    with pytest.raises(ValidationError) as refusal:
        answer(*words)
    assert len(refusal.value.messages) == 1


def test_the_lines_for_people_say_how_urgent_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    a_letter(parliament=a_parliament(name="The Diet"), due_on=date(2016, 10, 1))
    assert write_attention(answer("--as", "desk_officer", "--on", "2016-10-20")).splitlines() == [
        "2016-10-20: 1",
        "  late  A letter is overdue: The Diet: our new convocation",
    ]
    assert run(["attention", "--as", "desk_officer", "--on", "2016-10-20", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["items"]) == 1


def test_the_first_page_shows_the_same(client: Client, officer: User) -> None:
    a_letter(parliament=a_parliament(name="The Diet"), due_on=date(2000, 1, 1))
    client.force_login(officer)
    assert "A letter is overdue: The Diet: our new convocation" in client.get("/desk/").content.decode()
