"""Systems of transliteration: the examples that their documents print, capitals, apostrophes, what is left as it is."""

import pytest

from interparl.language.transliteration import SYSTEMS, System, transliterate

# Examples printed in the documents themselves.
PRINTED = {
    "be-2023": """Адамаўка Adamawka; Бабруйск Babrujsk; Воранава Voranava; Гогалеўка Gogaliewka;
    Дзедаў_Курган Dziedaw_Kurgan; Ельск Jelsk; Заазер’е Zaazierje; Панізоўе Panizowje; Віцебск Viciebsk; Ёды Jody;
    Мікалаёўка Mikalajowka; Вераб’ёвічы Vierabjovichy; Мураўёўка Murawjowka; Вётхава Viothava; Жажэлка Zhazhelka;
    Загуззе Zaguzzie; Ізабелін Izabielin; Лагойск Lagojsk; Каранёўка Karaniowka; Лепель Liepiel; Мамонава Mamonava;
    Нёман Nioman; Обеч Obiech; Полацк Polack; Паперня Papiernia; Расцяробы Rasciaroby; Свіслач Svislach;
    Татаршчына Tatarshchyna; Улукаўе Ulukawje; Тураў Turaw; Фаніпаль Fanipal; Сафіеўка Safijewka;
    Хацюхова Haciuhova; Цяцерын Ciacieryn; Чарнаручча Charnaruchcha; Шаркаўшчына Sharkawshchyna; Паставы Pastavy;
    Вільянава Viljanava; Вародзькаў_1 Varodzkaw_1; Эйвідавічы Ejvidavichy; Чачэрск Chachersk; Юрацішкі Juracishki;
    Гаюціна Gajucina; Цюрлі Ciurli; Ямнае Jamnaje; Баяры Bajary; Валяр’яны Valiarjany; Гаўя Gawja;
    Вязынка Viazynka; Раз’езд Razjezd; Мар’іна_Горка Marjina_Gorka""",
    "ru-2023": """Еленка Elenka; Ёни Joni; Берёзки Berjozki; Подъелье Podjelje; Курганье Kurganje;
    Мальковка Malkovka; Глинь Glin; Любань Ljuban; Якимово_Лядо Jakimovo_Ljado; Чайчицы Chajchicy;
    Шалашино Shalashino; Витковщина Vitkovshchina""",
    "be-2007": """Аршанскі Aršanski; Бешанковічы Biešankovičy; Віцебск Viciebsk; Гомель Homieĺ; Гаўя Haŭja;
    Добруш Dobruš; Ельск Jeĺsk; Бабаедава Babajedava; Венцавічы Viencavičy; Ёды Jody; Вераб’ёвічы Vierabjovičy;
    Мёры Miory; Жодзішкі Žodziški; Зэльва Zeĺva; Іванава Ivanava; Іўе Iŭje; Лагойск Lahojsk; Круглае Kruhlaje;
    Лошыца Lošyca; Любань Liubań; Магілёў Mahilioŭ; Нясвіж Niasviž; Орша Orša; Паставы Pastavy; Рагачоў Rahačoŭ;
    Смаргонь Smarhoń; Талачын Talačyn; Узда Uzda; Шаркаўшчына Šarkaŭščyna; Фаніпаль Fanipaĺ; Хоцімск Chocimsk;
    Цёмны_Лес Ciomny_Lies; Чавусы Čavusy; Шуміліна Šumilina; Чыгірынка Čyhirynka; Чэрвень Červień; Друць Druć;
    Чачэрск Čačersk; Юхнаўка Juchnaŭka; Гаюціна Hajucina; Цюрлі Ciurli; Любонічы Liuboničy; Ямнае Jamnaje;
    Баяры Bajary; Валяр’яны Valiarjany; Вязынка Viazynka; Беларусь Bielaruś""",
    "be-register-2008": """Ева Jeva; Васільева Vasiĺjeva; Васілёнак Vasilionak; Ёрш Jorsh; Вераб’ёў Vierabjow;
    Салаўёва Salawjova; Любоў Liubow; В’юноў Vjunow; Чарняк Charniak; Дар’я Darja""",
    "uk-2010": """Алушта Alushta; Андрій Andrii; Борщагівка Borshchahivka; Вінниця Vinnytsia; Володимир Volodymyr;
    Гадяч Hadiach; Богдан Bohdan; Згурський Zghurskyi; Ґалаґан Galagan; Ґорґани Gorgany; Донецьк Donetsk;
    Рівне Rivne; Єнакієве Yenakiieve; Гаєвич Haievych; Короп’є Koropie; Житомир Zhytomyr; Закарпаття Zakarpattia;
    Медвин Medvyn; Іващенко Ivashchenko; Їжакевич Yizhakevych; Кадиївка Kadyivka; Мар’їне Marine;
    Йосипівка Yosypivka; Стрий Stryi; Олексій Oleksii; Київ Kyiv; Лебедин Lebedyn; Миколаїв Mykolaiv; Ніжин Nizhyn;
    Одеса Odesa; Полтава Poltava; Решетилівка Reshetylivka; Соломія Solomiia; Троць Trots; Ужгород Uzhhorod;
    Фастів Fastiv; Харків Kharkiv; Біла_Церква Bila_Tserkva; Чернівці Chernivtsi; Шостка Shostka; Гоща Hoshcha;
    Юрій Yurii; Корюківка Koriukivka; Яготин Yahotyn; Костянтин Kostiantyn; Знам’янка Znamianka;
    Феодосія Feodosiia; Згорани Zghorany; Розгон Rozghon""",
}

