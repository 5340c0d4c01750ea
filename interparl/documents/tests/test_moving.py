"""Moving a document to another record: with a reason, never below the mark of the record, with all its versions."""

from __future__ import annotations

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.models import Entry
from interparl.core.writing import Refused
from interparl.documents.actions import move_document
from interparl.documents.models import Document
from tests import makers

pytestmark = pytest.mark.django_db
DOCUMENT = Document.record_kind()


def test_a_document_moves_with_its_versions_and_its_reason(officer: User, own_folder: None) -> None:
    document, target = makers.a_document(mark="official"), makers.a_body("group", "Group", mark="official")
    version = makers.a_version(document)
    first = document.whole
    move_document(document, target, reason="Filed at the wrong place", by=makers.a_user("head_of_department"))
    document.refresh_from_db()
    version.refresh_from_db()
    entry = Entry.objects.filter(kind=DOCUMENT, object_id=document.pk).latest("pk")
    assert document.whole == ("bodies.body", target.pk) != first
    assert (version.effective_mark, version.document_id) == ("official", document.pk)
    assert (entry.verb, entry.note) == ("moved", "Filed at the wrong place")
    assert entry.changes["kind"] == ["directory.country", "bodies.body"]


def test_the_mark_in_force_is_that_of_the_new_record_when_it_is_published(own_folder: None, officer: User) -> None:
    public = {"mark": "public", "published_on": "2014-01-01"}
    document = makers.a_document(makers.a_country(**public), **public)
    version = makers.a_version(document)
    assert version.effective_published_on is not None
    move_document(document, makers.a_country(mark="public"), reason="It belongs there", by=officer)
    version.refresh_from_db()
    assert version.effective_published_on is None


@pytest.mark.parametrize(("mark", "reason", "words"), [
    ("internal", " ", "Write the reason"),
    ("public", "So", "marked no lower"),
])  # fmt: skip
def test_a_document_stays_where_it_is_when_it_may_not_move(mark: str, reason: str, words: str, officer: User) -> None:
    document = makers.a_document(makers.a_country(mark="public"), mark=mark)
    before = document.whole
    with pytest.raises(Refused, match=words):
        move_document(document, makers.a_country(), reason=reason, by=officer)
    document.refresh_from_db()
    assert document.whole == before


def test_a_document_is_not_moved_to_where_it_is(officer: User) -> None:
    country = makers.a_country()
    with pytest.raises(Refused, match="attached there already"):
        move_document(makers.a_document(country), country, reason="So", by=officer)


def test_a_secretary_moves_documents_between_his_own_bodies_alone() -> None:
    secretary = makers.a_user("delegation_secretary")
    mine, other = makers.a_body("mine", "Mine"), makers.a_body("other", "Other")
    makers.a_membership(mine, makers.sits(secretary), role="secretary")
    del secretary.standing
    document = makers.a_document(mine)
    with pytest.raises(Refused, match="not yours to keep"):
        move_document(document, other, reason="So", by=secretary)


def test_a_document_is_moved_in_two_steps_on_its_page(desk: Client) -> None:
    document, country = makers.a_document(), makers.a_country("AM", "Armenia")
    here = address((DOCUMENT, document.pk))
    url = f"{here}attach/"
    assert url in desk.get(here).content.decode()
    assert 'value="directory.country"' in desk.get(url).content.decode()
    second = f"{url}?of=directory.country"
    assert b"Reason" in desk.get(second).content
    answer = desk.post(second, {"record": "Armenia", "reason": ""})
    page = answer.content.decode()
    assert (answer.status_code, "Armenia" in page) == (422, True)
    answer = desk.post(second, {"record": f"#{country.pk}", "reason": "It belongs there"})
    assert (answer.status_code, answer["Location"]) == (302, here)
    document.refresh_from_db()
    assert document.whole == ("directory.country", country.pk)
    assert "moved to another record" in desk.get(f"{here}history/").content.decode().lower()


@pytest.mark.parametrize("query", ["", "?of=", "?of=core.entry", "?of=documents.document", "?of=nothing"])
def test_nothing_is_moved_without_a_kind(query: str, desk: Client) -> None:
    document = makers.a_document()
    url = f"{address((DOCUMENT, document.pk))}attach/{query}"
    assert desk.get(url).status_code == (422 if query else 200)
    assert desk.post(url, {"record": "#1", "reason": "So"}).status_code == 403


def test_a_document_that_may_not_be_read_or_changed_is_not_moved(client: Client, member: User) -> None:
    hidden, known = makers.a_document(mark="official"), makers.a_document()
    client.force_login(member)
    urls = [f"{address((DOCUMENT, one.pk))}attach/" for one in (hidden, known)]
    assert [client.get(url).status_code for url in urls] == [404, 403]
    assert urls[1] not in client.get(address((DOCUMENT, known.pk))).content.decode()


def test_a_record_that_may_not_be_known_is_not_found_when_a_document_moves(desk: Client) -> None:
    document, hidden = makers.a_document(), makers.a_country("ZZ", "Secretland", mark="official")
    url = f"{address((DOCUMENT, document.pk))}attach/?of=directory.country"
    for words in ("Secretland", f"#{hidden.pk}"):
        answer = desk.post(url, {"record": words, "reason": "So"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["record"])
    document.refresh_from_db()
    assert document.object_id != hidden.pk
