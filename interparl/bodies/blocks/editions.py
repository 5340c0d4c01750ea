"""Editions of a body's list on its page: the last few, and whether the composition differs from the last one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.bodies.blocks.freezing import changes_since
from interparl.bodies.models import Body
from interparl.core.addresses import address, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Rows
from interparl.core.hooks import block_on
from interparl.core.rights import Reader
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.documents.blocks import changes_words
from interparl.documents.models import Edition

EDITION, BODY = Edition.record_kind(), Body.record_kind()
VIEW = "documents.view_edition"

EDITIONS: Columns[Edition] = Columns(
    (
        Column(
            "number",
            gettext_lazy("Edition"),
            lambda e, r: e.number,
            address=lambda e: address((EDITION, e.pk)),
            second=lambda e, r: "" if e.standing == Edition.Standing.RELEASED else r.choice(e, "standing"),
        ),
        Column("released_on", gettext_lazy("Released on"), lambda e, r: e.released_on, kind="date"),
        Column("as_of", gettext_lazy("List as of"), lambda e, r: e.as_of, kind="date"),
        Column("sent_to", gettext_lazy("Sent to"), lambda e, r: e.sent_to),
    )
)


def release_address(body: Body, reading: Reading) -> str:
    """Where a list of the body is released, for who may; "" on the page of a past day."""
    draft = Edition(kind=BODY, object_id=body.pk)
    may = not reading.is_past and draft.may_do("add", reading.user)
    return reverse("bodies:body-release", args=(body.pk,)) if may else ""


def last_in_force(body: Body, reading: Reading) -> Edition | None:
    """The last edition that stood on the day and that the reader may know of; asked once a page."""
    key = ("last edition", body.pk)
    if key not in reading.memo:
        known = compositions_of(reading.user).filter(object_id=body.pk).by(reading.day).in_force()
        reading.memo[key] = known.order_by("-number").first()
    found: Edition | None = reading.memo[key]
    return found


def compositions_of(reader: Reader) -> Any:
    """The editions of compositions that the reader may know of."""
    return Edition.objects.visible_to(reader).of(BODY, Edition.What.COMPOSITION)


@block_on(Body, "editions", gettext_lazy("Editions"), order=5)
def editions_of(body: Body, reading: Reading) -> Content | None:
    """The last editions of the list that were out by the day, and how many changes there are since the last."""
    if not isinstance(reading.user, User) or not reading.user.rights.may(VIEW):
        return None
    found = compositions_of(reading.user).filter(object_id=body.pk).by(reading.day).order_by("-number")
    table = Table.of(EDITIONS, found, reading, limit=BLOCK_ROWS)
    add = release_address(body, reading)
    if not table.rows:
        return Rows(table, add=add, adding=gettext_lazy("Release a list…")) if add else None
    said = ""
    if last := last_in_force(body, reading):
        number = changes_since([last], {body.pk: body}, reading)[body.pk].number
        said = changes_words(number, last.number)
    more = list_address(EDITION, of=f"{BODY}-{body.pk}")
    return Rows(table, more=more, add=add, adding=gettext_lazy("Release a list…"), said=said)
