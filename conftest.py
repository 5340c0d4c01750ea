"""What every test stands on: a folder and a database of its own, settings for speed, users, and real data.

Lies at the root because the tests of the areas use it as well as those in `tests/`. The environment is set while this
file is read, before Django's settings are: tests never see the data, the key or the database of an installation.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import override
from hypothesis import settings as hypothesis_settings

from tests import postgres, tables

if TYPE_CHECKING:
    # These can be imported only after this file was read.
    from django.test import Client

    from interparl.accounts.models import User

NO_DATA = "no real data"
PASSWORD = "a long pass phrase"  # noqa: S105
ROOT = Path(__file__).parent


def _choose_database() -> None:
    """SQLite in the folder of the run, or a throw-away cluster, by INTERPARL_TEST_DATABASE."""
    wanted = os.environ.get("INTERPARL_TEST_DATABASE", "sqlite")
    os.environ.pop("DATABASE_URL", None)
    if wanted == "postgresql":
        cluster = postgres.start()
        atexit.register(cluster.stop)
        os.environ["DATABASE_URL"] = cluster.url
    elif wanted != "sqlite":
        raise pytest.UsageError(f"INTERPARL_TEST_DATABASE is sqlite or postgresql, not {wanted!r}")


def _prepare_environment() -> None:
    """Once for a run: the processes that share its tests inherit what the first one has set."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="interparl-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "static").mkdir()
    for name in [name for name in os.environ if name.startswith("INTERPARL_")]:
        if name not in ("INTERPARL_DATA", "INTERPARL_TEST_DATABASE") and not name.startswith("INTERPARL_BROWSER_"):
            del os.environ[name]
    os.environ["INTERPARL_FOLDER"] = str(folder)
    os.environ["INTERPARL_SECRET_KEY"] = "a key for tests only"  # noqa: S105
    os.environ["DJANGO_SETTINGS_MODULE"] = "interparl.config.settings"
    _choose_database()


_prepare_environment()
# A time limit would make slow machines fail; failures are reproduced from the printed blob.
hypothesis_settings.register_profile("interparl", deadline=None, print_blob=True, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("interparl")


def pytest_configure() -> None:
    """Settings for tests, before Django is set up: fast passwords, plain static files, a database in a file."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # Not in memory: a server under test reads it from another thread.
        database.setdefault("TEST", {})["NAME"] = str(settings.FOLDER / "tests.sqlite3")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL what asks no database is left out: it has run on SQLite, and cannot answer otherwise here."""
    if os.environ.get("INTERPARL_TEST_DATABASE", "sqlite") == "sqlite":
        return
    asking = [one for one in items if one.get_closest_marker("django_db") or "db" in getattr(one, "fixturenames", ())]
    taken = set(asking)
    config.hook.pytest_deselected(items=[one for one in items if one not in taken])
    items[:] = asking


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Raw bytes make no readable name, and packed ones hold the hour, by which parallel runs would differ."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line that says what was not looked at for want of data."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_DATA in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests skipped: {NO_DATA}; set INTERPARL_DATA")


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether there are tables already when a run begins: on SQLite a copy of those that were made once."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3":
        return False
    tables.copied(Path(database["TEST"]["NAME"]))
    return True


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of real files: INTERPARL_DATA, else `shared/data` beside the project; else the test is skipped."""
    given = os.environ.get("INTERPARL_DATA")
    folder = Path(given) if given else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(NO_DATA)
    return folder


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Each test begins in English: a request leaves its reader's language behind."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _settings_read_anew() -> Iterator[None]:
    """Each test ends outside of any request or command, whatever it began: the next one reads the settings itself.

    Roles as well: a test may make one of its own, by a name that another gives to a role of other rights.
    """
    yield
    import_module("interparl.core.days").end_scope()
    import_module("interparl.accounts.roles").rights_of.cache_clear()


def _user(role: str) -> User:
    user = get_user_model().objects.create_user(role, f"{role}@example.org", PASSWORD, role=role)
    return _with_standing(user)


def _with_standing(user: User) -> User:
    """As a request has its user: what counts for him came with him, so tests that count queries do not count that."""
    user.standing  # noqa: B018
    return user


@pytest.fixture
def administrator(db: None) -> User:
    """Somebody who may do everything."""
    return _user("administrator")


@pytest.fixture
def officer(db: None) -> User:
    """A desk officer."""
    return _user("desk_officer")


@pytest.fixture
def head(db: None) -> User:
    """A head of department, who may change all registers and confirm an erasure."""
    return _user("head_of_department")


@pytest.fixture
def desk(client: Client, officer: User) -> Client:
    """A browser in which a desk officer has signed in."""
    client.force_login(officer)
    return client


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """A data folder for one test: tests that run beside one another share that of the run."""
    settings.FOLDER = tmp_path


@pytest.fixture
def member(db: None) -> User:
    """A member of parliament with a mandate, who reads and does not write."""
    user = _user("member")
    import_module("tests.makers").sits(user)
    del user.standing
    return _with_standing(user)
