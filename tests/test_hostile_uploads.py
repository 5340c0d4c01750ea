"""Files that hostile or unlucky hands give to documents: one clear message each, nothing lost, nothing kept half."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from interparl.core.models import Entry
from interparl.documents.actions import checked
from interparl.documents.models import Content, Document, Version
from interparl.documents.rules import clean_name, name_to_save, refusal_text, stem_of
from interparl.documents.rules.messages import REFUSALS, WHATS
from interparl.documents.rules.refusals import NotKept
from tests.makers import a_version
from tests.paper import JPEG, MAIL, PNG, a_docx, a_package, a_pdf, an_odf, an_ooxml

pytestmark = pytest.mark.usefixtures("own_folder")
NEW = "/desk/documents/new/"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "wordprocessingml.document"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def with_ways(*names: str) -> bytes:
    """A document of Word that holds parts of these names as well."""
    return a_docx(more=dict.fromkeys(names, "x"))


def with_a_zero() -> bytes:
    """One with a part whose name has a zero in it."""
    return a_docx(more={"word/a?b.xml": "x"}).replace(b"word/a?b.xml", b"word/a\x00b.xml")


def encrypted() -> bytes:
    """One whose parts say that they are enciphered."""
    data = bytearray(a_docx())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


def overlapping() -> bytes:
    """A package whose many parts are all the same bytes."""
    one = a_package({"[Content_Types].xml": bytes(2_000_000)})
    end = one.rindex(b"PK\x05\x06")
    first = one.index(b"PK\x01\x02")
    listed = one[first:end]
    lists = b"".join(
        listed.replace(b"[Content_Types].xml", f"[Content_Types]{at:04}"[:19].encode()) for at in range(100)
    )
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 100, 100, len(lists), first, 0)
    return one[:first] + lists + tail


def crowded() -> bytes:
    """A package with far too many parts."""
    return a_package({f"word/{at}": "" for at in range(6_000)})


def macros() -> bytes:
    return a_docx(more={"word/vbaProject.bin": b"x"})


def damaged() -> bytes:
    """A document whose main part is not what its sum says."""
    data = bytearray(a_docx(*(f"Paragraph {at}" for at in range(500))))
    at = data.index(b"word/document.xml") + 40
    data[at : at + 20] = bytes(20)
    return bytes(data)


def bomb() -> bytes:
    """A document of Word of half a megabyte that unpacks to a third of a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for at in range(11):
            with package.open(f"word/media/{at}", "w") as part:
                for _piece in range(30):
                    part.write(bytes(1_000_000))
    return out.getvalue()


