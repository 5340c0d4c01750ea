"""Folding for plain matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.folding import fold, is_hidden, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Прэм’ер-міністр", "прэмер міністр"),
        ("Аляксей Ёў", "аляксеи еу"),
        ("Їжак ігла", "іжак ігла"),
        ("Объём, семья", "обем семя"),
        ("Ґанак", "ганак"),
        ("Łódź Øre Straße STRASSE", "lodz ore strasse strasse"),
        ("Đorđe Ærø Œuvre Þór İstanbul ılıca Əliyev", "dorde aero oeuvre thor istanbul ilica aliyev"),
        ("!Naruseb, Anna", "naruseb anna"),
        ("ǃNaruseb", "naruseb"),
        ("//Garoeb ǁGaroëb", "garoeb garoeb"),
        ("/Ui/o/oo", "ui o oo"),
        ("'Mamolapi M'amosa Lits’oane", "mamolapi mamosa litsoane"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("علی كاشانى", "علي كاشاني"),
        ("طبیب\u200cزاده", "طبيبزاده"),
        ("أحمد آقا", "احمد اقا"),
        ("\u202eAnna\u202c\u00adMaria\ufeff", "annamaria"),
        ("  a\u00a0\t b ", "a b"),
        ("№ ٣٤, 14¹, 3½, H₂O", "no 34 14 1 3 1 2 h2o"),
        ("καλημέρα Άρης", "καλημερα αρησ"),
        ("हिन्दी", "हिन्दी"),
        ("が", "が"),
        ("홍길동", "홍길동"),
        ("ﬁn ＡＢＣ", "fin abc"),
        ("€ + …", ""),
        ("", ""),
    ],
)
def test_fold_gives_the_plain_form(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text() | st.text(alphabet="ЁёЎўЙйІїъь’'ŁßİıæəǃÉ1¹½ـَیى\u200c\u200d \u0301-"))
def test_fold_changes_nothing_when_folded_again(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_words_are_those_of_both_parts_when_parted_by_a_space(one: str, other: str) -> None:
    assert words(f"{one} {other}") == words(one) + words(other)


def test_words_keep_order_and_repetitions() -> None:
    assert words("Нью-Йорк, Нью Ёрк") == ["ню", "иорк", "ню", "ерк"]
    assert words(" — ") == []


def test_is_hidden_tells_characters_without_ink() -> None:
    hidden = ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u115f", "\ufe0f", "\x00", "\x7f", "\u061c"]
    shown = [" ", "\n", "\u00a0", "a", "’", "\u0301", "\u0600", "\ue000", "\u2028"]
    assert [is_hidden(char) for char in hidden] == [True] * len(hidden)
    assert [is_hidden(char) for char in shown] == [False] * len(shown)
