"""Outcomes, statements, texts of talks and what is counted of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.blocks import Facts, Rows
from interparl.core.days import today
from interparl.core.hooks import measures_of
from interparl.core.translated import written
from interparl.core.workflow import Asked
from interparl.core.writing import Refused, change
from interparl.meetings.blocks.outcomes import next_outcome_number, outcomes_of
from interparl.meetings.blocks.statements import statements_of, themes_of
from interparl.meetings.blocks.texts import promises_of, texts_of_talks
from interparl.meetings.models import Event, Outcome, Statement, TalkText, Topic
from interparl.meetings.tests.ways import an_event
from interparl.meetings.workflow import statement_workflow, text_workflow
from tests.makers import a_body, a_reading, a_user, an_organisation, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)


def test_the_next_number_is_filled_in_when_an_outcome_is_added(officer: User) -> None:
    body = a_body()
    event = a_record(Event, kind="sitting", body=body, since="2015-05-07")
    a_record(Outcome, event=event, body=body, number=7)
    a_record(Outcome, event=a_record(Event), body=body, number=9)
    a_record(Outcome, event=event, body=body, number=12, mark="official")
    content = outcomes_of(event, a_reading(officer))
    assert isinstance(content, Rows)
    assert (content.table.total, next_outcome_number(body.pk, officer)) == (1, 10)
    assert "number=10" in content.add
    assert "adopted_on=2015-05-07" in content.add


def test_a_number_is_given_once_when_two_outcomes_take_it(client: Client, officer: User) -> None:
    body = a_body()
    event = a_record(Event, kind="sitting", body=body)
    a_record(Outcome, event=event, body=body, number=7)
    client.force_login(officer)
    sent = {"event": f"#{event.pk}", "kind": "decision", "body": f"#{body.pk}", "number": "7", "title_en": "On trade"}
    sent |= {"adopted_on": "2015-05-07", "mark": "internal", "grade": "stated"}
    page = client.post(reverse("meetings:outcome-new"), sent)
    assert page.status_code == 422
    assert "This body has an outcome of this number already." in page.content.decode()
    assert "On trade" in page.content.decode()
    assert client.post(reverse("meetings:outcome-new"), sent | {"number": "8"}).status_code == 302


def test_no_empty_block_is_shown_when_nothing_is_adopted_or_said_there_as_a_rule(officer: User) -> None:
    visit, reading = a_record(Event, kind="incoming-visit"), a_reading(officer)
    assert outcomes_of(visit, reading) is None
    assert statements_of(visit, reading) is None
    assert themes_of(visit, reading) is None
    session = a_record(Event, kind="session")
    assert isinstance(outcomes_of(session, reading), Rows)
    assert outcomes_of(session, a_reading(a_user("protocol_officer"))) is None


def test_statements_and_talks_are_counted_when_a_session_is_read(officer: User) -> None:
    session = a_record(Event, kind="session", since="2015-05-07")
    topic = a_record(Topic, event=session)
    a_record(Statement, event=session, topic=topic, state="delivered")
    a_record(Statement, event=session, topic=topic)
    a_record(Statement, event=session, state="delivered", mark="official")
    a_record(Event, kind="talks", within=session, since="2015-05-08")
    a_record(Event, kind="talks", within=session, since="2015-05-08", stage="cancelled")
    a_record(Event, kind="talks", within=session, since="2015-07-08")
    content, themes = statements_of(session, a_reading(officer)), themes_of(session, a_reading(officer))
    assert isinstance(content, Rows)
    assert isinstance(themes, Rows)
    assert str(content.said) == "1 of 2 statements delivered. 1 talk in the margins."
    assert [getattr(row, "said", None) for row in themes.table.rows] == [2]


@pytest.mark.parametrize(
    ("state", "offered"),
    [("planned", ["deliver", "miss"]), ("delivered", ["plan"]), ("not-delivered", ["plan"])],
)
def test_moves_of_a_statement_are_offered_when_state_and_role_fit(state: str, offered: list[str]) -> None:
    statement = a_record(Statement, state=state)
    assert [move.name for move in statement_workflow.offered(statement, a_user())] == offered
    assert statement_workflow.offered(statement, a_user("protocol_officer")) == []


def test_a_statement_is_not_delivered_only_with_a_reason_when_it_was_planned(officer: User) -> None:
    statement = a_record(Statement)
    with pytest.raises(Refused, match="Write the reason"):
        statement_workflow.make("miss", statement, Asked(officer, DAY))
    with pytest.raises(PermissionDenied):
        statement_workflow.make("deliver", statement, Asked(a_user("protocol_officer"), DAY))
    statement_workflow.make("deliver", statement, Asked(officer, DAY))
    statement.refresh_from_db()
    assert statement.state == "delivered"


def test_a_text_is_agreed_on_a_day_and_a_draft_again_with_a_reason_when_it_is_moved(officer: User) -> None:
    text = a_record(TalkText, kind="minutes")
    text_workflow.make("agree", text, Asked(officer, DAY))
    text.refresh_from_db()
    assert (text.state, text.agreed_on) == ("agreed", "2015-06-01")
    with pytest.raises(Refused, match="Write the reason"):
        text_workflow.make("redraft", text, Asked(officer, DAY))
    text_workflow.make("redraft", text, Asked(officer, DAY, "A page is missing"))
    text.refresh_from_db()
    assert (text.state, text.agreed_on) == ("draft", "")


def test_a_hidden_text_looks_like_a_missing_one_when_the_three_are_shown(officer: User, head: User) -> None:
    event, bare = a_record(Event, kind="talks"), a_record(Event, kind="talks")
    a_record(TalkText, event=event, kind="record", mark="official", text="Secret words")
    shown, same = texts_of_talks(event, a_reading(officer)), texts_of_talks(bare, a_reading(officer))
    assert isinstance(shown, Rows)
    assert isinstance(same, Rows)
    assert str(shown.table.body()).replace(f"event={event.pk}&", "") == str(same.table.body()).replace(
        f"event={bare.pk}&", ""
    )
    assert "Secret words" not in str(shown.table.body())
    seen = texts_of_talks(event, a_reading(head))
    assert isinstance(seen, Rows)
    assert "Secret words" in str(seen.table.body())
    assert [row.kind for row in seen.table.rows] == ["record", "minutes", "summary"]


@pytest.mark.parametrize("kind", ["sitting", "talks"])
def test_minutes_are_not_written_before_the_event(kind: str, client: Client, officer: User) -> None:
    event = an_event(kind, days=-1)
    client.force_login(officer)
    sent = {"event": f"#{event.pk}", "kind": "minutes", "text_en": "Both sides agreed", "mark": "internal"}
    page = client.post(reverse("meetings:talktext-new"), sent | {"grade": "stated"})
    assert page.status_code == 422
    [message] = page.context["form"].errors["kind"]
    assert message.startswith("Minutes are written once the event has begun. Its first day, ")
    assert "Both sides agreed" in page.content.decode()
    assert not TalkText.objects.filter(event=event).exists()
    assert (
        client.post(reverse("meetings:talktext-new"), sent | {"kind": "summary", "grade": "stated"}).status_code == 302
    )
    begun = an_event(kind)
    sent |= {"event": f"#{begun.pk}", "grade": "stated"}
    assert client.post(reverse("meetings:talktext-new"), sent).status_code == 302
    assert begun.texts.get().kind == "minutes"


def test_a_text_does_not_become_minutes_before_the_event(officer: User) -> None:
    text = a_record(TalkText, event=an_event("talks", days=-1), kind="summary")
    with pytest.raises(Refused, match="Minutes are written once"), change(text, by=officer) as held:
        held.kind = "minutes"


def test_minutes_stay_and_are_changed_when_the_event_was_put_off(officer: User) -> None:
    event = an_event("sitting")
    text = a_record(TalkText, event=event, kind="minutes")
    with change(event, by=officer) as held:
        held.since = held.until = (today() + timedelta(days=7)).isoformat()
    text.refresh_from_db()
    with change(text, by=officer) as written_before:
        written_before.text = written({"en": "Both sides agreed"})
    text.refresh_from_db()
    assert (text.too_early() != "", text.text["en"]["text"]) == (True, "Both sides agreed")


def test_minutes_are_offered_from_the_first_day_on_and_a_summary_before(head: User) -> None:
    offered = {}
    for days in (-1, 0):
        event = an_event("conference", days=days)
        content = texts_of_talks(event, a_reading(head, today()))
        assert isinstance(content, Rows)
        moves = content.table.columns.moves
        assert moves is not None
        offered[days] = [row.kind for row in content.table.rows if moves(row, content.table.reading)]
    assert offered == {-1: ["record", "summary"], 0: ["record", "minutes", "summary"]}


def test_each_new_text_begins_with_its_mark_when_it_is_written(head: User) -> None:
    content = texts_of_talks(a_record(Event, kind="talks"), a_reading(head))
    assert isinstance(content, Rows)
    body = str(content.table.body())
    for kind, mark in (("record", "official"), ("minutes", "internal"), ("summary", "public")):
        assert f"kind={kind}&amp;mark={mark}" in body


def test_promises_are_shown_to_those_who_may_read_the_record_when_it_notes_some(officer: User, head: User) -> None:
    event = a_record(Event, kind="talks")
    text = written({"ru": "Говорили о торговле.\n-> прислать список\n→ ответить до июня"})
    kept(TalkText(event=event, kind="record", mark="official", text=text))
    content = promises_of(event, a_reading(head))
    assert isinstance(content, Facts)
    assert [(fact.value, fact.spoken) for fact in content.facts] == [
        ("прислать список", "ru"),
        ("ответить до июня", "ru"),
    ]
    assert promises_of(event, a_reading(officer)) is None


def test_a_year_of_a_delegation_is_counted_when_its_measures_are_asked(officer: User, head: User) -> None:
    body, organisation = a_body(kind="delegation"), an_organisation()
    session = a_record(Event, kind="session", body=body, organisation=organisation, since="2015-05-07")
    a_record(Event, kind="session", body=body, organisation=organisation, since="2014-05-07")
    a_record(Event, kind="session", body=body, organisation=organisation, since="2015-05-07", stage="cancelled")
    a_record(Event, kind="session", body=body, since="2015-06-07", mark="official")
    a_record(Statement, event=session, state="delivered")
    a_record(Statement, event=session)
    a_record(Event, kind="talks", within=session, since="2015-05-08")
    a_record(Outcome, event=session, body=body, adopted_on="2015-05-08")
    first, last = date(2015, 1, 1), date(2015, 12, 31)

    def counted(kind: str, key: int, reader: User) -> dict[str, int]:
        wanted = ("events", "speeches", "talks", "outcomes")
        measures = [one for one in measures_of(kind) if one.key in wanted]
        return {one.key: one.count([key], first, last, reader).get(key, 0) for one in measures}

    assert counted("bodies.body", body.pk, officer) == {"events": 1, "speeches": 1, "talks": 1, "outcomes": 1}
    assert counted("bodies.body", body.pk, head)["events"] == 2
    organisations = counted("directory.organisation", organisation.pk, officer)
    assert organisations == {"events": 1, "speeches": 1, "talks": 1}
