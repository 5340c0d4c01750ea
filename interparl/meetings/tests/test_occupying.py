"""Who and what is taken: the table follows every change, and equals the one that is worked out anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.core.removing import remove, remove_many
from interparl.core.translated import written
from interparl.core.writing import Planned, change, change_many
from interparl.directory.models import Person
from interparl.meetings.actions.occupying import FIELDS, occupy_again
from interparl.meetings.models import Booking, Event, ItemPerson, Occupation, Participation, ProgrammeItem, Resource
from tests.makers import BY, a_country, a_person, kept
from tests.samples import a_record

pytestmark = pytest.mark.django_db
DAY = "2015-05-14"


def an_event(since: str = DAY, **values: Any) -> Event:
    """An event in Minsk."""
    values = {"title": written({"en": "Talks"}), "kind": "talks", "zone": "Europe/Minsk"} | values
    return kept(Event(since=since, **values))


def a_resource(kind: str = "room", **values: Any) -> Resource:
    """A room, unless told."""
    return kept(Resource(**{"kind": kind, "name": written({"en": "Something"})} | values))


def takes_part(event: Event, person: Person | None = None, **values: Any) -> Participation:
    """A person in the event."""
    return kept(Participation(event=event, person=person or a_person(), **values))


def an_item(event: Event, begins: str = "10:00", ends: str = "11:00", **values: Any) -> ProgrammeItem:
    """An hour of its programme."""
    values = {"day": event.first_day, "text": written({"en": "Hour"})} | values
    return kept(ProgrammeItem(event=event, begins=begins, ends=ends, **values))


def in_item(item: ProgrammeItem, participation: Participation) -> ItemPerson:
    """Somebody in the hour."""
    return kept(ItemPerson(event=item.event, item=item, participation=participation))


def taken() -> list[tuple[Any, ...]]:
    """All rows, in an order of their own."""
    return sorted(Occupation.objects.values_list(*FIELDS), key=repr)


def hours(row: Occupation) -> tuple[str, str]:
    """From when to when, in UTC."""
    return f"{row.begins_at:%d %H:%M}", f"{row.ends_at:%d %H:%M}"


def test_a_person_is_taken_for_the_hours_when_an_event_has_some() -> None:
    person = a_person()
    takes_part(an_event(begins="10:00", ends="11:30", place=written({"en": "Minsk, hall 3"})), person)
    row = Occupation.objects.get()
    assert (row.person, hours(row), row.is_whole_day) == (person, ("14 07:00", "14 08:30"), False)
    assert (row.zone, row.place, row.mark) == ("Europe/Minsk", "Minsk", "internal")


def test_an_hour_is_taken_when_nobody_said_until_when() -> None:
    takes_part(an_event(begins="10:00"))
    assert hours(Occupation.objects.get()) == ("14 07:00", "14 08:00")


def test_a_person_is_taken_for_whole_days_when_a_visit_has_no_hours() -> None:
    takes_part(an_event(until="2015-05-16"))
    row = Occupation.objects.get()
    assert (hours(row), row.is_whole_day) == (("13 21:00", "16 21:00"), True)


def test_a_person_is_taken_from_arrival_to_leaving_when_they_are_written() -> None:
    takes_part(an_event(until="2015-05-16"), arrives_on=date(2015, 5, 13), leaves_on=date(2015, 5, 14))
    assert hours(Occupation.objects.get()) == ("12 21:00", "14 21:00")


@pytest.mark.parametrize("stage", ["postponed", "cancelled", "declined", "refused"])
def test_nobody_is_taken_when_the_event_does_not_take_place(stage: str) -> None:
    event = an_event()
    takes_part(event)
    kept(Booking(event=event, resource=a_resource()))
    assert Occupation.objects.count() == 2
    with change(event, by=BY) as held:
        held.stage = stage
    assert not Occupation.objects.exists()


@pytest.mark.parametrize("attendance", ["absent", "excused", "declined"])
def test_nobody_is_taken_when_he_stays_away(attendance: str) -> None:
    event = an_event()
    participation = takes_part(event)
    in_item(an_item(event), participation)
    with change(participation, by=BY) as held:
        held.attendance = attendance
    assert not Occupation.objects.exists()


def test_nobody_is_taken_when_the_days_are_not_exact() -> None:
    takes_part(an_event("2015-05"))
    assert not Occupation.objects.exists()


def test_people_in_an_hour_are_taken_for_it_and_follow_when_it_moves() -> None:
    event = an_event(until="2015-05-16")
    item = an_item(event)
    who = in_item(item, takes_part(event))
    row = Occupation.objects.get(source_kind="meetings.itemperson")
    assert (row.source_id, hours(row), row.is_whole_day) == (who.pk, ("14 07:00", "14 08:00"), False)
    with change(item, by=BY) as held:
        held.begins, held.ends = "15:00", "16:00"
    assert hours(Occupation.objects.get(source_kind="meetings.itemperson")) == ("14 12:00", "14 13:00")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ("13 21:00", "15 21:00")),
        ({"day": date(2015, 5, 15)}, ("14 21:00", "15 21:00")),
        ({"day": date(2015, 5, 15), "begins": "09:00", "ends": "10:00"}, ("15 06:00", "15 07:00")),
    ],
)
def test_a_room_is_taken_for_what_the_booking_says(values: dict[str, Any], expected: tuple[str, str]) -> None:
    room = a_resource()
    kept(Booking(event=an_event(until="2015-05-15"), resource=room, **values))
    row = Occupation.objects.get()
    assert (row.resource, row.person, hours(row)) == (room, None, expected)


def test_a_room_is_taken_for_the_hour_when_it_is_booked_for_one() -> None:
    event = an_event(until="2015-05-15")
    kept(Booking(event=event, resource=a_resource(), item=an_item(event)))
    assert hours(Occupation.objects.get()) == ("14 07:00", "14 08:00")


def test_a_room_is_taken_for_its_own_day_when_that_is_not_the_one_of_the_hour() -> None:
    event = an_event(until="2015-05-15")
    kept(Booking(event=event, resource=a_resource(), item=an_item(event), day=date(2015, 5, 15)))
    assert hours(Occupation.objects.get()) == ("14 21:00", "15 21:00")


def test_the_person_is_taken_when_the_interpreter_is_booked_and_the_other_way_round() -> None:
    person = a_person()
    speaker = a_resource("interpreter", person=person)
    kept(Booking(event=an_event(), resource=speaker))
    takes_part(an_event("2015-05-20"), person)
    assert {(row.person, row.resource) for row in Occupation.objects.all()} == {(person, speaker)}
    assert Occupation.objects.count() == 2


def test_a_person_is_taken_with_every_name_when_he_is_booked_under_two() -> None:
    person = a_person()
    first, second = (a_resource("interpreter", person=person) for _number in range(2))
    takes_part(an_event(), person)
    rows = set(Occupation.objects.values_list("person", "resource"))
    assert rows == {(person.pk, first.pk), (None, second.pk)}
    remove(first, by=BY)
    assert set(Occupation.objects.values_list("person", "resource")) == {(person.pk, second.pk)}


def test_an_interpreter_is_taken_with_the_person_when_he_is_named_later() -> None:
    person, speaker = a_person(), a_resource("interpreter")
    takes_part(an_event(), person)
    with change(speaker, by=BY) as held:
        held.person = person
    assert Occupation.objects.get().resource == speaker
    with change(speaker, by=BY) as held:
        held.person = None
    assert Occupation.objects.get().resource is None


def _of_event(event: Event, _participation: Participation) -> Any:
    return event


def _of_person(_event: Event, participation: Participation) -> Any:
    return participation.person


def _of_participation(_event: Event, participation: Participation) -> Any:
    return participation


@pytest.mark.parametrize("marked", [_of_event, _of_person, _of_participation])
def test_the_mark_follows_when_it_is_raised_anywhere(marked: Callable[[Event, Participation], Any]) -> None:
    event = an_event()
    participation = takes_part(event, a_person(family="Marked"))
    in_item(an_item(event), participation)
    with change(marked(event, participation), by=BY) as held:
        held.mark = "official"
    assert set(Occupation.objects.values_list("mark", flat=True)) == {"official"}
    before = taken()
    occupy_again()
    assert taken() == before


def test_nothing_is_left_when_an_event_is_removed_with_all_that_hangs_on_it() -> None:
    event = an_event()
    participation = takes_part(event)
    remove_many([event, participation], by=BY)
    assert not Occupation.objects.exists()


def test_rows_that_are_right_are_left_alone() -> None:
    event = an_event()
    takes_part(event)
    key = Occupation.objects.get().pk
    takes_part(event)
    occupy_again()
    assert key in Occupation.objects.values_list("pk", flat=True)


def test_the_other_event_is_freed_when_somebody_goes_to_another() -> None:
    first, second = an_event(), an_event("2015-06-01")
    participation = takes_part(first)
    with change(participation, by=BY) as held:
        held.event = second
    assert Occupation.objects.get().event == second


@pytest.mark.parametrize(
    ("zone", "day", "first", "last"),
    [
        # Moscow skipped an hour for good in March 2011, and had a day of 25 hours in October 2014.
        ("Europe/Moscow", "2011-03-27", datetime(2011, 3, 26, 21, tzinfo=UTC), datetime(2011, 3, 27, 20, tzinfo=UTC)),
        ("Europe/Moscow", "2014-10-26", datetime(2014, 10, 25, 20, tzinfo=UTC), datetime(2014, 10, 26, 21, tzinfo=UTC)),
        # Minsk has not touched its clocks since 2011.
        ("Europe/Minsk", "2014-10-26", datetime(2014, 10, 25, 21, tzinfo=UTC), datetime(2014, 10, 26, 21, tzinfo=UTC)),
        # Samoa had no 30 December 2011: the day lasts no time at all.
        ("Pacific/Apia", "2011-12-30", datetime(2011, 12, 30, 10, tzinfo=UTC), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_a_day_is_as_long_as_it_was_there(zone: str, day: str, first: datetime, last: datetime) -> None:
    takes_part(an_event(day, zone=zone))
    row = Occupation.objects.get()
    assert (row.begins_at, row.ends_at) == (first, last)


def _queries_of_writing(number: int) -> int:
    events = [Event(title=written({"en": "T"}), kind="talks", zone="Europe/Minsk", since=DAY) for _one in range(number)]
    people = [a_person() for _one in range(3)]
    change_many([Planned(event) for event in events], by=BY)
    parts = [Participation(event=event, person=person) for event in events for person in people]
    with CaptureQueriesContext(
        connection,
    ) as caught:
        change_many([Planned(part) for part in parts], by=BY)
    about = [one for one in caught.captured_queries if "occupation" in one["sql"]]
    assert Occupation.objects.filter(event__in=events).count() == 3 * number
    return len(about)


def test_rows_are_not_asked_one_by_one_when_thousands_are_written() -> None:
    assert _queries_of_writing(100) == _queries_of_writing(10)


SEEDS = range(6)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_equals_the_rebuilt_one_after_random_changes(seed: int) -> None:
    dice = random.Random(seed)
    events = [an_event(f"2015-05-{10 + number:02}") for number in range(4)]
    people = [a_person() for _number in range(3)]
    resources = [a_resource(), a_resource("interpreter", person=people[0]), a_resource("interpreter")]
    for _step in range(25):
        _one_change(dice, events, people, resources)
        before = taken()
        assert occupy_again() == len(before)
        assert taken() == before


def _one_change(dice: random.Random, events: list[Event], people: list[Person], resources: list[Resource]) -> None:
    deed = dice.choice(
        [_add_person, _add_booking, _add_hour, _alter_event, _alter_person, _alter_resource, _remove_one]
    )
    deed(dice, events, people, resources)


def _add_person(dice: random.Random, events: list[Event], people: list[Person], _resources: list[Resource]) -> None:
    event, person = dice.choice(events), dice.choice(people)
    if not Participation.objects.filter(event=event, person=person).exists():
        arrives = event.first_day if dice.random() < 0.3 else None
        takes_part(event, person, arrives_on=arrives, attendance=dice.choice(["expected", "declined"]))


def _add_booking(dice: random.Random, events: list[Event], _people: list[Person], resources: list[Resource]) -> None:
    event = dice.choice(events)
    item = event.items.order_by("pk").first() if dice.random() < 0.5 else None
    begins = dice.choice(["", "12:00"])
    kept(Booking(event=event, resource=dice.choice(resources), item=item, day=event.first_day, begins=begins))


def _add_hour(dice: random.Random, events: list[Event], _people: list[Person], _resources: list[Resource]) -> None:
    event = dice.choice(events)
    event.refresh_from_db()
    item = an_item(event, dice.choice(["", "09:00"]), "", day=event.first_day)
    if several := list(event.participations.order_by("pk")):
        in_item(item, dice.choice(several))


def _alter_event(dice: random.Random, events: list[Event], _people: list[Person], _resources: list[Resource]) -> None:
    with change(dice.choice(events), by=BY) as held:
        match dice.randrange(5):
            case 0:
                held.since = held.until = f"2015-05-{dice.randrange(10, 20)}"
            case 1:
                held.begins, held.ends = dice.choice([("", ""), ("10:00", ""), ("10:00", "12:00")])
            case 2:
                held.stage = dice.choice(["idea", "cancelled", "accepted"])
            case 3:
                held.zone = dice.choice(["Europe/Minsk", "Pacific/Apia", "Europe/Moscow"])
            case _:
                held.where, held.place = a_country(), written({"en": dice.choice(["Minsk", "Hanoi, hall 2"])})


def _alter_person(dice: random.Random, _events: list[Event], people: list[Person], _resources: list[Resource]) -> None:
    with change(dice.choice(people), by=BY) as held:
        held.mark = "official"
    if several := list(Participation.objects.order_by("pk")):
        with change(dice.choice(several), by=BY) as part:
            part.attendance = dice.choice(["expected", "excused"])


def _alter_resource(dice: random.Random, _e: list[Event], people: list[Person], resources: list[Resource]) -> None:
    with change(dice.choice(resources), by=BY) as held:
        held.person = dice.choice([None, *people])
        held.kind = dice.choice(["interpreter", "room"])


def _remove_one(dice: random.Random, _e: list[Event], _people: list[Person], _resources: list[Resource]) -> None:
    found = [*ItemPerson.objects.order_by("pk"), *Booking.objects.order_by("pk")]
    if found:
        remove(dice.choice(found), by=BY)


def test_a_sample_of_each_kind_takes_something() -> None:
    a_record(ItemPerson)
    a_record(Booking)
    assert Occupation.objects.filter(resource__isnull=False).exists()
    assert Occupation.objects.filter(person__isnull=False).exists()
