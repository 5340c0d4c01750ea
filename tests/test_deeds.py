"""Deeds over many records, kept as one batch: written, shown by name to who may know, and taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.functional import lazystr

from interparl.accounts.models import User
from interparl.bodies.models import Body
from interparl.core.models import Entry
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.core.writing import Planned, Refused, change
from interparl.directory.models import Organisation
from interparl.exchange.actions import DEEDS, Deed, about, undo, written_as_batch
from interparl.exchange.models import Batch
from tests.makers import BY, a_body, a_part, a_user, an_organisation
from tests.valley import dump

pytestmark = pytest.mark.django_db
KIND = "trial"


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of deed of these tests alone."""
    monkeypatch.setitem(DEEDS, KIND, Deed(lazystr("A trial")))


def an_end(organisation: Organisation, *bodies: Body) -> list[Planned]:
    """Rows that end the organisation and the bodies, and make another organisation."""
    new = Organisation(code="another", name=written({"en": "Another"}), kind=Organisation.Kind.OTHER)
    return [
        Planned(organisation, {"until": "2014-12-31"}),
        Planned(new),
        *(Planned(body, {"until": "2014-12-31"}) for body in bodies),
    ]


def deed(organisation: Organisation, by: User, *bodies: Body) -> Batch:
    """The rows written as one deed."""
    name = about("directory.organisation", organisation.pk)
    return written_as_batch(KIND, name, an_end(organisation, *bodies), by=by, note="It ended", counts={"bodies": 1})


def test_all_rows_are_one_batch_and_one_undoing_takes_it_back(head: User) -> None:
    organisation = an_organisation(name="The Assembly")
    body = a_body(kind=Body.Kind.DELEGATION, organisation=organisation)
    before = dump()
    batch = deed(organisation, head, body)
    assert (batch.state, batch.counts) == ("applied", {"bodies": 1, "written": 3})
    entries = Entry.objects.filter(batch=batch.pk)
    assert {entry.note for entry in entries} == {"It ended"}
    assert Body.objects.get(pk=body.pk).until == "2014-12-31"
    undoing = undo(batch, by=head)
    assert dump() == before
    assert undoing.counts == {"restored": 2, "removed": 1}


def test_a_later_deed_elsewhere_does_not_stand_in_the_way(head: User) -> None:
    first, second = an_organisation(), an_organisation()
    before = dump()
    one = written_as_batch(KIND, "One", [Planned(first, {"until": "2014"})], by=head)
    two = written_as_batch(KIND, "Two", [Planned(second, {"until": "2014"})], by=head)
    undo(one, by=head)
    undo(two, by=head)
    assert dump() == before


def test_what_changed_since_stands_in_the_way_and_a_later_deed_is_named(head: User) -> None:
    organisation = an_organisation(name="The Assembly")
    one = written_as_batch(KIND, "One", [Planned(organisation, {"until": "2014"})], by=head)
    two = written_as_batch(KIND, "Two", [Planned(organisation, {"until": "2015"})], by=head)
    with pytest.raises(ValidationError, match=f"“A trial”, No. {two.pk}, changed one of them") as refusal:
        undo(one, by=head)
    assert any("The Assembly" in message for message in refusal.value.messages)
    undo(two, by=head)
    with change(organisation, by=BY) as held:
        held.until = "2016"
    with pytest.raises(ValidationError, match="1 record was changed since"):
        undo(one, by=head)


def test_nothing_is_written_when_one_row_is_refused_or_the_kind_is_unknown(head: User) -> None:
    organisation = an_organisation()
    an_organisation(code="another")
    before = dump()
    with pytest.raises(Refused):
        deed(organisation, head)
    with pytest.raises(LookupError):
        written_as_batch("unheard-of", "One", [Planned(organisation, {"until": "2014"})], by=head)
    assert dump() == before
    assert Batch.objects.count() == 0


def test_a_row_is_not_doubted_for_another_that_the_same_deed_writes_later(head: User) -> None:
    body = a_body(since="2012-01-01", until="2016-01-01")
    part = a_part(body)
    rows: list[Planned] = [Planned(part, {"until": "2017-01-01"}), Planned(body, {"until": "2017-01-01"})]
    written_as_batch(KIND, "One", rows, by=head)
    rows_now: list[Record] = [type(part).objects.get(pk=part.pk), Body.objects.get(pk=body.pk)]
    assert [row.questioned for row in rows_now] == [[], []]


def test_pages_call_it_by_name_and_hide_the_name_from_who_may_not_know(client: Client, head: User) -> None:
    organisation = an_organisation(name="The Hidden Assembly", mark="official")
    batch = deed(organisation, head)
    show, listed = reverse("exchange:batch-show", args=(batch.pk,)), reverse("exchange:batch-list")
    client.force_login(head)
    for page in (show, listed, reverse("exchange:batch-undo", args=(batch.pk,))):
        assert "A trial: The Hidden Assembly" in client.get(page).content.decode()
    client.force_login(a_user())
    for page in (show, listed):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "A trial" in answer.content.decode()
        assert "Hidden" not in answer.content.decode()


def test_it_is_taken_back_on_its_page(client: Client, head: User) -> None:
    organisation = an_organisation(name="The Assembly")
    batch = deed(organisation, head)
    client.force_login(head)
    answer = client.post(reverse("exchange:batch-undo", args=(batch.pk,)), {"reason": "Too early"}, follow=True)
    text = answer.content.decode()
    assert "All that it made was removed" in text
    assert "Too early" in text
    assert "This was taken back." in client.get(reverse("exchange:batch-show", args=(batch.pk,))).content.decode()
    assert Organisation.objects.get(pk=organisation.pk).until == ""
