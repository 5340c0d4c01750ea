"""Given names and patronymics that are one name in several languages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.folding import fold
from interparl.language.given_names import forms_of, given_in, is_patronymic, patronymic_in
from interparl.language.transliteration import with_cyrillic_i


def is_form_of(one: str, other: str) -> bool:
    """Whether one is among the forms of the other."""
    return fold(with_cyrillic_i(one)) in {fold(spelling) for forms in forms_of(other).values() for spelling in forms}


@pytest.mark.parametrize(
    "forms",
    [
        "Уладзімір Владимир Володимир Uladzimir Vladimir Volodymyr Уладзімер Уладзiмір",
        "Мікалай Николай Микола Nikolai Mikalai Mikałaj Nikolay",
        "Сяргей Сергей Сергій Siarhei Sergey Sergei Siarhiej Serhii",
        "Алена Елена Олена Elena Yelena Alena Aliena Olena",
        "Ганна Анна Hanna Anna Ганна",
        "Яўген Евгений Євген Yauhen Evgeny Yevgeny Iauhen Eugene",
        "Вольга Ольга Volha Olga",
        "Ігар Игорь Ігор Ihar Igor",
        "Пётр Петр Петро Piotr Petr Pyotr",
        "Юрый Юрий Юрій Iuryi Yury Jury",
        "Дар’я Дарья Daria Дар'я",
        "Зміцер Дзмітрый Дмитрий Dmitry Дмитро",
        "Таццяна Татьяна Tatsiana Tacciana Tatyana",
        "Леў Лев Lev",
    ],
)
def test_spellings_of_one_name_are_the_same(forms: str) -> None:
    first, *others = forms.split()
    assert [other for other in others if not is_form_of(other, first)] == []
    assert [other for other in others if not is_form_of(first, other)] == []


@pytest.mark.parametrize(
    "pair",
    """Іван_Ян Марыя_Марына Аляксандр_Аляксей Вольга_Алена Андрэй_Антон Наталля_Настасся Дзмітрый_Дзяніс Юрый_Ягор
    Вадзім_Віталь Анатоль_Антон Галіна_Ганна Валерый_Валянцін Мікіта_Мікалай Яна_Іна Сяргей_Сямён""".split(),
)
def test_other_names_are_not_the_same(pair: str) -> None:
    one, other = pair.split("_")
    assert not is_form_of(one, other)


def test_a_name_that_is_not_listed_has_no_forms() -> None:
    assert [forms_of(word) for word in ("Бадма", "", "…")] == [{}, {}, {}]
    assert given_in("be", "Бадма") == ""


def test_forms_of_a_name_in_each_language() -> None:
    forms = forms_of("Николай")
    assert forms["be"][0] == "Мікалай"
    assert forms["ru"] == ("Николай",)
    assert forms["uk"][0] == "Микола"
    assert {"Nikolai", "Nikolay", "Mikalai", "Mikałaj", "Mykola"} <= set(forms["en"])
    assert forms_of("NIKOLAI") == forms


def test_a_spelling_of_two_names_gives_both_and_the_language_tells_them() -> None:
    assert {"Елена", "Алёна"} <= set(forms_of("Алена")["ru"])
    assert given_in("ru", "Алена", "be") == "Елена"
    assert given_in("be", "Алена", "ru") == "Алёна"
    assert given_in("be", "Наталия", "ru") == "Наталія"
    assert given_in("ru", "Наталля", "be") == "Наталья"


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("ru", "Мікалаевіч", "Николаевич"),
        ("be", "Николаевна", "Мікалаеўна"),
        ("uk", "Николаевич", "Миколайович"),
        ("ru", "Юр'евіч", "Юрьевич"),
        ("be", "Юрьевна", "Юр’еўна"),
        ("be", "Петровна", "Пятроўна"),
        ("ru", "Ільінічна", "Ильинична"),
        ("be", "Львович", "Львовіч"),
        ("ru", "Анатолевіч", "Анатольевич"),
        ("ru", "Генадзьеўна", "Геннадьевна"),
        ("be", "Фёдорович", "Фёдаравіч"),
        ("be", "Федорович", "Фёдаравіч"),
        ("uk", "Сергеевна", "Сергіївна"),
        ("uk", "Іванавіч", "Іванович"),
        ("ru", "Рыгоравіч", "Григорьевич"),
        ("ru", "Дзмітрыевіч", "Дмитриевич"),
        ("be", "Вячеславовна", "Вячаславаўна"),
        ("be", "Михайлович", "Міхайлавіч"),
        ("ru", "Паўлавіч", "Павлович"),
        ("be", "Георгиевна", "Георгіеўна"),
        ("ru", "Сергеевич", "Сергеевич"),
    ],
)
def test_a_patronymic_in_another_language(language: str, word: str, expected: str) -> None:
    assert patronymic_in(language, word) == expected
    assert patronymic_in(language, word, female=True) == expected


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("be", "Револьдович", "Рэвальдавіч"),
        ("be", "Закиевич", "Закіевіч"),
        ("be", "Абдулхамидовна", "Абдулхамідаўна"),
        ("ru", "Азоравіч", "Азорович"),
        ("ru", "Буніслававіч", "Буниславович"),
    ],
)
def test_a_patronymic_of_a_name_that_is_not_listed(language: str, word: str, expected: str) -> None:
    assert patronymic_in(language, word) == expected


@pytest.mark.parametrize(
    ("language", "father", "son", "daughter"),
    [
        ("be", "Мікалай", "Мікалаевіч", "Мікалаеўна"),
        ("be", "Станислав", "Станіслававіч", "Станіславаўна"),
        ("be", "Сергей", "Сяргеевіч", "Сяргееўна"),
        ("ru", "Илья", "Ильич", "Ильинична"),
        ("ru", "Аркадий", "Аркадьевич", "Аркадьевна"),
        ("ru", "Дзмітрый", "Дмитриевич", "Дмитриевна"),
        ("ru", "Ihar", "Игоревич", "Игоревна"),
        ("ru", "Викентий", "Викентьевич", "Викентьевна"),
        ("uk", "Андрій", "Андрійович", "Андріївна"),
        ("uk", "Василь", "Васильович", "Василівна"),
        ("uk", "Дмитрий", "Дмитрович", "Дмитрівна"),
    ],
)
def test_a_patronymic_of_the_father(language: str, father: str, son: str, daughter: str) -> None:
    assert patronymic_in(language, father) == son
    assert patronymic_in(language, father, female=True) == daughter


def test_no_patronymic_is_made_of_what_is_none() -> None:
    assert patronymic_in("be", "") == ""
    assert patronymic_in("be", "Козлов") == ""
    assert patronymic_in("en", "Николаевич") == ""
    assert is_patronymic("Мікалаевіч")
    assert is_patronymic("Николаевна")
    assert not is_patronymic("Мікалай")


@given(st.text(max_size=12))
def test_any_word_can_be_asked(word: str) -> None:
    forms_of(word)
    patronymic_in("be", word)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def _share(words: list[str]) -> float:
    return sum(bool(forms_of(word)) for word in words) / len(words)


def test_given_names_of_real_deputies_are_known(data_folder: Path) -> None:
    house = _rows(data_folder / "legislators" / "belarus-house-2016.deputies.2017-06-01.csv")
    assert _share([row["name_ru"].split()[1] for row in house]) >= 0.98
    duma = [row["itemLabel"].split(", ") for row in _rows(data_folder / "names" / "russia-duma-8.list.csv")]
    assert _share([parts[1].split()[0] for parts in duma if len(parts) == 2]) >= 0.95
    for term in ("4th", "5th", "6th"):
        labels = [row["itemLabel"] for row in _rows(data_folder / "names" / f"belarus-deputies-{term}.full.csv")]
        known = [any(forms_of(word) for word in label.split()) for label in labels]
        assert sum(known) / len(known) >= 0.98


def test_patronymics_of_real_deputies_have_a_belarusian_form(data_folder: Path) -> None:
    house = _rows(data_folder / "legislators" / "belarus-house-2016.deputies.2017-06-01.csv")
    formed = [patronymic_in("be", row["name_ru"].split()[2]) for row in house]
    assert all(re.search("(віч|ьіч|ўна|ічна)$", form) for form in formed)
