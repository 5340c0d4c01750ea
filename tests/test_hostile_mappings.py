"""Mappings that are hostile or meant for another file: one sentence with its place, and nothing else comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override

from interparl.accounts.models import User
from interparl.config import command_line
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.exchange.models import Batch, SavedMapping
from interparl.exchange.rules.messages import MAPPINGS, REFUSALS
from tests import makers
from tests.handing import a_table, brought, errors_of, fields, sent_on
from tests.nasty_files import told

BRING_IN = "/desk/imports/mappings/bring-in/"
HEAD = b'kind = "people-csv"\n'
PARTS = ".".join("a" * 2_000).encode()
SHOWN = ".".join("a" * 2_000)[:30]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for all that may be left lying; what a command prepares first stands already."""
    settings.FOLDER = tmp_path / "folder"
    monkeypatch.setattr(command_line, "_prepare_database", lambda: None)
    monkeypatch.setattr("django.setup", lambda: None)
    return tmp_path


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def saved(code: str, **data: Any) -> SavedMapping:
    """A mapping of people that an officer saved."""
    return makers.kept(SavedMapping(code=code, kind="people-csv", name=written({"en": code}), data=data))


WRONG_FILES: dict[str, tuple[bytes, str, str, dict[str, str]]] = {
    "broken": (b"columns = [", "", "mapping_not_toml", {}),
    "no text": (b"\xff\xfe", "", "mapping_not_toml", {}),
    "long": (b"#" * 300_000, "", "mapping_too_long", {}),
    "nested": (b"a = " + b"[" * 9_000, "", "mapping_not_toml", {}),
    "parts of a key": (HEAD + b"constants." + PARTS + b" = 'x'", f"constants.{SHOWN}…", "mapping_form", {}),
    "parts of a heading": (b"[" + PARTS + b"]", f"{SHOWN}a.a.a.a.a.…", "mapping_form", {}),
    "deep": (HEAD + b"constants = " + b"{a = " * 90 + b"1" + b"}" * 90, "constants" + ".a" * 20, "mapping_form", {}),
    "unknown": (HEAD + b"regex = '(a+)+$'", "regex", "mapping_unknown", {"value": "regex"}),
    "unknown of a column": (
        HEAD + b"columns = [{ from = 'x', to = 'name', regex = '(a+)+$' }]",
        "columns[0].regex",
        "mapping_unknown",
        {"value": "regex"},
    ),
    "field": (HEAD + b"columns = [{ from = 'x', to = 'shoe' }]", "columns[0].to", "mapping_field", {"value": "shoe"}),
    "columns": (HEAD + b"columns = [" + b"{from='x',to='name'}," * 401 + b"]", "columns", "mapping_form", {}),
    "words": (
        HEAD + b"columns = [{from='x',to='name',values={" + b",".join(b"a%d='b'" % at for at in range(15_000)) + b"}}]",
        "columns[0].values",
        "mapping_words",
        {},
    ),
    "stars": (
        HEAD + b"columns = [{from='x',to='name',values={" + b",".join(b"'*%d*'='b'" % at for at in range(101)) + b"}}]",
        "columns[0].values",
        "mapping_words",
        {},
    ),
    "value": (HEAD + b"constants = { about = '" + b"x" * 501 + b"' }", "constants.about", "mapping_form", {}),
    "number": (HEAD + b"file = { header_row = 0x" + b"F" * 5_000 + b" }", "file.header_row", "mapping_form", {}),
    "no number": (HEAD + b"skip = [{ from = 'x', values = [nan] }]", "skip[0].values[0]", "mapping_form", {}),
    "no end": (HEAD + b"skip = [{ from = 'x', values = [-inf] }]", "skip[0].values[0]", "mapping_form", {}),
}


