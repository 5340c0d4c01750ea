"""Reading Popolo files: each kind of fault in a small file, and the real files against a second reading."""

from __future__ import annotations

import ast
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interparl.exchange.rules import (
    PopoloContact,
    PopoloFile,
    PopoloLink,
    by_id,
    membership_span,
    read_popolo,
    text_of,
)
from interparl.exchange.rules.fields import first_day, last_day
from interparl.exchange.rules.messages import FINDINGS, REFUSALS
from tests.independent import popolo_count

LIMIT = 10_000_000
ASSEMBLY = {"id": "legislature", "name": "Assembly", "classification": "legislature"}
GREENS = {"id": "greens", "name": "Greens", "classification": "party"}
TERM = {"id": "term/1", "name": "First term", "classification": "legislative period", "start_date": "2012"}
ANNA = {"id": "p1", "name": "Anna Nowak"}
SEAT = {"person_id": "p1", "organization_id": "legislature", "legislative_period_id": "term/1"}


def read(document: Any) -> PopoloFile:
    return read_popolo(json.dumps(document).encode(), name="test.json", limit=LIMIT)


def assembly(**lists: Any) -> PopoloFile:
    """A file with one person in one term, with these lists instead of its own."""
    whole = {"persons": [ANNA], "organizations": [ASSEMBLY, GREENS], "events": [TERM], "memberships": [SEAT]}
    return read(whole | lists)


def found(file: PopoloFile) -> list[tuple[str, str, str]]:
    """Place, level and key of each finding; each can be told as a sentence without a gap."""
    assert [text_of(one) for one in file.findings if "%(" in text_of(one)] == []
    return [(one.place, one.level, one.key) for one in file.findings]


def test_read_counts_its_objects_when_all_is_well() -> None:
    file = assembly()
    assert found(file) == []
    assert file.by_record == {"person": 1, "organization": 2, "membership": 1, "area": 0, "event": 1, "post": 0}
    assert [one.id for one in file.legislatures] == ["legislature"]


def test_values_nested_deeply_are_left_out_when_decoding_can_bear_them() -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = [deep]
    file = assembly(persons=[ANNA | {"notes": deep}])
    assert found(file) == [("persons[0]", "error", "too_deep")]
    assert dict(file.persons[0].raw) == ANNA


def test_lists_of_the_wrong_kind_are_reported_when_read() -> None:
    file = read({"persons": [ANNA, 5, None], "memberships": None, "areas": {"id": "x"}, "events": []})
    assert found(file) == [
        ("persons[1]", "error", "not_an_object"),
        ("persons[2]", "error", "not_an_object"),
        ("memberships", "note", "null_list"),
        ("areas", "error", "not_a_list"),
    ]
    assert file.by_record["person"] == 1


def test_wrong_types_never_raise_when_in_a_person() -> None:
    person = {
        "id": 17,
        "name": " Anna\u00a0 Nowak ",
        "birth_date": 1961,
        "gender": ["f"],
        "links": "http://x.example",
        "other_names": None,
        "identifiers": [{"scheme": "Wikidata", "identifier": 5}, {"scheme": "viaf"}, 3],
        "contact_details": [{"type": "Phone", "value": "8 (017) 222"}, {"type": "fax", "value": None}],
    }
    file = read({"persons": [person]})
    anna = file.persons[0]
    assert (anna.id, anna.name, anna.birth, anna.gender, anna.links) == ("17", "Anna Nowak", "1961", "", ())
    assert [(one.scheme, one.identifier) for one in anna.identifiers] == [("wikidata", "5")]
    assert anna.contacts == (PopoloContact("phone", "8 (017) 222", "", ""),)
    assert sorted(found(file)) == [
        ("persons[0]", "note", "null_list"),
        ("persons[0]", "note", "number_as_text"),
        ("persons[0]", "note", "number_as_text"),
        ("persons[0]", "note", "spaces_removed"),
        ("persons[0]", "note", "wrong_type"),
        ("persons[0]", "note", "wrong_type"),
        ("persons[0].contact_details[1]", "note", "no_value"),
        ("persons[0].identifiers[0]", "note", "number_as_text"),
        ("persons[0].identifiers[1]", "note", "no_value"),
        ("persons[0].identifiers[2]", "note", "not_an_object"),
    ]


