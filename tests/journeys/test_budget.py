"""The budget of the tasks (design 7): no more clicks and keys than the ideal."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import languages
from tests.journeys.hand import Hand
from tests.journeys.served import Served

LATVIA = {"en": "latvi", "ru": "латви", "be": "латві"}
# A member of the group with Latvia, invented for the demonstration.
YURCHANKA = {"en": "yurch", "ru": "юрчен", "be": "юрчан"}


@pytest.mark.parametrize(("words", "area"), [(LATVIA, "countries"), (YURCHANKA, "people")], ids=["country", "person"])
def test_open_a_country_or_a_person(desk: Page, language: str, words: dict[str, str], area: str) -> None:
    hand = Hand(desk)
    hand.press("/")
    hand.type(words[language])
    hand.press_on("Enter", re.compile(rf"/desk/{area}/\d+/$"))
    assert (hand.clicks, hand.keys) == (0, 7)


def test_open_a_country_when_the_letters_are_of_another_script(desk: Page, served: Served) -> None:
    hand = Hand(desk)
    hand.press("/")
    hand.type("латви")
    hand.press_on("Enter", f"**/desk/countries/{served.key('directory_country', 'LV')}/")
    assert (hand.clicks, hand.keys) == (0, 7)


def test_who_sat_in_a_body_on_a_day(desk: Page, served: Served) -> None:
    body = served.key("bodies_body", "delegation-5-union-pa")
    desk.goto(f"/desk/bodies/{body}/")
    hand = Hand(desk)
    hand.press("d")
    hand.day("2013-03-01")
    hand.press_on("Enter", f"**/desk/bodies/{body}/?on=2013-03-01")
    assert (hand.clicks, hand.keys, hand.days) == (0, 2, 1)
    rows = desk.locator("#composition tbody th").all_inner_texts()
    assert len(rows) == 36
    mailed = desk.url
    desk.goto("/desk/")
    desk.goto(mailed)
    assert desk.locator("#composition tbody th").all_inner_texts() == rows


def test_replace_a_member(desk: Page, served: Served, language: str) -> None:
    body = served.key("bodies_body", "wg-5-pl")
    desk.goto(f"/desk/bodies/{body}/")
    # Another row in each language, because the demonstration is loaded once.
    row = desk.locator("#composition tbody tr").nth(2 + languages().index(language))
    leaves = row.locator("th a").inner_text()
    hand = Hand(desk)
    row.hover()
    hand.follow(row.locator(".row-moves a").first, "**/replace/**")
    expect(desk.locator("select[name=decision]")).not_to_have_value("")
    hand.click(desk.locator("[name=person]"))
    hand.type({"en": "pas", "ru": "пас", "be": "пас"}[language])
    offered = desk.locator(".picker-list:visible [role=option]").first
    expect(offered).to_be_visible()
    comes = offered.inner_text()
    hand.press("Enter")
    hand.follow(desk.locator("[data-save]"), f"**/desk/bodies/{body}/")
    assert (hand.clicks, hand.keys) == (3, 4)
    sitting = desk.locator("#composition tbody th a").all_inner_texts()
    assert (leaves in sitting, comes in sitting) == (False, True)
