"""The values of cells in a workbook as text: shared strings, numbers, dates by their format, what formulas gave."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

from interparl.exchange.rules.findings import Findings
from interparl.exchange.rules.tables.package import Package
from interparl.exchange.rules.unpacking import REPLACEMENT

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BESIDE_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ONLY_ZEROS = re.compile(r"0{2,}")
# Dates of East Asian calendars that have no code in the file (ECMA-376, part 1, 18.8.30).
_EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})
_EXACT = 10**15
_MILLISECOND = timedelta(milliseconds=1)


@cache
def _of_openpyxl(name: str) -> Any:
    """A module of the package, fetched with the first workbook: it takes much memory."""
    return import_module(f"openpyxl.{name}")


@dataclass
class Styles:
    """How numbers are shown: for each style of cells, the code of its format."""

    formats: list[str] = field(default_factory=list)
    since_1904: bool = False

    def format_of(self, style: str | None) -> str:
        """The code of the format, "" for none."""
        at = int(style) if style and style.isdecimal() and len(style) < 9 else 0
        return self.formats[at] if at < len(self.formats) else ""


def read_styles(package: Package, name: str, *, since_1904: bool) -> Styles:
    """The formats of the styles of cells."""
    codes: dict[int, str] = {}
    styles = Styles(since_1904=since_1904)
    inside = False
    for event, element in package.elements(name):
        if element.tag == "cellXfs":
            inside = event == "start"
        elif event == "end" and element.tag == "numFmt":
            codes[_number(element.get("numFmtId"))] = element.get("formatCode") or ""
        elif event == "end" and element.tag == "xf" and inside:
            number = _number(element.get("numFmtId"))
            known = (
                "yyyy-mm-dd"
                if number in _EAST_ASIAN_DATES
                else str(_of_openpyxl("styles.numbers").BUILTIN_FORMATS.get(number, ""))
            )
            styles.formats.append(codes.get(number, known))
    return styles


def read_strings(package: Package, name: str) -> list[str]:
    """The strings that cells share."""
    return [
        text_within(element)
        for event, element in package.elements(name, whole="si")
        if event == "end" and element.tag == "si"
    ]


def text_within(element: Element) -> str:
    """The text of a rich or plain string; its reading aids (phonetic runs) are no part of it."""
    parts = []
    for child in element:
        if child.tag == "t":
            parts.append(child.text or "")
        elif child.tag == "r":
            parts += [one.text or "" for one in child if one.tag == "t"]
    return _unescaped("".join(parts))


@dataclass
class CellReader:
    """Reads cells of one sheet; what cannot be read is told with the place of its row and is empty."""

    strings: list[str]
    styles: Styles
    findings: Findings

    def text(self, cell: Element, place: str) -> str:
        """The value as text: dates as ISO text, whole numbers without a fraction, "true" and "false"."""
        kind = cell.get("t") or "n"
        value = formula = inline = None
        for child in cell:
            if child.tag == "v":
                value = child
            elif child.tag == "f":
                formula = child
            elif child.tag == "is":
                inline = child
        if kind == "inlineStr":
            return text_within(inline) if inline is not None else ""
        given = (value.text or "") if value is not None else ""
        if formula is not None and not given and not (kind == "str" and value is not None):
            self.findings.add(place, "doubtful", "formula_without_value", cell=cell.get("r") or "")
            return ""
        return self._plain(kind, given, cell, place) if given else ""

    def _plain(self, kind: str, given: str, cell: Element, place: str) -> str:
        if kind == "s":
            at = _number(given)
            if at < len(self.strings):
                return self.strings[at]
        elif kind == "str":
            return _unescaped(given)
        elif kind == "b":
            return "true" if given.strip() == "1" else "false"
        elif kind == "d":
            return given.strip().removesuffix("T00:00:00").removesuffix("T00:00:00.000")
        elif kind == "n" and (text := self._number(given.strip(), cell)):
            return text
        error = given if kind == "e" else "?"
        self.findings.add(place, "doubtful", "cell_error", cell=cell.get("r") or "", value=error[:40])
        return ""

    def _number(self, given: str, cell: Element) -> str:
        """The number or date as text; "" when it is neither."""
        try:
            number = float(given)
        except ValueError:
            return ""
        if number != number or number in {float("inf"), float("-inf")}:  # noqa: PLR0124 - only NaN differs from itself
            return ""
        code = self.styles.format_of(cell.get("s"))
        dated = code and _of_openpyxl("styles.numbers").is_date_format(code)
        if dated and (text := _date_text(number, code, since_1904=self.styles.since_1904)):
            return text
        if not number.is_integer():
            return repr(number)
        digits = str(int(number)) if abs(number) < _EXACT or not given.lstrip("-").isdecimal() else given
        return digits.zfill(len(code)) if _ONLY_ZEROS.fullmatch(code) else digits


def _date_text(number: float, code: str, *, since_1904: bool) -> str:
    """The date as ISO text with the parts that the format shows; "" for a number that is no date."""
    try:
        days = _of_openpyxl("utils.datetime")
        moment = days.from_excel(number, days.MAC_EPOCH if since_1904 else days.WINDOWS_EPOCH)
    except (OverflowError, ValueError):
        return ""
    if isinstance(moment, time):
        return moment.isoformat("seconds")
    if isinstance(moment, timedelta) or not isinstance(moment, datetime):
        return ""
    moment += _MILLISECOND / 2
    shown = _BESIDE_LETTERS.sub("", code.split(";", maxsplit=1)[0]).lower()
    timed = "h" in shown or "s" in shown
    if "d" not in shown and "y" in shown and not timed:
        return f"{moment:%Y-%m}" if "m" in shown else f"{moment:%Y}"
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return f"{moment.date():%Y-%m-%d}".zfill(10)
    return moment.replace(microsecond=0).isoformat()


def _number(text: str | None) -> int:
    """A whole number that is not negative; one that no list reaches for anything else."""
    given = (text or "").strip()
    return int(given) if given.isdecimal() and len(given) < 10 else 2**31


def _unescaped(text: str) -> str:
    """The text with "_x000A_" as the character it stands for; what no database stores is replaced."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    return _UNSTORABLE.sub(REPLACEMENT, text)
