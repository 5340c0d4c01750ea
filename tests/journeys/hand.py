"""Hands that count: what a person clicks and which keys they press on the way to something (design 7)."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.journeys.deeds import Address, follow, press_on


@dataclass
class Hand:
    """Clicks and keys on one page. A letter is a key; a day in a field of dates is a deed of its own."""

    page: Page
    clicks: int = 0
    keys: int = 0
    days: int = 0

    def click(self, target: Locator) -> None:
        """One click."""
        target.click()
        self.clicks += 1

    def follow(self, target: Locator, to: Address) -> None:
        """One click that leads to another page, which is there afterwards."""
        follow(self.page, target, to)
        self.clicks += 1

    def press_on(self, key: str, to: Address) -> None:
        """One key that leads to another page, which is there afterwards."""
        press_on(self.page, key, to)
        self.keys += 1

    def press(self, *keys: str) -> None:
        """Keys by their names, each counted."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words: str) -> None:
        """Letters, each counted."""
        self.page.keyboard.type(words)
        self.keys += len(words)

    def day(self, day: str) -> None:
        """A day into the field that has the focus, which must be a field of dates."""
        field = self.page.locator("input[type=date]:focus")
        field.fill(day)
        self.days += 1
