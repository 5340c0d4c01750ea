"""What the walk plants: a ground that everybody may know, and records of every kind with every mark around it.

Four places hold one record of each kind: `full` has everything visible, `bare` only wholes, so that a hidden row is
their only one, `own` belongs to the reader, and in `under` the wholes are for official use and all that hangs on them
is public by its own mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from interparl.accounts.models import User
from interparl.core.actors import Actor
from interparl.core.days import HOME_PARLIAMENT, today
from interparl.core.models import Setting
from interparl.core.records import Record
from interparl.core.removing import remove_many
from interparl.core.writing import Planned, Refused, change_many
from interparl.directory.models import PersonName
from interparl.exchange.models import Batch, Row
from tests.makers import a_user, kept
from tests.walk.oracle import (
    BODY,
    COUNTRY,
    HANGS_ON,
    INTERNAL,
    OFFICIAL,
    ORGANISATION,
    OWN,
    OWN_LIKE,
    PERSON,
    POINTER,
    PUBLIC,
    Known,
    Ref,
    highest,
)
from tests.walk.recipes import Unfilled, alternatives, draft, in_order, keys_of, only_once, token

BY = Actor.command("walk")
PAST = date(2014, 5, 1)
PARLIAMENT, CHAMBER = "directory.parliament", "directory.chamber"
SPARES = 24
# Marks with their publication. What is marked internal or higher is never public, published or not.
Level = tuple[str, date | None]
PUBLISHED: Level = (PUBLIC, PAST)
UNPUBLISHED: Level = (PUBLIC, None)
INTERNALLY: Level = (INTERNAL, PAST)
OFFICIALLY: Level = (OFFICIAL, PAST)
ANY_OF_THEM = 0


@dataclass
class Plant:
    """One record of the walk with its words: where it lies, which mark counts for it, and whose own it is."""

    record: Record
    words: dict[str, str]
    place: str
    level: Level
    own: set[Ref] = field(default_factory=set)
    is_removed: bool = False

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.record.record_kind()

    @property
    def ref(self) -> Ref:
        """Kind and key."""
        return self.kind, self.record.pk

    @property
    def is_published(self) -> bool:
        """Whether everybody may know of it."""
        return self.level == PUBLISHED

    def __str__(self) -> str:
        removed = ", removed" if self.is_removed else ""
        return f"{self.kind} {self.record.pk} ({self.place}, {self.level[0]}{removed})"


def hangs(model: type[Record]) -> bool:
    """Whether records of this kind hang on another, whose mark then counts for them."""
    has_whole = bool(model.whole_field) or model.__dict__.get("whole") is not None
    return has_whole or model.record_kind() in HANGS_ON


def tops() -> set[str]:
    """The kinds on which all others hang."""
    wholes = {model._meta.get_field(model.whole_field).related_model for model in in_order() if model.whole_field}
    return {COUNTRY, *(whole.record_kind() for whole in wholes if not hangs(whole))}  # type: ignore[union-attr, arg-type]


@dataclass
class World:
    """All that is planted for one reader."""

    reader: Known
    places: dict[str, dict[str, Record]] = field(default_factory=dict)
    plants: list[Plant] = field(default_factory=list)
    spares: dict[str, list[Record]] = field(default_factory=dict)
    waiting: list[Plant] = field(default_factory=list)
    notes: dict[str, bool] = field(default_factory=dict)
    officers: dict[str, User] = field(default_factory=dict)

    def lay_ground(self) -> None:
        """Plants what everybody may know: the places, and the parliament that the installation serves."""
        a_user("desk_officer", "somebody")
        a_user("desk_officer", "principal")
        self._lay_full()
        self._lay_bare()
        if self.reader.ways:
            self._lay_own()

    def _lay_full(self) -> None:
        holds: dict[str, Record] = {}
        self.places["full"] = holds
        for model in in_order():
            kind = model.record_kind()
            if kind == "directory.relation":
                self._lay_spares()
            if not model.is_pointer:
                self._lay("full", model, PUBLISHED, **self._spare_of(model))
            if kind == PARLIAMENT:
                kept(Setting(key=HOME_PARLIAMENT, value=holds[kind].serializable_value("code")))

    def _lay_spares(self) -> None:
        """Countries and chambers for rows that may stand only once, and the parliament of a partner."""
        full = self.places["full"]
        for kind in (COUNTRY, CHAMBER):
            self._lay_spares_of(kind)
        partner, words = draft(type(full[PARLIAMENT]), {COUNTRY: self.spares[COUNTRY][0]})
        self._write([Plant(partner, words, "spare", PUBLISHED)])
        full["partner"] = partner

    def _lay_spares_of(self, kind: str) -> None:
        full = self.places["full"]
        model = type(full[kind])
        drafts = [draft(model, full) for _number in range(SPARES)]
        found = [Plant(record, words, "spare", PUBLISHED) for record, words in drafts]
        self._write(found)
        self.spares[kind] = [plant.record for plant in found]

    def _lay_bare(self) -> None:
        full = self.places["full"]
        self.places["bare"] = {"partner": full["partner"], PARLIAMENT: full[PARLIAMENT]}
        pointed_to = {column.related_model for model in in_order() for column in keys_of(model)}
        for model in in_order():
            if model in pointed_to and model.record_kind() != PARLIAMENT:
                fixed = {"parliament": full["partner"]} if model.record_kind() == "bodies.part" else {}
                self._lay("bare", model, PUBLISHED, is_bare=True, **fixed)

    def _lay_own(self) -> None:
        own: dict[str, Record] = {"partner": self.places["full"]["partner"]}
        self.places["own"] = own
        pointed_to = {column.related_model.record_kind() for model in in_order() for column in keys_of(model)}
        for model in in_order():
            if model.record_kind() in pointed_to | {"bodies.partner", "directory.personname"}:
                self._lay("own", model, PUBLISHED)

    def _lay(self, place: str, model: type[Record], level: Level, *, is_bare: bool = False, **fixed: Any) -> None:
        """One record of the kind in a place, and it is what others of the place point to."""
        holds, kind = self.places[place], model.record_kind()
        record, words = draft(
            model, holds, chosen=alternatives(model)[0], is_bare=is_bare, **self._hung(model, holds), **fixed
        )
        plant = Plant(record, words, place, level)
        self._write([plant])
        holds[kind] = record

    def _hung(self, model: type[Record], holds: dict[str, Record], on: str = COUNTRY) -> dict[str, Any]:
        return {"kind": on, "object_id": holds[on].pk} if model.hangs_on_any else {}

    def _spare_of(self, model: type[Record]) -> dict[str, Any]:
        """Another country, chamber, convocation or body for a row that may stand only once."""
        found: dict[str, Any] = {}
        for name in only_once(model):
            column: Any = model._meta.get_field(name)
            kind = column.related_model.record_kind()
            if not self.spares:
                continue
            if not self.spares.get(kind):
                self._lay_spares_of(kind)
            found[name] = self.spares[kind].pop()
        return found

    def prepare(self, place: str, level: Level, *, is_removed: bool = False) -> None:
        """Drafts a record of every kind with that mark in the place, each alternative for itself; none is kept yet."""
        holds = self.places[place]
        for model in in_order():
            if is_removed and not (hangs(model) and model.record_kind() not in HANGS_ON):
                continue
            for hung in self._hung_on(model, place):
                for chosen in alternatives(model):
                    fixed = {**hung, **self._spare_of(model)}
                    record, words = draft(model, holds, chosen=chosen, **fixed)
                    in_force = (POINTER, None) if model.is_pointer else level
                    own = _own_of(record) if place == "own" else set()
                    self.waiting.append(Plant(record, words, place, in_force, own, is_removed))

    def _hung_on(self, model: type[Record], place: str) -> list[dict[str, Any]]:
        on = (COUNTRY, ORGANISATION, BODY, PERSON) if place == "own" and model.hangs_on_any else (COUNTRY,)
        return [self._hung(model, self.places[place], kind) for kind in on]

    def prepare_under(self) -> None:
        """Drafts wholes for official use with what hangs on them, public by its own mark."""
        full, above = self.places["full"], tops()
        holds: dict[str, Record] = {**full}
        self.places["under"] = holds
        for model in in_order():
            kind = model.record_kind()
            if model.is_pointer or model.hangs_on_any or model.own_like or not (kind in above or hangs(model)):
                continue
            record, words = draft(model, holds, chosen=alternatives(model)[0], **self._spare_of(model))
            record.mark, record.published_on = OFFICIALLY if kind in above else PUBLISHED
            self.waiting.append(Plant(record, words, "under", (highest(OFFICIAL, record.mark), None)))
            holds[kind] = record
            if kind == PARLIAMENT:
                holds["partner"] = record

    def bring_in(self) -> None:
        """An import with a row about a restricted organisation, whose value differs from the one in the file."""
        plant = next(one for one in self.plants if one.kind == ORGANISATION and one.level == OFFICIALLY)
        said = {"column": [plant.kind, "code"], "file": "other", "here": plant.words["code"]}
        message = {"place": "organizations/0", "level": "doubtful", "key": "edited", "params": said}
        batch = Batch.objects.create(
            kind="popolo", name="file.json", source_key="file", actor="walk", messages=[message]
        )
        Row.objects.create(
            batch=batch,
            place="organizations/0",
            record="organization",
            name=plant.words["name"],
            outcome=Row.Outcome.CHANGED,
            target_kind=plant.kind,
            target_id=plant.record.pk,
            prepared={
                "records": [
                    {
                        "kind": plant.kind,
                        "id": plant.record.pk,
                        "values": {"code": "other"},
                        "was": {"code": plant.words["code"]},
                    }
                ]
            },
            reasons=[message],
        )

    def prepare_pointing(self) -> None:
        """Plants published records of every kind that point to restricted ones whose marks do not count for them."""
        full = self.places["full"]
        restricted = {
            plant.kind: plant.record for plant in self.plants if plant.place == "full" and plant.level == OFFICIALLY
        }
        for model in in_order():
            kind = model.record_kind()
            pointing = {
                column.name: restricted[column.related_model.record_kind()]
                for column in keys_of(model)
                if column.name not in model.reads_through
                and column.related_model.record_kind() in restricted
                and (kind, column.name) not in NOT_POINTED
            }
            if pointing and not model.is_pointer:
                fixed = {**self._hung(model, full), **self._spare_of(model), **pointing}
                record, words = draft(model, full, chosen=alternatives(model)[0], **fixed)
                self._write([Plant(record, words, "pointing", PUBLISHED)])

    def plant(self, *, known: bool) -> list[Plant]:
        """Keeps what waits and what this reader may know of, or may not; returns it."""
        chosen = [plant for plant in self.waiting if self.knows(plant) is known]
        self.waiting = [plant for plant in self.waiting if self.knows(plant) is not known]
        for is_removed in (False, True):
            found = [plant for plant in chosen if plant.is_removed is is_removed]
            if found:
                self._write(found)
            if is_removed and found:
                remove_many([plant.record for plant in found], by=BY, note=self._noted(known=known))
        return chosen

    def knows(self, plant: Plant) -> bool:
        """Whether the reader may know of the plant."""
        return self.reader.may_know(plant.kind, *plant.level, plant.own)

    def _noted(self, *, known: bool) -> str:
        note = token()
        self.notes[note] = known
        return note

    def _write(self, plants: list[Plant]) -> None:
        """Keeps the records in their order, with a reason that only who may know of them may read."""
        names = []
        for plant in plants:
            if plant.place != "under":
                plant.record.mark, plant.record.published_on = plant.level
            if plant.kind == PERSON:
                name, words = draft(PersonName, {PERSON: plant.record})
                name.mark, name.published_on = plant.record.mark, plant.record.published_on
                plant.words |= {f"name {part}": word for part, word in words.items()}
                names.append(Planned(name))
        planned = [Planned(plant.record, row=plant.kind) for plant in plants]
        try:
            change_many([*planned, *names], by=BY, note=self._noted(known=self.knows(plants[0])))
        except Refused as refusal:
            raise Unfilled("record", refusal.messages) from refusal
        self.plants += plants

    def hidden_words(self) -> dict[str, str]:
        """Every word that this reader may not meet, with what it is of."""
        words = {
            word: f"{plant}.{name}"
            for plant in self.plants
            if not self.knows(plant)
            for name, word in plant.words.items()
        }
        return words | {note: "the reason of a hidden change" for note, known in self.notes.items() if not known}

    def ground(self) -> Iterator[Plant]:
        """What everybody may know; of the spares, which are all alike, the first of each kind."""
        spared: set[str] = set()
        for plant in self.plants:
            if not plant.is_published or plant.is_removed or (plant.place == "spare" and plant.kind in spared):
                continue
            if plant.place == "spare":
                spared.add(plant.kind)
            yield plant


# Links that a rule forbids to a row of another part, or of another agenda.
NOT_POINTED = frozenset({("bodies.membership", "part"), ("meetings.agendaitem", "parent")})


def _ways_to(record: Record) -> list[tuple[str, str]]:
    """The ways to whose own the record is, each with the kind at its end."""
    ways = OWN.get(record.record_kind(), {})
    return [(kind, path) for kind, paths in ways.items() for path in ((paths,) if isinstance(paths, str) else paths)]


def _own_of(record: Record) -> set[Ref]:
    """To what the record is own: pairs of kind and key; a record that is own itself counts as any of its kind."""
    if type(record).hangs_on_any:
        return {(record.serializable_value("kind"), record.serializable_value("object_id"))}
    if like := OWN_LIKE.get(record.record_kind()):
        return _own_of(getattr(record, like))
    found: set[Ref] = set()
    for kind, path in _ways_to(record):
        one: Any = record
        *steps, last = path.split("__")
        for step in steps:
            one = getattr(one, step) if one is not None else None
        if one is None:
            continue
        if last == "pk":
            found.add((kind, ANY_OF_THEM))
        elif (pointed := getattr(one, last)) is not None:
            found.add((kind, pointed.pk))
    return found


def tomorrow() -> date:
    """A day that has not come."""
    return today() + timedelta(days=1)
