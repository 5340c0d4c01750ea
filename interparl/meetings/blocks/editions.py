"""Editions of an event's lists on its page: the last few, and where the next is released."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interparl.accounts.models import User
from interparl.core.addresses import address, list_address
from interparl.core.blocks import BLOCK_ROWS, Content, Rows
from interparl.core.formats import write_day
from interparl.core.hooks import block_on
from interparl.core.models import Entry
from interparl.core.models.entries import RELEASED
from interparl.core.reads import note_rows
from interparl.core.tables import Column, Columns, Reading, Table
from interparl.core.templatetags.ui_parts import Fact, Link
from interparl.documents.blocks import changes_words
from interparl.documents.models import Edition
from interparl.meetings.blocks.freezing import change_since
from interparl.meetings.models import Event

EDITION, EVENT = Edition.record_kind(), Event.record_kind()
VIEW = "documents.view_edition"
# So many editions of a list are named in its panel.
MOST_SHOWN = 3

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


def known_editions(event: Event, reading: Reading) -> list[Edition]:
    """The editions of all lists of the event that were out by the day, the last first; asked once a page."""
    key = ("known editions", event.pk)
    if key not in reading.memo:
        found = Edition.objects.visible_to(reading.user).about(EVENT, event.pk).by(reading.day)
        reading.memo[key] = list(found.defer("content").order_by("-number", "-pk"))
    known: list[Edition] = reading.memo[key]
    return known


def last_in_force(event: Event, what: str, reading: Reading) -> Edition | None:
    """The last edition of that list that stood on the day and that the reader may know of."""
    stood = Edition.Standing.RELEASED
    return next((one for one in known_editions(event, reading) if (one.what, one.standing) == (what, stood)), None)


def released(event: Event, what: str, reading: Reading) -> list[Fact]:
    """The last editions of that list, each with its day, by whom, to whom, and the way to it and to what it changed."""
    if reading.is_whole or not may_see_editions(reading):
        return []
    found = [one for one in known_editions(event, reading) if one.what == what]
    shown = found[:MOST_SHOWN]
    note_rows(shown)
    facts = [_fact(one, _released_by(event, reading).get(one.pk, ""), reading) for one in shown]
    if len(found) > len(shown):
        words = ngettext("all %(number)s", "all %(number)s", len(found)) % {"number": len(found)}
        facts.append(Fact(_("Editions"), words, address=list_address(EDITION, of=f"{EVENT}-{event.pk}", what=what)))
    return facts


def _released_by(event: Event, reading: Reading) -> dict[int, str]:
    """Who released each edition of the event; asked once a page, and only where there are some."""
    key = ("released by", event.pk)
    keys = [one.pk for one in known_editions(event, reading)]
    if key not in reading.memo:
        entries = Entry.objects.filter(kind=EDITION, object_id__in=keys, verb=RELEASED).select_related("user")
        reading.memo[key] = {one.object_id: str(one.user) if one.user else one.actor for one in entries}
    found: dict[int, str] = reading.memo[key]
    return found


def _fact(edition: Edition, by: str, reading: Reading) -> Fact:
    standing = "" if edition.standing == Edition.Standing.RELEASED else reading.choice(edition, "standing")
    to = _("sent to: %(whom)s") % {"whom": edition.sent_to} if edition.sent_to else ""
    return Fact(
        _("Edition %(number)s") % {"number": edition.number},
        write_day(edition.released_on, reading.language),
        ", ".join(filter(None, (standing, by, to))),
        address((EDITION, edition.pk)),
    )


def edition_links(event: Event, what: str, reading: Reading) -> list[Link]:
    """The way to the last edition of that list that stands, and to the page on which the next is released."""
    last = last_in_force(event, what, reading) if may_see_editions(reading) else None
    found = [Link(_("Edition %(number)s") % {"number": last.number}, address((EDITION, last.pk)))] if last else []
    release = release_address(event, what, reading)
    return [*found, Link(_("Release…"), release)] if release else found


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
    found = sorted(known_editions(event, reading), key=lambda one: -one.pk)
    table = Table.of(EDITIONS, found if reading.is_whole else found[:BLOCK_ROWS], reading)
    table.total = len(found)
    return Rows(table, more=list_address(EDITION, of=f"{EVENT}-{event.pk}")) if table.rows else None
