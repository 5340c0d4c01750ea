"""All that a mapping says, as lines to read and as lines of a form, and what was typed in them as data."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from interparl.exchange.pages.mapping_parts import (
    BLANK_LINES,
    PLACE_WORDS,
    Data,
    Typed,
    choices,
    field_words,
    pair_lines,
    place_from,
    place_pairs,
    typed_pairs,
    typed_uses,
    use_line,
    use_lines,
)
from interparl.exchange.rules.mapping_data import columns_as_data
from interparl.exchange.rules.mappings import Column, Mapping

MOST_LINES, MOST_LISTS = 150, 12
TEXTS = ("source", "title", "url", "language")
FILE = ("sheet", "header_row", "encoding", "delimiter", "records")
TRUTHS = ("partial", "own")


def shown_lines(mapping: Mapping) -> Data:
    """What a mapping reads, in words: its columns, those of lists within a row, what holds for all rows."""
    words = field_words(mapping.kind)
    lists = [(one.source, _columns_in_words(one.columns, mapping.kind)) for one in mapping.lists]
    held = [(words.get(name, name), value) for name, value in mapping.constants.items()]
    parts = {name: value for name, value in mapping.place.items() if isinstance(value, dict)}
    place = [(PLACE_WORDS[name], value) for name, value in place_pairs(parts).items()]
    told = [
        (_("People who are not known here are made"), _("yes") if "people" in mapping.place else ""),
        (_("All rows are members of the chamber"), _("yes") if mapping.place.get("members") else ""),
        (_("Language of its texts"), dict(settings.LANGUAGES).get(mapping.language, mapping.language)),
        (_("Id made of"), ", ".join(mapping.key)),
        (_("Rows left out"), "; ".join(f"{one.source}: {', '.join(one.values)}" for one in mapping.skips)),
        (_("A part of its source only"), _("yes") if mapping.is_partial else ""),
        *((name, str(value)) for name, value in file_pairs(mapping.file)),
    ]
    return {
        "columns_read": _columns_in_words(mapping.columns, mapping.kind),
        "lists_read": lists,
        "held_pairs": [*held, *place, *((name, value) for name, value in told if value)],
    }


def _columns_in_words(columns: Sequence[Column], kind: str) -> list[Data]:
    data = columns_as_data(columns)
    lines = [use_line("", one, kind) for one in data]
    return [
        {
            "source": line.source,
            "field": line.label,
            "read": next((str(one.label) for one in line.readings if one.is_chosen and one.value), ""),
            "options": _options(line),
            "words": line.words.splitlines(),
            "is_needed": line.is_needed,
        }
        for line in lines
    ]


def _options(line: Any) -> str:
    told = (
        (_("split at “%(value)s”"), line.split),
        (_("language: %(value)s"), line.lang),
        (_("whose ids: %(value)s"), line.scheme),
        (_("remark: %(value)s"), line.note),
        (_("other words: %(value)s"), line.otherwise or (_("nothing") if line.has_otherwise else "")),
    )
    return "; ".join(words % {"value": value} for words, value in told if value)


def file_words() -> dict[str, str]:
    """What can be said of the file itself."""
    return {
        "sheet": _("Sheet"),
        "header_row": _("Row of the heading"),
        "encoding": _("Encoding"),
        "delimiter": _("Cells are parted by"),
        "records": _("List of the rows"),
    }


def file_pairs(file: MappingOf[str, Any]) -> list[tuple[str, Any]]:
    """What is said of the file itself, in words."""
    words = file_words()
    return [(words[name], "tab" if file[name] == "\t" else file[name]) for name in FILE if name in file]


def form_lines(data: Data, kind: str) -> Data:
    """The lines of the form of a whole mapping."""
    file, lists = data.get("file", {}), data.get("lists", [])
    skips = [*data.get("skip", []), *[{}] * BLANK_LINES]
    uses = use_lines("m", data.get("columns", []), kind)
    constants = pair_lines("k", data.get("constants", {}), field_words(kind))
    places = pair_lines("p", place_pairs(data.get("place", {})), {"": "–", **PLACE_WORDS})
    return {
        "uses": uses,
        "uses_number": len(uses),
        "constants": constants,
        "constants_number": len(constants),
        "places": places,
        "places_number": len(places),
        "texts": [(name, label, data.get(name, "")) for name, label in _text_words().items()],
        "languages": choices({"": _("not told"), **dict(settings.LANGUAGES)}, data.get("language", "")),
        "file_lines": [
            (name, label, "tab" if file.get(name) == "\t" else file.get(name, ""))
            for name, label in file_words().items()
        ],
        "key_words": "\n".join(data.get("key", ())),
        "skips": [(f"s{at}", one.get("from", ""), _skip_words(one)) for at, one in enumerate(skips)],
        "skips_number": len(skips),
        "lists": [_list_lines(at, one, kind) for at, one in enumerate(lists)],
        "lists_number": len(lists),
        "is_partial": bool(data.get("partial")),
    }


def _text_words() -> dict[str, str]:
    return {
        "source": _("Key of the source"),
        "title": _("Title of the source"),
        "url": _("Address of the source"),
    }


def _skip_words(skip: Data) -> str:
    return "\n".join(str(one) for one in skip.get("values", ()))


def _list_lines(at: int, one: Data, kind: str) -> Data:
    uses = use_lines(f"l{at}m", one.get("columns", []), kind)
    constants = pair_lines(f"l{at}k", one.get("constants", {}), field_words(kind))
    return {
        "prefix": f"l{at}",
        "source": one.get("from", ""),
        "uses": uses,
        "uses_number": len(uses),
        "constants": constants,
        "constants_number": len(constants),
        "has_deeper": bool(one.get("lists") or one.get("skip")),
    }


def typed_data(sent: Typed, before: Data) -> Data:
    """What the form says; lists deeper within lists, which it does not show, stay as they were."""
    found: Data = {name: sent.line(name) for name in TEXTS}
    found |= {name: before[name] for name in TRUTHS if name in before}
    found["partial"] = sent.is_ticked("partial")
    found["file"] = _typed_file(sent)
    found["place"] = place_from(typed_pairs(sent, "p", MOST_LINES))
    found["constants"] = typed_pairs(sent, "k", MOST_LINES)
    found["key"] = sent.lines("key")
    found["columns"] = typed_uses(sent, "m", MOST_LINES)
    found["skip"] = [
        {"from": source, "values": sent.lines(f"s{at}-values")}
        for at in range(sent.number("s-number", MOST_LINES))
        if (source := sent.line(f"s{at}-from"))
    ]
    lists = before.get("lists", [])
    found["lists"] = [
        made for at, one in enumerate(lists[:MOST_LISTS]) if (made := _typed_list(sent, at, one))
    ] + lists[MOST_LISTS:]
    return {name: value for name, value in found.items() if value}


def _typed_list(sent: Typed, at: int, before: Data) -> Data | None:
    """One list within a row; None when its path was emptied."""
    source = sent.line(f"l{at}-from")
    if not source:
        return None
    found: Data = {key: before[key] for key in ("skip", "lists") if before.get(key)}
    found |= {"from": source, "columns": typed_uses(sent, f"l{at}m", MOST_LINES)}
    if constants := typed_pairs(sent, f"l{at}k", MOST_LINES):
        found["constants"] = constants
    return found


def _typed_file(sent: Typed) -> Data:
    found: Data = {name: sent.line(f"file-{name}") for name in FILE if sent.line(f"file-{name}")}
    if found.get("delimiter") == "tab":
        found["delimiter"] = "\t"
    row = found.get("header_row", "")
    if row:
        found["header_row"] = int(row) if row.isascii() and row.isdigit() and len(row) < 8 else row
    return found
