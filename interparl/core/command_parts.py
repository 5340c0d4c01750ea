"""What commands share: the day, the reader, and a record named on the command line."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.accounts.roles import ROLES
from interparl.core.days import today
from interparl.core.models import Identifier, Label
from interparl.core.moved import left_by_code, left_of
from interparl.core.records import Record
from interparl.core.requests import asked_day
from interparl.core.rights import Reader
from interparl.core.translated import languages

# The scheme of an id in whatever source.
SOURCE = "source"
MOST_COLONS = 5


def add_reader(parser: argparse.ArgumentParser) -> None:
    """`--as NAME|ROLE`: who reads; the public when it is not given."""
    parser.add_argument(
        "--as", dest="reader", default="", metavar="NAME|ROLE", help="read as this user or role (public)"
    )


def reader_from(text: str) -> Reader:
    """The user of that name, or somebody with that role; the public for ""."""
    if text in ("", "public"):
        return AnonymousUser()
    if text in ROLES:
        return User(username=text, role=text, is_active=True)
    found = User.objects.filter(username=text).first()
    if found is None:
        raise ValidationError(_("There is no user and no role “%(text)s”.") % {"text": text})
    return found


def language_from(text: str) -> str:
    """The language of `--lang`, if this installation has it; raises ValidationError."""
    if text not in languages():
        raise ValidationError(_("There is no language “%(text)s” here.") % {"text": text})
    return text


def day_from(text: str) -> date:
    """The day of `--on`, today for ""; raises ValidationError with the reason."""
    day, problem = asked_day(text)
    if problem:
        raise ValidationError(problem)
    return day or today()


def named_record(model: type[Record], text: str, reader: Reader) -> Record:
    """The record that this reader may know of by `scheme:value`, code, key or exact name; raises ValidationError."""
    seen = model._base_manager.filter(model.may_read(reader))
    keys: list[int] = []
    colon = ":" in text
    if colon:
        keys = _identified(model.record_kind(), text)
    elif any(column.name == "code" for column in model._meta.concrete_fields):
        by_code: dict[str, Any] = {"code__iexact": text}
        keys = list(seen.filter(**by_code).values_list("pk", flat=True))
    if not keys and text.isascii() and text.isdigit():
        keys = [int(text)]
    if not keys and not colon and (left := left_by_code(model, text, reader)):
        keys = [left]
    if not keys:
        names = Label.objects.filter(kind=model.record_kind(), text=text)
        keys = list(names.values_list("object_id", flat=True).distinct())
    records = list(seen.filter(pk__in=keys)[:2])
    if not records and len(keys) == 1:
        records = list(seen.filter(pk=left_of(model, keys[0], reader)))
    words = {"kind": model._meta.verbose_name, "text": text}
    if not records:
        raise ValidationError(_("No %(kind)s is known as “%(text)s”.") % words)
    if len(records) > 1:
        raise ValidationError(_("More than one %(kind)s is known as “%(text)s”; give an id.") % words)
    return records[0]


def _identified(kind: str, text: str) -> list[int]:
    """The records with that id, wherever the colon stands that parts scheme and value.

    The scheme `source` is that of whatever source a record was imported from: only such schemes have a colon.
    """
    found = Q()
    for at in [place for place, char in enumerate(text) if char == ":"][:MOST_COLONS]:
        found |= Q(scheme=text[:at], value=text[at + 1 :])
    scheme, _colon, value = text.partition(":")
    if scheme == SOURCE:
        found |= Q(scheme__contains=":", value=value)
    held = Identifier.objects.filter(found, kind=kind)
    return list(held.values_list("object_id", flat=True).distinct())


def identifiers_of(kind: str, keys: list[int]) -> dict[int, dict[str, str]]:
    """The ids elsewhere of these records, by scheme, and that in its source as `source`; one query."""
    found: dict[int, dict[str, str]] = {}
    rows = Identifier.objects.filter(kind=kind, object_id__in=keys).order_by("scheme", "pk")
    for key, scheme, value in rows.values_list("object_id", "scheme", "value"):
        ids = found.setdefault(key, {})
        ids[scheme] = value
        if ":" in scheme:
            ids.setdefault(SOURCE, value)
    return found
