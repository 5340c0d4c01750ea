"""Tables that nobody has seen before: an unknown workbook to a mapping to the registers and back, and a pasted list."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import follow
from tests.journeys.looking import COLOURS, OPTIONS, WIDTHS, violations, wrong_with
from tests.journeys.served import Served

NEW = "/desk/imports/new/"
PEOPLE = (("Ostrowska", "Halina", "14.02.1970"), ("Žukaŭski", "Ryhor", "30.11.1968"), ("von Ahn", "Ute", "05.06.1965"))
SENT, HANDED_IN, APPLIED = "button[value=check]", "form[enctype] .button-primary", "form[action$='/apply/'] button"
COLUMNS, BATCH = re.compile(r"/imports/new/[\w-]{32}/"), re.compile(r"/imports/\d+/$")


def a_workbook(language: str) -> FilePayload:
    """A workbook with a title above its heading, headings in no language of ours, and a second sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Mitglieder"
    sheet.append(["Mitglieder der Versammlung, Stand 2014"])
    sheet.append(["Kennziffer", "Zuname", "Rufname", "Geburtstag", "Anmerkung"])
    for number, (family, given, born) in enumerate(PEOPLE, 1):
        sheet.append([number, f"{family} {language}", given, born, "–"])
    book.create_sheet("Hinweise").append(["Quelle", "Archiv"])
    held = BytesIO()
    book.save(held)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": f"mitglieder-{language}.xlsx", "mimeType": kind, "buffer": held.getvalue()}


def handed_in(page: Page, language: str) -> None:
    """The workbook, as far as its columns."""
    page.goto(NEW)
    page.select_option("[name=kind]", "people-csv")
    page.set_input_files("[name=file]", files=[a_workbook(language)])
    follow(page, HANDED_IN, COLUMNS)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "none"])
def test_an_unknown_workbook_becomes_a_mapping_and_records_and_goes_again(
    signed_in: SignedIn, served: Served, language: str, *, java_script_enabled: bool
) -> None:
    page = signed_in(java_script_enabled=java_script_enabled)
    code = f"journey-{language}-{'js' if java_script_enabled else 'plain'}"
    people = "SELECT count(*) FROM directory_person"
    before = served.value(people)
    handed_in(page, language)
    expect(page.locator(".column-table thead th")).to_have_count(5)
    for position, field in enumerate(("id", "family", "given", "born")):
        page.select_option(f"[name=c{position}-to]", field)
    page.fill("[name=save_code]", code)
    page.fill("[name=save_name]", f"Mitglieder {language}")
    follow(page, "button[value=save]", re.compile("mapping="))
    assert served.value("SELECT count(*) FROM exchange_savedmapping WHERE code = ?", code) == "1"
    follow(page, SENT, BATCH)
    address = page.url
    shown = " ".join(page.locator("#rows tbody th a").all_inner_texts())
    assert [family for family, _given, _born in PEOPLE if family not in shown] == []
    follow(page, APPLIED, address)
    assert int(served.value(people)) == int(before) + len(PEOPLE)
    page.goto(f"{address}undo/")
    follow(page, page.locator("main form button.button-danger, main form button.button-primary").first, BATCH)
    assert served.value(people) == before


def test_thirty_pasted_names_become_members(signed_in: SignedIn, served: Served, language: str) -> None:
    page = signed_in()
    code = {"en": "wg-5-cz", "ru": "wg-5-gr", "be": "wg-5-mn"}[language]
    body = served.key("bodies_body", code)
    sits = f"SELECT count(*) FROM bodies_membership WHERE body_id = {body}"  # noqa: S608  a number of ours
    before = int(served.value(sits))
    names = names_in(page, served, 29)
    page.goto(f"/desk/bodies/{body}/")
    follow(page, "#composition a[href*='/imports/new/']", f"**{NEW}?**")
    page.fill("[name=pasted]", "\n".join(f"{at}. {name}" for at, name in enumerate([*names, "Nobody Atall"], 1)))
    follow(page, HANDED_IN, COLUMNS)
    expect(page.locator("#names input[type=text], #names select").first).to_be_attached()
    follow(page, SENT, BATCH)
    follow(page, APPLIED, BATCH)
    assert int(served.value(sits)) == before + len(names)


def names_in(page: Page, served: Served, number: int) -> list[str]:
    """What people whose names are their own are called in the language of the run."""
    language = next(one["value"] for one in page.context.cookies() if one["name"] == "language")
    asked = (
        "SELECT min(text) FROM core_label WHERE kind = 'directory.person' AND language = ? "
        "GROUP BY text HAVING count(*) = 1 ORDER BY min(object_id) LIMIT ?"
    )
    return served.values(asked, language, number)


def _stops(served: Served, page: Page, language: str) -> dict[str, str]:
    handed_in(page, language)
    columns = page.url
    body = served.key("bodies_body", "wg-5-lv")
    page.goto(f"{NEW}?kind=memberships-csv&body={body}")
    page.fill("[name=pasted]", "Nobody Atall\nSomebody Else")
    follow(page, HANDED_IN, COLUMNS)
    names = page.url
    page.goto("/desk/imports/mappings/shipped/people-csv/portugal-deputies/")
    follow(page, "form[action$='/copy/'] button")
    key = served.value("SELECT id FROM exchange_savedmapping WHERE code = 'portugal-deputies'")
    return {
        "new": NEW,
        "columns": columns,
        "names": names,
        "list": "/desk/imports/mappings/",
        "shipped": "/desk/imports/mappings/shipped/bodies-csv/belarus-register/",
        "saved": f"/desk/imports/mappings/{key}/",
        "change": f"/desk/imports/mappings/{key}/columns/",
        "bring in": "/desk/imports/mappings/bring-in/",
    }


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_passes_axe_and_none_scrolls_sideways(
    signed_in: SignedIn, served: Served, language: str, width: int
) -> None:
    wrong: dict[str, Any] = {}
    for theme, options in (("light", OPTIONS), ("dark", COLOURS)):
        page = signed_in(color_scheme=theme, bypass_csp=True, width=width, height=900)
        for kind, address in _stops(served, page, language).items():
            page.goto(address)
            page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
            if found := wrong_with(page, options):
                wrong[f"{kind} {theme}"] = found
    assert wrong == {}


def test_the_form_again_passes_axe(signed_in: SignedIn, language: str) -> None:
    page = signed_in(bypass_csp=True)
    handed_in(page, language)
    page.locator("#read details > summary").click()
    page.fill("[name=header_row]", "99")
    follow(page, "#read details button[value=look]")
    expect(page.locator("[role=alert] li")).to_have_count(1)
    assert violations(page) == []
