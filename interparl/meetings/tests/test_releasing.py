"""Lists of an event as they go out: frozen in every language, numbered, compared, and never changed again."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.removing import remove
from interparl.core.translated import written
from interparl.core.writing import Refused
from interparl.documents.blocks import comparison_with
from interparl.documents.models import Edition
from interparl.documents.rules.editions import Difference
from interparl.meetings.actions import release_list
from interparl.meetings.actions.releasing import last_number
from interparl.meetings.blocks.editions import edition_words
from interparl.meetings.blocks.freezing import frozen_list
from interparl.meetings.models import AgendaItem, Booking, Event, ItemPerson
from tests import makers
from tests.hostile import fields_of
from tests.makers import BY, kept
from tests.merging import merged
from tests.visits import FIRST, Visit, a_participation, a_resource, a_visit, an_event, an_item, set_to

pytestmark = pytest.mark.django_db
PROGRAMME, AGENDA, PARTICIPANTS = Edition.What.PROGRAMME, Edition.What.AGENDA, Edition.What.PARTICIPANTS


@pytest.fixture
def visit(db: None) -> Visit:
    """A visit of two days, four items, three people."""
    return a_visit()


def released(event: Event, by: User, what: str = PROGRAMME, mark: str = "internal", **values: Any) -> Edition:
    """The list as it stands, released."""
    reading = makers.a_reading(by, FIRST)
    frozen = frozen_list(event, what, reading, mark).frozen
    given: dict[str, Any] = {"what": what, "as_of": FIRST, "by": by} | values
    return release_list(event, frozen, **given)


def column(edition: Edition, key: str, language: str = "en") -> list[str]:
    """What stands in a column."""
    keys = [one["key"] for one in edition.content["columns"]]
    return [row["cells"][language][keys.index(key)][0] for row in edition.content["rows"]]


def text_of(answer: Any) -> str:
    """The page."""
    return str(answer.content.decode())


def page_of(event: Event, what: str = PROGRAMME) -> str:
    """Where a list is released."""
    return f"/desk/events/{event.pk}/release/?what={what}"


def test_a_programme_is_frozen_with_hours_texts_people_and_bookings_in_every_language(
    visit: Visit, officer: User
) -> None:
    set_to(visit.items[0], zone="Asia/Ho_Chi_Minh")
    edition = released(visit.event, officer)
    assert column(edition, "hours") == ["09:00–09:40", "10:00–11:15", "10:00–12:00", "14:00–15:30"]
    assert column(edition, "text", "ru")[:2] == ["Wreath по-русски", "Talks по-русски"]
    assert column(edition, "public_text", "ru")[0] == "Wreath для гостей"
    assert column(edition, "people")[1] == "Anna Header, Anna Follower"
    assert column(edition, "resources")[1] == "Room 310, V. Voice"
    assert column(edition, "way")[1] == "20 minutes by car"
    assert column(edition, "track")[2] == "For the experts"
    hours = edition.content["rows"][0]["cells"]["en"][1]
    assert hours[:2] == ["09:00–09:40", "UTC+7"]
    assert (edition.tongues.split(), edition.is_whole, edition.number) == (["en", "ru", "be"], True, 1)
    assert edition.label_in("en") == "Official visit from Fareland: programme, edition 1"


def test_an_edition_for_the_public_has_public_texts_hours_and_places_alone(visit: Visit, head: User) -> None:
    event = set_to(visit.event, mark="internal")
    with_text = an_item(event, "18:00–19:00", "Inner", public_text={})
    open_event = an_event(mark="public")
    shown = an_item(open_event, "10:00–11:00", "Open", mark="public", way=5)
    an_item(open_event, "11:00–12:00", "Inner", mark="public", public_text={})
    an_item(open_event, "12:00–13:00", "Secret", mark="internal")
    edition = released(open_event, head, mark="public")
    assert [row["of"] for row in edition.content["rows"]] == [["meetings.programmeitem", shown.pk]]
    assert [one["key"] for one in edition.content["columns"]] == ["day", "hours", "public_text", "place", "track"]
    for words in ("working", "по-русски", "Secret", "Inner"):
        assert words not in str(edition.content)
    assert not {"text", "people", "resources", "way"} & set(edition.content["rows"][0]["facts"])
    assert with_text.event_id == event.pk


def test_what_stands_above_the_mark_is_left_out_with_who_is_in_it(visit: Visit, head: User) -> None:
    set_to(visit.items[0], mark="official")
    set_to(visit.people[1], mark="official")
    made = frozen_list(visit.event, PROGRAMME, makers.a_reading(head, FIRST), "internal")
    assert (len(made.frozen.content["rows"]), made.left_out, made.highest) == (3, 1, "internal")
    assert "Follower" not in str(made.frozen.content)
    whole = frozen_list(visit.event, PROGRAMME, makers.a_reading(head, FIRST), "official")
    assert (len(whole.frozen.content["rows"]), whole.left_out, whole.highest) == (4, 0, "official")
    assert "Follower" in str(whole.frozen.content)


def test_participants_are_frozen_with_their_role_of_that_day_ours_first(visit: Visit, officer: User) -> None:
    home = makers.the_home_parliament()
    ours = a_participation(visit.event, "Ours", parliament=home, order=9)
    edition = released(visit.event, officer, PARTICIPANTS)
    assert column(edition, "name") == ["Anna Ours", "Anna Header", "Anna Follower", "Guest of Honour"]
    assert column(edition, "role", "ru")[1] == "Председатель"
    assert [row["side"] for row in edition.content["rows"]] == ["ours", "theirs", "theirs", "theirs"]
    set_to(ours, attendance="declined")
    set_to(visit.people[0], role=written({"en": "Minister"}))
    second = released(visit.event, officer, PARTICIPANTS)
    found = comparison_with(edition, second)
    assert [row["names"]["en"] for row in found.gone] == ["Anna Ours"]
    assert found.differs == {0: frozenset({Difference.ROLE})}


def test_an_agenda_is_frozen_as_the_tree_that_its_readers_see(visit: Visit, officer: User, head: User) -> None:
    event = visit.event

    def point(title: str, **values: Any) -> AgendaItem:
        return kept(AgendaItem(event=event, title=written({"en": title}), **values))

    closed = point("Closed", order=1, mark="official")
    point("Below closed", parent=closed)
    first = point("First", order=2, ours=visit.people[0], minutes=20)
    point("Part", parent=first)
    point("Second", order=3)
    edition = released(event, officer, AGENDA)
    assert list(zip(column(edition, "number"), column(edition, "title"), strict=True)) == [
        ("1", "First"),
        ("1.1", "Part"),
        ("2", "Second"),
    ]
    assert column(edition, "people") == ["Anna Header", "", ""]
    assert column(released(event, head, AGENDA, "official"), "title")[:2] == ["Closed", "Below closed"]


def test_lists_of_one_event_are_numbered_each_for_itself(visit: Visit, officer: User) -> None:
    numbers = [
        released(visit.event, officer, what, again=True).number
        for what in (PROGRAMME, PARTICIPANTS, PROGRAMME, PARTICIPANTS, PROGRAMME)
    ]
    assert numbers == [1, 1, 2, 2, 3]
    assert released(an_event(), officer).number == 1


def test_a_second_release_of_the_same_moment_is_told_and_loses_nothing(visit: Visit, officer: User) -> None:
    released(visit.event, officer, after=0)
    with pytest.raises(Refused, match="Edition 1 was released meanwhile"):
        released(visit.event, officer, after=0)
    assert Edition.objects.count() == 1
    with pytest.raises(Refused, match="Nothing has changed"):
        released(visit.event, officer, after=1)


def test_participants_are_not_released_when_the_programme_is_refused(visit: Visit, officer: User) -> None:
    participants = frozen_list(visit.event, PARTICIPANTS, makers.a_reading(officer, FIRST), "internal").frozen
    released(visit.event, officer, participants=participants)
    assert sorted(Edition.objects.values_list("what", "number")) == [("participants", 1), ("programme", 1)]
    with pytest.raises(Refused):
        released(visit.event, officer, participants=participants)
    assert Edition.objects.count() == 2


def test_a_name_leaves_the_programme_and_the_list_when_it_is_erased(visit: Visit, officer: User) -> None:
    editions = [released(visit.event, officer), released(visit.event, officer, PARTICIPANTS)]
    named = (visit.people[0].person, visit.interpreter.person)
    refs = [("directory.person", one.pk) for one in named if one is not None]
    assert {one.pk for one in Edition.holding_names_of(refs)} == {one.pk for one in editions}
    for edition in editions:
        edition.take_out_names(refs, 7)
        for words in ("Header", "V. Voice", "Speaker", "Председатель"):
            assert words not in str(edition.content["rows"])
    assert column(editions[0], "people")[1] == "Person erased No. 7, Anna Follower"


def test_the_page_of_the_event_says_how_many_changes_there_are(visit: Visit, desk: Client, officer: User) -> None:
    released(visit.event, officer)
    reading = makers.a_reading(officer, makers.DAY.replace(year=2030))
    assert edition_words(visit.event, PROGRAMME, reading) == "No change since edition 1"
    set_to(visit.items[0], begins="08:50")
    set_to(visit.items[3], public_text=written({"en": "Another"}))
    reading.memo.clear()
    assert edition_words(visit.event, PROGRAMME, reading) == "2 changes since edition 1"
    page = text_of(desk.get(address(("meetings.event", visit.event.pk))))
    assert ("2 changes since edition 1" in page, 'id="editions"' in page, page_of(visit.event) in page) == (
        True,
        True,
        True,
    )


def test_the_page_shows_what_changed_and_whom_that_concerns(visit: Visit, desk: Client) -> None:
    first = fields_of(desk.get(page_of(visit.event)))
    first = {name: value for name, value in first.items() if name not in ("again", "is_published")}
    assert desk.post(page_of(visit.event), first | {"sent_to": "Embassy"}).status_code == 302
    assert sorted(Edition.objects.values_list("what", "sent_to")) == [
        ("participants", "Embassy"),
        ("programme", "Embassy"),
    ]
    assert "Whom the changes concern" not in text_of(desk.get(page_of(visit.event)))
    set_to(visit.items[1], begins="10:30")
    page = text_of(desk.get(page_of(visit.event)))
    concerned = page[page.index('id="concerned"') : page.index('id="edition-list"')]
    for words in ("Anna Header", "Anna Follower", str(visit.room.keeper), "keeps Room 310", "10:30–11:15"):
        assert words in concerned
    assert ("Guest of Honour" in concerned, "Everybody" in concerned) == (False, False)
    assert ("Another day or hour" in page, "Hours: was 10:00–11:15" in page) == (True, True)
    set_to(visit.items[0], place=written({"en": "Park"}))
    assert "Everybody who takes part" in text_of(desk.get(page_of(visit.event)))


def test_who_releases_second_is_shown_the_first_and_keeps_his_words(visit: Visit, desk: Client, head: User) -> None:
    mine = fields_of(desk.get(page_of(visit.event)))
    mine = {name: value for name, value in mine.items() if name not in ("again", "is_published")}
    other = Client()
    other.force_login(head)
    set_to(visit.items[0], begins="08:45")
    theirs = fields_of(other.get(page_of(visit.event)))
    theirs = {name: value for name, value in theirs.items() if name not in ("again", "is_published")}
    assert other.post(page_of(visit.event), theirs).status_code == 302
    set_to(visit.items[0], begins="08:30")
    answer = desk.post(page_of(visit.event), mine | {"reason": "Typed note"})
    page = text_of(answer)
    assert (answer.status_code, Edition.objects.filter(what=PROGRAMME).count()) == (422, 1)
    assert ("Edition 1 was released meanwhile" in page, 'value="Typed note"' in page) == (True, True)
    again = {name: value for name, value in fields_of(answer).items() if name not in ("again", "is_published")}
    assert desk.post(page_of(visit.event), again).status_code == 302
    assert last_number(visit.event, PROGRAMME) == 2


def test_the_page_of_an_edition_says_new_of_an_item_and_links_its_neighbour(
    visit: Visit, desk: Client, officer: User
) -> None:
    first = released(visit.event, officer)
    an_item(visit.event, "17:00–18:00", "Press")
    remove(visit.items[2], by=BY)
    second = released(visit.event, officer)
    page = text_of(desk.get(address(("documents.edition", second.pk))))
    for words in ("Since edition 1", "New", "Press, working", "No longer in the list since edition 1", "Programme"):
        assert words in page
    assert f'href="{address(("documents.edition", first.pk))}" rel="prev"' in page
    assert "Came" not in page
    listed = text_of(desk.get("/desk/editions/?what=programme"))
    assert ("Programme" in listed, first.digest in text_of(desk.get(address(("documents.edition", first.pk))))) == (
        True,
        True,
    )


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("auditor", 403), ("desk_officer", 200)])
def test_only_who_keeps_the_event_releases_its_lists(role: str, status: int, visit: Visit, client: Client) -> None:
    user = makers.a_user(role)
    if role == "member":
        makers.sits(user)
        del user.standing
    client.force_login(user)
    assert [client.get(page_of(visit.event, what)).status_code for what in (PROGRAMME, AGENDA)] == [status] * 2
    if status == 403:
        assert client.post(page_of(visit.event), {"mark": "internal"}).status_code == 403
    assert (client.get(page_of(visit.event, "composition")).status_code, Edition.objects.count()) == (404, 0)


def test_a_public_programme_of_what_is_published_may_be_published_and_read_by_anybody(officer: User) -> None:
    shown: dict[str, Any] = {"mark": "public", "published_on": date(2014, 1, 1)}
    event = an_event(**shown)
    item = an_item(event, **shown)
    edition = released(event, officer, mark="public", is_published=True)
    assert [one.pk for one in Edition.objects.visible_to(AnonymousUser())] == [edition.pk]
    assert (edition.content["open"], edition.published_on) == (True, edition.released_on)
    set_to(item, published_on=None)
    assert released(event, officer, mark="public", is_published=True).content["rows"] == []


Changed = dict[int, set[Difference]]


def _moved(visit: Visit) -> Changed:
    """The whole event a day later, as when a visit is moved."""
    day = timedelta(days=1)
    first, last = visit.event.first_day, visit.event.last_day
    assert first is not None
    assert last is not None
    event = set_to(visit.event, until=(last + day).isoformat())
    for item in visit.items:
        item.event = event
        set_to(item, day=item.day + day)
    set_to(event, since=(first + day).isoformat())
    return {item.pk: {Difference.HOURS} for item in visit.items}


def _one(at: int, difference: Difference, **values: Any) -> Callable[[Visit], Changed]:
    def step(visit: Visit) -> Changed:
        item = visit.items[at]
        before = {name: getattr(item, name) for name in values}
        set_to(item, **values)
        return {item.pk: {difference}} if before != values else {}

    return step


def _ticked(at: int) -> Callable[[Visit], Changed]:
    """The guest comes into an item, or leaves it."""

    def step(visit: Visit) -> Changed:
        item, who = visit.items[at], visit.people[2]
        row = ItemPerson.objects.filter(item=item, participation=who).first()
        if row is None:
            kept(ItemPerson(event=visit.event, item=item, participation=who))
        else:
            remove(row, by=BY)
        return {item.pk: {Difference.PEOPLE}}

    return step


def _booked(visit: Visit) -> Changed:
    kept(Booking(event=visit.event, item=visit.items[0], resource=a_resource("Car", "car")))
    return {visit.items[0].pk: {Difference.RESOURCES}}


def _added(visit: Visit) -> Changed:
    item = an_item(visit.event, "20:00–21:00", "Concert", day=visit.event.last_day)
    visit.items.append(item)
    return {item.pk: {Difference.CAME}}


def _merged(visit: Visit) -> Changed:
    """Somebody in an item turns out to be kept twice: the programme is the same."""
    one = visit.people[0]
    one.refresh_from_db()
    left = makers.a_person("Header", "Hanna")
    merged(left, one.person, makers.a_user("administrator"))  # type: ignore[arg-type]
    one.refresh_from_db()
    return {}


def _renamed(visit: Visit) -> Changed:
    """Other names of the event and of what is booked: no item is another."""
    set_to(visit.event, title=written({"en": f"{visit.event.title['en']['text']} again"}))
    set_to(visit.room, name=written({"en": "Room 311"}))
    return {}


STEPS: dict[str, Callable[[Visit], Changed]] = {
    "hour": _one(0, Difference.HOURS, begins="08:15"),
    "hour back": _one(0, Difference.HOURS, begins="09:05"),
    "place": _one(1, Difference.PLACE, place=written({"en": "Room 1"})),
    "text": _one(2, Difference.TEXT, text=written({"be": "Іншы тэкст"})),
    "public text": _one(3, Difference.TEXT, public_text=written({"en": "Another"})),
    "way": _one(3, Difference.DETAILS, way=15),
    "person": _ticked(1),
    "other person": _ticked(3),
    "booking": _booked,
    "new": _added,
    "moved": _moved,
    "merged": _merged,
    "renamed": _renamed,
}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=5))
def test_editions_never_change_and_two_of_them_differ_in_exactly_what_was_changed(names: list[str]) -> None:
    visit, user = a_visit(), makers.a_user("administrator")
    editions = [released(visit.event, user)]
    snapshots = [copy.deepcopy(editions[0].content)]
    for name in names:
        changed = STEPS[name](visit)
        edition = released(visit.event, user, again=True)
        found = comparison_with(editions[-1], edition)
        rows = edition.content["rows"]
        assert {rows[place]["of"][1]: set(how) for place, how in found.differs.items()} == changed
        assert (list(found.gone), found.is_reordered) == ([], False)
        editions.append(edition)
        snapshots.append(copy.deepcopy(edition.content))
        stored = Edition.objects.in_bulk([one.pk for one in editions])
        assert [stored[one.pk].content for one in editions] == snapshots
        assert all(one.is_whole for one in stored.values())
