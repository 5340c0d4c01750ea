"""Two officers change one record: nothing is overwritten, and what only one of them changed is merged (design 8.9)."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.conftest import SignedIn
from tests.journeys.served import Served

CODES = {"en": "FI", "ru": "SE", "be": "NO"}


def test_two_officers_change_one_record(signed_in: SignedIn, served: Served, language: str) -> None:
    country = served.key("directory_country", CODES[language])
    first, second = signed_in("officer"), signed_in("officer2")
    for page in (first, second):
        page.goto(f"/desk/countries/{country}/edit/")
    _change(second, {"capital_en": "Their capital", "footnote_en": "Their footnote"}, country)
    first.fill("[name=capital_en]", "My capital")
    first.fill("[name=numeric]", "999")
    first.click("[data-save]")
    # The same form comes back: what I typed stands, what I had left alone is taken over, both are said.
    assert len(first.locator("[role=alert] li").all()) == 2
    assert "Their capital" in first.locator(".form-other").first.inner_text()
    assert first.locator("[name=capital_en]").input_value() == "My capital"
    assert first.locator("[name=footnote_en]").input_value() == "Their footnote"
    first.click("[data-save]")
    first.wait_for_url(f"**/desk/countries/{country}/")
    question = "SELECT json_extract(capital, '$.en.text') || '|' || json_extract(footnote, '$.en.text') || '|' || numeric FROM directory_country WHERE id = ?"  # noqa: E501
    assert served.value(question, country) == "My capital|Their footnote|999"


def _change(page: Page, values: dict[str, str], country: str) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    page.click("[data-save]")
    page.wait_for_url(f"**/desk/countries/{country}/")
