"""Moving a document to another record: first of which kind, then which, and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from interparl.core.addresses import address
from interparl.core.history import title_of
from interparl.core.requests import StaffRequest, reading_of
from interparl.core.writing import Refused
from interparl.documents.actions import move_document
from interparl.documents.forms import KindForm, MoveForm
from interparl.documents.pages import document_pages


def move_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks for the record and the reason, and moves the document there."""
    document = document_pages.changeable(request, key)
    reading = reading_of(request)
    kinds = KindForm(request.GET if "of" in request.GET else None, initial={"of": document.kind}, user=request.user)
    kind = kinds.cleaned_data["of"] if kinds.is_bound and kinds.is_valid() else ""
    sent = request.POST if request.method == "POST" else None
    if sent is not None and not kind:
        raise PermissionDenied
    form = MoveForm(sent, kind=kind, reading=reading) if kind else kinds
    if isinstance(form, MoveForm) and sent is not None and form.is_valid():
        try:
            move_document(document, form.cleaned_data["record"], reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The document was moved."))
            return HttpResponseRedirect(address((document_pages.kind, document.pk)))
    context: dict[str, Any] = {
        "form": form,
        "method": "post" if kind else "get",
        "deed_title": _("Move “%(name)s” to another record?") % {"name": title_of(document, reading)},
        "deed_verb": _("Move") if kind else _("Next"),
        "consequence": _(
            "Its versions go along. Who may read the new record, and the mark of the document, say who reads it then."
        ),
        "back": address((document_pages.kind, document.pk)),
        "crumbs": document_pages.crumbs(document, reading),
    }
    status = 422 if sent is not None or (kinds.is_bound and not kind) else 200
    return document_pages.render(request, "move", context, status)
