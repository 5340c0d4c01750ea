"""Everything works without scripts (design 7): search, filters, changing, replacing, history, menus."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn, languages
from tests.journeys.deeds import follow, press_on
from tests.journeys.served import Served

CODES = {"en": "PT", "ru": "ES", "be": "FR"}


@pytest.fixture
def plain(signed_in: SignedIn) -> Page:
    """An officer's window without scripts."""
    page = signed_in(java_script_enabled=False)
    page.goto("/desk/")
    return page


def test_search(plain: Page, served: Served, language: str) -> None:
    plain.fill("[data-search]", {"en": "Latv", "ru": "Латв", "be": "Латв"}[language])
    press_on(plain, "Enter")
    country = served.key("directory_country", "LV")
    expect(plain.locator(f"main a[href='/desk/countries/{country}/']")).to_have_count(1)


def test_filter(plain: Page) -> None:
    plain.goto("/desk/bodies/")
    plain.click(".filter-add > summary")
    plain.select_option("[name=kind]", "commission")
    follow(plain, ".filter-fields button", "**kind=commission**")
    expect(plain.locator("tbody tr")).to_have_count(2)
    expect(plain.locator(".pill")).to_have_count(1)


def test_change(plain: Page, served: Served, language: str) -> None:
    country = served.key("directory_country", CODES[language])
    plain.goto(f"/desk/countries/{country}/edit/")
    plain.fill("[name=code]", "")
    follow(plain, "[data-save]")
    expect(plain.locator("[data-errors] a")).to_have_attribute("href", "#id_code")
    plain.fill("[name=code]", CODES[language])
    plain.fill("[name=footnote_en]", "Written without scripts")
    follow(plain, "[data-save]", f"**/desk/countries/{country}/")
    expect(plain.get_by_text("Written without scripts")).to_have_count(1)
    follow(plain, "#history .panel-actions a", "**/history/")
    assert plain.locator(".history-line").first.locator("ins").inner_text().endswith("Written without scripts")


def test_replace(plain: Page, served: Served, language: str) -> None:
    body = served.key("bodies_body", "wg-5-lt")
    plain.goto(f"/desk/bodies/{body}/")
    row = plain.locator("#composition tbody tr").nth(2 + languages().index(language))
    row.locator("a[href*='/replace/']").focus()
    follow(plain, row.locator("a[href*='/replace/']"), "**/replace/**")
    # A part of a name that many share: they are offered, and the form keeps what was typed.
    plain.fill("[name=person]", {"en": "Kazlianka", "ru": "Козленко", "be": "Казлянка"}[language])
    follow(plain, "[data-save]")
    offers = plain.locator("[name=person_choice] option")
    assert offers.count() > 2
    # Somebody who sits in the parliament on the day: others are refused.
    sitting = {f"#{key}" for key in served.values("SELECT person_id FROM directory_mandate WHERE until > '2014-06-01'")}
    value = next(key for one in offers.all() if (key := one.get_attribute("value")) in sitting)
    name = plain.locator(f"[name=person_choice] option[value='{value}']").inner_text()
    plain.select_option("[name=person_choice]", value)
    follow(plain, "[data-save]", f"**/desk/bodies/{body}/")
    assert name in plain.locator("#composition tbody th a").all_inner_texts()


def test_the_day_and_the_menus(plain: Page, served: Served) -> None:
    body = served.key("bodies_body", "wg-5-lv")
    plain.goto(f"/desk/bodies/{body}/")
    plain.click(".as-of-choice > summary")
    plain.fill("[data-as-of]", "2013-03-01")
    press_on(plain, "Enter", re.compile("on=2013-03-01"))
    follow(plain, ".past-band [data-today]", f"**/desk/bodies/{body}/")
    plain.click(".page-actions details > summary")
    expect(plain.locator(".page-actions .menu-list")).to_be_visible()
