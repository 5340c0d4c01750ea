"""Reading countries out of titles: what is sure, what is asked, and why."""

from __future__ import annotations

import pytest

from interparl.language.name_forms import adjectives_from, forms_of, forms_of_adjective, mutated
from interparl.language.recognising import Doubt, Reason, Recognition, recognise

NAMES = {
    "BY": ["Belarus", "Беларусь", "Республика Беларусь", "Белоруссия"],
    "CH": ["Switzerland", "Schweiz"],
    "CN": ["China", "Китай", "Китайская Народная Республика", "КНР"],
    "CY": ["Cyprus", "Кипр"],
    "CZ": ["Czechia", "Чехия"],
    "DE": ["Germany", "Alemanha", "Yr Almaen"],
    "DM": ["Dominica"],
    "DO": ["Dominican Republic"],
    "EG": ["Egypt", "Египет", "Егіпет"],
    "GE": ["Georgia"],
    "GN": ["Guinea"],
    "GQ": ["Equatorial Guinea"],
    "GW": ["Guinea-Bissau"],
    "IE": ["Ireland"],
    "IQ": ["Iraq", "Ирак"],
    "IS": ["Iceland", "Island"],
    "KP": ["North Korea", "Coreia do Norte"],
    "KR": ["South Korea", "Republic of Korea", "Coreia do Sul", "De Corea", "Республика Корея"],
    "LA": ["Laos", "Лаосская Народно-Демократическая Республика"],
    "MK": ["North Macedonia"],
    "MM": ["Myanmar (Burma)", "Республика Союз Мьянма"],
    "NE": ["Niger", "Нигер"],
    "NG": ["Nigeria", "Нигерия"],
    "OM": ["Oman"],
    "PG": ["Papua New Guinea"],
    "PT": ["Portiwgal"],
    "RU": ["Russia", "Россия", "Российская Федерация"],
    "RS": ["Serbia", "Сербия"],
    "SD": ["Sudan"],
    "SS": ["South Sudan"],
    "SY": ["Сирийская Арабская Республика"],
    "TG": ["Того"],
    "TR": ["Turkey", "Турецкая Республика"],
    "TW": ["Taiwan"],
    "US": ["USA", "US", "États-Unis"],
}
ADJECTIVES = {
    "BY": ["белорусский", "Belarusian"],
    "CN": ["китайский", "Sino-"],
    "DO": ["Dominican"],
    "DM": ["Dominican"],
    "IQ": ["Iraqi"],
    "DE": ["deutsch"],
    "RU": ["российский"],
    "RS": ["сербский"],
}


def read(title: str, language: str = "en", home: str = "BY") -> Recognition:
    return recognise(title, NAMES, language, home=home, adjectives=ADJECTIVES)


def reasons(title: str, language: str = "en", home: str = "BY") -> dict[str, Reason]:
    recognition = read(title, language, home)
    assert recognition.sure == ()
    return {doubt.code: doubt.reason for doubt in recognition.doubtful}


@pytest.mark.parametrize(
    ("title", "sure"),
    [
        ("All-Party Parliamentary China Group", ("CN",)),
        ("Group for Freedom and Democracy in Egypt", ("EG",)),
        ("Sudan and South Sudan", ("SD", "SS")),
        ("Equatorial Guinea, Guinea-Bissau and Guinea", ("GQ", "GW", "GN")),
        ("Papua New Guinea", ("PG",)),
        ("Niger, Nigeria", ("NE", "NG")),
        ("Dominica", ("DM",)),
        ("The Dominican Republic", ("DO",)),
        ("Republic of Korea", ("KR",)),
        ("Korea (Republic of)", ("KR",)),
        ("Myanmar", ("MM",)),
        ("Friends of Egypt’s Parliament", ("EG",)),
        ("China, Belarus, China", ("CN",)),
        ("USA", ("US",)),
        ("с Парламентом Сербии", ("RS",)),
        ("с Парламентом Сербия", ("RS",)),
        ("СОТРУДНИЧЕСТВО С СЕРБИЕЙ", ("RS",)),
        ("с парламентом сербии", ("RS",)),
        ("с Парламентом Лаосской Народно-Демократической Республики", ("LA",)),
        ("с Государственной Думой Федерального Собрания Российской Федерации", ("RU",)),
        ("Национального собрания Республики Беларусь и Народного собрания Сирийской Арабской Республики", ("SY",)),
        ("с Парламентом Республики Союз Мьянма", ("MM",)),
        ("Группа Беларусь – Того", ("TG",)),
        ("белорусско-китайская комиссия", ("CN",)),
        ("Российско-белорусская комиссия", ("RU",)),
        ("з Парламентам Егіпта", ("EG",)),
    ],
)
def test_sure(title: str, sure: tuple[str, ...]) -> None:
    assert read(title, "ru") == Recognition(sure, ())


