"""Lists of people pasted from Word or typed, in three languages: nobody is lost, names and roles are told apart."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interparl.language.characters import is_hidden
from interparl.meetings.rules.pasted import MOST_LINES, PastedPerson, TooMany, pasted_people

ENGLISH = """Members of the delegation:

1. John Smith – Chair of the Committee on Foreign Affairs, head of the delegation
2) Anna-Maria Jones-Brown, deputy head of delegation
(3) Martin King, Jr., senator
• Jane Roe (secretary of the delegation);

Accompanying persons:
- Chair Peter Stone
Interpreter: Mary Major
"""
RUSSIAN = """Глава делегации:
1.\tИванов\u00a0И.\u00a0И.\tПредседатель Палаты
Члены делегации:
2.\tПетров-Водкин\u00a0П.П.\tдепутат\tчлен Комиссии
3\tСи\u00adдоров С.С.\tзаместитель главы делегации
4\tЖук Ж.Ж.\tруководитель секретариата делегации
"""
BELARUSIAN = """№\tПрозвішча, імя, імя па бацьку\tПасада
1\tКупала Янка\tстаршыня Камісіі, кіраўнік беларускай парламенцкай дэлегацыі
2\tКолас Якуб\tбылы кіраўнік дэлегацыі

Кіраўнік дэлегацыі Багдановіч М. А.
"""


def only(text: str) -> PastedPerson:
    """The one person of a list."""
    (person,) = pasted_people(text)
    return person


def test_an_english_list_is_read() -> None:
    members, others = "Members of the delegation", "Accompanying persons"
    role = "Chair of the Committee on Foreign Affairs, head of the delegation"
    assert pasted_people(ENGLISH) == [
        PastedPerson(3, 1, "John Smith", role, is_head=True, heading=members),
        PastedPerson(4, 2, "Anna-Maria Jones-Brown", "deputy head of delegation", is_head=False, heading=members),
        PastedPerson(5, 3, "Martin King, Jr.", "senator", is_head=False, heading=members),
        PastedPerson(6, None, "Jane Roe", "secretary of the delegation", is_head=False, heading=members),
        PastedPerson(9, None, "Chair Peter Stone", "", is_head=False, heading=others),
        PastedPerson(10, None, "Mary Major", "Interpreter", is_head=False, heading=others),
    ]


def test_a_russian_table_is_read() -> None:
    members = "Члены делегации"
    assert pasted_people(RUSSIAN.replace("\n", "\r\n")) == [
        PastedPerson(2, 1, "Иванов И. И.", "Председатель Палаты", is_head=True, heading="Глава делегации"),
        PastedPerson(4, 2, "Петров-Водкин П.П.", "депутат, член Комиссии", is_head=False, heading=members),
        PastedPerson(5, 3, "Сидоров С.С.", "заместитель главы делегации", is_head=False, heading=members),
        PastedPerson(6, 4, "Жук Ж.Ж.", "руководитель секретариата делегации", is_head=False, heading=members),
    ]


def test_a_belarusian_table_is_read_without_the_row_over_it() -> None:
    role = "старшыня Камісіі, кіраўнік беларускай парламенцкай дэлегацыі"
    assert pasted_people(BELARUSIAN) == [
        PastedPerson(2, 1, "Купала Янка", role, is_head=True),
        PastedPerson(3, 2, "Колас Якуб", "былы кіраўнік дэлегацыі", is_head=False),
        PastedPerson(5, None, "Кіраўнік дэлегацыі Багдановіч М. А.", "", is_head=True),
    ]


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Иванов И. И. — депутат", "Иванов И. И.", "депутат"),
        ("Иванов И. И. - депутат", "Иванов И. И.", "депутат"),
        ("Иванов И. И.– депутат", "Иванов И. И.", "депутат"),
        ("Иванов И. И.,депутат", "Иванов И. И.", "депутат"),
        ("Салтыков-Щедрин М. Е.", "Салтыков-Щедрин М. Е.", ""),
        ("Салтыков–Щедрин М. Е.", "Салтыков–Щедрин М. Е.", ""),
        ("Smith (Labour, UK) – member", "Smith (Labour, UK)", "member"),
        ("Smith, chair – head of delegation", "Smith", "chair – head of delegation"),
        ("Иванов Иван Иванович.", "Иванов Иван Иванович", ""),
        ("Иванов И. И.;", "Иванов И. И.", ""),
        ("Иванов И. И., канд. юр. наук", "Иванов И. И.", "канд. юр. наук"),
        ("№ 7. Иванов", "Иванов", ""),
        ("12.Иванов", "Иванов", ""),
        ("o\tJohn Smith", "John Smith", ""),
        ("\uf0b7\tJohn Smith\tMP", "John Smith", "MP"),
        ("o'Neill", "o'Neill", ""),
        ("10 guards", "10 guards", ""),
        ("\u202aJohn\u200b \ufeffSmith\u202c", "John Smith", ""),
        ("John\v Smith", "John Smith", ""),
        (" –  John Smith", "John Smith", ""),
        ("John Smith –", "John Smith –", ""),
        ("李明 – 议员", "李明", "议员"),
        ("\tJohn Smith\t\tMP\t", "John Smith", "MP"),
    ],
)
def test_name_and_role_are_told_apart_where_they_can_be(line: str, name: str, role: str) -> None:
    person = only(line)
    assert (person.name, person.role) == (name, role)


@pytest.mark.parametrize(
    "role",
    ["Head of Delegation", "head of the Portuguese delegation", "leader of our national delegation", "Head", "LEADER",
     "депутат, глава делегации", "руководитель", "руководитель российской делегации", "Глава",
     "председатель; глава делегации",
     "кіраўнік дэлегацыі", "Старшыня", "старшыня дэлегацыі", "кіраўнік нашай дэлегацыі"],
)  # fmt: skip
def test_who_leads_is_known_by_the_words_of_three_languages(role: str) -> None:
    assert only(f"X – {role}").is_head
    assert only(f"{role.replace(',', ' –')}: X, MP").is_head
    assert [person.is_head for person in pasted_people(f"{role}:\nX\nY")] == [True, False]


@pytest.mark.parametrize(
    "role",
    ["deputy head of delegation", "vice-head of the delegation", "former leader of the delegation",
     "head of the secretariat of the delegation", "head of department", "member of the delegation", "chair",
     "заместитель главы делегации", "бывший глава делегации", "руководитель аппарата", "член делегации",
     "руководитель пресс-службы делегации", "председатель комиссии, член делегации",
     "глава города, секретарь делегации",
     "намеснік кіраўніка дэлегацыі", "былы кіраўнік дэлегацыі", "старшыня Камісіі", "Headley", "overhead"],
)  # fmt: skip
def test_who_does_not_lead_is_not_taken_for_the_head(role: str) -> None:
    assert not only(f"X – {role}").is_head


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "1.\n2.", "---", "Members:", "\u200b", "№\tФИО\tДолжность"])
def test_a_list_without_anybody_is_empty(text: str) -> None:
    assert pasted_people(text) == []


def test_words_before_a_colon_are_the_role_or_the_heading_of_one() -> None:
    text = "Members:\nHead of delegation: John Smith, speaker\nSecretary: Jane Roe\nPeter Stone"
    assert pasted_people(text) == [
        PastedPerson(2, None, "John Smith", "speaker", is_head=True, heading="Head of delegation"),
        PastedPerson(3, None, "Jane Roe", "Secretary", is_head=False, heading="Members"),
        PastedPerson(4, None, "Peter Stone", "", is_head=False, heading="Members"),
    ]


def test_a_list_may_have_500_lines_and_blank_ones_between() -> None:
    assert len(pasted_people("X\n\n" * MOST_LINES)) == MOST_LINES
    with pytest.raises(TooMany) as caught:
        pasted_people("X\n" * (MOST_LINES + 1))
    assert (caught.value.number, caught.value.most) == (501, 500)


@given(st.lists(st.text(st.characters(categories=["L", "P", "Zs", "Cf", "N"]), max_size=40), max_size=20))
def test_no_letter_is_lost_whatever_is_pasted(lines: list[str]) -> None:
    found = pasted_people("\n".join(f"Q{line}Q" for line in lines))
    assert [person.line for person in found] == list(range(1, len(lines) + 1))
    for person, line in zip(found, lines, strict=True):
        assert person.name
        visible = unicodedata.normalize("NFC", "".join(char for char in f"Q{line}Q" if not is_hidden(char)))
        kept = letters(person.name + person.role + person.heading)
        assert letters(visible) == kept


def letters(text: str) -> Counter[str]:
    """How often each letter stands in a text."""
    return Counter(filter(str.isalpha, text))


@pytest.mark.parametrize(
    "line", ["X (" + "," * 50_000, "X" + " -" * 50_000, "(" * 50_000 + "X", " " * 50_000 + "X", "head of the " * 9_999]
)
def test_a_line_as_long_as_a_book_is_one_person(line: str) -> None:
    assert len(pasted_people(line)) == 1
