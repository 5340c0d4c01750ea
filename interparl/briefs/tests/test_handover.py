"""Handover files: what is in them, in which order, for whom, as of which day, and what they say is not known."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from interparl.accounts.models import Acting, User
from interparl.accounts.roles import INTERNAL, OFFICIAL, PUBLIC
from interparl.bodies.models import LetterDue
from interparl.briefs.exports import OFFICER, Handover, book_of, handover_of, mark_of, subject_of
from interparl.core.blocks import Rows, Timeline
from interparl.core.days import begin_scope, end_scope
from interparl.core.models import Grade
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.directory.models import Portfolio
from interparl.exchange.models import Batch
from interparl.paper.book import Lines
from interparl.paper.plain import plain
from tests.makers import (
    a_body,
    a_country,
    a_decision,
    a_document,
    a_membership,
    a_name,
    a_parliament,
    a_person,
    a_reading,
    a_seat,
    a_user,
    an_organisation,
    kept,
    the_home_parliament,
)

pytestmark = pytest.mark.django_db
DAY = date(2015, 6, 1)


def file_of(subject: Record | User, reader: User | AnonymousUser, day: date = DAY) -> Handover:
    """The file as that reader has it."""
    return handover_of(subject, a_reading(reader, day))


def told(handover: Handover) -> str:
    """All words of the book."""
    return str(plain(book_of(handover)))


def keys(handover: Handover, chapter: int = 0) -> list[str]:
    """What a chapter has, in order."""
    return [section.key for section in handover.chapters[chapter].sections]


def test_a_body_has_who_sits_who_sat_before_and_what_is_due(officer: User) -> None:
    home = the_home_parliament()
    before = a_body(name="Group of the fourth", parliaments=[home], since="2009", until="2012")
    body = a_body(name="Group of the fifth", parliaments=[home], since="2013", continues=before)
    a_membership(before, a_person("Earlier"), since="2009", until="2012")
    a_membership(body, a_person("Left"), since="2013", until="2014")
    a_membership(body, a_person("Sits"), since="2013", decision=a_decision("14"))
    a_seat(body.parts.get())
    organisation = an_organisation(name="The Assembly")
    kept(LetterDue(about="composition", organisation=organisation, body=body, due_on=date(2015, 7, 1)))
    a_document(body, "The founding act")
    file = file_of(body, officer)
    found = {section.key: section.content for section in file.chapters[0].sections}
    rows = {key: content.table.rows for key, content in found.items() if isinstance(content, Rows)}
    reading = file.reading
    assert [reading.name("directory.person", one.person_id) for one in rows["composition"]] == ["Anna Sits"]
    assert [reading.name("directory.person", one.person_id) for one in rows["sat-before"]] == [
        "Anna Left",
        "Anna Earlier",
    ]
    assert {key: len(rows[key]) for key in ("vacancies", "decisions", "letters-due", "documents")} == {
        "vacancies": 1,
        "decisions": 1,
        "letters-due": 1,
        "documents": 1,
    }
    assert isinstance(found["lineage"], Timeline)
    assert isinstance(found["changes"], Timeline)
    assert keys(file)[:3] == ["attention", "facts", "composition"]


def test_what_is_not_known_is_said(officer: User) -> None:
    gaps = file_of(a_body(), officer).gaps
    assert "No decision is known." in gaps
    assert "Nobody is known to have sat in it on this day." in gaps
    assert "No document is attached." in gaps


def test_what_is_known_is_no_gap(officer: User) -> None:
    body = a_body(parliaments=[the_home_parliament()])
    a_membership(body, decision=a_decision())
    assert "No decision is known." not in file_of(body, officer).gaps


def test_all_rows_are_in_it_where_the_page_shows_the_first(officer: User) -> None:
    body = a_body(parliaments=[the_home_parliament()])
    for _number in range(9):
        a_membership(body, decision=a_decision())
    found = {one.key: one.content for one in file_of(body, officer).chapters[0].sections}
    decisions = found["decisions"]
    assert isinstance(decisions, Rows)
    assert (len(decisions.table.rows), decisions.table.total, decisions.add, decisions.more) == (9, 9, "", "")


def test_another_day_has_another_composition(officer: User) -> None:
    body = a_body(parliaments=[the_home_parliament()])
    a_membership(body, a_person("Early"), since="2010", until="2012")
    a_membership(body, a_person("Late"), since="2013")
    assert ("Anna Late" in told(file_of(body, officer)), "Anna Early" in told(file_of(body, officer))) == (True, True)
    earlier = told(file_of(body, officer, date(2011, 1, 1)))
    assert ("Anna Early" in earlier, "Anna Late" in earlier) == (True, False)


def test_what_needs_attention_stands_before_what_it_is(officer: User) -> None:
    body = a_body(parliaments=[the_home_parliament()], until="2015-07")
    a_membership(body)
    assert keys(file_of(body, officer))[0] == "attention"
    content = file_of(body, officer).chapters[0].sections[0].content
    assert isinstance(content, Lines)
    assert content.lines


def test_a_country_has_the_dossier_and_its_parliaments(officer: User) -> None:
    country = a_country(name="Fareland")
    home, theirs = the_home_parliament(), a_parliament(country, name="The Diet")
    a_body(name="Group on Fareland", parliaments=[home], countries=[country])
    a_body(name="Their committee", parliaments=[theirs])
    file = file_of(country, officer)
    assert [chapter.title for chapter in file.chapters] == ["Fareland", "The Diet"]
    words = told(file)
    assert ("Group on Fareland" in words, "Their committee" in words) == (True, True)
    assert "No relations with us are known." in file.gaps


def test_an_officer_has_a_chapter_for_each_of_his_on_the_day(officer: User, head: User) -> None:
    country, organisation, gone = a_country(name="Zedland"), an_organisation(name="An Assembly"), a_country(name="Gone")
    deputy = a_user()
    kept(Portfolio(user=officer, country=country, since="2012", deputy=deputy))
    kept(Portfolio(user=officer, organisation=organisation, since="2012"))
    kept(Portfolio(user=officer, country=gone, since="2010", until="2011"))
    Batch.objects.create(kind="people-csv", name="members.csv", user=officer, actor="x")
    file = file_of(officer, head)
    assert [chapter.title for chapter in file.chapters] == ["Portfolio", "Zedland", "An Assembly"]
    assert keys(file) == ["facts", "portfolio", "imports"]
    assert "No deputy is named." not in file.gaps
    assert ("members.csv" in told(file), deputy.username in told(file)) == (True, True)


def test_an_officer_without_anything_has_gaps(officer: User) -> None:
    assert file_of(officer, officer).gaps == [
        "No country and no organisation is known that this officer looks after.",
        "No deputy is named.",
    ]


def seen(officer: User, reader: User | AnonymousUser) -> bool:
    """Whether the reader may have the officer's file."""
    return subject_of((OFFICER, officer.pk), a_reading(reader)) is not None


