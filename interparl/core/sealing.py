"""The history proves itself: each entry has a digest, and seals chain them (design 8.11).

`seal` lists the entries that have no seal yet, with their digests, and hashes the list with the seal before. `findings`
reads everything again and names each entry that was altered, removed or inserted since. An erased entry no longer says
what its digest says: the entry of the erasure lists it, with the digest of what is left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interparl.core.models.entries import ERASED, Entry, Seal

# So many entries a seal lists at most, so that its write is short.
LISTED_AT_MOST = 2000
CHUNK = 500
# A change may wait so long for its commit; a stranger older than that, before the last seal, was put in later.
LATE = timedelta(minutes=10)

Wrong = Literal["altered", "removed", "inserted", "chain"]
WRONG: dict[Wrong, Promise] = {
    "altered": _("Entry %(entry)s was altered (seal %(seal)s)."),
    "removed": _("Entry %(entry)s was removed (seal %(seal)s)."),
    "inserted": _("Entry %(entry)s was inserted (seal %(seal)s)."),
    "chain": _("The chain is broken at seal %(seal)s."),
}
# The same of entries that no seal lists.
WRONG_UNSEALED: dict[Wrong, Promise] = {
    "altered": _("Entry %(entry)s was altered before it was sealed."),
    "inserted": _("Entry %(entry)s was inserted later: no seal of its day lists it."),
}


@dataclass(frozen=True)
class Finding:
    """What is wrong: with which entry (0 for none), under which seal (0 for none)."""

    wrong: Wrong
    entry: int
    seal: int

    def __str__(self) -> str:
        words = WRONG[self.wrong] if self.seal else WRONG_UNSEALED[self.wrong]
        return str(words) % {"entry": self.entry, "seal": self.seal}


def digest_of(entry: Entry) -> str:
    """SHA-256 of what an entry says, in 64 hex digits; the same on both databases, whatever the order of keys."""
    said = [
        entry.kind,
        entry.object_id,
        entry.whole_kind,
        entry.whole_id,
        entry.verb,
        entry.changes,
        entry.user_id,
        entry.actor,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.note,
        entry.batch,
        entry.row,
        # Entries of before this was kept say what they said.
        *([entry.without] if entry.without else []),
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def last_seal() -> Seal | None:
    """The last link of the chain; None before the first."""
    return Seal.objects.order_by("-number").first()


def seal(now: datetime) -> Seal | None:
    """Seals every entry that has none yet, whatever its id; the last seal made, or None when there was nothing to do.

    Of two sealers at one moment one gives way: the numbers of seals are unique, and what it listed stays without a seal
    until the next time.
    """
    made = None
    while (found := _seal_some(now)) is not None:
        made = found
    return made


def _seal_some(now: datetime) -> Seal | None:
    try:
        with transaction.atomic():
            rows = list(Entry.objects.filter(seal=None).order_by("pk").values_list("pk", "digest")[:LISTED_AT_MOST])
            if not rows:
                return None
            before = last_seal()
            number, previous = (before.number + 1, before.hash) if before else (1, "")
            listed = "".join(f"{key} {digest}\n" for key, digest in rows)
            made = Seal.objects.create(
                number=number, at=now, previous=previous, listed=listed, hash=_hash(number, now, previous, listed)
            )
            keys = [key for key, _digest in rows]
            for start in range(0, len(keys), CHUNK):
                Entry.objects.filter(pk__in=keys[start : start + CHUNK], seal=None).update(seal=made)
            return made
    except IntegrityError:
        return None


def _hash(number: int, at: datetime, previous: str, listed: str) -> str:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(f"{number}\n{moment}\n{previous}\n{listed}".encode()).hexdigest()


@dataclass
class Truth:
    """Whether entries say what was written; of each erasure it reads the list once."""

    _left: dict[int, dict[int, str]] = field(default_factory=dict)

    def holds(self, entry: Entry) -> bool:
        """Whether the entry says what its digest says, or, erased, what its erasure left of it."""
        if entry.erased_by_id is None:
            return entry.digest == digest_of(entry)
        if entry.erased_by_id not in self._left:
            self._left[entry.erased_by_id] = _left_by(entry.erased_by_id)
        return self._left[entry.erased_by_id].get(entry.pk) == digest_of(entry)


def _left_by(key: int) -> dict[int, str]:
    """What a true erasure lists: the digest of what it left of each entry; nothing when it is no true erasure."""
    erasing = Entry.objects.filter(pk=key, verb=ERASED, erased_by=None).first()
    if erasing is None or erasing.digest != digest_of(erasing):
        return {}
    changes: dict[str, Any] = erasing.changes
    keys, digests = (changes.get(name, (None, []))[1] for name in ("entries", "digests"))
    return {entry: digest for entry, digest in zip(keys, digests, strict=False) if entry < key}


def findings() -> list[Finding]:
    """Everything that does not agree with the seals, in their order; empty when the history is whole."""
    found: list[Finding] = []
    truth = Truth()
    previous, expected = "", 1
    for link in Seal.objects.order_by("number").iterator(chunk_size=20):
        is_true = link.hash == _hash(link.number, link.at, link.previous, link.listed)
        if link.number != expected or link.previous != previous or not is_true:
            found.append(Finding("chain", 0, link.number))
        previous, expected = link.hash, link.number + 1
        found += _under(link, truth)
    return [*found, *_without_seal(truth)]


def _under(link: Seal, truth: Truth) -> Iterator[Finding]:
    """What is wrong with the entries that a seal lists, or that say they are under it."""
    listed = dict(_lines(link.listed))
    stored: set[int] = set()
    for entry in Entry.objects.filter(seal=link).order_by("pk").iterator(chunk_size=CHUNK):
        stored.add(entry.pk)
        if entry.pk not in listed:
            yield Finding("inserted", entry.pk, link.number)
        elif entry.digest != listed[entry.pk] or not truth.holds(entry):
            yield Finding("altered", entry.pk, link.number)
    missing = sorted(listed.keys() - stored)
    elsewhere = set(Entry.objects.filter(pk__in=missing).values_list("pk", flat=True)) if missing else set()
    for key in missing:
        # It is there, but no longer says under which seal it is.
        yield Finding("altered" if key in elsewhere else "removed", key, link.number)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for line in text.splitlines():
        key, _space, digest = line.partition(" ")
        if key.isdigit():
            yield int(key), digest


def _without_seal(truth: Truth) -> Iterator[Finding]:
    """Entries without a seal that cannot have been written after the last one, or do not say what their digest says."""
    last = last_seal()
    named = {
        key for link in Seal.objects.only("listed").iterator(chunk_size=20) for key, _digest in _lines(link.listed)
    }
    for entry in Entry.objects.filter(seal=None).order_by("pk").iterator(chunk_size=CHUNK):
        if entry.pk in named:
            continue  # told under its seal
        if not truth.holds(entry):
            yield Finding("altered", entry.pk, 0)
        elif last is not None and entry.at < last.at - LATE:
            yield Finding("inserted", entry.pk, 0)


def counts() -> dict[str, int]:
    """How many entries there are, how many of them are sealed, and how many seals."""
    sealed = Entry.objects.filter(seal__isnull=False).count()
    return {"entries": Entry.objects.count(), "sealed": sealed, "seals": Seal.objects.count()}
