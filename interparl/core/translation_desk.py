"""The translation desk: what is missing, drafted or outdated in a language, the source beside the target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.core.addresses import address, page_of
from interparl.core.forms import LANGUAGE_NAMES
from interparl.core.kinds import every_record, model_of
from interparl.core.pages import every_record_pages
from interparl.core.reads import note_record
from interparl.core.records import Record
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.rights import Reader
from interparl.core.templatetags.ui_parts import Link, Tab
from interparl.core.translated import (
    DRAFT,
    MISSING,
    OUTDATED,
    REVIEWED,
    STATES,
    TranslatedField,
    languages,
    rewritten,
    source_language,
    state_of,
    text_in,
)
from interparl.core.writing import Refused, change

SHOWN = 50
OPEN = (MISSING, OUTDATED, DRAFT)


@dataclass(frozen=True)
class Work:
    """One text to translate: the record, the field, the source and what there is of the target."""

    record: Record
    field: str
    label: str
    source: str
    source_language: str
    target: str
    state: str

    @property
    def key(self) -> str:
        """Its place in addresses."""
        return f"{self.record.record_kind()}/{self.record.pk}/{self.field}"


def translated_fields(model: type[Record]) -> list[str]:
    """The fields of a model that hold texts in several languages."""
    return [column.name for column in model._meta.concrete_fields if isinstance(column, TranslatedField)]


def lacking(model: type[Record], name: str, language: str, state: str, user: Reader) -> QuerySet[Any]:
    """The records whose text in that field is missing, outdated or a draft in the language."""
    seen = model._base_manager.filter(model.may_read(user)).exclude(**{name: {}})
    if state == MISSING:
        return seen.filter(~Q(**{f"{name}__has_key": language}))
    return seen.filter(**{f"{name}__{language}__state": state})


def places(user: Any) -> Iterator[tuple[type[Record], str]]:
    """Models and fields that this user may change."""
    for model in every_record():
        pages = every_record_pages.get(model.record_kind())
        if pages is not None and pages.form and user.has_perm(pages.permission("change")):
            for name in translated_fields(model):
                yield model, name


def counts(user: Any, language: str) -> dict[str, int]:
    """How many texts lack what, by state."""
    return {
        state: sum(lacking(model, name, language, state, user).count() for model, name in places(user))
        for state in OPEN
    }


def works(user: Any, language: str, state: str) -> Iterator[Work]:
    """The texts that lack it, area by area."""
    for model, name in places(user):
        for record in lacking(model, name, language, state, user).order_by("pk").iterator(chunk_size=200):
            yield work_of(record, name, language)


def work_of(record: Record, name: str, language: str) -> Work:
    """One text of a record as work for a translator."""
    note_record(record)
    stored = record.serializable_value(name) or {}
    source = source_language(stored) or next(iter(stored), "")
    return Work(
        record=record,
        field=name,
        label=capfirst(str(type(record)._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
        source=text_in(stored, source) if source else "",
        source_language=source,
        target=(stored.get(language) or {}).get("text", ""),
        state=state_of(stored, language),
    )


def desk_page(request: StaffRequest, language: str) -> HttpResponse:
    """What there is to translate into a language."""
    if language not in languages():
        raise Http404
    if not request.user.has_perm("core.change_source"):
        raise PermissionDenied
    state = request.GET.get("state", MISSING)
    state = state if state in OPEN else MISSING
    number = counts(request.user, language)
    base = reverse("translations", args=(language,))
    context = {
        "reading": reading_of(request),
        "desk_language": language,
        "works": [
            (work, f"{base}{work.key}/?state={state}") for work in islice(works(request.user, language, state), SHOWN)
        ],
        "tabs": [Tab(capfirst(str(STATES[one])), f"{base}?state={one}", number[one], one == state) for one in OPEN],
        "language_links": [
            (LANGUAGE_NAMES.get(code, code), reverse("translations", args=(code,)), code == language, code)
            for code in languages()
        ],
        "total": number[state],
    }
    return render(request, "core/translations.html", context)


class TargetForm(forms.Form):
    """The text in the target language, and whether it has been read by an editor."""

    text = forms.CharField(
        label=gettext_lazy("Translation"), widget=forms.Textarea(attrs={"rows": 6, "class": "field"})
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[(REVIEWED, STATES[REVIEWED]), (DRAFT, STATES[DRAFT])],
        widget=forms.Select(attrs={"class": "field"}),
    )


def work_page(request: StaffRequest, language: str, kind: str, key: int, name: str) -> HttpResponse:
    """Source beside target; saving leads to the next text that lacks the same."""
    record = _record(request, language, kind, key, name)
    work = work_of(record, name, language)
    form = TargetForm(
        request.POST if request.method == "POST" else None, initial={"text": work.target, "state": REVIEWED}
    )
    form.fields["text"].widget.attrs |= {"lang": language, "dir": "auto", "autofocus": True}
    state = request.GET.get("state", MISSING)
    if request.method == "POST" and form.is_valid():
        try:
            with change(record, by=request.user, verb="translated") as held:
                stored = held.serializable_value(name) or {}
                texts = {code: found["text"] for code, found in stored.items()} | {
                    language: form.cleaned_data["text"].strip()
                }
                setattr(held, name, rewritten(stored, texts, {language: form.cleaned_data["state"]}))
        except Refused as refusal:
            form.add_error("text", list(refusal.messages))
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(_next(request, language, state))
    context = {
        "reading": reading_of(request),
        "work": work,
        "form": form,
        "name": str(record),
        "record_url": address(page_of(record)),
        "crumbs": [Link(_("Translations"), reverse("translations", args=(language,)))],
        "language_name": LANGUAGE_NAMES.get(language, language),
    }
    return render(request, "core/translation.html", context, status=422 if request.method == "POST" else 200)


def _record(request: StaffRequest, language: str, kind: str, key: int, name: str) -> Record:
    pages = every_record_pages.get(kind)
    if language not in languages() or not pages or not pages.form or name not in translated_fields(pages.model):
        raise Http404
    model = model_of(kind)
    record = model._base_manager.filter(model.may_read(request.user), pk=key).first()
    if record is None:
        raise Http404
    if not record.may_change(request.user):
        raise PermissionDenied
    return record


def _next(request: StaffRequest, language: str, state: str) -> str:
    """The next text that lacks the same, or the desk when nothing does."""
    base = reverse("translations", args=(language,))
    found = next(works(request.user, language, state if state in OPEN else MISSING), None)
    return f"{base}{found.key}/?state={state}" if found else f"{base}?state={state}"
