"""Tidy lines and deceptive characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.cleaning import clean_line, dangerous_characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u00a0 Anna \t Maria\u00a0", "Anna Maria"),
        ("№\u00a05", "№\u00a05"),
        ("№\u00a0\u00a05", "№\u00a05"),
        ("№\u00a0 5", "№ 5"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("И\u0306од", "Йод"),
        (" آرش کریمی     ", "آرش کریمی"),
        ("  ", ""),
    ],
)
def test_clean_line_tidies_spaces_only(text: str, expected: str) -> None:
    assert clean_line(text) == expected


@given(st.text())
def test_clean_line_keeps_all_that_is_visible(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_line(text).split() == unicodedata.normalize("NFC", text).split()


def test_dangerous_characters_gives_place_code_and_name() -> None:
    assert dangerous_characters("a\u202eb\u200b\x00\ue000\U000e0041\uffff\x85") == [
        (1, "U+202E", "RIGHT-TO-LEFT OVERRIDE"),
        (3, "U+200B", "ZERO WIDTH SPACE"),
        (4, "U+0000", "CONTROL CHARACTER"),
        (5, "U+E000", "PRIVATE USE CHARACTER"),
        (6, "U+E0041", "TAG LATIN CAPITAL LETTER A"),
        (7, "U+FFFF", "UNASSIGNED CHARACTER"),
        (8, "U+0085", "CONTROL CHARACTER"),
    ]


@pytest.mark.parametrize("char", [chr(code) for code in (0x061C, *range(0x200E, 0x2010), *range(0x202A, 0x202F))])
def test_dangerous_characters_finds_every_mark_of_direction(char: str) -> None:
    assert [place for place, _, _ in dangerous_characters(f"x{char}y")] == [1]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Прэм’ер-міністр, №\u00a05\t\r\n", []),
        ("//Garoeb ǃNaruseb 'Mamolapi", []),
        ("طبیب\u200cزاده", []),
        ("زاده \u200cنوری", [5]),
        ("\u200cنوری", [0]),
        ("نوری\u200c", [4]),
        ("ن\u200c1", [1]),
        ("क्\u200dष", []),
        ("क\u200dA", [1]),
        ("ന്\u200d", []),
        ("Ан\u200dна", [2]),
        ("An\u200cna", [2]),
        ("ن\u200c\u200cن", [1, 2]),
        ("❤\ufe0f", []),
        ("葛\U000e0100", []),
        ("A\ufe0f", [1]),
        ("\ufe0f", [0]),
        ("soft\u00adhyphen", [4]),
        ("\U000f0000", [0]),
        ("\u0600", []),
    ],
)
def test_dangerous_characters_allows_only_what_a_script_needs(text: str, places: list[int]) -> None:
    assert [place for place, _, _ in dangerous_characters(text)] == places


@given(st.text(alphabet=st.characters(whitelist_categories=["L", "N", "P", "S", "Zs"])))
def test_dangerous_characters_finds_nothing_when_all_is_assigned_and_visible(text: str) -> None:
    blanks = {"\u115f", "\u1160", "\u3164", "\uffa0"}
    assert [place for place, _, _ in dangerous_characters(text)] == [i for i, c in enumerate(text) if c in blanks]
