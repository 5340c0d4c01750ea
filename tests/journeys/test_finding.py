"""One person by any spelling, a country by its code and a body by its number: by keys alone, and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import Address, follow, press_on
from tests.journeys.looking import COLOURS, OPTIONS, WIDTHS, wrong_with
from tests.journeys.served import Served

BELARUSIAN, RUSSIAN, LATIN = (
    "Соф’я Вячаславаўна Пархімчык",
    "Софья Вячеславовна Пархимчик",
    "Sofya Viachaslavauna Parkhimchyk",
)
# What is typed, and the form of the name that the result must say it matched.
SPELLINGS = {
    "Соф’я Пархімчык": BELARUSIAN,
    "Софья Пархимчик": RUSSIAN,
    "Sofya Parkhimchyk": LATIN,
    # The national transliteration of the law, and łacinka.
    "Sofja Viačaslavaŭna Parchimčyk": LATIN,
    "Sofja Viačasłavaŭna Parchimčyk": LATIN,
    "С. В. Пархімчык": BELARUSIAN,
    "Parkhimchyk S.": LATIN,
    # A slip of the pen, the surname first, the patronymic with it.
    "Пархмічык Соф’я": BELARUSIAN,
    "ПАРХИМЧИК Софья Вячеславовна": RUSSIAN,
    # A typewriter's apostrophe, the letter apostrophe, a grave accent.
    "Соф'я Пархімчык": BELARUSIAN,
    "Соф\u02bcя Пархімчык": BELARUSIAN,
    "Соф`я Пархімчык": BELARUSIAN,
    "София Пархимчик": RUSSIAN,
}
SCRIPTS = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "none"])


def her_page(served: Served) -> str:
    """The address of the person that all these spellings mean."""
    key = served.value("SELECT person_id FROM directory_personname WHERE text = 'Соф’я Пархімчык'")
    return f"/desk/people/{key}/"


def body_page(served: Served, code: str) -> str:
    """The address of a body."""
    return f"/desk/bodies/{served.key('bodies_body', code)}/"


def asked(page: Page, words: str) -> None:
    """The key that leads to the search, and the words."""
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type(words)


def offered(page: Page, address: str, matched: str) -> None:
    """Waits until that record is offered first, with the form that matched."""
    first = page.locator(".search-results [role=option]").first
    expect(first).to_have_attribute("href", address)
    expect(first.locator(".second")).to_have_text(matched)


def sent(page: Page, words: str, to: Address | None = None) -> None:
    """The words in the form of the search, sent without scripts."""
    page.fill("[data-search]", words)
    press_on(page, "Enter", to)


def results(page: Page) -> list[str]:
    """Where what was found leads."""
    links = page.locator("ul.found li a")
    return [str(one) for one in links.evaluate_all("links => links.map(link => link.getAttribute('href'))")]


def matched_first(page: Page) -> list[str]:
    """The form of the name or the code that the first of what was found says beside its name."""
    return page.locator("ul.found li").first.locator("bdi").all_inner_texts()[1:]


def test_the_key_leads_to_the_search_from_any_page(signed_in: SignedIn, served: Served) -> None:
    page = signed_in()
    person = her_page(served)
    for address in (
        "/desk/",
        "/desk/bodies/",
        "/desk/new/",
        "/desk/imports/",
        "/desk/imports/doubles/",
        "/desk/find/?q=armen",
        person,
        f"{person}history/",
        f"{person}edit/",
    ):
        page.goto(address)
        page.keyboard.press("/")
        expect(page.locator("[data-search]")).to_be_focused()
        expect(page.locator("[data-search]")).to_have_value("armen" if "q=" in address else "")


def test_a_person_is_found_by_any_spelling_and_opened_by_keys(desk: Page, served: Served) -> None:
    person = her_page(served)
    for typed, matched in SPELLINGS.items():
        desk.goto("/desk/bodies/")
        asked(desk, typed)
        offered(desk, person, matched)
        press_on(desk, "Enter", f"**{person}")


def test_a_person_is_found_by_any_spelling_without_scripts(signed_in: SignedIn, served: Served) -> None:
    page = signed_in(java_script_enabled=False)
    person = her_page(served)
    told = {}
    for typed in SPELLINGS:
        page.goto("/desk/bodies/")
        sent(page, typed)
        told[typed] = (results(page)[:1], matched_first(page))
    assert told == {typed: ([person], [matched]) for typed, matched in SPELLINGS.items()}
    follow(page, f"ul.found a[href='{person}']", f"**{person}")


def test_a_country_by_its_code_and_a_body_by_its_number_open_by_keys(desk: Page, served: Served) -> None:
    country = f"/desk/countries/{served.key('directory_country', 'LV')}/"
    for typed, address, matched in (
        ("lv", country, "LV"),
        ("wg-5-at", body_page(served, "wg-5-at"), "wg-5-at"),
        ("wg 4 at", body_page(served, "wg-4-at"), "wg-4-at"),
    ):
        desk.goto("/desk/")
        asked(desk, typed)
        offered(desk, address, matched)
        press_on(desk, "Enter", f"**{address}")


def test_a_country_by_its_code_and_a_body_by_its_number_without_scripts(signed_in: SignedIn, served: Served) -> None:
    page = signed_in(java_script_enabled=False)
    page.goto("/desk/")
    sent(page, "lv")
    assert results(page)[0] == f"/desk/countries/{served.key('directory_country', 'LV')}/"
    assert matched_first(page) == ["LV"]
    sent(page, "wg-5-at")
    assert results(page)[0] == body_page(served, "wg-5-at")
    # The only one that is like it opens at once.
    sent(page, "wg-5-hu", f"**{body_page(served, 'wg-5-hu')}")


@SCRIPTS
def test_what_was_found_is_narrowed_to_one_kind(
    signed_in: SignedIn, served: Served, *, java_script_enabled: bool
) -> None:
    page = signed_in(java_script_enabled=java_script_enabled)
    page.goto("/desk/countries/")
    if java_script_enabled:
        asked(page, "lv")
        offered(page, f"/desk/countries/{served.key('directory_country', 'LV')}/", "LV")
        # The last line of the list leads to all that was found.
        page.keyboard.press("ArrowUp")
        press_on(page, "Enter", "**/desk/find/?q=lv")
    else:
        sent(page, "lv", "**/desk/find/?q=lv")
    every = results(page)
    bodies = [one for one in every if one.startswith("/desk/bodies/")]
    assert len(every) > len(bodies) > 1
    tab = page.locator(".tabs a[href*='kind=bodies.body']")
    assert re.findall(r"\d+", tab.inner_text()) == [str(len(bodies))]
    follow(page, tab, re.compile(r"kind=bodies\.body"))
    assert results(page) == bodies
    follow(page, page.locator(".tabs a").first, "**/desk/find/?q=lv")
    assert results(page) == every


@SCRIPTS
def test_a_member_is_chosen_by_a_spelling_in_another_script(
    signed_in: SignedIn, served: Served, language: str, *, java_script_enabled: bool
) -> None:
    page = signed_in(java_script_enabled=java_script_enabled)
    number = {"en": "hr", "ru": "sk", "be": "ro"} if java_script_enabled else {"en": "om", "ru": "qa", "be": "bh"}
    body = served.key("bodies_body", f"wg-5-{number[language]}")
    typed = {"en": "Пархімчык Соф'я", "ru": "Parchimčyk Sofja", "be": "Sofya Parkhimchyk"}[language]
    page.goto(f"/desk/memberships/new/?body={body}")
    page.select_option("[name=part]", index=1)
    page.fill("[name=since]", "2013-02-01")
    page.fill("[name=until]", "2016-10-10")
    if java_script_enabled:
        page.focus("[name=person]")
        page.keyboard.type(typed)
        option = page.locator(".picker-list:visible [role=option]").first
        expect(option).to_have_attribute("data-value", f"#{her_page(served).split('/')[3]}")
        page.keyboard.press("Enter")
        expect(page.locator("[name=person_key]")).not_to_have_value("")
    else:
        page.fill("[name=person]", typed)
    follow(page, "[data-save]", f"**/desk/bodies/{body}/")
    expect(page.locator(f"#composition a[href='{her_page(served)}']")).to_have_count(1)


def opened(page: Page, address: str, field: str) -> None:
    """A page, with what is offered under that field if there is one."""
    page.goto(address)
    if field:
        page.fill(field, "Пархімчык")
        expect(page.locator("[role=listbox]:visible [role=option]").first).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_the_search_passes_axe_and_none_scrolls_sideways(signed_in: SignedIn, width: int) -> None:
    asked_for = ("", "q=qqqqq", "q=Sofja+Parchimčyk", "q=lv", "q=lv&kind=bodies.body", "q=working+group")
    stops = [(f"/desk/find/?{query}", "") for query in asked_for]
    stops += [("/desk/", "[data-search]"), ("/desk/memberships/new/", "[name=person]")]
    wrong: dict[str, Any] = {}
    for theme, options in (("light", OPTIONS), ("dark", COLOURS)):
        page = signed_in(color_scheme=theme, bypass_csp=True, width=width, height=900)
        for address, field in stops:
            opened(page, address, field)
            if found := wrong_with(page, options):
                wrong[f"{address} {field} {theme}"] = found
    assert wrong == {}
