"""Deputising: what may be agreed, what is refused, and what the history says of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import Acting, User
from interparl.administration.actions import accounts
from interparl.administration.tests.test_users import assert_whole, told
from interparl.core.days import today
from interparl.core.writing import Refused
from tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(db: None) -> User:
    """A head of department."""
    return makers.a_user("head_of_department", "head")


@pytest.fixture
def desk(client: Client, head: User) -> Client:
    """His window."""
    client.force_login(head)
    return client


def day(number: int) -> date:
    """So many days from today."""
    return today() + timedelta(days=number)


def agreed(user: User, deputy: User, since: int, until: int, by: User) -> Acting:
    """A deputising from a day to a day, counted from today."""
    return accounts.add_acting(user=user, deputy=deputy, since=day(since), until=day(until), by=by)


def may(user: User, permission: str) -> bool:
    """Whether somebody holds the permission with the next request."""
    return User.objects.get(pk=user.pk).has_perm(permission)


def given(acting: Acting) -> dict[str, Any]:
    """What the form of a deputising sends."""
    return {"user": acting.user_id, "deputy": acting.deputy_id, "since": acting.since, "until": acting.until}


def test_somebody_acts_for_an_officer_when_the_head_says_so(desk: Client, head: User) -> None:
    officer, deputy = makers.a_user("desk_officer"), makers.a_user("protocol_officer")
    found = Acting(user=officer, deputy=deputy, since=day(0), until=day(7))
    assert not may(deputy, "directory.change_country")
    assert desk.post("/desk/deputising/new/", given(found)).status_code == 302
    assert may(deputy, "directory.change_country")
    acting = Acting.objects.get()
    changes = {
        "user": [None, officer.pk],
        "deputy": [None, deputy.pk],
        "since": [None, day(0).isoformat()],
        "until": [None, day(7).isoformat()],
    }
    assert told(accounts.ACTING) == [(acting.pk, "added", changes, "head", "")]
    assert desk.get("/desk/deputising/").context["table"].rows == [acting]
    assert_whole()


def test_who_is_away_is_chosen_already_when_the_form_is_opened_from_his_page(desk: Client) -> None:
    officer = makers.a_user("desk_officer")
    page = desk.get(f"/desk/deputising/new/?user={officer.pk}").content.decode()
    assert f'<option value="{officer.pk}" selected>' in page
    assert desk.get("/desk/deputising/new/?user=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("since", "until", "is_refused"),
    [(-3, -1, True), (5, 4, True), (12, 20, True), (0, 10, True), (10, 10, True), (21, 25, False), (0, 9, False)],
)
def test_days_are_refused_when_they_are_over_backwards_or_taken(
    since: int, until: int, is_refused: bool, desk: Client, head: User
) -> None:
    officer, deputy = makers.a_user("desk_officer"), makers.a_user("protocol_officer")
    agreed(officer, deputy, 10, 20, head)
    found = Acting(user=officer, deputy=deputy, since=day(since), until=day(until))
    answer = desk.post("/desk/deputising/new/", given(found))
    assert (answer.status_code, Acting.objects.count()) == ((422, 1) if is_refused else (302, 2))
    assert len(told(accounts.ACTING)) == Acting.objects.count()


def test_the_same_days_are_free_when_it_is_another_pair(head: User) -> None:
    officer, deputy, other = (makers.a_user("desk_officer") for _number in range(3))
    for user, acts in ((officer, deputy), (officer, other), (other, deputy), (deputy, officer)):
        agreed(user, acts, 0, 5, head)
    assert Acting.objects.count() == 4


def test_nobody_lends_rights_when_he_does_not_hold_them(desk: Client, head: User) -> None:
    administrator, auditor, deputy = (makers.a_user(role) for role in ("administrator", "auditor", "desk_officer"))
    offered = {name for _key, name in _choices(desk, "user")}
    assert offered == {"head", str(deputy)}
    for user, acts in ((administrator, deputy), (auditor, deputy), (administrator, head), (deputy, head)):
        found = Acting(user=user, deputy=acts, since=day(0), until=day(1))
        assert desk.post("/desk/deputising/new/", given(found)).status_code == 422
        with pytest.raises(Refused):
            agreed(user, acts, 0, 1, head)
    assert (Acting.objects.count(), told(accounts.ACTING)) == (0, [])
    agreed(administrator, deputy, 0, 1, administrator)
    assert may(deputy, accounts.CHANGE_USERS)


def _choices(desk: Client, name: str) -> list[tuple[Any, str]]:
    field = desk.get("/desk/deputising/new/").context["form"].fields[name]
    return [(key, label) for key, label in field.choices if key]


def test_who_acts_cannot_prolong_it_himself_when_he_has_the_rights_to(head: User) -> None:
    administrator, deputy = makers.a_user("administrator"), makers.a_user("desk_officer")
    acting = agreed(administrator, deputy, 0, 1, administrator)
    del deputy.standing
    assert deputy.has_perm("accounts.change_acting")
    with pytest.raises(Refused):
        accounts.move_acting(acting, since=acting.since, until=day(300), by=deputy)
    with pytest.raises(Refused):
        agreed(administrator, deputy, 2, 300, deputy)
    with pytest.raises(Refused):
        accounts.move_acting(acting, since=acting.since, until=day(300), by=head)
    assert Acting.objects.get().until == day(1)


def test_nobody_acts_by_a_closed_account_when_it_is_agreed(head: User) -> None:
    administrator = makers.a_user("administrator")
    officer, deputy = makers.a_user("desk_officer"), makers.a_user("desk_officer")
    accounts.close_account(officer, by=administrator, note="x")
    for user, acts in ((officer, deputy), (deputy, officer)):
        with pytest.raises(Refused, match="closed"):
            agreed(user, acts, 0, 1, head)


def test_other_days_are_written_when_they_are_still_to_come(desk: Client, head: User) -> None:
    acting = agreed(makers.a_user(), makers.a_user(), 5, 10, head)
    target = f"/desk/deputising/{acting.pk}/edit/"
    assert desk.post(target, {"since": day(4), "until": day(8)}).status_code == 302
    acting.refresh_from_db()
    assert (acting.since, acting.until) == (day(4), day(8))
    changes = {
        "since": [day(5).isoformat(), day(4).isoformat()],
        "until": [day(10).isoformat(), day(8).isoformat()],
    }
    assert told(accounts.ACTING)[1:] == [(acting.pk, "changed", changes, "head", "")]
    for since, until in ((-1, 8), (4, 3), (4, -1)):
        assert desk.post(target, {"since": day(since), "until": day(until)}).status_code == 422
    assert desk.post(target, {"since": day(4), "until": day(8)}).status_code == 302
    assert len(told(accounts.ACTING)) == 2
    assert_whole()


def test_the_past_stays_when_days_are_changed_or_ended(desk: Client) -> None:
    user, deputy = makers.a_user(), makers.a_user()
    begun = Acting.objects.create(user=user, deputy=deputy, since=day(-5), until=day(5))
    over = Acting.objects.create(user=user, deputy=deputy, since=day(-20), until=day(-10))
    for acting, since, until in ((begun, -3, 5), (begun, 1, 5), (begun, -5, -2), (over, -20, 5)):
        answer = desk.post(f"/desk/deputising/{acting.pk}/edit/", {"since": day(since), "until": day(until)})
        assert (since, until, answer.status_code) == (since, until, 422)
    for acting, last in ((begun, -2), (begun, 5), (begun, 6), (over, -1), (over, 0)):
        answer = desk.post(f"/desk/deputising/{acting.pk}/end/", {"last_day": day(last), "reason": "x"})
        assert (last, answer.status_code) == (last, 422)
    assert told(accounts.ACTING) == []
    assert desk.post(f"/desk/deputising/{begun.pk}/edit/", {"since": day(-5), "until": day(7)}).status_code == 302


def test_the_rights_end_at_once_when_the_last_day_was_yesterday(desk: Client) -> None:
    officer, deputy = makers.a_user("desk_officer"), makers.a_user("protocol_officer")
    acting = Acting.objects.create(user=officer, deputy=deputy, since=day(-5), until=day(5))
    assert may(deputy, "directory.change_country")
    answer = desk.post(f"/desk/deputising/{acting.pk}/end/", {"last_day": day(-1), "reason": "back early"})
    assert (answer.status_code, may(deputy, "directory.change_country")) == (302, False)
    changes = {"until": [day(5).isoformat(), day(-1).isoformat()]}
    assert told(accounts.ACTING) == [(acting.pk, "ended", changes, "head", "back early")]
    assert_whole()


def test_it_is_taken_away_when_it_ends_before_it_began(desk: Client, head: User) -> None:
    officer, deputy = makers.a_user("desk_officer"), makers.a_user("protocol_officer")
    acting = agreed(officer, deputy, 0, 5, head)
    desk.post(f"/desk/deputising/{acting.pk}/end/", {"last_day": day(-1), "reason": "a mistake"})
    assert (Acting.objects.count(), may(deputy, "directory.change_country")) == (0, False)
    changes = {
        "user": [officer.pk, None],
        "deputy": [deputy.pk, None],
        "since": [day(0).isoformat(), None],
        "until": [day(5).isoformat(), None],
    }
    assert told(accounts.ACTING)[1:] == [(acting.pk, "removed", changes, "head", "a mistake")]
    assert_whole()


def test_the_page_of_each_shows_it_when_somebody_acts(client: Client) -> None:
    administrator = makers.a_user("administrator", "keeper")
    officer, deputy = makers.a_user("desk_officer", "anna"), makers.a_user("protocol_officer", "boris")
    acting = agreed(officer, deputy, 0, 5, administrator)
    client.force_login(administrator)
    for user in (officer, deputy):
        page = client.get(f"/desk/users/{user.pk}/")
        [line] = page.context["lines"]
        assert page.context["acting"].rows == [acting]
        assert (line.what, [(one.label, one.after) for one in line.changes][:2]) == (
            "deputising: anna",
            [("who is away", "anna"), ("who acts", "boris")],
        )
    facts = {str(fact.label): str(fact.value) for fact in client.get(f"/desk/users/{deputy.pk}/").context["facts"]}
    assert facts["Also has the rights of"] == "Desk officer"
    rows = {row["username"]: row["acts"] for row in client.get("/desk/users/?format=json").json()["rows"]}
    assert rows == {"keeper": "", "anna": "", "boris": "anna"}


def test_no_page_of_a_user_is_linked_when_the_reader_may_not_open_it(desk: Client, head: User) -> None:
    agreed(makers.a_user(name="anna"), makers.a_user(name="boris"), 0, 5, head)
    page = desk.get("/desk/deputising/").content.decode()
    assert ("anna" in page, "/desk/users/" in page) == (True, False)
