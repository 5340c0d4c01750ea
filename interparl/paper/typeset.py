"""A book as PDF by Typst: PDF/UA-1 and PDF/A-2a, the same bytes for the same book."""

from __future__ import annotations

import json
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from interparl.paper.book import Book
from interparl.paper.plain import PlainBook, Said, plain
from interparl.paper.signs import FONTS, breakable

PATTERNS = Path(__file__).parent / "data"
STANDARDS = ["ua-1", "a-2a"]


class NotPrinted(Exception):
    """The book could not be set; the words say why."""


@cache
def _typst() -> Any:
    """The package with its fonts, fetched with the first book: it is larger than all the rest."""
    return import_module("typst")


@cache
def _fonts() -> Any:
    return _typst().Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def as_pdf(book: Book) -> bytes:
    """The book as a tagged PDF; raises NotPrinted."""
    return typeset("book", plain(book), book.day)


def typeset(name: str, data: object, day: date) -> bytes:
    """Plain data set by the pattern of that name as a tagged PDF of that day; raises NotPrinted."""
    made = _set(name, data, format="pdf", pdf_standards=STANDARDS, timestamp=datetime.combine(day, time(), UTC))
    return bytes(made)


def pictures(name: str, data: object, dots: int) -> list[bytes]:
    """The same pages as pictures (PNG) of so many dots an inch: for looking at them."""
    made = _set(name, data, format="png", ppi=dots)
    return [bytes(one) for one in (made if isinstance(made, list) else [made])]


def _set(name: str, data: object, **how: Any) -> Any:
    typst, pattern = _typst(), PATTERNS / f"{name}.typ"
    try:
        return typst.compile(
            str(pattern),
            root=str(PATTERNS),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={name: json.dumps(_dressed(data), ensure_ascii=False)},
            **how,
        )
    except typst.TypstError as error:
        raise NotPrinted(error.message) from error
    except BaseException as error:
        # A fault inside Typst ends in an exception that is no Exception; the server lives on.
        if type(error).__name__ != "PanicException":
            raise
        raise NotPrinted(str(error)) from error


def _dressed(value: Any) -> Any:
    """Data classes as objects with what they derive from their fields, and places to break in long words."""
    if isinstance(value, str):
        return breakable(value)
    if is_dataclass(value) and not isinstance(value, type):
        made = {name: _dressed(getattr(value, name)) for name in value.__dataclass_fields__}
        if isinstance(value, Said):
            made |= {"long": value.long, "hyphenated": value.hyphenated}
        if isinstance(value, PlainBook):
            made |= {
                "is_single": value.is_single,
                "has_contents": value.has_contents,
                "begins_with_name": value.begins_with_name,
            }
        return made
    return [_dressed(one) for one in value] if isinstance(value, list | tuple) else value
