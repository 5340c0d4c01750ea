"""The agenda of an event: its tree for each reader, its moves, and the page on which it is written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.blocks import Rows
from interparl.core.models import Entry
from interparl.core.tables import row_writer
from interparl.core.translated import texts_of, written
from interparl.core.workflow import Asked
from interparl.core.writing import Refused, change
from interparl.meetings.actions.agenda import Line, Moved, keep_agenda, last_change
from interparl.meetings.blocks.agenda import agenda_of
from interparl.meetings.models import AgendaItem, Event, Participation, Series, TalkText
from interparl.meetings.workflow import agenda_workflow
from tests.makers import a_document, a_reading, a_user, the_home_parliament
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)


def an_item(event: Event, title: str, order: int, **values: Any) -> AgendaItem:
    found: AgendaItem = a_record(AgendaItem, event=event, title=written({"en": title}), order=order, **values)
    return found


def numbered(event: Event, user: User) -> list[tuple[str, str]]:
    content = agenda_of(event, a_reading(user))
    assert isinstance(content, Rows)
    columns = content.table.columns
    reading = content.table.reading
    return [(columns["number"].value(row, reading), columns["title"].value(row, reading)) for row in content.table.rows]


def last_seen(event: Event) -> int:
    return last_change(event, set(AgendaItem.objects.filter(event=event).values_list("pk", flat=True)))


@pytest.fixture
def event() -> Event:
    found: Event = a_record(Event, kind="sitting")
    return found


def test_an_agenda_is_numbered_without_a_gap_when_an_item_may_not_be_known(event: Event) -> None:
    first = an_item(event, "Opening", 1)
    closed = an_item(event, "Candidates", 2, mark="official")
    an_item(event, "One of them", 1, parent=closed)
    third = an_item(event, "Cooperation", 3)
    an_item(event, "Of regions", 1, parent=third)
    assert numbered(event, a_user("head_of_department")) == [
        ("1", "Opening"),
        ("2", "Candidates"),
        ("2.1", "One of them"),
        ("3", "Cooperation"),
        ("3.1", "Of regions"),
    ]
    member = a_user("protocol_officer")
    assert numbered(event, member) == [("1", "Opening"), ("2", "Cooperation"), ("2.1", "Of regions")]
    content = agenda_of(event, a_reading(member))
    assert isinstance(content, Rows)
    assert (content.table.total, content.add) == (3, "")
    assert first.effective_mark == "internal"


def test_an_item_is_stamped_and_says_where_it_comes_from_when_it_does(event: Event) -> None:
    head = a_user("head_of_department")
    earlier = an_item(a_record(Event), "Budget", 1)
    item = an_item(event, "Budget", 1, carried_from=earlier, mark="official", minutes=20)
    a_document(item, mark="official")
    content = agenda_of(event, a_reading(head))
    assert isinstance(content, Rows)
    row = row_writer(content.table.columns, content.table.reading)(item)
    assert "badge-bad" in row
    assert "carried over" in row
    assert f"of=meetings.agendaitem-{item.pk}" in row
    assert "20 minutes" in str(content.said)
    member = agenda_of(event, a_reading(a_user("protocol_officer")))
    assert member is None


def test_a_page_asks_as_many_queries_when_its_agenda_is_longer(event: Event, client: Client, officer: User) -> None:
    client.force_login(officer)
    url, counts = reverse("meetings:event-show", args=(event.pk,)), []
    for _round in range(2):
        for order in range(4):
            who = a_record(Participation, event=event)
            an_item(event, "Item", order, ours=who, carried_from=an_item(a_record(Event), "Old", 1))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0]


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("open", ["discuss", "close", "defer", "drop"]),
        ("discussed", ["close", "defer", "drop", "reopen"]),
        ("deferred", ["discuss", "drop", "reopen"]),
        ("closed", ["reopen"]),
        ("dropped", ["reopen"]),
    ],
)
def test_moves_of_an_item_are_offered_when_state_and_role_fit(event: Event, state: str, offered: list[str]) -> None:
    item = an_item(event, "Item", 1, state=state)
    assert [move.name for move in agenda_workflow.offered(item, a_user())] == offered
    assert agenda_workflow.offered(item, a_user("protocol_officer")) == []


def test_an_item_is_not_dealt_with_when_it_waits_in_a_series(officer: User) -> None:
    item = a_record(AgendaItem, series=a_record(Series), event=None)
    with pytest.raises(Refused, match="waits in a series"):
        agenda_workflow.make("discuss", item, Asked(officer, DAY))


@pytest.mark.parametrize("move", ["defer", "drop"])
def test_an_item_is_put_off_only_when_a_reason_is_given(event: Event, officer: User, move: str) -> None:
    item = an_item(event, "Item", 1)
    with pytest.raises(Refused, match="Write the reason"):
        agenda_workflow.make(move, item, Asked(officer, DAY))
    agenda_workflow.make(move, item, Asked(officer, DAY, "No papers"))
    assert Entry.objects.latest("pk").note == "No papers"


def test_minutes_become_agreed_on_the_day_of_the_sitting_when_the_item_that_approves_them_is_closed(
    officer: User,
) -> None:
    last, event = a_record(Event, since="2015-01-20"), a_record(Event, since="2015-05-07")
    minutes = a_record(TalkText, event=last, kind="minutes")
    record = a_record(TalkText, event=last, kind="record")
    item = an_item(event, "Approval", 1, approves=last)
    agenda_workflow.make("close", item, Asked(officer, DAY))
    minutes.refresh_from_db()
    record.refresh_from_db()
    assert (minutes.state, minutes.agreed_on, record.state) == ("agreed", "2015-05-07", "draft")


def test_minutes_stay_a_draft_when_who_closes_the_item_may_not_know_of_them(officer: User) -> None:
    last, event = a_record(Event), a_record(Event)
    minutes = a_record(TalkText, event=last, kind="minutes", mark="official")
    item = an_item(event, "Approval", 1, approves=last)
    agenda_workflow.make("close", item, Asked(officer, DAY))
    minutes.refresh_from_db()
    item.refresh_from_db()
    assert (minutes.state, item.state) == ("draft", "closed")


def sent(*lines: dict[str, str], seen: int = 0, **rest: str) -> dict[str, str]:
    found = {"seen": str(seen), **rest}
    for at, line in enumerate(lines):
        found |= {f"{name}-{at}": value for name, value in line.items()}
    return found


def test_a_whole_agenda_is_written_when_its_page_is_sent(event: Event, client: Client, officer: User) -> None:
    home = the_home_parliament()
    ours = a_record(Participation, event=event, parliament=home)
    theirs = a_record(Participation, event=event)
    old = an_item(event, "Opening", 1)
    client.force_login(officer)
    url = reverse("meetings:event-agenda", args=(event.pk,))
    page = client.get(url)
    assert page.status_code == 200
    answer = client.post(
        url,
        sent(
            {"item": "", "depth": "0", "title": "Regions", "ours": str(ours.pk), "theirs": str(theirs.pk)},
            {"item": "", "depth": "1", "title": "Fairs", "minutes": "15", "record": "Agreed.\n-> send the list"},
            {"item": str(old.pk), "depth": "0", "title": "Opening words"},
            {"item": "", "depth": "0", "title": ""},
            seen=page.context["seen"],
        ),
    )
    assert (answer.status_code, answer["Location"]) == (302, reverse("meetings:event-show", args=(event.pk,)))
    assert numbered(event, officer) == [("1", "Regions"), ("1.1", "Fairs"), ("2", "Opening words")]
    regions, fairs = AgendaItem.objects.get(title__en__text="Regions"), AgendaItem.objects.get(title__en__text="Fairs")
    assert (regions.ours, regions.theirs, fairs.parent, fairs.minutes) == (ours, theirs, regions, 15)
    assert texts_of(fairs.record) == {"en": "Agreed.\n-> send the list"}


def test_a_line_moves_without_being_saved_when_its_step_is_pressed(event: Event, client: Client, officer: User) -> None:
    first, second = an_item(event, "One", 1), an_item(event, "Two", 2)
    client.force_login(officer)
    url = reverse("meetings:event-agenda", args=(event.pk,))
    lines = [
        {"item": str(first.pk), "depth": "0", "title": "One"},
        {"item": str(second.pk), "depth": "0", "title": "Two, as typed"},
    ]
    page = client.post(url, sent(*lines, step="up-1"))
    shown = [(line.typed.title, line.number) for line in page.context["lines"] if line.number]
    assert shown == [("Two, as typed", "1"), ("One", "2")]
    page = client.post(url, sent(*lines, step="in-1"))
    assert [line.number for line in page.context["lines"] if line.number] == ["1", "1.1"]
    assert numbered(event, officer) == [("1", "One"), ("2", "Two")]


@pytest.mark.parametrize("step", ["up-99", "up-x", "sideways-0", "in-0", "up--1", "up"])
def test_nothing_moves_when_a_step_makes_no_sense(event: Event, client: Client, officer: User, step: str) -> None:
    item = an_item(event, "One", 1)
    client.force_login(officer)
    line = {"item": str(item.pk), "depth": "0", "title": "One"}
    page = client.post(reverse("meetings:event-agenda", args=(event.pk,)), sent(line, step=step))
    assert [line.typed.title for line in page.context["lines"] if line.number] == ["One"]


def test_nothing_is_written_and_each_line_is_named_when_lines_cannot_be_read(
    event: Event, client: Client, officer: User
) -> None:
    item = an_item(event, "One", 1)
    stranger = a_record(Participation)
    client.force_login(officer)
    page = client.post(
        reverse("meetings:event-agenda", args=(event.pk,)),
        sent(
            {"item": str(item.pk), "depth": "0", "title": "Changed", "minutes": "soon"},
            {"item": "", "depth": "0", "title": "New", "ours": str(stranger.pk)},
        ),
    )
    assert page.status_code == 422
    assert len(page.context["refusal"]) == 2
    assert [line.typed.title for line in page.context["lines"] if line.number] == ["Changed", "New"]
    item.refresh_from_db()
    assert texts_of(item.title) == {"en": "One"}


def test_an_item_keeps_its_title_when_the_line_is_emptied(event: Event, officer: User) -> None:
    item = an_item(event, "One", 1)
    with pytest.raises(Refused, match="Line 1"):
        keep_agenda(event, [Line(item.pk, title="")], seen=0, reading=a_reading(officer), by=officer)
    reading = a_reading(officer, language="ru")
    assert keep_agenda(event, [Line(item.pk, title="")], seen=0, reading=reading, by=officer) == 0
    assert keep_agenda(event, [Line(item.pk, title="Раз")], seen=last_seen(event), reading=reading, by=officer) == 1
    item.refresh_from_db()
    assert texts_of(item.title) == {"en": "One", "ru": "Раз"}


def test_what_may_not_be_known_keeps_its_place_when_others_change_theirs(event: Event, officer: User) -> None:
    first, hidden, third = (
        an_item(event, "One", 1),
        an_item(event, "Secret", 2, mark="official"),
        an_item(event, "Three", 3),
    )
    lines = [Line(third.pk, title="Three"), Line(first.pk, title="One")]
    keep_agenda(event, lines, seen=last_seen(event), reading=a_reading(officer), by=officer)
    head = a_user("head_of_department")
    assert [title for _number, title in numbered(event, head)] == ["Three", "Secret", "One"]
    assert not Entry.objects.filter(object_id=hidden.pk, kind="meetings.agendaitem").exclude(verb="added").exists()


def test_a_rapporteur_whom_the_writer_may_not_know_of_stays_when_the_page_is_saved(
    event: Event, client: Client, officer: User
) -> None:
    hidden = a_record(Participation, event=event, mark="official")
    item = an_item(event, "One", 1, ours=hidden)
    client.force_login(officer)
    url = reverse("meetings:event-agenda", args=(event.pk,))
    page = client.get(url)
    assert str(hidden.pk) not in dict(page.context["lines"][0].ours)
    client.post(url, sent({"item": str(item.pk), "depth": "0", "title": "Once"}, seen=page.context["seen"]))
    item.refresh_from_db()
    assert (item.ours, texts_of(item.title)) == (hidden, {"en": "Once"})


def test_both_changes_stand_when_two_write_different_lines(event: Event, officer: User) -> None:
    first, second, other = an_item(event, "One", 1), an_item(event, "Two", 2), a_user()
    seen = last_seen(event)
    with change(first, by=other) as held:
        held.title = written({"en": "One of his"})
    lines = [Line(first.pk, title="One"), Line(second.pk, title="Two of mine")]
    keep_agenda(event, lines, seen=seen, reading=a_reading(officer), by=officer)
    assert numbered(event, officer) == [("1", "One of his"), ("2", "Two of mine")]


def test_the_other_s_words_are_told_and_mine_stay_when_both_wrote_the_same_line(event: Event, officer: User) -> None:
    first, other = an_item(event, "One", 1), a_user()
    seen = last_seen(event)
    with change(first, by=other) as held:
        held.title = written({"en": "His"})
    with pytest.raises(Moved) as moved:
        keep_agenda(event, [Line(first.pk, title="Mine")], seen=seen, reading=a_reading(officer), by=officer)
    (told,) = moved.value.changes
    assert (told.words, told.entry.user, moved.value.lines[0].title) == ("His", other, "Mine")
    keep_agenda(event, moved.value.lines, seen=moved.value.seen, reading=a_reading(officer), by=officer)
    assert numbered(event, officer) == [("1", "Mine")]


def test_an_item_that_came_meanwhile_stays_where_it_is_when_an_older_page_is_saved(event: Event, officer: User) -> None:
    first, last = an_item(event, "One", 1), an_item(event, "Three", 3)
    seen = last_seen(event)
    an_item(event, "Two", 2)
    lines = [Line(first.pk, title="One"), Line(last.pk, title="Three of mine")]
    keep_agenda(event, lines, seen=seen, reading=a_reading(officer), by=officer)
    assert [title for _number, title in numbered(event, officer)] == ["One", "Two", "Three of mine"]


def test_both_orders_are_told_when_two_changed_the_order(event: Event, client: Client, officer: User) -> None:
    items = [an_item(event, name, order) for order, name in enumerate(("A", "B", "C"), 1)]
    lines = [Line(item.pk, title=str(item)) for item in items]
    seen = last_seen(event)
    keep_agenda(event, [lines[1], lines[0], lines[2]], seen=seen, reading=a_reading(officer), by=a_user())
    client.force_login(officer)
    mine = [{"item": str(one.item), "depth": "0", "title": one.title} for one in (lines[2], lines[0], lines[1])]
    page = client.post(reverse("meetings:event-agenda", args=(event.pk,)), sent(*mine, seen=seen))
    assert page.status_code == 422
    assert "1 B, 2 A, 3 C" in page.content.decode()
    assert [line.typed.title for line in page.context["lines"] if line.number] == ["C", "A", "B"]
    client.post(reverse("meetings:event-agenda", args=(event.pk,)), sent(*mine, seen=page.context["seen"]))
    assert [title for _number, title in numbered(event, officer)] == ["C", "A", "B"]


def test_the_page_is_refused_or_not_there_when_the_reader_may_not(event: Event, client: Client) -> None:
    secret = a_record(Event, mark="official")
    client.force_login(a_user("protocol_officer"))
    assert client.get(reverse("meetings:event-agenda", args=(event.pk,))).status_code == 403
    client.force_login(a_user())
    assert client.get(reverse("meetings:event-agenda", args=(secret.pk,))).status_code == 404
    assert client.get(reverse("meetings:event-agenda", args=(event.pk,)), {"on": "2014-01-01"}).status_code == 403
