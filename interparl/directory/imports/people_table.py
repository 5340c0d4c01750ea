"""Tables of people: members of a chamber, officials, contacts; with or without seats, factions and offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from interparl.directory.imports.own_people import plan_own_people
from interparl.directory.imports.popolo import ENDING, STAYING, PopoloPlan
from interparl.directory.imports.popolo_keys import Keys
from interparl.exchange.actions import FileObject, Plan, read_mapped
from interparl.exchange.rules import PopoloFile, popolo_of
from interparl.exchange.rules.citizenships import check_citizenships
from interparl.exchange.rules.findings import Findings
from interparl.exchange.rules.people_table import PeopleTable

KIND = "people-csv"
NEEDS = {"nobody_named": ("name", "family", "given")}
KINDS = ("person", "organization", "membership", "area", "event", "post")


def plan_people(data: bytes, *, name: str, source_key: str, options: Mapping[str, str]) -> Plan:
    """What a table of people stands for. Options: `mapping`, `chamber`, `country`, `language`, `on`, `before`.

    Raises UnreadableFile; ValidationError when an option names nothing.
    """
    read = read_mapped(KIND, data, name=name, options=options, needs=NEEDS)
    keys = Keys(source_key)
    if read.mapping.is_own:
        return plan_own_people(read, keys, name=name)
    findings = Findings(list(read.mapped.findings))
    place = read.mapping.place
    is_of_members = bool(options.get("chamber") or place.get("members"))
    has_lists = bool(read.mapping.lists)
    people = PeopleTable(place, findings, called=source_key, is_of_members=is_of_members, has_lists=has_lists)
    gathered = people.read(read.mapped.rows)
    file = popolo_of(gathered, findings, name=name)
    plan = PopoloPlan(file, keys, {"language": read.language, **options}, place=place, raws=people.raws)
    return Plan(
        objects=[
            *plan.objects(),
            *(FileObject(row.place, "person", row.text("id"), row.raw) for row in people.nameless),
        ],
        findings=[*file.findings, *plan.findings, *check_citizenships(file.persons), *read.unread()],
        records=_kinds(file),
        title=read.mapping.title or keys.title_of(name),
        url=keys.address_of(read.mapping.url),
        rows=len(read.mapped.table.rows),
        recognised=read.recognised,
        **(_lasting(keys) if read.is_whole else {}),
    )


def _lasting(keys: Keys) -> dict[str, Any]:
    """What ends or is told when a later edition lacks it."""
    return {
        "ending": tuple((f"directory.{kind}", keys.scheme("membership"), "membership") for kind in ENDING),
        "staying": tuple((f"directory.{kind}", keys.scheme(record), record) for kind, record in STAYING),
    }


def _kinds(file: PopoloFile) -> Sequence[str]:
    """The kinds of objects that the table has, people always."""
    return [kind for kind in KINDS if kind == "person" or file.by_record[kind]]
