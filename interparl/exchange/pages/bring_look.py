"""A table that was handed in and not checked yet: how it is read, by which mapping, and whom its names mean."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.core.hooks import every_importer
from interparl.core.tables import Reading
from interparl.exchange.actions.mappings import every_mapping, mapping_for, mapping_from
from interparl.exchange.actions.naming import Names, meant_by, names_in
from interparl.exchange.actions.tables import PASTED
from interparl.exchange.actions.uploads import Handed
from interparl.exchange.pages.mapping_parts import Data, Typed, typed_pairs, typed_use, typed_uses
from interparl.exchange.rules import UnreadableFile, refusal_text
from interparl.exchange.rules.mapped import Mapped, mapped, plain_of
from interparl.exchange.rules.mapping_data import data_of
from interparl.exchange.rules.mappings import MOST_COLUMNS, Mapping, is_among
from interparl.exchange.rules.tables import Asked, TableFile, TableRow, cell_text, read_pasted, read_table

MORE_COLUMNS = 60
# A column holds names when most of its cells are of several words without a number.
LOOKED_AT, MOST_OF_THEM = 60, 0.6


@dataclass
class Look:
    """What is known of the table at one look; `problems` are sentences about it as a whole."""

    handed: Handed
    reading: Reading
    code: str = ""
    mappings: MappingOf[str, Mapping] = field(default_factory=dict)
    file: Data = field(default_factory=dict)
    table: TableFile | None = None
    base: Data = field(default_factory=dict)
    data: Data = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of file."""
        return str(self.handed.about["kind"])

    @property
    def is_pasted(self) -> bool:
        """Whether the rows were pasted."""
        return self.handed.about.get("form") == PASTED

    @property
    def headings(self) -> Sequence[str]:
        """The columns of the table, none where it cannot be read."""
        return self.table.headings if self.table else ()

    @property
    def seen(self) -> str:
        """What the lines of the form belong to: the columns and the mapping that they began from."""
        return sha256(repr((self.code, self.headings)).encode("utf-8", "replace")).hexdigest()[:24]

    def mapping(self) -> Mapping:
        """The mapping as it stands in the form. Raises ValidationError with the place in it."""
        return mapping_from(self.code or _("this table"), {**self.data, "kind": self.kind})

    def read(self) -> Mapped | None:
        """The table by field; None where the table or the mapping cannot be read, which is then among the problems."""
        if self.table is None:
            return None
        try:
            return mapped(self.table, self.mapping())
        except UnreadableFile as problem:
            self.problems.append(refusal_text(problem))
        except ValidationError as error:
            self.problems += error.messages
        return None

    def asked_kind(self) -> tuple[str, str]:
        """The field in which records are called by name, and their kind; "" where rows tell them by an id or not."""
        told = {one["to"] for one in self.data.get("columns", ())}
        for name, kind in every_importer()[self.kind].names.items():
            if name in told and not told & {f"{name}_id", "identifier"}:
                return name, kind
        return "", ""

    def names(self, found: Mapped | None) -> Names | None:
        """Whom the names of the table mean; None for a table without such names."""
        name, kind = self.asked_kind()
        if found is None or not name:
            return None
        return meant_by(kind, names_in(found, name, f"{name}_id"), self.reading.user, self.reading.language)  # type: ignore[arg-type]  # staff


def look(handed: Handed, reading: Reading, sent: Typed | None, *, code: str | None = None) -> Look:
    """The table as the form says; anew by the mapping `code` when it is given, as recognised at the first look."""
    kind = str(handed.about["kind"])
    found = Look(handed, reading, mappings=every_mapping(kind, reading.user))
    found.code = (sent.line("base") if sent else "") if code is None else code
    if found.code not in found.mappings:
        found.code = ""
    is_anew = sent is None or code is not None
    found.file = _file_of(found) if sent is None or is_anew else _typed_file(sent)
    _read(found)
    if sent is None and code is None and (fitting := _fitting(found) or _opening(found)):
        found.code, found.file, found.problems = fitting, {**found.mappings[fitting].file}, []
        _read(found)
    if found.code and code and found.table is not None and not _fits(found, code):
        found.problems.append(_other_table(found, code))
        found.code, is_anew = "", True
    _settle(found, sent, is_anew=is_anew)
    return found


def _file_of(found: Look) -> Data:
    return {**found.mappings[found.code].file} if found.code else {}


def _typed_file(sent: Typed) -> Data:
    told: Data = {name: sent.line(name) for name in ("sheet", "encoding", "delimiter", "records") if sent.line(name)}
    if told.get("delimiter") == "tab":
        told["delimiter"] = "\t"
    row = sent.line("header_row")
    return told | ({"header_row": int(row)} if row.isascii() and row.isdigit() and len(row) < 8 else {})


