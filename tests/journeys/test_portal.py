"""What the public reads: from the numbers to a file, without cookies, in the contrast version and on paper."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.places import public_places

MOST_BYTES = 150_000
ALL_PLACES = sorted(public_places("en"))


def test_from_the_overview_to_a_file(visitor: Page, language: str) -> None:
    visitor.goto(f"/{language}/")
    number = visitor.locator(".numbers a[href*='working-groups']")
    shown = int(number.locator(".number-value").inner_text())
    number.click()
    visitor.wait_for_url("**/lists/working-groups/**")
    assert visitor.locator("tbody tr").count() == shown
    visitor.locator("tbody a[href*='wg-5-lv']").click()
    visitor.wait_for_url("**/bodies/wg-5-lv/**")
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
    visitor.goto(public_places(language)[kind], wait_until="networkidle")
    assert [answer.url for answer in answers if answer.status >= 400] == []
    assert sum(len(answer.body()) for answer in answers if answer.url.endswith((".js", ".woff2"))) == 0
    assert len(visitor.content().encode()) < MOST_BYTES
    assert visitor.context.cookies() == []
    assert visitor.locator("html").get_attribute("lang") == language


def test_the_contrast_version_keeps_to_its_address(visitor: Page, language: str) -> None:
    visitor.goto(f"/{language}/?contrast=yellow-on-black&size=3")
    body = visitor.locator("body")
    assert (body.get_attribute("data-contrast"), body.get_attribute("data-size")) == ("yellow-on-black", "3")
    assert visitor.locator(".portal-map svg").first.is_visible() is False
    visitor.locator("main a[href*='working-groups']").first.click()
    visitor.wait_for_url("**contrast=yellow-on-black**")
    plain = visitor.evaluate("getComputedStyle(document.querySelector('main a')).textDecorationLine")
    assert plain == "underline"


def test_paper_shows_the_text_alone(visitor: Page, language: str) -> None:
    visitor.goto(f"/{language}/bodies/wg-5-lv/")
    visitor.emulate_media(media="print")
    hidden = (".portal-navigation", ".portal-band", ".languages")
    assert [visitor.locator(one).first.is_visible() for one in hidden] == [False, False, False]
    assert visitor.locator("tbody tr").first.is_visible()
    assert visitor.locator("thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"
