"""Deeds on accounts and on who acts for whom: each in one transaction with its entry in the sealed history.

Users and their deputies are no records, so they do not pass the write gate; what is written here is told all the same.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interparl.accounts.factors import drop_factors
from interparl.accounts.models import Acting, User
from interparl.accounts.roles import ROLES, Role
from interparl.core.actors import Actor, actor_of
from interparl.core.checks import ACTIONS, OTHERS
from interparl.core.days import today
from interparl.core.models import Entry
from interparl.core.sealing import digest_of
from interparl.core.writing import Refused, change, differences, plain
from interparl.directory.models import Person

USER, ACTING = "accounts.user", "accounts.acting"
CHANGE_USERS = "accounts.change_user"
# Roles that may change accounts; of those who hold one, one must be able to come in.
KEEPERS = tuple(role.key for role in ROLES.values() if role.may(CHANGE_USERS))
NOT_ONESELF = _("Nobody does this to his own account. Ask another administrator.")
TAKEN = _("Another account has this name or address.")

Changes = dict[str, list[Any]]


@transaction.atomic
def add_user(
    *, username: str, email: str, by: User | Actor, name: str = "", role: str = "member", person: Person | None = None
) -> User:
    """A new open account without a password, linked to the person it is for; raises Refused."""
    user = User(username=User.normalize_username(username), email=email.lower(), name=name, role=role)
    user.set_unusable_password()
    _check(user, "username", "email")
    user.save()
    linked = _link(user, person, by)
    _note(user, "added", differences({}, _values(user)) | linked, by)
    return user


@transaction.atomic
def change_user(user: User, *, name: str, email: str, person: Person | None, by: User | Actor) -> Changes:
    """Another name, address or person; what was changed, empty when nothing was. Raises Refused."""
    held = _held(user)
    before = _values(held)
    held.name, held.email = name, email.lower()
    changes = differences(before, _values(held))
    if changes:
        _check(held, *changes)
        held.save(update_fields=["name", "email"])
    changes |= _link(held, person, by)
    if changes:
        _note(held, "changed", changes, by)
    return changes


@transaction.atomic
def give_role(user: User, role: str, *, by: User | Actor, note: str = "") -> None:
    """Another role, from the next request on. Raises Refused for one's own and for the last administrator's."""
    _refuse_own(user, by)
    _refuse_last(user, stays=role in KEEPERS)
    held = _held(user)
    before = _values(held)
    if role not in ROLES:
        raise Refused({"role": [_("There is no such role.")]})
    held.role = role
    if changes := differences(before, _values(held)):
        held.save(update_fields=["role"])
        _note(held, "changed", changes, by, note)


@transaction.atomic
def close_account(user: User, *, by: User | Actor, note: str) -> None:
    """Nobody comes in by this account any more: its sessions end at once. Raises Refused."""
    _refuse_own(user, by)
    _refuse_last(user, stays=False)
    held = _held(user)
    if not held.is_active:
        raise Refused(_("The account is closed already."))
    held.is_active = False
    held.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user_id=held.pk):
        session.end()
    _note(held, "closed", {"is_active": [True, False]}, by, note)


@transaction.atomic
def open_account(user: User, *, by: User | Actor, note: str) -> None:
    """Lets the user in again, with the password and the second factors that he had. Raises Refused."""
    held = _held(user)
    if held.is_active:
        raise Refused(_("The account is open already."))
    held.is_active = True
    held.save(update_fields=["is_active"])
    _note(held, "opened", {"is_active": [False, True]}, by, note)


@transaction.atomic
def drop_factors_of(user: User, *, by: User | Actor, note: str) -> None:
    """Takes away all second factors of somebody who has lost them, and ends his sessions. Raises Refused."""
    _refuse_own(user, by)
    held = _held(user)
    kinds = sorted(set(Authenticator.objects.filter(user_id=held.pk).values_list("type", flat=True)))
    if not kinds:
        raise Refused(_("This account has no second factor."))
    drop_factors(held)
    _note(held, "factors_dropped", {"factors": [kinds, []]}, by, note)


@transaction.atomic
def note_invitation(user: User, *, by: User | Actor) -> None:
    """Keeps in the history that a link for a password was sent to the user."""
    _note(user, "invited", {"email": [None, user.email]}, by)


def _held(user: User) -> User:
    """The account as it is now, under a lock."""
    return User.objects.select_for_update().get(pk=user.pk)


def _values(user: User) -> dict[str, Any]:
    return {name: user.serializable_value(name) for name in ("username", "name", "email", "role", "is_active")}


def _check(user: User, *names: str) -> None:
    """Refuses what the model refuses, and a new name by which another account could be meant, whatever its letters."""
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise Refused(error.error_dict) from error
    others = User.objects.exclude(pk=user.pk).values_list("username", "email")
    taken = {word.casefold() for pair in others for word in pair}
    known_by = {"username": user.username, "email": user.email}
    wrong = {name: [TAKEN] for name, word in known_by.items() if name in names and word.casefold() in taken}
    if wrong:
        raise Refused(wrong)


def _link(user: User, person: Person | None, by: User | Actor) -> Changes:
    """Makes the account that of the person and of no other, through the gate."""
    before = Person.objects.filter(user=user).first()
    if before == person:
        return {}
    if person is not None and person.user_id not in (None, user.pk):
        raise Refused({"person": [_("This person has another account.")]})
    try:
        if before is not None:
            with change(before, by=by) as held:
                held.user = None
        if person is not None:
            with change(person, by=by) as held:
                held.user = user
    except Refused as refusal:
        raise Refused({"person": refusal.messages}) from refusal
    return {"person": [before.pk if before else None, person.pk if person else None]}


def _refuse_own(user: User, by: User | Actor) -> None:
    if actor_of(by).user == user:
        raise Refused(NOT_ONESELF)


def _refuse_last(user: User, *, stays: bool) -> None:
    """Of two who take each other's office at one moment the second finds that the first is gone."""
    keepers = User.objects.select_for_update().filter(role__in=KEEPERS, is_active=True).order_by("pk")
    left = [one.pk for one in keepers]
    if not stays and left == [user.pk]:
        raise Refused(_("This is the last administrator who can sign in. Make another one first."))


