"""`interparl import` and `interparl undo` as they are typed: one JSON object, exit 0, or 2 with one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interparl.config.command_line import run
from interparl.core.models import Entry, Identifier, Source
from interparl.exchange.models import Batch
from tests.valley import ANNA, SEAT, TERM, a_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "valley.popolo.json"
    path.write_bytes(a_file())
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_import_answers_in_its_shape_when_only_looking(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "import", "popolo", str(file))
    assert (found["batch"], Batch.objects.count(), Entry.objects.count()) == (None, 0, 0)
    assert {name: found[name] for name in ("kind", "file", "rows", "new", "changed", "same", "doubtful", "errors")} == {
        "kind": "popolo",
        "file": "valley.popolo.json",
        "rows": 7,
        "new": 6,
        "changed": 0,
        "same": 1,
        "doubtful": 0,
        "errors": 0,
    }
    assert list(found["by_record"]) == ["person", "organization", "membership", "area", "event", "post"]
    assert found["by_record"]["organization"] == {"new": 2, "changed": 0, "same": 1, "doubtful": 0, "errors": 0}
    assert {frozenset(one) for one in found["messages"]} == {frozenset({"place", "level", "text"})}


def test_import_writes_and_undo_takes_back_when_asked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "import", "popolo", str(file), "--apply")
    batch = Batch.objects.get(pk=found["batch"])
    assert (batch.state, Source.objects.get().key) == ("applied", "valley")
    assert set(Entry.objects.values_list("actor", flat=True)) == {"interparl import"}
    again = answer(capsys, "import", "popolo", str(file), "--apply")
    assert (again["same"], again["batch"] > batch.pk) == (7, True)
    taken = answer(capsys, "undo", str(batch.pk))
    assert (taken["batch"], taken["restored"], taken["file"]) == (batch.pk, 0, "valley.popolo.json")
    assert (Source.objects.count(), Identifier.objects.count()) == (0, 0)


def test_import_ends_what_is_gone_when_both_days_are_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(a_file(events=[TERM | {"end_date": None}]))
    answer(capsys, "import", "popolo", str(file), "--apply", "--on", "2014-01-01")
    file.write_bytes(a_file(events=[TERM | {"end_date": None}], memberships=[]))
    found = answer(capsys, "import", "popolo", str(file), "--apply", "--on", "2014-06-01")
    assert (found["gone"], [one["text"] for one in found["messages"] if one["place"].startswith("p1|")]) == (
        1,
        ["Anna Nowak is no longer in the file. It ended between 2014-01-01 and 2014-05-31."],
    )


@pytest.mark.parametrize(
    ("data", "more", "words"),
    [
        (b"not json", (), "This is not JSON: line 1, column 1 cannot be read."),
        (a_file(persons=[ANNA | {"name": "<b>Anna</b>"}]), (), "Nothing was written: errors in 1 rows."),
        (a_file(memberships=[SEAT | {"person_id": "p9"}]), (), "First at memberships[0]"),
        (a_file(), ("--on", "2014-02-30"), "names a day that no calendar has"),
        (a_file(), ("--chamber", "NO-1"), "There is no chamber with the code “NO-1”."),
    ],
)
def test_import_leaves_with_2_and_one_line_when_the_input_is_bad(
    file: Path, capsys: pytest.CaptureFixture[str], data: bytes, more: tuple[str, ...], words: str
) -> None:
    file.write_bytes(data)
    assert run(["import", "popolo", str(file), "--apply", "--json", *more]) == 2
    said = capsys.readouterr()
    assert (said.out, words in said.err, said.err.count("\n")) == ("", True, 1)
    assert (Batch.objects.count(), Entry.objects.count()) == (0, 0)


def test_commands_leave_with_2_when_file_kind_or_batch_is_not_there(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["import", "popolo", str(file) + "x"], ["import", "tarot", str(file)], ["undo", "77"]):
        assert run(words) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_import_prints_a_table_when_not_asked_for_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "popolo", str(file), "--apply"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("valley.popolo.json: 7\n")
    assert f"Applied as import {Batch.objects.get().pk}." in printed
