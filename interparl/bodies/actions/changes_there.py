"""What changed on the side of a country within the twelve months up to a day, as far as a reader may know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.core.dates import PartialDate, bounds_of
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.directory.models import Chamber, ChamberTerm, Convocation, Country, Election, Office, Parliament

WINDOW = timedelta(days=365)
SPEAKER, SPEAKER_LEFT, ELECTION = "speaker", "speaker-left", "election"
CONVOCATION, DISSOLVED, TERM, TERM_ENDED = "convocation", "dissolved", "term", "term-ended"
WORDS: dict[str, Promise] = {
    SPEAKER: _("new speaker"),
    SPEAKER_LEFT: _("the speaker left"),
    ELECTION: _("election held"),
    CONVOCATION: _("new convocation"),
    DISSOLVED: _("the convocation ended"),
    TERM: _("a chamber began its term"),
    TERM_ENDED: _("the term of a chamber ended"),
}


@dataclass(frozen=True)
class Changed:
    """Something that changed there: what, on which day (a partial date), in which row, of which parliament."""

    what: str
    on: str
    row: Record
    parliament: int

    @property
    def day(self) -> date:
        """The earliest day that it may have been."""
        return bounds_of(self.on)[0] or date.min


def parliaments_of(country: Country, reader: Reader) -> list[Parliament]:
    """The parliaments of the other side; ours is none of them."""
    return [one for one in Parliament.objects.known_of(country, reader) if not one.is_ours]


def changes_in(country: Country, day: date, reader: Reader) -> list[Changed]:
    """What changed there, the latest first."""
    theirs = [one.pk for one in parliaments_of(country, reader)]
    if not theirs:
        return []
    found = [*_speakers(theirs, reader), *_elections(theirs, reader), *_convocations(theirs, reader)]
    recent = [one for one in found if day - WINDOW < one.day <= day]
    return sorted(recent, key=lambda one: (one.day, one.what, one.row.pk), reverse=True)


def _speakers(theirs: Sequence[int], reader: Reader) -> Iterator[Changed]:
    """Speakers who came, and those who left and whom nobody followed."""
    chambers = Chamber.objects.visible_to(reader).filter(parliament__in=theirs)
    offices = Office.objects.visible_to(reader).filter(kind=Office.Kind.SPEAKER, chamber__in=chambers.values("pk"))
    every = list(offices.select_related("chamber").order_by("since_earliest", "pk"))
    for office in every:
        parliament = office.chamber.parliament_id if office.chamber else 0
        if office.since:
            yield Changed(SPEAKER, office.since, office, parliament)
        if office.until and not any(_follows(other, office) for other in every):
            yield Changed(SPEAKER_LEFT, _after(office.until), office, parliament)


def _follows(other: Office, office: Office) -> bool:
    """Whether the other speaker of the same chamber came when this one left, or later."""
    if other.pk == office.pk or other.chamber_id != office.chamber_id or other.since_earliest is None:
        return False
    return office.until_earliest is None or other.since_earliest >= office.until_earliest


def _elections(theirs: Sequence[int], reader: Reader) -> Iterator[Changed]:
    found = Election.objects.visible_to(reader).filter(chamber__parliament__in=theirs).select_related("chamber")
    for election in found.order_by("pk"):
        yield Changed(ELECTION, election.held_on, election, election.chamber.parliament_id)


def _convocations(theirs: Sequence[int], reader: Reader) -> Iterator[Changed]:
    """Convocations that began, or ended and nothing followed; and terms of chambers that have days of their own."""
    convocations = list(Convocation.objects.visible_to(reader).filter(parliament__in=theirs).order_by("pk"))
    by_key = {one.pk: one for one in convocations}
    for one in convocations:
        if one.since:
            yield Changed(CONVOCATION, one.since, one, one.parliament_id)
        if one.until and not any(_begins_then(other, one) for other in convocations):
            yield Changed(DISSOLVED, _after(one.until), one, one.parliament_id)
    if not by_key:
        return
    for term in ChamberTerm.objects.visible_to(reader).filter(convocation__in=by_key).order_by("pk"):
        whole = by_key[term.convocation_id]
        if term.since and term.since != whole.since:
            yield Changed(TERM, term.since, term, whole.parliament_id)
        if term.until and term.until != whole.until:
            yield Changed(TERM_ENDED, _after(term.until), term, whole.parliament_id)


def _begins_then(other: Convocation, one: Convocation) -> bool:
    """Whether the other convocation of the parliament begins on the day after this one, or the same day."""
    if other.pk == one.pk or other.parliament_id != one.parliament_id:
        return False
    if other.since_earliest is None or one.until_latest is None:
        return False
    return one.until_earliest is not None and one.until_earliest <= other.since_earliest <= _next(one.until_latest)


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _after(until: str) -> str:
    """The day from which something that lasted until then is no more; of a partial date, the date itself."""
    known = PartialDate.parse(until)
    return _next(known.earliest).isoformat() if known.is_exact and known.earliest else until
