"""What needs attention in a part of the registers: what the rules find for this reader, by the record that it is of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from interparl.accounts.models import User
from interparl.core.hooks import every_attention
from interparl.core.kinds import Ref
from interparl.core.reads import note_rows
from interparl.core.tables import Reading

MEMO = "attention of files"


@dataclass(frozen=True)
class Finding:
    """Something wrong or late: the rule, and the record with the one whose page shows it."""

    text: str
    ref: Ref
    whole: Ref


def findings(reading: Reading) -> list[Finding]:
    """All that the rules find among what this reader may know of; asked once for a file."""
    kept: list[Finding] | None = reading.memo.get(MEMO)
    if kept is None:
        kept = reading.memo[MEMO] = _found(reading)
    return kept


def _found(reading: Reading) -> list[Finding]:
    found: list[Finding] = []
    for rule in every_attention():
        user = reading.user
        if rule.permission and not (isinstance(user, User) and user.has_perm(rule.permission)):
            continue
        known = rule.model.objects.visible_to(user)  # type: ignore[attr-defined]
        rows = list(rule.narrow(known, reading.day, user).order_by("pk"))
        note_rows(rows)
        for row in rows:
            ref = (row.record_kind(), row.pk)
            found.append(Finding(str(rule.text), ref, row.whole or ref))
    return found


def attention_in(refs: Collection[Ref], reading: Reading, of: Ref | None = None) -> list[str]:
    """A sentence for each finding about these records; one about `of` itself does not name it again."""
    about = [one for one in findings(reading) if one.ref in refs or one.whole in refs]
    reading.want(ref for one in about for ref in (one.ref, one.whole))
    sentences = []
    for one in about:
        name = reading.name(*one.ref) or reading.name(*one.whole)
        sentences.append(one.text if of in (one.ref, None) or not name else f"{one.text}: {name}")
    return list(dict.fromkeys(sentences))
