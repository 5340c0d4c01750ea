"""Forms read days and numbers as each language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("be", "02.03.2015"),
        ("ru", "02.03.2015"),
        ("en", "02/03/2015"),
        ("be", "2015-03-02"),
        ("ru", "2015-03-02"),
        ("en", "2015-03-02"),
    ],
)
def test_a_day_is_read_when_it_is_written_as_the_language_writes_it(language: str, text: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(text) == date(2015, 3, 2)


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [("be", "02.03.2015", "1234,5"), ("ru", "02.03.2015", "1234,5"), ("en", "2 March 2015", "1234.5")],
)
def test_a_day_and_a_number_are_written_when_no_babel_is_asked(language: str, day: str, number: str) -> None:
    with translation.override(language):
        assert formats.date_format(date(2015, 3, 2)) == day
        assert formats.number_format(Decimal("1234.5")) == number
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
