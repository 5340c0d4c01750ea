"""The programme on an event's page: days, languages, hours on two clocks, what runs over, and for whom."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.blocks import Schedule
from interparl.core.days import PARLIAMENT_ZONE
from interparl.core.models import Setting
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Slot
from interparl.core.translated import rewritten, written
from interparl.documents.models import Edition
from interparl.meetings.actions import release_list
from interparl.meetings.blocks.freezing import frozen_list
from interparl.meetings.blocks.programme import guest_language, programme_of
from interparl.meetings.models import Event, ItemPerson
from interparl.paper.book import Book, Chapter, Section
from interparl.paper.plain import plain
from interparl.paper.typeset import as_pdf
from tests import makers
from tests.hostile import fields_of
from tests.makers import kept
from tests.visits import FIRST, SECOND, Visit, a_visit, an_event, an_item, set_to

pytestmark = pytest.mark.django_db
EVENT = "meetings.event"


@pytest.fixture
def visit(db: None) -> Visit:
    """A visit of two days, four items."""
    return a_visit()


def block_of(event: Event, reading: Reading, **asked: str) -> Schedule:
    """The block as the address asks for it."""
    reading.asked = asked
    found = programme_of(event, reading)
    assert isinstance(found, Schedule)
    return found


def slots_of(found: Schedule) -> list[Slot]:
    """All items that are shown."""
    return [slot for group in found.groups for slot in group.slots]


def test_the_first_day_that_is_not_over_is_shown_unless_another_is_asked_for(visit: Visit, officer: User) -> None:
    def current(reading: Reading, **asked: str) -> str:
        return next(str(tab.label) for tab in block_of(visit.event, reading, **asked).tabs if tab.current)

    before, second, after = (makers.a_reading(officer, day) for day in (FIRST.replace(day=1), SECOND, makers.DAY))
    assert [current(one) for one in (before, second, after)] == ["Mon 2 Jun", "Tue 3 Jun", "Mon 2 Jun"]
    assert current(before, day="2014-06-03") == "Tue 3 Jun"
    assert [current(before, day=text) for text in ("2014-06-09", "x", "")] == ["Mon 2 Jun"] * 3
    tabs = block_of(visit.event, before).tabs
    assert [(tab.count, tab.url) for tab in tabs] == [
        (3, f"{address((EVENT, visit.event.pk))}?day=2014-06-02#programme"),
        (1, f"{address((EVENT, visit.event.pk))}?day=2014-06-03#programme"),
    ]


def test_tracks_are_parts_of_their_own_and_the_way_stands_between(visit: Visit, officer: User) -> None:
    found = block_of(visit.event, makers.a_reading(officer, FIRST))
    assert [(group.title, [slot.hours for slot in group.slots]) for group in found.groups] == [
        ("", ["09:00–09:40", "10:00–11:15"]),
        ("For the experts", ["10:00–12:00"]),
    ]
    assert [slot.way for slot in slots_of(found)] == ["", "20 minutes by car", ""]
    assert (str(found.place), slots_of(found)[0].place) == ("Minsk, UTC+3", "Oval Hall")


@pytest.mark.parametrize(
    ("hours", "way", "sentence"),
    [
        ("09:40–10:00", None, ""),
        ("09:50–10:00", 10, ""),
        ("09:35–10:00", None, "Begins 5 minutes before the item before it has ended."),
        ("09:50–10:00", 11, "The way to it takes 1 minute longer than the time between."),
    ],
)
def test_what_runs_over_or_cannot_be_reached_is_said(
    hours: str, way: int | None, sentence: str, visit: Visit, officer: User
) -> None:
    begins, _sign, ends = hours.partition("–")
    set_to(visit.items[1], begins=begins, ends=ends, way=way)
    found = block_of(visit.event, makers.a_reading(officer, FIRST))
    assert list(slots_of(found)[1].problems) == ([sentence] if sentence else [])


def test_the_working_text_is_the_readers_and_has_its_tag_where_it_is_not(visit: Visit, officer: User) -> None:
    set_to(visit.items[0], text=written({"ru": "Только по-русски"}))
    text = slots_of(block_of(visit.event, makers.a_reading(officer, FIRST)))[0].texts[0]
    assert (text.text, text.lang, text.tag) == ("Только по-русски", "ru", "RU")
    text = slots_of(block_of(visit.event, makers.a_reading(officer, FIRST, "ru")))[0].texts[0]
    assert (text.text, text.lang, text.tag) == ("Только по-русски", "", "")


@pytest.mark.parametrize(
    ("working", "reader", "guests"),
    [("ru en", "en", "ru"), ("ru en", "ru", "en"), ("vi fr", "ru", "en"), ("be ru", "ru", "be"), ("", "en", "ru")],
)
def test_guests_read_the_first_working_language_that_is_not_the_readers(working: str, reader: str, guests: str) -> None:
    assert guest_language(Event(languages=working), reader) == guests


def test_what_is_outdated_or_missing_for_the_guests_is_said_with_the_way_to_it(visit: Visit, officer: User) -> None:
    first, second = visit.items[:2]
    set_to(first, public_text=rewritten(first.public_text, {"ru": "Другой текст", "en": "Wreath, public"}))
    set_to(second, public_text=written({"ru": "Только по-русски"}))
    found = block_of(visit.event, makers.a_reading(officer, FIRST, "ru"))
    outdated, missing = (slot.texts[1] for slot in slots_of(found)[:2])
    assert (outdated.text, outdated.lang, outdated.tone) == ("Wreath, public", "en", "warn")
    assert (missing.text, missing.url) == (
        "",
        f"{address(('meetings.programmeitem', second.pk), 'edit')}#id_public_text",
    )
    assert found.columns[1].badge


def test_the_hours_of_the_parliament_stand_beside_where_they_are_others(visit: Visit, officer: User) -> None:
    kept(Setting(key=PARLIAMENT_ZONE, value="Europe/Minsk"))
    reading = makers.a_reading(officer, FIRST)
    assert {slot.elsewhere for slot in slots_of(block_of(visit.event, reading))} == {""}
    event = an_event(zone="Asia/Ho_Chi_Minh", since="2014-06-02", until="2014-06-03")
    an_item(event, "02:30–03:00")
    an_item(event, "10:00–11:00")
    found = block_of(event, makers.a_reading(officer, FIRST))
    assert [slot.elsewhere for slot in slots_of(found)] == [
        "Sun 1 Jun, 22:30–23:00 at the parliament",
        "06:00–07:00 at the parliament",
    ]
    assert str(found.place) == "Minsk, UTC+7"


def test_a_new_item_begins_when_the_last_one_of_the_day_ends(visit: Visit, desk: Client) -> None:
    page = desk.get(f"{address((EVENT, visit.event.pk))}?day=2014-06-02").content.decode()
    assert f"event={visit.event.pk}&amp;day=2014-06-02&amp;begins=12%3A00" in page
    form = desk.get(f"/desk/programme-items/new/?event={visit.event.pk}&day=2014-06-02&begins=12:00").content.decode()
    assert ('value="2014-06-02"' in form, 'value="12:00"' in form) == (True, True)


def test_a_member_reads_the_programme_and_is_offered_no_change(visit: Visit, client: Client, member: User) -> None:
    set_to(visit.items[1], mark="official")
    client.force_login(member)
    page = client.get(f"{address((EVENT, visit.event.pk))}?day=2014-06-02").content.decode()
    assert ("Wreath, working" in page, "Talks, working" in page, "Talks для" in page) == (True, False, False)
    for words in ("programme-items/", "Add an item", "Release…", "/edit/#id_public_text"):
        assert words not in page
    assert [tab.count for tab in block_of(visit.event, makers.a_reading(member, FIRST)).tabs] == [2, 1]


def test_an_event_without_items_shows_days_to_who_may_add_and_nothing_to_others(officer: User, member: User) -> None:
    event = an_event()
    found = block_of(event, makers.a_reading(officer, FIRST))
    assert ([tab.count for tab in found.tabs], list(found.groups)) == ([0, 0], [])
    assert programme_of(event, makers.a_reading(member, FIRST)) is None


def test_a_file_has_all_days_and_no_ways_to_change(visit: Visit, officer: User) -> None:
    reading = makers.a_reading(officer, FIRST)
    reading.is_whole = True
    found = block_of(visit.event, reading)
    assert (list(found.tabs), list(found.links), found.number) == ([], [], 4)
    assert [group.title for group in found.groups] == [
        "Mon 2 Jun 2014",
        "Mon 2 Jun 2014, For the experts",
        "Tue 3 Jun 2014",
    ]
    assert not any(text.url or slot.links for slot in slots_of(found) for text in slot.texts)
    chapter = Chapter("", [Section("Programme", found)])
    book = Book("Visit", "File", "en", FIRST, "internal", "", [chapter])
    [section] = plain(book).chapters[0].sections
    assert [column.label for column in section.part.columns] == ["Minsk, UTC+3", "English", "Русский"]
    assert [[said.text for said in row] for row in section.part.rows][:2] == [
        ["Mon 2 Jun 2014", "", ""],
        ["09:00–09:40", "Wreath, working", "Wreath для гостей"],
    ]
    assert as_pdf(book).startswith(b"%PDF")


def test_the_number_of_queries_does_not_grow_with_items(visit: Visit, desk: Client, officer: User) -> None:
    reading = makers.a_reading(officer, FIRST)
    frozen = frozen_list(visit.event, Edition.What.PROGRAMME, reading, "internal").frozen
    release_list(visit.event, frozen, what=Edition.What.PROGRAMME, as_of=FIRST, by=officer)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(f"{address((EVENT, visit.event.pk))}?day=2014-06-02").status_code == 200
        return len(queries)

    asked()
    few = asked()
    for hour in range(13, 19):
        item = an_item(visit.event, f"{hour}:00–{hour}:30")
        kept(ItemPerson(event=visit.event, item=item, participation=visit.people[0]))
    assert asked() == few
    assert few <= 35


def test_the_page_marks_what_is_wrong_and_in_which_language_words_are(visit: Visit, desk: Client) -> None:
    set_to(visit.items[1], begins="09:30")
    page = desk.get(f"{address((EVENT, visit.event.pk))}?day=2014-06-02").content.decode()
    for words in (
        'class="programme-wrong"',
        "Begins 10 minutes before the item before it has ended.",
        'lang="ru">',
        "Talks для гостей",
        "2 people, Room 310, V. Voice",
        "For everybody",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("values", "place", "words"),
    [
        ({"day": "2014-06-05"}, "day", "lies outside the event"),
        ({"day": "2014-06-02", "zone": "Europe/Nowhere"}, "zone", "is no time zone"),
        ({"day": "2014-06-02", "begins": "25:00"}, "begins", "is no time of day"),
        ({"day": "2014-06-02", "begins": "", "ends": "10:00"}, "begins", "Write when it begins"),
        ({"day": "2014-06-02", "begins": "11:00", "ends": "10:00"}, "ends", "before the beginning"),
    ],
)
def test_bad_hours_and_days_are_told_at_their_field_and_nothing_is_lost(
    values: dict[str, str], place: str, words: str, visit: Visit, desk: Client
) -> None:
    sent = typed_for(desk, visit.event) | {"begins": "10:00"} | values
    answer = desk.post("/desk/programme-items/new/", sent)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors.get(place, []))
    assert "Typed words" in answer.content.decode()
    assert visit.event.items.count() == 4


def typed_for(desk: Client, event: Event) -> dict[str, str]:
    """The form of a new item of the event, with a text."""
    page = desk.get(f"/desk/programme-items/new/?event={event.pk}&day=2014-06-02")
    return fields_of(page) | {"text_en": "Typed words"}


def test_an_hour_that_happens_twice_asks_which_of_the_two_is_meant(desk: Client) -> None:
    event = an_event(zone="Europe/Moscow", since="2014-10-26", until="2014-10-26")
    sent = typed_for(desk, event) | {"day": "2014-10-26", "begins": "01:30"}
    answer = desk.post("/desk/programme-items/new/", sent)
    assert answer.status_code == 422
    [message] = answer.context["form"].errors["begins"]
    assert ("comes twice" in message, "01:30+04:00" in message, "01:30+03:00" in message) == (True, True, True)
    assert desk.post("/desk/programme-items/new/", sent | {"begins": "01:30+04:00"}).status_code == 302
    assert event.items.get().begins == "01:30+04:00"
