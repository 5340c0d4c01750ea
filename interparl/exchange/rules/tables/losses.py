"""Letters that were lost before a file came here: told for each cell, never guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from interparl.exchange.rules.findings import Finding, Findings, Json
from interparl.exchange.rules.tables.table import TableRow
from interparl.exchange.rules.unpacking import REPLACEMENT

# A question mark within a word, before one, or several alone stand where an encoding had no letter.
_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]|(?:^|[-\s(«“\"])\?+[^\W\d_]{2}|\?{3,}")
_LIKELY = re.compile(r"[^\W\d_]\?(?:\W|$)|(?:^|\s)\?[^\W\d_]?(?:\W|$)")
_ADDRESS = re.compile(r"://|www\.|mailto:|\w\.\w+/")
# UTF-8 read as Windows-1252 or Windows-1251 and written anew.
_TWICE = re.compile(
    "[ÂÃÄÅÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?:[РС][\u0080-\u00bf°±‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Їµ¶·№є»јЅѕї]){2}"
)
_LONGEST_SHOWN = 60
_MOST_OF_A_KIND = 500


def note_losses(rows: Sequence[TableRow], findings: Findings) -> None:
    """Tells of cells with letters that are lost or were encoded twice.

    A question mark at the end of a word is a lost letter only in a column where others are certain.
    """
    columns = {heading for row in rows for heading, cell in row.cells.items() if _is_lost(cell)}
    for row in rows:
        for heading, cell in row.cells.items():
            if not isinstance(cell, str) or not cell:
                continue
            if heading in columns and (
                _is_lost(cell) or ("?" in cell and _LIKELY.search(cell) and not _is_address(cell))
            ):
                findings.add(row.place, "note", "letters_lost", field=heading, value=cell[:_LONGEST_SHOWN])
            elif not cell.isascii() and _TWICE.search(cell):
                findings.add(row.place, "note", "encoded_twice", field=heading, value=cell[:_LONGEST_SHOWN])


def _is_lost(cell: Json) -> bool:
    if not isinstance(cell, str):
        return False
    return REPLACEMENT in cell or ("?" in cell and bool(_LOST.search(cell)) and not _is_address(cell))


def _is_address(cell: str) -> bool:
    return _ADDRESS.search(cell) is not None


def capped(findings: Findings) -> tuple[Finding, ...]:
    """The findings; of a kind of note of which there are very many, the first, and how many more there are."""
    kept, times = [], Counter[str]()
    for finding in findings.found:
        times[finding.key] += 1
        if finding.level != "note" or times[finding.key] <= _MOST_OF_A_KIND:
            kept.append(finding)
    levels = {finding.key: finding.level for finding in findings.found}
    for key, count in times.items():
        if levels[key] == "note" and count > _MOST_OF_A_KIND:
            first = next(one for one in findings.found if one.key == key)
            kept.append(Finding("", "note", "more_alike", {"count": count - _MOST_OF_A_KIND, "place": first.place}))
    return tuple(kept)
