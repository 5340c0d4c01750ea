"""What people do with events in more than one journey: stages by their names, steps from the page of an event."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page

from tests.journeys.deeds import follow, send

EVENT = re.compile(r"/desk/events/\d+/$")
CLOSED = ".stages .stage-done"


def in_language(words: str, language: str) -> str:
    """What a text says in one language, as the database keeps it."""
    return str(json.loads(words)[language]["text"])


def number_in(address: str) -> str:
    """The number of the record whose page that is."""
    return str(re.findall(r"/(\d+)/", address)[-1])


def labels(page: Page) -> dict[str, str]:
    """What each stage is called, in the language of the page."""
    page.goto("/desk/events/")
    found = page.locator("select[name=stage] option").evaluate_all("all => all.map(one => [one.value, one.text])")
    return {value: text.casefold() for value, text in found}


def stepped(page: Page, event: str, step: str, stage: str, called: dict[str, str]) -> None:
    """Takes the step from the page of the event, and sees the stage that it leads to."""
    page.goto(f"/desk/events/{event}/")
    follow(page, f".moves a[href$='/move/{step}/']", f"**/move/{step}/")
    assert send(page) == 302
    shown = page.locator(".stage-now .stage-name") if stage != "closed" else page.locator(CLOSED).last
    text = shown.evaluate("one => (one.querySelector('.stage-name') || one).firstChild.textContent")
    assert text.casefold() == called[stage], step
