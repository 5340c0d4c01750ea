"""The steps of a draft on pages: proposed, compared, approved and taken back; and wishes on one form."""

from __future__ import annotations

import threading
from threading import Event
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.bodies.actions import approve, place_person, proposing
from interparl.bodies.models import Body, Candidate, DraftPlace
from interparl.bodies.rules import solving
from interparl.bodies.rules.choosing import first_come
from interparl.bodies.tests.drafting_house import DECIDED, House, places, text, url
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    """The parliament after its election."""
    return House()


@pytest.fixture
def head(db: None) -> User:
    """Who may approve."""
    return makers.a_user("head_of_department")


def test_a_proposal_is_made_from_the_page_and_unmet_wishes_have_reasons(
    house: House, client: Client, officer: User
) -> None:
    for number in range(5):
        house.wish(number, house.group, 1)
    draft = house.draft(patterns=[house.group])
    client.force_login(officer)
    answer = client.post(url(draft, "propose"), {"method": "solver"}, follow=True)
    assert sum(one.person is not None for one in places(draft, house.group)) == 3
    assert answer.context["method_words"].startswith("best draft, by the solver · points of the wishes met: 60")
    rows = list(answer.context["table"].values())
    assert len(rows) == answer.context["unmet"] == 2
    assert rows[0][3].startswith("no place is left; there are: Anna Member")
    assert "(wish No. 1)" in rows[0][3]


def test_what_contradicts_itself_is_named_on_the_page(house: House, client: Client, officer: User, head: User) -> None:
    house.rule(least=5)
    secret = house.body("secret", "Secret", 2, mark="official")
    makers.kept(Candidate(convocation=house.new, person=house.people[1], body=secret, rank=1))
    draft = house.draft(patterns=[house.group, secret])
    client.force_login(officer)
    answer = client.post(url(draft, "propose"), {"method": "solver"}, follow=True)
    assert answer.context["outcome"].startswith("There is no draft that keeps all of this together")
    assert answer.context["conditions"] == [
        "Group: Members and substitutes: at least 5",
        "Group: 3 places for full members",
    ]
    assert "Without any one of these the others can be kept." in text(answer)
    client.cookies["language"] = "ru"
    client.force_login(head)
    assert client.get(url(draft, "propose")).context["conditions"][0].startswith("Group: ")


@pytest.mark.django_db(transaction=True)
def test_a_large_proposal_is_made_beside_the_answer(
    house: House, client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "AT_ONCE", 0)
    may_go, is_asked = Event(), Event()

    def waiting(*given: Any, **named: Any) -> Any:
        is_asked.set()
        assert may_go.wait(60)
        return first_come(*given, **named)

    monkeypatch.setattr(proposing, "first_come", waiting)
    draft = house.draft()
    client.force_login(officer)
    answer = client.post(url(draft, "propose"), {"method": "first-come"}, follow=True)
    assert (is_asked.wait(60), answer.context["is_running"], answer.context["may"]) == (True, True, False)
    assert "this page looks again by itself" in text(answer)
    again = client.post(url(draft, "propose"), {"method": "first-come"})
    assert again.context["refusal"] == ["A proposal for this draft is being made at this moment."]
    may_go.set()
    for thread in threading.enumerate():
        if thread.name == f"draft-{draft.pk}":
            thread.join(60)
    done = client.get(url(draft, "propose"))
    assert (done.context["is_running"], done.context["outcome"]) == (False, "")
    assert DraftPlace.objects.filter(drafted__draft=draft, person__isnull=False).count() == 7


