"""On a phone: nothing runs out of the page, and what a thumb needs is there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn, languages
from tests.journeys.looking import RUNS_OUT
from tests.journeys.places import desk_places, public_places
from tests.journeys.served import Served

PHONES = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
# What does not run out of the narrower one does not run out of the other: that one is looked at in English alone.
WIDER = [pytest.param(PHONES, id="390")] if "en" in languages() else []
SIZES = [*WIDER, pytest.param(NARROW, id="320", marks=pytest.mark.slow)]


@pytest.mark.parametrize("size", SIZES)
def test_no_page_scrolls_sideways(signed_in: SignedIn, served: Served, language: str, size: dict[str, int]) -> None:
    page = signed_in(**size, has_touch=True)
    wide = {}
    for kind, address in (desk_places(served) | public_places(language)).items():
        page.goto(address)
        if beyond := page.evaluate(RUNS_OUT):
            wide[kind] = beyond
    assert wide == {}


def test_the_bottom_bar_leads_on(signed_in: SignedIn) -> None:
    page = signed_in(**PHONES, has_touch=True)
    page.goto("/desk/")
    bar = page.locator(".bottom-bar")
    expect(bar).to_be_visible()
    expect(page.locator(".rail")).to_be_hidden()
    expect(bar.locator("a")).to_have_count(6)
    with page.expect_navigation(url="**/desk/countries/"):
        bar.locator("a[href='/desk/countries/']").tap()
    expect(bar.locator("[aria-current=page]")).to_have_attribute("href", "/desk/countries/")
    bar.locator("a[href='#navigation']").tap()
    expect(page.locator(".rail")).to_be_visible()


def test_the_steps_for_a_seat_are_always_there(signed_in: SignedIn, served: Served) -> None:
    page = signed_in(**PHONES, has_touch=True)
    page.goto(f"/desk/bodies/{served.key('bodies_body', 'wg-5-lv')}/")
    moves = page.locator("#composition .row-moves a[href*='/replace/']")
    expect(moves).to_have_count(8)
    expect(moves.first).to_be_visible()
    assert moves.first.evaluate("link => getComputedStyle(link.parentElement).opacity") == "1"


def test_people_come_before_facts(signed_in: SignedIn, served: Served) -> None:
    page = signed_in(**PHONES, has_touch=True)
    page.goto(f"/desk/bodies/{served.key('bodies_body', 'wg-5-lv')}/")
    places = [page.locator(one).bounding_box() for one in (".record-main", ".record-facts")]
    tops = [place["y"] for place in places if place]
    assert tops == sorted(tops)
    assert len(tops) == 2


def test_controls_are_large_enough_for_a_thumb(signed_in: SignedIn, served: Served) -> None:
    page: Page = signed_in(**PHONES, has_touch=True)
    page.goto(f"/desk/countries/{served.key('directory_country', 'LV')}/edit/")
    small = page.evaluate(
        "[...document.querySelectorAll('main .button, main input:not([type=hidden]), main select, .bottom-item')]"
        ".filter(one => one.getBoundingClientRect().height < 39.5).map(one => one.outerHTML.slice(0, 80))"
    )
    assert small == []
