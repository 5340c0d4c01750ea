"""Pages that change accounts: a new one, its name and address, its role, closing and opening it, its second factors.

Whoever changes an account gives his password or his second factor once more before: an open window left alone must not
be enough to make an administrator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interparl.accounts.models import User
from interparl.administration.actions import accounts
from interparl.administration.users.forms import AccountForm, NewAccountForm, ReasonForm, RoleForm, show_refusal
from interparl.administration.users.mails import ADDRESS_CHANGED, FACTORS_DROPPED, send_invitation, tell
from interparl.administration.users.pages import ADD, CHANGE, crumbs, no_access_reason, user_or_404
from interparl.administration.users.tables import user_address
from interparl.core.requests import StaffRequest, reading_of, require
from interparl.core.templatetags.ui_parts import Link
from interparl.core.writing import Refused
from interparl.directory.models import Person


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth ships no types
def confirm(request: StaffRequest) -> None:
    """Leads to the page that asks for the password or the second factor, unless that was answered just now."""


def new_page(request: StaffRequest) -> HttpResponse:
    """A new account, without a password; the link for one is sent at once unless told otherwise."""
    require(request.user, ADD)
    confirm(request)
    form = NewAccountForm(request.POST if request.method == "POST" else None, reading=reading_of(request))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("username", "name", "email", "role", "person")}
        try:
            user = accounts.add_user(**given, by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Added."))
            if form.cleaned_data["invite"]:
                _invite(request, user)
            return HttpResponseRedirect(user_address(user.pk))
    return _form_page(request, form, _("New user"), reverse("administration:user-list"), crumbs())


def _form_page(request: StaffRequest, form: forms.Form, title: str, back: str, way: list[Link]) -> HttpResponse:
    context = {"form": form, "form_title": title, "back": back, "crumbs": way}
    return render(request, "core/form.html", context, status=422 if request.method == "POST" else 200)


def edit_page(request: StaffRequest, key: int) -> HttpResponse:
    """Name, address and person of an account."""
    require(request.user, CHANGE)
    confirm(request)
    user = user_or_404(key)
    person = Person.objects.filter(user=user).first()
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        initial={"name": user.name, "email": user.email, "person": person},
        reading=reading_of(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changes = accounts.change_user(user, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            if "email" in changes:
                tell(user, ADDRESS_CHANGED, request.user, at=changes["email"][0])
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(user_address(key))
    return _form_page(request, form, _("Change: %(name)s") % {"name": user}, user_address(key), crumbs(user))


@dataclass(frozen=True)
class Deed:
    """Something asked about before it is done to an account; `do` gets the user, who does it, and what was typed."""

    title: str | Promise
    verb: str | Promise
    consequence: str | Promise
    done: str | Promise
    do: Callable[[User, User, dict[str, Any]], None]
    form: type[ReasonForm] = ReasonForm


def _give_role(user: User, by: User, given: dict[str, Any]) -> None:
    accounts.give_role(user, given["role"], by=by, note=given["reason"])


def _close(user: User, by: User, given: dict[str, Any]) -> None:
    accounts.close_account(user, by=by, note=given["reason"])


def _open(user: User, by: User, given: dict[str, Any]) -> None:
    accounts.open_account(user, by=by, note=given["reason"])


def _drop_factors(user: User, by: User, given: dict[str, Any]) -> None:
    accounts.drop_factors_of(user, by=by, note=given["reason"])
    tell(user, FACTORS_DROPPED, by)


ROLE = Deed(
    title=gettext_lazy("Change the role of “%(name)s”?"),
    verb=gettext_lazy("Change the role"),
    consequence=gettext_lazy(
        "It counts from the next page that is opened. Who acts for this user gets the rights of the new role too."
    ),
    done=gettext_lazy("The role was changed."),
    do=_give_role,
    form=RoleForm,
)
CLOSE = Deed(
    title=gettext_lazy("Close the account of “%(name)s”?"),
    verb=gettext_lazy("Close the account"),
    consequence=gettext_lazy(
        "Every device is signed out at once, and nobody acts for this user any more. What was written stays."
    ),
    done=gettext_lazy("The account was closed."),
    do=_close,
)
OPEN = Deed(
    title=gettext_lazy("Open the account of “%(name)s”?"),
    verb=gettext_lazy("Open the account"),
    consequence=gettext_lazy("The former password, second factors and role count again."),
    done=gettext_lazy("The account was opened."),
    do=_open,
)
FACTORS = Deed(
    title=gettext_lazy("Take the second factors of “%(name)s” away?"),
    verb=gettext_lazy("Take them away"),
    consequence=gettext_lazy(
        "Every device is signed out; from then on the password alone opens the account. "
        "Make sure, by another way than e-mail, who it is that asks."
    ),
    done=gettext_lazy("The second factors were taken away."),
    do=_drop_factors,
)


def deed_page(request: StaffRequest, key: int, deed: Deed) -> HttpResponse:
    """Asks before a deed, does it on POST, and says what was done; a refusal is shown above the form."""
    require(request.user, CHANGE)
    confirm(request)
    user = user_or_404(key)
    form = deed.form(request.POST if request.method == "POST" else None, initial={"role": user.role})
    if request.method == "POST" and form.is_valid():
        try:
            deed.do(user, request.user, form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, str(deed.done))
            return HttpResponseRedirect(user_address(key))
    title = str(deed.title) % {"name": user}
    return _asked(request, user, form, {"title": title, "verb": deed.verb, "consequence": deed.consequence})


def _asked(request: StaffRequest, user: User, form: forms.Form, words: dict[str, Any]) -> HttpResponse:
    context = {f"deed_{name}": words[name] for name in ("title", "verb")} | {
        "form": form,
        "deed_keep": _("Keep as it is"),
        "consequence": words["consequence"],
        "back": user_address(user.pk),
        "crumbs": crumbs(user),
    }
    return render(request, "core/deed.html", context, status=422 if request.method == "POST" else 200)


role_page = partial(deed_page, deed=ROLE)
close_page = partial(deed_page, deed=CLOSE)
open_page = partial(deed_page, deed=OPEN)
factors_page = partial(deed_page, deed=FACTORS)


def invite_page(request: StaffRequest, key: int) -> HttpResponse:
    """Asks before the link for a password is sent, and sends it on POST."""
    require(request.user, CHANGE)
    confirm(request)
    user = user_or_404(key)
    if not user.is_active:
        messages.error(request, no_access_reason(user))
        return HttpResponseRedirect(user_address(key))
    if request.method == "POST":
        _invite(request, user)
        return HttpResponseRedirect(user_address(key))
    consequence = _("It goes to %(email)s and works once. The present password works until then.")
    words = {
        "title": _("Send “%(name)s” a link for a password?") % {"name": user},
        "verb": _("Send the link"),
        "consequence": consequence % {"email": user.email},
    }
    return _asked(request, user, forms.Form(), words)


def _invite(request: StaffRequest, user: User) -> None:
    if not send_invitation(user, request.user):
        messages.error(request, _("The link could not be sent. Try again when mail works."))
        return
    accounts.note_invitation(user, by=request.user)
    messages.success(request, _("The link was sent to %(email)s.") % {"email": user.email})
