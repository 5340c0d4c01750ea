"""No violation of WCAG that axe finds, on every kind of page, light and dark, with what floats open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.conftest import SignedIn, languages
from tests.journeys.deeds import follow, status
from tests.journeys.looking import COLOURS, OPTIONS, violations
from tests.journeys.places import desk_places, public_events, public_places
from tests.journeys.served import Served

# A hundred pages in the dark are looked at for their colours alone, which are the same in every language.
DARK = [pytest.param("dark", COLOURS, marks=pytest.mark.slow, id="dark")] if "en" in languages() else []


@pytest.mark.parametrize(("theme", "options"), [pytest.param("light", OPTIONS, id="light"), *DARK])
def test_the_desk(signed_in: SignedIn, served: Served, theme: str, options: dict[str, Any]) -> None:
    page = signed_in(color_scheme=theme, bypass_csp=True)
    wrong = {}
    for kind, address in desk_places(served).items():
        page.goto(address)
        if found := violations(page, options):
            wrong[kind] = found
    assert wrong == {}


@pytest.mark.parametrize(("theme", "options"), [("light", OPTIONS), ("dark", COLOURS)], ids=["light", "dark"])
def test_the_portal(signed_in: SignedIn, served: Served, language: str, theme: str, options: dict[str, Any]) -> None:
    page = signed_in(color_scheme=theme, bypass_csp=True)
    wrong = {}
    for kind, address in (public_places(language) | public_events(served, language)).items():
        assert status(page, address) == 200, address
        if found := violations(page, options):
            wrong[kind] = found
    assert wrong == {}


@pytest.mark.parametrize("scheme", ["black-on-white", "white-on-black", "yellow-on-black"])
def test_the_contrast_version(contexts: Callable[..., BrowserContext], language: str, scheme: str) -> None:
    visitor = contexts(bypass_csp=True).new_page()
    visitor.goto(f"/{language}/?contrast={scheme}&size=3")
    assert violations(visitor, COLOURS) == []


def test_the_way_in(contexts: Callable[..., BrowserContext]) -> None:
    visitor = contexts(bypass_csp=True).new_page()
    visitor.goto("/accounts/login/")
    assert violations(visitor) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_floats(signed_in: SignedIn, served: Served, language: str, theme: str) -> None:
    page = signed_in(color_scheme=theme, bypass_csp=True)
    body = served.key("bodies_body", "wg-5-lv")
    wrong = {}
    page.goto(f"/desk/bodies/{body}/")
    for summary in (".page-actions details > summary", ".user-menu > summary", ".as-of-choice > summary"):
        page.click(summary)
        expect(page.locator("details[data-menu][open]")).to_have_count(1)
        wrong[summary] = violations(page)
        page.keyboard.press("Escape")
        expect(page.locator("details[data-menu][open]")).to_have_count(0)
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys")).to_be_visible()
    wrong["keys"] = violations(page)
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type({"en": "latvi", "ru": "латви", "be": "латві"}[language])
    expect(page.locator(".search-results [role=option]").first).to_be_visible()
    wrong["search"] = violations(page)
    seat = served.value("SELECT id FROM bodies_membership WHERE body_id = ? ORDER BY id", body)
    page.goto(f"/desk/memberships/{seat}/replace/")
    page.click("[name=person]")
    page.keyboard.type({"en": "kaz", "ru": "коз", "be": "каз"}[language])
    expect(page.locator(".picker-list:visible [role=option]").first).to_be_visible()
    wrong["picker"] = violations(page)
    follow(page, "[data-save]", f"**/memberships/{seat}/replace/")
    expect(page.locator("[data-errors]")).to_be_visible()
    wrong["refused form"] = violations(page)
    assert {place: found for place, found in wrong.items() if found} == {}


def test_a_phone(signed_in: SignedIn, served: Served) -> None:
    page = signed_in(width=390, height=844, has_touch=True, bypass_csp=True)
    wrong = {}
    places = desk_places(served)
    for kind in ("home", "body", "country", "person", "list of bodies", "country form"):
        page.goto(places[kind])
        if found := violations(page):
            wrong[kind] = found
    assert wrong == {}
