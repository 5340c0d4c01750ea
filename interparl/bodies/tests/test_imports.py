"""Tables of bodies and their members: roles, periods, who is meant, and what is only asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from interparl.bodies.models import Body, Membership, Partner
from interparl.bodies.rules import role_of
from interparl.core.translated import written
from interparl.directory.models import Person
from interparl.exchange.actions import apply, preview
from interparl.exchange.models import Batch, SavedMapping
from tests import makers
from tests.makers import BY
from tests.valley import numbers, told

pytestmark = pytest.mark.django_db
HEADING = "person,body,role,since,until\n"


def looked_at(text: str, kind: str = "memberships-csv", on: date | None = None, **options: str) -> Batch:
    return preview(kind, text.encode(), "list.csv", by=BY, on=on, options=options)


def taken(text: str, kind: str = "memberships-csv", on: date | None = None, **options: str) -> Batch:
    batch = looked_at(text, kind, on, **options)
    apply(batch, by=BY)
    return batch


def rows() -> list[tuple[str, str, str]]:
    """Role and days of all memberships, in the order of their making."""
    return list(Membership.objects.order_by("pk").values_list("role", "since", "until"))


@pytest.fixture
def body(db: None) -> Body:
    """A group of the home parliament, two people, and a mapping that makes those who are not known."""
    found = makers.a_body("friends", "Friends")
    makers.a_part(found, makers.the_home_parliament())
    makers.a_person("Nowak")
    makers.a_person("Lis", "Jan")
    columns = [{"from": name, "to": name} for name in ("person", "body", "role", "since", "until")]
    data: dict[str, Any] = {"columns": columns, "place": {"people": "make"}}
    makers.kept(SavedMapping(code="makes", kind="memberships-csv", name=written({"en": "Makes"}), data=data))
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ("member", True)),
        ("Member", ("member", True)),
        ("Chair", ("head", True)),
        ("Chair & Registered Contact", ("head", False)),
        ("Vice-Chair", ("deputy-head", True)),
        ("deputy-head", ("deputy-head", True)),
        ("Председатель", ("head", True)),
        ("Заместитель руководителя", ("deputy-head", True)),
        ("намеснік старшыні", ("deputy-head", True)),
        ("Сакратар", ("secretary", True)),
        ("Convener", ("member", False)),
    ],
)
def test_words_of_lists_name_roles(words: str, expected: tuple[str, bool]) -> None:
    assert role_of(words) == expected


def test_who_left_and_came_back_has_two_rows(body: Body) -> None:
    text = HEADING + "Anna Nowak,Friends,,2012,2014\nAnna Nowak,Friends,,2016,\n"
    taken(text)
    assert rows() == [("member", "2012", "2014"), ("member", "2016", "")]
    assert set(numbers(looked_at(text))) == {"same"}


def test_who_is_missing_in_one_edition_and_there_in_the_next_has_two_rows(body: Body) -> None:
    one, both = HEADING + "Jan Lis,Friends,,,\n", HEADING + "Jan Lis,Friends,,,\nAnna Nowak,Friends,,,\n"
    for text, year in ((both, 2014), (one, 2015), (both, 2016)):
        taken(text, on=date(year, 1, 1))
    assert rows() == [
        ("member", "..2014-01-01", ""),
        ("member", "..2014-01-01", "2014-01-01..2014-12-31"),
        ("member", "2015-01-02..2016-01-01", ""),
    ]
    assert set(numbers(looked_at(both, on=date(2016, 1, 1)))) == {"same"}


def test_an_end_that_was_between_two_editions_becomes_the_day_that_a_file_tells(body: Body) -> None:
    taken(HEADING + "Jan Lis,Friends,,,\nAnna Nowak,Friends,,,\n", on=date(2014, 1, 1))
    taken(HEADING + "Jan Lis,Friends,,,\n", on=date(2015, 1, 1))
    taken(HEADING + "Jan Lis,Friends,,,\nAnna Nowak,Friends,,,2014-06-30\n", on=date(2016, 1, 1))
    assert [until for _role, _since, until in rows()] == ["", "2014-06-30"]


def test_who_is_gone_is_named_with_the_body_when_an_edition_lacks_him(body: Body) -> None:
    taken(HEADING + "Jan Lis,Friends,,,\nAnna Nowak,Friends,,,\n", on=date(2014, 1, 1))
    later = looked_at(HEADING + "Jan Lis,Friends,,,\n", on=date(2015, 1, 1))
    assert [row.name for row in later.rows.filter(is_gone=True)] == ["Anna Nowak – Friends"]


def test_a_row_that_says_nothing_new_is_told_and_a_further_office_is_kept(body: Body) -> None:
    text = HEADING + "Anna Nowak,Friends,Chair,,\nAnna Nowak,Friends,,,\nAnna Nowak,Friends,Secretary,,\n"
    batch = taken(text)
    assert (told(batch, "same_again"), [role for role, _since, _until in rows()]) == (
        [("3", "same_again")],
        ["head", "secretary"],
    )
    assert set(numbers(looked_at(text))) == {"same"}


def test_who_is_not_known_is_asked_unless_the_mapping_makes_people(body: Body) -> None:
    text = HEADING + "Ewa Kot,Friends,,,\nAnna Nowak,Friends,,,\n"
    asked = looked_at(text)
    assert (told(asked, "unknown_person"), asked.counts["doubtful"]) == ([("2", "unknown_person")], 1)
    taken(text, mapping="makes")
    # Nobody is taken for another because of a name: those whom a list makes are its own.
    assert (Membership.objects.count(), Person.objects.count()) == (2, 4)


def test_two_of_one_name_are_asked(body: Body) -> None:
    makers.a_person("Nowak")
    assert looked_at(HEADING + "Anna Nowak,Friends,,,\n").counts["doubtful"] == 1


def test_a_body_that_is_not_known_is_asked(body: Body) -> None:
    assert told(looked_at(HEADING + "Anna Nowak,Enemies,,,\n"), "unknown_body") == [("2", "unknown_body")]


def test_names_alone_come_into_the_body_that_was_named(body: Body) -> None:
    batch = taken("Anna Nowak\nJan Lis\n", body="friends", form="pasted", on=date(2015, 1, 1))
    assert (numbers(batch), Membership.objects.filter(body=body).count()) == ({"new": 2}, 2)
    names = batch.rows.filter(record="membership").values_list("name", flat=True)
    assert set(names) == {"Anna Nowak – Friends", "Jan Lis – Friends"}
    later = taken("Jan Lis\n", body="friends", form="pasted", on=date(2016, 1, 1))
    assert (numbers(later), Membership.objects.filter(until="").count()) == ({"same": 1}, 2)


def test_a_list_of_one_body_ends_nothing_in_another(body: Body) -> None:
    other = makers.a_body("others", "Others")
    makers.a_part(other, body.parts.get().parliament)
    taken("person\nAnna Nowak\nJan Lis\n", on=date(2015, 1, 1), body="friends")
    taken("person\nAnna Nowak\n", on=date(2016, 1, 1), body="others")
    assert Membership.objects.exclude(until="").count() == 0
    taken("person\nAnna Nowak\n", on=date(2017, 1, 1), body="friends")
    assert list(Membership.objects.exclude(until="").values_list("body__code", flat=True)) == ["friends"]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("memberships-csv", "Colour,Friends\nred,x\n", "No column of this table names a person"),
        ("memberships-csv", "Name,Colour\nAnna,x\n", "No column of this table names a body"),
        ("bodies-csv", "Colour,Size\nred,x\n", "No column of this table names a body"),
        ("people-csv", "Colour,Size\nred,x\n", "No column of this table names a person. Its columns: Colour, Size."),
        ("countries", "Colour,Size\nred,x\n", "No column of this table names a country"),
    ],
)
def test_a_table_that_names_nobody_is_refused_with_one_message(body: Body, kind: str, text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        looked_at(text, kind)
    assert len(refused.value.messages) == 1


def test_a_body_that_is_nowhere_is_refused(body: Body) -> None:
    with pytest.raises(ValidationError, match="nowhere"):
        looked_at("person\nAnna Nowak\n", body="nowhere")


def test_a_body_has_its_names_partners_and_what_it_is_for(body: Body) -> None:
    makers.a_country("XA", "Examplia")
    text = "id,name_en,name_ru,country,purpose,website\n7,Friends of Examplia,Друзья,Examplia,Peace,https://x.example\n"
    taken(text, "bodies-csv")
    found = Body.objects.exclude(pk=body.pk).get()
    assert {language: one["text"] for language, one in found.name.items()} == {
        "en": "Friends of Examplia",
        "ru": "Друзья",
    }
    assert found.note["en"]["text"] == "Peace\nhttps://x.example"
    assert list(Partner.objects.filter(body=found).values_list("country__code", flat=True)) == ["XA"]


def test_a_country_of_which_one_title_is_doubted_does_not_hold_up_others(body: Body) -> None:
    text = "id,name\n1,Turkish Bath Group\n2,Friends of Turkey\n"
    batch = taken(text, "bodies-csv")
    assert batch.counts["by_record"]["body"]["new"] == 2
    assert Partner.objects.filter(country__code="TR").count() == 1
