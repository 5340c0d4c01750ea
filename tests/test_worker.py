"""The worker seals by the clock, and one job that fails keeps nobody from his."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from interparl.config.command_line import run
from interparl.config.worker import Worker, alone, every_minute
from interparl.core.models import Entry, Seal
from interparl.core.sealing import findings
from tests import makers


@pytest.mark.django_db
def test_the_history_is_sealed_when_a_round_is_made() -> None:
    makers.a_country()
    for job in every_minute():
        job()
    assert (Entry.objects.filter(seal=None).count(), Seal.objects.count(), findings()) == (0, 1, [])


def test_the_other_jobs_are_done_when_one_fails(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interparl.config.worker.connections", _Nothing())
    monkeypatch.setattr("interparl.config.worker.close_old_connections", lambda: None)
    done: list[str] = []

    def fails() -> None:
        raise OSError("no space left")

    Worker([fails, lambda: done.append("second")]).round()
    assert done == ["second"]
    assert [record.exc_info is not None for record in caplog.records] == [True]


class _Nothing:
    def close_all(self) -> None:
        """Tests keep their connection."""


def test_rounds_go_on_until_it_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interparl.config.worker.connections", _Nothing())
    monkeypatch.setattr("interparl.config.worker.close_old_connections", lambda: None)
    twice, rounds = Event(), []

    def job() -> None:
        rounds.append(1)
        if len(rounds) == 2:
            twice.set()

    worker = Worker([job], seconds=0.001)
    worker.start()
    assert twice.wait(20)
    worker.stop()
    made = len(rounds)
    assert worker._thread is not None
    assert (worker._thread.is_alive(), len(rounds)) == (False, made)


def test_the_second_worker_waits_when_the_first_has_the_lock() -> None:
    place = Path(settings.FOLDER) / "other.lock"
    with place.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with alone(place) as is_mine:
            assert not is_mine
    with alone(place) as is_mine:
        assert is_mine


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    """Exit code, JSON and messages of a command."""
    code = run([*words, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


@pytest.mark.django_db
def test_the_audit_says_what_is_wrong_when_an_entry_was_altered(capsys: pytest.CaptureFixture[str]) -> None:
    country = makers.a_country()
    code, sealed, _err = said(capsys, "seal")
    assert (code, sealed["sealed"], sealed["last"]["number"]) == (0, True, 1)
    code, whole, _err = said(capsys, "check-audit")
    assert (code, whole["findings"], whole["entries"], whole["sealed"], whole["seals"]) == (0, [], 1, 1, 1)
    assert whole["last"] == sealed["last"]
    entry = Entry.objects.get(object_id=country.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_entry SET actor = 'x' WHERE id = %s", [entry.pk])
    code, broken, err = said(capsys, "check-audit")
    assert (code, broken["findings"]) == (2, [{"wrong": "altered", "entry": entry.pk, "seal": 1}])
    assert err == f"Entry {entry.pk} was altered (seal 1).\n"
