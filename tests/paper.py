"""Small files of each kind that is kept, made by code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OOXML = "application/vnd.openxmlformats-officedocument"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(40) + b"\xff\xd9"
TIFF = b"II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
MAIL = (
    b"From: Anna Nowak <anna@example.org>\r\nTo: desk@example.org\r\nDate: Mon, 1 Jun 2015 10:00:00 +0300\r\n"
    b"Subject: Invitation to the session\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"We invite your delegation.\r\n"
)


def a_pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with a line of text on each page."""
    writer = PdfWriter()
    for text in pages or ("A page of words.",):
        page = writer.add_blank_page(width=595, height=842)
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 12 Tf 72 700 Td (" + text.encode("latin-1") + b") Tj ET")
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_package(parts: Mapping[str, Any], *, stored: tuple[str, ...] = ()) -> bytes:
    """A zip of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def an_ooxml(media: str, main: str, parts: Mapping[str, Any]) -> bytes:
    """A document of Word, Excel or PowerPoint whose main part lies there."""
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{_OOXML}.{media}.main+xml"/></Types>'
    )
    return a_package({"[Content_Types].xml": types, **parts})


def a_docx(*paragraphs: str, more: Mapping[str, Any] | None = None) -> bytes:
    """A document of Word with these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs or ("Some words.",))
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'
    return an_ooxml("wordprocessingml.document", "word/document.xml", {"word/document.xml": document, **(more or {})})


def an_xlsx(*cells: str) -> bytes:
    """A workbook with these texts."""
    strings = "".join(f"<si><t>{text}</t></si>" for text in cells)
    parts = {"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": f"<sst>{strings}</sst>"}
    return an_ooxml("spreadsheetml.sheet", "xl/workbook.xml", parts)


def a_pptx(*slides: str) -> bytes:
    """A presentation with a line on each slide."""
    parts = {
        f"ppt/slides/slide{at}.xml": f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
        for at, text in enumerate(slides, 1)
    }
    return an_ooxml("presentationml.presentation", "ppt/presentation.xml", {"ppt/presentation.xml": "<p/>", **parts})


def an_odf(media: str, *paragraphs: str) -> bytes:
    """An OpenDocument file ("text", "spreadsheet") with these paragraphs."""
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs or ("Some words.",))
    content = (
        '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    kind = f"application/vnd.oasis.opendocument.{media}"
    return a_package({"mimetype": kind, "content.xml": content}, stored=("mimetype",))


SAMPLES: dict[str, tuple[str, bytes]] = {
    "letter.pdf": ("application/pdf", a_pdf()),
    "letter.docx": (f"{_OOXML}.wordprocessingml.document", a_docx()),
    "table.xlsx": (f"{_OOXML}.spreadsheetml.sheet", an_xlsx("One", "Two")),
    "talk.pptx": (f"{_OOXML}.presentationml.presentation", a_pptx("One")),
    "letter.odt": ("application/vnd.oasis.opendocument.text", an_odf("text")),
    "table.ods": ("application/vnd.oasis.opendocument.spreadsheet", an_odf("spreadsheet")),
    "words.txt": ("text/plain", "Прывітанне, свет.\n".encode()),
    "wide.txt": ("text/plain", "Прывітанне, свет.\n".encode("utf-16")),
    "old.txt": ("text/plain", "Прывітанне, свет.\n".encode("cp1251")),
    "table.csv": ("text/csv", b"id;name\n1;Anna\n2;Jan\n"),
    "photo.jpg": ("image/jpeg", JPEG),
    "scan.png": ("image/png", PNG),
    "scan.tif": ("image/tiff", TIFF),
    "mail.eml": ("message/rfc822", MAIL),
}
