"""Columns that several registers share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from interparl.core.columns import NOTE, link_column, name_column, source_fact, text_fact
from interparl.core.tables import Column, Reading
from interparl.core.translated import texts_of
from interparl.directory.blocks.parts import span_words

__all__ = [
    "NOTE",
    "SINCE",
    "TIME",
    "UNTIL",
    "link_column",
    "name_column",
    "other_names",
    "source_fact",
    "text_fact",
]


SINCE: Column[Any] = Column(
    "since", gettext_lazy("From"), lambda row, r: row.since, kind="partial", sort="since_earliest"
)
UNTIL: Column[Any] = Column("until", gettext_lazy("To"), lambda row, r: row.until, kind="partial", sort="until_latest")
TIME: Column[Any] = Column("time", gettext_lazy("Time"), lambda row, r: span_words(row, r))


def other_names(value: Any, reading: Reading) -> str:
    """The words in the languages that the reader does not read."""
    return " · ".join(text for code, text in texts_of(value).items() if code != reading.language)
