"""How active groups are: what the measures count, the index, who sleeps, what could be merged, and the page of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.measures.activity import asleep, our_bodies, to_merge, year_up_to
from interparl.bodies.models import Body, Step
from interparl.core import hooks
from interparl.core.days import begin_scope, end_scope, today
from interparl.core.hooks import every_attention, measure_of, measures_of
from interparl.core.kinds import model_of
from interparl.directory.models import Parliament
from tests import makers
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)
YEAR = (date(2014, 6, 2), DAY)
PAGE = "/desk/activity/?on=2015-06-01"


@pytest.fixture
def home(db: None) -> Parliament:
    """The home parliament."""
    return makers.the_home_parliament(name="Home")


def a_group(home: Parliament, name: str = "", **values: Any) -> Body:
    """A group of ours that has been there for long."""
    return makers.a_body(name=name, parliaments=[home], **({"since": "2010"} | values))


def count(key: str, bodies: list[Body], first: date, last: date, reader: Any) -> list[int]:
    """A measure of these bodies in their order."""
    [measure] = [one for one in measures_of("bodies.body") if one.key == key]
    found = measure.count([one.pk for one in bodies], first, last, reader)
    return [found.get(one.pk, 0) for one in bodies]


def rows_of(client: Client, address: str) -> list[dict[str, Any]]:
    """The rows of the page's export."""
    answer = client.get(f"{address}&format=json")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


@pytest.mark.parametrize(
    ("since", "until", "changes"),
    [
        ("", "", 0),
        ("2014-06-01", "", 0),
        ("2014-06-02", "", 1),
        ("2015-06-01", "", 1),
        ("2015-06-02", "", 0),
        ("2012", "2014-06-01", 0),
        ("2012", "2014-06-02", 1),
        ("2012", "2015-06-02", 0),
        ("2014-07-01", "2015-01-01", 2),
        ("2014", "", 1),
        ("2015", "", 1),
        ("..2014-06-01", "", 0),
        ("..2014-06-02", "", 1),
        ("2012", "2014-12-01..", 0),
        ("2012", "2014-05-01..2014-06-02", 1),
    ],
)
def test_a_membership_is_a_change_when_it_may_have_begun_or_ended_in_the_period(
    since: str, until: str, changes: int, officer: User
) -> None:
    body, other = makers.a_body(), makers.a_body()
    makers.a_membership(body, since=since, until=until)
    assert count("changes", [body, other], *YEAR, officer) == [changes, 0]


def test_a_decision_counts_once_in_each_body_when_it_forms_or_appoints(officer: User) -> None:
    decision, old = makers.a_decision(taken_on="2015-01"), makers.a_decision(taken_on="2013")
    formed, appointed, quiet = makers.a_body(formed_by=decision), makers.a_body(), makers.a_body(formed_by=old)
    for body in (formed, appointed, appointed):
        makers.a_membership(body, decision=decision)
    makers.a_membership(appointed, decision=makers.a_decision(taken_on="2014-07-01"))
    assert count("decisions", [formed, appointed, quiet], *YEAR, officer) == [1, 2, 0]
    assert count("decisions", [formed, appointed, quiet], date(2013, 5, 1), date(2013, 5, 2), officer) == [0, 0, 1]


def test_steps_and_members_are_those_of_the_period_and_of_its_last_day_when_counted(officer: User) -> None:
    body, other = makers.a_body(), makers.a_body()
    seat = makers.a_membership(body, since="2010")
    makers.a_membership(body, seat.person, since="2010", role="head")
    makers.a_membership(body, until="2015-05-31")
    makers.kept(Step(membership=seat, kind="notified", taken_on="2014-06"))
    makers.kept(Step(membership=seat, kind="accepted", taken_on="2015-06-02"))
    assert count("steps", [body, other], *YEAR, officer) == [1, 0]
    assert count("steps", [body, other], date(2014, 7, 1), date(2015, 6, 2), officer) == [1, 0]
    assert count("members", [body, other], *YEAR, officer) == [1, 0]