def test_person_without_id_or_name_is_an_error_when_read() -> None:
    file = read({"persons": [{"name": "Anna"}, {"id": "2"}, {"id": "3", "given_name": "Jan", "family_name": "Lis"}]})
    assert found(file) == [("persons[0]", "error", "no_id"), ("persons[1]", "error", "no_name")]
    assert file.persons[2].name == "Jan Lis"


def test_repeated_ids_are_told_apart_when_they_say_the_same_or_not() -> None:
    people = [ANNA, {"id": "p1", "name": "Anna  Nowak"}, {"id": "p1", "name": "Jan Lis"}]
    file = assembly(persons=people, organizations=[ASSEMBLY, GREENS, GREENS | {"name": "Reds"}])
    assert [one for one in found(file) if one[2] != "spaces_removed"] == [
        ("persons[1]", "note", "same_again"),
        ("persons[2]", "error", "same_id"),
        ("organizations[2]", "doubtful", "same_id"),
    ]
    assert [one.repeats for one in file.persons] == ["", "persons[0]", ""]
    assert by_id(file.persons)["p1"] is file.persons[0]


def test_dangling_references_are_reported_when_read() -> None:
    seat = SEAT | {
        "person_id": "p9",
        "on_behalf_of_id": "reds",
        "area_id": "a",
        "legislative_period_id": "t",
        "post_id": 7,
    }
    file = assembly(memberships=[seat, {"role": "member"}])
    assert [(one.place, one.level, one.params.get("field")) for one in file.findings if one.key == "dangling"] == [
        ("memberships[0]", "error", "person_id"),
        ("memberships[0]", "doubtful", "on_behalf_of_id"),
        ("memberships[0]", "doubtful", "area_id"),
        ("memberships[0]", "doubtful", "post_id"),
        ("memberships[0]", "doubtful", "legislative_period_id"),
    ]
    first = file.memberships[0]
    assert (first.on_behalf_of_id, first.area_id, first.post_id, first.period_id) == ("", "", "", "")
    assert [one[1:] for one in found(file) if one[0] == "memberships[1]"] == [
        ("note", "organization_assumed"),
        ("error", "no_reference"),
        ("note", "no_dates"),
    ]


def test_memberships_written_inside_others_are_found_when_read() -> None:
    seat = {"organization": {"id": "legislature"}, "area": {"name": "North"}, "post": {"id": "s", "label": "Seat"}}
    file = read(
        {"persons": [ANNA | {"memberships": [seat]}], "organizations": [ASSEMBLY | {"posts": [{"id": "head"}]}]}
    )
    only = file.memberships[0]
    assert (only.person_id, only.organization_id, only.area_id, only.post_id) == ("p1", "legislature", "North", "s")
    assert file.by_record == {"person": 1, "organization": 1, "membership": 1, "area": 1, "event": 0, "post": 2}
    assert [(one.id, one.organization_id) for one in file.posts] == [("head", "legislature"), ("s", "")]


def test_memberships_have_different_keys_when_the_file_gives_no_ids() -> None:
    seats = [SEAT, SEAT | {"on_behalf_of_id": "greens"}, SEAT, SEAT | {"end_date": "2013"}]
    file = assembly(memberships=seats)
    keys = [one.key for one in file.memberships]
    assert keys == ["p1|legislature|term/1|||||", "p1|legislature|term/1|greens||||", keys[0], f"{keys[0]}#3"]
    assert [one.repeats for one in file.memberships] == ["", "", "memberships[0]", ""]


@pytest.mark.parametrize(
    ("given_date", "expected", "key"),
    [
        ("2012", "2012", None),
        ("2012-10", "2012-10", None),
        ("2012-02-29", "2012-02-29", None),
        ("2012-1-5", "2012-01-05", "date_rewritten"),
        ("2012-00-00", "2012", "date_rewritten"),
        ("2012-10-00", "2012-10", "date_rewritten"),
        ("2012-10-11T00:00:00Z", "2012-10-11", "date_rewritten"),
        ("2013-02-29", None, "not_a_date"),
        ("2012-13", None, "not_a_date"),
        ("2012-00-05", None, "not_a_date"),
        ("0012", None, "not_a_date"),
        ("٢٠١٢", None, "not_a_date"),
        ("soon", None, "not_a_date"),
    ],
)
def test_dates_are_kept_as_given_when_they_are_dates(given_date: str, expected: str | None, key: str | None) -> None:
    file = assembly(memberships=[SEAT | {"start_date": given_date, "organization_id": "greens", "role": "member"}])
    assert file.memberships[0].since == expected
    assert [one.key for one in file.findings if "date" in one.key] == ([key] if key else [])


