"""Tables in several editions and of several sources: what changed between them, and the way back through it all."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from interparl.bodies.models import Body, Membership, Partner
from interparl.config.command_line import run
from interparl.core.models import Entry, Identifier
from interparl.core.translated import written
from interparl.directory.models import ContactPoint, Mandate, Person, PersonName
from interparl.exchange.actions import apply, preview, text_of, undo
from interparl.exchange.models import Batch, SavedMapping
from tests import makers
from tests.independent import belarus_editions, europarl_count, groups_count
from tests.independent.reading import rows
from tests.makers import BY
from tests.valley import dump, numbers, told

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2017, 6, 1), date(2018, 9, 14)
PARTS = (
    ("people-csv", "legislators", "deputies", "belarus-deputies"),
    ("bodies-csv", "groups", "groups", "belarus-register"),
    ("memberships-csv", "groups", "memberships", "belarus-register"),
)


def looked_at(kind: str, path: Path, *, on: date | None = None, **options: str) -> Batch:
    return preview(kind, path.read_bytes(), path.name, by=BY, on=on, options=options)


def taken(kind: str, path: Path, *, on: date | None = None, **options: str) -> Batch:
    """The file, looked at and applied."""
    batch = looked_at(kind, path, on=on, **options)
    assert batch.counts["errors"] == 0, [one for one in batch.messages if one["level"] == "error"][:4]
    apply(batch, by=BY)
    return batch


def edition(data: Path, on: date) -> list[Batch]:
    """The three files of one day."""
    return [
        taken(kind, data / folder / f"belarus-house-2016.{what}.{on}.csv", on=on, mapping=mapping)
        for kind, folder, what, mapping in PARTS
    ]


def ids(kind: str, record: str) -> dict[int, str]:
    """The ids in the source, by record."""
    return dict(Identifier.objects.of(kind, f"belarus-house:{record}").values_list("object_id", "value"))


def test_the_second_edition_of_a_register_changes_just_what_changed(data_folder: Path) -> None:
    expected = belarus_editions.changes(data_folder)
    edition(data_folder, FIRST)
    assert Membership.objects.count() == expected["memberships"][0]
    bodies, seats = set(Body.objects.values_list("pk", flat=True)), set(Membership.objects.values_list("pk", flat=True))
    names = dict(Body.objects.values_list("pk", "name__ru__text"))
    people = edition(data_folder, SECOND)[0]
    of_body, of_person = ids("bodies.body", "body"), ids("directory.person", "person")
    assert sorted(of_body[one.pk] for one in Body.objects.exclude(pk__in=bodies)) == expected["bodies_new"]
    renamed = [
        pk for pk, name in Body.objects.filter(pk__in=bodies).values_list("pk", "name__ru__text") if name != names[pk]
    ]
    assert sorted(of_body[pk] for pk in renamed) == expected["bodies_renamed"]
    assert Body.objects.exclude(until="").count() == 0
    begun = Membership.objects.exclude(pk__in=seats).values_list("person_id", "body_id")
    assert sorted((of_person[p], of_body[b]) for p, b in begun) == expected["memberships_begun"]
    ended = Membership.objects.exclude(until="").values_list("person_id", "body_id")
    assert sorted((of_person[p], of_body[b]) for p, b in ended) == expected["memberships_ended"]
    days = set(Membership.objects.values_list("since", "until"))
    assert days == {("..2017-06-01", ""), ("2017-06-02..2018-09-14", ""), ("..2017-06-01", "2017-06-01..2018-09-13")}
    changed = {field: len(slugs) for field, slugs in expected["people"].items() if slugs}
    entries = Entry.objects.filter(batch=people.pk)
    kinds = ContactPoint.objects.filter(pk__in=entries.filter(kind="directory.contactpoint").values("object_id"))
    assert entries.filter(kind="directory.person").count() == changed["birth_phrase_ru"]
    assert kinds.filter(kind="email").count() == changed["email"]
    assert kinds.filter(kind="photo").count() == changed["image"]
    assert set(entries.values_list("kind", flat=True)) == {"directory.person", "directory.contactpoint"}


def composition(data: Path, on: date) -> dict[str, set[str]]:
    """Who sits where by the file of a day."""
    found: dict[str, set[str]] = {}
    for row in rows(data / "groups" / f"belarus-house-2016.memberships.{on}.csv"):
        found.setdefault(row["group_id"], set()).add(row["slug"])
    return found


@pytest.mark.parametrize("on", [FIRST, SECOND], ids=["first", "second"])
def test_the_composition_on_the_day_of_an_edition_is_that_of_its_file(
    data_folder: Path, on: date, capsys: pytest.CaptureFixture[str]
) -> None:
    edition(data_folder, FIRST)
    edition(data_folder, SECOND)
    of_body, of_person = ids("bodies.body", "body"), ids("directory.person", "person")
    found: dict[str, set[str]] = {}
    for person, body in Membership.objects.on(on).values_list("person_id", "body_id"):
        found.setdefault(of_body[body], set()).add(of_person[person])
    assert found == composition(data_folder, on)
    words = ["composition", "source:206", "--on", on.isoformat(), "--lang", "ru", "--as", "administrator", "--json"]
    assert run(words) == 0
    members = json.loads(capsys.readouterr().out)["members"]
    assert {one["identifiers"]["source"] for one in members} == composition(data_folder, on)["206"]


def test_six_imports_are_taken_back_in_the_order_that_leads_back(data_folder: Path) -> None:
    dumps, batches = [dump()], []
    for on in (FIRST, SECOND):
        for kind, folder, what, mapping in PARTS:
            path = data_folder / folder / f"belarus-house-2016.{what}.{on}.csv"
            batches.append(taken(kind, path, on=on, mapping=mapping))
            dumps.append(dump())
    for batch in batches[:5]:
        with pytest.raises(ValidationError) as refused:
            undo(batch, by=BY)
        assert len(refused.value.messages) > 1 or "point to it" in refused.value.messages[0]
        assert dump() == dumps[-1]
    for position in reversed(range(6)):
        undo(batches[position], by=BY)
        assert dump() == dumps[position]


def test_partners_are_recognised_in_titles_and_doubts_are_asked(data_folder: Path) -> None:
    batches = edition(data_folder, FIRST) + edition(data_folder, SECOND)
    by_title = {body.name["ru"]["text"]: body for body in Body.objects.all()}
    for title, code in (("Кыргызской Республики", "KG"), ("Лаосской Народно", "LA"), ("Парламентом Сербия", "RS")):
        body = next(body for name, body in by_title.items() if title in name)
        assert set(Partner.objects.filter(body=body).values_list("country__code", flat=True)) == {code}
    goals = next(body for name, body in by_title.items() if "Целей устойчивого развития" in name)
    assert not Partner.objects.filter(body=goals).exists()
    assert [len(told(batch, "country_doubted")) for batch in (batches[1], batches[4])] == [1, 1]
    waiting = batches[1].rows.filter(record="partner", state="open")
    assert [one["params"]["code"] for row in waiting for one in row.reasons] == ["RU"]


def test_the_same_people_of_several_sources_are_one(data_folder: Path) -> None:
    folder = data_folder / "legislators"
    taken("people-csv", folder / "armenia-assembly.wikidata.csv", mapping="wikidata-people", language="en")
    batch = taken("people-csv", folder / "armenia-assembly.wikipedia-hy.csv", mapping="wikidata-people", language="hy")
    english, armenian = (rows(folder / f"armenia-assembly.{name}.csv") for name in ("wikidata", "wikipedia-hy"))
    known = {row["item"] for row in english}
    shared = {row["item"] for row in armenian} & known
    assert len(told(batch, "recognised")) == len(shared) > 50
    assert Person.objects.count() == len(known) + sum(1 for row in armenian if row["item"] not in shared)
    names = PersonName.objects.filter(person__names__language="en", language="hy")
    assert names.count() == len(shared)


def test_two_lists_of_a_chamber_speak_of_the_same_people(data_folder: Path) -> None:
    folder = data_folder / "legislators"
    files = [folder / f"russia-federation-council.{name}.csv" for name in ("wikidata", "wikipedia")]
    makers.a_chamber(code="XR-UC01")
    for path in files:
        taken("people-csv", path, mapping="wikidata-people", chamber="XR-UC01")
    one, other = ({row["item"] for row in rows(path) if row["item"]} for path in files)
    nameless = sum(1 for row in rows(files[1]) if not row["item"])
    assert Person.objects.count() == len(one | other) + nameless
    assert set(Mandate.objects.values_list("chamber__code", flat=True)) == {"XR-UC01"}
    assert Identifier.objects.of("directory.person", "wikidata").count() == len(one | other)


def test_a_return_in_a_workbook_comes_in_by_a_mapping_that_was_saved(data_folder: Path) -> None:
    path = data_folder / "groups" / "uk-appg-return-greece.xlsx"
    body = makers.a_body("appg-greece", "Greece")
    makers.a_part(body, makers.the_home_parliament())
    data = {
        "file": {"sheet": "D. Parliamentary Membership ", "header_row": 7},
        "place": {"people": "make"},
        "constants": {"body_id": "appg-greece"},
        "skip": [{"from": "Name", "values": ["Add more rows as needed"]}],
        "columns": [
            {"from": "Name", "to": "person", "needed": True},
            {"from": "Role (e.g. Chair, Officer, Treasurer)", "to": "role"},
        ],
    }
    makers.kept(SavedMapping(code="return", kind="memberships-csv", name=written({"en": "Return"}), data=data))
    batch = taken("memberships-csv", path, mapping="return")
    counted = groups_count.uk_return(path)
    assert Membership.objects.filter(body=body).count() == counted["members"]
    assert PersonName.objects.filter(text="David Goddard").count() == 1
    assert Membership.objects.filter(role="head").count() == counted["offices"]["Chair"]
    assert len(told(batch, "row_skipped")) == 1
    assert set(numbers(looked_at("memberships-csv", path, mapping="return"))) == {"same"}


def test_what_one_group_says_ends_nothing_of_the_register(data_folder: Path) -> None:
    folder = data_folder / "groups"
    register, members = "uk-country-groups.register.csv", "uk-country-groups.members.csv"
    taken("bodies-csv", folder / register, on=date(2026, 6, 29), mapping="uk-register")
    taken("memberships-csv", folder / members, on=date(2026, 6, 29), mapping="uk-register")
    batch = taken("bodies-csv", folder / "uk-appg-belarus.json", on=date(2026, 7, 16), mapping="uk-register")
    assert batch.counts["gone"] == 0
    assert Membership.objects.exclude(until="").count() == 0
    assert Body.objects.exclude(until="").count() == 0


@pytest.mark.parametrize(
    ("name", "kind", "register", "number"),
    [
        ("legislators/germany-bundestag-18.csv", "people-csv", Person, 646),
        ("legislators/european-parliament-9.members.csv", "people-csv", Person, 813),
        ("legislators/belarus-house-2012.source.csv", "people-csv", Person, 109),
        ("legislators/belarus-house-2016.deputies.2017-06-01.csv", "people-csv", Mandate, 110),
        ("legislators/russia-federation-council.wikipedia.csv", "people-csv", Mandate, 726),
        ("groups/belarus-house-2016.groups.2017-06-01.csv", "bodies-csv", Body, 84),
        ("groups/uk-country-groups.register.csv", "bodies-csv", Body, 69),
        ("groups/uk-appg-armenia.json", "bodies-csv", Body, 1),
        ("groups/portugal-friendship-groups.json", "bodies-csv", Body, 67),
    ],
)
def test_a_table_comes_in_without_a_mapping_as_far_as_its_headings_tell(
    data_folder: Path, name: str, kind: str, register: Any, number: int
) -> None:
    makers.the_home_parliament()
    batch = taken(kind, data_folder / name)
    assert batch.facts["mapping"] == "suggested"
    assert register.objects.count() == number


@pytest.mark.parametrize(
    ("name", "kind", "mapping", "key", "number"),
    [
        (
            "legislators/european-parliament-9.members.csv",
            "people-csv",
            "european-parliament-members",
            "citizenship_doubted",
            66,
        ),
        ("legislators/armenia-assembly.wikidata.csv", "people-csv", "wikidata-people", "less_precise", 1),
        ("legislators/belarus-officeholders-bio.csv", "people-csv", "wikidata-people", "date_no_such_day", 1),
        ("legislators/belarus-house-2012.source.csv", "people-csv", "everypolitician-scrape", "same_name", 1),
        (
            "legislators/belarus-house-2016.deputies.2017-06-01.csv",
            "people-csv",
            "belarus-deputies",
            "date_words_left_out",
            106,
        ),
        ("legislators/kyrgyzstan-council.popolo.json", "popolo", "", "alike_organization", 1),
        ("legislators/iran-majlis.popolo.json", "popolo", "", "same_again", 4),
        ("groups/portugal-permanent-delegations.json", "bodies-csv", "portugal-groups", "same_again", 70),
        ("groups/uk-appg-armenia.json", "bodies-csv", "uk-register", "row_skipped", 3),
    ],
)
def test_what_a_source_has_wrong_is_told_with_the_reason(
    data_folder: Path, name: str, kind: str, mapping: str, key: str, number: int
) -> None:
    batch = looked_at(kind, data_folder / name, mapping=mapping)
    found = [one for one in batch.messages if one["key"] == key]
    assert (len(found), batch.counts["errors"]) == (number, 0)
    assert all(one["place"] and "%(" not in text_of(one) for one in found)


def test_letters_that_were_lost_are_kept_as_they_came_and_told(data_folder: Path) -> None:
    path = data_folder / "legislators" / "european-parliament-9.members.csv"
    batch = taken("people-csv", path, mapping="european-parliament-members")
    names = {
        (one["place"]) for one in batch.messages if one["key"] == "letters_lost" and "name" in one["params"]["field"]
    }
    assert len(names) >= europarl_count.members(path)["lost_names"]
    assert PersonName.objects.filter(family="Kone?ná").count() == 1
