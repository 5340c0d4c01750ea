"""What a department is asked between two elections: who sat there then, whether the rules are kept, what has ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import another_day, follow, send, stands_on
from tests.journeys.looking import wrong_with
from tests.journeys.served import Served


@pytest.fixture
def head(signed_in: SignedIn) -> Page:
    """The head of department’s window, in which axe may look."""
    return signed_in("head", bypass_csp=True)


@pytest.fixture
def then(served: Served) -> Iterator[Served]:
    """The demonstration on whatever day a test moves it to; afterwards it stands where it stood."""
    with another_day(served):
        yield served


def test_who_sat_in_a_delegation_on_a_day(head: Page, served: Served) -> None:
    """Scenario 5: members, roles, the decision that appointed each, and whether the assembly had accepted them."""
    body = served.key("bodies_body", "delegation-5-osce-pa")
    day = "2014-07-05"
    head.goto(f"/desk/bodies/{body}/?on={day}")
    sat = served.values(
        "SELECT id FROM bodies_membership WHERE body_id = ? AND since_earliest <= ? AND (until_latest IS NULL OR"
        " until_latest >= ?)",
        body,
        day,
        day,
    )
    rows = head.locator("#composition tbody tr:not(.is-vacant)")
    expect(rows).to_have_count(len(sat))
    decision = served.value("SELECT id FROM bodies_decision WHERE number = 'D5-02'")
    expect(rows.locator(f"a[href^='/desk/decisions/{decision}/']")).to_have_count(len(sat))
    accepted = served.values(
        "SELECT membership_id FROM bodies_step WHERE kind = 'accepted' AND taken_earliest <= ? AND membership_id IN"
        " (SELECT id FROM bodies_membership WHERE body_id = ?)",
        day,
        body,
    )
    said = rows.locator("td:last-child").all_inner_texts()
    assert sum("201" in words for words in said) == len(set(accepted) & set(sat))
    expect(head.locator(".past-band")).to_have_count(1)
    assert wrong_with(head) == []


def test_a_delegation_of_one_sex_for_the_third_time(head: Page, then: Served) -> None:
    """Scenario 7: eight of eight seats, what follows from the broken rule, and the rule marked as outdated."""
    stands_on(then, "2015-10-17")
    body, rule = then.key("bodies_body", "ipu-133"), _rule(then)
    head.goto(f"/desk/bodies/{body}/")
    line = head.locator("#rules tbody tr", has=head.locator(f"a[href^='/desk/rules/{rule}/']"))
    expect(line.locator(".badge-bad")).to_have_count(1)
    expect(line.locator("td").first).to_contain_text("3")
    expect(line.locator("td .second")).not_to_be_empty()
    expect(head.locator("#composition tbody tr:not(.is-vacant)")).to_have_count(8)
    wrong = wrong_with(head)
    follow(head, line.locator("a").first)
    wrong += wrong_with(head)
    follow(head, f"a[href='/desk/rules/{rule}/move/outdate/']")
    head.fill("[name=reason]", "A later edition of the Statutes")
    wrong += wrong_with(head)
    follow(head, "main form button[type=submit]")
    head.goto(f"/desk/bodies/{body}/")
    expect(head.locator(f"#rules a[href^='/desk/rules/{rule}/']")).to_have_count(0)
    _reverted(head, f"/desk/rules/{rule}/")
    head.goto(f"/desk/bodies/{body}/")
    expect(head.locator(f"#rules a[href^='/desk/rules/{rule}/']")).to_have_count(1)
    assert wrong == []


def _rule(served: Served) -> str:
    return served.value("SELECT id FROM bodies_compositionrule WHERE family = 'single-sex'")


def _reverted(page: Page, record: str) -> None:
    """Takes the last change of a record back by its history."""
    page.goto(f"{record}history/")
    follow(page, page.locator("a[href*='/revert/']").first)
    follow(page, "main form button[type=submit]")


def test_an_organisation_ends_in_mid_term(head: Page, then: Served) -> None:
    """Scenario 9: what ends with it, what stays, the compositions before and after; and it is taken back.

    Of the assembly that did end all is written in the demonstration, so another one ends here.
    """
    stands_on(then, "2015-04-05")
    ended = then.key("directory_organisation", "ipa-eurasec")
    head.goto(f"/desk/organisations/{ended}/end/")
    expect(head.locator(".alert-good")).to_have_count(1)
    wrong = wrong_with(head)
    organisation = then.key("directory_organisation", "pa-csto")
    body = then.key("bodies_body", "delegation-5-pa-csto")
    before = _seats(head, body, "2015-03-31")
    head.goto(f"/desk/organisations/{organisation}/end/")
    head.fill("[name=until]", "2015-03-31")
    head.fill("[name=note]", "Its members have founded another one")
    follow(head, "button[value=look]")
    wrong += wrong_with(head)
    assert send(head) == 302
    assert _seats(head, body, "2015-03-31") == before > 0
    assert _seats(head, body, "2015-04-01") == 0
    head.goto("/desk/imports/")
    follow(head, head.locator("tbody th a, tbody td a").first)
    wrong += wrong_with(head)
    follow(head, "a[href$='/undo/']")
    wrong += wrong_with(head)
    follow(head, "main form button[type=submit]")
    assert _seats(head, body, "2015-04-01") == before
    assert wrong == []


def _seats(page: Page, body: str, day: str) -> int:
    page.goto(f"/desk/bodies/{body}/?on={day}")
    return page.locator("#composition tbody tr:not(.is-vacant)").count()


def test_groups_are_audited(head: Page, then: Served) -> None:
    """Scenario 23: every group by how active it was, the sleeping ones, and which could go into a regional group."""
    stands_on(then, "2016-06-01")
    head.goto("/desk/activity/")
    wrong = wrong_with(head)
    groups = then.values(
        "SELECT id FROM bodies_body WHERE kind = 'working-group' AND convocation_id = (SELECT id FROM"
        " directory_convocation WHERE number = 5)"
    )
    assert len(groups) == 56
    follow(head, ".glance a[href*='dormant']")
    expect(head.locator("main tbody tr .badge-warn, main tbody tr .is-warn").first).to_be_visible()
    wrong += wrong_with(head)
    head.goto("/desk/activity/")
    with head.expect_download() as saving:
        head.evaluate("location.href = '/desk/activity/?format=csv'")
    lines = saving.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert sum(line.split(",")[0].isdigit() for line in lines) == len(groups)
    assert wrong == []
