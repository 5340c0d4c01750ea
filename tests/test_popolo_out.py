"""Popolo out: valid, only what the reader may see; in again without change, here and in an empty database."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from interparl.core.models import Grade, Identifier, Mark
from interparl.core.models.entries import ReadEntry
from interparl.core.translated import written
from interparl.directory.models import (
    Affiliation,
    Chamber,
    ChamberTerm,
    Constituency,
    ContactPoint,
    Election,
    Faction,
    Office,
    PersonName,
)
from interparl.exchange.actions import apply
from tests.makers import (
    BY,
    a_chamber,
    a_convocation,
    a_country,
    a_mandate,
    a_name,
    a_parliament,
    a_person,
    a_source,
    a_user,
    an_organisation,
    kept,
)
from tests.popolo_shapes import Document, wrong_in
from tests.popolo_taken import LISTS, came_in, from_elsewhere, ids, lists, taken_out, unchanged
from tests.valley import GREENS, HOUSE, a_file, applied, numbers

pytestmark = pytest.mark.django_db
PUBLISHED: dict[str, Any] = {"mark": Mark.PUBLIC, "published_on": date(2015, 1, 1)}
HIDDEN: dict[str, Any] = {"mark": Mark.OFFICIAL}


@pytest.fixture
def everything() -> Chamber:
    """Two chambers of one parliament with all that Popolo has words for, and what it has none for."""
    parliament = a_parliament(a_country("PL", "Poland"))
    chamber, senate = (a_chamber(parliament, seats=seats) for seats in (30, None))
    convocation = a_convocation(parliament, 5, since="2012", until="2016")
    for each, since in ((chamber, "2012-01-15"), (senate, "2012-02")):
        kept(ChamberTerm(chamber=each, convocation=convocation, since=since, until="2015-01-01..2016-03-01"))
    kept(Election(chamber=chamber, held_on="2011-12"))
    kept(Constituency(chamber=chamber, number=7, name=written({"en": "West", "be": "Захад"})))
    faction = kept(Faction(chamber=chamber, name=written({"en": "Greens", "ru": "Зелёные"})))
    kept(Faction(chamber=senate, name=written({"be": "Без нікога"})))
    office = an_organisation(short_name=written({"en": "Short"}))
    for number in (1, 2):
        _somebody(number, chamber, faction, office, convocation)
    return chamber


def _somebody(number: int, chamber: Chamber, faction: Faction, office: Any, convocation: Any) -> None:
    source = a_source(url="https://example.org/source")
    person = a_person(f"Nowak{number}", "Anna", gender="female", born="1970-05", source=source)
    person_days = {"since": "2012-01-15..2012-03-01", "until": "2016-01"}
    a_name(person, family="Новак", given="Ганна", language="be", patronymic="Янаўна", is_preferred=True, script="Cyrl")
    a_name(person, family="Lis", language="en", kind="former", until="1995", note=written({"en": "birth name"}))
    kept(PersonName(person=person, text="NOWAK ANNA", kind="passport", language="en", **HIDDEN))
    kept(ContactPoint(person=person, kind="email", value="anna@example.org", since="2013"))
    kept(ContactPoint(person=person, kind="other", value="twitter: anna"))
    kept(ContactPoint(person=person, kind="other", value="Knock: twice"))
    kept(ContactPoint(person=person, kind="url", value="https://example.org/anna", note=written({"ru": "страница"})))
    kept(Identifier(kind="directory.person", object_id=person.pk, scheme="wikidata", value=f"Q{number}"))
    area = Constituency.objects.get()
    a_mandate(person, chamber, convocation=convocation, constituency=area, start_reason="by-election", **person_days)
    kept(Affiliation(person=person, faction=faction, role="whip", **person_days))
    kept(Affiliation(person=person, faction=faction, since="2001"))
    kept(Office(person=person, kind="speaker", title=written({"en": "Speaker", "be": "Старшыня"}), chamber=chamber))
    kept(Office(person=person, kind="other", title=written({"en": "Chair"}), organisation=office, until="2014"))
    kept(Office(person=person, kind="minister", title=written({"en": "Minister"})))


def test_what_was_typed_here_changes_nothing_when_it_comes_back(everything: Chamber) -> None:
    for language in ("en", "ru", "be"):
        for chamber in (None, everything):
            document = taken_out(language=language, chamber=chamber)
            assert list(wrong_in(document)) == []
            unchanged(came_in(document))
    assert document["interparl"]["offices_left_out"] == 2


def test_what_was_typed_elsewhere_is_equal_when_it_goes_out_again(everything: Chamber) -> None:
    document = taken_out()
    # Nothing of the other database is here: its keys are those of no record.
    moved = from_elsewhere(json.loads(json.dumps(document).replace("Q1", "Q91").replace("Q2", "Q92")))
    before = {name: len(document[name]) for name in LISTS}
    batch = came_in(moved, "moved.json")
    apply(batch, by=BY)
    unchanged(came_in(moved, "moved.json"))
    chambers = Chamber.objects.exclude(pk=everything.pk).order_by("pk")
    assert chambers.count() == 3
    both = taken_out()
    mine = {name: [one for one in both[name] if one["id"] not in ids(document, name)] for name in LISTS}
    assert {name: len(several) for name, several in mine.items() if name != "posts"} == {
        name: number for name, number in before.items() if name != "posts"
    }
    assert [texts_of(one) for one in mine["persons"]] == [texts_of(one) for one in moved["persons"]]


def texts_of(person: Document) -> list[Any]:
    return [person["name"], person["other_names"], person["contact_details"], person["links"], person["birth_date"]]


def test_every_value_stands_where_popolo_has_it(everything: Chamber) -> None:
    document = taken_out(chamber=everything)
    [house] = [one for one in document["organizations"] if one["classification"] == "legislature"]
    anna = document["persons"][0]
    assert (anna["name"], anna["family_name"], anna["given_name"]) == ("Anna Nowak1", "Nowak1", "Anna")
    assert (anna["birth_date"], anna["gender"], anna["sources"]) == (
        "1970-05",
        "female",
        [{"url": "https://example.org/source"}],
    )
    told = {(one["name"], one["lang"], one["note"], one.get("end_date", "")) for one in anna["other_names"]}
    assert told == {
        ("Anna Nowak1", "en", "official", ""),
        ("Ганна Новак", "be", "official", ""),
        ("Lis", "en", "birth name", "1995"),
        ("NOWAK ANNA", "en", "passport", ""),
    }
    assert [one["patronymic_name"] for one in anna["other_names"] if one["lang"] == "be"] == ["Янаўна"]
    assert {(one["type"], one["value"]) for one in anna["contact_details"]} == {
        ("email", "anna@example.org"),
        ("twitter", "anna"),
        ("other", "Knock: twice"),
    }
    assert anna["links"][0]["url"] == "https://example.org/anna"
    assert anna["identifiers"] == [{"scheme": "wikidata", "identifier": "Q1"}]
    seats = [one for one in document["memberships"] if one["person_id"] == anna["id"]]
    [seat] = [one for one in seats if one["organization_id"] == house["id"] and "office" not in one]
    [greens] = [one for one in document["organizations"] if one["classification"] == "party"]
    assert (seat["on_behalf_of_id"], seat["role"]) == (greens["id"], "whip")
    assert (seat["start_date"], seat["end_date"], seat["area_id"]) == ("2012", "2016-01", document["areas"][0]["id"])
    [term, election] = document["events"]
    assert (seat["legislative_period_id"], term["start_date"], term["end_date"]) == (
        term["id"],
        "2012-01-15",
        "2016-03-01",
    )
    assert (election["classification"], election["start_date"]) == ("general election", "2011-12")
    assert document["areas"][0]["identifier"] == "7"
    assert {post["label"] for post in document["posts"]} == {"Speaker", "Chair"}


def test_what_lies_between_two_days_seems_never_to_last_when_it_ended() -> None:
    person, chamber = a_person(), a_chamber()
    for until in ("2014-02-01..2014-02-20", "2014-01..2014-05", "2013..2014-06-30", "..2014", "2014.."):
        a_mandate(person, chamber, until=until)
    ends = [one.get("end_date") for one in taken_out()["memberships"]]
    assert ends == ["2014-02", "2014", "2014-06-30", "2014-12-31", None]
    unchanged(came_in(taken_out()))


def test_only_what_holds_on_the_day_goes_out_when_a_day_is_asked(everything: Chamber) -> None:
    on = {day: taken_out(day=date.fromisoformat(day), chamber=everything) for day in ("2013-06-01", "2020-01-01")}
    then, later = ([one for one in document["memberships"] if "office" not in one] for document in on.values())
    assert [one["role"] for one in then if "area_id" in one] == ["whip", "whip"]
    assert [one for one in later if "area_id" in one] == []
    assert len(later) == 2
    assert on["2020-01-01"]["meta"]["on"] == "2020-01-01"


def test_nothing_hidden_leaves_a_trace_when_others_take_out(everything: Chamber) -> None:
    officer, liaison = a_user("desk_officer"), a_user("ministry_liaison")
    assert "NOWAK ANNA" not in json.dumps(taken_out(officer))
    assert lists(taken_out(liaison)) == lists(taken_out(AnonymousUser())) == {name: [] for name in LISTS}
    maria = a_person("Maria", born="1970", **PUBLISHED)
    a_mandate(maria, everything)
    document = taken_out(AnonymousUser())
    assert [len(document[name]) for name in LISTS] == [1, 0, 0, 0, 0, 0]
    assert set(document["persons"][0]) == {"id", "name", "family_name", "given_name", "birth_date", "other_names"}
    before = taken_out(officer)
    kept(PersonName(person=maria, text="Secret", language="ru", **HIDDEN))
    kept(ContactPoint(person=maria, kind="email", value="secret@example.org", **HIDDEN))
    a_mandate(maria, a_chamber(name="Secret", **HIDDEN))
    kept(Identifier(kind="directory.person", object_id=maria.pk, scheme="secret:person", value="1", **HIDDEN))
    assert taken_out(officer) == before
    assert taken_out(AnonymousUser()) == document


def test_a_file_taken_out_by_the_public_ends_nothing_when_it_comes_back(everything: Chamber) -> None:
    a_mandate(a_person(**PUBLISHED), everything)
    batch = came_in(taken_out(AnonymousUser()), on=date(2015, 1, 1))
    unchanged(batch)
    assert (batch.counts["rows"], batch.counts["gone"]) == (1, 0)


def test_what_somebody_changed_in_the_file_waits_when_it_comes_back(everything: Chamber) -> None:
    document = taken_out()
    document["persons"][0]["birth_date"] = "1971"
    batch = came_in(document)
    assert numbers(batch) == {"doubtful": 1, "same": batch.counts["rows"] - 1}


def test_only_this_database_knows_its_records_when_a_file_names_them() -> None:
    person = a_person()
    document = taken_out()
    unchanged(came_in(document))
    assert numbers(came_in(from_elsewhere(document))) == {"new": 1}
    document["interparl"]["records"]["person"] = {document["persons"][0]["id"]: {"directory.person": person.pk + 999}}
    assert numbers(came_in(document)) == {"new": 1}


@pytest.mark.parametrize(
    "section",
    [
        {"records": 5},
        {"records": {"person": [1]}},
        {"records": {"person": {"p1": 7}}},
        {"records": {"person": {"p1": {"core.setting": 1, "nothing.there": 1, "directory.person": "1"}}}},
        {"records": {"person": {"p1": {"directory.person": True}}}},
        {},
    ],
)
def test_a_section_that_says_nonsense_is_passed_over(section: Document) -> None:
    a_person()
    own = taken_out()["interparl"]
    base = json.loads(a_file())
    batch = came_in(base | {"interparl": {"installation": own["installation"]} | section})
    assert batch.counts["errors"] == 0
    assert batch.counts["new"] == 7


@pytest.mark.parametrize("texts", [5, [], {"name": 5}, {"name": {"xx": "x"}}, {"name": {"en": "\u202e"}}])
def test_texts_that_are_none_are_passed_over(texts: Any) -> None:
    base = json.loads(a_file(organizations=[HOUSE | {"texts": texts}, GREENS]))
    apply(came_in(base | {"interparl": {}}), by=BY)
    assert Chamber.objects.get().label_in("en") == "House of the Valley"


def test_ids_stay_apart_when_two_sources_have_the_same() -> None:
    applied()
    applied(a_file(organizations=[HOUSE | {"identifiers": []}, GREENS]), name="hill.popolo.json")
    document = taken_out()
    for name in LISTS:
        assert len(ids(document, name)) == len(document[name])
    assert list(wrong_in(document)) == []
    unchanged(came_in(document))
    for chamber in Chamber.objects.all():
        alone = taken_out(chamber=chamber)
        assert (ids(alone, "persons"), len(alone["memberships"])) == ({"p1"}, 1)
        unchanged(came_in(alone))


def test_reading_for_official_use_is_noted_when_taken_out(everything: Chamber, client: Any) -> None:
    head = a_user("head_of_department")
    client.force_login(head)
    answer = client.get(reverse("directory:take-out"), {"take": "1", "format": "popolo"})
    assert b"NOWAK ANNA" in answer.getvalue()
    assert set(ReadEntry.objects.values_list("kind", flat=True)) == {"directory.personname"}


def test_an_illustrative_row_goes_out_like_any_other() -> None:
    a_person(grade=Grade.ILLUSTRATIVE)
    assert len(taken_out()["persons"]) == 1


def test_the_check_of_shapes_finds_what_is_wrong() -> None:
    document: Document = {name: [] for name in LISTS}
    document["persons"] = [{"id": "1", "name": "", "birth_date": "1.1.1970", "links": [{"note": "x"}]}]
    document["posts"] = [{"id": "1", "label": "x", "role": "x", "organization_id": "none"}]
    assert list(wrong_in(document)) == [
        "persons[0].name: ''",
        "persons[0].birth_date: '1.1.1970'",
        "persons[0].links[0]: no url",
        "posts[0].organization_id: none",
    ]
