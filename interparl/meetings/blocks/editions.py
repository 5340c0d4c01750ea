"""Editions of an event's lists on its page: the last few, and where the next is released."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Rows
from interparl.core.hooks import block_on
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.documents.blocks import changes_words
from interparl.documents.models import Edition
from interparl.meetings.blocks.freezing import change_since
from interparl.meetings.models import Event

EDITION, EVENT = Edition.record_kind(), Event.record_kind()
VIEW = "documents.view_edition"

EDITIONS: Columns[Edition] = Columns(
    (
        Column(
            "what",
            gettext_lazy("List"),
            lambda e, r: r.choice(e, "what"),
            kind="choice",
            address=lambda e: address((EDITION, e.pk)),
            second=lambda e, r: "" if e.standing == Edition.Standing.RELEASED else r.choice(e, "standing"),
        ),
        Column("number", gettext_lazy("Edition"), lambda e, r: e.number, kind="number"),
        Column("released_on", gettext_lazy("Released on"), lambda e, r: e.released_on, kind="date"),
        Column("sent_to", gettext_lazy("Sent to"), lambda e, r: e.sent_to),
    )
)


def release_address(event: Event, what: str, reading: Reading) -> str:
    """Where a list of the event is released, for who may; "" on the page of a past day."""
    may = not reading.is_past and event.may_do("release", reading.user)
    return f"{reverse('meetings:event-release', args=(event.pk,))}?what={what}" if may else ""


def last_in_force(event: Event, what: str, reading: Reading) -> Edition | None:
    """The last edition of that list that stood on the day and that the reader may know of; asked once a page."""
    key = ("last edition", event.pk, what)
    if key not in reading.memo:
        known = Edition.objects.visible_to(reading.user).about(EVENT, event.pk).filter(what=what)
        reading.memo[key] = known.by(reading.day).in_force().order_by("-number").first()
    found: Edition | None = reading.memo[key]
    return found


def may_see_editions(reading: Reading) -> bool:
    """Whether the reader has anything to do with editions."""
    return isinstance(reading.user, User) and reading.user.rights.may(VIEW)


def edition_words(event: Event, what: str, reading: Reading) -> str:
    """How many changes there are since the last edition; "" where there is none."""
    last = last_in_force(event, what, reading) if may_see_editions(reading) else None
    return changes_words(change_since(last, event, reading).number, last.number) if last else ""


@block_on(Event, "editions", gettext_lazy("Editions"), order=45)
def editions_of(event: Event, reading: Reading) -> Content | None:
    """The last editions of all lists that were out by the day."""
    if not may_see_editions(reading):
        return None
    found = Edition.objects.visible_to(reading.user).about(EVENT, event.pk).by(reading.day).defer("content")
    table = Table.of(EDITIONS, found.order_by("-pk"), reading, limit=BLOCK_ROWS)
    return Rows(table, more=list_address(EDITION, of=f"{EVENT}-{event.pk}")) if table.rows else None
