"""Pages of one's own account that allauth does not have, or has in another way."""

from __future__ import annotations

from allauth.account.views import PasswordChangeView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_http_methods

from interparl.accounts.appearance import appearance_of, keep_appearance
from interparl.accounts.forms import PasswordChangeForm, SettingsForm
from interparl.accounts.models import User

change_password = PasswordChangeView.as_view(
    form_class=PasswordChangeForm,
    template_name="accounts/password_change.html",
    success_url=reverse_lazy("account_settings"),
)


@login_required
def password_change_page(request: HttpRequest) -> HttpResponseBase:
    """A new password for who knows the present one; who has none is sent a link instead."""
    # allauth would go to a page for the first password, which has no address here.
    if isinstance(request.user, User) and not request.user.has_usable_password():
        return redirect("account_reset_password")
    response: HttpResponseBase = change_password(request)
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """My settings: kept in two cookies of this browser, nothing in the database."""
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            return _kept(request, form)
    else:
        language = get_language() or settings.LANGUAGE_CODE
        form = SettingsForm(initial=SettingsForm.initial_of(appearance_of(request), language))
    return render(request, "accounts/settings.html", {"form": form})


def _kept(request: HttpRequest, form: SettingsForm) -> HttpResponseRedirect:
    language = form.cleaned_data["language"]
    with override(language):
        messages.success(request, gettext("Your settings are kept in this browser."))
    response = HttpResponseRedirect(reverse("account_settings"))
    keep_appearance(response, form.appearance())
    # As Django's own switch of languages writes it.
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def too_many_page(request: HttpRequest) -> HttpResponse:
    """Status 429: more requests than the way in takes in a minute."""
    return render(request, "accounts/too_many.html", status=429)


def refused_page(request: HttpRequest) -> HttpResponse:
    """Status 403: the other system sent somebody whom nobody knows here, or did not answer well."""
    return render(request, "accounts/refused.html", status=403)
