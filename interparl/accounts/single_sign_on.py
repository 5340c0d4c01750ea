"""Signing in through the parliament's own system, by OpenID Connect: only into accounts that exist here.

Somebody is known by an identity that was linked before, else by an e-mail address that the system has verified; then
the identity is linked. Whoever is not known gets the same page, whatever the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth import load_backend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from requests import RequestException

from interparl.accounts.models import User


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self-made accounts, and one answer to everybody who is not known."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never; leads to the page of those who are refused."""
        raise ImmediateHttpResponse(refused())

    def on_authentication_error(self, *_arguments: Any, **_others: Any) -> None:
        """Whatever went wrong at the other system leads to the page of those who are refused."""
        raise ImmediateHttpResponse(refused())

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Links an identity that is new to the account of its verified e-mail address; refuses all others."""
        claims = sociallogin.account.extra_data
        # What the other system tells of a person is not kept: it would be a second register.
        sociallogin.account.extra_data = {}
        if not _is_of_one_person(claims):
            raise ImmediateHttpResponse(refused())
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            user: User | None = sociallogin.user
        else:
            user = _known_by_email(sociallogin.email_addresses)
        if user is None or not _may_sign_in(user) or _has_another_identity(user, sociallogin.account):
            raise ImmediateHttpResponse(refused())
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)


def _may_sign_in(user: User) -> bool:
    """Whether the account is open and, for a member of parliament, the mandate lasts."""
    # Read anew: allauth puts all that this user holds into the session when a second step follows.
    return load_backend(settings.AUTHENTICATION_BACKENDS[0]).get_user(user.pk) is not None


def _is_of_one_person(claims: dict[str, Any]) -> bool:
    """Whether the token and the answer about the person name the same subject (OpenID Connect Core 1.0, 5.3.2)."""
    token, answer = claims.get("id_token"), claims.get("userinfo")
    return not (token and answer) or token.get("sub") == answer.get("sub")


def _known_by_email(addresses: list[EmailAddress]) -> User | None:
    # A word such as "false" is not a verification.
    verified = [address.email.lower() for address in addresses if address.verified is True]
    return User.objects.filter(email__in=verified).first() if len(verified) == 1 else None


def _has_another_identity(user: User, account: SocialAccount) -> bool:
    """An address that was given to somebody else later must not open the account of the first."""
    others = SocialAccount.objects.filter(user_id=user.pk, provider=account.provider).exclude(uid=account.uid)
    return bool(others.exists())


@contextmanager
def _well_answered() -> Iterator[None]:
    """Refuses whoever comes with answers that are missing or not of the form that the standard asks for."""
    try:
        yield
    except (RequestException, OAuth2Error, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ImmediateHttpResponse(refused()) from error


class Door(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """The other system, whose tokens are believed by their signature only, and whose answers may be anything."""

    def get_client(self, *arguments: Any, **others: Any) -> Any:
        """What asks it; reads first where to ask."""
        with _well_answered():
            return super().get_client(*arguments, **others)

    def get_access_token_data(self, *arguments: Any, **others: Any) -> Any:
        """The tokens. allauth trusts those that it has fetched itself unseen; in-house systems may lack TLS."""
        with _well_answered():
            data = super().get_access_token_data(*arguments, **others)
        self.did_fetch_access_token = False
        return data

    def parse_token(self, data: Any) -> Any:
        """The token by which the person is asked for."""
        with _well_answered():
            return super().parse_token(data)

    def complete_login(self, *arguments: Any, **others: Any) -> Any:
        """Who came."""
        with _well_answered():
            return super().complete_login(*arguments, **others)


def provider_name() -> str:
    """The name of the other system for the button at the door; "" when there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


def refused() -> HttpResponse:
    """The way to the page that says that it was not possible, and not why."""
    return redirect("account_refused")


@never_cache
def to_provider_page(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads to the other system by a page of its own.

    Not by a redirect: browsers apply `form-action` to every hop after a form, and how many the other system makes is
    not known here. Only a POST starts it, so that nobody is signed in by a link.
    """
    if request.method != "POST":
        return redirect("account_login")
    try:
        provider = get_adapter(request).get_provider(request, provider_id)
        answer = provider.redirect(request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (RequestException, ImmediateHttpResponse, KeyError, ValueError):
        return refused()
    return render(request, "accounts/to_provider.html", {"address": answer["Location"], "name": provider.name})


@never_cache
def from_provider_page(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Signs in whom the other system sends back and who is known here."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Door(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer
