"""What happened since a reader last looked, in words: lines of who did what and when, those alike as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.addresses import address
from interparl.core.blocks import BLOCK_ROWS, News
from interparl.core.formats import write_moment, write_number
from interparl.core.history import VERBS, Line, in_words
from interparl.core.kinds import Ref, model_of
from interparl.core.known_entries import first_open
from interparl.core.looks import DAYS, Scope, Telling, news_of
from interparl.core.models.entries import Entry
from interparl.core.reads import note
from interparl.core.records import Record
from interparl.core.tables import Reading
from interparl.core.templatetags.ui_parts import Link, TimelineItem

# So many of the newest entries are put into words; of more it is said that there are more.
LOOKED_AT = 200
ADDED, ENDED, REMOVED = "added", "ended", "removed"


@dataclass(frozen=True)
class Saying:
    """A sentence of its own for what happened: of one by name, and of several by their number."""

    one: Callable[[str], str]
    many: Callable[[int], str]


Sayings = Mapping[tuple[str, str], Saying]


@dataclass(frozen=True)
class Happened:
    """One entry as it is told: what became of the row, who it is about and where it stands."""

    entry: Entry
    deed: str
    who: Ref | None
    where: Ref | None

    @property
    def ref(self) -> Ref:
        """The record that was changed."""
        return self.entry.kind, self.entry.object_id

    @property
    def alike(self) -> tuple[str, str, Ref | None, int | None, str]:
        """What is told in one line: the same deed on records of one kind, by one actor, in one place."""
        return self.entry.kind, self.deed, self.where, self.entry.user_id, self.entry.actor


def deed_of(entry: Entry) -> str:
    """What became of the row, whatever the change was called: it is new, gone or at its end, else the verb."""
    before, after = entry.changes.get("mark") or (1, 1)
    if before is None or after is None:
        return ADDED if before is None else REMOVED
    ends = entry.changes.get("until")
    return ENDED if ends and ends[1] and not ends[0] else entry.verb


def happened(entries: Iterable[Entry], root: Ref, tellings: Sequence[Telling]) -> list[Happened]:
    """The entries as they are told; what was added or removed with its whole is told of by the whole alone."""
    by_kind = {one.model.record_kind(): one for one in tellings}
    found = [_told(entry, root, by_kind.get(entry.kind)) for entry in entries]
    whole = {(one.ref, one.deed) for one in found if one.deed in (ADDED, REMOVED)}
    return [
        one
        for one in found
        if (one.entry.whole_kind, one.entry.whole_id) == root
        or ((one.entry.whole_kind, one.entry.whole_id), one.deed) not in whole
    ]


def _told(entry: Entry, root: Ref, telling: Telling | None) -> Happened:
    own, whole = (entry.kind, entry.object_id), (entry.whole_kind, entry.whole_id or 0)
    if telling is not None:
        who = _end(entry, telling, "who_key", telling.who)
        where = _end(entry, telling, "where_key", telling.where)
        return Happened(entry, deed_of(entry), who, where if where != root else None)
    if model_of(entry.kind).labelled:
        return Happened(entry, deed_of(entry), own, None)
    return Happened(entry, deed_of(entry), whole if whole[1] and whole != root else None, None)


def _end(entry: Entry, telling: Telling, name: str, path: str) -> Ref | None:
    """The record at the end of a path; of a row that is gone, as its last values say."""
    if not path:
        return None
    key = getattr(entry, name, None)
    if key is None and path in entry.changes:
        pair = [one for one in entry.changes[path] if isinstance(one, int)]
        key = pair[0] if pair else None
    return (telling.kind_of(path), key) if key is not None else None


def told(found: Sequence[Happened], reading: Reading, sayings: Sayings, root: Ref, every: str) -> list[TimelineItem]:
    """The newest lines; their names are asked for at once, and are those that the reader may know."""
    groups: dict[Any, list[Happened]] = {}
    for one in found:
        groups.setdefault(one.alike, []).append(one)
    shown = list(groups.values())[:BLOCK_ROWS]
    refs = {ref for group in shown for one in group for ref in (one.who, one.where) if ref}
    reading.want(refs)
    note(one.ref for group in shown for one in group if one.entry.is_restricted)
    return [_item(group, reading, sayings, root, every) for group in shown]


def _item(group: Sequence[Happened], reading: Reading, sayings: Sayings, root: Ref, every: str) -> TimelineItem:
    newest, number = group[0], len({one.ref for one in group})
    name = reading.name(*newest.who) if newest.who else ""
    place = reading.name(*newest.where) if newest.where else ""
    saying = sayings.get((newest.entry.kind, newest.deed))
    model = model_of(newest.entry.kind)
    actor = str(newest.entry.user) if newest.entry.user else newest.entry.actor
    words = {"actor": actor, "verb": str(VERBS.get(newest.deed, newest.deed))}
    if saying and (name or number > 1):
        words["what"] = saying.many(number) if number > 1 else saying.one(name)
        text = _("%(what)s (%(actor)s)")
    else:
        words["what"] = capfirst(_plainly(model, name, number))
        text = _("%(what)s – %(verb)s, %(actor)s")
    line = text % words
    return TimelineItem(
        day=write_moment(newest.entry.at, reading.language),
        text=f"{place}: {line}" if place else line,
        iso=newest.entry.at.isoformat(),
        address=every if number > 1 else _leads_to(newest, root),
    )


def page_lines(entries: Sequence[Entry], root: Ref, tellings: Sequence[Telling], reading: Reading) -> list[Line]:
    """Each entry by itself, with who it is about and where; what is new is named and opens, what changed is shown."""
    by_kind = {one.model.record_kind(): one for one in tellings}
    found = {entry.pk: _told(entry, root, by_kind.get(entry.kind)) for entry in entries}
    refs = {ref for one in found.values() for ref in (one.who, one.where) if ref}
    reading.want(refs)
    new = [one.entry for one in found.values() if one.deed == ADDED]
    lines = {line.entry.pk: line for line in in_words(new, reading, in_full=False)}
    lines |= {line.entry.pk: line for line in in_words([one for one in entries if one.pk not in lines], reading)}
    for pk, one in found.items():
        names = [name for ref in (one.who, one.where) if ref and (name := reading.name(*ref))]
        if names and one.entry.kind in by_kind:
            lines[pk].what = f"{model_of(one.entry.kind)._meta.verbose_name}: {' – '.join(names)}"
        elif names and one.who != one.ref:
            lines[pk].what = f"{lines[pk].what}, {names[0]}"
        lines[pk].url = _leads_to(one, root)
    return [lines[entry.pk] for entry in entries]


def _plainly(model: type[Record], name: str, number: int) -> str:
    if number > 1:
        return f"{model._meta.verbose_name_plural}, {number}"
    return f"{model._meta.verbose_name}: {name}" if name else str(model._meta.verbose_name)


def _leads_to(one: Happened, root: Ref) -> str:
    """The page of what is told of; "" for the page itself and for what is gone."""
    if one.deed == REMOVED:
        return ""
    ref = (one.entry.whole_kind, one.entry.whole_id) if one.entry.whole_id else one.ref
    return address(ref) if ref != root else ""


def since_words(looked_at: Any, language: str) -> str:
    """Since when it is that is told."""
    if looked_at is None:
        return _("You have not pressed “Seen” here yet. These are the last %(days)s days.") % {"days": DAYS}
    return _("Since you pressed “Seen”: %(moment)s.") % {"moment": write_moment(looked_at, language)}


def news_block(scope: Scope, record: Record, reading: Reading, sayings: Sayings, looked: str) -> News | None:
    """What happened around a record since the reader last looked; None when nothing did, and on past days.

    `looked` is the address of the page that tells all of it and takes the reader's word that he has seen it.
    """
    if reading.is_past or not isinstance(reading.user, User):
        return None
    root = (record.record_kind(), record.pk)
    entries = first_open(news_of(scope, root, reading.user), reading.user, LOOKED_AT + 1)
    if not entries:
        return None
    found = happened(entries[:LOOKED_AT], root, scope.tellings)
    return News(
        moments=told(found, reading, sayings, root, looked),
        since=since_words(entries[0].looked_at, reading.language),  # type: ignore[attr-defined]  # annotated
        every=[Link(number_words(entries, reading.language), looked)],
        seen=looked,
        up_to=entries[0].pk,
    )


def number_words(entries: Sequence[Entry], language: str) -> str:
    """How many changes there are, or that there are more than are looked at."""
    if len(entries) > LOOKED_AT:
        return _("More than %(number)s changes") % {"number": write_number(LOOKED_AT, language)}
    return _("All %(number)s") % {"number": write_number(len(entries), language)}
