"""Two officers change one record: nothing is overwritten, and what only one of them changed is merged (design 8.9)."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import follow
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
    follow(first, "[data-save]")
    # The same form comes back: what I typed stands, what I had left alone is taken over, both are said.
    expect(first.locator("[role=alert] li")).to_have_count(2)
    expect(first.locator(".form-other").first).to_contain_text("Their capital")
    expect(first.locator("[name=capital_en]")).to_have_value("My capital")
    expect(first.locator("[name=footnote_en]")).to_have_value("Their footnote")
    follow(first, "[data-save]", f"**/desk/countries/{country}/")
    question = "SELECT json_extract(capital, '$.en.text') || '|' || json_extract(footnote, '$.en.text') || '|' || numeric FROM directory_country WHERE id = ?"  # noqa: E501
    assert served.value(question, country) == "My capital|Their footnote|999"


def _change(page: Page, values: dict[str, str], country: str) -> None:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    follow(page, "[data-save]", f"**/desk/countries/{country}/")
