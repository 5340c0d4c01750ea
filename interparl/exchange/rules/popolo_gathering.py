"""Finds the objects of a Popolo document: in its lists, and those written inside others."""

from __future__ import annotations

from dataclasses import dataclass, field

from interparl.exchange.rules.findings import Findings, Json, UnreadableFile

KINDS = ("persons", "organizations", "memberships", "areas", "events", "posts")
# Nesting that one record may have; Popolo itself needs four.
_DEEPEST_RECORD = 16
# Every object within another keeps the id of that one.
_LONGEST_INHERITED = 1_000
# Where a membership (or a post) may carry the object itself instead of its id.
_WRITTEN_INSIDE = {
    "person": "persons",
    "organization": "organizations",
    "on_behalf_of": "organizations",
    "area": "areas",
    "post": "posts",
    "legislative_period": "events",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One object as found, with its place."""

    place: str
    raw: dict[str, Json]


@dataclass
class Gathered:
    """The objects of each kind in the file's order, and the keys beside the lists."""

    by_kind: dict[str, list[Source]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    extra: dict[str, Json] = field(default_factory=dict)

    def ids(self) -> dict[str, set[str]]:
        """The ids of each kind, as text."""
        return {kind: {str(one.raw.get("id")) for one in found} for kind, found in self.by_kind.items()}


def gather(document: Json, findings: Findings) -> Gathered:
    """All objects of the document. Raises UnreadableFile: not_an_object, missing_key (no list of persons)."""
    if not isinstance(document, dict):
        raise UnreadableFile("not_an_object")
    if "persons" not in document:
        raise UnreadableFile("missing_key", params={"missing": "persons"})
    gathered = Gathered(extra={key: value for key, value in document.items() if key not in KINDS})
    for kind in KINDS:
        gathered.by_kind[kind] += _listed(document, kind, kind, findings)
    for kind, owner in (("persons", "person_id"), ("organizations", "organization_id")):
        for source in list(gathered.by_kind[kind]):
            gathered.by_kind["memberships"] += _owned(source, "memberships", owner, findings)
    for source in list(gathered.by_kind["organizations"]):
        gathered.by_kind["posts"] += _owned(source, "posts", "organization_id", findings)
    ids = gathered.ids()
    for kind in ("memberships", "posts"):
        gathered.by_kind[kind] = [_take_out(source, gathered, ids, findings) for source in gathered.by_kind[kind]]
    return gathered


def _listed(holder: dict[str, Json], key: str, place: str, findings: Findings) -> list[Source]:
    """The objects of one list; what is none is reported."""
    items = holder.get(key, [])
    if items is None:
        findings.add(place, "note", "null_list", field=key)
        return []
    if not isinstance(items, list):
        findings.add(place, "error", "not_a_list", field=key)
        return []
    found = []
    for index, item in enumerate(items):
        spot = f"{place}[{index}]"
        if isinstance(item, dict):
            found.append(Source(spot, _shallow(item, spot, findings)))
        else:
            findings.add(spot, "error", "not_an_object")
    return found


def _owned(source: Source, key: str, owner: str, findings: Findings) -> list[Source]:
    """Objects written inside another; they belong to it unless they say otherwise."""
    if key not in source.raw:
        return []
    inside = _listed(source.raw, key, f"{source.place}.{key}", findings)
    own = source.raw.get("id")
    is_short = isinstance(own, (str, int)) and len(str(own)) <= _LONGEST_INHERITED
    inherited: dict[str, Json] = {owner: own} if is_short else {}
    return [Source(one.place, inherited | one.raw) for one in inside]


def _take_out(source: Source, gathered: Gathered, ids: dict[str, set[str]], findings: Findings) -> Source:
    """The same object with ids in place of the objects written inside it, which join their lists."""
    raw = dict(source.raw)
    for key, kind in _WRITTEN_INSIDE.items():
        inside = raw.get(key)
        if not isinstance(inside, dict):
            continue
        place = f"{source.place}.{key}"
        identity = inside.get("id") or inside.get("name") or inside.get("label")
        if not isinstance(identity, (str, int)):
            findings.add(place, "doubtful", "no_id")
            continue
        raw.setdefault(f"{key}_id", identity)
        if str(identity) not in ids[kind]:
            ids[kind].add(str(identity))
            gathered.by_kind[kind].append(Source(place, {**inside, "id": identity}))
    return Source(source.place, raw)


def _shallow(record: dict[str, Json], place: str, findings: Findings) -> dict[str, Json]:
    """The record without values nested deeper than any reader needs (and later readers could bear)."""
    deep = [key for key, value in record.items() if _is_deeper(value, _DEEPEST_RECORD)]
    for key in deep:
        findings.add(place, "error", "too_deep", field=key)
    return {key: value for key, value in record.items() if key not in deep} if deep else record


def _is_deeper(value: Json, allowed: int) -> bool:
    if isinstance(value, dict):
        return allowed == 0 or any(_is_deeper(item, allowed - 1) for item in value.values())
    if isinstance(value, list):
        return allowed == 0 or any(_is_deeper(item, allowed - 1) for item in value)
    return False
