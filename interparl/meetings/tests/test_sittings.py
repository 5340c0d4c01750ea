"""The next event of a series, what is carried over, and the events of a period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.core.translated import texts_of, written
from interparl.core.writing import Refused
from interparl.meetings.actions.sittings import (
    approval_key,
    foreseen,
    key_of,
    make_foreseen,
    next_number,
    next_sitting,
    proposal,
)
from interparl.meetings.models import AgendaItem, Event, Series, SeriesDay, TalkText
from tests.makers import a_body, a_user, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = date(2015, 9, 10)


@pytest.fixture
def series() -> Series:
    name = written({"en": "Commission with Armenia", "ru": "Комиссия с Арменией"})
    found: Series = a_record(Series, kind="sitting", name=name, body=a_body())
    return found


def a_sitting(series: Series, number: int | None, since: str, **values: Any) -> Event:
    found: Event = a_record(Event, series=series, number=number, since=since, kind="sitting", **values)
    return found


def an_item(title: str, **values: Any) -> AgendaItem:
    found: AgendaItem = a_record(AgendaItem, title=written({"en": title}), **values)
    return found


def agenda(event: Event) -> list[tuple[str, int | None]]:
    items = AgendaItem.objects.filter(event=event).in_order()
    return [(str(item), item.carried_from_id) for item in items]


def test_numbers_go_on_after_years_of_silence_when_the_next_sitting_is_made(series: Series, officer: User) -> None:
    a_sitting(series, 3, "2008-11-02")
    a_sitting(series, 4, "2009-05-12")
    event = next_sitting(series, day=DAY, by=officer, take=())
    assert (event.number, event.kind, event.since, event.body_id) == (5, "sitting", "2015-09-10", series.body_id)
    assert texts_of(event.title)["en"] == "Commission with Armenia, No. 5"
    assert set(texts_of(event.title)) == {"en", "ru"}


def test_the_first_number_is_that_of_the_series_when_it_has_no_event(officer: User) -> None:
    assert next_number(a_record(Series, number_from=12), officer) == 12


def test_a_number_is_not_given_twice_when_an_event_that_has_it_may_not_be_known(
    series: Series, officer: User, head: User
) -> None:
    a_sitting(series, 4, "2014-05-12")
    a_sitting(series, 5, "2014-06-12", mark="official")
    assert (next_number(series, officer), next_number(series, head)) == (5, 6)
    with pytest.raises(Refused, match="already"):
        next_sitting(series, day=DAY, by=officer, take=())
    assert next_sitting(series, day=DAY, by=officer, take=(), number=6).number == 6


def test_all_that_is_ticked_stands_on_the_new_agenda_when_the_sitting_is_made(series: Series, officer: User) -> None:
    last = a_sitting(series, 4, "2015-03-01")
    a_record(TalkText, event=last, kind="minutes")
    opening = an_item("Opening", series=series, event=None, is_template=True)
    waiting = an_item("Regions", series=series, event=None)
    an_item("Later", series=series, event=None)
    left = an_item("Trade", event=last, order=2, state="deferred", minutes=30)
    part = an_item("Fairs", event=last, parent=left)
    an_item("Done", event=last, state="closed")
    found = proposal(series, officer)
    assert [str(item) for item in (*found.template, *found.carried)] == ["Opening", "Trade", "Fairs"]
    take = [approval_key(last), *(key_of(item) for item in (opening, waiting, left, part))]
    event = next_sitting(series, day=DAY, by=officer, take=take, expected=5)
    assert sorted(agenda(event)) == sorted(
        [
            ("Approval of the minutes of No. 4", None),
            ("Opening", None),
            ("Trade", left.pk),
            ("Fairs", part.pk),
            ("Regions", waiting.pk),
        ]
    )
    tops = AgendaItem.objects.filter(event=event, parent=None).in_order()
    assert [str(item) for item in tops] == ["Approval of the minutes of No. 4", "Opening", "Trade", "Regions"]
    fairs = AgendaItem.objects.get(event=event, carried_from=part)
    assert (str(fairs.parent), AgendaItem.objects.get(event=event, carried_from=left).minutes) == ("Trade", 30)
    for item in (waiting, left, part, opening):
        item.refresh_from_db()
    assert (waiting.state, left.state, part.state, opening.state) == ("dropped", "deferred", "deferred", "open")
    entry = Entry.objects.filter(kind="meetings.agendaitem", object_id=waiting.pk).latest("pk")
    assert (entry.verb, entry.note, entry.user) == ("carried-over", "On the agenda of No. 5", officer)
    assert proposal(series, officer).carried[0].event == event


def test_nothing_is_carried_twice_when_two_sittings_follow(series: Series, officer: User) -> None:
    last = a_sitting(series, 1, "2015-03-01")
    left = an_item("Trade", event=last)
    next_sitting(series, day=DAY, by=officer, take=[key_of(left)])
    before = proposal(series, officer, date(2015, 4, 1))
    assert (before.last, list(before.carried)) == (last, [])


def test_what_the_reader_may_not_know_of_is_not_carried_when_he_makes_the_sitting(
    series: Series, officer: User
) -> None:
    last = a_sitting(series, 1, "2015-03-01")
    hidden = an_item("Secret", event=last, mark="official")
    a_record(TalkText, event=last, kind="minutes", mark="official")
    assert proposal(series, officer).keys == frozenset()
    event = next_sitting(series, day=DAY, by=officer, take=[key_of(hidden), approval_key(last)])
    assert agenda(event) == []


def test_nothing_is_made_when_the_number_was_taken_meanwhile(series: Series, officer: User) -> None:
    next_sitting(series, day=DAY, by=a_user(), take=(), expected=1)
    with pytest.raises(Refused, match=r"No\. 1 was made meanwhile"):
        next_sitting(series, day=DAY, by=officer, take=(), expected=1)
    with pytest.raises(Refused, match="already"):
        next_sitting(series, day=DAY, by=officer, take=(), number=1)
    assert Event.objects.filter(series=series).count() == 1


def test_no_sitting_is_made_when_the_user_may_not_add_one(series: Series) -> None:
    with pytest.raises(PermissionDenied):
        next_sitting(series, day=DAY, by=a_user("auditor"), take=())


def test_the_page_shows_all_ticked_and_makes_it_when_sent(series: Series, client: Client, officer: User) -> None:
    last = a_sitting(series, 7, "2015-03-01")
    left = an_item("Trade", event=last, record=written({"en": "The Armenian side will answer."}))
    client.force_login(officer)
    url = reverse("meetings:series-next", args=(series.pk,))
    page = client.get(url)
    text = page.content.decode()
    assert f'value="{key_of(left)}" checked' in text
    assert "The Armenian side will answer." in text
    assert page.context["form"]["number"].value() == 8
    sent = {"day": "2015-09-10", "number": "8", "expected": "8", "take": [key_of(left)]}
    answer = client.post(url, sent)
    event = Event.objects.get(series=series, number=8)
    assert answer["Location"] == reverse("meetings:event-show", args=(event.pk,))
    page = client.post(url, sent)
    assert page.status_code == 422
    assert "No. 8 was made meanwhile" in page.content.decode()
    assert page.context["form"]["expected"].value() == "9"


@pytest.mark.parametrize(
    "sent",
    [{"day": "", "number": "1"}, {"day": "0001-01-01", "number": "1"}, {"day": "2015-09-10", "number": "0"}, {}],
)
def test_the_page_says_what_is_wrong_when_it_is_sent_so(
    series: Series, client: Client, officer: User, sent: dict[str, str]
) -> None:
    client.force_login(officer)
    page = client.post(reverse("meetings:series-next", args=(series.pk,)), sent)
    assert (page.status_code, Event.objects.filter(series=series).count()) == (422, 0)
    assert page.context["form"].errors


def a_weekly(**values: Any) -> Series:
    found: Series = a_record(
        Series, kind="talks", rule="FREQ=WEEKLY;BYDAY=TU;COUNT=6", first_on=date(2015, 9, 1), **values
    )
    return found


def test_exceptions_are_obeyed_and_numbers_follow_the_days_when_a_period_is_made(officer: User) -> None:
    series = a_weekly(number_from=3)
    an_item("Opening", series=series, event=None, is_template=True)
    kept(SeriesDay(series=series, day=date(2015, 9, 8)))
    kept(SeriesDay(series=series, day=date(2015, 9, 15), moved_to=date(2015, 9, 17)))
    a_sitting(series, 3, "2015-09-01")
    found = foreseen(series, officer, date(2015, 9, 1), date(2015, 9, 30))
    days = [(one.occurrence.day.day, one.event is not None) for one in found]
    assert days == [(1, True), (17, False), (22, False), (29, False)]
    wanted = [date(2015, 9, day) for day in (1, 8, 15, 17, 29)]
    made = make_foreseen(series, wanted, by=officer)
    assert [(one.since, one.number) for one in made] == [("2015-09-17", 4), ("2015-09-29", 5)]
    assert [[str(item) for item in one.agenda.all()] for one in made] == [["Opening"], ["Opening"]]
    assert make_foreseen(series, wanted, by=officer) == []


def test_a_day_looks_free_and_numbers_stay_apart_when_the_event_on_it_may_not_be_known(officer: User) -> None:
    series = a_weekly()
    a_sitting(series, 1, "2015-09-01", mark="official")
    (first, *_rest) = foreseen(series, officer, date(2015, 9, 1))
    assert first.event is None
    made = make_foreseen(series, [date(2015, 9, 1), date(2015, 9, 8)], by=officer)
    assert [one.number for one in made] == [2, 3]


def test_a_period_is_made_from_its_page_when_days_are_ticked(client: Client, officer: User) -> None:
    series = a_weekly()
    client.force_login(officer)
    url = reverse("meetings:series-occurrences", args=(series.pk,))
    period = {"first": "2015-09-01", "last": "2015-09-30"}
    page = client.get(url, period)
    assert [one["iso"] for one in page.context["days"]] == [f"2015-09-{day:02}" for day in (1, 8, 15, 22, 29)]
    assert client.post(url, period).status_code == 422
    assert client.post(url, period | {"day": ["2015-09-08", "never", "2015-09-09"]}).status_code == 302
    assert [event.since for event in Event.objects.filter(series=series)] == ["2015-09-08"]
    assert client.get(url, {"first": "2015-09-30", "last": "2015-09-01"}).status_code == 422


@pytest.mark.parametrize(
    ("rule", "message"),
    [("FREQ=DAILY", "no end"), ("FREQ=DAILY;COUNT=1001", "more than 1,000"), ("each Tuesday", "no rule")],
)
def test_a_rule_is_refused_with_the_reason_when_it_makes_no_sense(rule: str, message: str) -> None:
    with pytest.raises(Refused, match=message):
        a_record(Series, kind="talks", rule=rule, first_on=DAY)


def test_many_days_are_numbered_in_a_row_when_they_are_made_at_once(officer: User) -> None:
    series = a_record(Series, kind="talks", rule="FREQ=DAILY;COUNT=60", first_on=DAY)
    made = make_foreseen(series, [DAY + timedelta(days=step) for step in range(60)], by=officer)
    assert [event.number for event in made] == list(range(1, 61))


def test_the_page_of_a_series_shows_what_it_holds_when_it_is_read(client: Client, officer: User) -> None:
    series = a_weekly()
    a_sitting(series, 1, "2015-09-01")
    an_item("Opening", series=series, event=None, is_template=True)
    an_item("Regions", series=series, event=None)
    client.force_login(officer)
    url = reverse("meetings:series-show", args=(series.pk,))
    page = client.get(url, {"on": "2015-09-01"})
    assert [block.key for block in page.context["main"]][:3] == ["events", "template", "backlog"]
    assert page.context["actions"] == []
    page = client.get(url)
    assert str(page.context["actions"][0].url) == reverse("meetings:series-next", args=(series.pk,))
