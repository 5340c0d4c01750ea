"""The auditor's day: who read, who changed, whether the history is whole; and that he writes nothing himself."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import Closed, by_force, choices, closed_body, follow, lower, status
from tests.journeys.places import LISTS
from tests.journeys.served import Served

REASON = "The visit is over"
OFFICER = "Viktar Astapchyk"


def test_who_read_and_who_lowered(signed_in: SignedIn, served: Served, language: str) -> None:
    head, officer = signed_in("head"), signed_in("officer")
    body = closed_body(head, served, f"closed-audit-{language}")
    assert status(officer, body.address) == 200
    assert status(officer, f"{body.address}history/") == 200
    lower(head, body, "internal", REASON)
    # What is internal is read without a trace.
    assert status(officer, f"{body.address}readers/") == 200
    auditor = signed_in("auditor", java_script_enabled=False)
    auditor.goto("/desk/")
    _open(auditor, "reads")
    _ask(auditor, user=served.value("SELECT id FROM accounts_user WHERE username = 'officer'"), **_named(body))
    pages = [f"{body.address}history/", body.address]
    read = [row.locator("td").all_inner_texts() for row in auditor.locator("tbody tr").all()]
    assert [(cells[0], cells[1], cells[-1]) for cells in read] == [(OFFICER, body.name, page) for page in pages]
    told = _taken_away(auditor)
    assert [(row[2], row[3], row[4], row[5], row[6]) for row in told] == [
        (OFFICER, body.name, "bodies.body", body.key, page) for page in pages
    ]
    _open(auditor, "changes")
    _ask(auditor, verb="lowered", **_named(body))
    line = auditor.locator("article.history-line")
    expect(line).to_have_count(1)
    assert line.locator("p.quiet").inner_text() == REASON
    assert "Tamara Bulyha" in line.inner_text()


def _named(body: Closed) -> dict[str, str]:
    return {"kind": "bodies.body", "record": body.key}


def _open(page: Page, what: str) -> None:
    """One of the auditor's pages, from the rail."""
    follow(page, page.locator(f"#navigation a[href='/desk/audit/{what}/']").first, f"**/audit/{what}/")


def _ask(page: Page, **asked: str) -> None:
    """Opens the filter, says what is asked, and shows that."""
    page.click(".filter-add > summary")
    for name, value in asked.items():
        field = page.locator(f".filter-fields [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    follow(page, ".filter-fields button", re.compile(r"\?.*record="))
    expect(page.locator(".pill")).to_have_count(len(asked))


def _taken_away(page: Page) -> list[list[str]]:
    """The rows of the file, without the words about it and the headings."""
    page.click(".page-actions details > summary")
    with page.expect_download() as file:
        page.click(".menu-item[href*='format=csv']")
    lines = csv.reader(file.value.path().read_text("utf-8-sig").splitlines())
    return [line for line in lines if line and line[0].isdigit()]


def test_a_changed_byte_is_named(signed_in: SignedIn, served: Served, language: str) -> None:
    head, auditor = signed_in("head"), signed_in("auditor")
    body = closed_body(head, served, f"closed-seal-{language}")
    lower(head, body, "internal", REASON)
    entry = served.value("SELECT id FROM core_entry WHERE verb = 'lowered' ORDER BY id DESC")
    auditor.goto("/desk/audit/changes/")
    _open(auditor, "seals")
    assert _verified(auditor) == []
    by_force(served, "UPDATE core_entry SET note = 'The visit is ever' WHERE id = ?", entry)
    try:
        found = _verified(auditor)
    finally:
        by_force(served, "UPDATE core_entry SET note = ? WHERE id = ?", REASON, entry)
    assert len(found) == 1
    assert entry in re.findall(r"\d+", found[0])
    assert _verified(auditor) == []


def _verified(page: Page) -> list[str]:
    """Presses the button; what does not agree. Nothing is named exactly when the page says that all is whole."""
    # The page looks alike before and after, so what is waited for is the answer to this very question.
    with page.expect_response(lambda one: one.request.method == "POST") as told:
        page.click("main form button[type=submit]")
    told.value.finished()
    page.wait_for_load_state()
    expect(page.locator("main .alert")).to_be_visible()
    found = page.locator("main .alert ~ ul li").all_inner_texts()
    expect(page.locator("main .alert-good")).to_have_count(0 if found else 1)
    return found


@pytest.mark.parametrize("address", [f"/desk/{name}/" for name in LISTS])
def test_an_auditor_is_offered_nothing_to_write(signed_in: SignedIn, address: str) -> None:
    auditor = signed_in("auditor")
    assert status(auditor, address) == 200
    expect(auditor.locator("main a[href$='/new/'], main form[method=post], .new-button")).to_have_count(0)
    assert status(auditor, f"{address}new/") == 403


def test_an_auditor_changes_no_record(signed_in: SignedIn, served: Served) -> None:
    auditor = signed_in("auditor")
    key = served.key("bodies_body", "wg-5-lv")
    body = f"/desk/bodies/{key}/"
    auditor.goto(body)
    # Who sees it, and its handover file.
    assert choices(auditor) == ["readers", key]
    expect(auditor.locator("main a[href$='/edit/'], main a[href*='/replace/']")).to_have_count(0)
    officer = served.value("SELECT id FROM accounts_user WHERE username = 'officer'")
    closed = [f"{body}{end}/" for end in ("edit", "end", "publish", "lower")]
    closed += [f"/desk/users/{officer}/{end}/" for end in ("edit", "role", "close", "factors", "invite", "sees")]
    closed += ["/desk/users/new/", "/desk/deputising/new/"]
    assert [address for address in closed if status(auditor, address) != 403] == []
    auditor.goto(f"/desk/users/{officer}/")
    expect(auditor.locator("main form, main a[href$='/new/'], .page-actions button")).to_have_count(0)
    # What is left is to read on paper.
    expect(auditor.locator(".page-actions a:not([href*='/handover/'])")).to_have_count(0)
