"""A start in production: weak settings are refused with one line each, and what is set by itself is strict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from interparl.config.production import Start, weaknesses

ROOT = Path(__file__).resolve().parent.parent
# Made up here; opens nothing.
STRONG_KEY = "k3Xo-9_vQ1zL7wYb2NcR5tUe8SaD4fGh6JmP0iKxWqZlVnBs7Tg4"
SHORT = {"INTERPARL_SECRET_KEY": "short"}
COMMAND = "from interparl.config.command_line import main; main()"
SETTINGS = """
import json
from interparl.config import settings as s
print(json.dumps({name: getattr(s, name, None) for name in NAMES}, default=str))
"""


@pytest.fixture
def strong(tmp_path: Path) -> Start:
    """A start with nothing to find fault with."""
    tmp_path.chmod(0o700)
    return Start(
        key=STRONG_KEY,
        hosts=("inter.example.org",),
        origins=("https://inter.example.org",),
        folder=tmp_path,
        database={"ENGINE": "django.db.backends.postgresql", "HOST": "localhost", "NAME": "interparl", "OPTIONS": {}},
        mail="smtps://user:word@mail.example.org",
        single_sign_on="https://id.example.org",
    )


def named(found: list[str]) -> list[str]:
    """The settings that the lines name."""
    return [line.partition(":")[0] for line in found]


def test_nothing_is_found_when_the_settings_are_strong(strong: Start) -> None:
    assert weaknesses(strong) == []


SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": "there.sqlite3"}
FAR = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "HOST": "db.example.org", "OPTIONS": {}}


@pytest.mark.parametrize(
    ("changed", "setting"),
    [
        ({"key": ""}, "INTERPARL_SECRET_KEY"),
        ({"key": STRONG_KEY[:49]}, "INTERPARL_SECRET_KEY"),
        ({"key": "abc" * 30}, "INTERPARL_SECRET_KEY"),
        ({"key": "django-insecure-" + STRONG_KEY}, "INTERPARL_SECRET_KEY"),
        ({"key": "ChangeMe" + STRONG_KEY}, "INTERPARL_SECRET_KEY"),
        ({"is_debug": True}, "DEBUG"),
        ({"hosts": ()}, "INTERPARL_HOSTS"),
        ({"hosts": ("",)}, "INTERPARL_HOSTS"),
        ({"hosts": ("localhost", "127.0.0.1", "[::1]")}, "INTERPARL_HOSTS"),
        ({"hosts": ("inter.example.org", "*")}, "INTERPARL_HOSTS"),
        ({"origins": ("http://inter.example.org",)}, "INTERPARL_ORIGINS"),
        ({"origins": ("https://*.example.org",)}, "INTERPARL_ORIGINS"),
        ({"single_sign_on": "http://id.example.org"}, "INTERPARL_OIDC_URL"),
        ({"mail": "smtp://mail.example.org:25"}, "INTERPARL_MAIL"),
        ({"mail": "mail.example.org"}, "INTERPARL_MAIL"),
        ({"database": FAR}, "DATABASE_URL"),
        ({"database": FAR | {"OPTIONS": {"sslmode": "prefer"}}}, "DATABASE_URL"),
    ],
)
def test_one_line_names_the_setting_when_it_is_weak(strong: Start, changed: dict[str, Any], setting: str) -> None:
    assert named(weaknesses(replace(strong, **changed))) == [setting]


@pytest.mark.parametrize(
    "changed",
    [
        {"mail": ""},
        {"mail": "smtp://localhost:25"},
        {"mail": "smtp+starttls://user:word@mail.example.org:587"},
        {"database": FAR | {"OPTIONS": {"sslmode": "verify-full"}}},
        {"database": FAR | {"HOST": "/run/postgresql"}},
        {"single_sign_on": ""},
        {"origins": ()},
    ],
)
def test_nothing_is_found_when_another_way_is_as_strong(strong: Start, changed: dict[str, Any]) -> None:
    assert weaknesses(replace(strong, **changed)) == []


@pytest.mark.parametrize(
    ("mode", "found"), [(0o700, []), (0o750, []), (0o755, ["INTERPARL_FOLDER"]), (0o703, ["INTERPARL_FOLDER"])]
)
def test_the_data_folder_is_refused_when_everybody_may_enter_it(strong: Start, mode: int, found: list[str]) -> None:
    strong.folder.chmod(mode)
    assert named(weaknesses(strong)) == found


@pytest.mark.parametrize(
    ("mode", "found"), [(0o600, []), (0o400, []), (0o640, ["INTERPARL_FOLDER"]), (0o604, ["INTERPARL_FOLDER"])]
)
def test_the_key_is_refused_when_others_may_read_its_file(strong: Start, mode: int, found: list[str]) -> None:
    key = strong.folder / "secret_key"
    key.write_text(STRONG_KEY)
    key.chmod(mode)
    assert named(weaknesses(strong)) == found


@pytest.mark.parametrize(
    ("folder", "file", "found"), [(0o755, 0o644, ["DATABASE_URL"]), (0o755, 0o600, []), (0o700, 0o644, [])]
)
def test_an_sqlite_file_elsewhere_is_refused_when_everybody_may_read_it(
    strong: Start, tmp_path_factory: pytest.TempPathFactory, folder: int, file: int, found: list[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    elsewhere.chmod(folder)
    database = elsewhere / "interparl.sqlite3"
    database.touch(file)
    database.chmod(file)
    start = replace(strong, database=SQLITE | {"NAME": str(database)})
    assert named(weaknesses(start)) == found


def environment(folder: Path, **changed: str) -> dict[str, str]:
    """The environment of a process that starts in production with strong settings, but for those changed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("INTERPARL_", "DATABASE_URL", "DJANGO_"))
    }
    folder.chmod(0o700)
    asked = {
        "INTERPARL_FOLDER": str(folder),
        "INTERPARL_MODE": "production",
        "INTERPARL_HOSTS": "inter.example.org",
        "PYTHONPATH": str(ROOT),
    }
    return kept | asked | changed


