"""Hostile and unlucky files by the command and by the pages: one sentence with its place, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from django.utils.translation import gettext, override
from openpyxl import load_workbook

from interparl.accounts.models import User
from interparl.config import command_line
from interparl.core.models import Entry, Source
from interparl.directory.models import PersonName
from interparl.exchange.actions.previews import examine
from interparl.exchange.models import Batch
from interparl.exchange.rules.messages import REFUSALS
from tests.handing import NEW, brought, errors_of, sent_on
from tests.makers import BY
from tests.nasty_files import BAD, BOMBS, LANGUAGES, Bad, popolo, told, workbook
from tests.serving import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for all that may be left lying; what a command prepares first stands already."""
    settings.FOLDER = tmp_path / "folder"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "sent")
    (tmp_path / "sent").mkdir()
    monkeypatch.setattr(command_line, "_prepare_database", lambda: None)
    monkeypatch.setattr("django.setup", lambda: None)
    return tmp_path


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def left(folder: Path) -> list[Path]:
    """What lies there beside the file that was brought in."""
    return [path for path in folder.rglob("*") if path.is_file() and path.parent != folder]


def typed(language: str, *words: str) -> int:
    """The exit code of the command, typed by somebody who reads this language."""
    with override(language):
        return command_line.run(["import", *words, "--json"])