@pytest.mark.parametrize("case", sorted(WRONG_FILES))
def test_one_sentence_with_the_place_comes_back_when_the_file_of_a_mapping_is_hostile(case: str, desk: Client) -> None:
    file, place, key, params = WRONG_FILES[case]
    for language, sentence in told(key, params, MAPPINGS).items():
        desk.cookies["language"] = language
        answer = desk.post(BRING_IN, {"file": SimpleUploadedFile("m.toml", file)})
        said = f"{place}: {sentence}" if place else sentence
        assert (answer.status_code, errors_of(answer)) == (422, {"file": [said]})
        assert escape(said) in answer.content.decode()
    assert (SavedMapping.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_columns_that_are_missing_are_named_when_a_mapping_is_meant_for_another_file(
    desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    needed = [{"from": name, "to": to, "needed": True} for name, to in (("Nr", "id"), ("<b>Nachname", "family"))]
    saved("valley", columns=[*needed, {"from": "Name", "to": "given"}])
    entries = Entry.objects.count()
    (folder / "a.csv").write_text("id,Name\n1,Anna\n")
    address = brought(desk, a_table("id,Name\n1,Anna\n"))
    params = {"missing": "Nr, <b>Nachname", "mapping": "valley"}
    for language, sentence in told("other_table", params, REFUSALS).items():
        with override(language):
            words = ["import", "people-csv", str(folder / "a.csv"), "--apply", "--mapping", "valley", "--json"]
            code = command_line.run(words)
        said = capsys.readouterr()
        assert (code, said.out, said.err) == (2, "", f"{sentence}\n")
        desk.cookies["language"] = language
        answer = sent_on(desk, address, "use", mapping="valley")
        assert (answer.status_code, answer.context["problems"]) == (422, [sentence])
        assert answer.content.decode().count(escape(sentence)) == 1
    assert (Batch.objects.count(), Entry.objects.count()) == (0, entries)


def test_the_columns_there_are_are_named_when_none_says_who_is_meant(
    desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text("shoe,hat\n38,9\n")
    address = brought(desk, a_table("shoe,hat\n38,9\n"))
    for language, sentence in told("nobody_named", {"columns": "shoe, hat"}, REFUSALS).items():
        with override(language):
            code = command_line.run(["import", "people-csv", str(folder / "a.csv"), "--apply"])
        assert (code, capsys.readouterr().err) == (2, f"{sentence}\n")
        desk.cookies["language"] = language
        answer = sent_on(desk, address, "check", **{"c0-to": "", "c1-to": ""})
        assert (answer.status_code, answer.context["problems"]) == (422, [sentence])
    assert (Batch.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_command_takes_the_code_of_a_mapping_and_opens_no_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_text("id,name\n1,Anna\n")
    (folder / "m.toml").write_bytes(HEAD)
    for code in (str(folder / "m.toml"), "../m", "a\nb"):
        words = ["import", "people-csv", str(folder / "a.csv"), "--apply", "--mapping", code]
        assert (command_line.run(words), Batch.objects.count()) == (2, 0)
        said = capsys.readouterr().err
        assert (said.startswith("There is no mapping “"), said.count("\n")) == (True, 1)


@pytest.mark.parametrize(
    ("encoding", "key", "place"),
    [
        ("utf-8", "not_text", {"line": 3, "column": 3}),
        ("windows-1253", "not_in_encoding", {"line": 2, "column": 3, "encoding": "windows-1253"}),
        ("rot13", "unknown_encoding", {"encoding": "rot13"}),
    ],
)
def test_the_place_is_told_when_a_file_is_not_in_the_encoding_that_was_asked_for(
    encoding: str, key: str, place: dict[str, Any], desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = b"id,name\n1,Anna\n2,\xd2\xff \xaa\n" if encoding == "utf-8" else b"id,name\n1,\xaa\xd2\n"
    saved("asked", columns=[{"from": "id", "to": "id"}, {"from": "name", "to": "name"}], file={"encoding": encoding})
    entries = Entry.objects.count()
    (folder / "a.csv").write_bytes(data)
    address = brought(desk, SimpleUploadedFile("a.csv", data))
    for language, sentence in told(key, place, REFUSALS).items():
        with override(language):
            code = command_line.run(["import", "people-csv", str(folder / "a.csv"), "--apply", "--mapping", "asked"])
        assert (code, capsys.readouterr().err) == (2, f"{sentence}\n")
        desk.cookies["language"] = language
        answer = sent_on(desk, address, "look", encoding=encoding)
        assert (answer.status_code, answer.context["problems"]) == (422, [sentence])
    assert (Batch.objects.count(), Entry.objects.count()) == (0, entries)


def test_the_form_of_a_mapping_keeps_nothing_when_hostile_hands_fill_it(desk: Client) -> None:
    mapping = saved("own", columns=[{"from": "A", "to": "name"}])
    url, before = f"/desk/imports/mappings/{mapping.pk}/columns/", mapping.data
    entries = Entry.objects.count()
    page = fields(desk.get(url))
    hostile = {
        "columns[0].to": {"m0-to": "__class__", "m0-of": "__class__"},
        "columns[0].read": {"m0-read": "eval", "m0-of": "name", "m0-to": "name"},
        "columns[0].values": {
            "m0-of": "name",
            "m0-to": "name",
            "m0-values": "\n".join(f"{at}*=x" for at in range(200)),
        },
        "place.country.__init__": {"p0-name": "country.__init__", "p0-value": "x"},
    }
    for place, values in hostile.items():
        answer = desk.post(url, page | values | {"deed": "save"})
        assert (place, answer.status_code, [one.partition(":")[0] for one in answer.context["problems"]]) == (
            place,
            422,
            [place],
        )
    mapping.refresh_from_db()
    assert (mapping.data, Entry.objects.count()) == (before, entries)


def test_words_with_many_stars_are_tried_in_a_few_steps(desk: Client) -> None:
    """A pattern of this form makes a reader that goes back at every star run for years."""
    stars = "*a" * 120 + "*b"
    saved("stars", columns=[{"from": "name", "to": "name", "values": {stars: "x"}, "needed": True}])
    address = brought(desk, a_table("id,name\n" + "".join(f"{at},{'a' * 490}\n" for at in range(200))))
    answer = desk.get(f"{address}?mapping=stars")
    assert (answer.status_code, fields(answer)["base"], answer.context["problems"]) == (200, "stars", [])
