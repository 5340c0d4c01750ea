"""Dates as people write them, and the order of day and month in a column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.exchange.rules.dates import date_order_of, read_date, why_not_read, with_precision
from interparl.exchange.rules.messages import FINDINGS, order_text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2012", "2012"),
        ("2012-10", "2012-10"),
        ("2012-10-11", "2012-10-11"),
        ("2012-1-5", "2012-01-05"),
        ("2012-00-00", "2012"),
        ("2012/10/11", "2012-10-11"),
        ("20121011", "2012-10-11"),
        ("+2012-10-11T00:00:00Z", "2012-10-11"),
        ("2012-10-11T01:00:00.000+03:00", "2012-10-11"),
        ("1965.0", "1965"),
        ("11.10.2012", "2012-10-11"),
        ("11. 10. 2012", "2012-10-11"),
        ("11.10.2012 г.", "2012-10-11"),
        ("(11.10.2012)", "2012-10-11"),
        ("10.2012", "2012-10"),
        ("10/2012", "2012-10"),
        ("23/10/2012", "2012-10-23"),
        ("10/23/2012", "2012-10-23"),
        ("10/10/2012", "2012-10-10"),
        ("11 October 2012", "2012-10-11"),
        ("11th of October 2012", "2012-10-11"),
        ("Oct. 11, 2012", "2012-10-11"),
        ("October 11th, 2012", "2012-10-11"),
        ("Sept 2012", "2012-09"),
        ("11-Oct-2012", "2012-10-11"),
        ("2012 October 11", "2012-10-11"),
        ("Monday, 11 October 2012", "2012-10-11"),
        ("Born 11 October 2012 in Minsk", "2012-10-11"),
        ("26 августа 1960 года", "1960-08-26"),
        ("Родилась 2 января 1965 года", "1965-01-02"),
        ("Родился 2 января 1965 года в г. Минске", "1965-01-02"),
        ("1 мая 1990г.", "1990-05-01"),
        ("1-го мая 1990-го", "1990-05-01"),
        ("октябрь 2012", "2012-10"),
        ("11.X.2012", "2012-10-11"),
        ("1960 г.р.", "1960"),
        ("26 жніўня 1960 г.", "1960-08-26"),
        ("3 мая 1990 года", "1990-05-03"),
        ("3 траўня 1990 г.", "1990-05-03"),
        ("лістапад 2012", "2012-11"),
        ("Нарадзіўся 12 чэрвеня 1971 года", "1971-06-12"),
        ("пятніца, 12 кастрычніка 2012 г.", "2012-10-12"),
        ("12 октября 2012 г. в 10:30", "2012-10-12"),
        ("29.02.2012", "2012-02-29"),
        ("١١.١٠.٢٠١٢", "2012-10-11"),
        ("11\u00a0октября\u00a02012", "2012-10-11"),
    ],
)
def test_date_is_read(text: str, read: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.text == read
    assert why_not_read(text) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_a_date"),
        ("-", "not_a_date"),
        ("unknown", "not_a_date"),
        ("12", "not_a_date"),
        ("41193", "not_a_date"),
        ("10:30", "not_a_date"),
        ("2010-2012", "not_a_date"),
        ("2010/11", "not_a_date"),
        ("1900 -", "not_a_date"),
        ("с 2010 по 2012", "not_a_date"),
        ("before 2012", "not_a_date"),
        ("до 11.10.2012", "not_a_date"),
        ("около 1960", "not_a_date"),
        ("c. 1960", "not_a_date"),
        ("Jan 2012 - Feb 2013", "not_a_date"),
        ("V созыва 2012", "not_a_date"),
        ("Protocol 5 of 11.10.2012", "not_a_date"),
        ("May 5", "not_a_date"),
        ("1.2.3.2012", "not_a_date"),
        ("x" * 300, "not_a_date"),
        ("11.10.12", "date_two_digit_year"),
        ("5/6/99", "date_two_digit_year"),
        ("2 May 99", "date_two_digit_year"),
        ("2-May-99", "date_two_digit_year"),
        ("2 мая 99 г.", "date_two_digit_year"),
        ("31.02.2012", "date_no_such_day"),
        ("29.02.2011", "date_no_such_day"),
        ("2012-13-01", "date_no_such_day"),
        ("31 June 2012", "date_no_such_day"),
        ("32.01.2012", "date_no_such_day"),
        ("31.12.9999", "date_year_too_far"),
        ("0001-01-01", "date_year_too_far"),
        ("05/06/2012", "date_order_unknown"),
        ("05-06-2012", "date_order_unknown"),
        ("11/10/2012 01:00", "date_order_unknown"),
    ],
)
def test_date_is_refused_with_the_reason(text: str, reason: str) -> None:
    assert read_date(text) is None
    assert why_not_read(text) == reason
    assert reason in FINDINGS


@pytest.mark.parametrize(
    ("text", "order", "read", "assumed"),
    [
        ("05/06/2012", "dmy", "2012-06-05", ("date_order_assumed",)),
        ("05/06/2012", "mdy", "2012-05-06", ("date_order_assumed",)),
        ("05.06.2012", "mdy", "2012-05-06", ("date_order_assumed",)),
        ("11/10/2012 01:00", "dmy", "2012-10-11", ("date_time_left_out", "date_order_assumed")),
        ("23/10/2012", "dmy", "2012-10-23", ()),
        ("2012-10-11", "mdy", "2012-10-11", ()),
        ("05.06.2012", "unknown", "2012-06-05", ()),
        ("17/07/2025 00:00:00", "", "2025-07-17", ("date_time_left_out",)),
        ("Родилась 2 января 1965 года", "", "1965-01-02", ("date_words_left_out",)),
    ],
)
def test_what_was_assumed_is_told(text: str, order: str, read: str, assumed: tuple[str, ...]) -> None:
    found = read_date(text, order=order)
    assert found is not None
    assert (found.text, found.assumed) == (read, assumed)
    assert set(assumed) <= set(FINDINGS)


@pytest.mark.parametrize(("text", "order"), [("23/10/2012", "mdy"), ("10/23/2012", "dmy")])
def test_date_against_the_order_of_its_column_is_refused(text: str, order: str) -> None:
    assert why_not_read(text, order=order) == "date_no_such_day"


def test_months_are_known_in_any_language_asked_for() -> None:
    for text, language in (("11 de outubro de 2012", "pt"), ("11. října 2012", "cs"), ("11 octobre 2012", "fr")):
        found = read_date(text, languages=(language,))
        assert found is not None
        assert found.text == "2012-10-11"
        assert read_date(text, languages=("no-such-language",)) is None


@pytest.mark.parametrize(
    ("values", "order", "reason"),
    [
        (["05/06/2012", "13/06/2012", ""], "dmy", "order_day_first"),
        (["05/06/2012", "06/23/2012"], "mdy", "order_month_first"),
        (["13/06/2012", "06/23/2012"], "mixed", "order_mixed"),
        (["05/06/2012", "06/06/2012"], "unknown", "order_not_told"),
        (["05.06.2012", "01.02.2013"], "dmy", "order_dots"),
        (["05.06.2012", "01.22.2013"], "mdy", "order_month_first"),
        (["2012-10-11", "2012"], "ymd", "order_year_first"),
        (["2012-10-11", "06/23/2012"], "mdy", "order_month_first"),
        (["11/10/2012 01:00", "26/10/2012 12:00"], "dmy", "order_day_first"),
        (["11 October 2012", "x", "99/99/2012"], "unknown", "order_no_numbers"),
        ([], "unknown", "order_no_numbers"),
    ],
)
def test_order_is_told_by_the_whole_column(values: list[str], order: str, reason: str) -> None:
    found = date_order_of(values)
    assert (found.order, found.reason) == (order, reason)
    assert "%(" not in order_text(found)


@pytest.mark.parametrize(
    ("iso", "precision", "text"),
    [
        ("1971-01-01", 9, "1971"),
        ("1971-01-01", "9", "1971"),
        ("1971-05-01", "10.0", "1971-05"),
        ("1971-05-03", 11, "1971-05-03"),
        ("1971-05-03T00:00:00Z", 11, "1971-05-03"),
        ("1971-05-03", 14, "1971-05-03"),
        ("1970-01-01", 8, ""),
        ("1971-05-03", "", "1971-05-03"),
        ("1971-05-03", None, "1971-05-03"),
        ("1971", 11, "1971"),
        ("", 9, ""),
    ],
)
def test_parts_that_are_not_known_are_left_out(iso: str, precision: int | str | None, text: str) -> None:
    assert with_precision(iso, precision) == text


@given(st.dates(), st.sampled_from(["{d}.{m}.{y}", "{y}-{m}-{d}", "{y}/{m}/{d}", "{y}{m}{d}"]))
def test_every_day_is_read_as_itself(day: object, form: str) -> None:
    year, month, number = str(day).split("-")
    found = read_date(form.format(d=number, m=month, y=year))
    assert (found.text if found else "") == (str(day) if 1000 <= int(year) <= 2199 else "")


@given(st.one_of(st.text(max_size=30), st.text(alphabet="0123456789.-/ :TZгмаяоктября,", max_size=24)))
def test_nothing_raises_and_what_is_read_is_a_date(text: str) -> None:
    found = read_date(text)
    assert (found is None) == (why_not_read(text) != "")
    if found:
        assert read_date(found.text) is not None
    date_order_of([text])
