"""Reading as of another day: it is seen, it changes nothing, and it tells the days around a change apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.deeds import press_on
from tests.journeys.served import Served


@pytest.fixture
def delegation(served: Served) -> str:
    """The address of a delegation in which a member was replaced."""
    return f"/desk/bodies/{served.key('bodies_body', 'delegation-5-union-pa')}/"


@pytest.fixture
def change(served: Served) -> date:
    """The first day of somebody who came later than the others."""
    question = "SELECT max(since_earliest) FROM bodies_membership WHERE body_id = ?"
    return date.fromisoformat(served.value(question, served.key("bodies_body", "delegation-5-union-pa")))


def _names(page: Page) -> set[str]:
    return set(page.locator("#composition tbody tr:not(.is-vacant) th a").all_inner_texts())


def test_the_band_shows_and_nothing_can_be_changed_when_the_day_is_another(desk: Page, delegation: str) -> None:
    desk.goto(delegation)
    today = (desk.locator(".past-band").count(), desk.locator(".page-actions a").count() > 0)
    assert today == (0, True)
    desk.goto(f"{delegation}?on=2013-03-01")
    expect(desk.locator(".past-band")).to_be_visible()
    changing = "a[href$='/edit/'], a[href*='/replace/'], a[href*='/new/'], [data-new], main form[method=post]"
    assert [link.get_attribute("href") for link in desk.locator(changing).all()] == []
    assert desk.goto(delegation + "edit/?on=2013-03-01").status == 403  # type: ignore[union-attr]


def test_every_way_on_keeps_the_day(desk: Page, delegation: str) -> None:
    desk.goto(f"{delegation}?on=2013-03-01")
    addresses = [link.get_attribute("href") or "" for link in desk.locator(".record-facts a").all()]
    assert [address for address in addresses if "on=2013-03-01" not in address] == []
    assert len(addresses) > 2


def test_the_composition_when_the_day_is_before_and_on_a_change(desk: Page, delegation: str, change: date) -> None:
    desk.goto(f"{delegation}?on={change - timedelta(days=1)}")
    before = _names(desk)
    desk.goto(f"{delegation}?on={change}")
    after = _names(desk)
    assert (len(before - after), len(after - before), len(after)) == (2, 2, 36)


def test_brackets_go_from_change_to_change_and_t_comes_back(desk: Page, delegation: str, change: date) -> None:
    desk.goto(delegation)
    press_on(desk, "]", f"**{delegation}?on={change}")
    press_on(desk, "[")
    assert desk.url.split("on=")[1] < change.isoformat()
    press_on(desk, "t", f"**{delegation}")


def test_a_day_that_is_none_is_said(desk: Page, delegation: str) -> None:
    answer = desk.goto(f"{delegation}?on=2013-02-30")
    assert answer is not None
    assert (answer.status, desk.locator("main .alert").count()) == (400, 1)