# Names whose spelling follows from the letters of the document.
FOLLOWING = {
    "be-2000": "Гомель Homiel’; Магілёў Mahilioú; Хоцімск Chocimsk; Вераб’ёвічы Vierabjovičy; Шчучын Ščučyn",
    "be-lacinka": """Уладзімір Uładzimir; Наталля Natalla; Лукашэнка Łukašenka; Магілёў Mahiloŭ; Любоў Luboŭ;
    Гомель Homiel; мільён miljon; Гаўя Haŭja; Алесь Aleś; Ільіч Ilič; Міхась Michaś; Дзень Dzień;
    радзьвей radźviej; Мар’ян Marjan; Іосіф Iosif; беларускі biełaruski""",
    "be-icao": """Аляксандр Aliaksandr; Сяргей Siarhei; Уладзімір Uladzimir; Яўген Iauhen; Дзмітрый Dzmitryi;
    Юрый Iuryi; Арцём Artsiom; Ганна Hanna; Марыя Maryia; Рудзь Rudz; Дар’я Daria; Міхаіл Mikhail;
    Таццяна Tatstsiana""",
    "be-bgn-1979": """Антон Anton; Вілейка Vilyeyka; Віцебск Vitsyebsk; Гомель Homyel’; Ёдкавічы Yodkavichy;
    Нёман Nyoman; Ружаны Ruzhany; князь knyaz’; Йосель Yosyel’; Койданава Koydanava; Дар’я Dar”ya;
    Ціхановіч Tsikhanovich""",
    "ru-icao": """Андрей Andrei; Видный Vidnyi; Артём Artem; Чёткий Chetkii; Игорь Igor; Ильин Ilin; Ян Ian;
    Разъездной Razieezdnoi; Щеглова Shcheglova; Хачатурян Khachaturian; Цой Tsoi; Юлия Iuliia; Эмма Emma""",
    "ru-passport-2013": "Подъячев Podieiachev; Щукин Shchukin; Юрий Iurii",
    "ru-bgn": """Российской Rossiyskoy; Федерации Federatsii; седьмого sed’mogo; Единая Yedinaya;
    объединенная ob”yedinennaya; Зеленые Zelenyye; Ёж Yëzh; её yeyë; Юрьев Yur’yev; Мейеровка Meyyerovka""",
    "ru-press": """Ельцин Yeltsin; Раздольное Razdolnoye; Юрьев Yuryev; Бийск Biysk; Подъярский Podyarsky;
    Усолье Usolye; Ильинский Ilyinsky; Великий Veliky; Набережные_Челны Naberezhnye_Chelny; Ёлкино Yolkino;
    Озёрск Ozyorsk; Красный Krasny; Хрущёв Khrushchyov; Майер Mayer; Объект Obyekt""",
    "iso9": """щука ŝuka; Юрий Ûrij; Яков Âkov; Эмма Èmma; Ўрад Ŭrad; ґанок g̀anok; Її Ïï; Євген Êvgen;
    объём obʺëm; Русь Rusʹ""",
    "gost-a": "Хрущёв Hruŝëv; Цюрих Cûrih",
    "ru-gost-b": """Широкая Shirokaya; электрификация e`lektrifikaciya; южных yuzhny`x; подъёму pod``yomu;
    мощный moshhny`j; сельского sel`skogo; Цой Czoj; Цюрих Cyurix""",
    "be-gost-b": "сховішчы sxovishchy`; ў u`; вераб’я verab'ya; фатэлем fate`lem; зёлкі zyolki",
    "uk-gost-b": "Гей Gej; хлопці xlopci; ґанку g`anku; їжа yizha; знищується zny`shhuyet`sya; файна fajna",
    "uk-icao": "Згурський Zhurskyi; Юрій Yurii; Їжак Yizhak; Йосип Yosyp; Марія Mariia; Ґалаґан Galagan",
    "be-from-lacinka": """Uładzimir Уладзімір; Natalla Наталля; Łukašenka Лукашэнка; Mahiloŭ Магілёў;
    miljon мільён; Haŭja Гаўя; Aleś Алесь; Jaŭhien Яўген; Siarhiej Сяргей; Maryja Марыя; śnieh снег;
    Marjina Мар’іна; Chocimsk Хоцімск; Lubań Любань; Vierabjovič Вераб’ёвіч; Dzień Дзень; radźma радзьма;
    Łučyńskaja Лучыньская""",
    "be-from-2007": """Homieĺ Гомель; Mahilioŭ Магілёў; Vierabjovičy Вераб’ёвічы; Liubań Любань; Haŭja Гаўя;
    Babajedava Бабаедава; Viĺjanava Вільянава; Šarkaŭščyna Шаркаўшчына; Juchnaŭka Юхнаўка; Ciurli Цюрлі""",
    "be-from-2023": """Shumilina Шуміліна; Charnaruchcha Чарнаручча; Ulukawje Улукаўе; Vierabjovichy Вераб’ёвічы;
    Haciuhova Хацюхова""",
    "iso9-back": "ŝuka щука; Ûrij Юрий; g̀anok ґанок; obʺëm объём; Ŭrad Ўрад",
}


