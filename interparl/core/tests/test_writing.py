"""The write gate: what is kept of a change, and that nothing is when it may not be."""

from __future__ import annotations

from typing import Any

import pytest

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.models import Entry, Label, Source
from interparl.core.removing import remove
from interparl.core.translated import written
from interparl.core.writing import (
    CHUNK,
    Planned,
    Refused,
    change,
    change_many,
    chunks,
    differences,
    record_changed,
    values_of,
)
from tests import makers

pytestmark = pytest.mark.django_db
BY = Actor.command("tests")


def entries_of(record: Any) -> list[Entry]:
    """The entries of a record, oldest first."""
    return list(Entry.objects.filter(kind=record.record_kind(), object_id=record.pk).order_by("pk"))


def labels_of(record: Any) -> dict[str, str]:
    """Its labels by language."""
    rows = Label.objects.filter(kind=record.record_kind(), object_id=record.pk)
    return dict(rows.values_list("language", "text"))


def test_a_new_record_has_one_entry_with_its_filled_values_when_added(officer: User) -> None:
    source = Source(key="press", title=written({"en": "Press"}), licence="CC0")
    with change(source, by=officer, note="First", batch=7, row="12"):
        pass
    [entry] = entries_of(source)
    assert entry.changes == {
        "mark": [None, "internal"],
        "grade": [None, "stated"],
        "key": [None, "press"],
        "title": [None, {"en": {"text": "Press", "state": "reviewed", "of": ""}}],
        "licence": [None, "CC0"],
    }
    assert (entry.verb, entry.user, entry.actor) == ("added", officer, "desk_officer")
    assert (entry.note, entry.batch, entry.row) == ("First", 7, "12")


def test_an_entry_holds_before_and_after_when_a_value_changes(officer: User) -> None:
    country = makers.a_country("AM", "Armenia", mark="public")
    with change(country, by=officer, verb="renamed") as held:
        held.alpha3 = "ARM"
        held.mark = "internal"
    entry = entries_of(country)[-1]
    assert (entry.verb, entry.changes) == ("renamed", {"mark": ["public", "internal"], "alpha3": ["", "ARM"]})


def test_relations_are_kept_as_keys_and_days_as_text_when_they_change(officer: User) -> None:
    country, other = makers.a_country(), makers.a_country()
    parliament = makers.a_parliament(country)
    with change(parliament, by=officer) as held:
        held.country = other
        held.since = "18.10.2012"
        held.published_on = "2014-06-01"
    assert entries_of(parliament)[-1].changes == {
        "published_on": [None, "2014-06-01"],
        "since": ["", "2012-10-18"],
        "country": [country.pk, other.pk],
    }


def test_nothing_is_written_when_nothing_differs(officer: User) -> None:
    country = makers.a_country("AM")
    with change(country, by=officer) as held:
        held.code = "AM"
    assert len(entries_of(country)) == 1


def test_only_what_the_block_sets_is_changed_when_the_record_in_hand_is_stale(officer: User) -> None:
    country = makers.a_country("AM")
    stale = type(country).objects.get(pk=country.pk)
    with change(country, by=officer) as held:
        held.alpha3 = "ARM"
    stale.zone = "Asia/Yerevan"
    with change(stale, by=officer) as held:
        held.numeric = "051"
    country.refresh_from_db()
    assert (country.alpha3, country.numeric, country.zone) == ("ARM", "051", "")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "am"}, "code"),
        ({"code": ""}, "code"),
        ({"name": {}}, "name"),
        ({"name": {"en": "Armenia"}}, "name"),
        ({"name": written({"en": "<b>Armenia</b>"})}, "name"),
        ({"name": written({"en": "Arme\u200bnia"})}, "name"),
        ({"region": "moon"}, "region"),
        ({"mark": "secret"}, "mark"),
        ({"grade": "sure"}, "grade"),
        ({"published_on": "yesterday"}, "published_on"),
    ],
)
def test_a_change_is_refused_at_its_field_when_a_value_may_not_stand(
    values: dict[str, Any], field: str, officer: User
) -> None:
    country = makers.a_country("AM", "Armenia")
    before, labels = values_of(country), labels_of(country)
    with pytest.raises(Refused) as refusal, change(country, by=officer) as held:
        for name, value in values.items():
            setattr(held, name, value)
    assert list(refusal.value.error_dict) == [field]
    country.refresh_from_db()
    assert (values_of(country), len(entries_of(country)), labels_of(country)) == (before, 1, labels)


def test_a_record_is_refused_with_a_message_when_another_has_its_key(officer: User) -> None:
    makers.a_country("AM")
    with pytest.raises(Refused) as refusal:
        makers.a_country("AM")
    assert list(refusal.value.error_dict) == ["code"]
    assert Entry.objects.count() == 1


