"""A hundred questions and some about the demonstration set, asked of both databases."""

from __future__ import annotations

QUESTIONS = 114
DAYS = ("2011-11-01", "2012-10-18", "2014-06-01", "2014-12-31", "2015-01-01", "2015-05-06", "2016-10-10", "2016-10-11")
BODIES = ("delegation-5-union-pa", "delegation-5-ipa-eurasec", "commission-am", "wg-5-lv", "wg-4-lv", "mirror-lv-11")
WORDS = ("bary", "бары", "armenia", "арменія", "беларусь", "pa", "саюз", "lv", "mikalai", "ёў", "group", "union pa")
# In another script or language, with a slip of the pen, by initials, run together, by a number.
SPELLINGS = ("nikolay", "Мікалай Б.", "Barisevich", "armnia", "саюзу", "unionpa", "grupa 4")
LISTS = (
    "people/?sort=label",
    "people/?sort=-label",
    "people/?sort=born",
    "people/?sort=-born&page=3",
    "people/?sort=country",
    "people/?q=ma&gender=female",
    "countries/?sort=label",
    "countries/?sort=-code&region=europe",
    "countries/?related=true",
    "bodies/?sort=label&on=2015-01-01",
    "bodies/?sort=-since&days=all",
    "bodies/?sort=until&kind=delegation&days=all",
    "organisations/?sort=kind",
    "decisions/?sort=number",
    "decisions/?sort=-taken_on",
    "memberships/?sort=role&on=2013-06-01",
    "mandates/?sort=-since&days=all",
    "relations/?sort=country",
    "parliaments/?sort=code&days=all",
    "names/?sort=text&days=all",
)


def asked() -> list[tuple[str, ...]]:
    """The questions: facts, compositions, searches, registers in three languages."""
    found: list[tuple[str, ...]] = [("facts", "--lang", lang, "--on", day) for lang in ("en", "be") for day in DAYS]
    found += [("composition", body, "--on", day) for body in BODIES for day in DAYS[2:6]]
    found += [
        ("find", word, "--lang", lang, "--as", "desk_officer") for word in (*WORDS, *SPELLINGS) for lang in ("ru", "be")
    ]
    registers = [("list", f"/desk/{address}", lang) for address in LISTS for lang in ("en", "ru", "be")]
    return (found + registers)[:QUESTIONS]
