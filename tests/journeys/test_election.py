"""The 6th convocation begins: the change of convocation, the draft of the next compositions, the letters (scenario 1).

The demonstration stands on the first day of it, with the members who were elected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.independent import convocation_count
from tests.journeys.conftest import demonstration
from tests.journeys.deeds import HOME, follow, send, sign_in, stands_on
from tests.journeys.looking import wrong_with
from tests.journeys.served import Served

DAY, BEFORE = "2016-10-11", "2016-06-01"
# The second chamber sits from the day after on.
DECIDED = "2016-10-20"
# It needs a demonstration of its own.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def election(tmp_path_factory: pytest.TempPathFactory, language: str) -> Iterator[Served]:
    """The demonstration on that day; a new one for each language, since the change is made in it."""
    with demonstration(tmp_path_factory.mktemp("election"), "--day", DAY) as found:
        yield found


@pytest.fixture
def head(contexts: Callable[..., BrowserContext], election: Served, language: str) -> Page:
    """The head of department, who has signed in there."""
    context = contexts(base_url=election.base, bypass_csp=True)
    context.add_cookies([{"name": "language", "value": language, "url": election.base}])
    page = context.new_page()
    sign_in(page, "head", HOME)
    return page


def test_the_change_of_convocation(head: Page, election: Served) -> None:
    wrong = wrong_with(head)
    follow(head, "#attention a[href$='/turn/']")
    wrong += wrong_with(head)
    _it_lists_what_closes(head)
    _a_group_abroad_is_told_of_and_not_claimed(head, election)
    before = _composition(head, election)
    _made(head)
    wrong += wrong_with(head)
    follow(head, "main .alert a")
    wrong += wrong_with(head)
    _taken_back(head)
    _made(head, but="wg-5-qa", election=election)
    wrong += _a_draft_is_filled_and_approved(head, election)
    wrong += _letters_wait(head)
    assert _composition(head, election) == before
    assert wrong == []


def _convocation(election: Served) -> str:
    return election.value("SELECT id FROM directory_convocation WHERE number = 6")


def _it_lists_what_closes(page: Page) -> None:
    closing = convocation_count.closing()
    for step in ("groups", "delegations", "chambers", "parts"):
        expect(page.locator(f"#closed-{step} li")).to_have_count(len(closing[step]))
    expect(page.locator("#drafted-letters li")).to_have_count(len(convocation_count.written_to()))
    expect(page.locator("#lost-offices li")).not_to_have_count(0)
    expect(page.locator("#proposed-continue input:checked")).to_have_count(
        len(closing["groups"]) + len(closing["delegations"]) + len(closing["parts"])
    )


def _a_group_abroad_is_told_of_and_not_claimed(page: Page, election: Served) -> None:
    """Slovakia has formed its group two days before our election (scenario 17): it is said beside our group there."""
    here = page.url
    theirs = election.key("bodies_body", "mirror-sk")
    ours = election.key("bodies_body", "wg-5-sk")
    line = page.locator("li", has=page.locator(f"input[value='bodies.body.{ours}']"))
    other = page.locator("li", has=page.locator(f"input[value='bodies.body.{election.key('bodies_body', 'wg-5-qa')}']"))
    # The sentence of a body that is answered has one thing more to say.
    assert line.locator(".second").inner_text().count(",") == other.locator(".second").inner_text().count(",") + 1
    page.goto(f"/desk/bodies/{theirs}/")
    expect(
        page.locator(f".record-facts a[href*='/desk/countries/'], a[href='/desk/bodies/{ours}/']").first
    ).to_be_visible()
    page.goto("/en/lists/working-groups/")
    expect(page.locator("main a[href*='mirror-sk']")).to_have_count(0)
    page.goto(here)


def _composition(page: Page, election: Served) -> list[str]:
    """Who sat in a group of the 5th convocation, read as of a day in it."""
    here = page.url
    page.goto(f"/desk/bodies/{election.key('bodies_body', 'wg-5-lv')}/?on={BEFORE}")
    rows = page.locator("#composition tbody tr").all_inner_texts()
    page.goto(here)
    return rows


def _made(page: Page, *, but: str = "", election: Served | None = None) -> None:
    """Makes the change; without one body that was advised."""
    if election is not None:
        page.locator(f"input[value='bodies.body.{election.key('bodies_body', but)}']").uncheck()
    assert send(page) == 302
    expect(page.locator("main .alert a")).to_be_visible()


def _taken_back(page: Page) -> None:
    follow(page, ".page-actions a[href$='/undo/'], .page-head a[href$='/undo/']")
    page.fill("[name=reason]", "Once more")
    follow(page, "main form button[type=submit]")
    follow(page, "main .facts a[href*='/desk/convocations/']")
    follow(page, "a[href$='/turn/']")
    expect(page.locator("#closed-groups")).to_be_visible()


def _a_draft_is_filled_and_approved(page: Page, election: Served) -> list[str]:
    convocation = _convocation(election)
    draft = election.value("SELECT id FROM bodies_draft WHERE convocation_id = ?", convocation)
    page.goto(f"/desk/drafts/{draft}/")
    wrong = wrong_with(page)
    expect(page.locator("main table tbody tr")).to_have_count(
        sum(len(convocation_count.closing()[step]) for step in ("groups", "delegations", "parts")) - 1
    )
    group = election.key("bodies_body", "wg-5-lv")
    wrong += _wishes(page, election, convocation, group)
    drafted = election.value("SELECT id FROM bodies_draftbody WHERE draft_id = ? AND pattern_id = ?", draft, group)
    page.goto(f"/desk/drafted/{drafted}/")
    wrong += wrong_with(page)
    vacant = page.locator("#places tr.is-vacant")
    places = vacant.count()
    # Who wishes for it comes first.
    follow(page, page.locator("#able tbody tr").first.locator("button"))
    expect(vacant).to_have_count(places - 1)
    page.goto(f"/desk/drafts/{draft}/propose/")
    wrong += wrong_with(page)
    follow(page, "button[value=first-come]")
    expect(page.locator("button[value=first-come]")).to_be_visible()
    page.goto(f"/desk/drafts/{draft}/compare/")
    wrong += wrong_with(page)
    return wrong + _approved(page, election, draft)


def _wishes(page: Page, election: Served, convocation: str, group: str) -> list[str]:
    person = election.value(
        "SELECT person_id FROM directory_mandate WHERE convocation_id = ? ORDER BY id DESC", convocation
    )
    page.goto(f"/desk/wishes/of/{convocation}/{person}/")
    wrong = wrong_with(page)
    page.select_option("[name=body-0]", group)
    page.fill("[name=rank-0]", "1")
    assert send(page) == 302
    return wrong


def _approved(page: Page, election: Served, draft: str) -> list[str]:
    """By a numbered decision of a later day; that day switches the compositions on."""
    stands_on(election, DECIDED)
    page.goto("/desk/decisions/new/")
    page.fill("[name=number]", "D6-01")
    page.fill("[name=taken_on]", DECIDED)
    page.fill("[name=organ_en]", "Council of the House of Representatives")
    assert send(page) == 302
    decision = election.value("SELECT id FROM bodies_decision WHERE number = 'D6-01'")
    page.goto(f"/desk/drafts/{draft}/approve/")
    wrong = wrong_with(page)
    page.fill("[name=reason]", "The vacant places follow")
    assert send(page) == 302
    made = "SELECT id FROM bodies_body WHERE continues_id = ? AND formed_by_id = ?"
    body = election.value(made, election.key("bodies_body", "wg-5-lv"), decision)
    page.goto(f"/desk/bodies/{body}/?on={DECIDED}")
    expect(page.locator("#composition tbody tr:not(.is-vacant)")).not_to_have_count(0)
    return wrong + wrong_with(page)


def _letters_wait(page: Page) -> list[str]:
    page.goto("/desk/letters/?state=due&about=convocation")
    wrong = wrong_with(page)
    follow(page, page.locator("tbody th a, tbody td a").first)
    wrong += wrong_with(page)
    follow(page, ".page-actions a[href$='/move/send/'], a[href$='/move/send/']")
    page.fill("[name=number]", "77-1")
    wrong += wrong_with(page)
    assert send(page) == 302
    return wrong
