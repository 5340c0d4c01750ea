"""Words around the name of a country that change what it means: North, Gulf of, Union of, region.

Folded, as `fold` gives them; patterns are for the whole of a folded word.
"""

from __future__ import annotations

import re

# Joins the words of one name and the names of one title; says nothing itself.
GLUE = frozenset(
    """
    and of the и і й ды e a y et und ac i o os as da do das dos de des du del della la le les el los las der die das yr
    """.split()
)
AND = frozenset("and и і й ды e y et und ac a i".split())
OF = frozenset("of do da dos das du de des del".split())
ARTICLES = frozenset("the yr y o os as la le les el los las der die".split())

# Too common in names of countries to point at one of them.
GENERIC = frozenset(
    """
    uniao costa
    republic kingdom state states united federation federal federative democratic people peoples socialist islamic
    arab island islands isle saint north south east west northern southern eastern western central new commonwealth
    great principality sultanate union emirate emirates duchy grand city territory territories outlying ocean
    british french american dutch netherlands cooperative operative independent plurinational sar region holy see
    confederation special administrative minor area cape cabo costa coast sierra puerto porto sainte santa sant san
    santo sao ilha ilhas ile iles islas isla insel inseln ynys ynysoedd gwlad paises america americas africa europe
    asia antarctica caribbean indian afrique afrika affrica amerika amerique britannique britanique britanicas
    britanico african africana americana americaines antarctig antarktisgebiete arabe arabes arabische arabaidd
    austrais australes autonomiegebiete britanniques britische britisches brydeinig canolbarth cefnfor
    centrafricaine centro christmas cidade cite cocos cook cote daleithiau democratica democratique deyrnas
    eloignees emirados emirats etat fawr federacao federated foderation former francaise francaises francesa
    franceses franzosische grande heard helena indico indien indischen ivory karibische marshall mineures nordliche
    norfolk nouvelle newydd nova oriental occidental oceano ocidental ozean pays populaire popular serra
    sonderverwaltungsregion sudlichen terres territoire territoires territorio territorios territorium tiriogaeth
    tiriogaethau tiroedd turks unido unol uberseeinseln verde vereinigtes vert viet vierges volksrepublik yugoslav
    bretagne republica reino estado estados unidos unidas norte sul sur nord sud este oeste republique royaume etats
    unis republik konigreich vereinigte staaten demokratische gweriniaeth gogledd unedig республика королевство
    государство штаты федерация содружество княжество султанат союз острова остров республики америка африка европа
    азия антарктида территория территории конфедерация эмираты эмират народ океан рэспубліка каралеуства дзяржава
    федэрацыя садружнасць княства саюз астравы востраву востраў амерыка афрыка еуропа азія антарктыда тэрыторыя
    тэрыторыі канфедэрацыя эміраты акіян кот сан сент санта сен санкт коста пуэрто пуэрта сьерра сьера кабо каба
    верде берег бераг город горад народно народна престол прастол святои святы севернои северная паудневу пауночнаи
    централно централна южно пауднева слоновои малые внешние
    """.split()
)

