"""The page of an event: where it is, how far it came, the next step; and the page that moves it to other days."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.days import PARLIAMENT_ZONE
from interparl.core.formats import NBSP
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.meetings.blocks import clashes
from interparl.meetings.blocks.stages import StageBar, card_of
from interparl.meetings.models import Booking, Event, Participation, ProgrammeItem, Resource, Stage, StageDay
from interparl.meetings.workflow import event_workflow
from tests.makers import a_country, a_person, a_reading, a_user, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAYS = {"since": "2015-05-27", "until": "2015-05-30"}


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    """A browser in which the officer has signed in."""
    client.force_login(officer)
    return client


def a_visit(**values: Any) -> Event:
    """An incoming visit whose programme is being drafted."""
    made: Event = a_record(
        Event, **{"kind": "incoming-visit", "stage": "drafting", "zone": "Europe/Minsk", **DAYS, **values}
    )
    return made


def reached(event: Event, **days: str) -> None:
    """Notes the days on which stages were reached."""
    for stage, day in days.items():
        a_record(StageDay, event=event, stage=stage.replace("_", "-"), reached_on=day, planned_on="")


def bar_of(event: Event, reader: User) -> list[tuple[str, str, str]]:
    """The bar as its reader sees it."""
    return [(str(one.label), one.state, str(one.second)) for one in StageBar(event, a_reading(reader)).shown]


def test_the_bar_shows_days_done_the_present_and_days_due(officer: User) -> None:
    event = a_visit()
    reached(event, planned="2015-01-15", invited="2015-03-03", drafting="2015-04-07")
    assert bar_of(event, officer) == [
        ("In the plan", "done", "15 Jan 2015"),
        ("Invitation sent", "done", "3 Mar 2015"),
        ("Accepted", "skipped", ""),
        ("Programme being drafted", "now", "since 7 Apr 2015"),
        ("In clearance", "planned", "by 20 May 2015"),
        ("Programme approved", "planned", "by 22 May 2015"),
        ("Under way", "planned", "27 May 2015"),
        ("Reported", "planned", "by 5 Jun 2015"),
        ("Closed", "planned", "by 26 Jun 2015"),
    ]


def test_a_stage_between_the_landmarks_is_shown_while_the_event_is_there(officer: User) -> None:
    labels = [label for label, state, _second in bar_of(a_visit(stage="ready"), officer) if state == "now"]
    assert labels == ["Logistics confirmed"]


def test_a_planned_day_that_was_written_stands_instead_of_the_default(officer: User) -> None:
    event = a_visit()
    a_record(StageDay, event=event, stage="clearance", planned_on="2015-05-12")
    assert ("In clearance", "planned", "by 12 May 2015") in bar_of(event, officer)


def test_a_day_that_is_past_is_late_and_one_to_come_is_not(officer: User) -> None:
    event = a_visit()
    a_record(StageDay, event=event, stage="clearance", planned_on="2199-01")
    late = {str(one.label): one.late for one in StageBar(event, a_reading(officer)).shown}
    assert late["Programme approved"]
    assert not late["In clearance"]


def test_a_cancelled_event_ends_in_red_after_what_was_done(officer: User) -> None:
    event = a_visit(stage="cancelled", stage_before="invited")
    reached(event, planned="2015-01-15", invited="2015-03-03", cancelled="2015-03-20")
    assert bar_of(event, officer) == [
        ("In the plan", "done", "15 Jan 2015"),
        ("Invitation sent", "done", "3 Mar 2015"),
        ("Cancelled", "cancelled", "20 Mar 2015"),
    ]


def test_a_postponed_event_stands_where_it_stood_and_nothing_is_due(officer: User) -> None:
    event = a_visit(stage="postponed", stage_before="invited")
    shown = bar_of(event, officer)
    assert shown[:2] == [("In the plan", "done", ""), ("Postponed", "now", "")]
    assert {(state, second) for _label, state, second in shown[2:]} == {("planned", "")}


def test_a_stage_that_the_kind_does_not_have_is_shown_all_the_same(officer: User) -> None:
    assert bar_of(a_visit(kind="talks", stage="clearance"), officer)[0] == ("In clearance", "now", "")


def test_the_card_offers_the_usual_step_and_the_ways_out(officer: User) -> None:
    event = a_visit(stage="proposed")
    card = card_of(event, StageBar(event, a_reading(officer)), event_workflow.offered(event, officer))
    assert str(card["primary"].label) == "Put into the plan"
    assert [(one.label, one.kind) for one in card["others"]] == [("Postpone…", "standard"), ("Cancel…", "danger")]
    assert card["said"] == []
    head = a_user("head_of_department")
    card = card_of(event, StageBar(event, a_reading(head)), event_workflow.offered(event, head))
    assert card["said"] == ["Approve the invitation: Name the decision first by which this was approved."]


def test_who_may_not_move_it_sees_the_bar_alone(member: User) -> None:
    event = a_visit()
    assert card_of(event, StageBar(event, a_reading(member)), event_workflow.offered(event, member)) == {}


def test_the_page_names_partner_place_host_and_days(desk: Client) -> None:
    event = a_visit(country=a_country(name="Viet Nam"), title=written({"en": "Official visit"}))
    a_record(Participation, event=event, person=a_person("Barysenka", "Mikalai"), function="host")
    text = desk.get(f"/desk/events/{event.pk}/").text
    for words in ("Official visit", "Viet Nam", "Wed 27 May 2015", "Barysenka", "Send for clearance", "Postpone…"):
        assert words in text
    assert "The programme has no items yet." in text


def test_what_the_reader_may_not_know_of_leaves_no_trace(desk: Client) -> None:
    country = a_country(name="Hiddenland", mark="official")
    event = a_visit()
    a_record(Participation, event=event, person=a_person("Hiddenhost"), function="host", mark="official")
    a_record(StageDay, event=event, stage="planned", reached_on="1999-01-15", mark="official")
    hidden = a_visit(country=country, mark="official")
    text = desk.get(f"/desk/events/{event.pk}/").text
    assert not any(words in text for words in ("Hiddenland", "Hiddenhost", "15 Jan 1999"))
    assert desk.get(f"/desk/events/{hidden.pk}/").status_code == 404
    assert desk.get(f"/desk/events/{hidden.pk}/shift/").status_code == 404


def test_hours_at_the_parliament_stand_beside_when_its_clocks_differ(desk: Client) -> None:
    kept(Setting(key=PARLIAMENT_ZONE, value="Europe/Minsk"))
    there = a_visit(zone="Asia/Tokyo", begins="02:00", ends="03:15")
    text = desk.get(f"/desk/events/{there.pk}/").text
    assert "02:00–03:15, UTC+9" in text
    assert "26 May 2015, 20:00–21:15 at the parliament" in text
    here = desk.get(f"/desk/events/{a_visit(begins='10:00').pk}/").text
    assert "at the parliament" not in here


def test_languages_and_the_zone_are_called_by_their_names(desk: Client) -> None:
    text = desk.get(f"/desk/events/{a_visit(languages='ru vi', zone='Asia/Tokyo', begins='10:00').pk}/").text
    assert "Russian, Vietnamese" in text
    assert "Asia/Tokyo" not in text


def test_a_step_is_made_from_the_page_with_its_reason(desk: Client) -> None:
    event = a_visit()
    address = f"/desk/events/{event.pk}/move/cancel/"
    assert "Its days are free again" in desk.get(address).text
    refused = desk.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert "Write the reason." in refused.text
    assert desk.post(address, {"reason": "The partner asked for it"}).status_code == 302
    event.refresh_from_db()
    assert event.stage == Stage.CANCELLED


def test_another_day_offers_no_step_and_no_moving(desk: Client) -> None:
    text = desk.get(f"/desk/events/{a_visit().pk}/?on=2015-05-01").text
    assert "/move/" not in text
    assert "/shift/" not in text


def test_moving_shows_what_moves_who_is_told_and_then_moves(desk: Client) -> None:
    event = a_visit()
    a_record(ProgrammeItem, event=event, day=date(2015, 5, 28))
    a_record(Participation, event=event, arrives_on=date(2015, 5, 27))
    a_record(Booking, event=event, day=date(2015, 5, 27), resource=a_record(Resource, keeper=a_user(name="keeper")))
    a_record(Event, within=event, since="2015-05-28", until="2015-05-28")
    address = f"/desk/events/{event.pk}/shift/"
    assert address in desk.get(f"/desk/events/{event.pk}/").text
    text = desk.get(f"{address}?since=2015-05-29").text
    for words in (
        "1 item of the programme",
        "1 booking",
        "1 person’s arrival and departure",
        "1 event in its margins has days of its own",
        "Mon 1 Jun 2015",
        "1 person who takes part",
        "keeper, who keeps what is booked",
    ):
        assert words in text, words
    sent = desk.post(address, {"since": "2015-05-29", "reason": "The chamber sits"})
    assert (sent.status_code, sent["Location"]) == (302, f"/desk/events/{event.pk}/")
    event.refresh_from_db()
    assert (event.since, event.until) == ("2015-05-29", "2015-06-01")


def test_looking_first_writes_nothing_and_keeps_what_was_typed(desk: Client) -> None:
    event = a_visit()
    sent = desk.post(f"/desk/events/{event.pk}/shift/", {"since": "2015-05-29", "reason": "Because", "look": "1"})
    assert "Mon 1 Jun 2015" in sent.text
    assert 'value="Because"' in sent.text
    bare = desk.post(f"/desk/events/{event.pk}/shift/", {"since": "2015-05-29", "look": "1"})
    assert "This field is required" not in bare.text
    event.refresh_from_db()
    assert event.since == "2015-05-27"


def test_enter_in_a_field_of_days_shows_what_follows(desk: Client) -> None:
    text = desk.get(f"/desk/events/{a_visit().pk}/shift/").text
    # The first button of a form is what Enter presses.
    assert 'name="look"' in text[text.index("<main") :].partition('type="submit"')[2].partition(">")[0]


def test_the_address_says_both_days(desk: Client) -> None:
    address = f"/desk/events/{a_visit().pk}/shift/"
    text = desk.get(address, {"since": "2015-05-28", "until": "2015-05-29"}).text
    assert "<b>Thu 28 May 2015 – Fri 29 May 2015</b>" in text.replace(NBSP, " ")
    assert 'name="seen" value="2015-05-28/2015-05-29"' in text
    wrong = desk.get(address, {"since": "2015-05-28", "until": "29.13.2015"})
    assert "29.13.2015" in wrong.text
    assert 'name="seen" value=""' in wrong.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"since": "2015-05-29", "reason": ""}, "This field is required"),
        ({"since": "29.13.2015", "reason": "Because"}, "valid date"),
        ({"since": "2015-05-27", "reason": "Because"}, "It is on these days already."),
        ({"since": "2015-06-29", "until": "2015-06-01", "reason": "Because"}, "The last day lies before the first."),
    ],
)
def test_bad_days_get_a_message_and_nothing_moves(desk: Client, typed: dict[str, str], words: str) -> None:
    event = a_visit()
    sent = desk.post(f"/desk/events/{event.pk}/shift/", typed)
    assert sent.status_code == 422
    assert words in sent.text
    event.refresh_from_db()
    assert event.since == "2015-05-27"


def test_clashes_are_shown_before_it_is_moved_into_them(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one = SimpleNamespace(title="V. Astapchyk interprets twice", text="10:00–11:15", is_kept=False)
    monkeypatch.setattr(clashes, "clashes_if", lambda event, since, until, user: [one])
    event = a_visit()
    address, typed = f"/desk/events/{event.pk}/shift/", {"since": "2015-05-29", "reason": "Because"}
    first = desk.post(address, typed)
    assert first.status_code == 422
    assert "V. Astapchyk interprets twice" in first.text
    assert "It runs into something on these days." in first.text
    second = desk.post(address, typed | {"seen": "2015-05-29/2015-06-01"})
    assert second.status_code == 302


def test_who_may_not_change_the_event_does_not_come_to_move_it(client: Client, member: User) -> None:
    client.force_login(member)
    assert client.get(f"/desk/events/{a_visit().pk}/shift/").status_code == 403
