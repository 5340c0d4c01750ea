"""A whole agenda written at once: order, tree, titles in one language, rapporteurs, times and minutes.

What the writer may not know of keeps its place: the numbers of order that his own items hold are given out anew among
these alone. What another changed since the agenda was opened is taken over where the writer left it alone, and told
where both changed it (design 8.9).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from interparl.accounts.models import User
from interparl.core.history import words_of
from interparl.core.models import Entry
from interparl.core.tables import Reading
from interparl.core.translated import rewritten, texts_of
from interparl.core.writing import Planned, Refused, change_many, values_of
from interparl.meetings.models import AgendaItem, Event
from interparl.meetings.rules.numbering import parents, placed, spread

KIND = AgendaItem.record_kind()
# What of an item the page writes; its place is written as order and as the item above it.
WRITTEN = ("title", "minutes", "ours", "theirs", "record")
PLACE = ("order", "parent")


@dataclass(frozen=True)
class Line:
    """One line of an agenda as it is to stand: which item it is (None: a new one), how far in, and what it says."""

    item: int | None = None
    depth: int = 0
    title: str = ""
    ours: int | None = None
    theirs: int | None = None
    minutes: int | None = None
    record: str = ""


@dataclass(frozen=True)
class Theirs:
    """What another set meanwhile, and the writer too: the item, the field, his words, who and when."""

    item: int
    name: str
    label: str
    words: str
    entry: Entry


class Moved(Exception):
    """The agenda was changed since it was opened: the lines to show now, what both changed, the entry to go on from."""

    def __init__(self, lines: Sequence[Line], changes: Sequence[Theirs], seen: int) -> None:
        super().__init__("moved")
        self.lines = list(lines)
        self.changes = list(changes)
        self.seen = seen


def items_of(event: Event, reader: Any) -> list[AgendaItem]:
    """The items of the agenda that this reader may know of, in the order of print."""
    found = {item.pk: item for item in AgendaItem.objects.visible_to(reader).filter(event=event).in_order()}
    return [found[one.key] for one in placed((key, item.parent_id) for key, item in found.items())]


def last_change(event: Event, items: Collection[int]) -> int:
    """The last entry about one of these items of the agenda, which the reader may know of; 0 before any."""
    entries = Entry.objects.filter(kind=KIND, whole_kind=Event.record_kind(), whole_id=event.pk, object_id__in=items)
    return entries.order_by("-pk").values_list("pk", flat=True).first() or 0


def lines_of(items: Sequence[AgendaItem], language: str) -> list[Line]:
    """The items as lines, with their words in that language alone."""
    where = {one.key: one for one in placed((item.pk, item.parent_id) for item in items)}
    by_key = {item.pk: item for item in items}
    return [_line(by_key[key], where[key].depth, language) for key in where]


def _line(item: AgendaItem, depth: int, language: str) -> Line:
    return Line(
        item=item.pk,
        depth=depth,
        title=texts_of(item.title).get(language, ""),
        ours=item.ours_id,
        theirs=item.theirs_id,
        minutes=item.minutes,
        record=texts_of(item.record).get(language, ""),
    )


def keep_agenda(event: Event, lines: Sequence[Line], *, seen: int, reading: Reading, by: User) -> int:
    """Writes the agenda as these lines say, in one transaction; how many items changed.

    Lines without an item are new ones, those of them without a title are left out; an item without a line stays as it
    is. Raises Moved when another changed the agenda meanwhile, and Refused with the number of the line.
    """
    with transaction.atomic():
        Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
        items = {item.pk: item for item in items_of(event, by)}
        kept = [line for line in lines if line.item in items or (line.item is None and line.title.strip())]
        merged = _merged(event, kept, items, seen, reading)
        return change_many(_planned(event, merged, items, reading.language, by), by=by)


@dataclass
class _Meanwhile:
    """What became of the agenda since it was opened."""

    base: dict[int, dict[str, Any]] = field(default_factory=dict)
    by: dict[tuple[int, str], Entry] = field(default_factory=dict)
    added: set[int] = field(default_factory=set)
    newest: int = 0


def _meanwhile(event: Event, items: Mapping[int, AgendaItem], seen: int) -> _Meanwhile:
    entries = Entry.objects.filter(
        kind=KIND, whole_kind=Event.record_kind(), whole_id=event.pk, object_id__in=items, pk__gt=seen
    ).select_related("user")
    found = _Meanwhile(newest=last_change(event, items))
    for entry in entries.order_by("-pk"):
        base = found.base.setdefault(entry.object_id, values_of(items[entry.object_id]))
        base |= {name: pair[0] for name, pair in entry.changes.items()}
        for name in entry.changes:
            found.by.setdefault((entry.object_id, name), entry)
        if entry.verb == "added":
            found.added.add(entry.object_id)
    return found


def _merged(
    event: Event, lines: Sequence[Line], items: Mapping[int, AgendaItem], seen: int, reading: Reading
) -> list[Line]:
    """The lines with what another changed and the writer left alone; raises Moved for what both changed."""
    since = _meanwhile(event, items, seen)
    told = {line.item for line in lines}
    # Of an item that came meanwhile the writer has no line yet: it stays where the other put it.
    new = [key for key in items if key in since.added and key not in told]
    if not since.base:
        return list(lines)
    language, changes = reading.language, list[Theirs]()
    merged = [_merged_line(line, items, since, language, changes, reading) for line in lines]
    are_moved = any((key, name) in since.by for key in items for name in PLACE) or bool(new)
    if are_moved:
        merged = _merged_places(merged, items, since, new, language, changes, reading)
    if changes:
        raise Moved(merged, changes, since.newest)
    return merged


def _merged_line(
    line: Line,
    items: Mapping[int, AgendaItem],
    since: _Meanwhile,
    language: str,
    changes: list[Theirs],
    reading: Reading,
) -> Line:
    if line.item is None or line.item not in since.base or line.item in since.added:
        return line
    item = items[line.item]
    base, now = since.base[line.item], values_of(item)
    for name in WRITTEN:
        entry = since.by.get((line.item, name))
        mine, theirs, before = getattr(line, name), _said(now[name], language), _said(base[name], language)
        if entry is None or _alike(mine, theirs) or _alike(theirs, before):
            continue
        if _alike(mine, before):
            line = replace(line, **{name: theirs})
            continue
        column: Any = AgendaItem._meta.get_field(name)
        words = str(theirs or "") if isinstance(now[name], dict) else words_of(column, now[name], reading)
        changes.append(Theirs(item.pk, name, str(column.verbose_name), words, entry))
    return line


def _said(value: Any, language: str) -> Any:
    """A kept value as a line has it: of a text the words in one language."""
    return texts_of(value).get(language, "") if isinstance(value, dict) else value


def _alike(left: Any, right: Any) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return _lines(left) == _lines(right)
    return (left or None) == (right or None)


def _lines(text: str) -> list[str]:
    """A text as its lines: browsers write the ends of lines in their own way."""
    return text.strip().splitlines()


def _merged_places(
    lines: list[Line],
    items: Mapping[int, AgendaItem],
    since: _Meanwhile,
    new: Sequence[int],
    language: str,
    changes: list[Theirs],
    reading: Reading,
) -> list[Line]:
    """Another's order where the writer changed none, with the items that came meanwhile; else both are told."""
    then = sorted(
        ((since.base.get(key, values_of(item)), key) for key, item in items.items() if key not in since.added),
        key=lambda one: (one[0]["order"], one[1]),
    )
    before = [(one.key, one.depth) for one in placed((key, base["parent"]) for base, key in then)]
    mine = [(line.item, line.depth) for line in lines if line.item is not None and line.item not in since.added]
    now = placed((key, item.parent_id) for key, item in items.items())
    by_key = {line.item: line for line in lines if line.item is not None}
    if mine == before:
        theirs = [
            replace(by_key[one.key], depth=one.depth)
            if one.key in by_key
            else _line(items[one.key], one.depth, language)
            for one in now
        ]
        return [*theirs, *(line for line in lines if line.item is None)]
    if mine != [(one.key, one.depth) for one in now if one.key not in since.added]:
        touched = [since.by[key, name] for key in items for name in PLACE if (key, name) in since.by and key not in new]
        if touched:
            entry = max(touched, key=lambda one: one.pk)
            column: Any = AgendaItem._meta.get_field("order")
            words = ", ".join(f"{one.number} {items[one.key].label_in(language) or items[one.key]}" for one in now)
            changes.append(Theirs(entry.object_id, "order", str(column.verbose_name), words, entry))
    depths = {one.key: one.depth for one in now}
    return [*lines, *(_line(items[key], depths[key], language) for key in new)]


