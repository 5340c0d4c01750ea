"""Pages of merging: what they show to whom, where old addresses lead, and that no two merge the same at once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.models import Entry, Identifier, ReadEntry
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.directory.models import Office, Organisation, Person, PersonName
from interparl.exchange.actions import undo
from interparl.exchange.models import Batch
from tests.hostile import fields_of
from tests.makers import BY, a_body, a_mandate, a_name, a_person, a_user, an_organisation, kept

pytestmark = pytest.mark.django_db
PUBLISHED: dict[str, Any] = {"mark": "public", "published_on": date(2014, 5, 1)}
PERSON, ORGANISATION = "directory.person", "directory.organisation"


def merge_url(left: Any, gone: Any) -> str:
    """Where the two are held beside each other."""
    return reverse("exchange:merge", args=(left.record_kind(), left.pk, gone.pk))


def words(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def press(client: Client, left: Any, gone: Any, **chosen: str) -> Any:
    """Opens the page and sends its form, with these choices."""
    url = merge_url(left, gone)
    return client.post(url, fields_of(client.get(url)) | chosen)


@pytest.fixture
def two(client: Client, officer: User) -> tuple[Person, Person]:
    """The same person twice, and an officer who is signed in."""
    client.force_login(officer)
    first, second = a_person("Nowak", born="1970"), a_person("Novak", born="1971", gender="female")
    a_mandate(second, since="2012", until="2016")
    return first, second


def test_the_page_shows_every_difference_and_every_row_that_moves(client: Client, two: tuple[Person, Person]) -> None:
    answer = client.get(merge_url(*two))
    assert [(line.label, [offer.value for offer in line.offers]) for line in answer.context["lines"]] == [
        ("Gender", ["kept", "gone"]),
        ("Born", ["kept", "gone"]),
    ]
    assert {group.title: group.count for group in answer.context["moving"]} == {"Mandates": 1, "Names of people": 1}
    for text in ("1970", "1971", "female", "Anna Novak", "Mandate: Chamber", "2012"):
        assert text in words(answer)


def test_the_page_merges_with_what_was_chosen_and_leads_to_what_is_left(
    client: Client, two: tuple[Person, Person]
) -> None:
    answer = press(client, *two, field_born="gone", reason="The same passport")
    assert (answer.status_code, answer["Location"]) == (302, address((PERSON, two[0].pk)))
    left = Person.objects.get()
    assert (left.born, left.gender) == ("1971", "female")
    assert Entry.objects.filter(verb="merged", note="The same passport").exists()
    history = client.get(address((PERSON, left.pk), "history"))
    old = address((PERSON, two[1].pk), "history")
    assert f'href="{old}"' in words(history)
    answer = client.get(old)
    assert (answer.status_code, answer.context["left"][1]) == (200, address((PERSON, left.pk), "history"))
    assert "added" in [line.verb for line in answer.context["lines"]]
    assert [line.revert_url for line in answer.context["lines"] if line.revert_url] == []


def test_the_old_address_leads_on_only_for_who_may_know_of_what_is_left(client: Client, officer: User) -> None:
    head = a_user("head_of_department")
    left, gone = an_organisation("left", mark="official"), an_organisation("gone")
    client.force_login(head)
    press(client, left, gone)
    old = address((ORGANISATION, gone.pk))
    answer = client.get(f"{old}?on=2015-01-01")
    assert (answer.status_code, answer["Location"]) == (308, f"{address((ORGANISATION, left.pk))}?on=2015-01-01")
    assert answer["Cache-Control"] == "no-store"
    client.force_login(officer)
    never = address((ORGANISATION, 987654))
    for page in ("", "history/", "edit/", "readers/"):
        hidden, missing = client.get(f"{old}{page}"), client.get(f"{never}{page}")
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert _as_any(hidden, gone.pk) == _as_any(missing, 987654)


def test_what_is_sent_to_an_old_address_is_not_written_to_what_is_left(
    client: Client, two: tuple[Person, Person]
) -> None:
    press(client, *two)
    last = Entry.objects.count()
    for page in ("edit", "publish", "end"):
        answer = client.post(address((PERSON, two[1].pk), page), {"gender": "male", "on": "", "reason": ""})
        assert (answer.status_code, answer["Location"]) == (302, address((PERSON, two[0].pk)))
    assert Entry.objects.count() == last


def test_the_address_is_its_own_again_when_the_merge_is_taken_back(client: Client, two: tuple[Person, Person]) -> None:
    press(client, *two)
    batch = Batch.objects.get()
    name = a_name(Person.objects.get(), family="Later")
    url = reverse("exchange:batch-undo", args=(batch.pk,))
    assert "stand again as they stood" in words(client.get(url))
    answer = client.post(url, {"reason": "Not the same"})
    shown = client.get(answer["Location"])
    assert [group.names[0][0] for group in shown.context["stayed"]] == [f"Name of a person: {name.text}"]
    assert client.get(address((PERSON, two[1].pk))).status_code == 200
    listed = words(client.get(reverse("exchange:batch-list")))
    assert f"Merge: No. {two[1].pk} into No. {two[0].pk}" in listed


def test_nothing_hidden_stands_on_any_page_of_a_merge(client: Client, two: tuple[Person, Person]) -> None:
    before = words(client.get(merge_url(*two)))
    name = a_name(two[1], family="Secretname", kind="passport", mark="official")
    secret = an_organisation("secret", "Secret house", mark="official")
    values = {"organisation": secret, "title": written({"en": "Secret office"}), "mark": "official"}
    kept(Office(person=two[1], kind="other", **values))
    assert _without_tokens(words(client.get(merge_url(*two)))) == _without_tokens(before)
    press(client, *two)
    assert PersonName.objects.get(pk=name.pk).person_id == two[0].pk
    batch = Batch.objects.get()
    pages = [reverse("exchange:batch-show", args=(batch.pk,)), reverse("exchange:batch-list")]
    pages += [address((PERSON, one.pk), "history") for one in two]
    for page in pages:
        assert "secret" not in words(client.get(page)).lower()
    undo(batch, by=BY)
    for page in [*pages, reverse("exchange:batch-show", args=(Batch.objects.get(undoes=batch).pk,))]:
        assert "secret" not in words(client.get(page)).lower()


def _as_any(answer: Any, key: int) -> str:
    """The page without what is its own: the address, and the code of each form."""
    return re.sub(r'value="\w{64}"', "", words(answer)).replace(f"/{key}/", "")


def _without_tokens(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrf" not in line)


def test_a_merge_of_hidden_records_is_in_no_list_of_who_may_not_know_of_them(client: Client, officer: User) -> None:
    head = a_user("head_of_department")
    client.force_login(head)
    press(client, an_organisation(mark="official"), an_organisation(mark="official"))
    batch = Batch.objects.get()
    pages = [reverse(f"exchange:batch-{page}", args=(batch.pk,)) for page in ("show", "undo")]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    undoing = undo(batch, by=head)
    pages.append(reverse("exchange:batch-show", args=(undoing.pk,)))
    assert client.get(pages[-1]).status_code == 200
    client.force_login(officer)
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert client.get(reverse("exchange:batch-list")).context["table"].total == 0


def test_the_page_is_not_there_for_what_cannot_be_merged(client: Client, two: tuple[Person, Person]) -> None:
    hidden, other = an_organisation(mark="official"), an_organisation()
    for kind, first, second in (
        (PERSON, two[0].pk, two[0].pk),
        (PERSON, two[0].pk, 987654),
        (PERSON, 10**30, 10**18),
        (ORGANISATION, other.pk, hidden.pk),
        ("core.source", 1, 2),
        ("core.entry", 1, 2),
        ("nothing", 1, 2),
        ("a.b.c", 1, 2),
    ):
        url = reverse("exchange:merge", args=(kind, first, second))
        assert (client.get(url).status_code, client.post(url, {}).status_code) == (404, 404)
        assert client.get(reverse("exchange:merge-with", args=(kind, second))).status_code == 404 or second == two[0].pk


def test_the_page_is_forbidden_to_who_may_not_change_both(client: Client, member: User) -> None:
    first, second = an_organisation(), an_organisation()
    client.force_login(member)
    for url in (merge_url(first, second), reverse("exchange:merge-with", args=(ORGANISATION, first.pk))):
        assert (client.get(url).status_code, client.post(url, {}).status_code) == (403, 403)
    assert Organisation.objects.count() == 2


def test_what_stands_against_it_is_shown_and_nothing_can_be_pressed(client: Client, officer: User) -> None:
    whole = an_organisation()
    part = an_organisation(parent=whole)
    client.force_login(officer)
    answer = client.get(merge_url(whole, part))
    assert "One of the two points to the other" in words(answer)
    assert ">Merge</button>" not in words(answer)
    assert client.post(merge_url(whole, part), fields_of(answer)).status_code == 422
    assert Organisation.objects.count() == 2


def test_the_second_of_two_gets_a_clear_message_when_both_merge_at_once(
    client: Client, two: tuple[Person, Person]
) -> None:
    url, other = merge_url(*two), Client()
    other.force_login(a_user())
    sent = fields_of(client.get(url))
    assert press(other, two[1], two[0]).status_code == 302
    answer = client.post(url, sent, follow=True)
    assert answer.redirect_chain == [(address((PERSON, two[1].pk)), 302)]
    assert "merged or removed meanwhile" in words(answer)
    assert Batch.objects.count() == 1


def test_the_page_is_shown_again_when_something_has_changed_since(client: Client, two: tuple[Person, Person]) -> None:
    sent = fields_of(client.get(merge_url(*two)))
    with change(two[1], by=BY) as held:
        held.born = "1972"
    answer = client.post(merge_url(*two), sent)
    assert answer.status_code == 422
    assert "has changed since this page was shown" in words(answer)
    assert "1972" in words(answer)
    again = fields_of(answer) | {"seen": answer.context["seen"]}
    assert client.post(merge_url(*two), again).status_code == 302


def test_the_other_record_is_chosen_from_the_record_s_own_page(client: Client, two: tuple[Person, Person]) -> None:
    url = reverse("exchange:merge-with", args=(PERSON, two[0].pk))
    more = [action.url for action in client.get(address((PERSON, two[0].pk))).context["more"]]
    assert url in more
    assert client.post(url, {"other": f"#{two[0].pk}"}).status_code == 422
    answer = client.post(url, {"other": f"#{two[1].pk}"})
    assert (answer.status_code, answer["Location"]) == (302, merge_url(*two))


def test_reading_what_is_for_official_use_on_the_page_is_noted(client: Client) -> None:
    head = a_user("head_of_department")
    client.force_login(head)
    first, second = an_organisation(), an_organisation(mark="official")
    key = kept(Identifier(kind=ORGANISATION, object_id=second.pk, scheme="register", value="77", mark="official"))
    client.get(merge_url(first, second))
    noted = set(ReadEntry.objects.values_list("kind", "object_id"))
    assert noted >= {(ORGANISATION, second.pk), ("core.identifier", key.pk)}


def test_nothing_is_written_when_the_page_is_only_read(client: Client, two: tuple[Person, Person]) -> None:
    last = Entry.objects.count()
    client.get(merge_url(*two))
    assert (Entry.objects.count(), Batch.objects.count(), Person.objects.count()) == (last, 0, 2)


def test_the_public_address_leads_to_what_is_left_once_that_is_public(client: Client) -> None:
    head = a_user("head_of_department")
    bodies = [a_body(code, **PUBLISHED) for code in ("left", "gone")]
    others = [a_body("quiet"), a_body("loud", **PUBLISHED)]
    client.force_login(head)
    for left, gone in (bodies, others):
        assert press(client, left, gone).status_code == 302
    answer = Client().get("/ru/bodies/gone/?on=2015-01-01")
    assert (answer.status_code, answer["Location"]) == (308, "/ru/bodies/left/?on=2015-01-01")
    assert Client().get("/ru/bodies/loud/").status_code == 404
    undo(Batch.objects.order_by("pk")[0], by=head)
    assert Client().get("/ru/bodies/gone/").status_code == 200
