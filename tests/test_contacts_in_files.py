"""Handover files tell of contacts: whose turn it is, the last ones, the next ones, and that there are none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from interparl.accounts.models import User
from interparl.briefs.exports.chapters import chapter_of
from interparl.core.blocks import People, Rows
from interparl.core.translated import written
from interparl.meetings.models import Event, Participation
from tests import makers

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)


def a_visit(title: str, **values: Any) -> Event:
    """An incoming visit that was, unless told."""
    values = {"kind": "incoming-visit", "since": "2014-05-27", "stage": "held"} | values
    return makers.kept(Event(title=written({"en": title}), **values))


def test_the_file_of_a_country_has_its_turn_its_contacts_and_what_comes(officer: User) -> None:
    country = makers.a_country()
    a_visit("Came", country=country)
    a_visit("Hidden", country=country, since="2014-06-01", mark="official")
    reading = makers.a_reading(officer, DAY)
    chapter = chapter_of(country, reading)
    sections = {section.key: section.content for section in chapter.sections}
    last = sections["last_contacts"]
    assert isinstance(last, Rows)
    assert [str(row) for row in last.table.rows] == ["Came"]
    assert "whose_turn" in sections
    assert "Nothing is planned." in chapter.gaps
    a_visit("Will come", country=country, since="2015-09", stage="planned")
    coming = {section.key: section.content for section in chapter_of(country, reading).sections}["next_events"]
    assert isinstance(coming, Rows)
    assert [str(row) for row in coming.table.rows] == ["Will come"]


def test_the_file_of_an_event_has_everybody_who_took_part_and_why_some_did_not(officer: User) -> None:
    home, country = makers.the_home_parliament().country, makers.a_country()
    event = a_visit("Came", country=country)
    for number in range(5):
        makers.kept(Participation(event=event, printed_name=f"Guest {number}", country=country, order=number + 1))
    excuse = written({"en": "ill"})
    away = Participation(event=event, printed_name="Ours", country=home, attendance="excused", excuse=excuse)
    makers.kept(away)
    reading = makers.a_reading(officer, DAY)
    reading.is_whole = True
    sections = {section.key: section.content for section in chapter_of(event, reading).sections}
    people = sections["people"]
    assert isinstance(people, People)
    assert len(people.theirs) == 5
    assert [fact.second for fact in people.ours] == ["by name only · excused: ill"]
