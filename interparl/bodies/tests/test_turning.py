"""The change of convocation in a small parliament of two chambers whose terms are still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.bodies.actions.convocations import Change, change_to, done_by, turn_convocation
from interparl.bodies.models import Body, Membership, Step
from interparl.core.hooks import Becomes, Effect, every_attention
from interparl.core.translated import written
from interparl.core.writing import Planned, Refused, change, change_many
from interparl.directory.models import Chamber, ChamberTerm, Convocation, Mandate, Office, Parliament, Person, Status
from interparl.directory.models.turning import NotReady
from interparl.exchange.actions import undo
from tests import makers
from tests.valley import dump

pytestmark = pytest.mark.django_db
NEXT_DAY = date(2016, 10, 11)


@dataclass
class House:
    """A parliament at its election: who sits on, who goes, and a body of each kind that matters."""

    home: Parliament
    lower: Chamber
    upper: Chamber
    ending: Convocation
    beginning: Convocation
    stays: Person
    goes: Person
    group: Body
    commission: Body
    delegation: Body

    def change(self, user: User) -> Change:
        """What the change would do for that user."""
        return change_to(self.beginning, user)


@pytest.fixture
def house(db: None) -> House:
    """The parliament on the day before the new convocation."""
    home = makers.the_home_parliament()
    lower, upper = (makers.a_chamber(home, kind=kind) for kind in ("lower", "upper"))
    ending = makers.a_convocation(home, 5, since="2012-10-18")
    beginning = makers.a_convocation(home, 6, since="2016-10-11")
    for chamber, days in ((lower, ("2012-10-18", "2016-10-11")), (upper, ("2012-10-19", "2016-10-12"))):
        for convocation, day in zip((ending, beginning), days, strict=True):
            makers.kept(ChamberTerm(chamber=chamber, convocation=convocation, since=day))
    stays, goes = (makers.a_person(name) for name in ("Stays", "Goes"))
    makers.a_mandate(stays, lower, convocation=ending, since="2012-10-18")
    makers.a_mandate(goes, upper, convocation=ending, since="2012-10-19")
    makers.a_mandate(stays, lower, convocation=beginning, since="2016-10-11")
    given: dict[str, Any] = {"convocation": ending, "since": "2012-12-20"}
    group = makers.a_body("group", parliaments=[home], countries=[makers.a_country("LV")], **given)
    organisation = makers.an_organisation("assembly")
    makers.kept(Status(parliament=home, organisation=organisation, status="member", since="2000"))
    delegation = makers.a_body("delegation", parliaments=[home], kind="delegation", organisation=organisation, **given)
    commission = makers.a_body("commission", kind="commission", since="2005")
    for parliament in (home, makers.a_parliament()):
        makers.a_part(commission, parliament, since="2012-12-20")
    for body in (group, delegation, commission):
        part = body.parts.filter(parliament=home).get()
        for person in (stays, goes):
            makers.a_membership(part=part, person=person, since="2012-12-20")
    return House(home, lower, upper, ending, beginning, stays, goes, group, commission, delegation)


@pytest.fixture
def head(db: None) -> User:
    """The head of department."""
    return makers.a_user("head_of_department")


def made(house: House, head: User, **values: Any) -> Any:
    found = house.change(head)
    given = {"ticked": found.advised, "seen": found.digest} | values
    return turn_convocation(house.beginning, by=head, **given)


def effects(change: Change, becomes: Becomes, kind: str) -> list[Effect]:
    return [effect for effect in change.of(becomes) if effect.ref and effect.ref[0] == kind]


def until(record: Any) -> str:
    record.refresh_from_db()
    return str(record.until)


def test_open_ends_are_written_each_on_its_own_day(house: House, head: User) -> None:
    committee = makers.a_body(
        "committee", parliaments=[house.home], kind="committee", chamber=house.upper, convocation=house.ending
    )
    made(house, head)
    assert [until(one) for one in (house.ending, house.group, house.delegation)] == ["2016-10-10"] * 3
    assert until(committee) == "2016-10-11"
    mandates = Mandate.objects.filter(convocation=house.ending).order_by("until")
    assert list(mandates.values_list("until", "end_reason")) == [("2016-10-10", "term"), ("2016-10-11", "term")]
    assert sorted(ChamberTerm.objects.filter(convocation=house.ending).values_list("until", flat=True)) == [
        "2016-10-10",
        "2016-10-11",
    ]


def test_members_leave_with_the_term_and_lose_their_seats(house: House, head: User) -> None:
    member = Membership.objects.get(body=house.delegation, person=house.goes)
    makers.kept(Step(membership=member, kind="accepted", taken_on="2013-02-01"))
    made(house, head)
    rows = Membership.objects.filter(part__parliament=house.home)
    assert set(rows.values_list("until", "end_reason")) == {("2016-10-10", "term")}
    assert list(Step.objects.values_list("kind", "taken_on")) == [("accepted", "2013-02-01"), ("ended", "2016-10-10")]


def test_who_left_before_stays_as_he_was(house: House, head: User) -> None:
    member = Membership.objects.get(body=house.group, person=house.goes)
    with change(member, by=head) as held:
        held.until, held.end_reason = "2015-05-05", "resignation"
    made(house, head)
    member.refresh_from_db()
    assert (member.until, member.end_reason) == ("2015-05-05", "resignation")


def test_a_commission_goes_on_and_the_other_side_keeps_its_part(house: House, head: User) -> None:
    made(house, head)
    parts = house.commission.parts.order_by("pk")
    assert (until(house.commission), [part.until for part in parts]) == ("", ["2016-10-10", ""])


def test_an_office_in_an_assembly_is_lost_with_the_mandate_and_kept_with_a_new_one(house: House, head: User) -> None:
    for person in (house.stays, house.goes):
        makers.kept(
            Office(
                person=person,
                kind="other",
                title=written({"en": "Vice-chair"}),
                organisation=house.delegation.organisation,
                since="2013",
            )
        )
    found = house.change(head)
    assert [effect.ref and effect.ref[1] for effect in effects(found, Becomes.LOST, "directory.person")] == [
        house.goes.pk
    ]
    assert house.stays.pk in {
        effect.ref and effect.ref[1] for effect in effects(found, Becomes.KEPT, "directory.person")
    }
    made(house, head)
    assert list(Office.objects.order_by("pk").values_list("until", flat=True)) == ["", "2016-10-10"]


def test_the_speaker_leaves_with_the_chamber(house: House, head: User) -> None:
    office = makers.kept(
        Office(person=house.goes, kind="speaker", title=written({"en": "Speaker"}), chamber=house.upper, since="2012")
    )
    made(house, head)
    assert until(office) == "2016-10-11"


def test_a_delegation_to_an_organisation_that_ended_is_not_advised(house: House, head: User) -> None:
    assert f"bodies.body.{house.delegation.pk}" in house.change(head).advised
    organisation = house.delegation.organisation
    assert organisation is not None
    with change(organisation, by=head) as held:
        held.until = "2014-12-31"
    assert f"bodies.body.{house.delegation.pk}" not in house.change(head).advised


def test_a_group_abroad_without_one_of_ours_is_proposed_and_claims_nothing(house: House, head: User) -> None:
    abroad = makers.a_parliament(makers.a_country("SK"))
    theirs = makers.a_body("theirs", parliaments=[abroad], countries=[house.home.country], since="2016-09-09")
    [effect] = [one for one in effects(house.change(head), Becomes.PROPOSED, "bodies.body") if not one.offered]
    assert (effect.ref, effect.planned) == (("bodies.body", theirs.pk), ())
    before = Body.objects.count()
    made(house, head, ticked=[effect.key])
    assert Body.objects.count() == before
    assert until(theirs) == ""


def test_all_of_it_is_taken_back(house: House, head: User) -> None:
    before = dump()
    batch = made(house, head)
    assert dump() != before
    undo(batch, by=head)
    assert dump() == before
    assert done_by(house.beginning) is None


def test_it_is_made_once(house: House, head: User) -> None:
    batch = made(house, head)
    with pytest.raises(Refused) as refusal:
        made(house, head, seen=house.change(head).digest)
    assert refusal.value.messages == [f"This change was made already, as No. {batch.pk}."]


def test_nothing_is_written_when_something_moved_meanwhile(house: House, head: User) -> None:
    seen = house.change(head).digest
    makers.a_membership(body=house.group, person=makers.a_person("Late"), since="2016-09-01")
    before = dump()
    with pytest.raises(Refused) as refusal:
        made(house, head, seen=seen)
    assert refusal.value.messages == ["Something has changed since this page was shown. Look at it again."]
    assert dump() == before


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"since": "2016-10"}, "Write the exact day on which “Convocation 6” begins."),
        ({"since": "2010-10-11"}, "No convocation of this parliament is known before “Convocation 6”."),
    ],
)
def test_a_convocation_that_is_not_ready_is_told_of(
    house: House, head: User, values: dict[str, str], message: str
) -> None:
    with change(house.beginning, by=head) as held:
        for name, value in values.items():
            setattr(held, name, value)
    with pytest.raises(NotReady) as refusal:
        house.change(head)
    assert refusal.value.messages == [message]


def test_a_convocation_that_begins_before_the_last_ended_is_refused_when_typed(house: House, head: User) -> None:
    with change(house.ending, by=head) as held:
        held.until = "2016-10-10"
    with pytest.raises(Refused) as refusal, change(house.beginning, by=head) as held:
        held.since = "2016-10-05"
    assert refusal.value.message_dict == {"since": ["“Convocation 5” covers some of the same days."]}


def test_one_that_ended_later_by_an_import_stands_in_the_way(house: House, head: User) -> None:
    with change(house.beginning, by=head) as held:
        held.until = "2019"
    change_many([Planned(house.ending, {"until": "2016-12-01"})], by=head)
    with pytest.raises(NotReady) as refusal:
        house.change(head)
    assert refusal.value.messages == [
        "“Convocation 6” begins before “Convocation 5” has ended. Mend the days of one of them."
    ]


def test_the_page_shows_it_makes_it_and_leads_to_the_batch(house: House, head: User, client: Client) -> None:
    client.force_login(head)
    there = reverse("bodies:turn", args=(house.beginning.pk,))
    page = client.get(there)
    found = house.change(head)
    assert page.status_code == 200
    assert page.content.decode().count('name="take"') == sum(effect.offered for effect in found.of(Becomes.PROPOSED))
    answer = client.post(there, {"seen": found.digest, "take": [f"bodies.body.{house.group.pk}"], "reason": "Day one"})
    assert (answer.status_code, answer["Location"]) == (302, there)
    batch = done_by(house.beginning)
    assert batch is not None
    assert reverse("exchange:batch-show", args=(batch.pk,)) in client.get(there).content.decode()
    assert client.get(reverse("exchange:batch-show", args=(batch.pk,))).status_code == 200


def test_the_page_says_what_is_wrong_and_keeps_what_was_ticked(house: House, head: User, client: Client) -> None:
    client.force_login(head)
    there = reverse("bodies:turn", args=(house.beginning.pk,))
    answer = client.post(there, {"seen": "older", "take": [f"bodies.body.{house.group.pk}"], "reason": "Day one"})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Something has changed since this page was shown." in words
    assert words.count(" checked") == 1
    assert "Day one" in words
    assert done_by(house.beginning) is None


@pytest.mark.parametrize(
    ("role", "status"), [("head_of_department", 200), ("administrator", 200), ("desk_officer", 403), ("auditor", 403)]
)
def test_only_who_leads_the_department_may_make_it(house: House, client: Client, role: str, status: int) -> None:
    client.force_login(makers.a_user(role))
    assert client.get(reverse("bodies:turn", args=(house.beginning.pk,))).status_code == status


def test_of_another_parliament_there_is_no_such_page(house: House, head: User, client: Client) -> None:
    theirs = makers.a_convocation(makers.a_parliament(), 7, since="2016-10-11")
    client.force_login(head)
    assert client.get(reverse("bodies:turn", args=(theirs.pk,))).status_code == 404


def test_it_is_told_of_until_it_is_made(house: House, head: User) -> None:
    [rule] = [one for one in every_attention() if one.key == "convocation-not-turned"]
    known = Convocation.objects.all()
    assert list(rule.narrow(known, NEXT_DAY, head)) == [house.beginning]
    assert list(rule.narrow(known, date(2018, 1, 1), head)) == []
    made(house, head)
    assert list(rule.narrow(known, NEXT_DAY, head)) == []