def test_a_proposal_that_failed_is_told(
    house: House, client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_given: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(proposing, "first_come", failing)
    draft = house.draft()
    client.force_login(officer)
    answer = client.post(url(draft, "propose"), {"method": "first-come"}, follow=True)
    assert answer.context["outcome"] == "Nothing was written: the program failed. The log of the server says why."
    assert not DraftPlace.objects.filter(drafted__draft=draft, person__isnull=False).exists()


def test_the_page_says_so_when_there_is_no_solver(
    house: House, client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise solving.SolverMissing

    monkeypatch.setattr(solving, "_solver_module", missing)
    draft = house.draft()
    client.force_login(officer)
    page = client.get(url(draft, "propose"))
    assert "The solver is not installed here." in text(page)
    assert 'value="solver"' not in text(page)
    refused = client.post(url(draft, "propose"), {"method": "solver"})
    assert (refused.status_code, refused.context["refusal"]) == (
        422,
        ["The solver is not installed here. Everything else works without it."],
    )
    assert client.post(url(draft, "propose"), {"method": "magic"}).status_code == 422
    client.post(url(draft, "propose"), {"method": "first-come"})
    assert DraftPlace.objects.filter(drafted__draft=draft, person__isnull=False).count() == 7


def test_drafts_are_compared_with_each_other_and_with_what_is_in_force(
    house: House, client: Client, officer: User
) -> None:
    house.wish(1, house.group, 1)
    first, second = house.draft("First"), house.draft("Second")
    place_person(places(first, house.group)[0], house.people[1], by=officer)
    place_person(places(second, house.group)[0], house.people[2], by=officer)
    client.force_login(officer)
    beside = client.get(url(second, "compare"), {"with": first.pk})
    assert list(beside.context["table"].values()) == [
        ["Group", "Anna Member2", "Anna Member1", "Anna Member1 → Anna Member2"]
    ]
    assert list(beside.context["lost"].values()) == [["Anna Member1", 1, "Group"]]
    force = client.get(url(first, "compare"))
    assert [row[:3] for row in force.context["table"].values()] == [
        ["Commission", "", "Anna Gone"],
        ["Delegation", "", "Anna Gone"],
        ["Group", "Anna Member1", "Anna Gone"],
    ]
    assert list(force.context["gained"].values()) == [["Anna Member1", 1, "Group"]]
    assert client.get(url(first, "compare"), {"with": "nonsense"}).context["asked"] == "in-force"


def test_the_head_approves_and_takes_back_on_pages(house: House, client: Client, head: User) -> None:
    house.rule(least=3)
    draft = house.draft()
    place_person(places(draft, house.group)[0], house.people[1], by=head)
    decision = makers.a_decision("12", DECIDED)
    client.force_login(head)
    page = client.get(url(draft, "approve"), {"on": "2016-12-01"})
    assert [line.text for line in page.context["broken"]] == ["Group: Members and substitutes: at least 3"]
    refused = client.post(url(draft, "approve"), {"decision": f"#{decision.pk}"})
    assert (refused.status_code, "reason" in refused.context["form"].errors) == (422, True)
    assert client.post(url(draft, "approve"), {"decision": ""}).status_code == 422
    sent = {"decision": f"#{decision.pk}", "reason": "Two more follow"}
    assert client.post(url(draft, "approve"), sent)["Location"] == url(draft)
    shown = client.get(url(draft))
    assert "This draft was approved." in text(shown)
    assert [str(one.label) for one in shown.context["actions"]] == ["Compare"]
    assert client.post(url(draft, "take-back"), {}).status_code == 422
    client.post(url(draft, "take-back"), {"reason": "Too early"})
    draft.refresh_from_db()
    assert (draft.state, Body.objects.filter(continues=house.group).exists()) == ("open", False)
    assert client.get(url(draft, "take-back")).status_code == 404


def test_an_approval_is_not_taken_back_by_who_may_not_approve(
    house: House, client: Client, officer: User, head: User
) -> None:
    draft = house.draft()
    batch = approve(draft, makers.a_decision("12", DECIDED), by=head)
    client.force_login(officer)
    undo = reverse("exchange:batch-undo", args=(batch.pk,))
    assert client.post(undo, {"reason": "Mine"}).status_code == 403
    assert client.get(reverse("exchange:batch-show", args=(batch.pk,))).status_code == 200
    assert "draft" in text(client.get(reverse("exchange:batch-list")))
    draft.refresh_from_db()
    assert draft.state == "approved"


def test_wishes_of_a_person_are_written_on_one_form(house: House, client: Client, officer: User) -> None:
    client.force_login(officer)
    asked = client.get(reverse("bodies:wishes-whose"), {"person": "Anna Member1", "convocation": f"#{house.new.pk}"})
    page = reverse("bodies:wishes-of", args=(house.new.pk, house.people[1].pk))
    assert asked["Location"] == page
    sent = {
        "body-0": house.group.pk,
        "rank-0": "1",
        "lead-0": "on",
        "body-2": house.delegation.pk,
        "rank-2": "2",
        "body-4": house.commission.pk,
        "unwilling-4": "on",
    }
    assert client.post(page, sent).status_code == 302
    rows = Candidate.objects.filter(person=house.people[1]).in_order()
    assert [(one.body, one.rank, one.would_lead) for one in rows] == [
        (house.group, 1, True),
        (house.delegation, 2, False),
        (house.commission, None, False),
    ]
    assert [line.rank for line in client.get(page).context["lines"]][:4] == ["1", "2", "", ""]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"body-0": "group", "rank-0": "first"}, "Line 1: write the rank as a number"),
        ({"body-0": "group", "rank-0": "1000000"}, "Line 1: write the rank as a number"),
        ({"body-0": "group"}, "Line 1: write the rank as a number"),
        ({"body-0": "group", "rank-0": "0"}, "Ranks begin with 1"),
        ({"rank-0": "1"}, "Line 1: choose a body"),
        ({"body-0": "987654321"}, "Line 1: choose a body"),
        ({"body-0": "group", "rank-0": "1", "unwilling-0": "on"}, "either a rank, or does not want to"),
        ({"body-0": "group", "rank-0": "1", "body-1": "delegation", "rank-1": "1"}, "has this rank"),
        ({"body-0": "group", "rank-0": "1", "body-1": "group", "rank-1": "2"}, "stands there twice"),
    ],
)
def test_wishes_that_cannot_be_read_are_told_and_nothing_is_lost(
    sent: dict[str, str], message: str, house: House, client: Client, officer: User
) -> None:
    named = {"group": str(house.group.pk), "delegation": str(house.delegation.pk)}
    typed = {key: named.get(value, value) for key, value in sent.items()}
    client.force_login(officer)
    answer = client.post(reverse("bodies:wishes-of", args=(house.new.pk, house.people[1].pk)), typed)
    assert (answer.status_code, Candidate.objects.count()) == (422, 0)
    assert any(message in one for one in answer.context["refusal"]), answer.context["refusal"]
    line = answer.context["lines"][0]
    assert (line.body, line.rank) == (typed.get("body-0", ""), typed.get("rank-0", ""))


def test_pages_of_wishes_are_not_found_for_what_is_not_there(house: House, client: Client, officer: User) -> None:
    hidden = makers.a_person("Hidden", mark="official")
    client.force_login(officer)
    for convocation, person in ((10**6, house.people[1].pk), (house.new.pk, 10**6), (house.new.pk, hidden.pk)):
        assert client.get(reverse("bodies:wishes-of", args=(convocation, person))).status_code == 404
