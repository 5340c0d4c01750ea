"""Who sits in a body on any day, through the real database, against the most plodding count there is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from interparl.bodies.blocks import composition
from interparl.bodies.models import Body, Membership, Part, Seat
from interparl.core.actors import Actor
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Mandate, Person
from tests import makers
from tests.independent.composition_model import bounds, composition_by_day, standing

pytestmark = pytest.mark.django_db

# Two chambers of one convocation begin and end on different days; what is asked reaches beyond both.
FIRST, LAST = date(2012, 9, 15), date(2013, 3, 15)
CHAMBERS = {"lower": ("2012-10-18", "2013-02-10"), "upper": ("2012-11-02", "2013-03-01")}
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
# For rules between rows: a day long before and one long after stand for all that lie outside.
EVER = [date(1900, 1, 1), *DAYS, date(2100, 1, 1)]

days = st.sampled_from(DAYS)
exact = days.map(lambda day: day.isoformat())
rough = st.one_of(
    exact,
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
    days.map(lambda day: f"..{day.isoformat()}"),
    days.map(lambda day: f"{day.isoformat()}.."),
    st.tuples(days, days).map(lambda pair: f"{min(pair).isoformat()}..{max(pair).isoformat()}"),
)


def may_be(since: str | None, until: str | None) -> bool:
    """Whether there is some possible world in which the end does not lie before the beginning."""
    first, last = bounds(since)[0] if since else None, bounds(until)[1] if until else None
    return first is None or last is None or first <= last


# The days that are certainly no day of each chamber's term.
OUTSIDE = [{day for day in EVER if standing(*CHAMBERS[kind], day) == "no"} for kind in ("lower", "upper")]


@st.composite
def spans(draw: Any) -> tuple[str | None, str | None]:
    """When a membership holds: from and to as they may be known."""
    since, until = draw(st.none() | rough), draw(st.none() | rough)
    return (since, until) if may_be(since, until) else (since, None)


@st.composite
def rows_of_a_seat(draw: Any) -> list[tuple[int, str | None, str | None]]:
    """Who held one seat one after another: (person, since, until). The seat changes hands on one day."""
    handed_over = sorted(set(draw(st.lists(days, max_size=3))))
    starts = [
        draw(st.none() | rough.filter(lambda text: handed_over == [] or may_be(text, handed_over[0].isoformat())))
    ]
    starts += [day.isoformat() for day in handed_over]
    ends = [(day - timedelta(days=1)).isoformat() for day in handed_over] + [draw(st.none() | rough)]
    return [
        (draw(st.integers(0, 5)), since, until)
        for since, until in zip(starts, ends, strict=True)
        if may_be(since, until)
    ]


@st.composite
def interruptions(draw: Any) -> list[tuple[int, str | None, str | None]]:
    """Somebody who left and came back: two rows of one person."""
    person, left, back = draw(st.integers(0, 5)), draw(days), draw(days)
    return [
        (person, draw(st.none() | exact.filter(lambda text: text <= left.isoformat())), left.isoformat()),
        (person, max(left + timedelta(days=1), back).isoformat(), None),
    ]


bodies = st.tuples(
    st.lists(rows_of_a_seat(), max_size=3),
    st.lists(interruptions(), max_size=2),
    st.lists(st.tuples(st.integers(0, 5), spans()).map(lambda pair: [(pair[0], *pair[1])]), max_size=3),
)


def written_body(seats: Any, interrupted: Any, free: Any) -> tuple[Body, list[dict[str, Any]]]:
    """The body in the database in one go, and its memberships as the plodding count reads them."""
    home = makers.a_parliament()
    chambers = {kind: makers.a_chamber(home, kind=kind) for kind in CHAMBERS}
    body = makers.a_body(parliaments=[home])
    part = Part.objects.get(body=body)
    people = [Person() for _number in range(6)]
    mandates = []
    for number, person in enumerate(people):
        kind = ("lower", "upper")[number % 2]
        since, until = CHAMBERS[kind]
        mandates.append(Mandate(person=person, chamber=chambers[kind], since=since, until=until))
    held = [
        Seat(part=part, body=body, order=number + 1, kind=("full", "substitute")[number % 2])
        for number in range(len(seats))
    ]
    rows, plain = [], []
    for seat, group in [*zip(held, seats, strict=True), *((None, group) for group in (*interrupted, *free))]:
        for number, since, until in group:
            is_substitute = seat is not None and seat.kind == "substitute"
            role = "substitute" if is_substitute else "member"
            rows.append(
                Membership(
                    body=body,
                    part=part,
                    seat=seat,
                    person=people[number],
                    role=role,
                    since=since or "",
                    until=until or "",
                )
            )
            plain.append({"row": rows[-1], "person": str(number), "since": since, "until": until})
    change_many([Planned(one) for one in (*people, *mandates, *held, *rows)], by=Actor.command("tests"))
    return body, plain


@settings(max_examples=20)
@given(bodies)
def test_the_composition_is_the_same_on_every_day_when_counted_plodding(drawn: Any) -> None:
    with transaction.atomic():
        body, plain = written_body(*drawn)
        people = {one["row"].person_id: one["person"] for one in plain}
        expected = composition_by_day(plain, FIRST, LAST)
        for day in DAYS:
            found: dict[str, str] = {}
            for one in Membership.objects.filter(body=body).on(day):
                answer = one.holds_on(day)
                if found.get(people[one.person_id]) != "certain":
                    found[people[one.person_id]] = answer
            assert found == expected[day]
        transaction.set_rollback(True)


@settings(max_examples=20)
@given(bodies, days)
def test_every_row_of_the_composition_says_its_own_doubt_when_read(drawn: Any, day: date) -> None:
    with transaction.atomic():
        body, plain = written_body(*drawn)
        reader = makers.a_user()
        table = composition(body, makers.a_reading(reader, day))
        found = {one.pk: one.holds_on(day) for one in table.rows}
        expected = {one["row"].pk: standing(one["since"], one["until"], day) for one in plain}
        assert found == {key: answer for key, answer in expected.items() if answer != "no"}
        transaction.set_rollback(True)


@settings(max_examples=20)
@given(bodies)
def test_what_breaks_a_rule_is_questioned_when_it_was_imported(drawn: Any) -> None:
    with transaction.atomic():
        _body, plain = written_body(*drawn)
        certain = [{day for day in EVER if standing(one["since"], one["until"], day) == "certain"} for one in plain]
        rows = Membership.objects.in_bulk([one["row"].pk for one in plain])
        for position, one in enumerate(plain):
            row = rows[one["row"].pk]
            others = [
                days
                for days, other in zip(certain, plain, strict=True)
                if other is not one and row.seat_id and other["row"].seat_id == row.seat_id
            ]
            assert ("seat-held" in row.questioned) == any(certain[position] & days for days in others)
            outside = OUTSIDE[int(one["person"]) % 2]
            assert ("outside-mandate" in row.questioned) == bool(certain[position] & outside)
        transaction.set_rollback(True)


def test_nobody_sits_twice_and_no_day_is_lost_when_a_seat_changes_hands() -> None:
    part = makers.a_part()
    seat = makers.a_seat(part)
    one = makers.a_membership(part=part, seat=seat, since="2012-10-18", until="2013-01-14")
    two = makers.a_membership(part=part, seat=seat, since="2013-01-15", until="2013-02-28", replaces=one)
    three = makers.a_membership(part=part, seat=seat, since="2013-03-01", replaces=two)
    holders = [list(Membership.objects.filter(seat=seat).on(day).values_list("pk", flat=True)) for day in DAYS]
    assert [len(found) for day, found in zip(DAYS, holders, strict=True)] == [
        0 if day < date(2012, 10, 18) else 1 for day in DAYS
    ]
    assert [found[0] for found in holders if found] == (
        [one.pk] * (date(2013, 1, 15) - date(2012, 10, 18)).days
        + [two.pk] * (date(2013, 3, 1) - date(2013, 1, 15)).days
        + [three.pk] * ((LAST - date(2013, 3, 1)).days + 1)
    )
