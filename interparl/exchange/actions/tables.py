"""Reading a table through its mapping, for importers of tables."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.conf import settings

from interparl.exchange.actions.mappings import mapping_asked, mapping_for
from interparl.exchange.rules import Finding, UnreadableFile
from interparl.exchange.rules.mapped import Mapped, asked_of, mapped
from interparl.exchange.rules.mappings import Mapping
from interparl.exchange.rules.tables import Asked, TableFile, read_pasted, read_table

PASTED = "pasted"
# Option with the records that names of the table mean, as JSON: by field and folded name the id, 0 for none here.
NAMED = "named"
LONGEST_TOLD = 500


@dataclass(frozen=True)
class ReadTable:
    """A table by field, with the mapping that read it and the language of its texts."""

    mapped: Mapped
    mapping: Mapping
    language: str

    @property
    def recognised(self) -> dict[str, Any]:
        """What was recognised of the file, to be shown."""
        return {**asdict(self.mapped.table.recognised), "mapping": self.mapping.code}

    @property
    def is_whole(self) -> bool:
        """Whether the table is all that its source says, so that what it lacks is gone.

        It is not where the mapping says so, where rows were pasted, nor where a file is one object alone.
        """
        form, rows = self.mapped.table.recognised.form, self.mapped.table.rows
        is_one_object = form == "json" and len(rows) == 1 and self.mapping.file.get("records") == "."
        return not (self.mapping.is_partial or self.mapping.is_own or is_one_object or form == "text")

    def unread(self) -> list[Finding]:
        """Which columns nobody asked for."""
        names = ", ".join(self.mapped.unread)
        return [Finding("", "note", "columns_unread", {"columns": names[:LONGEST_TOLD]})] if names else []


def read_mapped(
    kind: str,
    data: bytes,
    *,
    name: str,
    options: MappingOf[str, str],
    needs: MappingOf[str, Sequence[str]],
) -> ReadTable:
    """The table by the mapping that option `given` is or `mapping` names, else by the one that its headings suggest.

    `needs`: of each of these groups of fields the table has to fill one; the key says what is wrong when it does not.
    Raises UnreadableFile for what cannot be read, is another table or lacks such a field; ValidationError for an
    unknown mapping.
    """
    asked = mapping_asked(kind, options)
    if asked is not None:
        mapping = asked
        table = _table(data, name, options, asked_of(mapping))
        mapping = mapping.for_headings(table.headings)
    else:
        table, mapping = _suggested(kind, data, name=name, options=options, needs=needs)
    if key := _lacking(table, mapping, needs):
        raise UnreadableFile(key, params={"columns": ", ".join(table.headings)[:LONGEST_TOLD]})
    return ReadTable(mapped(table, mapping), mapping, options.get("language") or mapping.language)


def _lacking(table: TableFile, mapping: Mapping, needs: MappingOf[str, Sequence[str]]) -> str:
    """The first of the needs that the table does not fill, "" for none."""
    filled = mapping.filled(table.headings)
    return next((key for key, fields in needs.items() if filled.isdisjoint(fields)), "")


def _suggested(
    kind: str, data: bytes, *, name: str, options: MappingOf[str, str], needs: MappingOf[str, Sequence[str]]
) -> tuple[TableFile, Mapping]:
    """The table and what its headings suggest; of a JSON document with several lists, the longest that fills the needs.

    An object alone is a row itself when lists of people stand in it.
    """
    try:
        table = _table(data, name, options, Asked())
    except UnreadableFile as problem:
        if problem.message_key != "several_lists":
            raise
        found = []
        for path in str(problem.params["lists"]).split(", "):
            # Of a list that holds no table, or whose name has a comma in it or is too long, nothing is suggested.
            with suppress(UnreadableFile):
                found.append(_with_mapping(kind, _table(data, name, options, Asked(records=path))))
        fitting = [one for one in found if not _lacking(*one, needs)]
        if not fitting:
            raise
        return max(fitting, key=lambda one: len(one[0].rows))
    if table.recognised.form == "json" and table.rows and not table.rows[0].place.startswith("["):
        whole, mapping = _with_mapping(kind, _table(data, name, options, Asked(records=".")))
        if len(whole.rows) == 1 and mapping.lists and not _lacking(whole, mapping, needs):
            return whole, replace(mapping, file={"records": "."})
    return _with_mapping(kind, table)


def _with_mapping(kind: str, table: TableFile) -> tuple[TableFile, Mapping]:
    return table, mapping_for(kind, table)


def _table(data: bytes, name: str, options: MappingOf[str, str], asked: Asked) -> TableFile:
    if options.get("form") != PASTED:
        return read_table(data, name=name, limit=settings.IMPORT_LIMIT, asked=asked)
    try:
        return read_pasted(data.decode("utf-8"), header_row=asked.header_row)
    except UnicodeDecodeError as problem:
        raise UnreadableFile("not_text", params={"line": 1, "column": 1}) from problem
