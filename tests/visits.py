"""A visit with a programme, as tests of meetings need it: two days, two tracks, people, a room and an interpreter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from interparl.core.translated import written
from interparl.core.writing import change
from interparl.meetings.models import Booking, Event, ItemPerson, Participation, ProgrammeItem, Resource, Track
from tests import makers
from tests.makers import BY, kept

FIRST, SECOND = date(2014, 6, 2), date(2014, 6, 3)


@dataclass(frozen=True)
class Visit:
    """What was made."""

    event: Event
    items: list[ProgrammeItem]
    people: list[Participation]
    room: Resource
    interpreter: Resource
    track: Track


def an_event(**values: Any) -> Event:
    """A visit of two days in Minsk."""
    given = {
        "kind": "incoming-visit",
        "title": written({"en": "Official visit from Fareland", "ru": "Официальный визит из Фарландии"}),
        "since": FIRST.isoformat(),
        "until": SECOND.isoformat(),
        "zone": "Europe/Minsk",
        "place": written({"en": "Minsk", "ru": "Минск", "be": "Мінск"}),
        "languages": "ru en",
    }
    return kept(Event(**given | values))


def an_item(event: Event, hours: str = "10:00–11:00", what: str = "Talks", **values: Any) -> ProgrammeItem:
    """An item on the first day of the event, with both texts in English and Russian."""
    begins, _sign, ends = hours.partition("–")
    given = {
        "day": event.first_day,
        "begins": begins,
        "ends": ends,
        "text": written({"ru": f"{what} по-русски", "en": f"{what}, working"}),
        "public_text": written({"ru": f"{what} для гостей", "en": f"{what}, public"}),
        "place": written({"en": "Oval Hall", "ru": "Овальный зал"}),
    }
    return kept(ProgrammeItem(event=event, **given | values))


def a_participation(event: Event, family: str, **values: Any) -> Participation:
    """A person in the event."""
    return kept(Participation(event=event, person=makers.a_person(family), **values))


def a_resource(name: str, kind: str = "room", **values: Any) -> Resource:
    """Something that can be booked."""
    return kept(Resource(kind=kind, name=written({"en": name}), **values))


def a_visit(**values: Any) -> Visit:
    """Four items: two that follow each other, one beside them for the experts, one on the second day."""
    event = an_event(**values)
    track = kept(Track(event=event, name=written({"en": "For the experts", "ru": "Для экспертов"})))
    items = [
        an_item(event, "09:00–09:40", "Wreath"),
        an_item(event, "10:00–11:15", "Talks", way=20, way_by=written({"en": "by car", "ru": "на автомобиле"})),
        an_item(event, "10:00–12:00", "Archive", track=track),
        an_item(event, "14:00–15:30", "Plant", day=SECOND, place={}),
    ]
    people = [
        a_participation(event, "Header", function="head", role=written({"en": "Speaker", "ru": "Председатель"})),
        a_participation(event, "Follower"),
        kept(Participation(event=event, printed_name="Guest of Honour", function="guest")),
    ]
    room = a_resource("Room 310", keeper=makers.a_user("protocol_officer"))
    interpreter = a_resource("V. Voice", "interpreter", interprets="ru-en", person=makers.a_person("Voice"))
    for one in people[:2]:
        kept(ItemPerson(event=event, item=items[1], participation=one))
    kept(Booking(event=event, item=items[1], resource=room))
    kept(Booking(event=event, item=items[1], resource=interpreter))
    return Visit(event, items, people, room, interpreter, track)


def set_to(record: Any, **values: Any) -> Any:
    """The record, changed through the gate."""
    with change(record, by=BY) as held:
        for name, value in values.items():
            setattr(held, name, value)
    return record
