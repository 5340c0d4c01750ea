"""The page on which a list of a record is released: the list as it would be frozen, and what changed since the last.

Which list, of whom and with what beside it, the area says to which the record belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.accounts.roles import POINTER, PUBLIC, RISING
from interparl.core.addresses import address
from interparl.core.described import Described
from interparl.core.forms import show_refusal
from interparl.core.marks import rank
from interparl.core.records import Record
from interparl.core.requests import StaffRequest
from interparl.core.tables import Reading
from interparl.core.writing import Refused
from interparl.documents.actions import Frozen
from interparl.documents.blocks import shown_edition
from interparl.documents.forms import ReleaseForm
from interparl.documents.models import Edition
from interparl.documents.rules.editions import digest_of


@dataclass(frozen=True)
class Offer:
    """A list that would go out: the `draft` of its edition and the `last` one, and how it is kept when it is released.

    `title` is said above, `left_out` is who or what stands above its mark, `empty` is said where it has no rows,
    `beside` are what else the page shows.
    """

    record: Record
    frozen: Frozen
    draft: Edition
    last: Edition | None
    release: Callable[[Mapping[str, Any]], Edition]
    title: str
    left_out: str
    empty: str | Promise
    beside: Mapping[str, Any] = field(default_factory=dict)


def marks_for(record: Record, user: User) -> list[str]:
    """The marks with which this user may release a list of the record."""
    readable = (user.rights.marks | user.rights.own_marks) - {POINTER}
    return [mark for mark in RISING if rank(mark) >= rank(record.effective_mark) and mark in readable]


def release_answer(
    request: StaffRequest, pages: Described[Any], offer: Offer, form: ReleaseForm, reading: Reading
) -> HttpResponse:
    """Shows the list that would go out, and releases it when it is still the one that was shown."""
    if form.is_valid() and (edition := _released(form, offer)):
        messages.success(request, _("Edition %(number)s was released.") % {"number": edition.number})
        return HttpResponseRedirect(address((Edition.record_kind(), edition.pk)))
    form.show(digest_of(offer.frozen.content))
    offer.draft.prepare()
    context = {
        "form": form,
        "reading": reading,
        "form_title": offer.title,
        "back": address((pages.kind, offer.record.pk)),
        "crumbs": pages.crumbs(offer.record, reading),
        "shown": shown_edition(offer.draft, offer.last, reading),
        "left_out": offer.left_out,
        "empty_words": offer.empty,
        **offer.beside,
    }
    return render(request, "documents/release.html", context, status=422 if form.is_bound else 200)


def _released(form: ReleaseForm, offer: Offer) -> Edition | None:
    """The edition; None, with the reason on the form, when it is another list than was shown, or may not go out."""
    data = form.cleaned_data
    if form.is_other(digest_of(offer.frozen.content)):
        form.add_error(None, _("The list below is not the one that you were shown. Look at it, then release it."))
        return None
    try:
        return offer.release(
            {
                "sent_to": data["sent_to"],
                "reason": data["reason"],
                "is_published": data["is_published"] and offer.frozen.mark == PUBLIC,
                "again": data["again"],
            }
        )
    except Refused as refusal:
        show_refusal(form, refusal)
    return None
