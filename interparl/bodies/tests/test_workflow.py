"""Steps of a seat in an assembly: a table of state, role and move."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from interparl.accounts.models import User
from interparl.bodies.models import Membership, Step
from interparl.bodies.workflow import START, membership_workflow, state_of
from interparl.core.addresses import address
from interparl.core.models import Entry
from interparl.core.workflow import Asked
from interparl.core.writing import Refused
from tests import makers

pytestmark = pytest.mark.django_db

STATES = (START, *Step.Kind.values)
MOVES = {
    "appoint": "appointed",
    "notify": "notified",
    "accept": "accepted",
    "contest": "contested",
    "refuse": "refused",
    "finish": "ended",
}
# From which state which moves lead on; a row for each state.
ALLOWED = {
    "member": {"appoint", "notify", "accept"},
    "appointed": {"notify", "accept"},
    "notified": {"accept", "contest", "refuse"},
    "accepted": {"contest", "finish"},
    "contested": {"accept", "refuse", "finish"},
    "refused": {"finish"},
    "ended": {"appoint"},
}
WITH_A_REASON = {"contest", "refuse", "finish"}
DAY = date(2014, 6, 1)


def in_state(state: str) -> Membership:
    """A membership whose last step is that one."""
    membership = makers.a_membership(mark="public", published_on="2014-01-01", grade="likely")
    if state != START:
        makers.kept(Step(membership=membership, kind=state, taken_on="2014-05"))
    return membership


def test_the_table_names_every_state_and_move_when_it_is_complete() -> None:
    assert set(ALLOWED) == set(STATES) == set(membership_workflow.titles)
    assert {move.name: str(move.target) for move in membership_workflow.moves} == MOVES


@pytest.mark.parametrize(("state", "role"), list(product(STATES, ("administrator", "desk_officer", "member"))))
def test_a_move_is_made_when_state_and_role_allow_it(state: str, role: str) -> None:
    user = makers.a_user(role)
    offered = {one.name for one in membership_workflow.offered(in_state(state), user)}
    assert offered == (ALLOWED[state] if role != "member" else set())
    for name, target in MOVES.items():
        membership = in_state(state)
        steps = membership.steps.count()
        asked = Asked(user, DAY, "Because")
        if role == "member":
            with pytest.raises(PermissionDenied):
                membership_workflow.make(name, membership, asked)
        elif name not in ALLOWED[state]:
            with pytest.raises(Refused):
                membership_workflow.make(name, membership, asked)
        else:
            membership_workflow.make(name, membership, asked)
            steps += 1
            assert state_of(membership) == target
        assert membership.steps.count() == steps


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_reason_is_asked_when_the_move_takes_something_away(name: str, officer: User) -> None:
    state = next(state for state, moves in ALLOWED.items() if name in moves)
    membership = in_state(state)
    if name in WITH_A_REASON:
        with pytest.raises(Refused) as refusal:
            membership_workflow.make(name, membership, Asked(officer, DAY, " "))
        assert refusal.value.messages == ["Write the reason."]
    else:
        membership_workflow.make(name, membership, Asked(officer, DAY))
        assert state_of(membership) == MOVES[name]


def test_a_step_has_the_day_the_reason_and_the_marks_of_the_seat_when_taken(officer: User) -> None:
    membership = in_state("notified")
    membership_workflow.make("contest", membership, Asked(officer, DAY, "Credentials questioned"))
    step, entry = membership.steps.get(kind="contested"), Entry.objects.latest("pk")
    assert (step.taken_on, step.mark, str(step.published_on), step.grade) == (
        "2014-06-01",
        "public",
        "2014-01-01",
        "likely",
    )
    assert (entry.note, entry.whole_kind, entry.whole_id) == (
        "Credentials questioned",
        "bodies.body",
        membership.body_id,
    )


def test_the_last_step_is_the_latest_by_day_when_they_were_entered_in_another_order() -> None:
    membership = in_state("accepted")
    makers.kept(Step(membership=membership, kind="notified", taken_on="2013"))
    assert state_of(membership) == "accepted"


def test_a_move_is_made_on_its_page_when_an_officer_sends_it(client: Client, officer: User, member: User) -> None:
    membership = in_state("notified")
    url = f"{address(('bodies.membership', membership.pk))}move"
    client.force_login(officer)
    assert client.get(f"{url}/contest/").status_code == 200
    answer = client.post(f"{url}/contest/", {"on": "2014-06-01"})
    assert (answer.status_code, state_of(membership)) == (422, "notified")
    assert "Write the reason." in answer.content.decode()
    answer = client.post(f"{url}/contest/", {"on": "2014-06-01", "reason": "Late"})
    assert (answer.status_code, answer["Location"]) == (302, address(("bodies.body", membership.body_id)))
    assert state_of(membership) == "contested"
    assert client.post(f"{url}/notify/", {"reason": "x"}).status_code == 404
    assert client.post(f"{url}/nothing/", {"reason": "x"}).status_code == 404
    client.force_login(member)
    assert client.post(f"{url}/refuse/", {"reason": "x"}).status_code == 403
