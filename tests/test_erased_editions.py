"""What becomes of names in frozen lists: an office holder's stay, of somebody made anonymous a number stands for it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from interparl.accounts.models import User
from interparl.bodies.actions import release_composition
from interparl.bodies.blocks import frozen_composition
from interparl.bodies.blocks.freezing import changes_since
from interparl.bodies.models import Body, Membership
from interparl.core.addresses import address
from interparl.core.models import Entry
from interparl.core.sealing import findings
from interparl.directory.actions import account_of
from interparl.directory.models import Person
from interparl.documents.models import Edition
from interparl.documents.rules.editions import digest_of
from tests import makers, merging
from tests.erasing import NAMES, asked, done, somebody, where

pytestmark = pytest.mark.django_db
DAY = date(2014, 6, 1)


@pytest.fixture
def group(db: None) -> Body:
    """A group of which somebody is the secretary."""
    body = makers.a_body("group", "Group")
    part = makers.a_part(body, makers.a_parliament())
    makers.a_membership(part=part, person=makers.a_person("Header"), role="head")
    makers.a_membership(part=part, person=somebody(), role="secretary", since="2012")
    return body


def released(body: Body, by: User) -> Edition:
    """The list of the day."""
    frozen, _left_out = frozen_composition(body, makers.a_reading(by, DAY), body.effective_mark)
    return release_composition(body, frozen, as_of=DAY, again=True, by=by)


def secretary() -> Person:
    """Who it is."""
    return Membership.objects.get(role="secretary").person


def test_a_number_stands_for_the_name_in_every_edition_when_somebody_is_made_anonymous(
    group: Body, head: User, client: Client
) -> None:
    editions = [released(group, head) for _number in range(2)]
    digests, facts = [one.digest for one in editions], editions[0].content["rows"][1]["facts"]
    assert {table for table, _word in where(*NAMES)} > {"documents_edition"}
    erasure = asked(secretary(), "anonymise")
    assert [row.pk for row in account_of(erasure).losses.frozen] == [one.pk for one in editions]
    done(erasure, head)
    assert where(*NAMES) == set()
    assert findings() == []
    client.force_login(head)
    for edition, digest in zip(editions, digests, strict=True):
        edition.refresh_from_db()
        row = edition.content["rows"][1]
        words = f"Person erased No. {erasure.pk}"
        assert (edition.digest, edition.names_erased, row["erased"]) == (digest, 1, erasure.pk)
        assert (row["names"]["en"], row["facts"], row["cells"]["en"][0][0]) == (words, facts, words)
        assert (digest_of(edition.content) == digest, edition.is_whole) == (False, True)
        entry = Entry.objects.filter(kind="documents.edition", object_id=edition.pk).latest("pk")
        assert (entry.verb, entry.changes) == ("erased", {"names_erased": [0, 1]})
        page = client.get(address(("documents.edition", edition.pk))).content.decode()
        for said in ("Names were erased from this list", words, digest):
            assert said in page
    shown = client.get(address(("directory.erasure", erasure.pk))).content.decode()
    assert "the name taken out, the digest stays" in shown


def test_a_name_that_was_erased_is_no_change_of_the_composition(group: Body, head: User) -> None:
    edition = released(group, head)
    done(asked(secretary(), "anonymise"), head)
    edition.refresh_from_db()
    found = changes_since([edition], {group.pk: group}, makers.a_reading(head, DAY))
    assert found[group.pk].number == 0


def test_the_name_of_an_office_holder_stays_in_what_went_out_when_he_is_erased(group: Body, head: User) -> None:
    edition = released(group, head)
    makers.a_mandate(secretary(), since="2004", until="2008")
    erasure = asked(secretary())
    assert account_of(erasure).losses.frozen == ()
    before = edition.content
    done(erasure, head)
    edition.refresh_from_db()
    assert (edition.content, edition.names_erased, edition.is_whole) == (before, 0, True)


def test_a_name_is_found_in_lists_from_before_a_merge(group: Body, head: User) -> None:
    edition = released(group, head)
    left = makers.a_person("Oakenshaw", "Zephyrine")
    merging.merged(left, secretary(), head)
    done(asked(left, "anonymise"), head)
    edition.refresh_from_db()
    assert edition.names_erased == 1
    assert {table for table, _word in where(*NAMES)} & {"documents_edition", "core_label"} == set()


def test_another_list_goes_when_it_was_released_after_the_erasure_was_shown(group: Body, head: User) -> None:
    erasure = asked(secretary(), "anonymise")
    seen = account_of(erasure).digest
    released(group, head)
    assert account_of(erasure).digest != seen
