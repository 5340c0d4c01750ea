"""The browser, the running demonstration, and people who use it. Nothing here touches Django in this process."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.line import slow_line
from tests.journeys.served import Served, load, serve

PASSWORD = "interparl-demo-2014"  # noqa: S105  printed by `interparl demo`
NO_BROWSER = "no Chromium: `tools/need chromium` installs it where that is allowed"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# Milliseconds that a check or a deed waits. A busy machine is slow; it is no fault of the product.
PATIENCE = 20_000

SignedIn = Callable[..., Page]


def chromium() -> str:
    """The path of a Chromium, or ""."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


def languages() -> list[str]:
    """INTERPARL_BROWSER_LANGUAGES, separated by spaces; English alone unless told."""
    return os.environ.get("INTERPARL_BROWSER_LANGUAGES", "en").replace(",", " ").split() or ["en"]


def delay() -> tuple[int, bool]:
    """INTERPARL_BROWSER_DELAY, by how many milliseconds every page comes late, and whether the rest does so too.

    A journey that reads the page which it leaves, or one that is half there, fails then each time instead of once in a
    hundred runs. With `400 all` styles, scripts and files come late as well. None unless told.
    """
    words = os.environ.get("INTERPARL_BROWSER_DELAY", "").split() or ["0"]
    return int(words[0]), "all" in words[1:]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every journey, and skips all of them with one reason where there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not chromium():
                item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.fixture(scope="session", params=languages())
def language(request: pytest.FixtureRequest) -> str:
    """The language of the pages; the whole suite is walked through in each."""
    return str(request.param)


@contextmanager
def demonstration(folder: Path, *words: str) -> Iterator[Served]:
    """One that runs meanwhile, behind a slow line if the run wants that; `words` are said to the command as well."""
    serving = serve(folder, *words)
    milliseconds, is_for_all = delay()
    line = slow_line(serving.served, milliseconds, is_for_all=is_for_all)
    with line if milliseconds else nullcontext(serving.served) as reached:
        yield reached
    serving.stop()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration; loaded once for a run, and each process of the run serves a copy of what was loaded."""
    folder = tmp_path_factory.mktemp("demonstration")
    together = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        together = together.parent
    loaded = together / "loaded"
    with (together / "loaded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not loaded.exists():
            load(loaded)
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    with demonstration(folder) as found:
        yield found


# Not longer than this package: while Playwright runs, Django refuses to ask its database in the same thread.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium."""
    expect.set_options(timeout=PATIENCE)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=[*as_root, "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture(scope="package")
def cookies(browser: Browser, served: Served) -> Callable[[str], list[dict[str, str]]]:
    """The cookies of somebody who has signed in; each signs in once."""
    known: dict[str, list[dict[str, str]]] = {}

    def of(name: str) -> list[dict[str, str]]:
        if name not in known:
            context = browser.new_context()
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(f"{served.base}/accounts/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", PASSWORD)
            with page.expect_navigation(url="**/desk/"):
                page.press("[name=password]", "Enter")
            known[name] = [
                {"name": one["name"], "value": one["value"], "url": served.base}
                for one in context.cookies()
                if one["name"] == "sessionid"
            ]
            context.close()
        return known[name]

    return of


@pytest.fixture
def contexts(browser: Browser, served: Served) -> Iterator[Callable[..., BrowserContext]]:
    """Makes windows that forget all, without motion; every error of a page or of its scripts fails the test."""
    made: list[BrowserContext] = []
    wrong: list[str] = []

    def new(*, width: int = 1440, height: int = 900, **options: Any) -> BrowserContext:
        usual = {"base_url": served.base, "reduced_motion": "reduce", "viewport": {"width": width, "height": height}}
        context = browser.new_context(**usual | options)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        context.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        made.append(context)
        return context

    yield new
    for context in made:
        context.close()
    assert wrong == []


@pytest.fixture
def signed_in(
    contexts: Callable[..., BrowserContext],
    cookies: Callable[[str], list[dict[str, str]]],
    served: Served,
    language: str,
) -> SignedIn:
    """Opens a window of somebody who has signed in, in the language of the run."""

    def open_window(name: str = "officer", **options: object) -> Page:
        context = contexts(**options)
        chosen = {"name": "language", "value": language, "url": served.base}
        context.add_cookies([*cookies(name), chosen])  # type: ignore[list-item]
        return context.new_page()

    return open_window


@pytest.fixture
def desk(signed_in: SignedIn) -> Page:
    """An officer's window on the desk's home."""
    page = signed_in()
    page.goto("/desk/")
    return page


@pytest.fixture
def visitor(contexts: Callable[..., BrowserContext]) -> Page:
    """A window of somebody from the public, who has never been here."""
    return contexts().new_page()
