"""What is internal leaves no trace on the portal, also where a public record points to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from interparl.bodies.models import Body, Decision, Membership, Partner, Step
from interparl.core.actors import Actor
from interparl.core.kept import SHELF
from interparl.core.models import Source
from interparl.core.records import Record
from interparl.core.translated import written
from interparl.core.writing import change
from interparl.directory.models import Country, Organisation, Person
from tests import makers

pytestmark = pytest.mark.django_db
PUBLIC: dict[str, Any] = {"mark": "public", "published_on": "2010-01-01"}
PLANTED = ("Hiddenland", "Hiddenperson", "Hiddenorg", "Hiddensource", "H-77", "2013-03-03", "3 Mar 2013")


@pytest.fixture
def body(db: None) -> Body:
    """A public group of the home parliament; everything about it is public too."""
    home = makers.the_home_parliament(**PUBLIC)
    source = makers.kept(Source(key="hidden", title=written({"en": "Hiddensource"}), **PUBLIC))
    organisation = makers.an_organisation("hidden-org", "Hiddenorg", **PUBLIC)
    decision = makers.kept(Decision(number="H-77", taken_on="2012-11-01", organ=written({"en": "Council"}), **PUBLIC))
    country = makers.a_country("HH", "Hiddenland", **PUBLIC)
    one = makers.kept(
        Body(
            code="group", kind="working-group", name=written({"en": "The group"}), organisation=organisation,
            source=source, **PUBLIC,
        )
    )  # fmt: skip
    part = makers.a_part(one, home, **PUBLIC)
    makers.kept(Partner(body=one, country=country, **PUBLIC))
    person = makers.a_person("Hiddenperson", **PUBLIC)
    membership = makers.a_membership(part=part, person=person, role="head", decision=decision, **PUBLIC)
    makers.kept(Step(membership=membership, kind="accepted", taken_on="2013-03-03", **PUBLIC))
    return one


def pages_of(client: Client) -> str:
    """All that the portal says about it, pages and files."""
    SHELF.clear()
    addresses = (
        "bodies/group/", "bodies/group/?format=csv", "bodies/group/?format=json", "lists/working-groups/",
        "lists/working-groups/?format=json", "lists/organisations/", "", "how-we-count/",
    )  # fmt: skip
    found = [client.get(f"/en/{address}") for address in addresses]
    assert [answer.status_code for answer in found] == [200] * len(addresses)
    return "\n".join(answer.content.decode() for answer in found)


def hide(record: Record) -> None:
    with change(record, by=Actor.command("tests")) as held:
        held.mark = "internal"


def test_everything_is_said_when_everything_is_public(body: Body, client: Client) -> None:
    said = pages_of(client)
    assert [word for word in PLANTED[:5] if word not in said] == []
    assert "2013-03-03" in said or "3 Mar 2013" in said


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Partner, PLANTED[:1]),
        (Country, PLANTED[:1]),
        (Membership, (PLANTED[1], *PLANTED[5:])),
        (Person, (PLANTED[1], *PLANTED[5:])),
        (Organisation, PLANTED[2:3]),
        (Source, PLANTED[3:4]),
        (Decision, PLANTED[4:5]),
        (Step, PLANTED[5:]),
    ],
)
def test_no_trace_is_left_when_a_part_is_internal(
    model: type[Record], words: tuple[str, ...], body: Body, client: Client
) -> None:
    found = model._base_manager.order_by("pk")
    for record in found:
        if record.pk and not (isinstance(record, Country) and record.code != "HH"):
            hide(record)
    said = pages_of(client)
    assert [word for word in words if word in said] == []
    assert "The group" in said
