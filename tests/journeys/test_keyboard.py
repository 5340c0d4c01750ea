"""Everything by the keyboard alone, on any layout."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import press_on, tab_to
from tests.journeys.served import Served

CODES = {"en": "GR", "ru": "NL", "be": "LU"}


def test_letters_lead_through_the_desk(desk: Page) -> None:
    for letter, address in (("c", "countries"), ("p", "people"), ("o", "organisations"), ("b", "bodies")):
        desk.keyboard.press("g")
        press_on(desk, letter, f"**/desk/{address}/")
    desk.keyboard.press("g")
    press_on(desk, "h", "**/desk/")
    press_on(desk, "n", "**/desk/new/")


def test_a_talk_is_noted_from_anywhere(desk: Page) -> None:
    desk.goto("/desk/bodies/")
    desk.keyboard.press("n")
    press_on(desk, "m", "**/desk/events/note/")


def test_rows_are_walked_and_opened(desk: Page) -> None:
    desk.goto("/desk/bodies/")
    second = desk.locator("tbody tr").nth(1).locator("a").first.get_attribute("href")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(desk.locator("tr.is-cursor")).to_have_count(1)
    press_on(desk, "Enter", f"**{second}")


def test_the_first_stop_leads_to_the_content(desk: Page) -> None:
    desk.keyboard.press("Tab")
    expect(desk.locator(":focus")).to_have_attribute("href", "#content")
    desk.keyboard.press("Enter")
    expect(desk.locator("#content")).to_be_focused()


def test_the_list_of_keys_opens_and_closes(desk: Page) -> None:
    desk.keyboard.press("Shift+Slash")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()
    expect(desk.locator("#keys [data-needs='[data-as-of]']:not([hidden])")).to_have_count(0)


def test_letters_do_nothing_when_they_are_switched_off(desk: Page, served: Served) -> None:
    desk.context.add_cookies([{"name": "appearance", "value": "keys:off", "url": served.base}])
    desk.goto("/desk/bodies/")
    # A key that led away would say so at once, long before another page is there.
    desk.evaluate("navigation.addEventListener('navigate', () => { document.documentElement.dataset.left = 'yes'; })")
    desk.keyboard.press("n")
    desk.keyboard.press("/")
    expect(desk.locator("html:not([data-left])")).to_have_count(1)
    expect(desk.locator("[data-search]:focus")).to_have_count(0)


def test_a_record_is_changed_without_a_pointer(desk: Page, served: Served, language: str) -> None:
    country = served.key("directory_country", CODES[language])
    desk.goto(f"/desk/countries/{country}/")
    tab_to(desk, ".page-actions a[href$='/edit/']")
    press_on(desk, "Enter", "**/edit/")
    tab_to(desk, "[name=footnote_en]")
    desk.keyboard.type("Written by keys")
    press_on(desk, "Control+Enter", f"**/desk/countries/{country}/")
    expect(desk.get_by_text("Written by keys")).to_have_count(1)


def test_a_member_is_chosen_with_arrows(desk: Page, served: Served, language: str) -> None:
    body = served.key("bodies_body", "wg-5-lv")
    seat = served.value("SELECT id FROM bodies_membership WHERE body_id = ? ORDER BY id", body)
    desk.goto(f"/desk/memberships/{seat}/replace/")
    tab_to(desk, "[name=person]")
    desk.keyboard.type({"en": "kaz", "ru": "коз", "be": "каз"}[language])
    field = desk.locator("[name=person]")
    expect(field).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("ArrowDown")
    chosen = desk.locator("[role=option][aria-selected=true]")
    name, key = chosen.inner_text(), chosen.get_attribute("data-value")
    desk.keyboard.press("Enter")
    expect(field).to_have_value(name)
    expect(desk.locator("[name=person_key]")).to_have_value(str(key))
    expect(field).to_have_attribute("aria-expanded", "false")
    desk.keyboard.press("Backspace")
    expect(desk.locator("[name=person_key]")).to_have_value("")
    desk.keyboard.press("Escape")
    expect(desk).to_have_url(f"/desk/memberships/{seat}/replace/")


def test_escape_closes_what_floats_and_gives_the_focus_back(desk: Page, served: Served) -> None:
    desk.goto(f"/desk/countries/{served.key('directory_country', 'LV')}/")
    menu = desk.locator(".page-actions details > summary")
    menu.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".page-actions .menu-list")).to_be_visible()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator(".menu-item:focus")).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(menu).to_be_focused()


def test_every_stop_is_seen(signed_in: SignedIn, served: Served) -> None:
    page = signed_in()
    page.goto(f"/desk/bodies/{served.key('bodies_body', 'wg-5-lv')}/")
    unseen = []
    for _step in range(45):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if outline == "none":
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert unseen == []
