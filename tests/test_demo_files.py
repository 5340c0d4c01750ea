"""The demo set's facts: files are whole, references resolve, texts exist in every language, grades are honest."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from interparl.core.dates import PartialDate, Span

FOLDER = Path(__file__).resolve().parents[1] / "interparl" / "config" / "demo" / "data"
LANGUAGES = {"en", "ru", "be"}
GRADES = {"stated", "likely", "illustrative"}
REGIONS = {"europe", "asia", "africa", "americas", "oceania", None}

Row = dict[str, Any]

# Words that Russian and Belarusian spell alike.
SPELT_ALIKE = {"Парламент Казахстана", "№ 707-П5/VIII.", "№ 57-СР4/I."} | set(
    "Анкара Астана Ашхабад Баку Бейрут Берн Будапешт Варшава Вена Гавана Дамаск Джакарта Доха Каракас Любляна Манама "
    "Лусака Маскат Панама Прага Сеул Стамбул Страсбург Ташкент Ханой ЕП МАП МПС ПАСЕ ПАЧЭС ПКБМ Парламент Сабор Сейм "
    "Сенат Член Эдускунта".split()
)
SHORT_U_MISSING = re.compile(r"[аеёіоуыэюяАЕЁІОУЫЭЮЯ] ?у")
STRESSED_U = {"Сеул"}
FOREIGN_TO_BELARUSIAN = re.compile(r"[ищъґї'`ʼ]", re.IGNORECASE)
FOREIGN_TO_RUSSIAN = re.compile(r"[іўґї'`ʼ’]", re.IGNORECASE)


FILES: dict[str, Any] = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
SOURCES: list[Row] = FILES["sources"]
PARLIAMENTS: list[Row] = FILES["parliaments"]
HOME: dict[str, Any] = FILES["home"]
ORGANISATIONS: list[Row] = FILES["organisations"]
BODIES: list[Row] = FILES["bodies"]
RELATIONS: list[Row] = FILES["relations"]
REPORTED: list[Row] = FILES["reported"]
COUNTRIES: dict[str, Any] = FILES["countries"]
NAMES: dict[str, Any] = FILES["names"]
PAGE: list[Row] = FILES["public_page"]
OURS = [body for body in BODIES if body["parliament"] == "BY"]


def every_dict(value: object) -> Iterator[Row]:
    """Every object inside the value, itself included, depth first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from every_dict(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from every_dict(inner)


def every_text(name: str) -> list[Row]:
    """The translated texts of one file."""
    return [found for found in every_dict(FILES[name]) if found.keys() & LANGUAGES and "native" not in found]


def span(row: Row) -> Span:
    """The days of a row."""
    since, until = row.get("since"), row.get("until")
    return Span(PartialDate.parse(since) if since else None, PartialDate.parse(until) if until else None)


def holding(rows: list[Row], day: date) -> list[str]:
    """Codes of the rows that certainly hold on that day."""
    return [row["code"] for row in rows if span(row).holds(day) == "certain"]


def bodies_of(kind: str, convocation: int | None) -> list[Row]:
    """Our bodies of one kind and convocation; None: those that outlive convocations."""
    return [body for body in OURS if (body["kind"], body["convocation"]) == (kind, convocation)]


def sources_of(row: Row) -> list[str]:
    """The keys of a row's sources."""
    return row["sources"] if "sources" in row else [row["source"]]


def seats_by_chamber(code: str, kind: str) -> dict[str, int]:
    """How many seats of that kind each chamber has in a body."""
    body = next(body for body in BODIES if body["code"] == code)
    counts: Counter[str] = Counter()
    for seat in body["seats"]:
        if seat["kind"] == kind:
            counts[seat["chamber"]] += seat["count"]
    return dict(counts)


def test_files_are_complete() -> None:
    registers = (
        "assembly_offices bodies composition_rules countries events home moved_days names organisations organs"
        " parliaments relations resources sources tasks"
    )
    assert list(FILES) == sorted([*registers.split(), "public_page", "reported"])


@pytest.mark.parametrize("name", FILES)
def test_texts_exist_in_every_language(name: str) -> None:
    incomplete = [text for text in every_text(name) if set(text) != LANGUAGES or not all(text.values())]
    assert incomplete == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "names"])
def test_belarusian_differs_from_russian_unless_spelt_alike(name: str) -> None:
    alike = {text["be"] for text in every_text(name) if text["be"] == text["ru"]}
    assert alike - SPELT_ALIKE == set()


@pytest.mark.parametrize("name", FILES)
def test_texts_use_the_letters_of_their_language(name: str) -> None:
    wrong = [text["be"] for text in every_text(name) if FOREIGN_TO_BELARUSIAN.search(text["be"])]
    wrong += [text["ru"] for text in every_text(name) if FOREIGN_TO_RUSSIAN.search(text["ru"])]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "names"])
