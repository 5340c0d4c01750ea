"""Reading a Popolo file as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from interparl.exchange.rules import popolo_checks as checks
from interparl.exchange.rules import popolo_references as references
from interparl.exchange.rules.fields import Fields
from interparl.exchange.rules.findings import Findings, Level
from interparl.exchange.rules.popolo import PopoloFile, PopoloRecord
from interparl.exchange.rules.popolo_gathering import KINDS, Gathered, gather
from interparl.exchange.rules.popolo_objects import (
    read_area,
    read_event,
    read_membership,
    read_organization,
    read_person,
    read_post,
)
from interparl.exchange.rules.unpacking import JsonDocument, decode_text, read_json, unpack

R = TypeVar("R", bound=PopoloRecord)


def read_popolo(data: bytes, *, name: str, limit: int) -> PopoloFile:
    """The records of a Popolo file (JSON or JSON in gzip, at most `limit` bytes unpacked) with all that is odd in it.

    What is wrong with single records becomes findings, in the file's order of kinds; nothing of it raises.
    Raises UnreadableFile: empty, too_large, too_many_values, damaged_archive, not_text, not_json, too_deep,
    not_an_object, missing_key.
    """
    findings = Findings()
    document = read_json(decode_text(unpack(data, limit=limit)))
    gathered = gather(document.value, findings)
    _report_repeated_keys(document, findings)
    return popolo_of(gathered, findings, name=name)


def popolo_of(gathered: Gathered, findings: Findings, *, name: str) -> PopoloFile:
    """The records of what was gathered, with all that is odd in them after what was found already."""
    persons = _records(gathered, "persons", read_person, findings)
    organizations = _records(gathered, "organizations", read_organization, findings)
    areas = _records(gathered, "areas", read_area, findings)
    events = _records(gathered, "events", read_event, findings)
    posts = _records(gathered, "posts", read_post, findings)
    memberships = _each(gathered, "memberships", read_membership, findings)
    known = references.known_records(persons, organizations, areas, events, posts)
    posts = tuple(references.resolve_post(one, known, findings) for one in posts)
    events = tuple(references.resolve_event(one, known, findings) for one in events)
    known = references.known_records(persons, organizations, areas, events, posts)
    memberships = [references.resolve_membership(one, known, findings) for one in memberships]
    file = PopoloFile(
        name=name,
        persons=persons,
        organizations=tuple(references.resolve_organization(one, known, findings) for one in organizations),
        memberships=references.distinguish(memberships, findings),
        areas=tuple(references.resolve_area(one, known, findings) for one in areas),
        events=events,
        posts=posts,
        source=_source(gathered),
        extra=gathered.extra,
    )
    return _checked(file, known, findings)


def _checked(file: PopoloFile, known: references.Known, findings: Findings) -> PopoloFile:
    checks.check_persons(file.persons, findings)
    checks.check_organizations(file.organizations, findings)
    checks.check_events(file.events, findings)
    checks.check_terms(file.events, findings)
    checks.check_memberships(file.memberships, known.events, findings)
    return file.with_findings(findings.found)


def _records(gathered: Gathered, kind: str, read: Callable[[Fields], R], findings: Findings) -> tuple[R, ...]:
    return references.mark_repeats(_each(gathered, kind, read, findings), findings)


def _each(gathered: Gathered, kind: str, read: Callable[[Fields], R], findings: Findings) -> list[R]:
    # A wrong value leaves the rest of a person usable; the days and references of these two are the record itself.
    level: Level = "doubtful" if kind in ("memberships", "events") else "note"
    return [read(Fields(source.raw, source.place, findings, level)) for source in gathered.by_kind[kind]]


def _report_repeated_keys(document: JsonDocument, findings: Findings) -> None:
    for key in sorted(document.repeated_keys):
        lost = key in document.repeated_at_top and key in KINDS
        findings.add(key if lost else "", "error" if lost else "note", "repeated_key", field=key)


def _source(gathered: Gathered) -> str:
    meta = gathered.extra.get("meta")
    source = meta.get("source") if isinstance(meta, dict) else None
    return source.strip() if isinstance(source, str) else ""
