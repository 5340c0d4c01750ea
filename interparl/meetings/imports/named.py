"""Bodies and organisations that tables of events name: by code, or by a name that no two have."""

from __future__ import annotations

from collections import defaultdict

from interparl.bodies.models import Body
from interparl.core.models import Label
from interparl.core.records import Record
from interparl.directory.models import Organisation
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.folding import fold

LONGEST_TOLD = 80
FINDINGS = {Body: ("unknown_body", "body"), Organisation: ("unknown_organisation", "name")}


class Named:
    """Finds records by their names; what is not known is told where it stands first."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._known: dict[type[Record], dict[str, set[int]]] = {}
        self._told: set[tuple[type[Record], str]] = set()

    def body(self, row: MappedRow) -> int | None:
        """The body of a row."""
        return self._of(Body, row, "body")

    def organisation(self, row: MappedRow) -> int | None:
        """The organisation of a row."""
        return self._of(Organisation, row, "organisation")

    def _of(self, model: type[Body | Organisation], row: MappedRow, name: str) -> int | None:
        text = row.text(name)
        if not text:
            return None
        found = self._names(model).get(fold(text), set())
        if len(found) == 1:
            return next(iter(found))
        if (model, text) not in self._told:
            self._told.add((model, text))
            key, param = FINDINGS[model]
            self.findings.append(Finding(row.place, "note", key, {param: text[:LONGEST_TOLD]}))
        return None

    def _names(self, model: type[Body | Organisation]) -> dict[str, set[int]]:
        if model not in self._known:
            known: dict[str, set[int]] = defaultdict(set)
            for pk, code in model.objects.values_list("pk", "code"):
                known[fold(code)].add(pk)
            for pk, text in Label.objects.filter(kind=model.record_kind()).values_list("object_id", "text"):
                known[fold(text)].add(pk)
            known.pop("", None)
            self._known[model] = known
        return self._known[model]
