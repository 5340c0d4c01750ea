"""Surnames by the orthography of the other language."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.folding import fold
from interparl.language.given_names import given_in, patronymic_in
from interparl.language.orthography import respell


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Лукашэнка", "Лукашенко"),
        ("Козик", "Козик"),
        ("Мяснікоў", "Мясников"),
        ("Пятроў", "Петров"),
        ("Іваноў", "Иванов"),
        ("Кузняцова", "Кузнецова"),
        ("Шаўчэнка", "Шевченко"),
        ("Жураўская", "Журавская"),
        ("Навіцкі", "Новицкий"),
        ("Кавальчук", "Ковальчук"),
        ("Гур’янаў", "Гурьянов"),
        ("Шчарбакоў", "Щербаков"),
        ("Дзямідчык", "Демидчик"),
        ("Ціхановіч", "Тиханович"),
    ],
)
def test_a_belarusian_surname_in_russian(name: str, expected: str) -> None:
    assert fold(expected) in [fold(spelling) for spelling in respell(name, "be", "ru")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Лукашенко", "Лукашэнка"),
        ("Петров", "Пятроў"),
        ("Иванов", "Іваноў"),
        ("Козлов", "Казлоў"),
        ("Кузнецова", "Кузняцова"),
        ("Шевченко", "Шаўчэнка"),
        ("Новицкий", "Навіцкі"),
        ("Ковальчук", "Кавальчук"),
        ("Гурьянов", "Гур’янаў"),
        ("Сергеев", "Сяргееў"),
        ("Красовская", "Красоўская"),
        ("Тихонов", "Ціханаў"),
        ("Дьяченко", "Дзьячэнка"),
    ],
)
def test_a_russian_surname_in_belarusian(name: str, expected: str) -> None:
    assert expected in respell(name, "ru", "be")


def test_there_are_few_and_the_likeliest_is_first() -> None:
    assert respell("Петров", "ru", "be")[0] == "Пятроў"
    assert 1 <= len(respell("Воротынский", "ru", "be")) <= 4
    assert len(set(respell("Маламажаў", "be", "ru"))) == len(respell("Маламажаў", "be", "ru"))


def test_double_names_and_capitals() -> None:
    assert "Макарына-Кавальчук" in respell("Макарина-Ковальчук", "ru", "be")
    assert "ПЯТРОЎ" in respell("ПЕТРОВ", "ru", "be")
    assert respell("фон Петров", "ru", "be")[0].split()[1] == "Пятроў"


def test_languages_without_a_table_give_nothing() -> None:
    assert respell("Smith", "en", "be") == ()
    assert respell("Шевченко", "uk", "be") == ()
    assert respell("", "ru", "be") == ()
    assert respell("…", "ru", "be") == ()


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя’- ", max_size=16), st.sampled_from([("ru", "be"), ("be", "ru")]))
def test_any_word_gives_at_most_four_spellings(word: str, way: tuple[str, str]) -> None:
    assert len(respell(word, *way)) <= 4


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_surnames_of_real_deputies_are_among_the_spellings(data_folder: Path) -> None:
    """People are paired by given name and patronymic alone, where these tell one person only."""
    official = [
        row["name_ru"].split()
        for row in _rows(data_folder / "legislators" / "belarus-house-2016.deputies.2017-06-01.csv")
    ]
    found = there = back = 0
    for row in _rows(data_folder / "names" / "belarus-deputies-6th.short.csv"):
        given_name, patronymic, family = row["itemLabel"].split()
        alike = [
            name[0]
            for name in official
            if fold(given_in("ru", given_name)) == fold(name[1])
            and fold(patronymic_in("ru", patronymic)) == fold(name[2])
        ]
        if len(alike) == 1:
            found += 1
            there += fold(alike[0]) in map(fold, respell(family, "be", "ru"))
            back += fold(family) in map(fold, respell(alike[0], "ru", "be"))
    assert found >= 60
    assert there / found >= 0.85
    assert back / found >= 0.85
