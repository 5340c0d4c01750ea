"""Events in public: what is told before and after their days, and that nothing else leaves a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.core.actors import Actor
from interparl.core.days import PARLIAMENT_ZONE
from interparl.core.kept import SHELF
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.core.writing import Planned, change, change_many
from interparl.directory.models import Country
from interparl.meetings.models import (
    Event,
    EventPartner,
    Outcome,
    Participation,
    ProgrammeItem,
    Statement,
    TalkText,
    Topic,
    Track,
)
from interparl.portal.blocks import DATASETS
from interparl.portal.models import Section
from tests import makers

pytestmark = pytest.mark.django_db
PUBLIC: dict[str, Any] = {"mark": "public", "published_on": date(2014, 5, 1)}
FIRST, LAST = date(2014, 6, 11), date(2014, 6, 12)
BEFORE = datetime(2014, 6, 12, 12, tzinfo=UTC)
AFTER = datetime(2014, 6, 13, 12, tzinfo=UTC)
# What may be read only when the days are over, and what never may.
LATER = ("Hallplace", "10:20", "11:45", "Publicitem", "Guestname", "Printedrole", "Resulttitle", "Summarytext")
NEVER = (
    "Workingtext",
    "Recordtext",
    "Minutestext",
    "Positiontext",
    "Routewords",
    "Itemplace",
    "Purposewords",
    "Excuse",
)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No page of another test is read."""
    SHELF.clear()
    yield
    SHELF.clear()


@pytest.fixture
def home(db: None) -> Country:
    """The country of the home parliament, in Minsk time, in a convocation since 2012."""
    country = makers.a_country("BY", "Homeland", zone="Europe/Minsk", **PUBLIC)
    parliament = makers.the_home_parliament(country=country, **PUBLIC)
    makers.kept(Setting(key=PARLIAMENT_ZONE, value="Europe/Minsk"))
    makers.a_convocation(parliament, 5, since="2012-10-18", **PUBLIC)
    makers.kept(Section(key="forms", order=1, title=text("Forms of work"), **PUBLIC))
    return country


def text(words: str) -> Any:
    return written({"en": words})


def a_visit(home: Country, **values: Any) -> Event:
    """Released talks with all that can hang on them, everything public."""
    partner = Country.objects.filter(code="AM").first() or makers.a_country("AM", "Armenia", **PUBLIC)
    common = PUBLIC | {key: values[key] for key in PUBLIC if key in values}
    event = makers.kept(
        Event(
            **{
                "kind": "talks", "title": text("Eventtitle"), "since": FIRST.isoformat(), "until": LAST.isoformat(),
                "begins": "10:20", "ends": "11:45", "country": partner, "where": home, "place": text("Hallplace"),
                "purpose": text("Purposewords"), **common, **values,
            }
        )
    )  # fmt: skip
    makers.kept(
        ProgrammeItem(
            event=event, day=event.first_day or FIRST, begins="10:20", ends="11:45", text=text("Workingtext"),
            way_by=text("Routewords"), way=15, public_text=text("Publicitem"), place=text("Itemplace"), **common,
        )
    )  # fmt: skip
    makers.kept(
        Participation(
            event=event, printed_name="Guestname", role=text("Printedrole"), country=partner, capacity="diplomat",
            excuse=text("Excuse"), **common,
        )
    )  # fmt: skip
    makers.kept(Outcome(event=event, title=text("Resulttitle"), **common))
    for kind, words in (("record", "Recordtext"), ("minutes", "Minutestext"), ("summary", "Summarytext")):
        makers.kept(TalkText(event=event, kind=kind, text=text(words), **common))
    topic = makers.kept(Topic(event=event, title=text("Topic"), **common))
    makers.kept(Statement(event=event, topic=topic, position=text("Positiontext"), **common))
    return event


def said(client: Client, event: Event, *, query: str = "") -> dict[str, str]:
    """All that the portal says where an event may stand, by address."""
    SHELF.clear()
    addresses = [f"events/{event.pk}/", "", "countries/AM/", "data/", "how-we-count/"]
    addresses += [f"lists/{key}/{form}" for key in DATASETS for form in ("", "?format=csv", "?format=json")]
    found = {}
    for address in addresses:
        mark = "&" if "?" in address else "?"
        found[address] = client.get(f"/en/{address}{mark}{query}" if query else f"/en/{address}").content.decode()
    return found


def traces(pages: dict[str, str], words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(address, word) for address, page in pages.items() for word in words if word in page]


def test_title_days_and_country_alone_are_told_when_the_days_are_not_over(home: Country, client: Client) -> None:
    event = a_visit(home)
    with time_machine.travel(BEFORE, tick=False):
        pages = said(client, event)
    assert traces(pages, (*LATER, *NEVER, "Talks</dd>")) == []
    assert "Homeland" not in pages[f"events/{event.pk}/"]
    for address in (f"events/{event.pk}/", "lists/events/", "countries/AM/"):
        assert ("Eventtitle" in pages[address], "11–12 June 2014" in pages[address]) == (True, True)
    assert "Armenia" in pages[f"events/{event.pk}/"]
    [row] = client.get("/en/lists/events/?format=json").json()["rows"]
    assert (row["title"], row["since"], row["country"]) == ("Eventtitle", "2014-06-11", "Armenia")