def _read(found: Look) -> None:
    """Reads the table as asked; when it cannot be read so, as it is recognised, and says why."""
    for file in (found.file, {}):
        try:
            found.table = _table(found, Asked(**file))
        except UnreadableFile as problem:
            found.problems.append(refusal_text(problem))
        else:
            return
        if not file:
            return


def _table(found: Look, asked: Asked) -> TableFile:
    about, data = found.handed.about, found.handed.data
    if found.is_pasted:
        return read_pasted(data.decode("utf-8"), header_row=asked.header_row)
    return read_table(data, name=str(about["name"]), limit=settings.IMPORT_LIMIT, asked=asked)


def _fits(found: Look, code: str) -> bool:
    return not _missing(found, code)


def _missing(found: Look, code: str) -> list[str]:
    return [name for name in found.mappings[code].needed() if not is_among(name, found.headings)]


def _fitting(found: Look) -> str:
    """The only mapping whose needed columns the table has, that which needs most of them; "" for none or several."""
    needed = {code: len(one.needed()) for code, one in found.mappings.items() if one.needed() and _fits(found, code)}
    best = [code for code, number in needed.items() if number == max(needed.values())] if found.table else []
    return best[0] if len(best) == 1 else ""


def _opening(found: Look) -> str:
    """Of a file that has to be told where its rows are, the only mapping that tells it and whose columns are there."""
    opening = []
    for code, mapping in found.mappings.items():
        if found.table is None and mapping.file.get("records") and mapping.needed():
            with suppress(UnreadableFile):
                table = _table(found, Asked(**mapping.file))
                if all(is_among(name, table.headings) for name in mapping.needed()):
                    opening.append(code)
    return opening[0] if len(opening) == 1 else ""


def _other_table(found: Look, code: str) -> str:
    missing = ", ".join(_missing(found, code))
    return refusal_text(UnreadableFile("other_table", params={"missing": missing, "mapping": code}))


def _settle(found: Look, sent: Typed | None, *, is_anew: bool) -> None:
    """Fills the mapping: from the one chosen or what the headings suggest, and from the lines of the form."""
    if found.code:
        found.base = data_of(found.mappings[found.code].for_headings(found.headings))
    elif found.table is not None:
        found.base = _suggested(found, found.table)
    found.data = {**found.base, "file": found.file}
    if is_anew and (told := found.handed.about.get("language")):
        found.data["language"] = told
    if sent is not None and not is_anew:
        _take_words(found, sent)
        if sent.line("seen") == found.seen:
            found.data["columns"] = _typed_columns(found, sent)
            found.data["key"] = [one for one in sent.lines("key") if is_among(one, found.headings)]
    found.data = {name: value for name, value in found.data.items() if value}


def _take_words(found: Look, sent: Typed) -> None:
    """What was said of the whole table."""
    found.data["language"] = sent.line("language")
    found.data["constants"] = typed_pairs(sent, "k", MORE_COLUMNS)
    place = {name: value for name, value in found.base.get("place", {}).items() if name != "people"}
    found.data["place"] = place | ({"people": "make"} if sent.is_ticked("make") else {})


def _typed_columns(found: Look, sent: Typed) -> list[Data]:
    """The columns of the form in the order of their mapping, for the first that says a value counts."""
    before = found.base.get("columns", [])
    own = {one["from"]: one for one in reversed(before)}
    typed = [
        use
        for at, heading in enumerate(found.headings[:MOST_COLUMNS])
        if (use := typed_use(sent, f"c{at}", heading, own.get(heading)))
    ]
    typed += typed_uses(sent, "m", MORE_COLUMNS)
    typed += [one for one in before if not is_among(one["from"], found.headings)]
    order = {(one["from"], one["to"]): at for at, one in reversed(list(enumerate(before)))}
    return sorted(typed, key=lambda one: order.get((one["from"], one["to"]), len(order)))


def _suggested(found: Look, table: TableFile) -> Data:
    data = data_of(mapping_for(found.kind, table))
    if not data.get("columns") and (heading := _column_of_names(table)):
        importer = every_importer()[found.kind]
        name = next(iter(importer.names), "name")
        if name in importer.fields:
            data["columns"] = [{"from": heading, "to": name}]
    return data


def _column_of_names(table: TableFile) -> str:
    for heading in table.headings:
        cells = [text for row in table.rows[:LOOKED_AT] if (text := cell_of(row, heading).strip())]
        names = [text for text in cells if " " in text and not any(sign.isdigit() for sign in text)]
        if names and len(names) >= MOST_OF_THEM * len(cells):
            return heading
    return table.headings[0] if len(table.headings) == 1 else ""


def cell_of(row: TableRow, heading: str) -> str:
    """A cell as text; what is nested is written short."""
    value: Any = row.cells.get(heading)
    if isinstance(value, list):
        return _("list of %(number)s") % {"number": len(value)}
    if isinstance(value, dict):
        return ", ".join(str(key) for key in value)
    return cell_text(plain_of(value))