def test_a_record_is_refused_with_a_message_when_the_database_would_refuse_it(officer: User) -> None:
    relation = makers.a_parliament()
    model: Any = relation._meta.get_field("relations").related_model
    for values in ({}, {"parliament": relation, "organisation": makers.an_organisation()}):
        entries = Entry.objects.count()
        with pytest.raises(Refused) as refusal:
            makers.kept(model(**values))
        assert refusal.value.messages == ["Name either a parliament or an organisation."]
        assert Entry.objects.count() == entries


def test_a_record_is_refused_when_what_it_points_to_is_gone(officer: User) -> None:
    country = makers.a_country()
    model: Any = makers.a_parliament(country)._meta.model
    with pytest.raises(Refused) as refusal:
        makers.kept(model(country_id=country.pk + 1000, code="NO", name=written({"en": "None"})))
    assert list(refusal.value.error_dict) == ["country"]


def test_nothing_stays_when_the_block_breaks_off(officer: User) -> None:
    country = makers.a_country("AM")
    with pytest.raises(ZeroDivisionError), change(country, by=officer) as held:
        held.alpha3 = "ARM"
        _ = 1 / 0
    country.refresh_from_db()
    assert (country.alpha3, len(entries_of(country))) == ("", 1)


def test_an_entry_points_to_the_whole_when_a_part_changes() -> None:
    person = makers.a_person("Example")
    name = person.names.get()
    [entry] = entries_of(name)
    assert (entry.whole_kind, entry.whole_id) == ("directory.person", person.pk)
    assert [(one.whole_kind, one.whole_id) for one in entries_of(person)] == [("", None)]


def test_labels_follow_when_a_record_or_its_part_changes(officer: User) -> None:
    person = makers.a_person("Example", "Anna")
    assert labels_of(person) == {"en": "Anna Example", "ru": "Anna Example", "be": "Anna Example"}
    makers.a_name(person, family="Прыклад", given="Ганна", language="be")
    assert labels_of(person) == {"en": "Anna Example", "ru": "Anna Example", "be": "Ганна Прыклад"}
    name = person.names.get(language="be")
    remove(name, by=officer)
    assert labels_of(person)["be"] == "Anna Example"


def test_a_command_is_named_when_no_user_writes() -> None:
    [entry] = entries_of(makers.a_country())
    assert (entry.user, entry.actor) == (None, "interparl tests")


def test_listeners_hear_once_when_something_changed_and_not_when_nothing_did(officer: User) -> None:
    heard: list[tuple[Any, ...]] = []

    def hear(sender: Any, records: Any, verb: str, batch: int | None, **_rest: Any) -> None:
        heard.append((sender, len(records), verb, batch))

    record_changed.connect(hear)
    try:
        country = makers.a_country()
        with change(country, by=officer):
            pass
        change_many([Planned(country, {"alpha3": "ABC"})], by=officer, batch=3)
        remove(country, by=officer)
    finally:
        record_changed.disconnect(hear)
    model = type(country)
    assert heard == [(model, 1, "added", None), (model, 1, "changed", 3), (model, 1, "removed", None)]


def test_many_are_written_alike_when_written_one_by_one(officer: User) -> None:
    one = makers.a_country("AA", "Aland")
    model = type(one)
    other = model(code="AB", name=written({"en": "Aland"}))
    assert change_many([Planned(other, row="line 2")], by=BY) == 1
    [by_one], [in_bulk] = entries_of(one), entries_of(other)
    assert by_one.changes | {"code": [None, "AB"]} == in_bulk.changes
    assert (by_one.verb, in_bulk.verb, in_bulk.row) == ("added", "added", "line 2")
    assert labels_of(one) == labels_of(other)


def test_many_new_and_stored_rows_are_told_apart_when_written_together(officer: User) -> None:
    stored, same = makers.a_country("AA"), makers.a_country("AB")
    new = type(stored)(code="AC", name=written({"en": "New"}))
    planned = [Planned(stored, {"alpha3": "AAA"}), Planned(same, {"code": "AB"}), Planned(new)]
    assert change_many(planned, by=officer) == 2
    assert [entry.verb for entry in entries_of(stored)] == ["added", "changed"]
    assert [len(entries_of(one)) for one in (same, new)] == [1, 1]


def test_rows_that_point_to_new_rows_of_their_own_kind_are_written_when_given_in_order(officer: User) -> None:
    model = type(makers.an_organisation())
    whole = model(code="whole", kind="other", name=written({"en": "Whole"}))
    part = model(code="part", kind="other", name=written({"en": "Part"}), parent=whole)
    least = model(code="least", kind="other", name=written({"en": "Least"}))
    planned = [Planned(whole), Planned(part), Planned(least, {"parent": part})]
    assert [len(piece) for piece in chunks(planned)] == [1, 1, 1]
    assert change_many(planned, by=officer) == 3
    assert model.objects.get(code="least").parent == model.objects.get(code="part")
    assert model.objects.get(code="part").parent == model.objects.get(code="whole")


def test_the_rows_come_in_pieces_when_there_are_more_than_one_piece_holds() -> None:
    model = type(makers.an_organisation())
    planned = [Planned(model(code=f"o{number}")) for number in range(CHUNK + 1)]
    assert [len(piece) for piece in chunks(planned)] == [CHUNK, 1]


