"""History in words, and taking one change back."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.accounts.roles import PUBLIC, ROLES, Role
from interparl.core.history import entries_of, last_entry, lines, revert
from interparl.core.models import Entry
from interparl.core.removing import remove
from interparl.core.translated import rewritten, written
from interparl.core.writing import Planned, Refused, change, change_many, values_of
from tests import makers

pytestmark = pytest.mark.django_db


def ref_of(record: Any) -> tuple[str, int]:
    """Kind and key of a record."""
    return record.record_kind(), record.pk


def changes_of(record: Any, user: User, language: str = "en") -> list[tuple[str, str, str, str]]:
    """The fields of the newest line of a record, in words."""
    reading = makers.a_reading(user, language=language)
    newest = lines(list(entries_of(ref_of(record))[:1]), reading)[0]
    return [(one.label, one.before, one.after, one.language) for one in newest.changes]


def newest_of(record: Any) -> Entry:
    """The record's last entry."""
    return Entry.objects.filter(kind=record.record_kind(), object_id=record.pk).latest("pk")


def test_a_line_says_labels_and_choices_in_words_when_relations_and_choices_change(officer: User) -> None:
    country = makers.a_country("AM", "Armenia")
    parliament = makers.a_parliament(makers.a_country("GE", "Georgia"), "P", "Assembly", mark="public")
    with change(parliament, by=officer, verb="changed") as held:
        held.country = country
        held.mark = "internal"
        held.since = "2012-10"
        held.published_on = "2014-06-01"
    assert changes_of(parliament, officer) == [
        ("mark", "public", "internal", ""),
        ("published on", "", "1 Jun 2014", ""),
        ("from", "", "Oct 2012", ""),
        ("country", "Georgia", "Armenia", ""),
    ]


def test_a_line_has_a_part_for_each_language_when_a_text_changes(officer: User) -> None:
    country = makers.a_country("AM")
    with change(country, by=officer) as held:
        held.name = written({"en": "Armenia", "ru": "Армения"})
    with change(country, by=officer) as held:
        held.name = rewritten(held.name, {"en": "Republic of Armenia", "ru": "Армения", "be": "Арменія"})
    assert changes_of(country, officer) == [
        ("name", "Armenia", "Republic of Armenia", "en"),
        ("name", "reviewed", "outdated", "ru"),
        ("name", "", "Арменія", "be"),
    ]


def test_a_line_names_what_was_changed_when_it_is_a_part_of_the_record(officer: User) -> None:
    person = makers.a_person("Example", "Anna")
    reading = makers.a_reading(officer)
    made = lines(list(entries_of(ref_of(person))), reading)
    assert [(line.verb, line.what, line.actor) for line in made] == [
        ("added", "name of a person: Anna Example", "interparl tests"),
        ("added", "person: Anna Example", "interparl tests"),
    ]


def test_the_last_entry_is_the_record_s_own_when_a_part_changed_later() -> None:
    person = makers.a_person()
    own = Entry.objects.get(kind="directory.person", object_id=person.pk)
    assert last_entry(ref_of(person)) == own.pk
    assert last_entry(("directory.person", 0)) == 0


def test_lines_of_hidden_records_are_left_out_and_of_removed_ones_stay(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROLES, "outsider", Role("outsider", "Outsider", frozenset({PUBLIC}), ("*",)))
    person = makers.a_person("Example", mark="public")
    hidden = makers.a_name(person, family="Secret", language="ru", mark="internal")
    gone = makers.a_name(person, family="Gone", language="be")
    remove(gone, by=officer)
    entries = list(entries_of(ref_of(person)))
    seen_by_all = lines(entries, makers.a_reading(officer))
    seen_by_few = lines(entries, makers.a_reading(makers.a_user("outsider")))
    assert {line.entry for line in seen_by_all} - {line.entry for line in seen_by_few} == {newest_of(hidden)}
    assert [line.what for line in seen_by_few if line.verb == "removed"] == ["name of a person: Gone"]


def test_a_value_that_the_reader_may_not_know_is_a_number_when_a_line_speaks_of_it(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROLES, "outsider", Role("outsider", "Outsider", frozenset({PUBLIC}), ("*",)))
    secret = makers.a_source(title="Secret letter")
    country = makers.a_country("AM", mark="public")
    with change(country, by=officer) as held:
        held.source = secret
    assert changes_of(country, officer) == [("source", "", "Secret letter", "")]
    assert changes_of(country, makers.a_user("outsider")) == [("source", "", f"#{secret.pk}", "")]


