"""Search by name: the best first, and nothing that the reader may not know of."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.finding import find
from tests import makers

pytestmark = pytest.mark.django_db
KINDS = ["directory.person", "directory.country", "directory.organisation"]


def found(
    query: str, user: User | AnonymousUser, language: str = "en", kinds: list[str] | None = None
) -> list[tuple[str, str]]:
    """Labels and the spellings that matched, best first."""
    return [(one.label, one.matched) for one in find(query, user, language, kinds=kinds or KINDS)]


def test_the_shorter_name_comes_first_when_others_hold_the_word_too(officer: User) -> None:
    makers.an_organisation("b", "Assembly of Armenia")
    makers.an_organisation("c", "Union", acronym={"en": {"text": "Armenia Group", "state": "reviewed", "of": ""}})
    makers.a_country("AM", "Armenia")
    assert found("armen", officer) == [
        ("Armenia", "Armenia"),
        ("Union", "Armenia Group"),
        ("Assembly of Armenia", "Assembly of Armenia"),
    ]


def test_a_person_is_found_by_surname_or_given_name_when_either_is_typed_first(officer: User) -> None:
    makers.a_person("Example", "Anna")
    for query in ("exam", "anna ex", "Example Anna"):
        assert found(query, officer) == [("Anna Example", "Anna Example")]


def test_a_person_is_found_in_every_script_when_the_reader_reads_another(officer: User) -> None:
    person = makers.a_person("Example", "Anna")
    makers.a_name(person, family="Прыклад", given="Ганна", language="be")
    assert found("прыклад", officer) == [("Anna Example", "Ганна Прыклад")]
    assert found("прыклад", officer, "be") == [("Ганна Прыклад", "Ганна Прыклад")]
    assert found("example", officer, "be") == [("Ганна Прыклад", "Anna Example")]


@pytest.mark.parametrize("query", ["", " ", "—", "%", "nobody", "\x00", "'", "ann mple"])
def test_nothing_is_found_when_nothing_is_called_so(query: str, officer: User) -> None:
    makers.a_person("Example", "Anna")
    assert found(query, officer) == []


def test_the_public_finds_what_is_published_when_it_searches() -> None:
    makers.a_country("AM", "Armenia")
    makers.a_country("AT", "Armorica", mark="public", published_on="2014-01-01")
    makers.a_country("AU", "Armenonia", mark="public")
    assert found("arm", AnonymousUser()) == [("Armorica", "Armorica")]


def test_the_language_of_a_label_is_named_when_it_is_not_the_reader_s(officer: User) -> None:
    makers.a_country("AM", "Armenia")
    [one] = find("arm", officer, "be", kinds=KINDS)
    assert (one.spoken, one.title, one.url) == ("en", "country", address(("directory.country", one.key)))


def test_only_the_kinds_asked_for_are_searched_when_they_are_given(officer: User) -> None:
    makers.a_country("AM", "Armenia")
    makers.an_organisation("a", "Armenian assembly")
    assert found("arm", officer, kinds=["directory.organisation"]) == [("Armenian assembly", "Armenian assembly")]


def test_the_only_match_opens_at_once_when_enter_is_pressed(client: Client, officer: User) -> None:
    country = makers.a_country("AM", "Armenia")
    client.force_login(officer)
    answer = client.get(reverse("find"), {"q": "arm"})
    assert (answer.status_code, answer["Location"]) == (302, address(("directory.country", country.pk)))
    makers.a_country("AU", "Armorica")
    answer = client.get(reverse("find"), {"q": "arm"})
    assert (answer.status_code, [one.label for one in answer.context["found"]]) == (200, ["Armenia", "Armorica"])


def test_the_sure_match_opens_when_it_was_asked_to_open_and_is_not_the_first(client: Client, officer: User) -> None:
    makers.an_organisation("a", "Assembly of Beta")
    country = makers.a_country("BE", "Beta")
    client.force_login(officer)
    answer = client.get(reverse("find"), {"q": "beta", "open": "1"})
    assert (answer.status_code, answer["Location"]) == (302, address(("directory.country", country.pk)))


def test_suggestions_come_by_kind_with_people_first_when_typing(client: Client, officer: User) -> None:
    makers.a_country("AM", "Annaland")
    makers.a_person("Example", "Anna")
    client.force_login(officer)
    groups = client.get(reverse("suggest"), {"q": "ann"}).context["groups"]
    assert [(str(group.title), [item.title for item in group.items]) for group in groups] == [
        ("People", ["Anna Example"]),
        ("Countries", ["Annaland"]),
    ]


def test_searching_asks_to_sign_in_when_a_stranger_does_it(client: Client) -> None:
    for name in ("find", "suggest"):
        assert client.get(reverse(name), {"q": "arm"}).status_code == 302
