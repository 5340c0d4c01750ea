"""Statements and the steps by which they are cleared: on the event's page, on their own, in the worklist."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address, new_address
from interparl.core.blocks import Rows
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.translated import written
from interparl.core.workflow import Asked
from interparl.core.writing import Refused
from interparl.meetings.blocks.statements import statements_of, themes_of
from interparl.meetings.models import Event, Participation, Stage, Statement, Topic
from interparl.meetings.workflow import event_workflow, statement_workflow
from interparl.tasks.blocks import clearances_of
from interparl.tasks.models import Clearance, Task
from tests.makers import a_person, a_reading, a_user, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)
STATEMENT, CLEARANCE = "meetings.statement", "tasks.clearance"


def a_speech(event: Event | None = None, name: str = "Bely", **values: Any) -> Statement:
    """A planned statement with its speaker."""
    event = event or a_record(Event, kind="session", title=written({"en": "Spring session"}))
    speaker = a_record(Participation, event=event, person=a_person(name))
    found: Statement = a_record(Statement, event=event, topic=None, speaker=speaker, **values)
    return found


def a_step(statement: Statement, **values: Any) -> Clearance:
    """A step that is asked for a statement."""
    found: Clearance = a_record(Clearance, kind=STATEMENT, object_id=statement.pk, **values)
    return found


def cells(event: Event, reading: Reading) -> list[list[Any]]:
    """What the panel on the event's page says of each statement."""
    content = statements_of(event, reading)
    assert isinstance(content, Rows)
    return [[*row] for row in content.table.values()]


def test_the_row_of_a_statement_says_which_steps_it_waits_for_and_which_came(officer: User, head: User) -> None:
    speech = a_speech()
    a_step(speech, step="reviewed", asked_of=head, order=1, state="given", settled_on=date(2015, 5, 12))
    a_step(speech, step="agreed", asked_office="Ministry", asked_of=None, order=2, due_on=date(2015, 5, 20))
    a_step(speech, step="signed", asked_office="Speaker", asked_of=None, order=3)
    [row] = cells(speech.event, a_reading(officer))
    assert row[4] == (
        f"reviewed – {head}: given, 12 May 2015; agreed – waits for: Ministry, by 20 May 2015; "
        "signed – waits for: Speaker"
    )


def test_the_seven_words_of_a_step_are_kept_apart_beside_a_statement(officer: User) -> None:
    speech = a_speech()
    for order, step in enumerate(Clearance.Step.values):
        a_step(speech, step=step, order=order, asked_office="Office", asked_of=None)
    [row] = cells(speech.event, a_reading(officer))
    assert [one.partition(" ")[0] for one in row[4].split("; ")] == Clearance.Step.values


def test_a_step_is_asked_from_the_row_with_the_statement_preset(client: Client, officer: User) -> None:
    speech = a_speech(mark="official")
    content = statements_of(speech.event, a_reading(a_user("head_of_department")))
    assert isinstance(content, Rows)
    url = new_address(CLEARANCE, kind=STATEMENT, object_id=str(speech.pk), mark="official")
    assert url.replace("&", "&amp;") in str(content.table.body())
    open_one = a_speech()
    client.force_login(officer)
    form = client.get(new_address(CLEARANCE, kind=STATEMENT, object_id=str(open_one.pk))).context["form"]
    assert (form["kind"].value(), form["object_id"].value()) == (STATEMENT, open_one.pk)
    assert form.about == Link("Statement: Anna Bely, Spring session", address((STATEMENT, open_one.pk)))
    for key in (str(speech.pk), "987654", "x", "9" * 30):
        assert client.get(new_address(CLEARANCE, kind=STATEMENT, object_id=key)).context["form"].about is None


def test_nothing_is_asked_from_the_row_on_a_past_day_or_once_it_was_said(officer: User) -> None:
    speech = a_speech()
    past = Reading(officer, "en", date(2014, 1, 1), is_past=True)
    said = a_speech(state="delivered")
    for event, reading in ((speech.event, past), (said.event, a_reading(officer))):
        content = statements_of(event, reading)
        assert isinstance(content, Rows)
        assert "Ask for a clearance" not in str(content.table.body())


def test_a_statement_has_a_page_of_its_own_with_its_text_and_its_chain(client: Client, officer: User) -> None:
    event = a_record(Event, kind="session", title=written({"en": "Spring session"}))
    speaker = a_record(Participation, event=event, person=a_person("Bely"))
    speech = kept(Statement(event=event, speaker=speaker, text=written({"en": "Dear colleagues"})))
    a_step(speech, step="agreed", asked_office="Ministry", asked_of=None)
    client.force_login(officer)
    answer = client.get(address((STATEMENT, speech.pk)))
    assert answer.status_code == 200
    assert answer.context["name"] == "Statement: Anna Bely, Spring session"
    page = answer.content.decode()
    for words in ("Dear colleagues", "Ministry", "Agreed", "Ask for a clearance", "Spring session"):
        assert words in page


def test_a_step_that_the_reader_may_not_know_of_leaves_no_trace(officer: User, head: User) -> None:
    speech = a_speech()
    bare = cells(speech.event, a_reading(officer))
    a_step(speech, step="signed", asked_office="Secret office", asked_of=None, mark="official")
    assert cells(speech.event, a_reading(officer)) == bare
    assert "Secret office" in cells(speech.event, a_reading(head))[0][4]
    # Whoever may move it is not told by a refusal either.
    [deliver] = [one for one in statement_workflow.offered(speech, officer) if one.name == "deliver"]
    assert deliver.open_condition == ""


