"""Every form and every address under hostile hands: never a fault, nothing raw on a page, no other record touched.

Kinds of records and addresses are read from the product, so what is added later is tried too.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.html import escape
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.core.addresses import address, list_address, new_address, page_of
from interparl.core.history import last_entry as last_entry_of
from interparl.core.kinds import model_of
from interparl.core.pages import every_record_pages
from interparl.core.writing import values_of
from tests import makers
from tests.hostile import MARKUP, Sent, bodies, check, fields_of, last_entry, touched_since, values
from tests.samples import a_record
from tests.spread import spread

pytestmark = pytest.mark.django_db
PAGES = ("edit", "end", "publish", "move", "revert")
RECORD_PAGES = ("list", "new", "show", "history", *PAGES)


def _examples(number: int) -> hypothesis_settings:
    """So many of each page of each kind; a failure is shown as it was found."""
    return hypothesis_settings(
        max_examples=number,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=list(HealthCheck),
        database=None,
    )


# Enough to try every page of every kind; each run tries others, but those of CI are the same each time.
tried = _examples(4)


def who_may_add(kind: str) -> User:
    """Somebody whose role holds the right to make such a record: to others the form is closed."""
    allowed = [role.key for role in ROLES.values() if role.may(every_record_pages[kind].permission("add"))]
    return makers.a_user(allowed[0])


def page_address(kind: str, record: Any, page: str) -> str:
    """The address of a page of the record where a form is."""
    base = address((kind, record.pk))
    if page == "move":
        workflow = every_record_pages[kind].workflow
        return f"{base}move/{workflow.moves[0].name if workflow else 'none'}/"
    own = last_entry_of((kind, record.pk))
    return f"{base}history/{own}/revert/" if page == "revert" else f"{base}{page}/"


@pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
def test_no_form_of_a_record_breaks_when_hostile_hands_fill_it(kind: str, client: Client) -> None:
    model: Any = model_of(kind)
    client.force_login(who_may_add(kind))
    bystander = a_record(model)
    before = values_of(bystander)
    record = a_record(model)
    base = {page: fields_of(client.get(page_address(kind, record, page))) for page in PAGES}
    base["new"] = fields_of(client.get(new_address(kind)))

    @tried
    @given(st.data())
    def attack(data: st.DataObject) -> None:
        there = model._base_manager.filter(pk=record.pk).first() or a_record(model)
        for page, fields in base.items():
            last = last_entry()
            url = new_address(kind) if page == "new" else page_address(kind, there, page)
            sent = data.draw(bodies(fields or {"reason": "", "on": ""}))
            check(sent.post(client, url), url)
            if page != "new":
                assert (url, touched_since(last, (kind, there.pk), page_of(there))) == (url, set())
        check(data.draw(bodies({"q": "", "on": "", "sort": "", "page": "1"})).get(client, list_address(kind)), kind)
        check(data.draw(bodies({"on": "", **base["edit"]})).get(client, new_address(kind)), kind)

    attack()
    bystander.refresh_from_db()
    assert values_of(bystander) == before


ASKED = {"tasks.clearance": ("asked_of",), "tasks.task": ("owner",)}


@pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
def test_nothing_is_written_when_a_member_sends_hostile_forms(kind: str, client: Client, member: User) -> None:
    # What is asked of the member himself he may answer.
    others: dict[str, Any] = {name: makers.a_user("leadership") for name in ASKED.get(kind, ())}
    record = a_record(model_of(kind), **others)
    client.force_login(who_may_add(kind))
    base = fields_of(client.get(page_address(kind, record, "edit")))
    client.force_login(member)

    @tried
    @given(st.data())
    def attack(data: st.DataObject) -> None:
        last = last_entry()
        sent = data.draw(bodies(base or {"reason": ""}))
        for page in PAGES:
            answer = sent.post(client, page_address(kind, record, page))
            check(answer, page)
            assert (page, answer.status_code in (403, 404, 400)) == (page, True)
        answer = sent.post(client, new_address(kind))
        assert (answer.status_code in (403, 404, 400), touched_since(last)) == (True, set())

    attack()


def routes(found: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product that is no page of one record, as the pattern is written."""
    for one in (found or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from routes(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


def is_of_records(pattern: URLPattern) -> bool:
    """Whether it is one of the nine pages that every record has, which the tests above try with real records."""
    model, _dash, page = (pattern.name or "").rpartition("-")
    return page in RECORD_PAGES and model in {kind.partition(".")[2] for kind in every_record_pages}


def filled(route: str, draw: Callable[[Any], str]) -> str:
    """The address with something in each of its places."""
    parts = route.replace("^", "").replace("$", "").split("/")
    return "/" + "/".join(draw(_offers(part)) if set(part) & set("<(") else part for part in parts)


def _offers(place: str) -> st.SearchStrategy[str]:
    if place.startswith("<int:"):
        return st.sampled_from(["0", "1", "999999999999999999", "9" * 30])
    known = {"language>": ["en", "be", "xx"], "kind>": ["bodies.body", "core.entry", "x"], "key>": ["partners", "x"]}
    usual = ["name", "x", "-", "A-b-c", "%00", "%ED%A0%80", "9" * 300]
    return st.sampled_from([*known.get(place.partition(":")[2], []), *usual])


OTHER = sorted({route for route, pattern in routes() if not is_of_records(pattern)})


@pytest.mark.parametrize("route", spread(OTHER))
def test_no_address_breaks_when_anybody_sends_anything_to_it(
    route: str, client: Client, officer: User, member: User
) -> None:
    clients = [client, Client(), Client()]
    for one, user in zip(clients[:2], (officer, member), strict=True):
        one.force_login(user)

    @tried
    @given(st.data())
    def attack(data: st.DataObject) -> None:
        cache.clear()
        url = filled(route, data.draw)
        for one in clients:
            opened = one.get(url)
            check(opened, url)
            sent = data.draw(bodies(fields_of(opened) | {"on": "", "q": "", "next": "", "language": ""}))
            check(sent.get(one, url), url)
            check(sent.post(one, url), url)

    attack()


@pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
def test_markup_is_shown_again_as_text_when_every_field_of_a_form_holds_it(kind: str, client: Client) -> None:
    client.force_login(who_may_add(kind))
    fields = fields_of(client.get(new_address(kind)))
    for text in MARKUP if every_record_pages[kind].form else ():
        sent = Sent(tuple((name, text.encode()) for name in fields))
        answer = sent.post(client, new_address(kind))
        check(answer, kind)
        assert (text, answer.status_code, escape(text) in answer.content.decode()) == (text, 422, True)


HEADERS = (
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_REFERER",
    "HTTP_HX_REQUEST",
    "HTTP_HX_CURRENT_URL",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_RANGE",
)
COOKIES = ("sessionid", "csrftoken", "language", "appearance", "messages")


@tried
@given(st.sampled_from(["/desk/", "/en/", "/accounts/login/", "/language/", "/nowhere/"]), st.data())
def test_no_page_breaks_when_headers_and_cookies_are_hostile(url: str, data: st.DataObject) -> None:
    # WSGI hands headers on as Latin-1, whatever the bytes.
    sent: dict[str, Any] = {name: data.draw(values).decode("latin-1") for name in HEADERS}
    sent["HTTP_COOKIE"] = "; ".join(f"{name}={data.draw(values).decode('latin-1')}" for name in COOKIES)
    check(Client().get(url, **sent), url)
    check(Client().post(url, **sent), url)


def files() -> st.SearchStrategy[tuple[str, bytes]]:
    """Names and contents of what is said to be a register."""
    bombs = (
        gzip.compress(b"[" * 5_000_000),
        gzip.compress(b" " * 70_000_000, 9),
        gzip.compress(b"{}")[:-4],
        b"[" * 100_000 + b"]" * 100_000,
        b'{"persons": [' + b'{"id": 1},' * 2000 + b"{}]}",
        b'{"persons": [{"id": "' + b"9" * 5000 + b'", "name": ' + b"9" * 5000 + b"}]}",
        b'{"persons": [{"id": "a", "name": "\\u0000\\ud800<script>hostile()</script>"}]}',
        b'{"memberships": [{"person_id": {"$ne": 1}, "organization_id": []}]}',
        b"\xef\xbb\xbf\xff\xfe\x00{",
        b"PK\x03\x04",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        b"",
    )
    names = (
        "a.json",
        "a.gz",
        "../../a.json",
        "<script>hostile()</script>.json",
        "a.json\r\nX: y",
        "\u202e.json",
        "x" * 300 + ".json",
        "a.xlsx",
    )
    return st.tuples(st.sampled_from(names), st.sampled_from(bombs) | st.binary(max_size=60))


@tried
@example(("a.gz", gzip.compress(b" " * 70_000_000, 9)), {"kind": b"popolo"})
@example(
    ("<script>hostile()</script>.json", b'{"persons": [{"id": "a", "name": "<script>hostile()</script>"}]}'),
    {"kind": b"popolo"},
)
@given(
    files(),
    st.fixed_dictionaries(
        {"kind": st.just(b"popolo") | values, "on": values, "source_key": values, "chamber": values, "language": values}
    ),
)
def test_no_import_breaks_and_nothing_is_written_when_the_file_is_hostile(
    file: tuple[str, bytes], fields: dict[str, bytes]
) -> None:
    user = User.objects.filter(username="importer").first() or makers.a_user(name="importer")
    one = Client()
    one.force_login(user)
    last = last_entry()
    sent = {name: value.decode("utf-8", "replace") for name, value in fields.items()}
    url = reverse("exchange:batch-new")
    answer = one.post(url, {**sent, "file": SimpleUploadedFile(*file)})
    check(answer, url)
    if answer.status_code == 302:
        check(one.get(answer["Location"]), url)
    assert (url, touched_since(last)) == (url, set())
