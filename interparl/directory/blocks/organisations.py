"""Blocks of organisations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from interparl.core.addresses import address
from interparl.core.blocks import BLOCK_ROWS, Content, Rows
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.translated import text_in
from interparl.directory.blocks.parts import change_move, may_add, span_words
from interparl.directory.models import (
    Organisation,
    Rank,
    Status,
)

STATUSES: Columns[Status] = Columns(
    (
        Column(
            "parliament",
            gettext_lazy("Parliament"),
            lambda s, r: r.name("directory.parliament", s.parliament_id),
            refs=lambda s: [("directory.parliament", s.parliament_id)],
            address=lambda s: address(("directory.parliament", s.parliament_id)),
        ),
        Column("status", gettext_lazy("Status"), lambda s, r: r.choice(s, "status"), kind="choice"),
        Column(
            "span", gettext_lazy("Time"), lambda s, r: span_words(s, r), second=lambda s, r: text_in(s.note, r.language)
        ),
    ),
    moves=change_move,
)


@block_on(
    Organisation,
    "statuses",
    gettext_lazy("Statuses over time"),
    order=20,
    gap=gettext_lazy("No status in it is known."),
)
def statuses_in(organisation: Organisation, reading: Reading) -> Content:
    """What parliaments have been in it, the latest first."""
    found = Status.objects.visible_to(reading.user).filter(organisation=organisation).order_by("-since_earliest", "-pk")
    return Rows(
        Table.of(STATUSES, found, reading, limit=20),
        add=may_add("directory.status", reading, organisation=organisation.pk),
    )


RANKS: Columns[Rank] = Columns(
    (
        Column("importance", gettext_lazy("Importance"), lambda k, r: r.choice(k, "importance"), kind="choice"),
        Column("order", gettext_lazy("Order"), lambda k, r: k.order, kind="number"),
        Column("span", gettext_lazy("Time"), lambda k, r: span_words(k, r)),
    ),
    moves=change_move,
)


@block_on(Organisation, "ranks", gettext_lazy("Importance to us"), order=30)
def ranks_of(organisation: Organisation, reading: Reading) -> Content | None:
    """How important it has been."""
    found = Rank.objects.visible_to(reading.user).filter(organisation=organisation).order_by("-since_earliest", "-pk")
    table = Table.of(RANKS, found, reading, limit=BLOCK_ROWS)
    add = may_add("directory.rank", reading, organisation=organisation.pk)
    return Rows(table, add=add) if len(table) or add else None
