"""How well names are found across scripts and spellings: lists of one parliament asked of an index of all the people.

The index holds every person of the folder of real files (INTERPARL_DATA), each row of each file as a record of its own,
straight from the files. The lists that are asked are not in it. An answer is right when its external id is that of the
person asked for, or when the pair stands among the known twins (`twins.csv`, made by reading the lists side by side:
the ids that two sources give to one person).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from django.db import transaction

from interparl.accounts.models import User
from interparl.core.querysets import open_gate
from interparl.directory.models import Person
from interparl.language.folding import fold
from interparl.search.actions import IndexKeeper
from interparl.search.search import IndexFinder

KIND = "directory.person"
MISSES = 20
TWINS = Path(__file__).parent / "twins.csv"
# (file, column of the id, column of the name): tables of people.
TABLES = (
    ("legislators/armenia-assembly.official.csv", "id", "name"),
    ("legislators/armenia-assembly.wikidata.csv", "item", "name"),
    ("legislators/armenia-assembly.wikipedia-hy.csv", "item", "name"),
    ("legislators/belarus-deputies-by-term.wikidata.csv", "personID", "person"),
    ("legislators/belarus-officeholders-bio.csv", "id", "name"),
    ("legislators/belarus-officeholders-since-2000.csv", "personID", "person"),
    ("legislators/germany-bundestag-18.csv", "id", "name"),
    ("legislators/russia-federation-council.wikidata.csv", "item", "itemLabel"),
    ("legislators/russia-federation-council.wikipedia.csv", "item", "itemLabel"),
    ("names/belarus-deputies-4th.full.csv", "item", "itemLabel"),
    ("names/belarus-deputies-5th.full.csv", "item", "itemLabel"),
    ("names/belarus-deputies-6th.full.csv", "item", "itemLabel"),
    ("names/russia-duma-8.labels.csv", "item", "itemLabel"),
    ("names/belarus-cabinet.be-en.csv", "person", "personEN"),
)
# (name of the list, file, column of the id, column of the name, how the ids are called in twins.csv): lists to ask.
LISTS = (
    ("4th convocation, short", "names/belarus-deputies-4th.short.csv", "item", "itemLabel", ""),
    ("5th convocation, short", "names/belarus-deputies-5th.short.csv", "item", "itemLabel", ""),
    ("6th convocation, short", "names/belarus-deputies-6th.short.csv", "item", "itemLabel", ""),
    (
        "6th convocation, official Russian",
        "legislators/belarus-house-2016.deputies.2017-06-01.csv",
        "slug",
        "name_ru",
        "belarus-house-2016",
    ),
    ("Duma, list against labels", "names/russia-duma-8.list.csv", "item", "itemLabel", ""),
    ("cabinet, Belarusian against English", "names/belarus-cabinet.be-en.csv", "person", "personBY", ""),
)


class Known(NamedTuple):
    """A person of the index: the ids by which he is told, and what he is called."""

    ids: frozenset[str]
    texts: tuple[str, ...]


class Asked(NamedTuple):
    """One question and the ids of which one must come back."""

    text: str
    ids: frozenset[str]


def names_rows() -> list[str]:
    """The table: list, asked, right, share, goal, milliseconds; then the misses. A sentence without the real files."""
    folder = Path(os.environ.get("INTERPARL_DATA") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        return ["No real data: set INTERPARL_DATA to measure how names are found."]
    found = ["| list | asked | right | share | goal | ms each |", "|---|---:|---:|---:|---:|---:|"]
    misses: list[str] = []
    with transaction.atomic():
        reader = User.objects.create_user("names", "names@example.org", None, role="administrator")
        everybody = [*_known(folder), *(Known(frozenset([key]), (_indexed(own),)) for key, own in _variants(folder))]
        for known, lists in ((everybody, _lists(folder)), (_words(folder), _word_lists(folder))):
            _fill(known)
            for one in lists:
                row, missed = _judged(one, known, reader)
                found.append(row)
                misses += missed
                print(row, flush=True)
        # Other benchmarks fill the database with people of their own.
        transaction.set_rollback(True)
    return [f"{len(everybody)} people of the real files in one index.", "", *found, "", "Misses:", "", *misses]


def _fill(known: list[Known]) -> None:
    """Writes these people past the write gate, numbered in their order, and the index anew."""
    keeper = IndexKeeper()
    keeper.emptied()
    with open_gate():
        people = [Person(pk=number, grade="stated") for number in range(1, len(known) + 1)]
        Person.objects.bulk_create(people, batch_size=500, ignore_conflicts=True)
    keeper.filled(KIND, {number: one.texts for number, one in enumerate(known, 1)})


class List(NamedTuple):
    """Questions, among how many answers the right one must be, and the goal in words."""

    name: str
    questions: list[Asked]
    places: int
    goal: str


def _lists(folder: Path) -> Iterator[List]:
    twins = _twins()
    for name, file, key, column, called in LISTS:
        rows = [row for row in _rows(folder / file) if row[key] and row[column] and row.get("personEN", "-")]
        questions = [Asked(row[column], _with_twins(row[key], called, twins)) for row in rows]
        yield List(name, questions, 1, "98")
    whole: list[Asked] = []
    surnames: list[Asked] = []
    for key, texts in _variants(folder):
        families = _families(texts)
        for text in texts:
            if text != _indexed(texts):
                (surnames if _run_together(text) in families else whole).append(Asked(text, frozenset([key])))
    yield List("European Parliament, spellings, among five", whole, 5, "97")
    yield List("European Parliament, surnames alone, among five", surnames, 5, "–")


def _judged(asked: List, known: list[Known], reader: User) -> tuple[str, list[str]]:
    """The row of a list, and its first misses."""
    right, misses, finder = 0, list[str](), IndexFinder()
    began = perf_counter()
    for one in asked.questions:
        hits = finder.hits(one.text, reader, kinds=[KIND], limit=asked.places).best
        if any(one.ids & known[hit.key - 1].ids for hit in hits):
            right += 1
        elif len(misses) < MISSES:
            answers = ", ".join(f"“{hit.matched}” {hit.score}" for hit in hits) or "nothing"
            misses.append(f"- {asked.name}: “{one.text}” gave {answers}")
    number = len(asked.questions)
    each = (perf_counter() - began) * 1000 / number
    return f"| {asked.name} | {number} | {right} | {100 * right / number:.2f} | {asked.goal} | {each:.1f} |", misses


def _rows(file: Path) -> list[dict[str, str]]:
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return list(csv.DictReader(io.StringIO(text)))


def _twins() -> dict[str, set[str]]:
    """For each id the others of the same person; ids of other sources stand behind the source."""
    found: dict[str, set[str]] = {}
    for row in _rows(TWINS):
        own = row["id"] if row["list"] == "wikidata" else f"{row['list']}:{row['id']}"
        found.setdefault(own, set()).add(row["item"])
        found.setdefault(row["item"], set()).add(own)
    return found


def _with_twins(key: str, called: str, twins: dict[str, set[str]]) -> frozenset[str]:
    own = f"{called}:{key}" if called else key
    near = {own} | twins.get(own, set())
    return frozenset(near.union(*(twins.get(one, set()) for one in near)))


def _known(folder: Path) -> Iterator[Known]:
    """Every person of every file but the lists that are asked."""
    for file in sorted((folder / "legislators").glob("*.popolo.json*")):
        data = file.read_bytes()
        for person in json.loads(gzip.decompress(data) if file.suffix == ".gz" else data)["persons"]:
            ids = {one["identifier"] for one in person.get("identifiers", ()) if one.get("scheme") == "wikidata"}
            ids.add(f"{file.name.partition('.')[0]}:{person['id'].removeprefix('person/')}")
            names = [person["name"], *(one["name"] for one in person.get("other_names", ()))]
            yield Known(frozenset(ids), tuple(dict.fromkeys(names)))
    for name, key, column in TABLES:
        for row in _rows(folder / name):
            if row[column]:
                own = row[key] if re.match(r"Q\d", row[key]) else f"{name}:{row[key]}"
                yield Known(frozenset([own]), (row[column],))
    for row in _rows(folder / "legislators/european-parliament-9.members.csv"):
        name = f"{row['mep_given_name']} {row['mep_family_name']}"
        yield Known(frozenset([f"european-parliament-9:{row['mep_identifier']}"]), (name,))
    portugal = json.loads((folder / "legislators/portugal-deputies-17.json").read_text())
    for row in portugal["Deputados"]:
        names = (row["DepNomeParlamentar"], row["DepNomeCompleto"])
        yield Known(frozenset([f"portugal:{row['DepId']}"]), names)


def _variants(folder: Path) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for text, key in json.loads((folder / "names/mep-name-variants.json").read_text()).items():
        found.setdefault(key, []).append(text)
    return list(found.items())


def _indexed(texts: list[str]) -> str:
    """The spelling under which somebody is indexed: in words, with capitals, with the most diacritics, the longest."""
    return max(texts, key=lambda text: (" " in text, text != text.lower(), _marks(text), len(text), text))


def _marks(text: str) -> int:
    return sum(not letter.isascii() for letter in text)


def _run_together(text: str) -> str:
    return fold(text).replace(" ", "")


def _families(texts: list[str]) -> set[str]:
    """The surname and its words, run together: what is in capitals where the given name is not."""
    found: set[str] = set()
    for text in texts:
        capitals = [word for word in text.split() if word.isupper()]
        if capitals and len(capitals) < len(text.split()):
            found.update(map(_run_together, (*capitals, " ".join(capitals))))
    return found


def _words(folder: Path) -> list[Known]:
    """The Russian words of the pairs, each once, as if they were people."""
    return [Known(frozenset([word]), (word,)) for word in dict.fromkeys(word for _latin, word in _pairs(folder))]


def _word_lists(folder: Path) -> Iterator[List]:
    questions: dict[str, set[str]] = {}
    for latin, word in _pairs(folder):
        questions.setdefault(latin, set()).add(word)
    every = [Asked(latin, frozenset(words)) for latin, words in questions.items()]
    yield List("English words against Russian, every tenth, among five", every[::10], 5, "–")


def _pairs(folder: Path) -> list[tuple[str, str]]:
    lines = (folder / "names/en-ru-pairs.txt").read_text().splitlines()
    return [(latin, letters.replace(" ", "")) for latin, letters, _count in (line.split("\t") for line in lines)]
