"""How active bodies are: the measures and the index against the most plodding count, over random years and readers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from interparl.bodies.measures.activity import activities, index_of
from interparl.bodies.models import Body, Decision, Membership, Part, Step
from interparl.core.actors import Actor
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Person
from tests import makers
from tests.independent import activity_model as plodding
from tests.independent.composition_model import bounds, standing

pytestmark = pytest.mark.django_db

DAY = date(2015, 6, 1)
BODIES = 4
days = st.integers(0, 900).map(lambda number: (date(2013, 6, 1) + timedelta(days=number)).isoformat())
rough = (
    days
    | days.map(lambda day: day[:7])
    | days.map(lambda day: day[:4])
    | days.map(lambda day: f"..{day}")
    | st.tuples(days, days).map(lambda pair: f"{min(pair)}..{max(pair)}")
)
ends = st.just("") | rough | days.map("{}..".format)


def _forward(drawn: tuple[Any, ...]) -> bool:
    first, last = (bounds(text) if text else (None, None) for text in drawn[1:3])
    return first[0] is None or last[1] is None or first[0] <= last[1]


where = st.integers(0, BODIES - 1)
seats = st.lists(
    st.tuples(where, st.just("") | rough, ends, st.none() | st.integers(0, 2), st.booleans()).filter(_forward)
)
years = st.tuples(
    st.lists(st.sampled_from(["", "2010", "2014", "2014-05-31", "2014-06-02"]), min_size=BODIES, max_size=BODIES),
    seats,
    st.lists(rough, min_size=3, max_size=3),
    st.lists(st.tuples(st.integers(0, 5), rough), max_size=5),
)
periods = st.just((date(2014, 6, 2), DAY)) | st.tuples(st.integers(0, 500), st.integers(0, 200)).map(
    lambda pair: (DAY - timedelta(days=sum(pair)), DAY - timedelta(days=pair[1]))
)


class Years:
    """Bodies with their members, decisions and steps in the database, and the same as plain events."""

    def __init__(self, drawn: Any) -> None:
        starts, seats_drawn, decisions, steps = drawn
        home = makers.a_parliament()
        self.bodies = [
            Body(code=f"body-{number}", kind="working-group", name=written({"en": "Body"}), since=since)
            for number, since in enumerate(starts)
        ]
        parts = [Part(body=body, parliament=home) for body in self.bodies]
        organ = written({"en": "Council"})
        self.decisions = [Decision(taken_on=day, organ=organ) for day in decisions]
        self.bodies[0].formed_by = self.decisions[0]
        people = [Person() for _seat in seats_drawn]
        self.seats = [
            Membership(
                person=person,
                body=self.bodies[at],
                part=parts[at],
                since=since,
                until=until,
                decision=None if by is None else self.decisions[by],
                mark="official" if is_hidden else "internal",
            )
            for person, (at, since, until, by, is_hidden) in zip(people, seats_drawn, strict=True)
        ]
        self.steps = [
            Step(membership=self.seats[at], kind="notified", taken_on=day) for at, day in steps if at < len(self.seats)
        ]
        rows = (*people, *self.decisions, *self.bodies, *parts, *self.seats, *self.steps)
        change_many([Planned(row) for row in rows], by=Actor.command("tests"))

    def counted(self, first: date, last: date, *, sees_all: bool) -> dict[str, dict[int, int]]:
        """The numbers of each body by measure, counted plodding."""
        seen = [one for one in self.seats if sees_all or one.mark != "official"]
        changes = [{"body": one.body_id, "at": at} for one in seen for at in (one.since, one.until)]
        links = {(one.body_id, one.decision) for one in seen if one.decision}
        links.add((self.bodies[0].pk, self.decisions[0]))
        taken = [{"body": body, "at": decision.taken_on} for body, decision in links]
        steps = [{"body": one.membership.body_id, "at": one.taken_on} for one in self.steps if one.membership in seen]
        members: dict[int, int] = {}
        for one in seen:
            if standing(one.since or None, one.until or None, last) != "no":
                members[one.body_id] = members.get(one.body_id, 0) + 1
        events = {"changes": changes, "decisions": taken, "steps": steps}
        return {key: plodding.happened(one, first, last) for key, one in events.items()} | {"members": members}

    def asleep(self, *, sees_all: bool) -> set[int]:
        """The bodies that were there a year before and in which nothing happened since."""
        first = date(2014, 6, 2)
        counted = self.counted(first, DAY, sees_all=sees_all)
        quiet = [body for body in self.bodies if not any(counted[key].get(body.pk) for key in TELLING)]
        return {body.pk for body in quiet if not body.since or (bounds(body.since)[1] or DAY) < first}


TELLING = ("changes", "decisions", "steps")


@pytest.mark.parametrize(("role", "sees_all"), [("protocol_officer", False), ("head_of_department", True)])
@settings(max_examples=25)
@given(years, periods)
def test_the_activity_is_that_of_the_plodding_count_when_read_by_anybody(
    role: str, sees_all: bool, drawn: Any, period: tuple[date, date]
) -> None:
    with transaction.atomic():
        house, reader = Years(drawn), makers.a_user(role)
        expected = house.counted(*period, sees_all=sees_all)
        keys = [body.pk for body in house.bodies]
        index = plodding.index_of(keys, [expected[key] for key in TELLING])
        found = activities(house.bodies, *period, DAY, reader)
        assert [one.body for one in found] == keys
        # Areas above bodies measure too; nothing of theirs happened here, so they count nothing.
        assert {one.body: {name: number for name, number in one.numbers.items() if number} for one in found} == {
            key: {name: number[key] for name, number in expected.items() if number.get(key)} for key in keys
        }
        assert all(expected.keys() <= one.numbers.keys() for one in found)
        assert {one.body: one.index for one in found} == index
        assert {one.body for one in found if one.is_dormant} == house.asleep(sees_all=sees_all)
        transaction.set_rollback(True)


@settings(max_examples=200)
@given(
    st.lists(st.dictionaries(st.integers(1, 6), st.integers(0, 4), max_size=6), max_size=4),
    st.integers(0, 6),
)
def test_the_index_is_that_of_the_plodding_comparison(measures: list[dict[int, int]], number: int) -> None:
    bodies = list(range(1, number + 1))
    found = index_of(bodies, measures)
    assert found == plodding.index_of(bodies, measures)
    assert all(0 <= index <= 100 for index in found.values())
