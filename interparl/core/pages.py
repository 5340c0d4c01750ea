"""RecordPages: one description of a record's pages; its methods are the pages, nothing is subclassed (style 3.5).

Those that ask before a deed are functions in `core.deed_pages`.

Three doors out: a template of the same name in the area, an own function in place of one page, an own page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any, Generic, TypeVar

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import select_template
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interparl.core.addresses import address, as_of, list_address, page_of, remember
from interparl.core.blocks import shown_blocks
from interparl.core.days import today
from interparl.core.deed_pages import end_page, lower_page, move_page, publish_page, revert_page
from interparl.core.editing import Moved, save_form
from interparl.core.exports import FORMATS, download
from interparl.core.formats import write_day
from interparl.core.forms import RecordForm
from interparl.core.history import entries_of, in_words, last_entry, title_of
from interparl.core.hooks import blocks_of
from interparl.core.known_entries import first_open
from interparl.core.listing import listing_of
from interparl.core.moved import left_of, merged_into
from interparl.core.page_parts import facts_of, heading_actions, history_panel, list_context, ways_of_a_row
from interparl.core.public_rows import kinds_told_with
from interparl.core.public_rows_page import public_rows_page
from interparl.core.readers_page import readers_page
from interparl.core.reads import note_beside, note_record
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, day_problem, reading_of, require, same_page, staff
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.workflow import Workflow
from interparl.core.writing import Refused

R = TypeVar("R", bound=Record)
PageFunction = Callable[..., HttpResponse]
HISTORY_PAGE = 50
# Pages to which the address of a merged record leads on; from every other to the record that is left.
LED_ON = ("show", "readers", "edit", "end", "publish", "lower")


@dataclass(frozen=True)
class RecordPages(Generic[R]):
    """The pages of one kind of record: data, and functions of data; no flag that changes the flow.

    Without a form such records are made by a deed alone and nobody types into them: there is no new one, no change.
    """

    model: type[R]
    columns: Columns[R]
    form: type[RecordForm[R]] | None
    facts: tuple[Column[R], ...] = ()
    related: tuple[str, ...] = ()
    filters: type[django_filters.FilterSet] | None = None
    workflow: Workflow[R] | None = None
    icon: str = "document"
    context: Callable[[R, Reading], dict[str, Any]] | None = None
    initial: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        remember(self.kind, f"{self.model._meta.app_label}:{self.model._meta.model_name}")
        every_record_pages[self.kind] = self

    @property
    def kind(self) -> str:
        """The kind of record, as history knows it."""
        return self.model.record_kind()

    def permission(self, action: str) -> str:
        """The permission for "view", "add", "change" or "delete"."""
        return f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}"

    def urls(self, prefix: str, **own: PageFunction) -> list[URLPattern]:
        """The addresses of the pages under a prefix; an own function may stand in place of any of them."""
        name = self.model._meta.model_name
        pages: dict[str, tuple[str, PageFunction]] = {
            "list": ("", self.list_page),
            "new": ("new/", self.new_page),
            "show": ("<int:key>/", self.show_page),
            "edit": ("<int:key>/edit/", self.edit_page),
            "end": ("<int:key>/end/", partial(end_page, self)),
            "readers": ("<int:key>/readers/", partial(readers_page, self)),
            "history": ("<int:key>/history/", self.history_page),
            "revert": ("<int:key>/history/<int:entry>/revert/", partial(revert_page, self)),
            "publish": ("<int:key>/publish/", partial(publish_page, self)),
            "lower": ("<int:key>/lower/", partial(lower_page, self)),
            "move": ("<int:key>/move/<slug:move>/", partial(move_page, self)),
        }
        if kinds_told_with(self.model):
            pages["public"] = ("<int:key>/public/", partial(public_rows_page, self))
        return [
            path(f"{prefix}{route}", staff(self._led_on(page, own.get(page, function))), name=f"{name}-{page}")
            for page, (route, function) in pages.items()
        ]

    def _led_on(self, page: str, function: PageFunction) -> PageFunction:
        """The page; of a record that was merged, the way to the one that is left, and its own history.

        What was sent is not sent on: it was meant for another record. Nor is the way kept by browsers, for a merge
        can be taken back.
        """
        if not self.model.mergeable:
            return function

        @wraps(function)
        def led(request: StaffRequest, **arguments: Any) -> HttpResponse:
            try:
                return function(request, **arguments)
            except Http404:
                key = arguments.get("key")
                left = left_of(self.model, key, request.user) if key is not None else None
                if left is None:
                    raise
            if request.method not in ("GET", "HEAD"):
                messages.warning(request, _("This record was merged into another meanwhile. Nothing was written."))
                return HttpResponseRedirect(address((self.kind, left)))
            if page == "history":
                return self._old_history(request, arguments["key"], left)
            query = request.GET.urlencode()
            target = address((self.kind, left), page if page in LED_ON else "show") + (f"?{query}" if query else "")
            answer = HttpResponsePermanentRedirect(target, preserve_request=True)
            answer["Cache-Control"] = "no-store"
            return answer

        return led

    def get(self, request: HttpRequest, key: int) -> R:
        """The record, if this reader may know of it; 404 alike for a hidden and a missing one."""
        found = self.model._base_manager.filter(self.model.may_read(request.user), pk=key)
        if self.related:
            found = found.select_related(*self.related)
        record = note_record(found.first())
        if record is None:
            raise Http404
        note_beside([record], self.related, request.user)
        return record

    def render(self, request: HttpRequest, page: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The area's own template for this page when there is one, else the common one."""
        own = f"{self.model._meta.app_label}/{self.model._meta.model_name}_{page}.html"
        template = select_template([own, f"core/{page}.html"])
        common = {
            "pages": self,
            "title": capfirst(str(self.model._meta.verbose_name)),
            "plural": capfirst(str(self.model._meta.verbose_name_plural)),
            "list_url": list_address(self.kind),
            "day_problem": day_problem(request),
            "is_today": not request.GET.get("on") or reading_of(request).day == today(),
            "today_url": same_page(request, on=None),
            "day_words": write_day(reading_of(request).day, get_language() or "en"),
        }
        return render(request, template.template.name, common | context, status=status)

    def list_page(self, request: StaffRequest) -> HttpResponse:
        """The register; as a file with `?format=`; only its table for htmx."""
        require(request.user, self.permission("view"))
        reading = reading_of(request)
        found: Any = self.model.objects.visible_to(request.user)  # type: ignore[attr-defined]
        listing = listing_of(request, found, self.columns, reading, self.filters)
        form = request.GET.get("format", "")
        if form in FORMATS:
            if problem := day_problem(request):
                return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
            title = capfirst(str(self.model._meta.verbose_name_plural))
            return download(listing.sheet(f"{self.model._meta.model_name}-{reading.day.isoformat()}", title), form)
        page = "list_table" if request.htmx and not request.htmx.boosted else "list"
        context = list_context(request, listing, self._new_url(request, reading))
        return self.render(request, page, context, status=400 if day_problem(request) else 200)

    def _new_url(self, request: StaffRequest, reading: Reading) -> str:
        from_name = f"{self.model._meta.app_label}:{self.model._meta.model_name}-new"
        may = bool(self.form) and request.user.has_perm(self.permission("add")) and not reading.is_past
        return reverse(from_name) if may else ""

    def show_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """The record's page: facts, blocks of every area, history; a child row leads to its whole's page."""
        require(request.user, self.permission("view"))
        record = self.get(request, key)
        reading = reading_of(request)
        whole = page_of(record)
        if whole != (self.kind, record.pk) and address(whole):
            return HttpResponseRedirect(as_of(address(whole), reading))
        context = self.record_context(request, record, reading)
        return self.render(request, "show", context, status=400 if day_problem(request) else 200)

    def record_context(self, request: StaffRequest, record: R, reading: Reading) -> dict[str, Any]:
        """What the page of a record shows; for own pages too."""
        refs = {ref for column in self.facts if column.refs for ref in column.refs(record)} | {(self.kind, record.pk)}
        reading.want(refs)
        may_change = record.may_change(request.user) and not reading.is_past
        may_lower = request.user.has_perm("core.lower_mark")
        blocks = shown_blocks([one for one in blocks_of(self.kind) if one.place != "book"], record, reading)
        moves = self.workflow.offered(record, request.user) if self.workflow and not reading.is_past else []
        own = self.context(record, reading) if self.context else {}
        return {
            "record": record,
            "reading": reading,
            "name": reading.name(self.kind, record.pk) or str(record),
            "spoken": reading.other_language(self.kind, record.pk),
            "moves": moves,
            "crumbs": [
                Link(capfirst(str(self.model._meta.verbose_name_plural)), as_of(list_address(self.kind), reading))
            ],
            "facts": facts_of(self.facts, record, reading),
            **heading_actions(
                record, moves, reading, may_change=may_change, may_lower=may_lower, is_typed=self.form is not None
            ),
            **history_panel(record, reading),
            **{place: [block for block in blocks if block.place == place] for place in ("top", "main", "side")},
            **own,
        }

    def new_page(self, request: StaffRequest) -> HttpResponse:
        """A form for a new record; what stands in the address is filled in."""
        require(request.user, self.permission("add"), at_least_own=True)
        if self.form is None:
            raise Http404
        reading = reading_of(request)
        initial = {name: _from_address(value) for name, value in request.GET.dict().items()} | self.initial
        form = self.form(
            request.POST if request.method == "POST" else None, instance=self.model(), initial=initial, reading=reading
        )
        if request.method == "POST" and form.is_valid():
            record = self.model()
            try:
                save_form(form, record, reading)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("Added."))
                return HttpResponseRedirect(address(page_of(record)))
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "reading": reading, "back": list_address(self.kind), "crumbs": self.crumbs()}
        context["form_title"] = _("New: %(kind)s") % {"kind": self.model._meta.verbose_name}
        return self.render(request, "form", context, status)

    def crumbs(self, record: R | None = None, reading: Reading | None = None) -> list[Link]:
        """The way back: the list, and the record's page."""
        found = [Link(capfirst(str(self.model._meta.verbose_name_plural)), list_address(self.kind))]
        return [*found, Link(title_of(record, reading), address(page_of(record)))] if record and reading else found

    def edit_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """The form of the record; another's change since it was opened is shown, never overwritten."""
        record = self.changeable(request, key)
        if self.form is None:
            raise Http404
        reading = reading_of(request)
        ref = (self.kind, record.pk)
        form = self.form(
            request.POST if request.method == "POST" else None,
            instance=record,
            initial={"seen": last_entry(ref)},
            reading=reading,
        )
        context: dict[str, Any] = {"record": record, "reading": reading, "back": address(page_of(record))}
        if page_of(record) != ref:
            may_lower = request.user.has_perm("core.lower_mark")
            context["more"] = ways_of_a_row(record, reading, may_lower=may_lower)
        if request.method == "POST" and form.is_valid():
            try:
                save_form(form, self.get(request, key), reading)
            except Refused as refusal:
                form.refuse(refusal)
            except Moved as moved:
                form = self.form(moved.data, instance=record, reading=reading)
                context["their_changes"] = moved.changes
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(address(page_of(record)))
        context["form"] = form
        context["crumbs"] = self.crumbs(record, reading)
        context["form_title"] = _("Change: %(name)s") % {"name": title_of(record, reading)}
        return self.render(request, "form", context, 422 if request.method == "POST" else 200)

    def changeable(self, request: StaffRequest, key: int) -> R:
        """The record, if this reader may change it today; raises PermissionDenied when he may only read it."""
        record = self.get(request, key)
        if not record.may_change(request.user) or reading_of(request).is_past:
            raise PermissionDenied
        return record

    def history_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """Every change of the record and of what hangs on it, newest first."""
        require(request.user, self.permission("view"))
        record = self.get(request, key)
        context = self._history(request, key, record if record.may_change(request.user) else None)
        context |= {"record": record, "name": str(record), "crumbs": self.crumbs(record, context["reading"])}
        if self.model.mergeable:
            context["merged"] = [(old, address((self.kind, old), "history")) for old in merged_into((self.kind, key))]
        return self.render(request, "history", context)

    def _history(self, request: StaffRequest, key: int, changeable: R | None) -> dict[str, Any]:
        """The lines of a page of history, and the way to earlier ones."""
        reading = reading_of(request)
        before = request.GET.get("before", "")
        entries: Any = entries_of((self.kind, key))
        if before.isascii() and before.isdigit() and len(before) < 19:
            entries = entries.filter(pk__lt=int(before))
        shown = first_open(entries, request.user, HISTORY_PAGE + 1)
        more = same_page(request, before=str(shown[HISTORY_PAGE - 1].pk)) if len(shown) > HISTORY_PAGE else ""
        return {"reading": reading, "lines": in_words(shown[:HISTORY_PAGE], reading, changeable), "older": more}

    def _old_history(self, request: StaffRequest, key: int, left: int) -> HttpResponse:
        """The history of a record that was merged, for who may know of the one that is left."""
        require(request.user, self.permission("view"))
        record = self.get(request, left)
        context = self._history(request, key, None)
        name = f"{capfirst(str(self.model._meta.verbose_name))} {key}"
        context |= {"record": record, "name": name, "crumbs": self.crumbs(record, context["reading"])}
        return self.render(request, "history", context | {"left": (left, address((self.kind, left), "history"))})


every_record_pages: dict[str, RecordPages[Any]] = {}


def _from_address(value: str) -> Any:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else value
