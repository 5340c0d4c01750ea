"""What holds between the records of a Popolo file: ids that meet, references that lead somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from interparl.exchange.rules.findings import Findings, Level
from interparl.exchange.rules.popolo import (
    LEGISLATURE,
    PopoloArea,
    PopoloEvent,
    PopoloMembership,
    PopoloOrganization,
    PopoloPerson,
    PopoloPost,
    PopoloRecord,
    by_id,
)

R = TypeVar("R", bound=PopoloRecord)
# What makes two records differ though they say the same.
_OF_THE_PLACE = frozenset({"place", "raw", "repeats"})


@dataclass(frozen=True)
class Known:
    """The records that a reference may lead to, by id."""

    persons: Mapping[str, PopoloPerson]
    organizations: Mapping[str, PopoloOrganization]
    areas: Mapping[str, PopoloArea]
    events: Mapping[str, PopoloEvent]
    posts: Mapping[str, PopoloPost]


def mark_repeats(records: Sequence[R], findings: Findings) -> tuple[R, ...]:
    """Of records with one id: the same again is marked as repeating; a different one is reported.

    A different person under the id of another is an error (memberships could go to the wrong one), else doubtful.
    """
    first: dict[str, R] = {}
    marked = []
    for record in records:
        earlier = first.setdefault(record.id, record) if record.id else record
        if earlier is record:
            marked.append(record)
        elif _says(earlier) == _says(record):
            findings.add(record.place, "note", "same_again", id=record.id, earlier=earlier.place)
            marked.append(replace(record, repeats=earlier.place))
        else:
            level: Level = "error" if isinstance(record, PopoloPerson) else "doubtful"
            findings.add(record.place, level, "same_id", id=record.id, earlier=earlier.place)
            marked.append(record)
    return tuple(marked)


def distinguish(memberships: Sequence[PopoloMembership], findings: Findings) -> tuple[PopoloMembership, ...]:
    """Memberships with keys that differ: those that say the same are marked, others get a number behind the key."""
    seen: dict[str, PopoloMembership] = {}
    numbers: Counter[str] = Counter()
    marked = []
    for membership in memberships:
        numbers[membership.key] += 1
        earlier = seen.setdefault(membership.key, membership)
        if earlier is membership:
            marked.append(membership)
        elif _says(earlier) == _says(membership):
            findings.add(membership.place, "note", "same_again", id="", earlier=earlier.place)
            marked.append(replace(membership, repeats=earlier.place))
        else:
            key = membership.id or membership.key
            findings.add(membership.place, "doubtful", "same_id", id=key, earlier=earlier.place)
            marked.append(replace(membership, key=f"{membership.key}#{numbers[membership.key]}"))
    return tuple(marked)


def resolve_membership(membership: PopoloMembership, known: Known, findings: Findings) -> PopoloMembership:
    """The membership with what its post tells, and without references that lead nowhere."""
    place = membership.place
    post = known.posts.get(membership.post_id)
    organization = membership.organization_id or (post.organization_id if post else "")
    if not organization:
        organization = _only_legislature(known)
        if organization:
            findings.add(place, "note", "organization_assumed", id=organization)
    if not membership.person_id:
        findings.add(place, "error", "no_reference", field="person_id")
    elif membership.person_id not in known.persons:
        findings.add(place, "error", "dangling", field="person_id", id=membership.person_id)
    if not organization:
        findings.add(place, "error", "no_reference", field="organization_id")
    elif organization not in known.organizations:
        findings.add(place, "error", "dangling", field="organization_id", id=organization)
    on_behalf = _kept(place, "on_behalf_of_id", membership.on_behalf_of_id, known.organizations, findings)
    area = _kept(place, "area_id", membership.area_id, known.areas, findings)
    return replace(
        membership,
        organization_id=organization,
        on_behalf_of_id=on_behalf,
        area_id=area or (post.area_id if post and post.area_id in known.areas else ""),
        post_id=_kept(place, "post_id", membership.post_id, known.posts, findings),
        period_id=_kept(place, "legislative_period_id", membership.period_id, known.events, findings),
    )


def resolve_event(event: PopoloEvent, known: Known, findings: Findings) -> PopoloEvent:
    """The event; a term without an organisation belongs to the file's only legislature."""
    kept = _kept(event.place, "organization_id", event.organization_id, known.organizations, findings)
    return replace(event, organization_id=kept or (_only_legislature(known) if event.is_term else ""))


def resolve_post(post: PopoloPost, known: Known, findings: Findings) -> PopoloPost:
    """The post without references that lead nowhere."""
    return replace(
        post,
        organization_id=_kept(post.place, "organization_id", post.organization_id, known.organizations, findings),
        area_id=_kept(post.place, "area_id", post.area_id, known.areas, findings),
    )


def resolve_organization(one: PopoloOrganization, known: Known, findings: Findings) -> PopoloOrganization:
    """The organisation without references that lead nowhere."""
    return replace(
        one,
        parent_id=_kept(one.place, "parent_id", one.parent_id, known.organizations, findings),
        area_id=_kept(one.place, "area_id", one.area_id, known.areas, findings),
    )


def resolve_area(area: PopoloArea, known: Known, findings: Findings) -> PopoloArea:
    """The area without a reference that leads nowhere."""
    return replace(area, parent_id=_kept(area.place, "parent_id", area.parent_id, known.areas, findings))


def known_records(
    persons: Sequence[PopoloPerson],
    organizations: Sequence[PopoloOrganization],
    areas: Sequence[PopoloArea],
    events: Sequence[PopoloEvent],
    posts: Sequence[PopoloPost],
) -> Known:
    """The records by id; of several with one id, the first."""
    return Known(by_id(persons), by_id(organizations), by_id(areas), by_id(events), by_id(posts))


def _kept(place: str, field: str, reference: str, known: Mapping[str, object], findings: Findings) -> str:
    if reference and reference not in known:
        findings.add(place, "doubtful", "dangling", field=field, id=reference)
        return ""
    return reference


def _only_legislature(known: Known) -> str:
    found = [one.id for one in known.organizations.values() if one.classification == LEGISLATURE]
    return found[0] if len(found) == 1 else ""


def _says(record: PopoloRecord) -> dict[str, object]:
    return {key: value for key, value in vars(record).items() if key not in _OF_THE_PLACE}
