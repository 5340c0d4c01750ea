"""Lists of a body that go out: frozen, numbered, never changed."""

from __future__ import annotations

from datetime import date

from interparl.accounts.models import User
from interparl.bodies.models import Body
from interparl.core.actors import Actor
from interparl.documents.actions import Frozen, release
from interparl.documents.models import Edition


def release_composition(
    body: Body,
    frozen: Frozen,
    *,
    as_of: date,
    sent_to: str = "",
    reason: str = "",
    is_published: bool = False,
    again: bool = False,
    by: User | Actor,
) -> Edition:
    """Keeps the composition, frozen by `bodies.blocks.freezing`, as the next edition of the body’s list.

    Raises Refused when nothing has changed since the last one, unless `again` is asked for.
    """
    return release(
        body,
        frozen,
        what=Edition.What.COMPOSITION,
        as_of=as_of,
        sent_to=sent_to,
        reason=reason,
        is_published=is_published,
        again=again,
        by=by,
    )
