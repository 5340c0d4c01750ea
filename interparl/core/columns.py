"""Columns and facts that the registers of several areas share."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.kinds import model_of
from interparl.core.tables import Column, Reading, Words
from interparl.core.titles import load_titles
from interparl.core.translated import shown, text_in


def name_column(kind: str, label: Words = "") -> Column[Any]:
    """The label of the row's own record, linked, sorted by it; called "Name" unless said otherwise."""
    return Column(
        "label",
        label or gettext_lazy("Name"),
        lambda row, r: r.name(kind, row.pk),
        sort="label",
        refs=lambda row: [(kind, row.pk)],
        address=lambda row: address((kind, row.pk)),
        spoken=lambda row, r: r.spoken(kind, row.pk),
    )


def link_column(key: str, label: Words, kind: str, field: str, sort: str = "") -> Column[Any]:
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


def whole_column(key: str, label: Words) -> Column[Any]:
    """The record of any kind that the row hangs on, linked; one without a label is called by what tells it apart."""
    return Column(
        key,
        label,
        lambda row, r: r.name(*row.whole) if row.whole else "",
        refs=lambda row: [row.whole] if row.whole else [],
        load=_load_titles,
        address=lambda row: address(row.whole) if row.whole else "",
        spoken=lambda row, r: r.spoken(*row.whole) if row.whole else "",
    )


def _load_titles(rows: Sequence[Any], reading: Reading) -> None:
    """Of what has a label it came with those of the other columns."""
    wholes = {row.whole for row in rows if row.whole}
    load_titles({ref for ref in wholes if not model_of(ref[0]).labelled}, reading)


def source_fact() -> Column[Any]:
    """Where the record was read, and how well it is known when that is not a stated fact."""
    return Column(
        "source",
        gettext_lazy("Source"),
        lambda row, r: text_in(found.title, r.language) if (found := r.seen(row.source)) else "",
        second=lambda row, r: found.licence if (found := r.seen(row.source)) else "",
    )


def text_fact(key: str, label: Words) -> Column[Any]:
    """A translated value, with its language when it is not the reader's."""
    return Column(
        key,
        label,
        lambda row, r: shown(getattr(row, key), r.language).text,
        spoken=lambda row, r: shown(getattr(row, key), r.language).language,
    )


NOTE = text_fact("note", gettext_lazy("Note"))
