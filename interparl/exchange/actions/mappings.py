"""Which mappings there are: those that are shipped, those that officers saved, and the one that headings suggest."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping as MappingOf
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.core.hooks import every_importer
from interparl.core.rights import Reader
from interparl.core.translated import texts_of
from interparl.exchange.models import SavedMapping
from interparl.exchange.rules.mappings import Mapping, read_mapping
from interparl.exchange.rules.messages import mapping_text
from interparl.exchange.rules.suggesting import suggested
from interparl.exchange.rules.tables import TableFile
from interparl.exchange.rules.wrong_mapping import WrongMapping

FOLDER = Path(__file__).parent.parent / "data" / "mappings"
# Option with a mapping itself, as JSON: what somebody said of the columns on a page; it has no code of its own.
GIVEN, OWN = "given", "own"


def fields_of_kinds() -> dict[str, list[str]]:
    """The fields of each kind of table, by the kind."""
    return {kind: list(importer.fields) for kind, importer in every_importer().items() if importer.fields}


def mapping_from(code: str, data: MappingOf[str, Any]) -> Mapping:
    """The mapping that the data describes. Raises ValidationError with the place in it."""
    try:
        return read_mapping(code, data, fields_of_kinds())
    except WrongMapping as problem:
        raise ValidationError(mapping_text(problem)) from problem


@cache
def shipped_data() -> dict[tuple[str, str], dict[str, Any]]:
    """Kind and code of each shipped file, with its data; several files may share a code, one for each kind."""
    found = {}
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        code = str(data.pop("code", path.stem))
        found[str(data["kind"]), code] = data
    return found


def shipped(kind: str) -> dict[str, Mapping]:
    """The mappings that come with the product for a kind of table, by code."""
    return {code: mapping_from(code, data) for (each, code), data in shipped_data().items() if each == kind}


def every_mapping(kind: str, reader: Reader | None = None) -> dict[str, Mapping]:
    """All mappings for a kind of table by code; one that was saved here stands for a shipped one of the same code.

    With a reader only those that he may know of; without one all, for commands.
    """
    rows = SavedMapping.objects.filter(kind=kind)
    saved = {one.code: mapping_of(one) for one in (rows.visible_to(reader) if reader else rows)}
    return {**shipped(kind), **saved}


def mapping_of(saved: SavedMapping) -> Mapping:
    """What an officer saved, as a mapping."""
    return mapping_from(saved.code, {**saved.data, "kind": saved.kind, "name": texts_of(saved.name)})


def mapping_named(kind: str, code: str) -> Mapping:
    """The mapping with that code. Raises ValidationError, which names those there are."""
    found = every_mapping(kind)
    if code not in found:
        words = {"code": code, "kind": kind, "codes": ", ".join(sorted(found)) or "–"}
        raise ValidationError(_("There is no mapping “%(code)s” for %(kind)s. Known: %(codes)s.") % words)
    return found[code]


def mapping_asked(kind: str, options: MappingOf[str, str]) -> Mapping | None:
    """The mapping that option `given` is, as JSON, or `mapping` names; None for neither. Raises ValidationError."""
    code = options.get("mapping", "")
    if given := options.get(GIVEN, ""):
        return mapping_from(code or OWN, json.loads(given))
    return mapping_named(kind, code) if code else None


def mapping_for(kind: str, table: TableFile) -> Mapping:
    """The mapping that the headings of a table suggest, for one that was given none."""
    return suggested(kind, table, fields_of_kinds()[kind])


def mapped_source(kind: str, options: MappingOf[str, str]) -> str:
    """The key of the source by the mapping that the options name; "" when they name none or it tells none."""
    code = options.get("mapping", "")
    return mapping_named(kind, code).source if code and kind in fields_of_kinds() else ""
