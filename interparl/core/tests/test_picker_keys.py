"""A picker shows names and keeps keys: a key is believed only while its own name stands in the field."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from interparl.accounts.models import User
from interparl.core.pickers import FEW, RecordPickerField
from interparl.directory.models import Person
from tests.makers import a_person, a_reading
from tests.samples import many_records

pytestmark = pytest.mark.django_db


class Choice(forms.Form):
    """A form with one picker."""

    person = RecordPickerField(model=Person)


@pytest.fixture
def twins(officer: User) -> list[Person]:
    """Two people of one name among more than fit a list."""
    many_records(Person, FEW)
    return [a_person("Twin"), a_person("Twin")]


def chosen(officer: User, **sent: str) -> Any:
    """The form with what was sent."""
    query = QueryDict(mutable=True)
    query.update(sent)
    form = Choice(query)
    form.fields["person"].reading = a_reading(officer)  # type: ignore[attr-defined]
    return form


def test_the_key_tells_two_of_one_name_apart(officer: User, twins: list[Person]) -> None:
    form = chosen(officer, person="Anna Twin", person_key=f"#{twins[1].pk}")
    assert form.is_valid()
    assert form.cleaned_data["person"] == twins[1]


def test_another_name_typed_over_drops_the_key(officer: User, twins: list[Person]) -> None:
    other = a_person("Other")
    form = chosen(officer, person="Other", person_key=f"#{twins[0].pk}")
    assert form.is_valid()
    assert form.cleaned_data["person"] == other


def test_several_of_one_name_are_offered_and_the_choice_is_taken(officer: User, twins: list[Person]) -> None:
    form = chosen(officer, person="Twin")
    assert form.errors["person"] == ["2 are called like “Twin”. Choose one."]
    offers = {f'value="#{one.pk}"' in str(form["person"]) for one in twins}
    assert (offers, "person_choice" in str(form["person"]), 'value="Twin"' in str(form["person"])) == (
        {True},
        True,
        True,
    )
    form = chosen(officer, person="Twin", person_choice=f"#{twins[0].pk}")
    assert form.is_valid()
    assert form.cleaned_data["person"] == twins[0]


def test_a_stored_record_shows_its_name_and_keeps_its_key(officer: User, twins: list[Person]) -> None:
    form = Choice(initial={"person": twins[0]})
    form.fields["person"].reading = a_reading(officer)  # type: ignore[attr-defined]
    shown = str(form["person"])
    assert ('value="Anna Twin"' in shown, f'name="person_key" value="#{twins[0].pk}"' in shown) == (True, True)


def test_a_key_alone_chooses(officer: User, twins: list[Person]) -> None:
    form = chosen(officer, person=f"#{twins[1].pk}")
    assert form.is_valid()
    assert form.cleaned_data["person"] == twins[1]


def test_only_what_the_field_was_narrowed_to_is_taken(officer: User, twins: list[Person]) -> None:
    form = chosen(officer, person=f"#{twins[1].pk}")
    form.fields["person"].narrow(pk=twins[0].pk)
    assert not form.is_valid()
    assert str(form["person"]).count("<option") == 2
