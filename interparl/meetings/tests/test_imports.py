"""Events out of tables: which columns and words are known, days and hours, whom they are with, what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from interparl.core.translated import written
from interparl.core.writing import change
from interparl.exchange.actions import apply, preview, text_of, undo
from interparl.exchange.models import Batch
from interparl.meetings.models import Event, Participation, ProgrammeItem
from tests.makers import BY, a_country
from tests.valley import dump, numbers, told

pytestmark = pytest.mark.django_db
HEADING = "id,title,kind,since,until,begins,ends,zone,place,country,partner,participants\n"
LISTED = {
    "source": "list",
    "language": "en",
    "place": {"people": "make", "country": {"code": "PT"}, "parliament": {"code": "PT", "name": "Assembly"}},
    "columns": [
        {"from": name, "to": name}
        for name in ("id", "title", "kind", "since", "until", "begins", "ends", "zone", "place")
    ]
    + [{"from": "place", "to": "places"}, {"from": "title", "to": "partners"}],
    "lists": [
        {"from": "people", "columns": [{"from": f, "to": f} for f in ("person", "person_id", "role", "country")]},
        {"from": "items", "columns": [{"from": f, "to": f} for f in ("item", "item_id", "begins", "ends", "since")]},
    ],
}


def looked_at(text: str | bytes, name: str = "events.csv", **options: str) -> Batch:
    data = text if isinstance(text, bytes) else text.encode()
    return preview("events-csv", data, name, by=BY, options=options)


def taken(text: str | bytes, name: str = "events.csv", **options: str) -> Batch:
    batch = looked_at(text, name, **options)
    assert not batch.counts["errors"], [text_of(one) for one in batch.messages if one["level"] == "error"]
    apply(batch, by=BY)
    return batch


def listed(*events: dict[str, Any], mapping: dict[str, Any] | None = None) -> Batch:
    """Events as objects, by a mapping of their own."""
    rows = [{"id": str(at), "title": f"Talk {at}", "since": "2025-03-03", **one} for at, one in enumerate(events)]
    given = json.dumps({"kind": "events-csv", **(mapping or LISTED)})
    return looked_at(json.dumps(rows), "list.json", given=given)


def row(**values: str) -> str:
    """A table of one row; a title and a day unless told otherwise."""
    whole = {"id": "1", "title": "Talk", "since": "2025-03-03", **values}
    return HEADING + ",".join(f'"{whole.get(name, "")}"' for name in HEADING.strip().split(",")) + "\n"


def only(**fields: Any) -> Event:
    return Event.objects.get(**fields)


def test_a_table_goes_in_once_and_out_again_when_it_is_undone() -> None:
    a_country("XA")
    before = dump()
    batch = taken(row(kind="incoming visit", partner="XA", begins="10:00", ends="11:30", participants="Ann Lee; Bo Ek"))
    event = only()
    assert (event.kind, event.country and event.country.code, event.stage) == ("incoming-visit", "XA", "held")
    assert (event.since, event.until, event.begins, event.ends) == ("2025-03-03", "2025-03-03", "10:00", "11:30")
    assert sorted(Participation.objects.values_list("printed_name", flat=True)) == ["Ann Lee", "Bo Ek"]
    again = looked_at(
        row(kind="incoming visit", partner="XA", begins="10:00", ends="11:30", participants="Ann Lee; Bo Ek")
    )
    assert numbers(again) == {"same": 3}
    undo(batch, by=BY)
    assert dump() == before


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Title;Type;Start date;End date;Location\nTalk;talks;03.03.2025;04.03.2025;Town", "talks"),
        ("Название;Вид;Дата начала;Дата окончания;Место\nTalk;поездка;03.03.2025;04.03.2025;Town", "other"),
        ("Назва;Від;Дата пачатку;Дата заканчэння;Месца\nTalk;talks;03.03.2025;04.03.2025;Town", "talks"),
    ],
)
def test_headings_are_known_in_three_languages(heading: str, kind: str) -> None:
    taken(heading)
    event = only()
    assert (event.since, event.until, event.kind) == ("2025-03-03", "2025-03-04", kind)
    assert [one["text"] for one in event.place.values()] == ["Town"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"since": "2022-02-15T23:00:00.000Z"}, ("2022-02-16", "2022-02-16", "", "")),
        ({"since": "2022-06-15T22:00:00Z", "until": "2022-06-16T21:00:00Z"}, ("2022-06-16", "2022-06-16", "", "")),
        (
            {"since": "2022-06-15T08:00:00Z", "until": "2022-06-15T22:00Z"},
            ("2022-06-15", "2022-06-15", "10:00", "24:00"),
        ),
        ({"begins": "15:00:00", "ends": "4:30 pm"}, ("2025-03-03", "2025-03-03", "15:00", "16:30")),
        ({"begins": "9h30", "ends": "18h"}, ("2025-03-03", "2025-03-03", "09:30", "18:00")),
        ({"since": "", "begins": "2022-06-15T22:30Z"}, ("2022-06-16", "2022-06-16", "00:30", "")),
        ({"since": "2022-03-05 10:15"}, ("2022-03-05", "2022-03-05", "10:15", "")),
        ({"since": "2022-03"}, ("2022-03", "2022-03", "", "")),
        (
            {"since": "2022-10-30T00:30Z", "begins": "2022-10-30T00:30Z"},
            ("2022-10-30", "2022-10-30", "02:30+02:00", ""),
        ),
    ],
)
def test_moments_are_told_in_the_time_of_the_place(values: dict[str, str], expected: tuple[str, ...]) -> None:
    taken(row(zone="Europe/Brussels", **values))
    event = only()
    assert (event.since, event.until, event.begins, event.ends) == expected


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"title": ""}, "no_title"),
        ({"since": ""}, "no_day"),
        ({"since": "soon"}, "no_day"),
        ({"zone": "Europe/Nowhere"}, "no_such_zone"),
        ({"zone": "Europe/Brussels", "since": "2022-03-27", "begins": "02:30"}, "hour_missing"),
        ({"zone": "Europe/Brussels", "since": "2022-10-30", "begins": "02:30"}, "hour_twice"),
    ],
)
def test_nothing_is_written_when_a_row_is_wrong(values: dict[str, str], key: str) -> None:
    batch = looked_at(row(**values) + "2,Good,,2025-03-04,,,,,,,,\n")
    assert [(one["place"], one["key"]) for one in batch.messages if one["level"] == "error"] == [("2", key)]
    assert batch.counts["by_record"]["event"]["errors"] == 1
    with pytest.raises(ValidationError, match="2"):
        apply(batch, by=BY)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"until": "2025-03-01"}, "backwards"),
        ({"begins": "15:00", "ends": "14:00"}, "ends_before_start"),
    ],
)
def test_a_row_waits_when_its_end_is_before_its_start(values: dict[str, str], key: str) -> None:
    batch = looked_at(row(**values))
    assert [(one["place"], one["key"]) for one in batch.messages if one["level"] == "doubtful"] == [("2", key)]
    apply(batch, by=BY)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"begins": "noonish"}, "not_a_time"),
        ({"kind": "picnic"}, "event_kind_unknown"),
        ({"country": "Atlantis"}, "unknown_country"),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_is_taken(values: dict[str, str], key: str) -> None:
    batch = taken(row(**values))
    assert told(batch, key) == [("2", key)]
    event = only()
    assert (event.kind, event.begins) == ("other", "")
    assert [one["text"] for one in event.place.values()] == (["Atlantis"] if key == "unknown_country" else [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        ("id,since\n1,2025-03-03\n", "No column of this table names an event."),
        ('id,title,since\n1,"Talk,2025-03-03\n2,Talk,2025-03-04\n', "quot"),
    ],
)
def test_a_file_is_refused_with_one_sentence_when_it_is_no_such_table(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        looked_at(text)


@pytest.mark.parametrize(
    ("place", "where", "partners"),
    [
        ("Cairo, Egito ", "EG", ["EG"]),
        ("Japão", "JP", ["JP"]),
        ("EUA", "US", ["US"]),
        ("Polónia e Ucrânia", "PL", ["PL", "UA"]),
        ("Paris", None, []),
        ("Assembleia da República", None, []),
        ("Bharain", None, []),
        ("", None, []),
    ],
)
def test_countries_of_a_meeting_abroad_are_those_that_the_place_names(
    place: str, where: str | None, partners: list[str]
) -> None:
    given = json.dumps({"kind": "events-csv", **LISTED, "language": "pt"})
    rows = json.dumps(
        [{"id": "1", "title": "Reunião", "kind": "outgoing-visit", "since": "2025-03-03", "place": place}]
    )
    batch = taken(rows, "list.json", given=given)
    event = only()
    assert (event.where.code if event.where else None) == where
    further = sorted(event.partners.values_list("country__code", flat=True))
    assert [*([event.country.code] if event.country else []), *further] == partners
    assert [one["text"] for one in event.place.values()] == ([place.strip()] if place else [])
    assert len(told(batch, "place_without_country")) == (1 if place and not where else 0)


def test_a_country_is_asked_about_when_a_title_only_may_name_it() -> None:
    batch = listed({"title": "Visit of the French speaker", "kind": "incoming-visit"})
    assert batch.counts["by_record"]["partner"]["doubtful"] == 1
    apply(batch, by=BY)
    assert only().country is None


def test_an_event_waits_when_it_stands_twice_under_two_ids() -> None:
    batch = listed({"title": "Talk"}, {"title": "Talk"}, {"title": "Talk", "begins": "10:00"})
    assert told(batch, "event_twice") == [("[1]", "event_twice")]
    apply(batch, by=BY)
    assert Event.objects.count() == 2


def test_an_event_is_one_when_it_stands_once_for_each_of_its_people() -> None:
    text = "id,title,since,person\n1,Talk,2025-03-03,Ann Lee\n1,Talk,2025-03-03,Bo Ek\n1,Talk,2025-03-03,Ann Lee\n"
    batch = taken(text)
    assert (Event.objects.count(), Participation.objects.count()) == (1, 2)
    assert batch.counts["by_record"]["participation"] == {"new": 2, "changed": 0, "same": 1, "doubtful": 0, "errors": 0}
    other = looked_at("id,title,since\n1,Talk,2025-03-03\n1,Other,2025-03-03\n")
    assert told(other, "same_id") == [("3", "same_id")]


def test_people_with_ids_are_made_and_guests_are_names() -> None:
    people = [
        {"person": "Ann Lee", "person_id": "7", "role": "head"},
        {"person": "Bo Ek", "role": "guest", "country": "SE"},
        {"person": "Cy Fox", "role": "Speaker of the house"},
        {"person": "Ann  Lee", "person_id": "7"},
    ]
    batch = listed({"people": people})
    apply(batch, by=BY)
    rows = Participation.objects.order_by("pk").values_list(
        "person__names__text", "printed_name", "function", "country__code", "role__en__text"
    )
    assert list(rows) == [
        ("Ann Lee", "", "head", "PT", None),
        (None, "Bo Ek", "guest", "SE", None),
        (None, "Cy Fox", "member", None, "Speaker of the house"),
    ]
    assert numbers(listed({"people": people})) == {"same": 6}


def test_somebody_whom_others_entered_is_only_linked() -> None:
    people = [{"person": "Ann Lee", "person_id": "7"}]
    apply(listed({"people": people}, {}), by=BY)
    person, event = Participation.objects.get().person, Event.objects.get(title__en__text="Talk 1")
    with change(Participation(event=event, person=person, function="host"), by=BY, verb="added"):
        pass
    apply(listed({"people": people}, {"people": people}), by=BY)
    assert Participation.objects.get(event=event).function == "host"


def test_a_later_edition_changes_what_it_set_and_asks_about_what_others_did() -> None:
    taken(row(place="Town"))
    assert numbers(looked_at(row(place="Village"))) == {"changed": 1}
    with change(only(), by=BY, verb="edited") as held:
        held.place = written({"en": "Hall"})
    assert numbers(looked_at(row(place="Village"))) == {"doubtful": 1}
    gone = looked_at("id,title,since\n2,Other,2025-03-03\n")
    assert told(gone, "gone_left") == [("1", "gone_left")]


def test_parts_of_an_event_are_items_of_its_programme() -> None:
    items = [
        {"item": "Opening", "item_id": "a", "begins": "2025-03-03T08:00Z", "ends": "2025-03-03T09:00Z"},
        {"item": "Night", "item_id": "b", "begins": "2025-03-03T20:00Z", "ends": "2025-03-03T23:30Z"},
        {"item": "Later", "item_id": "c"},
    ]
    batch = listed({"zone": "Europe/Brussels", "items": items})
    assert batch.counts["by_record"]["item"]["new"] == 3
    assert [key for _place, key in told(batch, "ends_next_day")] == ["ends_next_day"]
    apply(batch, by=BY)
    found = ProgrammeItem.objects.order_by("pk").values_list("text__en__text", "begins", "ends")
    assert list(found) == [("Opening", "09:00", "10:00"), ("Night", "21:00", "24:00"), ("Later", "", "")]
