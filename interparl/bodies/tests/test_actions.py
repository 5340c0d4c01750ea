"""Replacing a member: the place changes hands on one day, by the rules, or nothing happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.bodies.actions import replace_member
from interparl.bodies.models import Membership
from interparl.core.addresses import address
from interparl.core.models import Entry
from interparl.core.writing import Refused, values_of
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving(db: None) -> Membership:
    """The holder of a seat in a group of the 5th convocation."""
    body = makers.a_body(name="Group", since="2012-11-20", until="2016-09-10")
    part = makers.a_part(body, makers.the_home_parliament(), since="2012-11-20", until="2016-09-10")
    return makers.a_membership(
        part=part,
        seat=makers.a_seat(part),
        person=makers.a_person("Leaver"),
        since="2012-11-20",
        until="2016-09-10",
        role="deputy-head",
        mark="public",
        published_on="2014-01-01",
        grade="likely",
    )


def replaced(leaving: Membership, by: User, since: str = "2015-05-06", **values: Any) -> Membership:
    """The new membership."""
    person = values.pop("person", None) or makers.a_person("Newcomer")
    given = {"decision": None, "note": "Moved to a ministry"} | values
    return replace_member(leaving, person=person, since=since, by=by, **given)


def holders(leaving: Membership, day: str) -> list[str]:
    """Who holds the seat on a day."""
    found = Membership.objects.filter(seat=leaving.seat).on(date.fromisoformat(day))
    return [str(one.person) for one in found]


def test_the_seat_changes_hands_on_one_day_when_a_member_is_replaced(leaving: Membership, officer: User) -> None:
    decision = makers.a_decision("17")
    new = replaced(leaving, officer, decision=decision)
    leaving.refresh_from_db()
    assert (leaving.until, leaving.end_reason) == ("2015-05-05", "replaced")
    assert (new.since, new.until, new.start_reason, new.replaces) == (
        "2015-05-06",
        "2016-09-10",
        "replacement",
        leaving,
    )
    assert (new.role, new.seat, new.part, new.decision) == ("deputy-head", leaving.seat, leaving.part, decision)
    assert (new.mark, str(new.published_on), new.grade) == ("public", "2014-01-01", "likely")
    assert [holders(leaving, day) for day in ("2015-05-05", "2015-05-06", "2016-09-10", "2016-09-11")] == [
        ["Anna Leaver"],
        ["Anna Newcomer"],
        ["Anna Newcomer"],
        [],
    ]
    assert new.since_earliest == leaving.until_latest + timedelta(days=1)  # type: ignore[operator]


def test_both_changes_are_in_the_history_of_the_body_when_a_member_is_replaced(
    leaving: Membership, officer: User
) -> None:
    before = Entry.objects.latest("pk").pk
    replaced(leaving, officer, person=makers.a_person())
    entries = Entry.objects.filter(pk__gt=before, whole_kind="bodies.body", whole_id=leaving.body_id).order_by("pk")
    assert [(entry.verb, entry.note, entry.user) for entry in entries] == [
        ("replaced", "Moved to a ministry", officer),
        ("added", "Moved to a ministry", officer),
    ]


@pytest.mark.parametrize(
    ("since", "message"),
    [
        ("2015-05", "Write the exact day on which the place changes hands."),
        ("2015", "Write the exact day on which the place changes hands."),
        ("..2015-05-06", "Write the exact day on which the place changes hands."),
        ("2012-11-20", "The end lies before the beginning."),
        ("2011-01-01", "The end lies before the beginning."),
        # The body is over by then: the newcomer would leave before he came.
        ("2017-01-01", "The end lies before the beginning."),
    ],
)
def test_nothing_changes_when_the_day_may_not_be(since: str, message: str, leaving: Membership, officer: User) -> None:
    person, entries, before = makers.a_person(), Entry.objects.count(), values_of(leaving)
    with pytest.raises(Refused) as refusal:
        replaced(leaving, officer, since, person=person)
    leaving.refresh_from_db()
    assert refusal.value.messages == [message]
    assert (values_of(leaving), Membership.objects.count(), Entry.objects.count()) == (before, 1, entries)


def test_nothing_changes_when_the_newcomer_s_mandate_does_not_reach_so_far(leaving: Membership, officer: User) -> None:
    chamber = makers.a_chamber(leaving.part.parliament)
    person = makers.a_person()
    makers.a_mandate(person, chamber, since="2012-10-18", until="2015-12-31")
    with pytest.raises(Refused) as refusal:
        replaced(leaving, officer, person=person)
    leaving.refresh_from_db()
    assert refusal.value.messages == ["The membership has days outside the person’s mandate."]
    assert (leaving.until, Membership.objects.count()) == ("2016-09-10", 1)


def test_nobody_is_replaced_twice_when_somebody_else_sits_there_now(leaving: Membership, officer: User) -> None:
    replaced(leaving, officer, "2014-01-01")
    with pytest.raises(Refused) as refusal:
        replaced(leaving, officer, "2015-05-06")
    assert refusal.value.messages == ["Somebody else holds this seat on some of these days."]
    leaving.refresh_from_db()
    assert (leaving.until, Membership.objects.count()) == ("2013-12-31", 2)


def test_the_end_stays_as_it_was_when_the_place_was_vacant_for_a_time(officer: User) -> None:
    part = makers.a_part(makers.a_body(), until="2016-09-10")
    left = makers.a_membership(
        part=part, seat=makers.a_seat(part), since="2012", until="2014-03-01", end_reason="resignation"
    )
    new = replaced(left, officer, "2014-06-02")
    left.refresh_from_db()
    assert (left.until, left.end_reason, new.since, new.until) == (
        "2014-03-01",
        "resignation",
        "2014-06-02",
        "2016-09-10",
    )


def test_the_newcomer_sits_as_long_as_the_part_when_the_body_has_no_end(officer: User) -> None:
    part = makers.a_part(makers.a_body(kind="commission"), until="2016-09-10")
    left = makers.a_membership(part=part, seat=makers.a_seat(part), since="2012")
    assert replaced(left, officer).until == "2016-09-10"


def test_a_member_is_replaced_on_the_page_when_an_officer_sends_it(
    client: Client, officer: User, leaving: Membership
) -> None:
    person, decision = makers.a_person("Newcomer"), makers.a_decision("17", "2015-05-05")
    client.force_login(officer)
    url = f"{address(('bodies.membership', leaving.pk))}replace/"
    form = client.get(url).context["form"]
    assert form.initial["decision"] == decision
    sent = {"person": "newcom", "since": "6.5.2015", "decision": f"#{decision.pk}", "note": "Left"}
    answer = client.post(url, sent)
    assert (answer.status_code, answer["Location"]) == (302, address(("bodies.body", leaving.body_id)))
    new = Membership.objects.get(replaces=leaving)
    assert (new.person, new.since, new.decision) == (person, "2015-05-06", decision)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"person": "leaver", "since": "2015-05-06"}, "person"),
        ({"person": "nobody", "since": "2015-05-06"}, "person"),
        ({"person": "newcomer", "since": "soon"}, "since"),
        ({"person": "newcomer", "since": "2015"}, "since"),
        ({"person": "newcomer", "since": "0000-01-01"}, "since"),
        ({"person": "newcomer", "since": "2011-01-01"}, "__all__"),
        ({"since": "2015-05-06"}, "person"),
    ],
)
def test_the_page_says_what_is_wrong_at_its_field_when_nobody_is_replaced(
    sent: dict[str, str], field: str, client: Client, officer: User, leaving: Membership
) -> None:
    makers.a_person("Newcomer")
    client.force_login(officer)
    answer = client.post(f"{address(('bodies.membership', leaving.pk))}replace/", sent | {"note": "Why"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert 'value="Why"' in answer.content.decode()
    assert Membership.objects.count() == 1


def test_nobody_is_replaced_when_the_reader_may_not_or_reads_another_day(
    client: Client, officer: User, member: User, leaving: Membership
) -> None:
    url = f"{address(('bodies.membership', leaving.pk))}replace/"
    assert client.post(url).status_code == 302
    client.force_login(member)
    assert [client.get(url).status_code, client.post(url).status_code] == [403, 403]
    client.force_login(officer)
    assert client.post(f"{url}?on=2014-01-01", {"person": "x"}).status_code == 403
    assert client.get(f"{address(('bodies.membership', 99))}replace/").status_code == 404
