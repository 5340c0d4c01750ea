"""Erasing a person: what goes is named, one user asks, another confirms, all is done at once (design 8.11)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from interparl.accounts.models import User
from interparl.core.actors import actor_of
from interparl.core.days import now, today
from interparl.core.erasing import Losses, erase, losses
from interparl.core.formats import write_partial
from interparl.core.models import Entry
from interparl.core.rights import Reader
from interparl.core.tables import Words
from interparl.core.translated import languages
from interparl.core.writing import Refused, change
from interparl.directory.models import ContactPoint, Deed, Erasure, Person, PersonName, RetentionHold
from interparl.documents.models import Document, KeepingHold
from interparl.exchange.actions import Traces, erase_traces, traces_of

NOT_NOW = _("This is not possible now: the erasure is “%(state)s”.")
ANOTHER = _("Whoever asked for an erasure does not confirm it. Another user does.")
NOT_ONESELF = _("Nobody confirms his own erasure.")
HELD = _("It is held back until %(until)s: %(grounds)s")
HELD_OPEN = _("It is held back: %(grounds)s")
HELD_BACK = _("It is held back.")
DOCUMENT_HELD = _("A document that would go is held back.")
NOT_DUE = _("The rule “%(rule)s” does not apply to this person today.")
OTHER_DEED = _("The rule “%(rule)s” says: %(deed)s.")
NO_GROUNDS = _("Name a rule, or the legal basis and the reason of a request.")
OPEN_ACCOUNT = _("The account “%(user)s” still signs in. Close it first.")
LIST_CHANGED = _("What would go has changed since the list was shown. Look at it again.")
WRONG_NUMBER = _("This is not the number of the erasure.")
# Shorter words stand in too many other words to be looked for.
SHORTEST_WORD = 5


@dataclass(frozen=True)
class Account:
    """All that an erasure would take, in the records, in history and in imports."""

    losses: Losses
    traces: Traces
    words: frozenset[str]

    @property
    def digest(self) -> str:
        """Differs when anything else would go than when it was last asked."""
        keys = [[row.pk for row in self.traces.rows], [row.pk for row in self.traces.named_in]]
        text = f"{self.losses.digest} {keys} {[batch.pk for batch in self.traces.batches]}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def counted(self) -> list[dict[str, Any]]:
        """How much goes, by kind; without a single value."""
        found = [
            {
                "kind": loss.model.record_kind(),
                "rows": len(loss.rows),
                "fields": list(loss.fields),
                "removed": loss.is_removed,
            }
            for loss in self.losses.of
        ]
        frozen: dict[str, int] = {}
        for row in self.losses.frozen:
            frozen[row.record_kind()] = frozen.get(row.record_kind(), 0) + 1
        found += [{"frozen": kind, "rows": number} for kind, number in frozen.items()]
        return [*found, {"entries": len(self.losses.entries), "import_rows": len(self.traces.rows)}]


def account_of(erasure: Erasure) -> Account:
    """What this erasure would take if it were done now; nothing is written."""
    person = Person.objects.get(pk=erasure.person_id)
    lost = losses(person, erasure.deed, erasure.pk)
    names = [row for row in lost.rows[PersonName] if isinstance(row, PersonName)]
    words = {row.value for row in lost.rows[ContactPoint] if isinstance(row, ContactPoint)}
    spellings = {spelling for name in names for spelling in _spellings(name)}
    if erasure.deed == Deed.ANONYMISE:
        words |= spellings
    traces = traces_of(lost.refs, spellings, _long(words))
    return Account(lost, traces, _long(words))


def _spellings(name: PersonName) -> Iterable[str]:
    """The ways in which a full name is written; a surname alone names others as well."""
    full = " ".join(part for part in (name.family, name.given, name.patronymic) if part)
    found = {name.text, name.by, f"{name.family}, {name.given}", full}
    return {one for one in found if " " in one and one.strip(" ,")}


def _long(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) >= SHORTEST_WORD)


def obstacles(erasure: Erasure, day: date, reader: Reader) -> list[Words]:
    """Why it may not be done on that day: a hold, no rule that is due and no request, an account that is open.

    Of a hold that the reader may not know of only this is said: that there is one.
    """
    found: list[Words] = []
    for hold in RetentionHold.objects.on(day).filter(person=erasure.person_id).order_by("pk"):
        if not hold.is_open_to(reader):
            found.append(HELD_BACK)
            continue
        text = HELD if hold.until else HELD_OPEN
        until = write_partial(hold.until, get_language() or "en")
        found.append(text % {"until": until, "grounds": hold.grounds})
    if _has_held_document(erasure, day):
        found.append(DOCUMENT_HELD)
    found += _without_grounds(erasure, day)
    user = erasure.person.user
    if erasure.deed == Deed.ANONYMISE and user is not None and user.is_active:
        found.append(OPEN_ACCOUNT % {"user": user.username})
    return found


def _has_held_document(erasure: Erasure, day: date) -> bool:
    """Whether a hold is in force on a document that hangs on the person or on a row about him."""
    holds = KeepingHold.objects.on(day)
    if not holds.exists():
        return False
    lost = losses(Person.objects.get(pk=erasure.person_id), erasure.deed, erasure.pk)
    keys = [key for kind, key in lost.refs if kind == Document.record_kind()]
    return holds.filter(document__in=keys).exists()


def _without_grounds(erasure: Erasure, day: date) -> list[Words]:
    if erasure.basis.strip() and erasure.grounds.strip():
        return []
    rule = erasure.rule
    if rule is None:
        return [NO_GROUNDS]
    if rule.deed != erasure.deed:
        return [OTHER_DEED % {"rule": rule, "deed": rule.get_deed_display()}]
    return [] if rule.due(day).filter(pk=erasure.person_id).exists() else [NOT_DUE % {"rule": rule}]


def ask(erasure: Erasure, *, by: User) -> None:
    """Hands a prepared erasure to a second user. Raises Refused when something stands against it."""
    with change(erasure, by=by, verb="asked") as held:
        _require(held, Erasure.State.DRAFT)
        if found := obstacles(held, today(), by):
            raise Refused([str(one) for one in found])
        held.state, held.asked_by, held.asked_on = Erasure.State.ASKED, by, today()


def refuse(erasure: Erasure, *, by: User, reason: str) -> None:
    """Refuses what was asked for; nothing is erased. Raises Refused when it was not asked for."""
    with change(erasure, by=by, verb="refused", note=reason) as held:
        _require(held, Erasure.State.ASKED)
        held.state, held.decided_by, held.decided_at = Erasure.State.REFUSED, by, now()


def _require(erasure: Erasure, state: str) -> None:
    if erasure.state != state:
        raise Refused(NOT_NOW, params={"state": erasure.get_state_display()})


def carry_out(erasure: Erasure, *, by: User, number: str, seen: str) -> Entry:
    """Erases for good what the list named; returns the entry of the erasure.

    `number` is what the second user typed, `seen` the digest of the list that was shown. Raises Refused, with nothing
    done: not asked for, by the same user, a wrong number, another list, a hold, no ground any more.
    """
    with transaction.atomic():
        held = Erasure.objects.select_for_update().get(pk=erasure.pk)
        _refuse_confirming(held, by, number)
        person = Person.objects.select_for_update().get(pk=held.person_id)
        account = account_of(held)
        if account.digest != seen:
            raise Refused(LIST_CHANGED)
        entry = erase(account.losses, by=actor_of(by))
        keeps_name = held.deed == Deed.ERASE
        if not keeps_name:
            _name_anew(person, held.pk, by)
        erase_traces(account.traces, held.pk, account.words, keeps_name=keeps_name)
        with change(erasure, by=by, verb="done") as held:
            held.state, held.decided_by, held.decided_at = Erasure.State.DONE, by, now()
            held.lost = account.counted()
    return entry


def _refuse_confirming(erasure: Erasure, by: User, number: str) -> None:
    _require(erasure, Erasure.State.ASKED)
    if erasure.asked_by_id == by.pk:
        raise Refused(ANOTHER)
    if erasure.person.user_id == by.pk:
        raise Refused(NOT_ONESELF)
    if number.strip() != str(erasure.pk):
        raise Refused({"number": [str(WRONG_NUMBER)]})
    if found := obstacles(erasure, today(), by):
        raise Refused([str(one) for one in found])


def _name_anew(person: Person, number: int, by: User) -> None:
    """The number of the erasure stands for the name, in every language."""
    for code in languages():
        with override(code):
            text = gettext("Person erased No. %(number)s") % {"number": number}
        name = PersonName(person=person, language=code, text=text, mark=person.mark, published_on=person.published_on)
        with change(name, by=by):
            pass
