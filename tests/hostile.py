"""What hostile hands type and send: values, fields, bodies, and what may never come of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes, urljoin, urlsplit

from django.forms import BaseForm, FileField, MultiValueField
from django.test import Client
from hypothesis import strategies as st

from interparl.core.forms import RecordForm
from interparl.core.models import Entry
from tests.samples import typed

FINE = {200, 302, 304, 400, 403, 404, 405, 413, 422, 429}
# A page that holds one of these did not escape it, or ran it.
NEVER_SHOWN = (b"<script>hostile", b"onerror=hostile()>", b'" onfocus=hostile()', b"hostilemade")
MARKUP = (
    "<script>hostile()</script>",
    '"><img src=x onerror=hostile()>',
    '" onfocus=hostile() autofocus x="',
    "{{ 'hostile'|add:'made' }}{% load hostile %}",
    "{% include request.path %}",
    "</textarea></title><script>hostile()</script>",
)
TRICKS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\u202eelpmaxE",
    "An\u200bna",
    "\ufeff",
    "\ufffe",
    "e" + "\u0301" * 300,
    "ﷺ" * 40,
    "İIıi" * 8,
    "A" * 20_000,
    "9" * 400,
    "-1",
    "0",
    "1e309",
    "NaN",
    "2147483648",
    "9223372036854775808",
    "٤٢",
    "#1",
    "#0",
    "#-1",
    "#999999999999999999",
    "#9999999999999999999999",
    "' OR 1=1 --",
    "'; DROP TABLE core_entry; --",
    "%s%(name)s%%",
    "%_\\",
    "../../etc/passwd",
    "\r\nSet-Cookie: hostile=1",
    "=cmd|' /C calc'!A0",
    "javascript:hostile()",
    "//hostile.example/",
    "2012-02-30",
    "0000-00-00",
    "2014..2012",
    "on",
    "True",
    "null",
    "[]",
    '{"en": {"text": "x"}}',
    "__proto__",
)
# Bytes that are no text: halves of surrogate pairs, an overlong slash, a lone start of a sequence.
NO_TEXT = (b"\xed\xa0\x80", b"\xed\xb0\x80x", b"\xc0\xaf", b"\xff\xfe", b"\xe2\x82")
UNKNOWN = (
    "id", "pk", "_state", "effective_mark", "published_on", "since_earliest", "username", "role", "is_active", "seen",
    "csrfmiddlewaretoken", "on", "next", "format", "__class__", "a[]", "a[b]", "name_xx", "\x00", "x" * 2000,
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"
TYPES = (
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "x/y; charset=none",
    f"{FORM}; charset=utf-16",
    f"{FORM}; charset=rot13",
    "multipart/form-data; boundary=x; charset=idna",
)

values = st.one_of(st.sampled_from(MARKUP), st.sampled_from(TRICKS), st.text(max_size=30), st.integers().map(str)).map(
    lambda text: text.encode("utf-8", "surrogatepass")
) | st.sampled_from(NO_TEXT)


@dataclass(frozen=True)
class Sent:
    """The fields of a body in order, a name as often as one likes; sent under another type when `kind` says so."""

    pairs: tuple[tuple[str, bytes], ...]
    kind: str = ""

    @property
    def body(self) -> bytes:
        """As a browser would write it, whatever the bytes."""
        return "&".join(f"{_quoted(name.encode())}={_quoted(value)}" for name, value in self.pairs).encode()

    def post(self, client: Client, url: str) -> Any:
        """The answer to it."""
        return client.generic("POST", url, self.body, content_type=self.kind or FORM)

    def get(self, client: Client, url: str) -> Any:
        """The answer to the same in the address."""
        mark = "&" if "?" in url else "?"
        return client.get(f"{url}{mark}{self.body[:4000].decode()}")


def _quoted(data: bytes) -> str:
    return quote_from_bytes(data, safe="")


@st.composite
def bodies(draw: st.DrawFn, base: dict[str, str]) -> Sent:
    """What a form would send, with some fields made hostile, left out, sent twice, and some that it does not have."""
    pairs = [(name, value.encode()) for name, value in base.items()]
    names = [name for name, _value in pairs] or ["q"]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3))
    pairs = [(name, draw(values)) if name in chosen else (name, value) for name, value in pairs]
    if draw(st.booleans()):
        left_out = draw(st.sampled_from(names))
        pairs = [pair for pair in pairs if pair[0] != left_out]
    more = draw(st.lists(st.tuples(st.sampled_from([*names, *UNKNOWN]), values), max_size=3))
    is_odd = draw(st.integers(0, 9)) == 0
    return Sent((*pairs, *more), draw(st.sampled_from(TYPES)) if is_odd else "")


def fields_of(answer: Any) -> dict[str, str]:
    """The fields of the form on a page with what stands in them; {} when the page has no form."""
    form: BaseForm | None = answer.context.get("form") if answer.context else None
    if form is None:
        return {}
    found = (
        typed(form) if isinstance(form, RecordForm) else {name: str(form[name].value() or "") for name in form.fields}
    )
    for name, field in form.fields.items():
        if isinstance(field, MultiValueField):
            found |= {f"{name}_{code}": "" for code in ("en", "ru", "be") if f"{name}_{code}" not in found}
        elif not isinstance(field, FileField):
            found.setdefault(name, "")
    return found


def check(answer: Any, url: str) -> None:
    """No fault, nothing shown raw, nothing put into the headers."""
    assert (url, answer.status_code in FINE, answer.status_code) == (url, True, answer.status_code)
    content = b"" if answer.streaming else answer.content
    # A file is data, not a page; its own tests say what may stand in it.
    if answer.get("Content-Type", "").startswith("text/html"):
        assert [(url, part) for part in NEVER_SHOWN if part in content] == []
    assert "hostile" not in answer.cookies
    # Browsers take a backslash for a slash.
    target = urlsplit(urljoin("http://testserver/", answer.get("Location", "").replace("\\", "/")))
    assert (url, target.scheme, target.hostname) == (url, "http", "testserver")


def touched_since(last: int, *refs: tuple[str, int]) -> set[tuple[str, int]]:
    """The records that were written after that entry, but for those named and what is a part of one."""
    found = Entry.objects.filter(pk__gt=last)
    return {
        (entry.kind, entry.object_id)
        for entry in found
        if not {(entry.kind, entry.object_id), (entry.whole_kind, entry.whole_id)} & set(refs)
    }


def last_entry() -> int:
    """The number of the last entry."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
