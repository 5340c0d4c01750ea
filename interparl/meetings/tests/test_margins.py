"""Talks in the margins: each with its answer and the next steps, the way to ask for others, nothing that is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.blocks import Rows
from interparl.core.days import today
from interparl.core.workflow import Asked
from interparl.meetings.blocks.margins import margins_of_event
from interparl.meetings.models import Event, Form, Kind
from interparl.meetings.tests.ways import an_event
from interparl.meetings.workflow import event_workflow
from tests.makers import a_country, a_reading, a_user

pytestmark = pytest.mark.django_db


def a_conference(**values: Any) -> Event:
    """A conference of today, abroad."""
    return an_event("conference", "themes", where=a_country(), zone="Europe/Zurich", **values)


def asked_at(conference: Event, stage: str = "idea", **values: Any) -> Event:
    """Talks in its margins."""
    return an_event("talks", stage, within=conference, form=Form.MARGINS, **values)


def rows_of(event: Event, user: User) -> Rows:
    """The block as the user sees it."""
    content = margins_of_event(event, a_reading(user, today()))
    assert isinstance(content, Rows)
    return content


def steps(event: Event, user: User) -> list[list[str]]:
    """The steps that each row offers, by their names."""
    table = rows_of(event, user).table
    assert table.columns.moves is not None
    return [
        [link.url.rstrip("/").rpartition("/")[2] for link in table.columns.moves(row, table.reading)]
        for row in table.rows
    ]


@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        ("idea", ["request"]),
        ("requested", ["confirm", "decline"]),
        ("confirmed", ["hold"]),
        ("briefed", ["hold"]),
        ("held", []),
        ("declined", []),
        ("cancelled", []),
    ],
)
def test_a_row_offers_the_answers_that_its_stage_has(stage: str, offered: list[str], officer: User) -> None:
    conference = a_conference()
    talks = asked_at(conference, stage)
    assert rows_of(conference, officer).table.rows == [talks]
    assert steps(conference, officer) == [offered]


def test_talks_to_come_are_not_offered_as_held(officer: User) -> None:
    conference = a_conference()
    asked_at(conference, "confirmed", days=-1)
    assert steps(conference, officer) == [[]]


def test_others_are_asked_for_at_its_place_on_its_first_day(officer: User) -> None:
    conference = a_conference()
    parts = urlsplit(rows_of(conference, officer).add)
    assert {name: one for name, [one] in parse_qs(parts.query).items()} == {
        "kind": Kind.TALKS,
        "form": Form.MARGINS,
        "within": str(conference.pk),
        "since": conference.since,
        "zone": "Europe/Zurich",
        "where": str(conference.where_id),
        "mark": conference.mark,
    }


def test_the_form_that_it_leads_to_has_it_filled_in_and_saves(client: Client, officer: User) -> None:
    conference = a_conference()
    client.force_login(officer)
    add = rows_of(conference, officer).add
    form = client.get(add).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    partner = a_country()
    sent |= {"title_en": "Talks with a neighbour", "country": f"#{partner.pk}", "grade": "stated"}
    sent |= {name: f"#{getattr(conference, key)}" for name, key in (("within", "pk"), ("where", "where_id"))}
    assert client.post(add, sent).status_code == 302
    talks = Event.objects.get(within=conference)
    assert (talks.kind, talks.form, talks.stage, talks.country) == ("talks", "margins", "idea", partner)


def test_who_may_not_write_reads_the_answers_alone(member: User) -> None:
    conference = a_conference()
    asked_at(conference, "requested")
    assert steps(conference, member) == [[]]
    assert rows_of(conference, member).add == ""


def test_what_is_hidden_leaves_no_row_and_no_number(officer: User, head: User) -> None:
    conference = a_conference()
    asked_at(conference, mark="official")
    shown = rows_of(conference, officer)
    assert (len(shown.table.rows), shown.table.total) == (0, 0)
    assert rows_of(conference, head).table.total == 1


def test_a_visit_has_no_such_block_until_there_are_talks_in_its_margins(officer: User) -> None:
    visit = an_event("incoming-visit", "accepted")
    assert margins_of_event(visit, a_reading(officer, today())) is None
    asked_at(visit)
    assert rows_of(visit, officer).table.total == 1


def test_nothing_is_offered_on_another_day(officer: User) -> None:
    conference = a_conference(days=9)
    asked_at(conference, "requested", days=9)
    content = margins_of_event(conference, replace(a_reading(officer, today()), is_past=True))
    assert isinstance(content, Rows)
    assert content.add == ""
    assert content.table.columns.moves is not None
    assert content.table.columns.moves(content.table.rows[0], content.table.reading) == []


def test_a_declined_request_is_shown_with_its_answer_on_the_page(client: Client) -> None:
    head = a_user("head_of_department")
    conference = a_conference()
    talks = asked_at(conference, "requested")
    event_workflow.make("decline", talks, Asked(head, today(), "They leave before"))
    client.force_login(head)
    page = client.get(address(("meetings.event", conference.pk))).content.decode()
    _before, _sign, block = page.partition('id="margins"')
    assert address(("meetings.event", talks.pk)) in block
    assert "Declined" in block.partition("</section>")[0]