_DIRECTION = re.compile(
    "north(?:ern)?|south(?:ern)?|east(?:ern)?|west(?:ern)?|central|upper|lower|inner|outer|greater|new|"
    "(?:north|south)(?:east|west)(?:ern)?|nord|sud|ost|gogledd|"
    "север.*|юг|юго|южн.*|восто.*|запад.*|централь.*|верхн.*|нижн.*|внутренн.*|"
    "пауночн.*|пауднев.*|усходн.*|заходн.*|цэнтральн.*|верхн.*|ніжн.*|унутран.*|"
    "нов(?:ая|ои|ую|ые|ых|ыи|ого|ому|ым|ае|аи|ага|аму)"
)
_DIRECTION_AFTER = re.compile(
    "norte|sul|sur|nord|sud|est|este|ouest|oeste|north|south|oriental|occidental|setentrional|meridional"
)
_PLACE = re.compile(
    "seas?|oceans?|gulf|bay|lakes?|rivers?|delta|valley|canal|straits?|basin|city|mountains?|desert|peninsula|"
    "море|моря|морю|морем|океан.*|залив.*|озер.*|рек(?:а|и|е|у|ои)|дельт.*|долин.*|канал.*|пролив.*|побереж.*|"
    "полуостров.*|пустын.*|бассеин.*|мора|моры|мору|морам|акіян.*|заліу.*|возер.*|рак(?:а|і|у|ою)|праліу.*|узбярэж.*|"
    "mar|golfo|baia|lago|rio|estreito|mer|golfe|lac"
)
_PART_OF = re.compile(
    "regions?|provinces?|oblast|districts?|county|territory|governorate|autonomous|minority|minorities|diaspora|"
    "регион.*|провинци.*|област.*|округ.*|край|края|краи|краем|краю|штат|штата|штату|штатом|штате|автоном.*|меньшинств.*|"
    "рэгіен.*|правінцы.*|вобласц.*|акруг.*|аутаном.*|меншас.*|regiao|provincia"
)
_UNION = re.compile(
    "union|league|alliance|союз(?:а|у|ом|е)?|союзн.*|саюз(?:а|у|ам|е)?|саюзн.*|лиг(?:а|и|е|у|ои)|ліг(?:а|і|у|аи)|"
    "альянс.*|uniao|liga"
)
_HEAD = re.compile(
    "republic|kingdom|states?|federation|emirates?|республик.*|королевств.*|государств.*|федераци.*|"
    "рэспублік.*|каралеуств.*|дзяржав.*|федэрацы.*|republica|republique|republik"
)
# Names of countries that are also ordinary words where capitals do not tell.
_ORDINARY_SMALL = frozenset("того тога перу чад чада мали чили turkey china jordan chad guinea niger man chile".split())
# Iceland and others in German and its sisters, an ordinary word in English; a meeting in three more, and Réunion.
_ORDINARY_ALWAYS = {
    "en": frozenset({"island", "islands"}),
    "pt": frozenset({"reuniao"}),
    "es": frozenset({"reunion"}),
    "fr": frozenset({"reunion"}),
}
_ORDINARY_CAPITAL = frozenset("того тога us".split())


def is_direction(word: str) -> bool:
    """Whether the word before a name makes it the name of another place: Northern Cyprus, New Mexico."""
    return _DIRECTION.fullmatch(word) is not None


def is_direction_after(word: str) -> bool:
    """Whether the word after a name makes it the name of another place: Coreia do Norte."""
    return _DIRECTION_AFTER.fullmatch(word) is not None


def is_place(word: str) -> bool:
    """Whether the word beside a name makes it a sea, a river, a city: Gulf of Oman, Kuwait City."""
    return _PLACE.fullmatch(word) is not None


def is_part(word: str) -> bool:
    """Whether the word before a name makes it a part of the country: region in Iraq, провинция Китая."""
    return _PART_OF.fullmatch(word) is not None


def is_union(word: str) -> bool:
    """Whether the word before names makes them members of an organisation: Союз Беларуси и России."""
    return _UNION.fullmatch(word) is not None


def is_head(word: str) -> bool:
    """Whether the word says what kind of state it is: Republic, королевство."""
    return _HEAD.fullmatch(word) is not None


def is_never_a_name(word: str, language: str) -> bool:
    """Whether a name of another language is an ordinary word in this one: Island, the German Iceland."""
    return word in _ORDINARY_ALWAYS.get(language, ())


def is_ordinary(word: str, *, in_capitals: bool) -> bool:
    """Whether a name is also an ordinary word, in a title of capitals or of small letters only."""
    return word in (_ORDINARY_CAPITAL if in_capitals else _ORDINARY_SMALL)
