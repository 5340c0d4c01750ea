"""Choosing a record: by its name in any language, by its number, and only of what the reader may know."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.accounts.roles import PUBLIC, ROLES, Role
from interparl.core.pickers import FEW, OFFERED, RecordPickerField, Said, holding
from tests import makers

pytestmark = pytest.mark.django_db


def field_of(record: Any, user: User, language: str = "en", **rest: Any) -> RecordPickerField:
    """A field that chooses records of that kind for that reader."""
    field = RecordPickerField(model=type(record), **rest)
    field.reading = makers.a_reading(user, language=language)
    return field


def outsider(monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who reads what is public."""
    monkeypatch.setitem(ROLES, "outsider", Role("outsider", "Outsider", frozenset({PUBLIC}), ("*",)))
    return makers.a_user("outsider")


def refusal_of(field: RecordPickerField, text: str) -> tuple[str, str]:
    """Code and message of what is refused."""
    with pytest.raises(ValidationError) as refusal:
        field.clean(text)
    return str(refusal.value.code), refusal.value.messages[0]


def test_one_record_is_taken_when_its_name_is_typed_in_any_spelling(officer: User) -> None:
    person = makers.a_person("Example", "Anna")
    makers.a_name(person, family="Прыклад", given="Ганна", language="be")
    makers.a_person("Other")
    for language in ("en", "ru", "be"):
        field = field_of(person, officer, language)
        for text in (f"#{person.pk}", "Example", "anna exam", "прыклад"):
            assert field.clean(text) == person


def test_several_are_offered_to_choose_from_when_many_are_called_so(officer: User) -> None:
    people = [makers.a_person("Example", given) for given in ("Anna", "Boris")]
    field = field_of(people[0], officer)
    assert refusal_of(field, "Exam") == ("many", "2 are called like “Exam”. Choose one.")
    assert field.widget.choices == [(f"#{people[0].pk}", "Anna Example"), (f"#{people[1].pk}", "Boris Example")]


@pytest.mark.parametrize("text", ["Nobody", "#999", "#", "#x", "#" + "9" * 30, "<script>"])
def test_nothing_is_taken_when_nothing_is_called_so(text: str, officer: User) -> None:
    field = field_of(makers.a_country("AM", "Armenia"), officer)
    code, message = refusal_of(field, text)
    assert (code, message) == ("unknown", f"Nothing is called “{text}”. Write another spelling, or add it first.")


def test_an_empty_choice_is_refused_only_when_one_is_required(officer: User) -> None:
    country = makers.a_country()
    assert refusal_of(field_of(country, officer), " ")[0] == "required"
    assert field_of(country, officer, required=False).clean("") is None


def test_a_record_that_the_reader_may_not_know_cannot_be_chosen_when_its_number_is_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, hidden = makers.a_country("AM", "Armenia", mark="public"), makers.a_country("GE", "Georgia")
    field = field_of(shown, outsider(monkeypatch))
    assert field.clean(f"#{shown.pk}") == shown
    assert [refusal_of(field, text)[0] for text in (f"#{hidden.pk}", "Georgia")] == ["unknown", "unknown"]
    assert field.widget.choices == [(f"#{shown.pk}", "Armenia")]


def test_a_plain_list_is_offered_in_order_when_there_are_few(officer: User) -> None:
    makers.a_country("B", "Beta")
    country = makers.a_country("A", "Alpha")
    field: Any = field_of(country, officer)
    assert field.widget.is_list
    assert [label for _value, label in field.widget.choices] == ["Alpha", "Beta"]
    for _number in range(FEW):
        makers.a_country()
    field = field_of(country, officer)
    assert not field.widget.is_list


def test_a_stored_record_is_shown_by_name_when_the_form_opens(officer: User) -> None:
    country = makers.a_country("AM", "Armenia")
    for _number in range(FEW):
        makers.a_country()
    field = field_of(country, officer)
    shown = Said("Armenia", f"#{country.pk}")
    assert [field.prepare_value(value) for value in (country, country.pk, f"#{country.pk}", "Arm", None)] == [
        shown,
        shown,
        shown,
        Said("Arm"),
        Said(""),
    ]


def test_a_kept_key_counts_only_while_its_name_stands_in_the_field_when_it_is_sent(officer: User) -> None:
    armenia, austria = makers.a_country("AM", "Armenia"), makers.a_country("AT", "Austria")
    for _number in range(FEW):
        makers.a_country()
    field = field_of(armenia, officer)
    assert field.clean(Said("Armenia", f"#{armenia.pk}")) == armenia
    assert field.clean(Said("Austria", f"#{armenia.pk}")) == austria
    with pytest.raises(ValidationError):
        field.clean(Said("Armeni and more", f"#{armenia.pk}"))


def test_a_number_chooses_no_other_record_when_its_digits_are_words_of_that(officer: User) -> None:
    country = makers.a_country("AM", "Armenia 999")
    assert refusal_of(field_of(country, officer), "#999")[0] == "unknown"


def test_names_complete_what_is_typed_when_a_browser_asks(client: Client, officer: User) -> None:
    for number in range(OFFERED + 1):
        makers.a_country(f"A{number}", f"Alpha {number:02}")
    client.force_login(officer)
    found = client.get(reverse("pick", args=("directory.country",)), {"q": "alp"}).json()["results"]
    assert [one["label"] for one in found] == [f"Alpha {number:02}" for number in range(OFFERED)]
    assert client.get(reverse("pick", args=("directory.nothing",)), {"q": "alp"}).status_code == 404
    assert client.get(reverse("pick", args=("core.entry",)), {"q": "alp"}).status_code == 404


def test_only_what_holds_on_the_day_is_left_when_records_are_dated(officer: User) -> None:
    late = makers.an_organisation(since="2016")
    early = makers.an_organisation(until="2016")
    country = makers.a_country()
    reading = makers.a_reading(officer)
    assert list(holding(type(late).objects.all(), reading)) == [early]
    assert list(holding(type(country).objects.all(), reading)) == [country]


def test_two_fields_do_not_share_a_reader_when_a_form_is_copied(officer: User) -> None:
    field = field_of(makers.a_country(), officer)
    copied = field.__deepcopy__({})
    assert (copied.reading, field.reading is not None, copied.seen().count()) == (None, True, 0)
