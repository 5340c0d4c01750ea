"""Bad input by form and by address: one clear message where it belongs, nothing written, nothing typed lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from interparl.accounts.models import User
from interparl.bodies.models import Body, Membership
from interparl.core.addresses import address, list_address, new_address
from interparl.core.models import Entry
from interparl.core.pages import every_record_pages
from interparl.core.records import Record
from tests import makers
from tests.samples import form_of, typed

pytestmark = pytest.mark.django_db
COMMON = {"mark": "internal", "grade": "stated"}
PERSON = {"person": "Example", "kind": "official", "language": "en", **COMMON}
ORGANISATION = {"code": "new", "kind": "other", "name_en": "Assembly", **COMMON}
HIDDEN = "Character {place} is invisible or changes the direction of text ({code}). Delete it."
MARKUP = "The signs < and > have no place in a name. Character {place}."


@dataclass(frozen=True)
class Bad:
    """What is sent to the form of a kind of record, the field that the message stands at, and the message."""

    kind: str
    sent: dict[str, str]
    at: str
    message: str
    name: str
    base: dict[str, str] = field(default_factory=dict)


def bad_names() -> list[Bad]:
    """Names with what no name has, in a plain field and in a text of several languages."""
    found = []
    for name, text, message in (
        ("markup", "Anna <b>Example</b>", MARKUP.format(place=6)),
        ("script", "<script>alert(1)</script>", MARKUP.format(place=1)),
        ("right-to-left", "Anna\u202eelpmaxE", HIDDEN.format(place=5, code="U+202E")),
        ("isolate", "\u2067Anna", HIDDEN.format(place=1, code="U+2067")),
        ("zero-width", "An\u200bna", HIDDEN.format(place=3, code="U+200B")),
        ("byte order mark", "\ufeffAnna", HIDDEN.format(place=1, code="U+FEFF")),
        ("joiner", "An\u200dna", HIDDEN.format(place=3, code="U+200D")),
        ("filler", "An\u3164na", HIDDEN.format(place=3, code="U+3164")),
        ("private use", "An\ue000na", HIDDEN.format(place=3, code="U+E000")),
    ):
        found.append(Bad("directory.personname", {"text": text}, "text", message, f"{name} in a name", PERSON))
        sent, words = {"name_be": text}, f"Беларуская: {message}"
        found.append(Bad("directory.organisation", sent, "name", words, f"{name} in a text", ORGANISATION))
    return found


def bad_days() -> list[Bad]:
    """Days that are none."""
    form = "“{}” is not a date. Write 2012, 2012-10 or 2012-10-11."
    year = "“{}” has a year out of reach. Years run from 1000 to 2199."
    day = "“{}” names a day that no calendar has."
    texts = {
        "0000": year,
        "9999": year,
        "0000-01-01": year,
        "9999-12-31": year,
        "0999": year,
        "2200": year,
        "soon": form,
        "2012-1": form,
        "12/10/2012": form,
        "<b>2012</b>": form,
        "20١٢": form,
        "2012-13": day,
        "2013-02-29": day,
        "31.11.2012": day,
        "2014..2012": "“{}” ends before it begins.",
    }
    return [
        Bad("directory.organisation", {"since": text}, "since", message.format(text), f"day {text}", ORGANISATION)
        for text, message in texts.items()
    ]


BAD = [*bad_names(), *bad_days()]


def errors_of(answer: Any) -> dict[str, list[str]]:
    """The messages of the form that came back, by field."""
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


def assert_refused(answer: Any, sent: dict[str, str], entries: int) -> None:
    """The form came back with all that was typed, and nothing was written."""
    page = answer.content.decode()
    assert (answer.status_code, Entry.objects.count()) == (422, entries)
    shown = answer.context["form"]
    for name, text in sent.items():
        if name in shown.fields and text and not name.startswith(("mark", "grade", "kind")):
            assert escape(text) in page, name
    assert "<script>alert" not in page


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_one_message_stands_at_the_field_when_what_was_typed_may_not_stand(
    bad: Bad, client: Client, officer: User
) -> None:
    makers.a_person("Example")
    entries, rows = Entry.objects.count(), every_record_pages[bad.kind].model._base_manager.count()
    client.force_login(officer)
    sent = {**bad.base, **bad.sent}
    answer = client.post(new_address(bad.kind), sent)
    assert errors_of(answer) == {bad.at: [bad.message]}
    assert escape(bad.message) in answer.content.decode()
    assert_refused(answer, bad.sent, entries)
    assert every_record_pages[bad.kind].model._base_manager.count() == rows


@pytest.mark.parametrize("language", ["ru", "be"])
@pytest.mark.parametrize("bad", [BAD[0], BAD[4], *bad_days()[:1], *bad_days()[6:7]], ids=lambda bad: bad.name)
def test_the_message_is_in_the_reader_s_language_when_it_is_not_english(
    bad: Bad, language: str, client: Client, officer: User
) -> None:
    makers.a_person("Example")
    client.force_login(officer)
    client.cookies["language"] = language
    answer = client.post(new_address(bad.kind), {**bad.base, **bad.sent})
    [message] = errors_of(answer)[bad.at]
    assert (answer.status_code, bool(re.search("[а-яі]", message)), message == bad.message) == (422, True, False)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_nothing_changes_when_a_record_is_edited_to_what_may_not_stand(bad: Bad, client: Client, officer: User) -> None:
    record: Any = makers.an_organisation(since="2012") if bad.at != "text" else makers.a_person("Example").names.get()
    pages = every_record_pages[bad.kind]
    sent = typed(form_of(pages, record, makers.a_reading(officer))) | bad.sent
    entries = Entry.objects.count()
    client.force_login(officer)
    answer = client.post(address((bad.kind, record.pk), "edit"), sent)
    assert errors_of(answer) == {bad.at: [bad.message]}
    assert_refused(answer, bad.sent, entries)


def edited(client: Client, record: Record, user: User, **sent: str) -> Any:
    """The answer to an edit of some fields of a record."""
    pages = every_record_pages[record.record_kind()]
    client.force_login(user)
    kept = typed(form_of(pages, record, makers.a_reading(user)))
    return client.post(address((pages.kind, record.pk), "edit"), kept | sent)


def test_a_ring_of_organisations_is_refused_at_its_field_when_it_is_typed(client: Client, officer: User) -> None:
    top = makers.an_organisation(name="Top")
    part = makers.an_organisation(name="Part", parent=makers.an_organisation(name="Middle", parent=top))
    entries = Entry.objects.count()
    for parent in (top, part):
        answer = edited(client, top, officer, parent=f"#{parent.pk}")
        assert errors_of(answer) == {
            "parent": ["An organisation cannot be a part of itself, directly or through others."]
        }
        assert_refused(answer, {}, entries)
        assert f'<option value="#{parent.pk}" selected>' in answer.content.decode()


def test_a_body_that_continues_itself_is_refused_at_its_field_when_it_is_typed(client: Client, officer: User) -> None:
    first = makers.a_body(name="First")
    second = makers.a_body(name="Second", continues=first)
    entries = Entry.objects.count()
    for continued in (first, second):
        answer = edited(client, first, officer, continues=f"#{continued.pk}")
        assert errors_of(answer) == {"continues": ["A body cannot continue itself, directly or through others."]}
        assert_refused(answer, {}, entries)
    assert Body.objects.filter(continues__isnull=False).get() == second


@pytest.fixture
def seat_sent(officer: User) -> dict[str, str]:
    """What is sent for a second holder of a held seat, who has a mandate for some of the days."""
    body = makers.a_body()
    part = makers.a_part(body)
    seat = makers.a_seat(part)
    makers.a_membership(part=part, seat=seat, since="2012-11-20", until="2014-05-31")
    person = makers.a_person("Newcomer")
    makers.a_mandate(person, makers.a_chamber(part.parliament), since="2012-10-18", until="2016-09-10")
    return {
        "body": f"#{body.pk}",
        "part": f"#{part.pk}",
        "seat": f"#{seat.pk}",
        "person": "newcomer",
        "role": "member",
        "since": "2014-06-01",
        "until": "2016-09-10",
        "start_reason": "joined",
        **COMMON,
    }


@pytest.mark.parametrize(
    ("since", "until", "field", "message"),
    [
        ("2014-05-31", "2016", "seat", "Somebody else holds this seat on some of these days."),
        ("2013", "2013-12-31", "seat", "Somebody else holds this seat on some of these days."),
        ("2014-06-01", "2016-09-11", "since", "The membership has days outside the person’s mandate."),
        ("2014-06-01", "", "since", "The membership has days outside the person’s mandate."),
        ("2014-06-01", "2014-05-31", "until", "The end lies before the beginning."),
    ],
)
def test_a_membership_is_refused_at_its_field_when_a_rule_is_broken(
    since: str, until: str, field: str, message: str, seat_sent: dict[str, str], client: Client, officer: User
) -> None:
    entries = Entry.objects.count()
    client.force_login(officer)
    sent = seat_sent | {"since": since, "until": until}
    answer = client.post(new_address("bodies.membership"), sent)
    assert errors_of(answer) == {field: [message]}
    assert_refused(answer, {"since": since, "until": until}, entries)
    assert Membership.objects.count() == 1


def test_the_membership_is_kept_when_the_seat_is_free_and_the_mandate_holds(
    seat_sent: dict[str, str], client: Client, officer: User
) -> None:
    client.force_login(officer)
    assert client.post(new_address("bodies.membership"), seat_sent).status_code == 302
    assert Membership.objects.count() == 2


def test_a_seat_or_a_part_of_another_body_is_refused_at_its_field_when_it_is_chosen(
    seat_sent: dict[str, str], client: Client, officer: User
) -> None:
    client.force_login(officer)
    other = makers.a_seat()
    entries = Entry.objects.count()
    for name, record in (("part", other.part), ("seat", other)):
        answer = client.post(new_address("bodies.membership"), seat_sent | {name: f"#{record.pk}"})
        errors = errors_of(answer)
        assert (answer.status_code, name in errors, len(errors[name])) == (422, True, 1)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("code", "x" * 61),
        ("code", "with space"),
        ("kind", "moon"),
        ("since", "2" * 25),
        ("parent", "Nowhere"),
        ("grade", "sure"),
        ("mark", "secret"),
        ("source", "#999"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused_at_its_field_when_it_is_sent(
    name: str, text: str, client: Client, officer: User
) -> None:
    makers.an_organisation()
    entries = Entry.objects.count()
    client.force_login(officer)
    answer = client.post(new_address("directory.organisation"), ORGANISATION | {name: text})
    assert (answer.status_code, list(errors_of(answer)), len(errors_of(answer)[name])) == (422, [name], 1)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("text", ["\x00", "Name\x00", "\ud7ff\x07", "x" * 100_000])
def test_a_page_answers_when_a_text_cannot_be_stored(text: str, client: Client, officer: User) -> None:
    entries = Entry.objects.count()
    makers.a_person("Example")
    client.force_login(officer)
    answer = client.post(new_address("directory.personname"), PERSON | {"text": text})
    assert (answer.status_code, list(errors_of(answer))) == (422, ["text"])
    assert Entry.objects.count() == entries + 2


@pytest.mark.parametrize(
    "day", ["yesterday", "0000-01-01", "9999-12-31", "2014-02-30", "<b>", "\x00", "2014-06-01' OR 1=1"]
)
def test_the_page_says_what_is_wrong_and_stays_when_the_day_in_the_address_makes_no_sense(
    day: str, client: Client, officer: User
) -> None:
    body = makers.a_body(name="Group")
    makers.a_membership(body, makers.a_person("Example"))
    client.force_login(officer)
    answer = client.get(address(("bodies.body", body.pk), on=day))
    page = answer.content.decode()
    assert (answer.status_code, "Anna Example" in page, answer.context["day_problem"] != "") == (400, True, True)
    assert escape(answer.context["day_problem"]) in page
    for kind in ("directory.country", "bodies.body"):
        assert client.get(list_address(kind, on=day)).status_code == 400


def test_markup_that_came_in_past_the_forms_is_text_on_every_page_when_shown(client: Client, officer: User) -> None:
    country = makers.a_country("AM", "Armenia")
    model: Any = type(country)
    attack = "<script>alert(1)</script>"
    with_markup = {"en": {"text": attack, "state": "reviewed", "of": ""}}
    makers.kept(model(code="XX", name=country.name, footnote=with_markup, note=with_markup))
    found = model.objects.get(code="XX")
    client.force_login(officer)
    for url in (
        address(("directory.country", found.pk)),
        address(("directory.country", found.pk), "edit"),
        address(("directory.country", found.pk), "history"),
        list_address("directory.country", q=attack),
    ):
        page = client.get(url).content.decode()
        assert attack not in page
    assert escape(attack) in client.get(address(("directory.country", found.pk))).content.decode()
