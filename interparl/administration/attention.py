"""What the attention rules of all areas find: one query for each rule, through the reader's rights (design 8.15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.hooks import AttentionRule, every_attention
from interparl.core.kinds import Ref
from interparl.core.records import Record
from interparl.core.tables import Reading


@dataclass(frozen=True)
class Item:
    """One thing that is wrong or late: by which rule, the record where it is settled, what it is called, the way there.

    `name` is "" where no label tells the record apart.
    """

    rule: AttentionRule
    ref: Ref
    name: str
    url: str

    @property
    def text(self) -> str:
        """The rule's words, and of what."""
        return f"{self.rule.text}: {self.name}" if self.name else str(self.rule.text)


def attention_items(reading: Reading, most: int | None = None) -> Iterator[Item]:
    """What the rules find on the day among what the reader may know of, at most so many of each; what is late first."""
    found: list[tuple[AttentionRule, Record, Ref]] = []
    for rule in every_attention():
        if rule.permission and not (isinstance(reading.user, User) and reading.user.has_perm(rule.permission)):
            continue
        known = rule.model.objects.visible_to(reading.user)  # type: ignore[attr-defined]
        rows = rule.narrow(known, reading.day, reading.user).order_by("pk")[:most]
        found += [(rule, row, row.whole or (row.record_kind(), row.pk)) for row in rows]
    reading.want(ref for _rule, _row, ref in found)
    for rule, row, ref in found:
        yield Item(rule, ref, reading.name(*ref), rule.leads_to(row) if rule.leads_to else address(ref))
