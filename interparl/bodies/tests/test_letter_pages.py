"""The pages of letters that are due: the register, a letter with its text, sending, planning; who opens them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from interparl.bodies.actions import letters_to
from interparl.bodies.models import Body, LetterDue, Membership, Step
from interparl.core.addresses import address, list_address
from interparl.core.models import Entry
from interparl.directory.models import Organisation, Parliament
from tests.letters import DAY, a_letter, planned_letters, sent_out, text
from tests.makers import (
    BY,
    a_body,
    a_country,
    a_parliament,
    a_person,
    a_user,
    an_organisation,
    sits,
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


def test_the_register_is_asked_by_addressee_subject_state_and_day(desk: Client) -> None:
    country = a_country(name="Farland")
    late = a_letter(parliament=a_parliament(country, name="The Late Diet"), due_on=date(2016, 10, 1))
    soon = a_letter(parliament=a_parliament(name="The Soon Diet"), due_on=DAY)
    later = a_letter(organisation=an_organisation(name="The Later Body"), due_on=date(2016, 12, 1), about=About.SEATS)
    names = {late: "The Late Diet", soon: "The Soon Diet", later: "The Later Body"}
    for asked, expected in (
        ({}, {late, soon, later}),
        ({"due": "late"}, {late}),
        ({"due": "soon"}, {soon}),
        ({"due": "later"}, {later}),
        ({"about": "seats"}, {later}),
        ({"state": "sent"}, set()),
        ({"country": str(country.pk)}, {late}),
        ({"organisation": str(later.organisation_id)}, {later}),
    ):
        page = desk.get(list_address("bodies.letterdue"), {"on": "2016-10-15", **asked}).content.decode()
        assert {letter for letter, name in names.items() if f">{name}:" in page} == expected, asked
    page = desk.get(list_address("bodies.letterdue"), {"on": "2016-10-15"}).content.decode()
    assert page.index("Late Diet") < page.index("Soon Diet") < page.index("Later Body")


def test_a_page_shows_the_text_of_each_language_and_gives_it_plain(desk: Client, home: Parliament) -> None:
    [letter] = planned_letters(letters_to([a_parliament()], about=About.ELECTION, due_on=DAY, by=BY))
    page = desk.get(address(("bodies.letterdue", letter.pk))).content.decode()
    for language in ("en", "ru", "be"):
        plain = reverse("bodies:letterdue-text", args=(letter.pk, language))
        assert plain in page
        answer = desk.get(plain)
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.content.decode() == f"{text(letter, language)}\n"
    for none in ("xx", "de"):
        assert desk.get(reverse("bodies:letterdue-text", args=(letter.pk, none))).status_code == 404


def test_a_letter_without_a_text_gets_a_draft_once(desk: Client, home: Parliament) -> None:
    letter = a_letter()
    draft = reverse("bodies:letterdue-draft", args=(letter.pk,))
    assert draft in desk.get(address(("bodies.letterdue", letter.pk))).content.decode()
    assert desk.get(draft).status_code == 405
    desk.post(draft)
    letter.refresh_from_db()
    assert "Dear colleagues," in text(letter)
    last = Entry.objects.latest("pk").pk
    assert "Nothing was written" in desk.post(draft, follow=True).content.decode()
    assert Entry.objects.latest("pk").pk == last


def test_a_letter_is_marked_as_sent_on_its_page(desk: Client, delegation: Body, assembly: Organisation) -> None:
    letter = a_letter(about=About.SEATS, organisation=assembly, body=delegation)
    send = f"{address(('bodies.letterdue', letter.pk))}move/send/"
    [appointed] = Membership.objects.filter(steps__kind="appointed").exclude(steps__kind="notified")
    page = desk.get(send).content.decode()
    assert "Anna Appointed" in page
    assert "Anna Notified" not in page
    wrong = desk.post(send, {"on": "soon", "number": "15", "told": [appointed.pk]})
    assert wrong.status_code == 422
    assert 'value="soon"' in wrong.content.decode()
    assert 'value="15"' in wrong.content.decode()
    assert desk.post(send, {"on": "2016-10-20", "told": ["999999"]}).status_code == 422
    letter.refresh_from_db()
    assert letter.state == "due"
    desk.post(send, {"on": "2016-10-20", "number": "15", "told": [appointed.pk]})
    letter.refresh_from_db()
    assert (letter.state, letter.number) == ("sent", "15")
    assert appointed.steps.filter(kind="notified", taken_on="2016-10-20").count() == 1
    assert desk.get(send).status_code == 404


def test_who_may_not_change_memberships_sends_without_noting_steps(
    client: Client, delegation: Body, assembly: Organisation
) -> None:
    letter = a_letter(about=About.SEATS, organisation=assembly, body=delegation)
    client.force_login(a_user("protocol_officer"))
    send = f"{address(('bodies.letterdue', letter.pk))}move/send/"
    assert "Anna Appointed" not in client.get(send).content.decode()
    client.post(send, {"on": "2016-10-20", "number": "15"})
    letter.refresh_from_db()
    assert letter.state == "sent"
    assert Step.objects.filter(kind="notified", taken_on="2016-10-20").count() == 0


def test_a_letter_to_the_assembly_is_planned_from_the_page_of_the_delegation(desk: Client, delegation: Body) -> None:
    plan = reverse("bodies:body-letter", args=(delegation.pk,))
    assert plan in desk.get(address(("bodies.body", delegation.pk))).content.decode()
    assert "Anna Appointed" in desk.get(plan).content.decode()
    assert desk.post(plan, {"due_on": "2016-02-31"}).status_code == 422
    assert LetterDue.objects.count() == 0
    answer = desk.post(plan, {"due_on": "2016-10-20"})
    letter = LetterDue.objects.get()
    assert answer["Location"] == address(("bodies.letterdue", letter.pk))
    assert (letter.about, letter.body, letter.organisation) == ("seats", delegation, delegation.organisation)
    again = desk.post(plan, {"due_on": "2016-10-20"})
    assert again.status_code == 422
    assert "due already" in again.content.decode()
    assert LetterDue.objects.count() == 1
    group = a_body(parliaments=[a_parliament()])
    assert (
        reverse("bodies:body-letter", args=(group.pk,))
        not in desk.get(address(("bodies.body", group.pk))).content.decode()
    )
    assert desk.get(reverse("bodies:body-letter", args=(group.pk,))).status_code == 403


def test_pages_of_addressees_and_bodies_show_what_waits_to_those_who_may_see_it(
    client: Client, delegation: Body, assembly: Organisation
) -> None:
    parliament = a_parliament(name="The Partner Diet")
    a_letter(parliament=parliament)
    a_letter(organisation=assembly, body=delegation)
    hosts = [
        ("directory.country", parliament.country_id),
        ("directory.parliament", parliament.pk),
        ("directory.organisation", assembly.pk),
        ("bodies.body", delegation.pk),
    ]
    for role, sees in (("desk_officer", True), ("protocol_officer", True), ("member", False)):
        user = a_user(role)
        if role == "member":
            a_person(user=user)
        client.force_login(user)
        for host in hosts:
            page = client.get(address(host))
            if role == "member" and page.status_code == 302:
                continue
            assert ('id="letters-due"' in page.content.decode()) is sees, (role, host)


@pytest.mark.parametrize("role", ["member", "ministry_liaison"])
def test_members_and_ministries_do_not_open_the_register(client: Client, role: str) -> None:
    user = a_user(role)
    if role == "member":
        sits(user)
    letter = a_letter(mark="public")
    client.force_login(user)
    assert client.get(list_address("bodies.letterdue")).status_code == 403
    assert client.get(address(("bodies.letterdue", letter.pk))).status_code in (403, 404)
    assert client.get(reverse("bodies:letterdue-text", args=(letter.pk, "en"))).status_code in (403, 404)
    assert client.post(f"{address(('bodies.letterdue', letter.pk))}move/send/", {"on": "2016-10-20"}).status_code in (
        403,
        404,
    )


def test_a_letter_that_is_hidden_is_as_one_that_is_not_there(desk: Client) -> None:
    letter = a_letter(mark="official")
    for page in (
        address(("bodies.letterdue", letter.pk)),
        f"{address(('bodies.letterdue', letter.pk))}move/send/",
        reverse("bodies:letterdue-text", args=(letter.pk, "en")),
    ):
        assert desk.get(page).status_code == 404


def test_a_letter_has_exactly_one_addressee(desk: Client, assembly: Organisation) -> None:
    new = reverse("bodies:letterdue-new")
    sent = {"about": "convocation", "due_on": "2016-10-20", "mark": "internal", "grade": "stated"}
    nobody = desk.post(new, sent)
    assert nobody.status_code == 422
    assert "Name either a parliament or an organisation." in nobody.content.decode()
    parliament = a_parliament()
    both = sent | {"parliament": f"#{parliament.pk}", "organisation": f"#{assembly.pk}"}
    assert desk.post(new, both).status_code == 422
    assert LetterDue.objects.count() == 0
