"""What the page of a table’s columns shows, as values for its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from interparl.core.templatetags.ui_parts import Fact
from interparl.exchange.actions.naming import Names
from interparl.exchange.actions.tables import PASTED
from interparl.exchange.pages.bring_look import MORE_COLUMNS, Look, cell_of
from interparl.exchange.pages.mapping_parts import (
    Choice,
    Data,
    Use,
    choices,
    field_words,
    pair_lines,
    use_line,
    use_lines,
)
from interparl.exchange.rules.dates import Order, date_order_of
from interparl.exchange.rules.mapped import Mapped, plain_of
from interparl.exchange.rules.mappings import Mapping as TableMapping
from interparl.exchange.rules.mappings import is_among, value_at
from interparl.exchange.rules.messages import order_text
from interparl.exchange.rules.messages import text_of as finding_text
from interparl.exchange.rules.tables import TableFile, cell_text, read_pasted, read_table

FIRST_ROWS, LONGEST_CELL, MOST_FINDINGS, MOST_USES = 8, 100, 12, 100
FORMS: Mapping[str, Promise | str] = {
    "csv": "CSV",
    "xlsx": "Excel (.xlsx)",
    "json": "JSON",
    "jsonl": _("JSON lines"),
    "text": _("pasted rows"),
}
PARTED: Mapping[str, Promise | str] = {
    ",": _("by commas"),
    ";": _("by semicolons"),
    "\t": _("by tabs"),
    "|": _("by bars"),
}
# Offered when the encoding was not recognised rightly; others can be in a mapping.
ENCODINGS = (
    *("utf-8", "utf-16", "windows-1251", "windows-1252", "windows-1250", "windows-1257", "windows-1254"),
    *("windows-1253", "koi8-r", "koi8-u", "ibm866", "iso-8859-2", "iso-8859-5", "iso-8859-15", "gb18030"),
)


@dataclass(frozen=True)
class Head:
    """One column of the table: its heading, and the list of fields above it."""

    prefix: str
    heading: str
    fields: Sequence[Choice]
    field: str


def table_of(data: bytes, about: Mapping[str, str]) -> TableFile:
    """The table as it is recognised. Raises UnreadableFile."""
    if about.get("form") == PASTED:
        return read_pasted(data.decode("utf-8"))
    return read_table(data, name=about["name"], limit=settings.IMPORT_LIMIT)


def day_of(about: Mapping[str, str]) -> date | None:
    """The day on which the table was true."""
    return date.fromisoformat(about["on"]) if about.get("on") else None


def digest_of(names: Names | None) -> str:
    """What the choices of names belong to: the names that were asked about."""
    texts = [one.text for one in names.asked] if names else []
    return sha256(repr(texts).encode("utf-8", "replace")).hexdigest()[:24]


def context(found: Look, table: Mapped | None) -> dict[str, Any]:
    """All that the template needs of the table and its mapping."""
    primary, more = _uses(found)
    heads = [
        Head(use.prefix, use.source, use.fields, use.field)
        for use in (primary.get(at) or _empty(found, at) for at in range(len(found.headings)))
    ]
    place = found.data.get("place", {})
    return {
        "facts": _facts(found),
        "findings": _findings(found),
        "mapping_choices": _mapping_choices(found),
        "corrections": _corrections(found),
        "heads": heads,
        "rows": _rows(found.table),
        "uses": [use for use in primary.values() if use.field][:MOST_USES],
        "more": more,
        "more_number": len(more),
        "constants": (constants := pair_lines("k", found.data.get("constants", {}), field_words(found.kind))),
        "constants_number": len(constants),
        "key_words": "\n".join(found.data.get("key", ())),
        "languages": choices({"": gettext("not told"), **dict(settings.LANGUAGES)}, found.data.get("language", "")),
        "may_make": bool(found.asked_kind()[0]) or "people" in place,
        "makes": place.get("people") == "make",
        "unread": ", ".join(table.unread) if table else "",
        "number_mapped": len({one["from"] for one in found.data.get("columns", ())} & set(found.headings)),
    }


def _uses(found: Look) -> tuple[dict[int, Use], list[Use]]:
    """The lines of the columns by their position, and those of columns that fill a second field or stand deeper."""
    positions = {heading: at for at, heading in enumerate(found.headings)}
    primary: dict[int, Use] = {}
    rest: list[Data] = []
    for column in found.data.get("columns", ()):
        at = positions.get(column["from"])
        if at is not None and at not in primary:
            told, is_doubtful = _told_of(found, column)
            primary[at] = use_line(f"c{at}", column, found.kind, told=told, is_doubtful=is_doubtful)
        elif is_among(column["from"], found.headings):
            rest.append(column)
    return dict(sorted(primary.items())), use_lines("m", rest[:MORE_COLUMNS], found.kind)


def _empty(found: Look, at: int) -> Use:
    return use_line(f"c{at}", {"from": found.headings[at]}, found.kind)


def _told_of(found: Look, column: Data) -> tuple[str, bool]:
    """Why the dates of a column are read as they are, and whether that is in doubt."""
    if column.get("read") not in ("date", "day-first", "month-first") or found.table is None:
        return "", False
    order = _order(found.table, column["from"])
    return order_text(order), column["read"] == "date" and order.reason in ("order_mixed", "order_not_told")


def _order(table: TableFile, heading: str) -> Order:
    values = (cell_text(plain_of(value_at(row.cells, heading))) for row in table.rows)
    return date_order_of(one for one in values if one.strip())


def _facts(found: Look) -> list[Fact]:
    """What was recognised, in words."""
    if found.table is None:
        return []
    told = found.table.recognised
    facts = [Fact(_("Form"), str(FORMS[told.form]))]
    if told.encoding:
        facts.append(Fact(_("Encoding"), told.encoding))
    if told.form in ("csv", "text"):
        facts.append(Fact(_("Cells are parted"), PARTED.get(told.delimiter, gettext("there is one column only"))))
    if told.sheet:
        facts.append(Fact(_("Sheet"), told.sheet))
    if told.form in ("csv", "xlsx", "text"):
        facts.append(
            Fact(
                _("Heading"),
                gettext("row %(row)s") % {"row": told.header_row} if told.header_row else gettext("no heading"),
            )
        )
    return facts


def _findings(found: Look) -> list[str]:
    """What is odd in the table as a whole; single rows are told of in the check."""
    if found.table is None:
        return []
    words = [finding_text(one) for one in found.table.findings if not one.place or one.key in OF_THE_WHOLE]
    return list(dict.fromkeys(words))[:MOST_FINDINGS]


OF_THE_WHOLE = frozenset({"rows_above", "column_numbers", "heading_empty", "heading_repeated", "list_marks_removed"})


def _mapping_choices(found: Look) -> list[Choice]:
    names = {code: _name_of(one) for code, one in sorted(found.mappings.items())}
    return choices({"": gettext("none: as the headings suggest"), **names}, found.code)


def _name_of(mapping: TableMapping) -> str:
    name = name_in(mapping, get_language() or "")
    return f"{name} ({mapping.code})" if name else mapping.code


def name_in(mapping: TableMapping, language: str) -> str:
    """What a mapping is called in that language, else in another; "" for one without a name."""
    return mapping.names.get(language) or next(iter(mapping.names.values()), "")


@dataclass(frozen=True)
class Correction:
    """One thing that can be said otherwise: its name, label and what can be chosen; a line to type in without any."""

    name: str
    label: str
    lines: Sequence[Choice] = ()
    value: str = ""
    hint: str = ""


def _corrections(found: Look) -> list[Correction]:
    """What of the reading can be said otherwise, as it fits the form of the file."""
    file = found.file
    told = found.table.recognised if found.table else None
    lines: list[Correction] = []
    if told and len(told.sheets) > 1:
        sheets = {sheet: sheet for sheet in told.sheets}
        lines.append(Correction("sheet", gettext("Sheet"), choices(sheets, file.get("sheet") or told.sheet)))
    if told and told.encoding:
        known = {"": gettext("as recognised"), **{one: one for one in ENCODINGS}}
        lines.append(Correction("encoding", gettext("Encoding"), choices(known, file.get("encoding", ""))))
    if told and told.form == "csv":
        signs: dict[str, Any] = {"": gettext("as recognised")} | {_sign(one): words for one, words in PARTED.items()}
        lines.append(
            Correction("delimiter", gettext("Cells are parted"), choices(signs, _sign(file.get("delimiter", ""))))
        )
    if told and told.form in ("csv", "xlsx", "text"):
        row = file.get("header_row")
        hint = gettext("Its number; 0 when there is no heading; empty: as recognised.")
        lines.append(
            Correction("header_row", gettext("Row of the heading"), value="" if row is None else str(row), hint=hint)
        )
    if told is None or told.form == "json":
        hint = gettext("The path of the list in the file, for example “result.items”.")
        lines.append(Correction("records", gettext("List of the rows"), value=file.get("records", ""), hint=hint))
    return lines


def _sign(delimiter: str) -> str:
    """A tab would be lost on the way through a form."""
    return "tab" if delimiter == "\t" else delimiter


def _rows(table: TableFile | None) -> Iterable[list[str]]:
    if table is None:
        return []
    return [[_short(cell_of(row, heading)) for heading in table.headings] for row in table.rows[:FIRST_ROWS]]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
