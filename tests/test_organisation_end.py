"""An organisation ends in mid-term: what ends with it, what had ended, what stays; shown first, taken back as one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.bodies.actions import OrganisationEnd, end_organisation
from interparl.bodies.blocks import composition
from interparl.bodies.models import Body, LetterDue, Membership, Step
from interparl.core.addresses import address
from interparl.core.dates import PartialDate
from interparl.core.hooks import every_attention
from interparl.core.models import Entry
from interparl.core.translated import written
from interparl.core.writing import Refused
from interparl.directory.models import Office, Organisation, Parliament, Rank, Relation, Status
from interparl.exchange.actions import undo
from interparl.exchange.models import Batch
from interparl.portal.measures import facts_on
from tests.independent.ending_count import cut_at, held_on
from tests.letters import a_letter
from tests.makers import (
    a_body,
    a_decision,
    a_membership,
    a_parliament,
    a_person,
    a_reading,
    a_user,
    an_organisation,
    kept,
    the_home_parliament,
)
from tests.valley import dump

pytestmark = pytest.mark.django_db
LAST, NEXT = date(2014, 12, 31), date(2015, 1, 1)
END = PartialDate.parse("2014-12-31")


@pytest.fixture
def home(db: None) -> Parliament:
    """The parliament of this installation."""
    return the_home_parliament()


@pytest.fixture
def assembly(home: Parliament) -> Organisation:
    """An assembly with all that may hang on one."""
    found = an_organisation("assembly", "The Assembly", since="2000")
    kept(Status(organisation=found, parliament=home, status="member", since="2000"))
    kept(Status(organisation=found, parliament=a_parliament(), status="observer", since="2003", until="2009"))
    kept(Rank(organisation=found, importance="most", since="2000"))
    kept(Relation(organisation=found, kind="organisation", since="2000"))
    kept(
        Office(person=a_person("Chair"), kind="chair", title=written({"en": "Chair"}), organisation=found, since="2013")
    )
    a_letter(organisation=found, due_on=date(2015, 2, 1))
    return found


@pytest.fixture
def delegation(assembly: Organisation, home: Parliament) -> Body:
    """Our delegation to it: an accepted member, one appointed, one who had left, one who was to come."""
    body = a_body("ours", "Our Delegation", kind="delegation", organisation=assembly, since="2012", parliaments=[home])
    members: tuple[tuple[str, list[str], dict[str, Any]], ...] = (
        ("Accepted", ["appointed", "accepted"], {"since": "2012"}),
        ("Appointed", ["appointed"], {"since": "2013", "until": "2016-10-10"}),
        ("Left", ["accepted"], {"since": "2012", "until": "2013-05-01"}),
        ("Coming", [], {"since": "2015-03-01"}),
    )
    for family, steps, days in members:
        one = a_membership(body, a_person(family), **days)
        for kind in steps:
            kept(Step(membership=one, kind=kind, taken_on="2012-12-01"))
    return body


def ended(organisation: Organisation, by: User, **said: Any) -> Batch:
    """The end of the organisation as its page writes it."""
    plan = OrganisationEnd.of(organisation, END)
    said = {"decision": None, "note": "It was dissolved", "seen": plan.digest(by)} | said
    return end_organisation(organisation, END, by=by, **said)


def test_all_that_hangs_on_it_ends_and_what_had_ended_stays(
    assembly: Organisation, delegation: Body, head: User
) -> None:
    decision = a_decision("D-8")
    organ = a_body("organ", kind="organ", organisation=assembly)
    elsewhere = a_body("elsewhere", kind="delegation", organisation=an_organisation())
    before = dump()
    batch = ended(assembly, head, decision=decision)
    for row in (assembly, delegation, organ):
        row.refresh_from_db()
    assert (assembly.until, delegation.until, organ.until) == ("2014-12-31",) * 3
    assert (delegation.ended_by, organ.ended_by) == (decision, decision)
    assert Body.objects.get(pk=elsewhere.pk).until == ""
    seats = {str(one.person).split()[1]: one for one in Membership.objects.filter(body=delegation)}
    assert {name: (one.until, one.end_reason, one.ended_by) for name, one in seats.items()} == {
        "Accepted": ("2014-12-31", "body", decision),
        "Appointed": ("2014-12-31", "body", decision),
        "Left": ("2013-05-01", "", None),
        "Coming": ("", "", None),
    }
    assert [str(one.membership.person) for one in Step.objects.filter(kind="ended")] == ["Anna Accepted"]
    assert sorted(Status.objects.values_list("until", flat=True)) == ["2009", "2014-12-31"]
    for model in (Rank, Office, Relation):
        assert set(model.objects.values_list("until", flat=True)) == {"2014-12-31"}
    assert LetterDue.objects.get().state == "dropped"
    entries = Entry.objects.filter(batch=batch.pk)
    assert {(entry.verb, entry.note) for entry in entries} == {("ended", "It was dissolved")}
    undo(batch, by=head)
    assert dump() == before


def test_a_second_look_finds_nothing_missing(assembly: Organisation, delegation: Body, head: User) -> None:
    assert not OrganisationEnd.of(assembly, END).is_complete(head)
    ended(assembly, head)
    assembly.refresh_from_db()
    assert OrganisationEnd.of(assembly, END).is_complete(head)


def spans(model: Any, **narrowed: Any) -> list[tuple[int, date | None, date | None]]:
    """Rows as keys with their days."""
    return list(model.objects.filter(**narrowed).order_by("pk").values_list("pk", "since_earliest", "until_latest"))


def test_counts_and_compositions_of_both_days_are_those_of_an_independent_count(
    assembly: Organisation, delegation: Body, home: Parliament, head: User
) -> None:
    other = a_body("other", kind="delegation", organisation=an_organisation(), since="2012", parliaments=[home])
    a_membership(other, since="2012")
    bodies, members = spans(Body, kind="delegation"), spans(Membership)
    of_body = {body.pk: {one.pk for one in body.memberships.all()} for body in (delegation, other)}
    ended(assembly, head)
    after = cut_at(bodies, LAST, {delegation.pk})
    # The one who was to come only later keeps his days: they are corrected by hand.
    going = {key for key, first, _last in members if key in of_body[delegation.pk] and (first or LAST) <= LAST}
    seated = cut_at(members, LAST, going)
    for day in (LAST, NEXT, date(2013, 1, 1), date(2016, 1, 1)):
        assert facts_on(day, head, "en").permanent_delegations == len(held_on(after, day))
        for body in (delegation, other):
            table = composition(Body.objects.get(pk=body.pk), a_reading(head, day))
            assert {row.pk for row in table.rows} == held_on(seated, day) & of_body[body.pk], (day, body.code)
    assert len(held_on(after, LAST)) == len(held_on(after, NEXT)) + 1


def test_nothing_is_written_when_something_changed_since_it_was_shown(
    assembly: Organisation, delegation: Body, head: User
) -> None:
    seen = OrganisationEnd.of(assembly, END).digest(head)
    a_membership(delegation, since="2014")
    with pytest.raises(Refused, match="has changed since"):
        ended(assembly, head, seen=seen)
    assert Batch.objects.count() == 0


def test_what_the_user_may_not_know_of_ends_without_a_word(assembly: Organisation, officer: User, head: User) -> None:
    secret = a_body("secret", "Secret Delegation", kind="delegation", organisation=assembly, mark="official")
    member = a_membership(secret, mark="official")
    before = dump()
    batch = ended(assembly, officer)
    assert (Body.objects.get(pk=secret.pk).until, Membership.objects.get(pk=member.pk).until) == ("2014-12-31",) * 2
    undo(batch, by=head)
    assert dump() == before


def page_of(organisation: Organisation) -> str:
    """The page that ends it."""
    return address(("directory.organisation", organisation.pk), "end")


def seen_on(page: str) -> str:
    """The digest of what was shown."""
    return page.partition('name="seen" value="')[2].partition('"')[0]


def test_the_page_shows_what_ends_before_it_writes(desk: Client, assembly: Organisation, delegation: Body) -> None:
    url = page_of(assembly)
    shown = desk.post(url, {"until": "2014-12-31", "deed": "look"})
    text = shown.content.decode()
    assert shown.status_code == 200
    for words in (
        "Our Delegation",
        "Anna Accepted",
        "Anna Appointed",
        "The seat of 1 member",
        "Anna Left",
        "Anna Coming",
    ):
        assert words in text
    assert Batch.objects.count() == 0
    sent = {"until": "2014-12-31", "note": "Dissolved", "seen": seen_on(text), "deed": "apply"}
    for wrong, said in (({"note": ""}, "required"), ({"until": "2014-13-31"}, "2014-13-31"), ({"until": "2014.."}, "")):
        answer = desk.post(url, sent | wrong)
        assert answer.status_code == 422, wrong
        assert said in answer.content.decode()
    assert desk.post(url, sent | {"seen": "stale"}).status_code == 422
    assert desk.post(url, sent | {"until": "2014-11-30"}).status_code == 422
    assert Batch.objects.count() == 0
    assert desk.post(url, sent)["Location"] == address(("directory.organisation", assembly.pk))
    batch = Batch.objects.get()
    assert batch.kind == "organisation-end"
    page = desk.get(reverse("exchange:batch-show", args=(batch.pk,))).content.decode()
    assert "End of an organisation: The Assembly" in page


def test_an_end_that_is_written_says_what_is_missing(desk: Client, home: Parliament) -> None:
    assembly = an_organisation(name="The Old Assembly", until="2014-12-31")
    decision = a_decision("D5-08")
    a_body("done", "Done Delegation", kind="delegation", organisation=assembly, until="2014-12-31", ended_by=decision)
    url, show = page_of(assembly), address(("directory.organisation", assembly.pk))
    complete = desk.get(url).content.decode()
    assert "Nothing is missing." in complete
    assert "Done Delegation" in complete
    assert url not in desk.get(show).content.decode()
    left = kept(Status(organisation=assembly, parliament=home, status="member", since="2000"))
    assert url in desk.get(show).content.decode()
    page = desk.get(url).content.decode()
    assert "not all that ends with it is" in page
    desk.post(url, {"note": "Forgotten", "seen": seen_on(page), "decision": f"#{decision.pk}", "until": "2020"})
    left.refresh_from_db()
    assembly.refresh_from_db()
    assert (left.until, assembly.until) == ("2014-12-31", "2014-12-31")


def test_an_organisation_on_which_nothing_hangs_ends_alone(desk: Client) -> None:
    lonely = an_organisation()
    assert "seen" not in desk.get(page_of(lonely)).content.decode()
    desk.post(page_of(lonely), {"until": "2014-12-31", "note": "Dissolved"})
    lonely.refresh_from_db()
    assert (lonely.until, Batch.objects.count()) == ("2014-12-31", 0)


def test_only_who_may_change_it_ends_it(client: Client, assembly: Organisation, delegation: Body) -> None:
    for role in ("protocol_officer", "leadership", "auditor"):
        client.force_login(a_user(role))
        assert client.get(page_of(assembly)).status_code == 403
        assert client.post(page_of(assembly), {"until": "2014-12-31", "note": "x"}).status_code == 403
    hidden = an_organisation(mark="official")
    a_body(kind="delegation", organisation=hidden)
    client.force_login(a_user())
    assert client.get(page_of(hidden)).status_code == 404


def test_a_body_that_outlives_its_organisation_is_told_of(assembly: Organisation, delegation: Body, head: User) -> None:
    [rule] = [one for one in every_attention() if one.key == "organisation-ended"]

    def told(day: date) -> set[str]:
        return {one.code for one in rule.narrow(Organisation.objects.all(), day, head)}

    assert told(NEXT) == set()
    kept_organisation = an_organisation("over", until="2014-12-31")
    a_body(kind="delegation", organisation=kept_organisation)
    assert (told(LAST), told(NEXT)) == (set(), {"over"})
    ended(assembly, head)
    assert told(NEXT) == {"over"}


def test_of_what_the_user_may_not_know_the_page_says_nothing(desk: Client, head: User) -> None:
    assembly, empty = an_organisation(), an_organisation()
    secret = a_body(kind="delegation", organisation=assembly, mark="official")
    a_membership(secret, mark="official")
    pages = [desk.get(page_of(one)).content.decode() for one in (assembly, empty)]
    assert ['name="seen"' in page for page in pages] == [False, False]
    desk.post(page_of(assembly), {"until": "2014-12-31", "note": "Dissolved"})
    assert not OrganisationEnd.of(Organisation.objects.get(pk=assembly.pk), END).is_complete(head)
    assert "Its end" not in desk.get(address(("directory.organisation", assembly.pk))).content.decode()
