"""Scripts, direction and initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.scripts import initials, is_right_to_left, script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Anna", "Latn"),
        ("Łódź", "Latn"),
        ("Ганна Ўладзіміраўна", "Cyrl"),
        ("محمد", "Arab"),
        ("Ἀθηνᾶ", "Grek"),
        ("שלום", "Hebr"),
        ("Հայաստան", "Armn"),
        ("საქართველო", "Geor"),
        ("王小明", "Hani"),
        ("홍길동", "Hang"),
        ("हिन्दी", "Deva"),
        ("ひらがな", "Hira"),
        ("カタカナ", "Kana"),
        ("ไทย", "Thai"),
        ("አማርኛ", "Ethi"),
        ("ދިވެހި", "Thaa"),
        ("Anna Анна-Марыя", "Cyrl"),
        ("aж", "Latn"),
        ("12, № !", "Zyyy"),
        ("", "Zyyy"),
        ("\U00010330\U00010331", "Zzzz"),
    ],
)
def test_script_of_names_the_script_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_is_right_to_left_follows_the_script() -> None:
    assert [is_right_to_left(text) for text in (" آرش کریمی", "שלום (MP)", "ދިވެހި")] == [True] * 3
    assert [is_right_to_left(text) for text in ("Anna", "Ганна", "王小明", "", "12")] == [False] * 5


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ганна Паўлаўна Ёлкіна", "ГЁ"),
        ("ігар ўласаў", "ІЎ"),
        ("Jean-Luc Durand", "JD"),
        ("Anna Nowak-Kowalska", "AN"),
        ("Ursula von der Heide", "UH"),
        ("Von Braun", "VB"),
        ("de Vries", "V"),
        ("Ahmed al-Sayed", "AS"),
        ("Khalid bin Salman Al-Harbi", "KH"),
        ("Мухаммед аль-Саид", "МС"),
        ("Valéry d’Estrée", "VE"),
        ("Kate O’Brien", "KO"),
        ("Jan van 't Hof", "JH"),
        ("Li De", "LD"),
        ("/Ui/o/oo", "U"),
        ("Anna /Ui/o/oo", "AU"),
        ("!Naruseb, Anna", "NA"),
        ("ǃNaruseb", "N"),
        ("'Maneo 'Mathabo Mohale", "MM"),
        ("Lits'oane", "L"),
        ("Dr. Pontšo Sello Jr.", "PS"),
        ("J.R. Smith III", "JS"),
        ("Керимов Али Гейдар оглы", "КГ"),
        ("გიორგი კვირიკაძე", "გკ"),
        (" آرش کریمی ", "آک"),
        ("王小明", "王"),
        ("홍길동", "홍"),
        ("E\u0301mile Zola", "ÉZ"),
        ("ßeta", "S"),
        ("42 —", ""),
        ("", ""),
    ],
)
def test_initials_take_first_and_last_word_that_counts(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text())
def test_initials_are_at_most_two_characters(text: str) -> None:
    assert len(initials(text)) in {0, 1, 2}
    assert initials(text) == initials(f"  {text}\t")