def pairs() -> list[tuple[str, str, str]]:
    """Each example: the system, what is written, what it becomes."""
    found = []
    for table in (PRINTED, FOLLOWING):
        for code, examples in table.items():
            for example in examples.split(";"):
                before, after = example.replace("_", "~").split()
                found.append((code, before.replace("~", " "), after.replace("~", " ")))
    return found


@pytest.mark.parametrize(("code", "written", "expected"), pairs())
def test_transliterate_gives_what_the_document_says(code: str, written: str, expected: str) -> None:
    assert transliterate(written, code) == expected


def test_every_system_has_examples() -> None:
    assert set(PRINTED) | set(FOLLOWING) == set(SYSTEMS)


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.code)
def test_every_system_says_where_it_comes_from(system: System) -> None:
    assert {"en", "ru", "be"} <= {language for language, name in system.names.items() if name}
    assert system.source.document
    assert system.name_in("de") == system.names["en"]
    assert {system.script_from, system.script_to} == {"Cyrl", "Latn"}
    assert not system.source.address or system.source.address.startswith("https://")


@pytest.mark.parametrize(
    ("code", "written", "expected"),
    [
        ("ru-press", "ЩУКИН Щукин щУкин", "SHCHUKIN Shchukin shchUkin"),
        ("ru-press", "Я и Ю", "Ya i Yu"),
        ("ru-press", "Я И ТЫ", "YA I TY"),
        ("ru-press", "А. Ю. Щукин", "A. Yu. Shchukin"),
        ("ru-press", "ЩУКин МакКей ООНа", "SHCHUKin MakKey OONa"),
        ("be-2023", "Буда-Кашалёва, ЮРАЦІШКІ", "Buda-Kashaliova, JURACISHKI"),
        ("be-2023", "Янка Купала–Ёды", "Janka Kupala–Jody"),
        ("be-2007", "ГОМЕЛЬ", "HOMIEĹ"),
        ("iso9", "ОБЪЁМ ҐАНОК", "OBʺËM G̀ANOK"),
    ],
)
def test_capitals_stay_capitals(code: str, written: str, expected: str) -> None:
    assert transliterate(written, code) == expected


@pytest.mark.parametrize("apostrophe", "'’ʼ‘`′")
def test_every_apostrophe_between_letters_is_one(apostrophe: str) -> None:
    assert transliterate(f"Мар{apostrophe}яна", "be-2023") == "Marjana"
    assert transliterate(f"Мар{apostrophe}яна", "be-gost-b") == "Mar'yana"


def test_quotation_marks_stay() -> None:
    assert transliterate("‘Вера’, 'Надежда' и «Любовь»", "ru-press") == "‘Vera’, 'Nadezhda' i «Lyubov»"


def test_what_is_no_letter_of_the_script_stays() -> None:
    assert transliterate("№ 12/3, O'Brien & Козлов (2024)\n", "ru-press") == "№ 12/3, O'Brien & Kozlov (2024)\n"
    assert transliterate("张伟 محمد", "be-2023") == "张伟 محمد"
    assert transliterate("", "be-2023") == ""


def test_a_latin_i_among_cyrillic_letters_is_read_as_cyrillic() -> None:
    assert transliterate("Аршанскi Iўе", "be-2007") == "Aršanski Iŭje"
    assert transliterate("Iosif", "be-2007") == "Iosif"


def test_letters_that_are_composed_of_two_characters_are_one() -> None:
    assert transliterate("Си\u0438\u0306а Е\u0308лка у\u0306", "be-icao") == "Siia Iolka u"


def test_a_letter_that_becomes_two_when_made_small_stays() -> None:
    assert transliterate("аİБв Иİ", "ru-press") == "aİBv Iİ"


def test_a_code_that_no_table_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        transliterate("Минск", "nothing")
    assert "nothing" not in SYSTEMS
    assert len(SYSTEMS) == len(list(SYSTEMS))
