"""Lists of an event that go out: programme, agenda, participants; frozen, numbered, never changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.writing import Refused
from interparl.documents.actions import Frozen, release
from interparl.documents.models import Edition
from interparl.meetings.models import Event

MEANWHILE = _(
    "Edition %(number)s was released meanwhile, by somebody else or in another window. Nothing of yours is lost:"
    " look at what changed since, then release yours as the next one."
)


def last_number(event: Event, what: str) -> int:
    """The number of the last edition of that list of the event; 0 when there is none."""
    own = Edition.objects.about(event.record_kind(), event.pk).filter(what=what)
    return own.order_by("-number").values_list("number", flat=True).first() or 0


def release_list(
    event: Event,
    frozen: Frozen,
    *,
    what: str,
    as_of: date,
    after: int | None = None,
    participants: Frozen | None = None,
    sent_to: str = "",
    reason: str = "",
    is_published: bool = False,
    again: bool = False,
    by: User | Actor,
) -> Edition:
    """Keeps the list, frozen by `blocks.freezing`, as the next edition, and the participants with a programme.

    `after` is the number of the last edition that was known when the list was looked at. Raises Refused when another
    one was released since, or when nothing has changed since the last one, unless `again` is asked for.
    """
    with transaction.atomic():
        type(event)._base_manager.select_for_update().get(pk=event.pk)
        last = last_number(event, what)
        if after is not None and last != after:
            raise Refused([MEANWHILE % {"number": last}])
        told: dict[str, Any] = {"as_of": as_of, "sent_to": sent_to, "reason": reason, "by": by}
        edition = release(event, frozen, what=what, is_published=is_published, again=again, **told)
        if participants is not None and participants.content["rows"]:
            release(event, participants, what=Edition.What.PARTICIPANTS, again=True, **told)
    return edition
