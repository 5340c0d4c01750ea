"""Which signs are printed, and what becomes of the others."""

from __future__ import annotations

import pytest

from interparl.paper.signs import BLANK, BREAK, LONGEST_WORD, breakable, cleaned, missing, printable, runs_leftwards


@pytest.mark.parametrize(
    "text",
    [
        "Ёлкіна Ў",
        "Œuvre š ș ț ł ə",
        "Անի",
        "გიორგი",
        "محمد بن عبد الله",
        "李小龙",
        "שלום",
        "한국",
        "サクラ",
        "№ 14 – «x» “y” ’",
    ],
)
def test_nothing_is_missing_in_scripts_that_partners_write_in(text: str) -> None:
    assert missing(text) == set()
    assert printable(text) == text


def test_signs_that_turn_or_hide_writing_are_left_out() -> None:
    assert cleaned("a\u202eb\u2066c\u200e\u200fd\u0000e\ufefff\ud800") == "abcdef"


def test_line_ends_and_wide_spaces_are_one_space_and_no_break_spaces_stay() -> None:
    assert cleaned(" a\r\n\u2028\u0085b\u3000c\u00a0d ") == "a b c\u00a0d"


def test_joiners_stay_where_scripts_need_them() -> None:
    assert cleaned("می\u200cخواهم") == "می\u200cخواهم"


def test_a_blank_stands_where_no_font_has_the_sign() -> None:
    assert printable("Anna \U0001f600 Nowak") == f"Anna {BLANK} Nowak"
    assert missing("\U0001f600") == {"\U0001f600"}


def test_the_other_form_of_a_name_is_printed_where_signs_are_missing() -> None:
    name = "\U00012000\U00012001"
    assert printable(name, {name: "Anna Nowak"}) == "Anna Nowak"
    assert printable("Ганна", {"Ганна": "Hanna"}) == "Ганна"


def test_a_long_word_gets_places_to_break_and_loses_nothing() -> None:
    text = "short " + "x" * 100 + " and e" + "\u0301" * 40
    made = breakable(text)
    assert made.replace(BREAK, "") == text
    assert (
        max(len(piece) for word in made.split() for piece in word.split(BREAK) if "\u0301" not in piece) == LONGEST_WORD
    )


@pytest.mark.parametrize(("text", "leftwards"), [("محمد", True), ("1 שלום", True), ("Anna محمد", False), ("14", False)])
def test_the_first_letter_says_which_way_a_text_runs(text: str, *, leftwards: bool) -> None:
    assert runs_leftwards(text) is leftwards
