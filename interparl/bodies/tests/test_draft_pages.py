"""The pages of drafts: what they show to whom, what their forms do, and what bad input is told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interparl.accounts.models import User
from interparl.bodies.actions import place_person
from interparl.bodies.models import Body, DraftPlace
from interparl.bodies.tests.drafting_house import House, body_url, places, text, url
from interparl.core.addresses import list_address
from interparl.core.writing import change
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


def test_the_page_of_a_draft_says_how_far_it_is(house: House, client: Client, officer: User) -> None:
    house.rule(least=3)
    house.wish(1, house.group)
    house.wish(2, house.group)
    draft = house.draft()
    place_person(places(draft, house.group)[0], house.people[1], by=officer)
    client.force_login(officer)
    answer = client.get(url(draft))
    rows = list(answer.context["table"].values())
    assert rows == [
        ["Commission", "interparliamentary commission", "0 of 2", "0 of 0", "2 places are vacant"],
        ["Delegation", "permanent delegation", "0 of 2", "0 of 0", "2 places are vacant"],
        ["Group", "working group", "1 of 3", "1 of 2", "1 rule is broken"],
    ]
    assert [fact.value for fact in answer.context["glance"]] == ["3", "1 of 7", "1 of 3", "1 of 2", "1 of 2", "1"]
    assert "a new part of the same body" in text(answer)


@pytest.mark.parametrize("role", ["member", "ministry_liaison", "protocol_officer", "delegation_secretary"])
def test_drafts_are_the_department_s_own(role: str, house: House, client: Client) -> None:
    draft = house.draft("Hush")
    house.wish(1, house.group)
    user = makers.a_user(role)
    if role == "member":
        makers.sits(user)
    client.force_login(User.objects.get(pk=user.pk))
    pages = ["", "add", "propose", "compare", "approve", "take-back"]
    addresses = [url(draft, page) for page in pages]
    addresses += [body_url(draft, house.group), list_address("bodies.draft"), list_address("bodies.candidate")]
    addresses += [reverse("bodies:wishes-whose"), reverse("bodies:wishes-of", args=(house.new.pk, house.people[1].pk))]
    assert {one: client.get(one).status_code for one in addresses} == dict.fromkeys(addresses, 403)
    assert {one: client.post(one).status_code for one in addresses} == dict.fromkeys(addresses, 403)
    assert "Hush" not in text(client.get(reverse("find"), {"q": "hush"}))
    assert "Drafts" not in text(client.get(reverse("home")))


@pytest.mark.parametrize("role", ["leadership", "auditor"])
def test_the_leadership_reads_drafts_and_does_not_write(role: str, house: House, client: Client) -> None:
    draft = house.draft()
    client.force_login(makers.a_user(role))
    shown = {page: client.get(url(draft, page)).status_code for page in ("", "propose", "compare", "add", "approve")}
    assert shown == {"": 200, "propose": 200, "compare": 200, "add": 403, "approve": 403}
    page = client.get(body_url(draft, house.group))
    assert (page.status_code, page.context["may"], page.context["chosen"]) == (200, False, None)
    for one in (url(draft, "propose"), url(draft, "approve"), body_url(draft, house.group)):
        assert client.post(one, {"method": "first-come"}).status_code == 403


def test_only_the_head_is_offered_to_approve(house: House, client: Client, officer: User, head: User) -> None:
    draft = house.draft()
    offered = {}
    for user in (officer, head):
        client.force_login(user)
        page = client.get(url(draft))
        offered[user.role] = [str(one.label) for one in page.context["actions"]]
        assert client.get(url(draft, "approve")).status_code == (200 if user is head else 403)
    assert offered == {
        "desk_officer": ["Propose…", "Compare"],
        "head_of_department": ["Propose…", "Compare", "Approve…"],
    }


def test_a_hidden_body_shows_neither_name_nor_count(house: House, client: Client, officer: User, head: User) -> None:
    secret = house.body("secret", "Secret", 4, mark="official")
    draft = house.draft(patterns=[house.group, secret])
    place_person(places(draft, secret)[0], house.people[1], by=head)
    shown = {}
    for user in (officer, head):
        client.force_login(user)
        page = client.get(url(draft))
        shown[user.role] = ([fact.value for fact in page.context["glance"]][:2], "Secret" in text(page))
        assert client.get(body_url(draft, secret)).status_code == (200 if user is head else 404)
    assert shown == {
        "desk_officer": (["1", "0 of 3"], False),
        "head_of_department": (["2", "1 of 7"], True),
    }
    client.force_login(officer)
    able = client.get(body_url(draft, house.group)).context["able"]
    assert {one.bodies for one in able.rows} == {0}
    for name in ("propose", "compare"):
        assert "Secret" not in text(client.get(url(draft, name)))


def test_people_are_placed_and_taken_out_without_scripts(house: House, client: Client, officer: User) -> None:
    draft = house.draft()
    page = body_url(draft, house.group)
    head_place = places(draft, house.group)[0]
    client.force_login(officer)
    answer = client.post(page, {"place": head_place.pk, "person": house.people[1].pk}, follow=True)
    assert [row.name for row in answer.context["rows"]] == ["Anna Member1", "", ""]
    assert answer.context["rows"][0].said == "by hand"
    answer = client.post(page, {"take_out": head_place.pk}, follow=True)
    assert [row.name for row in answer.context["rows"]] == ["", "", ""]
    client.post(page, {"remove": head_place.pk})
    assert len(places(draft, house.group)) == 2
    answer = client.post(page, {"leave_out": "1"}, follow=True)
    assert answer.redirect_chain[-1][0] == url(draft)
    assert draft.bodies.count() == 2


def test_somebody_who_is_no_member_is_found_by_name(house: House, client: Client, officer: User) -> None:
    clerk = makers.a_person("Clerk")
    draft = house.draft()
    page = body_url(draft, house.group)
    place = places(draft, house.group)[2]
    client.force_login(officer)
    refused = client.post(page, {"place": place.pk, "somebody": "Nobody at all"})
    assert (refused.status_code, "Nothing is called" in text(refused)) == (422, True)
    client.post(page, {"place": place.pk, "somebody": "Anna Clerk"})
    assert places(draft, house.group)[2].person == clerk


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"place": "999999", "person": "1"}, "no longer there"),
        ({"place": "x" * 30, "person": "1"}, "no longer there"),
        ({"take_out": "²"}, "no longer there"),
        ({"remove": ""}, "no longer there"),
        ({}, "no longer there"),
        ({"place": "own", "person": "987654321987654321987"}, "Choose somebody"),
        ({"place": "own"}, "Choose somebody"),
        ({"place": "own", "person": "unwilling"}, "does not want to sit there"),
        ({"remove": "taken"}, "Take the person out first"),
    ],
)
def test_what_cannot_be_done_by_hand_is_said(
    sent: dict[str, str], message: str, house: House, client: Client, officer: User
) -> None:
    house.wish(2, house.group, None)
    draft = house.draft()
    first, second, _third = places(draft, house.group)
    place_person(second, house.people[1], by=officer)
    named = {"own": first.pk, "taken": second.pk, "unwilling": house.people[2].pk}
    client.force_login(officer)
    answer = client.post(
        body_url(draft, house.group), {key: named.get(value, value) for key, value in sent.items()}, follow=True
    )
    assert message in text(answer)
    assert [str(one.person or "") for one in places(draft, house.group)] == ["", "Anna Member1", ""]


def test_who_could_be_placed_stands_in_the_order_of_wishes_with_what_would_be_broken(
    house: House, client: Client, officer: User
) -> None:
    house.rule(family="heads", most=1)
    house.wish(5, house.group, 2)
    house.wish(3, house.group, 1, would_lead=True)
    house.wish(4, house.group, None)
    draft = house.draft()
    other = house.body("other", "Other", 1)
    second = house.draft("Second", [house.group, other])
    place_person(places(second, other)[0], house.people[3], by=officer)
    client.force_login(officer)
    able = client.get(body_url(second, house.group)).context["able"]
    assert [(one.name, one.wish) for one in able.rows][:2] == [
        ("Anna Member3", "wish No. 1, would like to lead it"),
        ("Anna Member5", "wish No. 2"),
    ]
    assert (able.rows[0].bodies, able.rows[0].heads, able.rows[1].bodies) == (1, 1, 0)
    assert (able.rows[0].breaks, able.rows[1].breaks) == (
        "Bodies that one person heads (working group): at most 1",
        "",
    )
    assert able.rows[0].languages == "English"
    assert "Anna Member4" not in {one.name for one in able.rows}
    found = client.get(body_url(draft, house.group), {"q": "member6"}).context["able"]
    assert [one.name for one in found.rows] == ["Anna Member6"]


def test_the_rules_of_a_body_say_what_is_lacking_and_who_could_fill_it(
    house: House, client: Client, officer: User
) -> None:
    house.rule(family="sex", least=1)
    house.wish(7, house.group)
    draft = house.draft()
    first, second, _third = places(draft, house.group)
    place_person(first, house.people[2], by=officer)
    place_person(second, house.people[4], by=officer)
    client.force_login(officer)
    line = client.get(body_url(draft, house.group)).context["rules"][0]
    assert (line.state, line.value) == ("broken", "Women: 0 of 2; lacking: 1")
    assert line.second == "could be filled by: Anna Member7, Anna Member1, Anna Member3"


def test_bodies_are_added_from_those_of_the_earlier_convocation(house: House, client: Client, officer: User) -> None:
    house.body("committee", "Committee", 2, kind=Body.Kind.COMMITTEE)
    draft = house.draft(patterns=[house.group])
    client.force_login(officer)
    page = client.get(url(draft, "add"))
    assert [(name, is_ticked) for _body, name, _kind, is_ticked in page.context["offered"]] == [
        ("Commission", True),
        ("Delegation", True),
        ("Committee", False),
    ]
    assert client.post(url(draft, "add"), {}).status_code == 422
    assert client.post(url(draft, "add"), {"body": "nonsense"}).status_code == 422
    client.post(url(draft, "add"), {"body": [house.commission.pk]})
    assert draft.bodies.count() == 2


def test_nothing_is_changed_on_the_page_of_a_past_day(house: House, client: Client, officer: User) -> None:
    draft = house.draft()
    client.force_login(officer)
    on = "?on=2015-01-01"
    assert client.get(url(draft) + on).context["actions"][0].label == "Compare"
    place = places(draft, house.group)[0]
    sent = {"place": place.pk, "person": house.people[1].pk, "method": "first-come"}
    for one in (body_url(draft, house.group), url(draft, "propose"), url(draft, "add")):
        assert client.post(one + on, sent).status_code == 403


def test_a_draft_is_set_aside_with_a_reason_and_opened_again(house: House, client: Client, officer: User) -> None:
    draft = house.draft()
    client.force_login(officer)
    move = url(draft, "move/set-aside")
    assert client.post(move, {}).status_code == 422
    client.post(move, {"reason": "Another was chosen"})
    draft.refresh_from_db()
    assert draft.state == "aside"
    assert client.post(url(draft, "propose"), {"method": "first-come"}).status_code == 403
    client.post(url(draft, "move/reopen"), {})
    draft.refresh_from_db()
    assert draft.state == "open"


def test_the_page_of_a_draft_asks_no_more_questions_for_more_bodies(
    house: House, client: Client, officer: User
) -> None:
    house.rule(least=3)
    house.rule(family="single-sex", most=2)
    numbers = []
    small = house.draft(patterns=[house.group])
    large = house.draft(patterns=[*house.patterns, *(house.body(f"b{one}", f"B{one}", 3) for one in range(6))])
    for draft in (small, large):
        for at, place in enumerate(DraftPlace.objects.filter(drafted__draft=draft).order_by("pk")):
            if at % 2:
                with change(place, by=officer) as held:
                    held.person = house.people[at % 8]
        house.wish(at % 8, house.group, 40 + at)
    client.force_login(officer)
    pages = [(url(small, page), url(large, page)) for page in ("", "propose", "compare")]
    pages.append((body_url(small, house.group), body_url(large, house.group)))
    for several in pages:
        client.get(several[0])
        counted = []
        for one in several:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(one).status_code == 200
            counted.append(len(queries))
        numbers.append(counted)
    assert [few >= many for few, many in numbers] == [True] * 4, numbers
    assert max(many for _few, many in numbers) < 45, numbers
