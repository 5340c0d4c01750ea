"""An assembly is told of who was appointed; an assembly that ends takes all along and is brought back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import follow, send
from tests.journeys.looking import WIDTHS, violations
from tests.journeys.served import Served

# Each language works on delegations and assemblies of its own.
TOLD = {"en": "delegation-5-osce-pa", "ru": "delegation-5-pa-csto", "be": "delegation-5-ipa-cis"}
ENDING = {"en": "cei-pd", "ru": "iao", "be": "pabsec"}
STEPS = (
    "SELECT count(*) FROM bodies_step JOIN bodies_membership ON bodies_membership.id = membership_id "
    "WHERE body_id = ? AND bodies_step.kind = 'notified'"
)
UNTIL = "SELECT until FROM bodies_body WHERE organisation_id = ? AND kind = 'delegation' ORDER BY id DESC LIMIT 1"


def sound(page: Page) -> None:
    """Axe finds nothing wrong."""
    assert violations(page) == []


def test_the_assembly_is_told_of_who_was_appointed(signed_in: SignedIn, served: Served, language: str) -> None:
    body = served.key("bodies_body", TOLD[language])
    page = signed_in("head", bypass_csp=True)
    page.goto(f"/desk/bodies/{body}/")
    follow(page, f"a[href='/desk/bodies/{body}/letter/']", f"**/desk/bodies/{body}/letter/")
    page.fill("[name=due_on]", "2014-06-10")
    follow(page, "[data-save]", re.compile(r"/desk/letters/\d+/$"))
    expect(page.locator(".letter-text")).to_have_count(3)
    sound(page)
    follow(page, page.locator("a[href$='/move/send/']").first, "**/move/send/")
    told = page.locator("input[name=told]")
    expect(told.first).to_be_checked()
    number = told.count()
    sound(page)
    page.fill("[name=number]", "15-3/208")
    assert send(page) == 302
    expect(page.get_by_text("15-3/208")).to_be_visible()
    assert int(served.value(STEPS, body)) == number > 0


@pytest.mark.parametrize("width", WIDTHS)
def test_an_assembly_ends_with_all_that_hangs_on_it_and_is_brought_back(
    signed_in: SignedIn, served: Served, language: str, width: int
) -> None:
    assembly = served.key("directory_organisation", ENDING[language])
    before = served.value(UNTIL, assembly)
    page = signed_in("head", bypass_csp=True, width=width)
    page.goto(f"/desk/organisations/{assembly}/end/")
    page.fill("[name=until]", "2014-12-31")
    follow(page, "button[value=look]")
    expect(page.locator("#ending li").first).to_be_visible()
    sound(page)
    assert served.value(UNTIL, assembly) == before
    page.fill("[name=note]", "It was dissolved")
    follow(page, "button[value=apply]", f"**/desk/organisations/{assembly}/")
    assert served.value(UNTIL, assembly) == "2014-12-31"
    page.goto(f"/desk/organisations/{assembly}/end/")
    sound(page)
    batch = served.value("SELECT max(id) FROM exchange_batch WHERE kind = 'organisation-end'")
    page.goto(f"/desk/imports/{batch}/")
    expect(page.locator("#written .history-line").first).to_be_visible()
    sound(page)
    follow(page, f"a[href='/desk/imports/{batch}/undo/']", "**/undo/")
    assert send(page) == 302
    assert served.value(UNTIL, assembly) == before
