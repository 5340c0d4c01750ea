"""Names of people: the block by language, what stands beside a name, proposals, and the order of each alphabet."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import override

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.addresses import address
from interparl.core.listing import in_order
from interparl.core.writing import Planned, Refused, change, change_many
from interparl.directory.blocks.names import beside_name, known_names, names_of, proposals_for
from interparl.directory.models import ContactPoint, Mandate, Person, PersonName
from tests import makers

pytestmark = pytest.mark.django_db

Kind = PersonName.Kind


def rows_of(person: Person, user: User, language: str = "en") -> list[PersonName]:
    """The rows of the block."""
    content: Any = names_of(person, makers.a_reading(user, language=language))
    return list(content.table.rows)


def page_of(client: Client, person: Person) -> str:
    return client.get(address(("directory.person", person.pk))).content.decode()


def test_names_stand_by_language_with_the_one_that_is_shown_first(officer: User) -> None:
    person = makers.a_person("Now", "Anna")
    makers.a_name(person, family="Before", given="Anna", kind=Kind.FORMER, until="2010")
    makers.a_name(person, family="Chosen", given="Anna", kind=Kind.KNOWN_AS, is_preferred=True)
    makers.a_name(person, family="Пример", given="Анна", language="ru")
    makers.a_name(person, family="Przykład", given="Anna", language="pl")
    kept = [(one.language, one.family) for one in rows_of(person, officer) if one.pk]
    assert kept == [("en", "Chosen"), ("en", "Now"), ("en", "Before"), ("ru", "Пример"), ("pl", "Przykład")]


def test_titles_stand_beside_the_name_and_change_neither_label_nor_order(client: Client, officer: User) -> None:
    person = makers.a_person("Example")
    makers.a_name(person, family="Example", given="Anna", prefix="Dr", suffix="MP", is_preferred=True)
    client.force_login(officer)
    page = page_of(client, person)
    assert page.count("Dr … MP") == 2
    assert (person.label_in("en"), person.sort_text_in("en")) == ("Anna Example", "Example Anna")


def test_titles_are_those_of_the_language_that_is_read_on_days_when_the_name_holds(officer: User) -> None:
    person = makers.a_person("Example")
    makers.a_name(person, family="Example", prefix="Sir", since="2016")
    makers.a_name(person, family="Пример", language="ru", prefix="д-р")
    assert beside_name(person, makers.a_reading(officer)) == "д-р"
    assert beside_name(person, makers.a_reading(officer, date(2017, 1, 1))) == "Sir"
    assert beside_name(person, makers.a_reading(officer, date(2017, 1, 1), "ru")) == "д-р"


def test_the_page_asks_for_names_once(officer: User) -> None:
    person = makers.a_person("Example")
    reading = makers.a_reading(officer)
    with CaptureQueriesContext(connection) as asked:
        known_names(person, reading)
        beside_name(person, reading)
        known_names(person, reading)
    assert len(asked) == 1


def test_a_form_is_proposed_for_each_language_without_one_and_nothing_is_kept(client: Client, officer: User) -> None:
    person = makers.kept(Person())
    makers.a_name(person, family="Лукашэвіч", given="Мікалай", language="be")
    drafts = [one for one in rows_of(person, officer) if one.pk is None]
    assert {one.language for one in drafts} == {"en", "ru"}
    assert all(one.family and one.given for one in drafts)
    client.force_login(officer)
    page = page_of(client, person)
    assert "is-proposed" in page
    assert "from the name in Belarusian" in page
    assert PersonName.objects.count() == 1


def test_one_press_on_a_proposal_opens_the_form_with_it(client: Client, officer: User) -> None:
    person = makers.kept(Person())
    makers.a_name(person, family="Лукашэвіч", given="Мікалай", patronymic="Пятровіч", language="be")
    content: Any = names_of(person, makers.a_reading(officer))
    draft = next(one for one in content.table.rows if one.language == "ru" and one.pk is None)
    leads = content.table.columns["text"].address(draft)
    asked = {name: value for name, [value] in parse_qs(urlsplit(leads).query).items()}
    assert asked == {
        "person": str(person.pk),
        "language": "ru",
        "script": "Cyrl",
        "given": "Николай",
        "patronymic": "Петрович",
        "family": draft.family,
        "grade": "likely",
    }
    client.force_login(officer)
    assert f'href="{escape(leads)}"' in page_of(client, person)
    form = client.get(leads).context["form"]
    assert (form["given"].value(), form["patronymic"].value(), form["grade"].value()) == (
        "Николай",
        "Петрович",
        "likely",
    )
    assert PersonName.objects.count() == 1


def test_nothing_is_proposed_from_a_name_that_the_reader_may_not_know(officer: User, administrator: User) -> None:
    person = makers.kept(Person())
    makers.a_name(person, family="Лукашэвіч", given="Мікалай", language="be", mark="official")
    assert rows_of(person, officer) == []
    assert len(rows_of(person, administrator)) > 1


def test_a_hidden_form_leaves_the_same_proposals_as_none(officer: User) -> None:
    person = makers.kept(Person())
    makers.a_name(person, family="Лукашэвіч", given="Мікалай", language="be")
    before = proposals_for(person, makers.a_reading(officer))
    makers.a_name(person, family="Secretovich", given="Nikolai", language="en", mark="official")
    assert proposals_for(person, makers.a_reading(officer)) == before != []


@pytest.mark.parametrize("values", [{"kind": Kind.PASSPORT}, {"kind": Kind.FORMER}, {"until": "2010"}])
def test_nothing_is_proposed_from_a_passport_nor_from_a_name_out_of_use(officer: User, values: dict[str, Any]) -> None:
    person = makers.kept(Person())
    makers.a_name(person, family="Лукашэвіч", given="Мікалай", language="be", **values)
    assert proposals_for(person, makers.a_reading(officer)) == []


def test_proposals_are_for_who_may_add_a_name_and_not_on_a_past_day(officer: User, member: User) -> None:
    person = makers.kept(Person())
    makers.a_name(person, family="Лукашэвіч", given="Мікалай", language="be")
    reading = makers.a_reading(officer)
    reading.is_past = True
    past: Any = names_of(person, reading)
    assert [one.pk is None for one in past.table.rows] == [False]
    assert [one.pk is None for one in rows_of(person, member)] == [False]


ALPHABETS = {
    # Ё after Е, І after З, Й after І, Ў after У: letters of their own.
    "be": ["Дзічок", "Ермак", "Ёдка", "Жук", "Зуб", "Ігнат", "Йода", "Кот", "Уласаў", "Ўсход", "Фёдараў"],
    # Ё is filed with Е, and stands after it where all else is alike.
    "ru": ["Ежов", "Елин", "Ёлкин", "Емелин", "Ерин", "Ёрин", "Ершов", "Жуков"],
    "en": ["Adams", "Ålund", "Baker", "Çelik", "Davis", "d’Este", "Ek"],
}


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
def test_people_are_listed_in_the_order_of_the_alphabet_of_the_language(
    client: Client, officer: User, language: str, *, down: bool
) -> None:
    families = ALPHABETS[language]
    for family in sorted(families, key=lambda one: one[::-1]):
        makers.a_person(family, "", language=language)
    client.force_login(officer)
    with override(language):
        answer = client.get(
            f"/desk/people/?sort={'-' if down else ''}label&format=json", headers={"Accept-Language": language}
        )
    listed = [row["label"] for row in answer.json()["rows"]]
    assert listed == (families[::-1] if down else families)


def test_a_list_is_sorted_by_the_names_of_the_language_that_is_read(client: Client, officer: User) -> None:
    for latin, cyrillic in (("Zhuk", "Жук"), ("Yodka", "Ёдка"), ("Ihnat", "Ігнат")):
        person = makers.a_person(latin, "")
        makers.a_name(person, family=cyrillic, language="be")
    client.force_login(officer)
    found = {
        language: [
            row["label"]
            for row in client.get("/desk/people/?format=json", headers={"Accept-Language": language}).json()["rows"]
        ]
        for language in ("en", "be")
    }
    assert found == {"en": ["Ihnat", "Yodka", "Zhuk"], "be": ["Ёдка", "Жук", "Ігнат"]}


@pytest.mark.parametrize("listed", ["mandates", "names"])
@pytest.mark.parametrize("language", ["be", "ru"])
def test_rows_about_people_are_sorted_by_their_names_in_that_alphabet(
    client: Client, officer: User, listed: str, language: str
) -> None:
    families = ALPHABETS[language]
    chamber = makers.a_chamber()
    for family in sorted(families, key=lambda one: one[::-1]):
        makers.a_mandate(makers.a_person(family, "", language=language), chamber)
    client.force_login(officer)
    for sort, expected in (("person", families), ("-person", families[::-1])):
        answer = client.get(f"/desk/{listed}/?days=all&format=json&sort={sort}", headers={"Accept-Language": language})
        assert [row["person"] for row in answer.json()["rows"]] == expected


def test_a_person_whom_the_reader_may_not_know_of_sorts_as_nobody() -> None:
    reader = makers.a_user("ministry_liaison")
    public: dict[str, Any] = {"mark": "public", "published_on": "2015-01-01"}
    people = [makers.a_person(name, "", **public) for name in ("Bee", "Ant")]
    hidden = makers.a_person("Aaa", "")
    for one in (*people, hidden):
        makers.a_mandate(one, **public)
    rows = Mandate.objects.order_by(in_order(Mandate, "person__label", reader, "en"), "pk")
    assert [row.person for row in rows] == [hidden, people[1], people[0]]


def test_a_picture_is_a_link_and_is_never_loaded_by_the_page(client: Client, officer: User) -> None:
    person = makers.a_person()
    picture = "https://example.org/a.jpg?x=1&y=2"
    point = makers.kept(ContactPoint(person=person, kind="photo", value=picture))
    client.force_login(officer)
    page = page_of(client, person)
    assert f'<a href="{escape(picture)}" rel="noopener noreferrer">' in page
    assert f'src="{escape(picture)}"' not in page
    assert address(("directory.contactpoint", point.pk), "edit") in page


@pytest.mark.parametrize("value", ["javascript:alert(1)", "data:image/png;base64,xx", "picture.jpg", "//example.org/a"])
def test_a_picture_without_a_web_address_is_refused_and_an_imported_one_questioned_and_not_linked(
    client: Client, officer: User, value: str
) -> None:
    person = makers.a_person()
    draft = ContactPoint(person=person, kind="photo", value=value)
    with pytest.raises(Refused), change(draft, by=officer):
        pass
    change_many([Planned(draft)], by=Actor.command("tests"))
    assert draft.questioned == ["no-address"]
    client.force_login(officer)
    page = page_of(client, person)
    assert escape(value) in page
    assert f'href="{escape(value)}"' not in page
