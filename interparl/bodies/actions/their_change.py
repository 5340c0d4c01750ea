"""What follows for us when the other side has changed: letters, and groups there that ended with their convocation.

It is proposed, and written only as far as it was chosen, as one batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.bodies.actions.changes_there import CONVOCATION, SPEAKER, WINDOW, Changed, changes_in, parliaments_of
from interparl.bodies.actions.ending import BodiesEnd, by_reader, refuse_foreign
from interparl.bodies.actions.letters import letters_to
from interparl.bodies.models import Body, LetterDue, Membership, Part
from interparl.core.dates import PartialDate
from interparl.core.rights import Reader
from interparl.core.writing import Planned, Refused
from interparl.directory.models import Convocation, Country, Office, Parliament
from interparl.exchange.actions import DEEDS, Deed, about, written_as_batch
from interparl.exchange.models import Batch

KIND = "their-change"
DEEDS[KIND] = Deed(_("Change on the other side"), "bodies.change_letterdue")
MEANWHILE = _("Part of what you chose was done or changed meanwhile. Nothing was written; look at it again.")
NOTHING_CHOSEN = _("Nothing was chosen.")
About = LetterDue.About


@dataclass(frozen=True)
class ProposedLetter:
    """A letter that follows; `existing` is the one that is due or was sent already."""

    key: str
    about: str
    parliament: Parliament
    convocation: Convocation | None
    since: date
    existing: LetterDue | None


@dataclass(frozen=True)
class ProposedEnd:
    """A group there, or their part in a body of both sides, that goes on though its convocation has ended."""

    key: str
    host: Body | Part
    convocation: Convocation
    ends: BodiesEnd


@dataclass(frozen=True)
class TheirChange:
    """What changed on the side of a country, and what follows; `lapsed` groups there have ended, `ours` go on."""

    country: Country
    day: date
    changed: list[Changed]
    letters: list[ProposedLetter]
    ends: list[ProposedEnd]
    lapsed: list[Body]
    ours: list[Body]

    @classmethod
    def of(cls, country: Country, day: date, reader: Reader) -> TheirChange:
        """What this reader may know of it."""
        changed = changes_in(country, day, reader)
        parliaments = {one.pk: one for one in parliaments_of(country, reader)}
        bodies, home = Body.objects.visible_to(reader).about(country, reader), Parliament.objects.home()
        ours = bodies.with_part_of(home, reader) if home else bodies.none()
        ended = bodies.exclude(pk__in=ours.values("pk")).filter(until_latest__lt=day, until_latest__gt=day - WINDOW)
        return cls(
            country,
            day,
            changed,
            list(_letters(changed, parliaments, day, reader)),
            list(_ends(list(parliaments), day, reader)),
            list(ended.order_by("-until_latest", "pk")),
            list(ours.on(day).order_by("kind", "pk")),
        )

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed there and nothing is left to do."""
        return not (self.changed or self.ends)

    def keys(self) -> set[str]:
        """What may be chosen."""
        return {one.key for one in self.letters if one.existing is None} | {one.key for one in self.ends}


def _letters(
    changed: Sequence[Changed], parliaments: Mapping[int, Parliament], day: date, reader: Reader
) -> Iterator[ProposedLetter]:
    """Congratulations to each new speaker who is still there, and a letter to each new convocation."""
    written = LetterDue.objects.visible_to(reader).filter(
        parliament__in=parliaments, about__in=(About.SPEAKER, About.ELECTION)
    )
    there = [one for one in written.order_by("-due_on", "-pk") if one.state != LetterDue.State.DROPPED]
    told: set[str] = set()
    for one in changed:
        if isinstance(one.row, Office) and one.what == SPEAKER and one.row.holds_on(day) != "no":
            key, subject, convocation = f"speaker-{one.parliament}", About.SPEAKER, None
        elif isinstance(one.row, Convocation) and one.what == CONVOCATION:
            key, subject, convocation = f"election-{one.row.pk}", About.ELECTION, one.row
        else:
            continue
        if key in told or one.parliament not in parliaments:
            continue
        told.add(key)
        same = [
            letter
            for letter in there
            if (letter.parliament_id, letter.about, letter.convocation_id)
            == (one.parliament, subject, convocation.pk if convocation else None)
            and letter.due_on >= one.day
        ]
        yield ProposedLetter(key, subject, parliaments[one.parliament], convocation, one.day, next(iter(same), None))


def _ends(theirs: Sequence[int], day: date, reader: Reader) -> Iterator[ProposedEnd]:
    """Groups there and parts of theirs that go on though the convocation that they belong to has ended."""
    over = Q(convocation__parliament__in=theirs, convocation__until_latest__lt=day)
    goes_on = Q(until_latest__isnull=True) | Q(until_latest__gt=F("convocation__until_latest"))
    bodies = Body.objects.visible_to(reader).filter(over, goes_on).select_related("convocation").order_by("pk")
    for body in bodies:
        if body.convocation:
            last = PartialDate.parse(body.convocation.until)
            yield ProposedEnd(f"body-{body.pk}", body, body.convocation, BodiesEnd.of([body], last))
    parts = Part.objects.visible_to(reader).filter(over, goes_on, parliament__in=theirs)
    for part in parts.exclude(body__in=bodies.values("pk")).select_related("convocation", "body").order_by("pk"):
        if part.convocation:
            last = PartialDate.parse(part.convocation.until)
            yield ProposedEnd(f"part-{part.pk}", part, part.convocation, BodiesEnd.of([], last, [part]))


@transaction.atomic
def write_their_change(
    country: Country, day: date, chosen: Collection[str], *, due_on: date, note: str = "", by: User
) -> Batch:
    """Writes the letters and ends that were chosen as one batch, which can be taken back.

    Raises Refused, with nothing written: nothing or something else than what is offered now was chosen, it is not the
    user's to write, or a rule stands against it.
    """
    # Of two who choose the same at once the second sees what the first has written.
    held = Country.objects.select_for_update().get(pk=country.pk)
    plan = TheirChange.of(held, day, by)
    if not chosen:
        raise Refused(str(NOTHING_CHOSEN))
    if not set(chosen) <= plan.keys():
        raise Refused(str(MEANWHILE))
    letters = [row for one in plan.letters if one.key in chosen for row in _planned(one, day, due_on, by)]
    if len(letters) != sum(one.key in chosen for one in plan.letters):
        raise Refused(str(MEANWHILE))
    ends = [one.ends for one in plan.ends if one.key in chosen]
    refuse_foreign([row for end in ends for row in end.rows] + [row.record for row in letters], by)
    rows = [row for end in ends for row in end.planned(reason=Membership.End.TERM)]
    known, unseen = by_reader([*letters, *rows], by)
    return written_as_batch(
        KIND,
        about(Country.record_kind(), country.pk),
        known,
        unseen=unseen,
        by=by,
        note=note,
        counts={"letters": len(letters), "ended": len(ends)},
    )


def _planned(one: ProposedLetter, day: date, due_on: date, by: User) -> list[Planned]:
    return letters_to(
        [one.parliament],
        about=one.about,
        due_on=due_on,
        on=day,
        by=by,
        convocation=one.convocation,
        since=one.since,
    )
