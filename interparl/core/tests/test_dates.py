"""Partial dates against the plodding way: every day they may mean, one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.core.dates import NotADate, PartialDate, Span, day_before
from tests.independent.composition_model import standing

# A short calendar: three years are enough for every border, and each of its days can be asked.
FIRST, LAST = date(2011, 1, 1), date(2013, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
# A day long before and one long after stand for all the others.
EVER = [date(1900, 1, 1), *DAYS, date(2100, 1, 1)]

days = st.sampled_from(DAYS)
plain = st.one_of(
    days.map(lambda day: f"{day:%Y}"), days.map(lambda day: f"{day:%Y-%m}"), days.map(lambda day: day.isoformat())
)
texts = st.one_of(
    plain,
    plain.map(lambda text: f"..{text}"),
    plain.map(lambda text: f"{text}.."),
    st.tuples(days, days).map(lambda pair: f"{min(pair).isoformat()}..{max(pair).isoformat()}"),
)
spans = st.tuples(st.none() | texts, st.none() | texts)


def span_of(pair: tuple[str | None, str | None]) -> Span:
    """The span of two texts."""
    since, until = pair
    return Span(PartialDate.parse(since) if since else None, PartialDate.parse(until) if until else None)


def days_of(text: str) -> list[date]:
    """All days of the calendar that a date may mean, by reading it letter by letter."""
    if ".." not in text:
        return [day for day in DAYS if day.isoformat().startswith(text)]
    left, right = text.split("..")
    first = min(days_of(left)) if left else FIRST
    last = max(days_of(right)) if right else LAST
    return [day for day in DAYS if first <= day <= last]


@given(texts)
def test_the_bounds_are_the_first_and_last_possible_day_when_they_are_counted(text: str) -> None:
    known, possible = PartialDate.parse(text), days_of(text)
    assert (known.earliest or FIRST, known.latest or LAST) == (possible[0], possible[-1])
    assert known.is_exact == (known.earliest is not None and known.earliest == known.latest)


@given(spans, days)
def test_a_span_holds_on_a_day_when_it_does_in_every_possible_world(
    pair: tuple[str | None, str | None], day: date
) -> None:
    assert span_of(pair).holds(day) == standing(*pair, day)


@given(spans, spans)
def test_two_spans_surely_meet_when_some_day_is_certain_in_both(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None]
) -> None:
    left, right = span_of(one), span_of(other)
    assert left.surely_meets(right) == any(left.holds(day) == right.holds(day) == "certain" for day in EVER)


@given(spans, spans)
def test_a_span_surely_leaves_another_when_a_certain_day_is_no_day_there(
    one: tuple[str | None, str | None], other: tuple[str | None, str | None]
) -> None:
    left, right = span_of(one), span_of(other)
    outside = any(left.holds(day) == "certain" and right.holds(day) == "no" for day in EVER)
    assert left.surely_leaves(right) == outside


@given(texts, texts)
def test_a_span_is_backwards_when_no_possible_end_reaches_a_possible_start(since: str, until: str) -> None:
    assert span_of((since, until)).is_backwards == (days_of(until)[-1] < days_of(since)[0])


@given(texts)
def test_a_text_is_kept_when_it_is_read_again(text: str) -> None:
    assert PartialDate.parse(PartialDate.parse(text).text) == PartialDate.parse(text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("11.10.2012", "2012-10-11"),
        ("1.2.2012", "2012-02-01"),
        ("10.2012", "2012-10"),
        (" 2012 ", "2012"),
        ("2012-02-29", "2012-02-29"),
        ("..11.10.2012", "..2012-10-11"),
        ("11.10.2012 .. ", "2012-10-11.."),
        ("2012 .. 2014", "2012..2014"),
        ("1000", "1000"),
        ("2199", "2199"),
    ],
)
def test_a_date_is_read_when_it_is_typed_in_another_way(typed: str, text: str) -> None:
    assert PartialDate.parse(typed).text == text


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "form"),
        ("..", "form"),
        ("soon", "form"),
        ("2012-1", "form"),
        ("12-10-2012", "form"),
        ("20121011", "form"),
        ("2012-10-11T00:00", "form"),
        ("٢٠١٢", "form"),
        ("2012‐10", "form"),
        ("1..2..3", "form"),
        ("-2012", "form"),
        ("0000", "year"),
        ("0999", "year"),
        ("2200", "year"),
        ("9999", "year"),
        ("0000-01-01", "year"),
        ("2012-13", "day"),
        ("2012-00", "day"),
        ("2013-02-29", "day"),
        ("31.4.2012", "day"),
        ("0.4.2012", "day"),
        ("2013..2012", "order"),
        ("2012-10-12..2012-10-11", "order"),
    ],
)
def test_a_text_is_refused_with_the_reason_when_it_is_no_date(typed: str, reason: str) -> None:
    with pytest.raises(NotADate) as refusal:
        PartialDate.parse(typed)
    assert (refusal.value.reason, refusal.value.text) == (reason, typed)


def test_the_day_before_is_in_the_year_before_when_the_day_is_new_year() -> None:
    assert day_before(date(2013, 1, 1)) == date(2012, 12, 31)
    assert PartialDate.of(date(2013, 1, 1)) == PartialDate("2013-01-01", date(2013, 1, 1), date(2013, 1, 1))
