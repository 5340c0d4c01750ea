"""Which lines of history a reader may know of: those of records that he may know of, or might have before their end."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from interparl.accounts.models import User
from interparl.accounts.roles import RESTRICTED
from interparl.core.kinds import Ref, model_of
from interparl.core.labels import known_of
from interparl.core.models.entries import Entry
from interparl.core.rights import Reader, was_open_to


def open_entries(entries: Sequence[Entry], user: Reader) -> list[Entry]:
    """Those of records that the reader may know of, or might have known of before they were removed.

    What stands in a register that he may not open is not told by history either.
    """
    refs = {ref for entry in entries if may_view(entry.kind, user) for ref in [(entry.kind, entry.object_id)]}
    known = known_of(refs, user)
    found = {ref for ref, one in known.items() if one.is_open} | _gone_open_to(refs - known.keys(), user)
    shown = [entry for entry in entries if (entry.kind, entry.object_id) in found]
    for entry in shown:
        about = known.get((entry.kind, entry.object_id))
        entry.is_restricted = about is not None and about.mark in RESTRICTED
    return shown


def may_view(kind: str, user: Reader) -> bool:
    """Whether the reader may open that register at all."""
    meta = model_of(kind)._meta
    return isinstance(user, User) and user.rights.may(f"{meta.app_label}.view_{meta.model_name}")


def first_open(found: models.QuerySet[Entry], user: Reader, number: int) -> list[Entry]:
    """The newest so many that the reader may know of; what he may not know of takes no place among them."""
    shown: list[Entry] = []
    piece = list(found[:number])
    while piece:
        shown += open_entries(piece, user)
        if len(shown) >= number or len(piece) < number:
            break
        piece = list(found.filter(pk__lt=piece[-1].pk)[:number])
    return shown[:number]


def _gone_open_to(refs: set[Ref], user: Reader) -> set[Ref]:
    """Of records that are there no more, those whose mark when they were removed this reader may read everywhere."""
    if not refs:
        return set()
    wanted = Q()
    for kind, key in refs:
        wanted |= Q(kind=kind, object_id=key)
    removals = Entry.objects.filter(wanted).order_by("id")
    last = {(kind, key): changes for kind, key, changes in removals.values_list("kind", "object_id", "changes")}
    return {ref for ref, changes in last.items() if was_open_to(model_of(ref[0]), changes, user)}