def test_place_programme_people_and_results_are_told_when_the_days_are_over(home: Country, client: Client) -> None:
    event = a_visit(home)
    with time_machine.travel(AFTER, tick=False):
        pages = said(client, event)
        [row] = client.get("/en/lists/events/?format=json").json()["rows"]
    page = pages[f"events/{event.pk}/"]
    assert [word for word in LATER if word not in page.replace("10:20–11:45", "10:20 11:45")] == []
    assert (row["place"], row["begins"], row["ends"], row["kind"]) == ("Hallplace", "10:20", "11:45", "talks")
    assert traces(pages, NEVER) == []


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Europe/Minsk", datetime(2014, 6, 12, 21, tzinfo=UTC)),
        ("America/New_York", datetime(2014, 6, 13, 4, tzinfo=UTC)),
        ("Pacific/Kiritimati", datetime(2014, 6, 12, 10, tzinfo=UTC)),
    ],
)
def test_more_is_told_from_midnight_at_the_place_on_when_pages_are_kept(
    zone: str, midnight: datetime, home: Country, client: Client
) -> None:
    event = a_visit(home, zone=zone)
    told = []
    for moment in (midnight - timedelta(seconds=1), midnight):
        with time_machine.travel(moment, tick=False):
            addresses = (f"/en/events/{event.pk}/", "/en/lists/events/", "/en/lists/events/?format=csv")
            told.append(["Hallplace" in client.get(address).content.decode() for address in addresses])
            told[-1].append("1 round of talks with diplomats" in client.get("/en/").content.decode())
    assert told == [[False] * 4, [True] * 4]


def test_a_day_to_come_tells_nothing_early_when_it_is_asked_for(home: Country, client: Client) -> None:
    event = a_visit(home)
    with time_machine.travel(BEFORE, tick=False):
        assert traces(said(client, event, query="on=2030-01-01"), LATER) == []


def test_a_past_day_is_read_as_it_was_told_then_when_it_is_asked_for(home: Country, client: Client) -> None:
    event = a_visit(home)
    with time_machine.travel(AFTER + timedelta(days=90), tick=False):
        then = said(client, event, query="on=2014-06-12")
        assert traces(then, LATER) == []
        assert "Eventtitle" in then["lists/events/"]
        assert "Hallplace" in said(client, event, query="on=2014-06-13")["lists/events/"]
        assert traces(said(client, event, query="on=2014-04-30"), ("Eventtitle", "round of talks")) == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"mark": "internal"},
        {"mark": "official"},
        {"published_on": None},
        {"published_on": date(2030, 1, 1)},
        {"stage": "declined"},
        {"stage": "refused"},
    ],
    ids=str,
)
@pytest.mark.parametrize("moment", [BEFORE, AFTER], ids=["before", "after"])
def test_an_event_leaves_no_trace_when_it_was_not_released(
    hidden: dict[str, Any], moment: datetime, home: Country, client: Client
) -> None:
    event = a_visit(home, **hidden)
    with time_machine.travel(moment, tick=False):
        pages = said(client, event)
        assert traces(pages, ("Eventtitle", *LATER, *NEVER, "round of talks", "11–12 June")) == []
        assert client.get(f"/be/events/{event.pk}/").status_code == 404
        assert client.get("/en/lists/events/?format=json").json()["rows"] == []


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (ProgrammeItem, ("Publicitem",)),
        (Participation, ("Guestname", "Printedrole", "round of talks")),
        (Outcome, ("Resulttitle",)),
        (TalkText, ("Summarytext",)),
        (Country, ("Armenia",)),
        (EventPartner, ("Thirdland",)),
    ],
)
@pytest.mark.parametrize("hidden", [{"mark": "internal"}, {"published_on": date(2030, 1, 1)}], ids=str)
def test_a_part_leaves_no_trace_when_it_was_not_released(
    model: Any, words: tuple[str, ...], hidden: dict[str, Any], home: Country, client: Client
) -> None:
    event = a_visit(home)
    third = makers.a_country("TH", "Thirdland", **PUBLIC)
    makers.kept(EventPartner(event=event, country=third, **PUBLIC))
    with time_machine.travel(AFTER, tick=False):
        before = said(client, event)
        assert [word for word in words if not traces(before, (word,))] == []
        for row in model.objects.exclude(**({"code": "BY"} if model is Country else {})):
            with change(row, by=Actor.command("tests")) as held:
                for name, value in hidden.items():
                    setattr(held, name, value)
        pages = said(client, event)
    assert traces(pages, words) == []
    assert "Eventtitle" in pages["lists/events/"]


