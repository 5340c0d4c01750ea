"""Handing tables in as a browser without scripts does, for tests of the pages that bring them in."""

from __future__ import annotations

import html
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BaseForm
from django.test import Client

NEW = "/desk/imports/new/"
PEOPLE = "Nr;Vorname;Nachname;Geboren;Wahlkreis\n7;Anna;Nowak;13.02.1970;North\n8;Jan;Kowal;05.06.1965;South\n"
# What somebody chooses above the columns of that table.
CHOSEN = {"c0-to": "id", "c1-to": "given", "c2-to": "family", "c3-to": "born", "c4-to": ""}


def a_table(text: str = PEOPLE, name: str = "people.csv") -> SimpleUploadedFile:
    """A file of a table, of two people unless told."""
    return SimpleUploadedFile(name, text.encode())


def brought(desk: Client, file: SimpleUploadedFile | None = None, kind: str = "people-csv", **said: Any) -> str:
    """The address of the columns of what was handed in."""
    sent = {"kind": kind, **({"file": file} if file else {}), **said}
    answer = desk.post(NEW, sent)
    assert answer.status_code == 302, errors_of(answer)
    return str(answer["Location"])


def errors_of(answer: Any) -> dict[str, Any]:
    """What the form of the page says is wrong, by field."""
    form: BaseForm | None = answer.context["form"] if answer.context else None
    return dict(form.errors) if form else {}


def fields(answer: Any) -> dict[str, str]:
    """What a browser without scripts sends when the form of the page is submitted as it stands."""
    boxes = re.compile(r"<textarea([^>]*)>(.*?)</textarea>", re.DOTALL)
    page = boxes.sub(r'<input\1 value="\2">', answer.content.decode())
    main = page[page.index('<form method="post" class="stack"') :]
    sent: dict[str, str] = {}
    for tag in re.finditer(r"<input\b[^>]*>|<select\b.*?</select>", main, flags=re.DOTALL):
        text = tag.group()
        name = re.search(r'name="([^"]*)"', text)
        if not name or ('type="checkbox"' in text and " checked" not in text):
            continue
        place = re.search(r'<option value="([^"]*)" selected', text) if text.startswith("<select") else None
        value = place or re.search(r'value="([^"]*)"', text)
        sent[name.group(1)] = html.unescape(value.group(1)) if value else ""
    return sent


def sent_on(desk: Client, address: str, deed: str, **changed: str) -> Any:
    """The form of the columns as it stands, with some values changed."""
    page = desk.get(address)
    return desk.post(address, fields(page) | changed | {"deed": deed})
