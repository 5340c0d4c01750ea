"""People, rooms, cars and interpreters that are taken twice, or cannot come in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.kinds import Ref
from interparl.core.labels import readable
from interparl.core.rights import Reader
from interparl.core.tables import Reading
from interparl.meetings.actions.occupied import BOOKING, ITEM_PERSON, PARTICIPATION, Occupied
from interparl.meetings.blocks.clash_parts import (
    Asked,
    Found,
    Words,
    clash_of,
    covered,
    taken,
    when_words,
)
from interparl.meetings.models import ItemPerson, Participation, Resource
from interparl.meetings.rules import clashes as rules
from interparl.meetings.rules.clashes import ClashKind
from interparl.meetings.rules.zones import local_day

EVENT, PERSON, RESOURCE = "meetings.event", "directory.person", "meetings.resource"
VIEW = "meetings.view_event"
KINDS: dict[str, ClashKind] = {
    Resource.Kind.ROOM: ClashKind.ROOM,
    Resource.Kind.CAR: ClashKind.CAR,
    Resource.Kind.INTERPRETER: ClashKind.INTERPRETER,
    Resource.Kind.EQUIPMENT: ClashKind.ROOM,
}


def known_rows(rows: Sequence[Occupied], user: Reader) -> list[Occupied]:
    """Those that come from a row which the reader may know of; what his role reads everywhere is not asked for."""
    marks = user.rights.marks if isinstance(user, User) else frozenset[str]()
    asked = {(row.source_kind, row.source_id) for row in rows if row.mark not in marks}
    seen = readable(asked, user) if asked else set()
    return [row for row in rows if row.mark in marks or (row.source_kind, row.source_id) in seen]


@dataclass(frozen=True)
class _Pair:
    """Two that cannot both be, and whether the other one is hidden from the reader."""

    mine: Occupied
    other: Occupied
    overlap: rules.Overlap
    is_hidden: bool


def doubles(asked: Asked) -> list[Found]:
    """All of them, each once for whom or what it is about, the other event and the day."""
    pairs = _pairs(asked)
    sources = _Sources.of(asked, pairs)
    found: dict[str, Found] = {}
    for pair in pairs:
        one = _found(pair, sources)
        kept = found.get(one.clash.key)
        found[one.clash.key] = replace(kept, concerns=kept.concerns | one.concerns) if kept else one
    return list(found.values())


def _pairs(asked: Asked) -> list[_Pair]:
    user, facts = asked.reading.user, asked.facts
    others = facts.others
    if not isinstance(user, User) or not user.has_perm(VIEW):
        others = [row for row in others if row not in facts.hidden]
    mine = {taken(row): row for row in facts.rows}
    theirs = {taken(row, is_hidden=row in facts.hidden): row for row in others}
    pairs = []
    for overlap in rules.overlaps(list(mine), list(theirs), rules.default_travel):
        other = theirs[overlap.other]
        pairs.append(_Pair(mine[overlap.mine], other, overlap, other in facts.hidden))
    # An hour tells more than the stay around it.
    pairs.sort(key=lambda pair: (pair.mine.is_whole_day, pair.other.is_whole_day))
    known: set[tuple[Ref, Ref]] = set()
    return [pair for pair in pairs if not _is_again(pair, known)]


def _is_again(pair: _Pair, known: set[tuple[Ref, Ref]]) -> bool:
    """Whether the same two rows were met already: an interpreter is found by himself and by each of his names."""
    both = (pair.mine.source_kind, pair.mine.source_id), (pair.other.source_kind, pair.other.source_id)
    if both in known:
        return True
    known.add(both)
    return False


@dataclass(frozen=True)
class _Sources:
    """What is asked of the rows of the event that are in clashes, for all of them together."""

    items: dict[Ref, frozenset[Ref]]
    moved: dict[Ref, Ref]
    kinds: dict[int, str]
    speakers: frozenset[int]
    salt: str

    @classmethod
    def of(cls, asked: Asked, pairs: Sequence[_Pair]) -> _Sources:
        """One query at most."""
        sources = {(pair.mine.source_kind, pair.mine.source_id) for pair in pairs}
        items: dict[Ref, frozenset[Ref]] = {}
        moved: dict[Ref, Ref] = {}
        there = [key for kind, key in sources if kind == ITEM_PERSON]
        found = ItemPerson.objects.filter(pk__in=there).values_list("pk", "item", "participation")
        for key, item, who in found if there else ():
            items[ITEM_PERSON, key] = frozenset({("meetings.programmeitem", item), (PARTICIPATION, who)})
            moved[ITEM_PERSON, key] = "meetings.programmeitem", item
        for one in asked.facts["booking"]:
            items[BOOKING, one.key] = frozenset({("meetings.programmeitem", one.item)} if one.item else ())
        kinds = {one.key: one.kind for one in asked.facts["booking"]}
        interpreting = Participation.Function.INTERPRETER
        speakers = frozenset(one.person or 0 for one in asked.facts["part"] if one.function == interpreting)
        return cls(items, moved, kinds, speakers, asked.facts["salt"][0].value)

    def kind_of(self, pair: _Pair) -> ClashKind:
        """As what it counts."""
        if pair.overlap.kind == "travel":
            return ClashKind.TRAVEL
        if pair.mine.source_kind == BOOKING:
            return KINDS[self.kinds.get(pair.mine.source_id, Resource.Kind.ROOM)]
        return ClashKind.INTERPRETER if pair.mine.person_id in self.speakers else ClashKind.PERSON


def double(kind: ClashKind, mine: Occupied, other: Occupied, salt: str) -> tuple[rules.Clash, Ref]:
    """The clash of these two rows, and whom or what it is about: what was booked, else the person."""
    what = (RESOURCE, mine.resource_id) if mine.source_kind == BOOKING and mine.resource_id else None
    what = what or (PERSON, mine.person_id or 0)
    day = local_day(max(mine.begins_at, other.begins_at), mine.zone or "UTC")
    return clash_of(kind, day, what, covered(what, other.event_id, salt)), what


def _found(pair: _Pair, sources: _Sources) -> Found:
    mine, other, kind = pair.mine, pair.other, sources.kind_of(pair)
    is_booked = mine.source_kind == BOOKING
    clash, what = double(kind, mine, other, sources.salt)
    source = (mine.source_kind, mine.source_id)
    meets = None if pair.is_hidden else (EVENT, other.event_id)
    return Found(
        clash,
        lambda reading: _words(pair, kind, what, reading),
        names=frozenset({what, *([meets] if meets else [])}),
        concerns=frozenset({source, *sources.items.get(source, ())}),
        moved=source if is_booked else sources.moved.get(source),
        meets=meets,
        wanted=mine.resource_id or 0 if is_booked else 0,
        hours=(mine.begins_at, mine.ends_at),
    )


def _words(pair: _Pair, kind: ClashKind, what: Ref, reading: Reading) -> Words:
    zone = pair.mine.zone or "UTC"
    said = {"name": reading.name(*what), "mine": when_words(pair.overlap.mine, zone, reading.language)}
    if pair.is_hidden:
        return Words(_("%(name)s is busy") % said, said["mine"])
    said |= {
        "other": when_words(pair.overlap.other, zone, reading.language),
        "event": reading.name(EVENT, pair.other.event_id),
    }
    if kind == ClashKind.TRAVEL:
        title = _("%(name)s cannot come in time") % said
    elif kind == ClashKind.PERSON:
        title = _("%(name)s is in two places") % said
    elif kind == ClashKind.INTERPRETER:
        title = _("%(name)s interprets twice") % said
    else:
        title = _("%(name)s is booked twice") % said
    return Words(title, _("%(mine)s here; %(other)s in “%(event)s”") % said)
