"""The pages of mappings: saved from a table, shown, changed as a form of columns, taken out and brought in again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.exchange.actions.mappings import mapping_of, shipped_data
from interparl.exchange.models import Batch, SavedMapping
from tests import makers
from tests.handing import CHOSEN, PEOPLE, a_table, brought, errors_of, fields, sent_on
from tests.makers import BY

MAPPINGS = "/desk/imports/mappings/"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def test_a_mapping_is_saved_from_the_columns_and_found_for_the_next_file(desk: Client, officer: User) -> None:
    address = brought(desk, a_table())
    again = sent_on(desk, address, "look", **CHOSEN)
    answer = desk.post(address, fields(again) | {"save_code": "valley", "save_name": "The Valley", "deed": "save"})
    assert answer["Location"] == f"{address}?mapping=valley"
    saved = SavedMapping.objects.get()
    assert (saved.code, saved.kind, saved.label_in("en")) == ("valley", "people-csv", "The Valley")
    assert Entry.objects.get(kind="exchange.savedmapping").user == officer
    other = brought(desk, a_table(PEOPLE.replace("Anna", "Eva"), "later.csv"))
    chosen = fields(desk.get(other))
    assert (chosen["base"], [chosen[f"c{at}-to"] for at in range(5)]) == (
        "valley",
        ["id", "given", "family", "born", ""],
    )
    assert desk.post(other, chosen | {"deed": "check"}).status_code == 302
    assert Batch.objects.get().facts["mapping"] == "valley"


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("", "The Valley", "Give the mapping a code"),
        ("a b", "The Valley", "valid"),
        ("valley", "<b>", "have no place in a name"),
    ],
)
def test_a_mapping_is_refused_when_its_code_or_name_is_wrong(desk: Client, code: str, name: str, words: str) -> None:
    address = brought(desk, a_table())
    answer = sent_on(desk, address, "save", save_code=code, save_name=name, **CHOSEN)
    assert (answer.status_code, SavedMapping.objects.count()) == (422, 0)
    assert words in answer.content.decode()


def a_mapping(code: str = "valley", kind: str = "people-csv", **values: Any) -> SavedMapping:
    data = {"columns": [{"from": "Nr", "to": "id", "needed": True}, {"from": "Nachname", "to": "name"}]}
    return makers.kept(SavedMapping(code=code, kind=kind, name=written({"en": code.title()}), data=data, **values))


def test_a_mapping_for_another_file_gives_one_message(desk: Client) -> None:
    a_mapping()
    address = brought(desk, a_table("id;Name\n1;Anna Nowak\n"))
    answer = sent_on(desk, address, "use", mapping="valley")
    page = answer.content.decode()
    assert (answer.status_code, page.count("it has no column “Nr”")) == (422, 1)
    assert fields(answer)["c1-to"] == "name"


def test_another_code_is_asked_for_when_one_is_taken(desk: Client) -> None:
    a_mapping("other")
    address = brought(desk, a_table("id;Name\n1;Anna Nowak\n"))
    answer = sent_on(desk, address, "save", save_code="other", save_name="Mine")
    assert (answer.status_code, "There is a mapping “other” already" in answer.content.decode()) == (422, True)


def test_a_hidden_mapping_is_neither_offered_nor_used(desk: Client) -> None:
    a_mapping("secret", mark="official")
    address = brought(desk, a_table())
    page = desk.get(address)
    assert (b"secret" in page.content, fields(page)["base"]) == (False, "")
    sent = sent_on(desk, address, "use", mapping="secret")
    assert b"secret" not in sent.content.lower()
    assert b"secret" not in desk.get(MAPPINGS).content.lower()


def test_the_list_shows_what_is_saved_and_what_is_shipped(desk: Client) -> None:
    a_mapping()
    page = desk.get(MAPPINGS).content.decode()
    assert [words in page for words in ("Valley", "belarus-deputies", "Members of the European Parliament")] == [
        True
    ] * 3


def test_a_shipped_mapping_is_shown_taken_out_and_copied(desk: Client) -> None:
    url = reverse("exchange:mapping-shipped", args=("bodies-csv", "uk-register"))
    page = desk.get(url).content.decode()
    assert [words in page for words in ("members_list.members", "unofficial", "needed")] == [True] * 3
    file = desk.get(reverse("exchange:mapping-shipped-toml", args=("bodies-csv", "uk-register")))
    assert (file["Content-Type"], 'filename="uk-register.toml"' in file["Content-Disposition"]) == (
        "application/toml; charset=utf-8",
        True,
    )
    answer = desk.post(reverse("exchange:mapping-copy", args=("bodies-csv", "uk-register")))
    saved = SavedMapping.objects.get()
    assert answer["Location"] == f"{MAPPINGS}{saved.pk}/"
    assert len(saved.data["lists"]) == 2
    again = desk.post(reverse("exchange:mapping-copy", args=("bodies-csv", "uk-register")))
    assert (again["Location"], SavedMapping.objects.count()) == (url, 1)
    assert desk.get(reverse("exchange:mapping-shipped", args=("bodies-csv", "none"))).status_code == 404


def test_a_mapping_goes_out_as_a_file_and_comes_in_again(desk: Client) -> None:
    saved = a_mapping()
    awkward = {"from": 'a"b\\c\t<x>', "to": "about", "values": {"é = ü": "“x”", "new": ""}, "otherwise": ""}
    with change(saved, by=BY) as record:
        record.data = {**record.data, "columns": [*record.data["columns"], awkward], "file": {"header_row": 3}}
    file = desk.get(f"{MAPPINGS}{saved.pk}/toml/").content
    renamed = file.replace(b'code = "valley"', b'code = "hill"')
    answer = desk.post(f"{MAPPINGS}bring-in/", {"file": SimpleUploadedFile("m.toml", renamed)})
    copy = SavedMapping.objects.get(code="hill")
    assert (answer["Location"], copy.kind, copy.data) == (f"{MAPPINGS}{copy.pk}/", saved.kind, saved.data)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"\xff\xfe", "no TOML file"),
        (b"columns = [", "no TOML file"),
        (b"a = " + b"[" * 9000, "no TOML file"),
        (b'kind = "none"', "is no kind of table"),
        (b'kind = "people-csv"\ncolumns = [{ from = "x", to = "none" }]', "columns[0].to: There is no field"),
        (b'kind = "people-csv"\nplace = { country = "BY" }', "place.country"),
        (b'kind = "people-csv"\ncolumns = [{ from = "x\\u0000", to = "name" }]', "wrong form"),
        (b'kind = "people-csv"\ncode = "a b"', "valid"),
        (b"#" * 300_000, "too long"),
    ],
)
def test_a_wrong_mapping_file_gives_one_message(desk: Client, file: bytes, words: str) -> None:
    answer = desk.post(f"{MAPPINGS}bring-in/", {"file": SimpleUploadedFile("m.toml", file)})
    assert (answer.status_code, SavedMapping.objects.count()) == (422, 0)
    assert words in " ".join(errors_of(answer)["file"])


def test_the_columns_of_a_mapping_are_changed_by_a_form(desk: Client) -> None:
    saved = a_mapping()
    url = f"{MAPPINGS}{saved.pk}/columns/"
    sent = fields(desk.get(url)) | {"m2-from": "Geboren", "m2-to": "born", "p0-name": "members", "p0-value": "yes"}
    again = desk.post(url, sent | {"deed": "look"})
    assert fields(again)["m2-read"] == "date"
    answer = desk.post(url, fields(again) | {"m1-read": "family-first", "key": "Nr\nNachname", "deed": "save"})
    assert answer.status_code == 302
    saved.refresh_from_db()
    assert saved.data == {
        "place": {"members": True},
        "key": ["Nr", "Nachname"],
        "columns": [
            {"from": "Nr", "to": "id", "needed": True},
            {"from": "Nachname", "to": "name", "read": "family-first"},
            {"from": "Geboren", "to": "born", "read": "date"},
        ],
    }


def test_a_wrong_column_is_refused_with_its_place(desk: Client) -> None:
    saved = a_mapping()
    url = f"{MAPPINGS}{saved.pk}/columns/"
    answer = desk.post(url, fields(desk.get(url)) | {"m0-to": "none", "m0-of": "none", "deed": "save"})
    assert (answer.status_code, "columns[0].to" in answer.content.decode()) == (422, True)


def test_another_change_meanwhile_is_told_before_mine_is_saved(desk: Client) -> None:
    saved = a_mapping()
    url = f"{MAPPINGS}{saved.pk}/columns/"
    sent = fields(desk.get(url)) | {"m0-to": "person_id", "deed": "save"}
    with change(saved, by=BY) as record:
        record.data = {"columns": [{"from": "Nr", "to": "seat_id"}]}
    answer = desk.post(url, sent)
    assert (answer.status_code, "Somebody else changed this mapping" in answer.content.decode()) == (422, True)


def test_every_shipped_mapping_is_the_same_after_its_form(desk: Client) -> None:
    """What the form of columns does not show it must not lose."""
    for kind, code in shipped_data():
        desk.post(reverse("exchange:mapping-copy", args=(kind, code)))
        saved = SavedMapping.objects.get(kind=kind, code=code)
        before = mapping_of(saved)
        url = f"{MAPPINGS}{saved.pk}/columns/"
        answer = desk.post(url, fields(desk.get(url)) | {"deed": "save"})
        saved.refresh_from_db()
        assert (code, answer.status_code, mapping_of(saved)) == (code, 302, before)
