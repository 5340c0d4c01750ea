"""Keys of names: what is one name meets under one key, whatever the script, the system of romanising or the slip."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from interparl.language.folding import fold
from interparl.language.likeness import LEAST, like, match, weight_of
from interparl.language.name_keys import (
    asked_words,
    joined,
    name_keys,
    parted,
    pieces_of,
    slip_keys,
    sound_keys,
    stem_keys,
    untangled,
)
from interparl.language.scripts import script_of
from interparl.language.sounds import MOST_READINGS, sounds
from interparl.language.transliteration import SYSTEMS, transliterate

ONE_NAME = [
    "Казлоў Козлов Kozlov Kazloŭ Kazlou Kozlow",
    "Герасімаў Герасимов Hyerasimaw Gerasimov Hierasimaŭ",
    "Галоўчанка Головченко Golovchenko Halouchanka",
    "Лукашэнка Лукашенко Lukashenko Loukachenko Łukaszenka Lukašenka",
    "Шчарбакоў Щербаков Shcherbakov Ščarbakoŭ Schtscherbakow",
    "Чайкоўскі Чайковский Tschaikowski Tchaikovsky Czajkowski Čajkovskij",
    "Мацвіенка Матвиенко Matvienko Macvijenka Матвієнко",
    "Заяц Zajac Zayats",
    "Худык Khudyk Chudyk Hudyk",
    "Сіўцоў Сивцов Sivtsov Siutsou Siŭcoŭ",
    "Любоў Любовь Liubov Lyubov Ljubov",
    "Юры Юрий Yuri Jury Iouri Iurii",
    "Наумаў Наумов Naumov Naumau",
    "Уладзімір Владимир Volodymyr Uladzimir Vladimir Володимир",
    "Раманаў Романов Romanoff Romanov",
    "Әлиев Алиев Aliyev Əliyev",
    "Սարգսյան Саргсян Sargsyan",
    "გიორგი Георгий Giorgi",
    "Παπαδόπουλος Пападопулос Papadopoulos",
    "محمد Мохаммад Mohammad Muhammed",
]


def keys(word: str) -> set[str]:
    return sound_keys(sounds(fold(word)))


@pytest.mark.parametrize("names", ONE_NAME)
def test_every_spelling_of_a_name_meets_the_first_under_a_key(names: str) -> None:
    first, *others = names.split()
    assert [name for name in others if not keys(first) & keys(name)] == []


@pytest.mark.parametrize(
    ("one", "other"), [("Казлоў", "Марозаў"), ("Kozlov", "Kovalev"), ("Петров", "Иванов"), ("Lukashenko", "Lukin")]
)
def test_other_names_do_not_meet(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


SYLLABLES = st.sampled_from("ба ве гі до жа зу ка ле мі но пу ра се ты фа хо цу ча шы бр ст кл".split())
FAMILIES = st.lists(SYLLABLES, min_size=2, max_size=3).map("".join).map(str.capitalize)
TO_LATIN = [code for code in SYSTEMS if script_of(transliterate("Ганна", code)) == "Latn"]


@given(FAMILIES, st.sampled_from(["оў", "енка", "скі", "віч"]), st.sampled_from(TO_LATIN))
def test_a_surname_meets_itself_in_latin_letters_of_every_system(stem: str, ending: str, system: str) -> None:
    latin = transliterate(stem + ending, system)
    # Of a word with many letters of several readings only the likeliest are kept.
    assume(fold(latin).count("c") <= 2)
    assert keys(stem + ending) & keys(latin), latin


LATIN, CYRILLIC = "abcdefghijklmnopqrstuvwxyz'- ", "абвгдежзійклмнопрстуфхцчшыэюяё'- "
WORDS = st.text(alphabet=LATIN, max_size=40) | st.text(alphabet=CYRILLIC, max_size=40)


@given(st.text(max_size=60))
def test_any_text_gives_words_and_few_notations(text: str) -> None:
    for word in asked_words(text):
        assert fold(word) == word
        assert 1 <= len(sounds(word)) <= MOST_READINGS
        assert all(sound_keys(sounds(word)))
        assert like(word, word) == 1.0


@given(WORDS)
def test_case_does_not_matter(text: str) -> None:
    assert asked_words(text.upper()) == asked_words(text.lower()) == asked_words(text)


@given(st.lists(st.sampled_from("bdlmnprv"), min_size=4, unique=True).map("".join), st.data())
def test_a_slip_shares_a_key(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + "k" + word[at:],
    ]
    for slip in slips:
        assert (slip_keys(sounds(word)) | keys(word)) & (slip_keys(sounds(slip)) | keys(slip)), slip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Кoзлoв", "Козлов"),  # two Latin letters
        ("Аnna", "Anna"),  # a Cyrillic capital
        ("Сергeй Kозлов", "Сергей Козлов"),
        ("Anna Прыклад", "Anna Прыклад"),
        ("Wолков", "Wолков"),
    ],
)
def test_letters_of_the_other_script_are_put_right_within_a_word(typed: str, meant: str) -> None:
    assert untangled(typed) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("группа № 12", ["группа", "12"]),
        ("Decision No. 12", ["decision", "12"]),
        ("нумар 5-А", ["5", "а"]),
        ("No", ["no"]),
        ("O’Brien O'Brien OʼBrien", ["obrien"] * 3),
        ("Макарына-Кібак", ["макарына", "кібак"]),
    ],
)
def test_text_falls_into_words(text: str, words: list[str]) -> None:
    assert asked_words(text) == words


@pytest.mark.parametrize(
    ("text", "with_gaps"),
    [
        ("AnnaEXAMPLE", "Anna EXAMPLE"),
        ("EXAMPLEAnna", "EXAMPLE Anna"),
        ("McDonald", "Mc Donald"),
        ("EXAMPLE Anna", "EXAMPLE Anna"),
        ("ПРЫКЛАДГанна", "ПРЫКЛАД Ганна"),
    ],
)
def test_capitals_tell_where_words_were_run_together(text: str, with_gaps: str) -> None:
    assert parted(text) == with_gaps


def test_a_word_run_together_falls_into_the_fewest_known_words() -> None:
    known = {"fraga", "estevez", "fragaestevez", "carmen", "es", "te", "vez"}
    assert pieces_of("fragaestevezcarmen", known) == ["fragaestevez", "carmen"]
    assert pieces_of("fragaestevez", {"fraga", "estevez", "es"}) == ["fraga", "estevez"]
    assert pieces_of("carmen", known) == pieces_of("carmenx", known) == pieces_of("", known) == []
    assert joined(["mac", "do", "nald"]) == ["macdo", "donald"]


@pytest.mark.parametrize(
    ("one", "other"), [("николай", "мікалаи"), ("вольга", "ольга"), ("ганна", "anna"), ("рыгоравіч", "григорьевич")]
)
def test_forms_of_one_given_name_or_patronymic_share_a_key(one: str, other: str) -> None:
    assert name_keys(fold(one)) & name_keys(fold(other))
    assert like(fold(one), fold(other)) >= 0.95


@pytest.mark.parametrize(
    ("one", "other"),
    [("камісіямі", "камісія"), ("парламентом", "парламент"), ("agreements", "agreement"), ("Козловым", "Козлов")],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem_keys(one) & stem_keys(other)


def test_likeness_falls_from_the_same_over_another_spelling_to_a_slip_and_to_another_name() -> None:
    degrees = [like("козлов", word) for word in ("козлов", "казлоу", "козлво", "козинец", "иванов")]
    assert degrees == sorted(degrees, reverse=True)
    assert degrees[0] == 1.0
    assert degrees[3] < 0.8
    assert degrees[4] < LEAST


def test_numbers_are_alike_only_when_they_are_the_same() -> None:
    assert (like("12", "12"), like("12", "123"), like("12", "13")) == (1.0, 0.0, 0.0)


def test_a_word_of_a_spelling_answers_one_word_asked() -> None:
    both = match(["anna", "anna"], ["anna", "example"], [{0: 1.0, 1: 1.0}, {}])
    assert both.found == (1.0, 0.0)
    whole = match(["anna", "example"], ["example", "anna"], [{1: 1.0}, {0: 1.0}])
    assert (whole.score, whole.found) == (1.0, (1.0, 1.0))
    assert match(["anna"], ["example", "anna"], [{}, {0: 1.0}]).score < 1.0
    assert weight_of("а") < weight_of("мікалаевіч") < weight_of("козлов")
