"""Moves of clearances and tasks: state × who × move, the order of a chain, and what each leaves behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.core.workflow import Asked
from interparl.core.writing import Refused, change
from interparl.tasks.models import Clearance, Task
from interparl.tasks.workflow import clearance_workflow, task_workflow
from tests.makers import BY, a_country, a_user, sits
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = date(2014, 6, 1)
ANSWERS, KEPT = ["give", "return", "refuse"], ["drop"]


def a_clearance(**values: Any) -> Clearance:
    """A clearance, asked of an office unless told."""
    asked: dict[str, Any] = {} if "asked_of" in values else {"asked_office": "Ministry"}
    found: Clearance = a_record(Clearance, **asked | values)
    return found


def a_member() -> User:
    """A member of parliament with a mandate."""
    user = a_user("member")
    sits(user)
    del user.standing
    return user


def a_reader(role: str) -> User:
    """Somebody of that role."""
    return a_member() if role == "member" else a_user(role)


@pytest.mark.parametrize(
    ("state", "of_member", "of_another", "of_office"),
    [
        ("waiting", ANSWERS, [], []),
        ("given", [], [], []),
        ("returned", [], [], []),
        ("refused", [], [], []),
        ("dropped", [], [], []),
    ],
)
def test_a_member_answers_only_what_is_asked_of_him(
    state: str, of_member: list[str], of_another: list[str], of_office: list[str]
) -> None:
    member = a_member()
    rows = [
        a_clearance(state=state, asked_of=member),
        a_clearance(state=state, asked_of=a_user()),
        a_clearance(state=state),
    ]
    offered = [[move.name for move in clearance_workflow.offered(row, member)] for row in rows]
    assert offered == [of_member, of_another, of_office]


@pytest.mark.parametrize(
    ("role", "of_another", "of_office", "given"),
    [
        ("administrator", [*ANSWERS, *KEPT], [*ANSWERS, *KEPT], ["reopen"]),
        ("head_of_department", [*ANSWERS, *KEPT], [*ANSWERS, *KEPT], ["reopen"]),
        ("desk_officer", KEPT, [*ANSWERS, *KEPT], ["reopen"]),
        ("protocol_officer", KEPT, [*ANSWERS, *KEPT], ["reopen"]),
        ("delegation_secretary", [], [], []),
        ("leadership", [], [], []),
        ("auditor", [], [], []),
        ("member", [], [], []),
        ("ministry_liaison", [], [], []),
    ],
)
def test_nobody_answers_for_another_but_who_leads(
    role: str, of_another: list[str], of_office: list[str], given: list[str]
) -> None:
    reader = a_reader(role)
    rows = [a_clearance(asked_of=a_user()), a_clearance(), a_clearance(asked_of=a_user(), state="given")]
    assert [[move.name for move in clearance_workflow.offered(row, reader)] for row in rows] == [
        of_another,
        of_office,
        given,
    ]


@pytest.mark.parametrize("role", ["leadership", "delegation_secretary", "auditor", "protocol_officer", "desk_officer"])
def test_who_is_asked_answers_when_his_role_keeps_nothing(role: str) -> None:
    user = a_user(role)
    clearance = a_clearance(asked_of=user)
    clearance_workflow.make("give", clearance, Asked(user, DAY))
    clearance.refresh_from_db()
    entry = Entry.objects.latest("pk")
    assert (clearance.state, clearance.settled_on) == ("given", DAY)
    assert (entry.verb, entry.user, sorted(entry.changes)) == ("clearance-given", user, ["settled_on", "state"])


def test_who_is_asked_does_not_answer_when_he_may_not_read_the_record() -> None:
    member = a_member()
    clearance = a_clearance(asked_of=member, mark="official")
    assert clearance_workflow.offered(clearance, member) == []
    with pytest.raises(PermissionDenied):
        clearance_workflow.make("give", clearance, Asked(member, DAY))


@pytest.mark.parametrize(
    ("move", "state"), [("return", "returned"), ("refuse", "refused"), ("drop", "dropped"), ("reopen", "waiting")]
)
def test_a_reason_is_asked_when_it_is_not_given(move: str, state: str) -> None:
    head = a_user("head_of_department")
    clearance = a_clearance(state="given" if move == "reopen" else "waiting")
    with pytest.raises(Refused, match="Write the reason"):
        clearance_workflow.make(move, clearance, Asked(head, DAY))
    clearance_workflow.make(move, clearance, Asked(head, DAY, "The date is wrong"))
    clearance.refresh_from_db()
    assert (clearance.state, clearance.settled_on) == (state, None if state == "waiting" else DAY)
    assert Entry.objects.latest("pk").note == "The date is wrong"


@pytest.mark.parametrize(
    ("earlier", "is_open"),
    [("waiting", True), ("returned", True), ("refused", True), ("given", False), ("dropped", False)],
)
def test_a_step_is_given_when_the_earlier_ones_were_given_or_dropped(earlier: str, is_open: bool) -> None:
    user, country = a_user(), a_country()
    about = {"kind": "directory.country", "object_id": country.pk}
    a_clearance(**about, order=1, state=earlier)
    second = a_clearance(**about, order=2, asked_of=user)
    a_clearance(**about, order=2)
    a_clearance(order=1)
    [listed] = Clearance.objects.with_earlier().filter(pk=second.pk)
    assert (second.waits_for_earlier, listed.waits_for_earlier) == (is_open, is_open)
    assert bool(clearance_workflow.offered(second, user)[0].open_condition) is is_open
    if is_open:
        with pytest.raises(Refused, match="An earlier step"):
            clearance_workflow.make("give", second, Asked(user, DAY))
        return
    clearance_workflow.make("give", second, Asked(user, DAY))
    assert second.state == "given"


def test_a_second_answer_is_refused_when_another_came_before() -> None:
    user = a_user()
    clearance = a_clearance(asked_of=user)
    same = Clearance.objects.get(pk=clearance.pk)
    clearance_workflow.make("give", same, Asked(user, DAY))
    with pytest.raises(Refused, match="not possible now"):
        clearance_workflow.make("refuse", clearance, Asked(user, DAY, "No"))
    assert Clearance.objects.get(pk=clearance.pk).state == "given"


def test_what_was_settled_is_asked_of_nobody_else_before_it_is_reopened() -> None:
    clearance = a_clearance(asked_of=a_user(), state="given")
    with pytest.raises(Refused, match="Reopen it"), change(clearance, by=BY) as held:
        held.asked_of = a_user()
    with pytest.raises(Refused, match="Reopen it"), change(clearance, by=BY) as held:
        held.step = "signed"


@pytest.mark.parametrize("values", [{"asked_of": None, "asked_office": ""}, {"asked_office": "Ministry"}])
def test_a_clearance_is_asked_of_exactly_one(values: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="either an account or an office"):
        a_record(Clearance, **({"asked_of": a_user()} | values))


@pytest.mark.parametrize("ref", [("directory.country", 987_654), ("directory.nothing", 1), ("nonsense", 1)])
def test_a_clearance_is_about_a_record_that_is_there(ref: tuple[str, int]) -> None:
    with pytest.raises(Refused, match="no such record"):
        a_clearance(kind=ref[0], object_id=ref[1])


def test_the_seven_words_are_seven() -> None:
    words = "reviewed recommended agreed certified approved signed released"
    assert [value for value, _label in Clearance.Step.choices] == words.split()


def a_task(**values: Any) -> Task:
    """A task that stands alone unless told."""
    found: Task = a_record(Task, **({"kind": "", "object_id": None} | values))
    return found


@pytest.mark.parametrize(
    ("role", "mine", "of_another"),
    [
        ("desk_officer", ["done", "drop"], ["done", "drop"]),
        ("leadership", ["done", "drop"], []),
        ("member", ["done", "drop"], []),
    ],
)
def test_a_task_is_done_by_its_owner_or_who_keeps_tasks(role: str, mine: list[str], of_another: list[str]) -> None:
    user = a_reader(role)
    rows = [a_task(owner=user), a_task(owner=a_user())]
    assert [[move.name for move in task_workflow.offered(row, user)] for row in rows] == [mine, of_another]


def test_a_task_is_done_and_reopened_with_a_reason() -> None:
    user = a_user("leadership")
    task = a_task(owner=user)
    task_workflow.make("done", task, Asked(user, DAY))
    assert (task.state, task.done_on) == ("done", DAY)
    with pytest.raises(Refused, match="Write the reason"):
        task_workflow.make("reopen", task, Asked(user, DAY))
    task_workflow.make("reopen", task, Asked(user, DAY, "The letter came back"))
    assert (task.state, task.done_on) == ("open", None)


def test_a_task_belongs_to_a_record_as_a_whole_or_to_none() -> None:
    with pytest.raises(Refused, match="no such record"):
        a_task(kind="directory.country")
    with pytest.raises(Refused, match="no such record"):
        a_task(object_id=a_country().pk)