def test_span_takes_the_dates_of_the_term_when_the_membership_has_none() -> None:
    file = assembly(
        events=[TERM | {"end_date": "2016-09"}],
        memberships=[
            SEAT,
            SEAT | {"start_date": "2014-05-01"},
            SEAT | {"end_date": "2013"},
            {**SEAT, "legislative_period_id": ""},
        ],
    )
    events = by_id(file.events)
    assert [membership_span(one, events) for one in file.memberships] == [
        ("2012", "2016-09"),
        ("2014-05-01", "2016-09"),
        ("2012", "2013"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"start_date": "2012-09-23"}, []),
        ({"start_date": "2012"}, []),
        ({"start_date": "2012-09"}, []),
        ({"start_date": "2012-09-22"}, ["partly_outside_term"]),
        ({"start_date": "2011", "end_date": "2016"}, ["partly_outside_term"]),
        ({"end_date": "2017"}, ["partly_outside_term"]),
        ({"end_date": "2012-08"}, ["wholly_outside_term"]),
        ({"start_date": "2014", "end_date": "2013-12"}, ["ends_before_start"]),
        ({"start_date": "2014", "end_date": "2014-01"}, []),
    ],
)
def test_membership_is_marked_when_its_days_leave_the_term(days: dict[str, str], expected: list[str]) -> None:
    term = TERM | {"start_date": "2012-09-23", "end_date": "2016-09-11"}
    keys = [one.key for one in assembly(events=[term], memberships=[SEAT | days]).findings]
    assert keys == expected


def test_terms_are_reported_when_they_certainly_overlap() -> None:
    terms = [
        {"id": "1", "name": "One", "start_date": "1992-06-06", "end_date": "1996-06-06"},
        {"id": "2", "name": "Two", "start_date": "1996-06-01", "end_date": "1998"},
        {"id": "3", "name": "Three", "start_date": "1998", "end_date": "2002"},
        {"id": "4", "name": "Four", "start_date": "2003", "end_date": "2001"},
        {"id": "5", "name": "A term of which no day is known"},
        {"id": "6", "name": "Another"},
    ]
    file = assembly(events=terms, memberships=[])
    assert [(one.place, one.key, dict(one.params)) for one in file.findings] == [
        ("events[3]", "ends_before_start", {"since": "2003", "until": "2001"}),
        ("events[1]", "terms_overlap", {"other": "One", "since": "1996-06-01", "until": "1996-06-06"}),
    ]


def test_people_are_not_mixed_up_when_they_share_a_name() -> None:
    keys = [{"scheme": "viaf", "identifier": "1"}]
    namesake = {"id": "p2", "name": "anna nowak", "identifiers": keys}
    file = assembly(persons=[ANNA, namesake, {"id": "p3", "name": "Jan", "identifiers": keys}])
    assert found(file) == [("persons[1]", "note", "same_name"), ("persons[2]", "note", "same_identifier")]
    assert len(by_id(file.persons)) == 3


def test_organizations_that_are_none_are_recognised_when_named_so() -> None:
    names = ["unknown", "N/A", "-", "Independent", "Unknown Party of Joy", "none"]
    parties = [{"id": f"o{n}", "name": name, "classification": "party"} for n, name in enumerate(names)]
    file = assembly(organizations=[ASSEMBLY, *parties, {"id": "", "name": "unknown", "classification": "party"}])
    assert [one.name for one in file.organizations if one.is_unknown] == ["unknown", "N/A", "-", "none", "unknown"]
    assert [one for one in found(file) if one[2] == "no_id"] == [("organizations[7]", "note", "no_id")]


def test_addresses_are_kept_only_when_a_browser_may_open_them() -> None:
    urls = [
        "https://a.example/x",
        "www.b.example",
        "javascript:alert(1)",
        "ftp://c.example",
        "http://[",
        "http://",
        "x y",
    ]
    file = read({"persons": [ANNA | {"links": [{"url": url} for url in urls], "image": "data:x"}]})
    assert file.persons[0].links == (PopoloLink("https://a.example/x", ""), PopoloLink("http://www.b.example", ""))
    assert (file.persons[0].image, [one.key for one in file.findings]) == ("", ["not_a_web_address"] * 6)


