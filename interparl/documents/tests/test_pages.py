"""Documents by their pages: handed in, listed, given out as files, to those who may and to nobody else."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address, new_address
from interparl.core.kinds import model_of
from interparl.core.models import Entry, ReadEntry
from interparl.core.writing import Refused, change
from interparl.documents.actions import add_version, checked
from interparl.documents.actions.storing import name_of
from interparl.documents.models import Content, Document, Version
from tests import makers
from tests.makers import a_document, a_version, kept
from tests.paper import SAMPLES, a_docx, a_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
NEW = "/desk/documents/new/"


def handed(name: str = "words.txt", data: bytes = b"Some words.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")


def kept_files() -> list[str]:
    """The names of all files in the folder, those being written as well."""
    folder = Path(settings.FOLDER) / "files"
    return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


def status(client: Client, url: str) -> int:
    """How the address is answered; a file is read to its end, as browsers do."""
    answer: Any = client.get(url)
    if answer.streaming:
        answer.getvalue()
    return int(answer.status_code)


def sent(**values: Any) -> dict[str, Any]:
    return {"document_kind": "letter", "mark": "internal", "grade": "stated", **values}


# Handing in


def test_each_file_becomes_a_document_when_several_are_handed_in(desk: Client, officer: User) -> None:
    country = makers.a_country()
    answer = desk.post(
        NEW,
        sent(
            kind="directory.country", object_id=country.pk, files=[handed("Note_of_May.pdf", a_pdf()), handed("b.txt")]
        ),
    )
    assert (answer.status_code, answer["Location"]) == (302, address(("directory.country", country.pk)))
    documents = list(Document.objects.order_by("pk"))
    assert [one.title["en"]["text"] for one in documents] == ["Note of May", "b"]
    assert [one.whole for one in documents] == [("directory.country", country.pk)] * 2
    versions = list(Version.objects.order_by("pk"))
    assert [(one.number, one.name, one.media, one.size) for one in versions] == [
        (1, "Note_of_May.pdf", "application/pdf", len(a_pdf())),
        (1, "b.txt", "text/plain", 11),
    ]
    assert versions[1].digest == hashlib.sha256(b"Some words.").hexdigest()
    assert kept_files() == sorted(name_of(one.digest) for one in versions)
    entry = Entry.objects.get(kind="documents.version", object_id=versions[0].pk)
    assert (entry.user, entry.verb, entry.whole_kind, entry.whole_id) == (
        officer,
        "added",
        "documents.document",
        documents[0].pk,
    )


def test_a_title_that_was_typed_stands_when_one_file_is_handed_in(desk: Client) -> None:
    answer = desk.post(NEW, sent(title_ru="Письмо", files=[handed()]))
    document = Document.objects.get()
    assert (answer["Location"], document.title["ru"]["text"]) == (
        address(("documents.document", document.pk)),
        "Письмо",
    )


def test_several_files_are_told_apart_when_a_title_was_typed(desk: Client) -> None:
    desk.post(NEW, sent(title_en="Session", files=[handed("a.txt", b"One."), handed("b.txt", b"Two.")]))
    assert [one.title["en"]["text"] for one in Document.objects.order_by("pk")] == ["Session – a", "Session – b"]


def test_nothing_is_kept_when_one_of_several_files_may_not_be(desk: Client) -> None:
    answer = desk.post(
        NEW,
        sent(
            title_en="Typed",
            files=[handed("a.txt"), handed("b.exe", b"MZ" + bytes(200)), handed("c.zip", b"PK\x05\x06" + bytes(18))],
        ),
    )
    page = answer.content.decode()
    assert (answer.status_code, Document.objects.count(), kept_files()) == (422, 0, [])
    assert [words in page for words in ("“b.exe” is a program.", "“c.zip” is an archive.", 'value="Typed"')] == [
        True
    ] * 3


def test_no_title_is_asked_for_when_the_file_that_would_give_one_was_refused(desk: Client) -> None:
    answer = desk.post(NEW, sent(files=[handed("a.exe", b"MZ" + bytes(200))]))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["files"])


def test_the_next_version_leaves_the_earlier_one_when_it_is_handed_in(desk: Client) -> None:
    document = a_document()
    first = a_version(document)
    url = reverse("documents:document-version", args=(document.pk,))
    assert desk.get(url).status_code == 200
    answer = desk.post(url, {"file": handed("second.txt", b"Other words."), "note": "Signed"})
    assert (answer.status_code, answer["Location"]) == (302, address(("documents.document", document.pk)))
    second = document.versions.get(number=2)
    assert (second.name, kept_files()) == ("second.txt", sorted([name_of(first.digest), name_of(second.digest)]))
    assert Entry.objects.get(kind="documents.version", object_id=second.pk).note == "Signed"
    page = desk.get(answer["Location"]).content.decode()
    assert [words in page for words in ("words.txt", "second.txt", first.digest[:16], "desk_officer")] == [True] * 4


def test_one_message_is_shown_when_the_same_file_is_handed_in_again(desk: Client) -> None:
    version = a_version()
    url = reverse("documents:document-version", args=(version.document_id,))
    answer = desk.post(url, {"file": handed("again.txt")})
    assert (answer.status_code, Version.objects.count()) == (422, 1)
    assert "is the same as the newest version" in answer.content.decode()


def test_the_same_content_is_kept_once_when_several_documents_have_it() -> None:
    versions = [a_version() for _number in range(3)]
    assert (kept_files(), Content.objects.count()) == ([name_of(versions[0].digest)], 1)


def test_a_version_does_not_change_when_it_is_kept() -> None:
    version = a_version()
    for name, value in (("digest", "0" * 64), ("size", 1), ("media", "application/pdf"), ("name", "other.txt")):
        with pytest.raises(Refused, match="does not change"), change(version, by=makers.BY):
            setattr(version, name, value)
        version.refresh_from_db()


# The record that it is attached to


def test_a_document_is_refused_when_its_mark_is_below_that_of_its_record() -> None:
    country = makers.a_country(mark="official")
    with pytest.raises(Refused, match="marked no lower") as refusal:
        a_document(country, mark="internal")
    assert list(refusal.value.error_dict) == ["mark"]
    assert a_document(country).effective_mark == "official"


def test_the_higher_mark_counts_for_document_and_versions_when_the_record_gets_one() -> None:
    country = makers.a_country()
    version = a_version(a_document(country))
    with change(country, by=makers.BY):
        country.mark = "official"
    version.refresh_from_db()
    version.document.refresh_from_db()
    assert (version.mark, version.effective_mark, version.document.effective_mark) == (
        "internal",
        "official",
        "official",
    )


@pytest.mark.parametrize(
    "host", [("directory.country", 999), ("nothing.here", 1), ("auth.group", 1), ("directory.country", "")]
)
def test_a_document_is_refused_when_there_is_no_such_record(desk: Client, host: tuple[str, Any]) -> None:
    answer = desk.post(NEW, sent(kind=host[0], object_id=host[1], files=[handed()]))
    assert (answer.status_code, Document.objects.count(), kept_files()) == (422, 0, [])
    assert "There is no such record" in answer.content.decode()


def test_a_hidden_record_is_as_one_that_is_not_there_when_something_is_attached(desk: Client) -> None:
    country = makers.a_country(mark="official")
    values = sent(kind="directory.country", object_id=country.pk, mark="official", files=[handed()])
    answer = desk.post(NEW, values)
    assert (answer.status_code, "There is no such record" in answer.content.decode()) == (422, True)
    form = desk.get(new_address("documents.document", kind="directory.country", object_id=str(country.pk)))
    assert country.name["en"]["text"] not in form.content.decode()


def test_documents_stand_on_the_page_of_their_record_with_the_way_to_more(desk: Client) -> None:
    country = makers.a_country()
    for number in range(7):
        a_document(country, f"Letter {number}", dated_on=f"201{number}")
    page = desk.get(address(("directory.country", country.pk)))
    block = next(one for one in page.context["main"] if one.key == "documents")
    assert (len(block.content.table), block.content.table.total) == (5, 7)
    assert [one.title["en"]["text"] for one in block.content.table.rows][:2] == ["Letter 6", "Letter 5"]
    rows = desk.get(f"{block.content.more}&format=json").json()["rows"]
    assert len(rows) == 7
    form = desk.get(block.content.add)
    assert (form.status_code, country.name["en"]["text"] in form.content.decode()) == (200, True)


def test_history_of_the_record_tells_of_its_documents(desk: Client) -> None:
    country = makers.a_country()
    document = a_document(country, "A rare title")
    a_version(document)
    kinds = {
        line.entry.kind for line in desk.get(address(("directory.country", country.pk), "history")).context["lines"]
    }
    own = {
        line.entry.kind for line in desk.get(address(("documents.document", document.pk), "history")).context["lines"]
    }
    assert (kinds, own) == (
        {"directory.country", "documents.document"},
        {"documents.document", "documents.version"},
    )


# Giving out


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_file_is_given_out_as_it_was_handed_in(desk: Client, name: str) -> None:
    media, data = SAMPLES[name]
    version = a_version(None, data, name)
    answer = desk.get(reverse("documents:file", args=(version.pk,)))
    assert (answer.status_code, answer.getvalue(), version.media) == (200, data, media)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    assert (answer["Content-Type"], answer["Content-Length"]) == (media, str(len(data)))


def test_a_name_in_any_script_is_given_out_as_rfc_6266_has_it(desk: Client) -> None:
    version = a_version(None, b"Some words.", "Ліст у Раду «1».txt")
    answer = desk.get(reverse("documents:file", args=(version.pk,)))
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%9B")


def test_the_file_is_not_there_for_who_may_not_know_of_its_document(client: Client, officer: User, head: User) -> None:
    country = makers.a_country(mark="official")
    version = a_version(a_document(country))
    url = reverse("documents:file", args=(version.pk,))
    assert status(client, url) == 302
    client.force_login(officer)
    assert [status(client, one) for one in (url, reverse("documents:file", args=(987654,)))] == [404, 404]
    assert client.get(address(("documents.document", version.document_id))).status_code == 404
    client.force_login(head)
    assert status(client, url) == 200


def test_an_officer_reads_and_adds_when_the_country_is_his_own(client: Client, officer: User) -> None:
    country = makers.a_country(mark="official")
    document = a_document(country)
    version = a_version(document)
    portfolio: Any = model_of("directory.portfolio")
    kept(portfolio(country=country, user=officer))
    client.force_login(User.objects.get(pk=officer.pk))
    assert status(client, reverse("documents:file", args=(version.pk,))) == 200
    url = reverse("documents:document-version", args=(document.pk,))
    assert client.post(url, {"file": handed("b.txt", b"Other.")}).status_code == 302
    assert document.versions.count() == 2


def test_a_member_reads_and_hands_nothing_in(client: Client, member: User) -> None:
    version = a_version()
    client.force_login(member)
    assert status(client, reverse("documents:file", args=(version.pk,))) == 200
    assert client.post(NEW, sent(files=[handed()])).status_code == 403
    url = reverse("documents:document-version", args=(version.document_id,))
    assert client.post(url, {"file": handed("b.txt", b"Other.")}).status_code == 403
    assert client.post(reverse("documents:file-remove", args=(version.pk,)), {"reason": "No"}).status_code == 403
    assert Version.objects.count() == 1


def test_reading_is_logged_when_the_document_is_for_official_use(client: Client, head: User) -> None:
    version = a_version(a_document(makers.a_country(mark="official")))
    ReadEntry.objects.all().delete()
    client.force_login(head)
    assert status(client, reverse("documents:file", args=(version.pk,))) == 200
    read = set(ReadEntry.objects.values_list("kind", "object_id"))
    assert read == {("documents.document", version.document_id), ("documents.version", version.pk)}


def test_a_secretary_adds_to_the_body_that_is_his_own(client: Client) -> None:
    user, body = makers.a_user("delegation_secretary"), makers.a_body()
    person = makers.sits(user)
    makers.a_membership(body, person, role="secretary", since="2001")
    client.force_login(User.objects.get(pk=user.pk))
    own = sent(kind="bodies.body", object_id=body.pk, files=[handed()])
    other = sent(kind="bodies.body", object_id=makers.a_body().pk, files=[handed("b.txt", b"Other.")])
    assert [client.post(NEW, values).status_code for values in (own, other)] == [302, 422]
    assert Document.objects.get().object_id == body.pk
    version = Version.objects.get()
    url = reverse("documents:document-version", args=(version.document_id,))
    assert client.post(url, {"file": handed("c.txt", b"Third.")}).status_code == 302


def test_a_list_says_how_many_there_are_and_exports_them(desk: Client) -> None:
    a_document(None, "One", number="1-2", text_language="hy")
    assert desk.get(list_address("documents.document")).status_code == 200
    rows = desk.get(list_address("documents.document", format="json")).json()["rows"]
    assert [(row["label"], row["number"]) for row in rows] == [("One", "1-2")]
    page = desk.get(address(("documents.document", Document.objects.get().pk)))
    assert "Armenian" in page.content.decode()


def test_a_docx_is_called_so_when_its_name_has_no_ending(desk: Client) -> None:
    file = SimpleUploadedFile("letter", a_docx())
    version = add_version(a_document(), checked(file), by=makers.BY)
    answer = desk.get(reverse("documents:file", args=(version.pk,)))
    answer.close()
    assert answer["Content-Disposition"] == 'attachment; filename="letter.docx"'
