"""What people do in more than one journey, and what they then see.

Neither a click nor a key waits for the page that comes of it, and most questions about a page are answered at once, by
the page that is being left if need be. So what leads on is done by `follow`, `press_on` or `send`, and what scripts
change in place is waited for by `expect`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Response

from tests.journeys.conftest import PASSWORD
from tests.journeys.served import Served

STOPS = 150
HOME = re.compile(r"//[^/]+/desk/$")
MENU = ".page-actions .menu"

# Where something leads: with stars, by a pattern, or by a question about the address.
Address = str | re.Pattern[str] | Callable[[str], bool]


@dataclass(frozen=True)
class Closed:
    """A body for official use: its number, its code and its name, which is the same in every language."""

    key: str
    code: str
    name: str

    @property
    def address(self) -> str:
        """Its page."""
        return f"/desk/bodies/{self.key}/"


def follow(page: Page, target: str | Locator, to: Address | None = None) -> None:
    """Clicks what leads to another page, at that address if one is given. The page is there afterwards."""
    with page.expect_navigation(url=to):
        (page.locator(target) if isinstance(target, str) else target).click()


def press_on(page: Page, key: str, to: Address | None = None) -> None:
    """Presses a key that leads to another page, at that address if one is given. The page is there afterwards."""
    with page.expect_navigation(url=to):
        page.keyboard.press(key)


def sign_in(page: Page, name: str, to: Address | None = None) -> None:
    """Name and password at the door; what comes of it is for the test to see, unless it says where that leads."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    press_on(page, "Enter", to)


def confirmed(page: Page, address: str) -> None:
    """Opens a page that asks for the password once more, unless that was given just now."""
    page.goto(address)
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        press_on(page, "Enter", f"**{address}")


def status(page: Page, address: str) -> int:
    """How that address answers this person in his window."""
    answer = page.goto(address)
    assert isinstance(answer, Response), address
    return answer.status


def send(page: Page) -> int:
    """Presses the button of the form; how its address answers. The page that comes of it is there afterwards."""
    with page.expect_navigation() as told:
        page.click("[data-save]")
    asked = told.value.request
    while asked.redirected_from:
        asked = asked.redirected_from
    answer = asked.response()
    assert answer is not None, page.url
    return answer.status


def choices(page: Page) -> list[str]:
    """What the menu of the page leads to, as the ends of the addresses."""
    found = page.locator(f"{MENU} .menu-item").evaluate_all("items => items.map(item => item.getAttribute('href'))")
    return [str(one).rstrip("/").rpartition("/")[2] for one in found if one and not str(one).startswith("?")]


def closed_body(head: Page, served: Served, code: str, *, officer: str = "officer") -> Closed:
    """The head of department keeps a new body for official use, about a country that this officer looks after."""
    name = f"Closed {code}"
    head.goto("/desk/bodies/new/")
    head.fill("[name=name_en]", name)
    head.fill("[name=code]", code)
    head.select_option("[name=kind]", "working-group")
    head.select_option("[name=mark]", "official")
    assert send(head) == 302
    body = Closed(served.key("bodies_body", code), code, name)
    country = served.value(
        "SELECT country_id FROM directory_portfolio JOIN accounts_user ON accounts_user.id = user_id"
        " WHERE username = ? ORDER BY directory_portfolio.id",
        officer,
    )
    head.goto(f"/desk/partners/new/?body={body.key}&country={country}")
    assert send(head) == 302
    return body


def lower(page: Page, body: Closed, mark: str, reason: str) -> None:
    """Gives the body a lower mark."""
    page.goto(f"{body.address}lower/")
    page.select_option("[name=mark]", mark)
    page.fill("[name=reason]", reason)
    assert send(page) == 302


@contextmanager
def another_day(served: Served) -> Iterator[None]:
    """Whatever day the demonstration is moved to meanwhile, it stands afterwards where it stood before."""
    stood = served.value("SELECT value FROM core_setting WHERE key = 'demonstration_day'")
    try:
        yield
    finally:
        stands_on(served, stood)


def stands_on(served: Served, day: str) -> None:
    """Moves the demonstration to a day."""
    by_force(served, "UPDATE core_setting SET value = ? WHERE key = 'demonstration_day'", day)


def by_force(served: Served, statement: str, *given: object) -> None:
    """Writes into the file of the database past the product, as whoever holds the disk could."""
    connection = sqlite3.connect(served.database, timeout=30)
    with connection:
        connection.execute(statement, given)
    connection.close()


def tab_to(page: Page, selector: str) -> None:
    """Tab until that has the focus; fails when it is never reached."""
    for _stop in range(STOPS):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")
