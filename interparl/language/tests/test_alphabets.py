"""Dictionary order in three languages, and the promises of the key itself."""

import re

from hypothesis import given
from hypothesis import strategies as st

from interparl.language.alphabets import ALPHABETS, MAX_KEY_LENGTH, sort_key

_BELARUSIAN_PAGE = (
    "абавязак абед аб’езд аб’ект аблога адзін аул аўдыт аўтар бабуля бацыла бацька бераг бібліятэка вада вецер вёска "
    "вока воўк вуліца вясна ганак гара гул дзень дзякуй дом ежа ельнік ёд ёлка ёмкасць жыта завод з’езд зіма з’ява "
    "зямля ігла імя іней іншы йога каліна краіна край крама лес лета лёд лёс ліпень мае маё май мак неба ноч памяць "
    "паўза пераклад п’еса поўдзень поўнач пошта рака роўны сад сейм сямейны сям’я трыбуна трэба туман увага урад ўклад "
    "фізіка хата цана цень цёмны час шлях шыла шэры экран юнак яблык яўка"
)
BELARUSIAN = _BELARUSIAN_PAGE.split()

_RUSSIAN_PAGE = (
    "арбуз беда весть все всё вьюга гора дом дуб еда ёж ежевика ёлка ель ёрш если жёлтый желудь жёлудь заика зайка зал "
    "игла иней йод край крайний лед лёд ледник лёдчик лес мёд медь мел мёл мель нёбо небосвод объезд объём обыск обь "
    "осел осёл подъезд подымать пять рёв ревизия семь семья семя съезд сын сыр тёща тыл тьма ум флаг хлеб цель чёрт "
    "черта шёлк щит эхо юг яма"
)
RUSSIAN = _RUSSIAN_PAGE.split()

ENGLISH = [
    "account",
    "Acre",
    "aid",
    "Ålborg",
    "Alvarez",
    "Álvarez",
    "Alvarez-Ruiz",
    "Alvarezo",
    "bar",
    "Bär",
    "bare",
    "black",
    "black bird",
    "black-market",
    "blackbird",
    "co-operate",
    "Coop",
    "cote",
    "coté",
    "côte",
    "MacDonald",
    "Müller",
    "Mulligan",
    "O’Brien",
    "Obrist",
    "Øre",
    "Oslo",
    "résumé",
    "rice",
    "Sass",
    "Saß",
    "Zürich",
]

languages = st.sampled_from(["be", "ru", "en", "xx"])
letters = st.text(alphabet="абеёжзійкўуыьэ’' -aAbzŁß19!/", max_size=12)
texts = st.text(max_size=200) | letters


def in_order(language: str, items: list[str]) -> list[str]:
    return sorted(items, key=lambda item: sort_key(item, language))


@given(st.permutations(BELARUSIAN))
def test_sort_key_puts_belarusian_words_as_the_dictionary(shuffled: list[str]) -> None:
    assert in_order("be", shuffled) == BELARUSIAN


@given(st.permutations(RUSSIAN))
def test_sort_key_puts_russian_words_as_the_dictionary(shuffled: list[str]) -> None:
    assert in_order("ru", shuffled) == RUSSIAN


@given(st.permutations(ENGLISH))
def test_sort_key_puts_english_words_word_by_word(shuffled: list[str]) -> None:
    assert in_order("en", shuffled) == ENGLISH


def test_sort_key_follows_the_belarusian_alphabet_when_letters_stand_alone() -> None:
    alphabet = list("абвгдеёжзійклмнопрстуўфхцчшыьэюя")
    assert in_order("be", sorted(alphabet)) == alphabet


