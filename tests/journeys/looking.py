"""What is wrong with a page that somebody has come to: what axe finds, and whether it runs out of its width.

Axe puts style on the pages that it looks at; a window in which it is asked goes without the rules for what may run.
"""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RUNS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Fetching each style sheet once more takes three quarters of the time; it serves a rule that is not asked, and media.
OPTIONS: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
# Structure does not change with the theme; colours do.
COLOURS: dict[str, Any] = OPTIONS | {"runOnly": ["color-contrast"]}
# Of a page that is no other on a telephone but for its width the narrow window waits for the long run.
WIDTHS = [1440, pytest.param(390, marks=pytest.mark.slow)]
axe = Axe()


def violations(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """What axe finds on the page: the rule and the first places."""
    found = axe.run(page, options=options).response["violations"]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


def wrong_with(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """Each with the address and the place; nothing for a page that is in order."""
    wide = page.evaluate(RUNS_OUT)
    told = [f"{page.url} {one}" for one in violations(page, options)]
    return told + ([f"{page.url} runs out by {wide}"] if wide else [])
