"""Promises: the lines of a note that begin with an arrow, and no others."""

from __future__ import annotations

import pytest

from interparl.meetings.rules.promises import Promise, promises_in


@pytest.mark.parametrize(
    "line",
    ["-> send the draft", "→ send the draft", "=> send the draft", "--> send the draft", "==> send the draft",
     "  ->send the draft", "- -> send the draft", "• → send the draft", "2. -> send the draft", "* ⇒ send the draft  ",
     "\u200b->\u00a0send the\tdraft", "3) --> send\u00ad the draft"],
)  # fmt: skip
def test_a_line_that_begins_with_an_arrow_is_a_promise(line: str) -> None:
    assert promises_in(line) == [Promise(1, "send the draft", 1)]


@pytest.mark.parametrize(
    "line",
    ["", "->", "→  ", "send -> draft", "- send the draft", "> quoted", ">> quoted", "A -> B", "<- back", "= > no",
     "---> a longer one", "1 -> 2"],
)  # fmt: skip
def test_another_line_is_no_promise(line: str) -> None:
    assert promises_in(line) == []


def test_promises_are_numbered_and_keep_their_lines() -> None:
    text = "They asked for the draft.\r\n-> Мы пошлём проект\r\n\r\n- → Яны адкажуць да траўня\nThe end -> of it\n"
    assert promises_in(text) == [Promise(1, "Мы пошлём проект", 2), Promise(2, "Яны адкажуць да траўня", 4)]


def test_a_long_line_of_blanks_and_arrows_takes_no_time() -> None:
    assert promises_in("->" + " " * 500_000) == []
    assert promises_in(" " * 500_000 + "-") == []
    assert len(promises_in("->" * 250_000)) == 1