def test_short_u_follows_a_vowel(name: str) -> None:
    missing = {text["be"] for text in every_text(name) if SHORT_U_MISSING.search(text["be"])}
    assert missing - STRESSED_U == set()


def test_no_text_has_spaces_at_its_ends_or_twice() -> None:
    values = [value for name in FILES for text in every_text(name) for value in text.values()]
    lines = [line for value in values for line in value.split("\n")]
    assert [line for line in lines if line != " ".join(line.split())] == []


def test_grades_and_sources_are_known() -> None:
    keys = {source["key"] for source in SOURCES}
    rows = [row for row in every_dict(list(FILES.values())) if "grade" in row]
    assert {row["grade"] for row in rows} == GRADES
    assert {key for row in rows for key in sources_of(row)} - keys == set()
    assert set(COUNTRIES["sources"].values()) - keys == set()


def test_every_row_has_a_grade() -> None:
    lists = [PARLIAMENTS, ORGANISATIONS, BODIES, RELATIONS, REPORTED, PAGE]
    lists += [rows for key, rows in HOME.items() if key != "parliament"]
    assert [row for rows in lists for row in rows if row.get("grade") not in GRADES] == []


def test_stated_rows_name_a_real_source() -> None:
    invented = {"demo", "general-knowledge"}
    stated = [row for row in every_dict(list(FILES.values())) if row.get("grade") == "stated"]
    assert [row for row in stated if set(sources_of(row)) & invented] == []


def test_illustrative_rows_say_that_they_are_invented() -> None:
    rows = [row for row in every_dict(list(FILES.values())) if row.get("grade") == "illustrative"]
    assert [row for row in rows if "demo" not in sources_of(row)] == []


def test_sources_are_unique_and_addressed() -> None:
    assert [key for key, count in Counter(source["key"] for source in SOURCES).items() if count > 1] == []
    assert {source["key"] for source in SOURCES if not source["url"]} == {"demo", "general-knowledge"}


def test_codes_are_unique() -> None:
    chambers = [chamber["code"] for parliament in PARLIAMENTS for chamber in parliament["chambers"]]
    parts = [part["code"] for body in BODIES for part in body.get("parts", [])]
    codes = [row["code"] for row in [*PARLIAMENTS, *BODIES]] + chambers + parts
    kinds = ("convocations", "elections", "decisions", "standing_committees")
    codes += [row["code"] for kind in kinds for row in HOME[kind]]
    assert [code for code, count in Counter(codes).items() if count > 1] == []
    assert len({row["code"] for row in ORGANISATIONS}) == len(ORGANISATIONS)


def test_no_row_ends_before_it_begins() -> None:
    dated = [row for row in every_dict(list(FILES.values())) if "since" in row or "until" in row]
    assert [row for row in dated if span(row).is_backwards] == []
    assert len(dated) > len(BODIES)


def test_single_days_can_be_read() -> None:
    days = [row["day"] for row in every_dict(list(FILES.values())) if "day" in row]
    assert [day for day in days if PartialDate.parse(day).text != day] == []


def test_partner_countries_are_sixty_four() -> None:
    countries = [row["country"] for row in RELATIONS]
    assert (len(countries), len(set(countries))) == (64, 64)
    assert {row["country"] for row in PARLIAMENTS} - {"BY"} == set(countries)
    assert {row["country"] for row in NAMES["partners"]} == set(countries)
    assert set(COUNTRIES["capitals"]) - {"BY"} == set(countries)


def test_more_than_sixty_partners_on_any_day_of_the_convocation() -> None:
    days = (date(2012, 10, 18), date(2014, 6, 1), date(2016, 10, 10))
    assert [sum(span(row).holds(day) == "certain" for row in RELATIONS) for day in days] == [61, 64, 64]


def test_fifth_convocation_has_the_bodies_that_were_reported() -> None:
    day = date(2013, 6, 1)
    assert len(holding(bodies_of("working group", 5), day)) == 56
    assert len(holding(bodies_of("delegation", 5), day)) == 13
    assert holding(bodies_of("commission", None), day) == ["commission-am", "commission-ua"]
    assert len(holding(bodies_of("delegation", 5), date(2015, 1, 1))) == 12
    assert Counter(row["grade"] for row in bodies_of("delegation", 5)) == {"stated": 8, "likely": 4, "illustrative": 1}


def test_fourth_convocation_has_what_lineage_needs() -> None:
    assert len(bodies_of("working group", 4)) == 30
    assert len(bodies_of("delegation", 4)) == 8
    assert len(holding(bodies_of("commission", None), date(2012, 1, 31))) == 3


