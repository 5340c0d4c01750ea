"""An organisation ends: what ends with it on that day, what had ended, and what stays; written as one batch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.bodies.actions.ending import BodiesEnd, Rows, by_reader, refuse_foreign
from interparl.bodies.models import Body, Decision, LetterDue, Membership
from interparl.core.dates import PartialDate
from interparl.core.days import today
from interparl.core.records import Record
from interparl.core.rights import Reader
from interparl.core.writing import Planned, Refused
from interparl.directory.models import Office, Organisation, Rank, Relation, Status
from interparl.exchange.actions import DEEDS, Deed, about, written_as_batch
from interparl.exchange.models import Batch

KIND = "organisation-end"
DEEDS[KIND] = Deed(_("End of an organisation"), "directory.change_organisation")
MEANWHILE = _("What ends with it has changed since this page was shown. Nothing was written; look at it again.")


@dataclass
class OrganisationEnd:
    """What ends with an organisation on its last day, whoever may know of it: pages show what `seen` leaves."""

    organisation: Organisation
    last: PartialDate
    bodies: BodiesEnd
    statuses: Rows[Status]
    ranks: Rows[Rank]
    offices: Rows[Office]
    relations: Rows[Relation]
    letters: list[LetterDue] = field(default_factory=list)

    @classmethod
    def of(cls, organisation: Organisation, last: PartialDate) -> OrganisationEnd:
        """Looks at all that hangs on the organisation."""
        return cls(
            organisation,
            last,
            BodiesEnd.of(list(Body.objects.filter(organisation=organisation).order_by("kind", "pk")), last),
            Rows.by_day(Status.objects.filter(organisation=organisation).order_by("pk"), last),
            Rows.by_day(Rank.objects.filter(organisation=organisation).order_by("pk"), last),
            Rows.by_day(Office.objects.filter(organisation=organisation).order_by("pk"), last),
            Rows.by_day(Relation.objects.filter(organisation=organisation).order_by("pk"), last),
            list(LetterDue.objects.waiting().filter(organisation=organisation).order_by("due_on", "pk")),
        )

    @property
    def is_ended(self) -> bool:
        """Whether its end is written already, on that day or before it."""
        until = self.organisation.until_latest
        return until is not None and self.last.latest is not None and until <= self.last.latest

    @property
    def groups(self) -> list[Rows[Any]]:
        """Every kind of dated row that hangs on it."""
        of_bodies = self.bodies
        return [
            of_bodies.bodies,
            of_bodies.parts,
            of_bodies.memberships,
            self.statuses,
            self.ranks,
            self.offices,
            self.relations,
        ]

    def touches_anything(self, reader: Reader) -> bool:
        """Whether its end is more than its own last day, as far as the reader may know."""
        hanging = [row for group in self.groups for row in (*group.ending, *group.ended, *group.later)]
        return any(row.is_open_to(reader) for row in (*self.letters, *hanging))

    def is_complete(self, reader: Reader) -> bool:
        """Whether nothing is left to be written, as far as the reader may know."""
        return self.is_ended and not any(row.is_open_to(reader) for row in (*self.rows(), *self.bodies.seats))

    def rows(self) -> list[Record]:
        """The stored rows that would change, beside the organisation itself."""
        return [*(row for group in self.groups for row in group.ending), *self.letters]

    def digest(self, user: Reader) -> str:
        """What this user was shown, in a word: the day, and each row that changes as it stands."""
        rows = [(row.record_kind(), row.pk, row.effective_mark) for row in self.rows() if row.is_open_to(user)]
        seats = [one.pk for one in self.bodies.seats if one.is_open_to(user)]
        return hashlib.sha256(repr((self.last.text, rows, seats, self.is_ended)).encode()).hexdigest()[:32]

    def planned(self, decision: Decision | None) -> list[Planned]:
        """The rows to write."""
        ends: dict[str, Any] = {"until": self.last.text}
        dated: Sequence[Rows[Any]] = (self.statuses, self.ranks, self.offices, self.relations)
        settled = {"state": LetterDue.State.DROPPED, "settled_on": today().isoformat()}
        return [
            *self.bodies.planned(reason=Membership.End.BODY, decision=decision),
            *(Planned(row, ends) for group in dated for row in group.ending),
            *(Planned(letter, settled) for letter in self.letters),
            *([] if self.is_ended else [Planned(self.organisation, ends)]),
        ]


@transaction.atomic
def end_organisation(
    organisation: Organisation, last: PartialDate, *, decision: Decision | None, note: str, seen: str, by: User
) -> Batch:
    """Writes the end of the organisation and of all that ends with it as one batch, which can be taken back.

    `seen` is the digest of what was shown. Raises Refused, with nothing written: it has changed since, something that
    the user knows is not his to change, or a rule stands against it. What he may not know of ends as well, unseen.
    """
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    plan = OrganisationEnd.of(held, last)
    if plan.digest(by) != seen:
        raise Refused(str(MEANWHILE))
    refuse_foreign([*plan.rows(), held], by)
    known, unseen = by_reader(plan.planned(decision), by)
    return written_as_batch(
        KIND,
        about(Organisation.record_kind(), held.pk),
        known,
        unseen=unseen,
        by=by,
        verb="ended",
        note=note,
        counts={"rows": len(known)},
    )
