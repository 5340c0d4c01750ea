"""Editions of compositions: frozen as they went out, numbered once, never changed, for the readers of their mark."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings

from interparl.accounts.models import User
from interparl.bodies.actions import release_composition
from interparl.bodies.attention import changed_since_released
from interparl.bodies.blocks import frozen_composition
from interparl.bodies.blocks.editions import editions_of
from interparl.bodies.blocks.freezing import changes_since
from interparl.bodies.models import Body, Membership
from interparl.core.blocks import Rows
from interparl.core.history import revert
from interparl.core.models import Entry
from interparl.core.removing import remove
from interparl.core.translated import written
from interparl.core.workflow import Asked
from interparl.core.writing import Refused, change
from interparl.documents.models import Edition
from interparl.documents.rules.editions import digest_of
from interparl.documents.workflow import edition_workflow
from tests import makers, merging
from tests.makers import BY

pytestmark = pytest.mark.django_db
DAY = date(2014, 6, 1)


@pytest.fixture
def group(db: None) -> Body:
    """A group with a head and a member of our part, each named in two languages."""
    body = makers.a_body("group", "Group", since="2012-11-20", until="2016-09-10")
    part = makers.a_part(body, makers.the_home_parliament(), since="2012-11-20", until="2016-09-10")
    for family, russian, role in (("Header", "Главный", "head"), ("Follower", "Второй", "member")):
        person = makers.a_person(family)
        makers.a_name(person, family=russian, given="Анна", language="ru")
        makers.a_membership(part=part, person=person, role=role, since="2012-11-20", until="2016-09-10")
    return body


def released(body: Body, by: User, day: date = DAY, mark: str = "", **values: Any) -> Edition:
    """The list of the day, released."""
    frozen, _left_out = frozen_composition(body, makers.a_reading(by, day), mark or body.effective_mark)
    given: dict[str, Any] = {"as_of": day, "by": by} | values
    return release_composition(body, frozen, **given)


def names(edition: Edition, language: str = "en") -> list[str]:
    """Who stands in the list."""
    return [row["names"][language] for row in edition.content["rows"]]


def seat_of(family: str) -> Membership:
    """The membership of the person with that surname."""
    return Membership.objects.get(person__names__family=family)


def test_a_list_is_frozen_in_every_language_with_its_people_by_key_and_name(group: Body, officer: User) -> None:
    edition = released(group, officer, sent_to="Secretariat", reason="Decision 17")
    edition.refresh_from_db()
    assert (edition.number, edition.as_of, edition.sent_to, edition.reason) == (1, DAY, "Secretariat", "Decision 17")
    assert edition.tongues.split() == [code for code, _name in settings.LANGUAGES]
    assert names(edition) == ["Anna Header", "Anna Follower"]
    assert names(edition, "ru") == ["Анна Главный", "Анна Второй"]
    rows = edition.content["rows"]
    people = [seat_of(one).person_id for one in ("Header", "Follower")]
    assert [row["of"] for row in rows] == [["directory.person", key] for key in people]
    roles = [column["key"] for column in edition.content["columns"]].index("role")
    assert [rows[0]["cells"][code][roles][0] for code in ("en", "ru")] == ["head", "руководитель"]
    assert (edition.digest, edition.is_whole) == (digest_of(edition.content), True)
    entry = Entry.objects.get(kind="documents.edition")
    assert (entry.verb, entry.note, entry.user, entry.whole_kind) == ("released", "Decision 17", officer, "bodies.body")
    assert (entry.changes["digest"], "content" in entry.changes) == ([None, edition.digest], False)


def test_the_frozen_list_stays_when_everything_it_was_made_of_changes(group: Body, officer: User) -> None:
    edition = released(group, officer)
    before = edition.content
    with change(group, by=BY) as held:
        held.name = written({"en": "Renamed"})
    with change(seat_of("Header"), by=BY) as seat:
        seat.role = "member"
    remove(seat_of("Follower"), by=BY)
    with change(seat_of("Header").person.names.get(language="en"), by=BY) as name:
        name.family = "Married"
    edition.refresh_from_db()
    assert (edition.content, edition.is_whole, edition.label_in("en")) == (before, True, "Group, edition 1")


def test_numbers_go_on_and_are_never_given_again(group: Body, officer: User) -> None:
    first = released(group, officer)
    edition_workflow.make("error", first, Asked(officer, DAY, "The wrong list"))
    other = makers.a_body("other", "Other")
    assert [released(one, officer, again=True).number for one in (group, group, other)] == [2, 3, 1]
    again = Edition(kind=first.kind, object_id=group.pk, number=2, as_of=DAY, released_on=DAY)
    with pytest.raises(Refused, match="already exists"):
        makers.kept(again)


def test_the_same_list_is_released_only_when_that_is_asked_for(group: Body, officer: User) -> None:
    released(group, officer)
    with pytest.raises(Refused, match="Nothing has changed since edition 1"):
        released(group, officer)
    assert released(group, officer, again=True).number == 2
    edition_workflow.make("withdraw", Edition.objects.get(number=2), Asked(officer, DAY, "Twice"))
    with pytest.raises(Refused, match="Nothing has changed since edition 1"):
        released(group, officer)
    with change(seat_of("Follower"), by=BY) as seat:
        seat.role = "deputy-head"
    assert released(group, officer).number == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("content", {"rows": [], "columns": [], "title": {}, "about": {}}),
        ("number", 9),
        ("as_of", date(2015, 1, 1)),
        ("released_on", date(2015, 1, 1)),
        ("sent_to", "Somebody else"),
        ("reason", "Another"),
        ("digest", "0" * 64),
        ("names_erased", 3),
        ("kind", "directory.country"),
    ],
)
def test_an_edition_refuses_every_change_of_what_went_out(name: str, value: Any, group: Body, officer: User) -> None:
    edition = released(group, officer)
    with pytest.raises(Refused, match="does not change"), change(edition, by=officer) as held:
        setattr(held, name, value)
        # What follows from the content alone is no change of its own to the history.
        held.note = written({"en": "Touched"})
    edition.refresh_from_db()
    assert edition.is_whole


def test_a_release_is_not_taken_back_and_nobody_deletes_an_edition(
    group: Body, officer: User, administrator: User
) -> None:
    edition = released(group, officer)
    assert [edition.may_do("delete", one) for one in (officer, administrator)] == [False, False]
    with pytest.raises(Refused, match="What was released is not taken back"):
        revert(Entry.objects.get(kind="documents.edition"), by=administrator)
    assert Edition.objects.filter(pk=edition.pk).exists()


@pytest.mark.parametrize(("move", "standing"), [("withdraw", "withdrawn"), ("replace", "replaced"), ("error", "error")])
def test_an_edition_is_withdrawn_replaced_or_an_error_with_a_reason(
    move: str, standing: str, group: Body, officer: User
) -> None:
    edition = released(group, officer)
    with pytest.raises(Refused, match="Write the reason"):
        edition_workflow.make(move, edition, Asked(officer, DAY))
    edition_workflow.make(move, edition, Asked(officer, DAY, "So it was decided"))
    edition.refresh_from_db()
    entry = Entry.objects.filter(kind="documents.edition").latest("pk")
    assert (edition.standing, edition.settled_on, edition.is_whole) == (standing, DAY, True)
    assert (entry.verb, entry.note) == (f"edition-{standing}", "So it was decided")
    assert edition_workflow.offered(edition, officer) == []


def test_the_list_holds_what_the_readers_of_its_mark_may_know(group: Body, head: User) -> None:
    part = group.parts.get()
    decision = makers.a_decision("17", mark="official")
    makers.a_membership(part=part, person=makers.a_person("Secret"), mark="official", since="2013")
    with change(seat_of("Follower"), by=BY) as seat:
        seat.decision = decision
    frozen, left_out = frozen_composition(group, makers.a_reading(head, DAY), "internal")
    assert ([row["names"]["en"] for row in frozen.content["rows"]], left_out) == (["Anna Header", "Anna Follower"], 1)
    assert "17" not in str(frozen.content["rows"][1]["cells"])
    edition = released(group, head, mark="official")
    assert (names(edition)[-1], edition.mark, edition.effective_mark) == ("Anna Secret", "official", "official")
    assert "17" in str(edition.content["rows"][1]["cells"])


def test_an_edition_is_marked_no_lower_than_its_record(group: Body, head: User) -> None:
    with change(group, by=BY) as held:
        held.mark = "official"
    with pytest.raises(Refused, match="marked no lower"):
        released(group, head, mark="internal")


def test_only_a_list_of_what_was_public_is_published(officer: User) -> None:
    published: dict[str, Any] = {"mark": "public", "published_on": date(2014, 1, 1)}
    body = makers.a_body("open", "Open", **published)
    part = makers.a_part(body, makers.a_parliament(makers.a_country(**published), **published), since="2012")
    for family, values in (("Seen", published), ("Hidden", {"mark": "internal"})):
        makers.a_membership(part=part, person=makers.a_person(family, **values), since="2012", **values)
    edition = released(body, officer, is_published=True)
    assert (names(edition), edition.effective_published_on is not None) == (["Anna Seen"], True)
    with change(body, by=officer, verb="withdrawn") as held:
        held.published_on = None
    closed = released(body, officer, again=True)
    with pytest.raises(Refused, match="not public when it was released"), change(closed, by=officer) as again:
        again.published_on = DAY


def test_what_changed_since_is_told_as_the_readers_of_the_edition_know_it(
    group: Body, officer: User, head: User
) -> None:
    edition = released(group, officer)

    def changes(user: User) -> int:
        return changes_since([edition], {group.pk: group}, makers.a_reading(user, DAY))[group.pk].number

    assert changes(officer) == 0
    part = group.parts.get()
    makers.a_membership(part=part, person=makers.a_person("Secret"), mark="official", since="2013")
    assert (changes(officer), changes(head)) == (0, 0)
    makers.a_membership(part=part, person=makers.a_person("Third"), since="2013")
    with change(seat_of("Header"), by=BY) as seat:
        seat.until = "2014-05-31"
    assert (changes(officer), changes(head)) == (2, 2)
    first, second = seat_of("Follower").person, makers.a_person("Follower2")
    merging.merged(second, first, head)
    assert changes(officer) == 3  # the one that is left is called otherwise


def test_the_body_names_its_last_editions_and_what_changed_since(group: Body, officer: User, member: User) -> None:
    empty = editions_of(group, makers.a_reading(officer, DAY))
    assert isinstance(empty, Rows)
    assert (empty.table.rows, bool(empty.add), empty.said) == ([], True, "")
    assert editions_of(group, makers.a_reading(member, DAY)) is None
    for _number in range(6):
        released(group, officer, again=True)
    today = Edition.objects.first().released_on  # type: ignore[union-attr]  # there are six
    shown = editions_of(group, makers.a_reading(member, today))
    assert isinstance(shown, Rows)
    assert ([row.number for row in shown.table.rows], shown.table.total, shown.add) == ([6, 5, 4, 3, 2], 6, "")
    assert "since edition 6" in str(shown.said)
    past = editions_of(group, makers.a_reading(member, date(2013, 1, 1)))
    assert past is None


def test_a_body_whose_list_is_outdated_needs_attention(group: Body, officer: User, member: User) -> None:
    found = Body.objects.all()
    assert list(changed_since_released(found, DAY, member)) == []
    edition = released(group, officer)
    day = edition.released_on
    with change(group, by=BY) as held:
        held.until = ""
    for seat in group.memberships.all():
        with change(seat, by=BY) as kept:
            kept.until = ""
    # The days of the seats are in the list, so it is another one now.
    assert list(changed_since_released(found, day, member)) == [group]
    released(group, officer, day)
    assert list(changed_since_released(found, day, member)) == []
    with change(seat_of("Header"), by=BY) as seat:
        seat.role = "member"
    assert list(changed_since_released(found, day, member)) == [group]
    last = Edition.objects.get(number=2)
    for one in (last, edition):
        one.refresh_from_db()
        edition_workflow.make("withdraw", one, Asked(officer, day, "Old"))
    assert list(changed_since_released(found, day, member)) == []


def test_two_bodies_with_editions_are_not_merged_and_one_takes_them_along(group: Body, head: User) -> None:
    other, third = makers.a_body("other", "Other"), makers.a_body("third", "Third")
    edition = released(group, head)
    assert merging.merged(third, group, head)
    edition.refresh_from_db()
    assert (edition.object_id, edition.is_whole) == (third.pk, True)
    released(other, head)
    with pytest.raises(Refused, match="it may stand only once"):
        merging.merged(third, other, head)