def test_working_groups_name_one_partner_each_and_do_not_repeat() -> None:
    groups = bodies_of("working group", 5)
    assert len({group["countries"][0] for group in groups}) == 56
    assert {len(group["countries"]) for group in groups} == {1}
    for language in LANGUAGES:
        assert len({group["name"][language] for group in groups}) == 56


def test_names_of_groups_decline_the_parliament() -> None:
    found = {body["code"]: body["name"] for body in bodies_of("working group", 5)}
    assert found["wg-5-lv"] == {
        "en": "Working Group of the National Assembly of the Republic of Belarus on Cooperation "
        "with the Saeima of the Republic of Latvia",
        "ru": "Рабочая группа Национального собрания Республики Беларусь по сотрудничеству "
        "с Сеймом Латвийской Республики",
        "be": "Рабочая група Нацыянальнага сходу Рэспублікі Беларусь па супрацоўніцтве з Сеймам Латвійскай Рэспублікі",
    }


def test_references_of_bodies_resolve() -> None:
    parliaments = {row["code"] for row in PARLIAMENTS}
    chambers = {chamber["code"] for row in PARLIAMENTS for chamber in row["chambers"]}
    decisions = {row["code"] for row in HOME["decisions"]}
    organisations = {row["code"] for row in ORGANISATIONS} | {None}
    codes = {row["code"] for row in BODIES}
    inner = list(every_dict(BODIES))
    assert {code for row in BODIES for code in row.get("parliaments", [])} - parliaments == set()
    assert {row["organisation"] for row in BODIES if "organisation" in row} - organisations == set()
    assert {row[key] for row in inner for key in ("decision", "end_decision") if key in row} - decisions == set()
    assert {row[key] for row in BODIES for key in ("continues", "mirror_of") if key in row} - codes == set()
    assert {row["chamber"] for row in inner if "chamber" in row} - chambers == set()


def test_seats_of_a_commission_belong_to_its_parts() -> None:
    for body in bodies_of("commission", None):
        assert {seat["part"] for seat in body["seats"]} == {part["code"] for part in body["parts"]}


def test_a_body_begins_after_the_one_that_it_continues() -> None:
    spans = {row["code"]: span(row) for row in BODIES}
    later = [row for row in BODIES if "continues" in row]
    assert [row["code"] for row in later if span(row).surely_meets(spans[row["continues"]])] == []
    assert len(later) == 39


def test_bodies_of_a_convocation_live_within_it() -> None:
    terms = {row["number"]: span(row) for row in HOME["convocations"]}
    bound = [body for body in OURS if body["convocation"]]
    assert [body["code"] for body in bound if span(body).surely_leaves(terms[body["convocation"]])] == []


def test_seats_follow_the_stated_rules() -> None:
    assert seats_by_chamber("delegation-5-union-pa", "full") == {"BY-LC01": 24, "BY-UC01": 12}
    assert seats_by_chamber("delegation-4-union-pa", "full") == {"BY-LC01": 23, "BY-UC01": 13}
    assert seats_by_chamber("delegation-5-pa-csto", "full") == {"BY-LC01": 7, "BY-UC01": 4}
    assert sum(seats_by_chamber("delegation-5-ipu", "full").values()) == 8
    assert sum(seats_by_chamber("delegation-5-cei-pd", "full").values()) == 3
    assert sum(seats_by_chamber("delegation-5-cei-pd", "substitute").values()) == 3
    assert seats_by_chamber("mirror-sk", "full") == {"SK-LC01": 16}


def test_union_assembly_accepted_the_members_on_the_stated_day() -> None:
    body = next(row for row in BODIES if row["code"] == "delegation-5-union-pa")
    accepted = [step for step in body["steps"] if step["step"] == "accepted"]
    assert [(step["day"], step["grade"], step["source"]) for step in accepted] == [
        ("2012-12-18", "stated", "21by-2012-12")
    ]


def test_organisations_are_ranked_and_full_memberships_marked() -> None:
    ranked = sorted((row["rank"][0]["order"], row["code"]) for row in ORGANISATIONS if "rank" in row)
    assert ranked == [(1, "union-pa"), (2, "ipa-cis"), (3, "ipa-eurasec"), (4, "pa-csto")]
    full = {row["code"] for row in ORGANISATIONS if row["full_membership"]}
    assert full == {"ipu", "osce-pa", "cei-pd", "iao"}


def test_full_memberships_hold_from_the_first_day_of_the_convocation() -> None:
    first = date(2012, 10, 18)
    held = {
        row["code"]
        for row in ORGANISATIONS
        for status in row["statuses"]
        if status["status"] == "member" and span(status).holds(first) == "certain"
    }
    assert held == {"union-pa", "ipa-cis", "ipa-eurasec", "pa-csto", "ipu", "osce-pa", "cei-pd", "iao"}


