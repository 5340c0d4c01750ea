"""What people do at the desk in more than one journey about rights, and what they then see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.journeys.conftest import PASSWORD
from tests.journeys.served import Served

STOPS = 150
MENU = ".page-actions .menu"


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


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Name and password at the door; what comes of it is for the test to see."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


def confirmed(page: Page, address: str) -> None:
    """Opens a page that asks for the password once more, unless that was given just now."""
    page.goto(address)
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"**{address}")


def status(page: Page, address: str) -> int:
    """How that address answers this person in his window."""
    answer = page.goto(address)
    assert isinstance(answer, Response), address
    return answer.status


def send(page: Page) -> int:
    """Presses the button of the form; how the page that comes of it answers."""
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as told:
        page.click("[data-save]")
    return told.value.status


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
