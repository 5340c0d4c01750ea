"""Somebody takes another's place in a body, in one transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.bodies.models import Decision, Membership
from interparl.core.actors import Actor
from interparl.core.dates import PartialDate, day_before
from interparl.core.writing import Refused, change
from interparl.directory.models import Person

NEEDS_A_DAY = _("Write the exact day on which the place changes hands.")


def replace_member(
    leaving: Membership, *, person: Person, since: str, decision: Decision | None, note: str, by: User | Actor
) -> Membership:
    """Ends a membership the day before `since` and begins another in the same place; the seat changes hands on one day.

    Returns the new membership. Raises Refused, and changes nothing, when a rule is broken or the day is not exact.
    """
    first = PartialDate.parse(since)
    if first.earliest is None or not first.is_exact:
        raise Refused({"since": [NEEDS_A_DAY]})
    with transaction.atomic():
        with change(leaving, by=by, verb="replaced", note=note) as held:
            planned = held.until
            # Who had left already stays away: the place was vacant until now.
            still_sits = held.until_latest is None or held.until_latest >= first.earliest
            if still_sits:
                held.until = day_before(first.earliest).isoformat()
                held.end_reason = Membership.End.REPLACED
                held.ended_by = decision
        new = Membership(body=leaving.body, part=leaving.part, seat=leaving.seat, person=person, replaces=leaving)
        with change(new, by=by, note=note) as held:
            held.role = leaving.role
            held.since = first.text
            held.until = (planned if still_sits else "") or leaving.part.until or leaving.body.until
            held.decision = decision
            held.start_reason = Membership.Start.REPLACEMENT
            held.mark, held.grade, held.source = leaving.mark, leaving.grade, leaving.source
            held.published_on = leaving.published_on
    return new
