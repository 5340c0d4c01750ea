"""The pages of mappings: those that are shipped and those that officers saved, what they read, and their columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from interparl.core.addresses import address
from interparl.core.forms import RecordForm
from interparl.core.history import last_entry, title_of
from interparl.core.hooks import every_importer
from interparl.core.listing import listing_of
from interparl.core.page_parts import list_context
from interparl.core.pages import RecordPages
from interparl.core.requests import StaffRequest, day_problem, reading_of, require
from interparl.core.tables import Column, Columns, Reading
from interparl.core.templatetags.ui_parts import Action, Link
from interparl.core.translated import text_in, texts_of
from interparl.core.writing import change
from interparl.exchange.actions.mappings import mapping_from, mapping_of, shipped, shipped_data
from interparl.exchange.models import SavedMapping
from interparl.exchange.pages import mapping_lines
from interparl.exchange.pages.bring_parts import name_in
from interparl.exchange.pages.mapping_parts import Typed
from interparl.exchange.pages.mapping_saving import keep
from interparl.exchange.rules.mapping_data import LONGEST_FILE, data_from_toml, toml_of
from interparl.exchange.rules.messages import mapping_text
from interparl.exchange.rules.wrong_mapping import WrongMapping

PERMISSION = "exchange.view_savedmapping"


def kinds_of_tables() -> list[tuple[str, str]]:
    """The kinds of file that are tables."""
    return [(kind, str(one.label)) for kind, one in sorted(every_importer().items()) if one.fields]


class SavedMappingForm(RecordForm[SavedMapping]):
    """What a mapping is called and for which kind of table it is; its columns have a page of their own."""

    class Meta:
        model = SavedMapping
        fields = ["name", "code", "kind", "note", "mark", "grade", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Its columns fill fields of this kind.
        before = self.fields.pop("kind")
        if self.instance._state.adding:
            widget = forms.Select(attrs={"class": "field"})
            self.fields["kind"] = forms.ChoiceField(label=before.label, choices=kinds_of_tables, widget=widget)
            self.order_fields(["name", "code", "kind"])


def _kind_words(saved: SavedMapping) -> str:
    return str(dict(kinds_of_tables()).get(saved.kind, saved.kind))


def _context(saved: SavedMapping, reading: Reading) -> dict[str, Any]:
    """What it reads, and the ways to change it, to use it and to take it out."""
    ref = (SavedMapping.record_kind(), saved.pk)
    found = mapping_lines.shown_lines(mapping_of(saved))
    actions = []
    if saved.may_change(reading.user) and not reading.is_past:
        actions.append(Link(_("Change the columns"), f"{address(ref)}columns/"))
    return {**found, "column_links": [*actions, Link("TOML", f"{address(ref)}toml/")]}


mapping_pages = RecordPages(
    model=SavedMapping,
    form=SavedMappingForm,
    icon="import",
    related=("source",),
    context=_context,
    columns=Columns(
        (
            Column(
                "label",
                gettext_lazy("Name"),
                lambda one, r: text_in(one.name, r.language),
                sort="label",
                address=lambda one: address((SavedMapping.record_kind(), one.pk)),
            ),
            Column("code", gettext_lazy("Code"), lambda one, r: one.code, sort="code"),
            Column("kind", capfirst(gettext_lazy("kind of file")), lambda one, r: _kind_words(one), sort="kind"),
        )
    ),
    facts=(
        Column("kind", capfirst(gettext_lazy("kind of file")), lambda one, r: _kind_words(one)),
        Column("code", gettext_lazy("Code"), lambda one, r: one.code),
        Column("key", gettext_lazy("Key of the source"), lambda one, r: one.data.get("source", "")),
        Column("note", gettext_lazy("Note"), lambda one, r: text_in(one.note, r.language)),
    ),
)


def list_page(request: StaffRequest) -> HttpResponse:
    """The saved mappings as every list; below it those that come with the product."""
    require(request.user, PERMISSION)
    if request.GET.get("format") or request.htmx or day_problem(request):
        return mapping_pages.list_page(request)
    reading = reading_of(request)
    found: Any = SavedMapping.objects.visible_to(request.user)
    listing = listing_of(request, found, mapping_pages.columns, reading, None)
    may_add = request.user.has_perm("exchange.add_savedmapping") and not reading.is_past
    context = list_context(request, listing, reverse("exchange:savedmapping-new") if may_add else "")
    if may_add:
        bring_in = reverse("exchange:mapping-bring-in")
        context["actions"] = [*context["actions"], Action(_("Bring a mapping in"), bring_in, icon="import")]
    context["nothing_yet"] = _("No mapping was saved yet.")
    return mapping_pages.render(request, "list", {**context, "shipped": shipped_lines(reading)})


def shipped_lines(reading: Reading) -> list[dict[str, Any]]:
    """The mappings that come with the product: name, code, what they read, their pages, and whether a copy is used."""
    words, saved = dict(kinds_of_tables()), SavedMapping.objects.visible_to(reading.user)
    copied = set(saved.values_list("kind", "code"))
    return [
        {
            "name": name_in(mapping, reading.language) or code,
            "is_copied": (kind, code) in copied,
            "code": code,
            "reads": words[kind],
            "url": reverse("exchange:mapping-shipped", args=(kind, code)),
        }
        for kind in words
        for code, mapping in sorted(shipped(kind).items())
    ]


def mapping_crumbs() -> list[Link]:
    """The way above the pages of mappings."""
    return [
        Link(_("Imports"), reverse("exchange:batch-list")),
        Link(_("Mappings"), reverse("exchange:savedmapping-list")),
    ]


def _shipped_data(kind: str, code: str) -> dict[str, Any]:
    found = shipped_data().get((kind, code))
    if found is None:
        raise Http404
    return found


def shipped_page(request: StaffRequest, kind: str, code: str) -> HttpResponse:
    """What a mapping that comes with the product reads; it can be copied and then changed."""
    require(request.user, PERMISSION)
    data = _shipped_data(kind, code)
    mapping = mapping_from(code, data)
    context = {
        "crumbs": mapping_crumbs(),
        "title": name_in(mapping, reading_of(request).language) or code,
        "kind": kind,
        "code": code,
        "kind_words": dict(kinds_of_tables())[kind],
        "source_key": mapping.source,
        "column_links": [Link("TOML", reverse("exchange:mapping-shipped-toml", args=(kind, code)))],
        "may_copy": request.user.has_perm("exchange.add_savedmapping"),
        **mapping_lines.shown_lines(mapping),
    }
    return render(request, "exchange/mapping_shipped.html", context)


@require_POST
def copy_page(request: StaffRequest, kind: str, code: str) -> HttpResponse:
    """Saves a copy of a shipped mapping under the same code; from then on it stands in its place."""
    require(request.user, "exchange.add_savedmapping")
    data = _shipped_data(kind, code)
    try:
        saved = keep(request.user, kind, code, dict(data.get("name", {})) or {"en": code}, data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("exchange:mapping-shipped", args=(kind, code)))
    messages.success(request, _("Copied. From now on this copy is used in place of the shipped one."))
    return HttpResponseRedirect(address((SavedMapping.record_kind(), saved.pk)))


def _as_file(code: str, data: dict[str, Any]) -> HttpResponse:
    answer = HttpResponse(toml_of(data), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.toml"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def shipped_toml_page(request: StaffRequest, kind: str, code: str) -> HttpResponse:
    """A shipped mapping as a file."""
    require(request.user, PERMISSION)
    return _as_file(code, {"code": code, **_shipped_data(kind, code)})


def toml_page(request: StaffRequest, key: int) -> HttpResponse:
    """A saved mapping as a file, which can be brought in elsewhere."""
    require(request.user, PERMISSION)
    saved = mapping_pages.get(request, key)
    return _as_file(saved.code, {"code": saved.code, "kind": saved.kind, "name": texts_of(saved.name), **saved.data})


class TomlForm(forms.Form):
    """A mapping as a file."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("A mapping that was taken out here or elsewhere (.toml).")
    )


