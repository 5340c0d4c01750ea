"""Tables of events: visits, meetings abroad, sittings, with whom they are, who takes part and what is on when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from interparl.core.days import PARLIAMENT_ZONE, installation, today
from interparl.directory.imports.countries import Countries
from interparl.directory.imports.parliaments import Owner, owner_of
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import FileObject, Key, Plan, ReadTable, Wanted, read_mapped
from interparl.exchange.rules import Finding
from interparl.exchange.rules.fields import last_day
from interparl.exchange.rules.mapped import MappedRow
from interparl.language.folding import fold
from interparl.meetings.imports.attending import EVENT, PARTICIPATION, Attending, Met
from interparl.meetings.imports.items import ITEM, Items, is_item
from interparl.meetings.imports.named import Named
from interparl.meetings.imports.texts import Texts
from interparl.meetings.imports.times import LONGEST_SHOWN, NoWhen, When, when_of
from interparl.meetings.imports.whereabouts import Gazetteer, Ref, Whereabouts
from interparl.meetings.imports.words import Words
from interparl.meetings.models import VISITS, Kind, Level, Stage, VisitType

KIND, RECORD, PARTNER = "events-csv", "event", "meetings.eventpartner"
NEEDS = {"no_event_named": ("title",)}
RECORDS = ("event", "partner", "person", "participation", "item")
LONGEST_NUMBER = 6
# What took place is at this stage; the others have ways of their own and are closed.
HELD = frozenset({Kind.INCOMING, Kind.OUTGOING, Kind.TALKS, Kind.SITTING, Kind.OTHER})


def plan_events(data: bytes, *, name: str, source_key: str, options: Mapping[str, str]) -> Plan:
    """What a table of events stands for. Options: `mapping`, `language`, `chamber`, `country` (whose events they are).

    Raises UnreadableFile; ValidationError when an option names nothing.
    """
    read = read_mapped(KIND, data, name=name, options=options, needs=NEEDS)
    keys = Keys(source_key)
    plan = EventsPlan(read, keys, options)
    objects = list(plan.objects())
    found = {one.record for one in objects}
    lasting = ((EVENT, "event"), (PARTICIPATION, "participation"), (ITEM, "item"))
    return Plan(
        objects=objects,
        findings=[*read.mapped.findings, *read.unread(), *plan.findings],
        records=[kind for kind in RECORDS if kind == RECORD or kind in found],
        title=read.mapping.title or keys.title_of(name),
        url=keys.address_of(read.mapping.url),
        rows=len(read.mapped.table.rows),
        recognised=read.recognised,
        # What took place did not cease to, because a later edition lacks it.
        staying=tuple((kind, keys.scheme(record), record) for kind, record in lasting) if read.is_whole else (),
    )


@dataclass
class _Read:
    """An event as a row tells it, before it is known which rows bring its countries."""

    row: MappedRow
    value: str
    title: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    around: Whereabouts = field(default_factory=Whereabouts)
    made: list[Wanted] = field(default_factory=list)
    repeats: str = ""
    is_wrong: bool = False
    waits: bool = False

    @property
    def name(self) -> str:
        """Its title, or whatever tells it apart."""
        return next(iter(self.title.values()), "") or self.value or self.row.place


class EventsPlan:
    """Turns rows about events into wanted records."""

    def __init__(self, read: ReadTable, keys: Keys, options: Mapping[str, str]) -> None:
        place = read.mapping.place
        self._keys, self._rows = keys, read.mapped.rows
        self._findings: list[Finding] = []
        is_told = bool(place.get("parliament") or options.get("chamber") or options.get("country"))
        self._owner: Owner | None = owner_of(place, options, keys, read.language) if is_told else None
        home = self._owner.country if self._owner else str(place.get("country", {}).get("code", ""))
        self._countries = Countries(read.language, made=self._owner.made if self._owner else "")
        self._gazetteer = Gazetteer(read.language, self._countries, home)
        self._texts, self._words, self._named = Texts(read.language), Words(), Named()
        self._items = Items(keys, self._texts)
        self._attending = Attending(
            keys,
            options,
            read.language,
            people=str(place.get("people", "")),
            owner=self._owner,
            countries=self._countries,
            words=self._words,
        )
        self._zone = installation().get(PARLIAMENT_ZONE, "") or "UTC"
        self._seen: dict[str, _Read] = {}
        self._alike: dict[str, str] = {}

    @property
    def findings(self) -> list[Finding]:
        """What is to be told of the rows."""
        parts = (self._findings, self._named.findings, self._items.findings, self._attending.findings)
        return [*(one for part in parts for one in part), *self._texts.findings]

    def objects(self) -> Iterator[FileObject]:
        """The events in the order of the table, each with its people and items."""
        every = [self._read(row) for row in self._rows]
        # A country is made with an event that does not wait, for others must not wait with it.
        for one in sorted(every, key=lambda each: each.waits):
            one.made = [made for country in one.around.all for made in self._countries.wanted(country)]
        for one in every:
            yield from self._objects(one)

    def _read(self, row: MappedRow) -> _Read:
        title = self._texts.every(row, "title")
        told = row.text("id")
        found = _Read(row, told or _own_key(row, title), title)
        earlier = self._seen.get(found.value)
        if not any(title.values()) and not earlier:
            return self._wrong(found, "no_title")
        if earlier:
            return self._again(found, earlier)
        kind = self._kind(row)
        found.around = self._gazetteer.of(row, kind, self._findings)
        own_zone = row.text("zone")
        zone = own_zone or self._gazetteer.zone_of(found.around.where) or self._zone
        doubts = len(self._findings)
        try:
            when = when_of(row, zone, self._findings)
        except NoWhen as problem:
            return self._wrong(found, problem.key, problem.params)
        found.waits = any(one.level == "doubtful" for one in self._findings[doubts:]) or _is_backwards(when)
        if not when.since:
            return self._wrong(found, "no_day")
        found.values = self._values(row, found, kind, when, own_zone)
        self._look_for_twin(found, told)
        self._seen[found.value] = found
        return found

    def _wrong(self, found: _Read, key: str, params: Mapping[str, str] | None = None) -> _Read:
        self._findings.append(Finding(found.row.place, "error", key, params or {}))
        found.is_wrong = True
        return found

    def _again(self, found: _Read, earlier: _Read) -> _Read:
        """An event that stands in the table once more: with other people, the same again, or another under one id."""
        place = earlier.row.place
        found.repeats, found.values, found.around = place, earlier.values, Whereabouts()
        if any(found.title.values()) and found.title != earlier.title:
            words = {"id": found.value[:LONGEST_SHOWN], "earlier": place}
            self._findings.append(Finding(found.row.place, "doubtful", "same_id", words))
        else:
            self._findings.append(Finding(found.row.place, "note", "same_again", {"earlier": place}))
        return found

    def _look_for_twin(self, found: _Read, told: str) -> None:
        """Tells of an earlier event that says all the same under another id."""
        said = repr(sorted((name, str(value)) for name, value in found.values.items()))
        earlier = self._alike.setdefault(said, found.row.place)
        if told and earlier != found.row.place:
            self._findings.append(Finding(found.row.place, "doubtful", "event_twice", {"earlier": earlier}))
            found.waits = True

    def _kind(self, row: MappedRow) -> str:
        found = self._words.value(Kind, row.text("kind"))
        if not found and row.text("kind"):
            params = {"value": row.text("kind")[:LONGEST_SHOWN]}
            self._findings.append(Finding(row.place, "note", "event_kind_unknown", params))
        return found or Kind.OTHER

    def _values(self, row: MappedRow, found: _Read, kind: str, when: When, zone: str) -> dict[str, Any]:
        """What the row says of the event itself."""
        partners: list[Ref] = found.around.partners
        values: dict[str, Any] = {
            "kind": kind,
            "title": found.title,
            "since": when.since,
            "until": when.until or when.since,
            "begins": when.begins,
            "ends": when.ends,
            "zone": zone,
            "number": self._number(row),
        }
        texts = {"place": self._place(row, found), "purpose": self._texts.every(row, "description", is_long=True)}
        choices = {"visit_type": VisitType, "level": Level}
        records = {"organisation": self._named.organisation(row), "body": self._named.body(row)}
        values |= {name: text for name, text in texts.items() if text}
        values |= {name: value for name, choice in choices.items() if (value := self._word(row, name, choice, kind))}
        values |= {name: ref for name, ref in records.items() if ref is not None}
        if found.around.where is not None:
            values["where"] = found.around.where
        if partners:
            values["country"] = partners[0]
        return values

    def _place(self, row: MappedRow, found: _Read) -> dict[str, str]:
        """The place as it is written, with what was meant for a country and is none."""
        texts = self._texts.every(row, "place")
        if lost := [text for text in found.around.unknown if text not in texts.values()]:
            texts[self._texts.language] = ", ".join(filter(None, (texts.get(self._texts.language), *lost)))
        return texts

    def _word(self, row: MappedRow, name: str, choice: Any, kind: str) -> str:
        text = row.text(name)
        found = self._words.value(choice, text)
        if text and not found:
            params = {"field": name, "value": text[:LONGEST_SHOWN]}
            self._findings.append(Finding(row.place, "note", "word_unknown", params))
        if found and choice is VisitType and kind not in VISITS:
            self._findings.append(Finding(row.place, "note", "no_visit", {"value": text[:LONGEST_SHOWN]}))
            return ""
        return found

    def _number(self, row: MappedRow) -> int | None:
        text = row.text("number").strip()
        if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER:
            return int(text)
        if text:
            params = {"field": "number", "value": text[:LONGEST_SHOWN]}
            self._findings.append(Finding(row.place, "note", "word_unknown", params))
        return None

    def _objects(self, one: _Read) -> Iterator[FileObject]:
        row, key = one.row, self._keys.key(EVENT, "event", one.value)
        if one.is_wrong or one.repeats:
            yield FileObject(row.place, RECORD, one.name, row.raw, repeats=one.repeats)
        else:
            yield FileObject(row.place, RECORD, one.name, row.raw, tuple(self._wanted(one, key)))
            yield from self._doubts(one, key)
        if one.is_wrong:
            return
        partners = one.around.partners or ([one.values["country"]] if "country" in one.values else [])
        met = Met(key, one.name, partners[0] if len(partners) == 1 and one.values["kind"] == Kind.INCOMING else None)
        zone = one.values["zone"] or self._gazetteer.zone_of(one.values.get("where")) or self._zone
        for within in (row, *row.within):
            if is_item(within):
                yield from self._items.objects(within, key, one.values, zone)
            else:
                yield from self._attending.objects(within, met)

    def _wanted(self, one: _Read, key: Key) -> Iterator[Wanted]:
        once = {"stage": _stage(one.values)} if _stage(one.values) else {}
        yield Wanted(EVENT, one.values, key=key, once=once)
        yield from one.made
        yield from (_partner(key, country) for country in one.around.partners[1:])

    def _doubts(self, one: _Read, key: Key) -> Iterator[FileObject]:
        for at, (country, doubt) in enumerate(one.around.doubts):
            place = f"{one.row.place}.partner[{at}]"
            words = {"words": doubt.words, "reason": str(doubt.reason), "code": doubt.code}
            self._findings.append(Finding(place, "doubtful", "country_doubted", words))
            label = f"{doubt.words} – {doubt.code}"
            yield FileObject(place, "partner", label, one.row.raw, (_partner(key, country),))


def _partner(event: Key, country: Ref) -> Wanted:
    values = {"event": event, "country": country}
    return Wanted(PARTNER, values, whole="event", same_by=("country",), pair_by=("country",))


def _own_key(row: MappedRow, title: Mapping[str, str]) -> str:
    """What tells an event apart where the table has no ids: title, day, hour and place."""
    parts = (next(iter(title.values()), ""), row.text("since"), row.text("begins"), row.text("place"))
    return "|".join(fold(part) for part in parts) if parts[0] else ""


def _is_backwards(when: When) -> bool:
    return bool(when.until) and last_day(when.until[:10]) < last_day(when.since[:10])


def _stage(values: Mapping[str, Any]) -> str:
    """How far an event came of which only its days are known: what is over took place."""
    if last_day(values["until"][:10]) >= today():
        return ""
    return Stage.HELD if values["kind"] in HELD else Stage.CLOSED
