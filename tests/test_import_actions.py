"""Looking at files, applying them, and later editions: small files, each for one rule."""

from __future__ import annotations

import gzip
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.core.models import Entry, Identifier, Label
from interparl.core.translated import text_in
from interparl.core.writing import change
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    ContactPoint,
    Convocation,
    Faction,
    Mandate,
    Person,
    PersonName,
)
from interparl.exchange.actions import apply, preview, source_key_of, text_of
from interparl.exchange.models import Batch, Row
from tests.makers import BY
from tests.valley import (
    ANNA,
    GREENS,
    HOUSE,
    NOBODY,
    SEAT,
    TERM,
    a_file,
    applied,
    dump,
    looked_at,
    numbers,
    told,
)

pytestmark = pytest.mark.django_db


def test_every_object_finds_its_register_when_applied() -> None:
    assert numbers(applied()) == {"new": 6, "same": 1}
    mandate, affiliation = Mandate.objects.get(), Affiliation.objects.get()
    assert (mandate.since, mandate.until, str(mandate.convocation), str(mandate.constituency)) == (
        "2012-01-15",
        "2016",
        "First term",
        "West",
    )
    assert (str(affiliation.faction), affiliation.since, affiliation.until, affiliation.role) == (
        "Greens",
        "2012-01-15",
        "2016",
        "",
    )
    person = Person.objects.get()
    assert (person.gender, person.born) == ("female", "1970-05")
    names = PersonName.objects.order_by("text").values_list("text", "family", "given", "kind", "script")
    assert list(names) == [
        ("Anna Lis", "", "", "former", "Latn"),
        ("Anna Nowak", "Nowak", "Anna", "official", "Latn"),
    ]
    contacts = ContactPoint.objects.order_by("kind").values_list("kind", "value", "mark")
    assert list(contacts) == [("email", "anna@example.org", "internal"), ("other", "twitter: anna", "internal")]
    chamber = Chamber.objects.get()
    assert (text_in(chamber.name, "en"), chamber.seats, chamber.kind) == ("House of the Valley", 30, "single")
    found = Identifier.objects.filter(object_id=person.pk, kind="directory.person").order_by("scheme")
    assert list(found.values_list("scheme", "value")) == [("valley:person", "p1"), ("viaf", "7")]
    assert ChamberTerm.objects.get().span == Convocation.objects.get().span


def test_labels_and_entries_are_there_when_applied() -> None:
    batch = applied()
    assert set(Label.objects.filter(kind="directory.person").values_list("text", "by")) == {
        ("Anna Nowak", "Nowak Anna")
    }
    assert set(Entry.objects.values_list("batch", "verb", "actor")) == {(batch.pk, "imported", BY.name)}
    assert Entry.objects.get(kind="directory.mandate").row == "memberships[0]"


def test_nothing_is_written_when_the_same_file_comes_again() -> None:
    applied()
    before, entries = dump(), Entry.objects.count()
    assert numbers(applied()) == {"same": 7}
    assert (dump(), Entry.objects.count()) == (before, entries)


def test_nothing_is_written_when_only_looked_at() -> None:
    batch = looked_at()
    assert (numbers(batch), Entry.objects.count(), batch.rows.count()) == ({"new": 6, "same": 1}, 0, 7)


def test_values_of_this_source_follow_when_a_later_edition_changes_them() -> None:
    applied()
    person = ANNA | {"birth_date": "1970-05-02", "name": "Anna Nowak-Lis", "family_name": "Nowak-Lis"}
    person["contact_details"] = [{"type": "email", "value": "new@example.org"}, {"type": "twitter", "value": "anna"}]
    batch = applied(a_file(persons=[person], organizations=[HOUSE | {"seats": 32}, GREENS, NOBODY]))
    assert numbers(batch) == {"changed": 2, "same": 5}
    assert (Person.objects.get().born, Chamber.objects.get().seats) == ("1970-05-02", 32)
    assert list(PersonName.objects.order_by("text").values_list("text", flat=True)) == ["Anna Lis", "Anna Nowak-Lis"]
    assert list(ContactPoint.objects.filter(kind="email").values_list("value", flat=True)) == ["new@example.org"]
    assert set(Label.objects.filter(kind="directory.person").values_list("text", flat=True)) == {"Anna Nowak-Lis"}


def test_a_date_stays_when_a_later_edition_writes_one_that_cannot_be_read() -> None:
    applied()
    assert Person.objects.get().born == ANNA["birth_date"]
    batch = applied(a_file(persons=[ANNA | {"birth_date": "31 of February"}]))
    assert Person.objects.get().born == ANNA["birth_date"]
    assert "not_a_date" in {one["key"] for one in batch.messages}
    applied(a_file(persons=[{key: value for key, value in ANNA.items() if key != "birth_date"}]))
    assert Person.objects.get().born == ""


