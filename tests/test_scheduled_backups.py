"""Backups by the clock: made once a day, kept by days, weeks and months, and a failure is told until one succeeds."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from interparl.administration.actions import (
    BrokenOff,
    CannotBackUp,
    Keep,
    Schedule,
    back_up_when_due,
    is_due,
    kept,
    last_failure,
    schedule,
    stored,
)
from interparl.config import commands
from interparl.config.command_line import run
from interparl.config.worker import Worker, every_minute
from interparl.core.days import PARLIAMENT_ZONE
from interparl.core.models import Setting
from tests import makers
from tests.elsewhere import database, empty_file, filled_file, said

NIGHT = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


moments = st.sets(st.datetimes(datetime(2020, 1, 1), datetime(2024, 12, 31)), max_size=60)  # noqa: DTZ001  zone is no matter
keeps = st.builds(Keep, st.integers(0, 9), st.integers(0, 6), st.integers(0, 14))


@given(moments, keeps)
def test_the_newest_stays_and_no_more_than_asked_when_others_go(found: set[datetime], keep: Keep) -> None:
    staying = kept(found, keep)
    assert staying <= found
    assert (max(found) in staying) if found else staying == set()
    assert len(staying) <= max(1, keep.days + keep.weeks + keep.months)
    assert kept(staying, keep) == staying


@given(moments, keeps)
def test_each_period_keeps_its_last_when_others_go(found: set[datetime], keep: Keep) -> None:
    staying = kept(found, keep)
    for most, period in (
        (keep.days, datetime.date),
        (keep.weeks, lambda one: one.isocalendar()[:2]),
        (keep.months, lambda one: (one.year, one.month)),
    ):
        latest = sorted({period(one) for one in found}, reverse=True)[:most]
        lasts = {max(one for one in found if period(one) == which) for which in latest}
        assert lasts <= staying


def test_a_year_leaves_days_weeks_and_months_when_one_is_made_each_night() -> None:
    there: set[datetime] = set()
    for number in range(365):
        there = kept(there | {moment("2025-01-01 03:00") + number * DAY}, Keep(7, 4, 12))
    days = sorted((one.date() for one in there), reverse=True)
    # The last week of December, the Sundays before it, and the last day of each month.
    assert days[:7] == [date(2025, 12, 31) - number * DAY for number in range(7)]
    assert days[7:9] == [date(2025, 12, 21), date(2025, 12, 14)]
    assert [one.isoformat() for one in days[9:12]] == ["2025-11-30", "2025-10-31", "2025-09-30"]
    assert (len(days), days[-1]) == (20, date(2025, 1, 31))


@pytest.mark.parametrize(
    ("at", "made", "failed_at", "due"),
    [
        ("2026-03-02 02:59", [], None, False),
        ("2026-03-02 03:00", [], None, True),
        ("2026-03-02 23:00", ["2026-03-01 03:00"], None, True),
        ("2026-03-02 23:00", ["2026-03-02 03:00"], None, False),
        ("2026-03-02 03:10", [], "2026-03-02 03:00", False),
        ("2026-03-02 04:00", [], "2026-03-02 03:00", True),
        ("2026-03-02 03:10", [], "2026-03-02 09:00", True),
    ],
    ids=["early", "at the hour", "late", "made", "just failed", "failed long ago", "clock set back"],
)
def test_a_backup_is_due_when_the_hour_has_come_and_none_was_made(
    at: str, made: list[str], failed_at: str | None, due: bool
) -> None:
    failed = moment(failed_at) if failed_at else None
    assert is_due(moment(at), time(3), [moment(one) for one in made], failed) == due


@pytest.fixture(autouse=True)
def _an_installation(django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A data folder, a folder for backups that is not there yet, and a database of its own."""
    settings.FOLDER = tmp_path / "data"
    settings.BACKUPS = str(tmp_path / "backups")
    with django_db_blocker.unblock(), database(empty_file(tmp_path / "own.sqlite3")):
        yield


