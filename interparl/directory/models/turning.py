"""From one convocation to the next: which ends, on which day for each chamber (design 2.3, 2.15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interparl.core.dates import bounds_of, day_before
from interparl.core.rights import Reader
from interparl.directory.models.parliaments import ChamberTerm, Convocation


class NotReady(ValidationError):
    """A convocation cannot take over as things stand; says what is missing, and where."""


@dataclass(frozen=True)
class Turn:
    """Two convocations of a parliament, one after the other, and the last day of each chamber in the one that ends."""

    ending: Convocation
    beginning: Convocation
    last: Mapping[int, date] = field(default_factory=dict)
    last_of_all: date = date.min

    def last_day(self, chamber: int | None = None) -> date:
        """The last day of that chamber; of both together the earlier one (design 2.15)."""
        return self.last.get(chamber or 0) or min(self.last.values(), default=self.last_of_all)

    @property
    def first_day(self) -> date:
        """The day on which the new one begins."""
        return _exact(self.beginning.since) or date.max


def turn_to(beginning: Convocation, reader: Reader) -> Turn:
    """The turn to this convocation from the one before it; raises NotReady."""
    first = _exact(beginning.since)
    if first is None:
        raise NotReady(_("Write the exact day on which “%(name)s” begins.") % {"name": beginning})
    known = Convocation.objects.visible_to(reader).filter(parliament=beginning.parliament_id)
    earlier = known.filter(since_earliest__lt=first).exclude(pk=beginning.pk)
    ending = earlier.order_by("since_earliest", "pk").last()
    if ending is None:
        raise NotReady(_("No convocation of this parliament is known before “%(name)s”.") % {"name": beginning})
    if ending.until_earliest is not None and ending.until_earliest >= first:
        words = {"name": beginning, "earlier": ending}
        raise NotReady(_("“%(name)s” begins before “%(earlier)s” has ended. Mend the days of one of them.") % words)
    return _with_days(ending, beginning, first, reader)


def turn_between(ending: int, beginning: int, reader: Reader) -> Turn:
    """The same turn, of two convocations known by their keys."""
    found = Convocation.objects.in_bulk([ending, beginning])
    return _with_days(found[ending], found[beginning], _exact(found[beginning].since) or date.max, reader)


def _with_days(ending: Convocation, beginning: Convocation, first: date, reader: Reader) -> Turn:
    """With the last day of each chamber: its own, else the day before its new term or before the new convocation."""
    terms = list(ChamberTerm.objects.visible_to(reader).filter(convocation__in=(ending.pk, beginning.pk)))
    new = {term.chamber_id: _exact(term.since) for term in terms if term.convocation_id == beginning.pk}
    last = {
        term.chamber_id: _exact(term.until) or day_before(new.get(term.chamber_id) or first)
        for term in terms
        if term.convocation_id == ending.pk
    }
    return Turn(ending, beginning, last, _exact(ending.until) or day_before(first))


def _exact(text: str) -> date | None:
    """The day that a text names, when it names one."""
    earliest, latest = bounds_of(text)
    return earliest if earliest == latest else None