def test_a_value_is_doubtful_with_both_shown_when_it_was_edited_here() -> None:
    applied()
    with change(Person.objects.get(), by=BY) as held:
        held.born = "1971"
    batch = applied(a_file(persons=[ANNA | {"birth_date": "1972"}]))
    assert numbers(batch) == {"doubtful": 1, "same": 6}
    assert (
        text_of(batch.messages[0])
        == "“Born” is “1972” in the file; here it is “1971”, which did not come from this source."
    )
    assert Person.objects.get().born == "1971"
    assert batch.rows.get(outcome="doubtful").name == "Anna Nowak"


def test_what_was_added_here_stays_when_the_file_says_nothing() -> None:
    applied(a_file(persons=[{"id": "p1", "name": "Anna Nowak"}]))
    with change(Person.objects.get(), by=BY) as held:
        held.born = "1971"
    with change(Faction.objects.get(), by=BY) as faction:
        faction.name = faction.name | {"ru": {"text": "Зелёные", "state": "reviewed", "of": ""}}
    assert numbers(applied(a_file(persons=[{"id": "p1", "name": "Anna Nowak"}]))) == {"same": 7}
    batch = applied(
        a_file(
            persons=[{"id": "p1", "name": "Anna Nowak"}], organizations=[HOUSE, GREENS | {"name": "The Greens"}, NOBODY]
        )
    )
    assert numbers(batch) == {"changed": 1, "same": 6}
    name = Faction.objects.get().name
    assert {code: one["text"] for code, one in name.items()} == {"en": "The Greens", "ru": "Зелёные"}


def test_a_published_record_stays_so_when_the_file_comes_again() -> None:
    applied()
    with change(Person.objects.get(), by=BY, verb="lowered", note="It may be known") as held:
        held.mark, held.published_on = "public", date(2015, 1, 1)
    assert numbers(applied(a_file(persons=[ANNA | {"birth_date": "1970"}]))) == {"changed": 1, "same": 6}
    assert (Person.objects.get().mark, Person.objects.get().born) == ("public", "1970")


def test_memberships_end_between_the_days_when_gone_from_a_later_edition() -> None:
    open_term = TERM | {"end_date": None}
    applied(a_file(events=[open_term]), on=date(2014, 1, 1))
    batch = applied(a_file(events=[open_term], memberships=[]), name="valley-2014.popolo.json", on=date(2014, 6, 1))
    assert numbers(batch) == {"same": 6, "gone": 1}
    assert (Mandate.objects.get().until, Affiliation.objects.get().until) == ("2014-01-01..2014-05-31",) * 2
    assert sum(batch.counts["by_record"]["membership"].values()) == 0
    later = applied(a_file(events=[open_term], memberships=[]), on=date(2015, 1, 1))
    assert numbers(later) == {"same": 6}
    back = applied(a_file(events=[open_term]), on=date(2015, 2, 1))
    assert (numbers(back), Mandate.objects.get().until) == ({"changed": 1, "same": 6}, "")


def test_memberships_are_only_told_when_the_days_are_not_known() -> None:
    open_term = TERM | {"end_date": None}
    applied(a_file(events=[open_term]))
    entries = Entry.objects.count()
    batch = applied(a_file(events=[open_term], memberships=[], persons=[]), on=date(2014, 6, 1))
    assert [key for _place, key in told(batch, "gone", "gone_left")] == ["gone", "gone_left"]
    assert Entry.objects.count() == entries
    assert Person.objects.count() == 1


def test_an_older_edition_is_refused_when_a_later_one_was_applied() -> None:
    applied(on=date(2014, 6, 1))
    with pytest.raises(ValidationError, match="older than the last one applied"):
        looked_at(on=date(2014, 1, 1))


def test_nothing_is_written_when_a_row_has_an_error() -> None:
    batch = looked_at(a_file(persons=[ANNA | {"name": "<script>alert(1)</script>"}]))
    assert numbers(batch) == {"new": 4, "same": 1, "doubtful": 1, "errors": 1}
    with pytest.raises(ValidationError, match=r"errors in 1 rows. First at persons\[0\]"):
        apply(batch, by=BY)
    assert (Entry.objects.count(), Batch.objects.get().state) == (0, "previewed")


@pytest.mark.parametrize(
    ("lists", "key"),
    [
        ({"persons": [ANNA, ANNA | {"name": "Somebody Else"}]}, "same_id"),
        ({"persons": [{"name": "Anna"}]}, "no_id"),
        ({"persons": {"id": "p1"}}, "not_a_list"),
        ({"memberships": [SEAT | {"person_id": "p9"}]}, "dangling"),
        ({"persons": [ANNA | {"name": "x" * 400}]}, "refused"),
    ],
)
def test_an_error_is_counted_and_stops_all_when_found(lists: dict[str, Any], key: str) -> None:
    batch = looked_at(a_file(**lists))
    assert (batch.counts["errors"] > 0, key in {one["key"] for one in batch.messages if one["level"] == "error"}) == (
        True,
        True,
    )
    with pytest.raises(ValidationError, match="Nothing was written"):
        apply(batch, by=BY)
    assert Entry.objects.count() == 0


