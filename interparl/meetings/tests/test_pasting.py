"""A list of people pasted into an event: whom each line means, what is chosen, what is written, what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.models import Entry
from interparl.core.translated import text_in, written
from interparl.core.writing import Refused
from interparl.directory.models import Country, Person
from interparl.meetings.actions.people import Coming, add_people
from interparl.meetings.models import Event, Participation
from interparl.meetings.rules.pasted import MOST_LINES
from tests import makers

pytestmark = pytest.mark.django_db
LIST = """Delegation of the National Assembly
Head of the delegation: Hai Lam Nguyen, deputy chair of a committee
Members of the delegation:
1. Anna Example – deputy
2. Maria Doubtful, deputy
Interpreters:
Quoc Bao Pham
"""


@pytest.fixture
def abroad(db: None) -> Country:
    """The country that comes."""
    return makers.a_country(name="Abroad")


@pytest.fixture
def event(abroad: Country) -> Event:
    """An incoming visit."""
    title = written({"en": "Visit"})
    return makers.kept(Event(kind="incoming-visit", title=title, since="2015-05-27", country=abroad))


def url(event: Event) -> str:
    """The address of the page."""
    return reverse("meetings:event-paste", args=(event.pk,))


def sent(country: Country, text: str, **more: str) -> dict[str, str]:
    """What the form sends."""
    return {"side": str(country.pk), "capacity": "parliamentarian", "language": "en", "text": text} | more


def filled(answer: Any) -> dict[str, str]:
    """The choices as the page shows them."""
    found: dict[str, str] = {}
    for look in answer.context["looks"]:
        found |= {f"name-{look.line}": look.name, f"who-{look.line}": look.chosen}
        found[f"function-{look.line}"] = look.function
    return found


def test_functions_are_offered_in_the_language_of_the_page(desk: Client, event: Event, abroad: Country) -> None:
    desk.cookies["language"] = "ru"
    answer = desk.post(url(event), sent(abroad, LIST.partition("\n")[2], look="1"))
    assert "Руководитель</option>" in answer.content.decode()


def test_each_line_is_met_with_whom_it_means_and_nothing_is_written_yet(
    desk: Client, event: Event, abroad: Country
) -> None:
    sure = makers.a_person("Example", "Anna", country=abroad)
    twins = [makers.a_person("Doubtful", "Maria") for _twin in range(2)]
    answer = desk.post(url(event), sent(abroad, LIST.partition("\n")[2], look="1"))
    assert answer.status_code == 200
    looks = {look.name: look for look in answer.context["looks"]}
    assert looks["Anna Example"].chosen == f"p{sure.pk}"
    assert (looks["Maria Doubtful"].chosen, bool(looks["Maria Doubtful"].doubt)) == ("", True)
    offered = {value for value, _words in looks["Maria Doubtful"].choices}
    assert {f"p{twin.pk}" for twin in twins} <= offered
    assert looks["Quoc Bao Pham"].chosen == "guest"
    assert [look.function for look in answer.context["looks"]] == ["head", "member", "member", "interpreter"]
    assert Participation.objects.count() == 0


def test_what_was_chosen_is_written_in_the_order_of_the_list(desk: Client, event: Event, abroad: Country) -> None:
    sure = makers.a_person("Example", "Anna", country=abroad)
    text = LIST.partition("\n")[2].replace("2. Maria Doubtful, deputy\n", "")
    looked = desk.post(url(event), sent(abroad, text, look="1"))
    answer = desk.post(url(event), sent(abroad, text, save="1") | filled(looked))
    assert answer.status_code == 302
    rows = list(event.participations.order_by("order"))
    assert [(one.label_in("en"), one.function, one.country_id) for one in rows] == [
        ("Hai Lam Nguyen", "head", abroad.pk),
        ("Anna Example", "member", abroad.pk),
        ("Quoc Bao Pham", "interpreter", abroad.pk),
    ]
    assert [(one.person_id, one.capacity, text_in(one.role, "en")) for one in rows] == [
        (None, "parliamentarian", "deputy chair of a committee"),
        (sure.pk, "parliamentarian", "deputy"),
        (None, "staff", ""),
    ]
    assert Entry.objects.filter(kind="meetings.participation", verb="added").count() == 3
    again = desk.post(url(event), sent(abroad, text, look="1"))
    assert {look.chosen for look in again.context["looks"]} == {"out"}


def test_a_doubt_that_nobody_settled_is_said_in_place_and_nothing_is_lost(
    desk: Client, event: Event, abroad: Country
) -> None:
    for _twin in range(2):
        makers.a_person("Doubtful", "Maria")
    text = "Maria Doubtful\nQuoc Bao Pham, guest\n"
    looked = desk.post(url(event), sent(abroad, text, look="1"))
    choices = filled(looked) | {"function-2": "press"}
    answer = desk.post(url(event), sent(abroad, text, save="1") | choices)
    assert answer.status_code == 422
    first, second = answer.context["looks"]
    assert (first.error, second.function, second.chosen) == ("Choose who it is.", "press", "guest")
    assert answer.context["form"]["text"].value() == text
    assert Participation.objects.count() == 0


def test_one_person_in_two_lines_is_refused(desk: Client, event: Event, abroad: Country) -> None:
    makers.a_person("Example", "Anna", country=abroad)
    text = "Anna Example\nAnna Example, deputy"
    looked = desk.post(url(event), sent(abroad, text, look="1"))
    answer = desk.post(url(event), sent(abroad, text, save="1") | filled(looked))
    assert answer.status_code == 422
    assert [look.error for look in answer.context["looks"]] == ["", "The same person as in line 1."]


def test_a_list_that_was_not_shown_is_not_written(desk: Client, event: Event, abroad: Country) -> None:
    looked = desk.post(url(event), sent(abroad, "Anna Example", look="1"))
    answer = desk.post(url(event), sent(abroad, "Boris Example", save="1") | filled(looked))
    assert answer.status_code == 422
    assert [look.name for look in answer.context["looks"]] == ["Boris Example"]
    assert Participation.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n".join(f"Guest Number{number}" for number in range(MOST_LINES + 1)), "501 lines"),
        ("Members:\n", "nobody in this list"),
        ("", "required"),
    ],
)
def test_a_list_that_cannot_be_taken_is_refused_and_comes_back(
    desk: Client, event: Event, abroad: Country, text: str, said: str
) -> None:
    answer = desk.post(url(event), sent(abroad, text, look="1"))
    assert answer.status_code == 422
    assert said in str(answer.context["form"].errors["text"])
    assert answer.context["form"]["text"].value() == text


def test_somebody_hidden_is_neither_offered_nor_taken(client: Client, event: Event, abroad: Country) -> None:
    hidden = makers.a_person("Hidden", "Anna", country=abroad, mark="official")
    client.force_login(makers.a_user("desk_officer"))
    looked = client.post(url(event), sent(abroad, "Anna Hidden", look="1"))
    [look] = looked.context["looks"]
    is_offered = f"p{hidden.pk}" in dict(look.choices)
    assert is_offered == Person.objects.visible_to(looked.wsgi_request.user).filter(pk=hidden.pk).exists()
    assert not is_offered
    forced = filled(looked) | {"who-1": f"p{hidden.pk}"}
    assert client.post(url(event), sent(abroad, "Anna Hidden", save="1") | forced).status_code == 422
    assert Participation.objects.count() == 0


def test_somebody_of_another_country_is_doubtful(desk: Client, event: Event, abroad: Country) -> None:
    makers.a_person("Example", "Anna", country=makers.a_country())
    [look] = desk.post(url(event), sent(abroad, "Anna Example", look="1")).context["looks"]
    assert look.doubt == "Is of another country than this side."


def test_nobody_is_added_when_one_line_cannot_stand(officer: User, event: Event, abroad: Country) -> None:
    there = makers.a_person("Example", "Anna", country=abroad)
    makers.kept(Participation(event=event, person=there))
    coming = [Coming(1, "Guest", None, "member", ""), Coming(2, "Anna Example", there, "member", "")]
    with pytest.raises(Refused, match="Line 2"):
        add_people(event, coming, country=abroad, language="en", by=officer)
    assert event.participations.count() == 1


def test_a_second_list_stands_after_the_first(officer: User, event: Event, abroad: Country) -> None:
    for name in ("First", "Second"):
        add_people(event, [Coming(1, name, None, "member", "")], country=abroad, language="en", by=officer)
    assert list(event.participations.order_by("order").values_list("printed_name", "order")) == [
        ("First", 1),
        ("Second", 2),
    ]