def test_what_is_hidden_makes_no_body_active_when_the_reader_may_not_know_of_it(home: Parliament) -> None:
    body = a_group(home)
    decision = makers.a_decision(taken_on="2015-01-01", mark="official")
    seat = makers.a_membership(body, since="2010", decision=decision)
    makers.a_membership(body, since="2015-01-01", mark="official")
    makers.kept(Step(membership=seat, kind="notified", taken_on="2015", mark="official"))
    # What upper areas count is there as well: an event, talks in its margins, what was said and adopted.
    events, statements, outcomes = (model_of(f"meetings.{name}") for name in ("event", "statement", "outcome"))
    event = a_record(events, body=body, since="2015-01-01", stage="recorded", mark="official")
    a_record(events, kind="talks", within=event, since="2015-01-01", stage="noted", mark="official")
    a_record(statements, event=event, state="delivered", mark="official")
    a_record(outcomes, event=event, body=body, adopted_on="2015-01-01", mark="official")
    keys = [one.key for one in measures_of("bodies.body") if not one.is_standing]
    for reader, number in ((makers.a_user("protocol_officer"), 0), (makers.a_user("head_of_department"), 1)):
        assert [count(key, [body], *YEAR, reader) for key in keys] == [[number]] * len(keys)
        assert asleep([body], DAY, reader) == (frozenset() if number else {body.pk})


def test_a_measure_asks_one_query_when_it_counts_many_bodies(officer: User) -> None:
    bodies = [makers.a_body() for _number in range(5)]
    for measure in measures_of("bodies.body"):
        # As within a request: what day it is was asked before.
        begin_scope()
        today()
        with CaptureQueriesContext(connection) as asked:
            measure.count([one.pk for one in bodies], *YEAR, officer)
        end_scope()
        assert (measure.key, len(asked)) == (measure.key, 1)
        assert measure.count([], *YEAR, officer) == {}


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2015, 6, 1), date(2014, 6, 2)),
        (date(2016, 2, 29), date(2015, 3, 1)),
        (date(2017, 2, 28), date(2016, 2, 29)),
        (date(2015, 12, 31), date(2015, 1, 1)),
    ],
)
def test_twelve_months_end_on_the_day(day: date, first: date) -> None:
    assert year_up_to(day) == first


def test_a_group_sleeps_when_it_is_old_enough_and_nothing_happened(home: Parliament, officer: User) -> None:
    quiet, busy = a_group(home), a_group(home)
    makers.a_membership(quiet, since="2013")
    makers.a_membership(busy, since="2014-12-01")
    young, perhaps_young, timeless = (
        a_group(home, since="2015-01-01"),
        a_group(home, since="2014"),
        a_group(home, since=""),
    )
    every = [quiet, busy, young, perhaps_young, timeless]
    assert asleep(every, DAY, officer) == {quiet.pk, timeless.pk}
    day_before, same_day = (a_group(home, since=since) for since in ("2014-06-01", "2014-06-02"))
    assert asleep([day_before, same_day], DAY, officer) == {day_before.pk}
    assert asleep(every, date(2014, 6, 1), officer) == {busy.pk, timeless.pk}
    assert asleep([], DAY, officer) == frozenset()


def test_our_groups_are_those_of_the_home_parliament_on_the_day(home: Parliament, officer: User) -> None:
    ours = a_group(home)
    a_group(home, until="2014")
    a_group(home, kind="commission")
    makers.a_body(parliaments=[makers.a_parliament()], since="2010")
    hidden = a_group(home, mark="official")
    regional = a_group(home, kind="regional-group")
    assert set(our_bodies(DAY, officer)) == {ours, regional}
    assert set(our_bodies(DAY, makers.a_user("auditor"))) == {ours, regional, hidden}


def test_there_are_no_groups_of_ours_when_no_home_parliament_is_set(officer: User) -> None:
    makers.a_body(parliaments=[makers.a_parliament()])
    assert list(our_bodies(DAY, officer)) == []


def test_sleeping_groups_could_be_merged_when_others_sleep_about_the_same_region(
    home: Parliament, officer: User
) -> None:
    asia, africa, nowhere = (makers.a_country(region=region) for region in ("asia", "africa", ""))
    first, second = (a_group(home, countries=[makers.a_country(region="asia"), home.country]) for _number in range(2))
    alone = a_group(home, countries=[africa])
    both = a_group(home, countries=[asia, africa])
    unknown = a_group(home, countries=[asia, nowhere])
    awake = a_group(home, countries=[asia])
    regional = a_group(home, kind="regional-group", countries=[asia])
    every = [first, second, alone, both, unknown, awake, regional]
    sleeping = frozenset(one.pk for one in every if one is not awake)
    found = to_merge(every, sleeping, officer)
    assert [(one.body, one.region, one.others, one.into) for one in found] == [
        (first.pk, "asia", 1, (regional.pk,)),
        (second.pk, "asia", 1, (regional.pk,)),
    ]
    assert to_merge([first, alone], frozenset({first.pk, alone.pk}), officer) == []


