"""How days and numbers are written in the three languages, as the table of the interface's words says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from interparl.core.formats import write_day, write_moment, write_number, write_partial, write_span, write_zone

DAY = date(2015, 5, 14)


def spaced(text: str) -> str:
    """With plain spaces, for reading: whether they break is a test of its own."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("style", "language", "words"),
    [
        ("full", "en", "14 May 2015"),
        ("full", "ru", "14 мая 2015 г."),
        ("full", "be", "14 мая 2015 г."),
        ("weekday", "en", "Thu 14 May 2015"),
        ("weekday", "ru", "чт, 14 мая 2015 г."),
        ("weekday", "be", "чц, 14 мая 2015 г."),
        ("long", "en", "Thursday 14 May 2015"),
        ("long", "ru", "четверг, 14 мая 2015 г."),
        ("long", "be", "чацвер, 14 мая 2015 г."),
        ("short", "en", "Thu 14 May"),
        ("short", "ru", "чт, 14 мая"),
        ("short", "be", "чц, 14 мая"),
        ("weekday_name", "be", "чц"),
        ("day", "en", "14 May 2015"),
        ("day", "ru", "14.05.2015"),
        ("day", "be", "14.05.2015"),
        ("month", "en", "May 2015"),
        ("month", "ru", "май 2015 г."),
        ("month", "be", "май 2015 г."),
        ("year", "en", "2015"),
        ("year", "ru", "2015 г."),
        ("year", "be", "2015 г."),
    ],
)
def test_a_day_is_written_as_the_language_writes_it_when_it_is_exact(style: str, language: str, words: str) -> None:
    assert spaced(write_day(DAY, language, style)) == words


GENITIVE = "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня".split()
NOMINATIVE = "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань".split()


@pytest.mark.parametrize("month", range(1, 13))
def test_a_belarusian_month_is_in_the_genitive_when_a_day_stands_before_it(month: int) -> None:
    day = date(2012, month, 3)
    assert spaced(write_day(day, "be", "full")) == f"3 {GENITIVE[month - 1]} 2012 г."
    assert spaced(write_day(day, "be", "month")) == f"{NOMINATIVE[month - 1]} 2012 г."


@pytest.mark.parametrize("language", ["ru", "be"])
def test_a_day_and_its_month_stay_on_one_line_when_written_out(language: str) -> None:
    assert write_day(DAY, language, "full").replace("\N{NO-BREAK SPACE}", "~") == "14~мая 2015~г."


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("2015-05-14", "en", "14 May 2015"),
        ("2012-10", "en", "Oct 2012"),
        ("2012", "en", "2012"),
        ("2012-10", "ru", "октябрь 2012 г."),
        ("2012-10", "be", "кастрычнік 2012 г."),
        ("2012", "be", "2012 г."),
        ("..2012-10-11", "en", "by 11 October 2012"),
        ("2012-10-11..", "en", "after 11 October 2012"),
        ("2012..2014-05", "en", "between 2012 and May 2014"),
        ("", "en", ""),
        ("yesterday", "en", "yesterday"),
    ],
)
def test_a_partial_date_says_no_more_than_it_knows_when_written(text: str, language: str, words: str) -> None:
    with override(language):
        assert spaced(write_partial(text, language)) == words


def test_a_month_is_in_the_genitive_within_a_sentence_alone() -> None:
    styles = {style: spaced(write_partial("2012-10", "ru", style)) for style in ("full", "alone")}
    assert styles == {"full": "октября 2012 г.", "alone": "октябрь 2012 г."}
    assert spaced(write_partial("2012-10-11", "be", "alone")) == "11 кастрычніка 2012 г."


def test_a_zone_is_called_by_its_city() -> None:
    assert [write_zone("Europe/Minsk", language) for language in ("en", "ru", "be")] == ["Minsk", "Минск", "Мінск"]


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2012-10-18", "2016-09-10", "18 Oct 2012 – 10 Sep 2016"),
        ("2012", "", "since 2012"),
        ("", "2016-09", "until Sep 2016"),
        ("", "", ""),
        ("..2012-10-18", "", "by 18 October 2012"),
        ("", "2016..", "after 2016"),
    ],
)
def test_a_span_says_which_end_is_open_when_it_is_written(since: str, until: str, words: str) -> None:
    with override("en"):
        assert spaced(write_span(since, until, "en")) == words


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (Decimal("4872000.50"), "en", "4,872,000.5"),
        (4872000, "ru", "4 872 000"),
        (4872000, "be", "4 872 000"),
        (Decimal("0.5"), "be", "0,5"),
        (-3, "en", "-3"),
        (999, "ru", "999"),
    ],
)
def test_a_number_has_the_signs_of_the_language_when_written(number: int | Decimal, language: str, words: str) -> None:
    assert spaced(write_number(number, language)) == words


def test_a_moment_has_the_hour_of_the_zone_when_written() -> None:
    assert write_moment(datetime(2015, 5, 14, 9, 5, tzinfo=UTC), "en") == "14 May 2015, 09:05"


def test_a_day_is_written_when_the_language_has_no_words_of_its_own() -> None:
    assert write_day(DAY, "uk", "full") == "14 травня 2015\N{NARROW NO-BREAK SPACE}р."
    assert write_day(DAY, "xx-none", "full") == "May 14, 2015"
