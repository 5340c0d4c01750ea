"""Words that name columns, so that a heading is told from a first row of words.

English, Russian and Belarusian as the interface has them, and the words of the formats that are handed in most.
"""

from __future__ import annotations

from interparl.language.folding import fold

_WORDS = """
    id; code; key; number; no; name; full name; names; surname; last name; family name; first name; given name;
    patronymic; middle name; party; group; faction; chamber; house; role; position; post; office; country; state;
    parliament; organisation; organization; committee; commission; body; delegation; member; members; constituency;
    district; region; area; town; address; email; e mail; phone; telephone; website; url; link; date; date of birth;
    birth date; birthday; born; start; start date; end; end date; since; until; from; to; term; gender; sex; title;
    type; status; note; notes; comment; source; language; image; photo; item; person; label; slug; year; value;
    код; номер; но; п п; имя; фио; ф и о; фамилия; фамилия имя отчество; имя и фамилия; отчество; партия; группа;
    фракция; палата; роль; должность; страна; государство; парламент; организация; комитет; комиссия; орган;
    делегация; член; члены; депутат; сенатор; участник; округ; избирательный округ; область; регион; город; адрес;
    почта; электронная почта; телефон; сайт; ссылка; дата; дата рождения; год рождения; родился; начало; конец;
    дата начала; дата окончания; с; по; срок; созыв; пол; название; наименование; заголовок; вид; тип; статус;
    примечание; примечания; источник; язык; фото; год; сумма; значение;
    нумар; імя; піб; п і б; прозвішча; прозвішча імя імя па бацьку; імя па бацьку; імя і прозвішча; партыя; група;
    фракцыя; роля; пасада; краіна; дзяржава; парламент; арганізацыя; камітэт; камісія; дэлегацыя; дэпутат; сенатар;
    удзельнік; акруга; выбарчая акруга; вобласць; рэгіён; горад; адрас; пошта; электронная пошта; тэлефон; спасылка;
    дата нараджэння; год нараджэння; нарадзіўся; пачатак; канец; дата пачатку; дата заканчэння; да; тэрмін; скліканне;
    назва; загаловак; від; тып; заўвага; заўвагі; крыніца; мова; фота; значэнне
"""
_KNOWN = frozenset(fold(word) for word in _WORDS.split(";"))
_LONGEST = max(len(word) for word in _KNOWN)


def is_heading_word(text: str) -> bool:
    """Whether people name columns so. "birth_date" and "Birth date:" are alike."""
    return len(text) <= 2 * _LONGEST and fold(text.replace("_", " ")) in _KNOWN
