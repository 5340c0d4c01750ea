"""What holds for every kind of record with pages, present and future: who gets in, what is kept and taken back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import models
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.accounts.roles import PUBLIC, ROLES, Role
from interparl.bodies.models import Membership
from interparl.core.addresses import address, list_address, new_address, page_of
from interparl.core.kinds import every_record, model_of
from interparl.core.models import Entry
from interparl.core.pages import RecordPages, every_record_pages
from interparl.core.records import Dated, Record
from interparl.core.translated import TranslatedField, written
from interparl.core.writing import Planned, change_many, values_of
from interparl.directory.models import Parliament, Person
from tests.makers import a_body, a_membership, a_part, a_reading, a_seat, a_user, kept
from tests.meeting_cases import edited
from tests.samples import a_draft, a_record, form_of, typed
from tests.spread import spread

pytestmark = pytest.mark.django_db

every_kind = pytest.mark.parametrize("kind", sorted(every_record_pages))
# What is refused or answered before any row is asked for.
most_kinds = pytest.mark.parametrize("kind", spread(sorted(every_record_pages)))
# What a deed alone makes has no form.
every_typed_kind = pytest.mark.parametrize(
    "kind", [kind for kind, pages in sorted(every_record_pages.items()) if pages.form]
)
# A pointer has a mark of its own that nothing lowers, and is never published: see `core/tests/test_marks.py`.
OPEN = [kind for kind in sorted(every_record_pages) if not model_of(kind).is_pointer]
every_open_kind = pytest.mark.parametrize("kind", OPEN)
most_open_kinds = pytest.mark.parametrize("kind", spread(OPEN))
PAGES = ("show", "edit", "history", "publish", "end")
PUBLISHED = {"mark": PUBLIC, "published_on": date(2014, 5, 1)}


def pages_of(kind: str, record: Record) -> list[str]:
    """The pages of one record that an officer may open."""
    without = {"end": isinstance(record, Dated), "publish": not record.is_pointer}
    return [page for page in PAGES if without.get(page, True)]


def addresses_of(kind: str, record: Record) -> list[str]:
    """Every address of a kind of record."""
    one = address((kind, record.pk))
    own = [address((kind, record.pk), page) for page in PAGES]
    return [list_address(kind), new_address(kind), *own, f"{one}history/1/revert/", f"{one}move/any/"]


@pytest.fixture
def officer(db: None) -> User:
    """Somebody who keeps every register and lowers marks."""
    return a_user("head_of_department")


@most_kinds
def test_every_page_answers_when_an_officer_asks(kind: str, client: Client, officer: User) -> None:
    record = a_record(model_of(kind))
    client.force_login(officer)
    typed_in = 200 if every_record_pages[kind].form else 404
    assert client.get(list_address(kind)).status_code == 200
    assert client.get(new_address(kind)).status_code == typed_in
    for page in pages_of(kind, record)[1:]:
        status = typed_in if page == "edit" else 200
        assert (page, client.get(address((kind, record.pk), page)).status_code) == (page, status)
    shown = client.get(address((kind, record.pk)))
    whole = page_of(record)
    if whole == (kind, record.pk):
        assert shown.status_code == 200
    else:
        assert (shown.status_code, shown["Location"]) == (302, address(whole))


@most_kinds
def test_every_page_answers_in_every_language_when_read_as_of_a_past_day(
    kind: str, client: Client, officer: User, settings: Any
) -> None:
    record = a_record(model_of(kind))
    client.force_login(officer)
    for code, _name in settings.LANGUAGES:
        client.cookies["language"] = code
        for url in (list_address(kind, on="2014-06-01"), address((kind, record.pk), on="2014-06-01")):
            assert client.get(url, follow=True).status_code == 200


@most_kinds
def test_every_address_asks_to_sign_in_when_a_stranger_comes(kind: str, client: Client) -> None:
    record = a_record(model_of(kind))
    for url in addresses_of(kind, record):
        for send in (client.get, client.post):
            answer = send(url)
            assert (url, answer.status_code) == (url, 302)
            assert answer["Location"].split("?")[0] == reverse("account_login")


@most_open_kinds
def test_a_member_reads_and_does_not_write_when_signed_in(kind: str, client: Client, member: User) -> None:
    record = a_record(model_of(kind))
    before, entries = values_of(record), Entry.objects.count()
    client.force_login(member)
    reads = [list_address(kind), address((kind, record.pk)), address((kind, record.pk), "history")]
    status = 200 if member.has_perm(every_record_pages[kind].permission("view")) else 403
    for url in reads:
        assert (url, client.get(url, follow=True).status_code) == (url, status)
    for url in addresses_of(kind, record):
        if url not in reads:
            assert (url, client.get(url).status_code) == (url, 403)
            assert (url, client.post(url, {"until": "2015", "note": "No", "reason": "No"}).status_code) == (url, 403)
    record.refresh_from_db()
    assert (values_of(record), Entry.objects.count()) == (before, entries)


@every_open_kind
def test_nothing_of_a_record_is_seen_when_the_role_may_not_read_its_mark(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROLES, "outsider", Role("outsider", "Outsider", frozenset({PUBLIC}), ("*",)))
    model = model_of(kind)
    open_one = a_record(model, common=PUBLISHED)
    secret = a_record(model, text="Secret", common=PUBLISHED, mark="internal")
    client.force_login(a_user("outsider"))
    rows = client.get(list_address(kind, format="json", days="all")).json()["rows"]
    ids = {row["id"] for row in rows}
    assert (open_one.pk in ids, secret.pk in ids) == (True, False)
    for url in addresses_of(kind, secret)[2:]:
        assert (url, client.get(url).status_code) == (url, 404)
    assert b"Secret" not in client.get(list_address(kind, days="all")).content
    found = client.get(reverse("pick", args=(kind,)), {"q": "Secret"}).json()
    assert found == {"results": []}
    assert b"Secret" not in client.get(reverse("find"), {"q": "secret"}).content


@every_typed_kind
def test_a_new_record_is_kept_with_its_history_when_its_form_is_sent(kind: str, client: Client, officer: User) -> None:
    pages, model = every_record_pages[kind], model_of(kind)
    draft = a_draft(model)
    sent = typed(form_of(pages, draft, a_reading(officer)))
    entries, rows = Entry.objects.count(), model._base_manager.count()
    client.force_login(officer)
    answer = client.post(new_address(kind), sent)
    assert answer.status_code == 302, _errors(answer)
    assert (answer.status_code, model._base_manager.count(), Entry.objects.count()) == (302, rows + 1, entries + 1)
    record = model._base_manager.latest("pk")
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.user, entry.object_id) == ("added", officer, record.pk)
    assert answer["Location"] == address(page_of(record))
    named = set(form_of(pages, record, a_reading(officer)).record_fields)
    assert {name: values_of(record)[name] for name in named} == {name: values_of(draft)[name] for name in named}


@every_typed_kind
def test_an_empty_form_is_shown_again_when_required_fields_are_missing(
    kind: str, client: Client, officer: User
) -> None:
    client.force_login(officer)
    entries = Entry.objects.count()
    answer = client.post(new_address(kind), {"mark": "internal"})
    form = answer.context["form"]
    required = {name for name, field in form.fields.items() if field.required and name != "mark"}
    assert (answer.status_code, Entry.objects.count()) == (422, entries)
    assert {name for name, errors in form.errors.as_data().items() if errors[0].code == "required"} == required


@every_typed_kind
def test_every_field_is_in_the_history_and_can_be_taken_back_when_it_was_edited(
    kind: str, client: Client, officer: User
) -> None:
    pages, model = every_record_pages[kind], model_of(kind)
    record = a_record(model)
    before = values_of(record)
    client.force_login(officer)
    named: set[str] = set()
    fields = set(form_of(pages, record, a_reading(officer)).record_fields)
    for values in _edits(record, fields):
        changed = model._base_manager.get(pk=record.pk)
        for name, value in values.items():
            setattr(changed, name, value)
        sent = typed(form_of(pages, changed, a_reading(officer)))
        answer = client.post(address((kind, record.pk), "edit"), sent)
        assert (answer.status_code, _errors(answer)) == (302, {})
        entry = Entry.objects.filter(kind=kind, object_id=record.pk).latest("pk")
        assert (entry.verb, set(entry.changes)) == ("changed", set(values))
        line = client.get(address((kind, record.pk), "history")).context["lines"][0]
        labels = {str(model._meta.get_field(name).verbose_name) for name in values}  # type: ignore[union-attr]
        assert {change.label for change in line.changes} == labels
        assert client.get(line.revert_url).status_code == 200
        assert client.post(line.revert_url, {"reason": "Mistyped"}).status_code == 302
        record.refresh_from_db()
        assert values_of(record) == before
        named |= set(values)
    assert named == fields


def _errors(answer: Any) -> dict[str, Any]:
    form: BaseForm | None = answer.context["form"] if answer.context else None
    return dict(form.errors) if form else {}


def _edits(record: Any, fields: set[str]) -> list[dict[str, Any]]:
    """Edits that together touch every field; fields of which only one may be filled come one after another."""
    if record.record_kind() == "bodies.compositionrule":
        return _edits_by_family(record, fields)
    groups = [[name for name in group if name in fields] for group in ONE_OF.get(record.record_kind(), ())]
    alternatives = {name for group in groups for name in group}
    first = {name: _another(record, name) for name in fields if name not in alternatives}
    if record.record_kind() == "bodies.membership":
        first |= _another_seat()
    if record.record_kind() == "bodies.seat":
        part = a_part()
        first |= {"part": part, "body": part.body}
    first |= {name: value for name, value in edited(record).items() if name in fields or name == "event"}
    if record.record_kind() == "meetings.event":
        first = {name: value for name, value in first.items() if value != getattr(record, name)}
    found = [first]
    if record.record_kind() == "meetings.event":
        # Only talks have a form, and they have no type of visit.
        found.append({"kind": "talks", "form": "call"})
    for group in groups:
        filled = next(other for other in group if record.serializable_value(other))
        emptied = None if record._meta.get_field(filled).null else ""
        found += [{name: _another(record, name)} | ({} if name == filled else {filled: emptied}) for name in group]
    if record.record_kind() == "directory.sensitivity":
        # Of a person and another party the person stands first.
        with_people = next(edit for edit in found if "other_person" in edit)
        with_people |= {"country": None, "person": _another(record, "person")}
    return found


def _edits_by_family(rule: Any, fields: set[str]) -> list[dict[str, Any]]:
    """What a rule takes depends on its family."""
    own = {"family", "least", "share", "chamber", "age", "language"}
    return [
        {name: _another(rule, name) for name in fields - own} | {"least": 1},
        {"family": "chamber", "chamber": a_record(model_of("directory.chamber"))},
        {"family": "youth", "age": 40, "share": "1/3", "least": None},
        {"family": "language", "language": "fr"},
    ]


PARTIES = ("country", "parliament", "organisation", "person")
# Of the fields of each group one is filled.
ONE_OF = {
    "directory.contactpoint": (("person", "organisation", "chamber"),),
    "directory.portfolio": (("country", "organisation"),),
    "bodies.letterdue": (("parliament", "organisation"),),
    "tasks.clearance": (("asked_of", "asked_office"),),
    "directory.relation": (("parliament", "organisation"),),
    "directory.sensitivity": (PARTIES, tuple(f"other_{name}" for name in PARTIES)),
    "meetings.agendaitem": (("event", "series"),),
}


def _another_seat() -> dict[str, Any]:
    part = a_part(a_body(), a_record(Parliament))
    seat = a_record(model_of("bodies.seat"), part=part)
    return {"body": part.body, "part": part, "seat": seat, "replaces": a_membership(part=part)}


def _another(record: Any, name: str) -> Any:
    """A value that the field does not hold now."""
    column: Any = record._meta.get_field(name)
    now = column.value_from_object(record)
    if isinstance(column, models.ForeignKey):
        related = column.related_model
        # Somebody who may read whatever the edit makes of it.
        return a_record(related) if issubclass(related, Record) else a_user("head_of_department")
    if isinstance(column, TranslatedField):
        return written({"en": "Another text", "be": "Іншы тэкст"})
    if name == "mark":
        return "official"  # a form raises a mark; lowering is a step of its own
    if column.choices:
        return next(value for value, _label in column.flatchoices if value != now)
    if name in DAYS:
        return DAYS[name]
    if isinstance(column, models.BooleanField):
        return not now
    if isinstance(column, models.DateField):
        return date(2016, 2, 29)
    if isinstance(column, models.IntegerField):
        return (now or 0) + 7
    if isinstance(column, models.URLField):
        return "https://example.org/a"
    return "Z9" if re.search(r"code|alpha3|numeric|key", name) else "An"


DAYS = {
    "since": "2012-10",
    "until": "2019",
    "born": "1960",
    "died": "2015-01-02",
    "taken_on": "2013",
    "dated_on": "2013",
    "held_on": "2012-09",
    "kind": "directory.person",
    "zone": "Europe/Minsk",
    "speaks": "en fr",
    "rotation": "AM BY KZ",
    "country_code": "AM",
}


@every_kind
def test_a_record_ends_with_a_reason_when_that_is_asked(kind: str, client: Client, officer: User) -> None:
    record = a_record(model_of(kind))
    client.force_login(officer)
    url = address((kind, record.pk), "end")
    answer = client.post(url, {"until": "2016-10", "note": "It was over"})
    if not isinstance(record, Dated):
        assert answer.status_code == 404
        return
    record.refresh_from_db()
    entry = Entry.objects.latest("pk")
    assert (answer.status_code, record.until, record.until_latest) == (302, "2016-10", date(2016, 10, 31))
    assert (entry.verb, entry.note) == ("ended", "It was over")
    assert client.post(url, {"until": "2016-13", "note": "No"}).status_code == 422
    assert client.post(url, {"until": "2017"}).status_code == 422
    record.refresh_from_db()
    assert record.until == "2016-10"


@every_open_kind
def test_a_record_is_published_and_withdrawn_when_that_is_asked(kind: str, client: Client, officer: User) -> None:
    record = a_record(model_of(kind))
    client.force_login(officer)
    url = address((kind, record.pk), "publish")
    for sent, day, verb in (
        ({"on": "2014-07-01"}, date(2014, 7, 1), "published"),
        ({"reason": "Too early"}, None, "withdrawn"),
    ):
        assert client.post(url, sent).status_code == 302
        record.refresh_from_db()
        assert (record.published_on, Entry.objects.latest("pk").verb) == (day, verb)


@pytest.mark.parametrize("page", ["publish", "end", "edit"])
def test_a_questioned_record_says_why_it_stays_as_it_is_when_something_is_done_with_it(
    page: str, client: Client, officer: User
) -> None:
    seat = a_seat()
    a_membership(part=seat.part, seat=seat)
    second = a_record(Membership, part=seat.part)
    change_many([Planned(second, {"seat": seat})], by=officer)
    entries = Entry.objects.count()
    client.force_login(officer)
    second.refresh_from_db()
    sent = typed(form_of(every_record_pages["bodies.membership"], second, a_reading(officer)))
    sent |= {"reason": "So", "until": "2016", "note": "So"}
    answer = client.post(address(("bodies.membership", second.pk), page), sent)
    assert (answer.status_code, Entry.objects.count()) == (422, entries)
    assert "Somebody else holds this seat on some of these days." in answer.content.decode()


@most_kinds
def test_an_unknown_record_is_not_found_when_any_of_its_pages_is_asked(
    kind: str, client: Client, officer: User
) -> None:
    client.force_login(officer)
    model: Any = model_of(kind)
    for key in (999_999, 10**18, 10**30):
        for url in addresses_of(kind, model(pk=key))[2:]:
            assert (url, client.get(url).status_code) == (url, 404)


@most_kinds
def test_no_page_changes_a_record_when_a_past_day_is_read(kind: str, client: Client, officer: User) -> None:
    record = a_record(model_of(kind))
    client.force_login(officer)
    for page in ("edit", "publish", "end"):
        assert client.post(address((kind, record.pk), page, on="2014-06-01"), {"until": "2015"}).status_code == 403


def test_every_record_of_the_areas_on_show_has_pages_when_its_area_has_any() -> None:
    with_pages = {kind.split(".")[0] for kind in every_record_pages} - {"core"}
    models_there = {model.record_kind() for model in every_record() if model._meta.app_label in with_pages}
    # A version comes with its file alone, and the page of its document shows it.
    assert models_there - {"documents.version"} == {
        kind for kind in every_record_pages if kind.split(".")[0] in with_pages
    }


def test_the_pages_of_a_person_are_told_apart_when_nobody_named_them(client: Client, officer: User) -> None:
    nameless = kept(Person())
    client.force_login(officer)
    answer = client.get(address(("directory.person", nameless.pk)))
    assert (answer.status_code, answer.context["name"]) == (200, f"#{nameless.pk}")


def test_the_description_of_pages_refuses_other_ways_when_asked_for_a_key() -> None:
    assert all(isinstance(pages, RecordPages) and pages.kind == kind for kind, pages in every_record_pages.items())
