"""Tables that say who sits where: one row for each person in each body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from interparl.bodies.imports.periods import MEMBERSHIP
from interparl.bodies.imports.places import BODY, Place, Places, asked_body, only_parliament
from interparl.bodies.imports.sitting import Sitting, said_in
from interparl.bodies.models import Body
from interparl.core.translated import text_in
from interparl.directory.imports.own_rows import OwnRows, row_key
from interparl.directory.imports.parliaments import owner_of
from interparl.directory.imports.popolo_keys import Keys, digest
from interparl.exchange.actions import FileObject, Plan, ReadTable, Wanted, read_mapped
from interparl.exchange.rules import Finding
from interparl.exchange.rules.mapped import MappedRow

KIND, RECORD = "memberships-csv", "membership"
# Which records the fields point to.
POINTING = {"person_id": "directory.person", "body_id": BODY}
NEEDS = {"nobody_named": ("person", "person_id", "identifier"), "no_body_named": ("body", "body_id")}


def plan_memberships(data: bytes, *, name: str, source_key: str, options: Mapping[str, str]) -> Plan:
    """What a table of members stands for.

    Options: `mapping`, `body` (where rows name none), `chamber`, `country`, `language`, `on`, `before`.
    Raises UnreadableFile; ValidationError when an option names nothing, or nothing tells whose bodies they are.
    """
    body = asked_body(options)
    needs = {key: fields for key, fields in NEEDS.items() if body is None or key != "no_body_named"}
    read = read_mapped(KIND, data, name=name, options=options, needs=needs)
    keys = Keys(source_key)
    plan = MembershipsPlan(read, keys, options, body)
    objects = [one for row in plan.rows for one in plan.objects(row)]
    return Plan(
        objects=objects,
        findings=[*read.mapped.findings, *read.unread(), *plan.findings, *plan.sitting.findings],
        records=("person", RECORD) if any(one.record == "person" for one in objects) else (RECORD,),
        title=read.mapping.title or keys.title_of(name),
        url=keys.address_of(read.mapping.url),
        rows=len(read.mapped.table.rows),
        recognised=read.recognised,
        ending=((MEMBERSHIP, keys.scheme(plan.record), RECORD),) if read.is_whole else (),
        known=plan.own.known,
    )


class MembershipsPlan:
    """Turns rows into wanted memberships; those taken out of this database are known by their own keys."""

    def __init__(self, read: ReadTable, keys: Keys, options: Mapping[str, str], body: Body | None) -> None:
        self.findings: list[Finding] = []
        self.own = OwnRows(keys)
        self._is_own = read.mapping.is_own
        self._body = body
        self._language = read.language
        place = read.mapping.place
        # What one table says of one body does not end what another says of another.
        self.record = f"{RECORD}-{digest(body.code, 8)}" if body else RECORD
        self.sitting = Sitting(keys, options, read.language, people=str(place.get("people", "")), record=self.record)
        self.rows = [_with_keys(row) if self._is_own else row for row in read.mapped.rows]
        self.sitting.learn(self.rows)
        if self._is_own:
            for field, kind in {**POINTING, "membership_id": MEMBERSHIP}.items():
                self.own.learn(kind, (row.text(field) for row in self.rows))
        owner = owner_of(place, options, keys, read.language, otherwise=only_parliament(body))
        self._places = Places(keys, owner.parliament, owner.wanted)

    def objects(self, row: MappedRow) -> Iterator[FileObject]:
        """The membership of a row, after the person where one is made."""
        if self._is_own and (known := self._known(row)):
            yield known
            return
        body_id, called = row.text("body_id"), row.text("body")
        place = self._place(body_id, called)
        if place is None:
            self.findings.append(Finding(row.place, "doubtful", "unknown_body", {"body": called or body_id}))
            yield FileObject(row.place, RECORD, row.text("person"), row.raw)
            return
        if body_id or called or self._body is None:
            yield from self.sitting.objects(row, body_id or called, place, called or body_id)
        else:
            yield from self.sitting.objects(row, self._body.code, place, text_in(self._body.name, self._language))

    def _place(self, body_id: str, called: str) -> Place | None:
        if body_id or called:
            return self._places.of(body_id, called)
        return self._places.of_body(self._body.pk) if self._body else None

    def _known(self, row: MappedRow) -> FileObject | None:
        """A membership of this database; its part and seat are not among what the table may change."""
        key = self.own.key(MEMBERSHIP, RECORD, row.text("membership_id"))
        if key not in self.own.known:
            return None
        values = said_in(row, self._language)
        for field, kind in POINTING.items():
            name = field.removesuffix("_id")
            one = self.own.key(kind, name, row.text(field))
            values |= {name: one} if one in self.own.known else {}
        label = f"{row.text('person')} – {row.text('body')}"
        return FileObject(row.place, RECORD, label, row.raw, (Wanted(MEMBERSHIP, values, key=key),))


def _with_keys(row: MappedRow) -> MappedRow:
    """A row taken out of an Interparl, with keys instead of the mere numbers of the rows that it points to."""
    values = dict(row.values)
    for field, kind in POINTING.items():
        if value := row.first(field):
            values[field] = [replace(value, text=row_key(row.text("membership_id"), kind, value.text))]
    return replace(row, values=values)
