"""Every real file comes in, equals a count made without the product, comes in once, and goes out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from interparl.bodies.models import Body
from interparl.exchange.actions import apply, preview, undo
from interparl.exchange.models import Batch
from tests import table_counts as counts
from tests.independent.reading import lines
from tests.makers import BY
from tests.spread import spread
from tests.valley import dump, numbers

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Case:
    """A file, how it is brought in, and what counts it; `before` are the files that have to be there."""

    name: str
    kind: str
    count: Callable[[Path], dict[str, Any]]
    mapping: str = ""
    before: tuple[Case, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    folder: str = "legislators"
    is_slow: bool = False

    def path(self, data: Path) -> Path:
        """Where the file lies."""
        return data / self.folder / self.name


def popolo(name: str, **more: Any) -> Case:
    return Case(f"{name}.popolo.json", "popolo", counts.popolo, **more)


def people(name: str, mapping: str, count: Callable[[Path], dict[str, Any]], **more: Any) -> Case:
    return Case(name, "people-csv", count, mapping, **more)


def groups(name: str, mapping: str, count: Callable[[Path], dict[str, Any]], **more: Any) -> Case:
    return Case(name, "bodies-csv", count, mapping, folder="groups", **more)


REGISTER = groups("uk-country-groups.register.csv", "uk-register", counts.register)
CASES = (
    *map(
        popolo,
        (
            *("aruba-estates", "azerbaijan-milli-mejlis", "belarus-house-2012", "estonia-riigikogu"),
            *("georgia-parliament", "iran-majlis", "kazakhstan-majilis", "kyrgyzstan-council", "lesotho-assembly"),
            *("liechtenstein-landtag", "lithuania-seimas", "moldova-parliament", "mongolia-khural"),
            *("namibia-assembly", "wales-assembly"),
        ),
    ),
    popolo("czech-deputies", is_slow=True),
    popolo("switzerland-national-council", is_slow=True),
    Case("uk-commons.popolo.json.gz", "popolo", counts.popolo, is_slow=True),
    people("germany-bundestag-18.csv", "everypolitician-term", counts.bundestag),
    people("belarus-house-2012.source.csv", "everypolitician-scrape", counts.belarus_2012),
    people("belarus-house-2016.deputies.2017-06-01.csv", "belarus-deputies", counts.belarus_2016),
    people("belarus-house-2016.deputies.2018-09-14.csv", "belarus-deputies", counts.belarus_2016),
    people("portugal-deputies-17.json", "portugal-deputies", counts.portugal),
    people("european-parliament-9.members.csv", "european-parliament-members", counts.europarl),
    people("belarus-deputies-by-term.wikidata.csv", "belarus-seats-house", counts.house),
    people("belarus-deputies-by-term.wikidata.csv", "belarus-seats-council", counts.council),
    people("belarus-deputies-by-term.wikidata.csv", "belarus-seats-supreme-soviet", counts.supreme_soviet),
    people("belarus-officeholders-since-2000.csv", "wikidata-offices", counts.positions),
    people("belarus-officeholders-bio.csv", "wikidata-people", counts.people),
    people("armenia-assembly.wikidata.csv", "wikidata-people", counts.people),
    people("armenia-assembly.wikipedia-hy.csv", "wikidata-people", counts.listed),
    people("armenia-assembly.official.csv", "", counts.listed),
    people("russia-federation-council.wikidata.csv", "wikidata-people", counts.seats),
    people("russia-federation-council.wikipedia.csv", "wikidata-people", counts.seats),
    Case("countries-and-legislatures-2015.json", "countries", counts.index, "everypolitician-countries"),
    REGISTER,
    Case(
        "uk-country-groups.members.csv",
        "memberships-csv",
        counts.register_members,
        "uk-register",
        before=(REGISTER,),
        folder="groups",
    ),
    groups("uk-appg-armenia.json", "uk-register", counts.group),
    groups("uk-appg-belarus.json", "uk-register", counts.group),
    groups("uk-appg-central-asia.json", "uk-register", counts.group),
    groups("wales-cross-party-groups.en.jsonl", "wales-groups", counts.wales),
    groups("wales-cross-party-groups.cy.jsonl", "wales-groups", counts.wales, options={"language": "cy"}),
    groups("portugal-friendship-groups.json", "portugal-groups", counts.portugal_groups),
    groups("portugal-permanent-delegations.json", "portugal-groups", counts.portugal_groups),
)


def looked_at(case: Case, data: Path) -> Batch:
    options = {**case.options, **({"mapping": case.mapping} if case.mapping else {})}
    path = case.path(data)
    return preview(case.kind, path.read_bytes(), path.name, by=BY, options=options)


def taken(case: Case, data: Path) -> Batch:
    batch = looked_at(case, data)
    assert batch.counts["errors"] == 0, [one for one in batch.messages if one["level"] == "error"][:3]
    apply(batch, by=BY)
    return batch


def of_these(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What is stored of the things that were counted; `x.sum` is the sum of the sorts of x."""
    sums = {f"{name}.sum": sum(value.values()) for name, value in found.items() if isinstance(value, dict)}
    return {name: {**found, **sums}.get(name, 0) for name in expected}


@pytest.mark.parametrize(
    "case",
    spread(
        pytest.param(case, id=f"{case.name}-{case.mapping}", marks=[pytest.mark.slow] if case.is_slow else [])
        for case in CASES
    ),
)
def test_a_real_file_equals_its_count_comes_in_once_and_goes_out_again(data_folder: Path, case: Case) -> None:
    for earlier in case.before:
        taken(earlier, data_folder)
    before = dump()
    batch = taken(case, data_folder)
    expected = case.count(case.path(data_folder))
    assert of_these(counts.stored(), expected) == expected
    again = looked_at(case, data_folder)
    assert set(numbers(again)) <= {"same", "doubtful"}
    assert again.counts["doubtful"] == batch.counts["doubtful"]
    undo(batch, by=BY)
    assert dump() == before


def test_wales_in_two_languages_is_one_body_with_two_names(data_folder: Path) -> None:
    english, welsh = (next(case for case in CASES if f".{language}.jsonl" in case.name) for language in ("en", "cy"))
    taken(english, data_folder)
    before = counts.stored()
    taken(welsh, data_folder)
    assert counts.stored() == before
    titles = {language: welsh_titles(case.path(data_folder)) for language, case in (("en", english), ("cy", welsh))}
    found = Body.objects.values_list("name__en__text", "name__cy__text")
    assert sorted(found) == sorted((titles["en"][slug], titles["cy"][slug]) for slug in titles["en"])
    assert set(numbers(looked_at(english, data_folder))) == {"same"}


def welsh_titles(path: Path) -> dict[str, str]:
    """The titles by slug, blanks at the ends aside."""
    return {one["slug"]: one["title"].strip() for one in lines(path)}
