"""SQLite and PostgreSQL give the same answers to the same hundred questions (design 8.3)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.hundred import QUESTIONS, asked

ROOT = Path(__file__).resolve().parents[1]


def answers_of(url: str, folder: Path) -> list[Any]:
    environment = os.environ | {
        "DATABASE_URL": url,
        "INTERPARL_FOLDER": str(folder),
        "DJANGO_SETTINGS_MODULE": "interparl.config.settings",
    }
    command = [sys.executable, "-m", "tests.answering"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.skipif(postgres.programs() is None, reason="PostgreSQL's programs are not here")
def test_both_databases_answer_alike_when_asked_a_hundred_questions(tmp_path: Path) -> None:
    cluster = postgres.start()
    try:
        createdb = [str(cluster.programs / "createdb"), "-h", str(cluster.folder), "-U", postgres.OWNER, "interparl"]
        subprocess.run(createdb, check=True)
        theirs = answers_of(cluster.url, tmp_path / "postgresql")
    finally:
        cluster.stop()
    ours = answers_of(f"sqlite:///{tmp_path / 'answers.sqlite3'}", tmp_path / "sqlite")
    questions = asked()
    assert len(questions) == len(ours) == len(theirs) == QUESTIONS
    different = [question for question, left, right in zip(questions, ours, theirs, strict=True) if left != right]
    assert different == []
    assert all(ours)
