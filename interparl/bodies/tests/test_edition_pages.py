"""The pages of editions: releasing what was shown, reading it as it went out, and who may."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from interparl.accounts.models import User
from interparl.bodies.models import Body, Membership
from interparl.core.addresses import address
from interparl.core.days import HOME_PARLIAMENT
from interparl.core.models import Setting
from interparl.core.querysets import open_gate
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.documents.models import Edition
from tests import makers
from tests.hostile import fields_of
from tests.makers import BY

pytestmark = pytest.mark.django_db
PUBLISHED: dict[str, Any] = {"mark": "public", "published_on": date(2014, 1, 1)}


@pytest.fixture
def group(db: None) -> Body:
    """A published group with two members."""
    body = makers.a_body("group", "Group", since="2012-11-20", **PUBLISHED)
    part = makers.a_part(body, makers.a_parliament(makers.a_country(**PUBLISHED), **PUBLISHED), since="2012-11-20")
    for family, role in (("Header", "head"), ("Follower", "member")):
        person = makers.a_person(family, **PUBLISHED)
        makers.a_membership(part=part, person=person, role=role, since="2012-11-20", **PUBLISHED)
    return body


def page_of(body: Body) -> str:
    """Where a list of the body is released."""
    return f"/desk/bodies/{body.pk}/editions/new/"


def released(client: Client, body: Body, **values: Any) -> Any:
    """The answer to the form with these values, sent with the list that they give."""
    sent = fields_of(client.get(page_of(body))) | {"again": None} | values
    first = client.post(page_of(body), {name: value for name, value in sent.items() if value is not None})
    if first.status_code == 302 or "seen" not in text_of(first) or not list(first.context["form"].non_field_errors()):
        return first
    seen = first.context["form"]["seen"].value()
    return client.post(
        page_of(body), {name: value for name, value in (sent | {"seen": seen}).items() if value is not None}
    )


def text_of(answer: Any) -> str:
    """The page."""
    return str(answer.content.decode())


def test_what_was_shown_is_released_and_read_as_it_went_out(desk: Client, group: Body) -> None:
    assert "Anna Header" in text_of(desk.get(page_of(group)))
    answer = released(desk, group, sent_to="Secretariat", reason="Decision 5")
    edition = Edition.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(("documents.edition", edition.pk)))
    assert (edition.sent_to, edition.mark, edition.published_on) == ("Secretariat", "public", edition.released_on)
    page = text_of(desk.get(answer["Location"]))
    for words in ("Anna Header", "Secretariat", "Decision 5", edition.digest, "Head"):
        assert words in page
    assert "Edition 1 was released." in page
    body_page = text_of(desk.get(address(("bodies.body", group.pk))))
    assert ("No change since edition 1" in body_page, 'id="editions"' in body_page) == (True, True)


def test_the_form_comes_back_when_the_list_has_become_another_one(desk: Client, group: Body) -> None:
    sent = fields_of(desk.get(page_of(group)))
    sent.pop("again", None)
    makers.a_membership(part=group.parts.get(), person=makers.a_person("Newcomer", **PUBLISHED), **PUBLISHED)
    answer = desk.post(page_of(group), sent | {"sent_to": "Typed"})
    page = text_of(answer)
    assert (answer.status_code, Edition.objects.count()) == (422, 0)
    for words in ("is not the one that you were shown", "Newcomer", 'value="Typed"'):
        assert words in page
    again = fields_of(answer)
    again.pop("again", None)
    assert desk.post(page_of(group), again).status_code == 302
    assert len(Edition.objects.get().content["rows"]) == 3


def test_the_same_list_is_refused_with_the_place_unless_ticked(desk: Client, group: Body) -> None:
    assert released(desk, group).status_code == 302
    answer = released(desk, group, sent_to="Another")
    assert (answer.status_code, Edition.objects.count()) == (422, 1)
    assert list(answer.context["form"].errors) == ["again"]
    assert 'value="Another"' in text_of(answer)
    assert released(desk, group, again="on").status_code == 302


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"as_of": ""}, "as_of"),
        ({"as_of": "2014-02-30"}, "as_of"),
        ({"mark": "pointer"}, "mark"),
        ({"mark": "official", "is_published": None}, "mark"),
        ({"sent_to": "x" * 501}, "sent_to"),
        ({"mark": "internal"}, "is_published"),
    ],
)
def test_bad_input_is_told_at_its_place(values: dict[str, str], place: str, desk: Client, group: Body) -> None:
    answer = released(desk, group, **values)
    assert (answer.status_code, list(answer.context["form"].errors), Edition.objects.count()) == (422, [place], 0)


def test_what_changed_is_said_in_words_beside_the_row(desk: Client, group: Body) -> None:
    released(desk, group)
    seats = {str(one.person): one for one in Membership.objects.all()}
    with change(seats["Anna Follower"], by=BY) as held:
        held.role = "secretary"
    with change(seats["Anna Header"], by=BY) as held:
        held.until = "2013"
    person = makers.a_person("Third", **PUBLISHED)
    makers.a_membership(part=group.parts.get(), person=person, role="head", since="2014", **PUBLISHED)
    assert "3 changes since edition 1" in text_of(desk.get(address(("bodies.body", group.pk))))
    released(desk, group)
    first, second = Edition.objects.order_by("number")
    page = text_of(desk.get(address(("documents.edition", second.pk))))
    for words in (
        "Since edition 1",
        "Came",
        "Another role",
        "Role: was Member",
        "No longer in the list since edition 1",
    ):
        assert words in page
    assert f'href="{address(("documents.edition", first.pk))}" rel="prev"' in page
    earlier = text_of(desk.get(address(("documents.edition", first.pk))))
    assert f'href="{address(("documents.edition", second.pk))}" rel="next"' in earlier
    assert "No longer in the list" not in earlier


def test_the_files_hold_the_frozen_rows(desk: Client, group: Body) -> None:
    released(desk, group)
    with change(Membership.objects.get(role="head").person.names.get(), by=BY) as name:
        name.family = "Renamed"
    base = f"/desk/editions/{Edition.objects.get().pk}/file/"
    text = desk.get(base, {"format": "csv"}).content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if not row[0].startswith("#")]
    assert [row[:3] for row in rows][:2] == [
        ["id", "Member", "Role"],
        [str(Membership.objects.get(role="head").person_id), "Anna Header", "head"],
    ]
    assert Edition.objects.get().digest in text
    book = load_workbook(io.BytesIO(desk.get(base, {"format": "xlsx"}).content))
    assert "Anna Header" in {cell.value for row in book.active.iter_rows() for cell in row}
    assert len(desk.get(base, {"format": "json"}).json()["rows"]) == 2


def test_an_edition_is_read_in_the_language_of_the_reader_and_else_in_its_own(desk: Client, group: Body) -> None:
    released(desk, group)
    edition = Edition.objects.get()
    desk.cookies["language"] = "ru"
    assert "Руководитель" in text_of(desk.get(address(("documents.edition", edition.pk))))
    # An edition from before the language came.
    content = {**edition.content, "title": {"en": edition.content["title"]["en"]}}
    older = Edition(kind="bodies.body", object_id=group.pk, number=7, as_of=edition.as_of, content=content)
    older.released_on, older.mark = edition.released_on, "public"
    makers.kept(older)
    page = text_of(desk.get(address(("documents.edition", older.pk))))
    assert ('class="edition-list" lang="en"' in page, "Руководитель" in page) == (True, False)


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("protocol_officer", 403), ("desk_officer", 200)])
def test_only_who_keeps_the_body_releases_its_lists(role: str, status: int, client: Client, group: Body) -> None:
    user = makers.a_user(role)
    makers.sits(user)
    del user.standing
    client.force_login(user)
    assert client.get(page_of(group)).status_code == status
    assert (b"Release a list" in client.get(address(("bodies.body", group.pk))).content) == (status == 200)
    if status == 403:
        assert client.post(page_of(group), {"as_of": "2014-06-01", "mark": "public"}).status_code == 403
    assert Edition.objects.count() == 0


def test_a_secretary_releases_the_lists_of_his_own_body_alone(client: Client, group: Body) -> None:
    secretary = makers.a_user("delegation_secretary")
    person = makers.sits(secretary)
    makers.a_membership(part=group.parts.get(), person=person, role="secretary")
    other = makers.a_body("other", "Other")
    del secretary.standing
    client.force_login(secretary)
    assert [client.get(page_of(one)).status_code for one in (group, other)] == [200, 403]
    assert released(client, group).status_code == 302


def test_nobody_releases_on_the_page_of_a_past_day(desk: Client, group: Body) -> None:
    assert desk.get(f"{page_of(group)}?on=2013-01-01").status_code == 403


def test_an_edition_is_not_there_for_who_may_not_read_its_mark_or_its_body(
    client: Client, group: Body, head: User, member: User
) -> None:
    client.force_login(head)
    makers.a_membership(part=group.parts.get(), person=makers.a_person("Secret"), mark="official")
    released(client, group, mark="official", is_published=None)
    edition = Edition.objects.get()
    url, file = address(("documents.edition", edition.pk)), f"/desk/editions/{edition.pk}/file/"
    assert ["Anna Secret" in text_of(client.get(one)) for one in (url, file)] == [True, True]
    client.force_login(member)
    for one in (
        url,
        file,
        f"{url}history/",
        f"{url}move/withdraw/",
        f"/desk/editions/{edition.pk + 1}/file/",
    ):
        assert (one, client.get(one).status_code) == (one, 404)
    assert 'id="editions"' not in text_of(client.get(address(("bodies.body", group.pk))))
    assert f"edition {edition.number}" not in text_of(client.get("/desk/editions/"))


def test_what_a_reader_may_not_know_of_is_no_link_in_the_list(client: Client, group: Body, member: User) -> None:
    client.force_login(makers.a_user())
    released(client, group)
    person = Membership.objects.get(role="head").person
    with change(person, by=BY) as held:
        held.mark = "official"
    client.force_login(member)
    page = text_of(client.get(address(("documents.edition", Edition.objects.get().pk))))
    assert ("Anna Header" in page, address(("directory.person", person.pk)) in page) == (True, False)


def test_a_withdrawn_edition_says_so_and_keeps_its_list_on_the_desk(desk: Client, group: Body) -> None:
    released(desk, group)
    url = address(("documents.edition", Edition.objects.get().pk))
    assert desk.post(f"{url}move/error/", {"reason": ""}).status_code == 422
    assert desk.post(f"{url}move/error/", {"reason": "The wrong list"}).status_code == 302
    page = text_of(desk.get(url))
    assert ("published in error" in page, "Anna Header" in page, "move/withdraw" in page) == (True, True, False)
    assert "The wrong list" in text_of(desk.get(f"{url}history/"))
    assert desk.post(f"{url}move/withdraw/", {"reason": "Again"}).status_code == 404
    assert "since edition" not in text_of(desk.get(address(("bodies.body", group.pk))))


def test_a_list_that_was_altered_in_its_place_says_so(desk: Client, group: Body) -> None:
    released(desk, group)
    edition = Edition.objects.get()
    content = {**edition.content, "about": {}}
    with open_gate():
        Edition.objects.filter(pk=edition.pk).update(content=content)
    assert "was altered in its place" in text_of(desk.get(address(("documents.edition", edition.pk))))


def test_an_edition_has_no_form_of_its_own(desk: Client, group: Body) -> None:
    released(desk, group)
    url = address(("documents.edition", Edition.objects.get().pk))
    assert [desk.get(one).status_code for one in (f"{url}edit/", "/desk/editions/new/")] == [404, 404]
    assert f'href="{url}edit/"' not in text_of(desk.get(url))


def test_the_public_sees_the_last_published_edition_beside_the_live_register(desk: Client, group: Body) -> None:
    stranger = Client()
    assert "The last list that was released" not in text_of(stranger.get("/en/bodies/group/"))
    released(desk, group)
    first = Edition.objects.get()
    with change(Membership.objects.get(role="member"), by=BY) as held:
        held.until = "2013"
    released(desk, group, is_published=None)
    page = text_of(stranger.get("/en/bodies/group/"))
    assert ("Anna Header" in page, "Anna Follower" in page, "/en/bodies/group/editions/1/" in page) == (
        True,
        False,
        True,
    )
    frozen = text_of(stranger.get("/en/bodies/group/editions/1/"))
    assert ("Anna Follower" in frozen, "Edition 1" in frozen, first.digest in frozen) == (True, True, True)
    assert [stranger.get(f"/ru/bodies/group/editions/{number}/").status_code for number in (1, 2, 3, 10**30)] == [
        200,
        404,
        404,
        404,
    ]
    rows = stranger.get("/en/bodies/group/editions/1/", {"format": "json"}).json()["rows"]
    assert [row["person"] for row in rows] == ["Anna Header", "Anna Follower"]
    assert stranger.get("/en/bodies/group/editions/1/", {"format": "pdf"}).status_code == 400


@pytest.mark.parametrize(("move", "is_shown"), [("withdraw", False), ("error", False), ("replace", True)])
def test_the_public_is_told_what_became_of_an_edition(move: str, is_shown: bool, desk: Client, group: Body) -> None:
    released(desk, group)
    edition = Edition.objects.get()
    url = address(("documents.edition", edition.pk))
    assert desk.post(f"{url}move/{move}/", {"reason": "Inner reason"}).status_code == 302
    stranger = Client()
    answer = stranger.get("/en/bodies/group/editions/1/")
    page = text_of(answer)
    assert (answer.status_code, "Anna Header" in page, "Inner reason" in page) == (200, is_shown, False)
    assert "This edition was" in page
    file = stranger.get("/en/bodies/group/editions/1/", {"format": "csv"})
    assert file.status_code == (200 if is_shown else 404)
    assert "The last list that was released" not in text_of(stranger.get("/en/bodies/group/"))


def test_the_public_does_not_see_an_edition_whose_body_is_withdrawn(desk: Client, group: Body) -> None:
    released(desk, group)
    with change(group, by=BY, verb="withdrawn") as held:
        held.published_on = None
    assert Client().get("/en/bodies/group/editions/1/").status_code == 404


def test_lists_of_the_public_page_name_the_last_edition(desk: Client, group: Body) -> None:
    home = group.parts.get().parliament
    makers.kept(Setting(key=HOME_PARLIAMENT, value=home.code))
    assert "Last list" not in text_of(Client().get("/en/lists/working-groups/"))
    released(desk, group)
    page = text_of(Client().get("/en/lists/working-groups/"))
    assert ("Last list" in page, "Edition 1, " in page) == (True, True)
    [row] = Client().get("/en/lists/working-groups/", {"format": "json"}).json()["rows"]
    assert row["edition"].startswith("Edition 1, ")


def test_a_renamed_body_keeps_the_name_that_went_out(desk: Client, group: Body) -> None:
    released(desk, group)
    with change(group, by=BY) as held:
        held.name = written({"en": "Renamed"})
    page = text_of(desk.get(address(("documents.edition", Edition.objects.get().pk))))
    assert ("Group, edition 1" in page, "Renamed" in page) == (True, True)
