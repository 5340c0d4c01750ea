"""The page on which an officer ticks what the public reads of the rows under a record, of every kind that has any."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.kinds import every_record
from interparl.core.models import Entry
from interparl.core.public_rows import kinds_told_with
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.meetings.models import Event, Participation, ProgrammeItem, TalkText
from tests.makers import a_user, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
PUBLISHED: dict[str, Any] = {"mark": "public", "published_on": date(2014, 5, 1)}
DAY = date(2014, 6, 2)
with_rows = [model for model in every_record() if kinds_told_with(model)]


@pytest.fixture
def head(db: None) -> User:
    """Somebody who lowers marks."""
    return a_user("head_of_department")


@pytest.fixture
def event(db: None) -> Event:
    """A session that everybody may know of."""
    found: Event = kept(
        Event(
            kind="session", title=written({"en": "Session"}), since=DAY.isoformat(), until=DAY.isoformat(), **PUBLISHED
        )
    )
    return found


def an_item(event: Event, public: str = "Opening", **values: Any) -> ProgrammeItem:
    """An item of its programme, for internal use unless told."""
    given = {
        "public_text": written({"en": public}) if public else {},
        "day": DAY,
        "text": written({"en": "Cars at 8"}),
        **values,
    }
    item: ProgrammeItem = kept(ProgrammeItem(event=event, **given))
    return item


def box(row: Record) -> str:
    """The value of the box of a row."""
    return f"{row.record_kind()}-{row.pk}"


def page(record: Record) -> str:
    """The address of the page."""
    return address((record.record_kind(), record.pk), "public")


def sent(client: Client, record: Record, *ticked: Record, **more: Any) -> Any:
    """What comes back when these are ticked, and what the page showed as ticked is not unless it is among them."""
    shown = client.get(page(record)).context["shown"]
    return client.post(page(record), {"row": [box(row) for row in ticked], "shown": shown, **more})


def stands(row: Record) -> tuple[str, date | None]:
    """Mark and day of publication of a row."""
    row.refresh_from_db()
    return row.mark, row.published_on


def test_events_bodies_and_organisations_have_such_a_page() -> None:
    assert {model.record_kind() for model in with_rows} == {
        "meetings.event", "bodies.body", "directory.organisation",
    }  # fmt: skip


@pytest.mark.parametrize("model", with_rows, ids=lambda model: model.record_kind())
def test_the_rows_of_every_kind_go_to_the_public_and_back_when_they_are_ticked_and_unticked(
    model: type[Record], client: Client, head: User
) -> None:
    client.force_login(head)
    whole = a_record(model, common=PUBLISHED)
    rows = [a_record(kind, **{kind.whole_field: whole}) for kind in kinds_told_with(model)]
    tickable = [row for row in rows if not row.against_telling()]
    listed = {line.value for group in client.get(page(whole)).context["groups"] for line in group.lines}
    assert {box(row) for row in rows} <= listed
    assert len(tickable) >= 2
    assert sent(client, whole, *rows, on="2014-05-03", reason="The visit is announced").status_code == 302
    assert {stands(row) for row in tickable} == {("public", date(2014, 5, 3))}
    assert {stands(row) for row in rows if row not in tickable} <= {("internal", None)}
    for row in tickable:
        last = Entry.objects.filter(kind=row.record_kind(), object_id=row.pk).order_by("pk")
        assert [(one.verb, one.note) for one in last][-2:] == [
            ("lowered", "The visit is announced"), ("published", "The visit is announced"),
        ]  # fmt: skip
    assert sent(client, whole, reason="Too early").status_code == 302
    assert {stands(row) for row in tickable} == {("public", None)}


def test_all_of_a_kind_are_ticked_by_one_box_but_what_has_nothing_to_tell(
    client: Client, head: User, event: Event
) -> None:
    items = [an_item(event, f"Point {number}") for number in range(3)]
    silent = an_item(event, "")
    client.force_login(head)
    assert sent(client, event, all="meetings.programmeitem", reason="So").status_code == 302
    assert {stands(item)[0] for item in items} == {"public"}
    assert stands(silent) == ("internal", None)
    assert "Point 1" in client.get(f"/en/events/{event.pk}/").content.decode()


def test_nothing_is_done_without_a_reason_when_a_mark_falls_or_a_row_is_withdrawn(
    client: Client, head: User, event: Event
) -> None:
    internal, public = an_item(event), an_item(event, **PUBLISHED)
    client.force_login(head)
    for ticked in ((internal, public), ()):
        before = Entry.objects.count()
        answer = sent(client, event, *ticked, reason="  ")
        assert (answer.status_code, Entry.objects.count()) == (422, before)
        # What was ticked stays ticked.
        lines = [line for group in answer.context["groups"] for line in group.lines]
        assert {line.value for line in lines if line.is_ticked} == {box(row) for row in ticked}
    assert sent(client, event, public).status_code == 302
    assert (stands(internal)[0], stands(public)[1]) == ("internal", date(2014, 5, 1))


def test_a_mark_stays_when_the_role_lowers_none(client: Client, event: Event) -> None:
    internal, public = an_item(event), an_item(event, mark="public")
    client.force_login(a_user("desk_officer"))
    lines = {line.value: line for group in client.get(page(event)).context["groups"] for line in group.lines}
    assert (lines[box(internal)].can_be_switched, lines[box(public)].can_be_switched) == (False, True)
    assert sent(client, event, internal, public, reason="So").status_code == 302
    assert (stands(internal), stands(public)[1] is not None) == (("internal", None), True)


def test_what_another_published_meanwhile_stays_when_the_older_page_is_sent(
    client: Client, head: User, event: Event
) -> None:
    first, second = an_item(event), an_item(event, mark="public")
    client.force_login(head)
    shown = client.get(page(event)).context["shown"]
    change_many([Planned(second, {"published_on": date(2014, 5, 2)})], by=a_user("administrator"), verb="published")
    answer = client.post(page(event), {"row": [box(first)], "shown": shown, "reason": "So"}, follow=True)
    assert (stands(first)[0], stands(second)) == ("public", ("public", date(2014, 5, 2)))
    assert "1 row was changed by others meanwhile and stayed as it is." in answer.content.decode()


def test_what_became_more_confidential_meanwhile_is_not_lowered_when_the_older_page_is_sent(
    client: Client, head: User, event: Event
) -> None:
    one, other = an_item(event), an_item(event)
    client.force_login(head)
    shown = client.get(page(event)).context["shown"]
    change_many([Planned(one, {"mark": "official"})], by=a_user("administrator"))
    client.post(page(event), {"all": "meetings.programmeitem", "shown": shown, "reason": "So"})
    assert (stands(one), stands(other)[0]) == (("official", None), "public")


def test_rows_that_may_not_be_known_of_are_neither_shown_nor_touched(client: Client, event: Event) -> None:
    hidden = an_item(event, "Talks of which few know", mark="official")
    other = an_item(
        kept(Event(kind="session", title=written({"en": "Other"}), since="2014-06-02", **PUBLISHED)), mark="public"
    )
    client.force_login(a_user("desk_officer"))
    answer = client.get(page(event))
    assert "Talks of which few know" not in answer.content.decode()
    assert sent(client, event, hidden, other, all="meetings.programmeitem", reason="So").status_code == 302
    hidden.refresh_from_db()
    assert (hidden.mark, stands(other)[1]) == ("official", None)


def test_the_page_says_what_keeps_a_row_from_the_public(client: Client, head: User, event: Event) -> None:
    guest = kept(Participation(event=event, printed_name="A. Guest", **PUBLISHED))
    record = kept(TalkText(event=event, kind="record", text=written({"en": "Said in confidence"})))
    somebody = a_record(Participation, event=event, common=PUBLISHED)
    with_a_person = a_record(Participation, event=event, common=PUBLISHED, person=a_record(type(somebody.person)))
    client.force_login(head)
    lines = {line.value: line for group in client.get(page(event)).context["groups"] for line in group.lines}
    assert lines[box(guest)].second == "The public reads it."
    assert lines[box(record)].second == "Of the texts of talks the public reads the summary alone."
    name = with_a_person.person.label_in("en")
    assert lines[box(with_a_person)].second == f"Published, but the public does not read yet: {name}."
    change_many([Planned(event, {"published_on": None})], by=head, verb="withdrawn", note="So")
    assert client.get(page(event)).context["own"] == (
        "The public reads none of this before it reads the record itself."
    )


def test_the_page_asks_as_many_queries_when_more_hangs_on_the_record(client: Client, head: User, event: Event) -> None:
    client.force_login(head)
    counts = []
    for _time in range(2):
        for _number in range(4):
            an_item(event)
            a_record(Participation, event=event)
        client.get(page(event))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page(event)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 18


def test_who_only_reads_has_no_such_page(client: Client, member: User, event: Event) -> None:
    client.force_login(member)
    assert (client.get(page(event)).status_code, client.post(page(event)).status_code) == (403, 403)
