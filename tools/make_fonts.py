"""Makes interparl/paper/fonts and the list of what can be printed from Debian's packages of Noto fonts.

    python tools/make_fonts.py FOLDER

FOLDER holds what `dpkg-deb -x` took out of fonts-noto-core and fonts-noto-cjk. Needs fontTools, which nothing else of
the project does. Run it anew when Typst brings other fonts: `interparl/paper/data/printable.txt` says what its serif
and the fonts shipped beside it have, and a test compares that with Typst itself.
"""

from __future__ import annotations

import shutil
import struct
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import typst
from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError

PAPER = Path(__file__).resolve().parent.parent / "interparl" / "paper"
WHOLE = (
    *(f"NotoNaskhArabic-{weight}" for weight in ("Regular", "Bold")),
    *(f"NotoSerif{script}-{weight}" for script in ("Armenian", "Georgian") for weight in ("Regular", "Bold")),
    "NotoSerifDevanagari-Regular",
    "NotoSerifThai-Regular",
)
CHINESE = 2  # the place of "Noto Serif CJK SC" in the collection
LAST = 0x110000
SERIF, OPENTYPE, LARGEST = "Libertinus Serif", b"OTTO", 2_000_000


def national(encoding: str, first: int, last: int) -> Iterator[int]:
    """The characters of a national standard whose first byte lies in these bounds."""
    for lead in range(first, last):
        for trail in range(0xA1, 0xFF):
            try:
                yield ord(bytes([lead, trail]).decode(encoding))
            except UnicodeDecodeError:
                continue


def copied(folder: Path) -> Iterator[Path]:
    """The fonts that are taken as they are."""
    for name in WHOLE:
        found = next(folder.rglob(f"{name}.ttf"))
        yield Path(shutil.copyfile(found, PAPER / "fonts" / found.name))


def chinese(folder: Path) -> Path:
    """The characters of GB 2312, kana, and the syllables of KS X 1001, of a font that has many times more."""
    wanted = {*national("gb2312", 0xB0, 0xF8), *national("euc_kr", 0xB0, 0xC9), *range(0x3000, 0x3100)}
    font = TTFont(next(folder.rglob("NotoSerifCJK-Regular.ttc")), fontNumber=CHINESE)
    options = subset.Options(layout_features=["kern", "locl", "ccmp"], hinting=False, notdef_outline=True)
    options.name_IDs = ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    made = PAPER / "fonts" / "NotoSerifCJK-Subset.otf"
    font.save(made)
    return made


def in_the_serif() -> set[int]:
    """What all upright faces have of the serif that Typst carries in its own library."""
    library = next(Path(typst.__file__).parent.glob("_typst*.so")).read_bytes()
    found: list[set[int]] = []
    at = library.find(OPENTYPE)
    while at >= 0:
        try:
            font = TTFont(BytesIO(library[at : at + LARGEST]), lazy=True)
            # One of the sloping faces lacks letters of Belarusian and Kazakh; books are set without them.
            if font["name"].getBestFamilyName() == SERIF and "Italic" not in font["name"].getBestSubFamilyName():
                found.append(set(font.getBestCmap()))
        except (TTLibError, KeyError, AssertionError, struct.error):
            pass
        at = library.find(OPENTYPE, at + 4)
    return {code for code in set.intersection(*found) if chr(code).isprintable() and code > 0x20}


def ranges(codes: Iterable[int]) -> Iterator[str]:
    """The codes in hexadecimal, neighbours as first-last."""
    ordered = sorted(codes)
    first = last = ordered[0]
    for code in [*ordered[1:], LAST]:
        if code == last + 1:
            last = code
            continue
        yield f"{first:04X}" if first == last else f"{first:04X}-{last:04X}"
        first = last = code


def main(folder: Path) -> None:
    """Writes the fonts and the list."""
    codes = in_the_serif()
    print(len(codes), "in the serif")
    for font in [*copied(folder), chinese(folder)]:
        has = {code for code in TTFont(font).getBestCmap() if code > 0x20 and chr(code).isprintable()}
        codes |= has
        print(font.name, len(has))
    (PAPER / "data" / "printable.txt").write_text("\n".join(ranges(codes)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
