"""The pages of imports: who may, what is shown before anything is written, apply, discard and take back."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.directory.models import Mandate, Person
from interparl.exchange.models import Batch

LIST, NEW = "/desk/imports/", "/desk/imports/new/"
pytestmark = pytest.mark.django_db


def a_file(name: str = "valley.popolo.json", **lists: Any) -> SimpleUploadedFile:
    """One member of one chamber, with these lists instead."""
    whole: dict[str, Any] = {
        "persons": [{"id": "p1", "name": "Anna Nowak"}],
        "organizations": [{"id": "house", "name": "House of the Valley", "classification": "legislature"}],
        "memberships": [{"person_id": "p1", "organization_id": "house", "start_date": "2012"}],
    }
    return SimpleUploadedFile(name, json.dumps(whole | lists).encode())


def checked(desk: Client, file: SimpleUploadedFile | None = None, **more: str) -> Batch:
    answer = desk.post(NEW, {"kind": "popolo", "file": file or a_file(), **more})
    batch = Batch.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/imports/{batch.pk}/")
    return batch


@pytest.mark.parametrize("page", ["batch-list", "batch-new"])
def test_pages_are_refused_when_a_member_asks(client: Client, member: User, page: str) -> None:
    client.force_login(member)
    assert client.get(reverse(f"exchange:{page}")).status_code == 403


def test_deeds_are_refused_when_a_member_asks(client: Client, member: User, officer: User) -> None:
    client.force_login(officer)
    batch = checked(client)
    client.force_login(member)
    for deed in ("apply", "discard", "undo"):
        assert client.post(f"/desk/imports/{batch.pk}/{deed}/").status_code == 403
    assert client.get(f"/desk/imports/{batch.pk}/").status_code == 403


def test_the_menu_names_imports_when_the_role_may(desk: Client) -> None:
    assert f'href="{LIST}"' in desk.get("/desk/").content.decode()


def test_nothing_is_written_when_a_file_is_checked(desk: Client) -> None:
    batch = checked(desk)
    page = desk.get(f"/desk/imports/{batch.pk}/").content.decode()
    assert (batch.state, Person.objects.count(), Entry.objects.count()) == ("previewed", 0, 0)
    assert ("Anna Nowak" in page, "Apply 3 rows" in page) == (True, True)


def test_the_file_is_written_when_applied_and_gone_when_taken_back(desk: Client) -> None:
    batch = checked(desk)
    desk.post(f"/desk/imports/{batch.pk}/apply/")
    person = Person.objects.get()
    shown = desk.get(f"/desk/imports/{batch.pk}/").content.decode()
    assert (Mandate.objects.count(), f"/desk/people/{person.pk}/" in shown) == (1, True)
    asked = desk.get(f"/desk/imports/{batch.pk}/undo/").content.decode()
    assert "All that it made is removed" in asked
    desk.post(f"/desk/imports/{batch.pk}/undo/", {"reason": "wrong file"})
    batch.refresh_from_db()
    assert (batch.state, Person.objects.count()) == ("undone", 0)
    undoing = Batch.objects.get(undoes=batch)
    assert set(Entry.objects.filter(batch=undoing.pk).values_list("verb", "note")) == {("undone", "wrong file")}
    for one in (batch, undoing):
        assert desk.get(f"/desk/imports/{one.pk}/").status_code == 200


def test_undo_names_the_record_when_somebody_changed_it(desk: Client, officer: User) -> None:
    batch = checked(desk)
    desk.post(f"/desk/imports/{batch.pk}/apply/")
    person = Person.objects.get()
    desk.post(f"/desk/people/{person.pk}/edit/", {"gender": "female", "mark": "internal", "grade": "stated"})
    person.refresh_from_db()
    assert person.gender == "female"
    answer = desk.post(f"/desk/imports/{batch.pk}/undo/")
    assert (answer.status_code, "Anna Nowak" in answer.content.decode()) == (422, True)
    assert Person.objects.count() == 1


def test_apply_is_not_offered_when_a_row_has_an_error(desk: Client) -> None:
    batch = checked(desk, a_file(persons=[{"id": "p1", "name": "Anna <b>Nowak</b>"}]))
    page = desk.get(f"/desk/imports/{batch.pk}/").content.decode()
    assert ("<b>Nowak</b>" in page, "Apply 1 row" in page, "nothing can be applied" in page) == (False, False, True)
    desk.post(f"/desk/imports/{batch.pk}/apply/")
    assert Entry.objects.count() == 0


def test_rows_are_fewer_when_filtered_by_outcome_and_kind(desk: Client) -> None:
    batch = checked(desk)
    for query, shown in (
        ("outcome=new", True),
        ("outcome=doubtful", False),
        ("record=person", True),
        ("record=x", True),
    ):
        page = desk.get(f"/desk/imports/{batch.pk}/?{query}").content.decode()
        assert (query, "Anna Nowak" in page) == (query, shown)


def test_a_changed_row_shows_both_values_when_an_edition_follows(desk: Client) -> None:
    desk.post(f"/desk/imports/{checked(desk).pk}/apply/")
    ended = {"person_id": "p1", "organization_id": "house", "start_date": "2012", "end_date": "2013"}
    batch = checked(desk, a_file(memberships=[ended]))
    page = desk.get(f"/desk/imports/{batch.pk}/?outcome=changed").content.decode()
    assert (batch.counts["changed"], "2013" in page) == (1, True)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("valley.txt", b"{}", "Only files ending in"),
        ("valley.json", b"not json", "This is not JSON"),
        ("valley.json.gz", b"\x1f\x8b broken", "damaged"),
        ("valley.json.gz", gzip.compress(b" " * 70_000_000), "too large"),
        ("valley.json", b"[]", "not a Popolo file"),
    ],
)
def test_one_message_comes_back_when_the_file_cannot_be_used(desk: Client, name: str, data: bytes, words: str) -> None:
    answer = desk.post(NEW, {"kind": "popolo", "file": SimpleUploadedFile(name, data)})
    assert (answer.status_code, answer.content.decode().count(words) > 0) == (422, True)
    assert Batch.objects.count() == 0


def test_a_check_is_forgotten_when_discarded(desk: Client) -> None:
    batch = checked(desk)
    assert desk.get(f"/desk/imports/{batch.pk}/discard/").status_code == 405
    desk.post(f"/desk/imports/{batch.pk}/discard/")
    assert Batch.objects.count() == 0


def test_the_list_shows_imports_when_there_are_some(desk: Client) -> None:
    assert "No file was brought in yet." in desk.get(LIST).content.decode()
    batch = checked(desk)
    assert f'href="/desk/imports/{batch.pk}/"' in desk.get(LIST).content.decode()


def test_queries_stay_as_many_when_the_rows_grow(desk: Client) -> None:
    few = checked(desk)
    people = [{"id": f"p{number}", "name": f"Anna Nowak {number}"} for number in range(1, 40)]
    many = checked(desk, a_file(persons=people))
    counts = []
    for batch in (few, few, many):
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"/desk/imports/{batch.pk}/")
        counts.append(len(queries))
    assert counts[1] == counts[2]
