"""Forms of records: what was typed reaches the gate, and what the gate says reaches the field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from interparl.core.addresses import address, new_address
from interparl.core.models import Entry
from interparl.core.translated import state_of
from tests import makers

pytestmark = pytest.mark.django_db
NEW = {"mark": "internal", "grade": "stated"}


def test_each_language_has_a_box_with_its_name_when_a_text_is_asked_for(desk: Client) -> None:
    page = desk.get(new_address("directory.country")).content.decode()
    for code, name in (("en", "English"), ("ru", "Русский"), ("be", "Беларуская")):
        assert (f'name="name_{code}"' in page, f'lang="{code}"' in page, name in page) == (True, True, True)


def test_texts_are_kept_with_their_states_when_they_are_typed(desk: Client) -> None:
    sent = {"code": "AM", "name_en": " Armenia ", "name_be": "Арменія", **NEW}
    assert desk.post(new_address("directory.country"), sent).status_code == 302
    model: Any = type(makers.a_country())
    country = model.objects.get(code="AM")
    assert country.name["en"] == {"text": "Armenia", "state": "reviewed", "of": ""}
    assert [state_of(country.name, code) for code in ("en", "ru", "be")] == ["reviewed", "missing", "reviewed"]
    sent |= {"name_en": "Republic of Armenia", "seen": str(Entry.objects.filter(object_id=country.pk).latest("pk").pk)}
    assert desk.post(address(("directory.country", country.pk), "edit"), sent).status_code == 302
    country.refresh_from_db()
    assert [state_of(country.name, code) for code in ("en", "ru", "be")] == ["reviewed", "missing", "outdated"]


def test_the_message_names_the_language_when_one_of_the_texts_may_not_stand(desk: Client) -> None:
    sent = {"code": "AM", "name_en": "Armenia", "name_be": "Армен\u200bія", **NEW}
    answer = desk.post(new_address("directory.country"), sent)
    assert answer.context["form"].errors == {
        "name": ["Беларуская: Character 6 is invisible or changes the direction of text (U+200B). Delete it."]
    }
    assert 'value="Armenia"' in answer.content.decode()


def test_what_stands_in_the_address_is_filled_in_when_the_form_is_new(desk: Client) -> None:
    country = makers.a_country("AM", "Armenia")
    form = desk.get(new_address("directory.parliament", country=str(country.pk), since="2012", code="AM")).context[
        "form"
    ]
    assert [str(form[name].value()) for name in ("since", "code")] == ["2012", "AM"]
    assert form["country"].value().words == f"#{country.pk}"


@pytest.mark.parametrize(
    "query",
    [
        "name=Armenia",
        "name=5",
        "country=x",
        "country=99999999999999999999",
        "mark=<b>",
        "published_on=nonsense",
        "since=%00",
        "seen=x",
        "nothing=1",
        "note_en=x",
    ],
)
def test_a_new_form_opens_when_the_address_makes_no_sense(query: str, desk: Client) -> None:
    assert desk.get(f"{new_address('directory.parliament')}?{query}").status_code == 200


def test_a_name_in_the_address_is_the_text_of_the_reader_s_language_when_the_form_is_new(desk: Client) -> None:
    page = desk.get(new_address("directory.country", name="Armenia")).content.decode()
    assert 'value="Armenia"' in page


def test_the_gate_s_message_stands_at_its_field_when_it_refuses(desk: Client) -> None:
    makers.an_organisation("cis")
    sent = {"code": "cis", "name_en": "Assembly", "kind": "other", "since": "2014", "until": "2012", **NEW}
    answer = desk.post(new_address("directory.organisation"), sent)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"code"})
    answer = desk.post(new_address("directory.organisation"), sent | {"code": "new"})
    assert answer.context["form"].errors == {"until": ["The end lies before the beginning."]}
    assert 'id="id_until_error"' in answer.content.decode()


def test_a_message_stands_on_top_when_it_belongs_to_no_field(desk: Client) -> None:
    answer = desk.post(new_address("directory.relation"), {"kind": "bilateral", **NEW})
    assert answer.context["form"].non_field_errors() == ["Name either a parliament or an organisation."]
    assert "Name either a parliament or an organisation." in answer.content.decode()


def test_a_reason_is_asked_only_when_a_record_is_changed(desk: Client) -> None:
    country = makers.a_country()
    new, edited = new_address("directory.country"), address(("directory.country", country.pk), "edit")
    assert ["reason" in desk.get(url).context["form"].fields for url in (new, edited)] == [False, True]


def test_an_untouched_form_changes_nothing_when_it_is_saved(desk: Client) -> None:
    person = makers.a_person("Example", born="1960-02")
    url = address(("directory.person", person.pk), "edit")
    form = desk.get(url).context["form"]
    sent = {name: form[name].value() for name in ("seen", "born", "mark", "grade")}
    entries = Entry.objects.count()
    assert desk.post(url, sent).status_code == 302
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_a_form_reads_in_the_language_of_the_reader_when_it_is_refused(language: str, desk: Client) -> None:
    desk.cookies["language"] = language
    answer = desk.post(new_address("directory.country"), {"code": "am", "name_en": "Armenia", **NEW})
    with override(language):
        label: Any = answer.context["form"].fields["code"].label
        assert (answer.status_code, f'lang="{language}"' in answer.content.decode()) == (422, True)
        assert str(label).lower() in answer.content.decode().lower()
