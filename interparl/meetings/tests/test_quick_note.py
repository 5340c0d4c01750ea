"""The quick note: what it makes, with which mark, and what it says when it cannot."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.days import today
from interparl.core.translated import texts_of
from interparl.directory.models import Portfolio
from interparl.meetings.models import Event, Participation, TalkText
from tests.makers import a_country, a_person, a_user, kept, the_home_parliament
from tests.samples import a_record

pytestmark = pytest.mark.django_db
WORDS = "He will come in May.\n-> send the list of towns"


def sent(**values: str) -> dict[str, str]:
    day = today().isoformat()
    return {"printed_name": "", "form": "call", "day": day, "begins": "9.30", "about": "", "text": WORDS} | values


def looks_after(user: User, country: Any) -> None:
    kept(Portfolio(user=user, country=country, since="2010"))
    user.__dict__.pop("standing", None)


def test_a_call_becomes_an_event_with_its_record_when_it_is_noted(client: Client, officer: User) -> None:
    home = the_home_parliament()
    me, country = a_person(user=officer), a_country()
    other = a_person("Ivanova", country=country)
    client.force_login(officer)
    answer = client.post(reverse("meetings:note"), sent(person=f"#{other.pk}"))
    event = Event.objects.get()
    assert answer["Location"] == reverse("meetings:event-show", args=(event.pk,))
    assert (event.kind, event.stage, event.form, event.begins) == ("talks", "noted", "call", "09:30")
    assert (event.country, event.since, event.is_remote) == (country, today().isoformat(), True)
    assert texts_of(event.title)["en"].startswith("Telephone call: ")
    text = TalkText.objects.get(event=event)
    assert (text.kind, text.mark, texts_of(text.text)["en"].splitlines()) == ("record", "official", WORDS.splitlines())
    people = Participation.objects.filter(event=event)
    assert {(one.person_id, one.attendance) for one in people} == {(me.pk, "present"), (other.pk, "present")}
    assert people.get(person=me).parliament == home
    assert event.stage_days.get().stage == "noted"
    page = client.get(answer["Location"]).content.decode()
    assert "send the list of towns" in page


def test_a_record_is_for_official_use_when_the_officer_looks_after_the_country(client: Client, officer: User) -> None:
    country = a_country()
    looks_after(officer, country)
    client.force_login(officer)
    client.post(reverse("meetings:note"), sent(printed_name="Mr Example", country=f"#{country.pk}"))
    assert TalkText.objects.get().mark == "official"
    assert Participation.objects.get().printed_name == "Mr Example"


def test_a_record_is_kept_and_said_to_be_internal_when_the_writer_could_not_read_it(
    client: Client, officer: User
) -> None:
    client.force_login(officer)
    answer = client.post(reverse("meetings:note"), sent(printed_name="Mr Example"), follow=True)
    assert TalkText.objects.get().mark == "internal"
    assert "kept as internal" in answer.content.decode()


def test_the_form_says_so_before_to_whom_it_may_happen(client: Client, officer: User, head: User) -> None:
    said = []
    for user in (officer, head):
        client.force_login(user)
        said.append("or as internal where you may not read" in client.get(reverse("meetings:note")).content.decode())
    assert said == [True, False]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " \n"}, "text"),
        ({"printed_name": ""}, "person"),
        ({"day": "2999-01-01"}, "day"),
        ({"day": "2199-01-01"}, "day"),
        ({"day": "never"}, "day"),
        ({"begins": "25:99"}, "begins"),
        ({"form": "smoke"}, "form"),
        ({"printed_name": "<b>"}, "printed_name"),
        ({"about": "a\u202eb"}, "about"),
        ({"person": "#999999"}, "person"),
    ],
)
def test_nothing_is_made_and_nothing_typed_is_lost_when_a_note_is_wrong(
    client: Client, officer: User, values: dict[str, str], field: str
) -> None:
    client.force_login(officer)
    page = client.post(reverse("meetings:note"), sent(**{"printed_name": "Mr Example"} | values))
    assert (page.status_code, Event.objects.count(), TalkText.objects.count()) == (422, 0, 0)
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["text"].value() == values.get("text", WORDS)


def test_what_is_known_is_filled_in_when_the_note_is_opened_from_a_page(client: Client, officer: User) -> None:
    country = a_country()
    person, hidden = a_person(country=country), a_person(mark="official")
    event = a_record(Event)
    client.force_login(officer)
    url = reverse("meetings:note")
    form = client.get(url, {"person": person.pk}).context["form"]
    assert (form.initial["person"], form.initial["country"], form.initial["day"]) == (person.pk, country.pk, today())
    assert client.get(url, {"person": hidden.pk}).context["form"].initial["person"] is None
    form = client.get(url, {"within": event.pk, "country": "x" * 30}).context["form"]
    assert (form.initial["form"], form.initial["within"], form.initial["country"]) == ("margins", event.pk, None)


def test_every_page_leads_to_a_note_when_the_reader_may_add_one(client: Client, officer: User) -> None:
    country = a_country()
    client.force_login(officer)
    page = client.get(reverse("directory:country-show", args=(country.pk,))).content.decode()
    assert f'href="/desk/events/note/?country={country.pk}" data-note hidden' in page
    assert "Note a talk…" in page
    assert "Note a talk…" in client.get(reverse("new")).content.decode()
    client.force_login(a_user("auditor"))
    page = client.get(reverse("directory:country-show", args=(country.pk,))).content.decode()
    assert "/desk/events/note/" not in page
    assert client.get(reverse("meetings:note")).status_code == 403
