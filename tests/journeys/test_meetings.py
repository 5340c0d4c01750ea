"""Meetings from end to end: a call is noted, a visit is moved, released, told of; a commission sits (issue 6)."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import another_day, follow, press_on, send, stands_on, status
from tests.journeys.events import EVENT, in_language, labels, number_in, stepped
from tests.journeys.hand import Hand
from tests.journeys.looking import wrong_with
from tests.journeys.served import Served

HOUR = re.compile(r"\d{1,2}[:.]\d{2}")
VISIT = "SELECT id FROM meetings_event WHERE kind = 'incoming-visit' AND since LIKE '2014-06-1%' AND body_id = ?"
ARROW = "-> Send the text"
MORE = 2


def visit_of_viet_nam(served: Served) -> str:
    """Its number; it stands in the middle of June, wherever it was moved to."""
    return served.value(VISIT, served.key("bodies_body", "wg-5-vn"))


def days_of(served: Served, event: str) -> list[str]:
    """The days of the items of its programme, in order."""
    return served.values("SELECT day FROM meetings_programmeitem WHERE event_id = ? ORDER BY id", event)


def since(served: Served, event: str) -> date:
    """Its first day."""
    return date.fromisoformat(served.value("SELECT since FROM meetings_event WHERE id = ?", event))


def test_a_call_is_noted_with_a_promise(signed_in: SignedIn, served: Served) -> None:
    """The budget of design 7: `n` `m`, who, about, the note, Ctrl+Enter, and not one click."""
    person = served.value(
        "SELECT person_id FROM directory_office WHERE kind = 'ambassador' AND person_id IN"
        " (SELECT id FROM directory_person WHERE country_id = ?) ORDER BY id",
        served.key("directory_country", "LV"),
    )
    desk = signed_in(bypass_csp=True)
    desk.goto(f"/desk/people/{person}/")
    name = desk.locator("h1").inner_text().split()[-1]
    # Noted from his page he would be filled in.
    desk.goto("/desk/bodies/")
    hand = Hand(desk)
    hand.press("n")
    hand.press_on("m", "**/desk/events/note/")
    expect(desk.locator("[name=person]")).to_be_focused()
    wrong = wrong_with(desk)
    hand.type(name)
    expect(desk.locator(".picker-list:visible [role=option]").first).to_have_attribute(
        "data-value", re.compile(rf"\b{person}$")
    )
    hand.press("Enter", "Tab", "Tab", "Tab")
    expect(desk.locator("[name=about]")).to_be_focused()
    hand.type("Roads")
    hand.press("Tab")
    hand.type("We spoke of roads.")
    hand.press("Enter")
    hand.type(ARROW)
    hand.press_on("Control+Enter", EVENT)
    words = len(name) + len("Roads") + len("We spoke of roads.") + len(ARROW)
    assert (hand.clicks, hand.keys - words) == (0, 9)
    event = number_in(desk.url)
    found = served.value("SELECT kind || ' ' || stage FROM meetings_event WHERE id = ?", event)
    assert found == "talks noted"
    assert served.values("SELECT kind FROM meetings_talktext WHERE event_id = ?", event) == ["record"]
    expect(desk.locator("#texts")).to_be_visible()
    expect(desk.locator("#promises")).to_contain_text(ARROW.removeprefix("-> "))
    expect(desk.locator(f"#people a[href='/desk/people/{person}/']")).to_have_count(1)
    assert wrong + wrong_with(desk) == []


def to_other_days(page: Page, served: Served, event: str, by: int) -> Hand:
    """With the mouse alone from the page of the event to a day so many later, and what follows from it in sight."""
    to = since(served, event) + timedelta(days=by)
    page.goto(f"/desk/events/{event}/")
    hand = Hand(page)
    hand.follow(page.locator(".moves a[href$='/shift/']"), "**/shift/")
    expect(page.locator("#clashes, #moving")).to_have_count(0)
    page.focus("[name=since]")
    hand.day(to.isoformat())
    expect(page.locator("#clashes li").first).to_be_visible()
    expect(page.locator("#moving")).to_be_visible()
    expect(page.locator("#told li").first).to_be_visible()
    return hand


def test_a_visit_is_moved_by_two_days_into_a_clash(signed_in: SignedIn, served: Served) -> None:
    """The budget of design 7: the day, clashes and who will be told, a reason, Save, in two clicks."""
    page = signed_in(bypass_csp=True)
    event = visit_of_viet_nam(served)
    began, items = since(served, event), days_of(served, event)
    hand = to_other_days(page, served, event, MORE)
    assert (since(served, event), days_of(served, event)) == (began, items)
    wrong = wrong_with(page)
    page.fill("[name=reason]", "The speaker asked for it")
    hand.follow(page.locator("[data-save]"), EVENT)
    assert (hand.clicks, hand.keys, hand.days) == (2, 0, 1)
    later = [(date.fromisoformat(day) + timedelta(days=MORE)).isoformat() for day in items]
    assert (since(served, event), days_of(served, event)) == (began + timedelta(days=MORE), later)
    expect(page.locator(f"#programme a[href*='day={later[0]}']").first).to_be_visible()
    wrong += wrong_with(page)
    # Enter in the field of the day shows it as well, and asks for no reason yet.
    to_other_days(page, served, event, -MORE)
    page.focus("[name=since]")
    press_on(page, "Enter", "**/shift/")
    expect(page.locator("#moving")).to_be_visible()
    expect(page.locator("[data-errors]")).to_have_count(0)
    page.fill("[name=reason]", "It is as it was")
    assert send(page) == 302
    assert days_of(served, event) == items
    assert wrong == []


def new_visit(page: Page, served: Served, language: str) -> str:
    """An officer makes an incoming visit from New; its number."""
    page.goto("/desk/")
    press_on(page, "n", "**/desk/new/")
    follow(page, "main a[href='/desk/events/new/']")
    page.select_option("[name=kind]", "incoming-visit")
    page.fill(f"[name=title_{language}]", f"Visit of five roles {language}")
    page.fill("[name=country]", f"#{served.key('directory_country', 'LV')}")
    page.fill("[name=since]", "2014-06-20")
    page.fill("[name=until]", "2014-06-21")
    page.select_option("[name=decided_by]", index=1)
    assert send(page) == 302
    return number_in(page.url)


def test_an_incoming_visit_by_five_roles(signed_in: SignedIn, served: Served, language: str) -> None:
    officer, head, protocol = signed_in(bypass_csp=True), signed_in("head"), signed_in("protocol", bypass_csp=True)
    called = labels(officer)
    event = new_visit(officer, served, language)
    stepped(officer, event, "propose", "proposed", called)
    stepped(officer, event, "plan", "planned", called)
    stepped(head, event, "approve-invitation", "invitation-approved", called)
    stepped(officer, event, "invite", "invited", called)
    stepped(officer, event, "accept", "accepted", called)
    stepped(officer, event, "draft-programme", "drafting", called)
    # Without a programme there is nothing to agree to: the step says so and is no link.
    expect(officer.locator(".moves-refused")).to_be_visible()
    follow(officer, "#programme a[href*='/programme-items/new/']")
    officer.fill(f"[name=text_{language}]", "Talks")
    officer.fill("[name=begins]", "10:00")
    assert send(officer) == 302
    stepped(officer, event, "send-for-clearance", "clearance", called)
    stepped(head, event, "approve-programme", "cleared", called)
    stepped(protocol, event, "confirm-logistics", "ready", called)
    # Its days are to come, so it cannot be under way.
    expect(protocol.locator(".moves-refused")).to_be_visible()
    wrong = wrong_with(protocol)
    _others_read(signed_in, event)
    _its_days_come(officer, event)
    stepped(protocol, event, "begin", "under-way", called)
    stepped(officer, event, "hold", "held", called)
    stepped(officer, event, "report", "reported", called)
    stepped(officer, event, "follow-up", "follow-up", called)
    stepped(head, event, "close", "closed", called)
    assert served.value("SELECT stage FROM meetings_event WHERE id = ?", event) == "closed"
    officer.goto(f"/desk/events/{event}/")
    assert wrong + wrong_with(officer) == []


def _others_read(signed_in: SignedIn, event: str) -> None:
    """A member and the auditor read it; neither is offered a step, and neither may take one."""
    for name in ("member", "auditor"):
        page = signed_in(name)
        assert status(page, f"/desk/events/{event}/move/begin/") in (403, 404), name
        assert status(page, f"/desk/events/{event}/") == 200, name
        expect(page.locator(".stage-now")).to_be_visible()
        expect(page.locator("main a[href*='/move/'], main a[href$='/shift/']")).to_have_count(0)


def _its_days_come(page: Page, event: str) -> None:
    """By the form of moving: to days that are past."""
    page.goto(f"/desk/events/{event}/")
    follow(page, ".moves a[href$='/shift/']")
    page.fill("[name=since]", "2014-05-24")
    page.fill("[name=reason]", "It was earlier")
    follow(page, "button[name=look]")
    assert send(page) == 302


EDITION = "SELECT content FROM documents_edition WHERE id = ?"
NUMBERS = "SELECT number FROM documents_edition WHERE id = ?"


def released(page: Page, event: str, *, again: bool = False) -> str:
    """Releases the programme from the page of the event; the number of the record of its edition."""
    _to_release(page, event)
    if again:
        page.check("[name=again]")
    assert send(page) == 302
    assert "/desk/editions/" in page.url
    return number_in(page.url)


def _to_release(page: Page, event: str) -> None:
    page.goto(f"/desk/events/{event}/")
    follow(page, "#programme a[href*='/release/']")


def printed(page: Page, edition: str) -> list[str]:
    """The rows of an edition as its page shows them."""
    page.goto(f"/desk/editions/{edition}/")
    return page.locator("main table").first.locator("tbody tr").all_inner_texts()


def test_a_programme_is_released_and_again_after_a_change(signed_in: SignedIn, served: Served, language: str) -> None:
    page = signed_in(bypass_csp=True)
    event = visit_of_viet_nam(served)
    made = served.values("SELECT id FROM documents_edition WHERE kind = 'meetings.event' AND object_id = ?", event)
    first = released(page, event, again=bool(made))
    frozen, rows = served.value(EDITION, first), printed(page, first)
    wrong = wrong_with(page)
    item = served.value("SELECT id FROM meetings_programmeitem WHERE event_id = ? ORDER BY id DESC", event)
    page.goto(f"/desk/programme-items/{item}/edit/")
    page.fill(f"[name=text_{language}]", f"Departure in {language}, an hour later")
    page.fill("[name=begins]", "11:00")
    page.fill("[name=ends]", f"11:4{len(made)}")
    assert send(page) == 302
    _to_release(page, event)
    expect(page.locator("#concerned tbody tr").first).to_be_visible()
    wrong += wrong_with(page)
    assert send(page) == 302
    second = number_in(page.url)
    assert int(served.value(NUMBERS, second)) == int(served.value(NUMBERS, first)) + 1
    wrong += wrong_with(page)
    assert served.value(EDITION, second) != frozen
    assert (served.value(EDITION, first), printed(page, first)) == (frozen, rows)
    assert wrong == []


def published(page: Page, event: str, day: str) -> None:
    """Withdraws what was to be told on another day, and says from which day on it is told."""
    for on in ("", day):
        page.goto(f"/desk/events/{event}/publish/")
        if on:
            page.fill("[name=on]", on)
        page.fill("[name=reason]", "As was agreed with the embassy")
        assert send(page) == 302


def test_the_public_reads_only_what_was_released(
    signed_in: SignedIn, visitor: Page, served: Served, language: str
) -> None:
    head = signed_in("head")
    event = visit_of_viet_nam(served)
    address = f"/{language}/events/{event}/"
    assert status(visitor, address) == 404
    published(head, event, "2014-06-01")
    assert status(visitor, address) == 200
    title, place = (
        in_language(served.value(f"SELECT {name} FROM meetings_event WHERE id = ?", event), language)  # noqa: S608
        for name in ("title", "place")
    )
    expect(visitor.locator("h1")).to_have_text(title)
    expect(visitor.locator(".portal-lead")).to_contain_text(str(since(served, event).day))
    expect(visitor.locator("main a[href$='/countries/VN/']")).to_have_count(1)
    told = visitor.locator("main").inner_text()
    hidden = [place]
    for name in ("text", "public_text", "place"):
        question = f"SELECT {name} FROM meetings_programmeitem WHERE event_id = ?"  # noqa: S608  named above
        hidden += [one["text"] for words in served.values(question, event) for one in json.loads(words).values()]
    assert len(hidden) > len(days_of(served, event))
    assert [words for words in hidden if words and words in told] == []
    assert HOUR.findall(told) == []
    published(head, event, "2014-06-15")
    assert status(visitor, address) == 404


LAST = "SELECT id FROM meetings_event WHERE series_id = ? ORDER BY since DESC"


def test_a_commission_sits(signed_in: SignedIn, served: Served, language: str) -> None:
    series = served.value(
        "SELECT id FROM meetings_series WHERE body_id = ?", served.key("bodies_body", "commission-am")
    )
    last = served.value(LAST, series)
    # Minutes are written once it has begun.
    with another_day(served):
        stands_on(served, since(served, last).isoformat())
        _sat(signed_in(bypass_csp=True), served, series, last, language)


def _sat(page: Page, served: Served, series: str, last: str, language: str) -> None:
    """The next sitting is made of the last one, and approves its minutes."""
    minutes = _minutes_written(page, served, last, language)
    left = served.values("SELECT id FROM meetings_agendaitem WHERE event_id = ? AND state = 'open'", last)
    page.goto(f"/desk/series/{series}/")
    wrong = wrong_with(page)
    follow(page, f"a[href='/desk/series/{series}/next/']")
    expect(page.locator(f"[name=take][value=minutes-{last}]")).to_be_checked()
    for one in left:
        expect(page.locator(f"[name=take][value=item-{one}]")).to_be_checked()
    page.fill("[name=day]", (since(served, last) + timedelta(days=91)).isoformat())
    wrong += wrong_with(page)
    assert send(page) == 302
    sitting = number_in(page.url)
    assert served.value(LAST, series) == sitting
    carried = "SELECT carried_from_id FROM meetings_agendaitem WHERE event_id = ? AND carried_from_id IS NOT NULL"
    assert sorted(served.values(carried, sitting)) == sorted(left)
    assert set(
        served.values("SELECT state FROM meetings_agendaitem WHERE event_id = ? AND id IN (%s)" % ",".join(left), last)  # noqa: S608, UP031
    ) == {"deferred"}
    approving = served.value("SELECT id FROM meetings_agendaitem WHERE event_id = ? AND approves_id = ?", sitting, last)
    follow(page, f"#agenda a[href='/desk/agenda-items/{approving}/move/close/']")
    wrong += wrong_with(page)
    assert send(page) == 302
    assert served.value("SELECT state FROM meetings_agendaitem WHERE id = ?", approving) == "closed"
    assert served.value("SELECT state FROM meetings_talktext WHERE id = ?", minutes) == "agreed"
    page.goto(f"/desk/events/{sitting}/")
    assert wrong + wrong_with(page) == []


def _minutes_written(page: Page, served: Served, event: str, language: str) -> str:
    """Minutes of the last sitting as a draft; their number."""
    page.goto(f"/desk/events/{event}/")
    follow(page, "#texts a[href*='kind=minutes']")
    page.fill(f"[name=text_{language}]", "The commission heard both sides.")
    assert send(page) == 302
    return served.value("SELECT id FROM meetings_talktext WHERE event_id = ? AND kind = 'minutes'", event)
