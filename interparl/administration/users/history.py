"""The history of accounts in words. Accounts are no records, so `core.history` cannot tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import Acting, User
from interparl.administration.actions.accounts import ACTING, USER
from interparl.core.formats import write_moment
from interparl.core.history import VERBS, FieldChange, Line, words_of
from interparl.core.models import Entry
from interparl.core.tables import Reading

VERBS.update(
    {
        "closed": _("account closed"),
        "opened": _("account opened"),
        "factors_dropped": _("second factors taken away"),
        "invited": _("link for a password sent"),
    }
)
MODELS: dict[str, type[models.Model]] = {USER: User, ACTING: Acting}
FACTORS: dict[str, str | Promise] = {
    Authenticator.Type.TOTP: _("authenticator app"),
    Authenticator.Type.WEBAUTHN: _("passkey"),
    Authenticator.Type.RECOVERY_CODES: _("recovery codes"),
}
PERSON = "directory.person"


def account_lines(entries: Sequence[Entry], reading: Reading) -> list[Line]:
    """Entries of accounts and of deputising in words; three queries at most, however many there are."""
    people = {(PERSON, key) for entry in entries for key in entry.changes.get("person", ()) if key}
    reading.want(people)
    users = {entry.object_id for entry in entries if entry.kind == USER}
    for entry in entries:
        users |= {key for name in ("user", "deputy") for key in entry.changes.get(name, ()) if key}
        users |= {entry.whole_id} if entry.whole_id else set()
    named = reading.memo.setdefault("users", {})
    named |= {key: str(user) for key, user in User.objects.in_bulk(users - named.keys()).items()}
    return [_line(entry, reading) for entry in entries]


def _line(entry: Entry, reading: Reading) -> Line:
    model = MODELS[entry.kind]
    key = entry.object_id if entry.kind == USER else entry.whole_id
    return Line(
        entry=entry,
        verb=str(VERBS.get(entry.verb, entry.verb)),
        what=f"{model._meta.verbose_name}: {reading.memo['users'].get(key, key)}",
        at=entry.at,
        when=write_moment(entry.at, reading.language),
        actor=str(entry.user) if entry.user else entry.actor,
        note=entry.note,
        changes=[_change(model, name, entry.changes[name], reading) for name in _in_order(model, entry.changes)],
    )


def _in_order(model: type[models.Model], changes: dict[str, Any]) -> list[str]:
    """The fields as the model names them, then what is kept elsewhere: one of the databases forgets the order."""
    names = [column.name for column in model._meta.concrete_fields]
    return [*(name for name in names if name in changes), *sorted(changes.keys() - set(names))]


def _change(model: type[models.Model], name: str, pair: list[Any], reading: Reading) -> FieldChange:
    if name == "factors":
        return FieldChange(str(_("second factors")), *(kinds_in_words(kinds) for kinds in pair))
    if name == "person":
        # A person whom this reader may not know of has no name here.
        return FieldChange(str(_("person")), *(reading.name(PERSON, key) for key in pair))
    column: Any = model._meta.get_field(name)
    return FieldChange(str(column.verbose_name), *(words_of(column, value, reading) for value in pair))


def kinds_in_words(kinds: Sequence[str]) -> str:
    """Kinds of second factors by name."""
    return ", ".join(str(FACTORS.get(kind, kind)) for kind in kinds)
