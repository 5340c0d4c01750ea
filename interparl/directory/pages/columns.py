"""Columns that several registers share."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.tables import Column, Reading
from interparl.core.translated import shown, text_in, texts_of
from interparl.directory.blocks.parts import span_words


def name_column(kind: str) -> Column[Any]:
    """The label of the row's own record, linked, sorted by it."""
    return Column(
        "label",
        gettext_lazy("Name"),
        lambda row, r: r.name(kind, row.pk),
        sort="label",
        refs=lambda row: [(kind, row.pk)],
        address=lambda row: address((kind, row.pk)),
        spoken=lambda row, r: r.spoken(kind, row.pk),
    )


def link_column(key: str, label: Any, kind: str, field: str, sort: str = "") -> Column[Any]:
    """The label of a record that the row points to, linked."""
    of = attrgetter(f"{field}_id")
    return Column(
        key,
        label,
        lambda row, r: r.name(kind, of(row)),
        sort=sort,
        refs=lambda row: ((kind, found),) if (found := of(row)) else (),
        address=lambda row: address((kind, of(row))),
    )


SINCE: Column[Any] = Column(
    "since", gettext_lazy("From"), lambda row, r: row.since, kind="partial", sort="since_earliest"
)
UNTIL: Column[Any] = Column("until", gettext_lazy("To"), lambda row, r: row.until, kind="partial", sort="until_latest")
TIME: Column[Any] = Column("time", gettext_lazy("Time"), lambda row, r: span_words(row, r))


def source_fact(field: str = "source") -> Column[Any]:
    """Where the record was read, and how well it is known when that is not a stated fact."""
    return Column(
        "source",
        gettext_lazy("Source"),
        lambda row, r: text_in(found.title, r.language) if (found := r.seen(row.source)) else "",
        second=lambda row, r: found.licence if (found := r.seen(row.source)) else "",
    )


def text_fact(key: str, label: Any) -> Column[Any]:
    """A translated value, with its language when it is not the reader's."""
    return Column(
        key,
        label,
        lambda row, r: shown(getattr(row, key), r.language).text,
        spoken=lambda row, r: shown(getattr(row, key), r.language).language,
    )


def other_names(value: Any, reading: Reading) -> str:
    """The words in the languages that the reader does not read."""
    return " · ".join(text for code, text in texts_of(value).items() if code != reading.language)


NOTE = text_fact("note", gettext_lazy("Note"))
