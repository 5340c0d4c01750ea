"""The log of readings: every way in which a record for official use is shown leaves one row, everything else none."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.kinds import Ref
from interparl.core.labels import labels_of
from interparl.core.models import Label, Mark, ReadEntry
from interparl.core.reads import marked, noting
from interparl.core.records import Record
from interparl.core.writing import change
from interparl.directory.models import ContactPoint
from tests import makers

pytestmark = pytest.mark.django_db

OFFICIAL: dict[str, Any] = {"mark": Mark.OFFICIAL}


def ref_of(record: Record) -> Ref:
    return record.record_kind(), record.pk


def logged() -> list[Ref]:
    """What the log has, in the order of kinds and keys; a record that stands twice in it is twice here."""
    return sorted(ReadEntry.objects.values_list("kind", "object_id"))


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def reader(client: Client, administrator: User) -> Client:
    """Somebody who may read everything."""
    return signed_in(client, administrator)


@pytest.mark.parametrize("page", ["", "edit/", "history/", "lower/", "publish/"])
def test_a_record_for_official_use_is_logged_once_when_a_page_of_it_is_shown(
    reader: Client, administrator: User, page: str
) -> None:
    country = makers.a_country(**OFFICIAL)
    assert reader.get(f"/desk/countries/{country.pk}/{page}?x=1").status_code == 200
    [entry] = ReadEntry.objects.all()
    assert (entry.user, entry.kind, entry.object_id) == (administrator, *ref_of(country))
    assert entry.address == f"/desk/countries/{country.pk}/{page}?x=1"


@pytest.mark.parametrize("page", ["", "edit/", "history/", "lower/", "publish/"])
def test_nothing_is_logged_when_a_page_of_a_record_that_is_not_restricted_is_shown(reader: Client, page: str) -> None:
    country = makers.a_country()
    assert reader.get(f"/desk/countries/{country.pk}/{page}").status_code == 200
    assert logged() == []


def test_each_restricted_row_is_logged_when_a_list_is_shown(reader: Client) -> None:
    makers.a_country()
    official = [makers.a_country(**OFFICIAL), makers.a_country(**OFFICIAL)]
    assert reader.get("/desk/countries/").status_code == 200
    assert logged() == sorted(map(ref_of, official))


def test_only_the_rows_on_show_are_logged_when_a_list_is_filtered(reader: Client) -> None:
    shown = makers.a_country(name="Alba", **OFFICIAL)
    makers.a_country(name="Borea", **OFFICIAL)
    assert reader.get("/desk/countries/?q=alba").status_code == 200
    assert logged() == [ref_of(shown)]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("list_of", ["countries", "people", "bodies", "memberships"])
def test_each_restricted_row_is_logged_when_a_list_is_taken_away(reader: Client, list_of: str, form: str) -> None:
    makers.a_membership()
    open_person, body = makers.a_person(), makers.a_body(**OFFICIAL)
    country = makers.a_country(**OFFICIAL)
    person = makers.a_person(**OFFICIAL)
    membership = makers.a_membership(body, open_person)
    found: dict[str, list[Record]] = {
        "countries": [country],
        "people": [person],
        "bodies": [body],
        "memberships": [membership, body],
    }
    assert reader.get(f"/desk/{list_of}/?format={form}").status_code == 200
    assert logged() == sorted(map(ref_of, found[list_of]))


def test_what_is_found_is_logged_when_it_is_restricted(reader: Client) -> None:
    official = makers.a_country(name="Alba Major", **OFFICIAL)
    makers.a_country(name="Alba Minor")
    for address in ("/desk/find/?q=alba", "/desk/suggest/?q=alba", "/desk/pick/directory.country/?q=alba"):
        ReadEntry.objects.all().delete()
        assert reader.get(address).status_code == 200
        assert logged() == [ref_of(official)]


def test_a_choice_is_logged_when_a_form_offers_it(reader: Client) -> None:
    official = makers.a_country(**OFFICIAL)
    makers.a_country()
    assert reader.get("/desk/parliaments/new/").status_code == 200
    assert logged() == [ref_of(official)]


def test_a_name_is_logged_when_another_page_shows_it(reader: Client) -> None:
    country = makers.a_country(**OFFICIAL)
    makers.a_person(country=country)
    makers.a_person(country=makers.a_country())
    assert reader.get("/desk/people/").status_code == 200
    assert logged() == [ref_of(country)]


def test_a_record_beside_another_is_logged_when_its_page_shows_both(reader: Client) -> None:
    country = makers.a_country(**OFFICIAL)
    person = makers.a_person(country=country)
    assert reader.get(f"/desk/people/{person.pk}/").status_code == 200
    assert logged() == [ref_of(country)]


def test_a_row_of_a_block_is_logged_when_only_the_row_is_restricted(reader: Client) -> None:
    body = makers.a_body()
    membership = makers.a_membership(body, **OFFICIAL)
    makers.a_membership(body)
    assert reader.get(f"/desk/bodies/{body.pk}/").status_code == 200
    assert logged() == [ref_of(membership)]


def test_a_line_of_history_is_logged_when_what_was_changed_is_restricted(reader: Client) -> None:
    person = makers.a_person()
    point = makers.kept(ContactPoint(person=person, kind=ContactPoint.Kind.PHONE, value="100", mark=Mark.OFFICIAL))
    assert reader.get(f"/desk/people/{person.pk}/history/").status_code == 200
    assert logged() == [ref_of(point)]


def test_a_record_is_logged_when_its_form_is_refused(reader: Client) -> None:
    country = makers.a_country(**OFFICIAL)
    assert reader.post(f"/desk/countries/{country.pk}/edit/", {"code": ""}).status_code == 422
    assert logged() == [ref_of(country)]


def test_a_record_is_logged_when_it_is_shown_with_a_word_about_the_day(reader: Client) -> None:
    country = makers.a_country(**OFFICIAL)
    assert reader.get(f"/desk/countries/{country.pk}/?on=never").status_code == 400
    assert logged() == [ref_of(country)]


def test_nothing_is_logged_when_the_answer_leads_elsewhere(reader: Client) -> None:
    membership = makers.a_membership(**OFFICIAL)
    assert reader.get(f"/desk/memberships/{membership.pk}/").status_code == 302
    assert logged() == []
    country = makers.a_country(name="Sole", **OFFICIAL)
    assert reader.get("/desk/find/?q=sole").headers["Location"] == f"/desk/countries/{country.pk}/"
    assert logged() == []


def test_nothing_is_logged_when_the_page_is_refused(client: Client) -> None:
    country = makers.a_country(**OFFICIAL)
    signed_in(client, makers.a_user("leadership"))
    assert client.get(f"/desk/countries/{country.pk}/edit/").status_code == 403
    assert client.get(f"/desk/countries/{country.pk}/move/none/").status_code == 403
    assert client.get("/desk/countries/999999/").status_code == 404
    assert logged() == []


def test_nothing_is_logged_when_nobody_has_signed_in(client: Client) -> None:
    country = makers.a_country(**OFFICIAL)
    assert client.get(f"/desk/countries/{country.pk}/").status_code == 302
    assert client.get("/en/").status_code == 200
    assert logged() == []


def asked(client: Client, address: str, status: int = 200) -> list[str]:
    """The queries of an answer, without the savepoints of the test."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == status
    return [one["sql"] for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]


