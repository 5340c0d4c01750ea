"""A throw-away PostgreSQL cluster for one run of the suite, reached over a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

OWNER = "interparl"
# The cluster lives for one run: nothing of it needs to survive a loss of power.
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class NoPostgres(RuntimeError):
    """PostgreSQL's programs are not on this machine, or the cluster did not start."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster: where its files and programs lie, and the account that runs it (None: our own)."""

    folder: Path
    programs: Path
    account: str | None

    @property
    def url(self) -> str:
        """What DATABASE_URL is set to."""
        return f"postgresql://{OWNER}@{quote(str(self.folder), safe='')}/interparl"

    def stop(self) -> None:
        """Stops the server at once and removes its files."""
        _run(self, "pg_ctl", "stop", "-m", "immediate", "-D", str(self.folder / "data"))
        shutil.rmtree(self.folder, ignore_errors=True)


def programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, the newest version first; None when PostgreSQL is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def start() -> Cluster:
    """A new cluster that answers; raises NoPostgres."""
    where = programs()
    if where is None:
        raise NoPostgres("PostgreSQL is not installed: tools/need postgresql")
    # Kept short: the path of a socket has at most 107 characters.
    cluster = Cluster(Path(tempfile.mkdtemp(prefix="pg-")), where, _other_account())
    if cluster.account:
        shutil.chown(cluster.folder, cluster.account)
    cluster.folder.chmod(0o755)
    data = str(cluster.folder / "data")
    flags = f"{OPTIONS} -c unix_socket_directories='{cluster.folder}'"
    try:
        _run(cluster, "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        _run(cluster, "pg_ctl", "start", "-w", "-D", data, "-l", str(cluster.folder / "log"), "-o", flags)
    except NoPostgres:
        shutil.rmtree(cluster.folder, ignore_errors=True)
        raise
    return cluster


def _other_account() -> str | None:
    """Whom the server runs as: initdb refuses root, so then an account without rights."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


def _run(cluster: Cluster, program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs as the cluster's account; raises NoPostgres with what it said."""
    account = pwd.getpwnam(cluster.account) if cluster.account else None
    done = subprocess.run(
        [str(cluster.programs / program), *arguments],
        cwd=cluster.folder,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        stdin=subprocess.DEVNULL,
        # The server keeps what it inherits: a pipe would never close.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        log = cluster.folder / "log"
        raise NoPostgres(f"{program} failed. {log.read_text() if log.exists() else ''}".strip())
