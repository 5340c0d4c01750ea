"""Texts of rows by their languages: those of the languages used here; where there is none, what there is."""

from __future__ import annotations

from django.conf import settings

from interparl.core.translated import languages
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.cleaning import clean_line

LONGEST_TOLD = 200


class Texts:
    """Reads texts of one file; keeps which languages were left out."""

    def __init__(self, language: str) -> None:
        self.language = language or settings.LANGUAGE_CODE
        self._kept = {*languages(), self.language}
        self._left: set[str] = set()

    def every(self, row: MappedRow, name: str, *, is_long: bool = False) -> dict[str, str]:
        """The first text of the field in each language; where one column tells no language, that of the file."""
        found: dict[str, str] = {}
        for value in row.every(name):
            text = value.text if is_long else clean_line(value.text)
            found.setdefault(value.column.language or self.language, text)
        kept = {code: text for code, text in found.items() if code in self._kept and text}
        kept = kept or dict(list(found.items())[:1])
        self._left |= found.keys() - kept.keys()
        return kept

    @property
    def findings(self) -> list[Finding]:
        """Which languages were left out, told once."""
        if not self._left:
            return []
        return [Finding("", "note", "languages_left", {"languages": ", ".join(sorted(self._left))[:LONGEST_TOLD]})]
