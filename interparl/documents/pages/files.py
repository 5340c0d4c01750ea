"""Pages of files: handing documents and versions in, giving a file out, removing its content."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interparl.accounts.roles import INTERNAL
from interparl.core.addresses import address, list_address, page_of
from interparl.core.history import title_of
from interparl.core.reads import host_of, note_record
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.writing import Refused
from interparl.documents.actions import Unusable, add_version, keep_documents, remove_content
from interparl.documents.actions.storing import open_whole
from interparl.documents.blocks import may_remove
from interparl.documents.forms import DocumentForm, RemoveForm, VersionForm
from interparl.documents.models import Document, Version
from interparl.documents.pages import document_pages
from interparl.documents.rules import name_to_save

log = logging.getLogger("interparl.documents")
# The file is saved and never shown in a page of ours; should a browser show it all the same, it may do nothing.
SANDBOX = "sandbox; default-src 'none'"


def _refused_files(request: StaffRequest) -> list[str]:
    """Names of files that were larger than any may be, and were not read."""
    _read = request.POST
    return list(getattr(request, "files_too_large", ()))


def new_page(request: StaffRequest) -> HttpResponse:
    """A form for documents, each with its file; what they are attached to stands in the address."""
    require(request.user, document_pages.permission("add"), at_least_own=True)
    reading = reading_of(request)
    is_sent = request.method == "POST"
    form = DocumentForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        instance=Document(),
        initial={"mark": INTERNAL} | {name: _number(value) or value for name, value in request.GET.dict().items()},
        reading=reading,
        refused=_refused_files(request) if is_sent else (),
    )
    if is_sent and form.is_valid():
        try:
            made = keep_documents(form.drafts(), by=request.user, language=reading.language)
        except Refused as refusal:
            form.refuse(refusal)
        except Unusable as problem:
            form.add_error("files", problem.sentence)
        else:
            return _after(request, made)
    host = host_of(str(form["kind"].value() or ""), _number(str(form["object_id"].value() or "")), request.user)
    context = {
        "form": form,
        "reading": reading,
        "back": address(page_of(host)) if host else list_address(document_pages.kind),
        "crumbs": document_pages.crumbs(),
        "host": title_of(host, reading) if host else "",
        "host_url": address(page_of(host)) if host else "",
        "form_title": _("New documents"),
    }
    return document_pages.render(request, "form", context, 422 if is_sent else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _after(request: StaffRequest, made: list[Document]) -> HttpResponse:
    """To the one document, or to what all are attached to."""
    number = len(made)
    words = ngettext("%(number)s document was added.", "%(number)s documents were added.", number)
    messages.success(request, words % {"number": number})
    if number == 1:
        return HttpResponseRedirect(address((document_pages.kind, made[0].pk)))
    whole = made[0].whole
    return HttpResponseRedirect((whole and address(whole)) or list_address(document_pages.kind))


def version_page(request: StaffRequest, key: int) -> HttpResponse:
    """The next version of a document is handed in; earlier ones stay."""
    document = document_pages.changeable(request, key)
    reading = reading_of(request)
    is_sent = request.method == "POST"
    form = VersionForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        refused=_refused_files(request) if is_sent else (),
    )
    if is_sent and form.is_valid():
        try:
            add_version(document, form.cleaned_data["file"][0], by=request.user, note=form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error("file", list(refusal.messages))
        except Unusable as problem:
            form.add_error("file", problem.sentence)
        else:
            messages.success(request, _("The version was added."))
            return HttpResponseRedirect(address((document_pages.kind, key)))
    context = {
        "form": form,
        "reading": reading,
        "back": address((document_pages.kind, key)),
        "crumbs": document_pages.crumbs(document, reading),
        "form_title": _("New version: %(name)s") % {"name": title_of(document, reading)},
    }
    return document_pages.render(request, "form", context, 422 if is_sent else 200)


def _version(request: StaffRequest, key: int) -> Version:
    """The version, if this reader may know of it; 404 alike for a hidden and a missing one."""
    require(request.user, document_pages.permission("view"))
    found = Version.objects.visible_to(request.user).filter(pk=key).select_related("document").first()
    if found is None or not found.document.is_open_to(request.user):
        raise Http404
    note_record(found)
    note_record(found.document)
    return found


def file_page(request: StaffRequest, key: int) -> HttpResponseBase:
    """The content of a version as a file to save, compared with its digest before the first byte is sent."""
    version = _version(request, key)
    if not version.is_held:
        return _not_given(request, version, _("The content of this version was removed."), 410)
    try:
        file = open_whole(version.digest)
    except Unusable as problem:
        log.warning("The file of version %s is %s: %s", version.pk, problem.key, version.digest)
        return _not_given(request, version, problem.sentence, 500)
    answer = FileResponse(
        file, as_attachment=True, filename=name_to_save(version.name, version.media), content_type=version.media
    )
    answer["Content-Length"] = str(version.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    return answer


def _not_given(request: StaffRequest, version: Version, sentence: str, status: int) -> HttpResponse:
    reading = reading_of(request)
    context = {
        "crumbs": document_pages.crumbs(version.document, reading),
        "name": version.name,
        "sentence": sentence,
        "back": address((document_pages.kind, version.document_id)),
    }
    return document_pages.render(request, "not_given", context, status)


def remove_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks why, and removes the content of a version for good; digest and name stay."""
    version = _version(request, key)
    reading = reading_of(request)
    if not may_remove(version, request.user) or reading.is_past:
        raise PermissionDenied
    if not version.is_held:
        raise Http404
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_content(version, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, list(refusal.messages))
        else:
            messages.success(request, _("The content was removed."))
            return HttpResponseRedirect(address((document_pages.kind, version.document_id)))
    context: dict[str, Any] = {
        "form": form,
        "deed_title": _("Remove the content of “%(name)s”?") % {"name": version.name},
        "deed_verb": _("Remove for good"),
        "deed_keep": _("Back"),
        "consequence": _(
            "Nobody can open this file any more, and the search no longer finds its text. Its name, its digest and the "
            "line of history stay. This cannot be taken back."
        ),
        "back": address((document_pages.kind, version.document_id)),
        "crumbs": document_pages.crumbs(version.document, reading),
    }
    return document_pages.render(request, "deed", context, 422 if request.method == "POST" else 200)
