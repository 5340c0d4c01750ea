"""Saving a mapping: from the columns of a table, from a file, or as a copy of one that is shipped."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.requests import StaffRequest, require
from interparl.core.translated import rewritten, texts_of
from interparl.core.writing import change
from interparl.exchange.models import SavedMapping
from interparl.exchange.pages.bring_look import Look
from interparl.exchange.pages.mapping_parts import Data, Typed

# By columns of these fields a table of the same source is known again.
TELLING = frozenset({"id", "name", "family", "person", "person_id", "body", "body_id", "membership_id"})


def save_from(request: StaffRequest, found: Look, sent: Typed) -> str:
    """Saves the mapping of this table and returns its code; "" when it was refused: the problems say why."""
    code, name = sent.line("save_code"), sent.line("save_name")
    if not code or not name:
        found.problems.append(_("Give the mapping a code and a name to save it."))
        return ""
    try:
        saved = keep(
            request.user, found.kind, code, {get_language() or "en": name}, with_needed(found), over=found.code
        )
    except ValidationError as error:
        found.problems += error.messages
        return ""
    return saved.code


def with_needed(found: Look) -> Data:
    """The mapping; where it needs no column yet, those that tell the rows apart are needed from now on."""
    columns = found.data.get("columns", [])
    if found.is_pasted or any(one.get("needed") for one in columns):
        return dict(found.data)
    known = set(found.headings)
    marked = [one | {"needed": True} if one["to"] in TELLING and one["from"] in known else one for one in columns]
    return {**found.data, "columns": marked}


def keep(user: User, kind: str, code: str, names: dict[str, str], data: Data, *, over: str = "") -> SavedMapping:
    """Saves a mapping: a new one, or in place of the one that it began from (`over`). Raises ValidationError."""
    validate_slug(code)
    there = SavedMapping.objects.visible_to(user).filter(kind=kind, code=code).first()
    if there is not None and (over != code or not there.may_change(user)):
        raise ValidationError(
            _("There is a mapping “%(code)s” already. Choose it first to change it, or give another code.")
            % {"code": code}
        )
    saved = there or SavedMapping(kind=kind, code=code)
    if there is None:
        require(user, "exchange.add_savedmapping")
    with change(saved, by=user) as record:
        record.name = rewritten(record.name, {**texts_of(record.name), **names})
        record.data = {key: value for key, value in data.items() if key not in ("kind", "name", "code")}
    return saved