def test_what_points_to_a_doubtful_row_waits_with_it_when_applied() -> None:
    batch = applied(a_file(events=[TERM | {"end_date": "soon"}]))
    assert numbers(batch) == {"new": 4, "same": 1, "doubtful": 2}
    assert told(batch, "not_a_date", "waits") == [
        ("events[0]", "not_a_date"),
        ("memberships[0]", "waits"),
    ]
    assert (Convocation.objects.count(), Mandate.objects.count(), Person.objects.count()) == (0, 0, 1)


def test_a_mandate_is_doubtful_when_it_would_end_before_its_term_begins() -> None:
    batch = looked_at(a_file(memberships=[SEAT | {"end_date": "2011"}]))
    assert told(batch, "backwards") == [("memberships[0]", "backwards")]
    assert numbers(batch) == {"new": 5, "same": 1, "doubtful": 1}


@pytest.mark.parametrize("day", ["0000-01-01", "9999-12-31", "2012-02-30", "soon"])
def test_a_membership_is_doubtful_when_its_day_is_none(day: str) -> None:
    batch = applied(a_file(memberships=[SEAT | {"end_date": day}]))
    assert (told(batch, "not_a_date"), Mandate.objects.count()) == ([("memberships[0]", "not_a_date")], 0)


def test_objects_that_repeat_are_the_same_when_counted() -> None:
    batch = applied(a_file(memberships=[SEAT, SEAT], persons=[ANNA, ANNA]))
    assert (numbers(batch), Mandate.objects.count(), Person.objects.count()) == ({"new": 6, "same": 3}, 1, 1)


def test_apply_is_refused_when_a_record_was_changed_since_the_preview() -> None:
    applied()
    batch = looked_at(a_file(persons=[ANNA | {"birth_date": "1972"}]))
    with change(Person.objects.get(), by=BY) as held:
        held.born = "1971"
    with pytest.raises(ValidationError, match="since the preview"):
        apply(batch, by=BY)


def test_apply_is_refused_when_the_same_file_was_applied_meanwhile() -> None:
    first, second = looked_at(), looked_at()
    apply(first, by=BY)
    before = dump()
    for batch in (first, second):
        with pytest.raises(ValidationError):
            apply(batch, by=BY)
    assert dump() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"not json", "not JSON"),
        (b"[]", "not a Popolo file"),
        (b"\xff\xfe\x00", "UTF"),
        (b"\x1f\x8bbroken", "damaged"),
        (gzip.compress(b" " * 70_000_000), "too large"),
        (b'{"persons": ' + b"[" * 200 + b"]" * 200 + b"}", "too deeply"),
    ],
)
def test_a_file_is_refused_with_one_message_when_it_cannot_be_read(data: bytes, words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refusal:
        preview("popolo", data, "x.json", by=BY)
    assert (len(refusal.value.messages), Batch.objects.count()) == (1, 0)


def test_a_kind_of_file_is_refused_when_nothing_reads_it() -> None:
    with pytest.raises(ValidationError, match="no kind of file"):
        preview("tarot", b"{}", "x.json", by=BY)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("uk-commons.popolo.json.gz", "uk-commons"),
        ("uk-commons-2015-09.popolo.json", "uk-commons"),
        ("belarus-house-2016.deputies.2017-06-01.csv", "belarus-house-deputies"),
        ("House 20170601.json", "house"),
        ("C:\\files\\Palata_deputies.json", "palata-deputies"),
        ("палата.json", "file"),
        ("x" * 100 + ".json", "x" * 60),
        ("term-12345678.json", "term-12345678"),
    ],
)
def test_the_key_of_a_source_is_the_name_without_days_when_made(name: str, key: str) -> None:
    assert source_key_of(name) == key


def test_queries_stay_few_when_the_rows_are_many() -> None:
    def file_of(number: int) -> bytes:
        people = [{"id": f"p{one}", "name": f"Anna {one}"} for one in range(number)]
        return a_file(persons=people, memberships=[SEAT | {"person_id": f"p{one}"} for one in range(number)])

    counts = []
    for number in (1, 40):
        with CaptureQueriesContext(connection) as queries:
            looked_at(file_of(number), name=f"valley{number}.json")
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 2


def test_rows_keep_what_is_shown_when_looked_at() -> None:
    batch = looked_at()
    row = batch.rows.get(record="membership")
    assert (row.place, row.name, row.outcome, row.target_kind, row.target_id, row.is_gone) == (
        "memberships[0]",
        "Anna Nowak",
        Row.Outcome.NEW,
        "directory.mandate",
        None,
        False,
    )
