"""The objects of a Popolo file, typed. Source of the words: the Popolo specification, and EveryPolitician's use of it.

Dates are texts of ISO 8601, also of reduced precision, or None. References are ids, "" for none: a reference to nothing
is reported and then empty, but for a membership's person and organisation, where it is an error and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias, TypeVar

from interparl.exchange.rules.findings import Finding, Json
from interparl.exchange.rules.names import split_by_given, split_by_sort_name, split_name
from interparl.language.folding import fold

Raw: TypeAlias = Mapping[str, Json]
LEGISLATURE = "legislature"
PARTY = "party"
EXECUTIVE = "executive"
LEGISLATIVE_PERIOD = "legislative period"
# What sources write where the party is not known. "Independent" and the like say something and are not among them.
_NO_NAME = frozenset({"", "unknown", "not known", "n a", "na", "none", "null", "nil", "no data", "unspecified"})


@dataclass(frozen=True, slots=True)
class PopoloName:
    """A further name, with its language and days."""

    name: str
    language: str
    note: str
    since: str | None
    until: str | None
    family: str
    given: str


@dataclass(frozen=True, slots=True)
class PopoloIdentifier:
    """A key elsewhere."""

    scheme: str
    identifier: str


@dataclass(frozen=True, slots=True)
class PopoloContact:
    """A way to reach someone: type is phone, fax, email, cell, twitter, address..., as written, in small letters."""

    type: str
    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class PopoloLink:
    """A web address (http or https) and what it is."""

    url: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PopoloRecord:
    """What all records have. `repeats` is the place of an earlier record that says the same, or "".

    `extra` holds the keys that are not read, `raw` the whole object.
    """

    id: str
    place: str
    raw: Raw = field(repr=False)
    extra: Raw = field(repr=False)
    repeats: str = ""


@dataclass(frozen=True, kw_only=True)
class PopoloArea(PopoloRecord):
    """A constituency or region."""

    name: str
    type: str
    parent_id: str
    other_names: tuple[PopoloName, ...]
    identifiers: tuple[PopoloIdentifier, ...]


@dataclass(frozen=True, kw_only=True)
class PopoloEvent(PopoloRecord):
    """Mostly a legislative period (a term of one legislature), sometimes an election."""

    name: str
    classification: str
    organization_id: str
    since: str | None
    until: str | None
    identifiers: tuple[PopoloIdentifier, ...]

    @property
    def is_term(self) -> bool:
        """Whether it is a legislative period; an event without a classification is taken as one."""
        return self.classification in ("", LEGISLATIVE_PERIOD)


@dataclass(frozen=True, kw_only=True)
class PopoloPost(PopoloRecord):
    """A seat or an office that exists whoever holds it."""

    label: str
    role: str
    organization_id: str
    area_id: str
    since: str | None
    until: str | None


@dataclass(frozen=True, kw_only=True)
class PopoloOrganization(PopoloRecord):
    """A legislature, a party or faction, an executive, a committee."""

    name: str
    classification: str
    parent_id: str
    area_id: str
    seats: int | None
    since: str | None
    until: str | None
    image: str
    other_names: tuple[PopoloName, ...]
    identifiers: tuple[PopoloIdentifier, ...]
    contacts: tuple[PopoloContact, ...]
    links: tuple[PopoloLink, ...]

    @property
    def is_unknown(self) -> bool:
        """Whether it only stands for "not known" (a party `unknown`, `N/A`, `-`): no organisation at all."""
        return self.classification != LEGISLATURE and fold(self.name) in _NO_NAME


@dataclass(frozen=True, kw_only=True)
class PopoloPerson(PopoloRecord):
    """A person with the parts of the name as far as the file gives them ("" for a part it does not give)."""

    name: str
    family: str
    given: str
    patronymic: str
    sort_name: str
    honorific_prefix: str
    honorific_suffix: str
    gender: str
    nationality: str
    birth: str | None
    death: str | None
    biography: str
    image: str
    images: tuple[str, ...]
    other_names: tuple[PopoloName, ...]
    identifiers: tuple[PopoloIdentifier, ...]
    contacts: tuple[PopoloContact, ...]
    links: tuple[PopoloLink, ...]
    sources: tuple[PopoloLink, ...]

    def name_parts(self, *, upper_first: bool = False) -> tuple[str, str] | None:
        """(family, given): the file's, else what follows for certain from its other fields or the way of writing."""
        if self.family and self.given:
            return self.family, self.given
        if self.family and self.name.endswith(" " + self.family):
            return self.family, self.name.removesuffix(" " + self.family)
        if self.given:
            return split_by_given(self.name, self.given)
        return split_by_sort_name(self.name, self.sort_name) or split_name(self.name, upper_first=upper_first)


@dataclass(frozen=True, kw_only=True)
class PopoloMembership(PopoloRecord):
    """A person in an organisation. `key` tells it from the others of the file and of later editions of the file."""

    key: str
    person_id: str
    organization_id: str
    on_behalf_of_id: str
    area_id: str
    post_id: str
    period_id: str
    role: str
    label: str
    since: str | None
    until: str | None
    contacts: tuple[PopoloContact, ...]


@dataclass(frozen=True)
class PopoloFile:
    """A whole file. `by_record` counts the file's own objects under the names of the command's report."""

    name: str
    persons: tuple[PopoloPerson, ...]
    organizations: tuple[PopoloOrganization, ...]
    memberships: tuple[PopoloMembership, ...]
    areas: tuple[PopoloArea, ...]
    events: tuple[PopoloEvent, ...]
    posts: tuple[PopoloPost, ...]
    source: str
    extra: Raw = field(repr=False)
    findings: tuple[Finding, ...] = ()

    @property
    def by_record(self) -> dict[str, int]:
        """How many objects of each kind the file holds."""
        return {
            "person": len(self.persons),
            "organization": len(self.organizations),
            "membership": len(self.memberships),
            "area": len(self.areas),
            "event": len(self.events),
            "post": len(self.posts),
        }

    def with_findings(self, findings: Iterable[Finding]) -> PopoloFile:
        """The same file with these findings."""
        return replace(self, findings=tuple(findings))

    @property
    def legislatures(self) -> tuple[PopoloOrganization, ...]:
        """Its legislatures, in the file's order."""
        return tuple(one for one in self.organizations if one.classification == LEGISLATURE and not one.repeats)


class Identified(Protocol):
    """Whatever has an id."""

    @property
    def id(self) -> str:
        """Its id in the file."""
        ...


T = TypeVar("T", bound=Identified)


def by_id(records: Iterable[T]) -> dict[str, T]:
    """The records by their ids; of several with one id, the first."""
    found: dict[str, T] = {}
    for record in records:
        found.setdefault(record.id, record)
    return found


def membership_span(membership: PopoloMembership, events: Mapping[str, PopoloEvent]) -> tuple[str | None, str | None]:
    """(since, until): each the membership's own date, else that of its term, else None (open or not known)."""
    term = events.get(membership.period_id)
    if term is None:
        return membership.since, membership.until
    return membership.since or term.since, membership.until or term.until
