"""The page of a handover file, and the files that it gives."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.accounts.roles import OFFICIAL
from interparl.bodies.models import Body
from interparl.core.models import ReadEntry
from interparl.directory.models import Portfolio
from interparl.paper import typeset
from tests.makers import a_body, a_country, a_decision, a_membership, a_person, a_user, kept, the_home_parliament
from tests.printing import pages_of, squeezed, words_of

pytestmark = pytest.mark.django_db


def address(record: Any, kind: str = "", **query: str) -> str:
    """The address of a file."""
    found = reverse("briefs:handover", args=(kind or record.record_kind(), record.pk))
    return found + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def a_group() -> Body:
    """A group with a member, by a decision."""
    body = a_body(name="Group on Fareland", parliaments=[the_home_parliament()], countries=[a_country(name="Fareland")])
    a_membership(body, a_person("Nowak"), since="2013", decision=a_decision("14", "2013-02-01"))
    return body


def test_the_page_shows_the_file(desk: Client) -> None:
    page = desk.get(address(a_group(), on="2015-06-01")).content.decode()
    assert all(
        words in page for words in ("Handover file: Group on Fareland", "Anna Nowak", "What is not in this file")
    )
    assert page.count("<h1") == 1


def test_the_printed_book_has_the_values_of_the_page(desk: Client) -> None:
    body = a_group()
    page = desk.get(address(body, on="2015-06-01"))
    answer = desk.get(address(body, on="2015-06-01", format="pdf"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="handover-body-{body.pk}-2015-06-01.pdf"'
    printed = squeezed(words_of(answer.content))
    for chapter in page.context["chapters"]:
        for section in chapter.sections:
            assert squeezed(str(section.title)) in printed
            if section.content.kind == "table":
                values = [
                    str(value) for row in section.content.table.values() for value in row if isinstance(value, str)
                ]
                assert [
                    value
                    for value in values
                    if squeezed(value).lower() not in printed.lower() and not value[:4].isdigit()
                ] == []
        for gap in chapter.gaps:
            assert squeezed(gap) in printed


def test_the_word_file_is_given(desk: Client) -> None:
    answer = desk.get(address(a_group(), format="docx"))
    assert answer.status_code == 200
    assert docx.Document(io.BytesIO(answer.content)).paragraphs[0].text == "Group on Fareland"


def test_the_language_can_be_another_than_the_reader_s(desk: Client) -> None:
    body = a_group()
    assert "Рабочая группа" in desk.get(address(body, lang="ru")).content.decode()
    assert "Рабочая группа" in words_of(desk.get(address(body, lang="ru", format="pdf")).content)


@pytest.mark.parametrize("query", [{"on": "2015-13-01"}, {"lang": "xx"}])
def test_a_day_or_language_that_is_none_is_said(desk: Client, query: dict[str, str]) -> None:
    body = a_group()
    page = desk.get(address(body, **query))
    assert (page.status_code, next(iter(query.values())) in page.content.decode()) == (400, True)
    assert desk.get(address(body, format="pdf", **query)).status_code == 400


def test_who_may_not_know_of_a_record_gets_the_answer_for_none(desk: Client) -> None:
    hidden = a_body(mark=OFFICIAL)
    for form in ("", "pdf", "docx"):
        answers = [
            desk.get(address(hidden, format=form)),
            desk.get(reverse("briefs:handover", args=("bodies.body", 9**9))),
        ]
        assert [one.status_code for one in answers] == [404, 404]


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    assert client.get(address(a_group())).status_code == 302


def test_an_officer_s_file_is_not_for_a_colleague(desk: Client, officer: User) -> None:
    assert desk.get(address(officer, "accounts.user")).status_code == 200
    assert desk.get(address(a_user(), "accounts.user")).status_code == 404


def test_what_is_for_official_use_is_stamped_on_every_page_and_its_reading_is_logged(
    client: Client, head: User
) -> None:
    body = a_group()
    for number in range(60):
        a_membership(body, decision=a_decision(f"S-{number}", mark=OFFICIAL), since="2013")
    client.force_login(head)
    answer = client.get(address(body, format="pdf"))
    pages = pages_of(answer.content)
    assert len(pages) > 1
    assert all("For official use" in page for page in pages)
    logged = ReadEntry.objects.filter(user=head, kind="bodies.decision")
    assert logged.count() == 60
    assert {entry.address for entry in logged} == {address(body, format="pdf")}


def test_nothing_hidden_is_in_the_file_or_in_what_it_says_of_itself(desk: Client) -> None:
    body = a_group()
    a_membership(body, a_person("Unheard", mark=OFFICIAL), since="2013")
    answer = desk.get(address(body, format="pdf"))
    assert "Unheard" not in words_of(answer.content)
    assert b"Unheard" not in answer.content
    assert "Internal" in words_of(answer.content)


@pytest.mark.parametrize("name", ["#1 *x* _y_", "&\\ $x$ @y", "q" * 100, "محمد", "李", '#read("/x")', "[a] = b"])
def test_hostile_names_are_printed(desk: Client, name: str) -> None:
    body = a_body(parliaments=[the_home_parliament()])
    a_membership(body, a_person(name, name))
    for form in ("pdf", "docx"):
        assert desk.get(address(body, format=form)).status_code == 200


def test_a_fault_of_the_printer_is_said_on_the_page(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    body = a_group()

    def fails() -> Any:
        raise typeset.NotPrinted("no paper")

    monkeypatch.setattr(typeset, "_fonts", fails)
    answer = desk.get(address(body, format="pdf"))
    assert (answer.status_code, "no paper" in answer.content.decode()) == (500, True)


@pytest.mark.parametrize("on", ["", "?on=2014-02-03"])
def test_the_pages_of_a_body_and_a_country_lead_to_it(desk: Client, on: str) -> None:
    for record in (a_group(), a_country()):
        page = desk.get(_page(record) + on)
        assert f'href="{address(record)}{on}"' in page.content.decode()


def _page(record: Any) -> str:
    model = record._meta
    return reverse(f"{model.app_label}:{model.model_name}-show", args=(record.pk,))


def test_the_page_of_a_user_leads_to_it(client: Client, administrator: User, officer: User) -> None:
    client.force_login(administrator)
    page = client.get(reverse("administration:user-show", args=(officer.pk,))).content.decode()
    assert f'href="{address(officer, "accounts.user")}"' in page


def test_an_officer_finds_his_own_on_the_first_page(desk: Client, officer: User) -> None:
    kept(Portfolio(user=officer, country=a_country(), since="2012"))
    assert f'href="{address(officer, "accounts.user")}"' in desk.get(reverse("home")).content.decode()


def test_an_officer_s_page_has_no_key_twice(desk: Client, officer: User) -> None:
    for number in range(3):
        kept(Portfolio(user=officer, country=a_country(name=f"Land {number}"), since=date(2012, 1, 1).isoformat()))
    page = desk.get(address(officer, "accounts.user")).content.decode()
    names = [part.partition('"')[0] for part in page.split(' id="')[1:]]
    assert sorted(names) == sorted(set(names))


def test_what_stands_in_files_alone_is_not_on_the_page_of_the_record(desk: Client) -> None:
    body = a_group()
    a_membership(body, a_person("Before"), since="2010", until="2012")
    here = {"page": desk.get(_page(body)).content.decode(), "file": desk.get(address(body)).content.decode()}
    assert {name: "Who sat before" in words for name, words in here.items()} == {"page": False, "file": True}
    assert {name: words.count(">Composition</h2>") for name, words in here.items()} == {"page": 1, "file": 1}


def test_nothing_that_is_for_one_reader_or_changes_something_is_in_the_file(desk: Client) -> None:
    page = desk.get(address(a_group())).content.decode().partition("<main")[2].partition("</main>")[0]
    assert [
        words for words in ("looked", ">Add<", ">Replace<", ">Change<", '<form method="post') if words in page
    ] == []
