"""Taking one line of the history back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.deeds import follow
from tests.journeys.served import Served

CODES = {"en": "KZ", "ru": "KG", "be": "TJ"}


def test_take_a_change_back(desk: Page, served: Served, language: str) -> None:
    country = served.key("directory_country", CODES[language])
    desk.goto(f"/desk/countries/{country}/edit/")
    before = desk.locator("[name=capital_en]").input_value()
    desk.fill("[name=capital_en]", "A slip of the pen")
    follow(desk, "[data-save]", f"**/desk/countries/{country}/")
    assert "A slip of the pen" in served.value("SELECT capital FROM directory_country WHERE id = ?", country)
    desk.goto(f"/desk/countries/{country}/history/")
    line = desk.locator(".history-line").first
    assert line.locator("ins").first.inner_text().endswith("A slip of the pen")
    follow(desk, line.locator("a[href*=revert]"), "**/revert/")
    follow(desk, "[data-save]", lambda address: "revert" not in address)
    desk.goto(f"/desk/countries/{country}/edit/")
    expect(desk.locator("[name=capital_en]")).to_have_value(before)
    desk.goto(f"/desk/countries/{country}/history/")
    # Nothing was wiped out: the slip and its taking back are two lines above what was there.
    assert [line.locator("ins").first.inner_text().split()[-1] for line in desk.locator(".history-line").all()[:2]] == [
        before.split()[-1],
        "pen",
    ]