def test_unknown_keys_are_kept_aside_when_read() -> None:
    file = read({"persons": [ANNA | {"shoe_size": 38}], "meta": {"source": "http://x.example"}, "votes": []})
    assert (dict(file.persons[0].extra), file.source) == ({"shoe_size": 38}, "http://x.example")
    assert dict(file.extra) == {"meta": {"source": "http://x.example"}, "votes": []}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"family_name": "Nowak", "given_name": "Anna Maria"}, ("Nowak", "Anna Maria")),
        ({"family_name": "Nowak"}, ("Nowak", "Anna")),
        ({"given_name": "Anna"}, ("Nowak", "Anna")),
        ({"sort_name": "Nowak, Dame Anna"}, ("Nowak", "Anna")),
        ({"sort_name": "Kowalska, Anna"}, None),
        ({}, None),
    ],
)
def test_name_parts_follow_from_other_fields_when_certain(
    parts: dict[str, str], expected: tuple[str, str] | None
) -> None:
    assert read({"persons": [ANNA | parts]}).persons[0].name_parts() == expected


def test_messages_are_written_for_each_key_when_noted() -> None:
    areas = Path(__file__).parents[2]
    files = [*areas.glob("exchange/rules/**/*.py"), *areas.glob("*/actions/*.py"), *areas.glob("*/imports/*.py")]
    trees = [ast.parse(path.read_text("utf-8")) for path in files if path.name != "messages.py"]
    words = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert sorted(key for key in [*FINDINGS, *REFUSALS] if key not in words) == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside, max_size=3),
    max_leaves=6,
)
KEYS = ["id", "name", "birth_date", "person_id", "organization_id", "legislative_period_id", "start_date", "end_date"]
KEYS += ["memberships", "posts", "area", "post", "other_names", "identifiers", "links", "email", "image", "seats"]
records = st.lists(
    st.dictionaries(st.sampled_from(KEYS), anything | st.sampled_from(["a", "2012"]), max_size=8) | anything
)


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(popolo_count.KINDS, records)))
def test_read_never_raises_when_it_is_popolo_at_all(document: dict[str, Any]) -> None:
    file = read(document)
    assert [one for one in file.findings if text_of(one) == ""] == []
    assert len(file.persons) == sum(isinstance(one, dict) for one in document["persons"])


def real_files(folder: Path) -> list[Path]:
    return sorted((folder / "legislators").glob("*.popolo.json*"))


def sat(file: PopoloFile, day: date) -> set[tuple[str, str]]:
    events = by_id(file.events)
    inside = set()
    for one in file.memberships:
        since, until = membership_span(one, events)
        if (since is None or first_day(since) <= day) and (until is None or day <= last_day(until)):
            inside.add((one.person_id, one.period_id))
    return inside


def test_real_files_agree_with_a_second_reading_when_counted(data_folder: Path) -> None:
    files = {path: read_popolo(path.read_bytes(), name=path.name, limit=LIMIT) for path in real_files(data_folder)}
    assert len(files) >= 17
    assert {path.name: file.by_record for path, file in files.items()} == {
        path.name: popolo_count.counts(path) for path in files
    }
    assert [found(file) for file in files.values() if any(one.level != "note" for one in file.findings)] == []


def test_real_files_agree_with_a_second_reading_when_asked_who_sat(data_folder: Path) -> None:
    for path in real_files(data_folder):
        file = read_popolo(path.read_bytes(), name=path.name, limit=LIMIT)
        days = popolo_count.random_days(path, 6, seed=7)
        assert [sat(file, day) for day in days] == [popolo_count.who_sat(path, day) for day in days]


def test_real_faults_are_found_when_known(data_folder: Path) -> None:
    def noted(name: str, key: str) -> int:
        path = data_folder / "legislators" / f"{name}.popolo.json"
        file = read_popolo(path.read_bytes(), name=name, limit=LIMIT)
        return [one.key for one in file.findings].count(key)

    assert noted("belarus-house-2012", "same_name") == 1
    assert noted("czech-deputies", "same_name") == 13
    assert noted("czech-deputies", "terms_overlap") == 4
    assert noted("estonia-riigikogu", "partly_outside_term") + noted("estonia-riigikogu", "wholly_outside_term") == 8
    assert noted("iran-majlis", "same_again") == 4
