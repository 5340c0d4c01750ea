"""How quick the search is over 200,000 names: questions of every kind, as a reader with rights of his own."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Iterator, Sequence
from random import Random
from time import perf_counter, process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.finding import find
from interparl.core.models import Label
from interparl.core.pages import every_record_pages
from interparl.core.pickers import OFFERED
from interparl.core.querysets import open_gate
from interparl.core.translated import written
from interparl.core.writing import Planned, change_many
from interparl.directory.models import Chamber, Country, Mandate, Parliament, Person
from interparl.language.alphabets import sort_key
from interparl.language.folding import fold
from interparl.language.given_names import forms_of, patronymic_in
from interparl.language.likeness import plain
from interparl.search.actions import IndexKeeper

# Seconds by the clock and of the processor.
Taken = tuple[float, float]
KIND = "directory.person"
PEOPLE, FAMILIES, OFFICIAL_EVERY, QUESTIONS, CHUNK = 200_000, 20_000, 5, 60, 10_000
GOAL = 30
BEGINNINGS = "Бар Вас Гар Дуб Жук Зай Кав Лап Мар Нав Пят Раз Сав Тар Фёд Хар Цар Шыл Яр Каз Мак Бел Вор Кар".split()
MIDDLES = "ан ел он ус ар ол ін ец ын ор ам еш уч ал ун ык ет ов аш ей".split()
ENDINGS = "оў ёў енка скі віч ук ак аў ец ын анка эвіч ік аня ко ік".split()
FATHERS = "Аляксандр Мікалай Іван Уладзімір Сяргей Віктар Пётр Васіль Міхаіл Андрэй Павел Юрый Леанід Рыгор".split()
GIVEN = [*FATHERS, *"Ганна Вольга Наталля Алена Святлана Таццяна Марына Ірына Людміла Валянціна Адам Вадзім".split()]


def search_rows() -> list[str]:
    """The table: question, reader, median, 95th of a hundred, most questions to the database."""
    dice = Random(11)  # noqa: S311  a benchmark
    texts = _people(dice)
    if connection.vendor == "postgresql":
        # PostgreSQL does so of itself within a minute.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    # What filling left in memory is no part of a server: the collector need not walk it at every question.
    gc.collect()
    gc.freeze()
    found = [
        f"{PEOPLE} people, every {OFFICIAL_EVERY}th for official use, {connection.vendor}. Goal: {GOAL} ms, 95 of 100.",
        "",
        "| asked | reader | median, ms | 95 of 100, ms | of the processor | queries |",
        "|---|---|---:|---:|---:|---:|",
    ]
    member = _member()
    chief = User.objects.create_user("chief", "chief@example.org", None, role="administrator")
    every = [kind for kind, pages in every_record_pages.items() if pages.model.labelled]
    asked = dict(_asked(dice, texts))
    places = [("search", every, 50), ("picker", [KIND], OFFERED)]
    for name, kinds, limit in places:
        for reader in (member, chief):
            times: list[Taken] = []
            for what, questions in asked.items():
                own, most = _timed(questions, reader, kinds, limit)
                times += own
                found.append(f"| {name}: {what} | {reader.role} | {_figures(own)} | {most} |")
                print(found[-1], flush=True)
            found.append(f"| **{name}: all** | {reader.role} | {_figures(times)} | |")
            print(found[-1], flush=True)
    return found


def _member() -> User:
    """A member of parliament, who sits: he reads what is internal, and what is for official use where it is his own."""
    user = User.objects.create_user("finder", "finder@example.org", None, role="member")
    country = Country(code="ZY", name=written({"be": "Краіна"}))
    parliament = Parliament(code="ZY", country=country, name=written({"be": "Парламент"}))
    chamber = Chamber(code="ZY-C", parliament=parliament, kind="single", name=written({"be": "Палата"}))
    person = Person(country=country, user=user)
    mandate = Mandate(person=person, chamber=chamber, since="2000")
    change_many([Planned(row) for row in (country, parliament, chamber, person, mandate)], by=Actor.command("bench"))
    return User.objects.get(pk=user.pk)


def _figures(times: Sequence[Taken]) -> str:
    """Median and 95 of 100 by the clock; 95 of 100 of the processor alone, for machines that do other work as well."""
    clock, processor = (sorted(one) for one in zip(*times, strict=True))
    last = int(len(times) * 0.95)
    return f"{statistics.median(clock) * 1000:.1f} | {clock[last] * 1000:.1f} | {processor[last] * 1000:.1f}"


def _timed(questions: Sequence[str], reader: User, kinds: list[str], limit: int) -> tuple[list[Taken], int]:
    times: list[Taken] = []
    most = 0
    for question in questions[:3]:
        with CaptureQueriesContext(connection) as queries:
            find(question, reader, "be", kinds=kinds, limit=limit)
        most = max(most, len(queries))
    for question in questions:
        began, busy = perf_counter(), process_time()
        find(question, reader, "be", kinds=kinds, limit=limit)
        times.append((perf_counter() - began, process_time() - busy))
    return times, most


def _asked(dice: Random, texts: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Questions by kind, all about names that are there."""
    chosen = [text.split() for text in dice.sample(texts, QUESTIONS)]
    yield "whole name", [" ".join(words) for words in chosen]
    yield "surname first, in Latin letters", [plain(fold(f"{words[2]} {words[0]}")) for words in chosen]
    yield "given name in Russian and surname", [f"{_russian(words[0])} {words[2]}" for words in chosen]
    yield "initials and surname", [f"{words[2]} {words[0][0]}. {words[1][0]}." for words in chosen]
    yield "surname", [words[2] for words in chosen]
    yield "five letters", [words[2][:5] for words in chosen]
    yield "two letters", [words[2][:2] for words in chosen]
    yield "given name", [words[0] for words in chosen]
    yield "a slip of the pen", [f"{words[0]} {_slipped(words[2], dice)}" for words in chosen]
    yield "run together", [f"{words[0]}{words[2]}".lower() for words in chosen]


def _russian(name: str) -> str:
    return next(iter(forms_of(name).get("ru", ())), name)


def _slipped(word: str, dice: Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _people(dice: Random) -> list[str]:
    """Writes people past the write gate, for here the index is measured; what each is called."""
    parts = (BEGINNINGS, MIDDLES, MIDDLES, ENDINGS)
    families = sorted({"".join(dice.choice(part) for part in parts) for _ in range(FAMILIES)})
    patronymics = [patronymic_in("be", name) or name for name in FATHERS]
    texts: list[str] = []
    for _start in range(0, PEOPLE, CHUNK):
        # Few surnames are borne by many, most by few.
        own = [
            f"{dice.choice(GIVEN)} {dice.choice(patronymics)} {families[int(len(families) * dice.random() ** 2)]}"
            for _person in range(CHUNK)
        ]
        _write(own)
        texts += own
    return texts


def _write(texts: Sequence[str]) -> None:
    marks = ["official" if number % OFFICIAL_EVERY == 0 else "internal" for number in range(len(texts))]
    people = [Person(mark=mark, effective_mark=mark, grade="illustrative") for mark in marks]
    with open_gate():
        Person.objects.bulk_create(people, batch_size=500)
    named = [(person.pk, text) for person, text in zip(people, texts, strict=True)]
    labels = [
        Label(kind=KIND, object_id=key, language="be", text=text, by=text, key=sort_key(text, "be"))
        for key, text in named
    ]
    Label.objects.bulk_create(labels, batch_size=500)
    IndexKeeper().filled(KIND, {key: [text] for key, text in named})
