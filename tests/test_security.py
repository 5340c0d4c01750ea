"""What every answer, method, cookie, redirect and file keeps to, those that come later too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from interparl.accounts.models import User
from interparl.config.headers import permissions_policy
from interparl.config.limits import LimitsMiddleware
from interparl.config.security_log import LOG
from interparl.core import desk_pages
from interparl.core.addresses import address, list_address, new_address
from interparl.core.exports import FORMATS, Sheet, download
from interparl.core.kept import SHELF
from interparl.core.kinds import model_of
from interparl.core.pages import every_record_pages
from tests import makers
from tests.samples import a_record
from tests.spread import spread

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
OWN = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "manifest-src")
NONE = ("default-src", "object-src", "base-uri", "frame-ancestors")
POLICY = {f"{name} 'self'" for name in OWN} | {f"{name} 'none'" for name in NONE}
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
AWAY = (
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "javascript:alert(1)", "https:///evil.example", " //evil.example", "\t//evil.example",
    "//testserver@evil.example/", "https://testserver.evil.example/", "data:text/html,x", "/\t/evil.example",
)  # fmt: skip


def assert_headers(answer: Any) -> None:
    """The headers that every answer has."""
    assert {name: answer.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["Permissions-Policy"] == permissions_policy()
    assert "Access-Control-Allow-Origin" not in answer


@pytest.fixture
def asked(officer: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Somebody at the desk, of a site that serves its static files and whose search is broken."""
    SHELF.clear()

    def broken(*_any: Any, **_named: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(desk_pages, "search", broken)
    with override_settings(WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True):
        client = Client(raise_request_exception=False)
        client.force_login(officer)
        yield client


@pytest.mark.parametrize(
    ("method", "url", "status", "headers"),
    [
        ("GET", "/desk/", 200, {}),
        ("HEAD", "/desk/", 200, {}),
        ("GET", "/en/", 200, {}),
        ("GET", "/en/lists/partners/?format=csv", 200, {}),
        ("GET", "/en/data/openapi.json", 200, {}),
        ("GET", "/desk/countries/?format=xlsx", 200, {}),
        ("GET", "/desk/pick/bodies.body/", 200, {}),
        ("GET", "/static/core/core.css", 200, {}),
        ("GET", "/", 302, {}),
        ("GET", "/desk", 301, {}),
        ("GET", "/desk/?on=never", 200, {}),
        ("GET", "/en/?on=never", 400, {}),
        ("GET", "/en/", 400, {"HTTP_HOST": "evil.example"}),
        ("GET", "/static/core/core.css", 400, {"HTTP_HOST": "evil.example"}),
        ("GET", "/nowhere/", 404, {}),
        ("GET", "/static/nothing.css", 404, {}),
        ("PUT", "/desk/", 405, {}),
        ("POST", "/en/", 405, {}),
        ("TRACE", "/en/", 405, {}),
        ("OPTIONS", "/desk/", 405, {}),
        ("POST", "/desk/imports/1/apply/", 404, {}),
        ("GET", "/desk/imports/1/apply/", 405, {}),
        ("POST", "/desk/imports/new/", 413, {"CONTENT_LENGTH": str(1 << 30)}),
        ("GET", "/desk/find/?q=a", 500, {}),
    ],
)
def test_every_header_is_there_when_anything_is_answered(
    asked: Client, method: str, url: str, status: int, headers: dict[str, str]
) -> None:
    # A page for everybody is kept after the first time.
    for _time in (1, 2):
        answer = asked.generic(method, url, **headers)  # type: ignore[arg-type]
        answer.getvalue()
        assert (url, answer.status_code) == (url, status)
        assert_headers(answer)


def test_every_header_is_there_when_a_page_was_not_changed(client: Client) -> None:
    SHELF.clear()
    tag = client.get("/en/")["ETag"]
    answer = client.get("/en/", headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert_headers(answer)


def test_the_policy_denies_all_but_own_keys() -> None:
    found = dict(part.split("=") for part in permissions_policy().split(", "))
    assert {name for name, to in found.items() if to != "()"} == {
        "publickey-credentials-get",
        "publickey-credentials-create",
    }
    assert {"camera", "microphone", "geolocation", "usb", "payment"} <= set(found)


def test_nothing_somebody_read_is_kept_by_a_cache_when_he_is_signed_in(client: Client, officer: User) -> None:
    SHELF.clear()
    country = makers.a_country("AM", "Armenia")
    client.force_login(officer)
    for url in (
        "/desk/", "/desk/countries/", "/desk/countries/?format=csv", address(("directory.country", country.pk)),
        "/desk/find/?q=x", "/desk/pick/directory.country/", "/nowhere/", "/accounts/settings/", "/desk/imports/",
    ):  # fmt: skip
        assert (url, "no-store" in client.get(url)["Cache-Control"]) == (url, True)
    assert client.get("/en/")["Cache-Control"] == "no-cache"


def test_the_browser_forgets_what_it_kept_when_somebody_signs_out(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert "Clear-Site-Data" not in client.get("/desk/")
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"storage"'


def test_a_sign_in_page_is_kept_by_no_cache_when_nobody_is_signed_in(client: Client) -> None:
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]


def test_the_colours_of_one_browser_reach_no_other_when_a_page_is_kept(client: Client) -> None:
    SHELF.clear()
    client.cookies["appearance"] = "theme:dark"
    dark = client.get("/en/").content
    assert (b'data-theme="dark"' in dark, b'data-theme="dark"' in Client().get("/en/").content) == (True, False)
    assert client.get("/en/").content == dark


def routes(found: Any = None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every address, with the first record in each place that takes one."""
    for one in (found or get_resolver()).url_patterns:
        at = before + str(one.pattern).removeprefix("^").removesuffix("$")
        if isinstance(one, URLResolver):
            yield from routes(one, at)
        else:
            yield re.sub(r"<int:\w+>", "1", re.sub(r"<(?:str|slug):\w+>|\(\?P<\w+>\S+?\)", "en", at)), one


@pytest.mark.parametrize("url", spread(sorted({url for url, _pattern in routes()})))
def test_a_form_without_its_token_is_refused_when_it_is_sent_anywhere(url: str, officer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    answer = client.post(url, {"reason": "forged"})
    # 405: the page takes no form at all; 404: nothing is there.
    assert (url, answer.status_code in (403, 404, 405)) == (url, True)


@pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
def test_nothing_is_written_when_the_pages_of_a_record_are_read(kind: str, client: Client, administrator: User) -> None:
    record = a_record(model_of(kind))
    client.force_login(administrator)
    of_record = [address((kind, record.pk), page) for page in ("show", "edit", "history", "publish", "end")]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for url in (list_address(kind), list_address(kind, format="csv"), new_address(kind), *of_record):
            client.get(url)
            client.head(url)
    # The one write of a reading is the log of what is for official use (design 2.9).
    written = [
        query["sql"]
        for query in asked.captured_queries
        if re.match("INSERT|UPDATE|DELETE", query["sql"]) and not re.search("readentry|django_session", query["sql"])
    ]
    assert written == []


@pytest.mark.parametrize("target", AWAY)
def test_nobody_is_led_away_when_the_next_page_is_elsewhere(target: str, client: Client, officer: User) -> None:
    answers = [client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD, "next": target})]
    answers.append(client.get(reverse("account_login"), {"next": target}))
    answers.append(client.post(reverse("set_language"), {"language": "be", "next": target}))
    answers.append(client.get(reverse("set_language"), {"next": target}))
    answers.append(client.post(reverse("account_logout"), {"next": target}))
    for answer in answers:
        assert (target, "evil.example" in answer.get("Location", "").partition("?")[0]) == (target, False)
        assert answer.get("Location", "/").startswith("/")


PASSWORD = "a long pass phrase"  # noqa: S105  of the users of tests


def test_the_key_of_a_session_changes_and_its_cookie_is_shut_when_somebody_signs_in(
    client: Client, officer: User
) -> None:
    client.cookies["sessionid"] = "planted" * 4
    answer = client.post(reverse("account_login"), {"login": officer.username, "password": PASSWORD})
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert answer.status_code == 302
    assert cookie.value != "planted" * 4
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def test_the_log_says_who_came_in_and_who_was_refused_when_that_happens(
    client: Client, member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[str] = []
    for level in ("info", "warning"):
        monkeypatch.setattr(LOG, level, lambda text, *given: lines.append(text % given))
    client.post(reverse("account_login"), {"login": member.username, "password": "hunter2 in the open"})
    client.post(reverse("account_login"), {"login": member.username, "password": PASSWORD})
    client.get(new_address("directory.country"))
    client.post(reverse("account_logout"))
    user, here = member.pk, "from='127.0.0.1'"
    assert lines == [
        f"sign-in failed {here}",
        f"signed in user={user} {here}",
        f"refused 403 GET '/desk/countries/new/' user={user} {here}",
        f"signed out user={user} {here}",
    ]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("list-2014-06-01", 'attachment; filename="list-2014-06-01.{}"'),
        ('a"; filename="b.exe', 'attachment; filename="a\\"; filename=\\"b.exe.{}"'),
        ("спіс", "attachment; filename*=utf-8''%D1%81%D0%BF%D1%96%D1%81.{}"),
    ],
)
def test_the_name_of_a_file_stays_a_name_when_it_is_downloaded(form: str, name: str, sent: str) -> None:
    answer = download(Sheet(name, [], ["a"], ["A"], []), form)
    assert answer["Content-Disposition"] == sent.format(form)


def test_a_download_is_no_page_when_a_browser_opens_it(client: Client, officer: User) -> None:
    client.force_login(officer)
    kinds = {form: client.get("/desk/countries/", {"format": form})["Content-Type"] for form in FORMATS}
    assert (kinds["csv"], kinds["json"], "html" in kinds["xlsx"]) == (
        "text/csv; charset=utf-8", "application/json", False,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\uff1d1", "a;=1+1", "a\n=1+1", "a;@x;+1"])
def test_no_part_of_a_text_is_a_formula_when_it_is_exported(text: str) -> None:
    cell = download(Sheet("list", [], ["a"], ["A"], [[text]]), "csv").content.decode().splitlines()[1:]
    parts = re.split("[;\t\n]", "\n".join(cell).strip('"'))
    assert [part for part in parts if part[:1] in set("=+-@\uff1d")] == []


@pytest.mark.parametrize("length", [str(1 << 30), "9" * 30, "-1", "many", "1e9"])
def test_a_body_is_not_read_when_its_length_is_too_large_or_none(length: str, officer: User) -> None:
    request = RequestFactory().post("/desk/imports/new/", CONTENT_LENGTH=length)
    request.user = officer
    answer = LimitsMiddleware(lambda _request: pytest.fail("it was read"))(request)
    assert (answer.status_code, answer["Connection"]) == (413, "close")


def test_a_form_is_refused_when_it_has_more_fields_or_files_than_any(client: Client, officer: User) -> None:
    client.force_login(officer)
    many = {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post(new_address("directory.country"), many).status_code == 400
    files = {f"file{number}": SimpleUploadedFile("a.json", b"{}") for number in range(150)}
    assert client.post("/desk/imports/new/", files).status_code == 400
    assert client.post(new_address("directory.country"), {"code": "x" * 6_000_000}).status_code in (400, 422)


# --- What stands in the tree -----------------------------------------------------------------------------------------

SECRETS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of a code host": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,}|glpat-[\w-]{20,})",
    "a token of a registry": r"\b(?:pypi-[\w-]{50,}|npm_[A-Za-z0-9]{36})",
    "a token of a chat": r"\bxox[abprs]-[\w-]{10,}",
    "a signed token": r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{15,}",
    "a password in an address": r"\w+://[^\s/:@'\"<>{}$]+:(?!password@)[^\s/@'\"<>{}.]{8,}@(?!.*example)",
    "a secret in an assignment": (
        r"(?i)\b(?:password|passwd|secret_?key|api_?key|auth_?token)\b['\"]?\s*[:=]\s*['\"][^'\"\s{}<>$%]{8,}['\"]"
    ),
}
# By file, what looks like a secret and is none.
KNOWN = {
    "conftest.py": "of tests only",
    "interparl/config/demo/loading.py": "printed for everybody, with the demonstration",
    "tests/journeys/conftest.py": "the same",
}
BINARY = {".png", ".mo", ".gz", ".xz", ".xlsx", ".ico", ".woff2", ".sqlite3"}
LEFT_OUT = {"__pycache__", "node_modules", "build", "data"}


def tree() -> Iterator[Path]:
    """The files of the project that people write: below no folder that a program makes."""
    for file in sorted(ROOT.rglob("*")):
        above = file.relative_to(ROOT).parts[:-1]
        made = bool(above) and (above[0] in LEFT_OUT or any(part.startswith(".") and part != ".ci" for part in above))
        if file.is_file() and file.suffix not in BINARY and not made and "__pycache__" not in above:
            yield file


def test_no_secret_stands_in_the_tree() -> None:
    found = {}
    for file in tree():
        name = file.relative_to(ROOT).as_posix()
        text = file.read_text(errors="replace")
        for what, pattern in SECRETS.items():
            if name not in KNOWN and (match := re.search(pattern, text)):
                found[f"{name}: {what}"] = match.group()[:60]
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "AKIA" + "Q" * 16,
        "ghp_" + "a1" * 20,
        "postgres://interparl:" + "hunter22hunter" + "@db.local/interparl",
        "PASS" + 'WORD = "correct-horse-battery"',
    ],
)
def test_a_secret_is_seen_when_one_is_written(line: str) -> None:
    assert [what for what, pattern in SECRETS.items() if re.search(pattern, line)] != []


# What runs text as a program, reads XML or workbooks, or unpacks objects: who needs it says here why it is safe.
RISKY = {
    ".py": re.compile(
        r"^\s*(?:import|from) (?:pickle|marshal|shelve|xml|lxml|yaml|subprocess|ctypes)\b"
        r"|(?<![\w.])(?:eval|exec|load_workbook)\(|\bos\.(?:system|popen)\(",
        re.MULTILINE,
    ),
    ".html": re.compile(r"\|\s*safe\b|autoescape off|<script>|<style|\son[a-z]+=|\sstyle=|javascript:"),
}
# Workbooks are read by defusedxml, which refuses entities; these name the types of what it finds, and its error.
ALLOWED_RISKS = {f"interparl/exchange/rules/tables/{name}.py": "from xml" for name in ("cells", "package", "workbooks")}
# Texts of documents are read by a program of our own, started without a shell; no word of it comes from the file.
ALLOWED_RISKS["interparl/documents/actions/reading.py"] = "import subprocess"
PARSERS = re.compile(r"xml\.(?:sax|dom|parsers)|etree.*\b(?:parse|iterparse|fromstring|XML|XMLParser|ElementTree\()")


def test_nothing_runs_text_or_reads_xml_in_the_product() -> None:
    found = {}
    for file in (ROOT / "interparl").rglob("*.*"):
        name = file.relative_to(ROOT).as_posix()
        if file.suffix in RISKY and "/tests/" not in name and (match := RISKY[file.suffix].search(file.read_text())):
            found[name] = match.group().strip()
    assert found == ALLOWED_RISKS
    read = "\n".join((ROOT / name).read_text() for name in ALLOWED_RISKS)
    assert [one for one in read.splitlines() if PARSERS.search(one) and not one.startswith("from defusedxml")] == []