# Name, bytes, and the beginning of the one message.
BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty.pdf", lambda: b"", "“empty.pdf” is empty."),
    ("report.pdf", lambda: b"MZ\x90\x00" + bytes(400), "“report.pdf” is a program."),
    ("report.pdf", lambda: b"\x7fELF\x02\x01\x01" + bytes(400), "“report.pdf” is a program."),
    ("report.pdf", lambda: EICAR, "“report.pdf” is a program."),
    ("eicar.txt", lambda: EICAR, "“eicar.txt” is a program."),
    ("link.pdf", lambda: b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "“link.pdf” is a program."),
    ("run.txt", lambda: b"#!/bin/sh\nrm -r x\n", "“run.txt” is a script"),
    ("run.vbs", lambda: b"MsgBox 1\n", "“run.vbs” is a script"),
    ("run.txt.js", lambda: b"alert(1)\n", "“run.txt.js” is a script"),
    ("run.txt", lambda: b"\xef\xbb\xbf<?php echo 1;", "“run.txt” is a script"),
    ("page.txt", lambda: b"  <!-- x --><!DOCTYPE html><p>", "“page.txt” is a page of the web."),
    ("page.pdf", lambda: b"<html><body>", "“page.pdf” is a page of the web."),
    ("page.txt", lambda: "<script>".encode("utf-16"), "“page.txt” is a page of the web."),
    ("words.txt", lambda: b"Words, then <script>alert(1)</script>", "“words.txt” is a page of the web."),
    ("picture.png", lambda: SVG, "“picture.png” is a drawing for the web"),
    ("picture.svg", lambda: b'<?xml version="1.0"?>' + SVG, "“picture.svg” is a drawing for the web"),
    ("data.xml", lambda: b'<?xml version="1.0"?><a/>', "“data.xml” is XML."),
    ("a.zip", lambda: a_package({"a.txt": "x"}), "“a.zip” is an archive."),
    ("a.docx", lambda: a_package({"a.txt": "x"}), "“a.docx” is an archive."),
    ("a.docx", lambda: b"Rar!\x1a\x07\x00" + bytes(60), "“a.docx” is an archive."),
    ("a.docx", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(60), "“a.docx” is an archive."),
    ("a.csv", lambda: b"\x1f\x8b\x08" + bytes(60), "“a.csv” is an archive."),
    ("a.odt", lambda: a_package({"mimetype": "application/epub+zip", "x": "y"}), "“a.odt” is an archive."),
    ("a.odg", lambda: an_odf("graphics"), "“a.odg” is an OpenDocument file of another kind."),
    ("old.doc", lambda: COMPOUND + bytes(900), "“old.doc” is of an old office program."),
    ("a.docx", lambda: COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "“a.docx” is protected"),
    ("a.docx", encrypted, "“a.docx” is protected"),
    ("a.docx", macros, "“a.docx” holds macros"),
    ("a.rtf", lambda: rb"{\rtf1 words}", "“a.rtf” is rich text"),
    ("a.gif", lambda: b"GIF89a" + bytes(60), "“a.gif” is a picture or a recording of another kind."),
    ("a.mp4", lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(60), "“a.mp4” is a recording."),
    ("a.docx", lambda: a_docx()[:-40], "“a.docx” is damaged"),
    ("a.docx", damaged, "“a.docx” is damaged"),
    ("a.pdf", lambda: a_pdf()[:200], "“a.pdf” is damaged"),
    ("a.jpg", lambda: JPEG[:-2], "“a.jpg” is damaged"),
    ("a.png", lambda: PNG[:40], "“a.png” is damaged"),
    ("a.docx", bomb, "“a.docx” unpacks to far more"),
    ("a.docx", overlapping, "“a.docx” unpacks to far more"),
    ("a.docx", crowded, "“a.docx” unpacks to far more"),
    ("a.docx", lambda: with_ways("../../etc/cron.d/x"), "“a.docx” holds parts whose names lead out"),
    ("a.docx", lambda: with_ways("/etc/passwd"), "“a.docx” holds parts whose names lead out"),
    ("a.docx", lambda: with_ways("word/..\\..\\x"), "“a.docx” holds parts whose names lead out"),
    ("a.docx", lambda: with_ways("C:x"), "“a.docx” holds parts whose names lead out"),
    ("a.docx", with_a_zero, "“a.docx” holds parts whose names lead out"),
    ("a.pdf", lambda: a_pdf() + a_package({"a.class": "x"}), "“a.pdf” is two kinds of file at once."),
    ("a.png", lambda: PNG + a_package({"a.class": "x"}), "“a.png” is two kinds of file at once."),
    ("a.txt", lambda: b"Words\n" + a_package({"a.class": "x"}), "“a.txt” is two kinds of file at once."),
    ("a.pdf", lambda: b"\n%PDF-1.7 later " + a_pdf(), "“a.pdf” is called .pdf and holds plain text."),
    ("a.docx", lambda: b"Only words.", "“a.docx” is called .docx and holds plain text."),
    ("a.bin", lambda: b"\x01\x02\x03\x04" * 40, "“a.bin” is of a kind that is not known here."),
    ("a.txt", lambda: b"Words with a zero\x00 in them", "“a.txt” is of a kind that is not known here."),
    ("a.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * 10, "“a.txt” is of a kind that is not known here."),
    ("page.mht", lambda: b"From: x\r\nSnapshot-Content-Location: y\r\nDate: z\r\n\r\n",
        "“page.mht” is a page of the web."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "words"), BAD, ids=[f"{at}-{one[0]}" for at, one in enumerate(BAD)])