@pytest.mark.parametrize(
    ("title", "doubts"),
    [
        ("Korea", {"KP": Reason.PART_OF_NAME, "KR": Reason.PART_OF_NAME}),
        ("Macedonia", {"MK": Reason.PART_OF_NAME}),
        ("Northern Ireland", {"IE": Reason.OTHER_PLACE}),
        ("South Georgia", {"GE": Reason.OTHER_PLACE}),
        ("Gulf of Oman", {"OM": Reason.OTHER_PLACE}),
        ("Северный Кипр", {"CY": Reason.OTHER_PLACE}),
        ("Турецкая Республика Северного Кипра", {"TR": Reason.OTHER_PLACE, "CY": Reason.OTHER_PLACE}),
        ("États-Unis du Mexique", {"US": Reason.OTHER_PLACE}),
        ("the Kurdistan Region in Iraq", {"IQ": Reason.PART_OF_COUNTRY}),
        ("Провинция Шаньдун Китая", {"CN": Reason.PART_OF_COUNTRY}),
        ("Iraqi Kurdistan", {"IQ": Reason.ADJECTIVE}),
        ("Народная скупщина Республики Сербской", {"RS": Reason.ADJECTIVE}),
        ("Dominican dance", {"DM": Reason.SEVERAL, "DO": Reason.SEVERAL}),
        ("в Парламентском Собрании Союза Беларуси и России", {"RU": Reason.UNION}),
        ("Группа того же созыва", {"TG": Reason.SMALL_LETTERS}),
        ("Farming of turkey in Europe", {"TR": Reason.SMALL_LETTERS}),
    ],
)
def test_asked(title: str, doubts: dict[str, Reason]) -> None:
    assert reasons(title, "en") == doubts


@pytest.mark.parametrize(
    "title",
    [
        "Рабочая группа по достижению Республикой Беларусь Целей устойчивого развития",
        "Sustainable Development Goals",
        "Conexão com a UNESCO",
        "Channel Islands",
        "Island communities",
        "Contact us",
        "Черноморское экономическое сотрудничество",
        "",
        "— 14² ?",
    ],
)
def test_none(title: str) -> None:
    assert read(title) == Recognition((), ())


def test_what_is_doubtful_says_its_words() -> None:
    assert read("Group on Northern Ireland and on Iraqi Kurdistan").doubtful == (
        Doubt("IE", "Ireland", Reason.OTHER_PLACE),
        Doubt("IQ", "Iraqi", Reason.ADJECTIVE),
    )


def test_a_country_that_is_sure_is_not_asked_again() -> None:
    assert read("Republic of Korea and the Korea peninsula") == Recognition(("KR",), ())


def test_the_home_country_is_a_partner_when_another_is_home() -> None:
    assert read("Freedom and Democracy in Belarus", home="GB").sure == ("BY",)
    assert read("Freedom and Democracy in Belarus", home="BY") == Recognition((), ())
    assert reasons("белорусско-китайская комиссия", "ru", home="") == {
        "BY": Reason.ADJECTIVE,
        "CN": Reason.ADJECTIVE,
    }


def test_words_of_another_language_are_not_taken_for_names() -> None:
    assert read("Parlamentariergruppe Island", "de").sure == ("IS",)
    assert reasons("Grupo con la República de Corea", "es") == {"KR": Reason.PART_OF_NAME}
    assert read("Cyfeillion De Corea", "cy").sure == ("KR",)
    assert read("Grŵp ar Bortiwgal a’r Almaen", "cy").sure == ("PT", "DE")


def test_an_institution_is_only_a_hint() -> None:
    institutions = {"IL": ["Кнессет"], "RS": ["Народная скупщина"]}
    names = NAMES | {"IL": ["Израиль"]}
    hinted = recognise("Группа связей с Кнессетом", names, "ru", home="BY", institutions=institutions)
    assert hinted == Recognition((), (Doubt("IL", "Кнессетом", Reason.INSTITUTION),))
    both = recognise("с Кнессетом Государства Израиль", names, "ru", home="BY", institutions=institutions)
    assert both == Recognition(("IL",), ())


def test_adjectives_are_derived_where_none_are_given() -> None:
    names = {"BY": ["Беларусь"], "KZ": ["Казахстан"], "CU": ["Cuba"]}
    adjectives = {"BY": ["белорусский"]}
    assert recognise("казахстанско-белорусский форум", names, "ru", home="BY", adjectives=adjectives).sure == ("KZ",)
    assert recognise("Cuban music", names, "en").doubtful == (Doubt("CU", "Cuban", Reason.ADJECTIVE),)


def test_forms_of_words() -> None:
    assert {"сербия", "сербии", "сербиеи", "сербию"} <= forms_of("Сербия")
    assert "нигерии" not in forms_of("Нигер")
    assert {"египет", "египта", "египтом"} <= forms_of("Египет")
    assert {"канадзе", "канады"} <= forms_of("Канада")
    assert {"беларуссю", "беларусю", "беларуси"} <= forms_of("Беларусь")
    assert forms_of("Perú") == {"peru", "perus"}
    assert {"китаиско", "китаискои"} <= forms_of_adjective("китайский")
    assert forms_of_adjective("Sino-") == {"sino"}
    assert mutated("Portiwgal") == {"bortiwgal", "phortiwgal", "mhortiwgal"}
    assert mutated("Ffrainc") == frozenset()
    assert "канадскои" in adjectives_from("Канада")