def _planned(
    event: Event, lines: Sequence[Line], items: Mapping[int, AgendaItem], language: str, by: User
) -> list[Planned]:
    """The rows to write; a new item before those that stand under it."""
    _refuse_untitled(lines, items, language)
    above = parents([line.depth for line in lines])
    records = [items[line.item] if line.item is not None else AgendaItem(event=event) for line in lines]
    orders = _orders(lines, above, items)
    found = []
    for position, (line, record) in enumerate(zip(lines, records, strict=True)):
        parent = above[position]
        values = _values(line, record, language) | {
            "parent": records[parent] if parent is not None else None,
            "order": orders[position],
        }
        is_new = record._state.adding
        if not is_new and _stands(record, values):
            continue
        if not record.may_do("add" if is_new else "change", by):
            raise PermissionDenied
        if is_new:
            for name, value in values.items():
                setattr(record, name, value)
        found.append(Planned(record, values, _("Line %(number)s") % {"number": position + 1}))
    return found


def _stands(record: AgendaItem, values: Mapping[str, Any]) -> bool:
    """Whether an item says all of this already."""
    parent = values["parent"]
    same_parent = parent is None if record.parent_id is None else parent is not None and parent.pk == record.parent_id
    return same_parent and all(getattr(record, name) == value for name, value in values.items() if name != "parent")


