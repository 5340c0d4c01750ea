"""`interparl composition`: the shape that the design fixes, for whoever asks."""

from __future__ import annotations

import argparse
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from interparl.bodies.commands import arguments, run, write
from interparl.bodies.models import Body, Step
from interparl.core.models import Identifier
from interparl.core.translated import written
from tests import makers

pytestmark = pytest.mark.django_db
PUBLIC: dict[str, Any] = {"mark": "public", "published_on": "2012-01-01"}


def answer(*words: str) -> dict[str, Any]:
    """What the command answers to these words."""
    parser = argparse.ArgumentParser()
    arguments(parser)
    return run(parser.parse_args(words))


@pytest.fixture
def body(db: None) -> Body:
    """A public delegation with one accepted member."""
    one = makers.a_body("delegation-un", "Delegation", kind="delegation", **PUBLIC)
    part = makers.a_part(one)
    person = makers.a_person("Example", **PUBLIC)
    makers.a_name(person, family="Прыклад", given="Ганна", language="be")
    membership = makers.a_membership(
        part=part,
        person=person,
        seat=makers.a_seat(part, title=written({"en": "First seat"}), kind="substitute", **PUBLIC),
        role="substitute",
        since="2012-11",
        until="2016",
        decision=makers.a_decision("17", **PUBLIC),
        **PUBLIC,
    )
    makers.kept(Step(membership=membership, kind="accepted", taken_on="2013-02-01", **PUBLIC))
    makers.kept(Identifier(kind="bodies.body", object_id=one.pk, scheme="source", value="D-1"))
    return one


def test_the_answer_has_the_shape_of_the_design_when_asked(body: Body) -> None:
    found = answer("delegation-un", "--on", "2014-06-01")
    assert found == {
        "body": "delegation-un",
        "name": "Delegation",
        "on": "2014-06-01",
        "members": [
            {
                "person": "Anna Example",
                "id": body.memberships.get().person_id,
                "role": "substitute",
                "seat": "First seat",
                "substitute": True,
                "since": "2012-11",
                "until": "2016",
                "decision": "17",
                "accepted_on": "2013-02-01",
                "approximate": False,
                "identifiers": {},
            }
        ],
    }
    assert json.loads(json.dumps(found)) == found
    assert write(found) == "Delegation, 2014-06-01: 1\n  substitute   Anna Example"


def test_doubt_and_what_is_not_yet_known_are_said_when_the_day_is_early(body: Body) -> None:
    [member] = answer("delegation-un", "--on", "2012-11-15")["members"]
    assert (member["approximate"], member["accepted_on"]) == (True, None)
    assert answer("delegation-un", "--on", "2011-01-01")["members"] == []


@pytest.mark.parametrize("words", ["delegation-un", "DELEGATION-UN", "source:D-1", "Delegation"])
def test_a_body_is_named_in_any_way_when_asked_for(words: str, body: Body) -> None:
    assert answer(words, "--on", "2014-06-01")["body"] == "delegation-un"
    assert answer(str(body.pk), "--on", "2014-06-01")["body"] == "delegation-un"


def test_names_are_in_the_language_asked_for_when_given(body: Body) -> None:
    assert answer("delegation-un", "--on", "2014-06-01", "--lang", "be")["members"][0]["person"] == "Ганна Прыклад"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nothing",), "No body is known as “nothing”."),
        (("source:none",), "No body is known as “source:none”."),
        (("delegation-un", "--on", "soon"), "“soon” is not a date. Write 2012, 2012-10 or 2012-10-11."),
        (("delegation-un", "--on", "2013-02-30"), "“2013-02-30” names a day that no calendar has."),
        (("delegation-un", "--as", "nobody"), "There is no user and no role “nobody”."),
        (("delegation-un", "--lang", "xx"), "There is no language “xx” here."),
    ],
)
def test_one_clear_line_is_said_when_the_input_is_bad(words: tuple[str, ...], message: str, body: Body) -> None:
    with pytest.raises(ValidationError) as refusal:
        answer(*words)
    assert refusal.value.messages == [message]


def test_the_public_asks_when_nobody_is_named_and_roles_read_more(body: Body) -> None:
    secret = makers.a_body("secret")
    makers.a_membership(body, makers.a_person("Secret"), role="head")
    makers.a_user("desk_officer", "viktar")
    assert len(answer("delegation-un", "--on", "2014-06-01")["members"]) == 1
    for reader in ("desk_officer", "member", "viktar"):
        members = answer("delegation-un", "--on", "2014-06-01", "--as", reader)["members"]
        assert [one["role"] for one in members] == ["head", "substitute"]
    assert answer("secret", "--as", "member")["body"] == secret.code
    with pytest.raises(ValidationError) as refusal:
        answer("secret")
    assert refusal.value.messages == ["No body is known as “secret”."]


def test_a_chamber_is_answered_by_its_mandates_when_no_body_is_called_so() -> None:
    chamber = makers.a_chamber()
    sitting = makers.a_person("Kavalenka")
    makers.a_mandate(sitting, chamber, since="2012", until="2016")
    makers.a_mandate(makers.a_person("Melnik"), chamber, since="2008", until="2011-12-31")
    makers.kept(Identifier(kind="directory.person", object_id=sitting.pk, scheme="wikidata", value="Q1"))
    found = answer(chamber.code, "--on", "2014-06-01", "--as", "administrator")
    members = [(one["id"], one["role"], one["since"], one["identifiers"]) for one in found["members"]]
    assert members == [(sitting.pk, "member", "2012", {"wikidata": "Q1"})]
    assert answer(chamber.code, "--on", "2012-06-01", "--as", "administrator")["members"][0]["approximate"] is True