@pytest.mark.parametrize("address", ["/desk/countries/", "/desk/countries/?format=csv"])
def test_a_list_asks_one_question_more_when_a_row_is_restricted_and_none_else(reader: Client, address: str) -> None:
    country = makers.a_country()
    asked(reader, address)
    without = asked(reader, address)
    with change(country, by=makers.BY, verb="changed") as held:
        held.mark = Mark.OFFICIAL
    restricted = asked(reader, address)
    assert [sql for sql in without if "core_readentry" in sql] == []
    assert len(restricted) - len(without) == 1
    assert [sql.split()[0] for sql in restricted if "core_readentry" in sql] == ["INSERT"]


def test_a_page_asks_no_more_when_nothing_on_it_is_restricted_than_for_a_reader_who_may_not_read_such(
    client: Client, administrator: User
) -> None:
    country = makers.a_country()
    protocol = makers.a_user("protocol_officer")
    counts = []
    for user in (administrator, protocol):
        signed_in(client, user)
        asked(client, "/desk/countries/")
        counts.append(len(asked(client, "/desk/countries/")))
    assert counts[0] == counts[1]
    assert logged() == []
    assert country.effective_mark == Mark.INTERNAL


def test_a_hidden_record_leaves_nothing_and_costs_as_much_as_a_missing_one_when_it_is_asked_for(
    client: Client, officer: User
) -> None:
    country = makers.a_country(**OFFICIAL)
    signed_in(client, officer)
    asked(client, f"/desk/countries/{country.pk}/", 404)
    hidden = asked(client, f"/desk/countries/{country.pk}/", 404)
    missing = asked(client, "/desk/countries/999999/", 404)
    assert len(hidden) == len(missing)
    assert logged() == []


@pytest.mark.parametrize("page", ["countries/{key}/", "countries/", "countries/?format=csv", "suggest/?q=secret"])
def test_nothing_is_shown_when_the_log_cannot_be_written(
    reader: Client, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    country = makers.a_country(name="Secret place", **OFFICIAL)

    def full(*_rest: Any, **_named: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(ReadEntry.objects, "bulk_create", full)
    answer = reader.get(f"/desk/{page.format(key=country.pk)}")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert b"Secret place" not in answer.content
    assert b"official use" in answer.content


def test_what_is_not_restricted_is_shown_when_the_log_cannot_be_written(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = makers.a_country()
    monkeypatch.setattr(ReadEntry.objects, "bulk_create", None)
    assert reader.get(f"/desk/countries/{country.pk}/").status_code == 200


def test_nothing_is_noted_when_no_page_is_made(administrator: User) -> None:
    country = makers.a_country(**OFFICIAL)
    labels_of([ref_of(country)], "en", administrator)
    with noting() as shown:
        pass
    assert shown == set()
    assert not any(label.is_restricted for label in marked(Label.objects.all()))


def test_a_label_is_noted_when_its_record_is_restricted_and_the_reader_may_read_it(
    administrator: User, officer: User
) -> None:
    official, plain = makers.a_country(**OFFICIAL), makers.a_country()
    refs = [ref_of(official), ref_of(plain)]
    with noting() as seen_by_officer:
        assert labels_of(refs, "en", officer).keys() == {ref_of(plain)}
    with noting() as seen_by_administrator:
        assert labels_of(refs, "en", administrator).keys() == set(refs)
    assert (seen_by_officer, seen_by_administrator) == (set(), {ref_of(official)})
