"""A speakers' conference from its invitation to the declaration that it adopts, as those do it whose work it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.journeys.conftest import SignedIn
from tests.journeys.deeds import another_day, follow, send, stands_on, status
from tests.journeys.events import labels, number_in, stepped
from tests.journeys.hand import Hand
from tests.journeys.looking import wrong_with
from tests.journeys.served import Served
from tests.paper import a_docx, a_pdf

FIRST, LAST, AFTER = "2014-06-24", "2014-06-25", "2014-06-27"
LANGUAGES = ("en", "ru", "be")
# A parliament of two chambers sends ten at most; the list that the office sent has one more.
TOO_MANY = 11
INVITATION: FilePayload = {"name": "Invitation.pdf", "mimeType": "application/pdf", "buffer": a_pdf()}
DRAFT: FilePayload = {"name": "Draft declaration.docx", "mimeType": "", "buffer": a_docx()}
COMMENTS: FilePayload = {"name": "Our comments.docx", "mimeType": "", "buffer": a_docx("Trade without barriers")}
HANDED_IN = "form[enctype] button[type=submit]"
STATE = "SELECT state FROM meetings_statement WHERE event_id = ?"


@dataclass
class Conference:
    """The event, whose windows are open on it, and what was found wrong on the way."""

    served: Served
    language: str
    open_window: SignedIn
    windows: dict[str, Page] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    key: str = ""
    wrong: list[str] = field(default_factory=list)

    def of(self, name: str) -> Page:
        """The window of somebody, on the page of the event once there is one."""
        if name not in self.windows:
            self.windows[name] = self.open_window(name, bypass_csp=True)
        page = self.windows[name]
        if self.key:
            page.goto(f"/desk/events/{self.key}/")
        return page

    def step(self, name: str, move: str, stage: str) -> None:
        """Somebody takes a step and sees the stage that it leads to."""
        stepped(self.of(name), self.key, move, stage, self.called)

    def look(self, page: Page) -> None:
        """Notes what is wrong with the page."""
        self.wrong += wrong_with(page)

    def words(self, about: str, language: str = "") -> str:
        """A text that stands nowhere else."""
        return f"{about} {self.language} {language or self.language}"


@pytest.mark.slow
def test_a_speakers_conference_from_invitation_to_declaration(
    signed_in: SignedIn, contexts: Callable[..., BrowserContext], served: Served, language: str
) -> None:
    conference = Conference(served, language, signed_in)
    _invited(conference)
    _accepted(conference)
    people = _delegation_named(conference)
    _themes_and_slots(conference, people[0])
    _position_cleared(conference)
    _draft_commented(conference)
    asked = _talks_asked_for(conference)
    visitor = contexts(bypass_csp=True).new_page()
    _published(conference, conference.of("head"), f"/desk/events/{conference.key}/", is_row=False)
    _public_reads_its_days_alone(conference, visitor)
    with another_day(served):
        stands_on(served, LAST)
        _held(conference, asked)
        _adopted(conference)
        stands_on(served, AFTER)
        _closed(conference)
        _public_reads_the_declaration(conference, visitor)
    assert conference.wrong == []


def _invited(conference: Conference) -> None:
    """The invitation is there: the officer makes the event, and keeps the letter with it."""
    page, served = conference.of("officer"), conference.served
    conference.called = labels(page)
    page.goto("/desk/new/")
    follow(page, "main a[href='/desk/events/new/']")
    page.select_option("[name=kind]", "conference")
    page.fill(f"[name=title_{conference.language}]", conference.words("Speakers"))
    _chosen(page, "organisation", served.key("directory_organisation", "world-speakers"))
    _chosen(page, "where", served.key("directory_country", "CH"))
    page.fill(f"[name=place_{conference.language}]", conference.words("Hall"))
    page.fill("[name=since]", FIRST)
    page.fill("[name=until]", LAST)
    page.select_option("[name=mark]", "public")
    assert send(page) == 302
    conference.key = number_in(page.url)
    _handed_in(page, INVITATION, "letter")
    conference.step("officer", "invite", "invited")


def _chosen(page: Page, name: str, key: str) -> None:
    """Chooses a record in its field: one of few stands in a list, one of many is looked for."""
    field = page.locator(f"[name={name}]")
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(f"#{key}")
    else:
        field.fill(f"#{key}")


def _handed_in(page: Page, file: FilePayload, kind: str) -> None:
    """A file is kept with the event, from its page; what comes is the page of the document."""
    follow(page, "#documents a[href*='/documents/new/']")
    page.set_input_files("[name=files]", [file])
    page.select_option("[name=document_kind]", kind)
    follow(page, HANDED_IN)
    expect(page.locator("h1")).to_have_text(Path(file["name"]).stem)


def _accepted(conference: Conference) -> None:
    """Protocol does not accept without a decision, nobody chooses a level that is not said; then the head does both."""
    for name, value, who, move, stage in (
        ("decided_by", {"index": 1}, "protocol", "accept", "accepted"),
        ("level", {"value": "speaker"}, "head", "choose-level", "level-chosen"),
    ):
        page = conference.of(who)
        expect(page.locator(".moves-refused")).to_be_visible()
        page = conference.of("officer")
        follow(page, f"a[href='/desk/events/{conference.key}/edit/']")
        page.select_option(f"[name={name}]", **value)
        assert send(page) == 302
        conference.step("head", move, stage)
    conference.look(conference.of("head"))


def _names(conference: Conference) -> list[tuple[str, str]]:
    """Members of both chambers as the list names them, each with the number of the person."""
    found = conference.served.values(
        "SELECT DISTINCT object_id || ' ' || text FROM core_label JOIN directory_mandate ON person_id = object_id"
        " JOIN directory_chamber ON directory_chamber.id = chamber_id"
        " WHERE core_label.kind = 'directory.person' AND language = ? AND directory_mandate.since LIKE '2012%'"
        " AND code LIKE 'BY-%' ORDER BY object_id",
        conference.language,
    )
    pairs = [(one.partition(" ")[0], one.partition(" ")[2]) for one in found]
    return pairs[-TOO_MANY:]


def _delegation_named(conference: Conference) -> list[str]:
    """Protocol pastes the list of the office; one too many is seen, and one stays at home."""
    page, names = conference.of("protocol"), _names(conference)
    expect(page.locator("#rules")).to_have_count(0)
    follow(page, "#people a[href$='/people/paste/']")
    page.fill("[name=text]", "\n".join(name for _key, name in names))
    follow(page, "button[name=look]")
    for line, (key, _name) in enumerate(names, start=1):
        page.select_option(f"[name=who-{line}]", f"p{key}")
    page.select_option("[name=function-1]", "head")
    conference.look(page)
    assert send(page) == 302
    expect(page.locator("#people")).to_contain_text(names[0][1])
    expect(page.locator("#rules .badge-bad")).to_have_count(1)
    conference.look(page)
    follow(page, f"#people a[href='/desk/participations/?event={conference.key}']")
    follow(page, page.locator("tbody tr", has_text=names[-1][1]).locator("a[href$='/edit/']"))
    page.select_option("[name=attendance]", "excused")
    assert send(page) == 302
    expect(page.locator("#rules .badge-bad")).to_have_count(0)
    expect(page.locator("#rules .badge-good")).to_have_count(1)
    conference.step("officer", "compose", "composed")
    return conference.served.values(
        "SELECT id FROM meetings_participation WHERE event_id = ? ORDER BY rank, id", conference.key
    )


def _themes_and_slots(conference: Conference, speaker: str) -> None:
    """A theme, and what our speaker says on it in each language, with the slot and the position in a line."""
    page = conference.of("officer")
    expect(page.locator(".moves-refused")).to_be_visible()
    follow(page, "#themes a[href*='/topics/new/']")
    for language in LANGUAGES:
        page.fill(f"[name=title_{language}]", conference.words("Theme", language))
    assert send(page) == 302
    topic = conference.served.value("SELECT id FROM meetings_topic WHERE event_id = ?", conference.key)
    follow(page, "#statements a[href*='/statements/new/']")
    _chosen(page, "speaker", speaker)
    _chosen(page, "topic", topic)
    page.fill("[name=day]", FIRST)
    page.fill("[name=begins]", "10:40")
    page.fill("[name=minutes]", "5")
    for language in LANGUAGES:
        page.fill(f"[name=position_{language}]", conference.words("Position", language))
        page.fill(f"[name=text_{language}]", conference.words("Speech", language))
    conference.look(page)
    assert send(page) == 302
    expect(page.locator("main")).to_contain_text(conference.words("Speech"))
    conference.look(page)
    page = conference.of("officer")
    expect(page.locator("#statements tbody tr")).to_contain_text(conference.words("Position"))
    conference.step("officer", "settle-themes", "themes")


def _position_cleared(conference: Conference) -> None:
    """The officer asks the head to agree to it; she does so from her worklist with one key."""
    page, served = conference.of("officer"), conference.served
    statement = served.value("SELECT id FROM meetings_statement WHERE event_id = ?", conference.key)
    follow(page, "#statements a[href*='/clearances/new/']")
    page.select_option("[name=step]", "agreed")
    page.select_option("[name=asked_of]", served.value("SELECT id FROM accounts_user WHERE username = 'head'"))
    page.fill("[name=due_on]", "2014-06-02")
    assert send(page) == 302
    cleared = "SELECT state FROM tasks_clearance WHERE kind = 'meetings.statement' AND object_id = ?"
    assert served.value(cleared, statement) == "waiting"
    head = conference.of("head")
    hand = Hand(head)
    hand.press("g")
    hand.press_on("w", "**/tasks/worklist/")
    rows = head.locator("main tbody tr")
    expect(rows.filter(has_text=conference.words("Speakers"))).to_have_count(1)
    conference.look(head)
    found = [conference.words("Speakers") in text for text in rows.all_inner_texts()]
    hand.press(*"j" * (found.index(True) + 1))
    hand.press_on("a", "**/tasks/worklist/**")
    assert served.value(cleared, statement) == "given"
    page = conference.of("officer")
    page.goto(f"/desk/statements/{statement}/")
    expect(page.locator("#clearances .badge-good")).to_have_count(1)
    conference.look(page)


def _draft_commented(conference: Conference) -> None:
    """The draft declaration came as a file; our comments are its next version."""
    page = conference.of("officer")
    _handed_in(page, DRAFT, "other")
    follow(page, "#versions a[href$='/versions/new/']")
    page.set_input_files("[name=file]", [COMMENTS])
    follow(page, HANDED_IN)
    expect(page.locator("#versions tbody tr")).to_have_count(2)
    conference.look(page)
    conference.step("officer", "comment", "commented")


def _talks_asked_for(conference: Conference) -> dict[str, str]:
    """Talks are asked for in the margins: one side agrees, another declines; the number of each by its country."""
    asked = {}
    for country in ("LV", "AM"):
        page = conference.of("officer")
        follow(page, "#margins a[href*='/events/new/']")
        page.fill(f"[name=title_{conference.language}]", conference.words(f"Talks {country}"))
        _chosen(page, "country", conference.served.key("directory_country", country))
        assert send(page) == 302
        asked[country] = number_in(page.url)
        page = conference.of("officer")
        _answered(page, asked[country], "request")
    page = conference.of("officer")
    expect(page.locator("#margins tbody tr")).to_have_count(2)
    conference.look(page)
    _answered(page, asked["LV"], "confirm")
    page = conference.of("officer")
    follow(page, f"#margins a[href='/desk/events/{asked['AM']}/move/decline/']")
    page.fill("[name=reason]", "They leave before")
    assert send(page) == 302
    stages = "SELECT stage FROM meetings_event WHERE within_id = ? ORDER BY id"
    assert conference.served.values(stages, conference.key) == ["confirmed", "declined"]
    return asked


def _answered(page: Page, talks: str, move: str) -> None:
    follow(page, f"#margins a[href='/desk/events/{talks}/move/{move}/']")
    assert send(page) == 302


def _held(conference: Conference, asked: dict[str, str]) -> None:
    """Its days are there: the statement is delivered, the talks are held, the others read along."""
    conference.step("officer", "begin", "under-way")
    page = conference.of("officer")
    _answered(page, asked["LV"], "hold")
    page = conference.of("officer")
    follow(page, "#statements a[href$='/move/deliver/']")
    assert send(page) == 302
    assert conference.served.value(STATE, conference.key) == "delivered"
    page = conference.of("officer")
    expect(page.locator("#statements .badge-good")).to_have_count(1)
    for name in ("member", "leadership", "auditor"):
        reader = conference.of(name)
        expect(reader.locator("#statements tbody tr")).to_contain_text(conference.words("Position"))
        expect(reader.locator("main a[href*='/move/'], #margins a[href*='/events/new/']")).to_have_count(0)


def _adopted(conference: Conference) -> None:
    """The declaration is written down with its number, for the public; only then the step is there."""
    page = conference.of("officer")
    expect(page.locator(".moves-refused")).to_be_visible()
    follow(page, "#outcomes a[href*='/outcomes/new/']")
    page.select_option("[name=kind]", "declaration")
    page.fill("[name=number]", "4")
    for language in LANGUAGES:
        page.fill(f"[name=title_{language}]", conference.words("Declaration", language))
        page.fill(f"[name=text_{language}]", conference.words("We declare", language))
    expect(page.locator("[name=adopted_on]")).to_have_value(LAST)
    page.select_option("[name=mark]", "public")
    assert send(page) == 302
    expect(page.locator("#outcomes tbody tr")).to_contain_text(conference.words("Declaration"))
    conference.step("officer", "adopt", "adopted")


def _closed(conference: Conference) -> None:
    """The summary for the public is written, the work on the results is done, and what is public is published."""
    page = conference.of("officer")
    follow(page, "#texts a[href*='kind=summary']")
    for language in LANGUAGES:
        page.fill(f"[name=text_{language}]", conference.words("Summary", language))
    expect(page.locator("[name=mark]")).to_have_value("public")
    assert send(page) == 302
    conference.step("officer", "follow-up", "follow-up")
    head = conference.of("head")
    edit = head.locator("#outcomes tbody a[href$='/edit/']").get_attribute("href") or ""
    follow(head, f"#outcomes tbody a[href='{edit}']")
    conference.look(head)
    _published(conference, head, edit.removesuffix("edit/"), is_row=True)
    _ticked(conference, head)
    conference.step("head", "close", "closed")
    conference.look(conference.of("head"))


def _ticked(conference: Conference, page: Page) -> None:
    """What the public is to read besides is ticked on one page; what it reads already is ticked there."""
    page.click(".page-actions details > summary")
    follow(page, f".page-actions a[href='/desk/events/{conference.key}/public/']")
    conference.look(page)
    expect(page.locator("[name=row][value^='meetings.outcome-']")).to_be_checked()
    page.locator("[name=row][value^='meetings.talktext-']:not([disabled])").check()
    assert send(page) == 302
    assert page.url.endswith(f"/desk/events/{conference.key}/")


def _published(conference: Conference, page: Page, address: str, *, is_row: bool) -> None:
    """Publishes what the page is about, from the menu of that page."""
    page.click(".page-actions details > summary")
    follow(page, f".page-actions a[href='{address}publish/']")
    assert send(page) == 302
    if is_row:
        assert page.url.endswith(f"/desk/events/{conference.key}/")


def _public_reads_its_days_alone(conference: Conference, visitor: Page) -> None:
    """Before it is over the public reads title and days, and nothing of where, who and what."""
    assert status(visitor, f"/{conference.language}/events/{conference.key}/") == 200
    expect(visitor.locator("h1")).to_have_text(conference.words("Speakers"))
    told = visitor.locator("main").inner_text()
    assert [words for words in ("Hall", "Theme", "Position", "Speech") if words in told] == []
    conference.look(visitor)


def _public_reads_the_declaration(conference: Conference, visitor: Page) -> None:
    """Afterwards it reads the summary and the declaration, and still nothing of what was said or asked for."""
    assert status(visitor, f"/{conference.language}/events/{conference.key}/") == 200
    expect(visitor.locator("[aria-labelledby=summary]")).to_contain_text(conference.words("Summary"))
    adopted = visitor.locator("[aria-labelledby=outcomes] li")
    expect(adopted).to_have_count(1)
    for words in ("Declaration", "We declare"):
        expect(adopted).to_contain_text(conference.words(words))
    expect(visitor.locator("main")).to_contain_text(conference.words("Hall"))
    told = visitor.locator("main").inner_text()
    assert [words for words in ("Theme", "Position", "Speech", "Talks LV", "Talks AM") if words in told] == []
    conference.look(visitor)
