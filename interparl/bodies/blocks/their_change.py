"""What changed elsewhere: the other side, on the page of the country; an organisation that ended, on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.bodies.actions import OrganisationEnd, changes_in
from interparl.bodies.actions.changes_there import WORDS, Changed
from interparl.core.addresses import address, as_of
from interparl.core.blocks import BLOCK_ROWS, Content, Timeline
from interparl.core.dates import PartialDate
from interparl.core.formats import write_partial
from interparl.core.hooks import block_on
from interparl.core.kinds import Ref
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import TimelineItem
from interparl.directory.models import ChamberTerm, Convocation, Country, Election, Office, Organisation


@dataclass(frozen=True)
class ChangedLine:
    """Something that changed there, in words: what, of whom, when, and where it is told."""

    what: str
    name: str
    when: str
    iso: str
    url: str


def told_of(changed: Changed) -> Ref:
    """The record whose label says who or what it was."""
    row = changed.row
    if isinstance(row, Office):
        return "directory.person", row.person_id
    if isinstance(row, Election | ChamberTerm):
        return "directory.chamber", row.chamber_id
    return (Convocation.record_kind(), row.pk)


def changed_lines(changed: Sequence[Changed], reading: Reading) -> list[ChangedLine]:
    """The changes in words; one whose name the reader may not know is left out."""
    reading.want({told_of(one) for one in changed})
    return [
        ChangedLine(
            what=capfirst(str(WORDS[one.what])),
            name=name,
            when=write_partial(one.on, reading.language),
            iso=one.day.isoformat(),
            url=as_of(address(told_of(one)), reading),
        )
        for one in changed
        if (name := reading.name(*told_of(one)))
    ]


@block_on(Country, "their-change", gettext_lazy("Their side has changed"), order=5)
def their_change(country: Country, reading: Reading) -> Content | None:
    """What changed there within a year; each line leads to what follows from it."""
    lines = changed_lines(changes_in(country, reading.day, reading.user)[:BLOCK_ROWS], reading)
    url = as_of(reverse("bodies:country-changed", args=(country.pk,)), reading)
    moments = [
        TimelineItem(line.when, f"{line.what}: {line.name}", iso=line.iso, address=url, side="theirs") for line in lines
    ]
    return Timeline(moments) if moments else None


@block_on(Organisation, "organisation-end", gettext_lazy("Its end"), order=5)
def unfinished_end(organisation: Organisation, reading: Reading) -> Content | None:
    """That not all which ended with the organisation is written, for who may write it; leads to what is missing."""
    is_over = organisation.until_latest is not None and organisation.until_latest < reading.day
    if not is_over or reading.is_past or not organisation.may_change(reading.user):
        return None
    if OrganisationEnd.of(organisation, PartialDate.parse(organisation.until)).is_complete(reading.user):
        return None
    url = address((Organisation.record_kind(), organisation.pk), "end")
    day = write_partial(organisation.until, reading.language)
    return Timeline([TimelineItem(day, _("Not all that ended with it is written: see what is missing"), address=url)])
