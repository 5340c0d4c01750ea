"""RecordPages: one description of a record's pages; its methods are the pages, nothing is subclassed (style 3.5).

Three doors out: a template of the same name in the area, an own function in place of one page, an own page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import select_template
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interparl.accounts.roles import RISING
from interparl.core.addresses import address, as_of, list_address, page_of, remember
from interparl.core.blocks import shown_blocks
from interparl.core.days import today
from interparl.core.editing import Moved, save_form
from interparl.core.exports import FORMATS, download
from interparl.core.formats import write_day
from interparl.core.forms import EndForm, LowerForm, MoveForm, RecordForm
from interparl.core.history import entries_of, last_entry, lines, revert, title_of
from interparl.core.hooks import blocks_of
from interparl.core.labels import labels_of
from interparl.core.listing import listing_of
from interparl.core.page_parts import facts_of, heading_actions, history_panel, list_context
from interparl.core.records import Dated, Record
from interparl.core.requests import StaffRequest, day_problem, reading_of, require, same_page, staff
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Link
from interparl.core.workflow import Asked, Workflow
from interparl.core.writing import Refused, change

R = TypeVar("R", bound=Record)
PageFunction = Callable[..., HttpResponse]
HISTORY_PAGE = 50


@dataclass(frozen=True)
class RecordPages(Generic[R]):
    """The pages of one kind of record: data, and functions of data; no flag that changes the flow."""

    model: type[R]
    columns: Columns[R]
    form: type[RecordForm[R]]
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
            "end": ("<int:key>/end/", self.end_page),
            "history": ("<int:key>/history/", self.history_page),
            "revert": ("<int:key>/history/<int:entry>/revert/", self.revert_page),
            "publish": ("<int:key>/publish/", self.publish_page),
            "lower": ("<int:key>/lower/", self.lower_page),
            "move": ("<int:key>/move/<slug:move>/", self.move_page),
        }
        return [
            path(f"{prefix}{route}", staff(own.get(page, function)), name=f"{name}-{page}")
            for page, (route, function) in pages.items()
        ]

    def get(self, request: HttpRequest, key: int) -> R:
        """The record, if this reader may know of it; 404 alike for a hidden and a missing one."""
        found = self.model._base_manager.filter(self.model.may_read(request.user), pk=key)
        if self.related:
            found = found.select_related(*self.related)
        record = found.first()
        if record is None:
            raise Http404
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
        may = request.user.has_perm(self.permission("add")) and not reading.is_past
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
        reading.labels.update(labels_of(refs, reading.language, reading.user))
        may_change = record.may_change(request.user) and not reading.is_past
        blocks = shown_blocks(list(blocks_of(self.kind)), record, reading)
        moves = self.workflow.offered(record, request.user) if self.workflow and may_change else []
        return {
            "record": record,
            "reading": reading,
            "name": reading.name(self.kind, record.pk) or str(record),
            "spoken": reading.other_language(self.kind, record.pk),
            "crumbs": [
                Link(capfirst(str(self.model._meta.verbose_name_plural)), as_of(list_address(self.kind), reading))
            ],
            "facts": facts_of(self.facts, record, reading),
            **heading_actions(record, moves, may_change=may_change, may_lower=request.user.has_perm("core.lower_mark")),
            **history_panel(record, reading),
            **{place: [block for block in blocks if block.place == place] for place in ("top", "main", "side")},
            **(self.context(record, reading) if self.context else {}),
        }

    def new_page(self, request: StaffRequest) -> HttpResponse:
        """A form for a new record; what stands in the address is filled in."""
        require(request.user, self.permission("add"), at_least_own=True)
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
        context = {"form": form, "reading": reading, "back": list_address(self.kind), "crumbs": self._crumbs()}
        context["form_title"] = _("New: %(kind)s") % {"kind": self.model._meta.verbose_name}
        return self.render(request, "form", context, status)

    def _crumbs(self, record: R | None = None, reading: Reading | None = None) -> list[Link]:
        """The way back: the list, and the record's page."""
        found = [Link(capfirst(str(self.model._meta.verbose_name_plural)), list_address(self.kind))]
        return [*found, Link(title_of(record, reading), address(page_of(record)))] if record and reading else found

    def edit_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """The form of the record; another's change since it was opened is shown, never overwritten."""
        record = self._changeable(request, key)
        reading = reading_of(request)
        ref = (self.kind, record.pk)
        form = self.form(
            request.POST if request.method == "POST" else None,
            instance=record,
            initial={"seen": last_entry(ref)},
            reading=reading,
        )
        context: dict[str, Any] = {"record": record, "reading": reading, "back": address(page_of(record))}
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
        context["crumbs"] = self._crumbs(record, reading)
        context["form_title"] = _("Change: %(name)s") % {"name": title_of(record, reading)}
        return self.render(request, "form", context, 422 if request.method == "POST" else 200)

    def _changeable(self, request: StaffRequest, key: int) -> R:
        record = self.get(request, key)
        if not record.may_change(request.user) or reading_of(request).is_past:
            raise PermissionDenied
        return record

    def end_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """Ends the record on a day, with a reason."""
        record = self._changeable(request, key)
        if not isinstance(record, Dated):
            raise Http404
        form = EndForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                with change(record, by=request.user, verb="ended", note=form.cleaned_data["note"]) as held:
                    held.until = type(record)._meta.get_field("until").to_python(form.cleaned_data["until"])  # type: ignore[union-attr]
            except Refused as refusal:
                for name, errors in refusal.error_dict.items() if hasattr(refusal, "error_dict") else ():
                    form.add_error(name if name in form.fields else None, errors)
            else:
                messages.success(request, _("Ended."))
                return HttpResponseRedirect(address(page_of(record)))
        reading = reading_of(request)
        context = self._deed(
            record, reading, form, _("End “%(name)s”?") % {"name": title_of(record, reading)}, _("End")
        )
        context["consequence"] = _("It stays readable on its own days and is no longer counted after them.")
        return self.render(request, "deed", context, 422 if request.method == "POST" else 200)

    def _deed(self, record: R, reading: Reading, form: Any, title: str, verb: Any) -> dict[str, Any]:
        """What a page shows that asks before a deed."""
        back = address(page_of(record))
        return {
            "form": form,
            "record": record,
            "deed_title": title,
            "deed_verb": verb,
            "deed_keep": _("Keep as it is"),
            "back": back,
            "crumbs": self._crumbs(record, reading),
        }

    def publish_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """Publishes a public record from today on, or withdraws it, with a reason."""
        record = self._changeable(request, key)
        reading = reading_of(request)
        if record.is_pointer:
            raise Http404
        is_published = record.published_on is not None
        form = MoveForm(request.POST if request.method == "POST" else None, needs_reason=is_published)
        if request.method == "POST" and form.is_valid():
            verb = "withdrawn" if is_published else "published"
            try:
                with change(record, by=request.user, verb=verb, note=form.cleaned_data["reason"]) as held:
                    held.published_on = None if is_published else (form.cleaned_data["on"] or reading.day)
            except Refused as refusal:
                form.add_error(None, list(refusal.messages))
            else:
                return HttpResponseRedirect(address(page_of(record)))
        title = _("Withdraw “%(name)s” from publication?") if is_published else _("Publish “%(name)s”?")
        context = self._deed(
            record,
            reading,
            form,
            title % {"name": title_of(record, reading)},
            _("Withdraw") if is_published else _("Publish"),
        )
        context["consequence"] = (
            _("The public page and the open data no longer show it or count it.")
            if is_published
            else _("The public page and the open data show it and count it, once its mark is public.")
        )
        return self.render(request, "deed", context, 422 if request.method == "POST" else 200)

    def lower_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """Gives the record a lower mark, with a reason; for who may lower marks (design 8.8)."""
        record = self._changeable(request, key)
        require(request.user, "core.lower_mark")
        reading = reading_of(request)
        lower = RISING[: RISING.index(record.mark)] if not record.is_pointer else ()
        if not lower:
            raise Http404
        form = LowerForm(request.POST if request.method == "POST" else None, lower=lower)
        if request.method == "POST" and form.is_valid():
            try:
                with change(record, by=request.user, verb="lowered", note=form.cleaned_data["reason"]) as held:
                    held.mark = form.cleaned_data["mark"]
            except Refused as refusal:
                form.add_error(None, list(refusal.messages))
            else:
                messages.success(request, _("The mark was lowered."))
                return HttpResponseRedirect(address(page_of(record)))
        title = _("Lower the mark of “%(name)s”?") % {"name": title_of(record, reading)}
        context = self._deed(record, reading, form, title, _("Lower the mark"))
        context["consequence"] = _("More people may read it and what hangs on it from now on. The reason is kept.")
        return self.render(request, "deed", context, 422 if request.method == "POST" else 200)

    def history_page(self, request: StaffRequest, key: int) -> HttpResponse:
        """Every change of the record and of what hangs on it, newest first."""
        require(request.user, self.permission("view"))
        record = self.get(request, key)
        reading = reading_of(request)
        before = request.GET.get("before", "")
        entries: Any = entries_of((self.kind, record.pk))
        if before.isascii() and before.isdigit() and len(before) < 19:
            entries = entries.filter(pk__lt=int(before))
        shown = list(entries[: HISTORY_PAGE + 1])
        more = same_page(request, before=str(shown[HISTORY_PAGE - 1].pk)) if len(shown) > HISTORY_PAGE else ""
        context = {
            "record": record,
            "reading": reading,
            "name": str(record),
            "lines": lines(shown[:HISTORY_PAGE], reading, record if record.may_change(request.user) else None),
            "older": more,
            "crumbs": self._crumbs(record, reading),
        }
        return self.render(request, "history", context)

    def revert_page(self, request: StaffRequest, key: int, entry: int) -> HttpResponse:
        """Takes one change back: shows what that means, and does it on POST."""
        record = self._changeable(request, key)
        found = entries_of((self.kind, record.pk)).filter(pk=entry).first()
        if found is None:
            raise Http404
        reading = reading_of(request)
        shown = lines([found], reading)
        if not shown:
            raise Http404
        form = MoveForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                revert(found, by=request.user, note=form.cleaned_data["reason"])
            except Refused as refusal:
                form.add_error(None, list(refusal.messages))
            else:
                messages.success(request, _("Taken back."))
                gone = not self.model._base_manager.filter(pk=key).exists()
                return HttpResponseRedirect(list_address(self.kind) if gone else address((self.kind, key), "history"))
        context = self._deed(record, reading, form, _("Take this change back?"), _("Take back"))
        context |= {"line": shown[0], "back": address((self.kind, record.pk), "history")}
        return self.render(request, "deed", context, 422 if request.method == "POST" else 200)

    def move_page(self, request: StaffRequest, key: int, move: str) -> HttpResponse:
        """Makes a move of the workflow, with its reason."""
        record = self._changeable(request, key)
        offered = self.workflow.offered(record, request.user) if self.workflow else []
        found = next((one for one in offered if one.name == move), None)
        if found is None or self.workflow is None:
            raise Http404
        form = MoveForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            asked = Asked(request.user, form.cleaned_data["on"] or reading_of(request).day, form.cleaned_data["reason"])
            try:
                self.workflow.make(move, record, asked)
            except Refused as refusal:
                form.add_error(None, list(refusal.messages))
            else:
                return HttpResponseRedirect(address(page_of(record)))
        reading = reading_of(request)
        context = self._deed(record, reading, form, f"{found.label}: {title_of(record, reading)}", found.label)
        context["consequence"] = found.consequence
        return self.render(request, "deed", context, 422 if request.method == "POST" else 200)


every_record_pages: dict[str, RecordPages[Any]] = {}


def _from_address(value: str) -> Any:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else value
