"""Every address that the product has, found in its own table of routes, with arguments from what is planted.

A route whose arguments nobody says how to fill fails by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils.translation import override

from interparl.accounts.models import Acting, User
from interparl.bodies.measures import GROUPS
from interparl.briefs.exports import KINDS, OFFICER
from interparl.core.addresses import list_address
from interparl.core.exports import FORMATS
from interparl.core.kinds import model_of
from interparl.core.models import Entry
from interparl.core.pages import every_record_pages
from interparl.core.records import Record
from interparl.core.translation_desk import translated_fields
from interparl.directory.exports import ENDINGS
from interparl.exchange.actions.mappings import shipped_data
from interparl.exchange.models import Batch, Row
from interparl.meetings.measures.counted import TITLES
from interparl.meetings.models import Kind
from interparl.meetings.pages.counted import HOSTS
from interparl.portal.blocks import DATASETS
from interparl.portal.pages.shell import OPEN_FORMATS
from tests.walk.oracle import Ref
from tests.walk.planted import Plant, World

Arguments = dict[str, Any]
MISSING_KEY = 987_654_321
CONVOCATION, PERSON = "directory.convocation", "directory.person"
# Pages that say on purpose that there is more than their reader may know of: an erasure takes all of it, so it counts
# all of it. What it is stays hidden there as well.
COUNTING_ALL = frozenset({"directory:erasure-show", "directory:erasure-confirm"})
LANGUAGES = ("en", "ru", "be")
PORTAL_IN = tuple(f"/{code}/" for code in LANGUAGES)
# Ends an address that is asked for as htmx asks, for its table alone.
AS_PART = "#part"
PORTAL = {
    "public:body": "bodies.body",
    "public:country": "directory.country",
    "public:organisation": "directory.organisation",
}
# Routes of the way in, of one's own account and of the looks: they show no record, so any argument will do.
OF_NO_RECORD = ("account_", "mfa_", "openid_connect_", "set_language", "styles")
ANY_ARGUMENT: Arguments = {"provider_id": "none", "pk": 1, "key": 1, "uidb36": "1", "name": "none"}


@dataclass(frozen=True)
class Route:
    """One route: its full name and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of record whose pages it belongs to, or ""."""
        area, _colon, rest = self.name.partition(":")
        found = f"{area}.{rest.partition('-')[0]}"
        return found if found in every_record_pages else ""

    @property
    def is_of_a_record(self) -> bool:
        """Whether it is a page of one record."""
        return bool(self.kind) and "key" in self.arguments

    @property
    def is_of_no_record(self) -> bool:
        """Whether no record can stand on it."""
        return self.name.startswith(OF_NO_RECORD)

    def address(self, arguments: Arguments, language: str = "en") -> str:
        """Where it leads with these arguments."""
        with override(language):
            return reverse(self.name, kwargs={name: arguments[name] for name in self.arguments})


@cache
def routes() -> list[Route]:
    """Every route of the product."""
    found: list[Route] = []

    def visit(resolver: URLResolver, spaces: tuple[str, ...], above: tuple[str, ...]) -> None:
        for one in resolver.url_patterns:
            arguments = (*above, *one.pattern.regex.groupindex)
            if isinstance(one, URLResolver):
                visit(one, (*spaces, *([one.namespace] if one.namespace else [])), arguments)
            elif isinstance(one, URLPattern):
                found.append(Route(":".join((*spaces, one.name or "")), arguments))

    visit(get_resolver(), (), ())
    return found


def record_routes(kind: str) -> list[Route]:
    """The pages of one record of the kind."""
    return [route for route in routes() if route.kind == kind and route.is_of_a_record]


def arguments_of(route: Route, ref: Ref, record: Record | None = None) -> Iterator[Arguments]:
    """Every way to fill the route for the record; one that is not there has the same moves and entry 1."""
    workflow = every_record_pages[ref[0]].workflow
    moves = [*(move.name for move in workflow.moves), "any"] if workflow else ["any"]
    first = Entry.objects.filter(kind=ref[0], object_id=ref[1]).order_by("pk").first() if record else None
    for move in moves if "move" in route.arguments else ("",):
        yield {"key": ref[1], "entry": first.pk if first else 1, "move": move, "language": "en"}


def of_ones_own(world: World) -> list[str]:
    """Registers, and the pages of what belongs to the reader."""
    found = [list_address(kind, days="all") for kind in every_record_pages]
    for plant in world.ground():
        if plant.place == "own" and plant.kind in every_record_pages:
            found += of_record(plant, *THAT_SHOW_MORE)
    return [reverse("home"), *found]


def every_one(world: World) -> list[str]:
    """All that the walk asks for: general pages, registers with their files, and the pages of what everybody knows.

    Of somebody with something of his own what depends on it; the rest is asked for by another of his role.
    """
    found = in_general(world, LANGUAGES if world.reader.is_nobody else ("en",))
    for kind in every_record_pages:
        found += of_a_list(kind, ("json",) if world.reader.ways else FORMATS)
    for plant in world.ground():
        asked = PAGES_ASKED.get(plant.place)
        if plant.kind in every_record_pages and asked is not None:
            found += of_record(plant, *(asked or (THAT_SHOW_MORE if world.reader.ways else ())))
    return found


# Pages that show more than the record itself.
THAT_SHOW_MORE = ("-show", "-history", "-composition")
# Of a plant in the full place every page is asked for.
PAGES_ASKED: dict[str, tuple[str, ...]] = {
    "full": (),
    "pointing": (*THAT_SHOW_MORE, "-edit"),
    "bare": THAT_SHOW_MORE,
    "own": THAT_SHOW_MORE,
}


def is_compared(address: str) -> bool:
    """Whether the answer must be the same with hidden records as without.

    Not where codes are made anew each time, and no page that asks before a deed: it shows the record alone.
    """
    path = address.partition("#")[0].partition("?")[0]
    with override(path.split("/")[1] if path.startswith(PORTAL_IN) else "en"):
        route = resolve(path)
    is_deed = route.view_name.endswith(DEEDS) and "key" in route.kwargs
    return not is_deed and not route.view_name.startswith(OF_NO_RECORD) and route.view_name not in COUNTING_ALL


DEEDS = ("-end", "-publish", "-lower", "-revert", "-move")


def of_record(plant: Plant, *only: str) -> list[str]:
    """The addresses of all pages of a record, or of those whose routes end so."""
    return [
        route.address(arguments)
        for route in record_routes(plant.kind)
        if not only or route.name.endswith(only)
        for arguments in arguments_of(route, plant.ref, plant.record)
    ]


def of_a_list(kind: str, files: Iterable[str] = FORMATS) -> list[str]:
    """A register as a page, for every day, and as each kind of file."""
    name = kind.replace(".", ":")
    base = reverse(f"{name}-list")
    every = f"{base}?days=all"
    as_files = [f"{every}&format={form}" for form in files]
    return [base, every, f"{every}&page=2", f"{every}{AS_PART}", *as_files, reverse(f"{name}-new")]


def in_general(world: World, languages: Iterable[str]) -> list[str]:
    """The addresses that belong to no kind of record, each filled in every way; fails by name where nobody says how."""
    return [
        f"{route.address(arguments, language)}{query}"
        for route in routes()
        if not route.kind
        for language in (languages if route.name.startswith("public:") else ("en",))
        for arguments in fill(route, world)
        for query in QUERIES.get(route.name, ("",))
    ]


def fill(route: Route, world: World) -> Iterable[Arguments]:
    """The arguments of a route that is no page of a record."""
    if not route.arguments:
        return [{}]
    if route.is_of_no_record:
        return [{name: ANY_ARGUMENT[name] for name in route.arguments}]
    filled = FILLED.get(route.name) or FILLED.get(route.name.rpartition("-")[0])
    if filled is None:
        raise AssertionError(f"Say in tests/walk/addresses.py how the walk fills {route.name}: {route.arguments}")
    return filled(world)


def _codes(kind: str) -> Callable[[World], Iterable[Arguments]]:
    return lambda world: [
        {"code": plant.record.serializable_value("code")} for plant in world.ground() if plant.kind == kind
    ]


def _translated(world: World) -> Iterator[Arguments]:
    for plant in world.ground():
        if plant.place in ("full", "pointing") and plant.kind in every_record_pages:
            for name in translated_fields(model_of(plant.kind)):
                yield {"language": "ru", "kind": plant.kind, "key": plant.record.pk, "name": name}


def _versions(world: World) -> list[Arguments]:
    return [{"key": plant.record.pk} for plant in world.ground() if plant.kind == "documents.version"]


def _public_editions(world: World) -> Iterator[Arguments]:
    for plant in world.ground():
        if plant.kind == "bodies.body":
            yield {"code": plant.record.serializable_value("code"), "number": 1}


def _public_events(world: World) -> list[Arguments]:
    return [{"key": plant.record.pk} for plant in world.ground() if plant.kind == "meetings.event"]


def _counted(world: World) -> Iterator[Arguments]:
    """Every number of each session, delegation and organisation, and of one that is not there."""
    for of, model in HOSTS.items():
        keys = [plant.record.pk for plant in world.ground() if plant.kind == model.record_kind()]
        yield from ({"of": of, "key": key, "what": what} for key in (*keys, MISSING_KEY) for what in TITLES)


def _batches(world: World) -> list[Arguments]:
    return [{"key": key} for key in Batch.objects.values_list("pk", flat=True)]


def _shipped_mappings(world: World) -> list[Arguments]:
    return [{"kind": kind, "code": code} for kind, code in shipped_data()]


def _countries(world: World) -> list[Arguments]:
    return [{"key": plant.record.pk} for plant in world.ground() if plant.kind == "directory.country"]


def _wishes(world: World) -> list[Arguments]:
    """Wishes of each person in a convocation that there is, and in one that is not."""
    held = {kind: [one.record.pk for one in world.ground() if one.kind == kind] for kind in (CONVOCATION, PERSON)}
    terms = [*held[CONVOCATION][:1], MISSING_KEY]
    return [{"convocation": term, "person": person} for term in terms for person in held[PERSON]]


def _convocations(world: World) -> list[Arguments]:
    return [{"key": plant.record.pk} for plant in world.ground() if plant.kind == CONVOCATION]


def _organisations(world: World) -> list[Arguments]:
    return [{"key": plant.record.pk} for plant in world.ground() if plant.kind == "directory.organisation"]


def _merging(world: World) -> Iterator[Arguments]:
    """Each record of a kind that may be merged with the next one, the last with one that is not there."""
    for kind in [kind for kind in every_record_pages if model_of(kind).mergeable]:
        keys = [plant.record.pk for plant in world.ground() if plant.kind == kind]
        for first, second in zip(keys, [*keys[1:], MISSING_KEY], strict=True):
            yield {"kind": kind, "key": first, "first": first, "second": second}


def _rows(world: World) -> list[Arguments]:
    return [{"key": batch, "row": key} for batch, key in Row.objects.order_by("pk").values_list("batch", "pk")]


def _users(world: World) -> list[Arguments]:
    return [{"key": key} for key in User.objects.order_by("pk").values_list("pk", flat=True)]


def _users_with_kinds(world: World) -> list[Arguments]:
    return [{**_users(world)[-1], "kind": kind} for kind in every_record_pages]


def _deputising(world: World) -> list[Arguments]:
    return [{"key": key} for key in Acting.objects.values_list("pk", flat=True)] or [{"key": MISSING_KEY}]


def _handed_over(world: World) -> Iterator[Arguments]:
    """The files of what has all that can hang on it, of all officers, and of what is not there."""
    for plant in world.ground():
        if plant.place == "full" and plant.kind in KINDS:
            yield {"kind": plant.kind, "key": plant.record.pk}
    yield from ({"kind": OFFICER, **one} for one in _users(world))
    yield from ({"kind": kind, "key": MISSING_KEY} for kind in (*KINDS, "core.source"))


# How routes are filled, by full name or by what stands before the last hyphen.
FILLED: dict[str, Callable[[World], Iterable[Arguments]]] = {
    "pick": lambda world: [{"kind": kind} for kind in every_record_pages],
    "translations": lambda world: [{"language": "ru"}],
    "translation": _translated,
    "public:dataset": lambda world: [{"key": key} for key in DATASETS],
    "briefs:handover": _handed_over,
    "documents:file": _versions,
    "public:edition": _public_editions,
    "public:event": _public_events,
    "meetings:counted": _counted,
    "exchange:batch": _batches,
    "exchange:bring": lambda world: [{"key": "none"}],
    "exchange:mapping": _shipped_mappings,
    "exchange:mapping-shipped": _shipped_mappings,
    "exchange:batch-row": _rows,
    "exchange:merge": _merging,
    "exchange:merge-with": _merging,
    "bodies:country-looked": _countries,
    "bodies:wishes-of": _wishes,
    "bodies:turn": _convocations,
    "bodies:country-changed": _countries,
    "bodies:organisation-end": _organisations,
    "administration:user": _users,
    "administration:user-sees-rows": _users_with_kinds,
    "administration:acting": _deputising,
    **{name: _codes(kind) for name, kind in PORTAL.items()},
}
FILES = ("", *(f"?format={form}" for form in OPEN_FORMATS))
QUERIES: dict[str, tuple[str, ...]] = {
    "find": ("", "?q=walked", "?q=walked&open=1"),
    "suggest": ("?q=walked",),
    "pick": ("", "?q=walked"),
    "briefs:handover": ("", "?format=pdf", "?format=docx"),
    "public:dataset": FILES,
    "public:body": FILES,
    "public:edition": FILES,
    "directory:take-out": ("", *(f"?take=1&format={form}" for form in ENDINGS)),
    "translations": ("", "?state=outdated", "?state=draft"),
    "bodies:load": ("", *(f"?parliament=every&by={by}" for by in GROUPS), *(f"?format={form}" for form in FORMATS)),
    "bodies:activity": ("", "?kind=every", *(f"?kind=every&format={form}" for form in FORMATS)),
    # Events are planted in a month of their own.
    "home": ("?attention=all", "", "?on=2014-05-02"),
    "meetings:calendar-month": ("", "?day=2014-05-02"),
    "meetings:calendar-week": ("", "?day=2014-05-02"),
    "meetings:calendar-day": ("", "?day=2014-05-02"),
    "meetings:calendar-year": ("", "?day=2014-05-02"),
    "meetings:calendar-list": ("", "?day=2014-05-02"),
    "meetings:calendar-board": ("", *(f"?day=2014-05-02&kind={kind}" for kind in Kind.values)),
    "meetings:calendar-monday": ("", "?day=2014-05-01"),
}
