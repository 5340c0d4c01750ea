"""The page of a deed that was kept as one batch: what it was about, what it wrote, and taking it back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from interparl.core.addresses import address
from interparl.core.formats import write_moment, write_number
from interparl.core.history import in_words
from interparl.core.known_entries import first_open
from interparl.core.models import Entry
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Fact, Link
from interparl.exchange.actions.deeds import DEEDS, may_undo, subject_of
from interparl.exchange.models import Batch
from interparl.exchange.pages.merge_parts import STATE_TONES, load_subjects, state_of_batch, title_of_batch

# So many changes of a deed are shown at most.
SHOWN = 200


def deed_page(request: StaffRequest, batch: Batch, crumbs: list[Link]) -> HttpResponse:
    """What a deed, or its taking back, has written, as far as the reader may know."""
    reading = reading_of(request)
    load_subjects([batch], reading)
    entries = Entry.objects.filter(batch=batch.pk).select_related("user").order_by("-pk")
    shown = first_open(entries, request.user, SHOWN)
    is_undo = batch.undoes_id is not None
    undo = Action(_("Take back…"), reverse("exchange:batch-undo", args=(batch.pk,)), icon="undo", kind="danger")
    context = {
        "batch": batch,
        "is_undo": is_undo,
        "title": title_of_batch(batch, reading),
        "state_words": state_of_batch(batch),
        "state_tone": STATE_TONES[batch.state],
        "crumbs": crumbs,
        "actions": [undo]
        if not is_undo and batch.state == Batch.State.APPLIED and may_undo(batch, request.user)
        else [],
        "facts": _facts(batch, reading, entries.values_list("note", flat=True).first() or ""),
        "lines": in_words(shown, reading),
        "is_cut": len(shown) == SHOWN,
    }
    return render(request, "exchange/deed.html", context)


def _facts(batch: Batch, reading: Reading, note: str) -> list[Fact]:
    subject, written = subject_of(batch), batch.counts.get("written")
    facts = [Fact(_("What was done"), str(DEEDS[(batch.undoes or batch).kind].title))]
    if subject and (name := reading.name(*subject)):
        facts.append(Fact(_("About"), name, address=address(subject)))
    facts += [
        Fact(_("By"), str(batch.user or batch.actor)),
        Fact(_("When"), write_moment(batch.applied_at or batch.at, reading.language)),
    ]
    if written is not None:
        facts.append(Fact(_("Records written"), write_number(written, reading.language)))
    return [*facts, *([Fact(_("Reason"), note)] if note else [])]