def names(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def test_old_ones_go_when_a_new_one_was_made(settings: Settings) -> None:
    settings.BACKUP_KEEP = "2,0,1"
    for number in range(4):
        made = back_up_when_due(NIGHT + number * DAY)
        assert made is not None
        assert back_up_when_due(NIGHT + number * DAY + timedelta(hours=1)) is None
    (Path(settings.BACKUPS) / "by hand.zip").touch()
    back_up_when_due(NIGHT + 4 * DAY)
    there = ["by hand.zip", "interparl-2026-03-05-033000.zip", "interparl-2026-03-06-033000.zip"]
    assert names(settings.BACKUPS) == there
    assert [one.made_at for one in stored(Path(settings.BACKUPS))] == [NIGHT + 4 * DAY, NIGHT + 3 * DAY]
    assert Path(settings.BACKUPS).stat().st_mode & 0o777 == 0o700


def test_the_hour_is_the_parliaments_when_it_has_a_zone(settings: Settings) -> None:
    makers.kept(Setting(key=PARLIAMENT_ZONE, value="Europe/Minsk"))
    assert back_up_when_due(moment("2026-03-01 23:59")) is None
    assert back_up_when_due(moment("2026-03-02 00:00")) is not None
    assert names(settings.BACKUPS) == ["interparl-2026-03-02-030000.zip"]


def test_a_failure_is_told_when_none_has_succeeded_since(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert last_failure() is None
    Path(settings.BACKUPS).mkdir()
    broken = Path(settings.BACKUPS) / "interparl-2026-03-01-030000.zip.part"
    broken.touch()
    settings.BACKUPS = str(tmp_path / "own.sqlite3" / "in a file")
    with pytest.raises(CannotBackUp, match="cannot be written: Not a directory"):
        back_up_when_due(NIGHT)
    failure = last_failure()
    assert failure is not None
    assert failure.at == NIGHT.isoformat()
    for role, is_told in (("administrator", True), ("desk_officer", False)):
        client = Client()
        client.force_login(makers.a_user(role))
        assert (failure.text in unescape(client.get("/desk/").text)) is is_told
    settings.BACKUPS = str(tmp_path / "backups")
    code, answer, _err = said(capsys, "backup", "--list")
    assert (code, answer["backups"], answer["failure"]["at"]) == (0, [], failure.at)
    assert back_up_when_due(NIGHT + timedelta(minutes=1)) is None
    assert back_up_when_due(NIGHT + timedelta(hours=2)) is not None
    assert (last_failure(), broken.exists()) == (None, False)
    assert said(capsys, "backup", "--list")[1] == {
        "folder": settings.BACKUPS,
        "at": "03:00",
        "keep": {"days": 7, "weeks": 4, "months": 12},
        "backups": [
            {
                "file": "interparl-2026-03-02-053000.zip",
                "made_at": "2026-03-02T05:30:00+00:00",
                "bytes": stored(Path(settings.BACKUPS))[0].bytes,
            }
        ],
        "failure": None,
    }


def test_nothing_stays_and_nothing_failed_when_the_program_is_stopping(settings: Settings) -> None:
    makers.a_country()
    with pytest.raises(BrokenOff):
        back_up_when_due(NIGHT, is_stopping=lambda: True)
    assert (names(settings.BACKUPS), last_failure()) == ([], None)


def test_there_is_no_schedule_when_no_folder_is_named(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.BACKUPS = ""
    assert (schedule(), back_up_when_due(NIGHT)) == (None, None)
    assert run(["backup", "--list"]) == 0
    assert capsys.readouterr().out == "No scheduled backups: INTERPARL_BACKUPS names no folder.\n"


def test_the_schedule_is_what_the_settings_say_when_they_can_be_read(settings: Settings) -> None:
    settings.BACKUP_AT, settings.BACKUP_KEEP = "22:15", "1, 2 ,3"
    assert schedule() == Schedule(Path(settings.BACKUPS), time(22, 15), Keep(1, 2, 3))


@pytest.mark.parametrize("wrong", [{"BACKUP_AT": "3 o'clock"}, {"BACKUP_KEEP": "7,4"}, {"BACKUP_KEEP": "7,4,-1"}])
def test_a_start_is_refused_when_the_schedule_cannot_be_read(wrong: dict[str, str], settings: Settings) -> None:
    for name, value in wrong.items():
        setattr(settings, name, value)
    with pytest.raises(ValidationError, match=f"INTERPARL_{next(iter(wrong))} is"):
        schedule()
    assert run(["worker"]) == 2


def test_a_round_seals_and_backs_up_when_it_is_due(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.BACKUP_AT = "00:00"
    makers.a_country()
    for job in every_minute():
        job()
    assert len(names(settings.BACKUPS)) == 1
    settings.BACKUP_AT = "never"
    with caplog.at_level(logging.ERROR):
        Worker().round()
    assert [(record.exc_info, "INTERPARL_BACKUP_AT" in record.message) for record in caplog.records] == [(None, True)]


class FakeServer:
    """Keeps what it was told instead of serving."""

    made: list[FakeServer] = []

    def __init__(self, *_arguments: Any, **_options: Any) -> None:
        self.told: list[str] = []
        self.made.append(self)

    def on_startup(self, _hook: Any) -> None:
        """What begins with it."""
        self.told.append("startup")

    def on_shutdown(self, _hook: Any) -> None:
        """What ends with it."""
        self.told.append("shutdown")

    def serve(self) -> None:
        """Returns at once."""
        self.told.append("serve")


@pytest.mark.parametrize(
    ("words", "told"), [(["serve"], ["startup", "shutdown", "serve"]), (["serve", "--no-worker"], ["serve"])]
)
def test_a_worker_stands_beside_the_server_when_it_is_not_forbidden(
    words: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "Granian", FakeServer)
    monkeypatch.setattr(commands, "call_command", lambda *_arguments, **_options: None)
    assert run(words) == 0
    assert FakeServer.made[-1].told == told


def test_the_worker_ends_well_when_its_process_is_told_to(tmp_path: Path) -> None:
    path = filled_file(tmp_path / "served.sqlite3")
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}", "INTERPARL_FOLDER": str(tmp_path / "own")}
    # Where numpy is installed it starts threads of its own, unless it is told not to.
    environment["OPENBLAS_NUM_THREADS"] = "1"
    program = "from interparl.config.command_line import main; main(['worker', '--json'])"
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE)
    try:
        # Its second thread is the worker; from then on signals are waited for.
        while process.poll() is None and len(list(Path(f"/proc/{process.pid}/task").iterdir())) < 2:
            sleep(0.05)
        process.terminate()
        out, _err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, json.loads(out)) == (0, {})