def sent(desk: Client, language: str, kind: str, name: str, data: bytes) -> Any:
    """The answer to the same file on the page."""
    desk.cookies["language"] = language
    return desk.post(NEW, {"kind": kind, "file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize("bad", BAD, ids=[bad.name for bad in BAD])
def test_one_sentence_comes_back_and_nothing_else_when_a_file_is_bad(
    bad: Bad, desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, data = folder / bad.name, bad.data()
    path.write_bytes(data)
    for language, sentence in told(bad.key, bad.params, REFUSALS).items():
        code, said = typed(language, bad.kind, str(path), "--apply"), capsys.readouterr()
        assert (code, said.out, said.err) == (2, "", f"{sentence}\n")
        answer = sent(desk, language, bad.kind, bad.name, data)
        assert (answer.status_code, errors_of(answer)) == (422, {"file": [sentence]})
        assert escape(sentence) in answer.content.decode()
    assert (Batch.objects.count(), Entry.objects.count(), left(folder)) == (0, 0, [])
    assert desk.get("/desk/imports/").status_code == 200


OWNED = {"id": "x" * 5_000, "name": "House", "memberships": [{"person_id": "p1"}]}
SEAT = {"person_id": "p1", "organization_id": "x" * 10_001}
WRONG_SHAPES: tuple[tuple[dict[str, Any], int, str, str, dict[str, Any]], ...] = (
    ({"persons": ["Anna", 7, None]}, 4, "persons[0]", "not_an_object", {}),
    ({"persons": "Anna"}, 2, "persons", "not_a_list", {"field": "persons"}),
    ({"persons": [{"id": {"a": 1}, "name": ["x"]}]}, 2, "persons[0]", "no_name", {}),
    ({"memberships": [SEAT]}, 1, "memberships[0]", "id_too_long", {"field": "organization_id", "most": 10_000}),
    ({"organizations": [OWNED], "memberships": []}, 1, "organizations[0].memberships[0]", "no_reference",
     {"field": "organization_id"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lists", "number", "place", "key", "params"),
    WRONG_SHAPES,
    ids=["strings", "a string", "values", "long id", "long id of the owner"],
)
def test_the_object_is_named_and_nothing_can_be_applied_when_a_popolo_file_has_another_shape(
    lists: dict[str, Any],
    number: int,
    place: str,
    key: str,
    params: dict[str, Any],
    desk: Client,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = folder / "a.json"
    path.write_bytes(popolo(**lists))
    for language, sentence in told(key, params).items():
        with override(language):
            words = gettext("Nothing was written: errors in %(number)s rows. First at %(place)s: %(text)s")
        whole = words % {"number": number, "place": place, "text": sentence}
        code, said = typed(language, "popolo", str(path), "--apply"), capsys.readouterr()
        assert (code, said.out, said.err) == (2, "", f"{whole}\n")
        address = sent(desk, language, "popolo", path.name, path.read_bytes())["Location"]
        assert escape(whole) in desk.post(f"{address}apply/", follow=True).content.decode()
        assert Batch.objects.get().state == "previewed"
        desk.post(f"{address}discard/")
    assert (Batch.objects.count(), Entry.objects.count(), left(folder)) == (0, 0, [])


LOOSE = b"""[{"id": NaN, "name": "Anna Nowak"}, {"id": 1e999, "name": "Jan \\ud800 Kowal"},
{"id": 99999999999999999999999999999999999999999999, "name": "x", "name": "Eva Lis", "x\\u0000": -Infinity}]"""


def test_json_that_is_loose_is_read_and_told_and_nothing_is_written_when_only_looked_at(
    desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "loose.json"
    path.write_bytes(LOOSE)
    for language in LANGUAGES:
        assert typed(language, "people-csv", str(path)) == 0
        found = json.loads(capsys.readouterr().out)
        messages = {(one["place"], one["text"]) for one in found["messages"]}
        expected = {
            ("", told("repeated_key", {"field": "name"})[language]),
            ("[1]", told("broken_characters", {"field": "name"})[language]),
        }
        assert (found["new"], found["errors"], expected - messages) == (3, 0, set())
        address = sent(desk, language, "people-csv", path.name, LOOSE)["Location"]
        page = desk.get(address)
        assert (page.status_code, told("repeated_key", {"field": "name"})[language] in page.content.decode()) == (
            200,
            True,
        )
        assert desk.post(address, {"deed": "drop"}).status_code == 302
    assert (Batch.objects.count(), Entry.objects.count(), left(folder)) == (0, 0, [])


ENDINGS = (
    ("list.csv", lambda: workbook("<row><c t='str'><v>Anna Nowak</v></c></row>"), ".csv", "xlsx"),
    ("list.xlsx", lambda: b"id,name\n1,Anna Nowak\n", ".xlsx", "csv"),
    ("list.txt", lambda: b'[{"id": 1, "name": "Anna Nowak"}]', ".txt", "json"),
)


@pytest.mark.parametrize(("name", "make", "ending", "form"), ENDINGS, ids=[one[0] for one in ENDINGS])
def test_a_table_under_another_ending_is_read_and_the_ending_is_told(
    name: str, make: Any, ending: str, form: str, desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = make()
    (folder / name).write_bytes(data)
    for language, sentence in told("ending_differs", {"ending": ending, "form": form}).items():
        assert typed(language, "people-csv", str(folder / name)) == 0
        assert sentence in {one["text"] for one in json.loads(capsys.readouterr().out)["messages"]}
        page = desk.get(sent(desk, language, "people-csv", name, data)["Location"])
        assert escape(sentence) in page.content.decode()
    assert (Batch.objects.count(), Entry.objects.count()) == (0, 0)


# Formulas


FORMULAS = ('=HYPERLINK("http://evil.example")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "=1+1;=2+2")


def test_formulas_are_kept_as_text_and_taken_out_where_no_program_reckons_them(
    desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = folder / "formulas.csv", io.StringIO()
    csv.writer(out).writerows([("id", "name"), *enumerate(FORMULAS, 1)])
    path.write_text(out.getvalue())
    assert typed("en", "people-csv", str(path), "--apply") == 0
    capsys.readouterr()
    assert list(PersonName.objects.order_by("pk").values_list("text", flat=True)) == list(FORMULAS)
    cells = [
        cell
        for row in csv.reader(io.StringIO(desk.get("/desk/people/?format=csv").content.decode("utf-8-sig")))
        for cell in row
    ]
    assert [one for one in cells if one[:1] in set("=+-@")] == []
    assert {f"'{one}".replace(";=", ";'=") for one in FORMULAS} - set(cells) == set()
    page = load_workbook(io.BytesIO(desk.get("/desk/people/?format=xlsx").content)).active
    assert page is not None
    found = {cell.value: cell.data_type for row in page.iter_rows() for cell in row if cell.value in FORMULAS}
    assert found == dict.fromkeys(FORMULAS, "s")


def test_of_a_formula_in_a_workbook_its_kept_result_is_read_and_a_missing_one_is_told_with_its_cell(
    desk: Client, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = workbook(
        "<row><c t='str'><f>HYPERLINK(\"http://evil.example\")</f><v>Anna Nowak</v></c><c><v>1</v></c></row>",
        "<row><c r='A3'><f>A2&amp;B2</f></c><c><v>2</v></c></row>",
    )
    (folder / "f.xlsx").write_bytes(data)
    for language, sentence in told("formula_without_value", {"cell": "A3"}).items():
        assert typed(language, "people-csv", str(folder / "f.xlsx")) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["new"], found["doubtful"]) == (1, 1)
        assert ("3", "doubtful", sentence) in {(one["place"], one["level"], one["text"]) for one in found["messages"]}
    desk.cookies["language"] = "en"
    address = brought(desk, SimpleUploadedFile("f.xlsx", data))
    checked = sent_on(desk, address, "check")
    page = desk.get(checked["Location"]).content.decode()
    assert ("HYPERLINK" in page, "evil.example" in page, "Anna Nowak" in page) == (False, False, True)
    assert escape(told("formula_without_value", {"cell": "A3"})["en"]) in page


# Names of files


NAMES = (
    "<script>hostile()</script>.csv",
    '"><img src=x onerror=hostile()>.csv',
    "../../../etc/passwd.csv",
    "..\\..\\windows\\list.csv",
    "a\x07\x1b[2J\x00\r\nSet-Cookie: hostile=1.csv",
    "\u202evsc.live\u2066.csv",
    "x" * 5_000 + ".csv",
    "..",
    "\ud800.csv",
)


@pytest.mark.parametrize(
    "name", NAMES, ids=["tag", "quote", "way", "other way", "controls", "turned", "long", "dots", "half"]
)
def test_a_hostile_name_of_a_file_is_shown_as_plain_words_or_not_at_all(name: str, desk: Client, folder: Path) -> None:
    quoted = name.encode("utf-8", "surrogatepass").replace(b'"', b'\\"')
    parts = {b'name="kind"': b"popolo", b'name="file"; filename="' + quoted + b'.json"': popolo()}
    body = b"".join(b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % pair for pair in parts.items())
    answer = desk.generic("POST", NEW, body + b"--x--\r\n", content_type="multipart/form-data; boundary=x")
    assert (answer.status_code in (302, 400, 422), "hostile" in answer.cookies, left(folder)) == (True, False, [])
    for batch in Batch.objects.all():
        page = desk.get(f"/desk/imports/{batch.pk}/").content.decode() + desk.get("/desk/imports/").content.decode()
        assert (batch.name.isprintable(), set("/\\") & set(batch.name), len(batch.name) <= 200) == (True, set(), True)
        assert [part for part in ("<script>h", "<img src=x", "\u202e") if part in page] == []
        desk.post(f"/desk/imports/{batch.pk}/apply/")
        assert Source.objects.get().key == batch.source_key


@pytest.mark.parametrize("name", ["<b>a\nb\x1b[2J\u202e.csv".encode(), b"a\xff.csv"], ids=["signs", "no text"])
def test_the_command_writes_plain_lines_when_the_name_of_a_file_is_hostile(
    name: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 - a Path takes no bytes
    for data, code in ((b"id,name\n1,Anna Nowak\n", 0), (b"id,name\n1,<i>\x1b[2J\n", 2), (b"id,name\n", 2)):
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(data)
        words = ["import", "people-csv", os.fsdecode(path), "--apply", "--source-key", f"k{len(data)}"]
        assert command_line.run(words) == code
        said = capsys.readouterr()
        assert [sign for sign in said.out + said.err if not sign.isprintable() and sign != "\n"] == []
        assert said.err.count("\n") == (1 if code else 0)
    assert Batch.objects.get().name.isprintable()


def test_words_of_a_file_cannot_break_the_line_of_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "a.json"
    path.write_bytes(json.dumps({"a\n\x1b[2J": [{"x": 1}], "b\u202e": [{"x": 1}]}).encode())
    assert typed("en", "people-csv", str(path)) == 2
    said = capsys.readouterr().err
    assert (said.count("\n"), said.rstrip("\n").isprintable(), "several lists" in said) == (1, True, True)


# Work and memory


GROWING: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "offices of one person": (
        "people-csv",
        lambda number: json.dumps([{"name": "Anna Nowak", "office": [f"chair {at}" for at in range(number)]}]).encode(),
    ),
    "path of a list": (
        "people-csv",
        lambda number: json.dumps({"k" * number * 20: [{"name": f"A{at} B"} for at in range(number)]}).encode(),
    ),
    "name of a sheet": (
        "people-csv",
        lambda number: workbook(
            *(f"<row><c t='str'><v>Anna{at} Nowak</v></c></row>" for at in range(number)),
            sheets=f"<sheet name='{'s' * number * 20}' r:id='s1'/><sheet name='t' r:id='s1'/>",
        ),
    ),
    "name of a term": (
        "popolo",
        lambda number: popolo(
            events=[{"id": "t", "name": "T" * number * 20, "organization_id": "h", "start_date": "2012"}],
            memberships=[
                {"person_id": "p1", "organization_id": "h", "legislative_period_id": "t", "start_date": f"{1900 + at}"}
                for at in range(number)
            ],
        ),
    ),
}


@pytest.mark.parametrize("case", sorted(GROWING))
def test_what_is_kept_of_a_file_grows_with_its_size_and_not_with_its_square(case: str) -> None:
    kind, make = GROWING[case]

    def kept(number: int) -> int:
        found = examine(kind, make(number), "a.json", by=BY)
        rows = sum(len(json.dumps([row.prepared, row.reasons])) for row in found.rows)
        return rows + len(json.dumps(found.batch.messages)) + sum(len(each.one.place) for each in found.judged)

    assert kept(240) < 5 * kept(60)


@pytest.mark.slow
def test_no_bomb_takes_more_than_three_hundred_megabytes(tmp_path: Path) -> None:
    folder = tmp_path / "installation"
    folder.mkdir()
    for bomb in BOMBS:
        (tmp_path / bomb.name).write_bytes(bomb.data())
    place = Place(folder, f"sqlite:///{folder / 'interparl.sqlite3'}", logs=tmp_path)
    found = json.loads(place.program("tests.weighing", *(f"{one.kind}={tmp_path / one.name}" for one in BOMBS)))
    refused = {bomb.name: [2, f"{str(REFUSALS[bomb.key]) % bomb.params}\n"] for bomb in BOMBS if bomb.key}
    assert {name: said for name, said in found["said"].items() if name in refused} == refused
    assert (len(found["said"]), found["grown"] < 300) == (len(BOMBS), True), found
