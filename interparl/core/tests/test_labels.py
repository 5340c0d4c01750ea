"""Labels: in every language, with the fallback named, in the order of the alphabet, for those who may know."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.labels import LONGEST_FOLDED, Named, keys_in_order, labels_of, readable
from interparl.core.models import Label
from interparl.core.translated import written
from tests import makers

pytestmark = pytest.mark.django_db


def rows_of(record: Any) -> dict[str, tuple[str, str, str]]:
    """Text, what it is sorted by and its real language, by language."""
    rows = Label.objects.filter(kind=record.record_kind(), object_id=record.pk)
    return {row.language: (row.text, row.by, row.spoken) for row in rows}


def test_a_label_names_the_language_it_is_in_when_it_falls_back() -> None:
    source = makers.a_source()
    source = makers.kept(type(source)(key="press", title=written({"ru": "Пресса", "be": "Прэса"})))
    assert rows_of(source) == {
        "en": ("Пресса", "Пресса", "ru"),
        "ru": ("Пресса", "Пресса", "ru"),
        "be": ("Прэса", "Прэса", "be"),
    }


def test_a_person_is_sorted_by_surname_when_it_is_known() -> None:
    person = makers.a_person("Example", "Anna")
    makers.a_name(person, family="Прыклад", given="Ганна", patronymic="Іванаўна", language="be")
    assert rows_of(person) == {
        "en": ("Anna Example", "Example Anna", "en"),
        "ru": ("Anna Example", "Example Anna", "en"),
        "be": ("Ганна Прыклад", "Прыклад Ганна Іванаўна", "be"),
    }


def test_a_name_of_another_language_is_the_label_when_there_is_no_other() -> None:
    person = makers.a_person("მაგალითი", "ანა", language="ka")
    assert set(rows_of(person).values()) == {("ანა მაგალითი", "მაგალითი ანა", "ka")}


def test_a_number_is_the_label_when_there_is_no_name_at_all() -> None:
    person = makers.a_person("Example")
    nameless = makers.kept(type(person)())
    assert set(rows_of(nameless).values()) == {(f"#{nameless.pk}", f"#{nameless.pk}", "und")}


def test_rows_come_in_the_order_of_the_alphabet_when_the_language_has_one() -> None:
    names = ["Яблык", "Ёлка", "Еўропа", "Іва", "Зіма", "Йод", "Ўсход", "Усход", "Фарба", "Цётка"]
    countries = [
        makers.kept(type(makers.a_country())(code=f"B{number}", name=written({"be": name})))
        for number, name in enumerate(names)
    ]
    model = type(countries[0])
    found = model.objects.filter(code__startswith="B")
    by_key = {one.pk: name for one, name in zip(countries, names, strict=True)}
    in_order = [by_key[key] for key in keys_in_order(found, "be")]
    assert in_order == ["Еўропа", "Ёлка", "Зіма", "Іва", "Йод", "Усход", "Ўсход", "Фарба", "Цётка", "Яблык"]
    assert [by_key[key] for key in keys_in_order(found, "be", down=True)] == in_order[::-1]
    assert [by_key[key] for key in keys_in_order(found, "be", start=2, stop=4)] == ["Зіма", "Іва"]


def test_rows_alike_come_in_the_order_of_their_keys_when_sorted() -> None:
    one, two = makers.a_country("AA", "Same"), makers.a_country("AB", "Same")
    found = type(one).objects.all()
    assert (keys_in_order(found, "en"), keys_in_order(found, "en", down=True)) == ([one.pk, two.pk], [two.pk, one.pk])


def test_a_long_list_of_names_is_cut_when_it_does_not_fit() -> None:
    person = makers.a_person("Example")
    for number in range(30):
        makers.a_name(person, family=f"{chr(97 + number % 26) * 60}{number}", language="ru")
    assert max(len(label.folded) for label in Label.objects.filter(object_id=person.pk)) <= LONGEST_FOLDED


def test_labels_of_mixed_records_come_with_one_query_when_they_are_of_many_kinds(officer: User) -> None:
    people = [makers.a_person() for _number in range(3)]
    countries = [makers.a_country() for _number in range(3)]
    refs = [(one.record_kind(), one.pk) for one in (*people, *countries)]
    with CaptureQueriesContext(connection) as asked:
        found = labels_of(refs, "en", officer)
    assert (len(found), len(asked)) == (6, 1)


@pytest.mark.parametrize("many", [0, 500])
def test_the_public_gets_labels_of_what_is_published_when_it_asks(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interparl.core.labels.MANY", many)
    open_one = makers.a_country("AM", "Armenia", mark="public", published_on="2014-01-01")
    makers.a_country("ZZ", "Nobody asked", mark="public", published_on="2014-01-01")
    hidden = [makers.a_country("GE", mark="public"), makers.a_country("XX", published_on="2014-01-01")]
    refs = [("directory.country", one.pk) for one in (open_one, *hidden)]
    assert labels_of(refs, "en", AnonymousUser()) == {
        ("directory.country", open_one.pk): Named("Armenia", "en", "Armenia")
    }
    assert readable(refs, AnonymousUser()) == {("directory.country", open_one.pk)}


def test_no_record_has_a_label_when_there_is_none_with_that_key(officer: User) -> None:
    assert readable([("directory.country", 99)], AnonymousUser()) == set()
    assert labels_of([("directory.country", 99)], "en", officer) == labels_of([], "en", officer) == {}


def test_what_hangs_on_hidden_records_is_hidden_when_the_public_asks() -> None:
    hidden, shown = (makers.a_country(mark=mark, published_on="2014-01-01") for mark in ("internal", "public"))
    public = {"mark": "public", "published_on": "2014-01-01"}
    refs = [("directory.parliament", makers.a_parliament(one, **public).pk) for one in (hidden, shown)]
    assert readable(refs, AnonymousUser()) == {refs[1]}
    assert set(labels_of(refs, "en", AnonymousUser())) == {refs[1]}
