"""What bodies show: composition and vacancies of a day, load, lineage, changes, and the panels of other pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.blocks import (
    COMPOSITION,
    accepted_on,
    change_days,
    changes_around,
    composition,
    last_step,
    lineage,
    ruler_of,
    vacancies,
)
from interparl.bodies.models import Body, Membership, Step
from interparl.core.addresses import address, list_address
from interparl.core.blocks import BLOCK_ROWS, Rows
from interparl.core.days import begin_scope, end_scope
from interparl.core.hooks import blocks_of, every_attention, measures_of
from interparl.core.translated import written
from tests import makers

pytestmark = pytest.mark.django_db
PUBLIC: dict[str, Any] = {"mark": "public", "published_on": "2012-01-01"}


def people_on(body: Body, user: Any, day: str) -> list[tuple[str, str, str]]:
    """Names, roles and whether it is doubtful, in the printed order."""
    reading = makers.a_reading(user, date.fromisoformat(day))
    table = composition(body, reading)
    return [
        (reading.name("directory.person", one.person_id), one.role, one.holds_on(reading.day)) for one in table.rows
    ]


def test_the_composition_is_of_the_day_in_its_printed_order_when_read(officer: User) -> None:
    body = makers.a_body(parliaments=[makers.the_home_parliament()])
    rows: dict[str, dict[str, Any]] = {
        "Member": {"since": "2012-11-20"},
        "Gone": {"since": "2012-11-20", "until": "2014-05-31"},
        "Later": {"since": "2014-06-02"},
        "Doubtful": {"since": "2014"},
        "Secretary": {"role": "secretary"},
        "Substitute": {"role": "substitute"},
        "Head": {"role": "head", "since": "2012-11-20"},
    }
    for family, values in rows.items():
        makers.a_membership(body, makers.a_person(family, ""), **values)
    assert people_on(body, officer, "2014-06-01") == [
        ("Head", "head", "certain"),
        ("Member", "member", "certain"),
        ("Doubtful", "member", "approximate"),
        ("Substitute", "substitute", "certain"),
        ("Secretary", "secretary", "certain"),
    ]
    assert [name for name, _role, _doubt in people_on(body, officer, "2014-05-31")] == [
        "Head",
        "Member",
        "Gone",
        "Doubtful",
        "Substitute",
        "Secretary",
    ]


def test_ours_come_before_theirs_when_a_body_has_two_sides(officer: User) -> None:
    ours, theirs = makers.the_home_parliament(), makers.a_parliament()
    body = makers.a_body(parliaments=[ours, theirs], kind="commission")
    for parliament, family in ((theirs, "Their"), (ours, "Our")):
        part = body.parts.get(parliament=parliament)
        makers.a_membership(part=part, person=makers.a_person(family, ""), role="co-chair")
    table = composition(body, makers.a_reading(officer))
    assert [str(one.person) for one in table.rows] == ["Our", "Their"]
    side = COMPOSITION["person"].side
    assert side is not None
    assert [side(one) for one in table.rows] == ["ours", "theirs"]


def test_the_public_sees_members_who_are_published_with_their_person_and_body_when_it_reads() -> None:
    body = makers.a_body(**PUBLIC)
    seen = makers.a_membership(body, makers.a_person("Seen", "", **PUBLIC), **PUBLIC)
    makers.a_membership(body, makers.a_person("Hidden", ""), **PUBLIC)
    makers.a_membership(body, makers.a_person("Internal", "", **PUBLIC))
    assert people_on(body, AnonymousUser(), "2014-06-01") == [("Seen", "member", "certain")]
    secret = makers.a_body()
    makers.a_membership(secret, seen.person, **PUBLIC)
    assert people_on(secret, AnonymousUser(), "2014-06-01") == []


def test_the_composition_asks_as_many_queries_when_it_has_more_members(officer: User) -> None:
    body = makers.a_body()
    counts = []
    for _round in range(2):
        for _member in range(6):
            makers.kept(Step(membership=makers.a_membership(body), kind="accepted", taken_on="2014"))
        begin_scope()
        with CaptureQueriesContext(connection) as asked:
            composition(body, makers.a_reading(officer)).body()
        end_scope()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_seats_that_nobody_holds_are_vacant_when_their_part_holds_on_the_day(officer: User) -> None:
    body = makers.a_body()
    part, old = makers.a_part(body, since="2012-11-20"), makers.a_part(body, until="2012-11-19")
    held, free, _old_seat = makers.a_seat(part, order=1), makers.a_seat(part, order=2), makers.a_seat(old, order=3)
    makers.a_membership(part=part, seat=held, since="2012-11-20", until="2014-05-31")

    def empty(day: date) -> list[Any]:
        reading = makers.a_reading(officer, day)
        return vacancies(body, composition(body, reading).rows, reading)

    assert empty(date(2014, 5, 31)) == [free]
    assert empty(date(2014, 6, 1)) == [held, free]
    assert empty(date(2012, 1, 1)) == [_old_seat]


def test_a_vacancy_stands_on_the_page_with_who_left_and_a_way_to_fill_it(client: Client, officer: User) -> None:
    part = makers.a_part()
    seat = makers.a_seat(part, title=written({"en": "Third seat"}))
    makers.a_membership(
        part=part, seat=seat, person=makers.a_person("Leaver"), until="2014-05-31", end_reason="resignation"
    )
    client.force_login(officer)
    page = client.get(address(("bodies.body", part.body_id))).content.decode()
    fill = f"/desk/memberships/new/?body={part.body_id}&amp;part={part.pk}&amp;seat={seat.pk}"
    for words in ("Third seat", "Vacant since", "was Anna Leaver, asked to leave", fill):
        assert words in page
    past = client.get(address(("bodies.body", part.body_id), on="2014-06-01")).content.decode()
    assert ("Third seat" in past, fill in past) == (True, False)


@pytest.mark.parametrize(
    ("steps", "day", "accepted", "last"),
    [
        ([], "2014-06-01", "", ""),
        ([("appointed", "2013")], "2014-06-01", "", "appointed"),
        ([("notified", "2013"), ("accepted", "2014-02")], "2014-06-01", "2014-02", "accepted"),
        ([("notified", "2013"), ("accepted", "2014-02")], "2014-01-31", "", "notified"),
        ([("accepted", "2013"), ("contested", "2014")], "2014-06-01", "2013", "contested"),
        ([("accepted", "2013"), ("ended", "2014")], "2014-06-01", "", "ended"),
        ([("accepted", "2013"), ("ended", "2014"), ("accepted", "2015")], "2016-01-01", "2015", "accepted"),
        ([("contested", "2013"), ("refused", "2014")], "2014-06-01", "", "refused"),
    ],
)
def test_a_seat_is_accepted_by_the_last_step_when_it_was_taken_by_that_day(
    steps: list[tuple[str, str]], day: str, accepted: str, last: str
) -> None:
    membership = makers.a_membership()
    for kind, taken_on in steps:
        makers.kept(Step(membership=membership, kind=kind, taken_on=taken_on))
    asked = date.fromisoformat(day)
    assert (accepted_on(membership, asked), last_step(membership, asked)) == (accepted, last)


def test_the_load_counts_each_body_once_when_somebody_sits_in_it_twice(officer: User) -> None:
    busy, idle, person = makers.a_person(), makers.a_person(), makers.a_person()
    body, other = makers.a_body(), makers.a_body()
    makers.a_membership(body, busy, until="2013")
    makers.a_membership(body, busy, since="2014")
    makers.a_membership(other, busy, since="2014-06")
    makers.a_membership(other, person, until="2013")
    [measure] = [one for one in measures_of("directory.person") if one.key == "bodies"]
    people = [busy.pk, idle.pk, person.pk]
    assert measure.count(people, date(2014, 6, 1), date(2014, 6, 1), officer) == {busy.pk: 2}
    assert measure.count(people, date(2013, 1, 1), date(2014, 5, 31), officer) == {busy.pk: 1, person.pk: 1}
    assert measure.count([], date(2013, 1, 1), date(2014, 5, 31), officer) == {}


def test_the_chain_of_bodies_is_told_from_any_link_when_they_continue_each_other(officer: User) -> None:
    first = makers.a_body("first", since="2008")
    second = makers.a_body("second", since="2012", continues=first)
    third = makers.a_body("third", since="2016", continues=second)
    for body in (first, second, third):
        assert lineage(body, makers.a_reading(officer)) == [first, second, third]
    assert lineage(makers.a_body(), makers.a_reading(officer)) != [first, second, third]


def test_a_long_chain_is_read_from_anywhere_in_it_with_few_queries(officer: User) -> None:
    chain = [makers.a_body("0", since="1900")]
    for number in range(1, 12):
        chain.append(makers.a_body(str(number), since=str(1900 + number), continues=chain[-1]))
    makers.a_body("younger", since="1950", continues=chain[3])
    for body in chain:
        with CaptureQueriesContext(connection) as asked:
            assert lineage(body, makers.a_reading(officer)) == chain
        assert len(asked) <= 7
    short = makers.a_body("alone")
    with CaptureQueriesContext(connection) as asked:
        assert lineage(short, makers.a_reading(officer)) == [short]
    assert len(asked) == 1


def test_a_hidden_link_ends_the_chain_when_the_reader_may_not_know_it() -> None:
    first = makers.a_body(**PUBLIC)
    secret = makers.a_body(continues=first)
    third = makers.a_body(continues=secret, **PUBLIC)
    assert lineage(third, makers.a_reading(AnonymousUser())) == [third]
    assert lineage(first, makers.a_reading(AnonymousUser())) == [first]


def test_the_days_of_change_are_first_days_and_days_after_last_ones_when_listed(officer: User) -> None:
    body = makers.a_body()
    makers.a_membership(body, since="2012-11-20", until="2014-05-31")
    makers.a_membership(body, since="2014-06-01")
    makers.a_membership(body)
    days = change_days(body, makers.a_reading(officer))
    assert days == [date(2012, 11, 20), date(2014, 6, 1)]
    around = {day: changes_around(days, day) for day in (date(2012, 1, 1), date(2014, 6, 1), date(2015, 1, 1))}
    assert list(around.values()) == [(None, days[0]), (days[0], None), (days[1], None)]


def test_there_is_no_ruler_when_nothing_is_known_of_the_time(officer: User) -> None:
    body = makers.a_body()
    assert ruler_of(body, [], makers.a_reading(officer)) is None
    dated = makers.a_body(since="2012-11-20", until="2016-09-10", convocation=makers.a_convocation(since="2012-10-18"))
    ruler = ruler_of(dated, [date(2014, 6, 1)], makers.a_reading(officer))
    assert ruler is not None
    assert (ruler.first, ruler.last, len(ruler.segments), len(ruler.ticks)) == (
        date(2012, 10, 18),
        date(2016, 9, 10),
        1,
        1,
    )


def panel(record: Any, key: str, user: Any, day: date = makers.DAY) -> Any:
    """The content of one panel on the page of a record."""
    [block] = [one for one in blocks_of(record.record_kind()) if one.key == key]
    return block.make(record, makers.a_reading(user, day))


def test_a_country_shows_the_bodies_of_the_day_when_they_are_about_it_or_of_its_parliament(officer: User) -> None:
    country = makers.a_country()
    about = makers.a_body("about", countries=[country], since="2012")
    theirs = makers.a_body("theirs", parliaments=[makers.a_parliament(country)], since="2013")
    makers.a_body("over", countries=[country], until="2012")
    makers.a_body("other", countries=[makers.a_country()])
    content = panel(country, "bodies", officer)
    assert [one.pk for one in content.table.rows] == [about.pk, theirs.pk]
    assert content.more == list_address("bodies.body", country=str(country.pk))


def test_a_panel_shows_some_rows_and_the_number_of_all_when_there_are_many(officer: User) -> None:
    country = makers.a_country()
    for _number in range(BLOCK_ROWS + 2):
        makers.a_body(countries=[country])
    content = panel(country, "bodies", officer)
    assert (len(content.table), content.table.total) == (BLOCK_ROWS, BLOCK_ROWS + 2)


def test_a_person_shows_where_he_sits_on_the_day_when_read(officer: User) -> None:
    person = makers.a_person()
    now = makers.a_membership(person=person, since="2014")
    makers.a_membership(person=person, until="2013")
    content = panel(person, "bodies", officer)
    assert isinstance(content, Rows)
    assert [one.pk for one in content.table.rows] == [now.pk]
    assert content.more == list_address("bodies.membership", person=str(person.pk), days="all")


def test_a_decision_shows_what_it_formed_and_whom_it_appointed_when_read(officer: User) -> None:
    decision = makers.a_decision()
    body = makers.a_body(formed_by=decision)
    membership = makers.a_membership(body, decision=decision)
    assert [one.pk for one in panel(decision, "formed", officer).table.rows] == [body.pk]
    assert [one.pk for one in panel(decision, "appointed", officer).table.rows] == [membership.pk]
    assert [one.pk for one in panel(body, "decisions", officer).table.rows] == [decision.pk]


def test_a_mirror_is_shown_on_both_sides_when_it_is_linked_and_not_for_the_country_alone(officer: User) -> None:
    ours = makers.a_body("ours", "Ours")
    theirs = makers.a_body("theirs", "Theirs", mirror_of=ours)
    stranger = makers.a_body("stranger", countries=[makers.a_country()])
    texts = [[moment.text for moment in panel(one, "mirrors", officer).moments] for one in (ours, theirs)]
    assert texts == [["Theirs"], ["Ours"]]
    assert panel(stranger, "mirrors", officer) is None


def test_a_body_without_a_head_needs_attention_when_it_has_members() -> None:
    led, headless, empty = makers.a_body(), makers.a_body(), makers.a_body()
    makers.a_membership(led, role="head")
    makers.a_membership(headless, role="head", until="2014-01-01")
    makers.a_membership(headless)
    assert Membership.objects.filter(body=empty).count() == 0
    rule = next(one for one in every_attention() if one.key == "no-head")
    assert list(rule.narrow(Body.objects.all(), date(2014, 6, 1), makers.a_user())) == [headless]
