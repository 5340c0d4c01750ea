"""What blocks of the directory share: spans in words, and where rows are added and changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from interparl.core.addresses import address, new_address
from interparl.core.formats import write_span
from interparl.core.kinds import model_of
from interparl.core.records import Dated, Record
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link


def span_words(record: Dated, reading: Reading) -> str:
    """From when to when, in words; "approximate" when the day that is read lies in the doubt."""
    words = write_span(record.since, record.until, reading.language)
    if record.holds_on(reading.day) == "approximate":
        return f"{words}, {_('approximate')}" if words else _("approximate")
    return words


def may_add(kind: str, reading: Reading, **initial: object) -> str:
    """The address of a form for a new row of these relations, for who may add one, on today's page only."""
    model: type[Record] = model_of(kind)
    draft = model(**{f"{name}_id": value for name, value in initial.items()})
    if reading.is_past or not draft.may_do("add", reading.user):
        return ""
    return new_address(kind, **{name: str(value) for name, value in initial.items()})


def edit_link(record: Dated) -> str:
    """Where a child row is changed."""
    return address((record.record_kind(), record.pk), "edit")


def change_move(record: Dated, reading: Reading) -> list[Link]:
    """The way to change a child row, for who may, on today's page only."""
    if reading.is_past or not record.may_change(reading.user):
        return []
    return [Link(_("Change"), edit_link(record))]
