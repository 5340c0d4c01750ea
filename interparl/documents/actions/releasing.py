"""Releasing a list: frozen, numbered, kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.days import today
from interparl.core.models.entries import RELEASED
from interparl.core.records import Record
from interparl.core.writing import Refused, change
from interparl.documents.models import Edition, left_of_rows
from interparl.documents.rules.editions import Content, compared


@dataclass(frozen=True)
class Frozen:
    """A list that is to be released: what it says, and the highest mark of all that it names."""

    content: Content
    mark: str


def release(
    record: Record,
    frozen: Frozen,
    *,
    what: str = Edition.What.COMPOSITION,
    as_of: date,
    sent_to: str = "",
    reason: str = "",
    is_published: bool = False,
    again: bool = False,
    by: User | Actor,
) -> Edition:
    """Keeps the list as the next edition of its record and kind; whoever releases another one meanwhile waits.

    Raises Refused when it says the same as the last edition in force, unless `again` is asked for.
    """
    with transaction.atomic():
        type(record)._base_manager.select_for_update().get(pk=record.pk)
        own = Edition.objects.about(record.record_kind(), record.pk).filter(what=what)
        last = own.in_force().order_by("-number").first()
        if last is not None and not again and not _differs(last, frozen):
            raise Refused({"again": [_("Nothing has changed since edition %(number)s.") % {"number": last.number}]})
        edition = Edition(
            kind=record.record_kind(),
            object_id=record.pk,
            what=what,
            number=(own.aggregate(last=Max("number"))["last"] or 0) + 1,
            as_of=as_of,
            released_on=today(),
            sent_to=sent_to,
            reason=reason,
            content=frozen.content,
            mark=frozen.mark,
            published_on=today() if is_published else None,
            grade=record.grade,
        )
        with change(edition, by=by, verb=RELEASED, note=reason) as held:
            _refuse_unless_his(held, by)
        return edition


def _refuse_unless_his(edition: Edition, by: User | Actor) -> None:
    if isinstance(by, User) and not edition.may_do("add", by):
        raise Refused(_("This belongs to a body or country that is not yours to keep."))


def _differs(last: Edition, frozen: Frozen) -> bool:
    rows, others = last.content["rows"], frozen.content["rows"]
    return bool(compared(rows, others, left_of_rows([*rows, *others])).number)
