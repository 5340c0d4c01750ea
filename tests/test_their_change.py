"""The other side has changed: what is told of it, what follows, what is written when it was chosen, and taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.bodies.actions import TheirChange, changes_in, write_their_change
from interparl.bodies.blocks.panels import numbers_of_country
from interparl.bodies.models import Body, LetterDue, Membership, Part
from interparl.core.addresses import address
from interparl.core.blocks import Facts
from interparl.core.days import DEMONSTRATION_DAY
from interparl.core.models import Setting
from interparl.core.translated import written
from interparl.core.writing import Refused
from interparl.directory.models import ChamberTerm, Country, Election, Office, Parliament
from interparl.exchange.actions import undo
from interparl.exchange.models import Batch
from interparl.portal.measures import facts_on
from tests.letters import a_letter
from tests.makers import (
    a_body,
    a_chamber,
    a_convocation,
    a_country,
    a_mandate,
    a_membership,
    a_parliament,
    a_part,
    a_person,
    a_reading,
    a_user,
    kept,
    the_home_parliament,
)
from tests.valley import dump

pytestmark = pytest.mark.django_db
DAY = date(2016, 10, 20)
DUE = date(2016, 10, 27)


@pytest.fixture
def home(db: None) -> Parliament:
    """The parliament of this installation, on a day of 2016."""
    kept(Setting(key=DEMONSTRATION_DAY, value=DAY.isoformat()))
    return the_home_parliament(name="The Home Assembly")


@pytest.fixture
def there(home: Parliament) -> Parliament:
    """The parliament of another country."""
    return a_parliament(a_country(name="Farland"), name="The Far Diet")


def a_speaker(parliament: Parliament, name: str = "Neu", since: str = "2016-09-01", **values: Any) -> Office:
    """A speaker of a new chamber of the parliament, or of the chamber given."""
    chamber = values.pop("chamber", None) or a_chamber(parliament)
    return kept(
        Office(
            person=a_person(name),
            kind="speaker",
            title=written({"en": "Speaker"}),
            chamber=chamber,
            since=since,
            **values,
        )
    )


def told(country: Country, user: User, day: date = DAY) -> list[tuple[str, str]]:
    """What changed there, and when."""
    return [(one.what, one.on) for one in changes_in(country, day, user)]


def test_a_year_is_told_of_and_no_more(there: Parliament, officer: User) -> None:
    a_speaker(there, since="2015-10-20")
    assert told(there.country, officer) == []
    assert told(there.country, officer, date(2016, 10, 18)) == [("speaker", "2015-10-20")]
    assert told(there.country, officer, date(2015, 10, 19)) == []


def test_a_speaker_who_left_is_told_of_only_while_nobody_followed(there: Parliament, officer: User) -> None:
    old = a_speaker(there, "Alt", "2012-01-01", until="2016-08-31")
    assert told(there.country, officer) == [("speaker-left", "2016-09-01")]
    a_speaker(there, chamber=old.chamber)
    assert told(there.country, officer) == [("speaker", "2016-09-01")]


def test_a_dissolution_is_told_of_only_while_no_convocation_followed(there: Parliament, officer: User) -> None:
    a_convocation(there, 7, since="2012-03-01", until="2016-03-22")
    assert told(there.country, officer) == [("dissolved", "2016-03-23")]
    a_convocation(there, 8, since="2016-03-23")
    assert told(there.country, officer) == [("convocation", "2016-03-23")]


def test_elections_and_terms_with_days_of_their_own_are_told_of(there: Parliament, officer: User) -> None:
    lower, upper = a_chamber(there, kind="lower"), a_chamber(there, kind="upper")
    convocation = a_convocation(there, since="2016-03-23")
    kept(Election(chamber=lower, convocation=convocation, held_on="2016-03-05"))
    kept(ChamberTerm(chamber=lower, convocation=convocation, since="2016-03-23"))
    kept(ChamberTerm(chamber=upper, convocation=convocation, since="2016-04-01"))
    assert told(there.country, officer) == [
        ("term", "2016-04-01"),
        ("convocation", "2016-03-23"),
        ("election", "2016-03-05"),
    ]


def test_our_own_side_is_none_that_changes(home: Parliament, officer: User) -> None:
    a_convocation(home, 6, since="2016-10-11")
    a_speaker(home)
    assert told(home.country, officer) == []


def test_what_the_reader_may_not_know_did_not_change(there: Parliament, officer: User, head: User) -> None:
    a_convocation(there, 8, since="2016-03-23", mark="official")
    a_speaker(there, mark="official")
    assert told(there.country, officer) == []
    assert len(told(there.country, head)) == 2


def test_congratulations_follow_for_who_is_still_there_and_each_letter_once(there: Parliament, officer: User) -> None:
    first = a_speaker(there, "Kurz", "2016-02-01", until="2016-08-31")
    assert TheirChange.of(there.country, DAY, officer).keys() == set()
    a_speaker(there, chamber=first.chamber)
    convocation = a_convocation(there, 8, since="2016-03-23")
    keys = {f"speaker-{there.pk}", f"election-{convocation.pk}"}
    assert TheirChange.of(there.country, DAY, officer).keys() == keys
    a_letter(parliament=there, about="speaker", due_on=date(2016, 9, 5))
    assert TheirChange.of(there.country, DAY, officer).keys() == {f"election-{convocation.pk}"}


def test_what_was_chosen_is_written_as_one_and_taken_back(there: Parliament, home: Parliament, head: User) -> None:
    ended = a_convocation(there, 7, since="2012-03-01", until="2016-03-22")
    a_convocation(there, 8, since="2016-03-23")
    a_speaker(there)
    group = a_body(name="Their Group", convocation=ended, parliaments=[there], countries=[home.country])
    a_membership(group)
    commission = a_body(name="Commission", kind=Body.Kind.COMMISSION, parliaments=[home])
    theirs = a_part(commission, there, convocation=ended)
    ours = commission.parts.exclude(pk=theirs.pk).get()
    seats = [a_membership(part=theirs), a_membership(part=ours)]
    before = dump()
    plan = TheirChange.of(there.country, DAY, head)
    batch = write_their_change(there.country, DAY, plan.keys(), due_on=DUE, note="They voted", by=head)
    assert (batch.kind, batch.counts["letters"], batch.counts["ended"]) == ("their-change", 2, 2)
    assert {(letter.about, letter.due_on) for letter in LetterDue.objects.all()} == {
        ("speaker", DUE),
        ("election", DUE),
    }
    group.refresh_from_db()
    assert group.until == "2016-03-22"
    untils = dict(Part.objects.values_list("pk", "until"))
    assert (untils[theirs.pk], untils[ours.pk], untils[group.parts.get().pk]) == ("2016-03-22", "", "2016-03-22")
    found = {one.pk: (one.until, one.end_reason) for one in Membership.objects.all()}
    assert found[seats[0].pk] == ("2016-03-22", "term")
    assert found[seats[1].pk] == ("", "")
    assert Body.objects.get(pk=commission.pk).until == ""
    assert TheirChange.of(there.country, DAY, head).keys() == set()
    undo(batch, by=head)
    assert dump() == before


def test_only_what_was_chosen_is_written(there: Parliament, head: User) -> None:
    ended = a_convocation(there, 7, since="2012-03-01", until="2016-03-22")
    group = a_body(convocation=ended, parliaments=[there])
    a_speaker(there)
    write_their_change(there.country, DAY, {f"speaker-{there.pk}"}, due_on=DUE, by=head)
    assert LetterDue.objects.count() == 1
    assert Body.objects.get(pk=group.pk).until == ""


def test_nothing_is_written_when_nothing_or_something_else_was_chosen(there: Parliament, head: User) -> None:
    a_speaker(there)
    chosen = {f"speaker-{there.pk}"}
    for wrong in (set(), {"body-999"}, {*chosen, "speaker-0"}):
        with pytest.raises(Refused):
            write_their_change(there.country, DAY, wrong, due_on=DUE, by=head)
    write_their_change(there.country, DAY, chosen, due_on=DUE, by=head)
    with pytest.raises(Refused, match="meanwhile"):
        write_their_change(there.country, DAY, chosen, due_on=DUE, by=head)
    assert (LetterDue.objects.count(), Batch.objects.count()) == (1, 1)


def test_a_hidden_seat_of_a_group_that_is_lost_ends_without_a_word(there: Parliament, officer: User) -> None:
    ended = a_convocation(there, 7, since="2012-03-01", until="2016-03-22")
    group = a_body(convocation=ended, parliaments=[there])
    hidden = a_membership(group, a_person("Secret", mark="official"), mark="official")
    write_their_change(there.country, DAY, {f"body-{group.pk}"}, due_on=DUE, by=officer)
    hidden.refresh_from_db()
    assert (hidden.until, hidden.mark) == ("2016-03-22", "official")


def test_the_card_and_its_page_say_what_changed_and_write_what_was_chosen(
    desk: Client, there: Parliament, home: Parliament
) -> None:
    group = a_body(name="Our Group on Farland", parliaments=[home], countries=[there.country])
    ended = a_convocation(there, 7, "7th Diet", since="2012-03-01", until="2016-03-22")
    lost = a_body(name="Their Lost Group", convocation=ended, parliaments=[there], mirror_of=group)
    a_body(name="Their Old Group", parliaments=[there], until="2016-05-01")
    a_speaker(there)
    card, page = (
        address(("directory.country", there.country_id)),
        reverse("bodies:country-changed", args=(there.country_id,)),
    )
    assert f'href="{page}"' in desk.get(card).content.decode()
    shown = desk.get(page).content.decode()
    for words in (
        "Anna Neu",
        "Congratulations to a new speaker",
        "Their Lost Group",
        "Their Old Group",
        group.label_in("en"),
    ):
        assert words in shown
    sent = {"chosen": [f"speaker-{there.pk}", f"body-{lost.pk}"], "due_on": "someday", "note": "My remark"}
    wrong = desk.post(page, sent)
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'value="someday"' in text
    assert 'value="My remark"' in text
    assert text.count(" checked") == 2
    assert LetterDue.objects.count() == 0
    assert desk.post(page, {"due_on": "2016-10-27"}).status_code == 422
    assert desk.post(page, sent | {"due_on": "2016-10-27"})["Location"] == card
    assert LetterDue.objects.get().due_on == DUE
    again = desk.get(page).content.decode()
    assert "Due, due on" in again
    assert "checkbox" not in again
    assert desk.post(page, sent | {"due_on": "2016-10-27"}).status_code == 422


def test_nothing_is_shown_where_nothing_changed(desk: Client, there: Parliament) -> None:
    page = reverse("bodies:country-changed", args=(there.country_id,))
    assert page not in desk.get(address(("directory.country", there.country_id))).content.decode()
    assert "Nothing that the register knows of." in desk.get(page).content.decode()


def test_a_past_day_is_read_and_not_written(desk: Client, there: Parliament) -> None:
    a_speaker(there, since="2014-02-01")
    page = f"{reverse('bodies:country-changed', args=(there.country_id,))}?on=2014-03-01"
    shown = desk.get(page).content.decode()
    assert "Anna Neu" in shown
    assert "checkbox" not in shown
    assert desk.post(page, {"chosen": [f"speaker-{there.pk}"], "due_on": "2016-10-27"}).status_code == 403


def test_readers_see_what_changed_and_write_nothing(client: Client, there: Parliament) -> None:
    a_speaker(there)
    page = reverse("bodies:country-changed", args=(there.country_id,))
    member = a_user("member")
    a_mandate(a_person(user=member), since="2000")
    for user, sees_letters in ((a_user("leadership"), True), (member, False)):
        client.force_login(user)
        shown = client.get(page).content.decode()
        assert "Anna Neu" in shown
        assert ("Congratulations to a new speaker" in shown) is sees_letters
        assert "checkbox" not in shown
        answer = client.post(page, {"chosen": [f"speaker-{there.pk}"], "due_on": "2016-10-27"})
        assert answer.status_code in (403, 422)
    assert LetterDue.objects.count() == 0
    secret = a_country(mark="official")
    client.force_login(a_user())
    assert client.get(reverse("bodies:country-changed", args=(secret.pk,))).status_code == 404


def in_common(country: Country, user: User) -> str:
    """How many bodies the page of the country says there are in common."""
    content = numbers_of_country(country, a_reading(user, DAY))
    assert isinstance(content, Facts)
    return str(content.facts[0].value)


def test_a_group_that_they_alone_have_is_claimed_as_ours_nowhere(desk: Client, officer: User) -> None:
    public: dict[str, Any] = {"mark": "public", "published_on": "2016-01-01"}
    kept(Setting(key=DEMONSTRATION_DAY, value=DAY.isoformat()))
    home = the_home_parliament(country=a_country(**public), **public)
    there = a_parliament(a_country(name="Farland", **public), **public)
    listed = "/en/lists/working-groups/"
    group = a_body("their-group", "Their Friendship Group", since="2016-09-09", countries=[home.country], **public)
    a_part(group, there)
    assert facts_on(DAY, officer, "en").working_groups == 0
    page = desk.get(address(("directory.country", there.country_id))).content.decode()
    assert "Their Friendship Group" in page
    assert "theirs, without us" in page
    assert in_common(there.country, officer) == "0"
    assert "Their Friendship Group" not in desk.get(listed).content.decode()
    ours = a_body("our-group", "Our Group", since="2016-10-12", parliaments=[home], countries=[there.country], **public)
    assert ours.mirror_of is None
    assert facts_on(DAY, officer, "en").working_groups == 1
    assert "Our Group" in desk.get(listed).content.decode()
    again = desk.get(address(("directory.country", there.country_id))).content.decode()
    assert again.count("theirs, without us") == 1
    assert in_common(there.country, officer) == "1"
