"""Pages that show accounts: the register, and one account with all that belongs to it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.administration.actions import accounts
from interparl.administration.users.filters import ACCOUNT_STATES, UserFilters
from interparl.administration.users.history import account_lines, kinds_in_words
from interparl.administration.users.tables import (
    PERSON,
    acting_columns,
    acting_of,
    cut,
    portfolio_table,
    role_title,
    user_address,
    user_columns,
    users_sheet,
    with_account,
)
from interparl.core.addresses import address, list_address
from interparl.core.days import now
from interparl.core.exports import FORMATS, download
from interparl.core.filters import GREATEST_KEY
from interparl.core.formats import write_moment, write_number
from interparl.core.page_parts import list_context
from interparl.core.requests import StaffRequest, reading_of, require, same_page
from interparl.core.tables import Reading, Table
from interparl.core.templatetags.ui_parts import Action, Fact, Link
from interparl.directory.models import Person

VIEW, ADD, CHANGE = "accounts.view_user", "accounts.add_user", accounts.CHANGE_USERS
HISTORY_PAGE = 20


def crumbs(user: User | None = None) -> list[Link]:
    """The way back: the register, and the page of the user."""
    found = [Link(_("Users"), reverse("administration:user-list"))]
    return [*found, Link(str(user), user_address(user.pk))] if user else found


def user_or_404(key: int) -> User:
    """The user of an address."""
    return get_object_or_404(User, pk=min(key, GREATEST_KEY))


def list_page(request: StaffRequest) -> HttpResponse:
    """All users; as a file with `?format=`; only the table for htmx."""
    require(request.user, VIEW)
    reading = reading_of(request)
    query = with_account()
    filters = UserFilters(request.GET, queryset=query, request=request)
    listing = cut(request, query, user_columns, reading, filters=filters, order="name")
    form = request.GET.get("format", "")
    if form in FORMATS:
        return download(users_sheet(listing), form)
    may_add = request.user.has_perm(ADD)
    context = list_context(request, listing, reverse("administration:user-new") if may_add else "")
    roles = Action(_("Roles and rights"), reverse("administration:roles"))
    context |= {"plural": _("Users"), "actions": [*context["actions"], roles]}
    page = "core/list_table.html" if request.htmx and not request.htmx.boosted else "core/list.html"
    return render(request, page, context)


def show_page(request: StaffRequest, key: int) -> HttpResponse:
    """One account: facts, what its owner looks after, who acts for whom, and what was done to the account."""
    require(request.user, VIEW)
    user = user_or_404(key)
    reading = reading_of(request)
    columns = acting_columns(request.user)
    may_lend = request.user.has_perm("accounts.add_acting")
    acting_new = f"{reverse('administration:acting-new')}?user={user.pk}"
    context: dict[str, Any] = {
        "name": str(user),
        "crumbs": crumbs(),
        "account": _state(user),
        "no_access": no_access_reason(user),
        "facts": _facts(user, reading),
        "portfolio": portfolio_table(user, reading),
        "portfolio_links": [Link(_("All portfolios"), list_address("directory.portfolio"))],
        "acting": Table.of(columns, acting_of(user), reading, limit=HISTORY_PAGE),
        "acting_links": [Link(_("Add"), acting_new)] if may_lend else [],
        **_actions(request, user),
        **_history(request, user, reading),
    }
    return render(request, "administration/user.html", context)


def _state(user: User) -> dict[str, Any]:
    return {"words": ACCOUNT_STATES[user.is_active], "tone": "good" if user.is_active else "neutral"}


def no_access_reason(user: User) -> str:
    """Why the user sees nothing today; "" when he has access."""
    if not user.is_active:
        return _("The account is closed: nobody can sign in by it.")
    if user.standing.has_access:
        return ""
    title = role_title(user.role)
    return _("No access today: the role “%(role)s” needs a mandate that lasts, and there is none.") % {"role": title}


def _facts(user: User, reading: Reading) -> list[Fact]:
    factors = Authenticator.objects.filter(user_id=user.pk).order_by("type").values_list("type", flat=True).distinct()
    living = Session.objects.filter(
        session_key__in=UserSession.objects.filter(user_id=user.pk).values("session_key"), expire_date__gt=now()
    )
    person = Person.objects.filter(user=user).first()
    ref = (PERSON, person.pk if person else 0)
    reading.want([ref])
    last = write_moment(user.last_login, reading.language) if user.last_login else _("never")
    acted = [str(role_title(key)) for key in user.standing.roles]
    facts = [
        Fact(_("User name"), user.username),
        Fact(_("E-mail"), user.email),
        Fact(_("Role"), role_title(user.role), address=f"{reverse('administration:roles')}#{user.role}"),
        Fact(_("Also has the rights of"), ", ".join(acted)),
        Fact(_("Person"), reading.name(*ref), address=address(ref)),
        Fact(_("Password"), _("set") if user.has_usable_password() else _("none")),
        Fact(_("Second factor"), kinds_in_words(list(factors)) or _("not set up")),
        Fact(_("Last sign-in"), last),
        Fact(_("Signed in now, devices"), write_number(living.count(), reading.language)),
        Fact(_("Account since"), write_moment(user.date_joined, reading.language)),
    ]
    return [fact for fact in facts if fact.value]


def _actions(request: StaffRequest, user: User) -> dict[str, list[Action]]:
    """The steps that this reader may take with the account; what nobody does to himself is not offered."""
    handover = Action(_("Handover file"), reverse("briefs:handover", args=("accounts.user", user.pk)), icon="document")
    if not request.user.has_perm(CHANGE):
        return {"actions": [], "more": [handover]}
    more = [Action(_("Send the link for a password…"), user_address(user.pk, "invite"), icon="mail")]
    if request.user != user:
        more += [
            Action(_("Change the role…"), user_address(user.pk, "role")),
            Action(_("Take the second factors away…"), user_address(user.pk, "factors"), kind="danger"),
        ]
        if user.is_active:
            more.append(Action(_("Close the account…"), user_address(user.pk, "close"), kind="danger"))
    if not user.is_active:
        more = [Action(_("Open the account…"), user_address(user.pk, "open"))]
    actions = [
        Action(_("Change"), user_address(user.pk, "edit"), kind="primary"),
        Action(_("What this user sees"), user_address(user.pk, "sees")),
    ]
    return {"actions": actions, "more": [handover, *more]}


def _history(request: StaffRequest, user: User, reading: Reading) -> dict[str, Any]:
    entries = accounts.entries_about(user)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        entries = entries.filter(pk__lt=int(before))
    shown = list(entries[: HISTORY_PAGE + 1])
    older = same_page(request, before=str(shown[HISTORY_PAGE - 1].pk)) if len(shown) > HISTORY_PAGE else ""
    return {"lines": account_lines(shown[:HISTORY_PAGE], reading), "older": older}
