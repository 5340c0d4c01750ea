"""What the objects of a Popolo file become, and where its legislature belongs."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from interparl.core.models import Identifier
from interparl.core.translated import text_in
from interparl.directory.models import (
    Affiliation,
    Chamber,
    Convocation,
    Country,
    Faction,
    Mandate,
    Office,
    Organisation,
    Parliament,
    Person,
    PersonName,
)
from interparl.exchange.actions import text_of
from tests.makers import a_chamber, a_country, a_parliament, kept
from tests.valley import (
    ANNA,
    GREENS,
    HOUSE,
    NOBODY,
    SEAT,
    a_file,
    applied,
    looked_at,
    numbers,
    told,
)

pytestmark = pytest.mark.django_db


def test_hidden_characters_go_and_the_original_stays_when_applied() -> None:
    name = "Anna \u202eNowak\u200b"
    batch = applied(a_file(persons=[ANNA | {"name": name}]))
    assert PersonName.objects.get(kind="official").text == "Anna Nowak"
    assert batch.rows.get(record="person").prepared["raw"]["name"] == name
    assert told(batch, "hidden_characters") == [("persons[0]", "hidden_characters")]


def test_further_given_names_and_the_biography_are_kept_when_applied() -> None:
    file = a_file(persons=[ANNA | {"additional_name": "Maria", "biography": "Engineer.\nWrites."}])
    applied(file)
    name = PersonName.objects.get(text="Anna Nowak")
    assert (name.given, name.family, name.person.note["en"]["text"]) == ("Anna Maria", "Nowak", "Engineer.\nWrites.")
    assert numbers(looked_at(file)).keys() == {"same"}


def test_namesakes_stay_two_when_their_ids_differ() -> None:
    applied(a_file(persons=[ANNA, {"id": "p2", "name": "Anna Nowak"}]))
    assert Person.objects.filter(names__text="Anna Nowak").count() == 2


def test_an_identifier_is_left_out_when_somebody_else_has_it() -> None:
    batch = applied(a_file(persons=[ANNA, {"id": "p2", "name": "Jan Lis", "identifiers": ANNA["identifiers"]}]))
    assert told(batch, "identifier_held") == [("persons[1]", "identifier_held")]
    assert Person.objects.count() == 2
    assert [text_of(one) for one in batch.messages if one["key"] == "identifier_held"] == [
        "The identifier viaf:7 already belongs to Anna Nowak; it was left out."
    ]
    other = applied(name="hill.popolo.json")
    assert (told(other, "recognised"), Person.objects.count()) == ([("persons[0]", "recognised")], 2)


def test_identifiers_of_ours_cannot_be_claimed_when_a_file_names_them() -> None:
    applied(a_file(persons=[ANNA | {"identifiers": [{"scheme": "valley:person", "identifier": "p2"}]}]))
    assert Identifier.objects.get(value="p2").scheme == "valley-person"


def test_identifiers_of_no_scheme_are_told_and_left_out_when_applied() -> None:
    batch = applied(a_file(persons=[ANNA | {"identifiers": [{"identifier": "9"}]}]))
    assert (told(batch, "no_scheme"), Identifier.objects.filter(value="9").count()) == (
        [("persons[0]", "no_scheme")],
        0,
    )


def test_a_place_of_its_own_is_made_when_the_file_names_no_country() -> None:
    applied()
    code = Country.objects.get().code
    assert (code.startswith("X-VALLE-"), Parliament.objects.get().code, Chamber.objects.get().code[:12]) == (
        True,
        code,
        code,
    )


def test_the_chamber_is_the_named_one_when_told() -> None:
    chamber = a_chamber(code="VA-LC01", seats=10)
    batch = applied(options={"chamber": "va-lc01"})
    assert (numbers(batch), Chamber.objects.get().seats, Country.objects.count()) == (
        {"new": 5, "changed": 1, "same": 1},
        10,
        1,
    )
    assert Convocation.objects.get().parliament == chamber.parliament
    assert numbers(applied()) == {"same": 7}


def test_the_chamber_is_the_one_with_its_wikidata_id_when_known() -> None:
    chamber = a_chamber()
    kept(Identifier(kind="directory.chamber", object_id=chamber.pk, scheme="wikidata", value="Q1"))
    applied()
    assert (Chamber.objects.get(), Mandate.objects.get().chamber) == (chamber, chamber)


def test_the_chamber_is_made_in_the_country_when_told() -> None:
    country = a_country("VA")
    parliament = a_parliament(country, "VA")
    applied(options={"country": "VA"})
    assert (Chamber.objects.get().parliament, Country.objects.get()) == (parliament, country)
    assert Chamber.objects.get().code.startswith("VA-")


def test_a_parliament_is_made_in_the_country_when_it_has_none() -> None:
    country = a_country("VA")
    applied(options={"country": "VA"})
    assert (Parliament.objects.get().country, Parliament.objects.get().code[:3]) == (country, "VA-")


@pytest.mark.parametrize("options", [{"chamber": "NO-1"}, {"country": "NO"}])
def test_an_option_is_refused_when_it_names_nothing(options: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="with the code “NO"):
        looked_at(options=options)


def test_an_edition_is_refused_when_it_is_about_another_legislature() -> None:
    applied()
    other = HOUSE | {"name": "Senate", "identifiers": [{"scheme": "wikidata", "identifier": "Q2"}]}
    with pytest.raises(ValidationError, match="Give another key of the source"):
        looked_at(a_file(organizations=[other, GREENS, NOBODY]))
    batch = looked_at(a_file(organizations=[other, GREENS, NOBODY]), source_key="senate")
    assert batch.source_key == "senate"


def test_two_legislatures_share_a_parliament_when_in_one_file() -> None:
    senate = {"id": "senate", "name": "Senate", "classification": "legislature"}
    seats = [SEAT, SEAT | {"organization_id": "senate", "legislative_period_id": None}]
    applied(a_file(organizations=[HOUSE, senate, GREENS, NOBODY], memberships=seats))
    assert (Chamber.objects.count(), Parliament.objects.count(), Country.objects.count()) == (2, 1, 1)
    assert sorted(text_in(one.chamber.name, "en") for one in Faction.objects.select_related("chamber")) == [
        "House of the Valley",
        "Senate",
    ]
    assert Affiliation.objects.count() == 2
    again = a_file(organizations=[HOUSE, senate, GREENS, NOBODY], memberships=seats)
    assert numbers(applied(again)) == {"same": 9}


def test_an_executive_is_an_organisation_with_offices_when_applied() -> None:
    cabinet = {"id": "cabinet", "name": "Cabinet", "classification": "executive"}
    minister = {"person_id": "p1", "organization_id": "cabinet", "role": "Minister", "start_date": "2013"}
    applied(a_file(organizations=[HOUSE, GREENS, NOBODY, cabinet], memberships=[minister]))
    office = Office.objects.get()
    assert (text_in(office.title, "en"), office.since, office.organisation) == (
        "Minister",
        "2013",
        Organisation.objects.get(),
    )