def test_sort_key_follows_the_russian_alphabet_when_letters_stand_alone() -> None:
    alphabet = list("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
    assert in_order("ru", sorted(alphabet)) == alphabet


def test_sort_key_interfiles_yo_when_russian_but_parts_it_when_belarusian() -> None:
    assert in_order("ru", ["лета", "лёд"]) == ["лёд", "лета"]
    assert in_order("be", ["лёд", "лета"]) == ["лета", "лёд"]


def test_sort_key_puts_foreign_cyrillic_beside_its_neighbours_when_outside_the_alphabet() -> None:
    assert in_order("be", list("цщшъыійик")) == list("иійкцшщъы")
    assert in_order("ru", ["ўа", "ф", "у", "ґ", "г", "д"]) == ["г", "ґ", "д", "у", "ўа", "ф"]


def test_sort_key_puts_own_script_before_the_other_when_mixed() -> None:
    mixed = ["محمد", "Anna", "7", "Анна", "Ωμέγα"]
    assert in_order("be", mixed) == ["7", "Анна", "Anna", "Ωμέγα", "محمد"]
    assert in_order("ru", mixed) == ["7", "Анна", "Anna", "Ωμέγα", "محمد"]
    assert in_order("en", mixed) == ["7", "Anna", "Анна", "Ωμέγα", "محمد"]


def test_sort_key_counts_numbers_by_value() -> None:
    ordered = ["No.", "No. 9", "No. 10", "No. 10a", "No. 14", "No. 14¹", "No. 15", "No. 100", "Nob"]
    assert in_order("en", ordered[::-1]) == ordered
    assert in_order("en", ["٣٤", "5", "007", "7", "0"]) == ["0", "5", "7", "007", "٣٤"]


def test_sort_key_puts_small_letters_first_when_only_case_differs() -> None:
    assert in_order("en", ["POLISH", "Polish", "polish", "poliSh"]) == ["polish", "poliSh", "Polish", "POLISH"]


def test_sort_key_passes_over_clicks_when_names_are_namibian() -> None:
    ordered = ["Garises", "//Garoeb", "!Garoes", "Nambahu", "!Naruseb", "ǃNawatiseb", "/Ui/o/oo", "Ui Omar", "Uushona"]
    assert in_order("en", ordered[::-1]) == ordered


def test_sort_key_passes_over_apostrophes_when_names_are_from_lesotho() -> None:
    ordered = ["'Mamolapi Thabo", "Mamoleti", "’Mamosa", "Mantho", "Ranto", "Rants'o", "Rantšo Zola", "Rantu"]
    assert in_order("en", ordered[::-1]) == ordered


def test_sort_key_puts_the_plain_spelling_first_when_only_signs_differ() -> None:
    ordered = ["Anna Maria", "Anna-Maria", "Mamosa", "'Mamosa", "’Mamosa"]
    assert in_order("en", ordered[::-1]) == ordered


def test_sort_key_is_the_same_when_spaces_differ_in_persian_names() -> None:
    assert sort_key(" آرش  کریمی ", "en") == sort_key("آرش کریمی", "en")
    assert in_order("be", [" احمد", "بهرام", " آرش", "ابراهیم"]) == ["ابراهیم", " احمد", " آرش", "بهرام"]


def test_sort_key_takes_a_tag_when_the_language_is_longer() -> None:
    assert [sort_key("Ёлка", tag) for tag in ("be-tarask", "BE", "be_BY")] == [sort_key("Ёлка", "be")] * 3
    assert sort_key("Ёлка", "") == sort_key("Ёлка", "en") == sort_key("Ёлка", "pl")


def test_sort_key_is_empty_but_valid_when_text_has_no_letters() -> None:
    assert in_order("en", ["a", "!", "", "1"]) == ["", "!", "1", "a"]


@given(texts, languages)
def test_sort_key_is_bounded_hex_whatever_the_text(text: str, language: str) -> None:
    key = sort_key(text, language)
    assert re.fullmatch(r"[0-9a-f]+", key) is not None
    assert len(key) <= MAX_KEY_LENGTH


def test_sort_key_is_bounded_when_every_level_is_full() -> None:
    long = "’É-Ł12 " * 500
    assert len(sort_key(long, "en")) == MAX_KEY_LENGTH == 512
    assert len(sort_key("9" * 5000, "en")) < MAX_KEY_LENGTH
    assert sort_key(long + "a", "en") != sort_key(long + "b", "en")


@given(letters, letters, languages)
def test_sort_key_is_equal_only_when_texts_are_equal(one: str, other: str, language: str) -> None:
    same = one.split() == other.split()
    assert (sort_key(one, language) == sort_key(other, language)) == same


@given(st.text(alphabet="абеёжзійкўуыьэ", max_size=10), st.sampled_from(["a", "б", " в", "-ш", "1"]), languages)
def test_sort_key_puts_a_text_before_its_continuation(text: str, tail: str, language: str) -> None:
    assert sort_key(text, language) < sort_key(text + tail, language)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=10), st.text(alphabet="abcxyz", max_size=10), languages)
def test_sort_key_agrees_with_plain_order_when_letters_are_plain(one: str, other: str, language: str) -> None:
    assert (sort_key(one, language) < sort_key(other, language)) == (one < other)


@given(st.integers(0, 10**30), st.integers(0, 10**30), languages)
def test_sort_key_agrees_with_value_when_texts_are_numbers(one: int, other: int, language: str) -> None:
    assert (sort_key(f"No. {one}", language) < sort_key(f"No. {other}", language)) == (one < other)


def test_alphabets_cover_the_three_languages() -> None:
    assert sorted(ALPHABETS) == ["be", "en", "ru"]