def test_a_sleeping_group_needs_attention_when_it_is_ours(home: Parliament, officer: User) -> None:
    quiet, busy = a_group(home), a_group(home)
    makers.a_membership(busy, since="2015-01-01")
    makers.a_body(since="2010")
    [rule] = [one for one in every_attention() if one.key == "asleep"]
    assert list(rule.narrow(Body.objects.visible_to(officer), DAY, officer)) == [quiet]
    assert list(rule.narrow(Body.objects.filter(pk=busy.pk), DAY, officer)) == []


@pytest.fixture
def groups(home: Parliament) -> list[Body]:
    """Three groups: one with two changes and a decision, one with a change, one that sleeps."""
    decision = makers.a_decision(taken_on="2015-01-01")
    first, second, third = (a_group(home, name) for name in ("First", "Second", "Third"))
    makers.a_membership(first, since="2015-01-01", decision=decision)
    makers.a_membership(first, since="2015-01-01")
    makers.a_membership(second, since="2015-01-01")
    makers.a_membership(third, since="2012")
    return [first, second, third]


def told(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Name, index and state of each row."""
    return [(row["body"], row["index"], row["state"]) for row in rows]


def test_groups_stand_by_their_index_with_the_dormant_ones_marked_when_read(groups: list[Body], desk: Client) -> None:
    # By changes 2, 1, 0 of 2 others; by decisions 2, 0, 0 of 2 others.
    expected = [("First", "100.0", ""), ("Second", "25.0", ""), ("Third", "0.0", "dormant")]
    assert told(rows_of(desk, PAGE)) == expected
    assert told(rows_of(desk, f"{PAGE}&sort=-body"))[0][0] == "Third"
    assert told(rows_of(desk, f"{PAGE}&dormant=on")) == expected[2:]
    page: Any = desk.get(PAGE)
    assert page.content.decode().count('class="badge badge-warn"') == 1
    assert [fact.value for fact in page.context["glance"]][:2] == ["3", "1"]


def test_only_what_happened_in_the_period_counts_when_one_is_given(groups: list[Body], desk: Client) -> None:
    rows = rows_of(desk, f"{PAGE}&since=2012-01-01&until=2012-12-31")
    assert {row["body"]: (row["changes"], row["index"]) for row in rows} == {
        "Third": (1, "100.0"),
        "First": (0, "0.0"),
        "Second": (0, "0.0"),
    }
    assert {row["body"]: row["state"] for row in rows}["Third"] == "dormant"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since=2015-02-01&until=2015-01-01", "The period ends before it begins."),
        ("since=2015-07-01", "The period ends before it begins."),
        ("until=2015-07-01", "The period ends after the day that is read."),
        ("until=0001-01-01", "Ensure this value is greater than or equal to"),
        ("since=tea", "Enter a valid date."),
        ("kind=tea", "Select a valid choice."),
        ("on=tea", "“tea” is not a date"),
    ],
)
def test_a_period_that_is_none_is_named_when_it_is_asked_for(
    query: str, words: str, groups: list[Body], desk: Client
) -> None:
    page = desk.get(f"/desk/activity/?{'' if query.startswith('on=') else 'on=2015-06-01&'}{query}")
    assert page.status_code == (400 if query.startswith("on=") else 200)
    assert words in page.content.decode()
    assert len(page.context["table"].rows) == 3


def test_other_kinds_are_there_when_they_are_asked_for(home: Parliament, groups: list[Body], desk: Client) -> None:
    a_group(home, "Commission", kind="commission")
    assert [row["body"] for row in rows_of(desk, f"{PAGE}&kind=commission")] == ["Commission"]
    assert len(rows_of(desk, f"{PAGE}&kind=every")) == 4


@pytest.fixture
def another_measure(groups: list[Body]) -> Iterator[None]:
    """A measure of an area to come: meetings, of which the third group had five."""

    def meetings(bodies: Any, first: date, last: date, reader: Any) -> dict[int, int]:
        return {groups[2].pk: 5}

    measure_of(Body, "meetings", "Meetings")(meetings)
    yield
    del hooks._measures["bodies.body", "meetings"]


@pytest.mark.usefixtures("another_measure")
def test_a_measure_of_another_area_counts_and_has_a_column_when_it_is_registered(
    groups: list[Body], desk: Client, officer: User
) -> None:
    rows = rows_of(desk, PAGE)
    assert {row["body"]: (row["meetings"], row["state"]) for row in rows}["Third"] == (5, "")
    # Three measures speak: of changes and decisions it has none, of meetings the most.
    assert {row["body"]: row["index"] for row in rows}["Third"] == "33.3"
    assert "Meetings" in desk.get(PAGE).content.decode()
    assert asleep(groups, DAY, officer) == frozenset()


def test_a_hidden_group_is_neither_there_nor_counted_when_the_reader_may_not_know_of_it(
    home: Parliament, groups: list[Body], client: Client
) -> None:
    asia = makers.a_country(region="asia")
    for name, mark in (("Seen", "internal"), ("Hidden", "official")):
        makers.a_membership(a_group(home, name, mark=mark, countries=[asia]), since="2012")
    shown = {}
    for role in ("protocol_officer", "head_of_department"):
        client.force_login(makers.a_user(role))
        page: Any = client.get(PAGE)
        shown[role] = len(page.context["table"].rows), page.context["candidates"].total
        assert ("Hidden" in page.content.decode()) == (role == "head_of_department")
    assert shown == {"protocol_officer": (4, 0), "head_of_department": (5, 2)}


def test_the_reason_stands_beside_a_group_when_it_could_be_merged(home: Parliament, desk: Client) -> None:
    for name, kind in (("Kama", "working-group"), ("Lena", "working-group"), ("Far East", "regional-group")):
        a_group(home, name, kind=kind, countries=[makers.a_country(region="asia")])
    text = desk.get(PAGE).content.decode()
    assert text.count("Nothing in twelve months, as in 1 other group about the region.") == 2
    assert "There is a regional group: Far East." in text


def test_the_page_asks_as_many_queries_when_there_are_more_groups(
    home: Parliament, groups: list[Body], desk: Client
) -> None:
    desk.get(PAGE)
    counts = []
    for more in (0, 10):
        for _number in range(more):
            makers.a_membership(a_group(home, countries=[makers.a_country(region="asia")]), since="2015")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(PAGE).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1
    assert counts[1] <= 16


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_the_page_is_there_when_it_is_read_in_each_language(language: str, groups: list[Body], desk: Client) -> None:
    text = desk.get(PAGE, headers={"Accept-Language": language}).content.decode()
    assert (f'<html lang="{language}"' in text, text.count("<h1"), "First" in text) == (True, 1, True)


def test_a_file_says_the_period_and_how_the_index_is_made_when_it_is_taken(groups: list[Body], desk: Client) -> None:
    lines = list(csv.reader(io.StringIO(desk.get(f"{PAGE}&format=csv").content.decode("utf-8-sig"))))
    assert lines[:3] == [
        ["# Register", "Activity of groups"],
        ["# As of", "1 June 2015"],
        ["# Period", "2 Jun 2014\N{NO-BREAK SPACE}– 1 Jun 2015"],
    ]
    assert lines[3][0] == "# Index"
    heads = ["id", "Name", "Kind", "Index", "Members joined or left", "Decisions", "Events held", "Members"]
    meetings = ["Offices held in the assembly", "Outcomes adopted", "Statements delivered"]
    meetings += ["Steps of seats in assemblies", "Talks held in the margins"]
    assert lines[4] == [*heads, *meetings, "State", "grade", "mark"]
    kind = ["Working group"] if lines[5][2][0].isupper() else ["working group"]
    assert lines[5] == [
        str(groups[0].pk),
        "First",
        *kind,
        "100.0",
        "2",
        "1",
        "0",
        "2",
        "0",
        "0",
        "0",
        "0",
        "0",
        "",
        "stated",
        "internal",
    ]
    assert desk.get(f"{PAGE}&format=xlsx").content[:2] == b"PK"
    assert desk.get("/desk/activity/?on=tea&format=csv").status_code == 400
