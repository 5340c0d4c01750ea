"""Passkeys, codes and devices as a person uses them. A passkey needs the name localhost, so all of it is done there."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.served import Served

axe = Axe()
KEY_INSIDE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SECURITY = "/accounts/security/"
RUNS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


# The last of the accounts, so that a factor which a failed test leaves behind stands in the way of few others.
ACCOUNT = "officer2"


@pytest.fixture
def window(browser: Browser, served: Served, language: str) -> Iterator[Callable[..., Page]]:
    """Opens a window at the door, in the language of the run; every error of a page or its scripts fails the test."""
    base = served.base.replace("127.0.0.1", "localhost")
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def open_window(width: int = 1440, **options: Any) -> Page:
        context = browser.new_context(base_url=base, viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        context.add_cookies([{"name": "language", "value": language, "url": base}])
        made.append(context)
        return context.new_page()

    yield open_window
    for context in made:
        context.close()
    assert wrong == []


def sign_in(page: Page) -> None:
    """Name and password."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", ACCOUNT)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def sign_out(page: Page) -> None:
    """By the page that asks."""
    page.goto("/accounts/logout/")
    page.click("main form:not(.languages) button[type=submit]")
    page.wait_for_url(re.compile("/(en|ru|be)/$"))


def confirm(page: Page) -> None:
    """The password once more."""
    page.wait_for_url("**/accounts/reauthenticate/**")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def with_key(page: Page) -> None:
    """Puts a device that keeps passkeys into the browser."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_INSIDE})


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def looked_at(page: Page) -> list[str]:
    """What axe finds on the page, and whether it runs out of its width."""
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    wide = page.evaluate(RUNS_OUT)
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] + (
        [f"{page.url} runs out by {wide}"] if wide else []
    )


@pytest.mark.parametrize("width", [1440, 390])
def test_a_passkey_signs_in(window: Callable[..., Page], width: int) -> None:
    page = window(width=width, bypass_csp=True)
    with_key(page)
    sign_in(page)
    page.wait_for_url(re.compile(r"//[^/]+/desk/$"))
    wrong = _add_passkey(page)
    sign_out(page)
    page.goto("/accounts/login/?next=/desk/countries/")
    wrong += looked_at(page)
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url(re.compile(r"//[^/]+/desk/countries/$"))
    # As the second step after the password as well.
    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/login/code/")
    wrong += looked_at(page)
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url(re.compile(r"//[^/]+/desk/$"))
    wrong += _remove_passkey(page)
    assert wrong == []


def _add_passkey(page: Page) -> list[str]:
    """Adds one; what is wrong with the pages on the way."""
    page.goto(SECURITY)
    wrong = looked_at(page)
    page.click("#passkeys .button[href$='/add/']")
    wrong += looked_at(page)
    confirm(page)
    page.wait_for_url("**/passkeys/add/")
    wrong += looked_at(page)
    page.fill("[name=name]", "My desk")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url("**/security/codes/")
    wrong += looked_at(page)
    page.goto(SECURITY)
    assert page.locator("#passkeys tbody th").all_inner_texts() == ["My desk"]
    return wrong + looked_at(page)


def _remove_passkey(page: Page) -> list[str]:
    """Takes it away again; what is wrong with the pages on the way."""
    page.goto(SECURITY)
    page.click("#passkeys tbody a")
    confirm(page)
    page.wait_for_url("**/remove/**")
    wrong = looked_at(page)
    page.click("main .button-danger")
    page.wait_for_url(f"**{SECURITY}")
    assert page.locator("#passkeys tbody tr").count() == 0
    return wrong


def test_a_passkey_that_is_refused_leaves_the_other_ways(window: Callable[..., Page]) -> None:
    page = window()
    with_key(page)
    page.goto("/accounts/login/")
    page.click("form[data-passkey] button[type=submit]")
    expect(page.locator("[data-passkey-failed] .alert")).to_be_visible()
    expect(page.locator("form[data-passkey] button[type=submit]")).to_be_enabled()
    assert page.locator("[name=login]").is_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_an_app_and_recovery_codes_sign_in_without_scripts(window: Callable[..., Page], width: int) -> None:
    page = window(width=width, java_script_enabled=False)
    sign_in(page)
    page.goto(SECURITY)
    page.goto("/accounts/security/passkeys/add/")
    confirm(page)
    assert page.locator("form[data-passkey]").is_visible() is False
    page.click("[data-passkey-without] a")
    assert page.locator("svg.qr").is_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.fill("[name=code]", code_of(secret))
    page.click("main .button-primary")
    page.wait_for_url("**/security/codes/")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as file:
        page.click("main a[download]")
    assert file.value.path().read_text().split()[-10:] == codes
    for code in (code_of(secret), codes[0]):
        sign_out(page)
        sign_in(page)
        page.wait_for_url("**/login/code/")
        page.fill("[name=code]", code)
        page.press("[name=code]", "Enter")
        page.wait_for_url(re.compile(r"//[^/]+/desk/$"))
    page.goto("/accounts/security/app/remove/")
    confirm(page)
    page.click("main .button-danger")
    page.wait_for_url(f"**{SECURITY}")


def test_the_pages_of_an_app_are_open_to_all(window: Callable[..., Page]) -> None:
    wrong = []
    for width, theme in ((1440, "light"), (390, "dark")):
        page = window(width=width, color_scheme=theme, bypass_csp=True)
        sign_in(page)
        page.goto("/accounts/security/app/add/")
        confirm(page)
        page.wait_for_url("**/app/add/")
        wrong += looked_at(page)
        page.fill("[name=code]", "12")
        page.click("main .button-primary")
        wrong += looked_at(page)
        page.goto(SECURITY)
        wrong += looked_at(page)
        page.goto("/accounts/login/refused/")
        wrong += looked_at(page)
    assert wrong == []


def test_another_device_is_ended(window: Callable[..., Page]) -> None:
    mine, other = window(), window()
    for page in (mine, other):
        sign_in(page)
        page.wait_for_url(re.compile(r"//[^/]+/desk/$"))
    mine.goto(SECURITY)
    mine.click("#devices tbody button >> nth=0")
    mine.wait_for_url(f"**{SECURITY}")
    assert mine.locator(".toast").count() == 1
    other.goto("/desk/")
    other.wait_for_url("**/accounts/login/**")
    mine.goto("/desk/")
    assert mine.url.endswith("/desk/")