def test_one_message_says_what_it_is_when_a_file_may_not_be_kept(
    name: str, data: Callable[[], bytes], words: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        checked(ContentFile(data(), name))
    [message] = refusal.value.messages
    assert message.startswith(words), message


def test_no_bomb_is_larger_than_a_file_may_be() -> None:
    assert len(bomb()) < 1_000_000


def test_every_refusal_differs_from_every_other_in_english() -> None:
    problems = [NotKept("foreign", what) for what in WHATS] + [NotKept(key, "pdf") for key in REFUSALS]
    with override("en"):
        said = [refusal_text(problem, "a.pdf") for problem in problems]
    assert len(set(said)) == len(said)
    assert [text for text in said if "a.pdf" not in text] == []


@pytest.mark.django_db
def test_nothing_is_kept_and_what_was_typed_stays_when_a_file_is_refused(desk: Client) -> None:
    entries = Entry.objects.count()
    files = [
        SimpleUploadedFile("good.txt", b"Good words."),
        SimpleUploadedFile("report.pdf", EICAR, "application/pdf"),
    ]
    answer = desk.post(
        NEW, {"document_kind": "letter", "mark": "internal", "grade": "stated", "title_be": "Назва", "files": files}
    )
    page = answer.content.decode()
    assert (answer.status_code, "“report.pdf” is a program." in page, 'value="Назва"' in page) == (422, True, True)
    assert (Document.objects.count(), Version.objects.count(), Content.objects.count()) == (0, 0, 0)
    assert (Entry.objects.count(), (Path(settings.FOLDER) / "files").exists()) == (entries, False)


# Size


@pytest.mark.django_db
def test_a_file_is_passed_over_while_it_comes_when_it_is_too_large(desk: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILE_LIMIT, settings.FILE_UPLOAD_TEMP_DIR = 200_000, str(tmp_path / "coming")
    (tmp_path / "coming").mkdir()
    files = [
        SimpleUploadedFile("small.txt", b"Small."),
        SimpleUploadedFile("large.txt", b"x" * 300_000),
        SimpleUploadedFile("other.txt", b"Other."),
    ]
    answer = desk.post(
        NEW, {"document_kind": "letter", "mark": "internal", "grade": "stated", "title_en": "Typed", "files": files}
    )
    page = answer.content.decode()
    assert (answer.status_code, Document.objects.count(), list((tmp_path / "coming").iterdir())) == (422, 0, [])
    assert dict(answer.context["form"].errors) == {"files": ["“large.txt” is larger than 195.3\xa0KB."]}
    assert ("“large.txt” is larger than" in page, 'value="Typed"' in page) == (True, True)


@pytest.mark.django_db
def test_one_message_is_shown_when_a_version_is_too_large(desk: Client, settings: Any) -> None:
    version = a_version()
    settings.FILE_LIMIT = 200_000
    url = reverse("documents:document-version", args=(version.document_id,))
    answer = desk.post(url, {"file": SimpleUploadedFile("large.txt", b"x" * 300_000)})
    assert (answer.status_code, Version.objects.count()) == (422, 1)
    assert dict(answer.context["form"].errors) == {"file": ["“large.txt” is larger than 195.3\xa0KB."]}


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["4294967296", "9" * 17, "9" * 40, "-1", "x"])
def test_the_body_is_not_read_when_it_says_that_it_is_too_large(desk: Client, length: str) -> None:
    class Unread(io.BytesIO):
        def read(self, *_size: int | None) -> bytes:
            raise AssertionError("the body was read")

    sent: dict[str, Any] = {"CONTENT_LENGTH": length, "wsgi.input": Unread()}
    answer: Any = desk.generic("POST", NEW, b"", "multipart/form-data; boundary=x", **sent)
    assert answer.status_code == 413


# Names

NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "C:\\Users\\anna\\Ліст.docx": "Ліст.docx",
    "a\x00b.pdf": "a b.pdf",
    "report\u202efdp.exe": "reportfdp.exe",
    "zero\u200bwidth.txt": "zerowidth.txt",
    "  two   blanks .pdf ": "two blanks .pdf",
    "<b>bold</b>.txt": "b .txt",
    "a<script>.txt": "a script .txt",
    "CON.txt": "_CON.txt",
    "lpt1": "_lpt1",
    "": "file",
    "...": "file",
    "/": "file",
    "\ud800half.txt": "?half.txt".replace("?", " ").strip(),
    "x" * 400 + ".docx": "x" * 195 + ".docx",
    "x" * 400: "x" * 200,
    "Прывітанне, свет.pdf": "Прывітанне, свет.pdf",
    "e\u0301t\u00e9.pdf": "\u00e9t\u00e9.pdf",
}


