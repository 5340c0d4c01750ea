"""Scripts of writing: which one a text is in, which way it runs, and the initials of a name.

Codes are ISO 15924. The ranges follow the blocks of the Unicode Standard; Python carries no script property.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from interparl.language.characters import APOSTROPHES, CLICK_LETTERS

NO_SCRIPT = "Zyyy"
UNLISTED_SCRIPT = "Zzzz"

_RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "Latn": (
        (0x0041, 0x005A),
        (0x0061, 0x007A),
        (0x00AA, 0x00AA),
        (0x00BA, 0x00BA),
        (0x00C0, 0x02B8),
        (0x02E0, 0x02E4),
        (0x1D00, 0x1D25),
        (0x1D2C, 0x1D5C),
        (0x1D62, 0x1D65),
        (0x1D6B, 0x1D77),
        (0x1D79, 0x1DBE),
        (0x1E00, 0x1EFF),
        (0x2071, 0x207F),
        (0x2090, 0x209C),
        (0x212A, 0x212B),
        (0x2C60, 0x2C7F),
        (0xA722, 0xA7FF),
        (0xAB30, 0xAB64),
        (0xFB00, 0xFB06),
        (0xFF21, 0xFF5A),
    ),
    "Grek": ((0x0370, 0x03E1), (0x03F0, 0x03FF), (0x1F00, 0x1FFF)),
    "Copt": ((0x03E2, 0x03EF), (0x2C80, 0x2CFF)),
    "Cyrl": (
        (0x0400, 0x052F),
        (0x1C80, 0x1C8F),
        (0x1D2B, 0x1D2B),
        (0x1D78, 0x1D78),
        (0x2DE0, 0x2DFF),
        (0xA640, 0xA69F),
    ),
    "Armn": ((0x0531, 0x058F), (0xFB13, 0xFB17)),
    "Hebr": ((0x0591, 0x05FF), (0xFB1D, 0xFB4F)),
    "Arab": (
        (0x0600, 0x06FF),
        (0x0750, 0x077F),
        (0x0870, 0x08FF),
        (0xFB50, 0xFDFF),
        (0xFE70, 0xFEFC),
        (0x1EE00, 0x1EEFF),
    ),
    "Syrc": ((0x0700, 0x074F), (0x0860, 0x086F)),
    "Thaa": ((0x0780, 0x07BF),),
    "Nkoo": ((0x07C0, 0x07FF),),
    "Samr": ((0x0800, 0x083F),),
    "Mand": ((0x0840, 0x085F),),
    "Deva": ((0x0900, 0x097F), (0xA8E0, 0xA8FF)),
    "Beng": ((0x0980, 0x09FF),),
    "Guru": ((0x0A00, 0x0A7F),),
    "Gujr": ((0x0A80, 0x0AFF),),
    "Orya": ((0x0B00, 0x0B7F),),
    "Taml": ((0x0B80, 0x0BFF),),
    "Telu": ((0x0C00, 0x0C7F),),
    "Knda": ((0x0C80, 0x0CFF),),
    "Mlym": ((0x0D00, 0x0D7F),),
    "Sinh": ((0x0D80, 0x0DFF),),
    "Thai": ((0x0E00, 0x0E7F),),
    "Laoo": ((0x0E80, 0x0EFF),),
    "Tibt": ((0x0F00, 0x0FFF),),
    "Mymr": ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F)),
    "Geor": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)),
    "Hang": ((0x1100, 0x11FF), (0x3131, 0x318E), (0xA960, 0xA97F), (0xAC00, 0xD7FF)),
    "Ethi": ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB01, 0xAB2F)),
    "Cher": ((0x13A0, 0x13FF), (0xAB70, 0xABBF)),
    "Cans": ((0x1400, 0x167F), (0x18B0, 0x18FF)),
    "Khmr": ((0x1780, 0x17FF), (0x19E0, 0x19FF)),
    "Mong": ((0x1800, 0x18AF),),
    "Bali": ((0x1B00, 0x1B7F),),
    "Sund": ((0x1B80, 0x1BBF),),
    "Glag": ((0x2C00, 0x2C5F),),
    "Tfng": ((0x2D30, 0x2D7F),),
    "Hani": (
        (0x2E80, 0x2FD5),
        (0x3005, 0x3005),
        (0x3007, 0x3007),
        (0x3021, 0x3029),
        (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0xF900, 0xFAFF),
        (0x20000, 0x3FFFF),
    ),
    "Hira": ((0x3041, 0x309F),),
    "Kana": ((0x30A1, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F)),
    "Bopo": ((0x3105, 0x312F),),
    "Yiii": ((0xA000, 0xA4CF),),
    "Lisu": ((0xA4D0, 0xA4FF),),
    "Vaii": ((0xA500, 0xA63F),),
    "Java": ((0xA980, 0xA9DF),),
    "Rohg": ((0x10D00, 0x10D3F),),
    "Adlm": ((0x1E900, 0x1E95F),),
}
_SPANS = sorted((first, last, code) for code, spans in _RANGES.items() for first, last in spans)
_FIRSTS = [first for first, _, _ in _SPANS]
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})

# Small words inside names (articles, prepositions, "son of") that give no initial.
_PARTICLES = frozenset(
    {
        "af",
        "al",
        "am",
        "av",
        "aw",
        "ben",
        "bin",
        "bint",
        "binti",
        "da",
        "das",
        "de",
        "degli",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "et",
        "ibn",
        "la",
        "las",
        "le",
        "lo",
        "los",
        "of",
        "på",
        "'t",
        "t",
        "ten",
        "ter",
        "van",
        "vom",
        "von",
        "y",
        "z",
        "zu",
        "zum",
        "zur",
        "аль",
        "бен",
        "бин",
        "бинт",
        "бинти",
        "бін",
        "да",
        "де",
        "ди",
        "дос",
        "дер",
        "ду",
        "ибн",
        "ібн",
        "ла",
        "ле",
        "ван",
        "фон",
        "эль",
    }
)

# What may follow the last name: generation, and "son of", "daughter of" after a Turkic patronymic.
_SUFFIXES = frozenset(
    {
        "ii",
        "iii",
        "iv",
        "jr",
        "jr.",
        "sr",
        "sr.",
        "мл.",
        "ст.",
        "оглы",
        "оглу",
        "аглы",
        "кызы",
        "улы",
        "уулу",
        "oglu",
        "oğlu",
        "oglı",
        "ogli",
        "qizi",
        "qızı",
    }
)
_JOINED_ARTICLE = re.compile(
    r"^(?:(?:al|el|ul|ad|an|ar|as|ash|at|az|аль|эль|ад|ан|ар|ас|аш|ат|аз)[-‐‑]"
    r"|(?:Al|El|Аль|Эль)[-‐‑]"
    r"|(?:d|l|д)['’])(?=\w)"
)

_NOT_INITIAL = APOSTROPHES | CLICK_LETTERS | {"ـ"}


@lru_cache(maxsize=4096)
def script_of_character(char: str) -> str:
    """The ISO 15924 code of one letter or mark by its block; "Zyyy" outside the listed blocks."""
    code = ord(char)
    place = bisect_right(_FIRSTS, code) - 1
    if place < 0:
        return NO_SCRIPT
    _, last, script = _SPANS[place]
    return script if code <= last else NO_SCRIPT


def script_of(text: str) -> str:
    """The ISO 15924 code of the script most letters are in, the earlier one if two are equal.

    "Zyyy" for a text without letters, "Zzzz" for a script that this module does not list.
    """
    scripts = Counter(script_of_character(char) for char in text if char.isalpha())
    if not scripts:
        return NO_SCRIPT
    script = scripts.most_common(1)[0][0]
    return UNLISTED_SCRIPT if script == NO_SCRIPT else script


def is_right_to_left(text: str) -> bool:
    """Whether the script of most letters runs from right to left."""
    return script_of(text) in _RIGHT_TO_LEFT


def initials(name: str) -> str:
    """Up to two capital letters: of the first and the last word that counts; one for a single word, "" without letters.

    Particles, joined articles (al-, d’), a title with a full stop at the start and suffixes at the end do not count;
    a name joined by hyphens is one word; marks before the first letter are passed over. The order stays as written.
    """
    spelled = [word.strip(",;") for word in unicodedata.normalize("NFC", name).split()]
    spelled = [word for word in spelled if any(char.isalpha() for char in word)]
    if len(spelled) > 1 and _is_title(spelled[0]):
        spelled = spelled[1:]
    if len(spelled) > 1 and spelled[-1].lower() in _SUFFIXES:
        spelled = spelled[:-1]
    counting = [word for place, word in enumerate(spelled) if not _is_particle(word, place, len(spelled))]
    ends = counting[:1] + counting[1:][-1:]
    return "".join([_initial(word) for word in ends])


def _is_title(word: str) -> bool:
    return word.endswith(".") and sum(char.isalpha() for char in word) > 1 and "." not in word[:-1]


def _is_particle(word: str, place: int, count: int) -> bool:
    # The last word is the family name whatever it is; a capital at the start is a given name (Ben, Van, Li De).
    if place == count - 1 or (place == 0 and not word.islower()):
        return False
    return word.lower().replace("’", "'") in _PARTICLES


def _initial(word: str) -> str:
    # Title case, because Georgian capitals have no place in names and digraphs such as ǆ begin with one capital only.
    letters = [char for char in _JOINED_ARTICLE.sub("", word) if char.isalpha() and char not in _NOT_INITIAL]
    return letters[0].title()[0] if letters else ""
