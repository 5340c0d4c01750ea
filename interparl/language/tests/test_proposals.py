"""Proposals for a form that a name has not got."""

import pytest

from interparl.language.proposals import BY_GIVEN_NAMES, NameParts, propose

BELARUSIAN = NameParts("Кузняцова", "Алена", "Пятроўна")
RUSSIAN = NameParts("Кузнецова", "Елена", "Петровна")


def test_english_of_belarusian_by_the_systems_of_2023_and_2007_and_of_russian_after_them() -> None:
    found = propose({"ru": RUSSIAN, "be": BELARUSIAN}, "en")
    assert [(proposal.text, proposal.how, proposal.source) for proposal in found] == [
        ("Aliena Kuzniacova", "be-2023", "be"),
        ("Aliena Kuzniacova", "be-2007", "be"),
        ("Yelena Kuznetsova", "ru-press", "ru"),
        ("Elena Kuznetsova", "ru-icao", "ru"),
    ]
    assert found[0].parts == NameParts("Kuzniacova", "Aliena", "Piatrowna")


def test_a_form_that_two_systems_give_is_proposed_once() -> None:
    found = propose({"ru": NameParts("Попов", "Антон")}, "en")
    assert [proposal.text for proposal in found] == ["Anton Popov"]
    assert found[0].how == "ru-press"


def test_russian_of_belarusian_by_names_and_orthography() -> None:
    found = propose({"be": BELARUSIAN}, "ru")
    assert found[0].text == "Кузнецова Елена Петровна"
    assert {proposal.how for proposal in found} == {BY_GIVEN_NAMES}


def test_belarusian_of_russian_gives_several_where_the_stress_is_not_known() -> None:
    found = propose({"ru": NameParts("Голосов", "Николай", "Ильич")}, "be")
    assert len(found) > 1
    assert {(proposal.parts.given, proposal.parts.patronymic) for proposal in found} == {("Мікалай", "Ільіч")}
    assert len({proposal.text for proposal in found}) == len(found)


def test_nothing_is_proposed_where_the_given_name_is_not_known() -> None:
    assert propose({"ru": NameParts("Бадмаев", "Бийсултан")}, "be") == []
    assert propose({"ru": NameParts("", "Николай")}, "be") == []
    assert propose({}, "en") == []
    assert propose({"be": BELARUSIAN}, "xx") == []


def test_a_latin_name_is_read_back_only_if_its_letters_tell_the_alphabet() -> None:
    lacinka = propose({"en": NameParts("Łukašenka", "Alaksandr")}, "be")
    assert [(proposal.text, proposal.how) for proposal in lacinka] == [("Лукашэнка Аляксандр", "be-from-lacinka")]
    national = propose({"en": NameParts("Salaŭjoŭ", "Siarhiej")}, "be")
    assert [proposal.how for proposal in national] == ["be-from-2007"]
    assert propose({"en": NameParts("Smith", "John")}, "be") == []
    assert propose({"en": NameParts("Wałęsa", "Lech")}, "be") == []


def test_a_system_can_be_chosen() -> None:
    found = propose({"be": NameParts("Шумілін", "Сяргей"), "ru": RUSSIAN}, "en", "be-lacinka")
    assert [(proposal.text, proposal.how, proposal.source) for proposal in found] == [
        ("Siarhiej Šumilin", "be-lacinka", "be")
    ]
    back = propose({"en": NameParts("Shumilin", "Siargiej")}, "be", "be-from-2023")
    assert [proposal.text for proposal in back] == ["Шумілін Сяргей"]
    assert propose({"be": BELARUSIAN}, "ru", "be-2023") == []
    assert propose({"be": BELARUSIAN}, "ru", BY_GIVEN_NAMES)[0].text == "Кузнецова Елена Петровна"
    assert propose({"be": NameParts("Шумілін", "Сяргей")}, "de", "be-2007")[0].text == "Siarhiej Šumilin"


def test_a_system_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        propose({"be": BELARUSIAN}, "en", "nothing")


def test_text_leaves_out_what_is_empty() -> None:
    assert NameParts("Козлов").text(("given", "patronymic", "family")) == "Козлов"
