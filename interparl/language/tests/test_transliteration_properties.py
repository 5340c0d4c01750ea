"""What holds for every system of transliteration and any text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.transliteration import SYSTEMS, transliterate

ALPHABETS = {
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
CYRILLIC = "".join(sorted(set("".join(ALPHABETS.values()))))
ROMANISING = sorted(code for code, system in SYSTEMS.items() if system.script_to == "Latn")
FROM_LATIN = sorted(code for code, system in SYSTEMS.items() if system.script_to == "Cyrl")

words = st.text(CYRILLIC + "’", min_size=1, max_size=12)
texts = st.text(CYRILLIC + CYRILLIC.upper() + "’'- .,№12", max_size=30)


@pytest.mark.parametrize("code", ROMANISING)
def test_each_letter_of_each_alphabet_of_its_languages_is_in_the_table(code: str) -> None:
    system = SYSTEMS[code]
    for language in system.languages:
        assert set(ALPHABETS[language]) <= set(system.letters), language


@given(texts)
def test_no_letter_of_the_alphabets_is_left(text: str) -> None:
    for code in ROMANISING:
        assert not re.search("[\u0400-\u04ff]", transliterate(text, code)), code


@given(texts)
def test_latin_text_is_left_as_it_is(text: str) -> None:
    for code in ROMANISING:
        once = transliterate(text, code)
        assert transliterate(once, code) == once, code


@given(words)
def test_case_is_kept(word: str) -> None:
    for code in ROMANISING:
        small = transliterate(word, code)
        assert small == small.lower(), code
        assert transliterate(word.upper() + " ОО", code) == f"{small} oo".upper(), code
        assert transliterate(word[0].upper() + word[1:], code).lower() == small, code


@given(st.lists(words.filter(lambda word: "’" not in word), max_size=5))
def test_iso_9_is_reversible(some: list[str]) -> None:
    for text in (" ".join(some), " ".join(some).title(), " ".join(some).upper()):
        # Signs without capitals say nothing of a capital ь or ъ that stands alone or first.
        assert transliterate(transliterate(text, "iso9"), "iso9-back").lower() == text.lower()


@given(words)
def test_iso_9_gives_one_letter_for_one(word: str) -> None:
    assert len(re.sub("[\u0300-\u036f]", "", transliterate(word, "iso9"))) == len(word)


@given(st.text("abcćčdefghijklłmnńoprsśštuŭvyzźž ", max_size=20))
def test_what_came_back_into_cyrillic_stays(text: str) -> None:
    for code in FROM_LATIN:
        once = transliterate(text, code)
        assert transliterate(once, code) == once, code


@pytest.mark.parametrize(("there", "back"), [("be-lacinka", "be-from-lacinka"), ("be-2007", "be-from-2007")])
@pytest.mark.parametrize(
    "name",
    [
        "Аляксандр",
        "Уладзімір",
        "Мікалай",
        "Вольга",
        "Ганна",
        "Марыя",
        "Вераб’ёў",
        "Салаўёў",
        "Шаркаўшчына",
        "Любань",
        "Гаўя",
    ],
)
def test_names_come_back_from_the_systems_with_signs(there: str, back: str, name: str) -> None:
    assert transliterate(transliterate(name, there), back) == name


@given(st.text())
def test_any_text_goes_through_every_system(text: str) -> None:
    for code in SYSTEMS:
        transliterate(text, code)
