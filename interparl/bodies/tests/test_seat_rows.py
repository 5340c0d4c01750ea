"""The composition as the page of a body shows it: vacancies at their places, and the steps for a seat."""

from __future__ import annotations

import re
from datetime import date

import pytest

from interparl.accounts.models import User
from interparl.bodies.blocks import SEATS, composition, seat_rows, vacancies
from interparl.bodies.models import Body, Membership
from interparl.core.tables import Reading
from interparl.core.translated import written
from tests.makers import a_body, a_membership, a_part, a_person, a_reading, a_seat, a_user, the_home_parliament

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)


@pytest.fixture
def body() -> Body:
    """Three seats: the first and the last are held, the second was left on 30 April 2015."""
    found = a_body(since="2012-10-18")
    part = a_part(found, the_home_parliament(), since="2012-10-18")
    seats = [
        a_seat(part, title=written({"en": title}), order=order)
        for order, title in enumerate(("Head", "Deputy head", "Member"), 1)
    ]
    for seat, family, until in zip(seats, ("First", "Left", "Third"), ("", "2015-04-30", ""), strict=True):
        a_membership(
            person=a_person(family),
            part=part,
            seat=seat,
            since="2012-12-20",
            until=until,
            end_reason=Membership.End.MANDATE if until else "",
        )
    return found


def rows_of(body: Body, reading: Reading) -> list[str]:
    """The words of each row, and the ways out of it."""
    table = composition(body, reading, SEATS)
    markup = seat_rows(table, vacancies(body, table.rows, reading), reading)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in markup.split("</tr>") if row]


def test_a_vacancy_stands_at_its_place_and_says_who_left(body: Body) -> None:
    assert rows_of(body, a_reading(a_user(), DAY)) == [
        "AF Anna First Member 20 Dec 2012 Replace Change",
        "Vacant since 1 May 2015 was Anna Left, mandate ended Deputy head – – Fill",
        "AT Anna Third Member 20 Dec 2012 Replace Change",
    ]


def test_a_seat_that_nobody_ever_held_is_only_vacant(body: Body) -> None:
    a_seat(body.parts.get(), title=written({"en": "Secretary"}), order=4)
    assert rows_of(body, a_reading(a_user(), DAY))[-1] == "Vacant Secretary – – Fill"


def test_nothing_can_be_done_with_a_seat_when_the_reader_may_not_change_it(body: Body) -> None:
    rows = rows_of(body, a_reading(a_user("leadership"), DAY))
    assert [row.split()[-1] for row in rows] == ["2012", "–", "2012"]


def test_nothing_can_be_done_with_a_seat_when_the_day_is_another(body: Body, officer: User) -> None:
    reading = Reading(user=officer, language="en", day=date(2015, 5, 1), is_past=True)
    assert [row.split()[-1] for row in rows_of(body, reading)] == ["2012", "–", "2012"]


def test_there_is_no_vacancy_on_the_last_day_of_the_holder(body: Body) -> None:
    rows = rows_of(body, a_reading(a_user(), date(2015, 4, 30)))
    assert [row.split()[2] for row in rows] == ["First", "Left", "Third"]
