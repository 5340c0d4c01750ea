"""Documents in a browser: handed in from the page of a record without scripts, listed, saved; in any window."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import DESK, PHONE, SignedIn
from tests.journeys.deeds import follow
from tests.journeys.looking import wrong_with
from tests.journeys.served import Served
from tests.paper import a_docx, a_pdf

PDF: FilePayload = {"name": "Letter_of_May.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
WORD: FilePayload = {"name": "Programme of the visit.docx", "mimeType": "text/html", "buffer": a_docx()}
PROGRAM: FilePayload = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(200)}

NEW, HANDED_IN = "#documents a[href*='/documents/new/']", "form[enctype] button[type=submit]"


def body_page(page: Page, served: Served) -> None:
    page.goto(f"/desk/bodies/{served.key('bodies_body', 'wg-5-lv')}/")


def test_files_are_handed_in_without_scripts_and_saved_again(signed_in: SignedIn, served: Served) -> None:
    page = signed_in(java_script_enabled=False)
    body_page(page, served)
    follow(page, NEW)
    page.set_input_files("[name=files]", [PROGRAM, PDF])
    page.select_option("[name=document_kind]", "letter")
    follow(page, HANDED_IN)
    expect(page.locator("#id_files_error")).to_contain_text("report.pdf")
    page.set_input_files("[name=files]", [PDF, WORD])
    follow(page, HANDED_IN)
    names = page.locator("#documents tbody th").all_inner_texts()
    assert names[:2] == ["Programme of the visit", "Letter of May"]
    follow(page, page.locator("#documents tbody th a").nth(1))
    with page.expect_download() as saving:
        page.locator("#versions tbody th a").first.click()
    assert saving.value.suggested_filename == "Letter_of_May.pdf"
    assert Path(saving.value.path()).read_bytes() == a_pdf()


def test_no_page_of_documents_is_wider_than_its_window_or_unreadable(signed_in: SignedIn, served: Served) -> None:
    for theme, window in (("light", DESK), ("dark", PHONE)):
        page = signed_in(color_scheme=theme, bypass_csp=True, **window)
        body_page(page, served)
        follow(page, NEW)
        new = page.url
        long: FilePayload = {"name": f"{'a_long_name' * 12}.pdf", "mimeType": "", "buffer": a_pdf(theme)}
        page.set_input_files("[name=files]", [long])
        page.select_option("[name=document_kind]", "minutes")
        follow(page, HANDED_IN)
        shown = page.url
        for address in (new, shown, f"{shown}versions/new/", "/desk/documents/", "/desk/documents/?q=letter"):
            page.goto(address)
            assert wrong_with(page) == []
