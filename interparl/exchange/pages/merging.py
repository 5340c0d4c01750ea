"""Pages of merging: choosing the other record, holding the two beside each other, and what a merge has done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.core.addresses import address, list_address
from interparl.core.formats import write_moment
from interparl.core.history import in_words
from interparl.core.kinds import Ref, model_of
from interparl.core.known_entries import first_open
from interparl.core.labels import readable
from interparl.core.models import Entry, Moved
from interparl.core.pages import every_record_pages
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Action, Fact, Link
from interparl.core.writing import Refused
from interparl.exchange.actions.merge_plans import Merge, merge_of
from interparl.exchange.actions.merging import MEANWHILE, may_merge, merge, of_kind
from interparl.exchange.forms import MergeForm, MergeWithForm
from interparl.exchange.models import Batch
from interparl.exchange.pages import merge_parts as parts

# So many changes of a merge are shown at most.
SHOWN = 200


def merge_with_page(request: StaffRequest, kind: str, key: int) -> HttpResponse:
    """Asks which other record is the same, and leads to the page that holds the two beside each other."""
    record = _changeable(request, kind, key)
    reading = reading_of(request)
    form = MergeWithForm(request.POST if request.method == "POST" else None, model=type(record), reading=reading)
    if request.method == "POST" and form.is_valid():
        other = form.cleaned_data["other"]
        if other.pk != record.pk:
            return HttpResponseRedirect(reverse("exchange:merge", args=(kind, record.pk, other.pk)))
        form.add_error("other", _("This is the record itself. Name another."))
    name = _names([record], reading)[0]
    context = {
        "form": form,
        "crumbs": _crumbs(record, name),
        "deed_title": _("Merge “%(name)s” with another record") % {"name": name},
        "consequence": _("Nothing is written yet. You see both beside each other first."),
        "deed_verb": _("Hold them beside each other"),
        "deed_keep": _("Keep as it is"),
        "back": address((kind, record.pk)),
    }
    return render(request, "core/deed.html", context, status=422 if request.method == "POST" else 200)


def merge_page(request: StaffRequest, kind: str, first: int, second: int) -> HttpResponse:
    """Holds two records beside each other, with all that moves and all that stands against it; merges them on POST."""
    if first == second:
        raise Http404
    if request.method == "POST" and (left := _merged_meanwhile(request, kind, first, second)):
        return left
    kept, gone = (_changeable(request, kind, key) for key in (first, second))
    if not may_merge(kept, gone, request.user):
        raise PermissionDenied
    plan = merge_of(kept, gone, request.user)
    form = MergeForm(request.POST if request.method == "POST" else None, merge=plan)
    if request.method == "POST" and form.is_valid():
        try:
            merge(
                kept,
                gone,
                choices=form.choices(),
                seen=form.cleaned_data["seen"],
                by=request.user,
                note=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.messages))
        else:
            messages.success(request, _("Merged. The history keeps both, and it can be taken back."))
            return HttpResponseRedirect(address((kind, kept.pk)))
    context = _context(plan, form, reading_of(request))
    return render(request, "exchange/merge.html", context, status=422 if request.method == "POST" else 200)


def _merged_meanwhile(request: StaffRequest, kind: str, first: int, second: int) -> HttpResponse | None:
    """Where somebody else was faster: a message, at the record that is left."""
    model = of_kind(kind)
    # One by one: numbers too large for any record find none so, and break a list of them.
    if model is None or model._base_manager.filter(Q(pk=first) | Q(pk=second)).count() == 2:
        return None
    moved = Moved.objects.of(kind).filter(Q(object_id=first) | Q(object_id=second)).values_list("to_id", flat=True)
    left = next(iter(readable([(kind, key) for key in moved], request.user)), None)
    if left is None:
        return None
    messages.warning(request, str(MEANWHILE))
    return HttpResponseRedirect(address(left))


def _changeable(request: StaffRequest, kind: str, key: int) -> Record:
    """A record that may be merged, if the reader may know of it and change it today."""
    pages = every_record_pages.get(kind)
    if pages is None or of_kind(kind) is None:
        raise Http404
    found: Record = pages.changeable(request, key)
    return found


def _names(records: list[Record], reading: Reading) -> list[str]:
    refs = [(record.record_kind(), record.pk) for record in records]
    reading.want(refs)
    return [reading.name(*ref) or f"#{ref[1]}" for ref in refs]


def _crumbs(record: Record, name: str) -> list[Link]:
    kind = record.record_kind()
    return [
        Link(capfirst(str(record._meta.verbose_name_plural)), list_address(kind)),
        Link(name, address((kind, record.pk))),
    ]


def _context(plan: Merge, form: MergeForm, reading: Reading) -> dict[str, Any]:
    kept, gone = plan.kept, plan.gone
    kind = kept.record_kind()
    name, other = _names([kept, gone], reading)
    two: tuple[Ref, Ref] = ((kind, kept.pk), (kind, gone.pk))
    return {
        "form": form,
        "plan": plan,
        "crumbs": _crumbs(kept, name),
        "title": _("Merge “%(name)s” and “%(other)s”?") % {"name": name, "other": other},
        "left": parts.side_of(kept, reading),
        "going": parts.side_of(gone, reading),
        "swap_url": reverse("exchange:merge", args=(kind, gone.pk, kept.pk)),
        "lines": parts.field_lines(plan, form, reading),
        "moving": parts.groups_of(plan.moving(), reading, two),
        "doubled": parts.groups_of(plan.going(), reading, two),
        "rules": parts.rules_of(plan),
        "doubts": parts.doubts_of(plan, reading),
        "seen": plan.digest,
        "back": address(two[0]),
    }


def merged_page(request: StaffRequest, batch: Batch, moved: Moved, crumbs: list[Link]) -> HttpResponse:
    """What a merge, or its taking back, has written, as far as the reader may know."""
    reading = reading_of(request)
    shown = first_open(Entry.objects.filter(batch=batch.pk).select_related("user"), request.user, SHOWN)
    is_undo = batch.undoes_id is not None
    context = {
        "batch": batch,
        "is_undo": is_undo,
        "title": parts.title_of_batch(batch, reading),
        "state_words": parts.state_of_batch(batch),
        "state_tone": parts.STATE_TONES[batch.state],
        "crumbs": crumbs,
        "actions": [] if is_undo or batch.state == Batch.State.UNDONE else [_take_back(batch)],
        "facts": _facts(batch, moved, reading),
        "lines": in_words(shown, reading),
        "stayed": parts.groups_of(_stayed(batch, reading), reading, [(moved.kind, moved.into_id)]),
    }
    return render(request, "exchange/merged.html", context)


def _take_back(batch: Batch) -> Action:
    return Action(_("Take back…"), reverse("exchange:batch-undo", args=(batch.pk,)), icon="undo", kind="danger")


def consequence_of_undo() -> str:
    """What taking a merge back means."""
    return _(
        "Both records stand again as they stood before, each with its own names and relations. What was made since "
        "stays with the one that was left. It is refused when a field that the merge wrote was changed since."
    )


def _facts(batch: Batch, moved: Moved, reading: Reading) -> list[Fact]:
    refs = [(moved.kind, moved.to_id), (moved.kind, moved.object_id)]
    reading.want(refs)
    left, gone = ((ref, reading.name(*ref) or _("No. %(number)s") % {"number": ref[1]}) for ref in refs)
    apart = address(gone[0], "show" if moved.is_undone else "history")
    return [
        Fact(_("The one that is left"), left[1], address=address(left[0])),
        Fact(_("History of the one that is left"), _("History"), address=address(left[0], "history")),
        Fact(_("Merged into it"), gone[1], address=apart),
        Fact(_("By"), str(batch.user or batch.actor)),
        Fact(_("When"), write_moment(batch.applied_at or batch.at, reading.language)),
    ]


def _stayed(batch: Batch, reading: Reading) -> list[Record]:
    """The rows made after the merge, which stay with the one that was left, as far as the reader may know of them."""
    refs = [(kind, key) for kind, key in batch.counts.get("stayed", ())]
    known = readable(refs, reading.user)
    rows = [model_of(kind)._base_manager.filter(pk=key).first() for kind, key in refs if (kind, key) in known]
    return [row for row in rows if row is not None]
