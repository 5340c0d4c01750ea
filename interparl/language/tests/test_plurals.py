"""Forms of nouns with numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.plurals import plural_form


@pytest.mark.parametrize("language", ["be", "ru", "be-tarask", "RU"])
def test_plural_form_is_east_slavic_when_belarusian_or_russian(language: str) -> None:
    expected = {
        "one": [1, 21, 31, 101, 1001, -1],
        "few": [2, 3, 4, 22, 24, 102, 1002, -3],
        "many": [0, 5, 9, 10, 11, 12, 13, 14, 15, 19, 20, 25, 100, 111, 112, 114, 1011, 1000000],
    }
    for form, numbers in expected.items():
        assert {number: plural_form(number, language) for number in numbers} == dict.fromkeys(numbers, form)


@pytest.mark.parametrize("language", ["en", "en-GB", "de", "", "xx"])
def test_plural_form_is_one_or_other_when_english_or_unknown(language: str) -> None:
    assert [plural_form(number, language) for number in (0, 1, 2, 11, 21, -1)] == [
        "other",
        "one",
        "other",
        "other",
        "other",
        "one",
    ]


@given(st.integers(0, 10**12))
def test_plural_form_depends_on_the_last_two_digits_when_belarusian(number: int) -> None:
    assert plural_form(number, "be") == plural_form(number % 100, "be") == plural_form(number + 100, "ru")
