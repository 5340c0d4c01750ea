"""What the public reads: from the numbers to a file, without cookies, in the contrast version and on paper."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Page, Response, expect

from tests.journeys.deeds import follow
from tests.journeys.places import public_places

MOST_BYTES = 150_000
ALL_PLACES = sorted(public_places("en"))


def test_from_the_overview_to_a_file(visitor: Page, language: str) -> None:
    visitor.goto(f"/{language}/")
    number = visitor.locator(".numbers a[href*='working-groups']")
    shown = int(number.locator(".number-value").inner_text())
    follow(visitor, number, "**/lists/working-groups/**")
    expect(visitor.locator("tbody tr")).to_have_count(shown)
    follow(visitor, "tbody a[href*='wg-5-lv']", "**/bodies/wg-5-lv/**")
    names = visitor.locator("tbody th").count()
    with visitor.expect_download() as found:
        visitor.locator(".portal-files a[href*='csv']").click()
    rows = list(csv.reader(io.StringIO(found.value.path().read_text(encoding="utf-8-sig"))))
    heads = next(at for at, row in enumerate(rows) if row and not row[0].startswith("# "))
    assert (names, len(rows) - heads - 1) == (8, 8)
    assert visitor.context.cookies() == []


@pytest.mark.parametrize("kind", ALL_PLACES)
def test_a_page_is_light_and_leaves_nothing_behind(visitor: Page, language: str, kind: str) -> None:
    answers: list[Response] = []
    visitor.on("response", lambda answer: answers.append(answer))  # Playwright takes no built-in
    visitor.goto(public_places(language)[kind])
    # Letters are what a page without scripts could still fetch once it stands.
    visitor.evaluate("document.fonts.ready.then(() => true)")
    assert [answer.url for answer in answers if answer.status >= 400] == []
    assert sum(len(answer.body()) for answer in answers if answer.url.endswith((".js", ".woff2"))) == 0
    assert len(visitor.content().encode()) < MOST_BYTES
    assert visitor.context.cookies() == []
    assert visitor.locator("html").get_attribute("lang") == language


def test_the_contrast_version_keeps_to_its_address(visitor: Page, language: str) -> None:
    visitor.goto(f"/{language}/?contrast=yellow-on-black&size=3")
    body = visitor.locator("body")
    assert (body.get_attribute("data-contrast"), body.get_attribute("data-size")) == ("yellow-on-black", "3")
    expect(visitor.locator(".portal-map svg").first).to_be_hidden()
    follow(visitor, visitor.locator("main a[href*='working-groups']").first, "**contrast=yellow-on-black**")
    plain = visitor.evaluate("getComputedStyle(document.querySelector('main a')).textDecorationLine")
    assert plain == "underline"


def test_paper_shows_the_text_alone(visitor: Page, language: str) -> None:
    visitor.goto(f"/{language}/bodies/wg-5-lv/")
    visitor.emulate_media(media="print")
    for hidden in (".portal-navigation", ".portal-band", ".languages"):
        expect(visitor.locator(hidden).first).to_be_hidden()
    expect(visitor.locator("tbody tr").first).to_be_visible()
    expect(visitor.locator("thead")).to_have_css("display", "table-header-group")
