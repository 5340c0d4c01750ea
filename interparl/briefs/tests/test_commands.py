"""`interparl brief`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interparl.accounts.models import User
from interparl.accounts.roles import OFFICIAL
from interparl.config.command_line import run
from interparl.core.models import ReadEntry
from tests.makers import a_body, a_country, a_decision, a_membership, a_person, a_user, the_home_parliament
from tests.printing import words_of

pytestmark = pytest.mark.django_db


def brief(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    """The command's exit code, its answer and what it said on standard error."""
    code = run(["brief", "--json", *arguments])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else None, printed.err


def test_a_file_is_written_for_a_role(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    body = a_body("group-x", "Group X", parliaments=[the_home_parliament()])
    a_membership(body, a_person("Nowak"))
    file = tmp_path / "x.pdf"
    code, answer, _error = brief(
        capsys, "group-x", "--as", "desk_officer", "--lang", "ru", "--on", "2015-06-01", "--out", str(file)
    )
    assert code == 0
    assert {name: answer[name] for name in ("kind", "id", "lang", "on", "mark", "chapters")} == {
        "kind": "bodies.body",
        "id": body.pk,
        "lang": "ru",
        "on": "2015-06-01",
        "mark": "internal",
        "chapters": ["Group X"],
    }
    assert "Nowak" in words_of(file.read_bytes())
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_a_word_file_is_written_for_an_officer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, officer: User
) -> None:
    file = tmp_path / "x.docx"
    code, answer, _error = brief(capsys, officer.username, "--as", "head_of_department", "--out", str(file))
    assert (code, answer["kind"], file.read_bytes()[:2]) == (0, "accounts.user", b"PK")


def test_the_reading_of_a_user_is_logged(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    reader = a_user("head_of_department", "bossman")
    body = a_body("group-x", parliaments=[the_home_parliament()])
    a_membership(body, decision=a_decision(mark=OFFICIAL))
    code, answer, _error = brief(capsys, "group-x", "--as", reader.username, "--out", str(tmp_path / "x.pdf"))
    assert (code, answer["mark"]) == (0, OFFICIAL)
    assert [(one.user, one.kind) for one in ReadEntry.objects.all()] == [(reader, "bodies.decision")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing", "--out", "x.pdf"], "nothing"),
        (["group-x", "--out", "x.odt"], ".pdf or .docx"),
        (["group-x", "--lang", "xx", "--out", "x.pdf"], "xx"),
        (["group-x", "--on", "2015-02-30", "--out", "x.pdf"], "2015-02-30"),
        (["group-x", "--as", "x", "--out", "x.pdf"], "x"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    a_body("group-x", mark="public")
    code, answer, error = brief(capsys, *["--as", "desk_officer", *arguments])
    assert (code, answer, words in error, error.count("\n")) == (2, None, True, 1)
    assert list(tmp_path.iterdir()) == []


def test_the_public_does_not_find_what_is_not_published(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    a_body("group-x")
    code, _answer, _error = brief(capsys, "group-x", "--out", str(tmp_path / "x.pdf"))
    assert (code, list(tmp_path.iterdir())) == (2, [])


def test_a_name_of_several_asks_which(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    a_body("same", "Same")
    a_country("SA", "Same")
    file = str(tmp_path / "x.pdf")
    code, _answer, error = brief(capsys, "Same", "--as", "desk_officer", "--out", file)
    assert (code, "--kind" in error) == (2, True)
    assert brief(capsys, "Same", "--as", "desk_officer", "--kind", "bodies.body", "--out", file)[0] == 0
