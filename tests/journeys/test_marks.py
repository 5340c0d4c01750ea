"""Lowering a mark: who may, what it takes, who sees the record before and after, and what the public sees of it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import MENU, Closed, choices, closed_body, follow, press_on, send, status, tab_to
from tests.journeys.served import Served

REASON = "The talks were announced"
# The rows of the page "Who sees this", as ROLES has them.
ROLES = (
    "administrator",
    "head",
    "officer",
    "secretary",
    "member",
    "leadership",
    "protocol",
    "liaison",
    "auditor",
)


def test_lowering_a_mark(
    signed_in: SignedIn, contexts: Callable[..., BrowserContext], served: Served, language: str
) -> None:
    head, officer, protocol = signed_in("head"), signed_in("officer"), signed_in("protocol")
    public = contexts().new_page()
    body = closed_body(head, served, f"closed-marks-{language}")
    in_public = f"/{language}/bodies/{body.code}/"
    # Before: the officer whose own it is reads it and cannot lower it; others do not know of it.
    assert _may_lower(officer, body) == (False, 403, ["official"])
    assert (status(protocol, body.address), status(public, in_public)) == (404, 404)
    assert _sees(head, body) == ["every", "every", "own", "own", "own", "every", "none", "own", "every"]
    assert "protocol" not in _by_name(head, served, body)
    _lower_by_keys(head, body, "internal")
    # After: all of the department, and nobody outside.
    assert (status(protocol, body.address), status(public, in_public)) == (200, 404)
    assert _sees(head, body) == ["every"] * 7 + ["own", "every"]
    assert "protocol" in _by_name(head, served, body)
    assert _last_change(head, served, body) == ('lowered ["official","internal"]', REASON, 1)
    assert _may_lower(officer, body) == (False, 403, ["internal", "official"])
    # A public mark publishes nothing; that is a step of its own, and is taken back here.
    _lower_by_keys(head, body, "public")
    assert status(public, in_public) == 404
    for expected in (200, 404):
        head.goto(f"{body.address}publish/")
        head.fill("[name=reason]", "As agreed")
        assert send(head) == 302
        assert status(public, in_public) == expected


def _may_lower(page: Page, body: Closed) -> tuple[bool, int, list[str]]:
    """Whether this person is offered to lower the mark, how the address answers, and which marks the form offers."""
    page.goto(body.address)
    offered = "lower" in choices(page)
    answer = status(page, f"{body.address}lower/")
    page.goto(f"{body.address}edit/")
    marks = page.locator("[name=mark] option").evaluate_all("all => all.map(one => one.value)")
    return offered, answer, marks


def _lower_by_keys(page: Page, body: Closed, mark: str) -> None:
    """Lowers the mark from the menu of the page, without a pointer."""
    page.goto(body.address)
    tab_to(page, f"{MENU} > summary")
    page.keyboard.press("Enter")
    expect(page.locator(f"{MENU} .menu-list")).to_be_visible()
    for _step in choices(page):
        page.keyboard.press("ArrowDown")
        if page.locator(".menu-item[href$='/lower/']:focus").count():
            break
    press_on(page, "Enter", "**/lower/")
    tab_to(page, "[name=mark]")
    # The next lower mark is chosen already.
    expect(page.locator("[name=mark]")).to_have_value(mark)
    # Without a reason it is refused, and the form says where.
    press_on(page, "Control+Enter", "**/lower/")
    expect(page.locator("[data-errors] a[href='#id_reason']")).to_be_visible()
    tab_to(page, "[name=reason]")
    page.keyboard.type(REASON)
    press_on(page, "Control+Enter", f"**{body.address}")


def _sees(page: Page, body: Closed) -> list[str]:
    """By role, in the order of ROLES: every, own or none; the words are known from two whose rights do not change."""
    page.goto(body.address)
    page.click(f"{MENU} > summary")
    follow(page, f"{MENU} .menu-item[href$='/readers/']", "**/readers/")
    words = page.locator("#roles tbody td:nth-child(2)").all_inner_texts()
    assert len(words) == len(ROLES)
    known = {words[ROLES.index("auditor")]: "every", words[ROLES.index("liaison")]: "own"}
    return [known.get(one, "none") for one in words]


def _by_name(page: Page, served: Served, body: Closed) -> set[str]:
    """The accounts that the page "Who sees this" names."""
    page.goto(f"{body.address}readers/")
    named = page.locator("#people tbody th").all_inner_texts()
    return {served.value("SELECT username FROM accounts_user WHERE name = ?", name) for name in named}


def _last_change(page: Page, served: Served, body: Closed) -> tuple[str, str, int]:
    """The first line of the history: what is kept of it, the reason that stands there, and how many values it shows."""
    page.goto(f"{body.address}history/")
    line = page.locator(".history-line").first
    entry = str(line.get_attribute("id")).removeprefix("entry-")
    kept = served.value("SELECT verb || ' ' || json_extract(changes, '$.mark') FROM core_entry WHERE id = ?", entry)
    return kept, line.locator("p.quiet").inner_text(), line.locator("dd:has(del):has(ins)").count()