def test_who_may_not_know_of_a_statement_is_told_nothing_of_its_steps(client: Client, officer: User) -> None:
    secret = a_speech(mark="official", position=written({"en": "Hidden line"}))
    step = a_step(secret, asked_of=officer)
    event = secret.event
    client.force_login(officer)
    assert statements_of(event, a_reading(officer)) is None or cells(event, a_reading(officer)) == []
    for ref in ((STATEMENT, secret.pk), (CLEARANCE, step.pk)):
        assert client.get(address(ref)).status_code == 404
    listed = client.get(list_address(CLEARANCE, of=f"{STATEMENT}-{secret.pk}", format="json")).json()
    assert listed["rows"] == []
    assert b"Spring session" not in client.get("/desk/tasks/worklist/").content


def test_a_member_sees_beside_a_statement_the_steps_that_are_asked_of_him(member: User) -> None:
    speech = a_speech()
    a_step(speech, step="reviewed", asked_office="Ministry", asked_of=None)
    a_step(speech, step="agreed", asked_of=member)
    [row] = cells(speech.event, a_reading(member))
    assert row[4] == f"agreed – waits for: {member}"
    chain = clearances_of(speech, a_reading(member))
    assert isinstance(chain, Rows)
    assert (chain.table.total, chain.add) == (1, "")


def test_who_may_not_open_statements_is_told_neither_of_them_nor_of_their_steps(client: Client) -> None:
    protocol = a_user("protocol_officer")
    speech = a_speech()
    step = a_step(speech, asked_of=protocol)
    task = a_record(Task, kind=STATEMENT, object_id=speech.pk, owner=protocol)
    assert statements_of(speech.event, a_reading(protocol)) is None
    a_record(Statement, event=speech.event, topic=a_record(Topic, event=speech.event), speaker=None)
    themes = themes_of(speech.event, a_reading(protocol))
    assert isinstance(themes, Rows)
    assert [[*row] for row in themes.table.values()] == [[str(Topic.objects.get()), 0]]
    assert not step.is_open_to(protocol)
    assert not task.is_open_to(protocol)
    assert not Clearance.objects.visible_to(protocol).exists()
    assert not Task.objects.visible_to(protocol).exists()
    client.force_login(protocol)
    assert client.get(address((CLEARANCE, step.pk))).status_code == 404
    assert client.get("/desk/tasks/worklist/").context["lines"] == []
    about_event = a_record(Clearance, kind="meetings.event", object_id=speech.event_id, asked_of=protocol)
    assert about_event.is_open_to(protocol)
    assert Clearance.objects.visible_to(protocol).get() == about_event


@pytest.mark.parametrize("state", ["waiting", "returned", "refused"])
def test_a_statement_is_not_delivered_while_a_step_is_open(state: str, officer: User) -> None:
    speech = a_speech()
    a_step(speech, asked_office="Ministry", asked_of=None, state=state)
    a_step(speech, asked_office="Speaker", asked_of=None, state="given")
    with pytest.raises(Refused, match="1 clearance of it is not given yet"):
        statement_workflow.make("deliver", speech, Asked(officer, DAY))
    assert speech.state == "planned"


@pytest.mark.parametrize("state", ["given", "dropped"])
def test_a_statement_is_delivered_once_each_step_was_given_or_dropped(state: str, officer: User) -> None:
    speech = a_speech()
    a_step(speech, asked_office="Ministry", asked_of=None, state=state)
    a_step(a_speech(), asked_office="Ministry", asked_of=None)
    statement_workflow.make("deliver", speech, Asked(officer, DAY))
    assert speech.state == "delivered"


def test_positions_are_not_cleared_while_a_statement_is_not(officer: User) -> None:
    session = a_record(Event, kind="session", stage=Stage.RECEIVED)
    speech, other = a_speech(session), a_speech(session, "Vol")
    for one in (speech, speech, other):
        a_step(one, asked_office="Ministry", asked_of=None)
    [move] = [one for one in event_workflow.offered(session, officer) if one.name == "clear-positions"]
    assert [one.words for one in move.awaited] == ["2 statements are not cleared yet."]


def test_the_panel_asks_as_many_queries_for_many_statements_as_for_few(
    officer: User, django_assert_max_num_queries: Any
) -> None:
    session = a_record(Event, kind="session")
    counts = []
    for number in (2, 8):
        for at in range(number):
            a_step(a_speech(session, f"Speaker {number} {at}"), asked_of=officer)
        with django_assert_max_num_queries(30) as asked:
            content = statements_of(session, a_reading(officer))
            assert isinstance(content, Rows)
            content.table.body()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_worklist_and_the_register_say_which_statement_it_is_about(client: Client, head: User) -> None:
    speech = a_speech()
    a_step(speech, asked_of=head)
    client.force_login(head)
    [line] = client.get("/desk/tasks/worklist/").context["lines"]
    assert (line.about, line.about_url) == (
        "Statement: Anna Bely, Spring session",
        address((STATEMENT, speech.pk)),
    )
    rows = client.get(list_address(CLEARANCE, format="json")).json()["rows"]
    assert "Statement: Anna Bely, Spring session" in [row["about"] for row in rows]