def bring_in_page(request: StaffRequest) -> HttpResponse:
    """Saves the mapping that a file describes."""
    require(request.user, "exchange.add_savedmapping")
    is_sent = request.method == "POST"
    form = TomlForm(request.POST if is_sent else None, request.FILES or None)
    if is_sent and form.is_valid():
        try:
            saved = _saved_from(request, form.cleaned_data["file"].read(LONGEST_FILE + 1))
        except WrongMapping as problem:
            form.add_error("file", mapping_text(problem))
        except ValidationError as error:
            form.add_error("file", list(error.messages))
        else:
            messages.success(request, _("Added."))
            return HttpResponseRedirect(address((SavedMapping.record_kind(), saved.pk)))
    context = {"form": form, "crumbs": mapping_crumbs(), "back": reverse("exchange:savedmapping-list")}
    return render(request, "exchange/mapping_bring_in.html", context, status=422 if is_sent else 200)


def _saved_from(request: StaffRequest, file: bytes) -> SavedMapping:
    data = data_from_toml(file)
    code = str(data.pop("code", "")) or "mapping"
    mapping = mapping_from(code, data)
    return keep(request.user, mapping.kind, code, dict(mapping.names) or {"en": code}, data)


def columns_page(request: StaffRequest, key: int) -> HttpResponse:
    """The columns of a saved mapping as a form, with all else that it says."""
    saved = mapping_pages.get(request, key)
    reading = reading_of(request)
    if not saved.may_change(request.user) or reading.is_past:
        raise PermissionDenied
    ref = (SavedMapping.record_kind(), saved.pk)
    data, seen, problems = saved.data, last_entry(ref), list[str]()
    if request.method == "POST":
        sent = Typed(request.POST)
        data = mapping_lines.typed_data(sent, saved.data)
        if sent.line("seen") != str(seen):
            problems = [
                _("Somebody else changed this mapping while you were writing. Yours is saved when you save again.")
            ]
        elif request.POST.get("deed") == "save":
            problems = _save_columns(request, saved, data)
            if not problems:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(address(ref))
    context = {
        "crumbs": [*mapping_crumbs(), Link(title_of(saved, reading), address(ref))],
        "title": _("Columns of “%(name)s”") % {"name": title_of(saved, reading)},
        "problems": problems,
        "seen": seen,
        "back": address(ref),
        **mapping_lines.form_lines(data, saved.kind),
    }
    return render(request, "exchange/mapping_columns.html", context, status=422 if problems else 200)


def _save_columns(request: StaffRequest, saved: SavedMapping, data: dict[str, Any]) -> list[str]:
    try:
        with change(saved, by=request.user) as record:
            record.data = data
    except ValidationError as error:
        return list(error.messages)
    return []
