"""Texts of files: read apart from the server within bounds, and found by the search by those who may."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address
from interparl.core.models import Entry
from interparl.documents.actions import add_version, checked, read_waiting, reading, remove_content
from interparl.documents.actions.reading import read_apart
from interparl.documents.models import Content
from interparl.documents.rules import passages
from interparl.documents.rules.encodings import decoded
from interparl.documents.rules.media import PDF
from interparl.documents.rules.packages import DOCX
from interparl.documents.rules.passages import LONGEST, MOST_PASSAGES, MOST_WORDS
from interparl.documents.rules.text_kinds import PLAIN
from interparl.documents.rules.texts import MOST_SIGNS, Unreadable, text_of, tidy
from interparl.search.models import Posting, Spelling
from tests import makers
from tests.makers import BY, a_document, a_version
from tests.paper import MAIL, PNG, SAMPLES, a_docx, a_package, a_pdf, a_pptx, an_odf, an_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
DOCUMENT = "documents.document"
SECRET = "s"  # noqa: S105


def read(data: bytes, name: str) -> str:
    """The text of a file that may be kept."""
    found = checked(ContentFile(data, name))
    return text_of(io.BytesIO(data), len(data), found.media).text


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.pdf", a_pdf("First page.", "Second page."), "First page.\nSecond page."),
        ("a.docx", a_docx("One.", "Прывітанне."), "One.\nПрывітанне."),
        ("a.xlsx", an_xlsx("One", "Two"), "One\nTwo"),
        ("a.pptx", a_pptx("First slide", "Second"), "First slide\nSecond"),
        ("a.odt", an_odf("text", "One", "a <text:span>two</text:span> three"), "One\na two three"),
        ("a.ods", an_odf("spreadsheet", "One", "Two"), "One\nTwo"),
        ("a.txt", b"One\r\n\r\n\r\nTwo\f three", "One\nTwo\nthree"),
        ("a.csv", b"id;name\n1;Anna\n", "id;name\n1;Anna"),
        ("a.png", PNG, ""),
    ],
)
def test_the_text_of_each_kind_is_read(name: str, data: bytes, text: str) -> None:
    assert read(data, name) == text


def test_the_headings_and_the_body_of_a_letter_are_read() -> None:
    text = read(MAIL, "a.eml")
    assert [words in text for words in ("Invitation to the session", "Anna Nowak", "We invite your")] == [True] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "cp1251", "koi8-r", "cp866"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    text = "Рабочая группа Национального собрания по сотрудничеству с парламентом, протокол заседания.\n" * 3
    assert decoded(text.encode(encoding)) == text


def test_what_was_struck_out_and_added_in_a_document_is_read_as_well() -> None:
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
    document = f'<w:document xmlns:w="{words}"><w:body>{body}</w:body></w:document>'
    assert read(_with_document(document), "a.docx") == "oldnew"


def _with_document(document: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(a_docx())) as package:
        types = package.read("[Content_Types].xml")
    return a_package({"[Content_Types].xml": types, "word/document.xml": document})


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (a_pdf("x", password=SECRET), PDF, "protected"),
        (b"%PDF-1.7 nothing %%EOF", PDF, "damaged"),
        (_with_document("<w:document><unclosed>"), DOCX, "damaged"),
        (_with_document("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), DOCX, "damaged"),
        (_with_document("<a>" * 300 + "</a>" * 300), DOCX, "too_large"),
    ],
)
def test_a_reason_is_given_when_a_text_cannot_be_read(data: bytes, kind: str, reason: str) -> None:
    with pytest.raises(Unreadable) as problem:
        text_of(io.BytesIO(data), len(data), kind)
    assert problem.value.reason == reason


def test_a_long_text_is_cut_where_the_bounds_are() -> None:
    data = b"word " * (MOST_SIGNS // 4)
    found = text_of(io.BytesIO(data), len(data), PLAIN)
    assert (found.is_cut, len(found.text) <= MOST_SIGNS) == (True, True)


def test_no_sign_stays_that_a_database_cannot_keep() -> None:
    assert tidy("a\x00b\ud800c\u200bd\x0b\x0ce") == "abcd\ne"


# Apart from the server


def file_of(tmp_path: Path, data: bytes) -> Any:
    place = tmp_path / "file"
    place.write_bytes(data)
    return place.open("rb")


def test_a_text_is_read_by_a_program_of_its_own(tmp_path: Path) -> None:
    with file_of(tmp_path, a_docx("Прывітанне, свет.")) as file:
        assert read_apart(file, DOCX) == {
            "text": "Прывітанне, свет.",
            "passages": ["Прывітанне, свет."],
            "is_cut": False,
        }


def test_a_reason_is_given_when_reading_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.01)
    monkeypatch.setattr(reading, "PAUSE", 0.01)
    with file_of(tmp_path, a_pdf()) as file:
        assert read_apart(file, PDF) == {"reason": "too_long"}


def test_a_reason_is_given_when_reading_takes_too_much_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MEGABYTES", 1)
    with file_of(tmp_path, b"words " * 1_000_000) as file:
        assert read_apart(file, PLAIN) == {"reason": "too_large"}


def test_the_state_is_kept_and_told_when_a_file_was_read(desk: Client) -> None:
    files = {"words.txt": b"Some words.", "scan.png": PNG, "secret.pdf": a_pdf("x", password=SECRET)}
    versions = {name: a_version(None, data, name) for name, data in files.items()}
    assert set(Content.objects.values_list("state", flat=True)) == {"waiting"}
    entries = Entry.objects.count()
    assert (read_waiting(), read_waiting(), Entry.objects.count()) == (3, 0, entries)
    states = {one.digest: (one.state, one.reason, one.text) for one in Content.objects.all()}
    assert [states[versions[name].digest] for name in files] == [
        ("done", "", "Some words."),
        ("empty", "", ""),
        ("failed", "protected", ""),
    ]
    page = desk.get(address((DOCUMENT, versions["secret.pdf"].document_id))).content.decode()
    assert "protected by a password" in page


def test_reading_stops_when_the_program_is_stopping() -> None:
    a_version()
    assert (read_waiting(is_stopping=lambda: True), Content.objects.get().state) == (0, "waiting")


def test_a_text_waits_for_the_next_start_when_the_program_stops_while_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_version()
    monkeypatch.setattr(reading, "PAUSE", 0.01)
    asked: list[int] = []

    def is_stopping() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert (read_waiting(is_stopping=is_stopping), Content.objects.get().state) == (0, "waiting")
    assert (read_waiting(), Content.objects.get().state) == (1, "done")


# Found


def test_a_document_is_found_by_a_word_of_its_text_in_any_form(desk: Client) -> None:
    text = "Протокол заседания.\nОбсуждались вопросы приграничного сотрудничества и судоходства по Западной Двине."
    version = a_version(a_document(None, "Minutes"), text.encode(), "minutes.txt")
    assert found_by(desk, "судоходство") == []
    read_waiting()
    for words in ("судоходство", "приграничное сотрудничество", "sudohodstvo", "Двина"):
        assert (words, found_by(desk, words)) == (words, [version.document_id])
    rows = desk.get(list_address(DOCUMENT, q="судоходство", format="json")).json()["rows"]
    assert [row["id"] for row in rows] == [version.document_id]


def found_by(client: Client, words: str) -> list[int]:
    """The documents that a search gives."""
    answer = client.get(reverse("find"), {"q": words, "kind": DOCUMENT})
    found: list[Any] = answer.context["found"] if answer.context else []
    return [one.key for one in found]


def test_nobody_finds_by_its_text_what_he_may_not_know_of(client: Client, officer: User, head: User) -> None:
    document = a_document(makers.a_country(mark="official"), "Minutes")
    a_version(document, b"A secret word: zanzibar.", "a.txt")
    read_waiting()
    client.force_login(officer)
    page = client.get(reverse("find"), {"q": "zanzibar"}).content.decode()
    assert (found_by(client, "zanzibar"), "secret" in page) == ([], False)
    client.force_login(head)
    assert found_by(client, "zanzibar") == [document.pk]


def test_only_the_newest_text_finds_a_document(desk: Client) -> None:
    document = a_document(None, "Minutes")
    a_version(document, b"The word is zanzibar.", "a.txt")
    read_waiting()
    second = a_version(document, b"The word is madagascar.", "b.txt")
    read_waiting()
    assert (found_by(desk, "zanzibar"), found_by(desk, "madagascar")) == ([], [document.pk])
    remove_content(second, by=makers.a_user("head_of_department"), reason="Mistake")
    assert (found_by(desk, "zanzibar"), found_by(desk, "madagascar")) == ([document.pk], [])


def test_one_reading_serves_all_documents_with_the_same_file(desk: Client) -> None:
    documents = [a_document(None, f"Minutes {number}") for number in range(2)]
    for document in documents:
        add_version(document, checked(ContentFile(b"The word is zanzibar.", "a.txt")), by=BY)
    assert read_waiting() == 1
    assert sorted(found_by(desk, "zanzibar")) == [one.pk for one in documents]


def words_like(number: int) -> str:
    """So many words of which no two have one stem."""
    letters = "bcdfghklmnprstvz"
    return " ".join(
        "".join(letters[at // 16**place % 16] + "aeiou"[(at + place) % 5] for place in range(5)) + "k"
        for at in range(number)
    )


def test_a_text_of_five_hundred_pages_takes_a_bounded_place_in_the_index() -> None:
    text = words_like(60_000) * 2
    found = passages(text)
    assert len(found) <= MOST_PASSAGES + MOST_WORDS // 10
    assert max(map(len, found)) <= LONGEST
    assert len(" ".join(found).split()) <= MOST_PASSAGES * LONGEST // 5 + MOST_WORDS
    document = a_document()
    a_version(document, text.encode(), "a.txt")
    read_waiting()
    held = {"kind": DOCUMENT, "object_id": document.pk}
    assert Spelling.objects.filter(**held).count() <= MOST_PASSAGES + MOST_WORDS // 10 + 2
    assert Posting.objects.filter(**held).count() <= 7_000


def test_a_word_on_the_last_page_is_found_when_the_words_before_are_usual(desk: Client) -> None:
    usual = "The commission discussed the report and the delegation agreed on the programme of the session. "
    version = a_version(None, (usual * 12_000 + "At last zanzibar.").encode(), "a.txt")
    read_waiting()
    assert found_by(desk, "zanzibar") == [version.document_id]


def test_passages_end_between_words_and_hold_all_of_a_short_text() -> None:
    text = " ".join(f"Sentence number {at} of a text." for at in range(100))
    found = passages(text)
    assert " ".join(found) == text
    assert [one[-1] for one in found] == ["."] * len(found)
    assert (passages(""), passages("  \n ")) == ((), ())


def test_every_sample_is_read_without_a_failure() -> None:
    for name, (_media, data) in SAMPLES.items():
        a_version(None, data, name)
    read_waiting()
    assert list(Content.objects.filter(state="failed").values_list("reason", flat=True)) == []
