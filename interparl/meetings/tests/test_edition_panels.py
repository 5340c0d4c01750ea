"""The panels of an event's lists name the editions that went out, and lead to each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.blocks import Schedule
from interparl.core.days import today
from interparl.core.formats import write_day
from interparl.core.translated import written
from interparl.documents.models import Edition
from interparl.meetings.blocks.agenda import agenda_of
from interparl.meetings.blocks.programme import programme_of
from interparl.meetings.models import AgendaItem
from interparl.meetings.tests.test_releasing import AGENDA, PARTICIPANTS, PROGRAMME, page_of, released, text_of
from tests import makers
from tests.makers import kept
from tests.visits import Visit, a_visit

pytestmark = pytest.mark.django_db
EDITION = Edition.record_kind()


@pytest.fixture
def visit(db: None) -> Visit:
    """A visit with a programme."""
    return a_visit()


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    """A browser in which the officer has signed in."""
    client.force_login(officer)
    return client


@pytest.mark.parametrize(("what", "block"), [(PROGRAMME, programme_of), (AGENDA, agenda_of)])
def test_the_panel_of_a_list_names_its_editions_with_day_and_by_whom_and_leads_to_each(
    what: str, block: Any, visit: Visit, officer: User, head: User, member: User
) -> None:
    kept(AgendaItem(event=visit.event, title=written({"en": "Trade"})))
    first = released(visit.event, officer, what)
    second = released(visit.event, head, what, again=True, sent_to="Embassy")
    secret = released(visit.event, head, what, mark="official", again=True)
    for reader, editions in ((officer, [second, first]), (head, [secret, second, first]), (member, [second, first])):
        content = block(visit.event, makers.a_reading(reader, today()))
        assert [fact.address for fact in content.editions] == [address((EDITION, one.pk)) for one in editions]
        assert [str(fact.label) for fact in content.editions] == [f"Edition {one.number}" for one in editions]
        assert [fact.second for fact in content.editions][-2:] == [f"{head}, sent to: Embassy", str(officer)]
        assert {fact.value for fact in content.editions} == {write_day(today(), "en")}
        links = content.links if what == PROGRAMME else content.ways
        assert [str(link.label) for link in links if str(link.label).startswith("Edition")] == [
            f"Edition {editions[0].number}"
        ]
        assert (page_of(visit.event, what) in [link.url for link in links]) is (reader != member)
        assert f"No change since edition {editions[0].number}" in str(content.said)
    past = makers.a_reading(officer, date(2014, 1, 1))
    assert list(block(visit.event, past).editions) == []


def test_of_many_editions_the_panel_names_the_last_and_leads_to_all(visit: Visit, officer: User, desk: Client) -> None:
    for _time in range(5):
        released(visit.event, officer, again=True)
    released(visit.event, officer, PARTICIPANTS)
    content = programme_of(visit.event, makers.a_reading(officer, today()))
    assert isinstance(content, Schedule)
    *named, every = content.editions
    assert [str(one.label) for one in named] == ["Edition 5", "Edition 4", "Edition 3"]
    assert str(every.value) == "all 5"
    assert len(desk.get(f"{every.address}&format=json").json()["rows"]) == 5
    page = text_of(desk.get(address(("meetings.event", visit.event.pk))))
    assert named[2].address in page


def test_a_reader_without_the_right_to_editions_is_told_of_none(visit: Visit, officer: User) -> None:
    released(visit.event, officer)
    content = programme_of(visit.event, makers.a_reading(AnonymousUser(), today()))
    assert content is None or list(getattr(content, "editions", ())) == []
