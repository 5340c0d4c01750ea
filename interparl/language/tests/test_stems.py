"""Stems: one for all cases of a word, different ones for different words."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.stems import stem

# The first word's cases, as in texts of a parliament.
BELARUSIAN = """
парламент парламента парламенту парламентам парламенце парламенты парламентаў парламентамі парламентах
рабочая рабочай рабочую рабочыя рабочых рабочым рабочымі рабочаю
група групы групе групу групай груп групам групамі групах
супрацоўніцтва супрацоўніцтву супрацоўніцтвам супрацоўніцтве супрацоўніцтваў
рэспубліка рэспублікі рэспубліцы рэспубліку рэспублікай рэспублік рэспублікам рэспублікамі рэспубліках
камісія камісіі камісію камісіяй камісій камісіям камісіямі камісіях
дэлегацыя дэлегацыі дэлегацыю дэлегацыяй дэлегацый дэлегацыям дэлегацыямі дэлегацыях
нацыянальны нацыянальнага нацыянальнаму нацыянальным нацыянальная
нацыянальны нацыянальнай нацыянальную нацыянальнае нацыянальныя нацыянальных нацыянальнымі
сход сходу сходам сходзе сходы сходаў сходах сходамі
савет савета савету саветам савеце саветы саветаў саветах
дзейнасць дзейнасці дзейнасцю дзейнасцей дзейнасцям
беларусь беларусі беларуссю
закон закона закону законам законе законы законаў законах законамі
дзяржава дзяржавы дзяржаве дзяржаву дзяржавай дзяржаў дзяржавам дзяржавах
пытанне пытання пытанню пытаннем пытанні пытанняў пытаннях пытаннямі
дарога дарогі дарозе дарогу дарогай дарог дарогах
страха страхі страсе страху страхой страхаў
парадак парадку парадкам парадкі парадкаў
старонка старонкі старонцы старонку старонкай старонак старонках
канец канца канцу канцом канцы
праца працы працу працай прац працах
жыццё жыцця жыццю жыццём жыцці
мова мовы мове мову мовай моў мовам мовах
магілёў магілёва магілёву магілёве
моладзь моладзі моладдзю
сувязь сувязі сувяззю сувязей сувязях
пагадненне пагаднення пагадненню пагадненнем пагадненні пагадненняў
палата палаты палаце палату палатай палат
прадстаўнік прадстаўніка прадстаўніку прадстаўніком прадстаўнікі прадстаўнікоў прадстаўнікамі
старшыня старшыні старшынёй старшыню старшынь
намеснік намесніка намеснікам намеснікаў
паездка паездкі паездцы паездку паездкай паездак
краіна краіны краіне краіну краінай краін краінах
урад ўрад урада ураду урадам урадзе
сустрэча сустрэчы сустрэчу сустрэчай сустрэч сустрэчах
дэпутат дэпутата дэпутату дэпутатам дэпутаце дэпутаты дэпутатаў
уладальнік уладальніка
дружба дружбы дружбе дружбу дружбай
міжпарламенцкі міжпарламенцкага міжпарламенцкаму міжпарламенцкія міжпарламенцкай міжпарламенцкую
міністэрства міністэрству міністэрствам міністэрстве міністэрствы міністэрстваў
візіт візіту візітам візіце візіты візітаў
саюз саюза саюзу саюзам саюзе саюзы саюзаў
указ указа указу указе указы указаў
знешняя знешняй знешнюю знешняга знешнія знешніх
эканоміка эканомікі эканоміцы эканоміку эканомікай
Прага Прагі Празе Прагу
павага павагі павазе павагу павагай
"""
RUSSIAN = """
комиссия комиссии комиссию комиссией комиссиям комиссиях
сотрудничество сотрудничества сотрудничеству сотрудничеством сотрудничестве
рабочая рабочей рабочую рабочие рабочих
делегация делегации делегацию делегацией
съёмка съемка съёмки
"""
OTHER_WORDS = """
парламент парламентарый
рух Русь
група грузін
рада радыё
камісія камітэт
сход усход
Іран Ірак
час чашка
палата палатка
урад уладар
Літва літара
Індыя Інданезія
Аўстрыя Аўстралія
праца працэс
раз рог
член чалавек
візіт візір
беларус беларускі
савет савок
мова моладзь
права праўда
дзяржава дзяржаўны
старшыня старонка
палітыка паліца
"""


def lines(text: str) -> list[list[str]]:
    """The words of each line that has some."""
    return [line.split() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("cases", lines(BELARUSIAN), ids=lambda cases: cases[0])
def test_belarusian_cases_have_one_stem(cases: list[str]) -> None:
    assert {word: stem(word, "be") for word in cases} == dict.fromkeys(cases, stem(cases[0], "be"))


def test_the_belarusian_words_are_enough() -> None:
    assert sum(len(cases) for cases in lines(BELARUSIAN)) >= 250


@pytest.mark.parametrize(("one", "other"), lines(OTHER_WORDS))
def test_other_belarusian_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one, "be") != stem(other, "be")


@pytest.mark.parametrize("cases", lines(RUSSIAN), ids=lambda cases: cases[0])
def test_russian_cases_have_one_stem(cases: list[str]) -> None:
    assert len({stem(word, "ru") for word in cases}) == 1


def test_english_stems() -> None:
    assert stem("delegations", "en") == stem("Delegation", "en")
    assert stem("committees", "en") == stem("committee", "en")
    assert stem("committee", "en") != stem("commission", "en")


def test_words_of_another_script_or_language_are_only_made_small() -> None:
    assert stem("NATO", "ru") == "nato"
    assert stem("Міністры", "en") == "міністры"
    assert stem("Ländern", "de") == "ländern"
    assert stem("2012", "be") == "2012"
    assert stem("", "be") == ""


def test_apostrophes_stress_and_a_latin_i_do_not_matter() -> None:
    assert stem("Аб’яднанне", "be") == stem("аб'яднання", "be")
    assert stem("Камі\u0301сія", "be") == stem("камісіі", "be")
    assert stem("камiсii", "be") == stem("камісія", "be")


def test_words_of_a_title_have_the_stems_of_their_first_case() -> None:
    title = "рабочай групы супрацоўніцтве Рэспублікай Сербія 12"
    plain = "рабочая група супрацоўніцтва рэспубліка сербіі 12"
    assert [stem(word, "be") for word in title.split()] == [stem(word, "be") for word in plain.split()]


def test_several_threads_get_the_same_stems() -> None:
    words = [f"сотрудничеств{number}ами" for number in range(50)] + ["комиссиями", "делегациями", "парламентами"] * 20
    expected = [stem.__wrapped__(word, "ru") for word in words]
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append([stem.__wrapped__(word, "ru") for word in words]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@given(st.text(max_size=20), st.sampled_from(["be", "ru", "en"]))
def test_any_word_has_a_stem_whatever_its_case(word: str, language: str) -> None:
    assert stem(word, language) == stem(word.lower(), language)


@given(st.text("абвгдеёжзійклмнопрстуўфхцчшыьэюя", min_size=1, max_size=14))
def test_a_belarusian_stem_is_never_empty_nor_longer_than_the_word(word: str) -> None:
    assert 1 <= len(stem(word, "be")) <= len(word)
