"""Pages of deputising: who acts for whom, from when to when.

It gives as much as a role does, so the password or the second factor is asked for once more; ending it is easy.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from interparl.accounts.models import Acting, User
from interparl.administration.actions import accounts
from interparl.administration.users.deeds import confirm
from interparl.administration.users.forms import ActingForm, DaysForm, LastDayForm, show_refusal
from interparl.administration.users.tables import acting_columns, cut
from interparl.core.days import today
from interparl.core.filters import GREATEST_KEY
from interparl.core.page_parts import list_context
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused

VIEW, ADD, CHANGE = (f"accounts.{action}_acting" for action in ("view", "add", "change"))


def _list_url() -> str:
    return reverse("administration:acting-list")


def _crumbs() -> list[Link]:
    return [Link(_("Deputising"), _list_url())]


def list_page(request: StaffRequest) -> HttpResponse:
    """All who act or acted for somebody, those that last longest first; only the table for htmx."""
    require(request.user, VIEW)
    reading = reading_of(request)
    listing = cut(request, Acting.objects.all(), acting_columns(request.user), reading, order="-until")
    may_add = request.user.has_perm(ADD)
    context = list_context(request, listing, reverse("administration:acting-new") if may_add else "")
    context |= {"plural": _("Deputising"), "more": []}
    page = "acting_table" if request.htmx and not request.htmx.boosted else "acting"
    return render(request, f"administration/{page}.html", context)


def new_page(request: StaffRequest) -> HttpResponse:
    """A new deputising; who is away may stand in the address."""
    require(request.user, ADD)
    confirm(request)
    initial = {"user": request.GET.get("user", ""), "since": today()}
    form = ActingForm(request.POST if request.method == "POST" else None, initial=initial, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.add_acting(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Added."))
            return HttpResponseRedirect(_list_url())
    return _form_page(request, form, _("New: somebody acts for somebody"))


def _form_page(request: StaffRequest, form: forms.Form, title: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "form_title": title, "back": _list_url(), "crumbs": _crumbs()}
    return render(request, "core/form.html", context, status=422 if request.method == "POST" else 200)


def _found(key: int) -> Acting:
    return get_object_or_404(Acting.objects.select_related("user", "deputy"), pk=min(key, GREATEST_KEY))


def edit_page(request: StaffRequest, key: int) -> HttpResponse:
    """Other days for the same two."""
    require(request.user, CHANGE)
    confirm(request)
    acting = _found(key)
    initial = {"since": acting.since, "until": acting.until}
    form = DaysForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.move_acting(acting, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(_list_url())
    return _form_page(request, form, _("Change: %(name)s") % {"name": in_words(acting.deputy, acting.user)})


def in_words(deputy: User, user: User) -> str:
    """Who acts for whom, in a title."""
    return _("%(deputy)s acts for %(user)s") % {"deputy": deputy, "user": user}


def end_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks for the last day before a deputising is ended, and ends it on POST."""
    require(request.user, CHANGE)
    acting = _found(key)
    form = LastDayForm(request.POST if request.method == "POST" else None, initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            accounts.end_acting(acting, last_day=given["last_day"], by=request.user, note=given["reason"])
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Ended."))
            return HttpResponseRedirect(_list_url())
    context = {
        "form": form,
        "deed_title": _("End it: %(name)s?") % {"name": in_words(acting.deputy, acting.user)},
        "deed_verb": _("End"),
        "deed_keep": _("Keep as it is"),
        "consequence": _("After this day only his own rights count. What had not begun by then is taken away."),
        "back": _list_url(),
        "crumbs": _crumbs(),
    }
    return render(request, "core/deed.html", context, status=422 if request.method == "POST" else 200)