def test_nothing_of_many_stays_when_one_row_is_wrong(officer: User) -> None:
    model = type(makers.a_country("AA"))
    rows = [model(code=code, name=written({"en": code})) for code in ("AB", "wrong")]
    with pytest.raises(Refused) as refusal:
        change_many([Planned(one, row=f"row {number}") for number, one in enumerate(rows)], by=officer)
    assert refusal.value.messages[0].startswith("row 1: ")
    assert (model.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.parametrize("code", ["AA", "AB"])
def test_many_are_refused_with_their_place_when_a_key_is_there_twice(code: str, officer: User) -> None:
    model = type(makers.a_country("AA"))
    rows = [model(code=one, name=written({"en": one})) for one in ("AB", code)]
    with pytest.raises(Refused) as refusal:
        change_many([Planned(one, row=f"row {number}") for number, one in enumerate(rows)], by=officer)
    assert refusal.value.messages[0].startswith("row 1: ")
    assert (model.objects.count(), Entry.objects.count()) == (1, 1)


def test_many_are_refused_when_a_constraint_of_the_database_is_broken(officer: User) -> None:
    model: Any = makers.a_parliament()._meta.get_field("relations").related_model
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        change_many([Planned(model(), row="row 5")], by=officer)
    assert refusal.value.messages == ["row 5: Name either a parliament or an organisation."]
    assert (model._base_manager.count(), Entry.objects.count()) == (0, entries)


def test_what_may_be_questioned_is_written_and_marked_when_imported_and_refused_when_typed(officer: User) -> None:
    part = makers.a_part()
    seat = makers.a_seat(part)
    first = makers.a_membership(part=part, seat=seat, since="2012")
    second = type(first)(body=part.body, part=part, seat=seat, person=makers.a_person(), since="2013")
    with pytest.raises(Refused) as refusal:
        makers.kept(second)
    assert list(refusal.value.error_dict) == ["seat"]
    change_many([Planned(second)], by=BY)
    second.refresh_from_db()
    assert second.questioned == ["seat-held"]
    with change(second, by=officer) as held:
        held.seat = None
    assert second.questioned == []


def test_grave_problems_are_refused_when_imported(officer: User) -> None:
    one = makers.an_organisation()
    with pytest.raises(Refused, match="row 3: "):
        change_many([Planned(one, {"parent": one}, row="row 3")], by=officer)


def test_an_end_before_the_beginning_is_refused_when_typed_and_questioned_when_imported(officer: User) -> None:
    model = type(makers.an_organisation())
    one = model(code="back", kind="other", name=written({"en": "Back"}), since="2014", until="2012")
    with pytest.raises(Refused, match="The end lies before the beginning"):
        makers.kept(one)
    change_many([Planned(one, row="row 3")], by=officer)
    assert model.objects.get(code="back").questioned == ["backwards"]


def test_the_last_values_stay_in_history_when_a_record_is_removed(officer: User) -> None:
    country = makers.a_country("AM", "Armenia")
    key = country.pk
    remove(country, by=officer, note="Entered twice")
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.object_id, entry.note) == ("removed", key, "Entered twice")
    assert entry.changes["code"] == ["AM", None]
    assert not Label.objects.filter(kind="directory.country", object_id=key).exists()
    assert not type(country).objects.filter(pk=key).exists()


def test_a_record_stays_when_others_point_to_it(officer: User) -> None:
    country = makers.a_country()
    makers.a_parliament(country)
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        remove(country, by=officer)
    assert refusal.value.messages == ["It cannot be removed: 1 rows point to it (parliaments)."]
    assert (type(country).objects.filter(pk=country.pk).count(), Entry.objects.count()) == (1, entries)
    assert Label.objects.filter(kind="directory.country", object_id=country.pk).count() == 3


def test_a_difference_leaves_out_what_is_empty_when_the_record_is_new() -> None:
    assert differences({}, {"a": "", "b": 0, "c": None, "d": {}, "e": [], "f": False, "g": 1}) == {
        "b": [None, 0],
        "f": [None, False],
        "g": [None, 1],
    }
    assert differences({"a": "", "b": 1}, {"a": "x", "b": 1}) == {"a": ["", "x"]}


def test_each_row_has_its_own_entry_when_one_record_is_planned_twice(officer: User) -> None:
    country = makers.a_country("AM")
    rows = [Planned(country, {"alpha3": "ARM"}, "row 1"), Planned(country, {"numeric": "051"}, "row 2")]
    assert change_many(rows, by=officer) == 2
    assert [entry.changes for entry in entries_of(country)[1:]] == [{"alpha3": ["", "ARM"]}, {"numeric": ["", "051"]}]


def test_a_name_without_words_is_refused_when_imported(officer: User) -> None:
    person = makers.a_person()
    nameless = type(person.names.get())(person=person, language="ru")
    with pytest.raises(Refused) as refusal:
        change_many([Planned(nameless, row="row 1")], by=officer)
    assert refusal.value.messages == ["row 1: Write the name."]