def test_it_is_said_that_it_was_called_off_and_nothing_more_when_it_was(home: Country, client: Client) -> None:
    event = a_visit(home, stage="cancelled")
    with time_machine.travel(AFTER, tick=False):
        pages = said(client, event)
    assert traces(pages, (*LATER, *NEVER, "round of talks")) == []
    assert ["cancelled" in pages[at] for at in (f"events/{event.pk}/", "lists/events/")] == [True, True]


def test_an_open_day_is_said_and_stands_where_it_may_first_be_when_events_come(home: Country, client: Client) -> None:
    values = {"begins": "", "ends": "", **PUBLIC}
    for title, since in (
        ("in July", "2014-07"),
        ("second", "2014-09-01"),
        ("past", "2014-01-10"),
        ("first", "2014-07-01"),
        ("within the year", "2014"),
        ("by August", "..2014-08-01"),
        ("today", BEFORE.date().isoformat()),
    ):
        makers.kept(Event(kind="session", title=text(title), since=since, **values))
    makers.kept(Event(kind="session", title=text("then"), since="2013-06", **values))
    with time_machine.travel(BEFORE, tick=False):
        rows = client.get("/en/lists/events/?format=json").json()["rows"]
        page = client.get("/en/lists/events/").content.decode()
    assert [row["title"] for row in rows] == [
        "today",
        "within the year",
        "by August",
        "first",
        "in July",
        "second",
        "past",
        "then",
    ]
    assert [row["title"] for row in rows if row["state"]] == ["within the year", "by August", "in July"]
    assert page.count("the day is being settled") == 3


def test_talks_are_counted_by_who_came_from_abroad_when_several_did(home: Country, client: Client) -> None:
    event = a_visit(home)
    before = a_visit(home, since="2012-10-16", until="2012-10-17")
    for values in (
        {"capacity": "parliamentarian", "country": home},
        {"capacity": "businessperson", "country": event.country},
        {"capacity": "businessperson", "country": event.country},
        {"capacity": "politician", "country": event.country, "attendance": "absent"},
        {"capacity": "statesperson", "country": event.country, "function": "interpreter"},
        {"capacity": "official", "country": event.country},
    ):
        makers.kept(Participation(event=event, printed_name="Somebody", **PUBLIC, **values))
    with time_machine.travel(AFTER, tick=False):
        page = client.get("/en/").content.decode()
        rows = client.get("/en/lists/talks-with-diplomats/?format=json").json()["rows"]
    words = [
        f'<a href="/en/lists/talks-with-{kind}/">1 round of talks with {kind}</a>'
        for kind in ("diplomats", "businesspeople")
    ]
    assert f"<p>Held in this convocation: {', '.join(words)}.</p>" in page
    assert [row["code"] for row in rows] == [str(event.pk)]
    assert rows[0]["code"] != str(before.pk)


def test_as_many_queries_are_asked_when_there_is_more_to_tell(home: Country, client: Client) -> None:
    event = a_visit(home)
    addresses = (f"events/{event.pk}/", "lists/events/", "lists/events/?format=json", "countries/AM/", "")

    def more() -> None:
        other = a_visit(home)
        for one in (event, other):
            makers.kept(EventPartner(event=one, country=makers.a_country(**PUBLIC), **PUBLIC))
            person, country = makers.a_person(**PUBLIC), makers.a_country(**PUBLIC)
            makers.kept(Participation(event=one, person=person, country=country, **PUBLIC))
            track = makers.kept(Track(event=one, name=text("Experts"), **PUBLIC))
            item = {"day": FIRST, "text": text("Work"), "public_text": text("Told"), "track": track}
            makers.kept(ProgrammeItem(event=one, **item, **PUBLIC))

    def asked() -> list[int]:
        numbers = []
        for address in addresses:
            SHELF.clear()
            with CaptureQueriesContext(connection) as found:
                assert client.get(f"/en/{address}").status_code == 200
            numbers.append(len(found))
        return numbers

    with time_machine.travel(AFTER, tick=False):
        more()
        few = asked()
        for _number in range(4):
            more()
        assert asked() == few


def test_a_list_goes_over_several_pages_when_it_is_long(home: Country, client: Client) -> None:
    event = a_visit(home)
    long = "A title of an event as long as they are in Russian, with the delegation, the body and the assembly named"
    many = [
        Event(kind="session", title=text(f"{long} {number}"), since="2014-01-10", country=event.country, **PUBLIC)
        for number in range(450)
    ]
    change_many([Planned(one) for one in many], by=Actor.command("tests"))
    with time_machine.travel(AFTER, tick=False):
        pages = [client.get(f"/en/lists/events/?page={page}").content.decode() for page in ("1", "2", "3", "9", "x")]
        rows = client.get("/en/lists/events/?format=json").json()["rows"]
    assert [page.count('<tr role="row">') - 1 for page in pages] == [200, 200, 51, 51, 200]
    assert max(len(page.encode()) for page in pages) < 150_000
    assert len(rows) == 451
    ways = [('?page=2" rel="prev"' in page, '?page=2" rel="next"' in page) for page in pages[:3]]
    assert ways == [(False, True), (False, False), (True, False)]
