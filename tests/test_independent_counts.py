"""The independent counts themselves: on tiny files made up here, and against what is known of the real ones."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.independent import (
    belarus_editions,
    countries_count,
    deputies_count,
    europarl_count,
    groups_count,
    popolo_count,
    wikidata_count,
)
from tests.independent.reading import kinds_of_dates, namesakes, ways_of_no_end


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV file of lines whose cells are parted by “;”."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(line.strip().split(";") for line in text.strip().splitlines())
    return path


def written(path: Path, content: Any) -> Path:
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_ways_of_no_end() -> None:
    ends: list[dict[str, Any]] = [
        {},
        {"end": None},
        {"end": " "},
        {"end": "present"},
        {"end": "9999-12-31"},
        {"end": "2012"},
    ]
    assert ways_of_no_end(ends, "end") == {"absent": 1, "null": 1, "empty": 1, "word": 1, "far": 1}
    assert kinds_of_dates(["2012", "2012-10", "2012-10-11", "", None, "11.10.2012"]) == {
        "year": 1,
        "month": 1,
        "day": 1,
        "none": 2,
        "other": 1,
    }
    assert namesakes([("1", "Ann  Lee"), ("2", "ann lee"), ("2", "Ann Lee"), ("3", "Bo")]) == 1


def test_popolo_parts_and_faults(tmp_path: Path) -> None:
    ann = {
        "id": "1",
        "name": "Ann Lee",
        "email": "a@example.org",
        "birth_date": "1970",
        "other_names": [{"name": "Annie", "note": "nickname"}, {"name": "A. Lee"}],
        "identifiers": [{"scheme": "viaf", "identifier": "9"}],
        "contact_details": [{"type": "phone", "value": "1"}, {"type": "phone", "value": "2"}],
        "links": [{"url": "https://example.org"}],
    }
    seat = {"person_id": "1", "organization_id": "x", "on_behalf_of_id": "a_b"}
    path = written(
        tmp_path / "small.json",
        {
            "persons": [ann, {"id": "2", "name": " ann lee"}],
            "organizations": [
                {"id": "a_b", "name": "A B", "classification": "party"},
                {"id": "ab", "name": "a-b", "classification": "party"},
            ],
            "memberships": [seat, dict(seat), {"person_id": "2"}],
        },
    )
    assert popolo_count.person_parts(path) == {
        "other_names": 2,
        "name_notes": {"nickname": 1, "": 1},
        "links": 1,
        "identifiers": {"viaf": 1},
        "contact_details": {"phone": 2},
        "fields": {"email": 1, "birth_date": 1},
    }
    assert popolo_count.organization_parts(path)["classifications"] == {"party": 2}
    assert popolo_count.faults(path) == {
        "namesakes": 1,
        "blank_edges": 1,
        "repeated_memberships": 1,
        "same_party": 1,
        "loose_references": 2,
        "partial_dates": 1,
    }


def test_positions_and_members(tmp_path: Path) -> None:
    held = table(
        tmp_path / "held.csv",
        """position;person;personID;start;end
        minister;Ann Lee;Q1;2001;2000-05
        minister;Ann Lee;Q1;2001;
        minister;Ann Lee;Q1;2001;
        envoy;A. Lee;Q1;2003-02-01;present
        envoy;Ann Lee;Q2;2003-02;2004""",
    )
    counted = wikidata_count.positions(held)
    assert counted["rows"] == 5
    assert counted["persons"] == 2
    assert counted["positions"] == {"minister": 3, "envoy": 2}
    assert counted["starts"] == {"year": 3, "day": 1, "month": 1}
    assert counted["no_end"] == {"empty": 2, "word": 1}
    assert (counted["repeated"], counted["same_start"], counted["backwards"]) == (1, 2, 1)
    assert (counted["several_names"], counted["namesakes"]) == (1, 1)
    chamber = table(tmp_path / "chamber.csv", "item;itemLabel;startDate;endDate\nQ1;Ann;2001-02-03;2002\nQ1;Ann;2003;")
    assert wikidata_count.members(chamber) == {
        "rows": 2,
        "persons": 1,
        "starts": {"day": 1, "year": 1},
        "ends": {"year": 1, "none": 1},
        "no_end": {"empty": 1},
        "repeated": 0,
        "same_start": 0,
        "backwards": 0,
        "statements": 0,
        "namesakes": 0,
    }
    assert wikidata_count.shared(chamber, chamber) == {"both": 1, "first_only": 0, "second_only": 0}


def test_people_with_precision(tmp_path: Path) -> None:
    people = table(
        tmp_path / "people.csv",
        """id;name;gender;dob;dobp
        Q1;Ann;female;1971-01-01;9
        Q2;Bo;male;1971-01-01;11
        Q3;Bo;;;
        Q3;Cy;male;1980;9""",
    )
    counted = wikidata_count.people(people)
    assert counted["born"] == {"year": 2, "day": 1, "none": 1}
    assert (counted["posing"], counted["persons"], counted["repeated"], counted["namesakes"]) == (1, 3, 1, 1)
    assert counted["filled"] == {"gender": 3, "dob": 3, "dobp": 3}
    assert wikidata_count.names_only(people) == {"rows": 4, "persons": 3, "repeated": 1, "namesakes": 1}


def test_deputies_of_belarus(tmp_path: Path) -> None:
    flat = table(
        tmp_path / "flat.csv",
        """id;name;image;area;area_id;phone;party;email;birth_date;source;party_id
        1;LEE ANN;;Shklov No. 90 (Mogilev region);90;8 (017) 1;;a@x.by;1952-01-01;s;unknown
        2;LEE ANN;;Ivye No. 53  (Grodno  region);53;;;;;s;unknown""",
    )
    counted = deputies_count.belarus_2012(flat)
    assert counted["regions"] == {"Mogilev region": 1, "Grodno region": 1}
    assert (counted["namesakes"], counted["trunk_prefix"], counted["new_year"]) == (1, 1, 1)
    assert counted["born"] == {"day": 1, "none": 1}
    pages = table(
        tmp_path / "pages.csv",
        """slug;name_ru;birth_phrase_ru;constituency;roles_ru;email;website;image;source
        a-1;Ли Анна Ивановна;Родилась 2 января 1965 года;Южный № 5;член комиссии | Член Совета;Li@x.by;;;
        b-2;Бо Иван;Родился в 1960 году;Южный;член комиссии;;;;
        c-3;Цы Пётр Ильич;;;;;;;""",
    )
    counted = deputies_count.belarus_2016(pages)
    assert (counted["born"], counted["no_birth"], counted["unread_birth"]) == (1, 1, 1)
    assert (counted["women"], counted["men"], counted["roles"], counted["distinct_roles"]) == (1, 1, 3, 2)
    assert (counted["constituencies"], counted["mixed_case_emails"]) == (1, 1)
    assert deputies_count.born("Родилась 2 января 1965 года") == "1965-01-02"


def test_deputies_of_germany_and_portugal(tmp_path: Path) -> None:
    german = table(
        tmp_path / "german.csv",
        """id;name;email;twitter;facebook;group;group_id;area_id;start_date;end_date;image;gender
        a;Ann von der Lee;;t;;SPD;spd;area/x;;;;female
        a;Ann von der Lee;;t;;SPD;spd;area/x;;2015-03-02;;female""",
    )
    counted = deputies_count.bundestag(german)
    assert (counted["persons"], counted["repeated_persons"], counted["repeated"], counted["particles"]) == (1, 1, 0, 1)
    assert counted["no_end"] == {"empty": 1}
    deputy = {
        "DepCadId": 1.0,
        "DepNomeCompleto": "Ann Lee Bo",
        "DepNomeParlamentar": "Ann Bo",
        "DepCPId": 3.0,
        "DepCargo": [{"carDes": "Presidente"}],
        "DepGP": [{"gpSigla": "PS"}],
        "DepSituacao": [
            {"sioDes": "Suplente", "sioDtInicio": "2025-06-03", "sioDtFim": "2025-07-01"},
            {"sioDes": "Efetivo Temporário", "sioDtInicio": "2025-07-02", "sioDtFim": None},
        ],
    }
    portuguese = written(
        tmp_path / "portuguese.json",
        {"Deputados": [deputy], "CirculosEleitorais": [{}, {}], "GruposParlamentares": [{}], "SessoesLegislativas": []},
    )
    counted = deputies_count.portugal(portuguese)
    assert counted["now"] == {"Efetivo Temporário": 1}
    assert (counted["ever_sat"], counted["situation_periods"], counted["second_names"]) == (1, 2, 1)
    assert (counted["areas"], counted["areas_used"], counted["float_ids"]) == (2, 1, 1)


def test_members_of_the_european_parliament(tmp_path: Path) -> None:
    columns = (
        "mep_identifier;mep_given_name;mep_family_name;mep_official_given_name;mep_official_family_name;mep_gender;"
        "mep_citizenship;mep_place_of_birth;mep_birthday;mep_death_date;mep_email;mep_homepage;mep_twitter;"
        "mep_facebook_page;mep_facebook_profile;mep_instagram"
    )
    rows = [
        f"{n};Zoé;Kone?ná;??;?;female;Estonia;P?;0{n % 9 + 1}/02/1950 01:00;;mailto:a; mailto:b;;;;;".split(";")
        for n in range(16)
    ]
    path = tmp_path / "members.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file).writerows(
            [columns.split(";"), *([*row[:10], "mailto:a; mailto:b", *[""] * 5] for row in rows)]
        )
    counted = europarl_count.members(path)
    assert counted["rows"] == 16
    assert (counted["lost_names"], counted["lost_native"], counted["lost_places"]) == (16, 16, 16)
    assert counted["impossible_citizenships"] == ["Estonia"]
    assert counted["times"] == {"01:00": 16}
    assert (counted["emails"], counted["several_emails"]) == (32, 16)
    assert counted["undecided_births"] == 14  # 02/02 reads the same either way
    assert counted["namesakes"] == 1


def test_countries_with_legislatures(tmp_path: Path) -> None:
    terms = [
        {"id": "1", "name": "First", "start_date": "2013"},
        {"id": "2", "start_date": "2015-01-02", "end_date": "2016"},
    ]
    chamber = {"name": "Assembly", "person_count": 3, "legislative_periods": terms}
    path = written(
        tmp_path / "countries.json",
        [
            {"code": "AL", "legislatures": [chamber, chamber]},
            {"code": "XK", "legislatures": [chamber]},
            {"code": "GB-SCT", "legislatures": []},
        ],
    )
    counted = countries_count.legislatures(path)
    assert counted["odd"] == ["GB-SCT", "XK"]
    assert (counted["chambers"], counted["two_chambers"], counted["terms"], counted["persons"]) == (3, 1, 6, 9)
    assert counted["no_end"] == {"absent": 3}
    assert counted["terms_without_name"] == 3


def test_groups_in_tables(tmp_path: Path) -> None:
    groups = table(tmp_path / "g.csv", "group_id;name_ru;kind\n1;Рабочая группа А;delegation\n2;Делегация Б;delegation")
    assert groups_count.belarus_groups(groups)["groups_among_delegations"] == 1
    seats = table(tmp_path / "s.csv", "slug;group_id;group_name_ru\na;1;А\na;1;А\nb;1;А")
    assert groups_count.belarus_memberships(seats) == {
        "rows": 3,
        "memberships": 2,
        "repeated": 1,
        "persons": 2,
        "bodies": 1,
    }
    members = table(
        tmp_path / "m.csv",
        """name;officer_role;twfy_id;mnis_id;canon_name;appg;is_officer;member_type;source
        Ann Lee MP;Chair;7;;Ann Lee;china;True;mp;parliament
        Ann Lee;;7;;Ann Leigh;china;False;mp;manual
        Lord Bo;;;;;china;False;lord;manual""",
    )
    counted = groups_count.uk_members(members)
    assert (counted["memberships"], counted["same_person_twice"], counted["other_spelling"]) == (2, 1, 1)
    assert (counted["persons_by_id"], counted["without_id"]) == (1, 1)
    assert counted["offices"] == {"Chair": 1}


def test_groups_as_objects(tmp_path: Path) -> None:
    person = {"name": "Ann Lee", "role": "Chair", "twfy_id": None, "removed": False}
    group = {
        "slug": "china",
        "title": "China",
        "officers": [person],
        "members_list": {"members": [person | {"name": "Ann Lee MP"}, person | {"name": "Bo", "removed": True}]},
        "contact_details": {"secretariat": "X", "website": {"url": "https://example.org"}},
    }
    counted = groups_count.uk_group(written(tmp_path / "one.json", group))
    assert (counted["memberships"], counted["persons"], counted["removed"], counted["links"]) == (1, 1, 1, 1)
    assert counted["contacts"]["secretariat"] == 1
    english, welsh = tmp_path / "en.jsonl", tmp_path / "cy.jsonl"
    english.write_text(f"{json.dumps(group)}\n\n{json.dumps(group | {'slug': 'x'})}\n", "utf-8")
    welsh.write_text(json.dumps(group | {"title": "Tsieina"}), "utf-8")
    assert groups_count.wales(english)["bodies"] == 2
    assert groups_count.wales_pair(english, welsh) == {"both": 1, "one_only": 1, "same": 0}


def test_groups_of_portugal_and_changes_of_a_register(tmp_path: Path) -> None:
    member = {"Cargo": "Presidente", "Id": None, "DataFim": ""}
    path = written(
        tmp_path / "p.json",
        [
            {"Id": "1", "Nome": "Portugal - Cuba ", "Composicao": [member], "Reunioes": [], "Visitas": [{}]},
            {"Id": "2", "Nome": "Portugal - Cuba", "Composicao": [], "Reunioes": []},
        ],
    )
    counted = groups_count.portugal_groups(path)
    assert (counted["rows"], counted["ids"], counted["bodies"], counted["repeated"]) == (2, 2, 1, 1)
    assert (counted["blank_edges"], counted["members_without_id"], counted["visits"]) == (1, 1, 1)
    assert counted["no_end"] == {"empty": 1}
    changes = [
        {"key": "officers__0__name", "old_value": "", "new_value": "Ann"},
        {"key": "officers__1__name", "old_value": "Bo", "new_value": ""},
    ]
    register = {"previous_index": "1", "current_index": "2", "added_appgs": [{}], "removed_appgs": []}
    register |= {"updated_appgs": [{}], "differences": [{"differences": changes}]}
    counted = groups_count.register_changes(written(tmp_path / "r.json", register))
    assert counted["fields"] == {"officers": 2}
    assert (counted["added"], counted["changes"], counted["filled_in"], counted["emptied"]) == (1, 2, 1, 1)


def test_a_return_in_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("D. Members")
    for row in (
        ["Question", "List your members"],
        [],
        ["Name", "Party", "Role", "House "],
        ["Ann Lee ", "Labour", "Chair", "Lords"],
        [None, "Labour", "Member", "Lords"],
        ["Add more rows as needed"],
    ):
        sheet.append(row)
    other = book.create_sheet("F. Meetings")
    other.append(["Date", "Minutes"])
    other.append(["2024-01-02", "none"])
    book.save(tmp_path / "return.xlsx")
    counted = groups_count.uk_return(tmp_path / "return.xlsx")
    assert (counted["sheets"], counted["members"], counted["blank_edges"], counted["meetings"]) == (3, 1, 1, 1)
    assert counted["offices"] == {"Chair": 1}


def test_what_changed_between_the_editions_of_belarus(data_folder: Path) -> None:
    found = belarus_editions.changes(data_folder)
    assert len(found["bodies_new"]) == 7
    assert found["bodies_gone"] == []
    assert found["bodies_renamed"] == ["211", "230", "270", "271"]
    assert (len(found["memberships_begun"]), len(found["memberships_ended"])) == (96, 8)
    assert (found["rows"], found["memberships"]) == ([561, 646], [558, 646])
    changed = {field: len(slugs) for field, slugs in found["people"].items() if slugs}
    assert changed == {"email": 14, "website": 10, "image": 2, "birth_phrase_ru": 1}


@pytest.mark.parametrize(
    ("count", "name", "expected"),
    [
        (wikidata_count.positions, "belarus-deputies-by-term.wikidata.csv", {"rows": 703, "persons": 583}),
        (wikidata_count.positions, "belarus-officeholders-since-2000.csv", {"rows": 384}),
        (wikidata_count.members, "russia-federation-council.wikipedia.csv", {"rows": 726}),
        (wikidata_count.members, "russia-federation-council.wikidata.csv", {"rows": 699}),
        (
            wikidata_count.people,
            "belarus-officeholders-bio.csv",
            {"rows": 861, "born": {"day": 677, "year": 76, "none": 107, "no such day": 1}},
        ),
        (wikidata_count.people, "armenia-assembly.wikidata.csv", {"rows": 106, "posing": 1}),
        (deputies_count.belarus_2012, "belarus-house-2012.source.csv", {"rows": 109, "namesakes": 1}),
        (deputies_count.bundestag, "germany-bundestag-18.csv", {"rows": 646}),
        (deputies_count.portugal, "portugal-deputies-17.json", {"persons": 1446, "areas": 22, "groups": 10}),
        (europarl_count.members, "european-parliament-9.members.csv", {"rows": 813, "lost_names": 71}),
        (countries_count.legislatures, "countries-and-legislatures-2015.json", {"countries": 145}),
        (popolo_count.person_parts, "wales-assembly.popolo.json", {"other_names": 1}),
        (popolo_count.faults, "czech-deputies.popolo.json", {"namesakes": 13}),
    ],
)
def test_what_is_known_of_the_files(data_folder: Path, count: Any, name: str, expected: dict[str, Any]) -> None:
    counted = count(data_folder / "legislators" / name)
    assert {key: counted[key] for key in expected} == expected