def test_an_officer_s_file_is_for_him_his_deputy_his_head_and_who_keeps_accounts(
    officer: User, head: User, administrator: User, member: User
) -> None:
    colleague = a_user()
    assert [seen(officer, one) for one in (officer, head, administrator)] == [True, True, True]
    assert [seen(officer, one) for one in (colleague, member, AnonymousUser())] == [False, False, False]
    Acting.objects.create(user=officer, deputy=colleague, since=date(2015, 1, 1), until=date(2015, 12, 31))
    assert seen(officer, colleague)


@pytest.mark.parametrize("kind", ["core.source", "bodies.membership", "x", "accounts.acting"])
def test_other_kinds_have_no_file(kind: str, administrator: User) -> None:
    assert subject_of((kind, 1), a_reading(administrator)) is None


def test_the_mark_is_the_highest_of_what_the_reader_finds_in_it(head: User, officer: User) -> None:
    body = a_body(parliaments=[the_home_parliament()])
    a_membership(body, decision=a_decision(mark=OFFICIAL))
    assert mark_of(file_of(body, head)) == OFFICIAL
    assert mark_of(file_of(body, officer)) == INTERNAL
    assert book_of(file_of(body, head)).mark == OFFICIAL


def test_a_file_for_the_public_has_what_is_public(officer: User) -> None:
    body = a_body(mark=PUBLIC, published_on=DAY)
    assert mark_of(file_of(body, AnonymousUser())) == PUBLIC


def test_nothing_hidden_is_in_the_book(officer: User) -> None:
    home = the_home_parliament()
    body = a_body(parliaments=[home], name="Known group")
    a_membership(body, a_person("Hidden", mark=OFFICIAL))
    a_membership(body, decision=a_decision("SECRET-7", mark=OFFICIAL))
    a_document(body, "Concealed letter", mark=OFFICIAL)
    a_body(name="Covert group", parliaments=[home], mirror_of=body, mark=OFFICIAL)
    words = told(file_of(body, officer))
    assert [word for word in ("Hidden", "SECRET-7", "Concealed", "Covert") if word in words] == []


def test_the_grade_is_the_lowest_of_what_is_in_it(officer: User) -> None:
    body = a_body(parliaments=[the_home_parliament()])
    assert book_of(file_of(body, officer)).grade == Grade.STATED
    a_membership(body, grade=Grade.LIKELY)
    assert book_of(file_of(body, officer)).grade == Grade.LIKELY
    a_membership(body, grade=Grade.ILLUSTRATIVE)
    assert book_of(file_of(body, officer)).grade == Grade.ILLUSTRATIVE


def test_a_name_that_cannot_be_printed_has_its_form_in_another_language(officer: User) -> None:
    person = a_person("\U00012000\U00012001", "\U00012002", language="ru")
    a_name(person, family="Readable", given="Anna", language="en")
    body = a_body(parliaments=[the_home_parliament()])
    a_membership(body, person)
    with override("ru"):
        words = str(plain(book_of(handover_of(body, a_reading(officer, DAY, "ru")))))
    assert "Anna Readable" in words


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_a_file_is_in_the_language_that_was_asked_for(language: str, officer: User) -> None:
    body = a_body()
    with override(language):
        book = plain(book_of(handover_of(body, Reading(user=officer, language=language, day=DAY))))
    assert book.language == language
    kinds = {"en": "Working group", "ru": "Рабочая группа", "be": "Рабочая група"}
    assert kinds[language] in str(book)


def test_a_file_asks_no_more_for_many_members_than_for_few(officer: User) -> None:
    home = the_home_parliament()

    def asked(members: int) -> int:
        body = a_body(parliaments=[home])
        for _number in range(members):
            a_membership(body)
        # As within a request or a command: the settings are read once.
        begin_scope()
        try:
            with CaptureQueriesContext(connection) as queries:
                told(file_of(body, officer))
        finally:
            end_scope()
        return len(queries)

    few = asked(2)
    assert asked(9) <= few