def _note(user: User, verb: str, changes: Changes, by: User | Actor, note: str = "") -> None:
    _keep(Entry(kind=USER, object_id=user.pk, verb=verb, changes=changes, note=note), by)


def _keep(entry: Entry, by: User | Actor) -> None:
    actor = actor_of(by)
    entry.user, entry.actor = actor.user, actor.name
    entry.digest = digest_of(entry)
    entry.save()


@transaction.atomic
def add_acting(*, user: User, deputy: User, since: date, until: date, by: User) -> Acting:
    """Somebody acts for somebody in these days, with his rights; raises Refused."""
    acting = Acting(user=user, deputy=deputy, since=since, until=until)
    _check_acting(acting, by)
    acting.save()
    _note_acting(acting, "added", {}, by)
    return acting


@transaction.atomic
def move_acting(acting: Acting, *, since: date, until: date, by: User) -> None:
    """Other days for the same two; those that are over stay as they were. Raises Refused."""
    held = _held_acting(acting)
    before = _days(held)
    if since != held.since and min(since, held.since) < today():
        raise Refused({"since": [_("Days that are over are not changed.")]})
    held.since, held.until = since, until
    _check_acting(held, by)
    if _days(held) != before:
        held.save(update_fields=["since", "until"])
        _note_acting(held, "changed", before, by)


@transaction.atomic
def end_acting(acting: Acting, *, last_day: date, by: User, note: str = "") -> None:
    """Ends it after the day; one that began later is taken away as if it had never been. Raises Refused."""
    held = _held_acting(acting)
    before = _days(held)
    if not today() - timedelta(days=1) <= last_day <= held.until:
        raise Refused({"last_day": [_("The last day is yesterday at the earliest, and not after the day agreed.")]})
    if last_day == held.until:
        raise Refused({"last_day": [_("It ends on this day already.")]})
    if last_day < held.since:
        entry = _entry_of_acting(held, "removed", {name: [value, None] for name, value in before.items()})
        held.delete()
        entry.note = note
        _keep(entry, by)
        return
    held.until = last_day
    held.save(update_fields=["until"])
    _note_acting(held, "ended", before, by, note)


def _held_acting(acting: Acting) -> Acting:
    held = Acting.objects.select_for_update().select_related("user", "deputy").get(pk=acting.pk)
    if held.until < today():
        raise Refused(_("It is over. What was is not changed."))
    return held


def _check_acting(acting: Acting, by: User) -> None:
    # Under one lock for both, so that two who write the same pair at one moment do not both find no overlap.
    both = User.objects.select_for_update().filter(pk__in=(acting.user_id, acting.deputy_id)).order_by("pk")
    is_open = all(one.is_active for one in both)
    try:
        acting.full_clean()
    except ValidationError as error:
        raise Refused(error.error_dict) from error
    if not is_open:
        raise Refused(_("One of the two accounts is closed."))
    if by == acting.deputy:
        raise Refused({"deputy": [_("Nobody gives himself the rights of another.")]})
    if not may_lend(by, acting.user):
        raise Refused({"user": [_("You cannot hand on rights that you do not hold yourself.")]})
    if acting.until < today():
        raise Refused({"until": [_("This day is over.")]})
    same = Acting.objects.filter(user=acting.user, deputy=acting.deputy).exclude(pk=acting.pk)
    if same.filter(since__lte=acting.until, until__gte=acting.since).exists():
        raise Refused(_("The same two have an entry for some of these days already."))


def may_lend(by: User, user: User) -> bool:
    """Whether somebody holds all rights of that user's role, so that he may give them to another."""
    role, rights = ROLES[user.role], by.rights
    if not role.marks | role.own_marks <= rights.marks:
        return False
    return all(rights.may_own(name) for name in _permissions_of(role))


@cache
def _permissions_of(role: Role) -> tuple[str, ...]:
    every = [
        f"{model._meta.app_label}.{action}_{model._meta.model_name}"
        for model in apps.get_models()
        for action in ACTIONS
    ]
    return tuple(name for name in (*every, *OTHERS) if role.may_own(name))


def _days(acting: Acting) -> dict[str, Any]:
    return {
        name: plain(value)
        for name, value in (
            ("user", acting.user_id),
            ("deputy", acting.deputy_id),
            ("since", acting.since),
            ("until", acting.until),
        )
    }


def _entry_of_acting(acting: Acting, verb: str, changes: Changes) -> Entry:
    return Entry(kind=ACTING, object_id=acting.pk, whole_kind=USER, whole_id=acting.user_id, verb=verb, changes=changes)


def _note_acting(acting: Acting, verb: str, before: dict[str, Any], by: User, note: str = "") -> None:
    entry = _entry_of_acting(acting, verb, differences(before, _days(acting)))
    entry.note = note
    _keep(entry, by)


def entries_about(user: User) -> Any:
    """The history of an account and of whom it acts or acted for, newest first."""
    own = Q(kind=USER, object_id=user.pk) | Q(whole_kind=USER, whole_id=user.pk)
    acts = Q(kind=ACTING, object_id__in=Acting.objects.filter(deputy=user).values("pk"))
    return Entry.objects.filter(own | acts).select_related("user").order_by("-pk")
