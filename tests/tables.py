"""An SQLite file with the tables of now, made once for all runs of one state of the code.

To make the tables takes some seconds of each process that needs them; a copy takes none. The file is named by what it
was made of, so that another migration, another package or another Python makes another one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "tables"


@cache
def pattern() -> Path:
    """The file, made when it is not there yet; others that ask meanwhile wait."""
    path = KEPT / f"{_name()}.sqlite3"
    if path.exists():
        return path
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            _make(path)
    return path


def copied(path: Path) -> Path:
    """A copy at that place."""
    return Path(shutil.copy(pattern(), path))


def _name() -> str:
    digest = hashlib.sha256(sys.version.encode() + sqlite3.sqlite_version.encode())
    for path in _made_of():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _made_of() -> Iterable[Path]:
    """Migrations, what they are made of, and what names the packages that have migrations of their own."""
    package = ROOT / "interparl"
    models = [*package.glob("*/models.py"), *package.glob("*/models/*.py")]
    named = [ROOT / "requirements.lock", package / "config" / "settings.py"]
    return sorted({*package.glob("*/migrations/*.py"), *models, *named})


def _make(path: Path) -> None:
    """In a process of its own, in a folder of its own: this one may speak to another database."""
    raw = path.with_suffix(".raw")
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{raw}", "INTERPARL_FOLDER": str(KEPT / "made")}
    environment.pop("PYTEST_XDIST_WORKER", None)
    (KEPT / "made" / "static").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--no-input"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)
    made = sqlite3.connect(raw)
    made.execute("PRAGMA journal_mode=DELETE")
    made.close()
    shutil.rmtree(KEPT / "made", ignore_errors=True)
    raw.rename(path)
