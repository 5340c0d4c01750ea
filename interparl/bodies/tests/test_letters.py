"""Letters that are due: planned with a draft in every language, sent, dropped, told of when late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.bodies.actions import letters_to, send_letter, untold
from interparl.bodies.models import Body, LetterDue, Membership, Step
from interparl.bodies.workflow import letter_workflow
from interparl.core.hooks import every_attention
from interparl.core.models import Entry
from interparl.core.workflow import Asked
from interparl.core.writing import Refused
from interparl.directory.models import Office, Organisation, Parliament
from tests.letters import DAY, a_letter, planned_letters, sent_out, text
from tests.makers import (
    BY,
    a_body,
    a_chamber,
    a_convocation,
    a_country,
    a_membership,
    a_parliament,
    a_person,
    a_user,
    an_organisation,
    kept,
    the_home_parliament,
)

pytestmark = pytest.mark.django_db
About = LetterDue.About


@pytest.fixture
def home(db: None) -> Parliament:
    """The parliament of this installation."""
    return the_home_parliament(name="The Home Assembly")


@pytest.fixture
def assembly(db: None) -> Organisation:
    """An assembly to which delegations go."""
    return an_organisation(name="The Great Assembly")


@pytest.fixture
def delegation(home: Parliament, assembly: Organisation) -> Body:
    """Our delegation to it with three members: appointed, notified, and without a step."""
    return sent_out(home, assembly)


def test_a_letter_has_a_draft_in_every_language_and_names_what_it_tells(home: Parliament) -> None:
    convocation = a_convocation(home, 6, "6th convocation", since="2016-10-11")
    partner = a_parliament(name="The Partner Diet")
    [letter] = planned_letters(
        letters_to([partner], about=About.CONVOCATION, due_on=DAY, by=BY, convocation=convocation)
    )
    assert set(letter.text) == {"en", "ru", "be"}
    assert {part["state"] for part in letter.text.values()} == {"draft"}
    for said in ("The Partner Diet", "Dear colleagues,", "The Home Assembly: 6th convocation, since 11 October 2016."):
        assert said in text(letter)
    assert (letter.state, letter.due_on, letter.addressee) == ("due", DAY, partner)


def test_our_body_with_the_country_and_its_head_are_named(home: Parliament) -> None:
    country, other = a_country(), a_country()
    body = a_body(name="Group on Their Country", parliaments=[home], countries=[country])
    a_membership(body, a_person("Leader"), role="head")
    a_membership(body, a_person("Follower"))
    a_body(name="Hidden Group", parliaments=[home], countries=[country], mark="official")
    a_body(name="Their Group", parliaments=[a_parliament(country)], countries=[country])
    convocation = a_convocation(home, since="2016-10-11")
    ours, elsewhere = planned_letters(
        letters_to(
            [a_parliament(country), a_parliament(other)],
            about=About.CONVOCATION,
            due_on=DAY,
            by=BY,
            convocation=convocation,
        )
    )
    assert "Group on Their Country" in text(ours)
    assert "– Head: Anna Leader" in text(ours)
    for absent in ("Follower", "Hidden", "Their Group"):
        assert absent not in text(ours)
    assert "On our side" not in text(elsewhere)


def test_who_has_the_same_letter_due_or_sent_is_left_out(home: Parliament) -> None:
    first, second, third, fourth = (a_parliament() for _number in range(4))
    convocation, other = a_convocation(home, 6), a_convocation(home, 7)
    a_letter(parliament=first, convocation=convocation)
    sent = a_letter(parliament=second, convocation=convocation)
    letter_workflow.make("send", sent, Asked(a_user(), DAY))
    a_letter(parliament=third, convocation=other)
    a_letter(parliament=fourth, convocation=convocation, about=About.ELECTION)
    planned = letters_to(
        [first, second, third, fourth], about=About.CONVOCATION, due_on=DAY, by=BY, convocation=convocation
    )
    assert [row.record.parliament for row in planned if isinstance(row.record, LetterDue)] == [third, fourth]


def test_the_number_of_queries_does_not_grow_with_the_addressees(home: Parliament) -> None:
    convocation = a_convocation(home)
    parliaments = [a_parliament() for _number in range(12)]
    for parliament in parliaments:
        body = a_body(parliaments=[home], countries=[parliament.country])
        a_membership(body, role="head")

    def asked(number: int) -> int:
        some = list(Parliament.objects.filter(pk__in=[one.pk for one in parliaments[:number]]))
        with CaptureQueriesContext(connection) as queries:
            letters_to(some, about=About.CONVOCATION, due_on=DAY, by=BY, convocation=convocation)
        return len(queries)

    assert asked(12) == asked(1)


def test_a_new_speaker_is_addressed_by_name_and_as_a_woman_or_a_man(home: Parliament) -> None:
    said = {}
    for gender in ("female", "male", ""):
        chamber = a_chamber()
        person = a_person(f"Speaker{gender}", gender=gender)
        kept(Office(person=person, kind="speaker", chamber=chamber, title=chamber.name, since="2016-10-01"))
        [letter] = planned_letters(letters_to([chamber.parliament], about=About.SPEAKER, due_on=DAY, by=BY))
        said[gender] = text(letter)
        assert text(letter).startswith(f"Anna Speaker{gender}\n")
    assert "Dear Madam Speaker," in said["female"]
    assert "Dear Mr Speaker," in said["male"]
    assert "Your Excellency," in said[""]


def test_only_letters_since_a_day_stand_for_congratulations(home: Parliament) -> None:
    parliament = a_parliament()
    a_letter(parliament=parliament, about=About.SPEAKER, due_on=date(2014, 1, 1))
    again: dict[str, Any] = {"about": About.SPEAKER, "due_on": DAY, "by": BY}
    assert letters_to([parliament], **again) == []
    assert len(letters_to([parliament], **again, since=date(2016, 10, 1))) == 1


def test_the_letter_to_an_assembly_names_those_appointed_and_not_notified(
    delegation: Body, assembly: Organisation
) -> None:
    [letter] = planned_letters(letters_to([assembly], about=About.SEATS, due_on=DAY, by=BY, body=delegation))
    assert "– Member: Anna Appointed" in text(letter)
    for absent in ("Anna Notified", "Anna Stepless"):
        assert absent not in text(letter)


def test_a_letter_is_marked_no_lower_than_whom_it_names_and_names_none_that_its_writer_may_not_know(
    delegation: Body, assembly: Organisation
) -> None:
    secret = a_membership(delegation, a_person("Secret", mark="official"))
    kept(Step(membership=secret, kind="appointed", taken_on="2016-10-12", mark="official"))
    asked: dict[str, Any] = {"about": About.SEATS, "due_on": DAY, "body": delegation}
    [by_head] = letters_to([assembly], **asked, by=a_user("head_of_department"))
    [by_officer] = letters_to([assembly], **asked, by=a_user())
    assert (by_head.record.mark, by_officer.record.mark) == ("official", "internal")
    assert isinstance(by_head.record, LetterDue)
    assert isinstance(by_officer.record, LetterDue)
    assert "Secret" in text(by_head.record)
    assert "Secret" not in text(by_officer.record)
    assert "Appointed" in text(by_officer.record)


def test_sending_notes_day_and_number_and_notifies_the_members(delegation: Body, assembly: Organisation) -> None:
    user = a_user()
    [letter] = planned_letters(letters_to([assembly], about=About.SEATS, due_on=DAY, by=user, body=delegation))
    send_letter(letter, on=DAY, number="15-3/7", told=untold(delegation, DAY, user), by=user)
    letter.refresh_from_db()
    assert (letter.state, letter.settled_on, letter.number) == ("sent", "2016-10-20", "15-3/7")
    told = Step.objects.filter(kind="notified", taken_on="2016-10-20")
    assert [str(step.membership.person) for step in told] == ["Anna Appointed"]
    assert Entry.objects.filter(kind="bodies.letterdue", object_id=letter.pk, verb="sent").count() == 1


def test_nothing_is_sent_when_a_member_was_notified_meanwhile(delegation: Body) -> None:
    letter = a_letter(body=delegation)
    already = Membership.objects.get(steps__kind="notified")
    with pytest.raises(Refused):
        send_letter(letter, on=DAY, number="1", told=[already], by=a_user())
    letter.refresh_from_db()
    assert (letter.state, letter.number) == ("due", "")


MOVES = {"due": {"send", "drop"}, "sent": {"reopen"}, "dropped": {"reopen"}}
ROLES = {
    "head_of_department": True,
    "desk_officer": True,
    "protocol_officer": True,
    "leadership": False,
    "auditor": False,
    "member": False,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", MOVES)
def test_moves_by_state_and_role(state: str, role: str) -> None:
    letter, user = a_letter(), a_user(role)
    if state != "due":
        letter_workflow.make("send" if state == "sent" else "drop", letter, Asked(a_user(), DAY, "So"))
    offered = {one.name for one in letter_workflow.offered(letter, user)}
    assert offered == (MOVES[state] if ROLES[role] else set())
    for move in ("send", "drop", "reopen"):
        if move in offered:
            continue
        with pytest.raises((PermissionDenied, Refused)):
            letter_workflow.make(move, letter, Asked(user, DAY, "So"))


def test_a_letter_that_is_not_needed_says_why_and_may_be_due_again() -> None:
    letter, user = a_letter(), a_user()
    with pytest.raises(Refused):
        letter_workflow.make("drop", letter, Asked(user, DAY))
    letter_workflow.make("drop", letter, Asked(user, DAY, "They wrote first"))
    assert (letter.state, letter.settled_on) == ("dropped", "2016-10-20")
    letter_workflow.make("reopen", letter, Asked(user, DAY, "They did not"))
    assert (letter.state, letter.settled_on, letter.number) == ("due", "", "")


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2016, 10, 12), set()),
        (date(2016, 10, 13), {"letters-due"}),
        (DAY, {"letters-due"}),
        (date(2016, 10, 21), {"letters-overdue"}),
    ],
)
def test_letters_are_told_of_a_week_before_and_when_late(day: date, told: set[str], officer: User) -> None:
    a_letter()
    settled = a_letter(due_on=day)
    letter_workflow.make("drop", settled, Asked(officer, day, "So"))
    rules = [rule for rule in every_attention() if rule.model is LetterDue]
    found = {rule.key for rule in rules if rule.narrow(LetterDue.objects.all(), day, officer).exists()}
    assert found == told
