"""Rights that come and go by the day: a deputy's two weeks, and the end of a mandate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import SignedIn, languages
from tests.journeys.deeds import (
    HOME,
    Closed,
    another_day,
    closed_body,
    confirmed,
    follow,
    press_on,
    send,
    sign_in,
    stands_on,
    status,
)
from tests.journeys.served import Served

# Two weeks for each language of the run, so that no two of them overlap.
WEEKS = (
    ("2014-06-08", "2014-06-09", "2014-06-22", "2014-06-23"),
    ("2014-08-10", "2014-08-11", "2014-08-24", "2014-08-25"),
    ("2014-09-07", "2014-09-08", "2014-09-21", "2014-09-22"),
)
REASON = "Appointed to the Government"


@dataclass(frozen=True)
class Sight:
    """What somebody finds of one record, wherever he looks."""

    pages: tuple[int, ...]
    in_list: bool
    in_search: bool
    in_suggestions: bool
    in_file: bool


NOTHING = Sight((404, 404, 404, 404), in_list=False, in_search=False, in_suggestions=False, in_file=False)
ALL = Sight((200, 200, 200, 200), in_list=True, in_search=True, in_suggestions=True, in_file=True)


@pytest.fixture
def moved(served: Served) -> Iterator[Callable[[str], None]]:
    """Moves the demonstration to a day; afterwards it stands where it stood."""
    with another_day(served):
        yield lambda day: stands_on(served, day)


@pytest.mark.slow
def test_a_deputys_two_weeks(signed_in: SignedIn, served: Served, language: str, moved: Callable[[str], None]) -> None:
    before, first, last, after = WEEKS[languages().index(language)]
    head, deputy = signed_in("head"), signed_in("protocol", java_script_enabled=False)
    body = closed_body(head, served, f"closed-deputy-{language}")
    moved(before)
    _name_deputy(head, first, last)
    seen, counted = {}, {}
    for day in (before, first, last):
        moved(day)
        seen[day], counted[day] = sight(deputy, body), rows(deputy)
    # What he has open on the last evening does not take what he types on the next morning.
    deputy.goto(f"{body.address}edit/")
    deputy.fill("[name=note_en]", "Too late")
    moved(after)
    assert (send(deputy), served.value("SELECT note FROM bodies_body WHERE id = ?", body.key)) == (404, "{}")
    deputy.go_back()
    expect(deputy.locator("[name=note_en]")).to_have_count(0)
    seen[after], counted[after] = sight(deputy, body), rows(deputy)
    assert seen == {before: NOTHING, first: ALL, last: ALL, after: NOTHING}
    # Those for official use are all about one country of the officer's.
    more = int(served.value("SELECT count(*) FROM bodies_body WHERE effective_mark = 'official'"))
    added = {day: number - counted[before] for day, number in counted.items()}
    assert added == {before: 0, first: more, last: more, after: 0}
    # Nor does he read it as of a day on which he saw it.
    assert status(deputy, f"{body.address}?on={last}") == 404


def _name_deputy(head: Page, first: str, last: str) -> None:
    """The head of department says that the protocol officer acts for the officer, who is away."""
    head.goto("/desk/deputising/")
    here = head.locator(".page-actions a.button-primary").get_attribute("href")
    confirmed(head, str(here))
    head.select_option("[name=user]", label="Viktar Astapchyk")
    head.select_option("[name=deputy]", label="Ihar Zhuk")
    head.fill("[name=since]", first)
    head.fill("[name=until]", last)
    assert send(head) == 302
    expect(head.locator("tbody tr", has_text="Ihar Zhuk").first).to_be_attached()


def sight(page: Page, body: Closed) -> Sight:
    """What this person finds of the body: its pages, and every place where its name could stand."""
    page.goto(f"/desk/bodies/?q={body.code}&days=all")
    in_list = page.locator(f"tbody a[href='{body.address}']").count() == 1
    page.fill("[data-search]", body.code)
    press_on(page, "Enter", lambda address: "/desk/bodies/?" not in address)
    # The only match opens at once; beside others of a like code it is in the list.
    in_search = page.url.endswith(body.address) or page.locator(f"ul.found a[href='{body.address}']").count() == 1
    return Sight(
        tuple(status(page, f"{body.address}{end}") for end in ("", "history/", "readers/", "edit/")),
        in_list,
        in_search,
        in_suggestions=body.name in page.request.get(f"/desk/suggest/?q={body.code}").text(),
        in_file=body.name in page.request.get("/desk/bodies/?days=all&format=csv").text(),
    )


def rows(page: Page) -> int:
    """How many bodies the list says that there are, on whatever day."""
    page.goto("/desk/bodies/?days=all")
    return int(re.sub(r"\D", "", page.locator(".filter-count b").inner_text()))


def test_an_ended_mandate(
    signed_in: SignedIn, contexts: Callable[..., BrowserContext], served: Served, language: str
) -> None:
    person = served.value("SELECT id FROM directory_person WHERE user_id IS NOT NULL")
    body = served.value(
        "SELECT body_id FROM bodies_membership WHERE person_id = ? AND until > '2014' ORDER BY id", person
    )
    officer, member = signed_in("officer"), _member(contexts, served, language)
    name = member.locator(".user-menu .user-menu-name").text_content()
    assert status(member, f"/desk/bodies/{body}/") == 200
    expect(member.locator(f"#composition a[href='/desk/people/{person}/']")).to_have_count(1)
    mandate = _end_mandate(officer, person)
    # The next click leads to the door, and the door opens no more; it does not say why.
    follow(member, f"#composition a[href='/desk/people/{person}/']", f"**/accounts/login/?next=/desk/people/{person}/")
    expect(member.locator(".toast")).to_have_count(1)
    assert refusal(member, "nobody at all") == refusal(member, "member")
    member.goto(f"/desk/bodies/{body}/")
    expect(member).to_have_url(re.compile(rf"/accounts/login/\?next=/desk/bodies/{body}/$"))
    # What he did stays, and so does why he left.
    officer.goto(f"/desk/bodies/{body}/")
    expect(officer.locator(f"#composition a[href='/desk/people/{person}/']")).to_have_count(1)
    officer.goto(f"/desk/people/{person}/history/")
    line = officer.locator(".history-line").first
    assert REASON in line.inner_text()
    assert "2014" in line.locator("ins").first.inner_text()
    # The officer was mistaken: taken back, the member is in again with the same password.
    follow(officer, line.locator("a[href*=revert]"), "**/revert/")
    assert send(officer) == 302
    sign_in(member, "member", HOME)
    assert member.locator(".user-menu .user-menu-name").text_content() == name
    assert served.value("SELECT until FROM directory_mandate WHERE id = ?", mandate) > "2014-05-31"


def _member(contexts: Callable[..., BrowserContext], served: Served, language: str) -> Page:
    """A member who has signed in on a phone, with a session that no other test shares."""
    context = contexts(width=390, height=844, has_touch=True)
    context.add_cookies([{"name": "language", "value": language, "url": served.base}])
    page = context.new_page()
    sign_in(page, "member", HOME)
    return page


def _end_mandate(officer: Page, person: str) -> str:
    """Yesterday was the last day of the mandate that holds; its key."""
    officer.goto(f"/desk/people/{person}/")
    follow(officer, "#mandates tbody tr:not(.is-ended) .row-moves a", "**/edit/")
    mandate = officer.url.rstrip("/").split("/")[-2]
    officer.fill("[name=until]", "2014-05-31")
    officer.select_option("[name=end_reason]", "office")
    officer.fill("[name=reason]", REASON)
    assert send(officer) == 302
    return mandate


def refusal(page: Page, name: str) -> str:
    """What the door says to this name with the password of the demonstration."""
    sign_in(page, name)
    return page.locator(".alert-bad").inner_text()
