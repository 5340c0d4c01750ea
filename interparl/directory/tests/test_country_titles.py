"""Titles of groups against the names of all countries: real registers, every country, every case."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from babel import Locale

from interparl.directory.rules.country_names import country_adjectives, country_codes, country_names
from interparl.language.recognising import Recognition, recognise

LANGUAGES = ("en", "ru", "be", "pt", "cy", "fr", "de")

# What the titles of the register say, read by a person: the id of a group and the code of its partner.
BELARUS_2018 = """
220 AT 221 AZ 222 DZ 223 AO 224 AR 225 AM 226 BD 227 BH 228 BE 229 BG 230 BA 231 BR 232 BN 233 GB 234 HU 235 VN 236 DE
237 GE 238 ZW 239 IL 240 IN 241 ID 242 JO 243 IQ 244 IR 245 IT 246 KZ 247 KH 248 QA 249 KR 250 CU 251 KW 252 KG 253 LT
254 LA 255 LV 256 MY 257 MA 258 MX 259 MZ 260 MD 261 MN 262 MM 263 NA 264 NP 265 AE 266 OM 267 PK 268 PL 269 RO 270 SA
271 RS 272 SG 273 SK 274 SI 275 TJ 276 TH 277 TR 278 TM 279 PH 280 FR 281 HR 282 ME 283 CZ 284 CH 285 LK 286 EC 287 EE
288 ZA 289 JP 290 UA 317 CN 318 EG 319 SD 410 UY 412 CY 414 FI 419 SY
""".split()
BELARUS_2018_NONE = frozenset("205 207 208 209 210 211 212 213 214 215 217 409".split())
BELARUS_2018_ASKED = {"206": {"RU"}}  # the assembly of a union that is named after its members

UNITED_KINGDOM = """
china CN armenia AM bosnia-and-herzegovina BA cyprus CY fiji FJ belarus BY greece GR haiti HT indonesia ID jamaica JM
lebanon LB moldova MD morocco MA romania RO sudan-and-south-sudan SD,SS turkiye TR vietnam VN azerbaijan AZ burma MM
canada CA croatia HR czechia CZ egypt EG estonia EE georgia GE germany DE gibraltar GI hong-kong HK italy IT kuwait KW
libya LY malaysia MY maldives MV mexico MX nigeria NG north-macedonia MK oman OM poland PL portugal PT qatar QA
russia-and-democracy RU saudi-arabia SA serbia RS south-africa ZA sri-lanka LK syria SY yemen YE jordan JO bahrain BH
palestine PS taiwan TW cayman-islands KY falkland-islands FK ireland-and-the-irish-in-britain IE isle-of-man-manx IM
nepal NP united-arab-emirates AE
""".split()
UNITED_KINGDOM_ASKED = {
    "iranian-kurdistan": {"IR"},
    "kurdistan-region-in-iraq": {"IQ"},
    "turkish-republic-of-northern-cyprus": {"TR", "CY"},
}

PORTUGAL = """
613 GW 620 JP 621 XK 644 TN 637 RO 638 ST 624 LU 629 MD 627 MX 617 IE 615 IN 610 GE 593 BE 595 BG 586 AO 648 VE 639 RS
608 FI 647 UY 645 TR 643 TL 633 PK 626 MA 600 CL 618 IL 596 CV 616 ID 614 HU 609 FR 597 CA 605 EG 585 AD 599 CZ 594 BR
589 AR 590 AM 583 ZA 640 SE 603 HR 606 US 607 EE 619 IT 601 CN 632 PA 630 NG 628 MZ 623 LT 587 DZ 611 GR 612 GQ 598 KZ
591 AU 592 BD 588 SA 584 DE 604 CU 602 KR 646 UA 641 CH 642 TH 631 PS 635 QA 636 GB 634 PL 622 LV 625 MK
""".split()

# Code, genitive, instrumental; words of one name are joined by “_”.
CASES = """
AF Афганистана Афганистаном
AL Албании Албанией
DZ Алжира Алжиром
AD Андорры Андоррой
AO Анголы Анголой
AG Антигуа_и_Барбуды Антигуа_и_Барбудой
AR Аргентины Аргентиной
AM Армении Арменией
AU Австралии Австралией
AT Австрии Австрией
AZ Азербайджана Азербайджаном
BS Багамских_Островов Багамскими_Островами
BH Бахрейна Бахрейном
BD Бангладеш Бангладеш
BB Барбадоса Барбадосом
BE Бельгии Бельгией
BZ Белиза Белизом
BJ Бенина Бенином
BT Бутана Бутаном
BO Боливии Боливией
BA Боснии_и_Герцеговины Боснией_и_Герцеговиной
BW Ботсваны Ботсваной
BR Бразилии Бразилией
BN Брунея-Даруссалама Брунеем-Даруссаламом
BG Болгарии Болгарией
BF Буркина-Фасо Буркина-Фасо
BI Бурунди Бурунди
KH Камбоджи Камбоджей
CM Камеруна Камеруном
CA Канады Канадой
CF Центральноафриканской_Республики Центральноафриканской_Республикой
TD Чада Чадом
CL Чили Чили
CN Китая Китаем
CO Колумбии Колумбией
KM Комор Коморами
CR Коста-Рики Коста-Рикой
CI Кот-д’Ивуара Кот-д’Ивуаром
HR Хорватии Хорватией
CU Кубы Кубой
CY Кипра Кипром
CZ Чехии Чехией
CD Демократической_Республики_Конго Демократической_Республикой_Конго
CG Республики_Конго Республикой_Конго
DK Дании Данией
DJ Джибути Джибути
DM Доминики Доминикой
DO Доминиканской_Республики Доминиканской_Республикой
EC Эквадора Эквадором
EG Египта Египтом
SV Сальвадора Сальвадором
GQ Экваториальной_Гвинеи Экваториальной_Гвинеей
ER Эритреи Эритреей
EE Эстонии Эстонией
SZ Эсватини Эсватини
ET Эфиопии Эфиопией
FJ Фиджи Фиджи
FI Финляндии Финляндией
FR Франции Францией
GA Габона Габоном
GM Гамбии Гамбией
GE Грузии Грузией
DE Германии Германией
GH Ганы Ганой
GR Греции Грецией
GD Гренады Гренадой
GT Гватемалы Гватемалой
GN Гвинеи Гвинеей
GW Гвинеи-Бисау Гвинеей-Бисау
GY Гайаны Гайаной
HT Гаити Гаити
HN Гондураса Гондурасом
HU Венгрии Венгрией
IS Исландии Исландией
IN Индии Индией
ID Индонезии Индонезией
IR Ирана Ираном
IQ Ирака Ираком
IE Ирландии Ирландией
IL Израиля Израилем
IT Италии Италией
JM Ямайки Ямайкой
JP Японии Японией
JO Иордании Иорданией
KZ Казахстана Казахстаном
KE Кении Кенией
KI Кирибати Кирибати
KW Кувейта Кувейтом
KG Киргизии Киргизией
LA Лаоса Лаосом
LV Латвии Латвией
LB Ливана Ливаном
LS Лесото Лесото
LR Либерии Либерией
LY Ливии Ливией
LI Лихтенштейна Лихтенштейном
LT Литвы Литвой
LU Люксембурга Люксембургом
MG Мадагаскара Мадагаскаром
MW Малави Малави
MY Малайзии Малайзией
MV Мальдив Мальдивами
ML Мали Мали
MT Мальты Мальтой
MH Маршалловых_Островов Маршалловыми_Островами
MR Мавритании Мавританией
MU Маврикия Маврикием
MX Мексики Мексикой
FM Микронезии Микронезией
MD Молдовы Молдовой
MC Монако Монако
MN Монголии Монголией
ME Черногории Черногорией
MA Марокко Марокко
MZ Мозамбика Мозамбиком
MM Мьянмы Мьянмой
NA Намибии Намибией
NR Науру Науру
NP Непала Непалом
NL Нидерландов Нидерландами
NZ Новой_Зеландии Новой_Зеландией
NI Никарагуа Никарагуа
NE Нигера Нигером
NG Нигерии Нигерией
MK Северной_Македонии Северной_Македонией
NO Норвегии Норвегией
OM Омана Оманом
PK Пакистана Пакистаном
PW Палау Палау
PA Панамы Панамой
PG Папуа_—_Новой_Гвинеи Папуа_—_Новой_Гвинеей
PY Парагвая Парагваем
PE Перу Перу
PH Филиппин Филиппинами
PL Польши Польшей
PT Португалии Португалией
QA Катара Катаром
KR Республики_Корея Республикой_Корея
KP Северной_Кореи Северной_Кореей
RO Румынии Румынией
RU России Россией
RW Руанды Руандой
KN Сент-Китса_и_Невиса Сент-Китсом_и_Невисом
LC Сент-Люсии Сент-Люсией
VC Сент-Винсента_и_Гренадин Сент-Винсентом_и_Гренадинами
WS Самоа Самоа
SM Сан-Марино Сан-Марино
ST Сан-Томе_и_Принсипи Сан-Томе_и_Принсипи
SA Саудовской_Аравии Саудовской_Аравией
SN Сенегала Сенегалом
RS Сербии Сербией
SC Сейшельских_Островов Сейшельскими_Островами
SL Сьерра-Леоне Сьерра-Леоне
SG Сингапура Сингапуром
SK Словакии Словакией
SI Словении Словенией
SB Соломоновых_Островов Соломоновыми_Островами
SO Сомали Сомали
ZA Южной_Африки Южной_Африкой
SS Южного_Судана Южным_Суданом
ES Испании Испанией
LK Шри-Ланки Шри-Ланкой
SD Судана Суданом
SR Суринама Суринамом
SE Швеции Швецией
CH Швейцарии Швейцарией
SY Сирии Сирией
TJ Таджикистана Таджикистаном
TZ Танзании Танзанией
TH Таиланда Таиландом
TL Восточного_Тимора Восточным_Тимором
TG Того Того
TO Тонга Тонга
TT Тринидада_и_Тобаго Тринидадом_и_Тобаго
TN Туниса Тунисом
TR Турции Турцией
TM Туркменистана Туркменистаном
TV Тувалу Тувалу
UG Уганды Угандой
UA Украины Украиной
AE Объединённых_Арабских_Эмиратов Объединёнными_Арабскими_Эмиратами
GB Великобритании Великобританией
US Соединённых_Штатов_Америки Соединёнными_Штатами_Америки
UY Уругвая Уругваем
UZ Узбекистана Узбекистаном
VU Вануату Вануату
VA Ватикана Ватиканом
VE Венесуэлы Венесуэлой
VN Вьетнама Вьетнамом
YE Йемена Йеменом
ZM Замбии Замбией
ZW Зимбабве Зимбабве
"""


def read(title: str, language: str, home: str = "") -> Recognition:
    names = country_names(country_codes(), LANGUAGES)
    adjectives = country_adjectives(country_codes(), LANGUAGES)
    return recognise(title, names, language, home=home, adjectives=adjectives)


def asked(title: str, language: str, home: str = "") -> set[str]:
    """The codes of the doubts of a title in which nothing is sure."""
    recognition = read(title, language, home)
    assert recognition.sure == ()
    return {doubt.code for doubt in recognition.doubtful}


def pairs(written: list[str]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(codes.split(",")) for key, codes in zip(written[::2], written[1::2], strict=True)}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_countries_of_all_groups_of_belarus(data_folder: Path) -> None:
    groups = rows(data_folder / "groups" / "belarus-house-2016.groups.2018-09-14.csv")
    found = {group["group_id"]: read(group["name_ru"], "ru", "BY") for group in groups}
    expected = pairs(BELARUS_2018)
    assert len(found) == 91
    assert {group: recognition.sure for group, recognition in found.items() if recognition.sure} == expected
    told = {group: {doubt.code for doubt in each.doubtful} for group, each in found.items() if each.doubtful}
    assert told == BELARUS_2018_ASKED
    assert set(found) - set(expected) - set(told) == BELARUS_2018_NONE


def test_names_of_the_earlier_edition_mean_the_same_countries(data_folder: Path) -> None:
    groups = rows(data_folder / "groups" / "belarus-house-2016.groups.2017-06-01.csv")
    sure = {group["group_id"]: read(group["name_ru"], "ru", "BY").sure for group in groups}
    expected = {group: code for group, code in pairs(BELARUS_2018).items() if group in sure}
    assert {group: codes for group, codes in sure.items() if codes} == expected


def test_countries_of_the_british_register(data_folder: Path) -> None:
    groups = rows(data_folder / "groups" / "uk-country-groups.register.csv")
    found = {group["slug"]: read(group["title"], "en", "GB") for group in groups}
    assert {slug: each.sure for slug, each in found.items() if each.sure} == pairs(UNITED_KINGDOM)
    told = {slug: {doubt.code for doubt in each.doubtful} for slug, each in found.items() if each.doubtful}
    assert told == UNITED_KINGDOM_ASKED


def test_countries_of_portuguese_groups_and_none_of_delegations(data_folder: Path) -> None:
    groups = json.loads((data_folder / "groups" / "portugal-friendship-groups.json").read_text("utf-8-sig"))
    found = {group["Id"]: read(group["Nome"], "pt", "PT") for group in groups}
    assert {key: each.sure for key, each in found.items() if each.sure} == pairs(PORTUGAL)
    assert [key for key, each in found.items() if each.doubtful] == []
    delegations = json.loads((data_folder / "groups" / "portugal-permanent-delegations.json").read_text("utf-8-sig"))
    assert {read(row["Nome"], "pt", "PT") for row in delegations} == {Recognition((), ())}


@pytest.mark.parametrize("language", ["en", "cy"])
def test_topics_name_no_country(data_folder: Path, language: str) -> None:
    lines = (data_folder / "groups" / f"wales-cross-party-groups.{language}.jsonl").read_text("utf-8").splitlines()
    groups = [json.loads(line) for line in lines]
    found = {group["slug"]: read(group["title"], language, "GB") for group in groups}
    assert len(found) > 80
    told = {slug: each for slug, each in found.items() if each != Recognition((), ())}
    assert told == {"friends-of-ukraine": Recognition(("UA",), ())}


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "All-Party Parliamentary Group for {}"),
        ("ru", "Рабочая группа по сотрудничеству с парламентом {}"),
        ("be", "Рабочая група па супрацоўніцтве з парламентам {}"),
        ("de", "Parlamentariergruppe {}"),
    ],
)
def test_every_country_is_itself_and_no_other(language: str, title: str) -> None:
    territories = Locale(language).territories
    wrong = {
        code: found
        for code in country_codes()
        if (found := read(title.format(territories[code]), language)) != Recognition((code,), ())
    }
    assert wrong == {}


def test_russian_cases_of_every_country() -> None:
    title = "Комиссия Национального собрания Республики Беларусь по сотрудничеству с {}"
    lines = [line.split() for line in CASES.split("\n")[1:-1]]
    written = [(code, form.replace("_", " ")) for code, *forms in lines for form in forms]
    written += [(code, name.replace("ё", "е")) for code, name in written if "ё" in name]
    wrong = [name for code, name in written if read(title.format(name), "ru", "BY") != Recognition((code,), ())]
    assert len(lines) > 180
    assert wrong == []


def test_capitals_say_the_same_but_for_ordinary_words() -> None:
    title = "КОМИССИЯ НАЦИОНАЛЬНОГО СОБРАНИЯ РЕСПУБЛИКИ БЕЛАРУСЬ И ПАРЛАМЕНТА {}"
    lines = [line.split() for line in CASES.split("\n")[1:-1]]
    found = {code: read(title.format(form.replace("_", " ").upper()), "ru", "BY").sure for code, form, _ in lines}
    assert {code for code, sure in found.items() if sure != (code,)} == {"TG"}


def test_names_that_several_are_called_by_are_asked() -> None:
    assert asked("APPG on Korea", "en") == {"KP", "KR"}
    assert asked("Группа сотрудничества с Конго", "ru") == {"CG", "CD"}
    assert asked("Межпарламентская комиссия с Китайской Республикой", "ru") == {"CN", "TW"}
    assert asked("Delegation to Serbia and Montenegro", "en") == {"RS", "ME"}
    assert read("Congo (Democratic Republic of the)", "en").sure == ("CD",)
    assert read("Korea, Republic of", "en").sure == ("KR",)


def test_a_code_or_language_that_nobody_knows_adds_nothing() -> None:
    assert country_names(["QQ", "BY"], ["xx"]) == {"QQ": (), "BY": ()}
    assert "Беларусь" in country_names(["BY"], ["ru"])["BY"]
    assert "Roménia" in country_names(["RO"], ["pt-BR"])["RO"]
    assert country_adjectives(["CN", "QQ"], ["en", "xx"]) == {"CN": ("Chinese", "Sino-"), "QQ": ()}
    assert len(country_codes()) == 250
    assert "UN" not in country_codes()