@pytest.mark.parametrize("given", list(NAMES), ids=[str(at) for at in range(len(NAMES))])
def test_a_name_is_one_clean_line_when_it_was_meant_to_deceive(given: str) -> None:
    assert clean_name(given) == NAMES[given]
    assert clean_name(NAMES[given]) == NAMES[given]


@pytest.mark.parametrize(
    ("name", "media", "saved"),
    [
        ("report.pdf", "application/pdf", "report.pdf"),
        ("report.PDF", "application/pdf", "report.PDF"),
        ("report.exe", "application/pdf", "report.exe.pdf"),
        ("run.js", "text/plain", "run.js.txt"),
        ("noname", "image/jpeg", "noname.jpg"),
        ("photo.png", "image/jpeg", "photo.png.jpg"),
        ("table.tsv", "text/csv", "table.tsv"),
    ],
)
def test_a_file_is_saved_under_an_ending_of_its_content(name: str, media: str, saved: str) -> None:
    assert name_to_save(name, media) == saved


def test_a_title_is_made_of_a_name_without_its_ending() -> None:
    names = ("Letter_of_May.pdf", "2015.06.01 session", "v1.2", ".pdf")
    assert [stem_of(name) for name in names] == ["Letter of May", "2015.06.01 session", "v1", ".pdf"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../../secret_key", "..%2f..%2fx.txt", "a\x00.txt", "\u202etxt.exe.txt", "'; --.txt"]
)
def test_a_name_is_never_a_path_when_a_file_is_kept(desk: Client, name: str) -> None:
    folder = Path(settings.FOLDER)
    before = {one for one in folder.rglob("*") if one.is_file()}
    desk.post(
        NEW,
        {
            "document_kind": "letter",
            "mark": "internal",
            "grade": "stated",
            "files": [SimpleUploadedFile(name, b"Words.")],
        },
    )
    version = Version.objects.get()
    [kept] = {one for one in folder.rglob("*") if one.is_file()} - before
    assert kept == folder / "files" / version.digest[:2] / version.digest[2:4] / version.digest
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_letter_with_a_page_in_it_is_a_letter() -> None:
    letter = MAIL.replace(b"text/plain", b"text/html") + b"<p>Words</p>"
    assert checked(ContentFile(letter, "a.eml")).media == "message/rfc822"


def test_the_first_bytes_of_a_program_may_begin_a_text() -> None:
    assert checked(ContentFile(b"MZ is a plate of Minsk.", "a.txt")).media == "text/plain"


def test_a_document_of_two_main_kinds_is_refused() -> None:
    both = an_ooxml(WORD, "word/document.xml", {"word/document.xml": "<w/>"})
    with zipfile.ZipFile(io.BytesIO(both)) as package:
        text = package.read("[Content_Types].xml").decode()
    more = text.replace("</Types>", text[text.index("<Override") :].replace(WORD, "spreadsheetml.sheet"))
    data = a_package({"[Content_Types].xml": more, "word/document.xml": "<w/>", "xl/workbook.xml": "<w/>"})
    with pytest.raises(ValidationError, match="two kinds"):
        checked(ContentFile(data, "a.docx"))