def test_chambers_have_days_of_their_own() -> None:
    terms = {(row["convocation"], row["chamber"]): (row["since"], row["until"]) for row in HOME["terms"]}
    assert len(terms) == 6
    assert terms[5, "BY-LC01"] == ("2012-10-18", "2016-10-10")
    assert terms[5, "BY-UC01"] == ("2012-10-19", "2016-10-11")


def test_terms_of_a_chamber_follow_each_other_without_gap() -> None:
    for chamber in ("BY-LC01", "BY-UC01"):
        rows = sorted((row["since"], row["until"]) for row in HOME["terms"] if row["chamber"] == chamber)
        gaps = [(date.fromisoformat(after[0]) - date.fromisoformat(before[1])).days for before, after in pairwise(rows)]
        assert gaps == [1, 1]


def test_decisions_name_a_known_organ() -> None:
    organs = {row["code"] for row in HOME["organs"]}
    assert {row["organ"] for row in HOME["decisions"]} - organs == set()


def test_standing_committees_belong_to_both_chambers() -> None:
    fifth = Counter(row["chamber"] for row in HOME["standing_committees"] if row["convocation"] == 5)
    assert fifth == {"BY-LC01": 14, "BY-UC01": 5}


def test_reported_figures_are_those_that_were_printed() -> None:
    figures = {(row["convocation"], row["key"]): (row["number"], row["more_than"]) for row in REPORTED}
    assert figures == {
        (4, "working_groups"): (44, False),
        (4, "commissions"): (3, False),
        (4, "permanent_delegations"): (14, False),
        (5, "working_groups"): (56, False),
        (5, "commissions"): (2, False),
        (5, "permanent_delegations"): (13, False),
        (5, "partner_parliaments"): (60, True),
        (6, "working_groups"): (70, True),
        (8, "working_groups"): (42, False),
        (8, "permanent_delegations"): (11, False),
    }


def test_egypt_has_two_parliaments_with_a_gap_between() -> None:
    egypt = {row["code"]: span(row) for row in PARLIAMENTS if row["country"] == "EG"}
    assert list(egypt) == ["EG", "EG-2012"]
    days = (date(2013, 1, 1), date(2014, 6, 1), date(2016, 6, 1))
    assert [[code for code, found in egypt.items() if found.holds(day) == "certain"] for day in days] == [
        ["EG-2012"],
        [],
        ["EG"],
    ]


def test_chambers_of_a_parliament_are_one_or_a_lower_and_an_upper() -> None:
    kinds = {tuple(chamber["kind"] for chamber in row["chambers"]) for row in PARLIAMENTS}
    assert kinds == {("single",), ("lower", "upper")}


def test_countries_have_a_region_and_capitals_a_zone() -> None:
    assert (len(COUNTRIES["regions"]), set(COUNTRIES["regions"].values())) == (250, REGIONS)
    assert [code for code, region in COUNTRIES["regions"].items() if region is None] == ["AQ"]
    zones = {capital["zone"] for capital in COUNTRIES["capitals"].values()}
    assert {str(ZoneInfo(zone)) for zone in zones} == zones
    assert {"XK", "TW", "PS", "EH"} - set(COUNTRIES["footnotes"]) == set()
    assert set(COUNTRIES["footnotes"]) - set(COUNTRIES["regions"]) == set()


def test_names_are_enough_and_do_not_repeat() -> None:
    home = NAMES["home"]
    assert [len(home[key]) for key in ("family", "male", "female", "patronymics")] == [90, 40, 40, 25]
    assert len({row["male"]["be"] for row in home["family"]}) == 90
    for row in NAMES["partners"]:
        assert [len(row[key]) for key in ("family", "male", "female")] == [6, 4, 4]


def test_home_names_are_romanised_in_plain_letters() -> None:
    texts = [found["en"] for found in every_dict(NAMES["home"]) if "en" in found]
    assert [text for text in texts if not text.isascii() or not text.isalpha()] == []
    assert NAMES["home"]["male"][0]["en"] == "Mikalai"
    assert "Barysenka" in {row["male"]["en"] for row in NAMES["home"]["family"]}


def test_native_names_are_in_their_own_script() -> None:
    written = {row["country"] for row in NAMES["partners"] if "native_language" in row}
    assert written == set("AM GE GR IL IR CN JP KR IN EG LB OM QA SY AE BH DZ JO".split())
    natives = [found["native"] for found in every_dict(NAMES["partners"]) if "native" in found]
    assert [text for text in natives if re.search(r"[A-Za-zА-Яа-яЁё]", text)] == []


def test_public_page_has_no_number_in_its_text() -> None:
    keys = "aims forms relations groups delegations organisations memberships speakers economy culture"
    assert [row["key"] for row in PAGE] == [*keys.split(), "coordination", "strategy"]
    assert [text for text in every_text("public_page") if re.search(r"\d", "".join(text.values()))] == []
