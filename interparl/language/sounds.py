"""Words as sounds: one plain notation for every script and every way of romanising, coarse enough that they meet.

A notation is a chain of signs. Capitals are consonants in classes that no way of spelling keeps apart: S stands for all
that hisses (s z sh zh ch dzh), T for t and ts, H for g, h and kh. The vowels are a (a, o, e), i and u; a glide beside a
vowel falls away. A letter that is read in several ways (Latin c, j, ch, x) gives several notations of the word.

Sources of the readings: BGN/PCGN, ISO 9, the passport rules and the Latin alphabet of Belarusian, ALA-LC, ISO 9984 and
9985, ELOT 743, and the spelling rules of the languages that write in Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

VOWELS = frozenset("aiu")
# So many notations are kept of one word, the likeliest, of so many that are thought of.
MOST_READINGS, MOST_WEIGHED = 32, 400

_CYRILLIC = (
    dict(zip("абвгджзийклмнопрстуфхцчшщыэюяе", "aBVHDSSiiKLMNaPRSTuFHTSSSiawaa", strict=True))
    | dict(zip("іїєѓғҕҙѕјқҡљњңөҫћүұҳһҷџәӣӯђќѳѵў", "iiaHHHSSiKKLNNaSSuuHHSSaiuSKFiu", strict=True))
    | {"ъ": "", "ь": "", "ѣ": "a", "ӏ": "", "ҽ": "S", "җ": "S", "ж": "S"}
)
_ARMENIAN = dict(zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև", "aBHDaSaaTSiLHTKHTHSMiNSaSPSRSVTRTVPKaFa", strict=True))
_GEORGIAN = dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "aBHDaVSTiKLMNaPSRSTuPKHKSSTDTSHSH", strict=True))
_GREEK = dict(zip("αβγδεζηθικλμνορστυφχωςπ", "aVHDaSiTiKLMNaRSTiFHaSP", strict=True)) | {"ξ": "KS", "ψ": "PS"}
_ARABIC = dict(zip("بپتثجچحخدذرزژسشصضطظعغفقكگلمنهءئؤ", "BPTSSSHHDSRSSSSSDTS_HFKKHLMNH_iu", strict=True)) | {
    "ا": "a",
    "و": "uV",
    "ي": "i",
    "ع": "",
    "ء": "",
}
_HEBREW = dict(zip("בגדזחטיכךלמםנןסעפףצץקרשת", "VHDSHTiKKLMMNNSaFFTTKRST", strict=True)) | {
    "א": "a",
    "ה": "H",
    "ו": "uV",
}

# Letters that are read in one way only; the others stand in _READINGS, longer groups first.
_LATIN = dict(zip("abdefiklmnoprstuvwyzq", "aBDaFiKLMNaPRSTuVViSK", strict=True))
_SINGLE = (
    {
        letter: sign
        for letter, sign in {**_ARMENIAN, **_GEORGIAN, **_GREEK, **_ARABIC, **_HEBREW}.items()
        if sign != "uV"
    }
    | _CYRILLIC
    | _LATIN
)
_READINGS: dict[str, tuple[str, ...]] = {
    "schtsch": ("S",),
    "shch": ("S",),
    "tsch": ("S", "TS"),
    "dsch": ("S",),
    "stch": ("S", "STS", "STH"),
    "chtch": ("S",),
    "dzh": ("S",),
    "tch": ("S", "TS", "TH"),
    "sch": ("S", "SK", "SH"),
    "ph": ("F",),
    "tsh": ("TS", "S"),
    "th": ("T", "TH"),
    "kh": ("H",),
    "gh": ("H",),
    "sh": ("S",),
    "zh": ("S",),
    "ch": ("S", "H", "K"),
    "cz": ("S", "T"),
    "sz": ("S",),
    "rzh": ("RS",),
    "rz": ("RS", "S"),
    "ts": ("T", "TS"),
    "tzh": ("TS",),
    "tz": ("T", "TS"),
    "dz": ("D",),
    "dj": ("S", "Di"),
    "ck": ("K", "TK"),
    "sc": ("S", "SK", "ST"),
    "qu": ("KV", "K"),
    "ou": ("u", "aV"),
    "iou": ("w", "iaV"),
    "iu": ("w", "iu"),
    "yu": ("w", "iu"),
    "ju": ("w", "Su", "iu"),
    "x": ("KS", "H"),
    "j": ("i", "S", "H"),
    "дз": ("D",),
    "дж": ("S",),
    "тс": ("T",),
    "тц": ("T",),
    "ου": ("u",),
    "μπ": ("B",),
    "ντ": ("D", "NT"),
    "γκ": ("H", "K"),
    "αυ": ("aV",),
    "ευ": ("aV",),
    "ու": ("u",),
    "և": ("aV",),
    "و": ("u", "V"),
    "ו": ("u", "V"),
}
_SOFT = frozenset("eiy")
_GROUPS = re.compile("|".join(sorted(map(re.escape, _READINGS), key=len, reverse=True)) + "|.", re.DOTALL)
# The sign w is a u after a glide, which is never a short u.
_SHORT_U = re.compile(r"(?<=[aiw])u|^u(?=[A-Z])")
_RUN = re.compile(r"[aiu]+")
_TWICE = re.compile(r"([A-Z])\1+")
_LATIN_FINAL_F = re.compile(r"(?<=[aeo])ff?$")


@lru_cache(maxsize=65536)
def sounds(word: str) -> tuple[str, ...]:
    """The notations of a folded word, the likeliest first; a script without sounds here stands for itself."""
    # Who writes a word reads the same letters in one way throughout; only c has lost its marks, so each is its own.
    pieces = [
        (at.start() if at.group() == "c" else at.group(), _readings(at.group(), word, at.start()))
        for at in _GROUPS.finditer(word)
    ]
    kinds, count = dict.fromkeys(pieces), 1
    choices: list[list[tuple[int, str]]] = []
    for _letters, readings in kinds:
        several = list(enumerate(readings))
        choices.append(several[: 1 if count * len(several) > MOST_WEIGHED else None])
        count *= len(choices[-1])
    found: dict[str, None] = {}
    for way in sorted(product(*choices), key=_unusual)[:MOST_READINGS]:
        reading = dict(zip(kinds, way, strict=True))
        found[_settled("".join([reading[piece][1] for piece in pieces]))] = None
    return tuple(notation for notation in found if notation) or (word,)


def _unusual(way: Sequence[tuple[int, str]]) -> int:
    return sum(rank for rank, _reading in way)


@lru_cache(maxsize=65536)
def skeleton(notation: str) -> str:
    """Its consonants; of a word without any, its vowels."""
    return "".join([sign for sign in notation if sign not in VOWELS]) or notation


def _readings(piece: str, word: str, at: int) -> tuple[str, ...]:
    if piece in _READINGS:
        return _READINGS[piece]
    following = word[at + 1 : at + 2]
    if piece == "c":
        return ("T", "S", "K") if following in _SOFT or not following else ("K", "T", "S")
    if piece == "g":
        return ("H", "S") if following in _SOFT else ("H",)
    if piece == "h":
        before = word[at - 1 : at] if at else ""
        is_mute = before in "aeiouy" and before != "" and following not in "aeiouy"
        return ("H", "") if is_mute or (at and not following) else ("H",)
    if piece == "f" and _LATIN_FINAL_F.search(word) and at >= len(word.rstrip("f")):
        return ("V",) if len(word) > 4 else ("F", "V")
    return (_SINGLE.get(piece, piece if piece.isdigit() else _other(piece)),)


def _other(letter: str) -> str:
    # A letter with marks that folding keeps as part of the spelling, else a script without sounds here.
    bare = unicodedata.normalize("NFD", letter)[0]
    return _SINGLE.get(bare, letter)


def _settled(signs: str) -> str:
    """With u as V where it is one, runs of vowels as one vowel, double consonants as one."""
    signs = _SHORT_U.sub("V", signs).replace("w", "u")
    return _TWICE.sub(r"\1", _RUN.sub(_one_vowel, signs))


def _one_vowel(run: re.Match[str]) -> str:
    vowels = run.group()
    heavy = vowels.replace("i", "")
    return heavy[0] if heavy else "i"