def test_lines_ask_as_many_queries_when_there_are_more_of_them(officer: User) -> None:
    country = makers.a_country()
    portfolio: Any = country._meta.get_field("portfolios").related_model
    counts = []
    for _round in range(2):
        for _row in range(4):
            makers.kept(portfolio(user=officer, country=country))
        reading = makers.a_reading(officer)
        with CaptureQueriesContext(connection) as asked:
            lines(list(entries_of(ref_of(country))), reading)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", [written({"en": "A"}), written({"en": "B", "ru": "Б"})]),
        ("alpha3", ["ABC", ""]),
        ("published_on", ["2014-06-01", None]),
    ],
)
def test_a_change_is_taken_back_when_nothing_changed_since(field: str, values: list[Any], officer: User) -> None:
    country = makers.a_country("AM")
    with change(country, by=officer) as held:
        setattr(held, field, values[0])
    before = values_of(country)
    with change(country, by=officer) as held:
        setattr(held, field, values[1])
    revert(newest_of(country), by=officer, note="Mistyped")
    country.refresh_from_db()
    entry = newest_of(country)
    assert (values_of(country), entry.verb, entry.note) == (before, "reverted", "Mistyped")


def test_taking_back_can_be_taken_back_when_it_was_a_mistake(officer: User) -> None:
    country = makers.a_country("AM")
    with change(country, by=officer) as held:
        held.alpha3 = "ARM"
    revert(newest_of(country), by=officer)
    revert(newest_of(country), by=officer)
    country.refresh_from_db()
    assert country.alpha3 == "ARM"


def test_a_change_is_not_taken_back_when_it_was_changed_again(officer: User) -> None:
    country = makers.a_country("AM")
    for code in ("ARM", "AMR"):
        with change(country, by=officer) as held:
            held.alpha3 = code
    older, entries = Entry.objects.filter(kind="directory.country").order_by("pk")[1], Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        revert(older, by=officer)
    assert refusal.value.messages == ["“three-letter code” was changed again later. Take the later change back first."]
    country.refresh_from_db()
    assert (country.alpha3, Entry.objects.count()) == ("AMR", entries)


def test_a_change_is_taken_back_when_only_other_fields_changed_since(officer: User) -> None:
    country = makers.a_country("AM")
    with change(country, by=officer) as held:
        held.alpha3 = "ARM"
    entry = newest_of(country)
    with change(country, by=officer) as held:
        held.numeric = "051"
    revert(entry, by=officer)
    country.refresh_from_db()
    assert (country.alpha3, country.numeric) == ("", "051")


def test_an_added_record_is_removed_when_its_adding_is_taken_back(officer: User) -> None:
    country = makers.a_country("AM")
    revert(newest_of(country), by=officer)
    assert not type(country).objects.exists()
    assert Entry.objects.latest("pk").verb == "removed"


def test_an_added_record_stays_when_others_point_to_it(officer: User) -> None:
    country = makers.a_country("AM")
    makers.a_parliament(country)
    with pytest.raises(Refused):
        revert(newest_of(country), by=officer)
    assert type(country).objects.filter(pk=country.pk).exists()


def test_a_removed_record_comes_back_under_its_key_when_that_is_taken_back(officer: User) -> None:
    person = makers.a_person("Example", "Anna")
    name = person.names.get()
    before, key = values_of(name), name.pk
    remove(name, by=officer)
    revert(Entry.objects.latest("pk"), by=officer)
    back = type(name).objects.get(pk=key)
    assert values_of(back) == before
    assert str(type(person).objects.get(pk=person.pk)) == "Anna Example"


def test_a_removed_record_stays_away_when_its_key_is_taken_or_it_came_back(officer: User) -> None:
    country = makers.a_country("AM")
    remove(country, by=officer)
    entry = Entry.objects.latest("pk")
    makers.a_country("AM")
    with pytest.raises(Refused):
        revert(entry, by=officer)
    assert type(country).objects.count() == 1


def test_a_change_of_a_removed_record_is_not_taken_back_when_the_record_is_gone(officer: User) -> None:
    country = makers.a_country("AM")
    with change(country, by=officer) as held:
        held.alpha3 = "ARM"
    entry = newest_of(country)
    remove(country, by=officer)
    with pytest.raises(Refused) as refusal:
        revert(entry, by=officer)
    assert refusal.value.messages == ["This change can no longer be taken back: what it changed is not there."]


def test_taking_back_is_refused_when_a_rule_is_broken_by_it(officer: User) -> None:
    organisation = makers.an_organisation(since="2010", until="2012")
    with change(organisation, by=officer) as held:
        held.until = "2016"
    entry = newest_of(organisation)
    with change(organisation, by=officer) as held:
        held.since = "2014"
    with pytest.raises(Refused) as refusal:
        revert(entry, by=officer)
    assert refusal.value.messages == ["The end lies before the beginning."]


def test_an_imported_change_is_taken_back_when_it_came_in_bulk(officer: User) -> None:
    country = makers.a_country("AM")
    change_many([Planned(country, {"alpha3": "ARM"})], by=officer, verb="imported")
    revert(newest_of(country), by=officer)
    country.refresh_from_db()
    assert country.alpha3 == ""