def started(folder: Path, *arguments: str, **changed: str) -> tuple[int, list[str]]:
    """The exit code of the command and the lines that it wrote to standard error."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=environment(folder, **changed),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr.splitlines()


def test_nothing_is_started_when_several_settings_are_weak(tmp_path: Path) -> None:
    code, lines = started(tmp_path, "serve", INTERPARL_HOSTS="*", INTERPARL_MAIL="smtp://mail.example.org", **SHORT)
    assert (code, named(lines)) == (2, ["INTERPARL_SECRET_KEY", "INTERPARL_HOSTS", "INTERPARL_MAIL"])
    assert list(tmp_path.iterdir()) == []


def test_the_demonstration_is_not_loaded_when_production_is_asked(tmp_path: Path) -> None:
    code, lines = started(tmp_path, "demo")
    assert (code, named(lines), (tmp_path / "interparl.sqlite3").exists()) == (2, ["INTERPARL_MODE"], False)


@pytest.mark.slow
def test_a_demonstration_is_not_served_when_it_is_found_in_the_database(tmp_path: Path) -> None:
    code, _lines = started(tmp_path, "demo", "--load-only", INTERPARL_MODE="development")
    assert code == 0
    code, lines = started(tmp_path, "serve")
    assert (code, named(lines)[-1]) == (2, "DATABASE_URL")


def test_a_command_of_the_administrator_runs_when_no_server_is_started(tmp_path: Path) -> None:
    code, lines = started(tmp_path, "facts", "--json", **SHORT)
    assert (code, lines) == (0, [])


def test_another_server_gets_no_application_when_a_setting_is_weak(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import interparl.config.wsgi"],
        env=environment(tmp_path, INTERPARL_HOSTS="*"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, named(done.stderr.splitlines())) == (2, ["INTERPARL_HOSTS"])


def settings_of(folder: Path, *names: str, **changed: str) -> dict[str, Any]:
    """Settings as a process in production reads them."""
    done = subprocess.run(
        [sys.executable, "-c", f"NAMES = {names!r}{SETTINGS}"],
        env=environment(folder, **changed),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_cookies_and_transport_are_strict_when_production_is_asked(tmp_path: Path) -> None:
    names = (
        "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_NAME "
        "CSRF_COOKIE_SECURE CSRF_COOKIE_HTTPONLY LANGUAGE_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS "
        "SECURE_HSTS_INCLUDE_SUBDOMAINS LANGUAGE_COOKIE_NAME DEBUG"
    ).split()
    assert list(settings_of(tmp_path, *names).values()) == [
        "__Host-session", True, True, "Lax", "__Host-csrf", True, True, True, True, 31536000, True,
        "__Host-language", False,
    ]  # fmt: skip


def test_a_proxy_is_believed_only_when_the_administrator_says_so(tmp_path: Path) -> None:
    names = ("SECURE_PROXY_SSL_HEADER", "ALLAUTH_TRUSTED_PROXY_COUNT", "USE_X_FORWARDED_HOST")
    believed = [["HTTP_X_FORWARDED_PROTO", "https"], 1, None]
    for said, found in (("", [None] * 3), ("0", [None] * 3), ("yes", [None] * 3), ("1", believed)):
        assert list(settings_of(tmp_path, *names, INTERPARL_PROXY=said).values()) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("smtps://a%40b:c%2Fd@mail.example.org", ["mail.example.org", 465, "a@b", "c/d", True, False]),
        ("smtp+starttls://mail.example.org", ["mail.example.org", 587, "", "", False, True]),
        ("smtp://localhost:2525", ["localhost", 2525, "", "", False, False]),
    ],
)
def test_the_way_of_mail_is_read_when_it_is_an_address(tmp_path: Path, address: str, found: list[Any]) -> None:
    names = "EMAIL_HOST EMAIL_PORT EMAIL_HOST_USER EMAIL_HOST_PASSWORD EMAIL_USE_SSL EMAIL_USE_TLS".split()
    assert list(settings_of(tmp_path, *names, INTERPARL_MAIL=address).values()) == found
