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
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.deeds import HOME, Address, by_force, follow, press_on, sign_in
from tests.journeys.looking import WIDTHS, wrong_with
from tests.journeys.served import Served

KEY_INSIDE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
SECURITY = "/accounts/security/"
ACCOUNT = "officer2"
SECOND_STEP = "**/login/code/"
WITH_PASSKEY = "form[data-passkey] button[type=submit]"


@pytest.fixture
def window(contexts: Callable[..., BrowserContext], served: Served, language: str) -> Iterator[Callable[..., Page]]:
    """Opens a window at the door, in the language of the run. No test finds what another has left of the account."""
    base = served.base.replace("127.0.0.1", "localhost")

    def open_window(width: int = 1440, **options: Any) -> Page:
        context = contexts(width=width, base_url=base, **options)
        context.add_cookies([{"name": "language", "value": language, "url": base}])
        return context.new_page()

    forgotten(served)
    yield open_window
    forgotten(served)


def forgotten(served: Served) -> None:
    """The account has no factor and has not tried anything: ten confirmations in a minute are counted as an attack."""
    factors = "DELETE FROM mfa_authenticator WHERE user_id = (SELECT id FROM accounts_user WHERE username = ?)"
    by_force(served, factors, ACCOUNT)
    by_force(served, "DELETE FROM interparl_cache WHERE cache_key LIKE ?", "%allauth:rl:%")


def sign_out(page: Page) -> None:
    """By the page that asks."""
    page.goto("/accounts/logout/")
    follow(page, "main form:not(.languages) button[type=submit]", re.compile("/(en|ru|be)/$"))


def confirm(page: Page, to: Address) -> None:
    """The password once more."""
    expect(page).to_have_url(re.compile("/accounts/reauthenticate/"))
    page.fill("[name=password]", PASSWORD)
    press_on(page, "Enter", to)


def with_key(page: Page) -> None:
    """Puts a device that keeps passkeys into the browser."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_INSIDE})


def code_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238); it is taken for half a minute more at least."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_passkey_signs_in(window: Callable[..., Page], width: int) -> None:
    page = window(width=width, bypass_csp=True)
    with_key(page)
    sign_in(page, ACCOUNT, HOME)
    wrong = _add_passkey(page)
    sign_out(page)
    page.goto("/accounts/login/?next=/desk/countries/")
    wrong += wrong_with(page)
    follow(page, WITH_PASSKEY, re.compile(r"//[^/]+/desk/countries/$"))
    # As the second step after the password as well.
    sign_out(page)
    sign_in(page, ACCOUNT, SECOND_STEP)
    wrong += wrong_with(page)
    follow(page, WITH_PASSKEY, HOME)
    wrong += _remove_passkey(page)
    assert wrong == []


def _add_passkey(page: Page) -> list[str]:
    """Adds one; what is wrong with the pages on the way."""
    page.goto(SECURITY)
    wrong = wrong_with(page)
    follow(page, "#passkeys .button[href$='/add/']")
    wrong += wrong_with(page)
    confirm(page, "**/passkeys/add/")
    wrong += wrong_with(page)
    page.fill("[name=name]", "My desk")
    follow(page, WITH_PASSKEY, "**/security/codes/")
    wrong += wrong_with(page)
    page.goto(SECURITY)
    expect(page.locator("#passkeys tbody th")).to_have_text(["My desk"])
    return wrong + wrong_with(page)


def _remove_passkey(page: Page) -> list[str]:
    """Takes it away again; what is wrong with the pages on the way."""
    page.goto(SECURITY)
    follow(page, "#passkeys tbody a")
    confirm(page, "**/remove/**")
    wrong = wrong_with(page)
    follow(page, "main .button-danger", f"**{SECURITY}")
    expect(page.locator("#passkeys tbody tr")).to_have_count(0)
    return wrong


def test_a_passkey_that_is_refused_leaves_the_other_ways(window: Callable[..., Page]) -> None:
    page = window()
    with_key(page)
    page.goto("/accounts/login/")
    page.click(WITH_PASSKEY)
    expect(page.locator("[data-passkey-failed] .alert")).to_be_visible()
    expect(page.locator(WITH_PASSKEY)).to_be_enabled()
    expect(page.locator("[name=login]")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_app_and_recovery_codes_sign_in_without_scripts(window: Callable[..., Page], width: int) -> None:
    page = window(width=width, java_script_enabled=False)
    sign_in(page, ACCOUNT, HOME)
    page.goto(SECURITY)
    page.goto("/accounts/security/passkeys/add/")
    confirm(page, "**/passkeys/add/")
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    follow(page, "[data-passkey-without] a", "**/app/add/")
    expect(page.locator("svg.qr")).to_be_visible()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.fill("[name=code]", code_of(secret))
    follow(page, "main .button-primary", "**/security/codes/")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as file:
        page.click("main a[download]")
    assert file.value.path().read_text().split()[-10:] == codes
    for recovery in (None, codes[0]):
        sign_out(page)
        sign_in(page, ACCOUNT, SECOND_STEP)
        page.fill("[name=code]", recovery or code_of(secret))
        press_on(page, "Enter", HOME)
    page.goto("/accounts/security/app/remove/")
    confirm(page, "**/app/remove/")
    follow(page, "main .button-danger", f"**{SECURITY}")


def test_the_pages_of_an_app_are_open_to_all(window: Callable[..., Page]) -> None:
    wrong = []
    for width, theme in ((1440, "light"), (390, "dark")):
        page = window(width=width, color_scheme=theme, bypass_csp=True)
        sign_in(page, ACCOUNT, HOME)
        page.goto("/accounts/security/app/add/")
        confirm(page, "**/app/add/")
        wrong += wrong_with(page)
        page.fill("[name=code]", "12")
        follow(page, "main .button-primary", "**/app/add/")
        wrong += wrong_with(page)
        page.goto(SECURITY)
        wrong += wrong_with(page)
        page.goto("/accounts/login/refused/")
        wrong += wrong_with(page)
    assert wrong == []


def test_another_device_is_ended(window: Callable[..., Page]) -> None:
    mine, other = window(), window()
    for page in (mine, other):
        sign_in(page, ACCOUNT, HOME)
    mine.goto(SECURITY)
    # This one comes first and has no button; then the one that signed in last.
    follow(mine, mine.locator("#devices tbody button").first, f"**{SECURITY}")
    expect(mine.locator(".toast")).to_have_count(1)
    other.goto("/desk/")
    expect(other).to_have_url(re.compile("/accounts/login/"))
    mine.goto("/desk/")
    expect(mine).to_have_url(HOME)