def _refuse_untitled(lines: Sequence[Line], items: Mapping[int, AgendaItem], language: str) -> None:
    """An item keeps a title: where it has one in another language alone, that one stays."""
    wrong = [
        _("Line %(number)s: write what the item is called.") % {"number": position}
        for position, line in enumerate(lines, 1)
        if not line.title.strip() and not (line.item is not None and set(texts_of(items[line.item].title)) - {language})
    ]
    if wrong:
        raise Refused(wrong)


def _values(line: Line, record: AgendaItem, language: str) -> dict[str, Any]:
    return {
        "title": _text(record.title, line.title, language),
        "record": _text(record.record, line.record, language),
        "minutes": line.minutes,
        "ours_id": line.ours,
        "theirs_id": line.theirs,
    }


def _text(before: Any, words: str, language: str) -> Any:
    """A text with these words in that language; the very same where they say what they said."""
    stored = texts_of(before)
    if _alike(stored.get(language, ""), words):
        return before
    return rewritten(before, stored | {language: words.strip()})


def _orders(lines: Sequence[Line], above: Sequence[int | None], items: Mapping[int, AgendaItem]) -> list[int]:
    """The number of order of each line among its neighbours; none changes where their order is what it was."""
    beside: dict[int | None, list[int]] = {}
    for position, parent in enumerate(above):
        beside.setdefault(parent, []).append(position)
    found = [0] * len(lines)
    for parent, positions in beside.items():
        upper = lines[parent].item if parent is not None else None
        known = [items[key] for position in positions if (key := lines[position].item) is not None]
        here = [item for item in known if item.parent_id == upper and (parent is None or upper is not None)]
        is_same = len(here) == len(positions) and [item.pk for item in here] == [
            item.pk for item in sorted(here, key=lambda item: (item.order, item.pk))
        ]
        numbers = [item.order for item in here] if is_same else spread([item.order for item in here], len(positions))
        for position, number in zip(positions, numbers, strict=True):
            found[position] = number
    return found
