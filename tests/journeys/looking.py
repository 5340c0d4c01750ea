"""What is wrong with a page that somebody has come to: what axe finds, and whether it runs out of its width."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RUNS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
axe = Axe()


def wrong_with(page: Page) -> list[str]:
    """Each with the address and the place; nothing for a page that is in order. Needs a window without its policy."""
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    wide = page.evaluate(RUNS_OUT)
    told = [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    return told + ([f"{page.url} runs out by {wide}"] if wide else [])
